"""A single picture: its pixels, its file, how a notebook shows it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explainer.errors import UserError
from explainer.film.still import Picture


@pytest.fixture
def picture() -> Picture:
    pixels = np.zeros((4, 6, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    pixels[1, 2] = (10, 200, 30, 255)
    return Picture(pixels, "a square at slide")


def test_its_file_has_its_pixels(picture: Picture, tmp_path: Path) -> None:
    path = picture.save(tmp_path / "figures" / "square.png")
    assert path == tmp_path / "figures" / "square.png"
    assert [each.name for each in path.parent.iterdir()] == ["square.png"]
    assert (np.asarray(Image.open(path)) == picture.pixels[..., :3]).all()
    assert path.read_bytes() == picture.png


def test_a_notebook_shows_it(picture: Picture) -> None:
    formatters = pytest.importorskip("IPython.core.formatters")
    data, _ = formatters.DisplayFormatter().format(picture)
    assert data == {"text/plain": "<Picture of a square at slide: 6×4>", "image/png": picture.png}
    assert Image.open(BytesIO(data["image/png"])).size == (6, 4)


def test_it_is_an_array_that_nobody_changes(picture: Picture) -> None:
    assert np.asarray(picture) is picture.pixels or np.shares_memory(np.asarray(picture), picture.pixels)
    assert np.array(picture, dtype=float).max() == 255.0
    copy = np.array(picture)
    copy[0, 0] = 9
    assert picture.pixels[0, 0].tolist() == [0, 0, 0, 255]
    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0] = 9


@pytest.mark.parametrize("name", ["square.jpg", "square", "", "square.png/"])
def test_it_is_saved_as_png_alone(picture: Picture, tmp_path: Path, name: str) -> None:
    (tmp_path / "square.png").mkdir()
    with pytest.raises(UserError, match="png"):
        picture.save(f"{tmp_path}/{name}")
    assert [path.name for path in tmp_path.iterdir()] == ["square.png"]
