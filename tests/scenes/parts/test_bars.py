"""Bars are as high as their values, at every instant."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.charts.bars import Bars
from scenes.style.theme import DARK

values = st.lists(st.floats(-4, 7), min_size=1, max_size=6)


@given(values, st.floats(0.1, 2), st.floats(-3, 1))
def test_heights_are_values_and_labels_say_them(shown: list[float], unit: float, floor: float) -> None:
    numbers = np.array(shown)
    bars = Bars(
        DARK,
        "en",
        np.arange(len(numbers)) * 1.5,
        floor=floor,
        unit=unit,
        width=0.5,
        write="{:.2f}".format,
    )
    for share in (0.3, 1.0):
        bars.show(numbers * share)
        assert bars.heights == pytest.approx(numbers * share, abs=1e-9)
        for label, box, value in zip(bars.labels, bars.boxes, numbers * share, strict=True):
            assert label.source == f"{value:.2f}"
            assert label.get_center()[0] == pytest.approx((box[0] + box[2]) / 2)
            # Above what stands, below what hangs.
            assert label.get_bottom()[1] > box[3] if value >= 0 else label.get_top()[1] < box[1]


def test_labels_can_wait() -> None:
    bars = Bars(DARK, "en", np.array([0.0, 1.0]), floor=0.0, unit=1.0, width=0.5, write=str)
    bars.show_labels(np.array([1.0, 0.0]))
    assert [label.submobjects[0].get_fill_opacity() for label in bars.labels] == [1.0, 0.0]
    bars.show(np.array([2.0, 3.0]))
    assert [label.submobjects[0].get_fill_opacity() for label in bars.labels] == [1.0, 0.0]
