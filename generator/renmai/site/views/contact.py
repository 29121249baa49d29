"""A contact: the background card and all that follows from the book."""

from __future__ import annotations

from datetime import date, timedelta

from markupsafe import Markup
from msgspec import Struct

from renmai.model.records import Contact, Met
from renmai.rules.calendar import next_occurrence
from renmai.rules.followups import FollowUp
from renmai.site.prose import notes_of
from renmai.site.views.lens import Lens, filtered
from renmai.site.views.matching import Matching, matches_of
from renmai.site.views.near import NearNet, near_net
from renmai.site.views.reach import reach
from renmai.site.views.rows import why_of
from renmai.site.views.shapes import (
    Box,
    Chip,
    Fact,
    Figure,
    Level,
    Moment,
    Named,
    TaskLine,
    Touch,
    When,
)
from renmai.site.views.spells import Spell, spells
from renmai.site.views.timeline import contact_timeline
from renmai.site.views.warmth import warmth_picture
from renmai.site.views.ways import Way, path_view
from renmai.telling import relation_word
from renmai.text.names import reading
from renmai.text.values import LunarDate

#: What one wants to know before a talk, and what makes up the rest of the card.
_NOW = ("challenge", "needs", "offers", "value")
_BACKGROUND = ("family", "background", "hobbies", "likes", "values", "achievements")


class Waiting(Struct, frozen=True):
    """Something that is due with this person, or soon will be.

    `why` goes before a link to the event `about`, and `why_after` behind it.
    """

    icon: str
    label: str
    when: When
    why: str
    about: Named | None = None
    why_after: str = ""


class Standing(Struct, frozen=True):
    """Where one stands with somebody: how warm it is, what is due next, why, and the last time."""

    level: Level | None
    due: When | None
    why: list[str]
    last: When | None


class Story(Struct, frozen=True):
    """What happened with somebody, and how often one met in person."""

    timeline: list[Moment]
    meetings: str


class ContactPage(Struct, frozen=True):
    """A contact's page."""

    title: str
    who: Named
    reading: str
    headline: str
    chips: list[Chip]
    standing: list[Spell[Standing]]
    reach: list[Touch]
    waiting: list[Spell[list[Waiting]]]
    now: list[Fact]
    way: Way | None
    near: NearNet | None
    matches: Matching | None
    tasks: list[TaskLine]
    warmth: Markup | None
    story: list[Spell[Story]]
    notes: Markup | None
    boxes: list[Box]


def contact_page(lens: Lens, contact: Contact) -> ContactPage:
    """All that there is to show of a contact; only what is filled."""
    words, days = lens.words, lens.ahead.contact(contact)
    tasks = [lens.task(task, contact.path) for task in contact.tasks]
    parts = (contact.title, contact.company, contact.city)
    return ContactPage(
        title=contact.label,
        who=lens.named(contact),
        reading=reading(contact.label, contact.pinyin) or "",
        headline=" · ".join(part for part in parts if part),
        chips=_chips(lens, contact),
        standing=spells(lens, days, lambda at: _standing(at, contact)),
        reach=reach(contact, words),
        waiting=spells(lens, days, lambda at: _waiting(at, contact)),
        now=_fact(lens, "goal", contact.goal) + _facts(lens, contact, _NOW),
        way=path_view(lens, contact) if contact.status == "wanted" else None,
        near=near_net(lens, contact),
        matches=matches_of(lens, contact),
        tasks=sorted(tasks, key=lambda task: (task.done, task.due.iso if task.due else "9999")),
        warmth=warmth_picture(lens, contact),
        story=spells(lens, lens.ahead.story(contact), lambda at: _story(at, contact)),
        notes=lens.notes(notes_of(contact), contact.path),
        boxes=_boxes(lens, contact),
    )


# -- the head -------------------------------------------------------------------------------------


def _chips(lens: Lens, contact: Contact) -> list[Chip]:
    words = lens.words
    chips = [Chip(words("site.contact.me"), look="on")] if contact is lens.book.me else []
    if contact.status != "active":
        label = words(f"choice.status.{contact.status}")
        chips.append(Chip(label, filtered(status=contact.status), "on"))
    chips += lens.circles(contact)
    if contact.tier is not None:
        chips.append(Chip(words("site.contact.tier", n=contact.tier)))
    return chips + [Chip(f"#{tag}", filtered(tag=tag)) for tag in contact.tags]


