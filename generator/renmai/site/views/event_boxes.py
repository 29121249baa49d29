"""What stands beside an event's checklists and people: invitation, details, pairs, links."""

from __future__ import annotations

from renmai.model.records import Event
from renmai.site.views.lens import Lens
from renmai.site.views.reach import website
from renmai.site.views.shapes import Box, Fact, Named, Pair


def event_boxes(lens: Lens, event: Event, cards: list[str], others: list[Named]) -> list[Box]:
    """The boxes that have something in them; `cards` are the names whose cards are missing."""
    words = lens.words
    mentions = [lens.named(record) for record in lens.facts.backlinks.get(event.id, ())]
    boxes = [
        Box("invitation", words("site.event.invitation"), _invitation(lens, event)),
        Box("about", words("site.event.about"), _about(lens, event)),
        Box("cards", words("site.event.cards"), people=[lens.somebody(name) for name in cards]),
        Box("introductions", words("site.event.introductions"), pairs=_pairs(lens, event)),
        Box("others", words("site.event.others"), people=others),
        Box("backlinks", words("site.contact.backlinks"), people=mentions),
    ]
    return [box for box in boxes if box.facts or box.people or box.pairs]


def _invitation(lens: Lens, event: Event) -> list[Fact]:
    invitation, words = event.invitation, lens.words
    if invitation is None:
        return []
    found = []
    if invitation.status:
        text = words(f"site.event.invited.{invitation.status}")
        found.append(Fact(words("site.field.invitation"), [text]))
    if invitation.route:
        text = words(f"site.event.route.{invitation.route}")
        found.append(Fact(words("site.field.route"), [text]))
    if through := lens.ref(invitation.through):
        found.append(Fact(words("site.field.through"), people=[through]))
    return found


def _about(lens: Lens, event: Event) -> list[Fact]:
    words = lens.words
    values = {
        "time": event.time if event.end and event.end != event.date else None,
        "capacity": str(event.capacity) if event.capacity is not None else None,
        "table": words(f"site.event.table.{event.table}") if event.table else None,
        "bill": words(f"site.event.bill.{event.bill}") if event.bill else None,
        "budget": event.budget,
        "announced": words.date(event.announced) if event.announced else None,
        "url": event.url if event.url and not website(event.url, words) else None,
    }
    return [lens.fact(key, [value]) for key, value in values.items() if value]


def _pairs(lens: Lens, event: Event) -> list[Pair]:
    words, found = lens.words, []
    for pair in [] if event.is_cancelled else event.introductions:
        a, b = lens.ref(pair.a), lens.ref(pair.b)
        if a and b:
            again = words("site.event.again", day=words.date(pair.next)) if pair.next else ""
            found.append(Pair(a, b, again))
    return found
