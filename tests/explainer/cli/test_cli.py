"""The command line as its users meet it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from explainer.cli.program import main
from scenes import catalog
from scenes.definition import SceneDefinition

ROOT = Path(__file__).parents[3]
# A picture that is made in a blink.
SMALL = ["--size", "160x90", "--fps", "15"]


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "explainer", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=120,
    )


def in_order() -> list[str]:
    """Return the scenes in the order of their lessons."""
    return [definition.name for definition in catalog.definitions()]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["render", "two-curves", "--set", "gap=potato"], ["gap", "potato", "0 to 3"]),
        (["render", "two-curves", "--set", "gapp=1"], ["gapp", "did you mean 'gap'"]),
        (
            ["render", "basis-vectors", "--set", "matrix=[[1, nan], [0, 1]]"],
            ["matrix[0][1]", "finite", "nan"],
        ),
        (["render", "two-kurves"], ["two-kurves", "did you mean 'two-curves'"]),
        (["render", "two-curves@hart"], ["hart", "did you mean 'hard'"]),
        (
            ["render", "two-curves", "--out", "/dev/null/videos"],
            ["--out /dev/null/videos", "choose a folder"],
        ),
        (["render", "two-curves", "--name", "../up"], ["--name", "plain file name"]),
        (["render", "two-curves", "--params", "missing.toml"], ["missing.toml", "give a TOML file"]),
        (["render"], ["no scene given", "--all"]),
        (["render", "two-curves", "--all"], ["--all", "exclude"]),
        (["still", "two-curves", "--at", "planet"], ["planet", "did you mean 'plane'"]),
        (["still", "two-curves", "--at", "-2"], ["--at -2", "0 or more"]),
        (["render", "two-curves", "--quality", ""], ["unknown --quality ''", "draft"]),
        (["render", "two-curves", "--theme="], ["unknown --theme ''", "dark"]),
        (["check", "two-curves", "--theme", "dusk"], ["--theme 'dusk'", "dark"]),
        (["show", "nothing"], ["unknown scene 'nothing'"]),
        (["paint"], ["paint", "--help"]),
        (["render", "--colour", "red"], ["--colour"]),
    ],
)
def test_wrong_input_is_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[str],
    words: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("nnmath: ")
    assert captured.err.count("\n") == 1
    assert all(word in captured.err for word in words), captured.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize(
    "arguments", [["list"], ["list", "--json"], ["show", "relu-folding"], ["render", "--help"]]
)
def test_an_output_that_cannot_write_every_character_stops_nothing(
    tmp_path: Path, encoding: str, arguments: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "explainer", *arguments],
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding},
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    if "--json" in arguments:
        assert [item["scene"] for item in json.loads(done.stdout)] == in_order()


def test_a_broken_manim_cfg_is_named(tmp_path: Path) -> None:
    (tmp_path / "manim.cfg").write_text("garbage[[[")
    done = run("still", "two-curves", "--quality", "draft", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "manim.cfg" in done.stderr
    assert "remove it" in done.stderr


def test_a_real_process_says_the_same(tmp_path: Path) -> None:
    done = run("render", "two-curves", "--set", "gap=potato", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "gap must be a valid number" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["list"], ["list", "--json"], ["show", "two-curves"], ["render", "--help"]]
)
def test_looking_does_not_import_manim(tmp_path: Path, arguments: list[str]) -> None:
    program = f"""
import sys
from explainer.cli.program import main
code = main({arguments!r})
print("manim" in sys.modules, "av" in sys.modules, code, file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True, timeout=60
    )
    assert done.stderr.split() == ["False", "False", "0"]


