"""Work in several processes: whatever becomes of one of them, every item has an outcome."""

from __future__ import annotations

import importlib
import multiprocessing
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from explainer.errors import MachineError, UserError
from explainer.work.pool import ProcessPool

Work = Callable[[Any, Callable[[Any], None]], Any]

# A module that the processes can import, too.
DEEDS = """
import os, signal, tempfile, time
from pathlib import Path

from explainer.errors import UserError


def deed(item, report):
    kind, value = item
    report(("begins", value))
    if kind == "wrong":
        raise UserError(f"{value} is wrong")
    if kind == "broken":
        raise RuntimeError(f"{value} is broken")
    if kind == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "killed at first":
        with Path(value).open("a") as log:
            log.write("x")
        if Path(value).read_text() == "x":
            os.kill(os.getpid(), signal.SIGKILL)
    if kind == "slow":
        Path(value).write_text(str(os.getpid()))
        time.sleep(60)
    with tempfile.NamedTemporaryFile() as file:
        return value, Path(file.name).parent
"""


@pytest.fixture
def deed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    (tmp_path / "pool_deeds.py").write_text(DEEDS)
    monkeypatch.syspath_prepend(str(tmp_path))
    work: Work = importlib.import_module("pool_deeds").deed
    return work


@pytest.fixture
def pool(tmp_path: Path) -> ProcessPool:
    (tmp_path / "scratch").mkdir()
    return ProcessPool(2, tmp_path / "scratch", "counted")


def test_results_errors_and_reports_belong_to_their_items(pool: ProcessPool, deed: Work) -> None:
    reports: list[tuple[int, Any]] = []
    items = [("right", 0), ("wrong", 1), ("broken", 2), ("right", 3)]
    found = dict(pool.outcomes(deed, items, lambda index, report: reports.append((index, report))))
    assert found[0] == (0, pool.scratch)
    assert found[3] == (3, pool.scratch)
    assert isinstance(found[1], UserError)
    assert str(found[1]) == "1 is wrong"
    assert isinstance(found[2], MachineError)
    assert "RuntimeError: 2 is broken" in str(found[2])
    assert isinstance(found[2].__cause__, RuntimeError)
    assert sorted(reports) == [(index, ("begins", index)) for index in range(4)]


def test_a_killed_process_costs_its_own_item_alone(pool: ProcessPool, deed: Work, tmp_path: Path) -> None:
    items = [("right", 0), ("killed", 1), ("killed at first", str(tmp_path / "log")), ("right", 3)]
    found = dict(pool.outcomes(deed, items))
    assert sorted(found) == [0, 1, 2, 3]
    assert isinstance(found[1], MachineError)
    assert str(found[1]) == "the process that counted it was killed"
    assert [found[index][0] for index in (0, 2, 3)] == [0, str(tmp_path / "log"), 3]


def test_whoever_leaves_early_leaves_no_process_behind(pool: ProcessPool, deed: Work, tmp_path: Path) -> None:
    before = set(multiprocessing.active_children())
    begun = tmp_path / "begun"
    with closing(pool.outcomes(deed, [("slow", str(begun)), ("right", 1)])) as outcomes:
        assert next(outcomes)[0] == 1
        deadline = time.monotonic() + 30
        while not begun.exists() or not begun.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.01)
    assert set(multiprocessing.active_children()) == before
    assert not Path(f"/proc/{begun.read_text()}").exists()
