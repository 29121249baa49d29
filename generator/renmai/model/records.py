"""The three kinds of record, every field declared once, in the standard order (`format.md`)."""

import datetime
from typing import Annotated, ClassVar

from renmai.model.folders import COMMUNITIES, CONTACTS, EVENTS
from renmai.text.entry import Entry
from renmai.text.references import Ref
from renmai.text.schema import Field, MapOf, Part
from renmai.text.sections import Section
from renmai.text.tasks import Task
from renmai.text.types import (
    BIRTHDAY,
    DATE,
    DURATION,
    LINED_TEXT,
    NUMBER,
    PARTIAL_DATE,
    PERSON,
    PERSON_OR_TEXT,
    PHOTO,
    TEXT,
    TEXTS,
    TIME,
    YES_NO,
    Choice,
    LinedText,
    ListOf,
    Reference,
    TextMap,
)
from renmai.text.values import Birthday, Duration, PartialDate


class Record(Part, kw_only=True):
    """What every record has besides its fields.

    `id` is the file's stem; `path` is relative to the book. `body` is the text behind the front
    matter as written, `body_line` its first line, from 1; `sections` are the parts of it that
    have a meaning. `mentions` are the references in prose, those behind `with` not among them.
    Lists are tuples: most are empty, and an empty tuple takes no room.
    """

    FOLDER: ClassVar[str]
    SORT: ClassVar[str]

    id: str = ""
    path: str = ""
    body: str = ""
    body_line: int = 1
    sections: tuple[Section, ...] = ()
    log: tuple[Entry, ...] = ()
    tasks: tuple[Task, ...] = ()
    mentions: tuple[Ref, ...] = ()

    @property
    def label(self) -> str:
        """What to call it: its name or title, else its id."""
        return self.id

    @property
    def called(self) -> list[str]:
        """The names by which a reference finds it, besides its id."""
        return []


class Promise(Part, kw_only=True):
    """A promised next contact."""

    date: Annotated[datetime.date | None, Field(DATE, "2026-12-01", required=True)] = None
    why: Annotated[str | None, Field(TEXT, "send the book")] = None


class Anniversary(Part, kw_only=True):
    """A day worth remembering."""

    date: Annotated[PartialDate | None, Field(PARTIAL_DATE, "--06-18", required=True)] = None
    what: Annotated[str | None, Field(TEXT, "wedding")] = None


class Met(Part, kw_only=True):
    """Where it began."""

    date: Annotated[PartialDate | None, Field(PARTIAL_DATE, "2024-05")] = None
    at: Annotated[
        Ref | None, Field(Reference("events", "communities", or_text=True), "design-week")
    ] = None
    through: Annotated[Ref | None, Field(PERSON, "chen-yue")] = None


class Relation(Part, kw_only=True):
    """What another person is to this one."""

    who: Annotated[Ref | None, Field(PERSON, "chen-yue", required=True)] = None
    how: Annotated[str | None, Field(TEXT, "colleague")] = None


