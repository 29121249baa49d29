"""Influence: what one did that others can see, quarter by quarter."""

from __future__ import annotations

from typing import get_args

from markupsafe import Markup
from msgspec import Struct

from renmai.rules.influence import Deed, Done, Quarter
from renmai.rules.interactions import people_of
from renmai.rules.spans import quarters_until
from renmai.site.charts.columns import Column, columns
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Figure, Moment

#: The quarters in the pictures: three years.
QUARTERS = 12
#: So many quarters are listed, and of each so many of a sort; the others are counted.
LISTED = 12
MOST: dict[Deed, int] = {"helped": 24, "published": 12, "cases": 12, "collaborations": 12}
#: These are open when the page is.
OPEN = 2

DEEDS: tuple[Deed, ...] = get_args(Deed)
_ICONS: dict[Deed, str] = {
    "helped": "gave",
    "published": "output",
    "cases": "case",
    "collaborations": "collab",
}


class DeedBox(Struct, frozen=True):
    """One sort of deed: how many in the last four quarters and the four before, by quarter."""

    key: str
    icon: str
    label: str
    count: int
    before: str
    picture: Markup


class QuarterBox(Struct, frozen=True):
    """What was done in a quarter: counted, and listed, the newest first."""

    key: str
    title: str
    is_open: bool
    figures: list[Figure]
    moments: list[Moment]
    more: str


class Earlier(Struct, frozen=True):
    """A quarter that is only counted: a figure for each sort of deed."""

    title: str
    counts: list[int]


class InfluencePage(Struct, frozen=True):
    """From helping to influence."""

    title: str
    status: str
    advice: str
    deeds: list[DeedBox]
    quarters: list[QuarterBox]
    earlier: list[Earlier]


def influence_page(lens: Lens) -> InfluencePage:
    """Four sorts of deed over three years, the quarters one by one, and what is missing."""
    words, known = lens.words, {quarter.name: quarter for quarter in lens.facts.quarters}
    names = quarters_until(lens.today, QUARTERS)
    found = list(reversed(lens.facts.quarters))
    total = sum(len(done) for quarter in found for done in quarter.deeds.values())
    return InfluencePage(
        title=words("insight.nav.influence"),
        status=words("insight.influence.status", n=total),
        advice=_advice(lens, known, names),
        deeds=[_deed(lens, deed, known, names) for deed in DEEDS],
        quarters=[
            _quarter(lens, quarter, place < OPEN) for place, quarter in enumerate(found[:LISTED])
        ],
        earlier=[
            Earlier(quarter_name(lens, quarter.name), [len(quarter.deeds[deed]) for deed in DEEDS])
            for quarter in found[LISTED:]
        ],
    )


def quarter_name(lens: Lens, name: str) -> str:
    """`2026-Q4` in words."""
    return lens.words("insight.influence.quarter", year=name[:4], quarter=name[-1])


def _count(known: dict[str, Quarter], name: str, deed: Deed) -> int:
    return len(known[name].deeds[deed]) if name in known else 0


def _deed(lens: Lens, deed: Deed, known: dict[str, Quarter], names: list[str]) -> DeedBox:
    words = lens.words
    counts = [_count(known, name, deed) for name in names]
    lately, before = sum(counts[-4:]), sum(counts[-8:-4])
    label = words(f"insight.influence.{deed}")
    bars = [
        Column(
            value=count,
            said=f"{quarter_name(lens, name)}: {count}",
            mark=name[-2:],
            below=name[:4] if name.endswith("Q1") or not place else "",
        )
        for place, (name, count) in enumerate(zip(names, counts, strict=True))
    ]
    return DeedBox(
        key=deed,
        icon=_ICONS[deed],
        label=label,
        count=lately,
        before=words("insight.influence.before", then=before),
        picture=columns(
            bars,
            words(
                "insight.influence.label", deed=label, counts=words.listed([b.said for b in bars])
            ),
            top=3,
        ),
    )


def _advice(lens: Lens, known: dict[str, Quarter], names: list[str]) -> str:
    """The next step: the first sort of deed that the last four quarters lack."""
    for deed in DEEDS:
        if not any(_count(known, name, deed) for name in names[-4:]):
            return lens.words(f"insight.influence.advice.{deed}")
    return lens.words("insight.influence.advice.whole")


def _quarter(lens: Lens, quarter: Quarter, is_open: bool) -> QuarterBox:
    words = lens.words
    listed = [done for deed in DEEDS for done in quarter.deeds[deed][-MOST[deed] :]]
    listed.sort(key=lambda done: done.entry.day, reverse=True)
    hidden = sum(len(done) for done in quarter.deeds.values()) - len(listed)
    return QuarterBox(
        key=quarter.name.lower(),
        title=quarter_name(lens, quarter.name),
        is_open=is_open,
        figures=[
            Figure(words(f"insight.influence.figure.{deed}", n=len(done)), str(len(done)))
            for deed in DEEDS
            if (done := quarter.deeds[deed])
        ],
        moments=[_moment(lens, done) for done in listed],
        more=words("insight.more", n=hidden) if hidden else "",
    )


def _moment(lens: Lens, done: Done) -> Moment:
    """An entry, with the people it is about and the record that it is written in."""
    entry, record = done.entry, lens.by_id(done.record)
    people = people_of(lens.book, record, entry) if record else []
    mine = lens.book.me
    is_shown = record is not None and record is not mine and record not in people
    return Moment(
        iso=entry.day.isoformat(),
        date=lens.words.date(entry.day),
        icon=entry.kind,
        label=lens.words(f"entry.{entry.kind}"),
        deep=entry.deep,
        people=[lens.named(person) for person in people if person is not mine],
        link=lens.named(record) if record and is_shown else None,
        html=lens.line(entry.text, done.path, up="") if entry.text else None,
    )
