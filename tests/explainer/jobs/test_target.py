"""What is named to be shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_scenes import announce, write_folder, write_module

from explainer.errors import UserError
from explainer.jobs.target import every_target, parse_target, targets_of_lesson
from scenes import catalog
from scenes.catalog import OURS

pytestmark = pytest.mark.usefixtures("elsewhere")


@pytest.mark.parametrize(
    ("given", "preset", "stem"),
    [
        ("./my_scene.py", "plain", "mine"),
        ("my_scene.py", "plain", "mine"),
        ("my_scene.py@large", "large", "mine-large"),
        ("odd@home/my_other.py", "plain", "other"),
        ("odd@home/my_other.py@large", "large", "other-large"),
        ("./moving", "plain", "moving"),
        ("./moving@large", "large", "moving-large"),
        ("moving/drawing.py@large", "large", "moving-large"),
    ],
)
def test_a_file_of_ones_own_may_stand_in_a_names_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, preset: str, stem: str
) -> None:
    write_module(tmp_path, "my_scene", "mine")
    write_module(tmp_path / "odd@home", "my_other", "other")
    write_folder(tmp_path, "moving", "moving")
    target = parse_target(given, tmp_path)
    assert (target.preset, target.stem) == (preset, stem)
    monkeypatch.chdir(tmp_path)
    assert parse_target(given) == target


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("moving", "unknown scene 'moving'"),
        ("moving.py", "moving.py: there is no such file"),
        ("./my_scene.py@lage", "unknown preset of ./my_scene.py 'lage'; did you mean 'large'?"),
        ("./broken.py", "broken.py cannot be loaded (ZeroDivisionError"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_module(tmp_path, "my_scene", "mine")
    (tmp_path / "broken.py").write_text("1 / 0")
    with pytest.raises(UserError) as caught:
        parse_target(given)
    assert str(caught.value).startswith(words)
    assert "\n" not in str(caught.value)


def test_all_scenes_are_all_that_can_be_had(elsewhere: Path) -> None:
    write_folder(elsewhere, "bar", "foo")
    write_folder(elsewhere, "baz", "boo")
    (elsewhere / "baz/numbers.py").write_text("1 / 0")
    announce(elsewhere, "bar", {"foo": "bar.numbers"})
    announce(elsewhere, "baz", {"boo": "baz.numbers"})
    told: list[str] = []
    stems = [target.stem for target in every_target(told.append)]
    assert stems[0] == "two-curves-easy"
    assert stems[-2:] == ["foo-plain", "foo-large"]
    assert told == ["the scene 'boo' of baz 1.0 cannot be loaded (ZeroDivisionError: division by zero)"]


def test_none_of_ours_is_left_out_of_all(elsewhere: Path) -> None:
    write_folder(elsewhere, "bar", "two-curves")
    announce(elsewhere, "bar", {"two-curves": "bar.numbers"})
    with pytest.raises(
        UserError, match=rf"--all: the scene 'two-curves' is announced by {OURS} .* and by bar"
    ):
        every_target()


@pytest.mark.parametrize("key", ["linear-algebra", "learning"])
def test_a_lesson_is_every_preset_of_its_scenes_in_the_order_it_plays(key: str) -> None:
    targets = targets_of_lesson(key)
    lesson = targets[0].definition.load_lesson()
    assert lesson is not None
    presets = {f"{name}-{preset}" for name in lesson.scenes for preset in catalog.definition(name).presets}
    assert {target.stem for target in targets} == presets
    places = [lesson.place_of(target.definition.name, target.preset) for target in targets]
    assert places == sorted(places)
    assert len(targets) == len(presets)


def test_no_such_lesson_is_told_with_the_nearest() -> None:
    with pytest.raises(UserError, match="unknown lesson 'leraning'; did you mean 'learning'"):
        targets_of_lesson("leraning")
