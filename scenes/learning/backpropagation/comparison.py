"""Two networks side by side: in one the gradient fades on its way to the front."""

from __future__ import annotations

from dataclasses import replace

from manim import FadeIn, FadeOut, VGroup

from scenes.learning.backpropagation.composition import paced
from scenes.learning.backpropagation.fading import Fading
from scenes.learning.backpropagation.lane import Lane, all_of
from scenes.learning.backpropagation.numbers import BackpropagationNumbers, BackpropagationParameters
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.style.layout import SMALL_SIZE

# Seconds for a pass through all layers, and for the way back.
_PASS, _BACK, _LAYER = 3.0, 4.8, 1.2
_HEADING_SIZE, _NOTE, _GAP = 0.42, 0.42, 0.5


class Comparison:
    """Beats of the scene in which two networks are compared.

    Attributes:
        lanes: one for each network.
    """

    def __init__(
        self, scene: ExplainerScene[BackpropagationParameters, BackpropagationNumbers], fading: Fading
    ) -> None:
        self.scene, self.fading = scene, fading
        layout, words = scene.layout, scene.words
        body = replace(layout.body, bottom=layout.body.bottom + _NOTE)
        beside = layout.panel_flow == "down"
        regions = body.columns(1, 1, gap=_GAP) if beside else body.rows(1, 1, gap=_GAP / 2)
        self.names = [words.label(each.activation) for each in fading.contenders]
        self.lanes = [
            Lane(
                contender,
                scene.theme,
                region,
                scene.text(name, size=_HEADING_SIZE, weight=600),
                words.label("front"),
            )
            for contender, name, region in zip(
                fading.contenders,
                self.names,
                regions,
                strict=True,
            )
        ]
        notes = [scene.label(name, size=SMALL_SIZE, role="muted") for name in ("means", "slopes")]
        for note in notes:
            note.fit(layout.body.width).stand_at(layout.body.at(0.5, 0.02))
        self.means_note, self.slopes_note = notes

    def play(self) -> None:
        self.scene.add(*self.lanes)
        self.run_forward()
        self.run_back()
        self.compare()
        self.say_why()

    def run_forward(self) -> None:
        scene = self.scene
        layers = self.lanes[0].layers
        with scene.beat("networks"):
            for layer in range(layers):
                each = paced(_PASS, layers, _LAYER)
                scene.play(*all_of([lane.compute(layer) for lane in self.lanes]), run_time=each)

    def run_back(self) -> None:
        scene, layers = self.scene, self.lanes[0].layers
        with scene.beat("fade"):
            scene.appear(self.means_note, run_time=0.4)
            for layer in reversed(range(layers)):
                each = paced(_BACK, layers, _LAYER)
                scene.play(*all_of([lane.answer(layer) for lane in self.lanes]), run_time=each)

    def compare(self) -> None:
        scene, (first, second) = self.scene, self.names
        with scene.beat("faded", first=first, second=second):
            scene.play(*(lane.draw_guide() for lane in self.lanes), run_time=1.2)
            ratios = all_of([lane.tell_ratio() for lane in self.lanes])
            if ratios:
                scene.play(*ratios, run_time=0.8)
            scene.wait(PAUSE)

    def say_why(self) -> None:
        scene = self.scene
        with scene.beat("slopes"):
            scene.play(FadeOut(self.means_note), run_time=0.4)
            scene.play(FadeIn(self.slopes_note), run_time=0.4)
            for k in reversed(range(self.lanes[0].layers - 1)):
                told = all_of([lane.tell_slope(k) for lane in self.lanes])
                back = [lane.gradients.pulses(k + 1) for lane in self.lanes]
                scene.play(*told, *back, run_time=0.6)
        self.shown = VGroup(*self.lanes)
