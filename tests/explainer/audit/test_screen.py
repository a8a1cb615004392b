"""Looking again and again shows what looking once shows, and tells what has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from explainer.audit.drawing import Drawing, Leaf
from explainer.audit.motion.screen import Instant, Screen
from explainer.audit.video import QUALITY
from explainer.jobs.job import Job
from explainer.play.render import Scene, build_scene
from explainer.play.session import private_session
from scenes import catalog
from scenes.stage.manim_internals import UndrawnRenderer

from .conftest import Probe
from .test_motion import travel


def watched(job: Job, look: Callable[[Scene, Instant], None]) -> None:
    """Play a job, and hand over every look at it."""
    job = job.looking(quality=QUALITY)
    with private_session(job):
        renderer = UndrawnRenderer()
        scene = build_scene(job, renderer, job.compute())
        screen = Screen(scene)
        renderer.on_frame = lambda: look(scene, screen.look())
        scene.render()


def told(leaf: Leaf) -> tuple[Any, ...]:
    colours = tuple(part.tobytes() for part in (leaf.stroke, leaf.fill, leaf.rim))
    widths = (leaf.half_width, leaf.rim_width)
    return leaf.order, id(leaf.mobject), colours, widths, leaf.standing.writing, leaf.standing.backdrop


@pytest.mark.parametrize("name", ["matrix-as-layer", "relu-folding"])
def test_what_is_kept_is_what_is_there(name: str) -> None:
    definition = catalog.definition(name)
    looks = 0

    def compare(scene: Scene, instant: Instant) -> None:
        nonlocal looks
        looks += 1
        if looks % 3 == 0:
            anew = Drawing.of(scene)
            assert list(map(told, instant.drawing.leaves)) == list(map(told, anew.leaves))
            for one, other in zip(instant.drawing.leaves, anew.leaves, strict=True):
                assert np.allclose(one.shape.curves, other.shape.curves, rtol=0.0, atol=1e-5)
            boxes = [[ink.boxes for ink in drawing.letterings] for drawing in (instant.drawing, anew)]
            for one_box, other_box in zip(*boxes, strict=True):
                assert np.allclose(one_box, other_box, rtol=0.0, atol=1e-5)

    watched(Job(definition, definition.default_preset, definition.preset_parameters(), name), compare)
    assert looks > 100


def test_what_moves_and_what_changes() -> None:
    def draw(scene: Any) -> None:
        scene.rest = scene.text("rest").move_to(scene.at(0.5, 0.2))
        scene.mover = scene.text("mover")
        motion = travel(scene, scene.mover, (0.1, 0.8), (0.9, 0.8))
        scene.add(scene.rest, scene.mover)
        scene.play(motion)
        scene.wait(1.0)
        scene.play(scene.rest.animate.set_opacity(0.5), run_time=1.0)

    seen: list[tuple[set[str], set[str]]] = []

    def note(scene: Any, instant: Instant) -> None:
        if not hasattr(scene, "rest"):
            return
        parts = {id(part): name for name in ("rest", "mover") for part in getattr(scene, name).submobjects}
        seen.append(
            (
                {parts[key] for key in instant.moved & parts.keys()},
                {parts[key] for key in instant.changed & parts.keys()},
            )
        )

    watched(Probe(draw).job, note)
    # Both are new; one moves, in ten frames of which the first shows where it stood; it comes to rest.
    assert seen[0] == ({"rest", "mover"}, {"rest", "mover"})
    assert seen[1:11] == [({"mover"}, {"mover"})] * 10
    # Nothing changes in a pause and at the start of the fade; then only the colour does.
    faded = [each for each in seen[11:] if each[1]]
    assert faded[-8:] == [(set(), {"rest"})] * 8
    assert all(each == (set(), {"rest"}) for each in faded)
