"""What `nnmath watch` renders and looks at."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pytest

from explainer.cli.program import main
from explainer.work import watch
from explainer.work.watch import RenderProcess

Files = Callable[[], Collection[Path] | None]


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch, small_catalog: Any) -> list[tuple[RenderProcess, Files]]:
    """Watch nothing, and return what would have been run and looked at."""
    seen: list[tuple[RenderProcess, Files]] = []

    def note(process: RenderProcess, files: Files, tell: object) -> None:
        seen.append((process, files))

    monkeypatch.setattr(watch, "render_on_changes", note)
    return seen


def test_what_was_said_is_rendered_word_for_word(
    begun: list[tuple[RenderProcess, Files]], tmp_path: Path
) -> None:
    words = [
        "sliding-square@small",
        "--set",
        "side=3",
        "--set=opacity=0.5",
        "--theme",
        "light",
        "--jobs",
        "1",
    ]
    words += ["--out", str(tmp_path / "out")]
    assert main(["watch", *words]) == 0
    ((process, _),) = begun
    assert process.command[-len(words) - 2 :] == ["render", "--drafts-first", *words]


def test_project_words_and_code_are_looked_at_until_there_is_a_fault(
    begun: list[tuple[RenderProcess, Files]],
    small_catalog: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    lesson = Path("lesson.toml")
    lesson.write_text('[[video]]\nscene = "sliding-square"\n')
    assert main(["watch", "--project", "lesson.toml"]) == 0
    ((_, files),) = begun
    found = set(files() or ())
    assert {lesson, small_catalog.words_file} <= found
    assert {"make.py", "manim_internals.py"} <= {path.name for path in found}
    lesson.write_text('[[video]]\nscene = "sliding-circle"\n')
    assert files() is None


def test_a_fault_at_the_beginning_ends_it(
    begun: list[tuple[RenderProcess, Files]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["watch", "sliding-square", "--set", "side=9"]) == 2
    assert "side" in capsys.readouterr().err
    assert begun == []
