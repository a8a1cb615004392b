"""The storyboard of −log p: the chance of the truth, what it costs, and the mean."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import RIGHT, FadeIn, Mobject, VGroup

from nnmath import FloatArray
from scenes.learning.loss.arrangement import Arrangement, Scale
from scenes.learning.loss.aside import LARGE, LargeNumber
from scenes.learning.loss.composition import legend_room
from scenes.learning.loss.examples import Examples, Legend
from scenes.learning.loss.log_curve import LogCurve, brief_chance
from scenes.learning.loss.numbers import DEFINITION, LossNumbers, LossParameters
from scenes.learning.loss.reading import brief, moving
from scenes.parts.charts.bars import WIDE_RIM, Bars
from scenes.parts.charts.chart import Chart
from scenes.parts.charts.squares import off_lines
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.writing.live_number import LiveNumber
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.stage.writing import HALO_WIDTH
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE, SMALL_SIZE, Region
from scenes.style.theme import Role

# Above chart and bars stand what the curve reads and the means; below the baseline a chart has its numbers.
_HEADER, _BELOW = 0.8, 0.75
# What a chart has besides the room for its curve, up and down; and a number above the highest bar.
_AROUND, _NUMBER = 1.25, 0.4
_HEADROOM = 1.04
_LARGE = 0.85 * LARGE
# The least width for two means beside each other.
_ROOM_FOR_BOTH = 5.0
# The largest unit of the scale alone, and where in a column of the panel stand an example and its bar.
_LARGEST, _EXAMPLE, _BAR = 4.0, 0.2, 0.7
_MARGIN, _BAR_WIDTH, _BESIDE = 0.4, 0.6, 0.32
# Where an example stands in its column while it has the body to itself, with its number beside it.
_ALONE = 0.38
# What parts two numbers of bars, in scene units.
_APART = 0.12
_ROOMY = 1.2
_READ_TIME = {1: 1.2, 2: 1.2, 3: 1.0, 4: 0.8, 5: 0.6, 6: 0.6}


class CrossEntropyBeats(ExplainerScene[LossParameters, LossNumbers]):
    """Sure and wrong costs most, more than any square."""

    definition = DEFINITION

    # The stage.

    def set_entropy_stage(self) -> None:
        numbers, theme, locale = self.numbers, self.theme, self.settings.locale
        left, right = self.divide()
        top = max(1.0, float(-np.log(numbers.least)), float(numbers.entropies(numbers.errors).max()))
        self.chart = Chart(
            Region(left.left, left.bottom, left.right, left.top - _HEADER),
            theme,
            (0.0, 1.0),
            (0.0, _HEADROOM * top),
            x_name=self.formula("p", role="muted", size=LABEL_SIZE),
            y_name=self.formula("-log p", role="loss", size=LABEL_SIZE),
            most_ticks=(2, 5),
            safe=self.layout.text_safe,
        )
        self.curve = LogCurve(self.chart, theme, left, self.layout.body)
        probe = LiveNumber("0.00", theme, locale)
        costs = np.concatenate([numbers.entropies(e) for e in (numbers.errors, numbers.improved)])
        self.widest = max(float(probe.width), *(probe.width_of(brief(cost)) for cost in costs.tolist()))
        chances = numbers.chances(numbers.errors).tolist()
        self.widest_chance = max(probe.width_of(brief_chance(chance)) for chance in chances)
        scale = Scale(0.0, 1.0, np.array([0.0, 1.0]), 0)
        self.panel = right
        unit = float(self.chart.units[1])
        self.arrangement = self.spread(scale, right, right.bottom + _BELOW, unit)
        body = self.layout.body
        large = min(_LARGEST, body.height - 1.4)
        self.first = self.spread(scale, body, float(body.center[1]) - 0.5 * large, large, alone=True)
        self.examples = Examples(theme, locale, numbers.targets, self.first, 1, self.layout.body)
        self.examples.show(numbers.errors, arrived=0.0, stretched=0.0)
        words = self.words.label("target"), self.words.label("prediction")
        self.legend = Legend(theme, locale, words, legend_room(self.layout))
        self.make_bars(unit)
        self.make_readings(left, right)

    def divide(self) -> tuple[Region, Region]:
        """Return the room of the chart and that of the bars."""
        body = self.layout.body
        if self.layout.frame.height > 1.2 * self.layout.frame.width:
            # The lower one has no header and nothing above but a number: a unit is as long in both.
            above, below = _HEADER + _AROUND, _BELOW + _NUMBER
            inner = (body.height - 0.3 - above - below) / 2
            upper, lower = body.rows(inner + above, inner + below, gap=0.3)
            return upper, lower
        left, right = body.columns(*((1, 1.05) if self.layout.panel_flow == "down" else (1, 1.5)), gap=0.3)
        return left, right

    def spread(
        self, scale: Scale, room: Region, floor: float, unit: float, *, alone: bool = False
    ) -> Arrangement:
        """Return the examples side by side in columns of a room, alone or with their bars beside them."""
        count, at = len(self.numbers), _ALONE if alone else _EXAMPLE
        left, right = room.left + _MARGIN, room.right
        # The last number may be wider than its column.
        beyond = (1.0 - (at if alone else _BAR)) * (right - left) / count
        right -= max(0.0, (_BESIDE + self.widest_chance if alone else self.widest / 2) + 0.06 - beyond)
        columns = np.arange(count, dtype=np.float64) + at
        x: FloatArray = left + columns * (right - left) / count
        return Arrangement(scale, x, np.zeros(count), np.array([floor]), left, right, unit)

    @property
    def column(self) -> float:
        """How wide an example's column in the panel is, in scene units."""
        return (self.arrangement.right - self.arrangement.left) / len(self.numbers)

    @property
    def crowded(self) -> bool:
        """Whether an example has no room beside its bar's number."""
        return self.column < _ROOMY

    @property
    def pictures(self) -> tuple[Mobject, ...]:
        """The drawing of the examples but for their scale, and the legend."""
        examples = self.examples
        return examples.rings, examples.dots, examples.gaps, examples.chances, self.legend

    def make_bars(self, unit: float) -> None:
        floor, x = float(self.arrangement.floors[0]), self.arrangement.x
        width = min(_BAR_WIDTH, 0.36 * self.column)
        self.size = float(np.clip(LABEL_SIZE * (self.column - _APART) / self.widest, SMALL_SIZE, LABEL_SIZE))
        self.bars = self.bars_at(x + (_BAR - _EXAMPLE) * self.column, floor, unit, width, fill=0.75)
        self.squared = self.bars_at(x, floor, unit, width, fill=0.0)
        numbers = self.numbers
        squares = [numbers.squares(state)[numbers.costliest] for state in (numbers.errors, numbers.improved)]
        widest = max(self.bars.labels[0].width_of(brief(square)) for square in squares)
        self.told_squares = max(widest, self.widest) + _APART <= (_BAR - _EXAMPLE) * self.column
        # What the costliest costs as a square is told, where there is room; the others can be seen.
        costliest = np.arange(len(self.numbers)) == self.numbers.costliest
        self.squared.show_labels(costliest * float(self.told_squares))
        self.mean_line = Segments(self.theme["loss"], 5.0).set_z_index(3)
        self.most = Segments(self.theme["boundary"], 5.0).set_z_index(3)

    def bars_at(self, x: FloatArray, floor: float, unit: float, width: float, *, fill: float) -> Bars:
        role: Role = "loss"
        return Bars(
            self.theme,
            self.settings.locale,
            x,
            floor=floor,
            unit=unit,
            width=width,
            write=brief,
            role=role,
            fill=fill,
            size=self.size,
            room=self.column - _APART / 2,
            rim=WIDE_RIM if self.widest * self.size / LABEL_SIZE + _APART <= self.column else HALO_WIDTH,
        )

    def make_readings(self, left: Region, right: Region) -> None:
        theme, locale, size = self.theme, self.settings.locale, FORMULA_SIZE
        self.reading = LiveNumber("−log 0.000 ≈ 0.000", theme, locale, size=size, weight=400)
        self.reading.fit(self.chart.inner.right - left.left)
        height = left.top - 0.67 * _HEADER
        self.reading.stand(np.array([float(self.chart.inner.right), height, 0.0]), RIGHT)
        first, second = Region(right.left, height, right.right, right.top).columns(1, 1.3, gap=0.2)
        if right.width < _ROOM_FOR_BOTH:
            # What the curve read is gone by then.
            first = Region(float(self.chart.inner.left), height, left.right, left.top)
            second = Region(right.left, height, right.right, right.top)
        numbers, states = self.numbers, (self.numbers.errors, self.numbers.improved)
        writes = brief, moving(float(numbers.entropies(numbers.errors).max())), moving(1.0)
        means = [write(numbers.mean_entropy(state)) for state in states for write in writes[:2]]
        squares = [write(numbers.mean_square(state)) for state in states for write in writes[::2]]
        named = [
            (first, self.words.label("mean"), max(*means, "0.00", key=len)),
            (second, self.words.label("mean_square"), max(*squares, "0.00", key=len)),
        ]
        large = min(LargeNumber(theme, locale, *each, size=_LARGE).size_for(each[0]) for each in named)
        self.mean, self.mean_square = (LargeNumber(theme, locale, *each, size=large) for each in named)

    # The beats.

    def show_chances(self) -> None:
        numbers, examples = self.numbers, self.examples

        def grow(share: float) -> None:
            examples.show(numbers.errors, stretched=share)
            examples.show_chances(share)
            self.label_chances(share)

        self.add(examples.scale_lines, examples.rings, self.legend)
        with self.beat("chances"):
            self.add(examples.dots)
            self.play(Drive(examples, lambda t: examples.show(numbers.errors, arrived=t)), run_time=1.2)
            self.label_chances(0.0)
            grow(0.0)
            self.add(examples, examples.chances, *examples.labels)
            moved = VGroup(examples, examples.chances, *examples.labels)
            self.play(Drive(moved, grow), run_time=1.8)

    def label_chances(self, share: float) -> None:
        """Write how likely each truth was, or so much of it, beside its bar."""
        examples, chances = self.examples, self.numbers.chances(self.numbers.errors)
        starts, far = examples.starts[:, 1], examples.arrangement.heights(1.0 - examples.targets)
        write = brief_chance if share == 1.0 else moving(1.0)
        for k, label in enumerate(examples.labels):
            label.say(write(float(chances[k]) * share))
            middle = off_lines(float(starts[k] + far[k]) / 2, examples.lines[k])
            label.centre_at(np.array([examples.arrangement.x[k] + _BESIDE + label.width / 2, middle]))

    def slide_along_curve(self) -> None:
        examples, curve, numbers = self.examples, self.curve, self.numbers

        def make_room(share: float) -> None:
            examples.stand(self.first.towards(self.arrangement, share))
            examples.show_chances(1.0)

        with self.beat("curve"):
            self.disappear(*examples.labels, run_time=0.2)
            self.play(Drive(VGroup(examples, examples.chances), make_room), run_time=1.0)
            self.slide_to(1.0)
            self.appear(self.chart, curve, self.reading, run_time=0.4)
            worst = float(-np.log(numbers.least))
            moved = VGroup(curve, self.reading)
            self.play(Drive(moved, lambda t: self.slide_to(float(np.exp(-t * worst)))), run_time=2.8)
            self.reading.say(curve.read)

    def slide_to(self, chance: float, *, whole: bool = False) -> None:
        """Let the point be at p, and read −log p; the curve is whole or drawn as far as the point."""
        lowest = float(np.exp(-self.chart.y_range[1]))
        self.curve.slide(chance, drawn_to=lowest if whole else None)
        self.reading.say(self.curve.told)

    def read_bars(self) -> None:
        numbers, curve = self.numbers, self.curve
        chances, entropies = numbers.chances(numbers.errors), numbers.entropies(numbers.errors)
        with self.beat("bars"):
            if self.crowded:
                self.disappear(*self.pictures, run_time=0.4)
            values = np.zeros(len(numbers))
            self.bars.show_labels(0.0)
            self.add(self.bars)
            came = float(numbers.least)
            for k, chance in enumerate(chances.tolist()):
                show = self.reading_of(k, came, chance, values.copy(), entropies)
                moved = VGroup(curve, self.reading, self.bars)
                self.play(Drive(moved, show), run_time=_READ_TIME[len(numbers)])
                came, values[k] = chance, entropies[k]
            self.wait(PAUSE)

    def reading_of(
        self, k: int, came: float, chance: float, values: FloatArray, entropies: FloatArray
    ) -> Callable[[float], None]:
        """Return what lets the point go from p = `came` to an example's, and then the example's bar grow."""
        curve, bars = self.curve, self.bars
        known = np.array([1.0] * k + [0.0] * (len(values) - k))
        chances = self.numbers.chances(self.numbers.errors)
        beside = self.panel.left > self.chart.inner.right

        def show(share: float) -> None:
            along, up = min(2.0 * share, 1.0), max(2.0 * share - 1.0, 0.0)
            # Along the curve, evenly in cost.
            self.slide_to(float(np.exp((1.0 - along) * np.log(came) + along * np.log(chance))), whole=True)
            values[k] = up * entropies[k]
            known[k] = min(1.0, 4.0 * up)
            bars.show(values, brief if share == 1.0 else moving(float(entropies.max()))).show_labels(known)
            for j in range(k):
                bars.labels[j].say(brief(float(values[j])))
            if beside:
                curve.reach_to(float(curve.place[0] + up * (bars.x[k] - curve.place[0])))
            if share == 1.0:
                self.reading.say(curve.read)
            curve.mark(chances[: k + (share == 1.0)])

        return show

    def level_bars(self) -> None:
        numbers, curve, bars = self.numbers, self.curve, self.bars
        entropies, mean = numbers.entropies(numbers.errors), numbers.mean_entropy(numbers.errors)
        with self.beat("mean"):
            self.disappear(self.reading, curve.point, curve.drop, curve.level, run_time=0.2)

            def level(share: float) -> None:
                write = moving(float(entropies.max())) if 0.0 < share < 1.0 else brief
                bars.show(entropies + share * (mean - entropies), write)

            if len(numbers) > 1:
                self.play(Drive(bars, level), run_time=1.4)
            self.draw_mean(mean)
            self.mean.say(brief(mean))
            self.appear(self.mean_line, self.mean, run_time=0.4)
            self.wait(PAUSE)
            if len(numbers) > 1:
                self.play(Drive(bars, level, start=1.0, end=0.0), run_time=1.0)

    def draw_mean(self, mean: float) -> None:
        """Draw the line at the height of the mean."""
        y = self.bars.floor + self.bars.unit * mean
        left, right = self.arrangement.left, self.arrangement.right
        self.mean_line.set_pieces(dashes(np.array([left, y]), np.array([right, y])))

    def compare_squares(self) -> None:
        numbers, squared = self.numbers, self.squared
        squares, mean = numbers.squares(numbers.errors), numbers.mean_square(numbers.errors)

        def grow(share: float) -> None:
            squared.show(squares * share, brief if share == 1.0 else moving(1.0))

        with self.beat("compare"):
            if not self.crowded:
                self.disappear(*self.pictures, run_time=0.4)
            self.add(squared)
            self.play(Drive(squared, grow), run_time=1.6)
            self.play(Drive(self.most, self.draw_most, introducer=True), run_time=0.8)
            self.mean_square.say(brief(mean))
            self.play(FadeIn(self.mean_square), run_time=0.4)

    def draw_most(self, share: float) -> None:
        """Draw so much of the line that no square rises above."""
        arrangement = self.arrangement
        y, left = arrangement.height(0, 1.0), arrangement.left
        self.most.set_pieces(np.array([[[left, y], [left + share * (arrangement.right - left), y]]]))

    def make_likelier(self) -> None:
        numbers = self.numbers
        before = numbers.errors
        write = moving(float(numbers.entropies(before).max()))

        def show(share: float) -> None:
            errors, still = numbers.improving(share), share == 1.0
            self.bars.show(numbers.entropies(errors), brief if still else write)
            self.squared.show(numbers.squares(errors), brief if still else moving(1.0))
            mean = numbers.mean_entropy(errors)
            self.mean.say(brief(mean) if still else write(mean))
            self.mean_square.say((brief if still else moving(1.0))(numbers.mean_square(errors)))
            self.draw_mean(mean)
            self.curve.mark(numbers.chances(errors))

        with self.beat("likelier"):
            if numbers.closer > 0:
                moved = VGroup(
                    self.bars, self.squared, self.mean, self.mean_square, self.mean_line, self.curve.marks
                )
                self.play(Drive(moved, show), run_time=2.8)