class Contact(Record, kw_only=True):
    """A person: `contacts/ID.md`."""

    FOLDER: ClassVar[str] = CONTACTS
    SORT: ClassVar[str] = "contact"

    name: Annotated[str | None, Field(TEXT, "林晓舟", required=True)] = None
    aliases: Annotated[tuple[str, ...], Field(TEXTS, "[Xiaozhou]")] = ()
    pinyin: Annotated[str | None, Field(TEXT, "Zeng Li")] = None
    me: Annotated[bool, Field(YES_NO, "yes")] = False
    status: Annotated[str, Field(Choice("active", "wanted", "dormant", "deceased"), "active")] = (
        "active"
    )
    circles: Annotated[tuple[LinedText, ...], Field(ListOf(LINED_TEXT), "[work, hobby]")] = ()
    tier: Annotated[int | None, Field(NUMBER, "15")] = None
    cadence: Annotated[Duration | None, Field(DURATION, "3m")] = None
    follow_up: Annotated[Promise | None, Field(MapOf(Promise, short="date"), "2026-12-01")] = None
    snooze: Annotated[datetime.date | None, Field(DATE, "2027-01-15")] = None
    company: Annotated[str | None, Field(TEXT, "Example Studio")] = None
    title: Annotated[str | None, Field(TEXT, "architect")] = None
    city: Annotated[str | None, Field(TEXT, "上海")] = None
    timezone: Annotated[str | None, Field(TEXT, "Asia/Shanghai")] = None
    language: Annotated[str | None, Field(TEXT, "中文, English")] = None
    emails: Annotated[tuple[str, ...], Field(TEXTS, "[xiaozhou@example.com]")] = ()
    phones: Annotated[tuple[str, ...], Field(TEXTS, "[+1 555 0101]")] = ()
    wechat: Annotated[str | None, Field(TEXT, "xiaozhou-example")] = None
    linkedin: Annotated[str | None, Field(TEXT, "xiaozhou-example")] = None
    github: Annotated[str | None, Field(TEXT, "xiaozhou-example")] = None
    links: Annotated[dict[str, str], Field(TextMap(), "{blog: https://example.com}")] = {}
    contact_by: Annotated[str | None, Field(TEXT, "WeChat, evenings")] = None
    assistant: Annotated[str | None, Field(TEXT, "Ms Wu, +1 555 0102")] = None
    photo: Annotated[str | None, Field(PHOTO, "contacts/photos/lin.png")] = None
    birthday: Annotated[Birthday | None, Field(BIRTHDAY, "lunar 1985-01-15")] = None
    dates: Annotated[
        tuple[Anniversary, ...],
        Field(ListOf(MapOf(Anniversary)), "[{date: --06-18, what: wedding}]"),
    ] = ()
    met: Annotated[Met | None, Field(MapOf(Met), "{date: 2024-05, through: chen-yue}")] = None
    family: Annotated[tuple[str, ...], Field(TEXTS, "two daughters")] = ()
    background: Annotated[tuple[str, ...], Field(TEXTS, "grew up in 苏州")] = ()
    hobbies: Annotated[tuple[str, ...], Field(TEXTS, "[climbing, tea]")] = ()
    likes: Annotated[tuple[str, ...], Field(TEXTS, "[handwritten notes]")] = ()
    values: Annotated[tuple[str, ...], Field(TEXTS, "keeps promises")] = ()
    achievements: Annotated[tuple[str, ...], Field(TEXTS, "built a school library")] = ()
    challenge: Annotated[tuple[str, ...], Field(TEXTS, "hiring her first engineer")] = ()
    needs: Annotated[tuple[str, ...], Field(TEXTS, "[a good lawyer]")] = ()
    offers: Annotated[tuple[str, ...], Field(TEXTS, "[office space]")] = ()
    value: Annotated[tuple[str, ...], Field(TEXTS, "introduce her to 周老师")] = ()
    goal: Annotated[str | None, Field(TEXT, "learn how she builds communities")] = None
    relations: Annotated[
        tuple[Relation, ...], Field(ListOf(MapOf(Relation)), "[{who: chen-yue, how: friend}]")
    ] = ()
    tags: Annotated[tuple[str, ...], Field(TEXTS, "[mentor]")] = ()

    @property
    def label(self) -> str:
        return self.name or self.id

    @property
    def called(self) -> list[str]:
        return [*([self.name] if self.name else []), *self.aliases]


class Invitation(Part, kw_only=True):
    """How one gets into an event."""

    status: Annotated[str | None, Field(Choice("needed", "asked", "confirmed"), "asked")] = None
    route: Annotated[
        str | None, Field(Choice("ticket", "friend", "sponsor", "volunteer", "host"), "friend")
    ] = None
    through: Annotated[Ref | None, Field(PERSON, "chen-yue")] = None


class Person(Part, kw_only=True):
    """A person at an event."""

    who: Annotated[Ref | None, Field(PERSON_OR_TEXT, "chen-yue", required=True)] = None
    target: Annotated[bool, Field(YES_NO, "yes")] = False
    role: Annotated[str | None, Field(TEXT, "speaker")] = None
    does: Annotated[str | None, Field(TEXT, "runs a design school")] = None
    challenge: Annotated[str | None, Field(TEXT, "finding teachers")] = None
    value: Annotated[str | None, Field(TEXT, "I know two who would fit")] = None
    recognise: Annotated[str | None, Field(TEXT, "red glasses")] = None
    photo: Annotated[str | None, Field(PHOTO, "contacts/photos/chen.png")] = None
    met: Annotated[bool, Field(YES_NO, "yes")] = False
    seed: Annotated[str | None, Field(TEXT, "send her the reading list")] = None
    next: Annotated[datetime.date | None, Field(DATE, "2026-12-01")] = None
    recontact: Annotated[str | None, Field(Choice("skip"), "skip")] = None


class Introduction(Part, kw_only=True):
    """Two people who connected at an event."""

    a: Annotated[Ref | None, Field(PERSON, "chen-yue", required=True)] = None
    b: Annotated[Ref | None, Field(PERSON, "wang-fang", required=True)] = None
    next: Annotated[datetime.date | None, Field(DATE, "2026-12-01")] = None

    @property
    def people(self) -> list[Ref]:
        """The two, as far as they can be read."""
        return [ref for ref in (self.a, self.b) if ref]


