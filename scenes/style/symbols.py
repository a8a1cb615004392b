"""Symbols in plain sentences: which letters of a caption are mathematics, and how they are set.

Captions are written in plain characters, w₁₂ or z₂, so that subtitles and descriptions can use them as they
are; on screen the symbols among the words look as they do in the picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scenes.style.theme import COLUMN_ROLES, Role

_LOWERED = "₀₁₂₃₄₅₆₇₈₉ₘₙₖ"
_PLAIN = str.maketrans(_LOWERED, "0123456789mnk")
# A letter with an index, or one that stands alone; "a" and "I" alone are words.
_SYMBOL = re.compile(
    rf"(?<![A-Za-z0-9])([A-Za-zδηθσλ])([{_LOWERED}]+)|(?<![A-Za-z0-9'’])([B-Hb-zJ-Zδησλθ])(?![A-Za-z'’])"
)
_GREEK = {"δ": "delta", "η": "eta", "θ": "theta", "σ": "sigma", "λ": "lambda"}
# Vectors; what has an index is one of their entries, but for the bias of a layer of several neurons.
_BOLD = {"i", "j", "p", "x", "h", "z", "b₁"}


@dataclass(frozen=True)
class Run:
    """A stretch of a sentence: words, or one symbol.

    Attributes:
        text: in plain characters.
        markup: a symbol as formula markup; empty for words.
        role: a symbol's colour.
    """

    text: str
    markup: str = ""
    role: Role = "text"


def runs_of(sentence: str) -> tuple[Run, ...]:
    """Return the words and symbols of a sentence, in their order."""
    runs, end = [], 0
    for match in _SYMBOL.finditer(sentence):
        if match.start() > end:
            runs.append(Run(sentence[end : match.start()]))
        runs.append(_symbol(match.group(0), match.group(1) or match.group(3), match.group(2) or ""))
        end = match.end()
    if end < len(sentence):
        runs.append(Run(sentence[end:]))
    return tuple(runs)


def _symbol(text: str, letter: str, index: str) -> Run:
    base = _GREEK.get(letter, letter)
    base = f"bold({base})" if text in _BOLD else base
    plain = index.translate(_PLAIN)
    lowered = plain if plain.isdigit() else " ".join(plain)
    return Run(text, f"{base}_({lowered})" if index else base, _role(letter, index))


def _role(letter: str, index: str) -> Role:
    """Return the colour of what belongs to a column of the matrix: its basis vector, input and weights."""
    column = {"i": "1", "j": "2"}.get(letter, index.translate(_PLAIN)[-1:] if letter in "xw" else "")
    known = column.isdigit() and 1 <= int(column) <= len(COLUMN_ROLES) and (letter != "w" or len(index) == 2)
    return COLUMN_ROLES[int(column) - 1] if known else "text"
