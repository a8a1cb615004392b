"""From jobs to files with the least work: what is there stays, what was made before is brought back."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from explainer.disk.files import commit
from explainer.disk.signals import signals_held
from explainer.disk.workspace import Workspace, remove_abandoned
from explainer.errors import ExplainerError, UserError, as_explainer_error
from explainer.film.predecessor import predecessor
from explainer.film.video import Video
from explainer.jobs.job import Job
from explainer.keep.cache import Cache
from explainer.keep.entry import Damaged, Entry
from explainer.keep.key import InputReader, Inputs
from explainer.request.recipe import read_recipe
from explainer.work.crew import ChooseCrew
from explainer.work.pool import processors
from explainer.work.progress import Display
from explainer.work.worker import Outcome, Task

State: TypeAlias = Literal["made", "restored", "unchanged", "failed"]


@dataclass(frozen=True)
class Result:
    """What became of a job: its video, or the error that it failed with.

    `replaced` tells in one line what the video took the place of, if that was made otherwise.
    """

    job: Job
    state: State
    video: Video | None = None
    error: ExplainerError | None = None
    replaced: str | None = None


@dataclass(frozen=True)
class Run:
    """How jobs are turned into files.

    Attributes:
        out: the folder for the files; it exists and can be written to.
        cache: where finished videos are kept.
        crew: from how many tasks there are and a scratch folder to those who do them.
        warn: told in one line about what is odd but stops nothing.
        force: whether to make everything anew.
    """

    out: Path
    cache: Cache
    crew: ChooseCrew
    warn: Callable[[str], None]
    force: bool = False

    def not_kept(self, jobs: Sequence[Job]) -> list[Job]:
        """Return the jobs whose videos are not in the cache."""
        reader = InputReader()
        return [
            job
            for job in jobs
            if self.force or self.cache.find(reader.inputs(replace(job, folder=self.out)).key) is None
        ]

    def results(self, jobs: Sequence[Job], display: Display) -> Generator[Result, None, None]:
        """Yield a result for every job: first those that need no work, then each as soon as it is done.

        Close it if you leave before the end, so that nothing is left behind.
        """
        _refuse_folders(self.out, jobs)
        jobs = [replace(job, folder=self.out) for job in jobs]
        remove_abandoned(self.out)
        reader = InputReader()
        inputs = {job.stem: reader.inputs(job) for job in jobs}
        try:
            kept: list[tuple[Job, Entry | None]] = []
            for job, entry, unchanged in self._found(jobs, inputs):
                if entry is not None and unchanged:
                    yield Result(job, "unchanged", _video_at(self.out, job, entry))
                    display.end(job)
                else:
                    kept.append((job, entry))
            if kept:
                with Workspace(self.out) as workspace:
                    waiting: list[Job] = []
                    for job, entry in kept:
                        restored = self._restored(job, inputs[job.stem].key, entry, workspace.path)
                        if restored is None:
                            waiting.append(job)
                        else:
                            yield restored
                            display.end(job)
                    yield from self._work(waiting, inputs, workspace.path, display)
        finally:
            self.cache.end_run({each.key for each in inputs.values()})

    def _found(
        self, jobs: Sequence[Job], inputs: Mapping[str, Inputs]
    ) -> Iterator[tuple[Job, Entry | None, bool]]:
        def look(job: Job) -> tuple[Job, Entry | None, bool]:
            entry = None if self.force else self.cache.find(inputs[job.stem].key)
            if entry is None:
                return job, None, False
            there = predecessor(self.out, job.stem)
            recipe = there.alone(job.look.formats) if there else None
            instead = {".json": recipe.to_json().encode()} if recipe else None
            return job, entry, entry.is_at(self.out, job.stem, instead)

        # Reading and hashing files does not hold Python's lock.
        with ThreadPoolExecutor(processors()) as threads:
            yield from threads.map(look, jobs)

    def _restored(self, job: Job, key: str, entry: Entry | None, workspace: Path) -> Result | None:
        """Bring a video back from the cache; None if it must be made."""
        if entry is None:
            return None
        try:
            copies = entry.copy(_folder_for(job, workspace), job.stem)
        except Damaged as damage:
            self.cache.discard(key, damage)
            return None
        except OSError as error:
            return Result(job, "failed", error=as_explainer_error(error))
        files = {suffix.removeprefix("."): path for suffix, path in copies.items()}
        return self._committed(job, "restored", Video(read_recipe(files["json"]), files))

    def _work(
        self, waiting: Sequence[Job], inputs: Mapping[str, Inputs], workspace: Path, display: Display
    ) -> Iterator[Result]:
        # Two names for one and the same video: it is made once.
        by_key: dict[str, Job] = {}
        for job in waiting:
            by_key.setdefault(inputs[job.stem].key, job)
        yield from self._made(list(by_key.values()), inputs, workspace, display)
        left = []
        for job in waiting:
            key = inputs[job.stem].key
            if by_key[key] is job:
                continue
            restored = self._restored(job, key, self.cache.find(key), workspace)
            if restored is None:
                left.append(job)
            else:
                yield restored
                display.end(job)
        yield from self._made(left, inputs, workspace, display)

    def _made(
        self, jobs: Sequence[Job], inputs: Mapping[str, Inputs], workspace: Path, display: Display
    ) -> Iterator[Result]:
        if not jobs:
            return
        scratch = workspace / "scratch"
        scratch.mkdir(exist_ok=True)
        tasks = [Task(job, _folder_for(job, workspace)) for job in jobs]
        for task, outcome in self.crew(len(tasks), scratch).run(tasks, display):
            yield self._delivered(task, outcome, inputs[task.job.stem])

    def _delivered(self, task: Task, outcome: Outcome, inputs: Inputs) -> Result:
        job = task.job
        if isinstance(outcome, ExplainerError):
            # Whoever reads it knows the output folder, not the hidden one within it.
            message = str(outcome).replace(str(task.folder), str(self.out))
            return Result(job, "failed", error=type(outcome)(message))
        files = list(outcome.files.values())
        if changed := inputs.changed():
            self.warn(f"{job.stem}: {changed[0]} changed meanwhile; render again (not kept in the cache)")
        else:
            self.cache.store(inputs.key, job.stem, files)
        return self._committed(job, "made", outcome)

    def _committed(self, job: Job, state: State, video: Video) -> Result:
        """Put a video's files in their place; what lies there already and is no other stays in the recipe."""
        # pydantic swallows what a signal raises while it writes a recipe.
        with signals_held():
            before = predecessor(self.out, job.stem)
            recipe = video.recipe if before is None else before.joined(video.recipe)
            try:
                if recipe != video.recipe:
                    video.files["json"].write_text(recipe.to_json(), encoding="utf-8")
                commit(self.out, {path.name: path for path in video.files.values()})
            except OSError as error:
                return Result(job, "failed", error=as_explainer_error(error))
            placed = Video(recipe, {ending: self.out / path.name for ending, path in video.files.items()})
            replaced = before.lost_to(placed) if before else None
        return Result(job, state, placed, replaced=replaced)


def _folder_for(job: Job, workspace: Path) -> Path:
    folder = workspace / f"job-{job.stem}"
    folder.mkdir(exist_ok=True)
    return folder


def _video_at(folder: Path, job: Job, entry: Entry) -> Video:
    files = {file.suffix.removeprefix("."): folder / f"{job.stem}{file.suffix}" for file in entry.files}
    return Video(read_recipe(files["json"]), files)


def _refuse_folders(out: Path, jobs: Sequence[Job]) -> None:
    stems = tuple(f"{job.stem}." for job in jobs)
    for path in out.iterdir():
        if path.name.startswith(stems) and path.is_dir():
            raise UserError(f"{path} is a folder; remove it or choose another --out or --name")
