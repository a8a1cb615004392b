"""Whether the data stay on their stage while they move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from explainer.audit.finding import TOLERANCE, Fault, pixel_text, pixels
from explainer.audit.geometry import FloatArray
from explainer.audit.motion.screen import Instant
from explainer.audit.naming import Standing
from explainer.play.render import Scene
from scenes.parts.marks.dots import Dots
from scenes.stage.beat import Beat
from scenes.style.layout import Region


@dataclass(frozen=True)
class _Excursion:
    units: float
    seconds: float
    outside: int
    marks: int


class Containment:
    """Follows every cloud of points through a scene, one beat at a time.

    A cloud that lives in a view belongs to the view's region. Another belongs to the stage if most of it
    is seen there; marks beside the stage, such as a legend's, are no data.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._clouds: dict[int, tuple[Dots, Standing]] = {}
        self._on_stage: set[int] = set()
        self._worst: dict[int, _Excursion] = {}

    def look(self, instant: Instant) -> None:
        """Note how far points are off their stage now."""
        for leaf in instant.drawing.leaves:
            # What is left where data were is no data.
            if isinstance(leaf.mobject, Dots) and not leaf.standing.backdrop:
                self._look_at(leaf.mobject, leaf.standing, instant.seconds)

    def faults(self, beat: Beat) -> Iterator[Fault]:
        """Return what left its stage since the last call."""
        stages = {standing.stage for _, standing in self._clouds.values()} - {None}
        divided = bool(stages) and self._scene.layout.stage not in stages
        for key, worst in self._worst.items():
            _, standing = self._clouds[key]
            belongs = standing.stage is not None or (key in self._on_stage and not divided)
            if belongs and pixels(worst.units) > TOLERANCE:
                how = f"{pixel_text(worst.units)} outside, {worst.outside} of {worst.marks} points"
                yield Fault("data off stage", (standing.name, "the edge of the stage"), how, worst.seconds)
        # Views may change between beats, and what is gone may give its place in memory to another.
        self._worst.clear()
        self._on_stage.clear()
        self._clouds.clear()

    def _look_at(self, cloud: Dots, standing: Standing, seconds: float) -> None:
        key = id(cloud)
        self._clouds.setdefault(key, (cloud, standing))
        stage = self._clouds[key][1].stage or self._scene.layout.stage
        centres = cloud.positions
        if not len(centres):
            return
        radius = cloud.mark_width / 2
        beyond = _beyond(centres, stage)
        if (beyond <= 0).mean() > 0.5:
            self._on_stage.add(key)
        units = float(beyond.max()) + radius
        if key not in self._worst or units > self._worst[key].units:
            outside = int((beyond + radius > TOLERANCE / pixels(1.0)).sum())
            self._worst[key] = _Excursion(units, seconds, outside, len(centres))


def _beyond(points: FloatArray, region: Region) -> FloatArray:
    """Return how far points `(n, 2)` are outside the region, `(n,)`; below nought inside."""
    low, high = np.array([region.left, region.bottom]), np.array([region.right, region.top])
    beyond: FloatArray = np.maximum(low - points, points - high).max(axis=1)
    return beyond
