"""Records as cards for the terminal: who it is, how things stand, what the files say.

Pure: from a record and its facts to lines. A card is a head, blocks of label and value, and
the path of its file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from renmai.cli.output import Line, Span
from renmai.cli.tables import Column, table
from renmai.cli.wording import ago, circle_label, distance, weekday_and_date
from renmai.model.records import Community, Contact, Event, Record
from renmai.rules.communities import members
from renmai.rules.events import Progress, host_hints, is_researched
from renmai.rules.facts import Facts
from renmai.rules.followups.gatherings import community_events
from renmai.rules.interactions import Attendee, attendees
from renmai.words import Words

#: How many interactions and lines of notes a card shows.
LATEST = 8
NOTE_LINES = 12

Block = list[Line]
Pair = tuple[str, str | Span]

DOT = " · "


class Card:
    """Collects the blocks of one card."""

    def __init__(self, facts: Facts, words: Words, limit: int | None) -> None:
        self.facts, self.words, self.limit = facts, words, limit
        self.lines: list[Line] = []

    def head(self, name: str, beside: str, *below: str) -> None:
        """The name, what stands faintly beside it, and lines below it."""
        self.lines.append([Span(name, "name"), *([" ", Span(beside, "faint")] if beside else [])])
        self.lines += [[line] for line in below if line]

    def block(self, title: str, rows: Iterable[Sequence[Span | str]], columns: Sequence[Column]) -> None:
        """Rows below a heading (a key of the catalogue, or ""); nothing when there are none."""
        rows = list(rows)
        if not rows:
            return
        heading = [[Span(self.words(f"cli.show.{title}"), "heading")]] if title else []
        self.lines += [[], *heading]
        for row in table(rows, columns, self.limit, indent="  "):
            self.lines += row

    def pairs(self, title: str, pairs: Iterable[Pair]) -> None:
        """A block of labels (keys below `cli.label`) with their values; empty ones are left out."""
        rows = [
            (Span(self.words(f"cli.label.{key}"), "faint"), value)
            for key, value in pairs
            if (value.text if isinstance(value, Span) else value)
        ]
        self.block(title, rows, _LABELLED)
