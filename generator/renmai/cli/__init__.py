"""The command line: one small file a command, loaded when it is called."""

from __future__ import annotations

import sys


def main() -> None:
    """The entry point `renmai`: run the command of `sys.argv` and exit with its code."""
    from renmai.cli.program import run

    sys.exit(run(sys.argv[1:]))
