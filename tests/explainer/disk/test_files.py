"""Files appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.disk.files import Staging, require_writable
from explainer.errors import UserError


def test_nothing_is_visible_before_all_is(tmp_path: Path) -> None:
    with Staging(tmp_path, ("a.txt", "b.txt")) as staging:
        staging.write("b.txt", "two")
        staging.write("a.txt", b"one")
        assert all(path.name.startswith(".") for path in tmp_path.iterdir())
        assert staging.commit() == (tmp_path / "a.txt", tmp_path / "b.txt")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.txt": "one", "b.txt": "two"}


def test_a_failure_leaves_the_previous_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("good")

    def fail() -> None:
        with Staging(tmp_path, ("a.txt", "b.txt")) as staging:
            staging.write("a.txt", "half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.txt": "good"}


def test_a_set_that_is_not_complete_is_not_published(tmp_path: Path) -> None:
    def commit() -> None:
        with Staging(tmp_path, ("a.txt", "b.txt")) as staging:
            staging.write("a.txt", "one")
            staging.commit()

    with pytest.raises(FileNotFoundError):
        commit()
    assert list(tmp_path.iterdir()) == []


def test_two_stagings_of_one_name_do_not_meet(tmp_path: Path) -> None:
    with Staging(tmp_path, ("a.txt",)) as one, Staging(tmp_path, ("a.txt",)) as other:
        one.write("a.txt", "one")
        other.write("a.txt", "other")
        one.commit()
        other.commit()
    assert [path.read_text() for path in tmp_path.iterdir()] == ["other"]


def test_a_folder_in_the_way_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        Staging(tmp_path, ("a.txt",))


def test_a_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    require_writable(tmp_path / "new" / "deeper")
    assert list((tmp_path / "new" / "deeper").iterdir()) == []


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    for folder in (file, file / "below"):
        with pytest.raises(UserError, match=r"--out .* not a folder; choose"):
            require_writable(folder)
