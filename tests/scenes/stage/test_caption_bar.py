"""Captions stand on one baseline, on one line where they can, and look like formulas where they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scenes.stage.caption_bar import CaptionBar
from scenes.style.colour import rgb
from scenes.style.layout import FORMULA_SIZE, LAYOUTS, Layout
from scenes.style.theme import THEMES
from scenes.style.words import Words

layouts = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
DARK = THEMES["dark"]
SENTENCES = {
    "en": (
        "One line",
        "Column 1: where i lands, what leaves x₁ and j",
        "A caption that is so long that it cannot stand on one line of any frame, however wide it is",
    ),
    "zh-Hant": ("一條線", "第 1 直行：i 落在哪裡，也就是離開 x₁ 的邊", "Wₘₙ、g、y 都有下伸的筆畫"),
}


def bar(layout: Layout, locale: str = "en") -> CaptionBar:
    return CaptionBar(layout, DARK, Words.of(Path("nowhere"), locale), 5)


@layouts
@pytest.mark.parametrize("locale", SENTENCES)
def test_every_caption_stands_on_the_same_baseline(layout: Layout, locale: str) -> None:
    captions = bar(layout, locale)
    for k, words in enumerate(SENTENCES[locale]):
        captions.show(words, k)
        caption = captions.caption
        assert caption is not None
        assert caption.last_baseline == pytest.approx(layout.caption_baseline, abs=1e-6)
        assert caption.width <= layout.caption.width + 1e-6
        assert caption.get_center()[0] == pytest.approx(layout.caption.center[0], abs=1e-6)
        assert caption.size < FORMULA_SIZE
        # What can be measured of a baseline: the lower edge of a letter that stands on it.
    plain = bar(layout)
    plain.show("Hxm", 0)
    assert plain.caption is not None
    assert plain.caption.get_bottom()[1] == pytest.approx(layout.caption_baseline, abs=0.01)


def test_a_wide_frame_needs_one_line_for_what_a_narrow_one_breaks() -> None:
    words = SENTENCES["en"][1]
    lines = {}
    for aspect, layout in LAYOUTS.items():
        captions = bar(layout)
        captions.show(words, 0)
        lines[aspect] = len(captions.lines)
    assert lines["16:9"] == 1
    assert max(lines.values()) <= 2


def test_symbols_have_the_colour_that_they_have_in_the_picture() -> None:
    captions = bar(LAYOUTS["16:9"])
    captions.show("where i lands and j, w₁₂", 0)
    caption = captions.caption
    assert caption is not None
    for role in ("basis_i", "basis_j"):
        assert np.allclose(caption.part(role).get_fill_rgbas()[0, :3], rgb(DARK[role]), atol=1 / 255)
    assert not caption.has_part("column_3")
    assert caption.source == "where i lands and j, w₁₂"


def test_the_pip_of_the_present_beat_is_lit() -> None:
    captions = bar(LAYOUTS["1:1"])
    for k in (0, 3, 2):
        captions.show("x", k)
        widths = [pip.width for pip in captions.pips]
        assert int(np.argmax(widths)) == k
        assert sum(width > min(widths) + 1e-9 for width in widths) == 1
