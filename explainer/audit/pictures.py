"""A picture of every finding: the frame at that instant, the things outlined, the measure beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from explainer.audit.drawing import Drawing
from explainer.audit.finding import Finding
from explainer.audit.marking import marked
from explainer.audit.motion.screen import Instant, Screen
from explainer.audit.video import QUALITY
from explainer.disk.files import Staging
from explainer.disk.workspace import temporary_workspace
from explainer.encoding.picture import png
from explainer.errors import ExplainerError
from explainer.jobs.job import Job
from explainer.jobs.look import Quality
from explainer.play.render import Scene, build_scene
from explainer.play.session import private_session
from explainer.work.pool import ProcessPool, Report, processors
from scenes.stage.beat import Beat
from scenes.stage.manim_internals import UndrawnRenderer
from scenes.style.layout import Region
from scenes.style.theme import THEMES

# Large enough to read the smallest writing, at the instants that the audit looks at.
_QUALITY = Quality(720, QUALITY.fps)
_HAIR = 1e-6


@dataclass(frozen=True)
class _Video:
    """One video, and what is to be drawn of it: findings with the names of their files."""

    job: Job
    wanted: tuple[tuple[Finding, str], ...]
    folder: Path


def draw_all(
    jobs: Sequence[Job],
    findings: Sequence[Finding],
    folder: Path,
    workers: int | None = None,
    progress: Callable[[Job], None] | None = None,
) -> list[Path | None]:
    """Draw every finding of the videos into a folder, and return the files, None for a theme's finding.

    Each file appears whole or not at all.

    Args:
        jobs: what was checked. findings: what was found in it.
        folder: where the pictures go; it is there.
        workers: processes to work in, by default as many as there are processors; 1 works in this one.
        progress: called with every job whose findings are drawn.
    """
    names = list(_names(findings))
    videos = []
    for job in jobs:
        wanted = [
            (finding, name)
            for finding, name in zip(findings, names, strict=True)
            if name is not None and place_of(finding) == _place_of_job(job)
        ]
        if wanted:
            videos.append(_Video(job, tuple(wanted), folder))
    on_drawn = progress or (lambda job: None)
    count = min(workers or processors(), len(videos))
    if count > 1:
        _draw_in_processes(videos, count, on_drawn)
    else:
        for video in videos:
            _draw(video)
            on_drawn(video.job)
    return [None if name is None else folder / name for name in names]


def _names(findings: Sequence[Finding]) -> Iterator[str | None]:
    """Yield the names of the files; findings of one beat are numbered."""
    count: dict[str, int] = {}
    for finding in findings:
        if not finding.beat:
            yield None
            continue
        # A colon is no part of a file's name everywhere.
        stem = "-".join([*place_of(finding)[:4], finding.aspect.replace(":", "x"), finding.beat])
        count[stem] = count.get(stem, 0) + 1
        yield f"{stem}-{count[stem]}.png"


def place_of(finding: Finding) -> tuple[str, ...]:
    """Return what tells the finding's video from others."""
    return finding.scene, finding.preset, finding.theme, finding.locale, finding.aspect


def _place_of_job(job: Job) -> tuple[str, ...]:
    return job.scene, job.preset, job.look.theme, job.look.locale, job.look.aspect


def _draw_in_processes(videos: Sequence[_Video], count: int, on_drawn: Callable[[Job], None]) -> None:
    with (
        temporary_workspace() as workspace,
        closing(ProcessPool(count, workspace.path, "drawn").outcomes(_draw_reporting, videos)) as outcomes,
    ):
        for index, outcome in outcomes:
            if isinstance(outcome, ExplainerError):
                raise outcome
            on_drawn(videos[index].job)


def _draw_reporting(video: _Video, report: Report) -> None:
    _draw(video)


def _draw(video: _Video) -> None:
    """Play a video as the audit did, and draw the instants of its findings."""
    job = video.job.looking(quality=_QUALITY)
    pending = sorted(video.wanted, key=lambda each: each[0].seconds)
    with private_session(job):
        renderer = UndrawnRenderer()
        scene = build_scene(job, renderer, job.compute())
        screen = Screen(scene)

        def look() -> None:
            instant = screen.look()
            while pending and pending[0][0].seconds <= instant.seconds + _HAIR:
                finding, name = pending.pop(0)
                _save(video.folder, name, _picture(job, scene, renderer, instant, finding))

        def end(beat: Beat) -> None:
            screen.name_anew()
            look()

        renderer.on_frame = look
        scene.after_beat = end
        scene.render()
        look()


def _picture(job: Job, scene: Scene, renderer: UndrawnRenderer, instant: Instant, finding: Finding) -> bytes:
    boxes = [box for thing in finding.things if (box := _box_of(thing, instant.drawing, scene)) is not None]
    words = f"{finding.kind}: {finding.amount}"
    width, height = job.look.frame
    frame = Region(-width / 2, -height / 2, width / 2, height / 2)
    return png(marked(renderer.picture(scene), frame, boxes, words, THEMES[job.look.theme]))


def _box_of(thing: str, drawing: Drawing, scene: Scene) -> Region | None:
    """Return where something with this name stands, or None if it is nothing that stands somewhere."""
    if thing.startswith("caption “"):
        caption = scene.caption_bar.caption
        return _around([ink.box for ink in drawing.letterings if ink.writing is caption])
    inks = [ink.box for ink in (*drawing.letterings, *drawing.loose) if ink.name == thing]
    if inks:
        return _around(inks)
    # What holds others, and what is no mobject, such as a view, is where the things around it are.
    while thing:
        leaves = [
            leaf.box for leaf in drawing.leaves if f"{leaf.name}.".startswith((f"{thing}.", f"{thing}["))
        ]
        if leaves:
            return _around(leaves)
        thing, _, _ = thing.rpartition(".")
    return None


def _around(boxes: Sequence[Region]) -> Region | None:
    if not boxes:
        return None
    return Region(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _save(folder: Path, name: str, content: bytes) -> None:
    with Staging(folder, (name,)) as staging:
        staging.write(name, content)
        staging.commit()
