"""One forward pass as one uninterrupted motion: inputs enter, and layer after layer lights up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
from manim import VGroup, linear, smooth

from nnmath import FloatArray, ForwardPass
from scenes.parts.network.edge import Edge
from scenes.parts.network.neuron import Neuron
from scenes.parts.network.signals import Signals
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.style.layout import Region
from scenes.style.numerals import math_brief

# Where in its stage, a share of it each: pulses arrive; a number and its neuron's light begin, and are there.
_ARRIVAL, _BEGIN, _END = 0.86, 0.72, 1.12
# Edges light up, and go out again.
_LIT, _FADING, _OUT = 0.2, 0.7, 1.0
# What was said before has gone by this share of the first stage.
_GONE = 0.4
# How far from its neuron what enters sets out, in radii.
_FAR = 6.0
# Edges that shine lie over those at rest.
_FRONT = PANEL + 0.2
# An edge that carries little still shows that something runs on it.
_DULLEST = 0.12


class Carried:
    """What runs along the edges of a layer in one forward pass.

    Attributes:
        sizes: each pulse's as it sets out and as it arrives, `(edges,)` each, shares of the largest of the
            layer by area: an input's size, and its product's with the weight.
        hollow: which products are negative, `(edges,)`. levels: how brightly the edges shine.
    """

    def __init__(self, inputs: FloatArray, weights: FloatArray) -> None:
        """Compute them for inputs, `(edges,)`, and the weights that they meet, `(edges,)`."""
        products = inputs * weights
        self.sizes = _shares(inputs), _shares(products)
        self.hollow: npt.NDArray[np.bool_] = products < 0
        self.levels = np.where(products == 0, 0.0, _DULLEST + (1 - _DULLEST) * self.sizes[1])


class Wave:
    """A forward pass that runs through a diagram, as a function of time alone.

    Its first stage brings the inputs, and then every stage is a layer's: pulses as large as what they carry
    run along its edges, which shine as brightly, and the neurons at their ends say and shine what comes out.

    Attributes:
        seconds: how long it takes.
    """

    def __init__(
        self,
        signals: Signals,
        forward: ForwardPass,
        *,
        example: int = 0,
        stage: float = 1.0,
        enter: bool = True,
        until: int | None = None,
        frame: Region | None = None,
        write: Callable[[int, float], str] | None = None,
    ) -> None:
        """Prepare one example's pass.

        Args:
            stage: the seconds that every stage takes.
            enter: whether the inputs come too, or are there already.
            until: the last column that it reaches, that of the outputs unless given.
            frame: what pulses keep within, the diagram's region unless given.
            write: what a neuron of a column says for a value, as formula markup.
        """
        diagram = signals.diagram
        self.signals, self.stage = signals, stage
        self._write = write or (lambda column, value: math_brief(value, signals.places))
        self.columns = [values[example] for values in (forward.inputs, *forward.activations)]
        self.first = 0 if enter else 1
        self.last = len(self.columns) - 1 if until is None else until
        self.pulses = diagram.new_pulses(frame)
        # How far each neuron has come and gone, as it was shown last.
        self._shown: dict[tuple[int, int], tuple[float, float]] = {}
        self._neurons: list[list[tuple[Neuron, float, float]]] = []
        for column in range(len(self.columns)):
            # What is drawn must be there, if hidden, before the motion begins.
            drawn = [diagram.neuron(column, k) for k in diagram.shown[column]]
            for neuron, k in zip(drawn, diagram.shown[column], strict=True):
                if neuron.inside is None and self.first <= column <= self.last:
                    neuron.write(self._write(column, float(self.columns[column][k]))).set_fill(opacity=0.0)
            self._neurons.append([(neuron, neuron.level, _opacity(neuron)) for neuron in drawn])
        self.edges = [diagram.edges(layer) for layer in range(self.last)]
        self.carried = [carried_on(signals, layer, self.columns[layer]) for layer in range(len(self.edges))]
        self.ways = [self._ways_in(), *(self._ways(layer) for layer in range(len(self.edges)))]

    @property
    def seconds(self) -> float:
        return self.stage * (self.last + 1 - self.first) + 0.2

    def slices(self) -> Iterator[Drive]:
        """Yield the animations that follow each other without a seam, one for each stage.

        What is still in a stage lies under what moves, so that it need not be drawn again in every frame.
        """
        stages = self.last + 1 - self.first
        for k in range(stages):
            start = k * self.stage
            end = self.seconds if k == stages - 1 else start + self.stage
            lit = self._lit(self.first + k - 1)
            for edge in lit:
                edge.set_z_index(_FRONT)
            moving = VGroup(self.pulses, *lit, *self._drawn())
            yield Drive(
                moving, self.show, start=start, end=end, run_time=round(end - start, 6), rate_func=linear
            )
            for edge in lit:
                edge.set_z_index(PANEL)

    def _lit(self, layer: int) -> list[Edge]:
        """Return the edges of a layer that carry something; none if that is what brings the inputs."""
        if layer < 0:
            return []
        levels = self.carried[layer].levels
        return [edge for edge, level in zip(self.edges[layer], levels, strict=True) if level > 0.0]

    def _drawn(self) -> list[Neuron]:
        return [neuron for column in self._neurons for neuron, _, _ in column]

    def show(self, seconds: float) -> None:
        """Show the instant so many seconds after the beginning."""
        now = seconds / self.stage + self.first
        for column in range(self.first, self.last + 1):
            self._show_column(column, now - column, (now - self.first) / _GONE)
        for layer, edges in enumerate(self.edges):
            light = _envelope(now - layer - 1)
            for edge, level in zip(edges, self.carried[layer].levels, strict=True):
                if edge.level != light * level:
                    edge.shine(light * float(level))
        self._show_pulses(now)

    def _show_column(self, column: int, stage: float, going: float) -> None:
        come = min(max((stage - _BEGIN) / (_END - _BEGIN), 0.0), 1.0)
        # Inputs stay until others take their place.
        gone = min(max(going if column else (stage - 0.5) / (_BEGIN - 0.5), 0.0), 1.0)
        for place, k in enumerate(self.signals.diagram.shown[column]):
            neuron, level, opacity = self._neurons[column][place]
            value = float(self.columns[column][k])
            if come > 0.0 and neuron.number != value:
                neuron.tell(self._write(column, value))
                neuron.number = value
            if self._shown.get((column, k)) == (come, gone):
                continue
            self._shown[column, k] = come, gone
            shining = smooth(come) * self.signals.level(column, value) if come else (1.0 - gone) * level
            neuron.glow(float(shining), self.signals.role)
            if neuron.inside is not None:
                neuron.inside.set_fill(opacity=come if come else (1.0 - gone) * opacity)

    def _show_pulses(self, now: float) -> None:
        stage = min(int(now), len(self.ways) - 1)
        share = (now - stage) / _ARRIVAL
        starts, ends = self.ways[stage]
        if stage < self.first or not 0.0 <= share < 1.0:
            self.pulses.show_at(np.zeros((0, 2)), np.zeros((0, 2)))
            return
        if stage == 0:
            first = last = _shares(self.columns[0][list(self.signals.diagram.shown[0])])
            hollow = None
        else:
            first, last = self.carried[stage - 1].sizes
            hollow = self.carried[stage - 1].hollow & (share > 0.5)
        run = _even(share)
        self.pulses.show_at(starts + run * (ends - starts), starts, first + run * (last - first), hollow)

    def _ways(self, layer: int) -> tuple[FloatArray, FloatArray]:
        edges = self.edges[layer]
        return np.array([edge.start for edge in edges]), np.array([edge.end for edge in edges])

    def _ways_in(self) -> tuple[FloatArray, FloatArray]:
        diagram = self.signals.diagram
        middles = np.array([neuron.middle[:2] for neuron, _, _ in self._neurons[0]])
        back = np.array([-1.0, 0.0]) if diagram.flow == "across" else np.array([0.0, 1.0])
        rim = diagram.half_width if diagram.flow == "across" else diagram.radius
        ends = middles + rim * back
        starts = ends + _FAR * diagram.radius * back
        safe = self.pulses.view.region.inset(self.pulses.diameter / 2)
        return np.clip(starts, [safe.left, safe.bottom], [safe.right, safe.top]), ends


def carried_on(signals: Signals, layer: int, inputs: FloatArray) -> Carried:
    """Return what runs along the edges of a diagram's layer, in their order, for its inputs `(units,)`."""
    diagram = signals.diagram
    ends = [(m, n) for n in diagram.shown[layer] for m in diagram.shown[layer + 1]]
    weights = np.array([diagram.edge(layer, m, n).weight or 0.0 for m, n in ends])
    return Carried(np.array([inputs[n] for _, n in ends]), weights)


def _shares(values: FloatArray) -> FloatArray:
    """Return diameters of marks whose areas are as the sizes of values, the largest 1."""
    sizes = np.abs(values)
    largest = float(sizes.max(initial=0.0))
    shares: FloatArray = np.sqrt(sizes / largest) if largest > 0 else np.zeros(len(values))
    return shares


def _even(t: float) -> float:
    """Set out and arrive gently, but run evenly between."""
    return (float(smooth(t)) + 2 * t) / 3


def _envelope(stage: float) -> float:
    rise, fall = stage / _LIT, (_OUT - stage) / (_OUT - _FADING)
    return float(smooth(min(max(min(rise, fall), 0.0), 1.0)))


def _opacity(neuron: Neuron) -> float:
    return 0.0 if neuron.inside is None else float(neuron.inside.submobjects[0].get_fill_opacity())
