"""Grid, points, camera and units, each broken on purpose and each in order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from manim import Rectangle, VGroup

from nnmath.datasets import Dataset
from nnmath.plane_map import PlaneMap
from scenes.parts.charts.chart import Chart
from scenes.parts.marks.segments import Segments, clipped
from scenes.parts.plane.plane import Plane
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View, Viewed
from scenes.stage.motion import Drive
from scenes.style.colour import blend, rgb
from scenes.style.layout import LAYOUTS, Region

from .test_pictures import Audit, line, only

FloatArray = npt.NDArray[np.float64]

# What other rules say of these pictures is their affair.
OTHERS = ("grid contrast", "contrast", "points touch")


def without(*kinds: str) -> tuple[str, ...]:
    return tuple(kind for kind in OTHERS if kind not in kinds)


def view_of(scene: Any, unit: float = 1.0) -> View:
    return View(scene.layout.stage.inset(0.1), scene.at(0.5, 0.5)[:2], unit)


def row(count: int, spacing: float) -> Dataset:
    """Return two rows of points, one a class, `spacing` apart."""
    x = (np.arange(count) - (count - 1) / 2) * spacing
    points = np.concatenate([np.column_stack([x, np.full(count, y)]) for y in (1.0, -1.0)])
    return Dataset(points, np.repeat([0, 1], count), "rows")


def space_of(scene: Any, data: Dataset | None = None, **options: Any) -> Space:
    scene.space = Space(view_of(scene), scene.theme, data or row(5, 0.5), **options)
    return scene.space


@pytest.mark.parametrize(("share", "found"), [(0.3, False), (0.5, True)])
@pytest.mark.parametrize("lines", ["grid", "ghost"])
def test_the_grid_stands_back(audit: Audit, lines: str, share: float, found: bool) -> None:
    def draw(scene: Any) -> None:
        space = space_of(scene)
        page, text = rgb(scene.theme["background"]), rgb(scene.theme["text"])
        for part, dark in ((space.plane.grid, 0.0), (space.plane.ghost, 0.0)):
            part.set_stroke(scene.theme["background"], opacity=dark)
        # Twice as light, in light itself, is twice the contrast above nothing: mix until it is.
        part = getattr(space.plane, lines)
        wanted = share * (1.0 if lines == "grid" else 0.4)
        part.set_stroke(_mixed(page, text, wanted, scene.theme), opacity=1.0)
        scene.appear(space)

    findings = audit(draw, besides=without("grid contrast"))
    assert [finding.kind for finding in findings] == (["grid contrast"] if found else [])
    if found:
        assert findings[0].things[0] == f"space.plane.{lines}"
        assert findings[0].things[1].startswith("space.dots")
        assert findings[0].amount.endswith(f"at most {'35' if lines == 'grid' else '15'}%")


def luminance(colour: Any) -> float:
    """Return WCAG's relative luminance, written down from its definition."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mixed(page: Any, text: Any, share: float, theme: Any) -> str:
    """Return the mixture of page and text that has this share of the fainter class's contrast."""
    data = min(luminance(rgb(theme[role])) for role in ("class_0", "class_1"))
    target = luminance(page) + share * (data - luminance(page))
    mix = min(np.linspace(0, 1, 2001), key=lambda t: abs(luminance(blend(text, page, float(t))) - target))
    return "#" + "".join(f"{round(255 * c):02x}" for c in blend(text, page, float(mix)))


