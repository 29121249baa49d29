"""The command line: one small file a command, loaded when it is called."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the program as a process does."""
    # A command ends soon, and keeps nearly all that it makes: to look for garbage among modules
    # and records by the thousand is in vain. What goes on for longer has it looked for again.
    gc.disable()
    # Not before that, for the same reason.
    from renmai.cli.program import program

    program()
