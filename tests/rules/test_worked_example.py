"""The worked example of the rules, figure for figure."""

from __future__ import annotations

from fractions import Fraction

from renmai.rules.facts import Facts
from tests.books import TODAY, card, day, event, facts, met

FILES = {
    "contacts/li": card("tier: 15", "2026-10-12 call: he is hiring"),
    "contacts/wang": card("tier: 150", "2026-04-01 meet: dinner"),
    "contacts/zhou": card("tier: 5"),
    "events/summit": event("2026-11-18", "end: 2026-11-19", met("zhou"), met("wu")),
    "contacts/wu": card("tier: 5", "2026-11-20 message: thanked her"),
}


def the_day() -> Facts:
    """What follows on the day of the example; `wu` was written to, and is no part of it."""
    return facts({path: text for path, text in FILES.items() if path != "contacts/wu"})


def test_the_order() -> None:
    items = [item for item in the_day().follow_ups if item.kind != "card"]
    assert [(item.kind, item.id) for item in items] == [
        ("recontact", "zhou"),
        ("cadence", "li"),
        ("cadence", "wang"),
    ]


def test_li() -> None:
    # 12 October + 1m = 12 November; a month from 12 October has 31 days.
    (li,) = [item for item in the_day().follow_ups if item.id == "li"]
    assert (li.due, li.days_overdue) == (day("2026-11-12"), 9)
    assert li.ratio == Fraction(9, 31)
    assert round(float(li.ratio), 2) == 0.29


def test_wang() -> None:
    # 1 April + 6m = 1 October: 30 + 31 + 30 + 31 + 31 + 30 = 183 days; 30 + 21 = 51 since.
    (wang,) = [item for item in the_day().follow_ups if item.id == "wang"]
    assert (wang.due, wang.days_overdue) == (day("2026-10-01"), 51)
    assert wang.ratio == Fraction(51, 183)
    assert round(float(wang.ratio), 2) == 0.28


def test_zhou_is_called_once() -> None:
    (zhou,) = [item for item in the_day().follow_ups if item.id == "zhou"]
    assert (zhou.kind, zhou.about) == ("recontact", "summit")
    assert (zhou.due, zhou.days_overdue, zhou.ratio) == (day("2026-11-20"), 1, None)


def test_zhous_cadence_stands_once_the_message_is_written() -> None:
    # Last in touch on 20 November, the day behind the summit, + 1w.
    after = facts(FILES).follow_ups
    assert [(item.kind, item.due) for item in after if item.id == "wu"] == [
        ("cadence", day("2026-11-27"))
    ]


def test_a_promise_ahead_leaves_the_cadence() -> None:
    # The summit ends today, so the message is due tomorrow: not yet overdue, nor today's.
    files = {
        "contacts/zhou": card("tier: 5", "2026-11-01 call"),
        "events/summit": event("2026-11-21", "", met("zhou")),
    }
    kinds = [item.kind for item in facts(files, TODAY).follow_ups]
    assert kinds == ["recontact", "cadence"]
