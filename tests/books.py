"""Books in memory, written as a user would write them, for tests of single functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from renmai.model.book import Book
from renmai.model.reading import Source, read_record
from renmai.model.records import Community, Contact, Event
from renmai.rules.facts import Facts
from renmai.rules.followups import FollowUp
from renmai.settings import Settings

TODAY = date(2026, 11, 21)
DEFAULTS = Settings()


def card(front: str = "", *log: str, body: str = "", name: str = "N") -> str:
    """A contact: front matter besides the name, log entries without their list mark, a body."""
    return f"---\nname: {name}\n{front}\n---\n{body}{_log(log)}"


def event(day: str, front: str = "", *people: str, body: str = "", log: Sequence[str] = ()) -> str:
    """An event on `day`; each person is a flow map without its braces: `who: li, met: yes`."""
    listed = "".join(f"\n  - {{{person}}}" for person in people)
    listed = f"\npeople:{listed}" if people else ""
    return f"---\ntitle: T\ndate: {day}\n{front}{listed}\n---\n{body}{_log(log)}"


def community(front: str = "", body: str = "") -> str:
    """A community with a name."""
    return f"---\nname: C\n{front}\n---\n{body}"


def met(who: str, more: str = "") -> str:
    """A person met at an event, for `event`."""
    return f"who: {who}, met: yes" + (f", {more}" if more else "")


def _log(entries: Sequence[str]) -> str:
    return "\n## Log\n\n" + "".join(f"- {entry}\n" for entry in entries) if entries else ""


def sources(files: Mapping[str, str]) -> list[Source]:
    """Each file as it is read; paths stand without their `.md`."""
    return [read_record(f"{path}.md", text.encode()) for path, text in files.items()]


def book(files: Mapping[str, str]) -> Book:
    """The book that these files are."""
    return Book(sources(files))


def facts(files: Mapping[str, str], today: date = TODAY, settings: Settings = DEFAULTS) -> Facts:
    """What follows from these files."""
    return Facts(book(files), today, settings)


def contact(text: str, path: str = "contacts/li") -> Contact:
    """The contact that a file is read as."""
    record = sources({path: text})[0].record
    assert isinstance(record, Contact)
    return record


def one_event(text: str) -> Event:
    """The event that a file is read as."""
    record = sources({"events/e": text})[0].record
    assert isinstance(record, Event)
    return record


def one_community(text: str) -> Community:
    """The community that a file is read as."""
    record = sources({"communities/c": text})[0].record
    assert isinstance(record, Community)
    return record


def due(
    files: Mapping[str, str], kind: str, today: date = TODAY, settings: Settings = DEFAULTS
) -> list[FollowUp]:
    """The follow-ups of one kind."""
    return [item for item in facts(files, today, settings).follow_ups if item.kind == kind]


def rows(
    files: Mapping[str, str], kind: str, today: date = TODAY, settings: Settings = DEFAULTS
) -> list[tuple[str, str]]:
    """Id and due day of the follow-ups of one kind, in order."""
    return [(item.id, item.due.isoformat()) for item in due(files, kind, today, settings)]


def day(text: str) -> date:
    """A day from its ISO text."""
    return date.fromisoformat(text)
