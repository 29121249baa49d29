"""Ids made from titles: safe as file names everywhere, and nobody else's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.edit.naming import is_taken, new_id, unsafe
from renmai.model.records import Community, Contact, Event
from tests.books import book, card

EMPTY = book({})
SORTS = st.sampled_from([Contact, Event, Community])


@given(st.text(), SORTS)
def test_any_title_makes_an_id_that_is_safe(title, sort):
    made = new_id(title, sort, EMPTY)
    assert not unsafe(made)
    assert made == made.casefold()
    assert len(made.encode()) <= 100


@given(st.lists(st.sampled_from(["Ada", "ada", "ÁDA", "a-d-a", "Ada-2", "ada 2"]), max_size=6))
def test_ids_never_meet(titles):
    known: dict[str, str] = {}
    for title in titles:
        made = new_id(title, Contact, book(known))
        assert f"contacts/{made}" not in known
        known[f"contacts/{made}"] = card()


def test_a_name_that_somebody_bears_is_taken():
    known = book({"contacts/x": card(name="Grace"), "contacts/y": "broken"})
    assert [is_taken(id, known) for id in ("grace", "GRACE", "X", "y", "z")] == [
        True, True, True, True, False,
    ]  # fmt: skip


def test_a_second_event_has_its_day():
    known = book({"events/tea": "---\ntitle: Tea\ndate: 2026-01-01\n---\n"})
    assert new_id("Tea", Event, known, date(2026, 12, 3)) == "tea-2026"
    assert new_id("Tea", Event, known) == "tea-2"


@pytest.mark.parametrize(
    "id",
    [
        "", ".", "..", ".a", "_a", "-a", "a.", "a ", " a", "a/b", "a\\b", "a:b", "a*", "con",
        "Nul.x", "COM1", "lpt9", "a\tb", "a\u200bb", "a\u2028b", "[[a", "a|b", "a#b", "x" * 201,
        "啊" * 67,
    ],
)  # fmt: skip
def test_names_that_no_file_should_have(id):
    assert unsafe(id)


@pytest.mark.parametrize("id", ["a", "林晓舟", "a b", "a.b", "a_b", "conrad", "com", "x" * 200])
def test_names_that_are_fine(id):
    assert not unsafe(id)
