"""Why an edit was not made: a value, as problems are (rule 2 of the house)."""

from __future__ import annotations

import msgspec


class Refusal(msgspec.Struct, frozen=True):
    """What keeps a file from being edited, and the line (from 1) where it lies.

    `reason` is a key below `edit.` in the catalogues:

    - `unreadable`: nothing but the id of the file can be used
    - `no-front-matter`: there are no keys to set
    - `flow`: the keys stand in braces, or two on a line
    - `open-fence`, `open-comment`, `open-html`: what begins there has no end, and what is written
      behind it would be part of it
    - `gone`: what was to be changed is not there any more
    - `unsafe`: the file would say something else than was meant; nothing is risked
    """

    reason: str
    line: int = 1
