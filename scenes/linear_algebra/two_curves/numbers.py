"""Two curves: the data set that the explainers classify."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import Field

from nnmath.datasets import Dataset
from scenes.definition import SceneDefinition
from scenes.families.curves import HARD_GAP, PointsParameters
from scenes.style.numerals import all_written


class TwoCurvesParameters(PointsParameters):
    """Parameters of `two-curves`."""

    pick: float = Field(
        0.8, ge=0.0, le=1.0, description="which point is read off: 0 the leftmost, 1 the rightmost"
    )


@dataclass(frozen=True)
class TwoCurvesNumbers:
    """The data set, whether it is someone's own, and the point of class 1 that is read off, `(2,)`."""

    dataset: Dataset
    own: bool
    picked: np.ndarray[Any, np.dtype[np.float64]]

    def captions(self) -> dict[str, str]:
        return {"points": "points-own" if self.own else "points"}

    def results(self) -> dict[str, Any]:
        counts = {f"class_{label}": len(self.dataset.of_class(label)) for label in self.dataset.classes}
        return {"points": len(self.dataset), **counts, "picked": all_written(self.picked).tolist()}


def compute(parameters: TwoCurvesParameters) -> TwoCurvesNumbers:
    """Return the data set and the picked point."""
    dataset = parameters.dataset()
    upper = dataset.of_class(1)
    return TwoCurvesNumbers(
        dataset, parameters.data is not None, upper[round(parameters.pick * (len(upper) - 1))]
    )


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
    },
    compute=compute,
    captions=TwoCurvesNumbers.captions,
    drawing="drawing:TwoCurves",
    lesson="scenes.linear_algebra.lesson",
    cover={"easy": "labels", "hard": "question"},
)
