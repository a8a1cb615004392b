"""A layer as an equation: activation of weights times inputs plus bias, in letters and in numbers."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VMobject

from scenes.learning.forward_pass.numbers import ForwardPassNumbers, places_in, says
from scenes.stage.writing import Formula
from scenes.style.markup import named
from scenes.style.numerals import math_equals, math_number
from scenes.style.theme import COLUMN_ROLES, Role, Theme

_FUNCTIONS = {
    "sigmoid": "sigma",
    "tanh": "tanh",
    "relu": '"ReLU"',
    "leaky_relu": '"leaky ReLU"',
    "identity": "",
}
_STYLE = 'delim: "[", row-gap: #0.32em, column-gap: #0.5em'


def letters(numbers: ForwardPassNumbers, layer: int, inputs: str = "") -> tuple[str, str]:
    """Return what a layer, counted from 0, gives and how, as formula markup: `h` and `σ(W₁x + b₁)`.

    Args:
        inputs: what it takes, if not the letter of the column before it.
    """
    sizes, last = numbers.sizes, len(numbers.network.layers) - 1
    index = f"_{layer + 1}" if last else ""
    bias = f"{'bold(b)' if sizes[layer + 1] > 1 else 'b'}{index}"
    taken = inputs or letter(numbers, layer)
    sum_ = f"W{index} {taken} + {bias}"
    return letter(numbers, layer + 1), applied(numbers.network.layers[layer].activation.name, sum_)


def letter(numbers: ForwardPassNumbers, column: int) -> str:
    """Return what the values of a column are called together, as formula markup."""
    last = len(numbers.sizes) - 1
    name = "x" if column == 0 else "y" if column == last else "h"
    return f"bold({name})" if numbers.sizes[column] > 1 else name


def applied(activation: str, argument: str) -> str:
    """Return an activation function of an argument, as formula markup."""
    function = _FUNCTIONS[activation]
    return f"{function} ({argument})" if function else argument


def general(numbers: ForwardPassNumbers) -> str:
    """Return what every layer does, as formula markup: `h⁽ᵏ⁾ = σ(Wₖ h⁽ᵏ⁻¹⁾ + bₖ)`, or each of two."""
    if numbers.hidden < 2:
        layers = range(len(numbers.network.layers))
        return "wide ".join(" = ".join(letters(numbers, layer)) for layer in layers)
    names = {layer.activation.name for layer in numbers.network.layers}
    sum_ = "W_k bold(h)^((k - 1)) + bold(b)_k"
    how = applied(names.pop(), sum_) if len(names) == 1 else f"f_k ({sum_})"
    return f"bold(h)^((k)) = {how}"


class LayerEquation(Formula):
    """`h = σ(W₁x + b₁)` and the same in numbers, their columns in the colours of the inputs.

    Attributes:
        shape: outputs and inputs.
    """

    def __init__(
        self, theme: Theme, numbers: ForwardPassNumbers, layer: int, *, size: float, lines: int = 1
    ) -> None:
        """Write a layer, counted from 0, on one line or two."""
        own, places = numbers.network.layers[layer], numbers.given_places or 2
        self.shape = rows, columns = own.output_size, own.input_size
        given = [says(value, places_in(layer)) for value in numbers.values(layer).tolist()]
        gives = [says(value) for value in numbers.values(layer + 1).tolist()]
        weights = [[math_number(value, places) for value in row] for row in own.weights.tolist()]
        bias = [math_number(value, places) for value in own.bias.tolist()]
        entries = [
            [named(f"w{m},{n}", entry) for n, entry in enumerate(row)] for m, row in enumerate(weights)
        ]
        matrix = _matrix(entries) if rows > 1 or columns > 1 else entries[0][0]
        times = "dot " if columns == 1 else ""
        taken = _column("in", given, factor=rows == 1 or columns == 1)
        product = f"{matrix} {times}{taken} + {_column('b', bias, factor=True)}"
        name, how = letters(numbers, layer)
        sign = math_equals(numbers.is_exact(layer))
        cut = "\\ &" if lines == 2 else ""
        markup = (
            f"{named('name', name)} {'&' if cut else ''}= {named('how', how)} {cut}= "
            f"{applied(own.activation.name, product)} {sign} {_column('out', gives)}"
        )
        paint: dict[str, Role] = {f"out{m}": "active" for m in range(rows)}
        coloured = layer == 0 and columns <= len(COLUMN_ROLES)
        for n in range(columns):
            role: Role = COLUMN_ROLES[n] if coloured else "text"
            paint[f"in{n}"] = role if layer == 0 else "active"
            paint.update({f"w{m},{n}": role for m in range(rows)})
        super().__init__(markup, theme, size=size, paint=paint)

    def weights(self) -> list[VMobject]:
        """Return the weights, column by column, as edges are counted."""
        rows, columns = self.shape
        return [self.part(f"w{m},{n}") for n in range(columns) for m in range(rows)]

    def vector(self, name: str) -> list[VMobject]:
        """Return the numbers of the vector `in` or `out`."""
        count = self.shape[1] if name == "in" else self.shape[0]
        return [self.part(f"{name}{k}") for k in range(count)]

    def hide(self) -> None:
        """Leave nothing to be seen yet."""
        for part in self.submobjects:
            part.set_fill(opacity=0.0)

    def rest(self) -> list[VMobject]:
        """Return all but weights, inputs and outputs: letters, signs and brackets."""
        flying = [*self.vector("in"), *self.vector("out"), *self.weights()]
        return [part for part in self.submobjects if all(part is not other for other in flying)]


def _matrix(rows: Sequence[Sequence[str]]) -> str:
    return f"mat({_STYLE}, {'; '.join(', '.join(row) for row in rows)})"


def _column(name: str, entries: Sequence[str], *, factor: bool = False) -> str:
    """Return a column with its entries as parts `name0`, `name1` …, or a number alone without brackets."""
    if len(entries) > 1:
        return _matrix([[named(f"{name}{k}", entry)] for k, entry in enumerate(entries)])
    bracketed = factor and entries[0].startswith("-")
    written = named(f"{name}0", entries[0])
    return f"({written})" if bracketed else written
