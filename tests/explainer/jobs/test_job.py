"""Jobs: names, and what a command line selects."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from explainer.errors import UserError
from explainer.jobs.job import Job
from explainer.jobs.look import Wishes
from explainer.jobs.target import every_target, parse_target
from explainer.request.selection import plain_name, select_jobs
from scenes.definition import SceneDefinition


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
        (Wishes(theme="dusk"), "--theme 'dusk'"),
        (Wishes(locale="de"), "--locale 'de'"),
        (Wishes(aspect="2:1"), "--aspect '2:1'"),
        (Wishes(quality="4k"), "--quality '4k'"),
    ],
)
def test_an_unknown_look_is_refused(small_catalog: SceneDefinition, look: Wishes, option: str) -> None:
    with pytest.raises(UserError, match=option):
        select_jobs(["sliding-square"], everything=False, look=look)


def test_the_same_video_is_made_once(small_catalog: SceneDefinition) -> None:
    assert len(select_jobs(["sliding-square", "sliding-square"], everything=False)) == 1


def test_two_videos_of_one_name_are_refused(small_catalog: SceneDefinition, tmp_path: Path) -> None:
    job = select_jobs(["sliding-square"], everything=False)[0]
    assert job.looking(theme="light") != job
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
    job = Job(definition, "hard", definition.preset_parameters("hard"), "two-curves-hard")
    assert pickle.loads(pickle.dumps(job)) == job
