"""What lies under a video's name is kept in the recipe while it is the same, and named when it is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from explainer.cli.program import main
from explainer.request.recipe import read_recipe

Render: TypeAlias = Callable[..., tuple[str, str]]

STEM = "sliding-square"
SIZE = ("--size", "160x90", "--fps", "15")


@pytest.fixture
def render(
    small_catalog: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Render:
    """Return a function that renders the small scene and returns what was said, results and the rest."""
    monkeypatch.chdir(tmp_path)

    def rendered(*words: str, scene: str = STEM, size: tuple[str, ...] = SIZE) -> tuple[str, str]:
        capsys.readouterr()
        assert main(["render", scene, *size, *words]) == 0
        said = capsys.readouterr()
        return said.out, said.err

    return rendered


def recipe() -> dict[str, Any]:
    read = read_recipe(Path(f"renders/{STEM}.json"))
    assert read.digest == read.computed_digest()
    return json.loads(Path(f"renders/{STEM}.json").read_bytes())  # type: ignore[no-any-return]


def test_the_recipe_names_every_format_that_lies_there(render: Render) -> None:
    render("--format", "gif", "--max-size", "1MB")
    alone = recipe()
    gif = Path(f"renders/{STEM}.gif").read_bytes()
    assert render("--format", "webm")[1] == ""
    both = recipe()
    assert {**both, "digest": 0} == {**alone, "formats": ["webm", "gif"], "digest": 0}
    # Nothing more is to be done, whichever is asked for.
    for words in (("--format", "webm"), ("--format", "gif", "--max-size", "1MB")):
        out, error = render(*words)
        assert out.endswith("unchanged\n")
        assert error == ""
    assert recipe() == both
    # What the recipe says can be made again, and is the same.
    Path(f"renders/{STEM}.gif").unlink()
    out, error = render(scene=f"renders/{STEM}.json", size=())
    assert error == ""
    assert Path(f"renders/{STEM}.gif").read_bytes() == gif
    assert recipe() == both
    assert render(scene=f"renders/{STEM}.json", size=())[0].endswith("unchanged\n")


def test_the_recipe_names_no_format_that_has_gone(render: Render) -> None:
    render("--format", "gif,webm")
    render("--format", "mp4")
    assert recipe()["formats"] == ["mp4", "webm", "gif"]
    Path(f"renders/{STEM}.gif").unlink()
    assert "from the cache" in render("--format", "mp4")[0]
    assert recipe()["formats"] == ["mp4", "webm"]


def test_a_recipe_that_was_altered_is_written_again(render: Render) -> None:
    render("--format", "gif")
    render("--format", "mp4")
    good = recipe()
    for changes in ({"formats": ["mp4", "gif", "webm"]}, {"title": "x"}, {"digest": "0"}):
        altered = {**good, **changes}
        Path(f"renders/{STEM}.json").write_text(json.dumps(altered, indent=2) + "\n")
        assert "from the cache" in render("--format", "mp4")[0]
        assert recipe()["title"] == good["title"]
    Path(f"renders/{STEM}.json").write_text(json.dumps(good))
    assert "from the cache" in render("--format", "mp4")[0]


def test_a_video_that_was_made_otherwise_is_not_replaced_without_a_word(render: Render) -> None:
    assert render()[1] == ""
    said = f"nnmath: renders/{STEM}.mp4 replaced (it was made with side=2.0; another --name keeps both)\n"
    assert render("--set", "side=1.5")[1] == said
    assert render("--set", "side=1.5")[1] == ""
    # From the cache, too.
    assert render()[1] == said.replace("2.0", "1.5")
    assert render("--theme", "light")[1] == said.replace("side=2.0", "theme=dark")
    assert "side=2.0, colour=#ffffff, theme=light" in render("--set", "side=1", "--set", "colour=#ff0000")[1]
    assert "other data" not in render("--set", "side=1", "--name", STEM, "--force")[1]


def test_nothing_is_said_of_what_one_means_to_replace(
    render: Render, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    render("--set", "side=1.5")
    assert render("--set", "side=1", "--force")[1] == ""
    assert render("--set", "side=1.5", "--drafts-first")[1] == ""
    # Finer, or as a file of another kind, it is the same video.
    assert render("--set", "side=1.5", size=("--size", "160x90", "--fps", "30"))[1] == ""
    assert (
        render("--set", "side=1.5", "--format", "mp4,webm", size=("--size", "160x90", "--fps", "30"))[1] == ""
    )
    project = tmp_path / "lesson.toml"
    project.write_text(f'[[video]]\nscene = "{STEM}"\nsize = "160x90"\nfps = 15\n')
    assert main(["render", "--project", str(project)]) == 0
    assert capsys.readouterr().err == ""


def test_files_that_are_left_of_another_video_are_named(render: Render) -> None:
    render("--format", "gif")
    error = render("--format", "webm", "--set", "side=1")[1]
    assert error == (
        f"nnmath: renders/{STEM}.json replaced (it was made with side=2.0; another --name keeps both);"
        f" still as before: renders/{STEM}.gif\n"
    )
    assert recipe()["formats"] == ["webm"]
    error = render("--format", "gif", "--set", "side=1", size=(*SIZE[:-1], "30"))[1]
    assert (
        f"made with quality=160x90@15; another --name keeps both); still as before: renders/{STEM}.webm"
        in error
    )


def test_what_is_no_recipe_is_replaced(render: Render, tmp_path: Path) -> None:
    (tmp_path / "renders").mkdir()
    Path(f"renders/{STEM}.json").write_text("{}")
    assert render()[1] == ""
    assert recipe()["formats"] == ["mp4"]


def test_a_recipe_whose_videos_have_gone_is_no_loss(render: Render) -> None:
    render()
    Path(f"renders/{STEM}.mp4").unlink()
    assert render("--set", "side=1.5")[1] == ""
