"""`nnmath show`: the parameters of a scene."""

from __future__ import annotations

from typing import Any

from explainer.cli.console import say, say_json
from explainer.cli.options import Json, OneScene
from explainer.jobs.target import Target, parse_target
from explainer.request.parameter_table import ParameterRow, parameter_rows, toml_text

EXAMPLES = (
    "Examples: [bold]nnmath show two-curves[/bold]   [bold]nnmath show two-curves@hard[/bold]"
    "   [bold]nnmath show two-curves --json[/bold]"
)


def show(scene: OneScene, json: Json = False) -> None:
    """Show a scene's parameters: type, default, bounds and meaning; with --json as a JSON Schema."""
    target = parse_target(scene)
    if json:
        say_json(_schema(target), indent=2)
    else:
        _say_table(target)


def _schema(target: Target) -> dict[str, Any]:
    """Return the JSON Schema of a scene's parameters; the defaults are those of the preset."""
    definition = target.definition
    schema = definition.parameters.model_json_schema()
    preset = definition.preset_parameters(target.preset).model_dump(mode="json")
    for name, field in schema.get("properties", {}).items():
        field["default"] = preset[name]
    schema.pop("required", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": definition.name,
        "description": definition.summary,
        "presets": {name: dict(values) for name, values in definition.presets.items()},
        "beats": list(definition.beats),
    }


def _say_table(target: Target) -> None:
    definition = target.definition
    say(f"{definition.name}: {definition.summary}")
    say("")
    chosen = definition.presets[target.preset]
    rows = [_cells(row, chosen.get(row.name)) for row in parameter_rows(definition.parameters)]
    heading = ("parameter", "type", "default" if not target.named else target.preset, "bounds", "meaning")
    widths = [max(len(row[column]) for row in (heading, *rows)) for column in range(len(heading))]
    for row in (heading, *rows):
        say("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
    say("")
    say("presets:")
    for name, values in definition.presets.items():
        changes = ", ".join(f"{key} = {toml_text(value)}" for key, value in values.items())
        default = " (default)" if name == definition.default_preset else ""
        say(f"  {name}{default}{': ' if changes else ''}{changes}")
    say(f"beats: {', '.join(definition.beats)}")


def _cells(row: ParameterRow, preset_value: Any) -> tuple[str, ...]:
    value = row.default if preset_value is None else toml_text(preset_value)
    return (row.name, row.type, value, row.bounds, row.meaning)
