"""Settings for the whole test suite."""

import os

import pytest
from hypothesis import settings

# A first example may import something, and other processes share the machine: a deadline would say nothing
# about the code. In CI the examples are always the same, so that no change is blamed for another's luck.
settings.register_profile("nnmath", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("nnmath")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --renew, which writes the golden frames and compares nothing."""
    parser.addoption("--renew", action="store_true", help="write the golden frames, compare nothing")
