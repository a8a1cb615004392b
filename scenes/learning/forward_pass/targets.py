"""What the outputs should be, beside what they are, and how far off they are."""

from __future__ import annotations

import numpy as np
from manim import UP, AnimationGroup, VGroup

from nnmath import FloatArray
from scenes.learning.forward_pass.numbers import GIVEN_PLACES, PLACES, ForwardPassNumbers
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.network.edge_label import EdgeLabel
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.network.neuron import Neuron, half_width_for
from scenes.stage.motion import Drive
from scenes.stage.writing import Text
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE, Region
from scenes.style.numerals import math_brief, math_number

_WIDTH = 4.0
_GAP = 0.1
_LONGEST = 6


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
        # They may be wider than neurons: nothing but their own line is beside them.
        markups = [math_number(value, GIVEN_PLACES) for value in numbers.target.tolist()]
        wide = half_width_for(markups, theme, diagram.radius)
        own = max(diagram.radius, min(wide, 0.45 * region.width)) if across else diagram.half_width
        for k, (wanted, missing) in enumerate(
            zip(numbers.target.tolist(), numbers.missing.tolist(), strict=True)
        ):
            output = diagram.neuron(last, k)
            at = output.middle.copy()
            at[0 if across else 1] = region.right - own if across else region.bottom + half + LABEL_SIZE
            ring = Neuron(theme, at, diagram.radius, half_width=own, role="muted")
            ring.write(math_number(wanted, GIVEN_PLACES))
            step = np.array([half + _GAP, 0.0]) if across else np.array([0.0, -half - _GAP])
            back = np.array([own + _GAP, 0.0]) if across else step
            start, end = output.middle[:2] + step, at[:2] - back
            lines.append((start, end))
            label = self._label(abs(missing), diagram, numbers, ring, (start, end), region.right)
            self.rings.append(ring)
            self.labels += [] if label is None else [label]
        self.lines = np.array(lines)
        self.gaps = Segments(theme["wrong"], _WIDTH)
        self.name = name
        top = self.rings[0]
        # A distance may stand over the first ring.
        tops = [top.ring, *(label for label in self.labels if label.get_bottom()[1] > top.ring.get_top()[1])]
        over = max(float(thing.get_top()[1]) for thing in tops) - float(top.middle[1]) + 0.16
        side = np.array([0.0, over if across else -top.radius - 0.4, 0.0])
        middle = top.middle if across else np.mean([ring.middle for ring in self.rings], axis=0)
        name.stand_at(middle + side)
        name.shift(np.array([min(0.0, region.right - float(name.get_right()[0])), 0.0, 0.0]))
        self.measure(0.0)
        self.add(self.gaps, *self.rings, *self.labels, name)

    def _label(
        self,
        missing: float,
        diagram: NetworkDiagram,
        numbers: ForwardPassNumbers,
        ring: Neuron,
        line: tuple[FloatArray, FloatArray],
        right: float,
    ) -> EdgeLabel | None:
        """Return how far off an output is, on its line or over its target, or None if there is no room."""
        full = math_number(missing, PLACES)
        written = full if len(full) <= _LONGEST else math_brief(missing, PLACES)
        size = LABEL_SIZE if diagram.radius > 0.3 else SMALL_SIZE
        label = EdgeLabel(written, diagram.theme, "wrong", size=size)
        if diagram.flow == "down" or label.width < float(np.hypot(*(line[1] - line[0]))):
            label.move_to(np.append((line[0] + line[1]) / 2, 0.0))
            return label
        if numbers.crowded:
            return None
        label.next_to(ring, UP, buff=_GAP)
        label.shift([min(0.0, right - float(label.get_right()[0])), 0.0, 0.0])
        return label

    def measure(self, share: float) -> None:
        """Draw the dashed lines this far from the targets to the outputs; numbers come as they arrive."""
        ends = self.lines[:, 1] + share * (self.lines[:, 0] - self.lines[:, 1])
        pieces = [dashes(start, end) for start, end in zip(self.lines[:, 1], ends, strict=True)]
        self.gaps.set_pieces(np.concatenate(pieces))
        for label in self.labels:
            shown = max(2.0 * share - 1.0, 0.0)
            label.formula.set_opacity(shown)
            label.backing.set_fill(opacity=shown)

    def appear(self) -> AnimationGroup:
        """Return the animation in which the targets appear."""
        return AnimationGroup(*map(_fade, self.rings), _fade(self.name))

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
