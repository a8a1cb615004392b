"""Letters of a sentence that are mathematics are found, and nothing else is taken for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes import catalog
from scenes.style.locales import LOCALES
from scenes.style.symbols import Run, runs_of
from scenes.style.words import words_in


def symbols(sentence: str) -> list[tuple[str, str]]:
    """Return the text and role of every symbol."""
    return [(run.text, run.role) for run in runs_of(sentence) if run.markup]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Column 1: where i lands, and what leaves x₁", [("i", "basis_i"), ("x₁", "basis_i")]),
        ("把 i、j 分別送到第一、二直行", [("i", "basis_i"), ("j", "basis_j")]),
        ("w₁₂ x₂ w₂₃ x₃", [("w₁₂", "basis_j"), ("x₂", "basis_j"), ("w₂₃", "column_3"), ("x₃", "column_3")]),
        ("W₂ W₁ is one matrix", [("W₂", "text"), ("W₁", "text")]),
        ("everything left of the z₂ axis", [("z₂", "text")]),
        ("−η times the slope, η = 0.5", [("η", "text"), ("η", "text")]),
        ("row m feeds neuron m, wₘₙ", [("m", "text"), ("m", "text"), ("wₘₙ", "text")]),
        ("A line, a dot: I see no symbol in these words", []),
        ("ReLU, tanh and sigmoid don't count", []),
        ("200 of 200 right, 83 %", []),
    ],
)
def test_symbols_are_found(sentence: str, found: list[tuple[str, str]]) -> None:
    assert symbols(sentence) == found


def test_markup_is_that_of_formulas() -> None:
    markup = {run.text: run.markup for run in runs_of("x w₁₂ wₘₙ b₁ b₂ η h₁ i") if run.markup}
    assert markup == {
        "x": "bold(x)",
        "w₁₂": "w_(12)",
        "wₘₙ": "w_(m n)",
        "b₁": "bold(b)_(1)",
        "b₂": "b_(2)",
        "η": "eta",
        "h₁": "h_(1)",
        "i": "bold(i)",
    }


@given(st.text(alphabet="abijxzwWη₁₂ₘ ,.’'線一", max_size=40))
def test_a_sentence_is_its_runs(sentence: str) -> None:
    runs = runs_of(sentence)
    assert "".join(run.text for run in runs) == sentence
    assert all(isinstance(run, Run) and run.text for run in runs)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_caption_has_an_index_that_is_not_a_symbol_s(locale: str) -> None:
    for definition in catalog.definitions():
        for place, words in words_in(definition.words_file, locale).items():
            plain = "".join(run.text for run in runs_of(words) if not run.markup)
            assert not set(plain) & set("₀₁₂₃₄ₘₙ"), f"{definition.name} {place}"
