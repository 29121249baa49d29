"""A contact: the background card and all that follows from the book."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from renmai.model.records import Contact
from renmai.rules.followups import FollowUp
from renmai.site.prose import notes_of
from renmai.site.views.contact_boxes import contact_boxes, fact_of, filled
from renmai.site.views.lens import Lens, filtered
from renmai.site.views.matching import Matching, matches_of
from renmai.site.views.near import NearNet, near_net
from renmai.site.views.reach import reach
from renmai.site.views.rows import why_of
from renmai.site.views.shapes import (
    Box,
    Chip,
    Fact,
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
from renmai.text.names import reading

#: What one wants to know before a talk.
_NOW = ("challenge", "needs", "offers", "value")


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
        now=fact_of(lens, "goal", contact.goal) + filled(lens, contact, _NOW),
        way=path_view(lens, contact) if contact.status == "wanted" else None,
        near=near_net(lens, contact),
        matches=matches_of(lens, contact),
        tasks=sorted(tasks, key=lambda task: (task.done, task.due.iso if task.due else "9999")),
        warmth=warmth_picture(lens, contact),
        story=spells(lens, lens.ahead.story(contact), lambda at: _story(at, contact)),
        notes=lens.notes(notes_of(contact), contact.path),
        boxes=contact_boxes(lens, contact),
    )


# -- the head -------------------------------------------------------------------------------------


def _chips(lens: Lens, contact: Contact) -> list[Chip]:
    words = lens.words
    chips = [Chip(words("site.contact.me"), look="on")] if contact is lens.book.me else []
    if contact.status != "active":
        label = words(f"choice.status.{contact.status}")
        look = "on" if contact.status == "wanted" else ""
        chips.append(Chip(label, filtered(status=contact.status), look))
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
