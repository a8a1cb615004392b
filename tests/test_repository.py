"""What holds for the repository as a whole: what an import may do, what files may hold."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("nnmath", "scenes", "explainer")
MAX_LINES = 400


def python_files(*folders: str) -> list[Path]:
    """Return the Python files below the folders of the repository, sorted."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def module_name(path: Path) -> str:
    """Return the dotted name under which a file of a package is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def repository_files() -> list[Path]:
    """Return the text files that git tracks or would add; skips the test where this is no git clone."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode != 0:
        pytest.skip("not a git clone, so it cannot be told which files belong to the repository")
    paths = sorted({ROOT / name for name in listing.stdout.split("\0") if name})
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()]


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a new interpreter that starts in the repository and writes no bytecode."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_list_does_not_import_manim() -> None:
    code = """
import sys
sys.argv = ["nnmath", "list", "--json"]
from explainer.cli.program import main
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
print("manim" in sys.modules, file=sys.stderr)
"""
    finished = run_python(code)
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr.strip() == "False", finished.stderr
    assert json.loads(finished.stdout)


def test_importing_a_module_does_no_work() -> None:
    """Import every module in an interpreter that records writes, processes, connections and use of chance."""
    modules = [module_name(path) for path in python_files(*PACKAGES) if path.stem != "__main__"]
    code = f"""
import importlib, os, random, sys
import numpy as np
import manim, pydantic, rich, scipy.optimize, scipy.stats, typer  # what these do is not ours

np.random.seed(0)
random.seed(0)
chance = (repr(np.random.get_state()), random.getstate())
work = []
current = ""
watched = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.mkdir", "os.remove", "os.rename",
           "shutil.", "socket.connect", "socket.bind", "tempfile.")

def hook(event, arguments):
    if not current:
        return
    if event == "open":
        flags = arguments[2] if isinstance(arguments[2], int) else 0
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            work.append(f"{{current}} opens {{arguments[0]}} for writing")
    elif event.startswith(watched):
        work.append(f"{{current}} causes {{event}} {{arguments}}")

sys.addaudithook(hook)
before = os.environ.copy()
for current in {modules!r}:
    importlib.import_module(current)
current = ""
if os.environ != before:
    work.append("os.environ was changed")
if (repr(np.random.get_state()), random.getstate()) != chance:
    work.append("a global random generator was used")
sys.stderr.write("\\n".join(work))
"""
    finished = run_python(code)
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr == "", finished.stderr
    assert finished.stdout == "", "an import prints:\n" + finished.stdout


def test_files_are_short_and_named_by_a_noun() -> None:
    wrong = []
    for path in python_files(*PACKAGES, "tests", "benchmarks", "tools"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MAX_LINES:
            wrong.append(f"{path.relative_to(ROOT)} has {lines} lines: split it, {MAX_LINES} is the most")
        if path.stem in {"utils", "util", "helpers", "misc", "common"}:
            wrong.append(f"{path.relative_to(ROOT)}: name it by what it holds")
    assert not wrong, "\n".join(wrong)


def test_no_file_names_a_machine() -> None:
    """No personal or machine path, no package registry, no private address in any file but this one."""
    patterns = {
        "a path of one machine": r"(?<![\w.:/*~-])/(?:home|Users|root|work|opt)/\w",
        "a registry": r"(?i)\b(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|debian\.org)\b",
        "an index option": r"--(?:extra-)?index-url|--find-links|--trusted-host",
        "a private address": r"\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}\b",
    }
    wrong = []
    for path in repository_files():
        if path == Path(__file__).resolve():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            wrong += [
                f"{path.relative_to(ROOT)}:{number} holds {what}: {found.group()}"
                for what, pattern in patterns.items()
                if (found := re.search(pattern, line))
            ]
    assert not wrong, "\n".join(wrong)


def test_constraints_pin_every_requirement_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    plain = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9.!+]+")
    assert [line for line in lines if not plain.fullmatch(line)] == []
    pins = {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    required = [Requirement(text) for group in (project["dependencies"], *extras) for text in group]
    unpinned = [str(r) for r in required if canonicalize_name(r.name) not in pins]
    assert unpinned == [], "run make constraints"
    unmet = [str(r) for r in required if pins[canonicalize_name(r.name)] not in r.specifier]
    assert unmet == [], "run make constraints"


@pytest.mark.parametrize(
    ("interpreter", "remedy"),
    [
        ("echo 3.9", "3.11 or newer is needed; name another: make setup PYTHON=python3.11"),
        ("echo 3.10", "3.11 or newer is needed; name another: make setup PYTHON=python3.11"),
        ("case $2 in *ensurepip*) exit 1;; *) echo 3.12;; esac", "apt-get install python3-venv"),
        ("exit 127", "install Python 3.11 or newer, or name one: make setup PYTHON=python3.11"),
    ],
    ids=["3.9", "3.10", "no venv", "no python"],
)
def test_setup_refuses_an_unfit_python_in_one_line(tmp_path: Path, interpreter: str, remedy: str) -> None:
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    unfit = tmp_path / "python-unfit"
    unfit.write_text(f"#!/bin/sh\n{interpreter}\n", encoding="utf-8")
    unfit.chmod(0o755)

    command = ["sh", str(tmp_path / "tools" / "setup.sh")]
    environment = os.environ | {"PYTHON": str(unfit)}
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert finished.returncode != 0
    assert finished.stdout == ""
    assert len(finished.stderr.splitlines()) == 1
    assert str(unfit) in finished.stderr
    assert finished.stderr.strip().endswith(remedy)
    assert not (tmp_path / ".venv").exists()


def test_every_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    assert phony
    listing = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    explained = re.findall(r"^make (\S+) +\S", listing, flags=re.MULTILINE)
    assert sorted(explained) == sorted(phony[1].split())
