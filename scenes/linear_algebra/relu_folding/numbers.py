"""A network with ReLU folds the plane until one straight line separates the two curves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from pydantic import Field

from nnmath import FloatArray, decision_boundary, linearly_separable
from nnmath.plane_map import PlaneMap
from scenes.definition import SceneDefinition
from scenes.families.curves import HARD_GAP, Gap, PointsParameters
from scenes.families.exactness import trained_network
from scenes.families.hidden_plane.numbers import TIPS, HiddenPlaneNumbers
from scenes.linear_algebra.relu_folding.boundary import corners, line_count

# Beyond the points: how far what is seen of the boundary is looked at, in data units, and how far it is
# followed so that no picture shows its end, in shares of the points' reach.
_BEYOND, _FAR = 1.5, 1000.0
# What is nearer than this share of the points' reach is in one place to the eye.
_ONE = 0.01


class ReluFoldingParameters(PointsParameters):
    """Parameters of `relu-folding`."""

    gap: Gap = HARD_GAP
    hidden: int = Field(
        2, ge=2, le=4, description="hidden neurons; what two of them do to the plane can be watched"
    )
    weight_decay: float = Field(
        1e-3, ge=0.0, le=0.1, description="strength of the pull on the weights towards 0 while training"
    )
    restarts: int = Field(6, ge=1, le=12, description="random starts, of which the best is kept")


@dataclass(frozen=True)
class Crease:
    """A line of the plane along which hidden neurons begin to answer: there they are 0 before ReLU.

    Attributes:
        units: the neurons, mostly one; more if their lines are one to the eye.
        normal, offset: it is where normal · x = offset, and below that the first of them gives 0.
    """

    units: tuple[int, ...]
    normal: FloatArray
    offset: float

    def ends(self, middle: FloatArray, far: float) -> FloatArray:
        """Return the crease as far as `far` on both sides of where it is nearest to `middle`, `(2, 2)`."""
        length = float(np.hypot(*self.normal))
        unit = self.normal / length
        foot = middle + unit * (self.offset / length - float(unit @ middle))
        along = far * np.array([-unit[1], unit[0]])
        return np.array([foot - along, foot + along])


@dataclass(frozen=True)
class ReluFoldingNumbers(HiddenPlaneNumbers):
    """The trained network, its hidden plane if it has one, its decision, and its creases."""

    @property
    def units(self) -> int:
        """How many hidden neurons there are."""
        return self.first.output_size

    @cached_property
    def separable(self) -> bool:
        """Whether a straight line could part the classes without any fold."""
        return linearly_separable(self.dataset.points, self.dataset.labels)

    @property
    def reach(self) -> float:
        """How far the points are spread, in data units; more than nought."""
        low, high = self.dataset.extent
        return float((high - low).max()) or 1.0

    @cached_property
    def boundary(self) -> FloatArray:
        """Where the score is the threshold: straight pieces `(s, 2, 2)` of the input plane, all there are.

        There are none where the threshold parts nothing.
        """
        return self._boundary_within(_FAR * self.reach)

    def _boundary_within(self, beyond: float) -> FloatArray:
        """Return the boundary's pieces as far as `beyond` the outermost points."""
        if not self.parts:
            return np.zeros((0, 2, 2))
        low, high = self.dataset.extent
        return decision_boundary(self.network, low - beyond, high + beyond, level=self.threshold.value)

    @cached_property
    def corners(self) -> FloatArray:
        """Where the boundary bends, `(k, 2)`; all of them lie on creases."""
        return corners(self.boundary, _ONE * self.reach)

    @property
    def near_corners(self) -> FloatArray:
        """Those corners that are among the points, or not far beyond them, `(k, 2)`."""
        low, high = self.dataset.extent
        inside = ((self.corners >= low - _BEYOND) & (self.corners <= high + _BEYOND)).all(axis=1)
        near: FloatArray = self.corners[inside]
        return near

    @cached_property
    def creases(self) -> tuple[Crease, ...]:
        """The lines along which neurons begin to answer; a neuron that is everywhere the same has none."""
        found: list[Crease] = []
        for unit, weights in enumerate(self.first.weights):
            if not weights.any():
                continue
            crease = self.own_crease(unit)
            twin = next((k for k, other in enumerate(found) if self._one(crease, other)), None)
            if twin is None:
                found.append(crease)
            else:
                found[twin] = replace(found[twin], units=(*found[twin].units, unit))
        return tuple(found)

    def _one(self, one: Crease, other: Crease) -> bool:
        """Tell whether two creases are one to the eye, as far as the points reach."""
        low, high = self.dataset.extent - np.array([[_BEYOND], [-_BEYOND]])
        around = np.array([[x, y] for x in (low[0], high[0]) for y in (low[1], high[1])])
        first, second = ((around @ c.normal - c.offset) / np.hypot(*c.normal) for c in (one, other))
        apart = min(np.abs(first - second).max(), np.abs(first + second).max())
        return bool(apart < 2 * _ONE * self.reach)

    def own_crease(self, unit: int) -> Crease:
        """Return where a neuron itself begins to answer, whatever others do; its weights must not be 0."""
        return Crease((unit,), self.first.weights[unit], -float(self.first.bias[unit]))

    def crease_of(self, unit: int) -> Crease | None:
        """Return the crease of a neuron, or None."""
        return next((crease for crease in self.creases if unit in crease.units), None)

    def clouds(self) -> list[FloatArray]:
        """Return what the stage must have room for: the points on their way, and the corners."""
        moving = super().clouds() if self.units == 2 else [self.dataset.points]
        return [*moving, self.near_corners]

    def arrow_ends(self) -> FloatArray:
        """Return the ends of i and j, `(m, 2)`, wherever they are shown."""
        return super().arrow_ends() if self.units == 2 else TIPS

    def folded(self, t: float) -> PlaneMap:
        """Return the map at time `t` in [0, 2] of the press: h₁ until 1, then h₂."""
        fold = np.clip([t, t - 1.0], 0.0, 1.0)
        return PlaneMap(self.first.weights, self.first.bias, fold)

    def captions(self) -> dict[str, str]:
        common = {
            "curves": "curves-many" if self.units > 2 else "curves-easy" if self.separable else "curves",
            "creases": self._creases_caption(),
        }
        if self.units > 2:
            neurons = {f"neuron-{unit + 1}": self._neuron_caption(unit) for unit in range(self.units)}
            return common | neurons | {"pieces": "pieces" if len(self.boundary) else "pieces-none"}
        almost = "separate-almost" if self.parts else "separate-none"
        return {
            **super().captions(),
            **common,
            "fold-1": self._fold_caption(0),
            "fold-2": self._fold_caption(1),
            "separate": "separate" if self.perfect else almost,
            "bent-line": self._boundary_caption(),
        }

    def _fold_caption(self, unit: int) -> str:
        """Return the caption that says whether this unit's press moves points of the data, or anything."""
        if (self.pre_activations[:, unit] < 0).any():
            return f"fold-{unit + 1}"
        # Only a plane that reaches below 0 has something to press.
        moves = self.first.weights[unit].any()
        return f"fold-{unit + 1}-empty" if moves else f"fold-{unit + 1}-none"

    def _neuron_caption(self, unit: int) -> str:
        """Return the caption that says whether this neuron adds a crease to those of the ones before."""
        crease = self.crease_of(unit)
        if crease is None:
            return "neuron-none"
        return f"neuron-{unit + 1}" if crease.units[0] == unit else "neuron-same"

    def _boundary_caption(self) -> str:
        """Return the caption that says what the boundary looks like among the points, and around them."""
        if not len(self.boundary):
            return "bent-line-none"
        if line_count(self.boundary) > 1:
            return "bent-line-two"
        low, high = self.dataset.extent
        if ((self.corners >= low) & (self.corners <= high)).all(axis=1).any():
            return "bent-line"
        return "bent-line-among" if len(self.corners) else "bent-line-straight"

    def _creases_caption(self) -> str:
        """Return the caption that counts the corners, if all of them can be seen."""
        if not len(self.boundary):
            return "creases-none"
        return "creases" if len(self.near_corners) == len(self.corners) else "creases-far"

    def results(self) -> dict[str, Any]:
        return {
            **super().results(),
            "hidden": self.units,
            "creases": len(self.creases),
            "corners": self.corners.tolist(),
        }


