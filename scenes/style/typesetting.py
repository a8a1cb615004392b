"""Text and formulas set by Typst, as outlines in units of the em.

Typst runs in this process with the fonts of `scenes.style.fonts` and no others, so that every machine sets
alike. Words from captions and users enter as string literals, which Typst never reads as markup.
"""

from __future__ import annotations

import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import svgelements
import typst

from scenes.style.fonts import MATH_FAMILY, font_files
from scenes.style.markup import named, quoted
from scenes.style.symbols import Run

FloatArray = npt.NDArray[np.float64]

# Set large, since Typst rounds outlines to a thousandth of the em at this size.
_POINTS_PER_EM = 100.0
# Letters of the mathematics font are lower than those of words of the same size.
_SYMBOL_SIZE = 1.08
# A small square of this colour stands on the baseline and tells where it is.
_BASELINE_COLOUR = 0xBA5E11
_PAGE = (
    "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
    f"#set text(size: {_POINTS_PER_EM:g}pt)\n"
    "#set par(leading: 0.62em)\n"
    f'#let baseline = box(place(rect(width: 1pt, height: 1pt, fill: rgb("#{_BASELINE_COLOUR:06x}"))))\n'
)
_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"


class TypesettingError(ValueError):
    """A formula or text that Typst cannot set."""


@dataclass(frozen=True)
class Outlines:
    """What one piece of writing looks like: closed outlines by part.

    Attributes:
        parts: for every part's key, cubic Bézier points `(4k, 2)` in ems, the first line's baseline at y = 0.
        left, bottom, right, top: the ink's bounding box in ems.
        last_baseline: how high the last line's baseline is where every line was marked; at most 0.
    """

    parts: dict[int, FloatArray]
    left: float
    bottom: float
    right: float
    top: float
    last_baseline: float = 0.0


def set_text(lines: tuple[str, ...], families: tuple[str, ...], weight: int = 400) -> Outlines:
    """Return the outlines of centred lines of plain text; every line is data."""
    fonts = ", ".join(quoted(family) for family in families)
    body = "#linebreak()".join(f"#text({quoted(line)})" for line in lines)
    return _outlines(
        f'#set text(font: ({fonts}), weight: {weight}, top-edge: "cap-height", bottom-edge: "baseline")\n'
        f"#align(center)[#baseline{body}]"
    )


def set_sentence(
    lines: tuple[tuple[Run, ...], ...], families: tuple[str, ...], weight: int = 400
) -> Outlines:
    """Return the outlines of centred lines of words and symbols; every role's symbols are a part `role`."""
    fonts = ", ".join(quoted(family) for family in families)
    body = "#linebreak()".join("#baseline" + "".join(map(_run, line)) for line in lines)
    return _outlines(
        f'#set text(font: ({fonts}), weight: {weight}, top-edge: "cap-height", bottom-edge: "baseline")\n'
        f"#show math.equation: set text(font: ({quoted(MATH_FAMILY)}, {fonts}), size: {_SYMBOL_SIZE}em)\n"
        f"#align(center)[{body}]"
    )


def _run(run: Run) -> str:
    if not run.markup:
        return f"#text({quoted(run.text)})"
    return f"${named(run.role, run.markup) if run.role != 'text' else run.markup}$"


def set_formula(markup: str, families: tuple[str, ...]) -> Outlines:
    """Return the outlines of a formula in display style, given as Typst mathematics."""
    fonts = ", ".join(quoted(family) for family in families)
    return _outlines(
        f"#show math.equation: set text(font: ({quoted(MATH_FAMILY)}, {fonts}))\n#baseline$display({markup})$"
    )


@cache
def _compiler() -> Any:
    folders = sorted({str(path.parent) for path in font_files()})
    # Typst's root is a file: nothing lies below it that a document could read.
    return typst.Compiler(root=os.devnull, font_paths=folders, ignore_system_fonts=True)


@lru_cache(maxsize=4096)
def _outlines(body: str) -> Outlines:
    try:
        svg = _compiler().compile((_PAGE + body).encode(), format="svg")
    except Exception as error:  # the binding raises plain exceptions of several kinds
        raise TypesettingError(f"Typst cannot set {body.splitlines()[-1]!r}: {error}") from error
    root = ET.fromstring(svg)
    symbols = {symbol.get("id", ""): symbol[0].get("d", "") for symbol in root.iter(f"{_SVG}symbol")}
    baselines = []
    gathered: dict[int, list[FloatArray]] = {}
    for colour, points in _shapes(root, _STAYS, symbols):
        if colour == _BASELINE_COLOUR:
            baselines.append(float(points[:, 1].min()))
        else:
            gathered.setdefault(colour, []).append(points)
    if not gathered:
        return Outlines({}, 0.0, 0.0, 0.0, 0.0)
    baseline, last = min(baselines), max(baselines)
    flip = np.array([1.0, -1.0]) / _POINTS_PER_EM
    parts = {key: (np.concatenate(runs) - [0.0, baseline]) * flip for key, runs in gathered.items()}
    ink = np.concatenate(list(parts.values()))
    (left, bottom), (right, top) = ink.min(axis=0).tolist(), ink.max(axis=0).tolist()
    return Outlines(parts, left, bottom, right, top, (baseline - last) / _POINTS_PER_EM)


