"""The ledger: what was given, got and asked, over the book and by person."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from renmai.model.records import Contact
from renmai.rules.ledger import Balance
from renmai.rules.matches import Match
from renmai.site.charts.against import balance as balance_picture
from renmai.site.paths import href_of
from renmai.site.views.contacts import Column, Option, work_line
from renmai.site.views.days import forms
from renmai.site.views.lens import Lens
from renmai.site.views.parts import part_key
from renmai.site.views.shapes import Figure, Level, Named

#: The sort of part that a row is of the page.
STANDING = "standing"

#: So many rows stand in the page itself; the script draws the others.
STATIC_ROWS = 300
#: So many people stand above the table.
MOST_READY = 12
MOST_OWED = 12

#: The part that says where the lists above the table end.
ENDS = "ledger-ends"

_COLUMNS = ("name", "gave", "got", "asked", "balance", "standing")
_SORTED = ("name", "gave", "got", "asked", "balance")
_ADVICE = ("give", "small", "out", "easy", "thank", "next")


#: Ids with what was given and got.
People = list[tuple[str, Balance]]
#: Somebody who may be asked, and what they offer of what one needs.
Asked = tuple[str, Balance, Match | None]

#: What sorts those who may be asked, and those whom one owes.
ReadyKey = tuple[bool, int, float, str]
OwedKey = tuple[int, float, str]


class Ends(Struct, frozen=True):
    """What sorts the last of those who may be asked, and of those whom one owes, that are shown.

    None where all are shown.
    """

    ready: ReadyKey | None
    owed: OwedKey | None


class Ready(Struct, frozen=True):
    """Somebody one may ask: why, and what they offer of what one needs."""

    who: Named
    level: Level
    why: str
    match: str


class Owed(Struct, frozen=True):
    """Somebody who gave more than they got; `need` is something they look for."""

    who: Named
    why: str
    need: str


class LedgerRow(Struct, frozen=True):
    """A person in the table."""

    who: Named
    gave: int
    got: int
    asked: int
    figures: str
    standing: list[str]
    ready: bool
    picture: Markup


class LedgerPage(Struct, frozen=True):
    """Give and take."""

    title: str
    status: str
    figures: list[Figure]
    standing: str
    ready: list[Ready]
    ready_count: int
    ready_more: str
    owed: list[Owed]
    owed_count: int
    owed_more: str
    advice: list[str]
    columns: list[Column]
    options: list[Option]
    rows: list[LedgerRow]
    none: str
    more: str


def ledger_page(lens: Lens) -> LedgerPage:
    """Over the book, who may be asked, whom one owes, and everybody by name."""
    words, whole = lens.words, lens.facts.book_balance
    people = people_of_ledger(lens)
    ready, owed = _ready(lens, people), _owed(lens, people)
    most = most_of(people)
    # Whoever comes behind these, before and after a change, is not to be seen in the lists.
    lens.part(ENDS, lambda at: _ends(at, ready, owed), Ends)
    return LedgerPage(
        title=words("insight.nav.ledger"),
        status=words("insight.ledger.status", n=len(people)),
        figures=[
            Figure(words(f"insight.ledger.{key}"), str(getattr(whole, key)))
            for key in ("gave", "got", "asked")
        ],
        standing=_over_the_book(lens, whole),
        ready=[_ready_one(lens, *one) for one in ready[:MOST_READY]],
        ready_count=len(ready),
        ready_more=_hidden(lens, len(ready) - MOST_READY),
        owed=[_owed_one(lens, *one) for one in owed[:MOST_OWED]],
        owed_count=len(owed),
        owed_more=_hidden(lens, len(owed) - MOST_OWED),
        advice=[words(f"insight.ledger.advice.{key}") for key in _ADVICE],
        columns=[
            Column(key, words(f"insight.ledger.column.{key}"), key in _SORTED) for key in _COLUMNS
        ],
        options=[
            Option(key, words(f"insight.ledger.option.{key}")) for key in ("ready", "owed", "give")
        ],
        rows=[_row(lens, id, mine, most) for id, mine in people[:STATIC_ROWS]],
        none=words("site.contacts.none" if people else "insight.ledger.empty"),
        more=(
            words("site.contacts.more", n=STATIC_ROWS, all=len(people))
            if len(people) > STATIC_ROWS
            else ""
        ),
    )


def ledger_data(lens: Lens) -> dict[str, object]:
    """What the script knows: the rows by the link of the person, and the words of a standing."""
    people = people_of_ledger(lens)
    words = lens.words
    return {
        "most": most_of(people),
        "rows": [
            [href_of(Contact.FOLDER, id), mine.gave, mine.got, mine.asked] for id, mine in people
        ],
        "words": {
            "ready": words("insight.ledger.ready"),
            "owed": forms(words, "insight.ledger.owed"),
            "give": forms(words, "insight.ledger.give"),
            "row": words("insight.ledger.row", gave="{gave}", got="{got}", asked="{asked}"),
        },
    }


def people_of_ledger(lens: Lens) -> People:
    """Everybody with something in the ledger, by name."""
    known = lens.facts.balances
    return [(id, known[id]) for id in lens.ids_by_name if id in known]


def most_of(people: People) -> int:
    """What a full bar stands for."""
    return max((max(mine.gave, mine.got) for _, mine in people), default=1) or 1


def _over_the_book(lens: Lens, whole: Balance) -> str:
    """Whether one has given three times for every two asked, over the book."""
    words = lens.words
    if whole.is_empty:
        return ""
    if whole.ready_to_ask:
        return words("insight.ledger.book_ready")
    return words("insight.ledger.book_give", n=whole.until_ready)


# -- who may be asked, and whom one owes ----------------------------------------------------------


def _ready(lens: Lens, people: People) -> list[Asked]:
    """Active people who may be asked: those who offer what one needs, then the most given to."""
    facts, offers = lens.facts, dict[str, Match]()
    for match in facts.matches.can_help_you:
        offers.setdefault(match.offers, match)
    found = [
        (id, mine, offers.get(id))
        for id, mine in people
        if mine.ready_to_ask and facts.status_of(id) == "active"
    ]

    return sorted(found, key=lambda one: ready_key(one, facts.warmth_of(one[0])))


def ready_key(one: Asked, warmth: float) -> ReadyKey:
    """What sorts somebody who may be asked."""
    id, mine, match = one
    slack = 2 * mine.gave - 3 * (mine.asked + 1)
    return match is None, -slack, -warmth, id


def _ready_one(lens: Lens, id: str, mine: Balance, match: Match | None) -> Ready:
    words, contact = lens.words, lens.book.contacts[id]
    key = "why" if mine.asked else "why_never"
    times = {"gave": _times(lens, mine.gave), "asked": _times(lens, mine.asked)}
    why = words(f"insight.ledger.{key}", **times)
    offer = words("insight.ledger.match", need=match.what, offer=match.phrase) if match else ""
    who = lens.named(contact, work_line(contact))
    return Ready(who, lens.level(contact), why, lens.field(offer, up=""))


def _times(lens: Lens, number: int) -> str:
    return lens.words("insight.ledger.times", n=number)


def _owed(lens: Lens, people: People) -> People:
    """Those who gave more than they got, but for the deceased; the most owed first."""
    facts = lens.facts
    found = [one for one in people if one[1].owed and facts.status_of(one[0]) != "deceased"]
    return sorted(found, key=lambda one: owed_key(one, facts.warmth_of(one[0])))


def owed_key(one: tuple[str, Balance], warmth: float) -> OwedKey:
    """What sorts somebody whom one owes."""
    id, mine = one
    return -mine.owed, -warmth, id


def _ends(lens: Lens, ready: list[Asked], owed: People) -> Ends:
    warmth = lens.facts.warmth_of
    last, least = ready[MOST_READY - 1 : MOST_READY], owed[MOST_OWED - 1 : MOST_OWED]
    return Ends(
        ready=ready_key(last[0], warmth(last[0][0])) if last else None,
        owed=owed_key(least[0], warmth(least[0][0])) if least else None,
    )


def _owed_one(lens: Lens, id: str, mine: Balance) -> Owed:
    contact = lens.book.contacts[id]
    key = "owed_why" if mine.gave else "owed_never"
    why = lens.words(
        f"insight.ledger.{key}", gave=_times(lens, mine.gave), got=_times(lens, mine.got)
    )
    need = ""
    if contact.needs or contact.challenge:
        wish = "needs" if contact.needs else "challenge"
        need = lens.words(f"insight.ledger.owed_{wish}", what=getattr(contact, wish)[0])
    return Owed(lens.named(contact), why, lens.field(need, up=""))


def _hidden(lens: Lens, number: int) -> str:
    return lens.words("insight.more", n=number) if number > 0 else ""


# -- the table ------------------------------------------------------------------------------------


def _row(lens: Lens, id: str, mine: Balance, most: int) -> LedgerRow:
    key = part_key(STANDING, id, mine.gave, mine.got, mine.asked, most)
    return lens.part(key, lambda at: _made(at, id, mine, most), LedgerRow)


def _made(lens: Lens, id: str, mine: Balance, most: int) -> LedgerRow:
    contact = lens.book.contacts[id]
    return LedgerRow(
        who=lens.named(contact, work_line(contact)),
        gave=mine.gave,
        got=mine.got,
        asked=mine.asked,
        figures=lens.words("insight.ledger.row", gave=mine.gave, got=mine.got, asked=mine.asked),
        standing=_standing(lens, mine),
        ready=mine.ready_to_ask,
        picture=balance_picture(mine.got, mine.gave, most),
    )


def _standing(lens: Lens, mine: Balance) -> list[str]:
    """Whether one may ask, or how often to give first; what one owes. The script says the same."""
    words = lens.words
    first = (
        words("insight.ledger.ready")
        if mine.ready_to_ask
        else words("insight.ledger.give", n=mine.until_ready)
    )
    return [first, words("insight.ledger.owed", n=mine.owed)] if mine.owed else [first]
