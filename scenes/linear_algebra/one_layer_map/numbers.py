"""One layer lays the plane onto the number line: two numbers in, one number out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import Field

from nnmath.arrays import FloatArray
from scenes.definition import SceneDefinition
from scenes.families.one_layer.numbers import SLIGHT, OneLayerNumbers, OneLayerParameters
from scenes.style.numerals import all_written, shown, written, written_dot


class OneLayerMapParameters(OneLayerParameters):
    """Parameters of `one-layer-map`."""

    pick: float = Field(
        0.8,
        ge=0.0,
        le=1.0,
        description="the point of the upper curve to follow: 0 the leftmost, 1 the rightmost",
    )


@dataclass(frozen=True)
class OneLayerMapNumbers(OneLayerNumbers):
    """The layer, and one point of the upper curve, `(2,)`, that is followed through it."""

    picked: FloatArray

    @property
    def output(self) -> float:
        """What the layer really makes of the picked point."""
        return float(self.network.forward(self.picked[None]).output[0, 0])

    @property
    def shown_point(self) -> FloatArray:
        """The picked point as written, `(2,)`."""
        return all_written(self.picked)

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

    def captions(self) -> dict[str, str]:
        first, second = self.shown_weights.tolist()
        # Written as powers of ten they leave no room for their names.
        tiny = any(weight and not shown(weight) for weight in (first, second))
        return {
            **super().captions(),
            "turn": self._turn_caption(),
            "read": "read-same" if first == second else "read-slight" if tiny else "read",
        }

    def _turn_caption(self) -> str:
        if self.slight:
            return "turn-slight" if self.weights.any() else "turn-zero"
        first, second = self.weights.tolist()
        # A shorter j shrinks where it stands.
        return "turn" if first > 0 and second >= SLIGHT else "turn-plain"

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
    summary="One layer lays the plane onto a line: i and j turn onto it, points ride along, b slides.",
    parameters=OneLayerMapParameters,
    presets={"article": {}},
    beats={
        "curves": (),
        "layer": (),
        "turn": ("turn", "turn-plain", "turn-zero", "turn-slight"),
        "read": ("read", "read-same", "read-slight"),
        "shift": ("shift", "shift-none"),
        "numbers": (),
    },
    compute=compute,
    captions=OneLayerMapNumbers.captions,
    drawing="drawing:OneLayerMap",
    lesson="scenes.linear_algebra.lesson",
    cover={"": "numbers"},
)
