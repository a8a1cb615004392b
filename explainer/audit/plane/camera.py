"""Whether the camera stands still while a map acts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from explainer.audit.finding import Fault
from explainer.audit.geometry import FloatArray
from explainer.audit.motion.screen import Instant
from scenes.parts.plane.space import Space
from scenes.stage.beat import Beat

_HAIR = 1e-6


@dataclass(frozen=True)
class _State:
    """Where a space's camera and map are."""

    camera: FloatArray
    map: FloatArray

    @classmethod
    def of(cls, space: Space) -> _State:
        view, shown = space.view, space.map
        region = view.region
        edges = (region.left, region.bottom, region.right, region.top)
        maps = (shown.matrix, shown.offset, shown.fold, shown.outer_matrix, shown.outer_offset)
        return cls(
            np.array([*edges, *view.origin, view.unit], dtype=np.float64),
            np.concatenate([part.ravel() for part in maps]),
        )


@dataclass
class _Both:
    name: str
    at: float
    total: float = 0.0


class Cameras:
    """Follows every space that is on screen through a scene, one beat at a time."""

    def __init__(self) -> None:
        self._states: dict[int, _State] = {}
        self._both: dict[int, _Both] = {}
        self._seconds = 0.0

    def look(self, instant: Instant) -> None:
        """Note which spaces have changed their view and their map since the last look."""
        passed, self._seconds = instant.seconds - self._seconds, instant.seconds
        if not instant.changed:
            return
        seen = {id(leaf.mobject) for leaf in instant.drawing.leaves}
        states: dict[int, _State] = {}
        for space, standing in instant.drawing.register.every(Space):
            if not seen.isdisjoint(map(id, space.get_family())):
                now = states[id(space)] = _State.of(space)
                before = self._states.get(id(space))
                if before is not None and _moved(before.camera, now.camera) and _moved(before.map, now.map):
                    both = self._both.setdefault(id(space), _Both(standing.name, instant.seconds))
                    both.total += passed
        self._states = states

    def faults(self, beat: Beat) -> Iterator[Fault]:
        """Return the spaces of which both moved since the last call."""
        for both in self._both.values():
            things = f"{both.name}.view", f"{both.name}.map"
            yield Fault("camera and map", things, f"move together for {both.total:.1f} s", both.at)
        self._both.clear()


def _moved(before: FloatArray, now: FloatArray) -> bool:
    return bool(np.abs(now - before).max() > _HAIR)
