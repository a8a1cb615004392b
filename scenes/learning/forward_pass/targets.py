"""What the outputs should be, beside what they are, and how far off they are."""

from __future__ import annotations

import numpy as np
from manim import AnimationGroup, VGroup

from scenes.learning.forward_pass.numbers import PLACES, ForwardPassNumbers, says
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.network.edge_label import EdgeLabel
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.network.neuron import Neuron
from scenes.stage.motion import Drive
from scenes.stage.writing import Text
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE, Region
from scenes.style.numerals import math_fixed, math_number

_WIDTH = 4.0
_GAP = 0.1


class Targets(VGroup):
    """A dashed line from every output to its target, with the distance between their numbers on it.

    Attributes:
        rings: the targets, the first output's first. gaps: the dashed lines as one mobject.
        labels: how far off each output is.
    """

    def __init__(
        self, diagram: NetworkDiagram, numbers: ForwardPassNumbers, region: Region, name: Text
    ) -> None:
        """Stand right of the outputs, or under them, within a region; `name` says what the rings are."""
        super().__init__()
        if numbers.target is None or numbers.missing is None:
            raise ValueError("numbers must have a target")
        theme, last = diagram.theme, len(diagram.sizes) - 1
        across = diagram.flow == "across"
        half = diagram.half_width if across else diagram.radius
        self.rings: list[Neuron] = []
        self.labels: list[EdgeLabel] = []
        lines = []
        for k, (wanted, missing) in enumerate(
            zip(numbers.target.tolist(), numbers.missing.tolist(), strict=True)
        ):
            output = diagram.neuron(last, k)
            at = output.middle.copy()
            at[0 if across else 1] = region.right - half if across else region.bottom + half + LABEL_SIZE
            ring = Neuron(
                theme, at, diagram.radius, half_width=diagram.half_width, role="muted", page=diagram.page
            )
            ring.write(says(wanted))
            step = np.array([half + _GAP, 0.0]) if across else np.array([0.0, -half - _GAP])
            start, end = output.middle[:2] + step, at[:2] - step
            lines.append((start, end))
            size = LABEL_SIZE if diagram.radius > 0.3 else SMALL_SIZE
            written = (
                math_number(abs(missing), PLACES) if abs(missing) < 1000 else math_fixed(abs(missing), 0)
            )
            label = EdgeLabel(written, theme, "wrong", diagram.page, size=size)
            label.move_to(np.append((start + end) / 2, 0.0))
            self.rings.append(ring)
            self.labels.append(label)
        self.lines = np.array(lines)
        self.gaps = Segments(theme["wrong"], _WIDTH)
        self.name = name
        top = self.rings[0]
        side = np.array([0.0, top.radius + 0.16, 0.0]) if across else np.array([0.0, -top.radius - 0.4, 0.0])
        middle = top.middle if across else np.mean([ring.middle for ring in self.rings], axis=0)
        name.stand_at(middle + side)
        name.shift(np.array([min(0.0, region.right - float(name.get_right()[0])), 0.0, 0.0]))
        self.measure(0.0)
        self.add(self.gaps, *self.rings, *self.labels, name)

    def measure(self, share: float) -> None:
        """Draw the dashed lines this far from the targets towards the outputs, numbers on them when they arrive."""
        ends = self.lines[:, 1] + share * (self.lines[:, 0] - self.lines[:, 1])
        pieces = [dashes(start, end) for start, end in zip(self.lines[:, 1], ends, strict=True)]
        self.gaps.set_pieces(np.concatenate(pieces))
        for label in self.labels:
            shown = max(2.0 * share - 1.0, 0.0)
            label.formula.set_opacity(shown)
            label.backing.set_fill(opacity=shown)

    def appear(self) -> AnimationGroup:
        """Return the animation in which the targets appear."""
        return AnimationGroup(*(_fade(thing) for thing in (*self.rings, self.name)))

    def compare(self) -> Drive:
        """Return the animation in which the distances are measured."""
        return Drive(VGroup(self.gaps, *self.labels), self.measure, run_time=1.0)


def _fade(thing: Neuron | Text) -> Drive:
    def show(t: float) -> None:
        if isinstance(thing, Text):
            thing.set_fill(opacity=t)
            return
        thing.ring.set_stroke(opacity=t)
        thing.ring.set_fill(opacity=t)
        if thing.inside is not None:
            thing.inside.set_fill(opacity=t)

    show(0.0)
    return Drive(thing, show, run_time=0.6)
