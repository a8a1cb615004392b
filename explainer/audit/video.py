"""Everything that is measured of one video, while it plays without being drawn."""

from __future__ import annotations

from collections.abc import Iterable

from explainer.audit import contrast, lettering, overlap, placement
from explainer.audit.drawing import Drawing
from explainer.audit.finding import Fault, Finding
from explainer.audit.motion.containment import Containment
from explainer.audit.motion.crossing import Crossings
from explainer.audit.motion.screen import Instant, Screen
from explainer.audit.pacing import beat_faults, caption_faults
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


class VideoAudit:
    """One video under audit."""

    def __init__(self, job: Job, numbers: SceneNumbers) -> None:
        self.job = job.looking(quality=QUALITY)
        self.numbers = numbers
        self.found: list[Finding] = []

    def whole(self) -> list[Finding]:
        """Return all findings."""
        with private_session(self.job):
            renderer = UndrawnRenderer()
            scene = self._scene(renderer)
            screen, containment, crossings = Screen(scene), Containment(scene), Crossings()
            lines: list[tuple[str, ...]] = []

            def look() -> None:
                watch(screen.look())

            def watch(instant: Instant) -> None:
                containment.look(instant)
                crossings.look(instant)

            def measure(beat: Beat) -> None:
                screen.name_anew()
                instant = screen.look()
                watch(instant)
                overlaps = self._measure(scene, beat, instant.drawing)
                lines.append(scene.caption_bar.lines)
                self._note(beat, containment.faults())
                self._note(beat, crossings.faults(overlaps))

            renderer.on_frame = look
            scene.after_beat = measure
            scene.render()
            self._note_pacing(scene, renderer, lines)
        order = {beat.key: k for k, beat in enumerate(scene.beats)}
        return sorted(self.found, key=lambda finding: order[finding.beat])

    def colours_only(self) -> list[Finding]:
        """Return the findings that depend on the theme."""
        with private_session(self.job):
            scene = self._scene(LeapingRenderer())
            scene.after_beat = lambda beat: self._note(beat, contrast.faults(Drawing.of(scene), scene.theme))
            scene.render()
        return self.found

    def _scene(self, renderer: ExactRenderer) -> Scene:
        return build_scene(self.job, renderer, self.numbers)

    def _measure(self, scene: Scene, beat: Beat, drawing: Drawing) -> list[tuple[str, ...]]:
        """Measure what rests, and return the pairs of things that overlap."""
        overlaps = list(overlap.faults(drawing))
        self._note(beat, lettering.faults(drawing, scene.caption_bar.caption))
        self._note(beat, placement.faults(drawing, scene))
        self._note(beat, overlaps)
        self._note(beat, contrast.faults(drawing, scene.theme))
        return [fault.things for fault in overlaps]

    def _note_pacing(self, scene: Scene, renderer: UndrawnRenderer, lines: list[tuple[str, ...]]) -> None:
        gone = [*(beat.start_s for beat in scene.beats[1:]), renderer.time]
        for beat, gone_s, shown in zip(scene.beats, gone, lines, strict=True):
            self._note(beat, caption_faults(shown, self.job.look.locale))
            self._note(beat, beat_faults(beat, gone_s, renderer.plays, self.job.look.locale))

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
