"""Every explainer by name, in the order in which a lesson would play them."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

from scenes.definition import SceneDefinition

CATALOG: Mapping[str, str] = {
    "two-curves": "scenes.linear_algebra.two_curves.numbers",
    "basis-vectors": "scenes.linear_algebra.basis_vectors.numbers",
    "matrix-as-layer": "scenes.linear_algebra.matrix_as_layer.numbers",
    "one-layer-map": "scenes.linear_algebra.one_layer_map.numbers",
    "one-layer-classifier": "scenes.linear_algebra.one_layer_classifier.numbers",
    "harder-curves": "scenes.linear_algebra.harder_curves.numbers",
    "two-linear-layers": "scenes.linear_algebra.two_linear_layers.numbers",
    "activation-functions": "scenes.linear_algebra.activation_functions.numbers",
    "relu-folding": "scenes.linear_algebra.relu_folding.numbers",
    "gradient-descent": "scenes.linear_algebra.gradient_descent.numbers",
}


def names() -> list[str]:
    """Return the names of all explainers."""
    return list(CATALOG)


def definition(name: str) -> SceneDefinition:
    """Return the definition of the explainer `name`; KeyError if there is none."""
    found: SceneDefinition = importlib.import_module(CATALOG[name]).DEFINITION
    return found
