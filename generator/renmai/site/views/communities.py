"""Communities, and one of them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from renmai.model.records import Community, Functions
from renmai.rules.communities import members
from renmai.site.paths import page_href
from renmai.site.prose import notes_of
from renmai.site.views import community_state as state
from renmai.site.views.contacts import work_line
from renmai.site.views.lens import Lens
from renmai.site.views.reach import website
from renmai.site.views.shapes import (
    Box,
    Cell,
    Chip,
    Face,
    Fact,
    Moment,
    Named,
    TaskLine,
    Touch,
    When,
)
from renmai.site.views.spells import Spell, spells
from renmai.site.views.timeline import record_timeline

_FUNCTIONS = ("identity", "answers", "activities")


class CommunityTile(Struct, frozen=True):
    """A community in the list."""

    name: str
    href: str
    face: Face
    theme: str
    chips: list[Chip]
    gathering: When | None
    missing: str


class CommunitiesPage(Struct, frozen=True):
    """All communities."""

    title: str
    status: str
    communities: list[list[Spell[CommunityTile]]]


class CommunityPage(Struct, frozen=True):
    """A community's page, as it is and as it will be when it has gathered, or should have."""

    title: str
    states: list[Spell[CommunityState]]


class CommunityState(Struct, frozen=True):
    """A community as it stands; `missing` says what it lacks and what to write."""

    title: str
    face: Face
    theme: str
    chips: list[Chip]
    reach: list[Touch]
    step: state.Step | None
    strip: list[Cell]
    missing: list[state.Missing]
    functions: list[Fact]
    tasks: list[TaskLine]
    members: list[Named]
    gatherings: list[Named]
    log: list[Moment]
    notes: Markup | None
    boxes: list[Box]


def communities_page(lens: Lens) -> CommunitiesPage:
    """Those one runs first, those one has left last."""
    words = lens.words
    roles = ("owner", "admin", "member", "observer")
    found = sorted(
        lens.book.communities.values(),
        key=lambda each: (each.left is not None, roles.index(each.role), each.label, each.id),
    )
    return CommunitiesPage(
        title=words("site.nav.communities"),
        status=words("site.community.status", n=len(found)),
        communities=[_tiles(lens, community) for community in found],
    )


def _tiles(lens: Lens, community: Community) -> list[Spell[CommunityTile]]:
    return spells(lens, lens.ahead.community(community), lambda at: _tile(at, community))


def _tile(lens: Lens, community: Community) -> CommunityTile:
    health = lens.facts.health(community)
    count = len(state.lacks(community, health))
    return CommunityTile(
        name=community.label,
        href=page_href(community),
        face=lens.face(community),
        theme=community.theme or "",
        chips=_chips(lens, community),
        gathering=state.gathers(lens, community),
        missing=lens.words("site.community.missing", n=count) if count else "",
    )


def _chips(lens: Lens, community: Community) -> list[Chip]:
    words = lens.words
    mine = community.role in ("owner", "admin")
    chips = [Chip(words(f"choice.role.{community.role}"), look="on" if mine else "fill")]
    if community.left is not None:
        chips.append(Chip(words("site.community.left")))
    size = community.size or len(members(lens.book, community))
    if size:
        chips.append(Chip(words("site.community.members_count", n=size), look="fill"))
    if community.city:
        chips.append(Chip(community.city, look="fill"))
    return chips


def community_page(lens: Lens, community: Community) -> CommunityPage:
    """All that there is to show of a community."""
    days = lens.ahead.community(community)
    return CommunityPage(community.label, spells(lens, days, lambda at: _state(at, community)))


def _state(lens: Lens, community: Community) -> CommunityState:
    words = lens.words
    everybody = members(lens.book, community)
    return CommunityState(
        title=community.label,
        face=lens.face(community),
        theme=lens.field(community.theme or ""),
        chips=_chips(lens, community) + [Chip(f"#{tag}") for tag in community.tags],
        reach=website(community.url, words),
        step=state.next_step(lens, community),
        strip=state.strip(lens, community),
        missing=state.missing(lens, community),
        functions=[
            lens.fact(key, [text] if text else [], Functions)
            for key in _FUNCTIONS
            for text in [getattr(community.functions, key, None)]
        ],
        tasks=[lens.task(task, community.path) for task in community.tasks],
        members=[
            lens.named(each.contact, work_line(each.contact))
            if each.contact
            else lens.somebody(each.name, "" if each.has_card else words("site.event.no_card"))
            for each in everybody
        ],
        gatherings=[
            lens.named(event, words.date(event.date) if event.date else "")
            for event in reversed(lens.book.events_of(community))
            if not event.is_cancelled
        ],
        log=record_timeline(lens, community),
        notes=lens.notes(notes_of(community), community.path),
        boxes=_boxes(lens, community, [each.name for each in everybody if not each.has_card]),
    )


def _boxes(lens: Lens, community: Community, cards: list[str]) -> list[Box]:
    words = lens.words
    every = community.gather_every
    values: dict[str, Sequence[str]] = {
        "platform": [community.platform] if community.platform else [],
        "since": [words.partial(community.since)] if community.since else [],
        "left": [words.partial(community.left)] if community.left else [],
        "gather_every": [words.duration(every)] if every else [],
        "admission": community.admission,
        "rules": community.rules,
        "url": [community.url] if community.url and not website(community.url, words) else [],
    }
    facts = [lens.fact(key, texts, Community) for key, texts in values.items() if texts]
    backlinks = [lens.named(record) for record in lens.facts.backlinks.get(community.id, ())]
    boxes = [
        Box("cards", words("site.event.cards"), people=[lens.somebody(name) for name in cards]),
        Box("about", words("site.community.about"), facts),
        Box("backlinks", words("site.contact.backlinks"), people=backlinks),
    ]
    return [box for box in boxes if box.facts or box.people]
