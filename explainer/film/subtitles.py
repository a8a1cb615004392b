"""Subtitles in WebVTT, one cue for every beat."""

from __future__ import annotations

from collections.abc import Iterable

from scenes.stage.beat import Beat


def webvtt(beats: Iterable[Beat], locale: str) -> str:
    """Return a WebVTT file: a cue per beat with the beat's key as its identifier.

    Source: W3C, WebVTT: The Web Video Text Tracks Format.
    """
    cues = [f"WEBVTT\nLanguage: {locale}\n"]
    for beat in beats:
        lines = (line.strip() for line in beat.caption.splitlines())
        times = f"{_timestamp(beat.start_s)} --> {_timestamp(beat.end_s)}"
        cues.append("\n".join([beat.key, times, *(_escaped(line) for line in lines if line), ""]))
    return "\n".join(cues)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _timestamp(seconds: float) -> str:
    minutes, milliseconds = divmod(round(seconds * 1000), 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"
