"""Where things stand: within the safe areas, and each in its own region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from explainer.audit.drawing import Drawing, Leaf
from explainer.audit.finding import TOLERANCE, Fault, pixel_text, pixels
from explainer.play.render import Scene
from scenes.parts.marks.dots import Dots
from scenes.style.layout import Layout, Region

# Shares of the frame's width and height that stay free at every edge.
TEXT_MARGIN = 0.05
ACTION_MARGIN = 0.035
# In upright pictures, players put their own words over this much at the bottom.
COVERED_IN_9_16 = 0.2


def text_safe(layout: Layout) -> Region:
    """Return what text must keep within."""
    frame = layout.frame
    safe = frame.inset(TEXT_MARGIN * frame.width, TEXT_MARGIN * frame.height)
    if layout.aspect != "9:16":
        return safe
    return Region(safe.left, frame.bottom + COVERED_IN_9_16 * frame.height, safe.right, safe.top)


def action_safe(layout: Layout) -> Region:
    """Return what everything must keep within."""
    frame = layout.frame
    return frame.inset(ACTION_MARGIN * frame.width, ACTION_MARGIN * frame.height)


def faults(drawing: Drawing, scene: Scene) -> Iterator[Fault]:
    """Find what stands too near the frame's edge, or where something else has its place."""
    layout = scene.layout
    for lettering in drawing.letterings:
        yield from _beyond("text-safe area", lettering.name, lettering.box, text_safe(layout))
    free = _free(drawing, layout)
    for leaf in drawing.graphics:
        if id(leaf) not in free:
            yield from _beyond("action-safe area", leaf.name, leaf.box, action_safe(layout))
    yield from _strays(drawing, scene, free)


def _free(drawing: Drawing, layout: Layout) -> set[int]:
    """Return what has no place of its own: what goes on to the edge of the window in which a plane is seen.

    Such are the lines and backdrops that live on the plane and the shapes on it that are cut off by the
    window's edge; and, if a window runs off the frame, other lines that reach the frame's edge.
    """
    graphics, safe = list(drawing.graphics), action_safe(layout)
    windows = {leaf.standing.window for leaf in graphics} - {None}
    runs_off = any(window is not None and not safe.contains(window) for window in windows)
    return {id(leaf) for leaf in graphics if _goes_on(leaf, layout.frame if runs_off else None)}


def _goes_on(leaf: Leaf, frame: Region | None) -> bool:
    window = leaf.standing.window
    if isinstance(leaf.mobject, Dots):
        return window is not None and leaf.standing.backdrop
    if window is None:
        return frame is not None and not len(leaf.fill) and _reaches(leaf, frame)
    return leaf.standing.backdrop or not len(leaf.fill) or _reaches(leaf, window)


def _reaches(leaf: Leaf, region: Region) -> bool:
    return pixels(_room(leaf.core, region)) < TOLERANCE


def _beyond(kind: str, name: str, box: Region, safe: Region) -> Iterator[Fault]:
    outside = {
        "left": safe.left - box.left,
        "bottom": safe.bottom - box.bottom,
        "right": box.right - safe.right,
        "top": box.top - safe.top,
    }
    for edge, units in outside.items():
        if pixels(units) > TOLERANCE:
            yield Fault(kind, (name, f"the {edge} edge"), f"{pixel_text(units)} too near")


def _strays(drawing: Drawing, scene: Scene, free: set[int]) -> Iterator[Fault]:
    layout = scene.layout
    stages = {leaf.standing.stage for leaf in drawing.leaves if leaf.standing.stage is not None}
    windows = {leaf.standing.window for leaf in drawing.leaves if leaf.standing.window is not None}
    reserved = {"title": scene.title_region(), "caption": layout.caption, "pips": layout.pips}
    # A scene that divides the whole body otherwise has no panel.
    if layout.stage in stages:
        reserved["panel"] = layout.panel
    bar = scene.caption_bar
    owners = {
        id(member): region
        for region, owner in (("title", scene.title), ("caption", bar.caption), ("pips", bar.pips))
        if owner is not None
        for member in owner.get_family()
    }
    for name, box, leaf in _things(drawing):
        home = owners.get(id(leaf.mobject))
        if home is not None:
            yield from _outside(name, box, reserved[home], f"the {home} region")
            continue
        if id(leaf) in free:
            if leaf.standing.window is not None:
                yield from _outside(name, box, leaf.standing.window, "the edge of the window")
            continue
        yield from _in_others_place(name, box, reserved, in_stage=leaf.standing.stage == layout.stage)
        if leaf.standing.stage is None:
            yield from _across_edges(name, box, windows)


def _things(drawing: Drawing) -> Iterator[tuple[str, Region, Leaf]]:
    for lettering in drawing.letterings:
        yield lettering.name, lettering.box, lettering.leaves[0]
    for leaf in drawing.graphics:
        # A line cut off at the edge of the stage keeps to it, whatever its width.
        yield leaf.name, leaf.core, leaf


def _outside(name: str, box: Region, region: Region, called: str) -> Iterator[Fault]:
    units = -_room(box, region)
    if pixels(units) > TOLERANCE:
        yield Fault("region", (name, called), f"{pixel_text(units)} outside it")


def _in_others_place(
    name: str, box: Region, reserved: Mapping[str, Region], *, in_stage: bool
) -> Iterator[Fault]:
    for region_name, region in reserved.items():
        units = _overlap(box, region)
        # The panel is for all that does not live on the stage.
        if pixels(units) > TOLERANCE and (region_name != "panel" or in_stage):
            yield Fault("region", (name, f"the {region_name} region"), f"{pixel_text(units)} into it")


def _across_edges(name: str, box: Region, windows: set[Region]) -> Iterator[Fault]:
    for window in windows:
        within, beyond = _overlap(box, window), -_room(box, window)
        if pixels(within) > TOLERANCE and pixels(beyond) > TOLERANCE:
            yield Fault(
                "region", (name, "the edge of the stage"), f"{pixel_text(min(within, beyond))} across it"
            )


def _room(box: Region, region: Region) -> float:
    """Return the least distance from the box to the region's edges; below nought if it juts out."""
    return min(
        box.left - region.left,
        box.bottom - region.bottom,
        region.right - box.right,
        region.top - box.top,
    )


def _overlap(box: Region, region: Region) -> float:
    """Return how far the box reaches into the region, along the shorter way; below nought if it does not."""
    across = min(box.right, region.right) - max(box.left, region.left)
    up = min(box.top, region.top) - max(box.bottom, region.bottom)
    return min(across, up)
