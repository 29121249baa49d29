"""Communities, and one of them."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from renmai.model.records import Community
from renmai.rules.communities import Health, Lack, members
from renmai.site.paths import page_href
from renmai.site.prose import notes_of
from renmai.site.views.lens import Lens
from renmai.site.views.reach import website
from renmai.site.views.shapes import (
    Box,
    Chip,
    Face,
    Fact,
    Figure,
    Moment,
    Named,
    TaskLine,
    Touch,
    When,
)
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
    communities: list[CommunityTile]


class CommunityPage(Struct, frozen=True):
    """A community's page; `hints` say what it lacks and what to write."""

    title: str
    face: Face
    theme: str
    chips: list[Chip]
    gathering: When | None
    reach: list[Touch]
    hints: list[Figure]
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
        communities=[_tile(lens, community) for community in found],
    )


def _tile(lens: Lens, community: Community) -> CommunityTile:
    health = lens.facts.health(community)
    count = len(_missing(community, health))
    return CommunityTile(
        name=community.label,
        href=page_href(community),
        face=lens.face(community),
        theme=community.theme or "",
        chips=_chips(lens, community),
        gathering=lens.when(health.next_due) if health.next_due else None,
        missing=lens.words("site.community.missing", n=count) if count else "",
    )


def _missing(community: Community, health: Health) -> list[Lack]:
    """What it lacks; nothing where one has left, and can mend nothing."""
    return [] if community.left else health.missing


def _chips(lens: Lens, community: Community) -> list[Chip]:
    words = lens.words
    mine = community.role in ("owner", "admin")
    chips = [Chip(words(f"site.community.role.{community.role}"), look="on" if mine else "fill")]
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
    words, facts = lens.words, lens.facts
    health = facts.health(community)
    everybody = members(lens.book, community)
    return CommunityPage(
        title=community.label,
        face=lens.face(community),
        theme=lens.field(community.theme or ""),
        chips=_chips(lens, community) + [Chip(f"#{tag}") for tag in community.tags],
        gathering=lens.when(health.next_due) if health.next_due else None,
        reach=website(community.url, words),
        hints=[
            Figure(words(f"site.community.lacks.{lack}"), words(f"site.community.advice.{lack}"))
            for lack in _missing(community, health)
        ],
        functions=[
            Fact(words(f"site.community.{key}"), [lens.field(text)] if text else [])
            for key in _FUNCTIONS
            for text in [getattr(community.functions, key, None)]
        ],
        tasks=[lens.task(task, community.path) for task in community.tasks],
        members=[
            lens.named(each.contact, _work(each.contact.title, each.contact.company))
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
        boxes=_boxes(lens, community),
    )


def _work(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _boxes(lens: Lens, community: Community) -> list[Box]:
    words = lens.words
    every = community.gather_every
    values: dict[str, list[str]] = {
        "platform": [community.platform] if community.platform else [],
        "since": [words.partial(community.since)] if community.since else [],
        "left": [words.partial(community.left)] if community.left else [],
        "gather_every": [words.every(every)] if every else [],
        "admission": community.admission,
        "rules": community.rules,
        "url": [community.url] if community.url and not website(community.url, words) else [],
    }
    facts = [lens.fact(key, texts) for key, texts in values.items() if texts]
    backlinks = [lens.named(record) for record in lens.facts.backlinks.get(community.id, ())]
    boxes = [
        Box("about", words("site.community.about"), facts),
        Box("backlinks", words("site.contact.backlinks"), people=backlinks),
    ]
    return [box for box in boxes if box.facts or box.people]