def test_list_knows_every_scene(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [item["scene"] for item in listed] == in_order()
    assert set(in_order()) == set(catalog.names())
    assert all(item["default_preset"] == item["presets"][0] for item in listed)
    assert main(["list"]) == 0
    text = capsys.readouterr().out
    assert all(item["scene"] in text and item["summary"] in text for item in listed)


def test_show_gives_a_schema_that_the_presets_obey(
    capsys: pytest.CaptureFixture[str], small_catalog: SceneDefinition
) -> None:
    assert main(["show", "sliding-square@small", "--json"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["properties"]["side"]["default"] == 1.0
    assert schema["properties"]["side"]["exclusiveMinimum"] == 0
    assert schema["presets"] == {"plain": {}, "small": {"side": 1.0}}
    assert schema["beats"] == ["appear", "slide", "rest"]


def test_show_gives_a_table(capsys: pytest.CaptureFixture[str], small_catalog: SceneDefinition) -> None:
    assert main(["show", "sliding-square"]) == 0
    text = capsys.readouterr().out
    assert "side       number" in text
    assert "above 0, at most 4" in text
    assert "small: side = 1.0" in text


@pytest.mark.parametrize(
    "command", ["list", "show", "render", "still", "check", "watch", "init", "cache", "publish"]
)
def test_every_help_has_examples(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert main([command, "--help"]) == 0
    assert f"nnmath {command} " in capsys.readouterr().out.replace("\n", " ")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("nnmath ")


def test_render_reports_its_files(
    capsys: pytest.CaptureFixture[str], small_catalog: SceneDefinition, tmp_path: Path
) -> None:
    arguments = ["render", "--all", *SMALL, "--jobs", "1", "--out", str(tmp_path)]
    assert main(arguments) == 0
    captured = capsys.readouterr()
    stems = ("sliding-square-plain", "sliding-square-small")
    expected = {
        str(tmp_path / f"{stem}.{ending}") for stem in stems for ending in ("mp4", "vtt", "png", "json")
    }
    assert {line.split("  ")[0] for line in captured.out.splitlines()} == expected
    assert {str(path) for path in tmp_path.iterdir()} == expected
    assert captured.err == ""


def test_render_as_json_is_a_recipe_a_line(
    capsys: pytest.CaptureFixture[str], small_catalog: SceneDefinition, tmp_path: Path
) -> None:
    options = [*SMALL, "--out", str(tmp_path), "--name", "mine", "--set", "side=3", "--json"]
    assert main(["render", "sliding-square", *options]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    printed = json.loads(line)
    files = printed.pop("files")
    assert printed.pop("state") == "made"
    assert files["mp4"] == str(tmp_path / "mine.mp4")
    assert printed == json.loads((tmp_path / "mine.json").read_text())
    assert printed["results"]["area"] == 9


def test_still_makes_one_picture(
    capsys: pytest.CaptureFixture[str], small_catalog: SceneDefinition, tmp_path: Path
) -> None:
    for at, name in (("slide", "sliding-square-slide.png"), ("1.5", "sliding-square-1.5s.png")):
        arguments = ["still", "sliding-square", "--at", at, "--size", "160x90", "--out", str(tmp_path)]
        assert main(arguments) == 0
        assert capsys.readouterr().out == f"{tmp_path / name}\n"
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (OSError(28, "No space left on device", "/x/y.mp4"), 1, "/x/y.mp4: the disk is full"),
        (MemoryError(), 1, "out of memory"),
        (ImportError("No module named 'typst'"), 1, "library is missing"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (RuntimeError("a\nb"), 1, "internal error: RuntimeError: a b"),
    ],
)
def test_failures_of_the_machine_are_one_line(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    small_catalog: SceneDefinition,
    tmp_path: Path,
    error: BaseException,
    code: int,
    words: str,
) -> None:
    from explainer.film import make

    def fail(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(make, "render", fail)
    assert main(["render", "sliding-square", "--out", str(tmp_path)]) == code
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_while_the_program_loads_is_one_line(tmp_path: Path) -> None:
    slow = tmp_path / "typer.py"
    slow.write_text("import time\nprint('loading', flush=True)\ntime.sleep(60)\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "explainer", "list"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "loading\n"
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=30) == ("", "nnmath: interrupted; nothing half-written is left\n")
    assert process.returncode == 130


@pytest.mark.parametrize("option", ["--out", "--bundle"])
def test_an_empty_name_is_no_folder(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish" if option == "--bundle" else "render", "two-curves", option, ""]) == 2
    assert "must be the name of a folder" in capsys.readouterr().err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_nothing_behind(tmp_path: Path, number: signal.Signals, code: int) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "explainer",
            "render",
            "two-curves",
            "--quality",
            "uhd",
            "--out",
            str(out),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
    )
    # The private folder of Manim's session appears when the scene begins to play.
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".nnmath-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.7)
    process.send_signal(number)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == code
    assert (output, errors.count("\n")) == ("", 1)
    assert list(out.iterdir()) == []
    assert list(tmp_path.glob(".nnmath-*")) == []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for child processes in /proc")
def test_an_interrupted_check_is_told_once(tmp_path: Path) -> None:
    looks = ["--theme", "dark", "--locale", "en", "--aspect", "16:9"]
    process = subprocess.Popen(
        [sys.executable, "-m", "explainer", "check", "two-curves", "basis-vectors", *looks],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )

    def workers() -> int:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        lines = [Path(f"/proc/{child}/cmdline").read_bytes() for child in children]
        return sum(b"spawn_main" in line for line in lines)

    # Ctrl-C reaches all processes of a terminal, also those that have only just begun.
    deadline = time.monotonic() + 60
    while not workers() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output) == (130, "")
    assert errors == "nnmath: interrupted; nothing half-written is left\n"
