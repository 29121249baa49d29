"""Given, got and asked; and whether one may ask."""

from __future__ import annotations

import pytest

from renmai.rules.ledger import Balance, balance
from tests.books import card, event, facts


@pytest.mark.parametrize(
    ("gave", "asked", "ready"),
    [
        (0, 0, False),
        (1, 0, False),  # 2 < 3
        (2, 0, True),  # 4 ≥ 3
        (2, 1, False),  # 4 < 6
        (3, 1, True),  # 6 ≥ 6: exactly three for two, this one included
        (4, 2, False),  # 8 < 9
        (5, 2, True),  # 10 ≥ 9
        (5, 3, False),  # 10 < 12
        (6, 3, True),  # 12 ≥ 12
    ],
)
def test_three_times_given_for_two_asked(gave: int, asked: int, ready: bool) -> None:
    assert Balance(gave=gave, asked=asked).ready_to_ask is ready


def test_what_one_got_does_not_count_for_asking() -> None:
    assert Balance(gave=2, got=100).ready_to_ask
    assert not Balance(gave=1, got=100).ready_to_ask


def test_empty() -> None:
    assert Balance().is_empty
    assert not Balance(got=1).is_empty


def test_of_one_contact() -> None:
    log = [
        "2026-11-01 gave: a",
        "2026-11-02 帮助: b",
        "2026-11-03 intro with [[wang]]: c",
        "2026-11-04 got: d",
        "2026-11-05 asked: e",
        "2026-11-06 meet: f",
        "2026-11-07 gift: g",
        "2026-11-22 gave: tomorrow",
    ]
    known = facts({"contacts/li": card("", *log), "contacts/wang": card()})
    assert known.balance(known.book.contacts["li"]) == Balance(gave=3, got=1, asked=1)
    # An introduction counts for everybody it counts for.
    assert known.balance(known.book.contacts["wang"]) == Balance(gave=1)
    # Over the book, each entry once.
    assert known.book_balance == Balance(gave=3, got=1, asked=1)


def test_over_the_book_an_entry_counts_once_however_many_people_it_has() -> None:
    known = facts(
        {
            "contacts/a": card("", "2026-11-01 gave with [[b]], [[c]]: a book each"),
            "contacts/b": card("", "2026-11-01 gave with [[c]]: another"),
            "contacts/c": card(),
            "contacts/me": card("me: yes", "2026-11-02 gave with [[a]], [[b]]", "2026-11-02 gave"),
            "events/e": event("2026-11-03", "", log=["2026-11-03 got with [[a]], [[c]]"]),
        }
    )
    each = {id: known.balance(contact) for id, contact in known.book.contacts.items()}
    assert each["a"] == Balance(gave=2, got=1)
    assert each["b"] == Balance(gave=3)
    assert each["c"] == Balance(gave=2, got=1)
    assert each["me"] == Balance()
    assert known.book_balance == Balance(gave=3, got=1)


def test_nothing() -> None:
    assert balance([]).is_empty
