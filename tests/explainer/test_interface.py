"""The Python interface: what is asked for by keyword, what comes back, and what is raised."""

from __future__ import annotations

import ast
import asyncio
import doctest
import errno
import inspect
import json
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

import explainer
from explainer import MachineError, UserError
from explainer.audit import check as audit
from explainer.audit.finding import Finding
from explainer.film import make
from explainer.jobs.job import Job
from explainer.jobs.look import Wishes
from explainer.keep.sources import ROOT, SourceTree
from explainer.request.keywords import OPTIONS
from scenes import catalog
from scenes.definition import SceneDefinition
from scenes.stage.manim_internals import FrameWriter

SCENE = "sliding-square"
FUNCTIONS = (explainer.render, explainer.show, explainer.still, explainer.check)


def run_python(code: str, **environment: str) -> str:
    """Run code in a new interpreter and return what it prints."""
    command = [sys.executable, "-c", code]
    finished = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_catalog: SceneDefinition[Any, Any]) -> Path:
    """Return the working directory, an empty one, with the small scene in the catalogue's place."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list of the videos that are drawn from now on, by stem."""
    stems: list[str] = []
    render = vars(make)["render"]

    def noted(job: Job, *arguments: Any, **options: Any) -> Any:
        stems.append(job.stem)
        return render(job, *arguments, **options)

    monkeypatch.setattr(make, "render", noted)
    return stems


def test_importing_it_costs_next_to_nothing() -> None:
    code = """
import sys
import explainer
print(sorted({"numpy", "pydantic", "rich", "typer", "scenes", "nnmath", "manim"} & set(sys.modules)))
assert set(explainer.__all__) <= set(dir(explainer))
"""
    assert run_python(code) == "[]\n"


def test_computing_needs_no_manim() -> None:
    code = """
import sys
import explainer
print(explainer.compute("two-curves", gap=0.6).results()["points"], "manim" in sys.modules)
"""
    assert run_python(code) == "200 False\n"


def test_it_knows_no_command_line_and_no_room_knows_it() -> None:
    needed = SourceTree().closure(["explainer.interface"])
    assert "explainer.work.regenerate" in needed
    assert [module for module in needed if module.startswith("explainer.cli")] == []
    above = {ROOT / "explainer" / "__init__.py", ROOT / "explainer" / "interface.py"}
    for path in set((ROOT / "explainer").rglob("*.py")) - above:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            )
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else names
            assert "explainer.interface" not in modules, path
            assert not (modules == ["explainer"] and {"interface", *explainer.__all__} & {*names}), path


