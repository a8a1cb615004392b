"""Settings for the whole test suite."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

# Before numpy is imported: its threads cost more than they bring on small matrices, above all beside workers.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings

# A first example may import something, and other processes share the machine: a deadline would say nothing
# about the code. In CI the examples are always the same, so that no change is blamed for another's luck.
settings.register_profile("nnmath", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("nnmath")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --renew, which writes the golden frames and compares nothing."""
    parser.addoption("--renew", action="store_true", help="write the golden frames, compare nothing")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder that packages are installed in; afterwards nothing of the test is remembered."""
    from explainer.jobs import versions
    from scenes import catalog, own

    folder = tmp_path / "installed"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(own, "_loaded", {})
    monkeypatch.setattr(own, "_current", {})
    remembered = (catalog.entries, versions._version)
    for function in remembered:
        function.cache_clear()
    yield folder
    for function in remembered:
        function.cache_clear()
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None)).startswith(str(tmp_path)):
            del sys.modules[name]
