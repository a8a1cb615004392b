"""Labelled points of the plane: the data sets that the explainers classify."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnmath import arrays
from nnmath.arrays import FloatArray, IntArray

CURVE_HALF_WIDTH = 4.5
CURVE_AMPLITUDE = 0.7
MAX_POINTS_PER_CURVE = 10**6


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Points of the plane with a class number each.

    points (n, 2), labels (n,) whole numbers from 0. Raises ValueError for wrong shapes, an empty set,
    unequal lengths, or coordinates that are not finite.
    """

    points: FloatArray
    labels: IntArray
    name: str

    def __post_init__(self) -> None:
        points = arrays.as_points(self.points, "points")
        object.__setattr__(self, "points", points)
        object.__setattr__(self, "labels", arrays.as_labels(self.labels, "labels", len(points)))

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def classes(self) -> tuple[int, ...]:
        """The class numbers that occur, in rising order."""
        return tuple(int(label) for label in np.unique(self.labels))

    @property
    def extent(self) -> FloatArray:
        """The corners of the smallest box around the points: (2, 2), lower left and upper right."""
        return arrays.frozen(np.stack([self.points.min(axis=0), self.points.max(axis=0)]))

    def of_class(self, label: int) -> FloatArray:
        """The points of one class, (k, 2), in their order; k is 0 for a class that does not occur."""
        return arrays.frozen(self.points[self.labels == label])


def two_curves(
    gap: float = 1.9,
    points_per_curve: int = 100,
    noise: float = 0.0,
    *,
    rng: np.random.Generator | None = None,
) -> Dataset:
    """Two arches, one above the other, that a straight line separates only while the gap is wide.

    y = 0.7 cos(pi x / 6) -+ gap / 2 with x evenly spaced on [-4.5, 4.5]. The lower arch is class 0 and comes
    first, the upper one is class 1. noise is the standard deviation of a normal error added to both
    coordinates and needs rng when above 0. Raises ValueError.
    """
    gap = arrays.as_number(gap, "gap", at_least=0)
    count = arrays.as_count(points_per_curve, "points_per_curve", at_least=2, at_most=MAX_POINTS_PER_CURVE)
    noise = arrays.as_number(noise, "noise", at_least=0)
    x = np.linspace(-CURVE_HALF_WIDTH, CURVE_HALF_WIDTH, count)
    arch = CURVE_AMPLITUDE * np.cos(np.pi * x / 6)
    points = np.concatenate([np.column_stack([x, arch - gap / 2]), np.column_stack([x, arch + gap / 2])])
    if noise > 0:
        points = points + arrays.as_generator(rng, "rng").normal(scale=noise, size=points.shape)
    return Dataset(points, np.repeat([0, 1], count), "two-curves")


def xor() -> Dataset:
    """The truth table of exclusive or: four points, class 1 where exactly one coordinate is 1."""
    points = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return Dataset(points, np.array([0, 1, 1, 0]), "xor")


def people() -> Dataset:
    """Four people by weight and height, each less an average: class 1 for (-2, -1) and (-15, -6), else 0."""
    points = np.array([[-2.0, -1.0], [25.0, 6.0], [17.0, 4.0], [-15.0, -6.0]])
    return Dataset(points, np.array([1, 0, 0, 1]), "people")


def fruit(arrangement: str, *, rng: np.random.Generator) -> Dataset:
    """Strawberries (class 0) and blueberries (class 1) by length (x1) and roundness (x2), about their mean.

    "clouds": 50 of each, uniform in two rectangles that a line separates; strawberries are long, blueberries
    round. "ring": 60 strawberries, uniform by area in the ring of radius 2.6 to 3.8, around 50 blueberries in
    the disc of radius 1.6. Raises ValueError for another arrangement.
    """
    rng = arrays.as_generator(rng, "rng")
    if arrangement == "clouds":
        strawberries = rng.uniform([0.5, -3.2], [3.7, -0.2], size=(50, 2))
        blueberries = rng.uniform([-3.7, 0.2], [-0.5, 3.2], size=(50, 2))
    elif arrangement == "ring":
        strawberries = _annulus(60, 2.6, 3.8, rng)
        blueberries = _annulus(50, 0.0, 1.6, rng)
    else:
        raise ValueError(f"arrangement must be clouds or ring; got {arrangement!r}")
    labels = np.repeat([0, 1], [len(strawberries), len(blueberries)])
    return Dataset(np.concatenate([strawberries, blueberries]), labels, f"fruit-{arrangement}")


def _annulus(count: int, inner: float, outer: float, rng: np.random.Generator) -> FloatArray:
    # Area grows with the square of the radius, so the square is what must be uniform.
    radius = np.sqrt(rng.uniform(inner**2, outer**2, size=count))
    angle = rng.uniform(0.0, 2 * np.pi, size=count)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
