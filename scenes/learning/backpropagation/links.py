"""From one weight to the loss, link by link: what each does to the next is a factor of the chain rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import prod
from typing import Literal, TypeAlias

from nnmath import Backpropagation, Network
from scenes.style.numerals import significant

# More factors than these do not fit on a line: then one stands for all of them but the last two.
MOST_FACTORS = 4
DIGITS, _MOST_DIGITS = 3, 8

Kind: TypeAlias = Literal["weight", "sum", "neuron", "loss"]


@dataclass(frozen=True)
class Link:
    """One number between a weight and the loss.

    Attributes:
        kind: the weight, a neuron's pre-activation, its activation, or the loss.
        column, k: of a neuron in the diagram; of a weight, that of the neuron that it leads to.
        name: as formula markup.
    """

    kind: Kind
    column: int
    k: int
    name: str


@dataclass(frozen=True)
class Factor:
    """The derivative of a link by the one before it.

    Attributes:
        of, by: the two links.
        value: in full precision. digits: that it is written with.
    """

    of: Link
    by: Link
    value: float
    digits: int = DIGITS

    @property
    def name(self) -> str:
        """The derivative as formula markup."""
        return derivative(self.of.name, self.by.name)

    @property
    def written(self) -> Decimal:
        """Exactly what is written of it."""
        return significant(self.value, self.digits)


def derivative(of: str, by: str) -> str:
    """Return a partial derivative as formula markup."""
    return f"(partial {of}) / (partial {by})"


def neuron_name(sizes: tuple[int, ...], column: int, k: int) -> str:
    """Return what a neuron is called, as formula markup: x₁, h₁ or, in a deep network, h₁ with its layer."""
    last = len(sizes) - 1
    if column == 0:
        return f"x_{k + 1}"
    if column == last:
        return "y" if sizes[-1] == 1 else f"y_{k + 1}"
    return f"h_{k + 1}" if last == 2 else f"h_{k + 1}^(({column}))"


def share_name(sizes: tuple[int, ...], column: int, k: int) -> str:
    """Return what a neuron's share in the error is called, as formula markup: δ with its neuron's index."""
    name = neuron_name(sizes, column, k)
    letter = name.partition("_")[0].partition("^")[0]
    return "delta" + (name.removeprefix(letter) or "_y")


def weight_name(network: Network, layer: int, m: int, n: int) -> str:
    """Return what a weight is called: all are numbered through, layer by layer and row by row."""
    before = sum(each.weights.size for each in network.layers[:layer])
    return f"w_({before + m * network.layers[layer].input_size + n + 1})"


def single_way(network: Network, layer: int) -> bool:
    """Tell whether only one way leads from a weight of a layer to the loss."""
    return all(each.output_size == 1 for each in network.layers[layer + 1 :])


def links_of(network: Network, layer: int, m: int, n: int) -> tuple[Link, ...]:
    """Return what a weight moves on its way to the loss, from the weight on.

    Where many ways lead there, or a very long one, they are the weight, the sum that it is part of, the
    neuron's activation, and the loss.
    """
    sizes = network.sizes
    weight = Link("weight", layer + 1, m, weight_name(network, layer, m, n))
    loss = Link("loss", len(sizes), 0, "L")
    later = range(layer + 2, len(sizes))
    if single_way(network, layer) and len(later) + 2 <= MOST_FACTORS:
        passed = [(layer + 1, m), *((column, 0) for column in later)]
        neurons = [Link("neuron", column, k, neuron_name(sizes, column, k)) for column, k in passed]
        return (weight, *neurons, loss)
    name = neuron_name(sizes, layer + 1, m)
    letter = name.partition("_")[0].partition("^")[0]
    total = Link("sum", layer + 1, m, "z" + name.removeprefix(letter))
    return (weight, total, Link("neuron", layer + 1, m, name), loss)


def factors_of(
    backward: Backpropagation, network: Network, place: tuple[int, int, int]
) -> tuple[Factor, ...]:
    """Return the factors of the derivative of the loss by a weight [layer, m, n], the loss's own first.

    They are written with as many digits as it takes for the product of what is written to be right.
    """
    links = links_of(network, *place)
    pairs = list(zip(links[1:], links[:-1], strict=True))[::-1]
    values = [_value(backward, network, place, of, by) for of, by in pairs]
    exact = backward.layers[place[0]].weights[place[1], place[2]]
    for digits in range(DIGITS, _MOST_DIGITS + 1):
        factors = tuple(Factor(of, by, value, digits) for (of, by), value in zip(pairs, values, strict=True))
        if significant(float(product(factors)), DIGITS) == significant(float(exact), DIGITS):
            break
    return factors


def product(factors: tuple[Factor, ...]) -> Decimal:
    """Return the product of factors as they are written, to the last digit."""
    with localcontext(prec=1500):
        return prod((factor.written for factor in factors), start=Decimal(1))


def _value(
    backward: Backpropagation, network: Network, place: tuple[int, int, int], of: Link, by: Link
) -> float:
    """Return the derivative of a link by the one before it."""
    forward, (layer, _, n) = backward.forward, place
    if of.kind == "loss":
        return float(backward.layers[by.column - 1].output_gradient[0, by.k])
    own = network.layers[of.column - 1]
    if of.kind == "sum":
        return float(_values(backward, layer)[n])
    slope = float(own.activation.derivative(forward.pre_activations[of.column - 1][0, of.k]))
    if by.kind == "sum":
        return slope
    if by.kind == "weight":
        return slope * float(_values(backward, layer)[n])
    return slope * float(own.weights[of.k, by.k])


def _values(backward: Backpropagation, column: int) -> list[float]:
    """Return what a column of the diagram says, the inputs in column 0."""
    forward = backward.forward
    values = forward.inputs if column == 0 else forward.activations[column - 1]
    taken: list[float] = values[0].tolist()
    return taken
