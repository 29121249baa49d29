"""New people by month: how many one met, and who they are."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from renmai.rules.circles import new_by_month
from renmai.rules.spans import months_until
from renmai.site.charts.columns import Column, columns
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Named
from renmai.text.values import PartialDate

MONTHS = 24
#: The months that are named below the picture.
_NAMED = ("01", "04", "07", "10")
#: Of a month with more new people, the others are only counted.
MOST_OF_A_MONTH = 12


class Month(Struct, frozen=True):
    """A month with somebody new; `more` counts those who are not named."""

    label: str
    count: int
    people: list[Named]
    more: str


class NewPeople(Struct, frozen=True):
    """The picture, a sentence, and the months in which one met somebody, the latest first."""

    picture: Markup
    sentence: str
    months: list[Month]


def new_people_box(lens: Lens) -> NewPeople:
    """The last two years, month by month."""
    words = lens.words
    names = months_until(lens.today, MONTHS)
    met = new_by_month(lens.book)
    bars = [
        Column(
            value=len(met.get(name, ())),
            said=f"{month_name(lens, name)}: {len(met.get(name, ()))}",
            mark=words(f"month.{int(name[5:])}") if name[5:] in _NAMED else "",
            below=name[:4] if name.endswith("-01") else "",
        )
        for name in names
    ]
    lately = sum(bar.value for bar in bars[-12:])
    earlier = sum(bar.value for bar in bars[:-12])
    return NewPeople(
        picture=columns(bars, words("insight.new.label", n=lately + earlier)),
        sentence=words("insight.new.sentence", n=lately, then=earlier),
        months=[_month(lens, name, met[name]) for name in reversed(names) if name in met],
    )


def month_name(lens: Lens, name: str) -> str:
    """`2026-11` in words."""
    return lens.words.partial(PartialDate(int(name[:4]), int(name[5:])))


def _month(lens: Lens, name: str, ids: list[str]) -> Month:
    people = [lens.named(lens.book.contacts[id]) for id in ids[:MOST_OF_A_MONTH]]
    hidden = len(ids) - len(people)
    more = lens.words("insight.more", n=hidden) if hidden else ""
    return Month(month_name(lens, name), len(ids), people, more)
