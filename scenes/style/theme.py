"""Colours by role, one meaning each, for dark pages, light pages and paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Role: TypeAlias = Literal[
    "background",  # the page
    "surface",  # a card on the page
    "text",  # words, numbers and formulas
    "muted",  # titles, axes and everything that stands back
    "faint",  # the ghost of what was, ticks, waiting pips
    "ghost",  # the grid before anything moved
    "grid",  # the grid that moves
    "basis_i",  # i, column 1 and its edges
    "basis_j",  # j, column 2 and its edges
    "column_3",
    "column_4",
    "class_0",
    "class_1",
    "edge",  # a weight that belongs to no column shown
    "active",  # what is working now: a lit layer, the activation
    "area",  # the unit square and its image
    "boundary",  # a threshold or a decision boundary
    "wrong",  # what stands on the wrong side
    "loss",  # the loss and its curve
    "slope_down",  # a negative derivative
    "slope_up",  # a positive derivative
    "slope_flat",  # a derivative of nearly nought
    "step",  # the step that gradient descent takes
]

COLUMN_ROLES: tuple[Role, ...] = ("basis_i", "basis_j", "column_3", "column_4")
CLASS_ROLES: tuple[Role, ...] = ("class_0", "class_1")


@dataclass(frozen=True)
class Theme:
    """A name and a colour `#rrggbb` for every role."""

    name: str
    colours: Mapping[Role, str]

    def __getitem__(self, role: Role) -> str:
        return self.colours[role]


DARK = Theme(
    "dark",
    {
        "background": "#0d1017",
        "surface": "#161b24",
        "text": "#f2f4f8",
        "muted": "#9ba6b5",
        "faint": "#667184",
        "ghost": "#232b38",
        "grid": "#2c7a96",
        "basis_i": "#5b8dff",
        "basis_j": "#ff5a5f",
        "column_3": "#3ecf8e",
        "column_4": "#c792ea",
        "class_0": "#ffc04d",
        "class_1": "#4cc4f5",
        "edge": "#9ba6b5",
        "active": "#5eead4",
        "area": "#e8d36b",
        "boundary": "#f2f4f8",
        "wrong": "#ff4d6d",
        "loss": "#e06bd8",
        "slope_down": "#f59e42",
        "slope_up": "#7dd3fc",
        "slope_flat": "#a3e635",
        "step": "#4ade80",
    },
)
LIGHT = Theme(
    "light",
    {
        "background": "#ffffff",
        "surface": "#f3f5f8",
        "text": "#14181f",
        "muted": "#566170",
        "faint": "#808a99",
        "ghost": "#e3e7ec",
        "grid": "#4b93ab",
        "basis_i": "#1d4ed8",
        "basis_j": "#c81e1e",
        "column_3": "#15803d",
        "column_4": "#7e22ce",
        "class_0": "#b76e00",
        "class_1": "#0284c7",
        "edge": "#566170",
        "active": "#0f766e",
        "area": "#8a6d00",
        "boundary": "#14181f",
        "wrong": "#d81b60",
        "loss": "#b0159b",
        "slope_down": "#b45309",
        "slope_up": "#0369a1",
        "slope_flat": "#4d7c0f",
        "step": "#15803d",
    },
)
# Paper and projectors swallow pale colours: all that is drawn stands 4:1 or more against the page. The
# classes, and i and j, also differ in lightness, and so in a black-and-white print.
PRINT = Theme(
    "print",
    {
        "background": "#ffffff",
        "surface": "#f4f5f7",
        "text": "#000000",
        "muted": "#414954",
        "faint": "#667080",
        "ghost": "#d3d9e0",
        "grid": "#347f98",
        "basis_i": "#15349c",
        "basis_j": "#cc1111",
        "column_3": "#15803d",
        "column_4": "#6b1bb3",
        "class_0": "#a35c00",
        "class_1": "#004f86",
        "edge": "#414954",
        "active": "#0b5f58",
        "area": "#725900",
        "boundary": "#000000",
        "wrong": "#c2104f",
        "loss": "#950b83",
        "slope_down": "#9a4208",
        "slope_up": "#045684",
        "slope_flat": "#3f680a",
        "step": "#0f6b33",
    },
)
THEMES: Mapping[str, Theme] = {theme.name: theme for theme in (DARK, LIGHT, PRINT)}
