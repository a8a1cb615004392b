"""A video as a notebook shows it: playing in place, as its poster, or as one line."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from explainer.film.video import Video

# A notebook grows by a third more than what is embedded, and browsers and servers refuse very long cells.
MOST_EMBEDDED = 8 * 10**6
_TYPES: Mapping[str, str] = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".gif": "image/gif",
    ".png": "image/png",
    ".vtt": "text/vtt",
}
_STYLE = "max-width: 100%; height: auto"


def bundle(
    video: Video, include: Collection[str] | None = None, exclude: Collection[str] | None = None
) -> dict[str, str]:
    """Return a video by MIME type, as Jupyter asks for it; what can no longer be read is left out.

    Args:
        video: what to show.
        include, exclude: MIME types: those to return, by default all, and those to leave out.
    """
    makers: dict[str, Callable[[], str | None]] = {
        "text/plain": lambda: repr(video),
        "text/html": lambda: player(video),
        "image/png": lambda: _poster(video),
    }
    wanted = [kind for kind in makers if (include is None or kind in include) and kind not in (exclude or ())]
    return {kind: made for kind in wanted if (made := makers[kind]()) is not None}


def player(video: Video) -> str | None:
    """Return the HTML that plays a video, or None if its file can no longer be read.

    Up to 8 MB the file is part of it; beyond, it is linked from the folder that the program runs in.
    """
    path, recipe = video.path, video.recipe
    try:
        embedded = path.stat().st_size <= MOST_EMBEDDED
        source = _data_url(path) if embedded else _link(path)
    except OSError:
        return None
    name = escape(recipe.title or recipe.scene)
    if path.suffix not in (".mp4", ".webm"):
        return f'<img src="{source}" alt="{name}" style="{_STYLE}">'
    poster = f' poster="data:image/png;base64,{png}"' if (png := _poster(video)) else ""
    track = ""
    with suppress(OSError, KeyError):
        language = escape(recipe.locale)
        subtitles = _data_url(video.files["vtt"])
        track = f'<track kind="captions" src="{subtitles}" srclang="{language}" label="{language}">'
    # It is silent, moves only when asked to, and stays on its last picture.
    html = (
        f'<video controls muted playsinline aria-label="{name}" width="{recipe.width}" style="{_STYLE}"'
        f'{poster}><source src="{source}" type="{_TYPES[path.suffix]}">{track}</video>'
    )
    return html if embedded else f'{html}<p><a href="{source}">{escape(str(path))}</a></p>'


def _poster(video: Video) -> str | None:
    with suppress(OSError):
        return b64encode(video.poster.read_bytes()).decode()
    return None


def _data_url(path: Path) -> str:
    return f"data:{_TYPES[path.suffix]};base64,{b64encode(path.read_bytes()).decode()}"


def _link(path: Path) -> str:
    """Return a link that holds in a notebook: it is opened where its program runs."""
    return quote(Path(os.path.relpath(path)).as_posix())
