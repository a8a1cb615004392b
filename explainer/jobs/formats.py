"""The file formats that a video can be made in, and how a command line names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import ByteSize, TypeAdapter, ValidationError

from explainer.errors import UserError, cut, unknown

FORMATS: Mapping[str, str] = {
    "mp4": "H.264 video",
    "webm": "VP9 video",
    "gif": "animation",
    "png": "poster",
}
DEFAULT_FORMATS = ("mp4",)
# What can show the page behind it; a gif knows no soft edges, and without them letters are hard to read.
_CLEAR = frozenset({"webm", "png"})
_BYTES = TypeAdapter(ByteSize)
# An exabyte; nobody means more, and numbers beyond all measure cannot be reckoned with.
_MOST_BYTES = 10**18


def parse_formats(given: Iterable[str], option: str = "--format") -> tuple[str, ...]:
    """Read names such as `mp4,webm`; return each once, in the order of `FORMATS`."""
    names = [name.strip().lower() for item in given for name in item.split(",")]
    for name in names:
        if name not in FORMATS:
            raise unknown(option, name, FORMATS)
    return tuple(name for name in FORMATS if name in names)


def parse_size(given: str, option: str = "--max-size", least: int = 1) -> int:
    """Read a number of bytes such as `500MB`, `2 GB` or `1024`; `option` says what it was given for.

    Raises:
        UserError: if it means none, or fewer than `least`.
    """
    said = f"{option} {cut(repr(given))}"
    try:
        # ByteSize reads the beginning, whatever comes after it.
        whole = given.isascii() and ByteSize.byte_string_re.fullmatch(given.strip())
        size = _BYTES.validate_python(given) if whole else None
    except ValidationError:
        size = None
    if size is None or size > _MOST_BYTES:
        raise UserError(f"{said}: not a size; write for example 500MB or 2GB")
    if size < least:
        raise UserError(f"{said}: must be at least one byte; write for example 2MB")
    return int(size)


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
