"""What a mobject is called in a report, and what the parts around it say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from manim import Mobject

from explainer.play.render import Scene
from scenes.parts.plane.view import Viewed
from scenes.stage.drawn import Backdrop, Bounded, Flying
from scenes.stage.writing import Text, Writing
from scenes.style.layout import Region

M = TypeVar("M", bound=Mobject)

_LONGEST_SOURCE = 36
_PART_MARKUP = re.compile(r'text\(fill: #rgb\("#[0-9a-f]{6}"\), ')


@dataclass(frozen=True)
class Standing:
    """How a mobject stands in its scene.

    Attributes:
        name: the path of attributes that leads to it, such as `space.basis.i.tip`.
        writing: the writing that it is part of.
        backdrop: whether it, or a part around it, is a `Backdrop`.
        stage: the region of the view that it lives in, or its own bounds.
        window: the part of the frame in which that view shows the plane.
        flight: the outermost `Flying` thing that it is or belongs to.
    """

    name: str
    writing: Writing | None = None
    backdrop: bool = False
    stage: Region | None = None
    window: Region | None = None
    flight: Mobject | None = None


class Register:
    """The standing of every mobject that a scene's attributes, or its list of mobjects, lead to.

    A part may be on screen without the part that it belongs to, so attributes are followed first.
    """

    def __init__(self, scene: Scene) -> None:
        self._standings: dict[int, Standing] = {}
        # The mobjects are kept, since what is gone may give its place in memory to another.
        self._mobjects: list[Mobject] = []
        self._held: list[tuple[Mobject, Standing]] = []
        self._kinds: dict[type[Mobject], list[Mobject]] = {}
        for name, value in vars(scene).items():
            for path, mobject in _mobjects_in(name, value):
                self._enter(mobject, Standing(path))
        # What a part holds without containing it may have a better name elsewhere, so it comes second.
        while self._held:
            self._enter(*self._held.pop(0))
        for mobject in scene.mobjects:
            self._enter(mobject, Standing(type(mobject).__name__))

    def of(self, mobject: Mobject) -> Standing:
        """Return a mobject's standing."""
        known = self._standings.get(id(mobject))
        return known or self._own(mobject, Standing(type(mobject).__name__))

    def every(self, kind: type[M]) -> Iterator[tuple[M, Standing]]:
        """Yield every mobject of a kind, on screen or not, with its standing."""
        if kind not in self._kinds:
            self._kinds[kind] = [mobject for mobject in self._mobjects if isinstance(mobject, kind)]
        for mobject in self._kinds[kind]:
            if isinstance(mobject, kind):
                yield mobject, self._standings[id(mobject)]

    def _own(self, mobject: Mobject, around: Standing) -> Standing:
        viewed = isinstance(mobject, Viewed)
        bounds = mobject.bounds if isinstance(mobject, Bounded) else around.stage
        return replace(
            around,
            writing=around.writing or (mobject if isinstance(mobject, Writing) else None),
            backdrop=around.backdrop or isinstance(mobject, Backdrop),
            stage=mobject.view.region if viewed else bounds,
            window=mobject.view.seen if viewed else around.window,
            flight=around.flight or (mobject if isinstance(mobject, Flying) else None),
        )

    def _enter(self, mobject: Mobject, around: Standing) -> None:
        if id(mobject) in self._standings:
            return
        standing = self._standings[id(mobject)] = self._own(mobject, around)
        self._mobjects.append(mobject)
        contained = {id(part) for part in mobject.submobjects}
        for name, value in vars(mobject).items():
            if not isinstance(value, _HOLDS) or name == "submobjects" or name.startswith("_"):
                continue
            for path, part in _mobjects_in(name, value):
                named = replace(standing, name=f"{standing.name}.{path}")
                if id(part) in contained:
                    self._enter(part, named)
                else:
                    self._held.append((part, named))
        for k, part in enumerate(mobject.submobjects):
            self._enter(part, replace(standing, name=f"{standing.name}[{k}]"))


# What may be or hold a mobject; most of what parts know is numbers.
_HOLDS = (Mobject, list, tuple, dict)


def _mobjects_in(name: str, value: Any) -> Iterator[tuple[str, Mobject]]:
    if isinstance(value, Mobject):
        yield name, value
        return
    items: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list | tuple) and name not in _MANIM_LISTS:
        items = enumerate(value)
    for key, item in items:
        if isinstance(item, _HOLDS):
            yield from _mobjects_in(f"{name}[{key}]", item)


# Lists in which Manim keeps the mobjects of a scene for its own ends.
_MANIM_LISTS = ("mobjects", "foreground_mobjects", "moving_mobjects", "static_mobjects", "animations")


def writing_name(writing: Writing, path: str) -> str:
    """Return what a writing is called: its kind, the path to it and the beginning of what it says."""
    kind = "text" if isinstance(writing, Text) else "formula"
    source = " ".join(_PART_MARKUP.sub("(", writing.source).split())
    if len(source) > _LONGEST_SOURCE:
        source = source[: _LONGEST_SOURCE - 1] + "…"
    return f"{kind} {path} “{source}”"
