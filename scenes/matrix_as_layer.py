"""Matrix as layer: every entry of W is an edge of a fully connected layer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import AnimationGroup, FadeIn, FadeOut, Indicate, LaggedStart, VGroup, VMobject

from scenes.base import ExplainerScene
from scenes.definitions.matrix_as_layer import DEFINITION, MatrixAsLayerNumbers
from scenes.layout import FORMULA_SIZE, Region
from scenes.numerals import math_number
from scenes.parts.edge import Edge
from scenes.parts.edge_label import EdgeLabel
from scenes.parts.flight import arrive, depart
from scenes.parts.frame import Frame
from scenes.parts.network_diagram import NetworkDiagram
from scenes.parts.typesetting import named
from scenes.parts.weighted_sum import WeightedSum
from scenes.theme import COLUMN_ROLES, Role

_RADIUS = 0.48
# The largest em of the product, and the share of an edge that its weight may cover.
_PRODUCT_SIZE = FORMULA_SIZE * 1.6
_COVER = 0.5
_LINE_SIZE = FORMULA_SIZE * 1.2
_LABEL_AT = 0.42


class MatrixAsLayer(ExplainerScene[MatrixAsLayerNumbers]):
    """The product W x and the layer that computes it, entry by entry and edge by edge."""

    definition = DEFINITION

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
        numbers = self.numbers
        upper, self.line = self.layout.body.rows(6, 1, gap=0.15)
        self.product = self.formula(self.product_markup(), paint=self.product_paint(), size=_PRODUCT_SIZE)
        left, right = self.product_and_diagram_regions(upper)
        self.heading = self.formula("bold(y) = W bold(x)", role="muted", size=FORMULA_SIZE * 1.15)
        heading, room = left.rows(1, 5, gap=0.1)
        self.heading.within(heading)
        self.product.within(room)
        for m in range(numbers.rows):
            self.product.part(f"y{m + 1}").set_fill(opacity=0.0)
        values = (
            [] if numbers.inputs is None or numbers.outputs is None else [*numbers.inputs, *numbers.outputs]
        )
        self.diagram = NetworkDiagram(
            numbers.network or (numbers.columns, numbers.rows),
            self.theme,
            right,
            names="none" if numbers.network is None else "beside",
            values=values,
            radius=_RADIUS,
        )
        for edge in self.diagram.edges(0):
            edge.show(0.0)
        self.sums = [self.weighted_sum(m) for m in range(numbers.rows)]
        self.labels = [self.edge_labels(m) for m in range(numbers.rows)]
        self.frame = Frame(self.theme)
        self.add(self.heading, self.product, self.diagram)

    def product_and_diagram_regions(self, region: Region) -> tuple[Region, Region]:
        """Return the halves of `region`, or a larger left part where the product needs the room."""
        left, right = replace(self.layout, body=region).halves()
        needed = self.product.width * FORMULA_SIZE / _PRODUCT_SIZE
        if self.layout.panel_flow == "down" and needed > left.width:
            left, right = region.columns(3, 2, gap=0.4)
        return left, right

    def product_markup(self) -> str:
        numbers = self.numbers
        # Room between the entries and the brackets for a frame around the entries.
        rows = "; ".join(
            "med "
            + ", ".join(named(f"w{m}{n}", self.entry(m, n)) for n in range(1, numbers.columns + 1))
            + " med"
            for m in range(1, numbers.rows + 1)
        )
        inputs = "; ".join(named(f"x{n}", self.input_markup(n)) for n in range(1, numbers.columns + 1))
        outputs = "; ".join(named(f"y{m}", self.output_markup(m)) for m in range(1, numbers.rows + 1))
        style = 'delim: "[", row-gap: #0.45em, column-gap: #0.8em'
        sign = "=" if all(numbers.exact) else "approx"
        return f"mat({style}, {rows}) mat({style}, {inputs}) {sign} mat({style}, {outputs})"

    def product_paint(self) -> dict[str, Role]:
        paint: dict[str, Role] = {}
        for n in range(1, self.numbers.columns + 1):
            parts = [f"x{n}", *(f"w{m}{n}" for m in range(1, self.numbers.rows + 1))]
            paint.update(dict.fromkeys(parts, COLUMN_ROLES[n - 1]))
        return paint

    def entry(self, m: int, n: int) -> str:
        """Return the markup of entry (m, n) of W, counted from 1."""
        weights = self.numbers.weights
        return f"w_({m}{n})" if weights is None else math_number(weights[m - 1, n - 1])

    def input_markup(self, n: int) -> str:
        inputs = self.numbers.inputs
        return f"x_{n}" if inputs is None else math_number(inputs[n - 1])

    def output_markup(self, m: int) -> str:
        outputs = self.numbers.outputs
        return self.output_name(m) if outputs is None else math_number(outputs[m - 1])

    def output_name(self, m: int) -> str:
        return "y" if self.numbers.rows == 1 else f"y_{m}"

    def weighted_sum(self, m: int) -> WeightedSum:
        """Return the sum that output m, counted from 0, comes to."""
        numbers = self.numbers
        numeric = numbers.weights is not None and numbers.outputs is not None
        written = WeightedSum(
            self.theme,
            self.output_name(m + 1),
            m + 1,
            numbers.columns,
            weights=numbers.weights[m] if numbers.weights is not None else None,
            inputs=numbers.inputs,
            total=numbers.outputs[m] if numbers.outputs is not None else None,
            sign="=" if not numeric or numbers.exact[m] else "approx",
            size=_LINE_SIZE,
        )
        return written.within(self.line)

    def edge_labels(self, m: int) -> list[EdgeLabel]:
        """Return the weights to stand on the edges into output m; none where they would hide the edges."""
        edges = self.diagram.edges(0, m=m)
        labels = [self.diagram.edge_label(0, m, n, share=_LABEL_AT) for n in range(self.numbers.columns)]
        fits = all(
            label.width < _COVER * np.hypot(*(edge.end - edge.start))
            for label, edge in zip(labels, edges, strict=True)
        )
        return labels if fits else []

    def row_of_product(self, m: int) -> list[VMobject]:
        return [self.product.part(f"w{m + 1}{n + 1}") for n in range(self.numbers.columns)]

    def column_of_product(self, n: int) -> list[VMobject]:
        return [self.product.part(f"w{m + 1}{n + 1}") for m in range(self.numbers.rows)]

    # The beats.

    def send_inputs(self) -> None:
        with self.beat("inputs"):
            flights = []
            for n in range(self.numbers.columns):
                inside = self.diagram.neuron(0, n).write(self.input_markup(n + 1))
                flights.append(arrive(inside.submobjects[0], self.product.part(f"x{n + 1}"), run_time=1.4))
            self.play(LaggedStart(*flights, lag_ratio=0.2, run_time=2.0))

    def turn_columns_into_edges(self) -> None:
        columns = self.numbers.columns
        each = 1.4 if columns <= 2 else 1.2 if columns == 3 else 1.0
        with self.beat("columns"):
            for n in range(columns):
                edges = self.diagram.edges(0, n=n)
                entries = self.column_of_product(n)
                ahead = self.frame.move_around if n else self.frame.appear_around
                self.play(
                    ahead(*entries),
                    *(depart(entry, edge.at(0.5)) for entry, edge in zip(entries, edges, strict=True)),
                    *(edge.draw() for edge in edges),
                    run_time=each,
                )

    def weigh_first_row(self) -> None:
        columns = self.numbers.columns
        each = 1.2 if columns <= 2 else 1.0 if columns == 3 else 0.8
        total = self.sums[0]
        total.hide_terms()
        with self.beat("row", caption="row" if columns > 1 else "row-one"):
            self.play(
                self.frame.move_around(*self.row_of_product(0)), FadeIn(total), *self.focus([]), run_time=0.6
            )
            for n in range(columns):
                edge = self.diagram.edge(0, 0, n)
                self.play(
                    self.frame.move_around(self.product.part(f"w1{n + 1}")),
                    edge.light(),
                    self.diagram.pulses(0, m=0, n=n),
                    total.show_term(n + 1),
                    *(FadeIn(label) for label in self.labels[0][n : n + 1]),
                    run_time=each,
                )

    def give_output(self) -> None:
        numbers = self.numbers
        caption = "output-one" if numbers.columns == 1 else "output"
        with self.beat("output", caption=caption):
            self.play(self.frame.move_around(*self.row_of_product(0)), *self.sum_up(0), run_time=0.6)
            self.play(*self.fill_output(0), run_time=1.4)

    def repeat_for_other_rows(self) -> None:
        rows = self.numbers.rows
        caption = "rows-one" if rows == 1 else "rows-two" if rows == 2 else "rows"
        with self.beat("rows", caption=caption):
            if rows == 1:
                self.show_dot_product()
            for m in range(1, rows):
                into = self.diagram.edges(0, m=m)
                self.play(
                    self.frame.move_around(*self.row_of_product(m)),
                    FadeOut(self.sums[m - 1]),
                    FadeIn(self.sums[m]),
                    *(FadeOut(label) for label in self.labels[m - 1]),
                    *(FadeIn(label) for label in self.labels[m]),
                    *self.focus(into),
                    run_time=0.6,
                )
                self.play(
                    self.diagram.pulses(0, m=m), *self.fill_output(m), run_time=1.2 if rows <= 3 else 1.0
                )

    def show_dot_product(self) -> None:
        """Send all inputs along their edges at once, and write the sum as one product."""
        short = self.formula(f"{self.output_name(1)} = bold(w) dot bold(x)", size=_LINE_SIZE).within(
            self.line
        )
        self.play(FadeOut(self.sums[0]), FadeIn(short), run_time=0.8)
        self.play(
            self.diagram.pulses(0),
            Indicate(VGroup(*self.row_of_product(0)), 1.15, self.colour("active")),
            run_time=1.4,
        )
        self.sums[0] = short  # type: ignore[assignment]

    def put_into_words(self) -> None:
        numbers = self.numbers
        rule = self.formula("x_n limits(stretch(->, size: #4em))^(w_(m n)) y_m", size=_LINE_SIZE)
        rule.within(self.line)
        row, column = numbers.rows - 1, 0
        with self.beat("words"):
            self.play(
                FadeOut(self.sums[-1]),
                FadeIn(rule),
                *(FadeOut(label) for label in self.labels[-1]),
                *self.focus(self.diagram.edges(0, m=row)),
                run_time=0.8,
            )
            self.play(self.diagram.pulses(0, m=row), run_time=1.2)
            self.play(
                self.frame.move_around(*self.column_of_product(column)),
                *self.focus(self.diagram.edges(0, n=column)),
                run_time=0.8,
            )
            self.play(self.diagram.pulses(0, n=column), run_time=1.2)

    # Motion that several beats share.

    def focus(self, lit: list[Edge]) -> list[AnimationGroup]:
        """Return the animation in which these edges light up and all others stand back."""
        return [edge.light() if edge in lit else edge.stand_back() for edge in self.diagram.edges(0)]

    def sum_up(self, m: int) -> list[AnimationGroup]:
        total = self.sums[m]
        return [total.show_total()] if total.numeric else []

    def fill_output(self, m: int) -> list[AnimationGroup]:
        """Return the animation in which output neuron m and entry m of y receive what the sum comes to."""
        neuron = self.diagram.neuron(1, m)
        inside = neuron.write(self.output_markup(m + 1)).submobjects[0]
        result = self.sums[m].result
        entry = self.product.part(f"y{m + 1}")
        return [neuron.fill_up(), neuron.light(), arrive(inside, result), arrive(entry, result)]
