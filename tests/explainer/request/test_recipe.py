"""The recipe tells the truth about its video, and makes it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explainer.errors import UserError
from explainer.film.make import recipe_of
from explainer.jobs.job import Job
from explainer.jobs.look import QUALITIES, Look, Quality, Wishes
from explainer.jobs.target import Target, every_target
from explainer.play.render import pose, render
from explainer.play.rendering import Rendering
from explainer.request.recipe import Recipe, read_recipe
from explainer.request.selection import select_jobs

PIXEL = np.zeros((1, 1, 4), np.uint8)

MakeJob = Callable[..., Job]
OLD = Path(__file__).parent / "recipes/two-curves-hard.json"


@pytest.fixture
def recipe(make_job: MakeJob, kept_frames: type[Any]) -> Recipe:
    job = make_job(side=1.5)
    return recipe_of(job, render(job, kept_frames()))


def test_it_says_what_was_made(recipe: Recipe) -> None:
    assert (recipe.width, recipe.height, recipe.fps) == (160, 90, 15)
    assert (recipe.frames, recipe.duration_s) == (30, 2.0)
    assert recipe.parameters["side"] == 1.5
    assert recipe.results == {"area": 2.25, "sides": [4], "unbounded": None}
    assert [beat.key for beat in recipe.beats] == ["appear", "slide", "rest"]
    assert recipe.versions["manim"].startswith("0.")


def test_its_digest_is_that_of_its_contents(recipe: Recipe) -> None:
    contents = json.loads(recipe.to_json())
    digest = contents.pop("digest")
    text = json.dumps(contents, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert digest == hashlib.sha256(text.encode()).hexdigest()
    changed = recipe.model_copy(update={"theme": "light"})
    assert changed.computed_digest() != digest


def test_it_is_read_back(recipe: Recipe, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(recipe.to_json(), encoding="utf-8")
    assert read_recipe(path) == recipe
    assert json.loads(recipe.to_line()) == json.loads(recipe.to_json())


def test_it_makes_the_same_frames_again(
    recipe: Recipe, make_job: MakeJob, kept_frames: type[Any], tmp_path: Path
) -> None:
    path = tmp_path / "again.json"
    path.write_text(recipe.to_json(), encoding="utf-8")
    (job,) = select_jobs([str(path)], everything=False)
    assert job == make_job(side=1.5, stem="again")
    one, other = kept_frames(), kept_frames()
    assert recipe_of(job, render(job, one)) == recipe
    render(make_job(side=1.5), other)
    assert one.digest == other.digest


def test_what_is_said_besides_wins_over_the_recipe(recipe: Recipe, tmp_path: Path) -> None:
    path = tmp_path / "again.json"
    path.write_text(recipe.to_json(), encoding="utf-8")
    (job,) = select_jobs([str(path)], everything=False, settings=["side=2.5"], look=Wishes(theme="light"))
    assert (job.parameters.side, job.look.theme, job.look.quality) == (2.5, "light", Quality(90, 15))


def test_a_recipe_that_is_not_what_it_was_is_told(recipe: Recipe, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    told: list[str] = []
    path.write_text(recipe.to_json(), encoding="utf-8")
    select_jobs([str(path)], everything=False, warn=told.append)
    assert told == []
    older = recipe.model_copy(update={"versions": {**recipe.versions, "numpy": "1.0"}})
    path.write_text(older.to_json(), encoding="utf-8")
    (job,) = select_jobs([str(path)], everything=False, warn=told.append)
    assert job.parameters.side == 1.5
    here = recipe.versions["numpy"]
    assert told == [
        f"{path}: made with numpy 1.0 (here {here}); pictures may differ",
        f"{path}: changed after nnmath wrote it; what it says now is made",
    ]


def test_a_data_file_with_other_contents_is_refused_unless_named_anew(tmp_path: Path) -> None:
    points, path = tmp_path / "points.csv", tmp_path / "x.json"
    points.write_text("x1,x2,label\n1,2,0\n3,4,1\n")
    (job,) = select_jobs(["two-curves"], everything=False, settings=[f"data={points}"])
    recipe = recipe_of(job, Rendering("", 1, 15, (), {}, PIXEL, PIXEL))
    assert recipe.data == {str(points): hashlib.sha256(points.read_bytes()).hexdigest()}
    path.write_text(recipe.to_json(), encoding="utf-8")
    assert select_jobs([str(path)], everything=False, name="two-curves") == [job]
    points.write_text("x1,x2,label\n1,2,0\n3,5,1\n")
    with pytest.raises(UserError, match=r"x\.json: .*points\.csv no longer has the contents"):
        select_jobs([str(path)], everything=False)
    assert select_jobs([str(path)], everything=False, settings=[f"data={points}"], name="two-curves") == [job]
    points.unlink()
    with pytest.raises(UserError, match=r"x\.json: data must be a CSV file that exists"):
        select_jobs([str(path)], everything=False)


def test_a_recipe_of_the_version_before_still_renders() -> None:
    """Its look stands in loose fields, its quality is a name."""
    old = read_recipe(OLD)
    told: list[str] = []
    (job,) = select_jobs([str(OLD)], everything=False, warn=told.append)
    assert (job.scene, job.preset, job.parameters.gap) == ("two-curves", "hard", 0.6)
    assert job.look == Look("light", "zh-Hant", "1:1", QUALITIES["draft"], ("webm", "gif"), False, 3_000_000)
    assert [line for line in told if "changed after nnmath wrote it" in line] == []
    again = recipe_of(job, pose(job))
    asked_for = {*job.look.__dataclass_fields__, "scene", "preset", "parameters", "width", "height", "fps"}
    assert again.model_dump(include=asked_for) == old.model_dump(include=asked_for)
    assert again.results == old.results


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"scene": "sliding-square"}'])
@pytest.mark.parametrize("ending", ["json", "mp4"])
def test_what_is_no_recipe_is_refused(tmp_path: Path, content: bytes, ending: str) -> None:
    path = tmp_path / f"x.{ending}"
    path.write_bytes(content)
    with pytest.raises(UserError, match=f"x.{ending}") as caught:
        read_recipe(path)
    assert "\n" not in str(caught.value)


def test_a_recipe_with_an_impossible_value_is_refused(recipe: Recipe, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps({**json.loads(recipe.to_json()), "parameters": {"side": 99}}))
    with pytest.raises(UserError, match=r"x\.json: side must be less"):
        select_jobs([str(path)], everything=False)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"theme": "neon"}, "unknown --theme 'neon'"),
        ({"quality": ""}, "unknown --quality ''"),
        ({"formats": ["exe"]}, "unknown --format 'exe'"),
        ({"parameters": {"sid": 1}}, "sliding-square has no parameter 'sid'; did you mean 'side'"),
    ],
)
def test_what_is_wrong_in_a_recipe_is_told_with_its_name(
    recipe: Recipe, tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps({**json.loads(recipe.to_json()), **change}))
    with pytest.raises(UserError) as caught:
        select_jobs([str(path)], everything=False)
    assert str(caught.value).startswith(f"{path}: {words}")


def test_an_unknown_parameter_beside_a_recipe_is_told_as_beside_a_scene(
    recipe: Recipe, tmp_path: Path
) -> None:
    path = tmp_path / "x.json"
    path.write_text(recipe.to_json(), encoding="utf-8")
    with pytest.raises(UserError, match=r"^--set sid=1: sliding-square has no parameter 'sid'; did you mean"):
        select_jobs([str(path)], everything=False, settings=["sid=1"])


def test_a_recipe_may_begin_with_a_byte_order_mark(recipe: Recipe, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(recipe.to_json(), encoding="utf-8-sig")
    assert read_recipe(path) == recipe


@pytest.mark.parametrize("target", every_target(), ids=lambda target: target.stem)
def test_every_presets_parameters_can_be_given_again(target: Target, tmp_path: Path) -> None:
    (job,) = select_jobs([f"{target.definition.name}@{target.preset}"], everything=False)
    rendering = Rendering("", 1, 15, (), {}, PIXEL, PIXEL)
    path = tmp_path / f"{job.stem}.json"
    path.write_text(recipe_of(job, rendering).to_json(), encoding="utf-8")
    assert select_jobs([str(path)], everything=False) == [job]
