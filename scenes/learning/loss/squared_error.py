"""The storyboard of squared errors: gaps, squares on them, and their mean as a square."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from manim import FadeIn, FadeOut, VGroup, linear

from nnmath import FloatArray
from scenes.learning.loss.arrangement import RING, Arrangement, Scale, arrange
from scenes.learning.loss.aside import NamedNumber, Reading
from scenes.learning.loss.composition import Composition
from scenes.learning.loss.examples import Examples, Legend, mark_numbers, numbers_room
from scenes.learning.loss.growth import Growth
from scenes.learning.loss.numbers import DEFINITION, LossNumbers, LossParameters
from scenes.learning.loss.pair import Pair
from scenes.learning.loss.pool import Pool
from scenes.learning.loss.reading import brief, exact, moving
from scenes.parts.charts.squares import Squares, off_lines
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE

_CLEAR = RING + 0.06
# From the floor of a row down to the baseline of the names of losses.
_UNDER_ROW = 0.52


class SquaredErrorBeats(ExplainerScene[LossParameters, LossNumbers]):
    """Errors cancel, their squares do not, and the mean of the squares is a square."""

    definition = DEFINITION

    # The stage.

    def set_squared_stage(self) -> None:
        numbers, theme, locale = self.numbers, self.theme, self.settings.locale
        self.composition, self.arrangement, self.first = self.compose()
        rows = len(self.arrangement.floors)
        self.examples = Examples(
            theme, locale, numbers.targets, self.first, rows, self.layout.body, self.label_size
        )
        self.examples.show(numbers.errors, arrived=0.0, stretched=0.0)
        self.squares = Squares(
            theme, locale, len(numbers), unit=self.arrangement.unit, clear=_CLEAR, size=self.label_size
        )
        words = self.words.label("target"), self.words.label("prediction")
        self.legend = Legend(theme, locale, words, self.composition.legend)
        self.make_aside()

    def make_aside(self) -> None:
        numbers, theme, locale, block = self.numbers, self.theme, self.settings.locale, self.composition.block
        total, mean = self.total(numbers.errors), numbers.mean_square(numbers.errors)
        self.texts = {"sum": exact(total), "mean": exact(mean)}
        means = [numbers.mean_square(e) for e in (numbers.improved, numbers.mending(1.0))]
        a, b = (brief(value / 2) for value in numbers.sums)
        grown = [exact(error**2) for error in numbers.growth]
        texts = [*self.texts.values(), *map(exact, means), a, b, *grown]
        names = ("mean_error", "mean_size", "sum", "share", "mean", "cost")
        labels = {name: self.words.label(name, count=len(numbers)) for name in names}
        self.reading = Reading(theme, locale, block, texts, labels)
        pair = numbers.pair
        self.pair = Pair(theme, locale, block, pair, [*map(brief, pair), *(brief(abs(e)) for e in pair)])
        self.growth = Growth(theme, block, numbers.growth)
        widest = max(map(exact, self.growth.stops.tolist()), key=len)
        self.error_line = NamedNumber(theme, locale, block, self.words.label("error"), widest)
        self.pool = Pool(theme, block, numbers.squares(numbers.errors), self.arrangement.unit)

    def total(self, errors: FloatArray) -> float:
        """Return the sum of the squared errors."""
        return self.numbers.mean_square(errors) * len(self.numbers)

    def compose(self) -> tuple[Composition, Arrangement, Arrangement]:
        """Return where everything stands, squares as large as may be, and where examples stand at first."""
        numbers, composition = self.numbers, Composition.of(self.layout)
        ends = [numbers.targets, numbers.predictions, numbers.targets - numbers.improved]
        scale = Scale.of(np.concatenate(ends))
        margin = numbers_room(mark_numbers(scale, self.theme, self.settings.locale))
        for self.label_size in (LABEL_SIZE, SMALL_SIZE):
            self.probe = Squares(
                self.theme, self.settings.locale, 1, unit=1.0, clear=_CLEAR, size=self.label_size
            )
            arrangement = arrange(
                composition.examples,
                scale,
                self.reaches,
                margin=margin,
                most_area=composition.most_area(len(numbers)),
                total=self.total(numbers.errors),
                floor=composition.floor,
                crowd=self.label_size == SMALL_SIZE,
            )
            if arrangement is not None:
                break
        assert arrangement is not None
        scale = scale.spaced(arrangement.unit)
        arrangement, rows = replace(arrangement, scale=scale), len(arrangement.floors)
        first = arrange(self.layout.body, scale, self.reaches, margin=margin, only=rows, crowd=True)
        return composition, arrangement, first if first and first.unit > arrangement.unit else arrangement

    def reaches(self, unit: float) -> list[tuple[float, float]]:
        """Return how far each example and its numbers reach left and right of its gap, in scene units."""
        numbers, probe = self.numbers, self.probe
        states = [np.abs(e) for e in (numbers.errors, numbers.improved, numbers.mending(1.0))]
        moved = moving(float(states[0].max()) ** 2)
        reaches = []
        for k, error in enumerate(numbers.errors.tolist()):
            right = [probe.reach(0.0, brief(error)), probe.reach(0.0, "0.0")]
            for side in (float(state[k]) for state in states):
                right += [probe.reach(side * unit, write(side**2)) for write in (exact, moved)]
            reaches.append((_CLEAR, max(right)))
        return reaches

    # The beats.

    def show_examples(self) -> None:
        numbers, examples = self.numbers, self.examples

        def stretch(share: float) -> None:
            examples.show(numbers.errors, stretched=share)
            self.label_errors(numbers.errors * share, brief if share == 1.0 else moving(self.largest))

        self.largest = float(np.abs(numbers.errors).max())
        self.add(examples.scale_lines, examples.rings, self.legend)
        with self.beat("examples"):
            self.add(examples.dots)
            self.play(Drive(examples, lambda t: examples.show(numbers.errors, arrived=t)), run_time=1.4)
            self.add(examples)
            self.label_errors(0.0 * numbers.errors, brief)
            self.play(*(FadeIn(label) for label in examples.labels), run_time=0.2)
            moved = VGroup(examples, *examples.labels)
            self.play(Drive(moved, stretch), run_time=1.4)

    def label_errors(self, errors: FloatArray, write: Callable[[float], str]) -> None:
        """Write errors beside their gaps."""
        starts, whole = self.examples.starts, self.numbers.errors * self.examples.arrangement.unit
        for k, label in enumerate(self.examples.labels):
            label.say(write(float(errors[k])))
            middle = off_lines(float(starts[k, 1] + whole[k] / 2), self.examples.lines[k])
            label.centre_at(np.array([starts[k, 0] + _CLEAR + 0.14 + label.width / 2, middle]))

    def make_room(self, share: float) -> None:
        """Let the examples go so much of the way to where they stand from now on."""
        self.examples.stand(self.first.towards(self.arrangement, share))
        self.label_errors(self.numbers.errors, brief)

    def add_signed_errors(self) -> None:
        pair, reading, numbers = self.pair, self.reading, self.numbers
        first, second = (brief(value / 2) for value in numbers.sums)
        with self.beat("signed"):
            if self.first is not self.arrangement:
                moved = VGroup(self.examples, *self.examples.labels)
                self.play(Drive(moved, self.make_room), run_time=1.0)
            self.add(pair, pair.labels[0])
            self.play(Drive(pair, lambda t: pair.show(np.array([t, 0.0]))), run_time=0.8)
            self.add(pair.labels[1])
            self.play(Drive(pair, lambda t: pair.show(np.array([1.0, t]))), run_time=0.8)
            reading.say(first).ride(pair.block.top)
            self.appear(reading.number, reading.words["mean_error"], run_time=0.4)
            self.wait(PAUSE)
            self.disappear(reading.number, reading.words["mean_error"], run_time=0.2)
            moved = VGroup(pair, *pair.labels)
            self.play(Drive(moved, lambda t: pair.show(np.ones(2), t)), run_time=1.2)
            reading.say(second)
            self.appear(reading.number, reading.words["mean_size"], run_time=0.4)

    def draw_squares(self) -> None:
        examples, squares, errors = self.examples, self.squares, self.numbers.errors
        starts = examples.starts
        with self.beat("squares"):
            gone = [self.pair, *self.pair.labels, self.reading.number, self.reading.words["mean_size"]]
            self.disappear(*gone, *examples.labels, run_time=0.4)
            texts = [exact(area) for area in self.numbers.squares(errors)]
            places = self.places = squares.rest(starts, errors, texts, examples.lines)
            write = moving(self.largest**2)

            def sweep(share: float) -> None:
                squares.show(starts, errors, places, exact if share == 1.0 else write, swept=share)

            sweep(0.0)
            self.add(squares)
            self.play(Drive(squares, sweep), run_time=2.0)

    def grow_error(self) -> None:
        growth, reading, line = self.growth, self.reading, self.error_line
        count = len(growth.stops) - 1
        self.grow_to(0, 0.0)
        with self.beat("growth"):
            self.appear(growth, reading.number, line, run_time=0.4)
            moved = VGroup(growth, reading.number, line)
            for step in range(count):
                self.play(Drive(moved, partial(self.grow_to, step)), run_time=0.8)
                if step + 1 < count:
                    self.play(Drive(moved, partial(self.shrink_after, step)), run_time=0.4)

    def grow_to(self, step: int, share: float) -> None:
        """Show so much of a step of the growing error, and both numbers."""
        growth, high = self.growth, float(self.growth.stops[step + 1])
        growth.grow(step, share)
        still = share in (0.0, 1.0)
        self.error_line.number.say((exact if still else moving(high))(growth.error))
        self.reading.say((exact if still else moving(high**2))(growth.error**2)).ride(growth.top)

    def shrink_after(self, step: int, share: float) -> None:
        """Show so much of the shrinking of the picture after a step."""
        self.growth.shrink(step, share)
        self.reading.ride(self.growth.top)

    def pour_squares(self) -> None:
        pool, reading, words, squares = self.pool, self.reading, self.reading.words, self.squares
        with self.beat("pour"):
            self.disappear(self.growth, reading.number, self.error_line, run_time=0.4)
            reading.say("0").ride(pool.block.bottom)
            several, any_area = len(self.numbers) > 1, pool.total > 0.0
            self.appear(pool.floor, reading.number, words["sum" if several else "mean"], run_time=0.2)
            if any_area:
                pool.sources = squares.drawing.boxes.copy()
                self.pour_to(0.0)
                self.add(pool)
                moved = VGroup(pool, squares.drawing, *squares.labels, reading.number)
                self.play(Drive(moved, self.pour_to, rate_func=linear), run_time=2.0)
            if several:
                self.share_out(any_area=any_area)
            self.wait(PAUSE)

    def pour_to(self, share: float) -> None:
        """Show so much of the pouring; the number is what has arrived."""
        pool = self.pool.pour(share)
        self.squares.empty(pool.way)
        self.reading.say(exact(pool.area)).ride(pool.top)

    def share_out(self, *, any_area: bool) -> None:
        """Divide what was poured together into equal shares, and make a square of one."""
        pool, reading, words = self.pool, self.reading, self.reading.words
        mean = self.numbers.mean_square(self.numbers.errors)
        write = moving(mean * len(self.numbers))

        def divide(share: float) -> None:
            pool.divide(share)
            reading.say(exact(mean) if share == 1.0 else write(pool.area)).ride(pool.top)

        def square_up(share: float) -> None:
            pool.square_up(share)
            reading.ride(pool.top)

        self.disappear(words["sum"], run_time=0.2)
        self.appear(words["share"], run_time=0.2)
        if any_area:
            self.add(pool.shares)
            self.play(Drive(VGroup(pool, pool.shares, reading.number), divide), run_time=1.0)
        self.disappear(words["share"], run_time=0.2)
        turned = [Drive(VGroup(pool, pool.shares, reading.number), square_up)] if any_area else []
        self.play(FadeIn(words["mean"]), *turned, run_time=0.8)

    def improve_predictions(self) -> None:
        with self.beat("improve"):
            squares = self.squares
            self.play(Drive(squares, squares.fill_up), run_time=0.4)
            if self.numbers.closer > 0 and self.largest > 0:
                self.move_errors(self.numbers.improving, run_time=2.4)

    def tell_loss_from_cost(self) -> None:
        words, arrangement = self.reading.words, self.arrangement
        self.losses = [
            self.formula(f"L_{k + 1}", role="loss", size=LABEL_SIZE) for k in range(len(self.numbers))
        ]
        for k, loss in enumerate(self.losses):
            y = float(arrangement.floors[int(arrangement.rows[k])]) - _UNDER_ROW
            loss.stand_at(np.array([arrangement.x[k], y, 0.0]))
        with self.beat("cost"):
            self.play(FadeOut(words["mean"]), *map(FadeIn, self.losses), run_time=0.6)
            self.play(FadeIn(words["cost"]), run_time=0.4)
            if self.numbers.improved.any():
                self.move_errors(self.numbers.mending, run_time=2.0)

    def move_errors(self, state: Callable[[float], FloatArray], *, run_time: float) -> None:
        """Let errors go through the states of a change; squares, mean and numbers with them."""
        numbers, examples, squares = self.numbers, self.examples, self.squares
        before, places = state(0.0), self.places
        examples.show(state(1.0))
        texts = [exact(area) for area in numbers.squares(state(1.0))]
        self.places = squares.rest(examples.starts, state(1.0), texts, examples.lines)
        write = moving(float(numbers.squares(before).max()))
        write_mean = moving(numbers.mean_square(before))

        def show(share: float) -> None:
            errors, still = state(share), share == 1.0
            examples.show(errors)
            squares.show(
                examples.starts, errors, places.towards(self.places, share), exact if still else write
            )
            mean = numbers.mean_square(errors)
            self.pool.show_mean(mean)
            self.reading.say((exact if still else write_mean)(mean)).ride(self.pool.top)

        moved = VGroup(examples, squares, self.pool, self.reading.number)
        self.play(Drive(moved, show), run_time=run_time)
