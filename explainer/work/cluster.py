"""Jobs done on a Dask cluster: descriptions go out, finished files come back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from explainer.disk.workspace import temporary_workspace
from explainer.errors import MachineError, UserError, as_explainer_error, one_line
from explainer.film.video import Video
from explainer.jobs.description import describe
from explainer.keep.key import InputReader
from explainer.request.recipe import read_recipe
from explainer.work.crew import ChooseCrew, local_crew
from explainer.work.pool import as_they_end
from explainer.work.progress import Display
from explainer.work.worker import Outcome, Task

# How often the scheduler tries a task anew that raised; a lost worker's tasks it always gives to another.
RETRIES = 2
SECONDS_TO_CONNECT = 5
# A running task cannot be cancelled from outside, so each one ends itself.
SECONDS_PER_JOB = 3600
Files: TypeAlias = list[tuple[str, bytes]]


@dataclass(frozen=True)
class Cluster:
    """Does the tasks wherever an executor takes them."""

    executor: Executor

    def run(self, tasks: Sequence[Task], display: Display) -> Iterator[tuple[Task, Outcome]]:
        reader = InputReader()
        futures: dict[Future[tuple[str, Files]], int] = {
            self.executor.submit(render_elsewhere, describe(task.job), dict(reader.inputs(task.job).parts)): k
            for k, task in enumerate(tasks)
        }
        for future in as_they_end(futures):
            task = tasks[futures[future]]
            try:
                outcome: Outcome = _received(future.result(), task)
            except Exception as error:
                outcome = as_explainer_error(error)
            yield task, outcome
            display.end(task.job)


@contextmanager
def crew_on(scheduler: str | None, jobs: int | None) -> Iterator[ChooseCrew]:
    """Provide those who do the tasks: a cluster's workers, or else `jobs` processes of this machine.

    Args:
        scheduler: the address of a Dask scheduler, or None.
        jobs: how many processes; None for as many as there are processors.

    Raises:
        UserError: if nobody answers at the address, or Dask is not installed.
    """

    if scheduler is None:
        yield local_crew(jobs)
        return
    try:
        from distributed import Client
    except ImportError:
        raise UserError("--scheduler needs Dask; install the extra: pip install 'nnmath[cluster]'") from None
    try:
        client: Any = Client(scheduler, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        why = f"no scheduler answers ({one_line(error)})"
        raise UserError(f"--scheduler {scheduler}: {why}; start one with: dask scheduler") from None
    executor = client.get_executor(retries=RETRIES)
    try:
        yield lambda tasks, scratch: Cluster(executor)
    finally:
        executor.shutdown(wait=False)
        client.close(timeout=SECONDS_TO_CONNECT)


def render_elsewhere(description: Mapping[str, Any], parts: Mapping[str, str]) -> tuple[str, Files]:
    """Render a described job in a process of its own, on the worker that this is called on.

    Returns:
        what is wrong with the input, or nothing; and name and contents of every file, the video last.

    Raises:
        MachineError: if the process fails or takes too long; another attempt may help.
    """
    order = json.dumps({"job": dict(description), "parts": dict(parts)}).encode()
    with temporary_workspace() as workspace, (workspace.path / "errors").open("wb") as errors:
        folder, scratch, answer = (workspace.path / name for name in ("files", "scratch", "answer.json"))
        folder.mkdir()
        scratch.mkdir()
        # -P: the worker may stand in a folder with an `explainer` of its own.
        command = [sys.executable, "-P", "-m", "explainer.work.remote", str(folder), str(answer)]
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            # What it works in vanishes with this workspace, however it ends.
            env={**os.environ, "TMPDIR": str(scratch)},
        ) as process:
            try:
                # The pipe stays open: its end tells the process that this one is gone.
                assert process.stdin is not None
                process.stdin.write(order + b"\n")
                process.stdin.flush()
                process.wait(SECONDS_PER_JOB)
            except subprocess.TimeoutExpired:
                raise MachineError(f"rendering took more than {SECONDS_PER_JOB} seconds") from None
            finally:
                process.kill()
        if not answer.exists():
            said = (workspace.path / "errors").read_text(errors="replace").strip().splitlines()
            why = said[-1] if said else f"its process ended with {process.returncode}"
            raise MachineError(f"rendering on the cluster failed: {why}")
        answered = json.loads(answer.read_bytes())
        if answered["exit_code"] == UserError.exit_code:
            return str(answered["error"]), []
        if answered["error"]:
            raise MachineError(str(answered["error"]))
        return "", [(file, (folder / file).read_bytes()) for file in answered["files"]]


def _received(answer: tuple[str, Files], task: Task) -> Outcome:
    wrong, contents = answer
    if wrong:
        return UserError(wrong)
    files: dict[str, Path] = {}
    for name, content in contents:
        path = task.folder / Path(name).name
        path.write_bytes(content)
        files[path.name.removeprefix(f"{task.job.stem}.")] = path
    return Video(read_recipe(files["json"]), files)
