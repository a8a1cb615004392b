"""Writing a scene to begin with: it works as it is, and every line of it may be changed."""

from __future__ import annotations

import importlib.util
import keyword
from collections.abc import Mapping
from pathlib import Path

from explainer.disk.files import require_writable
from explainer.disk.workspace import Workspace
from explainer.errors import UserError
from scenes import catalog
from scenes.definition import NAME

_TEMPLATES = Path(__file__).with_name("templates")
_EXAMPLE = "give lower-case words joined by hyphens, such as fold-twice"


def write_scene(name: str, into: Path) -> Path:
    """Write a small working scene into a new folder, whole or not at all, and return that folder.

    Args:
        name: the scene's; its folder has underscores in place of the hyphens.
        into: where to make the folder; it is made if it is missing.

    Raises:
        UserError: if the name is none for a scene or a Python package, or is taken; if the folder is there
            already, or cannot be made.
    """
    package = name.replace("-", "_")
    _require_good(name, package)
    require_writable(into, "--into")
    folder = into / package
    if folder.exists() or folder.is_symlink():
        raise UserError(f"{folder} exists already; choose another name or --into, or remove it first")
    module = ".".join([*_packages_of(into), package])
    title = name.replace("-", " ").capitalize()
    scene_class = f"{title.title().replace(' ', '')}Scene"
    values = {"name": name, "module": module, "title": title, "scene_class": scene_class}
    try:
        with Workspace(into) as workspace:
            made = workspace.path / package
            made.mkdir()
            for file, template in _files(package).items():
                (made / file).write_text(_filled(template, values), encoding="utf-8")
            made.rename(folder)
    except OSError as error:
        raise UserError(f"--into {into}: {error.strerror}; choose a folder that you may write to") from None
    return folder


def module_of(folder: Path) -> str:
    """Return the dotted name by which Python knows the numbers of a scene's folder."""
    return ".".join([*_packages_of(folder.parent), folder.name, "numbers"])


def _files(package: str) -> Mapping[str, str]:
    """Return the template of every file."""
    names = ("__init__.py", "numbers.py", "drawing.py", "words.toml")
    return {**{name: f"{name}.jinja" for name in names}, f"test_{package}.py": "test.py.jinja"}


def _filled(template: str, values: Mapping[str, str]) -> str:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
    return environment.from_string((_TEMPLATES / template).read_text(encoding="utf-8")).render(values)


def _require_good(name: str, package: str) -> None:
    if not NAME.fullmatch(name) or not name[0].isalpha() or keyword.iskeyword(package):
        raise UserError(f"{name!r} is no name for a scene; {_EXAMPLE}")
    for each in catalog.entries():
        if each.name == name:
            raise UserError(f"{name!r} is a scene of {each.origin} already; choose another name")
    if (there := importlib.util.find_spec(package)) is not None and there.origin is not None:
        raise UserError(f"Python has a {package!r} already ({there.origin}); choose another name")


def _packages_of(folder: Path) -> list[str]:
    """Return the steps of the dotted name of a folder that is a Python package; none if it is none."""
    here = folder.resolve()
    steps: list[str] = []
    while (here / "__init__.py").is_file():
        steps.insert(0, here.name)
        here = here.parent
    return steps
