"""Matrix as layer: every entry of W is an edge of a fully connected layer."""

from __future__ import annotations

from dataclasses import replace

from manim import Animation, FadeIn, FadeOut, Indicate, LaggedStart, VGroup, smooth, squish_rate_func

from scenes.linear_algebra.matrix_as_layer.flight import arrive, depart
from scenes.linear_algebra.matrix_as_layer.frame import Frame
from scenes.linear_algebra.matrix_as_layer.matrix_product import MatrixProduct
from scenes.linear_algebra.matrix_as_layer.numbers import (
    DEFINITION,
    MatrixAsLayerNumbers,
    MatrixAsLayerParameters,
)
from scenes.linear_algebra.matrix_as_layer.weighted_sum import weighted_sums
from scenes.parts.network.edge import Edge
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.stage.scene import ExplainerScene
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region

_RADIUS = 0.48
# The em of the product where there is room, and of the line below.
_PRODUCT_SIZE = FORMULA_SIZE * 1.6
_LINE_SIZE = FORMULA_SIZE * 1.2
# The least em of that line, and how high it is against what stands above it, by the lines that it takes.
_SMALLEST_LINE = 0.29
_LINE_SHARES = {1: 1.0, 2: 1.2, 3: 1.6}
# The most of the width that the product may take from the diagram.
_WIDEST_PRODUCT = 0.6
_GAP = 0.5
# The frame's distance from entries, in ems: less than they keep from their bracket.
_FRAME_MARGIN = 0.15
# How much of its edge a weight may cover.
_COVER = 0.5
# Seconds for each of so many columns.
_COLUMN_TIME = {1: 1.6, 2: 1.4, 3: 1.2, 4: 1.0}
_TERM_TIME = {1: 1.6, 2: 1.2, 3: 1.0, 4: 0.8}
_ROW_TIME = {1: 1.6, 2: 1.6, 3: 1.2, 4: 1.0}


