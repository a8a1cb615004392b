"""Project files, and the command that begins one."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from explainer.cli.program import main
from explainer.errors import UserError
from explainer.jobs.job import Job
from explainer.jobs.look import QUALITIES, Look, Wishes
from explainer.request.project import TEMPLATE
from explainer.request.selection import select_jobs
from scenes import catalog

VIDEO = '[[video]]\nscene = "two-curves"\n'


def jobs_of(path: Path, text: str, look: Wishes | None = None, *settings: str) -> list[Job]:
    path.write_text(text, encoding="utf-8")
    return select_jobs([], everything=False, project=path, look=look, settings=settings)


def test_entries_in_order_with_defaults_and_exceptions(tmp_path: Path) -> None:
    text = """
[defaults]
theme = "light"
quality = "preview"
formats = ["gif", "mp4"]
[[video]]
scene = "two-curves@hard"
[[video]]
scene = "two-curves@hard"
name = "closer"
theme = "dark"
locale = "zh-Hant"
[video.parameters]
gap = 0.5
[[video]]
scene = "basis-vectors"
formats = ["mp4"]
"""
    first, second, third = jobs_of(tmp_path / "lesson.toml", text)
    assert (first.scene, first.preset, first.stem) == ("two-curves", "hard", "two-curves-hard")
    assert first.look == Look("light", "en", "16:9", QUALITIES["preview"], ("mp4", "gif"), False, None)
    assert (second.stem, second.look.theme, second.look.locale) == ("closer", "dark", "zh-Hant")
    assert (first.parameters.gap, second.parameters.gap) == (0.7, 0.5)  # type: ignore[attr-defined]
    assert (third.stem, third.look.formats) == ("basis-vectors", ("mp4",))


def test_the_command_line_wins(tmp_path: Path) -> None:
    text = '[defaults]\ntheme = "light"\n[[video]]\nscene = "two-curves"\nparameters = {gap = 1}\n'
    (job,) = jobs_of(tmp_path / "lesson.toml", text, Wishes(theme="dark"), "gap=2.5")
    assert (job.look.theme, job.parameters.gap) == ("dark", 2.5)  # type: ignore[attr-defined]


def test_sizes_and_frame_rates_are_those_of_the_video_then_of_the_defaults(tmp_path: Path) -> None:
    text = """
