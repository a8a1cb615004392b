"""Matrix as layer: every entry of W is an edge of a fully connected layer."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Animation, FadeIn, FadeOut, Indicate, VMobject, smooth, squish_rate_func

from scenes.linear_algebra.matrix_as_layer.landing import Landing
from scenes.linear_algebra.matrix_as_layer.matrix_product import MatrixProduct
from scenes.linear_algebra.matrix_as_layer.numbers import (
    DEFINITION,
    MatrixAsLayerNumbers,
    MatrixAsLayerParameters,
)
from scenes.linear_algebra.matrix_as_layer.regions import Regions
from scenes.linear_algebra.matrix_as_layer.weighted_sum import WeightedSum, weighted_sums
from scenes.parts.network.edge import Edge
from scenes.parts.network.edge_label import EdgeLabel
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.writing.flight import arrive
from scenes.parts.writing.frame import Frame
from scenes.parts.writing.placing import size_of
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region, Shade

# A neuron's radius, at most such a share of the diagram's width without the names: edges need the rest.
_RADIUS, _OF_WIDTH, _NAMES = 0.62, 0.125, 1.24
# The em of the product where there is room, of the line below, and of what is written on edges.
_PRODUCT_SIZE = FORMULA_SIZE * 1.7
_LINE_SIZE = FORMULA_SIZE * 1.2
_LABEL_SIZES = (0.44, 0.38, 0.33)
# The least em of that line, and how high it is by the lines that it takes.
_SMALLEST_LINE = 0.3
_LINE_HEIGHTS = {1: 0.75, 2: 1.0, 3: 1.3}
# How far above the product its heading stands at the most, and the least height that it needs.
_HEADING_ABOVE, _LEAST_ABOVE = 0.75, 0.5
# The frame's distance from entries, in ems: less than they keep from their bracket.
_FRAME_MARGIN = 0.15
# A diagram is narrow below this width; there numbers in neurons have so many characters at most.
_NARROW, _LONGEST = 3.9, 4
# The least em of the product beside a plane.
_SMALLEST_PRODUCT = 0.29
# How much of its edge a label may cover.
_COVER = 0.55
# Seconds for each flight of the first column, by rows, and of so many others.
_ENTRY_TIME = {1: 1.0, 2: 0.8, 3: 0.8, 4: 0.8}
_COLUMN_TIME = {1: 0.8, 2: 0.6, 3: 0.4}
# Seconds for the lighting and the flight of one of so many terms, and for each step of one of so many rows.
_TERM_TIME = {1: 1.2, 2: 1.0, 3: 0.8, 4: 0.6}
_ROW_TIME = {1: 0.8, 2: 0.8, 3: 0.8, 4: 0.6}
_OUT, _IN = squish_rate_func(smooth, 0.0, 0.5), squish_rate_func(smooth, 0.5, 1.0)


class MatrixAsLayer(ExplainerScene[MatrixAsLayerParameters, MatrixAsLayerNumbers]):
    """The product W x and the layer that computes it, entry by entry and edge by edge."""

    definition = DEFINITION

    def setup(self) -> None:
        numbers, theme, tips = self.numbers, self.theme, self.numbers.tips
        room = self.layout.body.width
        self.sums = weighted_sums(theme, numbers, size=_LINE_SIZE, least=_SMALLEST_LINE, room=room)
        self.regions = self.divide(0 if tips is None else numbers.rows)
        self.landing = None
        if tips is not None and self.regions.plane is not None:
            landing = Landing(theme, self.layout, self.regions.plane, numbers, tips)
            self.landing = landing if landing.clear and self.is_readable() else None
        if self.landing is None:
            self.regions = self.divide(0)
        super().setup()

    def divide(self, plane: int) -> Regions:
        """Return where everything stands, with a plane of so many dimensions or none.

        The product is written as it is largest there.
        """
        height = _LINE_HEIGHTS[self.sums[0].lines]
        choices = []
        for stacked in (False, True):
            product = MatrixProduct(self.theme, self.numbers, size=_PRODUCT_SIZE, stacked=stacked)
            size = size_of(product)
            regions = Regions.of(self.layout, product=size, line_height=height, plane=plane)
            _, room = _heading_and_product(regions.product)
            choices.append((min(1.0, room.width / size[0], room.height / size[1]), product, regions))
        self.shrunk, self.product, regions = max(choices, key=lambda choice: choice[0])
        return regions

    def is_readable(self) -> bool:
        """Tell whether numbers in the product and in the neurons are large enough beside the plane."""
        written = [*self.product.inputs, *self.product.outputs]
        narrow = self.regions.diagram.width < _NARROW and max(map(len, written)) > _LONGEST
        return _PRODUCT_SIZE * self.shrunk >= _SMALLEST_PRODUCT and not narrow

    def title_region(self) -> Region:
        return self.regions.title

    def shades(self) -> tuple[Shade, ...]:
        return self.regions.shade, self.layout.caption_shade

    def construct(self) -> None:
        self.set_stage()
        self.send_inputs()
        self.follow_first_column()
        if self.numbers.columns > 1:
            self.follow_other_columns()
        self.weigh_first_row()
        self.give_output()
        self.repeat_for_other_rows()
        self.put_into_words()

    # The stage.

    def set_stage(self) -> None:
        numbers, theme, regions = self.numbers, self.theme, self.regions
        for written in self.sums:
            written.within(regions.line)
        self.on_line: Formula = self.sums[0]
        above, room = _heading_and_product(regions.product)
        self.heading = self.formula("bold(y) = W bold(x)", role="muted", size=_LINE_SIZE)
        self.product.within(room)
        nearest = float(self.product.get_top()[1]) + _HEADING_ABOVE
        if above is not None:
            self.heading.move_to([above.center[0], min(above.center[1], nearest), 0.0])
        self.product.hide_outputs()
        for written in (self.product, *self.sums):
            written.set_z_index(PANEL)
        self.diagram = self.build_diagram(regions.diagram)
        self.columns = [self.labels(n=n) for n in range(numbers.columns)]
        self.rows = [self.labels(m=m) for m in range(numbers.rows)]
        self.on_edges: Sequence[EdgeLabel] = ()
        self.frame = Frame(theme, margin=min(0.09, _FRAME_MARGIN * self.product.size))
        self.add(*([] if above is None else [self.heading]), self.product, self.diagram)
        if self.landing is not None:
            self.add(self.landing.world, self.landing.rest)

    def build_diagram(self, region: Region) -> NetworkDiagram:
        numbers = self.numbers
        given = [values for values in (numbers.inputs, numbers.outputs) if values is not None]
        diagram = NetworkDiagram(
            numbers.network or (numbers.columns, numbers.rows),
            self.theme,
            region,
            names="none" if numbers.network is None else "beside",
            values=[float(value) for values in given for value in values],
            radius=min(_RADIUS, _OF_WIDTH * (region.width - (0.0 if numbers.network is None else _NAMES))),
        )
        for edge in diagram.edges(0):
            edge.show(0.0)
        return diagram

    def labels(self, *, m: int | None = None, n: int | None = None) -> list[EdgeLabel]:
        """Return the weights on the edges out of input n, or the products on those into output m.

        None where they would hide edges or each other.
        """
        markups = None if m is None else [self.numbers.product(m, k) for k in range(self.numbers.columns)]
        for size in _LABEL_SIZES:
            found = self.diagram.edge_labels(0, m, n, most_covered=_COVER, size=size, markups=markups)
            if found:
                return found
        return []

    # The beats.

    def send_inputs(self) -> None:
        with self.beat("inputs"):
            for n, markup in enumerate(self.product.inputs):
                inside = self.diagram.neuron(0, n).write(markup).submobjects[0]
                self.play(self.fly(inside, self.product.input(n), run_time=0.8))

    def follow_first_column(self) -> None:
        rows, labels = self.numbers.rows, self.columns[0]
        with self.beat("column"):
            self.play(self.frame.appear_around(*self.product.column(0)), run_time=0.4)
            self.show_labels(labels)
            for m, edge in enumerate(self.diagram.edges(0, n=0)):
                self.play(*self.lay_on_edge(m, 0), edge.draw(), edge.light(), run_time=_ENTRY_TIME[rows])
            if self.landing is not None:
                self.land_first(self.landing)
            self.wait(PAUSE)

    def land_first(self, landing: Landing) -> None:
        """Let what is on the edges out of x₁ become the coordinates of where i lands."""
        place, labels = landing.places[0], self.columns[0]
        sources = [label.formula for label in labels] or self.product.column(0)
        for m, number in enumerate(place.numbers):
            legs = [place.draw_leg(0, run_time=0.6)] if m == 1 else []
            self.play(self.fly_to(number, sources[m]), *legs, run_time=0.8)
        last = len(place.numbers) - 1
        self.play(place.draw_leg(1 if last else 0), landing.draw(0), run_time=0.8)

    def follow_other_columns(self) -> None:
        columns = self.numbers.columns
        with self.beat("columns"):
            for n in range(1, columns):
                self.play(*self.clear_edges(), *self.focus([]), run_time=0.2)
                self.follow_column(n, seconds=_COLUMN_TIME[columns - 1])
                if self.landing is not None:
                    self.play(*self.land(self.landing, n), run_time=0.8)

    def follow_column(self, n: int, *, seconds: float) -> None:
        """Let the entries of a column fly onto their edges, one after the other."""
        self.show_labels(self.columns[n])
        frame = [self.frame.change_to(*self.product.column(n))]
        for m, edge in enumerate(self.diagram.edges(0, n=n)):
            self.play(*frame, *self.lay_on_edge(m, n), edge.draw(), edge.light(), run_time=seconds)
            frame = []

    def land(self, landing: Landing, n: int) -> list[Animation]:
        """Return the animations in which the n-th basis vector lands at once, with its coordinates."""
        place = landing.places[n]
        legs = [place.draw_leg(0), place.draw_leg(1)]
        return [*legs, landing.draw(n), *(FadeIn(number) for number in place.numbers)]

    def weigh_first_row(self) -> None:
        columns, total = self.numbers.columns, self.sums[0]
        total.hide_terms()
        with self.beat("row"):
            self.play(
                self.frame.change_to(*self.product.row(0)),
                FadeIn(total),
                *self.clear_edges(),
                *self.focus([]),
                run_time=0.6,
            )
            for n in range(columns):
                self.weigh(n, total)

    def weigh(self, n: int, total: WeightedSum) -> None:
        """Light the entry of row 1 and column n and its edge; their product joins the sum."""
        label, seconds = self.rows[0][n : n + 1], _TERM_TIME[self.numbers.columns]
        self.on_edges = self.rows[0][: n + 1]
        self.play(
            self.frame.change_to(self.product.entry(0, n)),
            self.diagram.edge(0, 0, n).light(),
            self.diagram.pulses(0, m=0, n=n),
            *map(FadeIn, label),
            *([] if label else total.show_term(n)),
            run_time=seconds,
        )
        for each in label:
            flight = self.fly(total.term(n), each.formula)
            self.play(flight, *total.show_term(n, flying=True), run_time=seconds)

    def give_output(self) -> None:
        total = self.sums[0]
        with self.beat("output"):
            shown = [total.show_total()] if total.numeric else []
            self.play(self.frame.change_to(*self.product.row(0)), *shown, run_time=0.6)
            self.fill_output(0, run_time=1.0)

    def repeat_for_other_rows(self) -> None:
        rows = self.numbers.rows
        with self.beat("rows"):
            if rows == 1:
                self.show_dot_product()
            for m in range(1, rows):
                self.play(
                    self.frame.change_to(*self.product.row(m)),
                    *self.change_line(self.sums[m]),
                    *self.change_labels(self.rows[m]),
                    *self.focus(self.diagram.edges(0, m=m)),
                    run_time=0.6,
                )
                self.fill_output(m, run_time=_ROW_TIME[rows])

    def show_dot_product(self) -> None:
        """Send all inputs along their edges at once, and write the sum as one product."""
        short = self.formula("y = bold(w) dot bold(x)", size=_LINE_SIZE).within(self.regions.line)
        self.play(*self.change_line(short), run_time=0.8)
        self.play(self.diagram.pulses(0), run_time=1.2)

    def put_into_words(self) -> None:
        rule = self.formula("x_n limits(stretch(->, size: #4em))^(w_(m n)) y_m", size=_LINE_SIZE)
        rule.within(self.regions.line)
        row, column = self.numbers.rows - 1, 0
        with self.beat("words"):
            self.play(
                *self.change_line(rule),
                *self.clear_edges(),
                *self.focus(self.diagram.edges(0, m=row)),
                run_time=0.8,
            )
            self.play(self.diagram.pulses(0, m=row), run_time=1.0)
            self.play(
                self.frame.change_to(*self.product.column(column)),
                *self.focus(self.diagram.edges(0, n=column)),
                run_time=0.6,
            )
            landed = (
                []
                if self.landing is None
                else [Indicate(self.landing.places[0].arrow, 1.12, self.colour("basis_i"))]
            )
            self.play(self.diagram.pulses(0, n=column), *landed, run_time=1.0)

    # Motion that several beats share.

    def fly(self, target: VMobject, source: VMobject, **options: float) -> Drive:
        """Return the animation in which letters fly from `source` to become `target`, past all writing."""
        resting = [*self.product.submobjects, self.heading, self.title, *self.on_line.submobjects]
        neurons = [*self.diagram.column(0), *self.diagram.column(1)]
        parts = [part for each in neurons for part in (each.ring, each.inside, each.label)]
        resting += [part for part in (*parts, self.caption_bar.caption) if part is not None]
        resting += [label.formula for label in self.on_edges]
        resting += [] if self.landing is None else [*self.landing.names, *self.numbers_in_plane()]
        ends = {*target.get_family(), *source.get_family()}
        past = [thing for thing in resting if not ends & {*thing.get_family()}]
        return arrive(self.theme, target, source, within=self.layout.text_safe, past=past, **options)

    def numbers_in_plane(self) -> list[Formula]:
        return [] if self.landing is None else [each for p in self.landing.places for each in p.numbers]

    def fly_to(self, written: Formula, source: VMobject) -> Drive:
        """Return the animation in which a formula of one part comes flying."""
        self.add(written)
        return self.fly(written.submobjects[0], source)

    def show_labels(self, labels: Sequence[EdgeLabel]) -> None:
        """Put labels on their edges, where they wait for what they say."""
        self.on_edges = labels
        for label in labels:
            label.formula.submobjects[0].set_fill(opacity=0.0)
        self.add(*labels)

    def lay_on_edge(self, m: int, n: int) -> list[Animation]:
        """Return the animation in which an entry flies onto its edge, if there is room for it."""
        entry = self.product.entry(m, n)
        return [self.fly(label.formula.submobjects[0], entry) for label in self.columns[n][m : m + 1]]

    def clear_edges(self) -> list[Animation]:
        """Return the animations in which what is written on edges goes."""
        gone, self.on_edges = self.on_edges, ()
        return [FadeOut(label, rate_func=_OUT) for label in gone]

    def change_labels(self, labels: Sequence[EdgeLabel]) -> list[Animation]:
        """Return the animations in which labels come when those that are on edges have gone."""
        gone = self.clear_edges()
        self.on_edges = labels
        return [*gone, *(FadeIn(label, rate_func=_IN) for label in labels)]

    def focus(self, lit: list[Edge]) -> list[Animation]:
        """Return the animations in which these edges light up and all others stand back."""
        return [edge.light() if edge in lit else edge.stand_back() for edge in self.diagram.edges(0)]

    def change_line(self, written: Formula) -> list[Animation]:
        """Return the animations in which a formula takes its place on the line below."""
        old, self.on_line = self.on_line, written
        # One after the other: glyphs of both at once could not be read.
        return [FadeOut(old, rate_func=_OUT), FadeIn(written, rate_func=_IN)]

    def fill_output(self, m: int, *, run_time: float) -> None:
        """Let what the sum comes to fly into output neuron m, then to entry m of y."""
        neuron, result = self.diagram.neuron(1, m), self.sums[m].result
        inside = neuron.write(self.product.outputs[m]).submobjects[0]
        self.play(self.fly(inside, result), neuron.fill_up(), neuron.light(), run_time=run_time)
        self.play(self.fly(self.product.output(m), result), run_time=run_time)


def _heading_and_product(region: Region) -> tuple[Region | None, Region]:
    """Return the room of the heading, None where there is too little, and that of the product."""
    above, below = region.rows(1, 4.2, gap=0.1)
    return (above, below) if above.height >= _LEAST_ABOVE else (None, region)
