"""Audits scenes with parameters drawn at random within their bounds: `make fuzz ARGS='--count 500'`.

Presets never show all that a bound allows. Every finding is printed as a command that checks it again.
"""

from __future__ import annotations

import argparse
import math
import random
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from typing import Any, NamedTuple

from pydantic import ValidationError

from explainer.audit.check import check
from explainer.errors import UserError
from explainer.jobs.job import Job
from explainer.jobs.look import Look
from explainer.request.parameter_table import toml_text
from scenes import catalog
from scenes.definition import SceneDefinition
from scenes.style.layout import LAYOUTS
from scenes.style.locales import LOCALES

Schema = Mapping[str, Any]
# Large clouds of points take long and show nothing new.
_MOST_POINTS = 400


class Choice(NamedTuple):
    """One video to look at: everything that JSON needs to say about it."""

    scene: str
    parameters: dict[str, Any]
    aspect: str
    locale: str

    @property
    def command(self) -> str:
        """What checks it again."""
        settings = [f"--set={name}={toml_text(value)}" for name, value in self.parameters.items()]
        look = [f"--aspect={self.aspect}", f"--locale={self.locale}", "--theme=dark"]
        return shlex.join(["nnmath", "check", self.scene, *settings, *look])


class Seen(NamedTuple):
    """What became of a choice: the messages of its findings, or why it was refused."""

    choice: Choice
    findings: tuple[str, ...]
    refused: str = ""


def choices(rng: random.Random, count: int, scenes: Sequence[str]) -> Iterator[Choice]:
    """Yield choices of valid parameters, scene by scene in turn."""
    definitions = [each for each in catalog.definitions() if not scenes or each.name in scenes]
    for k in range(count):
        definition = definitions[k % len(definitions)]
        yield Choice(
            definition.name, _valid(definition, rng), rng.choice(list(LAYOUTS)), rng.choice(list(LOCALES))
        )


def _valid(definition: SceneDefinition[Any, Any], rng: random.Random) -> dict[str, Any]:
    """Draw until the model takes it: parameters may have to fit each other."""
    schema = definition.parameters.model_json_schema()
    while True:
        values = {
            name: _drawn(field, schema.get("$defs", {}), rng)
            for name, field in schema.get("properties", {}).items()
            if rng.random() < 0.6
        }
        values = {name: value for name, value in values.items() if value is not None}
        for parameters, fit in _FITS:
            if parameters <= schema["properties"].keys():
                fit(values, rng)
        if "points_per_curve" in values:
            values["points_per_curve"] = min(values["points_per_curve"], _MOST_POINTS)
        try:
            definition.parameters(**values)
        except ValidationError:
            continue
        return values


def _shape(values: dict[str, Any], rng: random.Random) -> None:
    """Give a matrix and a vector the sizes that are asked for beside them."""
    rows, columns = values.get("rows", 1), values.get("columns", 2)
    if rng.random() < 0.7:
        values["weights"] = [[_size(rng) for _ in range(columns)] for _ in range(rows)]
        values["inputs"] = [_size(rng) for _ in range(columns)]
        values.pop("symbolic", None)
    else:
        values.pop("weights", None)
        values.pop("inputs", None)


def _same_length(values: dict[str, Any], rng: random.Random) -> None:
    """Give a neuron as many weights as inputs; two where a plane is shown."""
    count = 2 if values.get("story") == "plane" else rng.randint(1, 6)
    for name in ("weights", "inputs"):
        values[name] = [_size(rng) for _ in range(count)]


def _layers(values: dict[str, Any], rng: random.Random) -> None:
    """Give a network weights and biases of its sizes; half of the time a seed draws them."""
    inputs = values.setdefault("inputs", [_size(rng) for _ in range(rng.randint(1, 6))])
    hidden = values.setdefault("hidden", [rng.randint(1, 6) for _ in range(rng.randint(0, 4))])
    sizes = [len(inputs), *hidden, values.setdefault("outputs", rng.randint(1, 6))]
    if rng.random() < 0.5:
        values.pop("weights", None)
    else:
        values["weights"] = [
            [[_weight(rng) for _ in range(taken)] for _ in range(units)] for taken, units in pairwise(sizes)
        ]
        for name in ("hidden", "outputs", "seed"):
            values.pop(name, None)
    if "biases" in values:
        values["biases"] = [[_weight(rng) for _ in range(units)] for units in sizes[1:]]
    if "targets" in values:
        values["targets"] = [_number(rng, 0.0, 1.0) for _ in range(sizes[-1])]
    if "nudged_weight" in values:
        layer = rng.randint(1, len(sizes) - 1)
        values["nudged_weight"] = [layer, rng.randint(1, sizes[layer]), rng.randint(1, sizes[layer - 1])]