[defaults]
size = "600x600"
fps = 25
[[video]]
scene = "two-curves@easy"
size = "1200x628"
[[video]]
scene = "two-curves@hard"
fps = 10
[[video]]
scene = "basis-vectors"
quality = "720p@50"
"""
    one, two, three = jobs_of(tmp_path / "lesson.toml", text)
    assert (one.look.size, one.look.fps, one.look.aspect) == ((1200, 628), 25, "16:9")
    assert (two.look.size, two.look.fps, two.look.aspect) == ((600, 600), 10, "1:1")
    assert (three.look.quality.short_side, three.look.fps) == (720, 50)
    (said,) = jobs_of(tmp_path / "lesson.toml", f"{VIDEO}fps = 10\n", Wishes(fps=60, size="64x64"))
    assert (said.look.size, said.look.fps) == ((64, 64), 60)


def test_a_wish_may_go_with_another_of_the_defaults_or_of_the_command_line(tmp_path: Path) -> None:
    text = f"[defaults]\ntransparent = true\nmax_size = '1MB'\n{VIDEO}formats = ['webm', 'gif']\n"
    (job,) = jobs_of(tmp_path / "lesson.toml", text)
    assert (job.look.transparent, job.look.max_size) == (True, 1_000_000)
    text = f"[defaults]\ntransparent = true\n{VIDEO}"
    with pytest.raises(UserError, match=r"\[\[video\]\] 1: --transparent: mp4 cannot be transparent"):
        jobs_of(tmp_path / "lesson.toml", text)
    assert jobs_of(tmp_path / "lesson.toml", text, Wishes(formats=["webm"]))


def test_data_files_are_sought_beside_the_file_that_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lesson"
    folder.mkdir()
    (folder / "points.csv").write_text("x1,x2,label\n1,2,0\n3,4,1\n")
    (folder / "mine.toml").write_text('[two-curves]\ndata = "points.csv"\n')
    monkeypatch.chdir(tmp_path)
    text = "[[video]]\nscene = 'two-curves'\nparameters = {data = 'points.csv'}\n"
    jobs = jobs_of(folder / "lesson.toml", text)
    jobs += select_jobs(["two-curves"], everything=False, params=Path("lesson/mine.toml"))
    for job in jobs:
        assert job.parameters.dataset().points.tolist() == [[1, 2], [3, 4]]  # type: ignore[attr-defined]
    absolute = text.replace("points.csv", str(folder / "points.csv"))
    assert jobs_of(tmp_path / "lesson.toml", absolute)
    with pytest.raises(UserError, match=r"data must be a CSV file that exists"):
        jobs_of(tmp_path / "lesson.toml", text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["[[video]]", "there is none", "add one"]),
        (
            "video = 3",
            ["video must be a list of tables", "a line [[video]]", "two-curves", "got 3"],
        ),
        (
            "[video]\nscene = 'two-curves'\n",
            ["a line [[video]]", 'got {scene = "two-curves"}'],
        ),
        ("video = [3]", ["begin each with a line [[video]]", "got 3"]),
        (f"[[defaults]]\n{VIDEO}", ["defaults must be a table, below its name in brackets: [defaults]"]),
        ("video = []", ["video", "at least one video"]),
        ("[[vidio]]\nscene = 'x'\n", ["unknown key 'vidio'", "did you mean 'video'?"]),
        ("[[video]]\n", ["[[video]] 1", "'scene' is missing"]),
        (f"{VIDEO}[[video]]\nscene = 3\n", ["[[video]] 2", "scene", "must be a text", "got 3"]),
        (f"{VIDEO}thema = 'light'\n", ["[[video]] 1", "unknown key 'thema'", "did you mean 'theme'?"]),
        (
            f"{VIDEO}gap = 1\n",
            ["[[video]] 1", "unknown key 'gap'; it is a parameter: put it in [video.parameters]"],
        ),
        (f"{VIDEO}pic = 1\n", ["unknown key 'pic'; did you mean 'pick' in [video.parameters]?"]),
        (f"{VIDEO}rows = 1\n", ["unknown key 'rows'; it may hold: theme"]),
        (f"[defaults]\ngap = 1\n{VIDEO}", ["[defaults]", "put it in [video.parameters]"]),
        ("[[video]]\nscene = 'no-such'\ngap = 1\n", ["unknown key 'gap'; it may hold"]),
        ("[[video]]\nscene = 3\ngap = 1\n", ["unknown key 'gap'; it may hold"]),
        (f"{VIDEO}size = '12'\n", ["[[video]] 1: size '12': not a size in pixels", "1200x628"]),
        (f"{VIDEO}size = 1200\n", ['size must be a text in quotation marks, such as "1200x628"; got 1200']),
        (f"{VIDEO}size = '1201x628'\n", ["[[video]] 1: size '1201x628': 1201 must be an even number"]),
        (f"{VIDEO}fps = 24\n", ["[[video]] 1: fps 24: must be a multiple of 5", "30"]),
        (f"{VIDEO}fps = '30'\n", ['[[video]] 1: fps must be a whole number, such as 30; got "30"']),
        (f"[defaults]\nfps = 7\n{VIDEO}", ["[defaults]: fps 7: must be a multiple of 5"]),
        (f"[defaults]\nquality = '4k'\n{VIDEO}", ["[defaults]: unknown quality '4k'"]),
        (f"{VIDEO}theme = 'dusk'\n", ["[[video]] 1", "unknown theme 'dusk'", "dark"]),
        (f"[defaults]\nlocale = 'zh-Hand'\n{VIDEO}", ["[defaults]", "did you mean 'zh-Hant'?"]),
        (f"[defaults]\nname = 'x'\n{VIDEO}", ["[defaults]", "unknown key 'name'", "it may hold"]),
        (f"{VIDEO}transparent = 'no'\n", ["[[video]] 1", "transparent", "must be true or false", 'got "no"']),
        (f"{VIDEO}formats = 'gif'\n", ["[[video]] 1", "formats must be a list in brackets", 'got "gif"']),
        (f"{VIDEO}parameters = 3\n", ["[[video]] 1", "parameters must be a table", "got 3"]),
        (f"defaults = 3\n{VIDEO}", ["defaults must be a table, below its name in brackets", "got 3"]),
        (f"{VIDEO}formats = ['mpeg']\n", ["[[video]] 1", "'mpeg'", "mp4"]),
        (f"{VIDEO}max_size = 'big'\nformats = ['gif']\n", ["[[video]] 1", "'big'", "write for example"]),
        (f"{VIDEO}parameters = {{gap = 9}}\n", ["[[video]] 1", "gap", "less than or equal to 3", "got 9"]),
        (
            f"{VIDEO}parameters = {{gapp = 1}}\n",
            ["[[video]] 1", "no parameter 'gapp'", "did you mean 'gap'?"],
        ),
        (f"{VIDEO}parameters = {{gap = nan}}\n", ["[[video]] 1", "gap", "finite"]),
        (f"{VIDEO}name = '../x'\n", ["[[video]] 1", "'../x' is not a plain file name"]),
        (f"{VIDEO}{VIDEO}theme = 'light'\n", ["two different videos", "'two-curves'", "name"]),
        ("[[video]]\nscene = 'two-kurves'\n", ["[[video]] 1", "did you mean 'two-curves'?"]),
        ("[[video]]\nscene = 'two-curves@hart'\n", ["[[video]] 1", "did you mean 'hard'?"]),
        ("[[video]\n", ["not valid TOML"]),
    ],
)
def test_what_is_wrong_is_refused_in_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    words: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lesson.toml").write_text(text)
    assert main(["render", "--project", "lesson.toml"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert all(word in error for word in words), error
    if "two different" not in error:
        assert error.startswith("nnmath: --project lesson.toml")
    assert [path.name for path in tmp_path.iterdir()] == ["lesson.toml"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--project", "none.toml"], ["none.toml", "No such file", "nnmath init writes one"]),
        (["--project", "."], ["Is a directory", "give a TOML file"]),
        (["two-curves", "--project", "x.toml"], ["--project and 'two-curves' exclude each other"]),
        (["--lesson", "learning", "--project", "x.toml"], ["--project and --lesson exclude each other"]),
        (["--lesson", "learning", "--all"], ["--all and --lesson exclude each other"]),
        (["--lesson", "learning", "loss"], ["--lesson and 'loss' exclude each other"]),
        (["--lesson", "lerning"], ["unknown lesson 'lerning'; did you mean 'learning'?"]),
        (["--all", "--project", "x.toml"], ["--project and --all exclude each other"]),
        (["two-curves", "--jobs", "0"], ["--jobs"]),
        (["two-curves", "--jobs", "many"], ["--jobs"]),
    ],
)
def test_wrong_options_are_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["render", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert all(word in error for word in words), error
    assert list(tmp_path.iterdir()) == []


def test_init_writes_a_project_that_works_and_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lesson.toml"
    assert main(["init", str(file)]) == 0
    assert file.read_text(encoding="utf-8") == TEMPLATE
    jobs = select_jobs([], everything=False, project=file)
    assert [job.stem for job in jobs] == ["1-two-curves", "2-two-curves-closer"]
    capsys.readouterr()
    file.write_text("mine")
    assert main(["init", str(file)]) == 2
    assert "exists already; choose another name" in capsys.readouterr().err
    assert file.read_text() == "mine"
    assert main(["init", str(tmp_path / "none" / "lesson.toml")]) == 2


def test_init_on_a_full_disk_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> int:
        path.touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    assert main(["init", str(tmp_path / "lesson.toml")]) == 1
    assert "the disk is full" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_every_commented_key_of_the_template_is_known(tmp_path: Path) -> None:
    text = re.sub(r"^# (\w+ = )", r"\1", TEMPLATE, flags=re.MULTILINE)
    jobs = jobs_of(tmp_path / "lesson.toml", text)
    assert {(job.look.size, job.look.fps) for job in jobs} == {((1200, 628), 30)}
    assert {job.look.max_size for job in jobs} == {2_000_000}


def test_unknown_scenes_are_no_surprise(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"choose one of: .*two-curves"):
        jobs_of(tmp_path / "lesson.toml", "[[video]]\nscene = 'zzz'\n")
    assert "zzz" not in catalog.names()
