"""`nnmath new-scene`: begin a scene."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from explainer.cli.console import say
from explainer.cli.options import folder_named
from explainer.request.new_scene import module_of, write_scene

NewScene = Annotated[
    str, typer.Argument(metavar="NAME", help="What to call it: lower-case words joined by hyphens.")
]
Into = Annotated[
    Path, typer.Option("--into", metavar="FOLDER", help="Where to make its folder.", parser=folder_named)
]

EXAMPLES = (
    "Examples:\n\n"
    "[bold]nnmath new-scene stretch[/bold], then [bold]nnmath render ./stretch --quality draft[/bold]\n\n"
    "[bold]nnmath new-scene fold-twice --into lessons[/bold]  makes lessons/fold_twice/"
)


def new_scene(name: NewScene, into: Into = Path()) -> None:
    """Write a small working scene to change: its numbers, drawing, words in three languages, and a test."""
    folder = write_scene(name, into)
    place = str(folder) if len(folder.parts) > 1 else f"./{folder}"
    say(f"{folder}  edit its numbers.py, drawing.py and words.toml; then:")
    say(f"nnmath render {place} --quality draft")
    say(f"nnmath check {place}")
    say(f"pytest {place}")
    if module_of(folder).count(".") > 1:
        say(f'in pyproject.toml, [project.entry-points."nnmath.scenes"]: {name} = "{module_of(folder)}"')
