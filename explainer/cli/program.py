"""The command line: `nnmath COMMAND …`."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from explainer.cli.console import open_output, say, settle_output
from explainer.cli.ending import EXIT_CODES, EXIT_INTERRUPTED, end_of, endings_raised

# Every command: its module in `commands`, and its function there.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "list": ("list_scenes", "list_scenes"),
    "show": ("show", "show"),
    "render": ("render", "render"),
    "still": ("still", "still"),
    "check": ("check", "check"),
    "publish": ("publish", "publish_bundle"),
    "watch": ("watch", "watch"),
    "init": ("init", "init"),
    "new-scene": ("new_scene", "new_scene"),
    "cache": ("cache", "cache"),
}
_EPILOG = (
    "Begin with: [bold]nnmath list[/bold], then [bold]nnmath render two-curves --quality draft[/bold]\n\n"
    f"Exit codes: {', '.join(f'{code} {meaning}' for code, meaning in EXIT_CODES.items())}.\n\n"
    "A reader that leaves early, as in nnmath list | head -1, stops nothing and is no failure.\n\n"
    "The environment: NNMATH_DEBUG=1 shows where an error came from."
)


def program(names: Sequence[str]) -> typer.Typer:
    """Return the program with some of its commands; the modules of the others are not imported."""
    app = typer.Typer(
        name="nnmath",
        help="Short, exact videos of the mathematics of small neural networks.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=_EPILOG,
    )
    app.callback()(_options)
    for name in names:
        module_name, function = COMMANDS[name]
        module = importlib.import_module(f"explainer.cli.commands.{module_name}")
        app.command(name, epilog=module.EXAMPLES)(getattr(module, function))
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code, one of `EXIT_CODES`."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        open_output()
        # A library that Manim imports looks for programs there, and fails where nothing is said.
        os.environ.setdefault("PATH", os.defpath)
        with endings_raised():
            # Most runs name their command: the others cost no time then.
            names = words[:1] if words and words[0] in COMMANDS else list(COMMANDS)
            result = program(names)(words, prog_name="nnmath", standalone_mode=False, obj=words)
        if result == EXIT_INTERRUPTED:
            # typer makes a number of KeyboardInterrupt.
            raise KeyboardInterrupt
        return result if isinstance(result, int) else 0
    except BaseException as error:
        if os.environ.get("NNMATH_DEBUG") == "1" and not isinstance(error, SystemExit | KeyboardInterrupt):
            raise
        return end_of(error)
    finally:
        settle_output()


def _say_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        say(f"nnmath {version('nnmath')}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Say which version it is.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    pass
