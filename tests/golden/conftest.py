"""Every preset of every scene of the catalogue has its golden frames."""

from __future__ import annotations

import pytest

from scenes import catalog


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `scene_name` and `preset` for all there are."""
    if "preset" in metafunc.fixturenames:
        pairs = [(each.name, preset) for each in catalog.definitions() for preset in each.presets]
        metafunc.parametrize(("scene_name", "preset"), pairs, ids=["@".join(pair) for pair in pairs])
