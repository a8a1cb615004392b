"""Whether captions are short enough, and all on one line of the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explainer.audit.finding import TOLERANCE, Fault, pixel_text, pixels
from explainer.audit.words.pacing import reading
from scenes.stage.beat import Beat
from scenes.style.locales import LOCALES

# Only where the frame is narrow may a caption take two lines.
_WIDE = "16:9"
MOST_LINES_WIDE, MOST_LINES_NARROW = 1, 2


def faults(lines: Sequence[str], locale: str, aspect: str) -> Iterator[Fault]:
    """Find what is too long in a caption whose lines stand on screen like this."""
    limits, wide = reading(locale), aspect == _WIDE
    most_lines = MOST_LINES_WIDE if wide else MOST_LINES_NARROW
    if len(lines) > most_lines:
        yield Fault("caption lines", (quoted(lines),), f"{len(lines)} lines, at most {most_lines}")
    length = len((" " if LOCALES[locale].spaced else "").join(lines))
    if length > limits.caption_length:
        over = length - limits.caption_length
        how = f"{length} characters, {over} more than {limits.caption_length}"
        yield Fault("caption length", (quoted(lines),), how)
    for line in lines if len(lines) > 1 else ():
        if len(line) > limits.line_length:
            over = len(line) - limits.line_length
            how = f"{len(line)} characters on a line, {over} more than {limits.line_length}"
            yield Fault("caption length", (quoted([line]),), how)


def baseline_faults(heights: Sequence[tuple[Beat, float]]) -> Iterator[tuple[Beat, Fault]]:
    """Find captions whose last line stands higher or lower than that of the first caption."""
    for beat, height in heights[1:]:
        units = height - heights[0][1]
        if abs(pixels(units)) > TOLERANCE:
            how = f"{pixel_text(abs(units))} {'above' if units > 0 else 'below'} it"
            yield (
                beat,
                Fault("caption baseline", (quoted([beat.caption]), "the first caption's baseline"), how),
            )


def quoted(lines: Sequence[str]) -> str:
    """Return what a caption is called in a report."""
    return f"caption “{' / '.join(lines)}”"
