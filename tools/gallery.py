"""Makes the gallery in docs/gallery and the README's pictures again: `make gallery`.

Scenes and their order come from the lessons. A poster is the end of the beat that says most, and what moves
in the README is that beat.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from explainer.encoding.gif import GifEncoder
from explainer.jobs.job import Job
from explainer.jobs.look import Wishes
from explainer.jobs.target import every_target
from explainer.play.render import pose, render, run_without_drawing
from explainer.request.selection import select_jobs
from scenes.definition import Lesson, SceneDefinition
from scenes.stage.frames import FrameSink, Rgba
from scenes.style.words import Words

ROOT = Path(__file__).resolve().parents[1]
PICTURES, README = ROOT / "docs/images", ROOT / "README.md"
GALLERY = ROOT / "docs/gallery"
THEMES = ("dark", "light")
SIZE, WIDTH, COLOURS = (640, 360), 270, 256
ACROSS = 3
# Those that move, and the most bytes that each may take.
MOVING = ("relu-folding@hard", "basis-vectors@shear", "one-layer-classifier@guess", "gradient-descent@slope")
MOST_BYTES = 900_000
# Between these lines the README's gallery stands; everything else in it is written by hand.
BEGIN, END = "<!-- gallery: made by the program -->", "<!-- end of the gallery -->"


class Shown(NamedTuple):
    """One picture of the gallery."""

    definition: SceneDefinition[Any, Any]
    preset: str

    @property
    def target(self) -> str:
        return f"{self.definition.name}@{self.preset}"

    @property
    def stem(self) -> str:
        return f"{self.definition.name}-{self.preset}"

    @property
    def title(self) -> str:
        return self.words.title

    @property
    def words(self) -> Words:
        return Words.of(self.definition.words_file, "en")

    @property
    def place(self) -> int:
        """Where its lesson plays it."""
        lesson = self.lesson
        return lesson.place_of(self.definition.name, self.preset) if lesson else 0

    @property
    def lesson(self) -> Lesson | None:
        return self.definition.load_lesson()

    @property
    def first(self) -> bool:
        """Whether it stands for its scene."""
        return self.preset == self.definition.default_preset

    def job(self, theme: str) -> Job:
        (job,) = select_jobs([self.target], everything=False, look=Wishes(quality="draft", theme=theme))
        return job


class Excerpt:
    """A frame sink that hands on the frames of a stretch of the video."""

    def __init__(self, sink: FrameSink, first: int, end: int) -> None:
        self._sink, self._first, self._end, self._frame = sink, first, end, 0

    def write(self, pixels: Rgba, repeat: int) -> None:
        """Hand on as many repeats of a frame as lie in the stretch."""
        start, self._frame = self._frame, self._frame + repeat
        kept = min(self._frame, self._end) - max(start, self._first)
        if kept > 0:
            self._sink.write(pixels, kept)


def shown() -> list[Shown]:
    """Return every preset of every scene, in the order in which the lessons play them."""
    every = [Shown(target.definition, target.preset) for target in every_target()]
    groups = groupby(every, key=lambda each: each.lesson)
    return [each for _, group in groups for each in sorted(group, key=lambda each: each.place)]


def gallery() -> str:
    """Return the README's gallery as Markdown: for every lesson, a picture of each scene."""
    lines = []
    for lesson, group in groupby(shown(), key=lambda each: each.lesson):
        cells = [_cell(each) for each in group if each.first]
        lines += [f"### {lesson.title if lesson else 'More'}", "", *_table(cells), ""]
    return "\n".join(lines)


def page() -> str:
    """Return the page with a large poster of every preset, which follows the reader's colours."""
    lines = ["# Gallery", "", "A poster of every video, made by the program (`make gallery`).", ""]
    for lesson, group in groupby(shown(), key=lambda each: each.lesson):
        lines += [f"## {lesson.title if lesson else 'More'}", ""]
        for each in group:
            lines += [f"### {each.title}: `{each.target}`", "", *_poster(each), ""]
            lines += [each.definition.summary, "", f"`nnmath render {each.target}`", ""]
    return "\n".join(lines)


def with_gallery(readme: str) -> str:
    """Return the README's text with its gallery as it should be."""
    pattern = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.DOTALL)
    return pattern.sub(lambda _: f"\n{gallery()}\n", readme)


def _table(cells: list[str]) -> Iterator[str]:
    yield "| " * ACROSS + "|"
    yield "|" + ":---:|" * ACROSS
    cells = cells + [""] * (-len(cells) % ACROSS)
    for k in range(0, len(cells), ACROSS):
        yield f"| {' | '.join(cells[k : k + ACROSS])} |"


def _cell(each: Shown) -> str:
    return (
        f'<img src="docs/gallery/{each.stem}-dark.png" width="{WIDTH}" alt="{each.title}">'
        f"<br>`{each.definition.name}`<br>{each.title}"
    )


def _poster(each: Shown) -> Iterator[str]:
    yield "<picture>"
    yield f'  <source media="(prefers-color-scheme: light)" srcset="{each.stem}-light.png">'
    yield f'  <img src="{each.stem}-dark.png" width="{SIZE[0]}" alt="{each.title} ({each.preset})">'
    yield "</picture>"


def draw(each: Shown, theme: str) -> None:
    """Write one poster."""
    picture = Image.fromarray(pose(each.job(theme)).poster[:, :, :3])
    small = picture.resize(SIZE, Image.Resampling.LANCZOS)
    # Of the ways to choose colours the one that leaves out none, however few pixels have it.
    fewer = small.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    fewer.save(GALLERY / f"{each.stem}-{theme}.png", optimize=True)


def animate(each: Shown) -> None:
    """Write the greatest move of a video as an animation."""
    job = each.job(THEMES[0])
    beats = {beat.key: beat for beat in run_without_drawing(job).beats}
    beat, fps = beats[each.definition.cover_of(each.preset)], job.look.fps
    path = PICTURES / f"{each.stem}.gif"
    encoder = GifEncoder(path, *job.look.size, fps, max_size=MOST_BYTES)
    render(job, Excerpt(encoder, round(beat.start_s * fps), round(beat.end_s * fps)))
    encoder.save({})


def main() -> int:
    """Make all of them, the texts last; with --text or --page, only say what README or gallery should be."""
    readme = README.read_text(encoding="utf-8")
    if sys.argv[1:]:
        print({"--text": lambda: with_gallery(readme), "--page": page}[sys.argv[1]]())
        return 0
    GALLERY.mkdir(parents=True, exist_ok=True)
    for old in (*GALLERY.glob("*.png"), *PICTURES.glob("*")):
        old.unlink()
    for each in shown():
        print(each.target, file=sys.stderr)
        for theme in THEMES:
            draw(each, theme)
        if each.target in MOVING:
            animate(each)
    (GALLERY / "README.md").write_text(page(), encoding="utf-8")
    README.write_text(with_gallery(readme), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
