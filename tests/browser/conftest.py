"""A small bundle, and a headless Chromium to look at it; tests skip where either tool is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from explainer.jobs.look import Wishes
from explainer.keep.cache import Cache
from explainer.publish.bundle import plans, publish
from explainer.request.selection import select_jobs
from explainer.work.crew import local_crew
from explainer.work.regenerate import Run

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
LOCALES = ("en", "zh-Hant")


class _Silent:
    """A display that shows nothing."""

    def begin(self, job: Any) -> None: ...
    def advance(self, job: Any, progress: Any) -> None: ...
    def end(self, job: Any = None) -> None: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start Chromium without a window."""
    if not os.environ.get("NNMATH_TEST_BROWSER"):
        pytest.skip("takes a browser; make test-browser runs it")
    reason = "missing; make test-browser installs it"
    playwright = pytest.importorskip("playwright.sync_api", reason=f"Playwright is {reason}")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip(f"Chromium is {reason}")
    with playwright.sync_playwright() as tool:
        started = tool.chromium.launch(executable_path=program, args=list(_ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def bundle(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish a real scene in two languages, small and coarse."""
    folder = tmp_path_factory.mktemp("bundle")
    cache = Cache(tmp_path_factory.mktemp("cache"))
    wanted = select_jobs(["two-curves"], everything=False, look=Wishes(size="256x144", fps=15))
    run = lambda place: Run(place, cache, local_crew(1), pytest.fail)  # noqa: E731
    done = list(publish(plans(wanted, LOCALES), folder, run, _Silent()))
    assert [each.edition is not None for each in done] == [True] * len(LOCALES)
    return folder
