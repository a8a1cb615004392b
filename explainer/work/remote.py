"""One job rendered for a cluster: `python -m explainer.work.remote FOLDER ANSWER.json`, the order on stdin.

Not for people; they say `nnmath render --scheduler ADDRESS`.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from explainer.errors import ExplainerError, MachineError, UserError, as_explainer_error
from explainer.jobs.description import described
from explainer.keep.key import InputReader
from explainer.work.worker import Outcome, Task, work


def main() -> None:
    """Read the order, render, and write the answer: files and error."""
    folder, answer = (Path(argument) for argument in sys.argv[1:])
    order = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    outcome = _rendered(order["job"], order["parts"], folder)
    if isinstance(outcome, ExplainerError):
        said: dict[str, Any] = {"files": [], "error": str(outcome), "exit_code": outcome.exit_code}
    else:
        names = [path.name for path in outcome.files.values()]
        said = {"files": names, "error": "", "exit_code": 0}
    answer.write_text(json.dumps(said), encoding="utf-8")


def _rendered(description: Mapping[str, Any], parts: Mapping[str, str], folder: Path) -> Outcome:
    try:
        job = described(description)
    except UserError as error:
        stem = description["stem"]
        return UserError(f"{stem}: a worker of the cluster cannot load its scene: {error}")
    try:
        inputs = InputReader().inputs(job)
    except Exception as error:
        return as_explainer_error(error)
    different = [name for name, digest in inputs.parts.items() if digest != parts.get(name)]
    if different:
        # Its video would be kept under a key that is not its own.
        return UserError(
            f"{job.stem}: a worker of the cluster has other {' and '.join(different)} than this machine;"
            " install the same nnmath and the same libraries there"
        )
    outcome = work(Task(job, folder))
    if not isinstance(outcome, ExplainerError) and inputs.changed():
        return MachineError(f"{job.stem}: what it is made from changed on the worker meanwhile; render again")
    return outcome


def _end_with_input() -> None:
    # Nothing more is ever sent: the end of the input means that whoever gave the order is gone.
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    main()
