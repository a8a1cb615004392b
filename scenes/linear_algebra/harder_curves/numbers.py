"""The curves move together until no straight line can stay between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from pydantic import Field, model_validator

from nnmath import BestLine, Dataset, FloatArray, best_line, best_threshold
from scenes.definition import SceneDefinition, SceneParameters
from scenes.families.curves import EASY_GAP, HARD_GAP, CurvesParameters, Noise, PointsPerCurve, Seed
from scenes.linear_algebra import LESSON
from scenes.style.numerals import shown

# Gaps at which the best line is searched for; the line on screen turns evenly from one to the next.
_SEARCHED = 4
_BISECTIONS = 24
# How far the line turns to either side when it tries other directions, in radians.
_SWING = np.pi / 6
# The share of an interval of best places that the line keeps from either end of it.
_CLEARANCE = 0.05


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
class PlacedLine:
    """A line on screen and how well it does there.

    Attributes:
        angle: of its normal, which points to class 1, in radians. offset: normal · x on the line.
        wrong: which points stand on the wrong side, `(n,)`.
    """

    angle: float
    offset: float
    wrong: np.ndarray[Any, np.dtype[np.bool_]]

    @property
    def normal(self) -> FloatArray:
        return _normal(self.angle)

    @property
    def wrong_count(self) -> int:
        return int(self.wrong.sum())


@dataclass(frozen=True)
class HarderCurvesNumbers:
    """The curves at every gap, and the line that does its best between them.

    Attributes:
        gaps, angles, offsets: `(k,)`, where the line was searched for, in falling order of gap.
        best: the best straight line there is at the last gap.
    """

    parameters: HarderCurvesParameters
    gaps: FloatArray
    angles: FloatArray
    offsets: FloatArray
    best: BestLine

    def dataset_at(self, gap: float) -> Dataset:
        return self.parameters.dataset_at(gap)

    def line_at(self, gap: float) -> PlacedLine:
        """Return the line shown at `gap`: turned evenly between those searched, in its best place."""
        # np.interp wants rising gaps.
        angle, offset = (np.interp(gap, self.gaps[::-1], ends[::-1]) for ends in (self.angles, self.offsets))
        return _placed(self.dataset_at(gap), float(angle), _best_offset(self.dataset_at(gap), angle, offset))

    def turned(self, t: float) -> PlacedLine:
        """Return the line at time `t` of a swing to both sides about its middle, at the last gap."""
        dataset = self.last_dataset
        pivot = self.pivot
        angle = self.last_line.angle + _SWING * float(np.sin(2 * np.pi * t))
        return _placed(dataset, angle, float(_normal(angle) @ pivot))

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
        return float(self.gaps[1]) if self.breaks else middle

    @property
    def breaks(self) -> bool:
        """Whether the line is perfect at first and not at the end."""
        return not self.first_line.wrong_count and bool(self.last_line.wrong_count)

    @property
    def turning_helps(self) -> bool:
        """Whether some instant of the swing does better than the line that was found."""
        return any(self.turned(t).wrong_count < self.last_line.wrong_count for t in np.linspace(0.0, 1.0, 61))

    @property
    def right(self) -> int:
        return self.total - self.last_line.wrong_count

    @property
    def total(self) -> int:
        return 2 * self.parameters.points_per_curve

    def results(self) -> dict[str, Any]:
        return {
            "right": self.right,
            "total": self.total,
            "wrong": self.last_line.wrong_count,
            "accuracy": shown(self.right / self.total, 4),
            "wrong_at_first": self.first_line.wrong_count,
            "line_fails_at_gap": shown(self.turning_gap, 3) if self.breaks else None,
            "exact": self.best.exact,
            "normal": self.last_line.normal.tolist(),
            "offset": self.last_line.offset,
        }


def compute(parameters: HarderCurvesParameters) -> HarderCurvesNumbers:
    """Search the best line at several gaps; as long as one line is perfect it stays."""
    first, last = parameters.from_gap, parameters.to_gap
    found = best_line(parameters.dataset_at(first).points, parameters.dataset_at(first).labels)
    angle = _angle(found.normal)
    gaps, angles, offsets = [first], [angle], [found.offset]
    start = first
    if found.right == found.total:
        start = _last_perfect(parameters, angle)
        gaps.append(start)
        angles.append(angle)
        offsets.append(_best_offset(parameters.dataset_at(start), angle, found.offset))
    searched = np.linspace(start, last, _SEARCHED)[1:].tolist() if start > last else []
    for gap in searched:
        dataset = parameters.dataset_at(gap)
        found = best_line(dataset.points, dataset.labels)
        angle = _nearest_angle(dataset, found, angles[-1])
        gaps.append(gap)
        angles.append(angle)
        offsets.append(_best_offset(dataset, angle, found.offset))
    return HarderCurvesNumbers(parameters, np.array(gaps), np.array(angles), np.array(offsets), found)


def _normal(angle: float) -> FloatArray:
    return np.array([np.cos(angle), np.sin(angle)])


def _angle(normal: FloatArray) -> float:
    return float(np.arctan2(normal[1], normal[0]))


def _right(dataset: Dataset, angle: float) -> int:
    return best_threshold(dataset.points @ _normal(angle), dataset.labels).right


def _placed(dataset: Dataset, angle: float, offset: float) -> PlacedLine:
    ones = dataset.points @ _normal(angle) >= offset
    return PlacedLine(angle, offset, ones != (dataset.labels == 1))


def _best_offset(dataset: Dataset, angle: float, wanted: float) -> float:
    """Return the offset nearest to `wanted` at which a line of this direction does as well as it can."""
    scores = dataset.points @ _normal(angle)
    intervals = best_threshold(scores, dataset.labels).intervals
    # A line beyond all points may be as good as any; it stays on the stage.
    ends = np.clip(intervals, scores.min() - 0.1, scores.max() + 0.1)
    inset = _CLEARANCE * (ends[:, 1] - ends[:, 0])
    nearest = np.clip(wanted, ends[:, 0] + inset, ends[:, 1] - inset)
    return float(nearest[np.argmin(np.abs(nearest - wanted))])


def _last_perfect(parameters: HarderCurvesParameters, angle: float) -> float:
    """Return the least gap at which a line of this direction is still perfect."""

    def perfect(gap: float) -> bool:
        dataset = parameters.dataset_at(gap)
        return _right(dataset, angle) == len(dataset)

    low, high = parameters.to_gap, parameters.from_gap
    if perfect(low):
        return low
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (low, middle) if perfect(middle) else (middle, high)
    return high


def _nearest_angle(dataset: Dataset, found: BestLine, last: float) -> float:
    """Return, of the directions that do as well as `found`, the one to which the line turns least.

    The curves are their own mirror image but for noise, so every line has a twin that leans the other way.
    """
    angle = _angle(found.normal)
    candidates = [angle, np.pi - angle, last]
    best = max(_right(dataset, candidate) for candidate in candidates)
    turns = [
        float(np.remainder(candidate - last + np.pi, 2 * np.pi) - np.pi)
        for candidate in candidates
        if _right(dataset, candidate) == best
    ]
    return last + min(turns, key=abs)


DEFINITION = SceneDefinition(
    home=__name__,
    name="harder-curves",
    summary="The curves close in until no straight line can stay between them.",
    parameters=HarderCurvesParameters,
    presets={"article": {}},
    beats={
        "start": ("start", "start-wrong"),
        "close-in": ("close-in", "close-in-wrong"),
        "too-close": ("too-close", "too-close-fits"),
        "turn": ("turn", "turn-any", "turn-fits"),
        "verdict": ("verdict", "verdict-tried", "verdict-fits"),
    },
    compute=compute,
    drawing="drawing:HarderCurves",
    lesson=LESSON,
    cover={"": "verdict"},
)
