"""The frame of a card: a head, blocks of rows below it, and what every record ends with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from renmai.cli.cells import ELLIPSIS, visible, width
from renmai.cli.output import Line, Span
from renmai.cli.tables import Column, table
from renmai.cli.wording import distance, label, who_and_why
from renmai.model.records import Record
from renmai.rules.facts import Facts
from renmai.words import Words

#: How many paragraphs of notes a card shows.
NOTES = 8

#: What begins a line of its own in Markdown: a heading, an item, a quotation, a row, a fence.
_OWN_LINE = re.compile(r"[#>|`~]|[-*+] |[0-9]+[.)] ")

DOT = " · "

_LABELLED = (Column(most=28),)
_BESIDE = (Column(most=28),)

Pair = tuple[str, str | Span]


class Frame:
    """Collects the lines of one card; `record` is what it is about."""

    def __init__(self, record: Record, facts: Facts, words: Words, limit: int | None) -> None:
        self.record, self.facts, self.words, self.limit = record, facts, words, limit
        self.lines: list[Line] = []

    def head(self, beside: str, *below: str) -> None:
        """The record's name, what stands faintly beside it, and lines below it."""
        name = Span(self.record.label, "name")
        if self.limit is None or width(visible(name.text + beside)) + 2 <= self.limit:
            self.lines.append([name, "  ", Span(beside, "faint")])
        else:
            self.lines += self._set([[name], [Span(beside, "faint")]], ())
        self.lines += [line for text in below if text for line in self._set([[Span(text)]], ())]

    def rows(
        self, title: str, rows: Iterable[Sequence[Span | str]], columns: Sequence[Column] = _BESIDE
    ) -> None:
        """Rows of cells below a heading, a key below `cli.show`; nothing without rows."""
        self._block(title, list(rows), columns)

    def texts(self, title: str, texts: Iterable[str | Span]) -> None:
        """Rows of one cell."""
        self._block(title, [[text] for text in texts], ())

    def pairs(self, title: str, pairs: Iterable[Pair]) -> None:
        """Labels (of fields, or of what follows) with their values; the empty ones are left out."""
        rows = [
            [Span(label(type(self.record), key, self.words), "faint"), value]
            for key, value in pairs
            if (value.text if isinstance(value, Span) else value)
        ]
        self._block(title, rows, _LABELLED)

    def end(self) -> list[Line]:
        """The open tasks, the notes, who mentions it, where it is written; then all lines."""
        record, words, book = self.record, self.words, self.facts.book
        # Those with a due date stand among what is waiting, those of a phase in its progress.
        free = [task for task in record.tasks if not (task.done or task.due or task.phase)]
        self.texts("tasks", (book.readable(task.text) for task in free))
        self.texts("notes", self._notes())
        back = [each.label for each in self.facts.backlinks.get(record.id, ())]
        self.pairs("", [("backlinks", words.listed(back)), ("file", Span(record.path, "faint"))])
        return self.lines

    def waiting(self) -> None:
        """What is due with it, whenever it is."""
        items = self.facts.follow_ups_of.get(self.record.id, ())
        self.rows(
            "waiting",
            (
                (distance(item.days_overdue, self.words), who_and_why(item, self.words)[1])
                for item in items
            ),
        )

    def _notes(self) -> list[str]:
        """The first paragraphs of the body, without the log, the checklists and the tasks."""
        lines = self.record.body.splitlines()
        for section in self.record.sections:
            lines[section.start : section.end] = [""] * (section.end - section.start)
        for task in self.record.tasks:
            lines[task.line - self.record.body_line] = ""
        found = [self.facts.book.readable(text) for text in paragraphs(lines)]
        return found if len(found) <= NOTES else [*found[:NOTES], ELLIPSIS]

    def _block(
        self, title: str, rows: Sequence[Sequence[Span | str]], columns: Sequence[Column]
    ) -> None:
        if not rows:
            return
        self.lines.append([])
        if title:
            self.lines.append([Span(self.words(f"cli.show.{title}"), "heading")])
        self.lines += self._set(rows, columns, "  ")

    def _set(
        self, rows: Sequence[Sequence[Span | str]], columns: Sequence[Column], indent: str = ""
    ) -> list[Line]:
        return [line for row in table(rows, columns, self.limit, indent) for line in row]


def paragraphs(lines: Iterable[str]) -> list[str]:
    """Markdown's paragraphs, each on one line; lists, quotations and the like line by line."""
    found: list[str] = []
    begun = False
    for text in map(str.strip, lines):
        if begun and text and not _OWN_LINE.match(text):
            # Chinese has no space where a line was broken.
            chinese = width(found[-1][-1]) == 2 == width(text[0])
            found[-1] += text if chinese else f" {text}"
        elif text:
            found.append(text)
        begun = bool(text)
    return found


def joined(*parts: str | None, by: str = DOT) -> str:
    """The parts that are there, with a dot between them."""
    return by.join(part for part in parts if part)