def _standing(lens: Lens, contact: Contact) -> Standing:
    last, due = lens.facts.last_contact(contact), lens.facts.due(contact)
    return Standing(
        level=None if contact is lens.book.me else lens.level(contact),
        due=lens.when(due, "due" if last or due != lens.today else "") if due else None,
        why=_why(lens, contact),
        last=lens.when(last, "ago") if last else None,
    )


def _why(lens: Lens, contact: Contact) -> list[str]:
    """Cadence, snooze, drifting, never in touch: what explains the due state; what would help."""
    words, facts = lens.words, lens.facts
    if contact is lens.book.me:
        return []
    found = []
    cadence = facts.cadence(contact)
    if cadence is not None and contact.status == "active":
        never = cadence.is_never
        found.append(words("site.contact.no_cadence") if never else words.every(cadence))
    if contact.snooze and contact.snooze > lens.today:
        found.append(words("site.contact.snoozed", day=words.date(contact.snooze)))
    if facts.is_drifting(contact):
        found.append(words("site.contact.drifting"))
    if facts.last_contact(contact) is None:
        found.append(words("site.contact.never"))
    if needed := facts.meetings_needed(contact):
        found.append(words("site.contact.needed", n=needed))
    return found


def _waiting(lens: Lens, contact: Contact) -> list[Waiting]:
    """The promises and dates of a contact that are due within the horizon."""
    horizon = lens.facts.settings.horizon
    mine = lens.facts.follow_ups_of.get(contact.id, ())
    return [
        _waits(lens, item)
        for item in mine
        if item.kind not in ("cadence", "task") and item.state(horizon) != "later"
    ]


def _waits(lens: Lens, item: FollowUp) -> Waiting:
    about = lens.book.events.get(item.about or "")
    why, why_after = why_of(lens.words, item, about)
    return Waiting(
        icon=item.kind,
        label=lens.words(f"kind.{item.kind}"),
        # A birthday is never overdue.
        when=lens.when(item.due, "ago" if item.kind == "birthday" else "due"),
        why=lens.field(why),
        about=lens.named(about) if about else None,
        why_after=lens.field(why_after),
    )


def _story(lens: Lens, contact: Contact) -> Story:
    met = 0 if contact is lens.book.me else lens.facts.meetings(contact)
    meetings = lens.words("site.contact.meetings", n=met) if met else ""
    return Story(contact_timeline(lens, contact), meetings)


# -- the card -------------------------------------------------------------------------------------


def _facts(lens: Lens, contact: Contact, keys: tuple[str, ...]) -> list[Fact]:
    return [lens.fact(key, value) for key in keys if (value := getattr(contact, key))]


def _fact(lens: Lens, key: str, value: str | None) -> list[Fact]:
    return [lens.fact(key, [value])] if value else []


def _boxes(lens: Lens, contact: Contact) -> list[Box]:
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
        Box("reach", words("site.contact.reach"), _reaching(lens, contact)),
        Box("background", words("site.contact.background"), _background(lens, contact)),
        Box("began", words("site.contact.began"), _began(lens, contact)),
        Box("relations", words("site.contact.relations"), people=_relations(lens, contact)),
        Box("introduced", words("site.contact.introduced"), people=introduced),
        _ledger(lens, contact),
        Box("communities", words("site.contact.communities"), people=communities),
        Box("backlinks", words("site.contact.backlinks"), people=backlinks),
    ]
    return [box for box in boxes if box.facts or box.people or box.figures]


def _reaching(lens: Lens, contact: Contact) -> list[Fact]:
    keys = ("contact_by", "assistant", "language", "timezone")
    return [fact for key in keys for fact in _fact(lens, key, getattr(contact, key))]


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
    return found + _facts(lens, contact, _BACKGROUND)


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


def _ledger(lens: Lens, contact: Contact) -> Box:
    words, balance = lens.words, lens.facts.balance(contact)
    title = words("site.contact.ledger")
    if contact is lens.book.me or balance.is_empty:
        return Box("ledger", title)
    figures = [
        Figure(words(f"insight.ledger.{key}"), str(getattr(balance, key)))
        for key in ("gave", "got", "asked")
    ]
    more = balance.until_ready
    key = "owed" if more and balance.owed else "first" if more else "ready"
    note = words(f"site.ledger.{key}", n=more, owed=balance.owed)
    return Box("ledger", title, figures=figures, note=note)
