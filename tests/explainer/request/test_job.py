"""Jobs: sizes, looks, names and what a command line selects."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import UserError
from explainer.request.job import QUALITIES, Job, pixel_size
from explainer.request.selection import Look, every_target, parse_target, plain_name, select_jobs
from scenes.definition import SceneDefinition


@pytest.mark.parametrize(
    ("aspect", "quality", "size"),
    [
        ("16:9", "draft", (854, 480)),
        ("16:9", "preview", (1280, 720)),
        ("16:9", "hd", (1920, 1080)),
        ("16:9", "uhd", (3840, 2160)),
        ("1:1", "draft", (480, 480)),
        ("9:16", "hd", (1080, 1920)),
        ("9:16", "draft", (480, 854)),
    ],
)
def test_sizes_are_those_promised(aspect: str, quality: str, size: tuple[int, int]) -> None:
    assert pixel_size(aspect, QUALITIES[quality].short_side) == size


@given(st.sampled_from(["16:9", "1:1", "9:16", "4:3"]), st.integers(1, 2000).map(lambda half: 2 * half))
def test_sizes_are_even_and_nearly_of_their_aspect(aspect: str, short_side: int) -> None:
    width, height = pixel_size(aspect, short_side)
    across, up = map(int, aspect.split(":"))
    assert width % 2 == height % 2 == 0
    assert min(width, height) == short_side
    assert abs(max(width, height) - short_side * max(across, up) / min(across, up)) <= 1


def test_a_scene_alone_means_its_first_preset(small_catalog: SceneDefinition) -> None:
    assert parse_target("sliding-square").preset == "plain"
    assert parse_target("sliding-square").stem == "sliding-square"
    assert parse_target("sliding-square@plain").stem == "sliding-square-plain"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("sliding-sqare", "did you mean 'sliding-square'"),
        ("sliding-square@smal", "did you mean 'small'"),
        ("sliding-square@", "choose one of: plain, small"),
        ("", "choose one of: sliding-square"),
    ],
)
def test_unknown_scenes_and_presets_are_refused(
    small_catalog: SceneDefinition, given: str, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        parse_target(given)


def test_all_means_every_preset(small_catalog: SceneDefinition) -> None:
    jobs = select_jobs([], everything=True)
    assert [job.stem for job in jobs] == [target.stem for target in every_target()]
    assert [job.parameters.side for job in jobs] == [2.0, 1.0]


@pytest.mark.parametrize(
    ("look", "option"),
    [
        (Look(theme="dusk"), "--theme 'dusk'"),
        (Look(locale="de"), "--locale 'de'"),
        (Look(aspect="2:1"), "--aspect '2:1'"),
        (Look(quality="4k"), "--quality '4k'"),
    ],
)
def test_an_unknown_look_is_refused(small_catalog: SceneDefinition, look: Look, option: str) -> None:
    with pytest.raises(UserError, match=option):
        select_jobs(["sliding-square"], everything=False, look=look)


def test_the_same_video_is_made_once(small_catalog: SceneDefinition) -> None:
    assert len(select_jobs(["sliding-square", "sliding-square"], everything=False)) == 1


def test_two_videos_of_one_name_are_refused(small_catalog: SceneDefinition, tmp_path: Path) -> None:
    job = select_jobs(["sliding-square"], everything=False)[0]
    assert dataclasses.replace(job, theme="light") != job
    with pytest.raises(UserError, match="--name 'x' names one video"):
        select_jobs(["sliding-square", "sliding-square@small"], everything=False, name="x")


@pytest.mark.parametrize(
    "name", ["a/b", "../x", ".hidden", "", "..", "a\\b", "a\nb", "c:d", "x" * 201, "\x00"]
)
def test_names_that_are_no_plain_file_names_are_refused(name: str) -> None:
    with pytest.raises(UserError, match="--name") as caught:
        plain_name("--name", name)
    assert "\n" not in str(caught.value)


def test_a_job_survives_the_way_to_another_process() -> None:
    from scenes import catalog

    definition = catalog.definition("two-curves")
    job = Job("two-curves", "hard", definition.preset_parameters("hard"), "two-curves-hard")
    assert pickle.loads(pickle.dumps(job)) == job
