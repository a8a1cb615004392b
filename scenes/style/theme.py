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
    "grid",  # the grid that moves: it stands back behind the data
    "axis",  # the two axes of that grid
    "basis_i",  # i, column 1 and its edges
    "basis_j",  # j, column 2 and its edges
    "column_3",
    "column_4",
    "class_0",
    "class_1",
    "edge",  # a weight that belongs to no column shown
    "active",  # what is working now, and what comes out: a lit layer, the activation, a hinge
    "area",  # the unit square and its image
    "boundary",  # a threshold or a decision boundary
    "wrong",  # what stands on the wrong side
    "loss",  # the loss and its curve
    "slope",  # a derivative and its tangent
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
        "ghost": "#1a232e",
        "grid": "#234a5a",
        "axis": "#3a6a7f",
        "basis_i": "#4a78ff",
        "basis_j": "#ff5a5f",
        "column_3": "#d0a8ff",
        "column_4": "#a8b46a",
        "class_0": "#ffc04d",
        "class_1": "#3fd0f0",
        "edge": "#9ba6b5",
        "active": "#5eead4",
        "area": "#c3ccdb",
        "boundary": "#f2f4f8",
        "wrong": "#ff4dc4",
        "loss": "#e06bd8",
        "slope": "#f59e42",
        "step": "#5eead4",
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
        "ghost": "#e9eef1",
        "grid": "#bcd3dc",
        "axis": "#93b6c4",
        "basis_i": "#1a3cc0",
        "basis_j": "#c81e1e",
        "column_3": "#a13df0",
        "column_4": "#5f6b12",
        "class_0": "#b76e00",
        "class_1": "#0891b2",
        "edge": "#566170",
        "active": "#0f766e",
        "area": "#5b6675",
        "boundary": "#14181f",
        "wrong": "#c0188f",
        "loss": "#b0159b",
        "slope": "#b45309",
        "step": "#0f766e",
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
        "ghost": "#e4e9ed",
        "grid": "#a9c6d1",
        "axis": "#7fa7b7",
        "basis_i": "#0a1d6b",
        "basis_j": "#cc1111",
        "column_3": "#8a2be2",
        "column_4": "#4f5a0a",
        "class_0": "#ab6200",
        "class_1": "#00657f",
        "edge": "#414954",
        "active": "#0b5f58",
        "area": "#4b5563",
        "boundary": "#000000",
        "wrong": "#b3107f",
        "loss": "#950b83",
        "slope": "#9a4208",
        "step": "#0b5f58",
    },
)
THEMES: Mapping[str, Theme] = {theme.name: theme for theme in (DARK, LIGHT, PRINT)}
