"""What formulas are written with: Typst's mathematics, its parts named and its text quoted."""

from __future__ import annotations

import zlib


def part_key(name: str) -> int:
    """Return the key, a 24-bit colour other than black and the baseline's, that stands for a part's name."""
    return (zlib.crc32(name.encode()) & 0xFFFFFF) or 1


def named(name: str, content: str) -> str:
    """Return formula markup that can later be found as the part `name`; its layout is unchanged."""
    return f'text(fill: #rgb("#{part_key(name):06x}"), {content})'


def quoted(text: str) -> str:
    """Return `text` as a Typst string literal: data, never markup."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return f'"{escaped}"'