class Event(Record, kw_only=True):
    """A meeting of people: `events/ID.md`."""

    FOLDER: ClassVar[str] = EVENTS
    SORT: ClassVar[str] = "event"

    title: Annotated[str | None, Field(TEXT, "Design Week 设计周", required=True)] = None
    date: Annotated[datetime.date | None, Field(DATE, "2026-11-19", required=True)] = None
    end: Annotated[datetime.date | None, Field(DATE, "2026-11-20")] = None
    time: Annotated[str | None, Field(TIME, "18:30")] = None
    kind: Annotated[
        str,
        Field(
            Choice("conference", "meetup", "gathering", "training", "volunteer", "social"),
            "meetup",
        ),
    ] = "conference"
    status: Annotated[str, Field(Choice("considering", "going", "cancelled"), "going")] = "going"
    place: Annotated[str | None, Field(TEXT, "上海 Riverside Hall")] = None
    url: Annotated[str | None, Field(TEXT, "https://example.com/week")] = None
    goal: Annotated[str | None, Field(TEXT, "meet three founders")] = None
    level: Annotated[
        str | None, Field(Choice("local", "city", "national", "international"), "city")
    ] = None
    invitation: Annotated[
        Invitation | None, Field(MapOf(Invitation), "{status: asked, route: friend}")
    ] = None
    target_count: Annotated[int, Field(NUMBER, "10")] = 10
    community: Annotated[Ref | None, Field(Reference("communities"), "tea-circle")] = None
    people: Annotated[
        tuple[Person, ...], Field(ListOf(MapOf(Person)), "[{who: chen-yue, target: yes}]")
    ] = ()
    introductions: Annotated[
        tuple[Introduction, ...],
        Field(ListOf(MapOf(Introduction)), "[{a: chen-yue, b: wang-fang}]"),
    ] = ()
    hosted: Annotated[bool, Field(YES_NO, "yes")] = False
    capacity: Annotated[int | None, Field(NUMBER, "12")] = None
    table: Annotated[str | None, Field(Choice("long", "small", "round", "standing"), "long")] = None
    bill: Annotated[str | None, Field(Choice("split", "host", "sponsor"), "split")] = None
    budget: Annotated[str | None, Field(TEXT, "about 120 each")] = None
    announced: Annotated[datetime.date | None, Field(DATE, "2026-11-10")] = None
    tags: Annotated[tuple[str, ...], Field(TEXTS, "[design]")] = ()

    @property
    def label(self) -> str:
        return self.title or self.id

    @property
    def called(self) -> list[str]:
        return [self.title] if self.title else []

    @property
    def is_cancelled(self) -> bool:
        return self.status == "cancelled"


class Functions(Part, kw_only=True):
    """How a community gives its members a voice, first-hand answers, and things to do together."""

    identity: Annotated[str | None, Field(TEXT, "members show their work")] = None
    answers: Annotated[str | None, Field(TEXT, "a question a day")] = None
    activities: Annotated[str | None, Field(TEXT, "a walk every month")] = None


class Community(Record, kw_only=True):
    """A group that lasts: `communities/ID.md`."""

    FOLDER: ClassVar[str] = COMMUNITIES
    SORT: ClassVar[str] = "community"

    name: Annotated[str | None, Field(TEXT, "Tea Circle 茶会", required=True)] = None
    theme: Annotated[str | None, Field(TEXT, "old tea, young drinkers")] = None
    platform: Annotated[str | None, Field(TEXT, "WeChat")] = None
    url: Annotated[str | None, Field(TEXT, "https://example.com/tea")] = None
    city: Annotated[str | None, Field(TEXT, "上海")] = None
    role: Annotated[str, Field(Choice("owner", "admin", "member", "observer"), "member")] = "member"
    since: Annotated[PartialDate | None, Field(PARTIAL_DATE, "2024-05")] = None
    left: Annotated[PartialDate | None, Field(PARTIAL_DATE, "2026-05")] = None
    members: Annotated[tuple[Ref, ...], Field(ListOf(PERSON_OR_TEXT), "[chen-yue, wang-fang]")] = ()
    size: Annotated[int | None, Field(NUMBER, "40")] = None
    admission: Annotated[tuple[str, ...], Field(TEXTS, "brings a tea of their own")] = ()
    rules: Annotated[tuple[str, ...], Field(TEXTS, "[no selling]")] = ()
    functions: Annotated[
        Functions | None, Field(MapOf(Functions), "{activities: a walk every month}")
    ] = None
    gather_every: Annotated[Duration | None, Field(DURATION, "2m")] = None
    tags: Annotated[tuple[str, ...], Field(TEXTS, "[tea]")] = ()

    @property
    def label(self) -> str:
        return self.name or self.id

    @property
    def called(self) -> list[str]:
        return [self.name] if self.name else []


#: The folders of a book and what each holds.
RECORDS: dict[str, type[Record]] = {record.FOLDER: record for record in (Contact, Event, Community)}
