"""What stops a sync: a value to be worded, with exit code 1."""

from __future__ import annotations


class Refusal(Exception):
    """Sync cannot go on; `key` below `sync.refused` words it, in one line that says what to do."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key, args)
        self.key, self.args_ = key, args
