"""GIF: delays, holds, colours and budgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from explainer.cli.console import say_video
from explainer.encoding.fineness import Fineness, measure
from explainer.encoding.gif import GifEncoder
from explainer.errors import UserError
from explainer.film.make import make_video
from explainer.jobs.job import Job

MakeJob = Callable[..., Job]
# What browsers play as it is written, in milliseconds.
DELAYS = {20, 40, 50}


def opened(path: Path) -> tuple[list[Any], list[int], int | None]:
    """Return a GIF's pictures, their durations in milliseconds, and how often it repeats (0: for ever)."""
    with Image.open(path) as gif:
        pictures, durations = [], []
        for k in range(gif.n_frames):
            gif.seek(k)
            pictures.append(np.asarray(gif.convert("RGB")).astype(int))
            durations.append(int(gif.info["duration"]))
        return pictures, durations, gif.info.get("loop")


def plain(colour: tuple[int, int, int], width: int = 64, height: int = 48) -> Any:
    frame = np.full((height, width, 4), 255, np.uint8)
    frame[:, :, :3] = colour
    return frame


@pytest.mark.parametrize("fps", [15, 30, 60])
def test_delays_duration_and_the_last_hold(tmp_path: Path, fps: int) -> None:
    path = tmp_path / "x.gif"
    encoder = GifEncoder(path, 64, 48, fps)
    for shade in range(2 * fps):
        encoder.write(plain((0, 0, 255 * shade // (2 * fps))), 1)
    encoder.write(plain((255, 160, 0)), fps // 5)
    encoder.save({})
    pictures, durations, loop = opened(path)
    assert set(durations) <= DELAYS
    assert loop == 0
    # Two seconds of motion; the last picture, drawn for 0.2 s, stays for one.
    assert sum(durations) == pytest.approx(3000, abs=50)
    last = [picture[24, 32].tolist() == pytest.approx([255, 160, 0], abs=6) for picture in pictures]
    assert sum(d for d, is_last in zip(durations, last, strict=True) if is_last) == pytest.approx(
        1000, abs=50
    )
    assert last == sorted(last)
    blues = [int(picture[24, 32, 2]) for picture, is_last in zip(pictures, last, strict=True) if not is_last]
    assert blues == sorted(blues)
    assert max(blues) > 200


def test_few_colours_come_back_exactly(tmp_path: Path) -> None:
    path = tmp_path / "x.gif"
    colours = [(13, 16, 23), (255, 192, 77), (76, 196, 245), (242, 244, 248)]
    frame = plain(colours[0])
    for k, colour in enumerate(colours):
        frame[:, 16 * k : 16 * (k + 1), :3] = colour
    encoder = GifEncoder(path, 64, 48, 15)
    encoder.write(frame, 15)
    encoder.save({})
    for picture in opened(path)[0]:
        for k, colour in enumerate(colours):
            assert picture[20, 16 * k + 8] == pytest.approx(colour, abs=2)


def test_a_large_picture_is_made_smaller(tmp_path: Path) -> None:
    encoder = GifEncoder(tmp_path / "x.gif", 1920, 1080, 15)
    encoder.write(plain((1, 2, 3), 1920, 1080), 3)
    encoder.save({})
    assert measure(tmp_path / "x.gif") == Fineness(854, 480, delay=4)


def noise(seed: int, width: int, height: int) -> Any:
    frame = 100 * np.random.default_rng(seed).integers(0, 3, (height, width, 4), dtype=np.uint8)
    frame[:, :, 3] = 255
    return frame


def test_a_budget_is_kept_by_lowering_rate_and_size(tmp_path: Path) -> None:
    sizes: list[int] = []
    chosen: list[Fineness] = []
    for k, share in enumerate((None, 0.6, 0.25, 0.06)):
        path, budget = tmp_path / f"{k}.gif", share and int(share * sizes[0])
        encoder = GifEncoder(path, 128, 96, 30, max_size=budget)
        for seed in range(30):
            encoder.write(noise(seed, 128, 96), 1)
        encoder.save({})
        sizes.append(path.stat().st_size)
        chosen.append(measure(path))
        assert budget is None or sizes[-1] <= budget
        _, durations, _ = opened(path)
        assert set(durations) <= DELAYS
        assert sum(durations) == pytest.approx(1950, abs=60)
        with Image.open(path) as gif:
            assert gif.size == (chosen[-1].width, chosen[-1].height)
    assert sizes == sorted(sizes, reverse=True)
    assert chosen[0] == Fineness(128, 96, delay=4)
    weights = [each.weight for each in chosen]
    assert weights == sorted(weights, reverse=True)
    assert chosen[-1].stay == 2


def test_a_budget_that_cannot_be_kept_is_told_with_the_least_size(tmp_path: Path) -> None:
    encoder = GifEncoder(tmp_path / "x.gif", 128, 96, 30, max_size=50)
    encoder.write(noise(0, 128, 96), 30)
    with pytest.raises(UserError, match=r"--max-size 50: even at 32×24 the gif has \d+ bytes"):
        encoder.save({})
    encoder.abort()
    assert list(tmp_path.iterdir()) == []


def test_the_report_says_what_was_chosen(
    make_job: MakeJob, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    video = make_video(make_job().looking(formats=("gif",), max_size=10_000), tmp_path)
    say_video(video, as_json=False)
    chosen = measure(video.files["gif"])
    line = capsys.readouterr().out.splitlines()[0]
    assert f"{chosen.width}×{chosen.height}, {chosen.rate:g} fps" in line
    assert video.files["gif"].stat().st_size <= 10_000
