"""What the script that draws the net reads: people as columns, ties as rows of four numbers.

In three files: who people are seldom changes, where they stand more often, their warmth always.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

from renmai.model.records import Contact
from renmai.rules.ties import Tie
from renmai.rules.warmth import level
from renmai.site.net.layout import Layout
from renmai.site.paths import page_href
from renmai.site.views.contacts import work_line
from renmai.site.views.days import forms
from renmai.site.views.lens import Lens

#: The bits of a tie's reasons, and the levels and standings as the script counts them.
REASONS = ("relation", "through", "entry", "event", "introduction", "community")
LEVELS = ("hot", "warm", "cool", "cold")
STANDINGS = ("active", "wanted", "dormant", "deceased")
_BITS = {reason: 1 << place for place, reason in enumerate(REASONS)}

#: More ties than these, the strongest, would not be read by anybody, nor by the script in time.
MOST_TIES = 100_000

_WORDS = ("me", "none", "nothing", "all", "untied")


def network_data(lens: Lens) -> dict[str, Any]:
    """People in the order of their ids, the own card (`me`: its number, or -1) in its place."""
    people = sorted(lens.book.contacts.values(), key=lambda each: each.id)
    number = {contact.id: i for i, contact in enumerate(people)}
    circles = _circle_names(lens, people)
    index = {name: i for i, name in enumerate(circles)}
    faces = [lens.face(contact) for contact in people]
    return {
        "me": number[lens.book.me.id] if lens.book.me else -1,
        "circles": [lens.circle_labels.get(name, name) for name in circles],
        "pages": [page_href(contact).partition("/")[2].removesuffix(".html") for contact in people],
        "names": [contact.label for contact in people],
        "lines": [work_line(contact) for contact in people],
        "letters": [face.letters for face in faces],
        "tints": [face.tint for face in faces],
        "photos": {i: face.photo for i, face in enumerate(faces) if face.photo},
        "of": [[index[name] for name in _names(contact)] for contact in people],
        "standing": [STANDINGS.index(contact.status or "active") for contact in people],
        "words": _words(lens),
    }


def places_data(lens: Lens, layout: Layout, links: list[int] | None = None) -> dict[str, Any]:
    """Where they stand, in the same order, and who is tied to whom.

    `links` are those of `links_of`, where they are known already.
    """
    spots = [layout.spots.get(id) for id in sorted(lens.book.contacts)]
    return {
        "x": [spot.x if spot else 0 for spot in spots],
        "y": [spot.y if spot else 0 for spot in spots],
        "ties": links_of(lens) if links is None else links,
    }


def warmth_data(lens: Lens) -> dict[str, list[int]]:
    """How warm everybody is, and their level, in the same order."""
    known = lens.facts.warmths
    warmth = [known.get(id, 0.0) for id in sorted(lens.book.contacts)]
    return {
        "warmth": [round(10 * value) for value in warmth],
        "level": [LEVELS.index(level(value)) for value in warmth],
    }


def _names(contact: Contact) -> list[str]:
    return list(dict.fromkeys(name.text for name in contact.circles))


def _circle_names(lens: Lens, people: list[Contact]) -> list[str]:
    """The circles that people are in: those of the settings in their order, then others."""
    used = {name for contact in people for name in _names(contact)}
    known = [name for name in lens.circle_labels if name in used]
    return known + sorted(used.difference(known))


def links_of(lens: Lens) -> list[int]:
    """For each tie: who, to whom, twice its weight, and the bits of its reasons."""
    number = {id: i for i, id in enumerate(sorted(lens.book.contacts))}
    ties = list(lens.facts.ties.values())
    if len(ties) > MOST_TIES:
        ties = sorted(ties, key=lambda tie: (-tie.weight, tie.a, tie.b))[:MOST_TIES]
    rows = sorted(
        [(number[tie.a], number[tie.b], round(2 * tie.weight), bits_of(tie)) for tie in ties]
    )
    return list(chain.from_iterable(rows))


def bits_of(tie: Tie) -> int:
    """The reasons of a tie as the bits of a number."""
    bits = 0
    for reason in tie.reasons:
        bits |= _BITS[reason.why]
    return bits


def _words(lens: Lens) -> dict[str, object]:
    """The words of the picture."""
    words = lens.words
    return {
        **{key: words(f"net.say.{key}") for key in _WORDS},
        "levels": [words(f"level.{level}") for level in LEVELS],
        "standings": [words(f"choice.status.{standing}") for standing in STANDINGS],
        "reasons": [words(f"net.reason.{reason}") for reason in REASONS],
        "ties": forms(words, "net.ties"),
        "found": forms(words, "net.say.found"),
        "shown": forms(words, "net.say.shown", all="{all}"),
    }
