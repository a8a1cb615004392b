"""The README's examples, run as they stand there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the README's code blocks in a language, without their indentation."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```", README, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", body, flags=re.MULTILINE) for indent, body in found]


def run(command: list[str], folder: Path, sources: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder; the packages of `sources` (that folder) come before the installed ones."""
    environment = {**os.environ, "PYTHONPATH": str(sources or folder)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def nnmath(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line from a copy of the sources."""
    return run([sys.executable, "-m", "explainer", *words], folder)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder with copies of the packages, to which a scene may be added."""
    for package in ("nnmath", "scenes", "explainer"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_added_scene_renders_and_is_clean(sources: Path) -> None:
    definition, scene = blocks("python")[:2]
    (captions,) = (block for block in blocks("toml") if block.startswith("[stretch]"))
    (sources / "scenes/definitions/stretch.py").write_text(definition, encoding="utf-8")
    (sources / "scenes/stretch.py").write_text(scene, encoding="utf-8")
    for file in (sources / "scenes/captions").glob("*.toml"):
        file.write_text(f"{file.read_text(encoding='utf-8')}\n{captions}", encoding="utf-8")
    catalog = sources / "scenes/catalog.py"
    line = re.search(r'`("stretch": "scenes\.definitions\.stretch",)`', README)
    assert line is not None
    catalog.write_text(catalog.read_text(encoding="utf-8").replace("] = {", f"] = {{\n    {line[1]}"))

    rendered = nnmath(sources, "render", "stretch@flatter", "--quality", "draft", "--out", "out")
    assert rendered.returncode == 0, rendered.stderr
    assert (sources / "out/stretch-flatter.mp4").stat().st_size > 10_000
    checked = nnmath(sources, "check", "stretch", "--theme", "dark", "--locale", "en", "--aspect", "16:9")
    assert checked.returncode == 0, checked.stdout


def test_refusals_read_as_shown(tmp_path: Path) -> None:
    (console,) = blocks("console")
    command, *expected = console.strip().splitlines()
    refused = nnmath(ROOT, *command.removeprefix("$ nnmath ").split(), "--out", str(tmp_path))
    assert refused.returncode == 2
    assert refused.stderr.strip() == "\n".join(expected)


@pytest.mark.parametrize("reader", ["lecturer", "blogger", "author"])
def test_each_readers_example_runs(reader: str, tmp_path: Path) -> None:
    """The commands as they stand, but for the quality: the smallest, to be done soon."""
    section = re.search(rf"^## For the {reader}\n(.*?)^## ", README, re.MULTILINE | re.DOTALL)
    assert section is not None
    lines = re.search(r"```sh\n(.*?)```", section[1], re.DOTALL)
    assert lines is not None
    said = []
    for line in lines[1].splitlines():
        words = shlex.split(line)
        assert words.pop(0) == ".venv/bin/nnmath"
        small = ["--quality", "draft"] if words[0] in ("render", "still", "publish") else []
        finished = run([sys.executable, "-m", "explainer", *words, *small], tmp_path, sources=ROOT)
        assert finished.returncode == 0, finished.stderr
        said.append(finished.stdout)
    made = {path.suffix for path in tmp_path.rglob("*.*")}
    wanted = {
        "lecturer": {".mp4", ".vtt", ".png", ".json"},
        "blogger": {".mp4", ".webm", ".html", ".gif"},
        "author": {".mp4", ".toml"},
    }
    assert wanted[reader] <= made
    if reader == "author":
        assert "unchanged" in said[-1]


def test_every_command_shown_exists() -> None:
    commands = {
        line.split()[1]
        for block in blocks("sh")
        for line in block.splitlines()
        if line.startswith((".venv/bin/nnmath", "nnmath"))
    }
    assert commands
    for command in sorted(commands):
        assert nnmath(ROOT, command, "--help").returncode == 0, command


def test_every_picture_shown_exists() -> None:
    pictures = re.findall(r"\]\((docs/[^)]+)\)|src=\"(docs/[^\"]+)\"", README)
    assert pictures
    missing = [name for pair in pictures for name in pair if name and not (ROOT / name).is_file()]
    assert not missing