class MatrixAsLayer(ExplainerScene[MatrixAsLayerParameters, MatrixAsLayerNumbers]):
    """The product W x and the layer that computes it, entry by entry and edge by edge."""

    definition = DEFINITION

    def title_region(self) -> Region:
        title, body = self.layout.title, self.layout.body
        return Region(title.left, title.bottom, body.right, title.top)

    def construct(self) -> None:
        self.set_stage()
        self.send_inputs()
        self.turn_columns_into_edges()
        self.weigh_first_row()
        self.give_output()
        self.repeat_for_other_rows()
        self.put_into_words()

    # The stage.

    def set_stage(self) -> None:
        numbers, body, theme = self.numbers, self.layout.body, self.theme
        self.sums = weighted_sums(theme, numbers, size=_LINE_SIZE, least=_SMALLEST_LINE, room=body.width)
        upper, self.line = body.rows(6, _LINE_SHARES[self.sums[0].lines], gap=0.15)
        for written in self.sums:
            written.within(self.line)
        self.on_line: Formula = self.sums[0]
        self.product = MatrixProduct(theme, numbers, size=_PRODUCT_SIZE)
        self.product.hide_outputs()
        left, right = self.divide(upper)
        above, room = left.rows(1, 5, gap=0.1)
        self.heading = self.formula("bold(y) = W bold(x)", role="muted", size=_LINE_SIZE).within(above)
        self.product.within(room)
        self.diagram = self.build_diagram(right)
        # None where the weights would hide edges or each other.
        self.labels = [self.diagram.edge_labels(0, m, most_covered=_COVER) for m in range(numbers.rows)]
        self.frame = Frame(theme, margin=min(0.09, _FRAME_MARGIN * self.product.size))
        self.add(self.heading, self.product, self.diagram)

    def divide(self, region: Region) -> tuple[Region, Region]:
        """Return the halves of `region`, the left one larger where the product needs the room."""
        left, right = replace(self.layout, body=region).halves(_GAP)
        needed = self.product.width * FORMULA_SIZE / _PRODUCT_SIZE
        if self.layout.panel_flow == "down" and needed > left.width:
            share = min(needed / (region.width - _GAP), _WIDEST_PRODUCT)
            left, right = region.columns(share, 1 - share, gap=_GAP)
        return left, right

    def build_diagram(self, region: Region) -> NetworkDiagram:
        numbers = self.numbers
        given = [values for values in (numbers.inputs, numbers.outputs) if values is not None]
        diagram = NetworkDiagram(
            numbers.network or (numbers.columns, numbers.rows),
            self.theme,
            region,
            names="none" if numbers.network is None else "beside",
            values=[float(value) for values in given for value in values],
            radius=_RADIUS,
        )
        for edge in diagram.edges(0):
            edge.show(0.0)
        return diagram

    # The beats.

    def send_inputs(self) -> None:
        with self.beat("inputs"):
            flights = []
            for n, markup in enumerate(self.product.inputs):
                inside = self.diagram.neuron(0, n).write(markup)
                flights.append(arrive(inside.submobjects[0], self.product.input(n), run_time=1.4))
            self.play(LaggedStart(*flights, lag_ratio=0.2, run_time=2.0))

    def turn_columns_into_edges(self) -> None:
        columns = self.numbers.columns
        with self.beat("columns"):
            for n in range(columns):
                edges, entries = self.diagram.edges(0, n=n), self.product.column(n)
                frame = self.frame.move_around if n else self.frame.appear_around
                self.play(
                    frame(*entries),
                    *(depart(entry, edge.at(0.5)) for entry, edge in zip(entries, edges, strict=True)),
                    *(edge.draw() for edge in edges),
                    run_time=_COLUMN_TIME[columns],
                )

    def weigh_first_row(self) -> None:
        columns, total = self.numbers.columns, self.sums[0]
        total.hide_terms()
        with self.beat("row"):
            self.play(
                self.frame.move_around(*self.product.row(0)), FadeIn(total), *self.focus([]), run_time=0.6
            )
            for n in range(columns):
                self.play(
                    self.frame.move_around(self.product.entry(0, n)),
                    self.diagram.edge(0, 0, n).light(),
                    *(FadeIn(label) for label in self.labels[0][n : n + 1]),
                    self.diagram.pulses(0, m=0, n=n),
                    total.show_term(n),
                    run_time=_TERM_TIME[columns],
                )

    def give_output(self) -> None:
        total = self.sums[0]
        with self.beat("output"):
            self.play(
                self.frame.move_around(*self.product.row(0)),
                *([total.show_total()] if total.numeric else []),
                run_time=0.6,
            )
            self.play(*self.fill_output(0), run_time=1.6)

    def repeat_for_other_rows(self) -> None:
        rows = self.numbers.rows
        with self.beat("rows"):
            if rows == 1:
                self.show_dot_product()
            for m in range(1, rows):
                self.play(
                    self.frame.move_around(*self.product.row(m)),
                    *self.change_line(self.sums[m]),
                    *(FadeOut(label) for label in self.labels[m - 1]),
                    *(FadeIn(label) for label in self.labels[m]),
                    *self.focus(self.diagram.edges(0, m=m)),
                    run_time=0.6,
                )
                self.play(self.diagram.pulses(0, m=m), *self.fill_output(m), run_time=_ROW_TIME[rows])

    def show_dot_product(self) -> None:
        """Send all inputs along their edges at once, and write the sum as one product."""
        short = self.formula("y = bold(w) dot bold(x)", size=_LINE_SIZE).within(self.line)
        self.play(*self.change_line(short), run_time=0.8)
        row = VGroup(*self.product.row(0))
        self.play(self.diagram.pulses(0), Indicate(row, 1.15, self.colour("active")), run_time=1.6)

    def put_into_words(self) -> None:
        rule = self.formula("x_n limits(stretch(->, size: #4em))^(w_(m n)) y_m", size=_LINE_SIZE)
        rule.within(self.line)
        row, column = self.numbers.rows - 1, 0
        with self.beat("words"):
            self.play(
                *self.change_line(rule),
                *(FadeOut(label) for label in self.labels[-1]),
                *self.focus(self.diagram.edges(0, m=row)),
                run_time=0.8,
            )
            self.play(self.diagram.pulses(0, m=row), run_time=1.2)
            self.play(
                self.frame.move_around(*self.product.column(column)),
                *self.focus(self.diagram.edges(0, n=column)),
                run_time=0.8,
            )
            self.play(self.diagram.pulses(0, n=column), run_time=1.2)

    # Motion that several beats share.

    def focus(self, lit: list[Edge]) -> list[Animation]:
        """Return the animations in which these edges light up and all others stand back."""
        return [edge.light() if edge in lit else edge.stand_back() for edge in self.diagram.edges(0)]

    def change_line(self, written: Formula) -> list[Animation]:
        """Return the animations in which a formula takes its place on the line below."""
        old, self.on_line = self.on_line, written
        # One after the other: glyphs of both at once could not be read.
        first, second = squish_rate_func(smooth, 0.0, 0.5), squish_rate_func(smooth, 0.5, 1.0)
        return [FadeOut(old, rate_func=first), FadeIn(written, rate_func=second)]

    def fill_output(self, m: int) -> list[Animation]:
        """Return the animations in which output neuron m and entry m of y receive what the sum comes to."""
        neuron, result = self.diagram.neuron(1, m), self.sums[m].result
        inside = neuron.write(self.product.outputs[m]).submobjects[0]
        return [
            neuron.fill_up(),
            neuron.light(),
            arrive(inside, result),
            arrive(self.product.output(m), result),
        ]
