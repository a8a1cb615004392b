"""Nothing flashes: the rule of WCAG 2.3.1, measured on the drawn frames of every preset.

A flash is a pair of opposing changes of relative luminance by a tenth or more, the darker end below 0.8;
what covers less than a quarter of a ninth of the picture does not count.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from explainer.jobs.job import Job
from explainer.jobs.look import Look, Quality
from explainer.play.render import render
from explainer.play.rendering import Rgba
from scenes import catalog

FloatArray = npt.NDArray[np.float64]

HEIGHT, FPS = 72, 10
MOST_A_SECOND = 3
CHANGE, DARK = 0.1, 0.8
# The picture is looked at in thirds, across and up, each of them in quarters.
CELLS = 6


class Luminances:
    """A frame sink that keeps the relative luminance of every cell of the picture, `(frames, cells)`."""

    def __init__(self) -> None:
        self._rows: list[FloatArray] = []

    def write(self, pixels: Rgba, repeat: int) -> None:
        share = pixels[:, :, :3] / 255.0
        linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
        luminance = linear @ np.array([0.2126, 0.7152, 0.0722])
        across = luminance.shape[1] // CELLS * CELLS
        cells = luminance[:, :across].reshape(CELLS, HEIGHT // CELLS, CELLS, -1).mean(axis=(1, 3)).ravel()
        self._rows += [cells] * repeat

    @property
    def rows(self) -> FloatArray:
        return np.array(self._rows)


def most_flashes(luminance: FloatArray) -> int:
    """Return the most flashes within a second of one cell's luminance, `(frames,)`."""
    turns: list[tuple[int, int]] = []  # frame and direction of every change that counts
    low = high = luminance[0]
    for frame, value in enumerate(luminance):
        low, high = min(low, value), max(high, value)
        last = turns[-1][1] if turns else 0
        if value - low >= CHANGE and low < DARK:
            if last < 1:
                turns.append((frame, 1))
            high = low = value
        elif high - value >= CHANGE and value < DARK:
            if last > -1:
                turns.append((frame, -1))
            high = low = value
    within = [sum(start <= frame < start + FPS for frame, _ in turns) for start, _ in turns]
    return max(within, default=0) // 2


def test_flicker_is_found() -> None:
    half_period = FPS // 10
    flicker = np.array([frame // half_period % 2 for frame in range(2 * FPS)], dtype=float)
    assert most_flashes(flicker) == 5
    assert most_flashes(0.05 * flicker) == 0  # too faint
    assert most_flashes(0.15 * flicker + 0.82) == 0  # too bright all along
    assert most_flashes(np.linspace(0.0, 1.0, FPS)) == 0  # one way
    slow = np.array([frame // FPS % 2 for frame in range(6 * FPS)], dtype=float)
    assert most_flashes(slow) <= 1


def test_no_preset_flashes(scene_name: str, preset: str) -> None:
    definition = catalog.definition(scene_name)
    look = Look(theme="light", quality=Quality(HEIGHT, FPS))
    luminances = Luminances()
    render(Job(definition, preset, definition.preset_parameters(preset), scene_name, look), luminances)
    assert luminances.rows.shape[1] == CELLS**2
    worst = max(most_flashes(luminances.rows[:, cell]) for cell in range(CELLS**2))
    assert worst <= MOST_A_SECOND
