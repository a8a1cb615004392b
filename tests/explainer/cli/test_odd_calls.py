"""Whatever is written behind `nnmath`, what is wrong is told in one line that says what it is about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from explainer.cli.program import main

ROOT = Path(__file__).parents[3]
RECIPE = ROOT / "tests" / "explainer" / "request" / "recipes" / "two-curves-hard.json"
LONG = "x" * 300
# What Python makes of bytes that are no UTF-8.
NO_UTF8 = "\udcff\udcfe"
DRAFT = ("--quality", "draft", "--format", "png")

ODD_SCENES = [
    *(LONG, "x" * 3000, NO_UTF8, "", " ", ".", "/", "\n", "a/b", "two-curves@", "@hard", "two-curves@hard@"),
    *("two-curves\0", "TWO-CURVES", f"two-curves@{LONG}", f"two-curves@{NO_UTF8}"),
    *(f"{LONG}.json", f"{NO_UTF8}.json", "none.mp4", ".json"),
]
ODD_SETTINGS = [
    *('gap="1"', "gap=1e400", "gap=-inf", "gap=nan", "gap=2001-01-01", "gap=12:00:00", "gap=[]", "gap={a=1}"),
    *("gap=", "=", "gap", "gap==1", "gap=1\nnoise=1", f"{NO_UTF8}=1", f"gap={NO_UTF8}", f"{LONG}=1", "é=1"),
    *(f"gap={'9' * 5000}", f"gap=0x{'f' * 6000}", f"points_per_curve=0x{'f' * 6000}", f"gap={'[' * 400}"),
    *(f"gap={'[' * 400}{']' * 400}", "seed=1.5", "pick=true", "data=", "data=''", f"data={LONG}", "data=."),
    *(f"data={NO_UTF8}", "data='a\\u0000b'", "data=/dev/zero", "data=[]", "data=true", "data=2001-01-01"),
    *(f"data={'/a' * 3000}", "__class__=1", "model_config=1", "gap=0 noise=1"),
]
ODD_OPTIONS = {
    "--theme": [LONG, NO_UTF8, "", "Dark"],
    "--locale": [LONG, NO_UTF8, "", "EN"],
    "--aspect": [LONG, NO_UTF8, "", "2:1", "16:9:1"],
    "--quality": [LONG, NO_UTF8, "", "hd@30", "0p@30", "9999p@30", "720p@٣"],
    "--size": [LONG, NO_UTF8, "", "0x0", "100x101", "99999x99999"],
    "--fps": [LONG, NO_UTF8, "", "0", "-5", "24", "1e3", "30.0", "9" * 5000],
    "--format": [LONG, NO_UTF8, "", ",", "png;gif"],
    "--max-size": [LONG, NO_UTF8, "", "0", "-1", "5 MB foo", "9" * 500, "999EB"],
    "--jobs": [LONG, NO_UTF8, "", "0", "-1", "1.5"],
    "--name": [LONG, NO_UTF8, "", " ", ".", "..", "a/b", ".x", "a:b", "\n", "\0", "é" * 101],
    "--out": [LONG, "/".join(["y" * 200] * 30), "", "file", "file/x", "/dev/null/x", "a\0b"],
    "--params": [LONG, NO_UTF8, ".", "none.toml", "file", "/dev/null/x", "odd.toml"],
}
ODD_PROJECTS = [LONG, NO_UTF8, "", ".", "none.toml", "file", "odd.toml"]
ODD_INITS = [
    *("", " ", ".", "..", "/", "x", "x.yaml", "x.json", ".toml", "x.toml.bak", f"{LONG}.toml", "\n.toml"),
    *(f"{LONG}/x.toml", f"{NO_UTF8}.toml", "none/x.toml", "file/x.toml", "/dev/null/x.toml"),
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a file, and with one that is UTF-16."""
    (tmp_path / "file").write_bytes(b"\0\xff")
    (tmp_path / "odd.toml").write_text("gap = 1", encoding="utf-16")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(capfd: pytest.CaptureFixture[str], *words: str) -> str:
    """Return the one line in which a call is refused that leaves nothing behind."""
    there = sorted(Path.cwd().iterdir())
    assert main(list(words)) == 2
    said = capfd.readouterr()
    assert said.out == ""
    line = said.err
    assert line.startswith("nnmath: ")
    assert line.count("\n") == 1
    assert len(line) < 900
    assert "internal" not in line
    assert "Input should" not in line
    assert sorted(Path.cwd().iterdir()) == there
    return line


