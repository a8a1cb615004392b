"""`nnmath list`: what there is to show."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from explainer.cli.console import complain, say, say_json
from explainer.cli.options import Json
from scenes import catalog
from scenes.definition import SceneDefinition

EXAMPLES = "Examples: [bold]nnmath list[/bold]   [bold]nnmath list --json[/bold]"


def list_scenes(json: Json = False) -> None:
    """List scenes by lessons: their presets, what each shows, and where those of other packages come from."""
    definitions = catalog.definitions(lambda error: complain(str(error)))
    if json:
        say_json([_described(each) for each in definitions], indent=2)
        return
    width = max((len(definition.name) for definition in definitions), default=0)
    for k, (lesson, group) in enumerate(groupby(definitions, key=lambda each: each.load_lesson())):
        blank = "\n" if k else ""
        say(f"{blank}{lesson.title}: --lesson {lesson.key}" if lesson else f"{blank}In no lesson")
        for definition in group:
            by = catalog.entry(definition.name)
            say(f"  {definition.name:<{width}}  {definition.summary}")
            say(f"  {'':<{width}}  presets: {', '.join(definition.presets)}")
            if not by.ours:
                say(f"  {'':<{width}}  from: {by.origin}")


def _described(definition: SceneDefinition[Any, Any]) -> dict[str, Any]:
    by, lesson = catalog.entry(definition.name), definition.load_lesson()
    return {
        "scene": definition.name,
        "summary": definition.summary,
        "presets": list(definition.presets),
        "default_preset": definition.default_preset,
        "beats": list(definition.beats),
        "lesson": lesson.key if lesson else None,
        "package": by.package,
        "version": by.version,
    }
