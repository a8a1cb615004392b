"""Scores lifted off the number line into two strips of stacked marks, one strip for each class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.parts.charts.number_line import NumberLine
from scenes.parts.charts.stacking import Stacks, stack_scores
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.writing.placing import Obstacle, boxes_of, grown, kept_between, place, size_of
from scenes.stage.motion import Drive
from scenes.stage.writing import Writing
from scenes.style.layout import Region
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_LARGEST, _SMALLEST = 0.2, 0.07
# Marks of pressed columns, which are seen as bars.
_PRESSED = 0.11
_SHRINK = 0.92
# Marks that show less of themselves than this above each other cannot be counted: a number says how many.
_COUNTABLE = 0.5
# How much of the strips' height is left free: between them, and above for the threshold's label.
_FREE = 0.24


class ScoreStrips(VGroup):
    """Stacks of marks over a number line: class 0 right above it, class 1 in a strip of its own.

    Columns are aligned to the threshold, so that none holds scores of both sides. Marks are as large as the
    fullest column allows; where it holds too many for marks that can be seen, all columns are pressed
    together alike, so that their heights still compare, and the fullest of a strip says how many it holds.

    Attributes:
        stacks: column and level of every score, from nnmath.
        diameter: of a mark, in scene units. rise: from one mark of a column to the next.
        names: what is written at the strips: their classes, and what a pressed column holds.
        rings: a ring for every score on the wrong side.
        threshold_line: the dashed line, with its number at the top.
    """

    def __init__(
        self,
        region: Region,
        theme: Theme,
        line: NumberLine,
        scores: FloatArray,
        labels: npt.NDArray[np.int64],
        threshold: float,
        threshold_name: Writing,
        class_names: tuple[Writing, Writing],
        pile_words: Callable[[int, int], Writing],
    ) -> None:
        """Stack scores `(n,)` of classes `(n,)` over `line`, whose new place is at the foot of `region`.

        Args:
            threshold_name, class_names: what stands at the threshold and at each strip.
            pile_words: what stands at a column whose marks cannot be counted, given its class and how many.
        """
        super().__init__()
        self.line, self.scores, self.labels, self.threshold = line, scores, labels, threshold
        self.floor = region.bottom + 0.85
        room = (region.top - self.floor) * (1 - _FREE) / 2
        self.diameter, self.stacks = _largest_fit(scores, labels, threshold, line.unit, room)
        self.rise = min(self.diameter, room / self.stacks.tallest)
        self.ceiling = self.floor + (region.top - self.floor) / 2
        self.rings = Dots(theme["wrong"], self.diameter * 1.22).set_z_index(2.5)
        self.threshold_line = Segments(theme["boundary"], 4.0).set_z_index(4)
        top = region.top - 0.3
        self._top = top
        self.show_threshold(threshold)
        x = float(line.at(threshold))
        self.threshold_name = threshold_name
        side = 1.0 if x < region.center[0] else -1.0
        self.threshold_name.move_to(
            np.array([x + side * (self.threshold_name.width / 2 + 0.2), top - 0.12, 0.0])
        ).set_z_index(6)
        self.class_names = VGroup()
        for label, name in enumerate(class_names):
            self.class_names.add(self._stand_by_strip(region, label, name))
        self.pile_names = VGroup()
        if self.rise < _COUNTABLE * self.diameter:
            for label in (0, 1):
                if self.stacks.levels[labels == label].any():
                    self.pile_names.add(self._stand_by_pile(region, label, pile_words))
        self.names = VGroup(self.class_names, self.pile_names).set_z_index(6)
        self.add(self.rings, self.threshold_line, self.threshold_name, self.names)

    def _stand_by_pile(self, region: Region, label: int, words: Callable[[int, int], Writing]) -> Writing:
        """Say how many marks the fullest column of a strip holds, as near to its top as there is room."""
        top = np.flatnonzero(self.labels == label)[np.argmax(self.stacks.levels[self.labels == label])]
        name = words(label, int(self.stacks.levels[top]) + 1)
        x, y = self.targets[top]
        across = x + np.linspace(-1.0, 1.0, 81) * (region.right - region.left)
        up = np.arange(region.top, self._base(label), -0.1)
        middles = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
        threshold = float(self.line.at(self.threshold))
        chosen = place(
            size_of(name),
            middles,
            [
                Obstacle(self._columns(), reach=0.08),
                Obstacle(np.array([[threshold, region.bottom, threshold, region.top]]), reach=0.12),
                Obstacle(boxes_of([self.threshold_name, *self.class_names, *self.pile_names]), reach=0.12),
            ],
            within=region.inset(0.2),
            costs=np.hypot(*(middles - [x, y]).T),
        )
        name.move_to(np.append(chosen.middle, 0.0))
        return name

    def _columns(self) -> FloatArray:
        """Return the box of every column of marks, `(k, 4)`."""
        columns, which = np.unique([self.stacks.centers, self.labels], axis=1, return_inverse=True)
        tops = np.zeros(columns.shape[1])
        np.maximum.at(tops, which, self.targets[:, 1])
        x, base = self.line.at(columns[0]), np.where(columns[1] == 0, self.floor, self.ceiling)
        half = self.diameter / 2
        return np.column_stack([x - half, base, x + half, tops + half])

    def _stand_by_strip(self, region: Region, label: int, name: Writing) -> Writing:
        """Stand a class's name close to an end of its strip, or over it, off the threshold."""
        strip, room = self.targets[self.labels == label], region.inset(0.2)
        ends = np.array([strip[:, 0].min(), strip[:, 0].max()])
        threshold = float(self.line.at(self.threshold))
        aside, beside = name.width / 2 + 0.3, name.width / 2 + 0.2 + self.diameter / 2
        sides = np.array([-beside, beside])
        beyond = np.where(np.abs(ends + sides - threshold) <= beside, threshold, ends) + sides
        first = kept_between(ends[0] + aside, name.width, room.left, room.right)
        over = np.array([first, threshold + aside, threshold - aside])
        # Below the name of the threshold.
        below = min(region.top - 0.65, float(self.threshold_name.get_bottom()[1]) - 0.05)
        top = min(strip[:, 1].max() + self.diameter / 2 + 0.22, below - name.height / 2)
        heights = np.repeat([self._base(label) + 0.34, top], [len(beyond), len(over)])
        line = np.array([[threshold, region.bottom, threshold, region.top]])
        chosen = place(
            size_of(name),
            np.column_stack([np.concatenate([beyond, over]), heights]),
            [
                Obstacle(line, reach=0.2),
                Obstacle(grown(boxes_of([self.threshold_name, *self.class_names]), 0.04)),
            ],
            within=room,
            costs=np.concatenate([np.abs(beyond - ends), np.full(len(over), np.inf)]),
        )
        name.move_to(np.append(chosen.middle, 0.0))
        return name

    def _base(self, label: int) -> float:
        return self.floor if label == 0 else self.ceiling

    @property
    def targets(self) -> FloatArray:
        """Where every score's mark stands in its stack, `(n, 2)` in scene units."""
        base = np.where(self.labels == 0, self.floor, self.ceiling)
        height = base + 0.14 + (self.stacks.levels + 0.5) * self.rise
        return np.column_stack([self.line.at(self.stacks.centers), height])

    @property
    def decision(self) -> tuple[VMobject, ...]:
        """What the threshold brings with it: its line, its number, and the rings around what is wrong."""
        return self.rings, self.threshold_line, self.threshold_name

    def wrong_at(self, threshold: float) -> BoolArray:
        """Tell for every score whether it stands on the wrong side of `threshold`, `(n,)`."""
        wrong: BoolArray = (self.scores >= threshold) != (self.labels == 1)
        return wrong

    def show_threshold(self, threshold: float) -> None:
        """Stand the threshold's line at a value and ring what is then on the wrong side."""
        x = float(self.line.at(threshold))
        self.threshold_line.set_pieces(dashes(np.array([x, self.floor - 0.14]), np.array([x, self._top])))
        self.rings.set_positions(self.targets[self.wrong_at(threshold)])

    def threshold_at(self, share: float) -> float:
        """Return the threshold when it has come this share of its way from the left end of the line."""
        start = self.line.low
        return self.threshold if share > 1 - 1e-9 else start + share * (self.threshold - start)

    def sweep(self, **options: Any) -> Drive:
        """Return the animation in which the threshold comes in from the left, and rings change as it goes."""
        moving = VGroup(self.rings, self.threshold_line)
        return Drive(
            moving, lambda share: self.show_threshold(self.threshold_at(share)), introducer=True, **options
        )

    def lift(self, clouds: tuple[Dots, ...], **options: Any) -> Drive:
        """Return the animation in which the marks rise from the line while it sinks to the strips' floor.

        Args:
            clouds: the marks by class, in the order of the scores of that class.
        """
        start = [cloud.positions.copy() for cloud in clouds]
        end = [self.targets[self.labels == label] for label in range(len(clouds))]
        first = [cloud.diameter for cloud in clouds]
        last = [self.diameter * _SHRINK] * len(clouds)
        line_start = self.line.height_now

        def show(share: float) -> None:
            self.line.shift(
                np.array([0.0, line_start + share * (self.floor - line_start) - self.line.height_now, 0.0])
            )
            for cloud, here, there, large, small in zip(clouds, start, end, first, last, strict=True):
                cloud.set_positions(here + share * (there - here)).resize(large + share * (small - large))

        return Drive(VGroup(self.line, *clouds), show, **options)


def _largest_fit(
    scores: FloatArray, labels: npt.NDArray[np.int64], threshold: float, unit: float, room: float
) -> tuple[float, Stacks]:
    """Return the largest diameter whose columns, one mark wide, fit in `room`, and the columns.

    If those of the smallest marks do not even fit when they are pressed together, larger ones do as well.
    """
    diameter = _LARGEST
    while True:
        stacks = stack_scores(scores, labels, width=diameter / unit, threshold=threshold)
        if stacks.tallest * diameter <= room:
            return diameter, stacks
        if diameter == _SMALLEST:
            break
        diameter = max(diameter * _SHRINK, _SMALLEST)
    if room / stacks.tallest < _COUNTABLE * diameter:
        diameter = _PRESSED
        stacks = stack_scores(scores, labels, width=diameter / unit, threshold=threshold)
    return diameter, stacks
