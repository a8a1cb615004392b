"""Every error that pydantic can find in what users give has words of ours."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError, core_schema

from explainer.errors import UserError
from explainer.request.parameters import validate
from explainer.request.wording import _WORDS, _WORDS_BY_EXAMPLE, place_of, shortened, wrong_with
from scenes import catalog
from scenes.definition import SceneDefinition

DEFINITIONS = {each.name: each for each in catalog.definitions()}
# Whatever TOML can hold, and what Python adds.
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["1", "relu", "nan", "9" * 500, "\udcff", "x" * 300, "a\0b", date(2001, 12, 31)])
    | st.sampled_from([400, 5000]).map(lambda digits: 10**digits)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=6,
)


def complaint(definition: SceneDefinition[Any, Any], name: str, value: Any) -> str | None:
    """Return what is said of a value, or None if it is taken."""
    try:
        validate(definition, {name: value}, {name: f"--set {name}=…"})
    except UserError as error:
        return str(error)
    return None


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS)
def test_whatever_is_given_for_a_parameter_is_taken_or_refused_in_our_words(
    definition: SceneDefinition[Any, Any],
) -> None:
    @given(name=st.sampled_from(list(definition.parameters.model_fields)), value=VALUES)
    @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def refused_in_our_words(name: str, value: Any) -> None:
        message = complaint(definition, name, value)
        assume(message is not None)
        assert message is not None
        source, _, said = message.partition(": ")
        assert source == f"--set {name}=…"
        assert name in said
        assert re.search(r"\w \w", said)
        assert "\n" not in message
        assert len(message) < 400
        assert "Input should" not in message
        assert "not what is wanted" not in message

    refused_in_our_words()


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS)
def test_a_text_is_no_number(definition: SceneDefinition[Any, Any]) -> None:
    numbers = [
        (name, value)
        for name, value in definition.preset_parameters()
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    assert numbers
    for name, value in numbers:
        assert complaint(definition, name, value) is None
        said = complaint(definition, name, str(value)) or "taken"
        assert re.search(rf': {name} must be a valid (number|integer); got "{value}"; give a ', said)
        assert complaint(definition, name, True)


def test_true_and_false_are_neither_numbers_nor_texts() -> None:
    definition = DEFINITIONS["one-layer-classifier"]
    assert complaint(definition, "trained", True) is None
    for value in (1, 1.0, "true", "on"):
        assert "trained must be true or false; got" in str(complaint(definition, "trained", value))


def test_texts_within_lists_are_no_numbers() -> None:
    definition = DEFINITIONS["basis-vectors"]
    assert complaint(definition, "matrix", [[1, 2], [3, 4]]) is None
    said = complaint(definition, "matrix", [[1, 2], [3, "4"]])
    assert said is not None
    assert 'matrix[1][1] must be a valid number; got "4"' in said


@pytest.mark.parametrize("value", [5e-324, 1e-9, 0.00009, 0, -1])
def test_a_learning_rate_that_would_be_written_as_nought_is_refused(value: float) -> None:
    definition = DEFINITIONS["gradient-descent"]
    assert complaint(definition, "learning_rate", 0.0001) is None
    said = complaint(definition, "learning_rate", value)
    assert said is not None
    assert "learning_rate must be greater than or equal to 0.0001" in said


@given(st.data())
def test_the_words_of_every_type_hold_what_its_context_says(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(_WORDS)))
    names = re.findall(r"\{(\w+)\}", _WORDS[kind])
    number = data.draw(st.integers(0, 9))
    context = dict.fromkeys({*names, "min_length", "max_length"} - {"items", "characters"}, number)
    problem = ErrorDetails(type=kind, loc=("gap",), msg="Input should not be seen", input=1, ctx=context)
    for written in ("", "{gap = 3}"):
        said = wrong_with(problem, written)
        assert said
        assert "{" not in said.replace(written, "")
        assert all(str(context.get(name, "")) in said for name in names)
        assert "Input should" not in said


def test_the_words_are_of_types_that_pydantic_has() -> None:
    # Pydantic's own types for paths are not among the core's; the newest one is not in all of its releases.
    others = {"path_type", "recursion_depth_exceeded"}
    assert set(_WORDS_BY_EXAMPLE) - others <= set(get_args(core_schema.ErrorType))


class Strange(BaseModel):
    """What another package's scene may want."""

    model_config = ConfigDict(extra="forbid")

    even: int = Field(2, multiple_of=2)
    word: str = Field("abc", min_length=1, max_length=3)
    one: list[float] = Field([1.0], min_length=1, max_length=1)
    table: dict[str, int] = {}
    day: date = date(2001, 12, 31)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"even": 3}, "even must be a multiple of 2"),
        ({"even": 2.5}, "even must be a valid integer"),
        ({"word": ""}, "word must have at least 1 character"),
        ({"word": "long"}, "word must have at most 3 characters"),
        ({"word": "\udcff"}, "word must be text in UTF-8"),
        ({"one": []}, "one must have at least 1 item, not 0"),
        ({"one": [1, 2]}, "one must have at most 1 item, not 2"),
        ({"one": ["x"]}, "one[0] must be a valid number"),
        ({"table": 3}, "table must be a table"),
        ({"day": "soon"}, "day must be a date, such as 2001-12-31"),
        ({"dya": 1}, "dya is not known"),
    ],
)
def test_what_scenes_of_other_packages_may_ask_for_is_worded(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Strange.model_validate(given)
    problem = caught.value.errors()[0]
    assert f"{place_of(problem)} {wrong_with(problem)}" == words


def test_a_validators_own_account_is_told_as_it_is() -> None:
    for error, words in (
        (PydanticCustomError("too_dull", "may not be\n dull"), "is not what is wanted: may not be dull"),
        (ValueError("must be\nbright"), "must be bright"),
    ):

        class Picky(BaseModel):
            colour: str

            def model_post_init(self, context: Any, error: Exception = error) -> None:
                raise error

        with pytest.raises(ValidationError) as caught:
            Picky(colour="grey")
        assert wrong_with(caught.value.errors()[0]) == words


@example("é\n\t" * 200)
@given(VALUES)
def test_a_value_is_shown_in_a_short_line(value: Any) -> None:
    assert len(shortened(value)) <= 60
    assert "\n" not in shortened(value)


def test_a_list_that_is_nested_too_deeply_is_not_shown() -> None:
    nested: list[Any] = []
    for _ in range(5000):
        nested = [nested]
    assert shortened(nested) == "a list that is nested too deeply"


def test_dates_are_shown_as_toml_has_them() -> None:
    assert shortened({"day": date(2001, 12, 31), "times": [time(12, 30)]}) == (
        "{day = 2001-12-31, times = [12:30:00]}"
    )
