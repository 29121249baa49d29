"""Records as cards for the terminal: pure, from a record and its facts to lines."""

from __future__ import annotations

from renmai.cli.cards.community import community_card
from renmai.cli.cards.contact import contact_card
from renmai.cli.cards.event import event_card
from renmai.cli.cards.frame import Frame
from renmai.cli.output import Line
from renmai.model.records import Community, Contact, Event, Record
from renmai.rules.facts import Facts
from renmai.words import Words


def card(record: Record, facts: Facts, words: Words, limit: int | None) -> list[Line]:
    """The card of `record`, within `limit` columns (None: no limit)."""
    frame = Frame(record, facts, words, limit)
    if isinstance(record, Contact):
        return contact_card(frame, record)
    if isinstance(record, Event):
        return event_card(frame, record)
    assert isinstance(record, Community)
    return community_card(frame, record)
