"""Parameters drawn at random once showed what presets never do; the audit finds nothing in them any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from explainer.audit.check import check
from explainer.jobs.job import Job

CHOICES: list[tuple[str, str, dict[str, Any]]] = [
    # p, and i and j, come so near to each other that their names would meet.
    ("basis-vectors", "1:1", {"gap": 1.0, "matrix": [[0.9, -1.199], [-4.0, 2.556]], "point": [-1.8, 0.81]}),
    ("basis-vectors", "1:1", {"matrix": [[0.0588, -0.797], [1.78, -1.4]], "point": [0.0, -1.7]}),
    ("basis-vectors", "1:1", {"matrix": [[-2.55, -2.4807], [2.9, 3.18]], "point": [-0.44, 2.12]}),
    ("relu-folding", "9:16", {"gap": 2.27, "noise": 0.46, "weight_decay": 0.06}),
    ("relu-folding", "1:1", {"gap": 2.0381, "noise": 0.0, "seed": 51966111, "restarts": 5}),
    ("basis-vectors", "9:16", {"matrix": [[0.0, -4.0], [0.2, -2.1831]], "point": [4.0, -4.0]}),
    # Powers of ten leave little room.
    ("basis-vectors", "16:9", {"matrix": [[2.46, 2.0], [-3.5, 4.0]], "point": [-0.3735, 7.4968e-06]}),
    ("basis-vectors", "16:9", {"matrix": [[3.6e-05, 2.269], [0.0, -3.249]], "point": [-3.246, 1.66e-05]}),
    ("two-linear-layers", "16:9", {"noise": 0.47, "seed": 297211433, "weight_decay": 0.0844}),
    ("one-layer-map", "9:16", {"gap": 0.028, "weights": [-3.0, -0.9564], "bias": -4.7666, "pick": 0.16}),
    # A mark, and a leg, on an arrow's tip and on the unit square.
    ("basis-vectors", "9:16", {"matrix": [[3.9059, 1.028], [2.5233, -3.5]], "point": [0.0, 0.5299]}),
    ("basis-vectors", "16:9", {"gap": 0.0, "matrix": [[1.2, -1.0], [1.25e-05, 4.0]], "point": [1.2, -2.953]}),
    # The way back, and j's name, need more room than what is shown before.
    ("two-linear-layers", "16:9", {"gap": 0.0, "seed": 575666067}),
    (
        "relu-folding",
        "16:9",
        {"gap": 0.0, "points_per_curve": 20, "seed": 755510513, "weight_decay": 0.0715, "restarts": 1},
    ),
    # The names of a class and of the threshold side by side.
    ("one-layer-classifier", "1:1", {"weights": [-0.6, 0.00106], "bias": 0.0}),
    (
        "one-layer-classifier",
        "16:9",
        {"gap": 2.0, "noise": 0.348, "weights": [-4.958, 1.09], "bias": -2.9858},
    ),
]


@pytest.mark.parametrize(
    ("scene", "aspect", "chosen"), CHOICES, ids=[f"{scene}-{k}" for k, (scene, _, _) in enumerate(CHOICES)]
)
def test_unusual_parameters_have_their_place(
    scene: str, aspect: str, chosen: dict[str, Any], make_job: Callable[..., Job]
) -> None:
    assert check(make_job(scene, aspect=aspect, **chosen)) == []
