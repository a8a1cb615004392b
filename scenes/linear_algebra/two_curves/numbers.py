"""Two curves: the data set that the explainers classify."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import Field

from nnmath.datasets import Dataset
from scenes.definition import SceneDefinition
from scenes.families.curves import HARD_GAP, PointsParameters
from scenes.style.numerals import all_written

FloatArray = npt.NDArray[np.float64]


class TwoCurvesParameters(PointsParameters):
    """Parameters of `two-curves`."""

    pick: float = Field(
        0.7, ge=0.0, le=1.0, description="which point is read off: 0 the leftmost, 1 the rightmost"
    )


@dataclass(frozen=True)
class TwoCurvesNumbers:
    """The data set, and the points that are looked at.

    Attributes:
        own: whether the data are someone's own.
        examples: a point of every class, `(2,)`.
        asked: points whose class is asked for, `(k, 2)`; the first one, of class 1, is read off before.
    """

    dataset: Dataset
    own: bool
    examples: tuple[FloatArray, ...]
    asked: FloatArray

    @property
    def picked(self) -> FloatArray:
        """The point of class 1 that is read off, `(2,)`."""
        picked: FloatArray = self.asked[0]
        return picked

    def captions(self) -> dict[str, str]:
        return {"points": "points-own" if self.own else "points"}

    def results(self) -> dict[str, Any]:
        counts = {f"class_{label}": len(self.dataset.of_class(label)) for label in self.dataset.classes}
        return {"points": len(self.dataset), **counts, "picked": all_written(self.picked).tolist()}


def compute(parameters: TwoCurvesParameters) -> TwoCurvesNumbers:
    """Return the data set, and the points to look at."""
    dataset, pick = parameters.dataset(), parameters.pick
    # The picked one; one half-way from it to the first of its class; one half-way to the last of the other.
    asked = [_at(dataset, 1, pick), _at(dataset, 1, (1 - pick) / 2), _at(dataset, 0, (1 + pick) / 2)]
    examples = tuple(_at(dataset, label, pick) for label in dataset.classes)
    return TwoCurvesNumbers(dataset, parameters.data is not None, examples, np.array(asked))


def _at(dataset: Dataset, label: int, share: float) -> FloatArray:
    """Return the point, `(2,)`, of a class that is so far along it: 0 its first, 1 its last."""
    points: FloatArray = dataset.of_class(label)
    picked: FloatArray = points[round(share * (len(points) - 1))]
    return picked


DEFINITION = SceneDefinition(
    home=__name__,
    name="two-curves",
    summary="Two curves of points, two classes: can a function tell them apart?",
    parameters=TwoCurvesParameters,
    presets={"easy": {}, "hard": {"gap": HARD_GAP}},
    beats={
        "plane": (),
        "points": ("points", "points-own"),
        "coordinates": (),
        "labels": (),
        "question": (),
        "function": (),
    },
    compute=compute,
    captions=TwoCurvesNumbers.captions,
    drawing="drawing:TwoCurves",
    lesson="scenes.linear_algebra.lesson",
    cover={"": "question"},
)
