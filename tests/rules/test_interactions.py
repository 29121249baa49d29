"""Who was in touch with whom, and when."""

from __future__ import annotations

import pytest

from renmai.rules.interactions import attendees, event_day, people_of
from renmai.text.log import KINDS
from tests.books import TODAY, book, card, community, day, event, facts, met, one_event


def of(files: dict[str, str], id: str = "li") -> list[tuple[str, str]]:
    """Day and kind of the interactions of one contact."""
    return [(each.day.isoformat(), each.kind) for each in facts(files).interactions[id]]


def test_the_entries_of_the_own_file_that_are_in_touch() -> None:
    log = [f"2026-11-01 {kind}" for kind in KINDS]
    found = [kind for _, kind in of({"contacts/li": card("", *log)})]
    assert found == [*("meet", "call", "message", "gave", "got", "asked", "intro", "gift")]


@pytest.mark.parametrize(
    ("entry", "counts"),
    [("2026-11-21 call", True), ("2026-11-22 call", False), ("2026-11-20 note", False)],
)
def test_today_counts_and_tomorrow_does_not(entry: str, counts: bool) -> None:
    assert bool(of({"contacts/li": card("", entry)})) is counts


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("contacts/wang", card("", "2026-11-01 call with [[li]]")),
        ("contacts/me", card("me: yes", "2026-11-01 call with [[li]]")),
        ("contacts/gone", card("status: deceased", "2026-11-01 call with [[li]]")),
        ("communities/tea", community(body="## Log\n- 2026-11-01 call with [[li]]\n")),
        ("events/e", event("2027-01-01", log=["2026-11-01 call with [[li]]"])),
        ("events/e", event("2027-01-01", "status: cancelled", log=["2026-11-01 call with [[li]]"])),
        ("contacts/wang", card("", "2026-11-01 call with [[N|Li]]").replace("N\n", "W\n", 1)),
        ("contacts/wang", card("", "2026-11-01 call with [[li]], [[LI]]")),
        ("contacts/li2", card("", "2026-11-01 call with [[contacts/li]]", name="W")),
    ],
)
def test_behind_with_in_any_file_and_once(path: str, text: str) -> None:
    assert of({"contacts/li": card(), path: text}) == [("2026-11-01", "call")]


def test_twice_in_one_entry_counts_once() -> None:
    files = {"contacts/li": card("", "2026-11-01 call with [[li]], [[N]]")}
    assert of(files) == [("2026-11-01", "call")]


def test_a_mention_is_no_interaction() -> None:
    assert of({"contacts/li": card(), "contacts/w": card("", "2026-11-01 call: [[li]]")}) == []


def test_the_own_card_has_none() -> None:
    known = facts({"contacts/me": card("me: yes", "2026-11-01 call"), "contacts/li": card()})
    assert set(known.interactions) == {"li"}


def test_the_others_of_an_entry() -> None:
    files = {
        "contacts/li": card("", "2026-11-01 meet with [[wang]], [[me]], [[nobody]]"),
        "contacts/wang": card(name="W"),
        "contacts/me": card("me: yes", name="M"),
    }
    known = facts(files)
    assert [each.others for each in known.interactions["li"]] == [("wang", "me")]
    assert [each.others for each in known.interactions["wang"]] == [("li", "me")]


@pytest.mark.parametrize(
    ("held", "end", "on"),
    [
        ("2026-11-20", "", "2026-11-20"),
        ("2026-11-21", "", "2026-11-21"),
        ("2026-11-22", "", None),
        ("2026-11-18", "2026-11-20", "2026-11-20"),
        ("2026-11-20", "2026-11-21", "2026-11-21"),
        ("2026-11-20", "2026-11-22", "2026-11-20"),  # still on: its first day
    ],
)
def test_the_day_of_an_event(held: str, end: str, on: str | None) -> None:
    text = event(held, f"end: {end}" if end else "", met("li"))
    assert event_day(one_event(text), TODAY) == (day(on) if on else None)
    assert of({"contacts/li": card(), "events/e": text}) == ([(on, "event")] if on else [])


@pytest.mark.parametrize(
    ("front", "person"),
    [("status: cancelled", met("li")), ("", "who: li"), ("", "who: li, met: no"), ("", met("x"))],
)
def test_what_was_no_meeting(front: str, person: str) -> None:
    assert of({"contacts/li": card(), "events/e": event("2026-11-01", front, person)}) == []


def test_an_interaction_of_an_event_is_the_line_of_the_person() -> None:
    files = {"contacts/li": card(), "events/e": event("2026-11-01", "time: 18:30", met("li"))}
    (found,) = facts(files).interactions["li"]
    assert (found.path, found.line, found.text, found.source) == ("events/e.md", 6, "T", "e")
    assert (found.time, found.weight, found.others) == ("18:30", 3, ())


def test_newest_first_then_by_time_then_as_written() -> None:
    log = [
        "2026-11-01 call: a",
        "2026-11-02 09:00 call: b",
        "2026-11-02 18:00 call: c",
        "2026-11-02 call: d",
        "2026-11-02 call: e",
    ]
    found = facts({"contacts/li": card("", *log)}).interactions["li"]
    assert [each.text for each in found] == ["c", "b", "d", "e", "a"]


def test_the_people_of_an_event_each_once_the_first_counts() -> None:
    people = [
        "who: li, does: first",
        "who: N, does: again",
        "who: '[[contacts/li]]'",
        "who: Ms  Wu, does: first",
        "who: ms wu",
        "who: Ms Wei",
        "who: me",
        "does: nothing",
    ]
    files = {
        "contacts/li": card(),
        "contacts/me": card("me: yes", name="M"),
        "events/e": event("2026-11-01", "", *people),
    }
    read = book(files)
    found = attendees(read, read.events["e"])
    assert [(each.name, each.has_card, each.person.does) for each in found] == [
        ("N", True, "first"),
        ("Ms  Wu", False, "first"),
        ("Ms Wei", False, None),
    ]


def test_a_card_that_cannot_be_read_is_a_card() -> None:
    read = book({"contacts/li": "---\n[\n---\n", "events/e": event("2026-11-01", "", met("li"))})
    (found,) = attendees(read, read.events["e"])
    assert (found.contact, found.has_card, found.name) == (None, True, "li")


def test_a_cancelled_event_has_nobody() -> None:
    read = book({"events/e": event("2026-11-01", "status: cancelled", met("li"))})
    assert attendees(read, read.events["e"]) == []


def test_the_people_of_an_entry() -> None:
    read = book(
        {
            "contacts/li": card("", "2026-11-01 meet with [[me]], [[li]], [[tea]]"),
            "contacts/me": card("me: yes", name="M"),
            "communities/tea": community(),
        }
    )
    li = read.contacts["li"]
    assert [person.id for person in people_of(read, li, li.log[0])] == ["li", "me"]
