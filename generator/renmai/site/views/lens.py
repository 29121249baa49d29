"""What every view looks through: the facts, the words, and what can be linked to and shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from markupsafe import Markup

from renmai.model.records import Contact, Record
from renmai.rules.facts import Facts
from renmai.rules.interactions import EVENT
from renmai.site import notes
from renmai.site.escaping import escaped_text, marked
from renmai.site.monogram import group_letters, hue, person_letters
from renmai.site.paths import page_href
from renmai.site.simple import is_plain
from renmai.site.views.ahead import Ahead
from renmai.site.views.days import relative
from renmai.site.views.shapes import Chip, Face, Fact, Known, Level, Named, Says, TaskLine, When
from renmai.text.entry import KINDS
from renmai.text.names import plain, reading
from renmai.text.references import Ref
from renmai.text.tasks import Task
from renmai.text.values import PartialDate
from renmai.words import Words

T = TypeVar("T")

#: How a name is read, the name, the id.
NameKey = tuple[str, str, str]

_NOBODY: Mapping[str, float] = {}

#: From where a page of a record lies to the site's top.
UP = "../"


class Lens:
    """The facts of a book, words for them, and the pictures that may be shown.

    `media` maps the path of a picture within the book to its path in the site.
    """

    def __init__(self, facts: Facts, words: Words, media: Mapping[str, str]) -> None:
        self.facts, self.words, self.media = facts, words, media
        self.book, self.today, self.built = facts.book, facts.today, facts.today
        self._faces: dict[str, Face] = {}
        self._known: dict[str, Known] = {}
        # Of the days of a book many come up on many pages.
        self._whens: dict[tuple[date, str, bool], When] = {}
        self._dated: dict[date, tuple[str, str]] = {}

    def at(self, facts: Facts) -> Lens:
        """The same lens on a later day; days are told as seen from that of the build."""
        later = copy(self)
        later.facts, later.today, later._known = facts, facts.today, {}
        return later

    @cached_property
    def ahead(self) -> Ahead:
        """What follows on the days behind the build."""
        return Ahead(self.facts)

    # -- records ------------------------------------------------------------------------------

    def face(self, record: Record) -> Face:
        """The photo of a person or else a monogram; of an event or a community a monogram."""
        known = self._faces.get(record.id)
        if known is None:
            photo = self.media.get(record.photo or "") if isinstance(record, Contact) else None
            letters = person_letters if isinstance(record, Contact) else group_letters
            known = Face(letters(record.label), hue(record.label), photo)
            self._faces[record.id] = known
        return known

    def named(self, record: Record, note: str = "") -> Named:
        """A record with its link and face."""
        return Named(record.label, page_href(record), self.face(record), note)

    def known(self, ids: list[str]) -> dict[str, Known]:
        """Contacts as somebody else's page shows them: many do, so each is put together once."""
        return {id: self._known.get(id) or self._met(id) for id in ids}

    def _met(self, id: str) -> Known:
        contact = self.book.contacts[id]
        href, face = page_href(contact), self.face(contact)
        known = Known(contact.label, href, face.letters, self.facts.level(contact))
        self._known[id] = known
        return known

    @cached_property
    def ids_by_name(self) -> list[str]:
        """All contacts but the own card, by name: Chinese ones among others by their reading."""
        keys = self.name_keys
        return sorted((contact.id for contact in self.book.others), key=keys.__getitem__)

    @cached_property
    def name_keys(self) -> dict[str, NameKey]:
        """What sorts contacts by name, by their id."""
        return {id: name_key(contact) for id, contact in self.book.contacts.items()}

    def part(self, key: str, make: Callable[[Lens], T], sort: Any, *, fronts: bool = False) -> T:
        """A part of a page of the whole book, which `make` makes, and which may be remembered.

        `key` tells it from others, `sort` is its type; `fronts` says that it looks at everybody's
        front matter.
        """
        return make(self)

    def somebody(self, name: str, note: str = "") -> Named:
        """Somebody who has no card."""
        return Named(name, None, Face(person_letters(name), hue(name)), note)

    def ref(self, ref: Ref | None, note: str = "") -> Named | None:
        """What a reference means, or its text where it means no record."""
        if ref is None:
            return None
        record = self.book.target(ref)
        return self.named(record, note) if record else self.somebody(ref.text, note)

    def by_id(self, id: str) -> Record | None:
        """The record with an id."""
        book = self.book
        return book.contacts.get(id) or book.events.get(id) or book.communities.get(id)

    @property
    def tied(self) -> Mapping[str, Mapping[str, float]]:
        """By the id of a contact, whom they are tied to and how strongly, the own card left out."""
        return self.facts.tied

    def ties_of(self, ids: Iterable[str]) -> dict[str, Mapping[str, float]]:
        """The same of these alone."""
        return {id: self.facts.tied.get(id, _NOBODY) for id in ids}

    @cached_property
    def strengths(self) -> Mapping[str, tuple[float, int]]:
        """By the id of a contact, the sum of the weights of their ties, and how many there are."""
        return {id: (sum(mine.values()), len(mine)) for id, mine in self.facts.tied.items()}

    # -- days and levels ------------------------------------------------------------------------

    def when(self, day: date, says: Says = "due", *, weekday: bool = False) -> When:
        """A day with the words that it has on the day of the build.

        Of words that always stand (`says` empty) the day is moved to where it is then.
        """
        if not says:
            day -= self.today - self.built
        known = self._whens.get((day, says, weekday))
        if known is None:
            text = self._weekday_date(day) if weekday else self.words.date(day)
            told = relative(self.words, says, day, self.built)
            late = says == "due" and day < self.built
            known = self._whens[day, says, weekday] = When(day.isoformat(), text, told, says, late)
        return known

    def dated(self, day: date) -> tuple[str, str]:
        """A day in figures and in words."""
        known = self._dated.get(day)
        if known is None:
            known = self._dated[day] = day.isoformat(), self.words.date(day)
        return known

    def _weekday_date(self, day: date) -> str:
        """`Sat 21 Nov`; of another year the whole date."""
        if day.year != self.built.year:
            return self.words.date(day)
        short = self.words.partial(PartialDate(None, day.month, day.day))
        return self.words("site.weekday_date", weekday=self.words.weekday(day), date=short)

    def level(self, contact: Contact) -> Level:
        """How warm the tie is."""
        return self._levels[self.facts.level(contact)]

    @cached_property
    def _levels(self) -> dict[str, Level]:
        keys = ("hot", "warm", "cool", "cold")
        return {key: Level(key, self.words(f"level.{key}")) for key in keys}

    @cached_property
    def entry_labels(self) -> dict[str, str]:
        """What each kind of entry is called, and having met at an event."""
        return {kind: self.words(f"entry.{kind}") for kind in (*KINDS, EVENT)}

    @cached_property
    def circle_labels(self) -> dict[str, str]:
        """What each circle is called: by the settings, else by the catalogue, else its name."""
        labels = {}
        for name, circle in self.facts.settings.circles.items():
            key = f"circle.{name}"
            known = self.words(key) if name.isalpha() and self.words.has(key) else name
            labels[name] = circle.label or known
        return labels

    def circles(self, contact: Contact) -> list[Chip]:
        """The circles of a contact, each leading to the contacts that are in it."""
        return [
            Chip(self.circle_labels.get(name.text, name.text), filtered(circle=name.text), "fill")
            for name in contact.circles
        ]

    # -- what people wrote ------------------------------------------------------------------------

    def resolve(self, name: str) -> tuple[str, str] | None:
        """The page and the name of the record that a reference in a text means."""
        return self._page(name, UP)

    def _page(self, name: str, up: str) -> tuple[str, str] | None:
        record = self.book.target(Ref(name))
        return (up + page_href(record), record.label) if record else None

    def field(self, text: str, up: str = UP) -> str:
        """A text of the front matter, the references in it as links; `up` leads to the top."""
        return notes.with_links(text, lambda name: self._page(name, up))

    def label(self, key: str, of: type[msgspec.Struct] = Contact) -> str:
        """What a key of a kind of record, or of a part of one, is called."""
        return self.words(_label_key(of, key))

    def fact(self, key: str, texts: Iterable[str], of: type[msgspec.Struct] = Contact) -> Fact:
        """A field with its label."""
        return Fact(self.label(key, of), [self.field(text) for text in texts])

    def line(self, text: str, path: str, up: str = UP) -> Markup:
        """A log entry's or a task's words as safe HTML; `path` is the file they stand in."""
        if is_plain(text):
            return marked(escaped_text(text))
        return notes.render_line(
            text, lambda name: self._page(name, up), lambda image: self._image(image, path, up)
        )

    def notes(self, text: str, path: str) -> Markup | None:
        """Notes as safe HTML; None when there are none."""
        if not text:
            return None
        if notes.is_overgrown(text):
            return notes.render_plain(text, self.words("site.notes.overgrown"))
        return notes.render(text, self.resolve, lambda image: self._image(image, path))

    def task(self, task: Task, path: str) -> TaskLine:
        """A task with its due date, if it has one."""
        due = self.when(task.due) if task.due else None
        return TaskLine(self.line(task.without_due, path), task.done, due)

    def _image(self, image: str, path: str, up: str = UP) -> str | None:
        for place in image_places(image, path):
            if place in self.media:
                return up + self.media[place]
        return None


def name_key(contact: Contact) -> NameKey:
    """What sorts contacts by name."""
    read = reading(contact.label, contact.pinyin) or contact.label
    return plain(read), contact.label, contact.id


def image_places(image: str, path: str) -> list[str]:
    """The paths within the book that an image in a record's notes can mean.

    As editors resolve it: beside the file, else from the top of the book.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", image) or not image:
        return []
    folder = path.rpartition("/")[0]
    beside = _within(f"{folder}/{image}")
    top = _within(image)
    return [place for place in (beside, top) if place]


def _within(path: str) -> str | None:
    """A path without its dots; None when it leads out of the book."""
    steps: list[str] = []
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps) or None


@lru_cache(maxsize=1024)
def filtered(**wanted: str) -> str:
    """A link to the table of contacts with filters set."""
    return "contacts.html#" + urlencode(wanted)


@cache
def _label_key(of: type[msgspec.Struct], key: str) -> str:
    return f"field.{of.__name__.lower()}.{key}.label"
