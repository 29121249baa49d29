"""The small shapes that the view models of several pages share."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup
from msgspec import Struct

#: How `When.words` follow from the day of reading; the script knows the same three.
#: due: "3 days overdue", "today", "in 3 days". ago: "3 days ago". Empty: the words always stand.
Says = Literal["due", "ago", ""]


class Face(Struct, frozen=True, gc=False):
    """What stands for a person or a group: a photo, else letters on one of twelve hues."""

    letters: str
    tint: int
    photo: str | None = None


class Known(Struct, frozen=True, gc=False):
    """A contact in the net of another: the letters of their face, and how warm the tie is."""

    name: str
    href: str
    letters: str
    level: str


class When(Struct, frozen=True, gc=False):
    """A day, with the words that it had on the day of the build."""

    iso: str
    text: str
    words: str
    says: Says = "due"
    late: bool = False


class Named(Struct, frozen=True, gc=False):
    """A name, a link where there is a page, a face where one is shown, and a line below it."""

    name: str
    href: str | None = None
    face: Face | None = None
    note: str = ""


class Touch(Struct, frozen=True, gc=False):
    """A way to reach somebody: a safe link, or a value to copy (`href` None).

    `kind` says what it is, `label` the whole of it for a screen reader; `away`: it leaves the
    machine when it is clicked.
    """

    icon: str
    kind: str
    value: str
    label: str
    href: str | None = None
    away: bool = False


class Chip(Struct, frozen=True, gc=False):
    """A short label; `look` is `on`, `fill` or empty."""

    label: str
    href: str | None = None
    look: str = ""


class Fact(Struct, frozen=True, gc=False):
    """A labelled fact: texts, people, or both."""

    label: str
    items: list[str] = []
    people: list[Named] = []


class Figure(Struct, frozen=True, gc=False):
    """A number with its label."""

    label: str
    value: str


class Bar(Struct, frozen=True, gc=False):
    """How much of something is done."""

    label: str
    done: int
    all: int


class Cell(Struct, frozen=True, gc=False):
    """A cell of a strip: where something stands, a note on it, and what it still lacks.

    `look` is `done`, `open`, or empty where nothing is owed; `href` leads to more of it: a page,
    or with a `#` a place in this one. `when` goes with the value.
    """

    label: str
    value: str
    note: str = ""
    lack: str = ""
    when: When | None = None
    bar: Bar | None = None
    look: str = ""
    href: str = ""


class Check(Struct, frozen=True, gc=False):
    """Something that should hold, what there is of it, and what to do; `look` as of a cell."""

    label: str
    text: str
    look: str


class Level(Struct, frozen=True, gc=False):
    """A warmth level: its key and its word."""

    key: str
    label: str


class TaskLine(Struct, frozen=True, gc=False):
    """A task; `html` is safe."""

    html: Markup
    done: bool
    due: When | None = None


class Moment(Struct, gc=False):
    """One thing on a timeline; `html` is safe; `year` is set where a new one begins."""

    iso: str
    date: str
    icon: str
    label: str
    deep: bool = False
    people: list[Named] = []
    link: Named | None = None
    html: Markup | None = None
    year: str = ""


class Pair(Struct, frozen=True, gc=False):
    """Two who were introduced, and when they meet again."""

    a: Named
    b: Named
    next: str = ""


class Box(Struct, frozen=True, gc=False):
    """A box beside the main column."""

    key: str
    title: str
    facts: list[Fact] = []
    people: list[Named] = []
    figures: list[Figure] = []
    pairs: list[Pair] = []
    note: str = ""


class Leaf(Struct, frozen=True, gc=False):
    """A day as a leaf of a calendar."""

    month: str
    day: str
    weekday: str
