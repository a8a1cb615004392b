"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from explainer.errors import cut
from scenes.style.locales import DEFAULT_LOCALE, LOCALES


def folder_named(given: str | Path) -> Path:
    """Return the folder that an option names; an empty name, to pathlib this folder, is refused."""
    if not str(given):
        raise typer.BadParameter("must be the name of a folder; say . for this one")
    return Path(given)


def whole_number(given: str | int) -> int:
    """Return the whole number that an option gives."""
    try:
        return int(given)
    except ValueError:
        raise typer.BadParameter(f"must be a whole number; got {cut(repr(given))}") from None


def count(given: str | int) -> int:
    """Return the number of things, one at least, that an option gives."""
    number = whole_number(given)
    if number < 1:
        raise typer.BadParameter(f"must be at least 1; got {number}")
    return number


Scenes: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SCENE[@PRESET]…",
        help="What to show, or a file of your own: ./my_scene.py. Without @PRESET, its first preset.",
    ),
]
OneScene: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="SCENE[@PRESET]",
        help="What to show, or a file of your own: ./my_scene.py. Without @PRESET, its first preset.",
    ),
]
Everything: TypeAlias = Annotated[bool, typer.Option("--all", help="Every preset of every scene.")]
Lesson: TypeAlias = Annotated[
    str | None,
    typer.Option("--lesson", metavar="KEY", help="Every preset of a lesson's scenes, in the order it plays."),
]
Settings: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help='A parameter in TOML: gap=0.7, "weights=[[1, 5]]".'),
]
Params: TypeAlias = Annotated[
    Path | None,
    typer.Option("--params", metavar="FILE.toml", help="Parameters, one table per scene; --set wins."),
]
Quality: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--quality",
        metavar="NAME",
        help="draft 854×480@15, preview 1280×720@30, hd 1920×1080@60 (default) or uhd 3840×2160@60.",
    ),
]
Size: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--size", metavar="WxH", help="Another size in pixels: 1200x628; the nearest --aspect is laid out."
    ),
]
Fps: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--fps",
        metavar="N",
        help="Other frames a second: a multiple of 5, such as 30.",
        parser=whole_number,
    ),
]
Theme: TypeAlias = Annotated[
    str | None,
    typer.Option("--theme", metavar="NAME", help="dark (default) or light, as the page is; print for paper."),
]
Locale: TypeAlias = Annotated[
    str | None,
    typer.Option("--locale", metavar="NAME", help=f"{', '.join(LOCALES)} (default {DEFAULT_LOCALE})."),
]
Aspect: TypeAlias = Annotated[
    str | None, typer.Option("--aspect", metavar="W:H", help="16:9 (default), 1:1 or 9:16.")
]
Out: TypeAlias = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="The folder for the files.", parser=folder_named)
]
Name: TypeAlias = Annotated[
    str | None, typer.Option("--name", metavar="STEM", help="Another name for the files of a single video.")
]
Formats: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--format", metavar="NAMES", help="mp4 (default), webm, gif, png; one or more: mp4,webm."),
]
Transparent: TypeAlias = Annotated[
    bool | None,
    typer.Option("--transparent", help="Let the page show behind webm and png; mp4 and gif stay opaque."),
]
MaxSize: TypeAlias = Annotated[
    str | None,
    typer.Option("--max-size", metavar="SIZE", help="The most that a gif may take, such as 2MB."),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Write JSON on standard output, for programs.")]
Jobs: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        metavar="N",
        help="How many to render at once (default: the processors).",
        parser=count,
    ),
]
Force: TypeAlias = Annotated[bool, typer.Option("--force", help="Make everything anew, whatever is there.")]
Project: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--project", metavar="FILE.toml", help="The videos that a project file lists (nnmath init)."
    ),
]
Scheduler: TypeAlias = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="ADDRESS", help="Render on a Dask cluster, such as tcp://host:8786."),
]

DEFAULT_OUT = Path("renders")