@pytest.mark.parametrize("scene", ODD_SCENES, ids=lambda scene: ascii(scene[:20]))
@pytest.mark.parametrize("command", ["render", "show", "still", "check", "publish", "watch"])
def test_odd_scenes(capfd: pytest.CaptureFixture[str], command: str, scene: str) -> None:
    refused(capfd, command, scene, *(["--bundle", "site"] if command == "publish" else []))


@pytest.mark.parametrize("setting", ODD_SETTINGS, ids=lambda setting: ascii(setting[:20]))
def test_odd_settings(capfd: pytest.CaptureFixture[str], setting: str) -> None:
    assert "--set " in refused(capfd, "render", "two-curves", *DRAFT, "--set", setting)


@pytest.mark.parametrize(
    ("option", "value"),
    [(option, value) for option, values in ODD_OPTIONS.items() for value in values],
    ids=lambda word: ascii(word[:20]),
)
def test_odd_options(capfd: pytest.CaptureFixture[str], option: str, value: str) -> None:
    gif = ["--format", "gif"] if option == "--max-size" else []
    line = refused(capfd, "render", "two-curves", *gif, option, value)
    assert option in line or option == "--quality"
    if option in ("--out", "--name"):
        refused(capfd, "still", "two-curves", option, value)


@pytest.mark.parametrize("project", ODD_PROJECTS, ids=lambda project: ascii(project[:20]))
@pytest.mark.parametrize("command", ["render", "watch", "publish"])
def test_odd_projects(capfd: pytest.CaptureFixture[str], command: str, project: str) -> None:
    bundle = ["--bundle", "site"] if command == "publish" else []
    assert "--project " in refused(capfd, command, "--project", project, *bundle)


@pytest.mark.parametrize("file", ODD_INITS, ids=lambda file: ascii(file[:20]))
def test_odd_names_of_a_new_project(capfd: pytest.CaptureFixture[str], file: str) -> None:
    line = refused(capfd, "init", file)
    if file in ("", "x.yaml"):
        assert line == f"nnmath: {file!r} does not end in .toml; write for example: nnmath init lesson.toml\n"


@pytest.mark.parametrize("file", ["x.toml", "X.TOML", "a lesson.toml", "é.toml"])
def test_names_of_a_new_project_that_are_not_odd(capfd: pytest.CaptureFixture[str], file: str) -> None:
    assert main(["init", file]) == 0
    assert Path(file).is_file()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scene": 3}, "not a recipe (scene must be a valid string)"),
        ({"scene": LONG}, "unknown scene 'xxx"),
        ({"parameters": []}, "not a recipe (parameters must be a table)"),
        ({"parameters": {"gap": "1"}}, 'gap must be a valid number; got "1"'),
        ({"parameters": {"data": LONG}}, "data must be a CSV file"),
        ({"data": {"x": 3}}, "not a recipe (data.x must be a valid string)"),
        ({"beats": [{}]}, "not a recipe (beats.0."),
        ({"formats": "mp4"}, "not a recipe (formats must be a valid tuple)"),
        ({"transparent": "x"}, "not a recipe (transparent must be true or false)"),
        ({"extra": 1}, "not a recipe (extra is not known)"),
    ],
)
def test_odd_recipes(
    here: Path, capfd: pytest.CaptureFixture[str], change: dict[str, object], words: str
) -> None:
    (here / "x.json").write_text(json.dumps({**json.loads(RECIPE.read_bytes()), **change}))
    assert refused(capfd, "render", "x.json").startswith(f"nnmath: x.json: {words}")


@pytest.mark.parametrize("content", [b"[]", b"null", b"3", b'{"a":' + b"[" * 100_000, b"1" * 10_000])
def test_what_is_no_recipe(here: Path, capfd: pytest.CaptureFixture[str], content: bytes) -> None:
    (here / "x.json").write_bytes(content)
    assert "x.json: not a recipe (it " in refused(capfd, "render", "x.json")


@pytest.mark.parametrize("limit", ["lots", "-1", "5 MB x", "9" * 500, NO_UTF8])
def test_odd_limits_of_the_cache(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setenv("NNMATH_CACHE_LIMIT", limit)
    assert "NNMATH_CACHE_LIMIT" in refused(capfd, "cache")


def test_a_folder_whose_name_is_no_utf8_is_a_folder(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["still", "two-curves", "--quality", "draft", "--out", NO_UTF8, "--json"]) == 0
    assert [path.suffix for path in (here / NO_UTF8).iterdir()] == [".png"]
    assert capfd.readouterr().out.count("\n") == 1
