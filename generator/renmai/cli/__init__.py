"""The command line: one small file a command, loaded when it is called."""

from renmai.cli.program import program as main

__all__ = ["main"]
