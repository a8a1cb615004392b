"""Subtitles in WebVTT."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from explainer.film.subtitles import webvtt
from scenes.stage.beat import Beat

CUE = re.compile(r"(\d\d):(\d\d):(\d\d)\.(\d\d\d) --> (\d\d):(\d\d):(\d\d)\.(\d\d\d)")


def test_a_file_of_two_cues() -> None:
    beats = [
        Beat(key="one", start_s=0.0, end_s=3.4, caption="p & q < r --> s\n\nsecond line"),
        Beat(key="two", start_s=3.4, end_s=3725.0125, caption="兩條曲線"),
    ]
    assert webvtt(beats, "zh-Hant") == (
        "WEBVTT\nLanguage: zh-Hant\n\n"
        "one\n00:00:00.000 --> 00:00:03.400\np &amp; q &lt; r --&gt; s\nsecond line\n\n"
        "two\n00:00:03.400 --> 01:02:05.012\n兩條曲線\n"
    )


@given(st.text(), st.floats(0, 90_000), st.floats(0.01, 100))
def test_no_caption_can_break_the_file(caption: str, start: float, length: float) -> None:
    text = webvtt([Beat(key="k", start_s=start, end_s=start + length, caption=caption)], "en")
    assert len(CUE.findall(text)) == 1
    assert text.count("-->") == 1
    # A blank line ends a cue: there is one before the only cue, and none within.
    assert "\n\n" not in text.split("\n\n", 1)[1]
