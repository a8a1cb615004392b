"""Everything that is measured of one video, while it plays without being drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from explainer.audit import contrast, overlap, placement
from explainer.audit.drawing import Drawing
from explainer.audit.finding import Fault, Finding
from explainer.audit.motion.containment import Containment
from explainer.audit.motion.crossing import Crossings
from explainer.audit.motion.screen import Instant, Screen
from explainer.audit.motion.stillness import Stillness
from explainer.audit.plane import grid_contrast, spacing, units
from explainer.audit.plane.camera import Cameras
from explainer.audit.plane.grid_ends import GridEnds
from explainer.audit.words import captions, evenness, lettering
from explainer.audit.words.counting import Counting
from explainer.audit.words.pacing import beat_faults
from explainer.jobs.job import Job
from explainer.jobs.look import Quality
from explainer.play.render import Scene, build_scene
from explainer.play.session import private_session
from scenes.definition import SceneNumbers
from scenes.stage.beat import Beat
from scenes.stage.manim_internals import ExactRenderer, LeapingRenderer, UndrawnRenderer

# The quality changes no unit of the scene, and small pictures cost the least memory. Ten frames a second
# show what moves, and every duration is a whole number of them.
QUALITY = Quality(480, 10)


class Watcher(Protocol):
    """A rule that follows a scene from frame to frame."""

    def look(self, instant: Instant) -> None:
        """Note what there is to see now."""
        ...

    def faults(self, beat: Beat) -> Iterator[Fault]:
        """Return what was wrong since the last call, at the end of a beat."""
        ...


class VideoAudit:
    """One video under audit."""

    def __init__(self, job: Job, numbers: SceneNumbers) -> None:
        self.job = job.looking(quality=QUALITY)
        self.numbers = numbers
        self.found: list[Finding] = []
        self._told: set[tuple[str, tuple[str, ...]]] = set()
        self._baselines: list[tuple[Beat, float]] = []

    def whole(self) -> list[Finding]:
        """Return all findings."""
        with private_session(self.job):
            renderer = UndrawnRenderer()
            scene = self._scene(renderer)
            screen, crossings, stillness = Screen(scene), Crossings(), Stillness(scene, self.job.look.locale)
            watchers: list[Watcher] = [
                Containment(scene),
                GridEnds(scene.layout.frame),
                Cameras(),
                Counting(),
                stillness,
            ]

            def look() -> Instant:
                instant = screen.look()
                for watcher in (crossings, *watchers):
                    watcher.look(instant)
                return instant

            def measure(beat: Beat) -> None:
                screen.name_anew()
                overlaps = self._measure(scene, beat, look().drawing)
                self._note(beat, crossings.faults(overlaps))
                for watcher in watchers:
                    self._note(beat, watcher.faults(beat))

            renderer.on_frame = look
            scene.after_beat = measure
            scene.render()
            look()
            # What is played after the last beat is still under its caption.
            self._note(scene.beats[-1], stillness.faults(scene.beats[-1]))
            self._note_times(scene, renderer)
        order = {beat.key: k for k, beat in enumerate(scene.beats)}
        return sorted(self.found, key=lambda finding: order[finding.beat])

    def colours_only(self) -> list[Finding]:
        """Return the findings that depend on the theme."""
        with private_session(self.job):
            scene = self._scene(LeapingRenderer())
            scene.after_beat = lambda beat: self._note_colours(scene, beat, Drawing.of(scene))
            scene.render()
        return self.found

    def _scene(self, renderer: ExactRenderer) -> Scene:
        return build_scene(self.job, renderer, self.numbers)

    def _measure(self, scene: Scene, beat: Beat, drawing: Drawing) -> list[tuple[str, ...]]:
        """Measure what rests, and return the pairs of things that overlap."""
        caption, look = scene.caption_bar.caption, self.job.look
        overlaps = list(overlap.faults(drawing))
        self._note(beat, lettering.faults(drawing, caption))
        self._note(beat, evenness.faults(drawing))
        self._note(beat, placement.faults(drawing, scene))
        self._note(beat, overlaps)
        self._note_colours(scene, beat, drawing)
        self._note_once(beat, spacing.faults(drawing))
        self._note_once(beat, units.faults(drawing))
        self._note(beat, captions.faults(scene.caption_bar.lines, look.locale, look.aspect))
        if caption is not None:
            self._baselines.append((beat, caption.last_baseline))
        return [fault.things for fault in overlaps]

    def _note_colours(self, scene: Scene, beat: Beat, drawing: Drawing) -> None:
        self._note(beat, contrast.faults(drawing, scene.theme))
        self._note_once(beat, grid_contrast.faults(drawing, scene.theme))

    def _note_times(self, scene: Scene, renderer: UndrawnRenderer) -> None:
        gone = [*(beat.start_s for beat in scene.beats[1:]), renderer.time]
        for beat, gone_s in zip(scene.beats, gone, strict=True):
            self._note(beat, beat_faults(beat, gone_s, renderer.plays, self.job.look.locale))
        for beat, fault in captions.baseline_faults(self._baselines):
            self._note(beat, [fault])

    def _note_once(self, beat: Beat, faults: Iterable[Fault]) -> None:
        """Note what does not change from beat to beat where it is first seen."""
        for fault in faults:
            if (fault.kind, fault.things) not in self._told:
                self._told.add((fault.kind, fault.things))
                self._note(beat, [fault])

    def _note(self, beat: Beat, faults: Iterable[Fault]) -> None:
        job = self.job
        for fault in faults:
            seconds = beat.end_s if fault.seconds is None else round(fault.seconds, 3)
            self.found.append(
                Finding(
                    job.scene,
                    job.preset,
                    job.look.theme,
                    job.look.locale,
                    job.look.aspect,
                    beat.key,
                    seconds,
                    fault.kind,
                    fault.things,
                    fault.amount,
                )
            )