# An affine map as SVG writes it: x becomes a x + c y + e, and y becomes b x + d y + f. Plain numbers, since
# small arrays take many times as long, and numbers that move are set anew for every frame.
Affine: TypeAlias = tuple[float, float, float, float, float, float]
_STAYS: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _shapes(element: ET.Element, outer: Affine, symbols: dict[str, str]) -> Iterator[tuple[int, FloatArray]]:
    """Walk Typst's SVG and yield colour and cubic points `(4k, 2)` of every visible shape."""
    for child in element:
        if child.tag == f"{_SVG}defs":
            continue
        inner = _after(outer, _transform(child.get("transform", "")))
        if child.tag == f"{_SVG}use":
            place = _after(inner, (1.0, 0.0, 0.0, 1.0, float(child.get("x", 0)), float(child.get("y", 0))))
            yield _colour(child, "fill"), _moved(_cubics(symbols[child.get(_HREF, "")[1:]]), place)
        elif child.tag == f"{_SVG}path":
            if child.get("stroke", "none") != "none":
                yield (
                    _colour(child, "stroke"),
                    _moved(_bar(child.get("d", ""), float(child.get("stroke-width", 1))), inner),
                )
            else:
                yield _colour(child, "fill"), _moved(_cubics(child.get("d", "")), inner)
        else:
            yield from _shapes(child, inner, symbols)


def _colour(element: ET.Element, attribute: str) -> int:
    return int(element.get(attribute, "#000000")[1:7], 16)


def _after(outer: Affine, inner: Affine) -> Affine:
    """Return the map that is first `inner`, then `outer`."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f


@lru_cache(maxsize=4096)
def _transform(text: str) -> Affine:
    whole = _STAYS
    for kind, arguments in re.findall(r"(\w+)\(([^)]*)\)", text):
        numbers = [float(number) for number in re.split(r"[\s,]+", arguments.strip())]
        if kind == "matrix":
            a, b, c, d, e, f = numbers
            step: Affine = (a, b, c, d, e, f)
        elif kind == "translate":
            step = (1.0, 0.0, 0.0, 1.0, numbers[0], numbers[1] if len(numbers) > 1 else 0.0)
        elif kind == "scale":
            step = (numbers[0], 0.0, 0.0, numbers[-1], 0.0, 0.0)
        else:
            raise TypesettingError(f"unexpected SVG transform {kind!r}")
        whole = _after(whole, step)
    return whole


def _moved(points: FloatArray, by: Affine) -> FloatArray:
    a, b, c, d, e, f = by
    if b == c == 0.0:
        moved: FloatArray = points * [a, d] + [e, f]
    else:
        moved = points @ np.array([[a, b], [c, d]]) + [e, f]
    return moved


@lru_cache(maxsize=4096)
def _cubics(path: str) -> FloatArray:
    """Return an SVG path as cubic Bézier points `(4k, 2)`, every subpath closed."""
    curves: list[list[complex]] = []
    for segment in svgelements.Path(path):
        if isinstance(segment, svgelements.Move) or segment.start == segment.end:
            continue
        start, end = complex(segment.start), complex(segment.end)
        if isinstance(segment, svgelements.CubicBezier):
            curves.append([start, complex(segment.control1), complex(segment.control2), end])
        elif isinstance(segment, svgelements.QuadraticBezier):
            control = complex(segment.control)
            curves.append([start, (start + 2 * control) / 3, (2 * control + end) / 3, end])
        else:
            curves.append([start, (2 * start + end) / 3, (start + 2 * end) / 3, end])
    flat = np.array(curves, dtype=np.complex128).reshape(-1)
    return np.column_stack([flat.real, flat.imag])


def _bar(path: str, width: float) -> FloatArray:
    """Return a stroked straight line, such as a fraction bar, as the filled rectangle that it covers."""
    pieces = []
    for segment in svgelements.Path(path):
        if isinstance(segment, svgelements.Move) or segment.start == segment.end:
            continue
        start, end = complex(segment.start), complex(segment.end)
        across = 1j * (end - start) / abs(end - start) * width / 2
        corners = [start - across, end - across, end + across, start + across, start - across]
        pieces += [f"{'L' if k else 'M'} {c.real} {c.imag}" for k, c in enumerate(corners)]
    return _cubics(" ".join(pieces))
