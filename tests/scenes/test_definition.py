"""What a definition says of its scene, before anything is drawn."""

from __future__ import annotations

import pickle

import pytest

from explainer.keep.sources import SourceTree
from scenes import catalog


def test_a_beat_without_choice_has_the_caption_of_its_name() -> None:
    definition = catalog.definition("two-curves")
    assert definition.captions_of("plane") == ("plane",)
    assert definition.captions_of("points") == ("points", "points-own")
    with pytest.raises(KeyError):
        definition.captions_of("planet")


def test_the_cover_of_every_preset_is_a_beat_that_it_plays(scene_name: str, preset: str) -> None:
    definition = catalog.definition(scene_name)
    assert definition.cover_of(preset) in definition.beats_for(definition.preset_parameters(preset))


def test_every_scene_is_in_its_lesson_once(scene_name: str) -> None:
    definition = catalog.definition(scene_name)
    lesson = definition.load_lesson()
    assert lesson is not None
    assert lesson.scenes.count(scene_name) == 1
    assert set(lesson.scenes) <= set(catalog.names())


def test_a_scene_more_in_a_lesson_makes_no_other_video_anew(scene_name: str) -> None:
    definition = catalog.definition(scene_name)
    needed = SourceTree().closure([definition.home, definition.drawing_module])
    assert definition.home in needed
    assert definition.lesson not in needed


def test_a_definition_survives_the_way_to_another_process(scene_name: str) -> None:
    definition = catalog.definition(scene_name)
    assert pickle.loads(pickle.dumps(definition)) is definition


def test_words_and_drawing_stand_beside_the_numbers(scene_name: str) -> None:
    definition = catalog.definition(scene_name)
    package = definition.home.rpartition(".")[0]
    assert definition.drawing_module == f"{package}.drawing"
    assert {path.name for path in definition.folder.iterdir()} >= {"numbers.py", "drawing.py", "words.toml"}
    assert definition.words_file.parent == definition.folder
