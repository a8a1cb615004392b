"""The curves move together until no straight line can stay between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from pydantic import Field, model_validator

from nnmath import Dataset, two_curves
from scenes.definition import SceneDefinition, SceneParameters
from scenes.families.curves import EASY_GAP, HARD_GAP, CurvesParameters, Noise, PointsPerCurve, Seed
from scenes.linear_algebra.harder_curves.angle_sweep import AngleSweep, tilt_of
from scenes.linear_algebra.harder_curves.line_path import LinePath
from scenes.linear_algebra.harder_curves.placed_line import PlacedLine

# So many points make the arch a curve.
_ARCH_POINTS = 1000


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

    @staticmethod
    def arch_at(x: float) -> float:
        """Return the height in the middle between the curves at `x`, were there no noise."""
        arch = two_curves(0.0, _ARCH_POINTS).of_class(0)
        return float(np.interp(x, arch[:, 0], arch[:, 1]))

    def line_at(self, gap: float) -> PlacedLine:
        return self.path.line_at(gap)

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

    @cached_property
    def sweep(self) -> AngleSweep:
        """The best line of every angle at the last gap."""
        return AngleSweep.through(self.last_dataset, self.last_line)

    @property
    def last_tilt(self) -> float:
        """The angle of the last line to the x axis, in radians."""
        return tilt_of(self.last_line)

    @cached_property
    def best_tilt(self) -> float:
        """The angle at which a line does best, the nearest one to the last line's, in radians."""
        return self.sweep.best_tilt_near(self.last_tilt)

    @cached_property
    def best_line(self) -> PlacedLine:
        """The line of that angle in its best place."""
        return self.sweep.line_at(self.best_tilt)

    @cached_property
    def turning_gap(self) -> float:
        """The gap where the story turns: where a perfect line begins to fail, else half way."""
        middle = (self.parameters.from_gap + self.parameters.to_gap) / 2
        return float(self.path.gaps[1]) if self.breaks else middle

    @property
    def breaks(self) -> bool:
        """Whether the line is perfect at first and not at the end."""
        return not self.first_line.wrong_count and bool(self.last_line.wrong_count)

    @property
    def right(self) -> int:
        return self.total - self.best_line.wrong_count

    @property
    def total(self) -> int:
        return 2 * self.parameters.points_per_curve

    def captions(self) -> dict[str, str]:
        wrong = self.best_line.wrong_count
        known = "verdict" if self.path.best.exact else "verdict-tried"
        at_turn = self.line_at(self.turning_gap).wrong_count
        start = "start-wrong" if self.path.first.exact else "start-tried"
        return {
            "start": start if self.first_line.wrong_count else "start",
            "close-in": "close-in-wrong" if at_turn else "close-in",
            "too-close": "too-close" if self.last_line.wrong_count else "too-close-fits",
            "turn": "turn" if wrong else "turn-fits",
            "verdict": known if wrong else "verdict-fits",
        }

    def results(self) -> dict[str, Any]:
        return {
            "right": self.right,
            "total": self.total,
            "wrong": self.best_line.wrong_count,
            "accuracy": self.right / self.total,
            "wrong_at_first": self.first_line.wrong_count,
            "line_fails_at_gap": self.turning_gap if self.breaks else None,
            "exact": self.path.best.exact,
            "normal": self.best_line.normal.tolist(),
            "offset": self.best_line.offset,
            "right_at_worst_angle": self.sweep.least,
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
        "turn": ("turn", "turn-fits"),
        "every-angle": (),
        "verdict": ("verdict", "verdict-tried", "verdict-fits"),
    },
    compute=compute,
    captions=HarderCurvesNumbers.captions,
    drawing="drawing:HarderCurves",
    lesson="scenes.linear_algebra.lesson",
    cover={"": "verdict"},
)
