"""Looks and qualities: sizes in pixels, names, and what comes of several wishes together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import UserError
from explainer.jobs.description import describe_look, look_described
from explainer.jobs.look import (
    FPS_STEP,
    LONGEST_SIDE,
    MOST_FPS,
    QUALITIES,
    SHORTEST_SIDE,
    Look,
    Quality,
    Wishes,
    pixel_size,
    quality_named,
)
from scenes.style.layout import LAYOUTS

HD = QUALITIES["hd"]
sides = st.integers(SHORTEST_SIDE // 2, LONGEST_SIDE // 2).map(lambda half: 2 * half)
rates = st.integers(1, MOST_FPS // FPS_STEP).map(lambda steps: FPS_STEP * steps)
named = st.sampled_from(list(QUALITIES.values()))
timed = st.builds(Quality.timed, named, rates)
sized = st.builds(lambda quality, width, height: quality.sized(f"{width}x{height}"), timed, sides, sides)


@pytest.mark.parametrize(
    ("aspect", "quality", "size"),
    [
        ("16:9", "draft", (854, 480)),
        ("16:9", "preview", (1280, 720)),
        ("16:9", "hd", (1920, 1080)),
        ("16:9", "uhd", (3840, 2160)),
        ("1:1", "draft", (480, 480)),
        ("9:16", "hd", (1080, 1920)),
        ("9:16", "draft", (480, 854)),
    ],
)
def test_sizes_are_those_promised(aspect: str, quality: str, size: tuple[int, int]) -> None:
    assert Look(aspect=aspect, quality=QUALITIES[quality]).size == size


@given(st.sampled_from(["16:9", "1:1", "9:16", "4:3"]), st.integers(1, 2000).map(lambda half: 2 * half))
def test_sizes_are_even_and_nearly_of_their_aspect(aspect: str, short_side: int) -> None:
    width, height = pixel_size(aspect, short_side)
    across, up = map(int, aspect.split(":"))
    assert width % 2 == height % 2 == 0
    assert min(width, height) == short_side
    assert abs(max(width, height) - short_side * max(across, up) / min(across, up)) <= 1


@given(st.one_of(named, timed, sized))
def test_a_quality_is_found_by_what_it_is_called(quality: Quality) -> None:
    assert quality_named(str(quality)) == quality


@pytest.mark.parametrize(
    ("quality", "words"),
    [(HD, "hd"), (HD.timed(25), "1080p@25"), (HD.sized("1200x628"), "1200x628@60"), (HD.timed(60), "hd")],
)
def test_what_a_quality_is_called(quality: Quality, words: str) -> None:
    assert str(quality) == words


@pytest.mark.parametrize("given_size", ["1200x628", " 1200 x 628 ", "1200×628", "1200X628"])
def test_a_size_is_read_as_people_write_it(given_size: str) -> None:
    assert HD.sized(given_size) == Quality(628, 60, (1200, 628))


@pytest.mark.parametrize(
    ("given_size", "words"),
    [
        ("", "not a size in pixels; write for example 1200x628"),
        ("1200", "not a size in pixels"),
        ("1200x", "not a size in pixels"),
        ("-1200x628", "not a size in pixels"),
        ("1200x628x2", "not a size in pixels"),
        ("123456x628", "not a size in pixels"),
        ("1200x629", "629 must be an even number of pixels, 64 to 7680; give for example 1200x628"),
        ("1201x628", "1201 must be an even number"),
        ("62x628", "62 must be an even number"),
        ("1200x7682", "7682 must be an even number"),
        ("1200x0", "0 must be an even number"),
    ],
)
def test_what_is_no_size_is_refused_in_a_line(given_size: str, words: str) -> None:
    with pytest.raises(UserError) as refused:
        HD.sized(given_size)
    assert str(refused.value).startswith(f"--size {given_size!r}: {words}")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("fps", [-5, 0, 1, 24, 61, 125])
def test_frame_rates_at_which_beats_are_no_whole_frames_are_refused(fps: int) -> None:
    with pytest.raises(UserError, match=rf"^--fps {fps}: must be a multiple of 5, 5 to 120, .*example 30$"):
        HD.timed(fps)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("4k", "unknown --quality '4k'"),
        ("", "unknown --quality ''"),
        ("720p", "unknown --quality '720p'"),
        ("720p@", "unknown --quality '720p@'"),
        ("hd@30", "--size 'hd': not a size"),
        ("720p@24", "--fps 24: must be a multiple of 5"),
        ("721p@30", "--quality '721p@30': 721 must be an even number of pixels, 64 to 4320"),
        ("62p@30", "--quality '62p@30': 62 must be"),
        ("4322p@30", "--quality '4322p@30': 4322 must be"),
    ],
)
def test_unknown_qualities_are_refused_in_a_line(words: str, told: str) -> None:
    with pytest.raises(UserError) as refused:
        quality_named(words)
    assert str(refused.value).startswith(told)
    assert "\n" not in str(refused.value)


def test_later_wishes_win_and_what_nobody_wishes_stays() -> None:
    before = Look(theme="print", aspect="1:1", formats=("gif",), max_size=1000)
    look = before.after(
        Wishes(theme="light", locale="zh-Hant", max_size="2MB"),
        Wishes(),
        Wishes(theme="dark", formats=["GIF"]),
    )
    assert look == Look("dark", "zh-Hant", "1:1", before.quality, ("gif",), False, 2_000_000)
    assert before.after() == before.after(Wishes()) == before


def test_false_is_a_wish_too() -> None:
    clear = Look(formats=("webm",), transparent=True)
    assert clear.after(Wishes(transparent=False)).transparent is False
    assert clear.after(Wishes(theme="light")).transparent is True


@pytest.mark.parametrize(
    ("wishes", "quality"),
    [
        # Within one wish, size and rate refine the quality that is named.
        ([Wishes(quality="draft", size="1200x628")], Quality(628, 15, (1200, 628))),
        ([Wishes(quality="draft", fps=30)], Quality(480, 30)),
        # A quality that is named later takes the place of all of it.
        ([Wishes(size="1200x628", fps=30), Wishes(quality="hd")], HD),
        ([Wishes(quality="hd"), Wishes(size="1200x628")], Quality(628, 60, (1200, 628))),
        ([Wishes(size="1200x628"), Wishes(fps=25)], Quality(628, 25, (1200, 628))),
        ([Wishes(fps=25), Wishes(size="1200x628")], Quality(628, 25, (1200, 628))),
        ([Wishes(size="1200x628"), Wishes(size="640x640")], Quality(640, 60, (640, 640))),
    ],
)
def test_quality_size_and_rate_are_merged_in_their_order(wishes: list[Wishes], quality: Quality) -> None:
    assert Look().after(*wishes).quality == quality


@pytest.mark.parametrize(
    ("wishes", "aspect"),
    [
        ([Wishes(size="1200x628")], "16:9"),
        ([Wishes(size="628x1200")], "9:16"),
        ([Wishes(size="1080x1350")], "1:1"),
        # Whoever names an aspect with the size or after it is believed.
        ([Wishes(size="628x1200", aspect="1:1")], "1:1"),
        ([Wishes(size="628x1200"), Wishes(aspect="16:9")], "16:9"),
        ([Wishes(size="628x1200"), Wishes(aspect="1:1"), Wishes(theme="light")], "1:1"),
        ([Wishes(aspect="1:1"), Wishes(size="628x1200")], "9:16"),
    ],
)
def test_a_size_is_laid_out_in_the_nearest_aspect(wishes: list[Wishes], aspect: str) -> None:
    assert Look(aspect="16:9").after(*wishes).aspect == aspect


@given(st.sampled_from(list(LAYOUTS)), sides, sides)
def test_a_chosen_size_shows_the_whole_layout_undistorted(aspect: str, width: int, height: int) -> None:
    look = Look(aspect=aspect, quality=HD.sized(f"{width}x{height}"))
    across, up = look.frame
    layout = LAYOUTS[aspect]
    assert look.size == (width, height)
    # As many pixels to the unit across as up.
    assert width / across == pytest.approx(height / up)
    wider, higher = across / layout.frame_width, up / layout.frame_height
    assert min(wider, higher) == pytest.approx(1.0)


def test_a_named_quality_has_the_layouts_own_frame() -> None:
    for aspect, layout in LAYOUTS.items():
        # 854×480 is a hair wider than 16:9: no picture may change by it.
        assert Look(aspect=aspect, quality=QUALITIES["draft"]).frame == (
            layout.frame_width,
            layout.frame_height,
        )


@given(st.sampled_from(list(LAYOUTS)), st.one_of(named, timed, sized))
def test_a_look_survives_as_json_values(aspect: str, quality: Quality) -> None:
    look = Look("light", "zh-Hans", aspect, quality, ("mp4", "gif"), max_size=5000)
    assert look_described(describe_look(look)) == look


@pytest.mark.parametrize(
    ("look", "told"),
    [
        ({"theme": "dusk"}, "--theme 'dusk'"),
        ({"locale": "de"}, "--locale 'de'"),
        ({"aspect": "2:1"}, "--aspect '2:1'"),
        ({"transparent": True}, "--transparent"),
        ({"formats": ()}, "--format names none"),
    ],
)
def test_a_look_that_cannot_be_is_refused(look: dict[str, object], told: str) -> None:
    with pytest.raises(UserError, match=told):
        Look(**look)  # type: ignore[arg-type]
