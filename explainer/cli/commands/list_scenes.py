"""`nnmath list`: what there is to show."""

from __future__ import annotations

from explainer.cli.console import complain, say, say_json
from explainer.cli.options import Json
from scenes import catalog

EXAMPLES = "Examples: [bold]nnmath list[/bold]   [bold]nnmath list --json[/bold]"


def list_scenes(json: Json = False) -> None:
    """List the scenes, their presets and what each shows."""
    definitions = catalog.definitions(complain)
    if json:
        say_json(
            [
                {
                    "scene": definition.name,
                    "summary": definition.summary,
                    "presets": list(definition.presets),
                    "default_preset": definition.default_preset,
                    "beats": list(definition.beats),
                }
                for definition in definitions
            ],
            indent=2,
        )
        return
    width = max((len(definition.name) for definition in definitions), default=0)
    for definition in definitions:
        say(f"{definition.name:<{width}}  {definition.summary}")
        say(f"{'':<{width}}  presets: {', '.join(definition.presets)}")