def test_a_grid_without_data_may_be_as_it_is(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.plane = Plane(view_of(scene), scene.theme)
        scene.plane.grid.set_stroke(scene.theme["text"])
        scene.add(scene.plane)

    assert audit(draw) == []


class ShortPlane(Plane):
    """A plane whose lines end at the edges of what is seen before any map, and go where a map takes them."""

    def _images(self, lines: FloatArray, plane_map: PlaneMap) -> FloatArray:
        (left, bottom), (right, top) = self.view.seen_bounds
        return super()._images(clipped(lines, Region(left, bottom, right, top)), plane_map)


def mapped(scene: Any, kind: type[Plane], end: PlaneMap) -> None:
    """Let a plane be moved to `end` and back, evenly."""
    scene.plane = kind(view_of(scene), scene.theme)
    scene.appear(scene.plane)

    def show(t: float) -> None:
        share = np.sin(np.pi * t)
        scene.plane.show(PlaneMap((1 - share) * np.eye(2) + share * end.matrix, fold=share * end.fold))

    scene.play(Drive(scene.plane, show, run_time=2.0))
    scene.plane.show(PlaneMap())


@pytest.mark.parametrize(
    "end", [PlaneMap(np.eye(2) * 0.5), PlaneMap(np.array([[0.0, -1.0], [1.0, 0.0]]))], ids=["half", "turn"]
)
@pytest.mark.parametrize(("kind", "found"), [(Plane, False), (ShortPlane, True)])
def test_a_grid_has_no_end(audit: Audit, kind: type[Plane], end: PlaneMap, found: bool) -> None:
    findings = audit(lambda scene: mapped(scene, kind, end))
    assert {finding.kind for finding in findings} == ({"grid ends"} if found else set())
    assert all(finding.things[1] == "the edge of the window" for finding in findings)


def test_how_far_inside_a_line_ends(audit: Audit) -> None:
    findings = audit(lambda scene: mapped(scene, ShortPlane, PlaneMap(np.eye(2) * 0.5)))
    (axes,) = (finding for finding in findings if finding.things[0] == "plane.axes")
    # A quarter of the stage is missing on either side. The end of the level axis is nearer to the upper and
    # lower edges than to the side.
    deepest = float(axes.amount.split("farthest ")[1].split()[0]) / 135
    seen = LAYOUTS["16:9"].stage.inset(0.1)
    assert deepest == pytest.approx(min(seen.width / 4, seen.height / 2), abs=0.01)
    assert axes.seconds == pytest.approx(0.4 + 1.0 + 0.4 + 0.6 + 1.0, abs=0.11)


def at_once(scene: Any, kind: type[Plane], shown: PlaneMap) -> None:
    """Show a plane where a map has taken it."""
    scene.plane = kind(view_of(scene), scene.theme).show(shown)
    scene.add(scene.plane)


@pytest.mark.parametrize("fold", [(1.0, 1.0), (1.0, 0.0), (0.5, 0.5)])
@pytest.mark.parametrize("turn", [np.eye(2), np.array([[0.6, -0.8], [0.8, 0.6]])])
def test_a_line_that_is_pressed_onto_an_axis_ends_there(
    audit: Audit, fold: tuple[float, float], turn: Any
) -> None:
    shown = PlaneMap(matrix=turn, fold=np.array(fold), outer_matrix=turn, outer_offset=np.array([0.3, 0.1]))
    assert audit(lambda scene: at_once(scene, Plane, shown)) == []


def test_a_line_that_is_half_pressed_does_not_end(audit: Audit) -> None:
    shown = PlaneMap(fold=np.array([0.8, 0.8]))
    assert "grid ends" in {finding.kind for finding in audit(lambda scene: at_once(scene, ShortPlane, shown))}


@pytest.mark.parametrize(
    ("kind", "scale", "found"), [(Plane, 1.0, False), (Plane, 0.1, False), (ShortPlane, 0.1, True)]
)
def test_lines_that_lie_on_each_other_go_on(
    audit: Audit, kind: type[Plane], scale: float, found: bool
) -> None:
    # Projected onto one line, most lines end where others go on.
    shown = PlaneMap(scale * np.array([[1.0, 1.0], [0.0, 0.0]]))
    kinds = {finding.kind for finding in audit(lambda scene: at_once(scene, kind, shown))}
    assert kinds == ({"grid ends"} if found else set())


@pytest.mark.parametrize(
    ("spacing", "share", "found"), [(0.2, 0.6, False), (0.2, 1.0, True), (0.02, 1.5, False)]
)
def test_points_next_to_each_other(audit: Audit, spacing: float, share: float, found: bool) -> None:
    def draw(scene: Any) -> None:
        space = space_of(scene, row(12, spacing))
        for cloud in space.dots:
            cloud.resize(share * spacing)
        scene.appear(space)

    findings = audit(draw, besides=without("points touch"))
    kinds = [(finding.kind, finding.things[0]) for finding in findings]
    # A square is 0.86 of its diameter wide. What is as small as can be seen may touch.
    assert kinds == ([("points touch", "space.dots[0]"), ("points touch", "space.dots[1]")] if found else [])
    if found:
        assert findings[0].amount.startswith("27.0 px across, 1.00 of the 27.0 px")


def test_points_in_one_place_are_one_point(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        data = row(6, 0.4)
        points, labels = np.concatenate([data.points] * 2), np.concatenate([data.labels] * 2)
        twice = Dataset(points, labels, "twice")
        scene.appear(space_of(scene, twice))

    assert audit(draw, besides=without("points touch")) == []


def test_points_that_were_moved_may_touch(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        space = space_of(scene, row(12, 0.4)).show(PlaneMap(np.eye(2) * 0.2))
        scene.appear(space)

    assert audit(draw, besides=without("points touch")) == []


def moving(scene: Any, *, camera: bool, acts: bool) -> Drive:
    """Return a motion of a space's camera, of its map, or of both."""
    space = space_of(scene, row(5, 0.5))
    scene.appear(space)
    turned = np.array([[0.8, 0.1], [0.0, 0.9]])

    def map_at(t: float) -> PlaneMap:
        return PlaneMap((1 - t) * np.eye(2) + t * turned)

    wider = view_of(scene, 0.9)
    if camera:
        return space.glide(wider, map_at if acts else None, run_time=1.0)
    return space.move(map_at, run_time=1.0)


@pytest.mark.parametrize(("camera", "acts"), [(True, False), (False, True), (True, True)])
def test_camera_and_map(audit: Audit, camera: bool, acts: bool) -> None:
    findings = audit(lambda scene: scene.play(moving(scene, camera=camera, acts=acts)), besides=OTHERS)
    assert [finding.kind for finding in findings] == (["camera and map"] if camera and acts else [])
    if findings:
        assert findings[0].things == ("space.view", "space.map")
        assert float(findings[0].amount.split()[3]) == pytest.approx(1.0, abs=0.11)


def test_first_the_camera_and_then_the_map(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.play(moving(scene, camera=True, acts=False))
        scene.play(scene.space.move(lambda t: PlaneMap(np.eye(2) * (1 - 0.2 * t)), run_time=1.0))

    assert audit(draw, besides=OTHERS) == []


class SquareChart(Chart):
    """A chart that says that its units are equal."""

    equal_units = True


@pytest.mark.parametrize(
    ("kind", "up", "found"), [(Chart, 3.0, False), (SquareChart, 3.0, True), (SquareChart, 1.0, False)]
)
def test_equal_units(audit: Audit, kind: type[Chart], up: float, found: bool) -> None:
    def draw(scene: Any) -> None:
        x, y, _ = scene.at(0.5, 0.5)
        region = Region(x - 2, y - 2, x + 2, y + 2)
        scene.chart = kind(region, scene.theme, (-1.0, 1.0), (-up, up))
        scene.appear(VGroup(scene.chart))

    findings = audit(draw)
    assert [finding.kind for finding in findings] == (["unequal units"] if found else [])
    if found:
        assert only(findings)[2] == ("chart.x", "chart.y")
        assert findings[0].amount == "a unit is 270.0 px along x, 90.0 px along y"


def wide_view(scene: Any) -> View:
    """Return a view whose plane is seen in the whole frame."""
    return replace(view_of(scene), window=scene.layout.frame)


class StagePlane(Plane):
    """A plane that is drawn on the stage alone, whatever is seen."""

    def _images(self, lines: FloatArray, plane_map: PlaneMap) -> FloatArray:
        return clipped(super()._images(lines, plane_map), self.view.region)


def test_a_plane_that_fills_the_frame(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.plane = Plane(wide_view(scene), scene.theme)
        scene.add(scene.plane)
        scene.line = line(scene, (-0.5, 0.6), (1.5, 0.6))
        scene.add(scene.line)

    assert audit(draw) == []


class OnThePlane(Segments, Viewed):
    """A line that lives on the plane of a view."""


def lines_on_the_plane(scene: Any, view: View, right: float) -> OnThePlane:
    """Return a level line from the middle of the stage to a place given in scene units."""
    x, y = scene.at(0.5, 0.6)[:2]
    found = OnThePlane(scene.colour("text"), 4.0).set_pieces(np.array([[[x, y], [right, y]]]))
    found.view = view
    return found


@pytest.mark.parametrize(("wide", "beyond"), [(False, 0.0), (False, 0.2), (True, 0.0), (True, 0.2)])
def test_a_line_goes_as_far_as_the_plane_is_seen(audit: Audit, wide: bool, beyond: float) -> None:
    def draw(scene: Any) -> None:
        view = wide_view(scene) if wide else view_of(scene)
        scene.plane = Plane(view, scene.theme)
        scene.line = lines_on_the_plane(scene, view, view.seen.right + beyond)
        scene.add(scene.plane, scene.line)

    findings = audit(draw)
    assert [finding.things for finding in findings] == (
        [("line", "the edge of the window")] if beyond else []
    )


@pytest.mark.parametrize(("reaches", "found"), [(True, set()), (False, {"action-safe area", "region"})])
def test_a_tint_goes_on_beyond_the_frame(audit: Audit, reaches: bool, found: set[str]) -> None:
    def draw(scene: Any) -> None:
        view, frame = wide_view(scene), scene.layout.frame
        bottom = frame.bottom if reaches else frame.bottom + 0.1
        scene.tint = Tint(width=2.0, height=-bottom, stroke_width=0, fill_opacity=1.0)
        scene.tint.set_fill(scene.colour("loss")).move_to([2.0, bottom / 2, 0.0])
        scene.tint.view = view
        scene.add(Plane(view, scene.theme), scene.tint.set_z_index(-2))

    assert {finding.kind for finding in audit(draw)} == found


class Tint(Rectangle, Viewed):
    """A filled part of the plane."""


def shifted(scene: Any, view: View, *, leave: bool) -> None:
    """Let points go off the stage and come back, or leave their ghost off the stage for good."""
    scene.space = Space(view, scene.theme, row(5, 0.5))
    far = PlaneMap(offset=np.array([3.6, -2.0]))
    if leave:
        scene.space.map = far
        scene.space.leave_ghost()
        scene.space.map = PlaneMap()
        scene.add(scene.space, scene.text("on a ghost").move_to(view.point(2.6, -1.0)))
    else:
        scene.add(scene.space)
        scene.play(scene.space.move(lambda t: PlaneMap(offset=np.sin(np.pi * t) * far.offset), run_time=2.0))


@pytest.mark.parametrize("leave", [True, False])
@pytest.mark.parametrize("wide", [True, False])
def test_points_belong_to_the_stage_and_ghosts_nowhere(audit: Audit, wide: bool, leave: bool) -> None:
    def draw(scene: Any) -> None:
        shifted(scene, wide_view(scene) if wide else view_of(scene), leave=leave)

    kinds = {finding.kind for finding in audit(draw, besides=without())}
    assert kinds == (set() if leave else {"data off stage"})


def test_a_plane_that_stops_short_of_its_window(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.plane = StagePlane(wide_view(scene), scene.theme)
        scene.add(scene.plane)

    assert "grid ends" in {finding.kind for finding in audit(draw)}
