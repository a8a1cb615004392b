"""The README's examples, run as they stand there."""

import itertools
import os
import re
import shlex
import subprocess
import sys
import textwrap
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
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def nnmath(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line from a copy of the sources."""
    return run([sys.executable, "-m", "explainer", *words], folder)


def section(title: str) -> str:
    """Return the text of a section, from its heading to the next one."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)^## ", README, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found[1]


def shown(title: str, language: str) -> str:
    """Return the first code block in a language that a section shows."""
    found = re.search(rf"^```{language}\n(.*?)^```", section(title), re.MULTILINE | re.DOTALL)
    assert found is not None, f"{title} shows no {language}"
    return found[1]


@pytest.mark.examples
def test_the_scene_that_is_added_works_as_shown(tmp_path: Path) -> None:
    for line in shown("Add a scene", "sh").splitlines():
        command, *words = shlex.split(line)
        assert command == "nnmath"
        finished = run([sys.executable, "-m", "explainer", *words], tmp_path, sources=ROOT)
        assert finished.returncode == 0, finished.stderr + finished.stdout
    written = (tmp_path / "stretch/drawing.py").read_text(encoding="utf-8")
    assert textwrap.indent(shown("Add a scene", "python"), "    ") in written
    assert (tmp_path / "renders/stretch.mp4").stat().st_size > 10_000


@pytest.mark.examples
def test_the_python_example_runs(tmp_path: Path) -> None:
    code = shown("From Python, and in a notebook", "python")
    finished = run([sys.executable, "-c", code], tmp_path, sources=ROOT)
    assert finished.returncode == 0, finished.stderr
    assert len(finished.stdout.splitlines()) == 4
    assert (tmp_path / "renders/relu-folding.mp4").is_file()
    assert (tmp_path / "figures/separate.png").is_file()


@pytest.mark.parametrize(("what", "file"), [("--text", "README.md"), ("--page", "docs/gallery/README.md")])
def test_the_gallery_is_as_the_program_writes_it(what: str, file: str) -> None:
    finished = run([sys.executable, "tools/gallery.py", what], ROOT)
    assert finished.returncode == 0, finished.stderr
    written = (ROOT / file).read_text(encoding="utf-8")
    assert finished.stdout.rstrip("\n") == written.rstrip("\n"), "run: make gallery"
    pictures = re.findall(r'(?:src|srcset)="([^"]+)"|!\[[^]]*\]\(([^)]+)\)', written)
    assert pictures
    for named in filter(None, itertools.chain(*pictures)):
        assert (ROOT / file).parent.joinpath(named).is_file(), named


def test_refusals_read_as_shown(tmp_path: Path) -> None:
    (console,) = blocks("console")
    command, *expected = console.strip().splitlines()
    refused = nnmath(ROOT, *command.removeprefix("$ nnmath ").split(), "--out", str(tmp_path))
    assert refused.returncode == 2
    assert refused.stderr.strip() == "\n".join(expected)


@pytest.mark.examples
@pytest.mark.parametrize("reader", ["lecturer", "blogger", "author"])
def test_each_readers_example_runs(reader: str, tmp_path: Path) -> None:
    """The commands as they stand, but for the quality: the smallest, to be done soon."""
    said = []
    for line in shown(f"For the {reader}", "sh").splitlines():
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
