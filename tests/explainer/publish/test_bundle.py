"""Publishing: which files a bundle holds, and what happens when a video fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from explainer.cli.program import main
from explainer.request.recipe import read_recipe
from scenes.definition import SceneDefinition

# Pictures that are made in a blink, in this process.
SMALL = ["--size", "160x90", "--fps", "15", "--jobs", "1"]


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NNMATH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "site"


def test_a_bundle_is_complete(
    small_catalog: SceneDefinition, at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["publish", "sliding-square", "sliding-square@small", "--bundle", str(at_home)]
    assert main([*arguments, *SMALL]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    endings = ("mp4", "webm", "png", "vtt", "json")
    expected = {"index.html"}
    for stem in ("sliding-square", "sliding-square-small"):
        expected |= {f"{stem}/en/{stem}-{theme}.{end}" for theme in ("dark", "light") for end in endings}
        expected |= {f"{stem}/en/embed.html", f"{stem}/en/alt.txt"}
    assert {path.relative_to(at_home).as_posix() for path in at_home.rglob("*") if path.is_file()} == expected
    assert captured.out.splitlines()[-1].startswith(str(at_home / "index.html"))
    alt = (at_home / "sliding-square/en/alt.txt").read_text(encoding="utf-8")
    assert alt == "A square – 方. It appears & stays <here>. It slides to the right. It rests.\n"
    for theme in ("dark", "light"):
        assert read_recipe(at_home / f"sliding-square/en/sliding-square-{theme}.webm").theme == theme


def test_publishing_again_makes_nothing_anew_and_takes_other_languages(
    small_catalog: SceneDefinition, at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["publish", "sliding-square", "--bundle", str(at_home), *SMALL]
    assert main(arguments) == 0
    video = at_home / "sliding-square" / "en" / "sliding-square-dark.mp4"
    before = video.stat().st_mtime_ns
    capsys.readouterr()
    assert main([*arguments, "--locale", "en,zh-Hant", "--locale", "zh-Hans", "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["locale"] for each in told] == ["en", "zh-Hant", "zh-Hans"]
    assert all(Path(file).is_file() for each in told for file in each["files"])
    assert video.stat().st_mtime_ns == before


def test_a_video_that_fails_is_left_out_and_told(
    small_catalog: SceneDefinition, at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["publish", "sliding-square", "--bundle", str(at_home), *SMALL]
    assert main([*arguments, "--set", "side=3.5"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert all("side must not be 3.5" in line for line in lines)
    assert [path for path in at_home.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sliding-square"], ["--bundle"]),
        (["sliding-square", "--bundle", "x", "--locale", "fr"], ["--locale", "'fr'", "en"]),
        (["--bundle", "x"], ["no scene given"]),
    ],
)
def test_wrong_input_is_told_in_a_line(
    small_catalog: SceneDefinition,
    at_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: list[str],
) -> None:
    at_home.mkdir()
    monkeypatch.chdir(at_home)
    assert main(["publish", *arguments]) == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert all(word in message for word in words), message
    assert list(at_home.iterdir()) == []


def test_an_unwritable_bundle_is_refused_first(
    small_catalog: SceneDefinition, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["publish", "sliding-square", "--bundle", str(tmp_path / "file")]) == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "--bundle" in message
    assert "not a folder" in message
