"""Characters that no font has are refused before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from explainer.errors import UserError
from explainer.film.make import make_video
from explainer.jobs.job import Job
from explainer.jobs.look import Look
from explainer.play.characters import require_drawable
from explainer.play.render import run_without_drawing, still
from scenes import catalog
from scenes.definition import SceneDefinition
from scenes.style.locales import LOCALES

MakeJob = Callable[..., Job]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("scene", catalog.names())
def test_every_caption_can_be_drawn(scene: str, locale: str) -> None:
    definition = catalog.definition(scene)
    parameters = definition.preset_parameters()
    require_drawable(Job(definition, definition.default_preset, parameters, scene, Look(locale=locale)))


@pytest.mark.parametrize("play", [still, run_without_drawing], ids=["still", "check"])
def test_a_parameter_is_refused_before_anything_is_drawn(
    make_job: MakeJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, play: Callable[[Job], object]
) -> None:
    # Without its class no scene can begin.
    monkeypatch.setattr(SceneDefinition, "load_scene", None)
    for make in (lambda job: make_video(job, tmp_path), play):
        with pytest.raises(UserError, match=r"square: parameter colour has '🙂' \(U\+1F642\)"):
            make(make_job(colour="smile 🙂"))
    assert list(tmp_path.iterdir()) == []
    require_drawable(make_job(colour="方 ≥ −1"))


def test_a_caption_is_refused_with_its_place(
    small_catalog: SceneDefinition[Any, Any], make_job: MakeJob
) -> None:
    with small_catalog.words_file.open("a", encoding="utf-8") as words:
        words.write('\n[captions]\nrest.en = "It rests"\nrest.zh-Hant = "ꙮ rests"\n')
    require_drawable(make_job().looking(locale="en"))
    with pytest.raises(UserError) as refused:
        require_drawable(make_job().looking(locale="zh-Hant"))
    message = str(refused.value)
    assert "captions.rest.zh-Hant has 'ꙮ' (U+A66E)" in message
    assert "\n" not in message
