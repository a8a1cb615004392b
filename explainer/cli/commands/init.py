"""`nnmath init`: begin a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from explainer.cli.console import say
from explainer.disk.files import Staging
from explainer.errors import UserError, cut
from explainer.request.project import TEMPLATE

NewFile = Annotated[Path, typer.Argument(metavar="FILE.toml", help="The project file to write.")]

EXAMPLES = (
    "Examples: [bold]nnmath init lesson.toml[/bold], then [bold]nnmath render --project lesson.toml[/bold]"
)


def init(file: NewFile) -> None:
    """Write a commented project file: an ordered list of videos, with parameters and looks."""
    if file.suffix.lower() != ".toml":
        raise UserError(
            f"{cut(repr(file.name))} does not end in .toml; write for example: nnmath init lesson.toml"
        )
    if not file.name.isprintable():
        raise UserError(f"{cut(repr(file.name))} has characters that cannot be written; choose another name")
    if file.exists() or file.is_symlink():
        raise UserError(f"{file} exists already; choose another name, or remove it first")
    try:
        with Staging(file.parent, (file.name,)) as staging:
            staging.write(file.name, TEMPLATE)
            staging.commit()
    except OSError as error:
        raise UserError(f"{file}: {error.strerror}; choose a folder that you may write to") from None
    say(f"{file}  edit it, then: nnmath render --project {file}")
