"""The key of a job: it changes with everything that its files depend on, and with nothing else."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from explainer.jobs.description import describe, described
from explainer.jobs.job import Job
from explainer.jobs.look import QUALITIES, Look, Quality
from explainer.jobs.target import parse_target
from explainer.keep import key as keys
from explainer.keep.key import InputReader
from explainer.keep.sources import PACKAGES, ROOT, SourceTree
from explainer.request.data_files import data_files
from explainer.request.selection import select_jobs
from scenes import catalog
from scenes.definition import SceneParameters
from scenes.style.words import SHARED_WORDS

MakeJob = Callable[..., Job]


def job_of(name: str) -> Job:
    target = parse_target(name)
    return Job(target.definition, target.preset, target.definition.preset_parameters(target.preset), "x")


@pytest.fixture
def job() -> Job:
    return job_of("two-curves")


def key_of(job: Job) -> str:
    return InputReader().inputs(job).key


OTHERS: dict[str, Any] = {
    "definition": catalog.definition("basis-vectors"),
    "preset": "hard",
    "theme": "light",
    "locale": "zh-Hant",
    "aspect": "1:1",
    "quality": QUALITIES["draft"],
    "formats": ("mp4", "gif"),
    "transparent": True,
    "max_size": 1000,
}


def test_it_changes_with_every_field_of_a_job_but_its_name_and_folder(job: Job) -> None:
    basis = job.looking(formats=("mp4", "webm", "gif"))
    others = {**OTHERS, "parameters": basis.parameters.model_copy(update={"gap": 1.0})}
    of_job = [field.name for field in fields(Job) if field.name not in ("stem", "folder", "look")]
    of_look = [field.name for field in fields(Look)]
    assert set(others) == {*of_job, *of_look}, "give another value for the new field"
    made = [replace(basis, **{name: others[name]}) for name in of_job]
    made += [basis.looking(**{name: others[name]}) for name in of_look]
    found = [key_of(each) for each in (basis, *made)]
    assert len(set(found)) == len(found)
    assert key_of(replace(basis, stem="another")) == found[0]


def test_it_changes_with_every_part_of_a_quality(job: Job) -> None:
    qualities = [Quality(720, 30), Quality(720, 25), Quality(628, 30), Quality(628, 30, (1200, 628))]
    assert len({key_of(job.looking(quality=quality)) for quality in qualities}) == len(qualities)


def test_it_is_the_same_from_one_reader_to_the_next(job: Job) -> None:
    reader = InputReader()
    assert reader.inputs(job).key == reader.inputs(job).key == key_of(job)


def test_a_described_job_is_the_job(job: Job) -> None:
    for each in (job, job.looking(theme="light", formats=("mp4", "webm")), job_of("basis-vectors")):
        assert described(describe(each)) == each


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The packages in a folder of their own."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


class CopyReader:
    """Reads the inputs of jobs whose sources and words are a copy."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keys(self) -> dict[str, str]:
        names = ("two-curves", "basis-vectors", "matrix-as-layer")
        reader = InputReader(SourceTree(self.root), self.root / SHARED_WORDS.relative_to(ROOT))
        return {name: reader.inputs(self._copied(job_of(name))).key for name in names}

    def _copied(self, job: Job) -> Job:
        words = self.root / job.definition.words_file.relative_to(ROOT)
        return replace(job, definition=replace(job.definition, words=str(words)))


@pytest.mark.parametrize(
    ("file", "affected"),
    [
        ("scenes/linear_algebra/two_curves/drawing.py", {"two-curves"}),
        ("scenes/linear_algebra/matrix_as_layer/numbers.py", {"matrix-as-layer"}),
        ("scenes/linear_algebra/two_curves/legend.py", {"two-curves"}),
        ("scenes/parts/plane/basis_vectors.py", {"two-curves", "basis-vectors"}),
        ("scenes/stage/scene.py", {"two-curves", "basis-vectors", "matrix-as-layer"}),
        ("nnmath/linear_map.py", {"two-curves", "basis-vectors", "matrix-as-layer"}),
        ("explainer/play/session.py", {"two-curves", "basis-vectors", "matrix-as-layer"}),
        ("explainer/cli/program.py", set()),
        ("explainer/keep/cache.py", set()),
        ("explainer/disk/files.py", set()),
        ("scenes/catalog.py", set()),
        ("scenes/linear_algebra/relu_folding/drawing.py", set()),
    ],
)
def test_editing_a_file_affects_what_uses_it(copied: Path, file: str, affected: set[str]) -> None:
    reader = CopyReader(copied)
    before = reader.keys()
    with (copied / file).open("a") as source:
        source.write("\n# edited\n")
    after = reader.keys()
    assert {name for name in before if before[name] != after[name]} == affected


