"""`nnmath cache`: what is kept of earlier renderings."""

from __future__ import annotations

from typing import Annotated

import typer

from explainer.cli.console import complain, say, say_json
from explainer.cli.options import DEFAULT_OUT, Json, Out
from explainer.errors import UserError
from explainer.keep.cache import cache_at

Clear = Annotated[bool, typer.Option("--clear", help="Remove all of it; the videos themselves stay.")]

EXAMPLES = (
    "Examples: [bold]nnmath cache[/bold]   [bold]nnmath cache --clear[/bold]\n\n"
    "The environment: NNMATH_CACHE names another folder, NNMATH_CACHE_LIMIT another size, such as 500MB."
)


def cache(clear: Clear = False, out: Out = DEFAULT_OUT, json: Json = False) -> None:
    """Show how much is kept of earlier renderings, and where; or clear it."""
    kept = cache_at(out, complain)
    if kept.place.exists() and not kept.place.is_dir():
        raise UserError(f"{kept.place} is not a folder; remove it, or name another in NNMATH_CACHE")
    before = kept.clear() if clear else kept.summary()
    if json:
        say_json({**vars(before), "place": str(before.place), "cleared": clear})
        return
    what = f"{before.entries} {'video' if before.entries == 1 else 'videos'}, {before.size / 1e6:.1f} MB"
    if clear:
        say(f"{before.place}: cleared ({what})")
    else:
        say(f"{before.place}: {what} of at most {before.limit / 1e6:.0f} MB")
