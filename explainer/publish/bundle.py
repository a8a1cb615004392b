"""A bundle for the web: every video in a dark and a light variant, with pages to show them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from explainer.disk.files import Staging, require_writable
from explainer.errors import MachineError
from explainer.film.video import Video
from explainer.jobs.job import Job
from explainer.publish.page import Edition, alt_text, embed_page, index_page
from explainer.work.progress import Display
from explainer.work.regenerate import Result, Run

VARIANTS = ("dark", "light")
FORMATS = ("mp4", "webm")


@dataclass(frozen=True)
class Plan:
    """One video in one language: where it goes, and the job of each variant."""

    folder: Path
    jobs: tuple[Job, Job]


@dataclass(frozen=True)
class Published:
    """What became of a plan: its edition, or the results that failed."""

    plan: Plan
    edition: Edition | None
    failures: tuple[Result, ...] = ()


def plans(jobs: Sequence[Job], locales: Sequence[str] = ()) -> list[Plan]:
    """Return what to make of the jobs, language by language; without `locales`, each job in its own."""
    translated = [
        job.looking(locale=locale)
        for locale in dict.fromkeys(locales or [job.look.locale for job in jobs])
        for job in jobs
        if locales or job.look.locale == locale
    ]
    return [Plan(Path(job.stem) / job.look.locale, _variants(job)) for job in translated]


def publish(
    plan: Sequence[Plan], bundle: Path, run_in: Callable[[Path], Run], display: Display
) -> Generator[Published, None, None]:
    """Make the editions one by one, each with its page, then the index of those that succeeded.

    Args:
        plan: what to make.
        bundle: the folder of the whole; it exists and can be written to.
        run_in: from a folder to the run that puts videos there.
        display: shows how far the work has come.
    """
    editions: list[Edition] = []
    for each in plan:
        folder = bundle / each.folder
        require_writable(folder)
        with closing(run_in(folder).results(each.jobs, display)) as results:
            done = {result.job.look.theme: result for result in results}
        videos = {theme: result.video for theme, result in done.items() if result.video is not None}
        if len(videos) < len(VARIANTS):
            yield Published(each, None, tuple(result for result in done.values() if result.video is None))
            continue
        edition = _edition(each, videos)
        _write(folder, {"alt.txt": alt_text(edition) + "\n", "embed.html": embed_page(edition)})
        editions.append(edition)
        yield Published(each, edition)
    if editions:
        _write(bundle, {"index.html": index_page(editions)})


def _variants(job: Job) -> tuple[Job, Job]:
    plain = job.looking(formats=FORMATS, transparent=False, max_size=None)
    dark, light = (replace(plain.looking(theme=theme), stem=f"{job.stem}-{theme}") for theme in VARIANTS)
    return dark, light


def _edition(plan: Plan, videos: dict[str, Video]) -> Edition:
    recipe = videos["dark"].recipe
    if [beat.caption for beat in recipe.beats] != [beat.caption for beat in videos["light"].recipe.beats]:
        raise MachineError(
            f"{plan.folder}: the dark and the light video tell different things; publish again"
        )
    stems = [job.stem for job in plan.jobs]
    files = [path.name for theme in VARIANTS for path in videos[theme].files.values()]
    return Edition(
        folder=plan.folder.as_posix(),
        title=recipe.title or plan.jobs[0].scene,
        dark=stems[0],
        light=stems[1],
        recipe=recipe,
        files=(*files, "alt.txt", "embed.html"),
    )


def _write(folder: Path, contents: dict[str, str]) -> None:
    with Staging(folder, tuple(contents)) as staging:
        for name, content in contents.items():
            staging.write(name, content)
        staging.commit()
