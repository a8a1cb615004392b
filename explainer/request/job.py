"""One video to make: what is shown, how it looks, how fine it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from explainer.errors import unknown
from explainer.request.formats import DEFAULT_FORMATS, require_consistent
from scenes import catalog
from scenes.definition import SceneDefinition, SceneParameters
from scenes.style.layout import LAYOUTS
from scenes.style.theme import THEMES
from scenes.style.words import LOCALES


@dataclass(frozen=True)
class Quality:
    """How fine a video is: pixels along its shorter side, and frames a second."""

    short_side: int
    fps: int


QUALITIES: Mapping[str, Quality] = {
    "draft": Quality(480, 15),
    "preview": Quality(720, 30),
    "hd": Quality(1080, 60),
    "uhd": Quality(2160, 60),
}
DEFAULT_QUALITY = "hd"


def pixel_size(aspect: str, short_side: int) -> tuple[int, int]:
    """Return width and height in pixels, both even as H.264 wants them; `aspect` reads like `16:9`."""
    across, up = (int(side) for side in aspect.split(":"))
    long_side = 2 * round(short_side * max(across, up) / min(across, up) / 2)
    return (long_side, short_side) if across >= up else (short_side, long_side)


@dataclass(frozen=True)
class Job:
    """Everything that one video is made from, validated.

    Attributes:
        scene, preset: what is shown; the preset only names where the parameters came from.
        parameters: the scene's own model, with every value filled in.
        theme, locale, aspect, quality: how it looks.
        stem: the name of its files without their endings.
        formats: what files show it, of `FORMATS`; the poster is always made.
        transparent: whether the page shall show where nothing is drawn.
        max_size: the most bytes that its gif may have.
    """

    scene: str
    preset: str
    parameters: SceneParameters
    stem: str
    theme: str = "dark"
    locale: str = "en"
    aspect: str = "16:9"
    quality: str = DEFAULT_QUALITY
    formats: tuple[str, ...] = DEFAULT_FORMATS
    transparent: bool = False
    max_size: int | None = None

    def __post_init__(self) -> None:
        require("theme", self.theme, THEMES)
        require("locale", self.locale, LOCALES)
        require("aspect", self.aspect, LAYOUTS)
        require("quality", self.quality, QUALITIES)
        require_consistent(self.formats, transparent=self.transparent, max_size=self.max_size)

    @property
    def definition(self) -> SceneDefinition:
        return catalog.definition(self.scene)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return pixel_size(self.aspect, QUALITIES[self.quality].short_side)

    @property
    def fps(self) -> int:
        return QUALITIES[self.quality].fps


def require(option: str, given: str, known: Mapping[str, object]) -> None:
    """Raise a UserError unless `given` is one of the known values of `--option`."""
    if given not in known:
        raise unknown(f"--{option}", given, known)
