"""Bars of progress below a notebook's cell."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import TaskID

_SECONDS_BETWEEN_PICTURES = 0.2
_CELLS = 30


@dataclass
class _Bar:
    description: str
    total: float
    visible: bool
    detail: str = ""
    completed: float = 0.0


class CellBars:
    """Bars of progress as one output of a cell, which is written anew and at last emptied.

    rich would draw its own with widgets, and warns where these are not installed.

    Args:
        publish: shows text and HTML in place of what it showed before.
        clock: tells the time in seconds.
    """

    def __init__(
        self, publish: Callable[[str, str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._publish = publish
        self._clock = clock
        self._bars: dict[int, _Bar] = {}
        self._next = 0
        self._published_at: float | None = None

    def add_task(
        self, description: str, *, total: float | None, visible: bool = True, detail: str = "", **fields: Any
    ) -> TaskID:
        """Add a bar."""
        from rich.progress import TaskID

        task = TaskID(self._next)
        self._next += 1
        self._bars[task] = _Bar(description, total or 0.0, visible, detail)
        self._show()
        return task

    def update(self, task_id: TaskID, *, completed: float | None, detail: str = "", **fields: Any) -> None:
        """Show how far a task has come, unless something was shown a moment ago."""
        bar = self._bars[task_id]
        bar.completed, bar.detail = completed or 0.0, detail
        self._show()

    def remove_task(self, task_id: TaskID) -> None:
        """Take a bar away."""
        del self._bars[task_id]

    def clear(self) -> None:
        """Leave nothing to be seen."""
        if self._published_at is not None:
            self._publish("", "")

    def _show(self) -> None:
        now = self._clock()
        shown = [bar for bar in self._bars.values() if bar.visible]
        if not shown:
            return
        if self._published_at is None or now - self._published_at >= _SECONDS_BETWEEN_PICTURES:
            self._published_at = now
            self._publish("\n".join(map(_text, shown)), "".join(map(_html, shown)))


def in_notebook() -> bool:
    """Tell whether this process is the kernel of a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None) is not None


@contextmanager
def cell_bars() -> Iterator[CellBars]:
    """Provide bars below the cell that runs, which vanish at the end of the block."""
    from IPython.display import DisplayHandle

    handle = DisplayHandle()
    begun = False

    def publish(text: str, html: str) -> None:
        nonlocal begun
        show = handle.update if begun else handle.display
        begun = True
        show({"text/plain": text, "text/html": html}, raw=True)

    bars = CellBars(publish)
    try:
        yield bars
    finally:
        bars.clear()


def _text(bar: _Bar) -> str:
    full = round(_CELLS * bar.completed / bar.total) if bar.total else 0
    return f"{bar.description}  {'█' * full}{'░' * (_CELLS - full)}  {bar.detail}"


def _html(bar: _Bar) -> str:
    about = escape(f"{bar.description}  {bar.detail}")
    return f'<div><progress value="{bar.completed:.3f}" max="{bar.total:g}"></progress> {about}</div>'
