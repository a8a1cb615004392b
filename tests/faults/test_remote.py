"""One job rendered for a cluster, in a process of its own: nothing of it stays on the worker."""

from __future__ import annotations

import subprocess
import sys

import pytest
from process_tree import Tree, killed_at_last, left_in, wait_until, working_in

RENDER_ELSEWHERE = """
from explainer.keep.key import InputReader
from explainer.jobs.description import describe
from explainer.jobs.look import Wishes
from explainer.request.selection import select_jobs
from explainer.work.cluster import render_elsewhere

(job,) = select_jobs(["tiny"], everything=False, settings=["steps={steps}"], look=Wishes(quality="draft"))
wrong, files = render_elsewhere(describe(job), dict(InputReader().inputs(job).parts))
print(wrong, *(name for name, content in files if content))
"""


def test_its_files_come_back_and_nothing_stays(tree: Tree) -> None:
    names = tree.python(RENDER_ELSEWHERE.format(steps=2)).split()
    assert names == ["tiny.png", "tiny.vtt", "tiny.json", "tiny.mp4"]
    assert left_in(tree.here) == []


@pytest.mark.faults
def test_what_a_killed_worker_leaves_is_removed_by_the_next(tree: Tree) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", RENDER_ELSEWHERE.format(steps=500)],
        cwd=tree.here,
        env=tree.environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    with killed_at_last(worker):
        # The session of the rendering has its folder within that of the worker.
        wait_until(lambda: any(tree.here.glob(".nnmath-*/scratch/.nnmath-*")))
        worker.kill()
        worker.wait(30)
        wait_until(lambda: working_in(tree.here) == [], seconds=20)
    assert left_in(tree.here) != []
    tree.python(RENDER_ELSEWHERE.format(steps=2))
    assert left_in(tree.here) == []
