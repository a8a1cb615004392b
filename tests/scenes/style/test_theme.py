"""Every theme can be read, by every kind of sight."""

from __future__ import annotations

import re
from itertools import combinations
from typing import get_args

import pytest

from scenes.style.colour import SIGHTS, contrast, difference, rgb, seen_by
from scenes.style.theme import CLASS_ROLES, COLUMN_ROLES, THEMES, Role, Theme

ROLES = get_args(Role)
TEXT, GRAPHICS, APART = 4.5, 3.0, 20.0
# What words and numbers are written in.
TEXT_ROLES = ("text", "muted")
# What is drawn to be seen; ghosts and the grid stand back on purpose, and words say so.
DRAWN_ROLES = (
    *COLUMN_ROLES,
    *CLASS_ROLES,
    "edge",
    "active",
    "boundary",
    "wrong",
    "loss",
    "slope",
    "step",
    "area",
    "faint",
)
themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


@themes
def test_every_role_has_a_colour(theme: Theme) -> None:
    assert set(theme.colours) == set(ROLES)
    assert all(re.fullmatch("#[0-9a-f]{6}", code) for code in theme.colours.values())


def test_themes_go_by_their_names() -> None:
    assert {name: theme.name for name, theme in THEMES.items()} == {name: name for name in THEMES}
    assert {"dark", "light"} <= set(THEMES)


def test_light_is_light_and_dark_is_dark() -> None:
    black, white = rgb("#000000"), rgb("#ffffff")
    assert contrast(rgb(THEMES["dark"]["background"]), black) < 1.5
    assert contrast(rgb(THEMES["light"]["background"]), white) < 1.1


@themes
@pytest.mark.parametrize("ground", ["background", "surface"])
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_text_can_be_read(theme: Theme, ground: Role, role: Role) -> None:
    assert contrast(rgb(theme[role]), rgb(theme[ground])) >= TEXT


@themes
@pytest.mark.parametrize("role", DRAWN_ROLES)
def test_what_is_drawn_stands_out(theme: Theme, role: Role) -> None:
    assert contrast(rgb(theme[role]), rgb(theme["background"])) >= GRAPHICS


@themes
@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("pair", [CLASS_ROLES, COLUMN_ROLES[:2]], ids=["classes", "basis"])
def test_pairs_are_apart_to_every_sight(theme: Theme, sight: str, pair: tuple[Role, Role]) -> None:
    one, other = (seen_by(rgb(theme[role]), sight) for role in pair)
    assert difference(one, other) >= APART


@themes
def test_columns_differ_to_typical_sight(theme: Theme) -> None:
    for one, other in combinations(COLUMN_ROLES, 2):
        # Place in the matrix tells columns apart too; half of what the basis vectors need is enough.
        assert difference(rgb(theme[one]), rgb(theme[other])) >= APART / 2, f"{one} and {other}"


@themes
def test_what_is_wrong_is_told_from_both_classes(theme: Theme) -> None:
    for role in CLASS_ROLES:
        assert difference(rgb(theme["wrong"]), rgb(theme[role])) >= APART


@themes
@pytest.mark.parametrize(("role", "share"), [("grid", 0.35), ("ghost", 0.15)])
def test_the_data_stand_out_from_what_lies_behind_them(theme: Theme, role: Role, share: float) -> None:
    page = rgb(theme["background"])
    for data in CLASS_ROLES:
        # A contrast of 1 is none at all.
        assert contrast(rgb(theme[role]), page) - 1 <= share * (contrast(rgb(theme[data]), page) - 1)


@themes
@pytest.mark.parametrize("sight", SIGHTS)
def test_class_1_is_not_taken_for_i(theme: Theme, sight: str) -> None:
    one, other = (seen_by(rgb(theme[role]), sight) for role in (CLASS_ROLES[1], COLUMN_ROLES[0]))
    # Marks and arrows differ in shape, too.
    assert difference(one, other) >= 0.75 * APART
