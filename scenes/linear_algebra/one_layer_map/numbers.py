"""One layer flattens the plane onto the number line: two numbers in, one number out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import Field

from nnmath.arrays import FloatArray
from nnmath.linear_map import LinearMap
from nnmath.plane_map import PlaneMap
from scenes.definition import SceneDefinition
from scenes.families.one_layer.numbers import OneLayerNumbers, OneLayerParameters
from scenes.style.numerals import all_written, shown, written, written_dot

BoolArray = npt.NDArray[np.bool_]

# A basis vector that ends up shorter than this has no direction to turn to: it shrinks where it stands.
SLIGHT = 0.1
_INSTANTS = np.linspace(0.0, 1.0, 9)


class OneLayerMapParameters(OneLayerParameters):
    """Parameters of `one-layer-map`."""

    pick: float = Field(
        0.63,
        ge=0.0,
        le=1.0,
        description="the point of the upper curve to follow: 0 the leftmost, 1 the rightmost",
    )


@dataclass(frozen=True)
class OneLayerMapNumbers(OneLayerNumbers):
    """The layer, the motion in which it flattens the plane, and one point that is followed, `(2,)`."""

    picked: FloatArray

    # The motion.

    def flattened(self, t: float) -> PlaneMap:
        """Return the map at time `t` of the motion in which W acts, from the plane to the x axis.

        Every point goes straight to its number: with w₁₁ = 1 along its level line of W x. Where w₁₁ is
        negative all would meet in one point on the way; i and j turn onto the axis instead.
        """
        exact = LinearMap(self.weights[None])
        if self.weights[0] >= 0:
            return PlaneMap((1 - t) * np.eye(2) + t * exact.embedded)
        turning = LinearMap(np.where(np.abs(self.weights) < SLIGHT, 0.0, self.weights)[None])
        return PlaneMap(turning.between(t) + t * (exact.embedded - turning.embedded))

    def shifted(self, t: float) -> PlaneMap:
        """Return the map at time `t` of the shift by b along the x axis."""
        return PlaneMap(LinearMap(self.weights[None]).embedded, np.array([t * self.bias, 0.0]))

    @property
    def marks(self) -> FloatArray:
        """The numbers, besides scores, that are read off the line, `(k,)`."""
        return np.array([0.0, *self.weights, self.bias, *(self.weights + self.bias)])

    def clouds(self) -> list[FloatArray]:
        """Return what the stage must hold, `(n, 2)` each: marks, and points at instants of the motion."""
        path = [*(self.flattened(t) for t in _INSTANTS.tolist()), self.shifted(1.0)]
        tips = np.eye(2)
        marks = np.column_stack([self.marks, np.zeros(len(self.marks))])
        return [marks, *(step.apply(np.concatenate([self.dataset.points, tips])) for step in path)]

    # The picked point and its like.

    @property
    def level(self) -> float:
        """W x of the picked point, before b."""
        return float(self.weights @ self.picked)

    @property
    def output(self) -> float:
        """What the layer really makes of the picked point."""
        return float(self.network.forward(self.picked[None]).output[0, 0])

    def on_level(self, within: float) -> BoolArray:
        """Tell for every point whether it is `within` data units of the picked point's level line, `(n,)`."""
        away = np.abs(self.dataset.points @ self.weights - self.level)
        near: BoolArray = away <= within * float(np.hypot(*self.weights))
        return near

    @property
    def shown_point(self) -> FloatArray:
        """The picked point as written, `(2,)`."""
        return all_written(self.picked)

    @property
    def shown_level(self) -> float:
        """What W x comes to with weights and point as written, written alike."""
        return float(written(float(written_dot(self.shown_weights, self.shown_point))))

    @property
    def shown_output(self) -> float:
        """What the written weights, point and bias come to, written alike."""
        return float(written(float(self._written_sum())))

    @property
    def exact(self) -> bool:
        """Whether the arithmetic is right to the last digit as written."""
        return self._written_sum() == written(self.shown_output)

    def _written_sum(self) -> Decimal:
        return written_dot(self.shown_weights, self.shown_point, self.shown_bias)

    # Words.

    def captions(self) -> dict[str, str]:
        first, second = self.shown_weights.tolist()
        # Written as powers of ten they leave no room for their names.
        tiny = any(weight and not shown(weight) for weight in (first, second))
        blank = not self.weights.any()
        return {
            "level": "level-zero" if blank else "level",
            "flatten": "flatten-zero" if blank else "flatten-slight" if self.slight else "flatten",
            "read": "read-same" if first == second else "read-slight" if tiny else "read",
            "shift": "shift" if self.shown_bias else "shift-none",
            "threshold": "threshold-zero" if blank else "threshold",
        }

    def results(self) -> dict[str, Any]:
        return {**super().results(), "point": self.shown_point.tolist(), "output": self.shown_output}


def compute(parameters: OneLayerMapParameters) -> OneLayerMapNumbers:
    """Return the layer, the data set and the point that is followed."""
    dataset = parameters.dataset()
    upper = dataset.of_class(1)
    return OneLayerMapNumbers(dataset, parameters.network(), upper[round(parameters.pick * (len(upper) - 1))])


DEFINITION = SceneDefinition(
    home=__name__,
    name="one-layer-map",
    summary="One layer flattens the plane onto a line: a whole line of points arrives as one number.",
    parameters=OneLayerMapParameters,
    presets={"article": {}},
    beats={
        "layer": (),
        "level": ("level", "level-zero"),
        "flatten": ("flatten", "flatten-zero", "flatten-slight"),
        "read": ("read", "read-same", "read-slight"),
        "shift": ("shift", "shift-none"),
        "threshold": ("threshold", "threshold-zero"),
    },
    compute=compute,
    captions=OneLayerMapNumbers.captions,
    drawing="drawing:OneLayerMap",
    lesson="scenes.linear_algebra.lesson",
    cover={"": "flatten"},
)
