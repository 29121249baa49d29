"""The way to somebody, from oneself through those one knows, and what ties one to the next."""

from __future__ import annotations

from msgspec import Struct

from renmai.model.records import Contact
from renmai.rules.ties import Tie
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Named

#: So many events or communities that two were at together are named; more are counted.
_NAMED = 2


class Step(Struct, frozen=True):
    """Somebody on the way; `why` says what ties them to the one before, the strongest first."""

    who: Named
    why: list[str]


class Way(Struct, frozen=True):
    """A chain of people from the own card to somebody, both included.

    `says` is the same in a sentence. Where nobody leads there, there are no steps.
    """

    steps: list[Step]
    says: str


def path_view(lens: Lens, contact: Contact) -> Way | None:
    """The way to a contact; None with no own card to begin from, and for the own card."""
    me, words = lens.book.me, lens.words
    if me is None or contact is me:
        return None
    path = lens.facts.net.path(contact)
    if path is None:
        return Way([], words("net.way.none", name=contact.label))
    steps = [Step(lens.named(me), [])]
    for step in path.steps:
        one, other = lens.book.contacts[step.a], lens.book.contacts[step.b]
        own = me in (one, other) or step.tie is None
        why = [warmth_words(lens, other)] if own else tie_words(lens, step.tie, one, other)
        steps.append(Step(lens.named(other), why))
    between = words.listed([step.who.name for step in steps[1:-1]])
    says = words("net.way.through", name=contact.label, through=between) if between else ""
    return Way(steps, says or words("net.way.direct", name=contact.label))


def warmth_words(lens: Lens, contact: Contact) -> str:
    """What ties oneself to a contact: `warm; last in touch 12 Oct 2026`."""
    words, last = lens.words, lens.facts.last_contact(contact)
    level = words(f"level.{lens.facts.level(contact)}")
    if last is None:
        return words("net.why.untouched")
    return words("net.why.warmth", level=level, day=words.date(last))


def tie_words(lens: Lens, tie: Tie | None, one: Contact, other: Contact) -> list[str]:
    """What ties `other` to `one`, said of `other`, the strongest reason first."""
    weights: dict[str, float] = {}
    found: dict[str, list[str]] = {}
    for reason in tie.reasons if tie else ():
        weights[reason.why] = weights.get(reason.why, 0.0) + reason.weight
        found.setdefault(reason.why, []).append(reason.what)
    order = sorted(weights, key=lambda why: -weights[why])
    return [_worded(lens, why, found[why], one, other) for why in order]


def _worded(lens: Lens, why: str, whats: list[str], one: Contact, other: Contact) -> str:
    words = lens.words
    if why == "relation":
        how = relation_word(lens, one, other) or whats[0]
        key = "relation" if how else "tied"
        return words(f"net.why.{key}", how=how, name=one.label)
    if why == "through":
        return words(f"net.why.{'through' if other.id in whats else 'brought'}", name=one.label)
    if why == "entry":
        return words("net.why.entry", n=len(whats))
    return words(f"net.why.{why}", where=_places(lens, whats))


def relation_word(lens: Lens, one: Contact, other: Contact) -> str:
    """What `other` is to `one`, in words; empty when they have no relation or it is not said."""
    for id, how in lens.facts.relations.get(one.id, ()):
        if id == other.id:
            key = f"relation.{how.casefold()}"
            return lens.words(key) if how and lens.words.has(key) else how
    return ""


def _places(lens: Lens, ids: list[str]) -> str:
    """The names of events or communities, each once; of many the first, and how many more."""
    words = lens.words
    known = [record for id in dict.fromkeys(ids) if (record := lens.by_id(id))]
    names = words.listed([record.label for record in known[:_NAMED]])
    more = len(known) - _NAMED
    return words("net.why.more", names=names, n=more) if more > 0 else names