def _examples(values: dict[str, Any], rng: random.Random) -> None:
    """Give examples one prediction each, and classes and probabilities where the loss wants them."""
    count = rng.randint(1, 6)
    is_squared = values.get("loss", "mean_squared_error") == "mean_squared_error"
    values["targets"] = [_size(rng) if is_squared else float(rng.random() < 0.5) for _ in range(count)]
    if "predictions" in values:
        values["predictions"] = [
            _size(rng) if is_squared else _number(rng, 0.001, 0.999) for _ in range(count)
        ]


# Parameters that have to fit each other, and what makes them do so.
_FITS: tuple[tuple[frozenset[str], Callable[[dict[str, Any], random.Random], None]], ...] = (
    (frozenset({"rows", "columns"}), _shape),
    (frozenset({"story", "weights", "inputs"}), _same_length),
    (frozenset({"hidden", "outputs", "weights"}), _layers),
    (frozenset({"targets", "predictions"}), _examples),
)


def _size(rng: random.Random) -> float:
    return _number(rng, -999.99, 999.99)


def _weight(rng: random.Random) -> float:
    """Return a weight: mostly of the size that networks have, now and then of any."""
    return _size(rng) if rng.random() < 0.1 else _number(rng, -4.0, 4.0)


def _drawn(schema: Schema, definitions: Schema, rng: random.Random) -> Any:
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rsplit("/", 1)[-1]]
    if "anyOf" in schema:
        return _drawn(rng.choice(schema["anyOf"]), definitions, rng)
    if "enum" in schema:
        return rng.choice(schema["enum"])
    kind = schema.get("type")
    if kind == "boolean":
        return rng.random() < 0.5
    if kind == "integer":
        low, high = schema["minimum"], schema["maximum"]
        return rng.choice([low, high]) if rng.random() < 0.2 else rng.randint(low, high)
    if kind == "number":
        low = schema.get("minimum", schema.get("exclusiveMinimum"))
        high = schema.get("maximum", schema.get("exclusiveMaximum"))
        return _number(rng, low, high)
    if kind == "array" and "prefixItems" in schema:
        return [_drawn(item, definitions, rng) for item in schema["prefixItems"]]
    if kind == "array" and "maxItems" in schema:
        size = rng.randint(schema.get("minItems", 0), schema["maxItems"])
        return [_drawn(schema["items"], definitions, rng) for _ in range(size)]
    return None


def _number(rng: random.Random, low: float, high: float) -> float:
    """Return a number within bounds: often an end or 0, mostly of few decimals, sometimes tiny."""
    roll = rng.random()
    if roll < 0.15:
        return float(rng.choice([low, high]))
    if roll < 0.2 and low <= 0 <= high:
        return 0.0
    if roll < 0.3:
        tiny = 10 ** rng.uniform(-6, math.log10(max(abs(low), abs(high))))
        value = tiny if tiny <= high else -tiny
        return min(max(value, low), high)
    return min(max(round(rng.uniform(low, high), rng.randint(0, 4)), low), high)


def look_at(choice: Choice) -> Seen:
    """Audit one choice."""
    definition = catalog.definition(choice.scene)
    look = Look(aspect=choice.aspect, locale=choice.locale)
    job = Job(definition, "random", definition.parameters(**choice.parameters), choice.scene, look)
    try:
        return Seen(choice, tuple(f"beat {each.beat}: {each.message}" for each in check(job)))
    except UserError as error:
        return Seen(choice, (), str(error))


def main(arguments: Sequence[str] | None = None) -> int:
    """Look at many choices and report what breaks a rule; 1 if anything does."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenes", nargs="*", help="only these scenes")
    parser.add_argument("--count", type=int, default=200, help="how many choices (default 200)")
    parser.add_argument("--seed", type=int, default=0, help="of the choices (default 0)")
    given = parser.parse_args(arguments)
    wrong: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        drawn = choices(random.Random(given.seed), given.count, given.scenes)
        for seen in pool.map(look_at, drawn, chunksize=4):
            if seen.refused:
                refused[seen.choice.scene] += 1
            if seen.findings:
                wrong[seen.choice.scene] += 1
                print(seen.choice.command)
                for finding in seen.findings:
                    print(f"    {finding}", flush=True)
    print(
        f"{given.count} choices, {sum(wrong.values())} with findings {dict(wrong)}, refused {dict(refused)}"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
