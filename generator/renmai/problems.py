"""Problems: what is wrong in a book, as values (rule 2 of the house).

A problem carries no sentence. `renmai.words` words it, in one place, from its code, its
variant, its arguments and its terms.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Severity = Literal["error", "warning", "hint"]

#: Every code of `format.md` and `rules.md` with the severity it has unless said otherwise.
CODES: dict[str, Severity] = {
    # a file as a whole
    "bad-encoding": "error",
    "conflict-markers": "error",
    "no-front-matter": "error",
    "unreadable": "error",
    "outside-book": "warning",
    "duplicate-id": "error",
    # front matter
    "bad-yaml": "error",
    "yaml-alias": "error",
    "duplicate-key": "error",
    "missing-key": "error",
    "bad-value": "error",
    "unknown-key": "warning",
    # what a value points to
    "ambiguous-reference": "error",
    "unknown-reference": "error",
    "several-me": "error",
    "unknown-circle": "warning",
    "no-such-file": "warning",
    "duplicate-person": "warning",
    # log and tasks
    "undated-entry": "warning",
    "unknown-kind": "warning",
    "future-entry": "warning",
    "bad-due": "warning",
    # hints for a host
    "too-many": "hint",
    "round-table": "hint",
    "budget-untold": "hint",
    "bill-not-split": "hint",
}

#: Longer values are cut in messages: a message is a line, not a page.
SHOWN = 60


class Problem(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """One problem, at one line of one file.

    `path` is relative to the book with `/`; `line` counts from 1. `args` are texts from the
    book, shown as they are; `terms` are keys of the catalogue that are worded in turn (what was
    expected, say). `variant` picks among the sentences of one code.
    """

    path: str
    line: int
    code: str
    severity: Severity
    variant: str = ""
    args: tuple[tuple[str, str], ...] = ()
    terms: tuple[tuple[str, str], ...] = ()


class Report:
    """Collects the problems of one file; equal ones are kept once."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._found: dict[Problem, None] = {}

    def add(
        self,
        line: int,
        code: str,
        variant: str = "",
        *,
        severity: Severity | None = None,
        terms: dict[str, str] | None = None,
        **args: str,
    ) -> None:
        """Report `code` at `line`; the severity is that of `CODES` unless it is given."""
        problem = Problem(
            path=self.path,
            line=line,
            code=code,
            severity=severity or CODES[code],
            variant=variant,
            args=tuple((name, shorten(text)) for name, text in args.items()),
            terms=tuple((terms or {}).items()),
        )
        self._found[problem] = None

    @property
    def count(self) -> int:
        """How many problems were reported so far."""
        return len(self._found)

    @property
    def problems(self) -> list[Problem]:
        """What was reported, by line, then code."""
        return sorted(self._found)


_BLANKS = "\u3000\u00a0\u2002\u2003\u2009\u202f\u200b\u2060\ufeff"
_WIDTHLESS = re.compile("[\u200b\u2060\ufeff]")


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _escaped(blanks: str) -> str:
    return re.sub(".", _escape, blanks, flags=re.DOTALL)


def shorten(text: str, limit: int = SHOWN) -> str:
    """`text` on one line, cut to `limit` characters with an ellipsis.

    Blanks that cannot be seen are written out where they do harm: at the ends, and where they
    have no width at all.
    """
    text = text[: 4 * limit].strip(" \t\r\n")
    body = text.strip(_BLANKS)
    start = text[: len(text) - len(text.lstrip(_BLANKS))]
    end = text[len(start) + len(body) :]
    line = _escaped(start) + " ".join(_WIDTHLESS.sub(_escape, body).split()) + _escaped(end)
    return line if len(line) <= limit else line[: limit - 1] + "…"
