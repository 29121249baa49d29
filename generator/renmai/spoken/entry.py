"""An entry of a log, written as `format.md` has it, in the language of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def entry_text(
    day: date, kind: str, *, time: str = "", deep: bool = False, refs: Sequence[str] = (), text: str
) -> str:
    """`2026-10-12 meet! with [[chen-yue]], [[wang-fang]]: dinner`; `2026-09-12 见面 与 [[a]]：饭`.

    `refs` are references in brackets. Further lines of `text` are further lines of the entry.
    """
    with_, between, colon = ("with", ", ", ": ") if kind.isascii() else ("与", "、", "：")
    head = " ".join(
        part
        for part in (str(day), time, kind + "!" * deep, with_ if refs else "", between.join(refs))
        if part
    )
    return head + (colon + text if text else "")
