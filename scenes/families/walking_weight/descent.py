"""A weight on its way down: every step is an arrow along the axis, then the point follows it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from nnmath import FloatArray
from scenes.families.walking_weight.tangent import Tangent
from scenes.families.walking_weight.walk import Walked
from scenes.parts.charts.chart import Chart
from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments, dashes
from scenes.stage.drawn import BackdropGroup
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE
from scenes.style.theme import Theme

# The diameter of the ring around the lowest point, and of the hole in it.
RING, _HOLE = 0.46, 0.36
_POINT, _TRAIL = 0.24, 0.15
# How high above the axis the first arrow lies, how far the next ones lie above it, and what is left free
# between the last one and the lowest point.
_FIRST, _ROW, _FREE = 0.16, 0.15, 0.22
_ARROW, _TIP = 6.0, 0.2
# When in a step the tangent, then the arrow is whole, the point has come down to the axis, has gone along it.
_TOUCHED, GROWN, _DOWN, _ALONG = 0.16, 0.42, 0.54, 0.84


@dataclass(frozen=True)
class Moment:
    """An instant of the walk.

    Attributes:
        step: which step it is part of, counted from 0.
        arrow: how much of the step's arrow is there. lift: how high the point is, from the axis (0) to the
            curve (1). touch: how much of the tangent is there.
        weight: where the point stands.
    """

    step: int
    arrow: float
    weight: float
    lift: float
    touch: float

    @classmethod
    def of(cls, path: FloatArray, progress: float) -> Self:
        """Return the instant after so many steps, of the weights visited `(n,)`."""
        # On arrival the step just made still shows: its sum is where the point stands.
        k = max(math.ceil(progress) - 1, 0)
        u = progress - k
        along = _eased(u, _DOWN, _ALONG)
        here, there = float(path[k]), float(path[k + 1])
        weight = here if along == 0.0 else there if along == 1.0 else here + along * (there - here)
        fallen = _eased(u, GROWN, _DOWN)
        lift = 1.0 - fallen if along < 1.0 else _eased(u, _ALONG, 1.0)
        # Before the first step it is there already.
        touch = (_eased(u, 0.0, _TOUCHED) if k else 1.0) - fallen
        return cls(k, _eased(u, _TOUCHED, GROWN), weight, lift, touch)


def _eased(u: float, start: float, end: float) -> float:
    t = min(max((u - start) / (end - start), 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)


class Descent(VGroup):
    """What shows where the weight stands after any number of steps, whole or not.

    A weight beyond the chart stands at its edge, and no tangent and no mark is drawn there.

    Attributes:
        moment: the instant on show.
        point: on the curve, or off it and above the axis. foot: the dashed line from the axis up to it.
        tangent, trail, arrow, past: its drawing; `past` are the arrows of the steps before.
        arrow_name: what the first arrow is.
        rests: at how many rests the slope is written.
        label_places: where the slope is written at each rest, `(rests, 2)`; at later rests it is not.
    """

    def __init__(
        self,
        chart: Chart,
        theme: Theme,
        numbers: Walked,
        slope_name: str,
        *,
        rests: int | None = None,
        trail: Dots | None = None,
        pile: bool = True,
    ) -> None:
        """Prepare the descent.

        Args:
            slope_name: formula markup for the word slope.
            rests: at how many rests, the start first, the slope is written; at all if left out.
            trail: the marks where the point has been; faint dots if left out.
            pile: whether the arrows of the steps before stay, each above the last one.
        """
        super().__init__()
        self.chart, self.numbers, self.pile = chart, numbers, pile
        self.rests = len(numbers.path) if rests is None else rests
        self.tangent = Tangent(chart, theme, slope_name, places=numbers.slope_places)
        self.point = Dots(theme["text"], _POINT).set_z_index(5)
        self.trail = (Dots(theme["faint"], _TRAIL) if trail is None else trail).set_z_index(3)
        self.foot = Segments(theme["faint"], 3.0).set_z_index(1.5)
        count = len(numbers.steps)
        # Many arrows are thin ones, so that they stay apart.
        thin = min(1.0, self._row / _ROW) if pile else 1.0
        self.past = VGroup(*(self._arrow(theme["faint"], thin) for _ in range(count if pile else 0)))
        for arrow in self.past:
            arrow.set_z_index(2.8)
        self.arrow = self._arrow(theme["step"], max(thin, 0.7))
        self.arrow_name = Formula(
            f"-eta dot {slope_name}", theme, size=LABEL_SIZE, role="step", halo=True
        ).set_z_index(6)
        self.add(self.tangent, self.point, self.trail, self.foot, self.arrow)
        if pile:
            self.add(self.past)
        self.label_places = self.resting_places()
        self.show(0.0)

    @staticmethod
    def _arrow(colour: str, thin: float) -> Arrow:
        arrow = Arrow(colour, width=_ARROW * thin, tip=_TIP * (0.5 + 0.5 * thin))
        arrow.set_z_index(3)
        return arrow

    @property
    def floor(self) -> float:
        """Where a loss of 0 is, in scene units; the arrows lie between it and the axis."""
        return float(self.chart.point(0.0, 0.0)[1])

    @property
    def _row(self) -> float:
        if not self.pile:
            return 0.0
        room = self.floor - self.chart.across - _FIRST - _FREE
        return min(_ROW, room / max(len(self.numbers.steps) - 1, 1))

    def _name_first_arrow(self) -> None:
        ends = self._ends(0)
        middle = float(ends[:, 0].mean())
        inner, half = self.chart.inner, self.arrow_name.width / 2
        x = float(np.clip(middle, inner.left + half + 0.1, inner.right - half))
        self.arrow_name.move_to([x, self.chart.across + _FIRST + 0.36, 0.0])

    def resting_places(self) -> FloatArray:
        """Return where the slope's label rests after each number of steps, `(rests, 2)`."""
        # The chart may stand elsewhere now.
        self._name_first_arrow()
        numbers = self.numbers
        curve = self.chart.to_scene(numbers.curve[:, :2])
        visited = self._visited(0, len(numbers.path))
        places = []
        for k, weight in enumerate(numbers.path[: self.rests]):
            touch = float(weight), numbers.loss_at(weight), numbers.slope_at(weight)
            # Shown first, since the label is as wide as its number.
            shown = self.tangent.show(*touch)
            trail = np.concatenate([visited[:k] - _TRAIL / 2, visited[:k] + _TRAIL / 2], axis=1)
            # What the first arrow is stands beside it as long as the point is where it began.
            floor = max(self.floor, float(self.arrow_name.get_top()[1])) if k == 0 else self.floor
            places.append(shown.free_place(*touch, curve, floor, trail))
        return np.array(places)

    def show(self, progress: float) -> Moment:
        """Show the descent after so many steps."""
        numbers = self.numbers
        moment = self.moment = Moment.of(numbers.path, progress)
        k, weight = moment.step, moment.weight
        self.touch(k, moment.touch)
        self.stand(weight, moment.lift)
        passed = k + 1 if progress > k + GROWN else k
        self.trail.set_positions(self._visited(0, passed)[self._within(numbers.path[:passed])])
        for each, arrow in enumerate(self.past):
            arrow.reach(*(self._ends(each) if each < k else np.zeros((2, 2))))
        tail, head = self._ends(k)
        self.arrow.reach(tail, tail + moment.arrow * (head - tail))
        return moment

    def touch(self, rest: int, share: float = 1.0) -> None:
        """Show so much of the tangent where the point rests after so many steps."""
        numbers, weight = self.numbers, float(self.numbers.path[rest])
        touch = weight, numbers.loss_at(weight), numbers.slope_at(weight)
        seen = share if self._within(weight) else 0.0
        if rest < self.rests:
            self.tangent.show(*touch, self.label_places[rest], seen)
        else:
            self.tangent.touch(*touch, seen)

    def stand(self, weight: float, lift: float) -> None:
        """Put the point at a weight, so high between the axis (0) and the curve (1)."""
        seen = float(np.clip(weight, *self.chart.x_range))
        top = self.chart.point(seen, self.numbers.loss_at(seen))[:2]
        base = np.array([top[0], self.chart.across])
        place = base + lift * (top - base)
        self.point.set_positions(place[None])
        self.foot.set_pieces(dashes(base, place))

    def places(self) -> FloatArray:
        """Return where it is on the curve, or at the chart's edge, after each number of steps, `(n, 2)`."""
        seen = np.clip(self.numbers.path, *self.chart.x_range)
        losses = [self.numbers.loss_at(weight) for weight in seen.tolist()]
        return self.chart.to_scene(np.column_stack([seen, losses]))

    def _visited(self, first: int, end: int) -> FloatArray:
        """Return scene points `(n, 2)` of the curve where it was after `first` to less than `end` steps."""
        visited = np.column_stack([self.numbers.path, self.numbers.path_losses])
        return self.chart.to_scene(visited[first:end])

    def _within(self, weights: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Tell which weights `(n,)` the chart shows."""
        low, high = self.chart.x_range
        within: npt.NDArray[np.bool_] = (low <= np.asarray(weights)) & (np.asarray(weights) <= high)
        return within

    def _ends(self, k: int) -> FloatArray:
        """Return tail and head `(2, 2)` of step k's arrow."""
        x = np.clip(self._visited(k, k + 2)[:, 0], self.chart.inner.left, self.chart.inner.right)
        return np.column_stack([x, np.full(2, self.chart.across + _FIRST + k * self._row)])


class Goal(VGroup):
    """A ring around a point of the chart, `(2,)` in data."""

    def __init__(self, chart: Chart, theme: Theme, point: FloatArray) -> None:
        place = chart.to_scene(point[None])
        outer = Dots(theme["active"], RING).set_positions(place).set_z_index(2.6)
        inner = Dots(theme["background"], _HOLE).set_positions(place).set_z_index(2.7)
        super().__init__(outer, BackdropGroup(inner))
