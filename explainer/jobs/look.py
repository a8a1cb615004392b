"""How a video looks and how fine it is: what somebody wishes, and what comes of all wishes together."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict

from explainer.errors import UserError, unknown
from explainer.jobs.formats import DEFAULT_FORMATS, parse_formats, parse_size, require_consistent
from scenes.style.layout import LAYOUTS
from scenes.style.locales import DEFAULT_LOCALE, LOCALES
from scenes.style.theme import THEMES

# Beats last multiples of a fifth of a second, which must be whole frames.
FPS_STEP, MOST_FPS = 5, 120
# The encoders take even sides; letters cannot be read on smaller pictures, and larger ones not be encoded.
SHORTEST_SIDE, LONGEST_SIDE = 64, 7680


# How the name of a wish is spelt where it was made.
Spelling: TypeAlias = Callable[[str], str]


def option(wish: str) -> str:
    """Return what a command line calls a wish: `--max-size` for `max_size`."""
    return f"--{'format' if wish == 'formats' else wish.replace('_', '-')}"


@dataclass(frozen=True)
class Quality:
    """How fine a video is.

    Attributes:
        short_side: pixels along its shorter side; the aspect gives the longer one.
        fps: frames a second.
        size: width and height in pixels where these are chosen; the picture is then laid out within.
        name: what it is called, where it has a name.
    """

    short_side: int
    fps: int
    size: tuple[int, int] | None = None
    name: str = ""

    def __str__(self) -> str:
        if self.name:
            return self.name
        size = f"{self.size[0]}x{self.size[1]}" if self.size else f"{self.short_side}p"
        return f"{size}@{self.fps}"

    def pixels(self, aspect: str) -> tuple[int, int]:
        """Return width and height in pixels in an aspect such as `16:9`; both are even."""
        return self.size or pixel_size(aspect, self.short_side)

    def sized(self, given: str, spelling: Spelling = option) -> Quality:
        """Return the quality of the size in pixels that text such as `1200x628` means; UserError if none."""
        found = re.fullmatch(r"\s*(\d{1,5})\s*[x×X]\s*(\d{1,5})\s*", given)
        if found is None:
            raise UserError(f"{spelling('size')} {given!r}: not a size in pixels; write for example 1200x628")
        width, height = int(found[1]), int(found[2])
        for side in (width, height):
            _require_side(f"{spelling('size')} {given!r}", side, LONGEST_SIDE, "1200x628")
        return Quality(min(width, height), self.fps, (width, height))

    def timed(self, fps: int, spelling: Spelling = option) -> Quality:
        """Return the same quality at other frames a second; UserError unless beats are whole frames there."""
        if fps % FPS_STEP or not FPS_STEP <= fps <= MOST_FPS:
            raise UserError(
                f"{spelling('fps')} {fps}: must be a multiple of {FPS_STEP}, {FPS_STEP} to {MOST_FPS},"
                " so that every beat is a whole number of frames; give for example 30"
            )
        return self if fps == self.fps else Quality(self.short_side, fps, self.size)


QUALITIES: Mapping[str, Quality] = {
    "draft": Quality(480, 15, name="draft"),
    "preview": Quality(720, 30, name="preview"),
    "hd": Quality(1080, 60, name="hd"),
    "uhd": Quality(2160, 60, name="uhd"),
}
DEFAULT_QUALITY = "hd"
_NAMED: Mapping[str, Mapping[str, object]] = {"theme": THEMES, "locale": LOCALES, "aspect": LAYOUTS}


def quality_named(given: str, spelling: Spelling = option) -> Quality:
    """Return the quality that `hd`, `1200x628@30` or `720p@25` means; UserError if none."""
    if given in QUALITIES:
        return QUALITIES[given]
    size, at, fps = given.partition("@")
    if at and fps.isascii() and fps.isdecimal():
        if re.fullmatch(r"\d{2,4}p", size):
            short_side = int(size[:-1])
            # The longer side is at most 16/9 of it.
            _require_side(f"{spelling('quality')} {given!r}", short_side, LONGEST_SIDE * 9 // 16, "720p@30")
            return Quality(short_side, 0).timed(int(fps), spelling)
        return Quality(0, 0).sized(size, spelling).timed(int(fps), spelling)
    raise unknown(spelling("quality"), given, QUALITIES)


def _require_side(place: str, side: int, longest: int, example: str) -> None:
    if side % 2 or not SHORTEST_SIDE <= side <= longest:
        raise UserError(
            f"{place}: {side} must be an even number of pixels, {SHORTEST_SIDE} to {longest};"
            f" give for example {example}"
        )


def pixel_size(aspect: str, short_side: int) -> tuple[int, int]:
    """Return width and height in pixels, both even as H.264 wants them; `aspect` reads like `16:9`."""
    across, up = (int(side) for side in aspect.split(":"))
    long_side = 2 * round(short_side * max(across, up) / min(across, up) / 2)
    return (long_side, short_side) if across >= up else (short_side, long_side)


class Wishes(BaseModel):
    """What somebody says of a look; None leaves the choice to whoever was asked before."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    theme: str | None = None
    locale: str | None = None
    aspect: str | None = None
    quality: str | None = None
    size: str | None = None
    fps: int | None = None
    formats: list[str] | None = None
    transparent: bool | None = None
    max_size: str | None = None

    @staticmethod
    def spelling(wish: str) -> str:
        """Return what whoever wishes calls a wish, for messages."""
        return option(wish)

    def require_possible(self) -> None:
        """Raise a UserError for a wish that cannot come true, whatever is wished besides."""
        for name, known in _NAMED.items():
            given = getattr(self, name)
            if given is not None and given not in known:
                raise unknown(self.spelling(name), given, known)
        self.finer(QUALITIES[DEFAULT_QUALITY])
        self.parsed_formats()
        self.parsed_max_size()

    def finer(self, quality: Quality) -> Quality:
        """Return a quality changed by what is wished of it."""
        if self.quality is not None:
            quality = quality_named(self.quality, self.spelling)
        if self.size is not None:
            quality = quality.sized(self.size, self.spelling)
        return quality if self.fps is None else quality.timed(self.fps, self.spelling)

    def parsed_formats(self) -> tuple[str, ...] | None:
        """Return the formats that are wished, each once."""
        return None if self.formats is None else parse_formats(self.formats, self.spelling("formats"))

    def parsed_max_size(self) -> int | None:
        """Return the most bytes that are wished."""
        return None if self.max_size is None else parse_size(self.max_size, self.spelling("max_size"))


