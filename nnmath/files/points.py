"""Points of the plane and their labels, read from a table."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import TextIO

import numpy as np

from nnmath.datasets import Dataset

COLUMNS = ("x1", "x2", "label")
MAX_ROWS = 10**6
# A first line longer than this names no columns; it may be a file of one endless line.
MAX_HEADER = 100_000


def read_csv(path: str | PathLike[str]) -> Dataset:
    """Read points and their labels, 0 or 1, from a table with the columns x1, x2 and label.

    UTF-8 with or without a byte order mark; cells separated by commas, tabs or semicolons, and with the last,
    numbers may have decimal commas, as spreadsheets write them. The first line names the columns, in any
    order, in small or capital letters, perhaps behind a #; other columns are passed over, as are blank lines.
    Raises ValueError naming file, line and column for anything else, for more than a million rows and for a
    single class.
    """
    file = str(path)
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            rows = list(_rows(stream, file))
    except OSError as error:
        raise ValueError(f"{file}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{file}: must be UTF-8 text; save it as UTF-8 and try again") from error
    if not rows:
        raise ValueError(
            f"{file}, line 1: must name the columns x1, x2, label and be followed by rows; got no rows"
        )
    table = np.array(rows)
    labels = table[:, 2].astype(np.int64)
    if len(np.unique(labels)) == 1:
        raise ValueError(f"{file}, column label: must hold both classes, 0 and 1; got only {labels[0]}")
    return Dataset(table[:, :2], labels, file)


def _rows(stream: TextIO, file: str) -> Iterator[tuple[float, float, float]]:
    """The numbers of each row: x1, x2 and label."""
    delimiter = _delimiter(stream)
    lines = _filled_lines(stream, delimiter, file)
    first, names = next(lines, (1, []))
    if not names:
        return
    places = _places(names, file, first)
    for count, (line, cells) in enumerate(lines):
        if len(cells) != len(names):
            raise ValueError(
                f"{file}, line {line}: must have {len(names)} cells like the first line; got {len(cells)}"
            )
        if count == MAX_ROWS:
            raise ValueError(f"{file}, line {line}: at most {MAX_ROWS} rows are read; got more")
        x1, x2, label = (_number(cells[place], decimal_comma=delimiter == ";") for place in places)
        for value, name, place in zip((x1, x2), COLUMNS, places, strict=False):
            if not math.isfinite(value):
                raise ValueError(
                    f"{file}, line {line}, column {name}: must be a finite number like 1.5; "
                    f"got {cells[place][:60]!r}"
                )
        if label not in (0.0, 1.0):
            got = cells[places[2]][:60]
            raise ValueError(f"{file}, line {line}, column label: must be 0 or 1; got {got!r}")
        yield x1, x2, label


def _filled_lines(stream: TextIO, delimiter: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that is not blank: its number, from 1, and its cells."""
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    line = 0
    try:
        for cells in reader:
            line = reader.line_num
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield line, stripped
    except csv.Error as error:
        raise ValueError(f"{file}, line {line + 1}: is not a table of cells: {error}") from error


def _delimiter(stream: TextIO) -> str:
    """What separates the cells of the first line that is not blank; leaves the stream at its start."""
    header = ""
    while not header.strip():
        header = stream.readline(MAX_HEADER)
        if not header:
            break
    stream.seek(0)
    return next((sign for sign in ";,\t" if sign in header), ",")


def _places(names: list[str], file: str, line: int) -> list[int]:
    """The place of each of the three columns among the names of all."""
    plain = [name.removeprefix("#").strip().casefold() for name in names]
    found = ", ".join(names)[:60]
    if all(math.isfinite(_number(name, decimal_comma=False)) for name in plain):
        raise ValueError(
            f"{file}, line {line}: must name the columns; got {found!r}: put a line x1,x2,label above it"
        )
    for name in COLUMNS:
        if plain.count(name) != 1:
            raise ValueError(f"{file}, line {line}, column {name}: must be named once; got {found!r}")
    return [plain.index(name) for name in COLUMNS]


def _number(text: str, *, decimal_comma: bool) -> float:
    """What a cell says, NaN if it is no number."""
    if decimal_comma and text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        # float() would read 1_000; a table that holds such a cell is more likely damaged.
        return math.nan if "_" in text else float(text)
    except ValueError:
        return math.nan
