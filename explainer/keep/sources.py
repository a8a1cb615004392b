"""Which source files a module needs, found by reading them and importing nothing."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

PACKAGES = ("nnmath", "scenes", "explainer")
ROOT = Path(__file__).resolve().parents[2]


class SourceTree:
    """Packages as files: those of this project, and those that scenes from elsewhere stand in.

    Args:
        root: the folder that holds this project's packages.
        read: returns a file's bytes; each file is read once.
    """

    def __init__(self, root: Path = ROOT, read: Callable[[Path], bytes] = Path.read_bytes) -> None:
        self._roots = dict.fromkeys(PACKAGES, root)
        self._folders: list[Path] = []
        self._read = read
        self._imports: dict[str, tuple[str, ...]] = {}
        self._path = cache(self._find)

    def take_in(self, module: str, *, with_neighbours: bool = False) -> None:
        """Count the top package of an imported module among those that are followed.

        Args:
            module: its dotted name.
            with_neighbours: whether what lies in the same folder as that package is followed as well.
        """
        file = Path(str(sys.modules[module].__file__)).resolve()
        steps = module.count(".") + (file.name == "__init__.py")
        root = file.parents[steps]
        top = module.partition(".")[0]
        # What was not found before may be found in a new place.
        if top not in self._roots:
            self._roots[top] = root
            self._path.cache_clear()
        if with_neighbours and root not in self._folders:
            self._folders.append(root)
            self._path.cache_clear()

    def closure(self, modules: Iterable[str], without: Iterable[str] = ()) -> dict[str, Path]:
        """Return all modules that importing the given ones needs, sorted, each with its file.

        Modules outside the packages are left out, and so are those in `without` and what only they need. A
        module needs its packages' `__init__` as well; imports for type checkers alone do not count.
        """
        found: dict[str, Path] = {}
        left_out = set(without)
        pending = list(modules)
        while pending:
            module = pending.pop()
            path = self._path(module)
            if path is None or module in found or module in left_out:
                continue
            found[module] = path
            parent = module.rpartition(".")[0]
            pending += [*self._needs(module, path), *([parent] if parent else [])]
        return dict(sorted(found.items()))

    def outside(self, modules: Iterable[str]) -> set[str]:
        """Return the top packages, but Python's own, that modules of a closure import and it left out."""
        tops = {needed.partition(".")[0] for module in modules for needed in self._imports[module]}
        return {top for top in tops - sys.stdlib_module_names if top and self._path(top) is None}

    def _find(self, module: str) -> Path | None:
        steps = module.split(".")
        for root in [self._roots[steps[0]]] if steps[0] in self._roots else self._folders:
            file = root.joinpath(*steps)
            for path in (file / "__init__.py", file.with_name(f"{file.name}.py")):
                if path.is_file():
                    return path
        return None

    def _needs(self, module: str, path: Path) -> tuple[str, ...]:
        if module not in self._imports:
            package = module if path.name == "__init__.py" else module.rpartition(".")[0]
            try:
                body = ast.parse(self._read(path)).body
            except (SyntaxError, ValueError):
                # Whoever imports it is told; its own text tells it apart from what it was before.
                body = []
            self._imports[module] = tuple(dict.fromkeys(_imported(body, package)))
        return self._imports[module]


def _imported(body: Sequence[ast.stmt], package: str) -> Iterator[str]:
    for statement in _statements(body):
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            base = statement.module or ""
            if statement.level:
                above = package.split(".")[: len(package.split(".")) - statement.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            yield base
            # What is imported from a package may be a module of it.
            yield from (f"{base}.{alias.name}" for alias in statement.names)


def _statements(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    for statement in body:
        yield statement
        blocks = (
            ("orelse",) if _is_for_types(statement) else ("body", "orelse", "finalbody", "handlers", "cases")
        )
        for block in blocks:
            yield from _statements(getattr(statement, block, ()))


def _is_for_types(statement: ast.AST) -> bool:
    return (
        isinstance(statement, ast.If)
        and isinstance(statement.test, ast.Name)
        and statement.test.id == "TYPE_CHECKING"
    )
