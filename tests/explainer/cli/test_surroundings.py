"""Odd surroundings: variables that are missing or wrong, streams that are closed, full or read no further."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.cli.program import main
from scenes import catalog

ROOT = Path(__file__).parents[3]
STILL = ("still", "two-curves", "--quality", "draft", "--out", "out")
PICTURE = ("render", "two-curves", "--quality", "draft", "--format", "png", "--out", "out")
LIST = ("list",)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("a file")
    (tmp_path / "tmp").mkdir()
    return tmp_path


def run(
    here: Path, *arguments: str, shell: str = "exec {command}", **environment: str | None
) -> subprocess.CompletedProcess[str]:
    """Run a command in a shell's words, with variables changed, or taken away where they are None."""
    command = " ".join(f"'{word}'" for word in (sys.executable, "-m", "explainer", *arguments))
    changed = {
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        **environment,
    }
    variables = {"TMPDIR": str(here / "tmp"), "NNMATH_CACHE": str(here / "cache"), **os.environ, **changed}
    return subprocess.run(
        ["/bin/bash", "-c", shell.format(command=command)],
        cwd=here,
        env={name: value for name, value in variables.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("arguments", [LIST, STILL, PICTURE], ids=lambda arguments: arguments[0])
@pytest.mark.parametrize(
    "environment",
    [
        {"PATH": None, "HOME": None},
        {"PATH": "", "HOME": "/nonexistent", "TMPDIR": "/nonexistent"},
        {"HOME": "file", "TMPDIR": "file"},
        {"PYTHONIOENCODING": "latin-1", "TERM": "", "COLUMNS": "x"},
        dict.fromkeys(name for name in os.environ if name != "PYTHONPATH"),
    ],
    ids=["no PATH, no HOME", "missing folders", "files for folders", "nonsense", "nothing at all"],
)
def test_odd_variables_stop_nothing(
    here: Path, arguments: tuple[str, ...], environment: dict[str, str | None]
) -> None:
    done = run(here, *arguments, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("arguments", [LIST, PICTURE], ids=lambda arguments: arguments[0])
@pytest.mark.parametrize(
    ("shell", "code"),
    [
        ("{command} >&-", 0),
        ("{command} 2>&-", 0),
        ("{command} <&- >&- 2>&-", 0),
        ("{command} 2>/dev/full", 0),
        ("set -o pipefail; {command} | true", 0),
        ("{command} >/dev/full", 1),
    ],
)
def test_streams_that_nobody_reads_stop_nothing(
    here: Path, arguments: tuple[str, ...], shell: str, code: int
) -> None:
    done = run(here, *arguments, shell=shell)
    assert done.returncode == code
    if code:
        assert done.stderr == "nnmath: standard output cannot be written: no space left on device\n"
    else:
        assert done.stderr == ""
    if arguments is PICTURE:
        recipe = json.loads((here / "out/two-curves.json").read_text())
        assert recipe["scene"] == "two-curves"
        assert (here / "out/two-curves.png").read_bytes().startswith(b"\x89PNG")
        assert list((here / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [("list", "--json"), ("render", "--help"), ("--version",), ("show", "two-curves")]
)
def test_a_reader_that_leaves_early_is_no_failure(here: Path, arguments: tuple[str, ...]) -> None:
    done = run(here, *arguments, shell="set -o pipefail; {command} | true")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "shell", ["{command} 2>&-", "{command} 2>/dev/full", "set -o pipefail; {command} 2>&1 | true"]
)
def test_an_error_that_nobody_reads_keeps_its_code(here: Path, shell: str) -> None:
    assert run(here, "render", "nothing", shell=shell).returncode == 2


def test_a_cache_that_is_no_folder_is_told_once(here: Path) -> None:
    done = run(here, *PICTURE, "--jobs", "1", NNMATH_CACHE="file")
    assert done.returncode == 0
    assert done.stderr == "nnmath: not kept in the cache: file: Not a directory\n"
    done = run(here, "cache", NNMATH_CACHE="file")
    assert done.returncode == 2
    assert done.stderr == "nnmath: file is not a folder; remove it, or name another in NNMATH_CACHE\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("init", "x" * 300 + ".toml"),
        ("render", "two-curves", "--out", "x" * 300),
        ("render", "two-curves", "--params", "x" * 300),
        ("render", "--project", "x" * 300),
        ("render", "x" * 300 + ".json"),
        ("render", "relu-folding", "--set", f"data={'x' * 300}"),
    ],
)
def test_a_name_that_is_too_long_is_wrong_input(here: Path, arguments: tuple[str, ...]) -> None:
    done = run(here, *arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "too long" in done.stderr


def test_a_folder_that_is_gone_is_told(here: Path) -> None:
    shell = "mkdir gone; cd gone; rmdir ../gone; {command}"
    assert run(here, *LIST, shell=shell).returncode == 0
    done = run(here, "still", "two-curves", "--quality", "draft", "--out", str(here / "out"), shell=shell)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "perhaps the one that you are in" in done.stderr


def test_a_list_without_scenes_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalog, "entries", lambda: (catalog.Entry("lost", "no_such_module", "other", "1"),))
    assert main(["list"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "'lost' of other 1 cannot be loaded" in captured.err


def test_list_imports_what_it_needs_alone() -> None:
    program = """
import sys
from explainer.cli.program import main
main(["list"])
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
print(*sorted(name for name in sys.modules if name.startswith("explainer.")), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    tops, rooms = (set(line.split()) for line in done.stderr.splitlines())
    assert tops.isdisjoint({"manim", "av", "PIL", "scipy", "rich", "jinja2", "watchfiles", "fontTools"})
    assert {name.split(".")[1] for name in rooms} == {"cli", "errors", "own_packages"}
