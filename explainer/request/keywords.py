"""What Python says by keyword, in the words of a request; and a request's errors, in the words of Python."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from pydantic import ValidationError

from explainer.errors import ExplainerError, UserError, as_explainer_error, one_line
from explainer.jobs.look import Wishes
from explainer.request.parameters import Setting
from explainer.request.wording import wrong_with

P = ParamSpec("P")
T = TypeVar("T")

# The keywords that are no parameters of scenes: how a video looks, and what becomes of it.
OPTIONS = (*Wishes.model_fields, "out", "name", "force", "at")
_LONGEST_SAID = 80
_OTHERWISE_NAMED = {"format": "formats"}


def setting_of(name: str, value: object) -> Setting:
    """Return a parameter that was given by keyword as a setting; messages call it `gap=0.6`."""
    plain = plain_value(value)
    return Setting(name, plain, _said(name, plain))


def wishes_of(**given: object) -> Wishes:
    """Return what options given by keyword say of a look; UserError for a value of the wrong type."""
    values = {name: plain_value(value) for name, value in given.items()}
    formats, size, most = (values.get(name) for name in ("formats", "size", "max_size"))
    if isinstance(formats, str):
        values["formats"] = [formats]
    if isinstance(size, list):
        values["size"] = "x".join(str(side) for side in size)
    if isinstance(most, int) and not isinstance(most, bool):
        values["max_size"] = str(most)
    try:
        return Wishes.model_validate(values)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        name = str(problem["loc"][0])
        wrong = wrong_with(problem, in_python=True)
        raise UserError(f"{_said(name, values[name])}: {wrong}") from None


def plain_value(value: object) -> Any:
    """Return a value as JSON would have it: for arrays and tuples lists, for paths texts."""
    # Arrays and scalars of numpy and of all who follow it; none of them need be imported for this.
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Mapping):
        return {key: plain_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(item) for item in value]
    return value


def warn(message: str) -> None:
    """Warn of what is odd but stops nothing."""
    warnings.warn(by_keyword(message), stacklevel=2)


def raised_by_keyword(function: Callable[P, T]) -> Callable[P, T]:
    """Make a function raise nothing but errors in one line, which name options as its keywords."""

    @wraps(function)
    def asked(*given: P.args, **keywords: P.kwargs) -> T:
        try:
            return function(*given, **keywords)
        except ExplainerError as error:
            error.args = (by_keyword(str(error)),)
            raise
        except TypeError:
            # How the function was called is for Python to say.
            raise
        except Exception as error:
            failure = as_explainer_error(error)
            raise type(failure)(by_keyword(str(failure))) from error

    return asked


def by_keyword(message: str) -> str:
    """Return a message in which options are named as in Python: `max_size` for `--max-size`."""
    return re.sub(r"--(set |[a-z]+(?:-[a-z]+)*)", _keyword, message)


def _keyword(option: re.Match[str]) -> str:
    if option[1] == "set ":
        return ""
    name = _OTHERWISE_NAMED.get(option[1], option[1].replace("-", "_"))
    return name if name in OPTIONS else option[0]


def _said(name: str, value: object) -> str:
    text = one_line(f"{name}={value!r}")
    return text if len(text) <= _LONGEST_SAID else f"{text[: _LONGEST_SAID - 1]}…"
