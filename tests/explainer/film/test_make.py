"""One job's four files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from explainer.errors import MachineError
from explainer.film import make as films
from explainer.film.make import make_video
from explainer.jobs.job import Job
from explainer.request.recipe import read_recipe

MakeJob = Callable[..., Job]


def test_four_files_that_agree(make_job: MakeJob, tmp_path: Path) -> None:
    video = make_video(make_job(colour="#4060e0", side=4.0), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        "square.mp4",
        "square.vtt",
        "square.png",
        "square.json",
    }
    recipe = json.loads((tmp_path / "square.json").read_text(encoding="utf-8"))
    with av.open(str(tmp_path / "square.mp4")) as opened:
        frames = [frame.to_ndarray(format="rgb24") for frame in opened.decode(video=0)]
        assert json.loads(opened.metadata["comment"]) == recipe
        assert opened.metadata["title"] == "A square – 方"
    assert recipe["frames"] == len(frames) == video.recipe.frames
    poster = np.asarray(Image.open(tmp_path / "square.png"))
    assert poster.shape == frames[-1].shape == (90, 160, 3)
    assert np.abs(poster.astype(int) - frames[-1].astype(int)).mean() < 4
    assert poster[45, 90].tolist() == pytest.approx([0x40, 0x60, 0xE0], abs=1)
    assert frames[-1][45, 90].tolist() == pytest.approx([0x40, 0x60, 0xE0], abs=6)
    assert (tmp_path / "square.vtt").read_text(encoding="utf-8").count("-->") == 3


def test_the_video_itself_is_a_recipe(make_job: MakeJob, tmp_path: Path) -> None:
    video = make_video(make_job(), tmp_path)
    assert read_recipe(video.files["mp4"]) == read_recipe(video.files["json"]) == video.recipe


@pytest.mark.parametrize("failing", ["render", "png", "webvtt", "save"])
@pytest.mark.parametrize("error", [MachineError("the disk is full"), KeyboardInterrupt()])
def test_a_failure_leaves_the_previous_video_and_no_trace(
    make_job: MakeJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, error: BaseException
) -> None:
    old = {name: f"old {name}" for name in ("square.mp4", "square.vtt", "square.png", "square.json")}
    for name, content in old.items():
        (tmp_path / name).write_text(content)

    def fail(*arguments: Any, **options: Any) -> None:
        raise error

    monkeypatch.setattr(*(films.Encoders, "save") if failing == "save" else (films, failing), fail)
    with pytest.raises(type(error)):
        make_video(make_job(), tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == old
