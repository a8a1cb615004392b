import subprocess
import sys

import nnmath


def test_every_public_name_exists_and_says_what_it_is() -> None:
    for name in nnmath.__all__:
        assert getattr(nnmath, name).__doc__


def test_importing_needs_numpy_and_scipy_only_and_prints_nothing() -> None:
    script = (
        "import sys, nnmath; top = {name.split('.')[0] for name in sys.modules};"
        "assert not top & {'manim', 'pydantic', 'typer', 'rich', 'scenes', 'explainer', 'sklearn'}, top"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_importing_leaves_scipy_to_those_who_need_it() -> None:
    script = "import sys, nnmath; assert not {'scipy', 'scipy.optimize'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
