"""The audit: the rules of the picture, measured at the end of every beat without drawing.

Geometry, words and times do not depend on the theme, so `check_all` measures them once for videos that
differ in the theme alone; colours it measures in every theme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing

from explainer.audit import contrast, lettering, overlap, placement
from explainer.audit.containment import Containment
from explainer.audit.drawing import Drawing
from explainer.audit.finding import Fault, Finding
from explainer.audit.pacing import beat_faults, caption_faults
from explainer.disk.workspace import temporary_workspace
from explainer.errors import ExplainerError
from explainer.jobs.job import Job
from explainer.jobs.look import Quality
from explainer.play.render import Scene, build_scene
from explainer.play.session import private_session
from explainer.work.pool import ProcessPool, Report, processors
from scenes.definition import SceneNumbers
from scenes.stage.beat import Beat
from scenes.stage.manim_internals import ExactRenderer, LeapingRenderer, UndrawnRenderer
from scenes.style.theme import THEMES

__all__ = ["Finding", "check", "check_all"]

# The quality changes no unit of the scene, and small pictures cost the least memory. The frames are coarse,
# since what moves is looked at and not shown.
_QUALITY = Quality(480, 10)


def check(job: Job) -> list[Finding]:
    """Return everything that breaks a rule in one video, beat by beat, and in its theme."""
    return [*_theme_findings([job]), *_Audit(job, job.compute()).whole()]


def check_all(
    jobs: Sequence[Job], workers: int | None = None, progress: Callable[[Job], None] | None = None
) -> list[Finding]:
    """Return everything that breaks a rule in any of the videos.

    Args:
        jobs: what to check; the quality does not matter.
        workers: processes to work in, by default as many as there are processors; 1 works in this one.
        progress: called with every job that has been checked.
    """
    groups = _alike(jobs, lambda job: (job.definition, job.parameters))
    on_checked = progress or (lambda job: None)
    count = min(workers or processors(), len(groups))
    found = list(_theme_findings(jobs))
    if count > 1:
        return found + _found_in_processes(groups, count, on_checked)
    for group in groups:
        found += _check_group(group, on_checked)
    return found


def _found_in_processes(
    groups: Sequence[Sequence[Job]], count: int, on_checked: Callable[[Job], None]
) -> list[Finding]:
    found: dict[int, list[Finding]] = {}
    with (
        temporary_workspace() as workspace,
        closing(ProcessPool(count, workspace.path, "checked").outcomes(_check_reporting, groups)) as outcomes,
    ):
        for index, outcome in outcomes:
            if isinstance(outcome, ExplainerError):
                raise outcome
            found[index] = outcome
            for job in groups[index]:
                on_checked(job)
    return [finding for index in sorted(found) for finding in found[index]]


def _check_reporting(group: Sequence[Job], report: Report) -> list[Finding]:
    # Nothing to report on the way: it is a group's end that counts.
    return _check_group(group)


def _check_group(group: Sequence[Job], progress: Callable[[Job], None] | None = None) -> list[Finding]:
    """Check videos of one scene with the same parameters, whose numbers are computed only once."""
    found: list[Finding] = []
    numbers = group[0].compute()
    for alike in _alike(group, lambda job: (job.look.locale, job.look.aspect)):
        for k, job in enumerate(alike):
            audit = _Audit(job, numbers)
            found += audit.whole() if k == 0 else audit.colours_only()
            if progress is not None:
                progress(job)
    return found


def _alike(jobs: Iterable[Job], key: Callable[[Job], object]) -> list[list[Job]]:
    """Return the jobs in groups of equal keys, in the order in which the keys first come."""
    keys: list[object] = []
    groups: list[list[Job]] = []
    for job in jobs:
        # Parameters may hold lists and so have no hash.
        if key(job) not in keys:
            keys.append(key(job))
            groups.append([])
        groups[keys.index(key(job))].append(job)
    return groups


def _theme_findings(jobs: Sequence[Job]) -> Iterator[Finding]:
    for name in dict.fromkeys(job.look.theme for job in jobs):
        for fault in contrast.theme_faults(THEMES[name]):
            yield Finding("", "", name, "", "", "", 0.0, fault.kind, fault.things, fault.amount)


class _Audit:
    """One video under audit."""

    def __init__(self, job: Job, numbers: SceneNumbers) -> None:
        self.job = job.looking(quality=_QUALITY)
        self.numbers = numbers
        self.found: list[Finding] = []

    def whole(self) -> list[Finding]:
        """Return all findings."""
        with private_session(self.job):
            renderer = UndrawnRenderer()
            scene = self._scene(renderer)
            containment = Containment(scene)
            renderer.on_frame = containment.look
            lines: list[tuple[str, ...]] = []

            def measure(beat: Beat) -> None:
                containment.look()
                self._measure(scene, beat)
                lines.append(scene.caption_bar.lines)
                self._note(beat, containment.faults())

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

    def _measure(self, scene: Scene, beat: Beat) -> None:
        drawing = Drawing.of(scene)
        self._note(beat, lettering.faults(drawing, scene.caption_bar.caption))
        self._note(beat, placement.faults(drawing, scene))
        self._note(beat, overlap.faults(drawing))
        self._note(beat, contrast.faults(drawing, scene.theme))

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
