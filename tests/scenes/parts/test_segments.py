"""Straight pieces are cut where the box ends, and nowhere else."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scenes.parts.marks.segments import Segments, bent_pieces, clipped, dashes, polyline
from scenes.style.layout import Region

BOX = Region(-2.0, -1.0, 3.0, 1.5)
coordinates = st.integers(-60, 60).map(lambda n: n / 10)
pieces_ = arrays(np.float64, st.tuples(st.integers(1, 12), st.just(2), st.just(2)), elements=coordinates)
points_ = arrays(np.float64, 2, elements=coordinates)
polylines_ = arrays(
    np.float64, st.tuples(st.integers(1, 4), st.integers(2, 6), st.just(2)), elements=coordinates
)


def in_box(points: np.ndarray, slack: float) -> np.ndarray:
    """Tell which points (n, 2) lie in the box, grown by a slack."""
    low, high = np.array([BOX.left, BOX.bottom]), np.array([BOX.right, BOX.top])
    return ((points >= low - slack) & (points <= high + slack)).all(axis=1)


def samples_of(piece: np.ndarray, count: int = 401) -> np.ndarray:
    """Return evenly spaced points (count, 2) of one piece (2, 2)."""
    return piece[0] + np.linspace(0, 1, count)[:, None] * (piece[1] - piece[0])


def distance(points: np.ndarray, piece: np.ndarray) -> np.ndarray:
    """Return how far points (n, 2) are from one straight piece (2, 2)."""
    along = piece[1] - piece[0]
    length = float(along @ along)
    share = np.clip((points - piece[0]) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.hypot(*(points - piece[0] - share[:, None] * along).T)


@given(pieces_)
def test_clipping_keeps_what_sampling_finds_inside(pieces: np.ndarray) -> None:
    for piece in pieces:
        kept = clipped(piece[None], BOX)
        samples = samples_of(piece)
        inside = in_box(samples, -1e-9)
        if not len(kept):
            # At most the box is touched in one place.
            assert np.hypot(*np.ptp(samples[inside], axis=0)) < 1e-9 if inside.any() else True
            continue
        (part,) = kept
        assert in_box(part, 1e-9).all()
        assert distance(part, piece).max() < 1e-9
        if inside.any():
            assert distance(samples[inside], part).max() < 1e-9
        outside = ~in_box(samples, 1e-9)
        if outside.any():
            assert distance(samples[outside], part).min() > 0
        # It keeps its direction.
        assert (part[1] - part[0]) @ (piece[1] - piece[0]) > 0 or np.array_equal(*piece)


@given(pieces_)
def test_clipping_all_at_once_is_clipping_each(pieces: np.ndarray) -> None:
    together = clipped(pieces, BOX)
    apart = np.concatenate([clipped(piece[None], BOX) for piece in pieces])
    assert np.array_equal(together, apart)
    again = clipped(together, BOX)
    assert len(again) <= len(together)
    if len(again) == len(together):
        assert np.abs(again - together).max(initial=0) < 1e-9


def test_a_line_along_the_boxs_edge_and_one_beside_it() -> None:
    on_edge = np.array([[[-5.0, 1.5], [5.0, 1.5]]])
    beside = np.array([[[-5.0, 1.6], [5.0, 1.6]]])
    assert clipped(on_edge, BOX).tolist() == [[[-2.0, 1.5], [3.0, 1.5]]]
    assert len(clipped(beside, BOX)) == 0


@given(pieces_)
def test_a_segments_points_are_its_pieces(pieces: np.ndarray) -> None:
    drawing = Segments("#ffffff", 2.0).set_pieces(pieces)
    assert np.allclose(drawing.pieces, pieces, rtol=0, atol=1e-12)
    # Four control points a piece, evenly spaced: a cubic that is a straight line.
    curves = drawing.points.reshape(-1, 4, 3)
    assert np.allclose(np.diff(curves, axis=1), np.diff(curves, axis=1)[:, :1], atol=1e-9)
    assert not curves[:, :, 2].any()


@given(polylines_)
def test_bent_pieces_are_the_pieces_that_have_a_length(corners: np.ndarray) -> None:
    expected = [
        [start, end] for line in corners.tolist() for start, end in itertools.pairwise(line) if start != end
    ]
    assert bent_pieces(corners).tolist() == expected


def test_a_polyline_joins_its_corners_in_turn() -> None:
    corners = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 2.0]])
    assert polyline(corners).tolist() == [[[0, 0], [1, 0]], [[1, 0], [1, 2]]]


@given(points_, points_)
def test_dashes_stay_on_the_line_and_leave_gaps(start: np.ndarray, end: np.ndarray) -> None:
    length = float(np.hypot(*(end - start)))
    assume(length > 0.5)
    drawn = dashes(start, end)
    assert distance(drawn.reshape(-1, 2), np.array([start, end])).max() < 1e-9
    assert np.allclose(drawn[0, 0], start)
    lengths = np.hypot(*(drawn[:, 1] - drawn[:, 0]).T)
    gaps = np.hypot(*(drawn[1:, 0] - drawn[:-1, 1]).T)
    assert (gaps > 0.05).all()
    assert np.allclose(lengths[:-1], lengths[0])
    assert 0.4 * length < lengths.sum() < 0.9 * length


def test_a_line_of_no_length_has_no_dashes() -> None:
    assert dashes(np.ones(2), np.ones(2)).shape == (0, 2, 2)
