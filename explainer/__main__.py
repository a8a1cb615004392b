"""Where the program starts: `nnmath`, or `python -m explainer`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit code, also when interrupted while it is being loaded."""
    try:
        from explainer.cli.program import main as run

        return run()
    except KeyboardInterrupt:
        print("nnmath: interrupted; nothing half-written is left", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
