"""What stands beside an event's checklists and people: invitation, details, pairs, links."""

from __future__ import annotations

from renmai.model.records import Event, Invitation
from renmai.site.views.lens import Lens
from renmai.site.views.reach import website
from renmai.site.views.shapes import Box, Fact, Named, Pair


def event_boxes(lens: Lens, event: Event, cards: list[str], others: list[Named]) -> list[Box]:
    """The boxes that have something in them; `cards` are the names whose cards are missing.

    What a host sees to stands among the checks of `event_state` instead.
    """
    words = lens.words
    mentions = [lens.named(record) for record in lens.facts.backlinks.get(event.id, ())]
    boxes = [
        Box("invitation", lens.label("invitation", Event), _invitation(lens, event)),
        Box("about", words("site.event.about"), _about(lens, event)),
        Box("cards", words("site.event.cards"), people=[lens.somebody(name) for name in cards]),
        Box("introductions", lens.label("introductions", Event), pairs=_pairs(lens, event)),
        Box("others", words("site.event.others"), people=others),
        Box("backlinks", words("site.contact.backlinks"), people=mentions),
    ]
    return [box for box in boxes if box.facts or box.people or box.pairs]


def _invitation(lens: Lens, event: Event) -> list[Fact]:
    invitation, words = event.invitation, lens.words
    if invitation is None or event.hosted:
        return []
    found = []
    if invitation.route:
        found.append(lens.fact("route", [words(f"choice.route.{invitation.route}")], Invitation))
    if through := lens.ref(invitation.through):
        found.append(Fact(lens.label("through", Invitation), people=[through]))
    return found


def _about(lens: Lens, event: Event) -> list[Fact]:
    words = lens.words
    values = {"time": event.time if event.end and event.end != event.date else None}
    if event.is_cancelled or not event.hosted:
        values |= _hosting(lens, event)
    if event.url and not website(event.url, words):
        values["url"] = event.url
    return [lens.fact(key, [value], Event) for key, value in values.items() if value]


def _hosting(lens: Lens, event: Event) -> dict[str, str | None]:
    words = lens.words
    return {
        "capacity": str(event.capacity) if event.capacity is not None else None,
        "table": words(f"choice.table.{event.table}") if event.table else None,
        "bill": words(f"choice.bill.{event.bill}") if event.bill else None,
        "budget": event.budget,
        "announced": words.date(event.announced) if event.announced else None,
    }


def _pairs(lens: Lens, event: Event) -> list[Pair]:
    words, found = lens.words, []
    for pair in [] if event.is_cancelled else event.introductions:
        a, b = lens.ref(pair.a), lens.ref(pair.b)
        if a and b:
            again = words("site.event.again", day=words.date(pair.next)) if pair.next else ""
            found.append(Pair(a, b, again))
    return found
