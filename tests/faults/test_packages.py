"""A scene package as others make it: built into a wheel, installed, changed, installed anew, removed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from process_tree import ROOT, killed_at_last, wait_until
from small_scenes import write_folder, write_module

pytestmark = pytest.mark.faults

# Whoever has it builds with setuptools or another; this needs nothing that is not there.
_BACKEND = """
import tomllib
import zipfile
from pathlib import Path


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    stem = f"{project['name'].replace('-', '_')}-{project['version']}"
    points = "".join(f"{k} = {v}\\n" for k, v in project["entry-points"]["nnmath.scenes"].items())
    metadata = {
        "METADATA": f"Metadata-Version: 2.1\\nName: {project['name']}\\nVersion: {project['version']}\\n",
        "WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        "entry_points.txt": f"[nnmath.scenes]\\n{points}",
    }
    texts = {path.as_posix(): path.read_text() for path in sorted(Path("moving").rglob("*.*"))}
    texts |= {f"{stem}.dist-info/{name}": text for name, text in metadata.items()}
    record = f"{stem}.dist-info/RECORD"
    texts[record] = "".join(f"{name},,\\n" for name in [*texts, record])
    with zipfile.ZipFile(Path(wheel_directory) / f"{stem}-py3-none-any.whl", "w") as wheel:
        for name, text in texts.items():
            wheel.writestr(name, text)
    return f"{stem}-py3-none-any.whl"
"""
_PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "moving-scenes"
version = "{version}"

[project.entry-points."nnmath.scenes"]
moving-square = "moving.numbers"
"""


class Environment:
    """A folder that packages are installed in, and another that somebody works in.

    Attributes:
        source: the scene package as its author has it.
        here: the working folder.
    """

    def __init__(self, root: Path) -> None:
        self.source, self.here = root / "source", root / "here"
        self._installed, self._wheels = root / "installed", root / "wheels"
        self.here.mkdir()
        write_folder(self.source, "moving", "moving-square")
        (self.source / "backend.py").write_text(_BACKEND)

    def install(self, version: str) -> None:
        """Build the wheel of a version and install it in the place of what there is."""
        self.uninstall()
        (self.source / "pyproject.toml").write_text(_PROJECT.format(version=version))
        offline = ("--no-index", "--no-deps", "--disable-pip-version-check", "--quiet")
        shutil.rmtree(self._wheels, ignore_errors=True)
        self._pip(
            "wheel", "--no-build-isolation", *offline, "--wheel-dir", str(self._wheels), str(self.source)
        )
        (wheel,) = self._wheels.iterdir()
        self._pip("install", *offline, "--target", str(self._installed), str(wheel))

    def uninstall(self) -> None:
        shutil.rmtree(self._installed, ignore_errors=True)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start nnmath in the working folder; it leads a process group of its own."""
        places = [str(ROOT), str(self._installed), os.environ.get("PYTHONPATH", "")]
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "explainer", *words],
            cwd=self.here,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(place for place in places if place),
                "NNMATH_CACHE": str(self.here / "cache"),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def nnmath(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run nnmath to its end."""
        with killed_at_last(self.start(*words)) as process:
            output, errors = process.communicate(timeout=180)
        return subprocess.CompletedProcess(process.args, process.returncode, output, errors)

    def rendered(self) -> str:
        """Render the scene, very small, and return what became of it."""
        done = self.nnmath("render", "moving-square", "--size=96x64", "--fps=5", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        return str(json.loads(done.stdout)["state"])

    def _pip(self, *words: str) -> None:
        command = [sys.executable, "-m", "pip", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
        assert done.returncode == 0, done.stderr


def test_a_scene_package_lives_and_goes(tmp_path: Path) -> None:
    environment = Environment(tmp_path)
    assert "moving-square" not in environment.nnmath("list").stdout
    environment.install("1.0")
    listed = environment.nnmath("list")
    assert listed.stderr == ""
    assert listed.stdout.splitlines()[-1].strip() == "from: moving-scenes 1.0"
    assert environment.nnmath("show", "moving-square").stdout.startswith("moving-square: A square moves.")
    assert environment.rendered() == "made"
    assert environment.rendered() == "unchanged"
    recipe = json.loads((environment.here / "renders/moving-square.json").read_text())
    assert (recipe["package"], recipe["versions"]["moving-scenes"]) == ("moving-scenes", "1.0")

    # Its code changes, and not its version; then its words; then its version alone.
    (environment.source / "moving/size.py").write_text("SIZE = 2.0\n")
    environment.install("1.0")
    assert environment.rendered() == "made"
    words = environment.source / "moving/words.toml"
    words.write_text(words.read_text(encoding="utf-8").replace("It moves.", "It moves on."), encoding="utf-8")
    environment.install("1.0")
    assert environment.rendered() == "made"
    environment.install("1.1")
    assert environment.rendered() == "made"
    assert environment.nnmath("render", "renders/moving-square.json", "--name=again").returncode == 0

    environment.uninstall()
    assert "moving-square" not in environment.nnmath("list").stdout
    gone = environment.nnmath("render", "renders/moving-square.json")
    assert (gone.returncode, gone.stdout) == (2, "")
    assert gone.stderr == (
        "nnmath: renders/moving-square.json: the scene 'moving-square' came with the package moving-scenes"
        " 1.1, which is not installed; pip install moving-scenes, if you trust it\n"
    )


def test_watch_looks_at_a_file_of_ones_own_and_what_it_imports(tmp_path: Path) -> None:
    environment = Environment(tmp_path)
    here = environment.here
    write_module(here, "my_scene", "mine")

    def made(side: float) -> bool:
        try:
            recipe = json.loads((here / "renders/mine.json").read_text())
        except (OSError, ValueError):
            return False
        return bool((recipe["results"]["side"], recipe["quality"]) == (side, "96x64@5"))

    with killed_at_last(environment.start("watch", "./my_scene.py", "--size=96x64", "--fps=5")) as process:
        wait_until(lambda: made(1.0))
        # A moment for the watch to be set up, as for a person who looks at the video first.
        time.sleep(1)
        (here / "my_scene_size.py").write_text("SIZE = 2.0\n")
        wait_until(lambda: made(2.0))
        file = here / "my_scene.py"
        file.write_text(file.read_text().replace("Field(1.0", "Field(1.5"))
        wait_until(lambda: made(3.0))
        process.terminate()
        _, errors = process.communicate(timeout=60)
    assert "my_scene_size.py changed" in errors
    assert "my_scene.py changed" in errors
    assert "Traceback" not in errors
