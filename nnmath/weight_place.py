"""Where one weight of a network stands."""

from __future__ import annotations

from typing import NamedTuple, Self

from nnmath import arrays
from nnmath.network import Network


class WeightPlace(NamedTuple):
    """Where a weight stands: its layer, row and column, all counted from 0."""

    layer: int
    row: int
    column: int

    def checked(self, network: Network, name: str = "") -> Self:
        """The place as whole numbers; ValueError, which names it, if the network has no weight there."""
        of = f"{name}." if name else ""
        layers = network.layers
        layer = arrays.as_count(self.layer, f"{of}layer", at_least=0, at_most=len(layers) - 1)
        rows, columns = layers[layer].weights.shape
        return type(self)(
            layer,
            arrays.as_count(self.row, f"{of}row", at_least=0, at_most=rows - 1),
            arrays.as_count(self.column, f"{of}column", at_least=0, at_most=columns - 1),
        )

    def parameter_index(self, network: Network) -> int:
        """Where the weight stands among all parameters, in the order of Network.parameters."""
        before = sum(each.weights.size + each.bias.size for each in network.layers[: self.layer])
        return before + self.row * network.layers[self.layer].input_size + self.column
