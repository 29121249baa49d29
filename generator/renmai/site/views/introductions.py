"""Introductions: who needs what somebody else can give, and the way to those one wants to meet."""

from __future__ import annotations

from msgspec import Struct, structs

from renmai.model.records import Contact
from renmai.rules.matches import Match
from renmai.rules.paths import Step as PathStep
from renmai.rules.ties import TOGETHER
from renmai.site.views.contacts import work_line
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Chip, Level, Named, When

#: Of each list so many are shown; the others are counted.
MOST_MATCHES = 100
MOST_WITH_ME = 50
MOST_WANTED = 100


class Party(Struct, frozen=True):
    """One side of an introduction: what they look for or can give, and how warm the tie is."""

    who: Named
    phrase: str
    level: Level
    last: When | None


class Introduction(Struct, frozen=True):
    """Two people who should know each other; `warmth` says so where one is not close to both."""

    needs: Party
    offers: Party
    warmth: str


class WithMe(Struct, frozen=True):
    """Somebody one can help, or who can help; the second line only where it says something more."""

    who: Named
    lines: list[str]


class Step(Struct, frozen=True):
    """Somebody on the way, and what ties them to the one before."""

    who: Named
    why: str


class Wanted(Struct, frozen=True):
    """Somebody one wants to meet: why, and the way there; no steps where there is none."""

    who: Named
    chips: list[Chip]
    goal: str
    steps: list[Step]
    summary: str


class IntroductionsPage(Struct, frozen=True):
    """Matches, and the people one wants to meet."""

    title: str
    status: str
    introductions: list[Introduction]
    introductions_count: int
    introductions_more: str
    you_can_help: list[WithMe]
    you_can_help_more: str
    can_help_you: list[WithMe]
    can_help_you_more: str
    wanted: list[Wanted]
    wanted_count: int
    wanted_more: str
    has_me: bool


def introductions_page(lens: Lens) -> IntroductionsPage:
    """Everything that one person's word could set going."""
    words, found = lens.words, lens.facts.matches
    wanted = sorted(
        (one for one in lens.book.others if one.status == "wanted"), key=lambda one: one.id
    )
    count = len(found.introductions)
    return IntroductionsPage(
        title=words("insight.nav.introductions"),
        status=words("insight.introductions.status", n=count),
        introductions=[_introduction(lens, match) for match in found.introductions[:MOST_MATCHES]],
        introductions_count=count,
        introductions_more=_hidden(lens, count - MOST_MATCHES),
        you_can_help=[
            _with_me(lens, match.needs, match, ("they_need", "you_offer"))
            for match in found.you_can_help[:MOST_WITH_ME]
        ],
        you_can_help_more=_hidden(lens, len(found.you_can_help) - MOST_WITH_ME),
        can_help_you=[
            _with_me(lens, match.offers, match, ("they_offer", "you_need"))
            for match in found.can_help_you[:MOST_WITH_ME]
        ],
        can_help_you_more=_hidden(lens, len(found.can_help_you) - MOST_WITH_ME),
        wanted=[_wanted(lens, contact) for contact in wanted[:MOST_WANTED]],
        wanted_count=len(wanted),
        wanted_more=_hidden(lens, len(wanted) - MOST_WANTED),
        has_me=lens.book.me is not None,
    )


def _hidden(lens: Lens, number: int) -> str:
    return lens.words("insight.more", n=number) if number > 0 else ""


def _introduction(lens: Lens, match: Match) -> Introduction:
    one, other = lens.book.contacts[match.needs], lens.book.contacts[match.offers]
    near = sum(lens.facts.level(party) in ("hot", "warm") for party in (one, other))
    far = ("none", "one")[near] if near < 2 else ""
    return Introduction(
        needs=_party(lens, one, match.what),
        offers=_party(lens, other, match.phrase),
        warmth=lens.words(f"insight.introductions.near.{far}") if far else "",
    )


def _party(lens: Lens, contact: Contact, phrase: str) -> Party:
    last = lens.facts.last_contact(contact)
    return Party(
        who=lens.named(contact, work_line(contact)),
        phrase=lens.field(phrase, up=""),
        level=lens.level(contact),
        last=lens.when(last, "ago") if last else None,
    )


def _with_me(lens: Lens, id: str, match: Match, keys: tuple[str, str]) -> WithMe:
    wanted = keys if match.what != match.phrase else keys[:1]
    lines = [
        lens.words(f"insight.introductions.{key}", what=match.what, phrase=match.phrase)
        for key in wanted
    ]
    return WithMe(lens.named(lens.book.contacts[id]), [lens.field(line, up="") for line in lines])


# -- those one wants to meet ----------------------------------------------------------------------


def _wanted(lens: Lens, contact: Contact) -> Wanted:
    steps = way_to(lens, contact)
    words = lens.words
    summary = words("insight.introductions.steps", n=len(steps) - 1) if steps else ""
    return Wanted(
        who=lens.named(contact, work_line(contact)),
        chips=lens.circles(contact),
        goal=lens.field(contact.goal or "", up=""),
        steps=steps,
        summary=summary,
    )


def way_to(lens: Lens, contact: Contact) -> list[Step]:
    """The way from oneself to a contact, both ends included; none where there is no way."""
    path = lens.facts.net.path(contact)
    if path is None:
        return []
    contacts = lens.book.contacts
    begin = structs.replace(lens.named(contacts[path.ids[0]]), name=lens.words("insight.way.me"))
    return [
        Step(begin, ""),
        *(Step(lens.named(contacts[one.b]), _why(lens, one)) for one in path.steps),
    ]


def _why(lens: Lens, step: PathStep) -> str:
    """What ties the one to the other: with oneself how warm it is, else the strongest reason."""
    words, one, other = lens.words, lens.book.contacts[step.a], lens.book.contacts[step.b]
    if step.tie is None or lens.book.me in (one, other):
        return words("insight.way.mine", level=lens.level(other).label)
    together = [reason for reason in step.tie.reasons if reason.why == "entry"]
    best = max(step.tie.reasons, key=lambda reason: reason.weight)
    if len(together) * TOGETHER > best.weight or best.why == "entry":
        return words("insight.way.entry", n=len(together))
    if best.why == "relation":
        return _related(lens, one, other)
    if best.why == "through":
        key = "through" if best.what == other.id else "brought"
        return words(f"insight.way.{key}", name=one.label)
    record = lens.by_id(best.what)
    return words(f"insight.way.{best.why}", where=record.label if record else best.what)


def _related(lens: Lens, one: Contact, other: Contact) -> str:
    """What the other one is to the one before."""
    words = lens.words
    how = next(how for id, how in lens.facts.relations[one.id] if id == other.id)
    known = f"relation.{how.casefold()}"
    how = words(known) if how and words.has(known) else how
    return (
        words("insight.way.relation", how=how, name=one.label)
        if how
        else words("insight.way.related")
    )
