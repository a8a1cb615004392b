"""Every preset of every scene of the catalogue has its golden frames."""

from __future__ import annotations

import importlib.util

import pytest

from scenes import catalog


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `scene_name` and `preset` for all there are."""
    if "preset" in metafunc.fixturenames:
        written = [name for name in catalog.names() if importlib.util.find_spec(catalog.CATALOG[name])]
        pairs = [(name, preset) for name in written for preset in catalog.definition(name).presets]
        metafunc.parametrize(("scene_name", "preset"), pairs, ids=["@".join(pair) for pair in pairs])
