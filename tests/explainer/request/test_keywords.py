"""What Python says by keyword, and what a request says to Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explainer.errors import MachineError, UserError
from explainer.request.keywords import by_keyword, plain_value, raised_by_keyword, setting_of, wishes_of


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (np.float32(0.5), 0.5),
        (np.bool_(True), True),
        ([np.int64(3), (1.5, np.float64(2.5))], [3, [1.5, 2.5]]),
        (Path("a") / "b.csv", "a/b.csv"),
        ({"x": (1, np.int8(2))}, {"x": [1, 2]}),
        ("text", "text"),
        (None, None),
    ],
)
def test_values_become_plain(value: Any, plain: Any) -> None:
    found = plain_value(value)
    assert found == plain
    assert type(found) is type(plain)


def test_a_setting_is_called_as_it_was_given() -> None:
    assert setting_of("gap", np.float64(0.6)).source == "gap=0.6"
    long = setting_of("weights", np.zeros((30, 2)))
    assert len(long.source) == 80
    assert long.source.startswith("weights=[[0.0, 0.0], [")
    assert long.value == [[0.0, 0.0]] * 30


@pytest.mark.parametrize(
    ("given", "wished"),
    [
        ({"formats": "mp4,gif"}, {"formats": ["mp4,gif"]}),
        ({"formats": ("mp4", "gif")}, {"formats": ["mp4", "gif"]}),
        ({"size": (np.int64(1200), 628)}, {"size": "1200x628"}),
        ({"size": "1200x628", "max_size": "2MB"}, {"size": "1200x628", "max_size": "2MB"}),
        ({"max_size": 2000, "fps": np.int64(30)}, {"max_size": "2000", "fps": 30}),
        ({"theme": None}, {}),
    ],
)
def test_options_become_wishes(given: dict[str, Any], wished: dict[str, Any]) -> None:
    assert wishes_of(**given).model_dump(exclude_none=True) == wished


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"theme": 3}, "theme=3: must be a text"),
        ({"max_size": True}, "max_size=True: must be a text"),
        ({"formats": 3}, "formats=3: must be a list of texts"),
        ({"formats": [3]}, r"formats=\[3\]: must be a text"),
        ({"transparent": "yes"}, "transparent='yes': must be True or False"),
        ({"fps": 29.97}, "fps=29.97: must be a whole number"),
    ],
)
def test_options_of_the_wrong_type(given: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=f"^{said}$"):
        wishes_of(**given)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("unknown --quality 'x'", "unknown quality 'x'"),
        ("--max-size 5: add --format gif", "max_size 5: add formats gif"),
        ("as it is with --set data=points.csv", "as it is with data=points.csv"),
        ("choose another --out or --name", "choose another out or name"),
        ("start one with --nworkers 2 --", "start one with --nworkers 2 --"),
    ],
)
def test_messages_name_keywords(message: str, told: str) -> None:
    assert by_keyword(message) == told


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        (UserError("--out x"), UserError, "out x"),
        (MachineError("--out x"), MachineError, "out x"),
        (ImportError("no\nmanim"), MachineError, "a library is missing or broken: no manim; run make setup"),
        (KeyError("x"), MachineError, "internal error: KeyError: 'x' (NNMATH_DEBUG=1 shows where)"),
        (TypeError("missing 1 argument"), TypeError, "missing 1 argument"),
        (KeyboardInterrupt(), KeyboardInterrupt, ""),
    ],
)
def test_what_is_raised(error: BaseException, kind: type[BaseException], told: str) -> None:
    @raised_by_keyword
    def fail() -> None:
        raise error

    with pytest.raises(kind) as raised:
        fail()
    assert type(raised.value) is kind
    assert str(raised.value) == told
    # Where it came from can still be seen.
    assert raised.value is error or raised.value.__cause__ is error
