"""What is changed is made again, and nothing else; what is drawn depends on nothing else."""

from __future__ import annotations

import json
import shutil
import time
from contextlib import suppress
from pathlib import Path

import pytest
from process_tree import Tree, killed_at_last, wait_until

RAW_FRAMES = """
import hashlib, sys
from pathlib import Path
from explainer.play.render import render
from explainer.jobs.look import Wishes
from explainer.request.selection import select_jobs

class Digest:
    digest = hashlib.sha256()
    def write(self, pixels, repeat):
        for _ in range(repeat):
            self.digest.update(pixels.tobytes())

(job,) = select_jobs([{target!r}], everything=False, look=Wishes(quality={quality!r}))
render(job, Digest())
print(Digest.digest.hexdigest())
"""
SCENES = ["two-curves", "basis-vectors", "matrix-as-layer", "relu-folding"]


def states(tree: Tree, *arguments: str) -> dict[str, str]:
    """Render and return what became of every video."""
    done = tree.render(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    recipes = [json.loads(line) for line in done.stdout.splitlines()]
    return {Path(recipe["files"]["mp4"]).stem: recipe["state"] for recipe in recipes}


@pytest.mark.faults
def test_editing_a_scene_or_a_part_makes_what_uses_it_again(own_tree: Tree) -> None:
    both = ("tiny", "two-curves")
    assert states(own_tree, *both) == {"tiny": "made", "two-curves": "made"}
    assert states(own_tree, *both) == {"tiny": "unchanged", "two-curves": "unchanged"}

    part = own_tree.root / "tiny/size.py"
    part.write_text("SIZE = 1.5\n")
    assert states(own_tree, *both) == {"tiny": "made", "two-curves": "unchanged"}
    part.write_text("SIZE = 1.0\n")
    assert states(own_tree, *both) == {"tiny": "restored", "two-curves": "unchanged"}

    words = own_tree.root / "tiny/words.toml"
    words.write_text(words.read_text().replace('"It moves."', '"It moves on."'))
    assert states(own_tree, *both) == {"tiny": "made", "two-curves": "unchanged"}
    assert states(own_tree, "tiny", "--theme", "light") == {"tiny": "made"}


@pytest.mark.faults
def test_one_of_thirty_videos_changes(tree: Tree) -> None:
    entry = '[[video]]\nscene = "tiny"\nname = "v{k}"\nparameters = {{side = {side}}}\n'
    (tree.here / "lesson.toml").write_text("".join(entry.format(k=k, side=(k + 1) / 16) for k in range(30)))
    assert set(states(tree, "--project", "lesson.toml").values()) == {"made"}
    assert set(states(tree, "--project", "lesson.toml").values()) == {"unchanged"}

    lesson = tree.here / "lesson.toml"
    lesson.write_text(lesson.read_text().replace("side = 0.5}", "side = 0.51}"))
    changed = states(tree, "--project", "lesson.toml")
    assert [name for name, state in changed.items() if state != "unchanged"] == ["v7"]


@pytest.mark.skipif(not shutil.which("taskset"), reason="taskset is missing")
@pytest.mark.parametrize(
    "scene", ["tiny", *(pytest.param(name, marks=pytest.mark.faults) for name in SCENES)]
)
def test_raw_frames_are_the_same_everywhere(tree: Tree, scene: str) -> None:
    code = RAW_FRAMES.format(target=scene, quality="draft")
    one = {"LC_ALL": "C", "PYTHONHASHSEED": "1"}
    two = {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}
    digests = {
        tree.python(code, "taskset", "--cpu-list", "0", environment=one),
        tree.python(code, environment=two),
    }
    assert len(digests) == 1


@pytest.mark.parametrize("ending", ["mp4", pytest.param("json", marks=pytest.mark.faults)])
def test_a_video_can_be_made_again_from_itself(tree: Tree, ending: str) -> None:
    assert tree.render("tiny@large", "--set", "steps=3", "--theme", "light").returncode == 0
    recipe = tree.out / f"tiny-large.{ending}"
    first = tree.python(RAW_FRAMES.format(target=str(recipe), quality=None))
    shutil.copy(recipe, tree.here / f"again.{ending}")
    done = tree.run("render", f"again.{ending}", "--out", "elsewhere", "--force")
    assert done.returncode == 0
    remade = tree.here / "elsewhere" / f"again.{ending}"
    assert tree.python(RAW_FRAMES.format(target=str(remade), quality=None)) == first
    recipes = [
        json.loads(path.read_text()) for path in (remade.with_suffix(".json"), recipe.with_suffix(".json"))
    ]
    assert recipes[0] == recipes[1]


@pytest.mark.faults
def test_watch_shows_a_draft_and_then_the_whole_after_every_change(own_tree: Tree) -> None:
    tree = own_tree
    (tree.here / "mine.toml").write_text("[tiny]\nsteps = 1\n")
    recipe, code = tree.out / "tiny.json", tree.root / "tiny/size.py"

    def made(quality: str, side: float) -> bool:
        try:
            read = json.loads(recipe.read_text())
        except OSError:
            return False
        return bool((read["quality"], read["results"]["side"]) == (quality, side))

    options = ("--params", "mine.toml", "--quality", "preview", "--out", str(tree.out))
    with killed_at_last(tree.start("watch", "tiny", *options)) as process:
        wait_until(lambda: made("draft", 1.0))
        wait_until(lambda: made("preview", 1.0))
        # A moment for the watch to be set up, as for a person who looks at the video first.
        time.sleep(1)
        (tree.here / "mine.toml").write_text("[tiny]\nside = 2\nsteps = 1\n")
        wait_until(lambda: made("draft", 2.0))
        wait_until(lambda: made("preview", 2.0))
        (tree.here / "mine.toml").write_text("[tiny]\nside = 'wide'\n")
        time.sleep(2)
        assert process.poll() is None
        (tree.here / "mine.toml").write_text("[tiny]\nside = 3\nsteps = 1\n")
        wait_until(lambda: made("preview", 3.0))
        code.write_text("SIZE = 0.5\n")
        wait_until(lambda: made("preview", 1.5))
        process.terminate()
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 143
    assert "mine.toml changed" in errors
    assert "size.py changed" in errors
    assert 'side must be a valid number; got "wide"' in errors
    assert "Traceback" not in errors + output


@pytest.mark.faults
def test_watch_sees_a_data_file_that_comes_after_the_project_named_it(tree: Tree) -> None:
    lesson, recipe = tree.here / "lesson.toml", tree.out / "tiny.json"
    entry = '[[video]]\nscene = "tiny"\n'
    lesson.write_text(entry)

    def made(side: float) -> bool:
        # The recipe may be replaced at this very moment.
        with suppress(OSError):
            return bool(json.loads(recipe.read_text())["results"]["side"] == side)
        return False

    options = ("--project", "lesson.toml", "--quality", "draft", "--out", str(tree.out))
    with killed_at_last(tree.start("watch", *options)) as process:
        wait_until(lambda: made(1.0))
        time.sleep(1)
        lesson.write_text(f'{entry}parameters = {{data = "data/side.txt"}}\n')
        time.sleep(2)
        (tree.here / "data").mkdir()
        (tree.here / "data/side.txt").write_text("2.5")
        wait_until(lambda: made(2.5))
        time.sleep(1)
        (tree.here / "data/side.txt").write_text("0.5")
        wait_until(lambda: made(0.5))
        process.terminate()
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 143
    assert "there is none at 'data/side.txt'" in errors
    assert "Traceback" not in errors + output
