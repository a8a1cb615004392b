"""A number put together from signs is the one that Typst sets, and stays where it stands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.writing.live_number import LiveNumber
from scenes.stage.writing import Text
from scenes.style.theme import DARK


@pytest.mark.parametrize("text", ["0.4231", "−12.5", "1·10⁻⁴", "−log 0.02 ≈ 3.91", "11.17", "÷ 4"])
def test_it_looks_as_if_set_at_once(text: str) -> None:
    composed, whole = LiveNumber(text, DARK), Text(text, DARK, weight=600)
    for mine, other in zip(composed.submobjects, whole.submobjects, strict=True):
        assert mine.points == pytest.approx(other.points, abs=1e-9)
    assert composed.baseline == pytest.approx(whole.baseline, abs=1e-9)


@given(st.lists(st.floats(-9999, 9999), min_size=1, max_size=6), st.sampled_from([-1.0, 0.0, 1.0]))
def test_it_stands_at_its_point_whatever_it_says(values: list[float], side: float) -> None:
    number = LiveNumber("0", DARK, size=0.5)
    number.stand(np.array([1.5, -2.0, 0.0]), np.array([side, 0.0, 0.0]))
    part = number.submobjects[0]
    for value in values:
        text = f"{value:.2f}".replace("-", "−")
        assert number.say(text).source == text
        edge = number.get_edge_center(np.array([side, 0.0, 0.0]))[0]
        assert edge == pytest.approx(1.5, abs=1e-6)
        assert number.baseline == pytest.approx(-2.0, abs=1e-6)
        assert number.size == pytest.approx(0.5)
        assert number.width == pytest.approx(number.width_of(text))
        assert number.submobjects == [part], "a running animation holds the drawn mobject"
