"""Introductions: who needs what somebody else can give, and the way to those one wants to meet."""

from __future__ import annotations

from msgspec import Struct

from renmai.model.records import Contact
from renmai.rules.matches import Match
from renmai.site.views.contacts import work_line
from renmai.site.views.lens import Lens
from renmai.site.views.parts import part_key
from renmai.site.views.shapes import Chip, Level, Named, When
from renmai.site.views.ways import Way, path_view

#: Of each list so many are shown; the others are counted.
MOST_MATCHES = 100
MOST_WITH_ME = 50
MOST_WANTED = 100
#: What the ways to them are called among the parts of pages.
WAY = "way"


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


class Wanted(Struct, frozen=True):
    """Somebody one wants to meet: why, and the way there; None with no card to begin from."""

    who: Named
    chips: list[Chip]
    goal: str
    way: Way | None


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
    words, found, wanted = lens.words, lens.facts.matches, lens.facts.wanted
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
    return Wanted(
        who=lens.named(contact, work_line(contact)),
        chips=lens.circles(contact),
        goal=lens.field(contact.goal or "", up=""),
        way=lens.part(part_key(WAY, contact.id), lambda at: path_view(at, contact), Way | None),
    )
