"""Makes the README's pictures and its gallery again, from the scenes as they are: `make gallery`.

Scenes, their order and the beat that each picture shows come from the catalogue.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from explainer.jobs.look import Wishes
from explainer.play.render import still
from explainer.request.selection import every_target, select_jobs
from explainer.work.worker import Task, work
from scenes.definition import SceneDefinition
from scenes.style.words import Words

ROOT = Path(__file__).resolve().parents[1]
PICTURES, README = ROOT / "docs/images", ROOT / "README.md"
SIZE, WIDTH, COLOURS = (480, 270), 270, 128
ACROSS = 3
# Those that move, and the most bytes that each may take.
MOVING, MOST = ("relu-folding", "basis-vectors@rotation", "one-layer-classifier@guess"), "1MB"
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
    def file(self) -> str:
        return f"{self.definition.name}-{self.preset}.png"

    @property
    def title(self) -> str:
        """The scene's title; of its further presets, their name."""
        first = self.preset == self.definition.default_preset
        return Words.of(self.definition.words_file, "en").title if first else f"… {self.preset}"


def shown() -> list[Shown]:
    """Return every preset of every scene, in the catalogue's order."""
    return [Shown(target.definition, target.preset) for target in every_target()]


def gallery() -> str:
    """Return the gallery as Markdown: a heading and a table for every lesson."""
    lines = []
    for lesson, group in groupby(shown(), key=lambda each: each.definition.load_lesson()):
        lines += [f"### {lesson.title if lesson else 'More'}", "", *_table(list(group)), ""]
    return "\n".join(lines)


def with_gallery(readme: str) -> str:
    """Return the README's text with its gallery as it should be."""
    pattern = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.DOTALL)
    return pattern.sub(lambda _: f"\n{gallery()}\n", readme)


def _table(pictures: list[Shown]) -> Iterator[str]:
    yield "| " * ACROSS + "|"
    yield "|" + ":---:|" * ACROSS
    cells = [
        f'<img src="docs/images/{each.file}" width="{WIDTH}" alt="{_alt(each)}"><br>`{each.target}`'
        f"<br>{each.title}"
        for each in pictures
    ]
    cells += [""] * (-len(cells) % ACROSS)
    for k in range(0, len(cells), ACROSS):
        yield f"| {' | '.join(cells[k : k + ACROSS])} |"


def _alt(each: Shown) -> str:
    return f"{Words.of(each.definition.words_file, 'en').title} ({each.preset})"


def draw(each: Shown) -> None:
    """Write one picture: the end of the beat that says most."""
    (job,) = select_jobs([each.target], everything=False, look=Wishes(quality="draft"))
    picture = Image.fromarray(still(job, each.definition.cover_of(each.preset))[:, :, :3])
    small = picture.resize(SIZE, Image.Resampling.LANCZOS).quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(PICTURES / each.file, optimize=True)


def animate(target: str) -> None:
    """Write one animation."""
    look = Wishes(quality="draft", formats=["gif"], max_size=MOST)
    (job,) = select_jobs([target], everything=False, look=look)
    with tempfile.TemporaryDirectory(prefix="nnmath-") as folder:
        outcome = work(Task(job, Path(folder)))
        if isinstance(outcome, Exception):
            raise outcome
        outcome.files["gif"].replace(PICTURES / f"{job.stem}.gif")


def main() -> int:
    """Make all of them, the README last; with --text, only say what the README should be."""
    readme = README.read_text(encoding="utf-8")
    if "--text" in sys.argv[1:]:
        print(with_gallery(readme))
        return 0
    for each in shown():
        print(each.target, file=sys.stderr)
        draw(each)
    for target in MOVING:
        print(target, file=sys.stderr)
        animate(target)
    wanted = {each.file for each in shown()}
    for path in PICTURES.glob("*.png"):
        if path.name not in wanted:
            path.unlink()
    README.write_text(with_gallery(readme), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
