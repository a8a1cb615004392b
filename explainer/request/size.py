"""How many bytes: as people write it."""

from __future__ import annotations

import re

from explainer.errors import UserError

_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


def bytes_of(given: str, name: str) -> int:
    """Return the number of bytes that text such as `500MB` or `2 GB` means.

    Raises:
        UserError: if it means none; `name` says what it was given for.
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kmgt]?)b?\s*", given, re.IGNORECASE | re.ASCII)
    if match is None:
        raise UserError(f"{name} {given!r}: not a size; write for example 500MB or 2GB")
    return round(float(match[1]) * _UNITS[match[2].upper()])
