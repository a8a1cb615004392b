"""What a neuron's output amounts to: how bright, which words are true of it, and how it is written."""

from __future__ import annotations

from scenes.style.numerals import math_brief, math_number, shown

# Decimals of an output between 0 and 1, and of any other.
_PLACES, _OPEN_PLACES = 3, 2
_ON, _HALF = 0.95, 0.1
SQUASHING = ("sigmoid", "tanh")


def brightness(output: float, reach: float) -> float:
    """Return how brightly a neuron shines that says `output`, in [0, 1]: wholly from `reach` on."""
    return min(abs(output) / reach, 1.0)


def verdict(activation: str, output: float) -> str:
    """Return the caption that is true of the output of an activation of that name."""
    if activation == "sigmoid":
        return _of_sigmoid(output)
    if activation == "tanh":
        ends = {True: "fire-on", False: "fire-minus"}
        return ends[output > 0] if abs(output) >= _ON else "fire-between" if output else "fire-zero"
    if activation == "identity":
        return "fire-same"
    if output > 0:
        return "fire-passed"
    if activation == "relu":
        return "fire-dead"
    return "fire-leak" if output < 0 else "fire-zero"


def _of_sigmoid(output: float) -> str:
    if output >= _ON:
        return "fire-on"
    if output <= 1 - _ON:
        return "fire-off"
    if abs(output - 0.5) < _HALF / 2:
        return "fire-half"
    return "fire-mostly" if output > 0.5 else "fire-hardly"


def output_markup(activation: str, output: float, *, resting: bool = False) -> str:
    """Return an output as formula markup; it never reads as a value that it does not reach.

    Args:
        resting: whether nothing moves, so that idle noughts are left out.
    """
    if activation not in SQUASHING:
        return math_number(output, _OPEN_PLACES) if resting else math_brief(output, _OPEN_PLACES)
    if activation == "tanh" and output == 0.0:
        return "0"
    size, sign = shown(abs(output), _PLACES), "-" if output < 0 else ""
    if size == 0.0:
        return f"{'>' if sign else '<'} {sign}0.001"
    if size == 1.0:
        return f"{'<' if sign else '>'} {sign}0.999"
    written = f"{size:.{_PLACES}f}"
    return sign + (written.rstrip("0") if resting else written)
