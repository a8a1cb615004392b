"""The curves move together until no straight line can stay between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from pydantic import Field, model_validator

from nnmath import Dataset, FloatArray
from scenes.definition import SceneDefinition, SceneParameters
from scenes.families.curves import EASY_GAP, HARD_GAP, CurvesParameters, Noise, PointsPerCurve, Seed
from scenes.linear_algebra.harder_curves.line_path import LinePath
from scenes.linear_algebra.harder_curves.placed_line import PlacedLine, normal_at

# How far the line turns to either side when it tries other directions, in radians.
_SWING = np.pi / 6


class HarderCurvesParameters(SceneParameters):
    """Parameters of `harder-curves`."""

    from_gap: float = Field(EASY_GAP, ge=0.0, le=3.0, description="gap between the curves at the beginning")
    to_gap: float = Field(HARD_GAP, ge=0.0, le=3.0, description="gap at the end, less than from_gap")
    points_per_curve: PointsPerCurve = 100
    noise: Noise = 0.0
    seed: Seed = 0

    @model_validator(mode="after")
    def _closing_in(self) -> Self:
        if self.to_gap >= self.from_gap:
            raise ValueError(
                f"to_gap must be less than from_gap; got {self.to_gap} and {self.from_gap}: make it smaller"
            )
        return self

    def dataset_at(self, gap: float) -> Dataset:
        """Return the two curves that stand `gap` apart; their noise is always the same."""
        return CurvesParameters(gap=gap, **self.model_dump(exclude={"from_gap", "to_gap"})).dataset()


@dataclass(frozen=True)
class HarderCurvesNumbers:
    """The curves at every gap, and the path of the line that does its best between them."""

    parameters: HarderCurvesParameters
    path: LinePath

    def dataset_at(self, gap: float) -> Dataset:
        return self.parameters.dataset_at(gap)

    def line_at(self, gap: float) -> PlacedLine:
        return self.path.line_at(gap)

    def turned(self, t: float) -> PlacedLine:
        """Return the line at time `t` of a swing to both sides about its middle, at the last gap."""
        dataset = self.last_dataset
        pivot = self.pivot
        angle = self.last_line.angle + _SWING * float(np.sin(2 * np.pi * t))
        return PlacedLine.on(dataset, angle, float(normal_at(angle) @ pivot))

    @cached_property
    def first_dataset(self) -> Dataset:
        return self.dataset_at(self.parameters.from_gap)

    @cached_property
    def last_dataset(self) -> Dataset:
        return self.dataset_at(self.parameters.to_gap)

    @cached_property
    def first_line(self) -> PlacedLine:
        return self.line_at(self.parameters.from_gap)

    @cached_property
    def last_line(self) -> PlacedLine:
        return self.line_at(self.parameters.to_gap)

    @property
    def pivot(self) -> FloatArray:
        """The point of the last line that is nearest to the middle of the data, `(2,)`."""
        line, middle = self.last_line, self.last_dataset.points.mean(axis=0)
        pivot: FloatArray = middle + (line.offset - line.normal @ middle) * line.normal
        return pivot

    @cached_property
    def turning_gap(self) -> float:
        """The gap where the story turns: where a perfect line begins to fail, else half way."""
        middle = (self.parameters.from_gap + self.parameters.to_gap) / 2
        return float(self.path.gaps[1]) if self.breaks else middle

    @property
    def breaks(self) -> bool:
        """Whether the line is perfect at first and not at the end."""
        return not self.first_line.wrong_count and bool(self.last_line.wrong_count)

    @cached_property
    def turning_helps(self) -> bool:
        """Whether some instant of the swing does better than the line that was found."""
        return any(self.turned(t).wrong_count < self.last_line.wrong_count for t in np.linspace(0.0, 1.0, 61))

    @property
    def right(self) -> int:
        return self.total - self.last_line.wrong_count

    @property
    def total(self) -> int:
        return 2 * self.parameters.points_per_curve

    def captions(self) -> dict[str, str]:
        wrong, exact = self.last_line.wrong_count, self.path.best.exact
        known, turn = ("verdict", "turn") if exact else ("verdict-tried", "turn-any")
        at_turn = self.line_at(self.turning_gap).wrong_count
        start = "start-wrong" if self.path.first.exact else "start-tried"
        return {
            "start": start if self.first_line.wrong_count else "start",
            "close-in": "close-in-wrong" if at_turn else "close-in",
            "too-close": "too-close" if wrong else "too-close-fits",
            "turn": "turn-any" if self.turning_helps else turn if wrong else "turn-fits",
            "verdict": known if wrong else "verdict-fits",
        }

    def results(self) -> dict[str, Any]:
        return {
            "right": self.right,
            "total": self.total,
            "wrong": self.last_line.wrong_count,
            "accuracy": self.right / self.total,
            "wrong_at_first": self.first_line.wrong_count,
            "line_fails_at_gap": self.turning_gap if self.breaks else None,
            "exact": self.path.best.exact,
            "normal": self.last_line.normal.tolist(),
            "offset": self.last_line.offset,
        }


def compute(parameters: HarderCurvesParameters) -> HarderCurvesNumbers:
    """Follow the best line from the first gap to the last."""
    ends = parameters.from_gap, parameters.to_gap
    return HarderCurvesNumbers(parameters, LinePath.search(parameters.dataset_at, *ends))


DEFINITION = SceneDefinition(
    home=__name__,
    name="harder-curves",
    summary="The curves close in until no straight line can stay between them.",
    parameters=HarderCurvesParameters,
    presets={"article": {}},
    beats={
        "start": ("start", "start-wrong", "start-tried"),
        "close-in": ("close-in", "close-in-wrong"),
        "too-close": ("too-close", "too-close-fits"),
        "turn": ("turn", "turn-any", "turn-fits"),
        "verdict": ("verdict", "verdict-tried", "verdict-fits"),
    },
    compute=compute,
    captions=HarderCurvesNumbers.captions,
    drawing="drawing:HarderCurves",
    lesson="scenes.linear_algebra.lesson",
    cover={"": "verdict"},
)
