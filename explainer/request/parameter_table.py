"""A scene's parameters as a reader sees them: type, default, bounds and meaning, from its JSON Schema."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from scenes.definition import SceneParameters

_TYPE_WORDS = {
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "string": "text",
    "null": "nothing",
    "object": "table",
}


@dataclass(frozen=True)
class ParameterRow:
    """One parameter: `default` is written as TOML, or empty where a value must be given."""

    name: str
    type: str
    default: str
    bounds: str
    meaning: str

    @property
    def allowed(self) -> str:
        """What may be given, in a few words."""
        bounds = f", {self.bounds}" if self.bounds else ""
        default = f"; default {self.default}" if self.default else ""
        return f"{self.type}{bounds}{default}"


def parameter_rows(model: type[SceneParameters]) -> tuple[ParameterRow, ...]:
    """Return one row for every parameter of a model, in the model's order."""
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    return tuple(
        ParameterRow(
            name=name,
            type=_type_words(_resolved(field, definitions), definitions),
            default=toml_text(field["default"]) if field.get("default") is not None else "",
            bounds=_bounds_words(_resolved(field, definitions), definitions),
            meaning=str(field.get("description", "")),
        )
        for name, field in schema.get("properties", {}).items()
    )


def toml_text(value: Any) -> str:
    """Return a value of JSON or TOML as one would write it in TOML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {toml_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml_text(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | time):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def plain_number(value: float) -> str:
    """Return a number as one would write it: 3, not 3.0."""
    return str(int(value)) if math.isfinite(value) and float(value).is_integer() else f"{value:g}"


def _resolved(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return {**definitions[schema["$ref"].rsplit("/", 1)[-1]], **schema}
    return dict(schema)


def _type_words(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    if "const" in schema:
        return toml_text(schema["const"])
    if "enum" in schema:
        return " or ".join(toml_text(choice) for choice in schema["enum"])
    if "anyOf" in schema:
        kinds = [_type_words(_resolved(kind, definitions), definitions) for kind in schema["anyOf"]]
        return " or ".join(kind for kind in dict.fromkeys(kinds) if kind != "nothing")
    if schema.get("type") == "array":
        inner = _items(schema, definitions)
        return f"list of {_plural(_type_words(inner, definitions))}" if inner else "list"
    return _TYPE_WORDS.get(str(schema.get("type")), "value")


def _bounds_words(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        bounds = (_bounds_words(_resolved(kind, definitions), definitions) for kind in schema["anyOf"])
        return " or ".join(dict.fromkeys(words for words in bounds if words))
    if schema.get("type") == "array":
        length = _length_words(schema)
        inner = _items(schema, definitions) or {}
        words = _bounds_words(inner, definitions)
        if inner.get("type") == "array":
            return " of ".join(part for part in (length, words) if part)
        return ", ".join(part for part in (length, words and f"each {words}") if part)
    return _range_words(schema)


def _range_words(schema: Mapping[str, Any]) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    if least is not None and most is not None:
        return f"{plain_number(least)} to {plain_number(most)}"
    parts = [
        f"{word} {plain_number(bound)}"
        for word, bound in (("at least", least), ("above", above), ("at most", most), ("below", below))
        if bound is not None
    ]
    return ", ".join(parts)


def _length_words(schema: Mapping[str, Any]) -> str:
    fewest, most = schema.get("minItems"), schema.get("maxItems")
    if fewest is None and most is None:
        return ""
    if fewest == most:
        return f"{fewest} items"
    if most is None:
        return f"at least {fewest} items"
    return f"{fewest or 0} to {most} items"


def _items(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any] | None:
    prefix = schema.get("prefixItems")
    inner = schema.get("items") or (prefix[0] if prefix else None)
    return _resolved(inner, definitions) if inner else None


def _plural(words: str) -> str:
    for one, many in (("number", "numbers"), ("list of", "lists of"), ("text", "texts")):
        if words.endswith(one) or (one == "list of" and words.startswith(one)):
            return words.replace(one, many, 1)
    return words
