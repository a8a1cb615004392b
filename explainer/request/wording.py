"""What is wrong with a value, in a reader's words: from the type and context of pydantic's errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from explainer.errors import cut, one_line
from explainer.request.parameter_table import plain_number, toml_text

# What stands behind the name of a value; {…} is of the error's context.
_WORDS: Mapping[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is not known",
    "value_error": "{error}",
    "assertion_error": "{error}",
    # Numbers
    "greater_than": "must be greater than {gt}",
    "greater_than_equal": "must be greater than or equal to {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be less than or equal to {le}",
    "multiple_of": "must be a multiple of {multiple_of}",
    "finite_number": "must be a finite number",
    "float_type": "must be a valid number",
    "float_parsing": "must be a valid number",
    "int_type": "must be a valid integer",
    "int_parsing": "must be a valid integer",
    "int_from_float": "must be a valid integer",
    "int_parsing_size": "has too many digits",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    # Texts
    "string_type": "must be a valid string",
    "string_unicode": "must be text in UTF-8",
    "string_too_short": "must have at least {min_length} {characters}",
    "string_too_long": "must have at most {max_length} {characters}",
    "string_pattern_mismatch": "must be of the form {pattern}",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
    "path_type": "must be the name of a file",
    # Lists and tables
    "too_short": "must have at least {min_length} {items}, not {actual_length}",
    "too_long": "must have at most {max_length} {items}, not {actual_length}",
    "list_type": "must be a valid list",
    "tuple_type": "must be a valid tuple",
    "set_type": "must be a valid list",
    "frozen_set_type": "must be a valid list",
    "iterable_type": "must be a valid list",
    "dict_type": "must be a table",
    "mapping_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "invalid_key": "must have names of text",
    "recursion_loop": "must not hold itself",
    "recursion_depth_exceeded": "is nested too deeply",
    # Dates and times, which TOML has
    "date_type": "must be a date, such as 2001-12-31",
    "date_parsing": "must be a date, such as 2001-12-31",
    "date_from_datetime_parsing": "must be a date, such as 2001-12-31",
    "date_from_datetime_inexact": "must be a date without a time of day",
    "time_type": "must be a time of day, such as 12:30:00",
    "time_parsing": "must be a time of day, such as 12:30:00",
    "datetime_type": "must be a date and a time, such as 2001-12-31T12:30:00",
    "datetime_parsing": "must be a date and a time, such as 2001-12-31T12:30:00",
    "datetime_from_date_parsing": "must be a date and a time, such as 2001-12-31T12:30:00",
    # Whole files
    "json_invalid": "is not JSON",
    "json_type": "is not JSON",
}
# The same where a reader of a file looks for how it is written.
_WORDS_BY_EXAMPLE: Mapping[str, str] = {
    **_WORDS,
    "string_type": "must be a text in quotation marks, such as {example}",
    "int_type": "must be a whole number, such as {example}",
    "bool_type": "must be true or false, without quotation marks",
    "list_type": "must be a list in brackets, such as {example}",
    "dict_type": "must be a table, such as {example}",
    "model_type": "must be a table, below its name in brackets: {example}",
}
# The same where values are Python's.
_WORDS_IN_PYTHON: Mapping[str, str] = {
    **_WORDS,
    "string_type": "must be a text",
    "int_type": "must be a whole number",
    "bool_type": "must be True or False",
    "list_type": "must be a list of texts",
}


def wrong_with(problem: ErrorDetails, example: str = "", *, in_python: bool = False) -> str:
    """Return what is wrong in one line, to stand behind the name of the value: `must be less than 3`.

    Args:
        problem: one of the errors that pydantic found. The account of a validator, and of types of which we
            have no value, is told as it is.
        example: what would be right, as one writes it in the file where the value stands.
        in_python: whether the value was given in a program.
    """
    told = _WORDS_IN_PYTHON if in_python else _WORDS_BY_EXAMPLE if example else _WORDS
    words = told.get(problem["type"])
    if words is None:
        return f"is not what is wanted: {one_line(problem['msg'])}"
    return one_line(words.format_map({**_in_words(problem.get("ctx", {})), "example": example}))


def place_of(problem: ErrorDetails) -> str:
    """Return the name of the value that a problem is about, as one writes it: `corner[0][1]`."""
    name, *steps = problem["loc"] or ("",)
    return str(name) + "".join(f"[{step}]" for step in steps if isinstance(step, int))


def shortened(value: object, limit: int = 60) -> str:
    """Return a value as TOML, or as Python shows it where TOML has none such, in one short line."""
    try:
        text = toml_text(value)
    except (TypeError, ValueError):
        text = _as_python_has_it(value)
    except RecursionError:
        text = "a list that is nested too deeply"
    return cut(one_line(text.replace("NaN", "nan").replace("Infinity", "inf")), limit)


def _as_python_has_it(value: object) -> str:
    try:
        return repr(value)
    except ValueError:
        # Python refuses to write whole numbers of thousands of digits; in hexadecimal, TOML may hold them.
        return "a number of too many digits"


def _in_words(context: Mapping[str, Any]) -> dict[str, str]:
    single = 1 in (context.get("min_length"), context.get("max_length"))
    return {
        **{name: _said(value) for name, value in context.items()},
        "items": "item" if single else "items",
        "characters": "character" if single else "characters",
    }


def _said(value: object) -> str:
    return plain_number(value) if isinstance(value, int | float) else str(value)
