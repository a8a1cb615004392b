"""What may be said with --set and --params, and how wrong values are told."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import UserError
from explainer.request.parameter_table import parameter_rows, toml_text
from explainer.request.parameters import parse_setting, read_parameter_file, resolve
from scenes.definition import SceneDefinition

VALUES = st.recursive(
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs", "Cc"))),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=8,
)


@given(VALUES)
def test_a_value_written_as_toml_is_read_back(value: Any) -> None:
    assert parse_setting(f"name={toml_text(value)}").value == value


@pytest.mark.parametrize("word", ["potato", "zh-Hant", "1/2", "../x", "相"])
def test_a_bare_word_is_text(word: str) -> None:
    assert parse_setting(f"name={word}").value == word


@pytest.mark.parametrize("given", ["gap", "=1", "gap=", "gap=[1", 'gap="x', "gap=1\nother=2", "gap={"])
def test_what_is_no_setting_is_refused_in_one_line(given: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_setting(given)
    assert "--set" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_setting_too_deep_to_read_is_refused_in_one_short_line() -> None:
    with pytest.raises(UserError, match="too deep") as caught:
        parse_setting(f"gap={'[' * 3000}{']' * 3000}")
    assert len(str(caught.value)) < 250


def test_a_long_wrong_value_is_told_in_a_short_line(small_catalog: SceneDefinition) -> None:
    setting = parse_setting(f"corner={[[1] * 10_000] * 2}")
    with pytest.raises(UserError, match=r"^--set corner=\[\[1, 1.*…: corner\[0\] must have") as caught:
        resolve(small_catalog, "plain", None, [setting])
    assert len(str(caught.value)) < 500


def test_a_number_too_long_to_read_is_a_wrong_value(small_catalog: SceneDefinition) -> None:
    with pytest.raises(UserError, match="steps has too many digits"):
        resolve(small_catalog, "plain", None, [parse_setting(f"steps={'9' * 5000}")])


def test_later_sources_win(small_catalog: SceneDefinition, tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text("[sliding-square]\nside = 1.5\nopacity = 0.25\n")
    file = read_parameter_file(path)
    chosen = resolve(small_catalog, "small", file, [parse_setting("opacity=0.75")])
    assert (chosen.side, chosen.opacity, chosen.colour) == (1.5, 0.75, "#ffffff")
    assert resolve(small_catalog, "small").side == 1.0
    assert resolve(small_catalog, "plain").side == 2.0


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("side=potato", ["side", "valid number", '"potato"', "default 2.0"]),
        ("side=9", ["less than or equal to 4", "got 9"]),
        ("side=nan", ["side", "finite", "got nan"]),
        ("side=-inf", ["side", "finite", "got -inf"]),
        ("sid=1", ["no parameter 'sid'", "did you mean 'side'"]),
        ("zebra=1", ["no parameter 'zebra'", "it has: side, opacity"]),
        ("corner=[[1, nan], [0, 1]]", ["corner[0][1]", "finite", "got nan"]),
        ("corner=[[1, 2, 3], [0, 1]]", ["corner[0]", "at most 2 items", "not 3"]),
        ("corner=7", ["corner must be a valid tuple", "got 7"]),
        ("steps=1.5", ["steps must be a valid integer", "got 1.5", "1 to 9"]),
        ("colour=3", ["colour must be a valid string", "got 3"]),
        ("side=true", ["side must be a valid number", "got true", "at most 4"]),
        ("corner=[[1, 2], [true, 1]]", ["corner[1][0] must be a valid number", "got true"]),
        ("corner=[[1, 2]]", ["corner[1] is missing"]),
    ],
)
def test_a_wrong_value_is_named_with_its_remedy(
    small_catalog: SceneDefinition, setting: str, words: list[str]
) -> None:
    with pytest.raises(UserError) as caught:
        resolve(small_catalog, "plain", None, [parse_setting(setting)])
    message = str(caught.value)
    assert message.startswith(f"--set {setting}: ")
    assert "\n" not in message
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[sliding-square]\nside = = 1", ["not valid TOML", "line 2"]),
        ("side = 1", ["'side' stands outside a table", "[sliding-square]"]),
        ("[sliding-squar]\nside = 1", ["unknown scene table", "did you mean 'sliding-square'"]),
        ("[sliding-square]\nsize = 1", ["no parameter 'size'", "did you mean 'side'"]),
        (b"\xff\xfe[", ["UTF-8"]),
        (f"[sliding-square]\nside = {'[' * 5000}", ["not valid TOML", "too deep"]),
        (f"[sliding-square]\nside = {'9' * 5000}", ["not valid TOML", "too many digits"]),
    ],
)
def test_a_wrong_parameter_file_is_refused(
    small_catalog: SceneDefinition, tmp_path: Path, content: str | bytes, words: list[str]
) -> None:
    path = tmp_path / "lesson.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UserError) as caught:
        read_parameter_file(path)
    assert str(path) in str(caught.value)
    assert all(word in str(caught.value) for word in words), caught.value


def test_a_wrong_value_in_a_file_names_file_and_table(small_catalog: SceneDefinition, tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text("[sliding-square]\nside = 40\n")
    with pytest.raises(UserError, match=r"lesson\.toml, \[sliding-square\]: side must be less") as caught:
        resolve(small_catalog, "plain", read_parameter_file(path))
    assert "above 0, at most 4" in str(caught.value)


def test_the_table_says_what_the_model_enforces(small_catalog: SceneDefinition) -> None:
    rows = {row.name: row for row in parameter_rows(small_catalog.parameters)}
    assert list(rows) == list(small_catalog.parameters.model_fields)
    assert rows["opacity"].allowed == "number, 0 to 1; default 1.0"
    assert rows["corner"].type == "list of lists of numbers"
    assert rows["corner"].bounds == "2 items of 2 items"
    assert rows["side"].meaning == "length of a side, in scene units"
    defaults = small_catalog.parameters().model_dump(mode="json")
    for name, row in rows.items():
        read = tomllib.loads(f"value = {row.default}")["value"]
        assert json.loads(json.dumps(read)) == defaults[name]
