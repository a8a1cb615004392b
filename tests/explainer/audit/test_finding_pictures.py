"""Every finding has one picture, of its instant, with what it names outlined."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from explainer.audit import pictures
from explainer.audit.check import check
from explainer.audit.finding import Finding
from explainer.audit.pictures import draw_all
from scenes.style.colour import rgb
from scenes.style.layout import LAYOUTS
from scenes.style.theme import THEMES

from .conftest import Probe
from .test_motion import travel


def collide(scene: Any) -> None:
    """Let one text run over another, and a third stand on a fourth at the end."""
    scene.sign = scene.text("HHHH").move_to(scene.at(0.5, 0.8))
    scene.mover = scene.text("moving")
    motion = travel(scene, scene.mover, (0.1, 0.8), (0.9, 0.8), 2.0)
    scene.one = scene.text("one").move_to(scene.at(0.5, 0.2))
    scene.other = scene.text("other").move_to(scene.at(0.5, 0.2))
    scene.appear(scene.sign, scene.mover, scene.one, scene.other)
    scene.play(motion)


def pixels_of(file: Path) -> Any:
    return np.asarray(Image.open(file)).astype(int)


def bounds(file: Path, colour: str) -> tuple[float, float, float, float]:
    """Return the box of all pixels of a colour, in scene units: left, bottom, right, top."""
    image = pixels_of(file)
    rows, columns = np.nonzero((np.abs(image - np.rint(rgb(colour) * 255)) <= 1).all(axis=2))
    unit = image.shape[0] / 8
    return (
        columns.min() / unit - 64 / 9,
        4 - rows.max() / unit,
        columns.max() / unit - 64 / 9,
        4 - rows.min() / unit,
    )


def test_each_finding_is_drawn_at_its_instant(tmp_path: Path) -> None:
    job = Probe(collide).job
    findings = check(job)
    assert {finding.kind for finding in findings} == {"overlap", "overlap in motion"}
    files = draw_all([job], findings, tmp_path, 1)
    assert [file.name for file in files if file is not None] == [
        f"probe-plain-dark-en-16x9-second-{k}.png" for k in (1, 2)
    ]
    assert sorted(tmp_path.iterdir()) == sorted(file for file in files if file is not None)
    for file, finding in zip(files, findings, strict=True):
        assert file is not None
        assert pixels_of(file).shape == (720, 1280, 3)
        left, bottom, right, top = bounds(file, THEMES["dark"]["active"])
        # The second thing is outlined where it is: in the middle of the stage, above or below.
        height = 0.8 if finding.kind == "overlap in motion" else 0.2
        x, y, _ = LAYOUTS["16:9"].stage.at(0.5, height)
        assert (left + right) / 2 == pytest.approx(x, abs=0.6)
        assert (bottom + top) / 2 == pytest.approx(y, abs=0.1)


def test_each_video_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [Probe(collide).job.looking(theme=theme) for theme in ("dark", "light")]
    findings = [finding for job in jobs for finding in check(job)]
    drawn: list[str] = []
    monkeypatch.setattr(pictures, "_draw", lambda video: drawn.append(video.job.look.theme))
    files = draw_all(jobs, findings, tmp_path, 1)
    # A theme's findings are drawn from its own video.
    assert drawn == ["dark", "light"]
    assert [file.name.split("-")[2] for file in files if file is not None] == ["dark"] * 2 + ["light"] * 2


def test_what_concerns_a_whole_theme_has_no_picture(tmp_path: Path) -> None:
    finding = Finding("", "", "dark", "", "", "", 0.0, "colours alike", ("class_0", "class_1"), "ΔE 3")
    assert draw_all([Probe(collide).job], [finding], tmp_path, 1) == [None]
    assert list(tmp_path.iterdir()) == []


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(content: object) -> bytes:
        raise MemoryError

    job = Probe(collide).job
    findings = check(job)
    monkeypatch.setattr(pictures, "png", fail)
    with pytest.raises(MemoryError):
        draw_all([job], findings, tmp_path, 1)
    assert list(tmp_path.iterdir()) == []
