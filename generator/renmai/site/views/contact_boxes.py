"""What stands beside a contact's timeline: how to reach them, who they are, whom they know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from renmai.model.records import Contact, Met
from renmai.rules.calendar import next_occurrence
from renmai.rules.ledger import Balance
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Box, Fact, Figure, Named
from renmai.telling import relation_word
from renmai.text.values import LunarDate
from renmai.words import Words

#: What makes up the card besides what matters now.
_BACKGROUND = ("family", "background", "hobbies", "likes", "values", "achievements")


def filled(lens: Lens, contact: Contact, keys: tuple[str, ...]) -> list[Fact]:
    """Those of the fields of a card that say something."""
    return [lens.fact(key, value) for key in keys if (value := getattr(contact, key))]


def fact_of(lens: Lens, key: str, value: str | None) -> list[Fact]:
    """A field of one text, if it says something."""
    return [lens.fact(key, [value])] if value else []


def contact_boxes(lens: Lens, contact: Contact) -> list[Box]:
    """The boxes that have something in them."""
    words, facts = lens.words, lens.facts
    introduced = [
        lens.named(other)
        for id in facts.introduced.get(contact.id, ())
        if (other := lens.book.contacts.get(id))
    ]
    backlinks = [lens.named(record) for record in facts.backlinks.get(contact.id, ())]
    communities = [
        lens.named(each, each.theme or "") for each in facts.communities_of.get(contact.id, ())
    ]
    boxes = [
        _box(words, "reach", _reaching(lens, contact)),
        _box(words, "background", _background(lens, contact)),
        _box(words, "began", _began(lens, contact)),
        _box(words, "relations", people=_relations(lens, contact)),
        _box(words, "introduced", people=introduced),
        _ledger(lens, contact),
        _box(words, "communities", people=communities),
        _box(words, "backlinks", people=backlinks),
    ]
    return [box for box in boxes if box is not None]


def _box(
    words: Words, key: str, facts: Sequence[Fact] = (), people: Sequence[Named] = ()
) -> Box | None:
    """A box of a contact's page; None with nothing in it."""
    if not facts and not people:
        return None
    return Box(key, words(f"site.contact.{key}"), list(facts), list(people))


def _reaching(lens: Lens, contact: Contact) -> list[Fact]:
    keys = ("contact_by", "assistant", "language", "timezone")
    return [fact for key in keys for fact in fact_of(lens, key, getattr(contact, key))]


def _background(lens: Lens, contact: Contact) -> list[Fact]:
    words = lens.words
    found = []
    if contact.aliases:
        found.append(Fact(lens.label("aliases"), [words.listed(contact.aliases)]))
    if contact.birthday is not None:
        found.append(Fact(lens.label("birthday"), _birthday(lens, contact)))
    for day in contact.dates:
        if day.date is not None:
            label = day.what or lens.label("dates")
            found.append(Fact(label, [words.partial(day.date)]))
    return found + filled(lens, contact, _BACKGROUND)


def _birthday(lens: Lens, contact: Contact) -> list[str]:
    """The birthday as written; of a lunar one also the next two days on which it falls."""
    value = contact.birthday
    if value is None:
        return []
    words = lens.words
    days = _falls(value, lens.today) if isinstance(value, LunarDate) else []
    falls = words.listed([words.date(day) for day in days])
    return [words.partial(value), *([words("site.contact.falls", days=falls)] if falls else [])]


def _falls(value: LunarDate, today: date) -> list[date]:
    """The next two days of a lunar date: the first may be over when the page is read."""
    first = next_occurrence(value, today)
    second = (
        next_occurrence(value, first + timedelta(days=1)) if first and first < date.max else None
    )
    return [day for day in (first, second) if day]


def _began(lens: Lens, contact: Contact) -> list[Fact]:
    met = contact.met
    if met is None:
        return []
    found = [lens.fact("date", [lens.words.partial(met.date)], Met)] if met.date else []
    for key, ref in (("at", met.at), ("through", met.through)):
        if ref is not None:
            record, label = lens.book.target(ref), lens.label(key, Met)
            fact = Fact(label, people=[lens.named(record)]) if record else Fact(label, [ref.text])
            found.append(fact)
    return found


def _relations(lens: Lens, contact: Contact) -> list[Named]:
    return [
        lens.named(other, relation_word(how, lens.words))
        for id, how in lens.facts.relations.get(contact.id, ())
        if (other := lens.book.contacts.get(id))
    ]


def _ledger(lens: Lens, contact: Contact) -> Box | None:
    balance = lens.facts.balance(contact)
    if contact is lens.book.me or balance.is_empty:
        return None
    return _balance_box(lens.words, balance)


@lru_cache(maxsize=1024)
def _balance_box(words: Words, balance: Balance) -> Box:
    """With many the balance is the same."""
    figures = [
        Figure(words(f"insight.ledger.{key}"), str(getattr(balance, key)))
        for key in ("gave", "got", "asked")
    ]
    more = balance.until_ready
    key = "owed" if more and balance.owed else "first" if more else "ready"
    note = words(f"site.ledger.{key}", n=more, owed=balance.owed)
    return Box("ledger", words("site.contact.ledger"), figures=figures, note=note)
