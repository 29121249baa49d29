"""From the folder of a book to the files of its site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from renmai.problems import Problem
from renmai.rules.facts import Facts
from renmai.site.media import pictures, wanted_pictures
from renmai.site.net.layout import Layout, decode, encode, layout_of
from renmai.site.pages import Output, outputs
from renmai.site.statics import statics
from renmai.site.views.lens import Lens
from renmai.storage import open_book, read_state, write_state
from renmai.words import Words

#: Where it is remembered where people stand in the picture of the net.
_PLACES = "network.json"


class Site(Struct):
    """All that a build writes: texts, pictures to copy, and the problems that were met."""

    outputs: list[Output]
    pictures: dict[str, Path]
    problems: list[Problem]


def make_site(root: Path, site_name: str, today: date, language: str | None = None) -> Site:
    """The site of the book at `root` on a day. Raises storage's NoBook and BrokenSettings."""
    opened = open_book(root)
    facts = Facts(opened.book, today, opened.settings)
    shown = pictures(root, wanted_pictures(opened.book))
    media = {path: place for path, (place, _) in shown.items()}
    lens = Lens(facts, Words(language or opened.settings.language), media)
    problems = sorted([*opened.problems, *facts.book_problems])
    pages = outputs(lens, site_name, problems, _layout(root, facts))
    return Site([*statics(), *pages], dict(shown.values()), problems)


def _layout(root: Path, facts: Facts) -> Layout:
    """Where people stand in the picture of the net: where they stood, as far as their ties allow.

    Nothing else in the site depends on what was built before; without this, the picture would be
    another after every new tie.
    """
    old = decode(read_state(root, _PLACES))
    layout = layout_of(facts, old)
    if layout is not old:
        write_state(root, _PLACES, encode(layout))
    return layout
