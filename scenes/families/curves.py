"""The two curves, or someone's own points in their place: parameters that most scenes share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import numpy as np
from pydantic import Field, field_validator

from nnmath import Dataset, read_csv, two_curves
from scenes.definition import SceneParameters

EASY_GAP, HARD_GAP = 1.9, 0.7
# What every picture of the curves has room for besides them, in data units: headroom, and i.
ROOM = np.array([[0.0, 2.4], [0.0, -2.4], [1.0, 0.0]])
# What a stage can show of someone's own points, beside basis vectors of length 1.
MOST_POINTS, FARTHEST = 4000, 50.0
# Points less far apart than this, and than this share of their distance from the origin, look like one dot.
_DOT, _DOT_SHARE = 0.05, 0.02
MOST_BYTES = 100 * 10**6


Gap: TypeAlias = Annotated[
    float, Field(ge=0.0, le=3.0, description="distance between the curves, in units of x₂")
]
PointsPerCurve: TypeAlias = Annotated[int, Field(ge=20, le=2000, description="points on each curve")]
Noise: TypeAlias = Annotated[
    float, Field(ge=0.0, le=0.5, description="standard deviation of an error added to both coordinates")
]
Seed: TypeAlias = Annotated[int, Field(ge=0, le=2**31 - 1, description="seed of everything random")]


class CurvesParameters(SceneParameters):
    """The two curves, wherever a scene draws them."""

    gap: Gap = EASY_GAP
    points_per_curve: PointsPerCurve = 100
    noise: Noise = 0.0
    seed: Seed = 0

    def dataset(self) -> Dataset:
        """Return the two curves that these parameters describe."""
        rng = np.random.default_rng(self.seed)
        return two_curves(self.gap, self.points_per_curve, self.noise, rng=rng)


class PointsParameters(CurvesParameters):
    """The two curves, or points of two classes from a file of one's own."""

    makes_idle = {"data": ("gap", "points_per_curve", "noise")}

    data: Path | None = Field(
        None, description="CSV file with columns x1, x2 and label (0 or 1), in place of the curves"
    )

    @field_validator("data")
    @classmethod
    def _a_file_of_sensible_size(cls, data: Path | None) -> Path | None:
        if data is None:
            return None
        try:
            # A device or a pipe would never end.
            there = data.is_file()
            if there:
                with data.open("rb") as stream:
                    stream.read(1)
        except OSError as error:
            raise ValueError(f"must be a CSV file that can be read: {error.strerror}") from error
        if not there:
            raise ValueError(f"must be a CSV file that exists; there is none at {str(data)!r}")
        # All of it is read before its rows are counted.
        if data.stat().st_size > MOST_BYTES:
            raise ValueError(f"must be a CSV file of at most {MOST_BYTES / 1e6:g} MB, {MOST_POINTS} rows")
        return data

    def dataset(self) -> Dataset:
        """Return the points of the file, if one is given, else the two curves.

        Raises ValueError for a file that cannot be read, or whose points would not fit a picture.
        """
        if self.data is None:
            return super().dataset()
        try:
            dataset = read_csv(self.data)
        except OSError as error:
            raise ValueError(f"data: {self.data}: {error.strerror}; give a CSV file") from error
        if len(dataset) > MOST_POINTS:
            raise ValueError(f"data: {self.data} has {len(dataset)} rows; at most {MOST_POINTS} can be shown")
        farthest = float(np.abs(dataset.points).max())
        if farthest > FARTHEST:
            raise ValueError(
                f"data: {self.data} has a coordinate of {farthest:g}; scale them to lie within ±{FARTHEST:g}"
            )
        spread = float(np.ptp(dataset.points, axis=0).max())
        # Points that are all in one place are a picture of that.
        if 0 < spread < max(_DOT, _DOT_SHARE * farthest):
            raise ValueError(
                f"data: {self.data} has all its points within {spread:.2g} of each other, which is one dot on"
                f" the stage; scale or move them to fill more of ±{FARTHEST:g}"
            )
        return dataset
