"""Where a community stands: its gatherings, its people, its health, and the next step."""

from __future__ import annotations

from msgspec import Struct

from renmai.model.records import Community, Event, Functions
from renmai.rules.communities import Health, Lack, members
from renmai.rules.followups.gatherings import must_gather
from renmai.site.paths import page_href
from renmai.site.views.event_state import measured
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Bar, Cell, Named, When
from renmai.text.values import shift

#: What belongs to its health whatever one's role; who hosts it owes it a gathering besides.
_ALWAYS = 6

#: So many weeks ahead a gathering is proposed: time to tell people, and ahead when it is read.
NOTICE = 5


class Missing(Struct, frozen=True):
    """Something it lacks: what to do, and the lines to write."""

    label: str
    advice: str
    lines: str


class Step(Struct, frozen=True):
    """The next step: a sentence, and what it leads to; `when` it is due."""

    text: str
    link: Named | None = None
    when: When | None = None


def lacks(community: Community, health: Health) -> list[Lack]:
    """What it lacks; nothing where one has left, and can mend nothing."""
    return [] if community.left else health.missing


def missing(lens: Lens, community: Community) -> list[Missing]:
    """What it lacks, in the order of the rules."""
    found = lacks(community, lens.facts.health(community))
    return [_missing(lens, community, lack) for lack in found]


def _missing(lens: Lens, community: Community, lack: Lack) -> Missing:
    words = lens.words
    due, notice = next_gathering(lens, community), shift(lens.built, NOTICE, "w") or lens.built
    day = max(notice.isoformat(), due.iso if due else "")
    lines = words(f"site.community.write.{lack}", id=community.id, day=day)
    return Missing(_label(lens, lack), words(f"site.community.advice.{lack}"), lines.strip())


def _label(lens: Lens, lack: Lack) -> str:
    if lack == "gathering":
        return lens.words("site.community.lacks.gathering")
    is_function = lack in Functions.__struct_fields__
    return lens.label(lack, Functions if is_function else Community)


def next_gathering(lens: Lens, community: Community) -> When | None:
    """When it should gather again; None when it need not.

    Where it has no day to count from it is so long from today, whatever day that is.
    """
    due = lens.facts.health(community).next_due
    if due is None:
        return None
    since = community.since.first_day if community.since else None
    start = lens.facts.health(community).last_gathering or since
    return lens.when(due, "due" if start else "")


def coming(lens: Lens, community: Community) -> Event | None:
    """Its next event after today; none where one has left."""
    held = [event for event in lens.book.events_of(community) if not event.is_cancelled]
    ahead = [event for event in held if event.date and event.date > lens.today]
    return ahead[0] if ahead and not community.left else None


def gathers(lens: Lens, community: Community) -> When | None:
    """When it meets next: the gathering ahead, else the day by which there should be one."""
    event = coming(lens, community)
    if event is not None and event.date is not None:
        return lens.when(event.date, "ago")
    return next_gathering(lens, community)


def strip(lens: Lens, community: Community) -> list[Cell]:
    """The last and the next gathering, members, health."""
    words, health = lens.words, lens.facts.health(community)
    everybody = members(lens.book, community)
    carded = sum(each.has_card for each in everybody)
    cells = [_last(lens, community, health), _next(lens, community, health)]
    if everybody:
        without = len(everybody) - carded
        cells.append(
            Cell(
                words("field.community.members.label"),
                str(community.size or len(everybody)),
                words("site.community.no_card", n=without) if without else "",
                href="#s-cards" if without else "#s-mem",
            )
        )
    if not community.left:
        number = _ALWAYS + must_gather(community)
        bar = Bar("", number - len(health.missing), number)
        note = words("site.community.missing", n=len(health.missing)) if health.missing else ""
        cells.append(measured(lens, words("site.community.whole"), bar, note, "#s-hints"))
    return cells


def _last(lens: Lens, community: Community, health: Health) -> Cell:
    label = lens.words("site.community.last_gathering")
    if health.last_gathering is None:
        return Cell(label, lens.words("site.community.no_gathering"))
    days = {event.date: event for event in lens.book.events_of(community) if not event.is_cancelled}
    event = days[health.last_gathering]
    when = lens.when(health.last_gathering, "ago")
    return Cell(label, when.text, event.label, when=when, href=page_href(event))


def _next(lens: Lens, community: Community, health: Health) -> Cell:
    label, event = lens.words("site.community.next_gathering"), coming(lens, community)
    if event is not None and event.date is not None:
        when = lens.when(event.date, "ago")
        return Cell(label, when.text, event.label, when=when, look="done", href=page_href(event))
    if due := next_gathering(lens, community):
        every = lens.words.every(community.gather_every) if community.gather_every else ""
        look = "open" if "gathering" in health.missing else ""
        if not due.says:
            return Cell(label, due.words, every, look=look)
        return Cell(label, due.text, every, when=due, look=look)
    return Cell(label, lens.words("site.community.no_date"))


def next_step(lens: Lens, community: Community) -> Step | None:
    """The one thing to do next; None where one has left."""
    words, health = lens.words, lens.facts.health(community)
    if community.left is not None:
        return None
    if "gathering" in health.missing and health.next_due is not None:
        return Step(words("site.community.step.gathering"))
    event = coming(lens, community)
    if event is not None and event.date is not None and must_gather(community):
        link, when = lens.named(event), lens.when(event.date, "ago")
        return Step(words("site.community.step.prepare"), link, when)
    if health.missing:
        return Step(words(f"site.community.advice.{health.missing[0]}"))
    names = [each.name for each in members(lens.book, community) if not each.has_card]
    if names:
        return Step(words("site.community.step.card", name=names[0]))
    if due := next_gathering(lens, community):
        return Step(words("site.community.step.date"), when=due)
    return Step(words("site.community.step.help"))
