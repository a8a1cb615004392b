"""The file formats that a video can be made in, and how a command line names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from explainer.errors import UserError, unknown
from explainer.request.size import bytes_of

FORMATS: Mapping[str, str] = {
    "mp4": "H.264 video",
    "webm": "VP9 video",
    "gif": "animation",
    "png": "poster",
}
DEFAULT_FORMATS = ("mp4",)
# What can show the page behind it; a gif knows no soft edges, and without them letters are hard to read.
_CLEAR = frozenset({"webm", "png"})


def parse_formats(given: Iterable[str]) -> tuple[str, ...]:
    """Read names such as `mp4,webm`; return each once, in the order of `FORMATS`."""
    names = [name.strip().lower() for item in given for name in item.split(",")]
    for name in names:
        if name not in FORMATS:
            raise unknown("--format", name, FORMATS)
    return tuple(name for name in FORMATS if name in names)


def parse_size(given: str) -> int:
    """Read the number of bytes that `--max-size` gives, such as `2MB`."""
    size = bytes_of(given, "--max-size")
    if size < 1:
        raise UserError(f"--max-size {given!r}: must be at least one byte; write for example 2MB")
    return size


def require_consistent(formats: tuple[str, ...], *, transparent: bool, max_size: int | None) -> None:
    """Raise a UserError for formats that are unknown, none at all, or unfit for what is asked of them."""
    for name in formats:
        if name not in FORMATS:
            raise unknown("--format", name, FORMATS)
    if not formats:
        raise UserError(f"--format names none; choose from: {', '.join(FORMATS)}")
    if transparent and not _CLEAR.intersection(formats):
        raise UserError(
            f"--transparent: {' and '.join(formats)} cannot be transparent; add --format webm (or png)"
        )
    if max_size is not None and "gif" not in formats:
        raise UserError(
            f"--max-size {max_size}: only a gif is made smaller; add --format gif or leave it out"
        )
