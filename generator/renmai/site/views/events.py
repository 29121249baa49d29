"""Events: the coming ones with their readiness, the past ones with their yield."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from renmai.model.records import Event
from renmai.rules.events import Readiness
from renmai.rules.followups.meetings import event_end
from renmai.site.paths import page_href
from renmai.site.views.lens import Lens
from renmai.site.views.parts import part_key
from renmai.site.views.shapes import Bar, Chip, Figure, Leaf, When
from renmai.site.views.spells import Spell, spells
from renmai.words import Words

#: What the tiles are called among the parts of pages.
TILE = "event"


class EventTile(Struct, frozen=True):
    """An event in the list; `look` is `ahead`, `off` for a cancelled one, or empty.

    When a coming one is over, it looks otherwise, and the page moves it.
    """

    title: str
    href: str
    look: str
    leaf: Leaf
    when: When | None
    place: str
    chips: list[Chip]
    invitation: str
    bars: list[Bar]
    figures: list[Figure]


class EventGroup(Struct, frozen=True):
    key: str
    title: str
    none: str
    events: list[list[Spell[EventTile]]]


class EventsPage(Struct, frozen=True):
    """All events."""

    title: str
    status: str
    groups: list[EventGroup]


def events_page(lens: Lens) -> EventsPage:
    """Coming events, the next first; past ones, the latest first; then those cancelled."""
    words, events = lens.words, list(lens.book.events.values())
    dated = sorted(events, key=lambda each: (each.date or date.min, each.id))
    held = [event for event in dated if not event.is_cancelled]
    ahead = [event for event in held if _is_ahead(event, lens.today)]
    past = [event for event in reversed(held) if not _is_ahead(event, lens.today)]
    cancelled = [event for event in reversed(dated) if event.is_cancelled]
    groups = [("ahead", ahead), ("past", past)] + ([("cancelled", cancelled)] if cancelled else [])
    return EventsPage(
        title=words("site.nav.events"),
        status=words("site.events.status", n=len(events)),
        groups=[
            EventGroup(
                key,
                words(f"site.events.{key}"),
                words(f"site.events.none_{key}"),
                [_tiles(lens, event) for event in group],
            )
            for key, group in groups
        ],
    )


def _is_ahead(event: Event, today: date) -> bool:
    """Whether an event is not over yet."""
    end = event_end(event)
    return end is not None and end >= today


def _tiles(lens: Lens, event: Event) -> list[Spell[EventTile]]:
    def make(lens: Lens) -> list[Spell[EventTile]]:
        return spells(lens, lens.ahead.event(event), lambda at: _tile(at, event))

    return lens.part(part_key(TILE, event.id), make, list[Spell[EventTile]])


def _tile(lens: Lens, event: Event) -> EventTile:
    words = lens.words
    look = "off" if event.is_cancelled else "ahead" if _is_ahead(event, lens.today) else ""
    return EventTile(
        title=event.label,
        href=page_href(event),
        look=look,
        leaf=leaf(event.date, words, lens.today),
        when=lens.when(event.date, "ago") if event.date else None,
        place=event.place or "",
        chips=event_chips(event, words),
        invitation=invitation(event, words) if look == "ahead" else "",
        bars=bars(lens.facts.readiness(event), words) if look == "ahead" else [],
        figures=figures(lens, event) if not look else [],
    )


def invitation(event: Event, words: Words) -> str:
    """How far one is with it; nothing where one invites oneself."""
    if event.hosted:
        return ""
    status = event.invitation.status if event.invitation else None
    return words(f"choice.status.{status or 'needed'}")


def event_chips(event: Event, words: Words) -> list[Chip]:
    """Kind and level, whether one hosts it, and whether one goes."""
    chips = [Chip(words(f"choice.kind.{event.kind}"), look="fill")]
    if event.level:
        chips.append(Chip(words(f"choice.level.{event.level}"), look="fill"))
    if event.hosted:
        chips.append(Chip(words("site.event.hosted"), look="on"))
    if event.status != "going":
        chips.append(Chip(words(f"choice.status.{event.status}")))
    return chips


def bars(ready: Readiness, words: Words) -> list[Bar]:
    """What is ready of a coming event."""
    return [
        Bar(words("site.event.ready.targets"), ready.targets, ready.target_count),
        Bar(words("site.event.ready.researched"), ready.researched, ready.targets),
        Bar(words("site.event.ready.before"), ready.before.done, ready.before.all),
    ]


def figures(lens: Lens, event: Event) -> list[Figure]:
    """What a past event brought: the figures that are not nothing."""
    gain = lens.facts.yielded(event)
    numbers = {
        "met": len(gain.met),
        "recontacted": len(gain.recontacted),
        "cards": len(gain.cards_missing),
        "seeds": gain.seeds,
        "introductions": gain.introductions,
        "second": gain.second_meetings,
    }
    return [
        Figure(lens.words(f"site.event.figure.{key}", n=number), str(number))
        for key, number in numbers.items()
        if number
    ]


def leaf(day: date | None, words: Words, today: date | None = None) -> Leaf:
    """The leaf of a calendar, with the year where that is another one than `today`'s.

    Blank for an event whose date cannot be read.
    """
    if day is None:
        return Leaf("–", "?", "")
    is_far = today is not None and day.year != today.year
    below = words("date.year", year=day.year) if is_far else words.weekday(day)
    return Leaf(words(f"month.{day.month}"), str(day.day), below)
