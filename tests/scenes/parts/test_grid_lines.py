"""No line of a grid ends in sight, in whatever way a map presses the plane."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnmath.plane_map import PlaneMap
from scenes.parts.plane.grid_lines import GridLines
from scenes.parts.plane.view import View
from scenes.style.layout import LAYOUTS

LAYOUT = LAYOUTS["16:9"]
VIEW = View.filling(LAYOUT, [np.array([[-4.5, -1.0], [4.5, 1.5]])])


def ends_inside(plane_map: PlaneMap) -> int:
    """Count the ends of lines, wherever the map takes them, that lie well inside the frame."""
    lines = GridLines.reaching(VIEW, plane_map, 1.0)
    ends = np.concatenate([lines.grid, lines.axes]).reshape(-1, 2)
    places = VIEW.to_scene(plane_map.apply(ends))
    frame = LAYOUT.frame.inset(1e-3)
    low, high = np.array([frame.left, frame.bottom]), np.array([frame.right, frame.top])
    return int(((places > low) & (places < high)).all(axis=1).sum())


@given(
    st.floats(0.2, 3.0),
    st.floats(-np.pi, np.pi),
    st.floats(-2.0, 2.0),
    st.sampled_from([0.0, 0.5, 0.9, 0.99, 0.999, 0.9999]),
    st.booleans(),
)
def test_lines_reach_beyond_the_frame_until_all_is_flat(
    size: float, angle: float, shift: float, fold: float, second: bool
) -> None:
    turned = size * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    folds = [1.0, fold] if second and fold else [fold, 0.0]
    plane_map = PlaneMap(turned, np.array([shift, -0.3]), np.array(folds))
    if folds[0] < 1.0:
        assert ends_inside(plane_map) == 0
    else:
        # What lies flat on the upright axis ends nowhere; what does not is below 0 along the other axis.
        assert ends_inside(PlaneMap(turned, np.array([shift, -0.3]), np.array([0.0, fold]))) == 0


@pytest.mark.parametrize("flat", [1e-3, 1e-5])
def test_a_map_that_presses_the_plane_nearly_flat_leaves_no_end_in_sight(flat: float) -> None:
    assert ends_inside(PlaneMap(np.array([[1.0, 0.5], [0.4, 0.2 + flat]]))) == 0