def test_editing_words_affects_their_scene_and_language(copied: Path) -> None:
    reader = CopyReader(copied)
    before = reader.keys()
    words = copied / "scenes/linear_algebra/two_curves/words.toml"
    words.write_text(words.read_text().replace("[captions]\n", "[captions]\nmore.zh-Hant = '多'\n"))
    assert reader.keys() == before
    words.write_text(words.read_text().replace("[captions]\n", "# more\n[captions]\nmore.en = 'more'\n"))
    after = reader.keys()
    assert {name for name in before if before[name] != after[name]} == {"two-curves"}
    shared = copied / SHARED_WORDS.relative_to(ROOT)
    shared.write_text(shared.read_text() + "more.en = 'more'\n")
    assert all(after[name] != key for name, key in reader.keys().items())


def test_it_changes_with_fonts_and_versions(
    job: Job, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = key_of(job)
    monkeypatch.setattr(keys, "versions", lambda: {"numpy": "0"})
    other_version = key_of(job)
    monkeypatch.undo()
    (tmp_path / "font.otf").write_bytes(b"font")
    monkeypatch.setattr(keys, "font_files", lambda: (tmp_path / "font.otf",))
    assert len({before, other_version, key_of(job)}) == 3


class FileParameters(SceneParameters):
    """Parameters that name files, in every place."""

    one: Path
    many: tuple[Path, ...] = ()
    named: dict[str, Path] = {}  # noqa: RUF012
    title: str = "not/a/file"


def test_the_contents_of_data_files_count(
    make_job: MakeJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = [Path("a.csv"), Path("b.csv"), Path("c.csv")]
    for path in names:
        path.write_text("1")
    parameters = FileParameters(one=names[0], many=(names[1],), named={"c": names[2]})
    job = replace(make_job(), parameters=parameters)
    assert data_files(parameters) == tuple(names)
    seen = {key_of(job)}
    for path in names:
        path.write_text("2")
        seen.add(key_of(job))
    names[0].unlink()
    seen.add(key_of(job))
    assert len(seen) == 5


def test_a_change_while_it_is_used_shows_even_if_it_is_undone(make_job: MakeJob, tmp_path: Path) -> None:
    data = tmp_path / "a.csv"
    data.write_text("1")
    inputs = InputReader().inputs(replace(make_job(), parameters=FileParameters(one=data)))
    assert inputs.changed() == []
    status = data.stat()
    data.write_text("1")
    os.utime(data, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert inputs.changed() == [data]


def test_however_many_keys_read_and_look_for_a_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = select_jobs(["two-curves", "basis-vectors", "matrix-as-layer"], everything=False)
    read: Counter[Path] = Counter()
    looked_for: Counter[Path] = Counter()

    def counted(function: Callable[[Path], Any], count: Counter[Path]) -> Callable[[Path], Any]:
        def call(path: Path) -> Any:
            count[path] += 1
            return function(path)

        return call

    monkeypatch.setattr(Path, "read_bytes", counted(Path.read_bytes, read))
    monkeypatch.setattr(Path, "is_file", counted(Path.is_file, looked_for))
    reader = InputReader()
    for job in jobs:
        reader.inputs(job)
    # Whether a scene's folder is a package is asked for every key, since what else lies there may change.
    packages = {job.definition.folder / "__init__.py" for job in jobs}
    modules = [path for path in looked_for if path.suffix == ".py" and path not in packages]
    assert len(modules) > 100
    before = [looked_for[path] for path in modules]
    for job in jobs * 9:
        reader.inputs(job)
    assert set(read.values()) == {1}
    assert [looked_for[path] for path in modules] == before


def test_small_scenes_have_keys(make_job: MakeJob) -> None:
    assert key_of(make_job()) != key_of(make_job(side=1.0))
    assert catalog.names() == ["sliding-square"]