@pytest.mark.parametrize("name", ["explainer", "compute", "render", "show", "still", "check"])
def test_examples_run_as_they_stand(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    documented = explainer if name == "explainer" else inspect.unwrap(getattr(explainer, name))
    names = {each: getattr(explainer, each) for each in explainer.__all__}
    (example,) = doctest.DocTestFinder(recurse=False).find(documented, name, globs=names)
    assert example.examples
    said: list[str] = []
    doctest.DocTestRunner().run(example, out=said.append)
    assert said == []


def test_no_scene_has_a_parameter_that_is_called_like_an_option() -> None:
    clashes = {
        definition.name: sorted({*OPTIONS} & {*definition.parameters.model_fields})
        for definition in catalog.definitions()
    }
    assert len(clashes) > 1
    assert {scene: names for scene, names in clashes.items() if names} == {}


def test_the_options_are_what_the_signatures_name() -> None:
    named = {
        parameter.name
        for function in FUNCTIONS
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }
    assert named == {*OPTIONS}
    assert {*Wishes.model_fields} <= {*inspect.signature(explainer.render).parameters}


def test_a_video_has_its_numbers_its_beats_and_its_files(folder: Path, capfd: Any) -> None:
    video = explainer.render(SCENE, side=1.5, theme="light", quality="draft", out="films")
    assert video.path == Path("films/sliding-square.mp4")
    assert video.path.is_file()
    assert video.poster == Path("films/sliding-square.png")
    assert dict(video.results) == {"area": 2.25, "sides": [4], "unbounded": None}
    assert [beat.key for beat in video.beats] == ["appear", "slide", "rest"]
    assert (video.recipe.theme, video.recipe.quality) == ("light", "draft")
    assert (
        repr(video) == f"<Video 'films/sliding-square.mp4': 854×480, 15 fps, {video.recipe.duration_s:g} s>"
    )
    # Here is neither a terminal nor a notebook.
    assert capfd.readouterr() == ("", "")


def test_what_was_made_once_is_not_drawn_again(folder: Path, drawn: list[str]) -> None:
    first = explainer.render(SCENE, quality="draft")
    assert explainer.render(SCENE, quality="draft") == first
    elsewhere = explainer.render(SCENE, quality="draft", out=Path("else/where"), name="mine")
    assert elsewhere.path == Path("else/where/mine.mp4")
    assert elsewhere.path.read_bytes() == first.path.read_bytes()
    assert drawn == [SCENE]
    explainer.render(SCENE, quality="draft", force=True)
    assert drawn == [SCENE, SCENE]


def test_every_option_reaches_the_video(folder: Path) -> None:
    video = explainer.render(
        f"{SCENE}@small",
        theme="print",
        locale="zh-Hant",
        aspect="1:1",
        size=(128, 64),
        fps=20,
        formats=["webm", "gif"],
        transparent=True,
        max_size=100_000,
    )
    recipe = video.recipe
    assert (recipe.preset, recipe.theme, recipe.locale, recipe.aspect) == ("small", "print", "zh-Hant", "1:1")
    assert (recipe.width, recipe.height, recipe.fps) == (128, 64, 20)
    assert (recipe.formats, recipe.transparent, recipe.max_size) == (("webm", "gif"), True, 100_000)
    assert video.path == Path("renders/sliding-square-small.webm")
    assert explainer.render(SCENE, quality="draft", formats="png").path == Path("renders/sliding-square.png")


def test_values_may_be_what_numpy_has_in_their_place(folder: Path) -> None:
    corner = np.array([[0, 1], [-1, 0]])
    numbers = explainer.compute(SCENE, side=np.float32(1.5), corner=corner, steps=np.int64(2))
    assert numbers.results()["area"] == 2.25
    video = explainer.render(SCENE, quality="draft", corner=corner, steps=np.int64(2), side=np.float64(1))
    assert video.recipe.parameters["corner"] == [[0.0, 1.0], [-1.0, 0.0]]
    assert video.recipe.parameters["steps"] == 2
    assert explainer.render(SCENE, quality="draft", corner=((0, 1), (-1, 0)), steps=2, side=1.0) == video


def test_a_file_of_ones_own_may_be_a_path(tmp_path: Path) -> None:
    points = tmp_path / "points.csv"
    points.write_text("x1,x2,label\n0,0,0\n1,1,1\n2,0,1\n")
    assert explainer.compute("two-curves", data=points).results()["points"] == 3


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"side": 9},
            "side=9: side must be less than or equal to 4; got 9; give a number, above 0, at most 4;",
        ),
        ({"sid": 1}, "sid=1: sliding-square has no parameter 'sid'; did you mean 'side'?"),
        ({"steps": np.True_}, "steps=True: steps must be"),
        ({"corner": np.eye(3)}, "corner=[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]: corner"),
        ({"side": 3.5}, "sliding-square: side must not be 3.5; got 3.5"),
        ({"quality": "drft"}, "unknown quality 'drft'; did you mean 'draft'?"),
        ({"theme": 3}, "theme=3: must be a text"),
        ({"transparent": 1}, "transparent=1: must be True or False"),
        ({"fps": "30"}, "fps='30': must be a whole number"),
        ({"fps": 7}, "fps 7: must be a multiple of 5"),
        ({"size": (3, 90)}, "size '3x90': 3 must be an even number of pixels"),
        ({"formats": "mp5"}, "unknown formats 'mp5'; did you mean 'mp4'?"),
        ({"max_size": 5}, "max_size 5: only a gif is made smaller; add formats gif"),
        ({"name": "a/b"}, "name 'a/b' is not a plain file name"),
        ({"out": ""}, "out='' must be the name of a folder; say '.' for this one"),
        ({"out": "square.txt"}, "out square.txt: not a folder; choose a folder that you may write to"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_what_is_wrong_is_raised_in_one_line(folder: Path, given: dict[str, Any], said: str) -> None:
    Path("square.txt").touch()
    with pytest.raises(UserError) as raised:
        explainer.render(SCENE, **{"quality": "draft", **given})
    assert str(raised.value).startswith(said)
    assert "--" not in str(raised.value)
    assert "\n" not in str(raised.value)
    assert {path.name for path in folder.iterdir()} <= {"square.txt", "renders"}
    assert not any(Path("renders").glob("*"))


def test_scenes_and_beats_that_do_not_exist(folder: Path) -> None:
    with pytest.raises(UserError, match=r"^unknown scene 'sliding-squar'; did you mean 'sliding-square'\?$"):
        explainer.compute("sliding-squar")
    with pytest.raises(
        UserError, match=r"^at slid: unknown beat of sliding-square 'slid'; did you mean 'slide'\?$"
    ):
        explainer.still(SCENE, at="slid")
    with pytest.raises(UserError, match=r"^at -1: must be 0 or more seconds"):
        explainer.still(SCENE, at=-1)
    with pytest.raises(UserError, match=r"^unknown theme 'blue'; choose one of: dark, light, print$"):
        explainer.check(SCENE, theme="blue")
    with pytest.raises(TypeError, match="positional argument: 'scene'"):
        explainer.compute()  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "no space", "x.mp4"), "x.mp4: the disk is full; .* choose another out$"),
        (MemoryError(), "out of memory; render at a lower quality"),
        (RuntimeError("a\nb"), "internal error: RuntimeError: a b"),
    ],
)
def test_failures_of_the_machine(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fail(*arguments: Any) -> None:
        raise error

    monkeypatch.setattr(make, "render", fail)
    with pytest.raises(MachineError, match=f"^{said}"):
        explainer.render(SCENE, quality="draft")
    assert list(Path("renders").iterdir()) == []


def test_what_is_odd_is_a_warning(folder: Path) -> None:
    recipe = explainer.render(SCENE, quality="draft").files["json"]
    described = json.loads(recipe.read_text(encoding="utf-8"))
    Path("older.json").write_text(json.dumps({**described, "title": "Another"}), encoding="utf-8")
    with pytest.warns(UserWarning, match=r"^older\.json: changed after nnmath wrote it"):
        again = explainer.render(Path("older.json"), side=1.0)
    assert again.path == Path("renders/older.mp4")
    assert again.recipe.parameters["side"] == 1.0


def test_what_takes_the_place_of_another_video_is_a_warning(folder: Path) -> None:
    explainer.render(SCENE, side=2.0, quality="draft")
    with pytest.warns(
        UserWarning, match=r"mp4 replaced \(it was made with side=2\.0; another name keeps both\)"
    ):
        explainer.render(SCENE, side=1.0, quality="draft")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        explainer.render(SCENE, side=1.0, quality="draft")
        explainer.render(SCENE, side=2.0, quality="draft", force=True)


def test_it_works_in_a_running_event_loop_and_in_a_thread(folder: Path) -> None:
    async def ask() -> explainer.Video:
        return explainer.render(SCENE, quality="draft")

    assert asyncio.run(ask()).path.is_file()


def test_threads_take_their_turns(folder: Path, drawn: list[str]) -> None:
    videos: dict[float, explainer.Video] = {}

    def render(side: float) -> None:
        videos[side] = explainer.render(SCENE, quality="draft", side=side, name=f"side-{side:g}")

    threads = [threading.Thread(target=render, args=(side,)) for side in (1.0, 2.0, 3.0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(drawn) == ["side-1", "side-2", "side-3"]
    for side, video in videos.items():
        alone = explainer.render(SCENE, quality="draft", side=side, name="alone", force=True)
        assert frames(video.path) == frames(alone.path)


def frames(path: Path) -> list[bytes]:
    with av.open(str(path)) as opened:
        return [frame.to_ndarray(format="rgb24").tobytes() for frame in opened.decode(video=0)]


def test_an_interrupt_leaves_nothing_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = FrameWriter.write_frame

    def interrupted(self: FrameWriter, pixels: Any, *, repeat: int = 1) -> None:
        if self.frames >= 5:
            raise KeyboardInterrupt
        write(self, pixels, repeat=repeat)

    monkeypatch.setattr(FrameWriter, "write_frame", interrupted)
    with pytest.raises(KeyboardInterrupt):
        explainer.render(SCENE, quality="draft")
    assert list(Path("renders").iterdir()) == []
    monkeypatch.undo()


def test_showing_leaves_nothing_in_the_working_directory(folder: Path, drawn: list[str]) -> None:
    one, other = (explainer.show(SCENE, side=side) for side in (1.0, 2.0))
    assert one.recipe.quality == "preview"
    assert (one.results["area"], other.results["area"]) == (1.0, 4.0)
    assert one.path != other.path
    assert one.path.is_file()
    assert explainer.show(SCENE, side=1.0) == one
    assert drawn == [SCENE, SCENE]
    assert list(folder.iterdir()) == []


def test_what_was_shown_is_gone_with_the_program_but_for_the_cache(tmp_path: Path) -> None:
    code = 'import explainer; print(explainer.show("two-curves", quality="draft").path)'
    places = {name: tmp_path / name for name in ("tmp", "cache")}
    for place in places.values():
        place.mkdir()
    environment = {"TMPDIR": str(places["tmp"]), "XDG_CACHE_HOME": str(places["cache"]), "NNMATH_CACHE": ""}
    shown = Path(run_python(code, **environment).strip())
    assert shown.is_relative_to(places["tmp"])
    assert list(places["tmp"].iterdir()) == []
    (entry,) = (places["cache"] / "nnmath" / "entries").iterdir()
    assert (entry / ".mp4").is_file()


def test_a_still_is_pixels_and_a_file(folder: Path) -> None:
    picture = explainer.still(SCENE, at="slide", quality="draft")
    assert picture.pixels.shape == (480, 854, 4)
    assert (picture.pixels[..., 3] == 255).all()
    assert repr(picture) == "<Picture of sliding-square at slide: 854×480>"
    at_once = explainer.still(SCENE, at=np.float64(0.0), quality="draft")
    assert (at_once.pixels != picture.pixels).any()
    assert repr(explainer.still(SCENE, quality="draft")).startswith("<Picture of sliding-square at end:")
    assert list(folder.iterdir()) == []


def test_check_looks_at_every_look_but_where_one_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = Finding(SCENE, "plain", "dark", "en", "16:9", "slide", 1.5, "size", ("square",), "too large")
    looks: list[tuple[str, str, str]] = []

    def check_all(jobs: list[Job], workers: int, progress: Callable[[Job], None]) -> list[Finding]:
        assert workers == 1
        for job in jobs:
            assert job.parameters.model_dump()["side"] == 4.0
            looks.append((job.look.theme, job.look.locale, job.look.aspect))
            progress(job)
        return [finding]

    monkeypatch.setattr(audit, "check_all", check_all)
    assert explainer.check(SCENE, side=4, locale="en", aspect="1:1") == [finding]
    assert looks == [(theme, "en", "1:1") for theme in ("dark", "light", "print")]
    looks.clear()
    explainer.check(SCENE, side=4)
    assert len({*looks}) == len(looks) == 27
