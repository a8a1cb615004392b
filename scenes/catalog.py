"""Every explainer by name, in the order in which a lesson would play them."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

from scenes.definition import SceneDefinition

CATALOG: Mapping[str, str] = {
    "two-curves": "scenes.definitions.two_curves",
    "basis-vectors": "scenes.definitions.basis_vectors",
    "matrix-as-layer": "scenes.definitions.matrix_as_layer",
    "one-layer-map": "scenes.definitions.one_layer_map",
    "one-layer-classifier": "scenes.definitions.one_layer_classifier",
    "harder-curves": "scenes.definitions.harder_curves",
    "two-linear-layers": "scenes.definitions.two_linear_layers",
    "activation-functions": "scenes.definitions.activation_functions",
    "relu-folding": "scenes.definitions.relu_folding",
    "gradient-descent": "scenes.definitions.gradient_descent",
}


def names() -> list[str]:
    """Return the names of all explainers."""
    return list(CATALOG)


def definition(name: str) -> SceneDefinition:
    """Return the definition of the explainer `name`; KeyError if there is none."""
    found: SceneDefinition = importlib.import_module(CATALOG[name]).DEFINITION
    return found
