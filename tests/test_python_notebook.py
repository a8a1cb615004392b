"""The notebook of docs/, run as it stands there, and what a notebook's kernel does to a rendering."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "docs" / "python.ipynb"
KERNEL = "nnmath-test"


@pytest.fixture
def kernel_name(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> str:
    """Describe a kernel of this very interpreter, which keeps its files in a temporary folder."""
    home = tmp_path_factory.mktemp("jupyter")
    for variable in ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    monkeypatch.setenv("JUPYTER_PATH", str(home))
    monkeypatch.setenv("NNMATH_CACHE", str(home / "cache"))
    # The debugger that comes with the kernel would complain about frozen modules.
    command = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = home / "kernels" / KERNEL / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(json.dumps({"argv": command, "display_name": KERNEL, "language": "python"}))
    return KERNEL


def outputs(cell: Any) -> str:
    """Return what a cell printed and what its last line is worth, as text."""
    shown = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs]
    return "".join(shown)


def test_the_notebook_is_clean() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert not cell.get("outputs"), f"cell {cell.id}: clear the outputs before you commit"
        assert cell.get("execution_count") is None


@pytest.mark.examples
def test_the_notebook_runs_as_it_stands(kernel_name: str, tmp_path: Path) -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=120, kernel_name=kernel_name, resources=resources).execute()

    cells = {cell.id: cell for cell in notebook.cells}
    assert "'right': 200" in outputs(cells["compute"])
    right = [int(count) for count in re.findall(r"(\d+) of 200", outputs(cells["table"]))]
    assert len(right) == 5
    assert right[0] == 200 > right[-1]
    pictured = cells["still"].outputs[-1].data
    assert pictured["image/png"].startswith("iVBORw0KGgo")
    (played,) = (output.data for output in cells["show"].outputs if output.output_type == "execute_result")
    assert '<source src="data:video/mp4;base64,' in played["text/html"]
    assert played["image/png"].startswith("iVBORw0KGgo")
    assert "renders/relu-folding.mp4 shows 200 of 200" in outputs(cells["render"])
    assert {path.suffix for path in (tmp_path / "renders").iterdir()} == {".mp4", ".vtt", ".png", ".json"}
    assert outputs(cells["errors"]).startswith("gap=9: gap must be less than or equal to 3")
    assert outputs(cells["check"]) == "[]"


def test_the_notebook_shows_progress_and_takes_it_away(kernel_name: str, tmp_path: Path) -> None:
    code = 'import explainer\nexplainer.render("two-curves", quality="draft")'
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=120, kernel_name=kernel_name, resources=resources).execute()
    shown, result = notebook.cells[0].outputs
    # An update of an output takes its place.
    assert shown.data == {"text/plain": "", "text/html": ""}
    assert result.data["text/plain"].startswith("<Video ")
    assert not [output for output in notebook.cells[0].outputs if output.get("name") == "stderr"]


@pytest.fixture
def kernel(kernel_name: str, tmp_path: Path) -> Iterator[tuple[Any, Any]]:
    manager, client = start_new_kernel(kernel_name=kernel_name, cwd=str(tmp_path))
    try:
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


@pytest.mark.examples
def test_an_interrupted_cell_leaves_nothing_half_written(kernel: tuple[Any, Any], tmp_path: Path) -> None:
    manager, client = kernel
    seen: list[dict[str, Any]] = []

    def interrupt_at_work(message: dict[str, Any]) -> None:
        content = message["content"]
        if message["msg_type"] in ("display_data", "update_display_data"):
            seen.append(content["data"])
            if "beat 2" in content["data"]["text/plain"]:
                manager.interrupt_kernel()

    code = 'import explainer\nexplainer.render("two-curves", quality="preview", out="films")'
    reply = client.execute_interactive(code, timeout=120, output_hook=interrupt_at_work)
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert "two-curves  " in seen[0]["text/plain"]
    assert seen[-1] == {"text/plain": "", "text/html": ""}
    assert list((tmp_path / "films").iterdir()) == []
    # The kernel goes on, and so does what was interrupted.
    again = client.execute_interactive(code, timeout=120, output_hook=seen.append)
    assert again["content"]["status"] == "ok"
    assert (tmp_path / "films" / "two-curves.mp4").is_file()
