"""What leaves a trace in a video is in its key: all code that runs while one is made."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.keep import key as keys
from explainer.keep.sources import ROOT, SourceTree
from scenes import catalog

# Every format's encoder, all in small.
_MAKE = """
import sys, threading
from pathlib import Path

from explainer.film.make import make_video
from explainer.jobs.look import Wishes
from explainer.request.selection import select_jobs

look = Wishes(size="128x72", fps=5, formats=["mp4,webm,gif,png"])
(job,) = select_jobs([sys.argv[1]], everything=False, look=look)
files = set()
note = lambda frame, event, argument: files.add(frame.f_code.co_filename)
threading.setprofile(note)
sys.setprofile(note)
make_video(job, Path(sys.argv[2]))
sys.setprofile(None)
print(*files, sep="\\n")
"""


def closure(scene: str, without: tuple[str, ...] = ()) -> dict[str, Path]:
    definition = catalog.definition(scene)
    modules = (keys._MAKER, definition.home, definition.drawing_module)
    return SourceTree().closure(modules, without=without)


def test_every_name_that_is_left_out_is_one_that_would_be_there() -> None:
    assert set(keys._WITHOUT_TRACE) <= set(closure("two-curves"))


@pytest.mark.parametrize("module", [name for name in keys._WITHOUT_TRACE if name != "explainer"])
def test_what_is_left_out_has_nothing_to_draw_or_encode_with(module: str) -> None:
    path = closure("two-curves")[module]
    imported = {
        name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module])
    }
    others = {name for name in imported if str(name).partition(".")[0] not in sys.stdlib_module_names}
    # Where scenes are looked up, their type is needed; it is in the key by every scene's own module. Where
    # errors are worded, theirs is, and where a video is shown, for its type alone, the video's.
    types = {"scenes.definition", "pydantic_core", "explainer.film.video"}
    assert others <= {*keys._WITHOUT_TRACE, *types}


@pytest.mark.parametrize("scene", ["two-curves", "gradient-descent"])
def test_all_code_that_runs_while_a_video_is_made_is_in_its_key(scene: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MAKE, scene, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    ours = [ROOT / package for package in ("nnmath", "scenes", "explainer")]
    run = {
        path
        for path in map(Path, done.stdout.splitlines())
        if any(path.is_relative_to(place) for place in ours)
    }
    in_key = set(closure(scene, keys._WITHOUT_TRACE).values())
    left_out = {closure(scene)[name] for name in keys._WITHOUT_TRACE}
    assert len(run & in_key) > 20
    assert sorted(run - in_key - left_out) == []
