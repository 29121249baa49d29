"""Tasks: `- [ ] text` and `- [x] text`, with a due date in the words people use."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from renmai.problems import Report
from renmai.text.inline import COMMENT
from renmai.text.values import parse_date

if TYPE_CHECKING:
    from renmai.text.body import Body, Item

_BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
_DUE = re.compile(
    r"(?:(?<![A-Za-z0-9_])due(?![A-Za-z0-9_])|截止|📅\ufe0f?)(?:[^\S\n]*[:：])?\s*(\d\S*)",
    re.IGNORECASE,
)
#: The marks of a quotation that the task stands in.
_QUOTES = re.compile(r"[ \t]*(?:>[ \t]*)+")
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9A-Za-z_]|-[0-9A-Za-z])")
_DUE_PHRASE = re.compile(
    r"[(（]?\s*(?:(?<![A-Za-z0-9_])due(?![A-Za-z0-9_])|截止|📅\ufe0f?)(?:[^\S\n]*[:：])?\s*"
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}\s*[)）]?",
    re.IGNORECASE,
)
#: What ends the word that was taken for a date, in a message.
_WORD = re.compile(r"[^\s,，。;；)）]+")


class Task(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A task; `line` counts from 1 in its file, `phase` is that of an event's checklist or ""."""

    text: str
    done: bool
    line: int
    due: date | None = None
    phase: str = ""

    @property
    def without_due(self) -> str:
        """The task's words without its due date, which is shown as a date."""
        if self.due is None:
            return self.text
        plain = " ".join(_DUE_PHRASE.sub("", self.text, count=1).split()).rstrip(",，;；:：")
        return plain or self.text


def is_task(body: Body, item: Item) -> bool:
    """Whether a list item is a task: a box stands behind its mark."""
    line = body.masked[item.line]
    return line.startswith("[", item.column) and bool(_BOX.match(line, item.column))


def read_task(body: Body, item: Item, first_line: int, phase: str, report: Report) -> Task:
    """The task that an item is; `bad-due` is reported of an open one."""
    masked = body.masked[item.line : item.paragraph_end]
    box = _BOX.match(masked[0], item.column)
    assert box, "the caller has seen that it is a task"
    line = first_line + item.line
    done = box[1] != " "
    text = "\n".join([masked[0][box.end() :], *masked[1:]]).replace(COMMENT, " ")
    due = None
    for found in _DUE.finditer(text):
        dated = _DATE.match(found[1])
        day = parse_date(dated[1]) if dated else None
        if day is None and not done:
            word = _WORD.match(found[1])
            report.add(line, "bad-due", word=word[0] if word else found[1])
        due = due or day
    return Task(_shown(body, item, box.end()), done, line, due, phase)


def _shown(body: Body, item: Item, column: int) -> str:
    """The task's words as written, on one line."""
    further = body.lines[item.line + 1 : item.paragraph_end]
    if body.lines[item.line].lstrip().startswith(">"):
        further = [_QUOTES.sub("", line) for line in further]
    lines = [body.lines[item.line][column:], *further]
    return " ".join(part.strip() for part in lines).strip()
