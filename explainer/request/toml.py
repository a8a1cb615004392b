"""Reading TOML that anybody may have written."""

from __future__ import annotations

import tomllib
from typing import Any


def read_toml(text: str) -> dict[str, Any]:
    """Return the tables of a TOML text; tomllib.TOMLDecodeError for whatever cannot be read, however odd."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError("Brackets stand too deep within each other") from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:
        # Python refuses to convert whole numbers of thousands of digits.
        raise tomllib.TOMLDecodeError("A number has too many digits, or a date does not exist") from None
