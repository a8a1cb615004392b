"""The recipe of a video: what it was made from and what it shows, beside the video and within it."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
)

from explainer.disk.digests import json_digest
from explainer.errors import UserError
from explainer.jobs.description import look_described
from explainer.jobs.look import Look
from explainer.jobs.versions import versions
from explainer.request.wording import wrong_with
from scenes.stage.beat import Beat

# The videos that carry their recipe within them.
_CARRIERS = (".mp4", ".webm")


class Recipe(BaseModel):
    """All that a video was made from and what it showed; no dates, and no places but those of data files.

    `data` has the SHA-256 of every file that the parameters name, by its name there. `digest` is the SHA-256
    of the canonical JSON of everything else. A result that is not finite is None, since JSON knows no
    infinity. Of a scene from elsewhere, `package` is what it came with, or `file` the file of one's own that
    it stood in, as seen from where it was imported; of ours, both are left out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    scene: str
    # People are told to install it: nothing but what may be a package's name.
    package: str | None = Field(None, pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")
    file: str | None = None
    preset: str
    title: str = ""
    parameters: dict[str, JsonValue]
    data: dict[str, str] = {}
    theme: str
    locale: str
    aspect: str
    quality: str
    formats: tuple[str, ...] = ("mp4",)
    transparent: bool = False
    max_size: int | None = None
    width: int
    height: int
    fps: int
    frames: int
    duration_s: float
    beats: tuple[Beat, ...]
    results: dict[str, JsonValue]
    versions: dict[str, str]
    digest: str = ""

    @property
    def look(self) -> Look:
        """How the video looks; UserError if that cannot be."""
        return look_described({field.name: getattr(self, field.name) for field in fields(Look)})

    def computed_digest(self) -> str:
        """Return the digest that the recipe's contents call for, in hexadecimal."""
        return json_digest(self.model_dump(mode="json", exclude={"digest"}))

    def renewed(self, **changes: Any) -> Recipe:
        """Return the recipe with other values, and the digest that goes with them."""
        changed = self.model_copy(update=changes)
        return changed.model_copy(update={"digest": changed.computed_digest()})

    def doubts(self) -> list[str]:
        """Return why what is made from this recipe here may differ from what was made first."""
        here = versions(*self.versions)
        other = [
            f"{library} {version} (here {here.get(library, 'none')})"
            for library, version in self.versions.items()
            if here.get(library) != version
        ]
        doubts = [f"made with {', '.join(other)}; pictures may differ"] if other else []
        if self.digest != self.computed_digest():
            doubts.append("changed after nnmath wrote it; what it says now is made")
        return doubts

    @model_serializer(mode="wrap")
    def _without_what_is_not_said(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        idle = {name for name in ("package", "file") if getattr(self, name) is None}
        return {name: value for name, value in dump(self).items() if name not in idle}

    def to_json(self) -> str:
        """Return the recipe as indented JSON that ends in a line break."""
        return json.dumps(self.model_dump(mode="json"), indent=2, ensure_ascii=False, allow_nan=False) + "\n"

    def to_line(self) -> str:
        """Return the recipe as JSON in one line."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, allow_nan=False)


def is_recipe_path(given: str) -> bool:
    """Tell whether a command line's word means a recipe, or a video that carries one."""
    return given.endswith((".json", *_CARRIERS))


def read_recipe(path: Path) -> Recipe:
    """Read a recipe from its file or from the video that carries it; UserError if there is none."""
    try:
        text = _video_comment(path) if path.suffix in _CARRIERS else path.read_text(encoding="utf-8-sig")
        return Recipe.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        wrong = f"{'.'.join(str(step) for step in first['loc']) or 'it'} {wrong_with(first)}"
        raise UserError(
            f"{path}: not a recipe ({wrong}); give a STEM.json, .mp4 or .webm that nnmath wrote"
        ) from None
    except ValueError:
        # Neither text nor a video: UnicodeDecodeError, or PyAV's InvalidDataError.
        raise UserError(f"{path}: not a recipe; give a STEM.json, .mp4 or .webm that nnmath wrote") from None
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}; give a recipe that exists and can be read") from None


def _video_comment(path: Path) -> str:
    import av

    with av.open(str(path)) as video:
        # Matroska's tags are in capitals.
        return str(video.metadata.get("comment") or video.metadata.get("COMMENT", ""))
