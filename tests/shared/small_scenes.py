"""Very short scenes as others write them: in an installed package, and in files of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

_NUMBERS = """
from dataclasses import dataclass
from typing import Any

from pydantic import Field

{imports}
from scenes.definition import SceneDefinition, SceneParameters


class Parameters(SceneParameters):
    side: float = Field(1.0, gt=0, le=3, description="length of a side")


@dataclass(frozen=True)
class Numbers:
    side: float

    def results(self) -> dict[str, Any]:
        return {{"side": self.side}}


def compute(parameters: Parameters) -> Numbers:
    return Numbers(parameters.side * SIZE)


DEFINITION = SceneDefinition(
    home=__name__, name="{name}", summary="A square moves.", parameters=Parameters,
    presets={{"plain": {{}}, "large": {{"side": 2.0}}}}, beats={{"move": ()}},
    compute=compute, drawing="{drawing}:Moving", words="{words}",
)
"""
_DRAWING = """
from manim import RIGHT, Square

{imports}
from scenes.stage.scene import ExplainerScene


class Moving(ExplainerScene[Parameters, Numbers]):
    definition = DEFINITION

    def construct(self) -> None:
        square = Square(self.numbers.side, color=self.colour("active"), fill_opacity=0.5)
        self.add(square)
        with self.beat("move"):
            self.play(square.animate.shift(RIGHT), run_time=0.2)
"""
_WORDS = """
[title]
en = "A square"
zh-Hant = "方"
zh-Hans = "方"

[captions]
move.en = "It moves."
move.zh-Hant = "它動。"
move.zh-Hans = "它动。"
"""
_KNOWN = "DEFINITION, Numbers, Parameters"


def write_folder(into: Path, package: str, scene: str) -> Path:
    """Write a scene into a folder that is a package, and return that folder."""
    folder = into / package
    folder.mkdir(parents=True)
    texts = {
        "__init__.py": "",
        "numbers.py": _NUMBERS.format(
            imports=f"from {package}.size import SIZE", name=scene, drawing="drawing", words="words.toml"
        ),
        "drawing.py": _DRAWING.format(imports=f"from {package}.numbers import {_KNOWN}"),
        "size.py": "SIZE = 1.0\n",
        "words.toml": _WORDS,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_module(into: Path, module: str, scene: str) -> Path:
    """Write a scene into one file, with its words and another module beside it, and return the file."""
    into.mkdir(parents=True, exist_ok=True)
    numbers = _NUMBERS.format(
        imports=f"from {module}_size import SIZE", name=scene, drawing="", words=f"{module}.toml"
    )
    (into / f"{module}.py").write_text(numbers + _DRAWING.format(imports=""), encoding="utf-8")
    (into / f"{module}_size.py").write_text("SIZE = 1.0\n", encoding="utf-8")
    (into / f"{module}.toml").write_text(_WORDS, encoding="utf-8")
    return into / f"{module}.py"


def announce(
    into: Path, distribution: str, scenes: dict[str, str], version: str = "1.0", requires: str = ""
) -> None:
    """Write what an installed package leaves beside it: name, version, and the modules of its scenes."""
    stem = distribution.replace("-", "_")
    for earlier in into.glob(f"{stem}-*.dist-info"):
        shutil.rmtree(earlier)
    folder = into / f"{stem}-{version}.dist-info"
    folder.mkdir(parents=True)
    needs = f"Requires-Dist: {requires}\n" if requires else ""
    (folder / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n{needs}"
    )
    points = "".join(f"{name} = {module}\n" for name, module in scenes.items())
    (folder / "entry_points.txt").write_text(f"[nnmath.scenes]\n{points}")
