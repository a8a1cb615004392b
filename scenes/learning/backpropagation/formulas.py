"""The lines below the network: the loss, a weight's step, and what became of the loss."""

from __future__ import annotations

from decimal import Decimal, localcontext

from scenes.learning.backpropagation.links import derivative, neuron_name, share_name, weight_name
from scenes.learning.backpropagation.numbers import BackpropagationNumbers
from scenes.style.markup import named
from scenes.style.numerals import math_bracketed, math_equals, math_significant, significant

# A weight is written with as many decimals as its step has, between these.
_PLACES, _MOST_PLACES = 2, 6


def loss_markup(numbers: BackpropagationNumbers) -> str:
    """Return how the loss is made of targets and outputs, with numbers where it is one square."""
    outputs = numbers.network.output_size
    name = named("loss", "L")
    if outputs > 1:
        return f"{name} = 1/{outputs} sum_k (t_k - y_k)^2"
    target = significant(float(numbers.targets[0]))
    output = significant(float(numbers.backward.forward.output[0, 0]))
    with localcontext(prec=1500):
        square = (target - output) ** 2
    loss = significant(numbers.loss)
    symbols = f"{name} = (t - y)^2"
    if significant(float(square)) != loss:
        # The square of what is written would be another number.
        return symbols
    minus = f"{math_significant(target)} - {math_bracketed(math_significant(output))}"
    value = named("value", math_significant(loss, full=True))
    return f"{symbols} = ({minus})^2 {math_equals(square == loss)} {value}"


def share_markup(numbers: BackpropagationNumbers, *, lines: int) -> str:
    """Return how a neuron's share makes the derivatives by its weights: by the nudged one and another."""
    (layer, m, n), sizes = numbers.place, numbers.network.sizes
    share = named("share", share_name(sizes, layer + 1, m))
    written = []
    for column in dict.fromkeys([n, (n + 1) % sizes[layer]]):
        slope = derivative("L", weight_name(numbers.network, layer, m, column))
        value = named(f"input{column}", neuron_name(sizes, layer, column))
        written.append((slope, f"{share} dot {value}"))
    if lines == 1:
        return " quad quad quad ".join(f"{slope} = {product}" for slope, product in written)
    return " \\ ".join(f"{slope} &= {product}" for slope, product in written)


def step_markup(numbers: BackpropagationNumbers, *, lines: int) -> str:
    """Return what becomes of the weight, as it adds up with the numbers that are written."""
    rate, slope = significant(numbers.learning_rate, 4), numbers.product
    with localcontext(prec=1500):
        step = rate * slope
        exponent = step.normalize().as_tuple().exponent
        places = min(max(-int(exponent), _PLACES), _MOST_PLACES) if step else _PLACES
        weight = Decimal(repr(numbers.weight)).quantize(Decimal(1).scaleb(-places))
        exact = weight - step
        new = exact.quantize(Decimal(1).scaleb(-places)) if abs(exact) < 10**5 else significant(float(exact))
    gradient = named("slope", derivative("L", numbers.links[0].name))
    symbols = f"{named('weight', numbers.links[0].name)} - eta dot {gradient}"
    minus = f"{_plain(weight)} - {_plain(rate)} dot {math_bracketed(math_significant(slope))}"
    result = f"{math_equals(new == exact)} {named('new', _plain(new))}"
    if lines == 1:
        return f"{symbols} = {minus} {result}"
    return f"{symbols} &= {minus} \\ & {result}"


def change_markup(before: float, after: float) -> str:
    """Return the loss before and after, and by how much it has changed, as written."""
    first, second = significant(before), significant(after)
    with localcontext(prec=1500):
        difference = second - first
    change = significant(float(difference))
    sign = f"{math_equals(change == difference)} {'+' if change > 0 else ''}"
    new = named("after", math_significant(second, full=True))
    moved = f"{named('loss', 'L')} : quad {math_significant(first, full=True)} -> {new}"
    return f"{moved} quad quad {named('change', f'Delta L {sign}{math_significant(change)}')}"


def _plain(number: Decimal) -> str:
    """Return a number without idle noughts, as it is; a power of ten where it is huge or tiny."""
    if number and not -7 < number.adjusted() < 5:
        return math_significant(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
