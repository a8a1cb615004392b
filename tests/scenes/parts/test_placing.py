"""Where labels stand: within, clear before near, the earlier of equals, wherever the picture lies."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.writing.placing import (
    Obstacle,
    best,
    boxes_at,
    crowding,
    grown,
    kept_between,
    kept_within,
    place,
)
from scenes.style.layout import Region

# Multiples of an eighth, whose sums and differences floats hold exactly.
eighths = st.integers(-40, 40).map(lambda n: n / 8)
lengths = st.integers(1, 16).map(lambda n: n / 8)
points = st.tuples(eighths, eighths)
sizes = st.tuples(lengths, lengths).map(np.array)
places = st.lists(points, min_size=1, max_size=8).map(np.array)
boxes = st.lists(st.tuples(points, sizes), max_size=5).map(
    lambda pairs: np.array([boxes_at(np.array(at), size) for at, size in pairs]).reshape(-1, 4)
)
obstacles = st.lists(st.builds(Obstacle, boxes, st.sampled_from([0.0, 0.25, 1.0])), max_size=3)
margins = st.tuples(*[st.integers(0, 16).map(lambda n: n / 8)] * 4)


def around(box: np.ndarray, margin: tuple[float, ...]) -> Region:
    """Return a region in which a box lies, with so much to spare on its four sides."""
    return Region(box[0] - margin[0], box[1] - margin[1], box[2] + margin[2], box[3] + margin[3])


def clear(box: np.ndarray, obstacle: Obstacle) -> bool:
    """Tell, one box after the other, whether a label keeps its distance from an obstacle."""
    for left, bottom, right, top in obstacle.boxes:
        across = max(left - box[2], box[0] - right)
        up = max(bottom - box[3], box[1] - top)
        if max(across, up) < 0 or np.hypot(max(across, 0.0), max(up, 0.0)) < obstacle.reach:
            return False
    return True


@given(sizes, places, obstacles, points, margins)
def test_the_chosen_place_lies_within(size, candidates, drawn, middle, margin):
    region = around(boxes_at(np.array(middle), size), margin)
    chosen = place(size, candidates, drawn, within=region)
    assert region.contains(Region(*boxes_at(chosen.middle, size)), slack=1e-9)


@given(sizes, places, obstacles, st.data())
def test_a_clear_place_is_chosen_wherever_there_is_one_whatever_it_costs(size, candidates, drawn, data):
    costs = np.array(data.draw(st.lists(eighths, min_size=len(candidates), max_size=len(candidates))))
    free = [all(clear(box, thing) for thing in drawn) for box in boxes_at(candidates, size)]
    chosen = place(size, candidates, drawn, costs=costs)
    assert free[chosen.choice] == any(free)
    assert (chosen.crowding == 0) == any(free)
    # Of the clear ones, none costs less, and none of equal cost comes earlier.
    if any(free):
        assert (costs[chosen.choice], chosen.choice) == min(
            (cost, k) for k, (cost, fits) in enumerate(zip(costs, free, strict=True)) if fits
        )


@given(sizes, places, obstacles, margins)
def test_places_within_come_before_all_others(size, candidates, drawn, margin):
    # Around the last one, which would otherwise be the last to be chosen.
    region = around(boxes_at(candidates[-1], size), margin)
    inside = [region.contains(Region(*box), slack=0.0) for box in boxes_at(candidates, size)]
    chosen = place(size, candidates, drawn, within=region)
    assert inside[chosen.choice]
    assert (chosen.middle == candidates[chosen.choice]).all()


@given(sizes, places, obstacles)
def test_of_equal_places_the_first_is_taken(size, candidates, drawn):
    again = place(size, np.concatenate([candidates, candidates]), drawn)
    assert again.choice == place(size, candidates, drawn).choice < len(candidates)
    assert best(np.zeros(4)) == 0
    assert best(np.array([1.0, 0.5, 0.5]), np.array([0.0, 2.0, 2.0])) == 1


@given(sizes, places, obstacles, margins, points)
def test_the_whole_picture_may_lie_elsewhere(size, candidates, drawn, margin, shift):
    region = around(boxes_at(candidates[0], size), margin)
    moved = [Obstacle(thing.boxes + np.array([*shift, *shift]), thing.reach) for thing in drawn]
    there = Region(
        region.left + shift[0], region.bottom + shift[1], region.right + shift[0], region.top + shift[1]
    )
    here = place(size, candidates, drawn, within=region)
    elsewhere = place(size, candidates + np.array(shift), moved, within=there)
    assert elsewhere.choice == here.choice
    assert elsewhere.middle == pytest.approx(here.middle + np.array(shift))
    assert elsewhere.crowding == here.crowding


@given(sizes, places, places, st.sampled_from([0.5, 1.0, 4.0]))
def test_crowding_is_a_share_that_falls_with_the_distance(size, middles, taken, reach):
    near = Obstacle(boxes_at(taken), reach).crowding(boxes_at(middles, size))
    assert ((near >= 0) & (near <= 1)).all()
    apart = np.maximum(np.abs(middles[:, None] - taken) - size / 2, 0.0)
    distance = np.hypot(apart[..., 0], apart[..., 1]).min(axis=1)
    assert near == pytest.approx(np.maximum(1 - distance / reach, 0.0), abs=0.0051)
    assert (near[distance == 0] == 1).all()


def test_a_crowded_place_says_so_and_more_so_the_more_it_meets():
    one, other = (Obstacle(np.array([[x, 0.0, x + 1.0, 1.0]])) for x in (0.0, 0.5))
    chosen = place(np.array([1.0, 1.0]), np.array([[0.75, 0.5], [-0.25, 0.5]]), [one, other])
    assert (chosen.choice, chosen.crowding) == (1, 1.0)
    met = crowding(boxes_at(np.array([[0.75, 0.5], [3.0, 0.5]]), [1.0, 1.0]), [one, other])
    assert met.tolist() == [2.0, 0.0]
    # Side by side is not on top of each other, unless there is to be something in between.
    beside = boxes_at(np.array([[1.5, 0.5]]), [1.0, 1.0])
    assert one.crowding(beside) == 0
    assert Obstacle(grown(one.boxes, 0.125)).crowding(beside) == 1
    assert Obstacle(np.zeros((0, 4)), reach=1.0).crowding(beside) == 0


@given(eighths, lengths, eighths, lengths)
def test_what_fits_is_moved_no_farther_than_it_must(middle, size, low, room):
    kept = float(kept_between(middle, size, low, low + room))
    if size > room:
        assert kept == low + room / 2
        return
    assert low <= kept - size / 2
    assert kept + size / 2 <= low + room
    least = max(low - (middle - size / 2), (middle + size / 2) - (low + room), 0.0)
    assert abs(kept - middle) == least


@given(places, sizes, points, sizes)
def test_both_axes_are_kept_alike(middles, size, corner, room):
    region = Region(*corner, *(np.array(corner) + room))
    kept = kept_within(middles, size, region)
    assert (kept[:, 0] == kept_between(middles[:, 0], size[0], region.left, region.right)).all()
    assert (kept[:, 1] == kept_between(middles[:, 1], size[1], region.bottom, region.top)).all()
    assert (kept_within(kept, size, region) == kept).all()
