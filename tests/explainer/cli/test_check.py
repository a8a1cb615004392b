"""`nnmath check`: what it looks at, what it says, what it draws and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from explainer.audit import check as audit
from explainer.audit.finding import Finding
from explainer.cli.program import main
from explainer.jobs.job import Job
from scenes.definition import SceneDefinition
from scenes.style.locales import LOCALES
from scenes.style.theme import THEMES


@pytest.fixture
def audited(monkeypatch: pytest.MonkeyPatch, small_catalog: SceneDefinition) -> list[Job]:
    """Put an audit in place that finds fault with large squares alone, and return the jobs that it saw."""
    seen: list[Job] = []

    def check_all(jobs: Sequence[Job], progress: Callable[[Job], None]) -> list[Finding]:
        seen.extend(jobs)
        for job in jobs:
            progress(job)
        return [
            Finding(
                *(job.scene, job.preset, job.look.theme, job.look.locale, job.look.aspect),
                *("slide", 1.5, "size", ("square", "edge"), "too large"),
            )
            for job in jobs
            if job.parameters.side > 3
        ]

    monkeypatch.setattr(audit, "check_all", check_all)
    return seen


def test_check_looks_at_every_look(audited: list[Job], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--all"]) == 0
    assert {(job.preset, job.look.theme, job.look.locale) for job in audited} == {
        (preset, theme, locale) for preset in ("plain", "small") for theme in THEMES for locale in LOCALES
    }
    assert capsys.readouterr().out == f"{len(audited)} checked, nothing found\n"


def test_check_fails_and_says_where(audited: list[Job], capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["check", "sliding-square", "--set", "side=4", "--theme", "light", "--locale", "en"]
    arguments += ["--aspect", "16:9"]
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert "(light, en, 16:9) beat slide at 1.5 s: size: square and edge: too large" in captured.out
    assert captured.out.endswith("1 checked, 1 found\n")
    assert captured.err == ""
    assert main([*arguments, "--json"]) == 2
    (report,) = json.loads(capsys.readouterr().out)
    assert (report["theme"], report["beat"], report["things"]) == ("light", "slide", ["square", "edge"])
    assert report["message"] == "size: square and edge: too large"
    assert "picture" not in report


def test_check_draws_what_it_finds(
    audited: list[Job], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["check", "sliding-square", "--set", "side=4", "--theme", "light", "--locale", "en"]
    arguments += ["--aspect", "16:9", "--picture", str(tmp_path / "found")]
    assert main(arguments) == 2
    assert capsys.readouterr().out.endswith(f"1 checked, 1 found\n1 drawn in {tmp_path / 'found'}\n")
    (file,) = (tmp_path / "found").iterdir()
    assert file.name == "sliding-square-plain-light-en-16x9-slide-1.png"
    assert main([*arguments, "--json"]) == 2
    (report,) = json.loads(capsys.readouterr().out)
    assert report["picture"] == str(file)
    assert main([*arguments, "--set", "side=1"]) == 0
    assert capsys.readouterr().out.endswith(f"nothing found\n0 drawn in {tmp_path / 'found'}\n")


def test_check_says_at_once_where_pictures_cannot_go(
    audited: list[Job], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main(["check", "sliding-square", "--picture", str(tmp_path / "file")]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("nnmath: --picture ")
    assert captured.err.endswith("not a folder; choose a folder that you may write to\n")
    assert audited == []