@dataclass(frozen=True)
class Look:
    """How a video looks, complete and consistent.

    Attributes:
        theme, locale, aspect: names of `THEMES`, `LOCALES` and `LAYOUTS`.
        formats: what files show it, of `FORMATS`; the poster is always made.
        transparent: whether the page shall show where nothing is drawn.
        max_size: the most bytes that its gif may have.
    """

    theme: str = "dark"
    locale: str = DEFAULT_LOCALE
    aspect: str = "16:9"
    quality: Quality = QUALITIES[DEFAULT_QUALITY]
    formats: tuple[str, ...] = DEFAULT_FORMATS
    transparent: bool = False
    max_size: int | None = None

    def __post_init__(self) -> None:
        for name, known in _NAMED.items():
            require(name, getattr(self, name), known)
        require_consistent(self.formats, transparent=self.transparent, max_size=self.max_size)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.quality.pixels(self.aspect)

    @property
    def fps(self) -> int:
        return self.quality.fps

    @property
    def frame(self) -> tuple[float, float]:
        """Width and height of the picture in scene units: the layout's, widened to the size in pixels."""
        layout, (width, height) = LAYOUTS[self.aspect], self.size
        if self.quality.size is None:
            return layout.frame_width, layout.frame_height
        unit = min(width / layout.frame_width, height / layout.frame_height)
        return width / unit, height / unit

    def after(self, *said: Wishes) -> Look:
        """Return this look changed by wishes, the later ones counting more; UserError where they clash."""
        changes: dict[str, Any] = {}
        quality, aspect_chosen = self.quality, False
        for wishes in said:
            wished = {
                **{name: getattr(wishes, name) for name in ("theme", "locale", "aspect", "transparent")},
                "formats": wishes.parsed_formats(),
                "max_size": wishes.parsed_max_size(),
            }
            changes |= {name: value for name, value in wished.items() if value is not None}
            quality = wishes.finer(quality)
            aspect_chosen = wishes.aspect is not None or (aspect_chosen and wishes.size is None)
            if wishes.size is not None and not aspect_chosen:
                changes["aspect"] = _nearest_aspect(quality.pixels(self.aspect))
        return replace(self, **changes, quality=quality)


def require(option: str, given: str, known: Mapping[str, object]) -> None:
    """Raise a UserError unless `given` is one of the known values of `--option`."""
    if given not in known:
        raise unknown(f"--{option}", given, known)


def _nearest_aspect(size: tuple[int, int]) -> str:
    """Return the aspect whose layout a picture of this size wastes least of."""

    def apart(aspect: str) -> float:
        across, up = (int(side) for side in aspect.split(":"))
        return abs(math.log(size[0] / size[1] * up / across))

    return min(LAYOUTS, key=apart)
