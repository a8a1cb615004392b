"""Colour arithmetic against published numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.style import colour

# Test data of Sharma, Wu and Dalal (2005), table 1: two colours (L*, a*, b*) and their difference.
SHARMA = [
    (50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425),
    (50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615),
    (50, 2.8361, -74.0200, 50, 0, -82.7485, 3.4412),
    (50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0),
    (50, -1.1848, -84.8006, 50, 0, -82.7485, 1.0),
    (50, -0.9009, -85.5211, 50, 0, -82.7485, 1.0),
    (50, 0, 0, 50, -1, 2, 2.3669),
    (50, -1, 2, 50, 0, 0, 2.3669),
    (50, 2.49, -0.0010, 50, -2.49, 0.0009, 7.1792),
    (50, 2.49, -0.0010, 50, -2.49, 0.0011, 7.2195),
    (50, -0.0010, 2.49, 50, 0.0009, -2.49, 4.8045),
    (50, -0.0010, 2.49, 50, 0.0011, -2.49, 4.7461),
    (50, 2.5, 0, 50, 0, -2.5, 4.3065),
    (50, 2.5, 0, 73, 25, -18, 27.1492),
    (50, 2.5, 0, 61, -5, 29, 22.8977),
    (50, 2.5, 0, 56, -27, -3, 31.9030),
    (50, 2.5, 0, 58, 24, 15, 19.4535),
    (50, 2.5, 0, 50, 3.1736, 0.5854, 1.0),
    (50, 2.5, 0, 50, 3.2972, 0, 1.0),
    (50, 2.5, 0, 50, 1.8634, 0.5757, 1.0),
    (50, 2.5, 0, 50, 3.2592, 0.3350, 1.0),
    (60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644),
    (63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630),
    (61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731),
    (35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645),
    (22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373),
    (36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146),
    (90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441),
    (90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381),
    (6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377),
    (2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082),
]
BLACK, WHITE = colour.rgb("#000000"), colour.rgb("#ffffff")
channels = st.integers(0, 255).map(lambda n: n / 255)
colours = st.tuples(channels, channels, channels).map(np.array)
sights = st.sampled_from(colour.SIGHTS)


@pytest.mark.parametrize("row", SHARMA, ids=range(1, len(SHARMA) + 1))
def test_differences_are_the_published_ones(row: tuple[float, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(colour, "_lab", lambda lab: lab)
    one, other, expected = row[:3], row[3:6], row[6]
    assert colour.difference(one, other) == pytest.approx(expected, abs=1e-4)
    assert colour.difference(other, one) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("code", "lab"),
    [
        ("#ffffff", (100.0, 0.0, 0.0)),
        ("#000000", (0.0, 0.0, 0.0)),
        ("#ff0000", (53.24, 80.09, 67.20)),
        ("#00ff00", (87.74, -86.18, 83.18)),
        ("#0000ff", (32.30, 79.19, -107.86)),
    ],
)
def test_primaries_have_their_known_coordinates(code: str, lab: tuple[float, ...]) -> None:
    assert colour._lab(colour.rgb(code)) == pytest.approx(lab, abs=0.02)


@given(colours, colours)
def test_difference_is_a_distance(one: np.ndarray, other: np.ndarray) -> None:
    assert colour.difference(one, one) == pytest.approx(0, abs=1e-9)
    assert colour.difference(one, other) == pytest.approx(colour.difference(other, one), abs=1e-9)
    assert np.array_equal(one, other) or colour.difference(one, other) > 0


def test_contrast_at_both_ends_and_in_the_middle() -> None:
    assert colour.contrast(BLACK, WHITE) == pytest.approx(21.0)
    assert colour.contrast(WHITE, WHITE) == 1.0
    # The grey that is known to be the lightest with 4.5:1 on white.
    assert colour.contrast(colour.rgb("#767676"), WHITE) == pytest.approx(4.54, abs=0.005)
    assert colour.contrast(colour.rgb("#777777"), WHITE) == pytest.approx(4.48, abs=0.005)


@given(colours, colours)
def test_contrast_knows_no_order_and_stays_in_range(one: np.ndarray, other: np.ndarray) -> None:
    ratio = colour.contrast(one, other)
    assert ratio == colour.contrast(other, one)
    assert 1 <= ratio <= 21 + 1e-9


@given(channels, sights)
def test_grey_is_grey_to_every_sight(level: float, sight: str) -> None:
    assert colour.seen_by(np.full(3, level), sight) == pytest.approx(np.full(3, level), abs=2e-3)


@given(colours, sights)
def test_every_sight_sees_a_colour(shade: np.ndarray, sight: str) -> None:
    seen = colour.seen_by(shade, sight)
    assert seen.shape == (3,)
    assert (seen >= 0).all()
    assert (seen <= 1 + 1e-9).all()


def test_colour_blind_sight_confuses_what_it_is_known_to_confuse() -> None:
    red, green = colour.rgb("#b05000"), colour.rgb("#707000")
    blue, teal = colour.rgb("#3060a0"), colour.rgb("#006868")
    typical = colour.difference(red, green)
    for sight in ("deuteranopia", "protanopia"):
        assert colour.difference(colour.seen_by(red, sight), colour.seen_by(green, sight)) < typical / 1.5
    seen = [colour.seen_by(shade, "tritanopia") for shade in (blue, teal)]
    assert colour.difference(*seen) < colour.difference(blue, teal) / 1.5


@given(colours, colours, st.floats(0, 1))
def test_blending_lies_between(above: np.ndarray, below: np.ndarray, opacity: float) -> None:
    mixed = colour.blend(above, below, opacity)
    assert (mixed >= np.minimum(above, below) - 1e-12).all()
    assert (mixed <= np.maximum(above, below) + 1e-12).all()
    assert np.array_equal(colour.blend(above, below, 1.0), above)
    assert np.array_equal(colour.blend(above, below, 0.0), below)


def test_a_code_is_three_numbers() -> None:
    assert colour.rgb("#0080ff").tolist() == [0.0, 128 / 255, 1.0]
