"""Whatever happens to what is kept: it is made again, never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from process_tree import Tree


def kept(tree: Tree) -> list[Path]:
    return sorted(path for path in (tree.cache / "entries").rglob("*") if path.is_file())


def flip(path: Path, where: float) -> None:
    content = bytearray(path.read_bytes())
    content[int(where * (len(content) - 1))] ^= 1
    path.write_bytes(content)


@pytest.fixture
def rendered(tree: Tree) -> Tree:
    assert tree.render("tiny").returncode == 0
    return tree


def require_made_again(tree: Tree, good: dict[str, bytes]) -> None:
    for path in tree.out.glob("tiny.*"):
        path.unlink()
    done = tree.render("tiny")
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert "damaged in the cache, made again" in done.stderr
    assert "from the cache" not in done.stdout
    assert tree.files() == good
    assert tree.render("tiny").stdout.endswith("unchanged\n")


@pytest.mark.faults
@pytest.mark.parametrize("where", [0.0, 0.2, 0.5, 0.8, 1.0])
def test_one_flipped_bit_in_any_file(rendered: Tree, where: float) -> None:
    good = rendered.files()
    assert {path.name for path in kept(rendered)} == {"manifest.json", ".mp4", ".vtt", ".png", ".json"}
    for path in kept(rendered):
        flip(path, where)
        require_made_again(rendered, good)


@pytest.mark.faults
@pytest.mark.parametrize("harm", ["cut short", "empty", "another file", "gone", "of another key"])
def test_other_damage(rendered: Tree, harm: str) -> None:
    good = rendered.files()
    for name in ("manifest.json", ".mp4"):
        (path,) = (path for path in kept(rendered) if path.name == name)
        if harm == "gone":
            path.unlink()
        elif harm == "cut short":
            path.write_bytes(path.read_bytes()[:-1])
        elif harm == "empty":
            path.write_bytes(b"")
        elif harm == "another file":
            path.write_bytes(path.with_name(".png").read_bytes())
        else:
            other = rendered.here / "other"
            assert rendered.run("render", "tiny@large", "--quality=draft", f"--out={other}").returncode == 0
            (large,) = (folder for folder in (rendered.cache / "entries").iterdir() if folder != path.parent)
            for file in large.iterdir():
                path.with_name(file.name).write_bytes(file.read_bytes())
        require_made_again(rendered, good)
        if harm == "of another key":
            return


def test_what_was_altered_in_the_output_folder_is_brought_back(rendered: Tree) -> None:
    good = rendered.files()
    for name in good:
        flip(rendered.out / name, 0.5)
        done = rendered.render("tiny")
        assert (done.returncode, done.stderr) == (0, "")
        assert "from the cache" in done.stdout
        assert rendered.files() == good