def compute(parameters: ReluFoldingParameters) -> ReluFoldingNumbers:
    """Train the network on the two curves and follow every point through it."""
    dataset = parameters.dataset()
    network = trained_network(
        dataset,
        (parameters.hidden,),
        "relu",
        seed=parameters.seed,
        restarts=parameters.restarts,
        weight_decay=parameters.weight_decay,
    )
    return ReluFoldingNumbers.of(dataset, network)


def beats_of(parameters: ReluFoldingParameters) -> tuple[str, ...]:
    """Return the beats: what two neurons press is watched; more of them are told by their creases."""
    if parameters.hidden == 2:
        return "curves", "turn", "fold-1", "fold-2", "separate", "score", "bent-line", "creases"
    neurons = (f"neuron-{unit + 1}" for unit in range(parameters.hidden))
    return "curves", *neurons, "pieces", "creases"


DEFINITION = SceneDefinition(
    home=__name__,
    name="relu-folding",
    summary="ReLU folds the plane so that one straight line separates the two curves.",
    parameters=ReluFoldingParameters,
    # From this start both folds lay down a wing of the curves.
    presets={
        "hard": {"seed": 6},
        # From this start the boundary crosses each of three creases once.
        "three": {"hidden": 3, "gap": 0.6, "weight_decay": 0.0, "seed": 52, "restarts": 1},
    },
    beats={
        "curves": ("curves", "curves-easy", "curves-many"),
        "turn": ("turn", "turn-flat", "turn-zero", "turn-slight"),
        "fold-1": ("fold-1", "fold-1-empty", "fold-1-none"),
        "fold-2": ("fold-2", "fold-2-empty", "fold-2-none"),
        "separate": ("separate", "separate-almost", "separate-none"),
        "score": (),
        "bent-line": (
            "bent-line",
            "bent-line-two",
            "bent-line-among",
            "bent-line-straight",
            "bent-line-none",
        ),
        **{f"neuron-{k}": (f"neuron-{k}", "neuron-same", "neuron-none") for k in range(1, 5)},
        "pieces": ("pieces", "pieces-none"),
        "creases": ("creases", "creases-far", "creases-none"),
    },
    beats_of=beats_of,
    compute=compute,
    captions=ReluFoldingNumbers.captions,
    drawing="drawing:ReluFolding",
    lesson="scenes.linear_algebra.lesson",
    cover={"": "creases"},
)
