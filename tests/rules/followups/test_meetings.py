"""What a meeting leaves to do: a message, a card, to meet again."""

from __future__ import annotations

import pytest

from renmai.settings import Settings
from renmai.text.values import NEVER, Duration
from tests.books import card, day, due, event, met, rows

LI = card()


@pytest.mark.parametrize(
    ("held", "front", "today", "expected"),
    [
        # The end counts, else the date; from that day on.
        ("2026-11-18", "end: 2026-11-19", "2026-11-18", []),
        ("2026-11-18", "end: 2026-11-19", "2026-11-19", [("li", "2026-11-20")]),
        ("2026-11-18", "", "2026-11-18", [("li", "2026-11-19")]),
        ("2026-11-18", "", "2026-11-17", []),
        # To the end of the window: 18 November + 90 days is 16 February.
        ("2026-11-18", "", "2027-02-16", [("li", "2026-11-19")]),
        ("2026-11-18", "", "2027-02-17", []),
        ("2026-11-18", "status: cancelled", "2026-11-20", []),
        ("2026-11-18", "status: considering", "2026-11-20", [("li", "2026-11-19")]),
    ],
)
def test_when_a_message_is_due(
    held: str, front: str, today: str, expected: list[tuple[str, str]]
) -> None:
    files = {"contacts/li": LI, "events/e": event(held, front, met("li"))}
    assert rows(files, "recontact", day(today)) == expected


@pytest.mark.parametrize(
    ("entry", "stands"),
    [
        ("2026-11-18 call", True),  # before the end
        ("2026-11-19 meet: notes of the talk", True),
        ("2026-11-19 coffee", True),  # is `meet`
        ("2026-11-19 message", False),
        ("2026-11-19 asked: a name", False),
        ("2026-11-20 meet", False),
        ("2026-11-20 note: think of her", True),
        ("2026-11-22 message", True),  # dated after today
    ],
)
def test_what_ends_it(entry: str, stands: bool) -> None:
    files = {
        "contacts/li": card("", entry),
        "events/e": event("2026-11-18", "end: 2026-11-19", met("li")),
    }
    assert bool(rows(files, "recontact")) is stands
    # Behind `with` in another file it is the same.
    files = {
        "contacts/li": LI,
        "contacts/me": card("me: yes", f"{entry.split(':')[0]} with [[li]]"),
        "events/e": event("2026-11-18", "end: 2026-11-19", met("li")),
    }
    assert bool(rows(files, "recontact")) is stands


def test_meeting_again_at_another_event_is_no_message() -> None:
    files = {
        "contacts/li": LI,
        "events/one": event("2026-11-10", "", met("li")),
        "events/two": event("2026-11-18", "", met("li")),
    }
    assert rows(files, "recontact") == [("li", "2026-11-11"), ("li", "2026-11-19")]


@pytest.mark.parametrize(
    "person",
    ["who: li", "who: li, met: no", "who: li, met: yes, recontact: skip", "who: elsewhere"],
)
def test_who_needs_no_message(person: str) -> None:
    assert rows({"contacts/li": LI, "events/e": event("2026-11-18", "", person)}, "recontact") == []


def test_the_own_card_needs_none() -> None:
    files = {"contacts/me": card("me: yes"), "events/e": event("2026-11-18", "", met("me"))}
    assert rows(files, "recontact") == rows(files, "card") == []


@pytest.mark.parametrize("status", ["wanted", "dormant"])
def test_a_message_is_owed_whatever_the_status_of_the_living(status: str) -> None:
    files = {
        "contacts/li": card(f"status: {status}"),
        "events/e": event("2026-11-18", "", met("li")),
    }
    assert rows(files, "recontact") == [("li", "2026-11-19")]


@pytest.mark.parametrize(
    ("second", "expected"),
    [(met("li"), []), ("who: N, met: yes", []), ("who: contacts/li, met: yes", [])],
)
def test_listed_twice_the_first_counts(second: str, expected: list[str]) -> None:
    files = {"contacts/li": LI, "events/e": event("2026-11-18", "", "who: li", second)}
    assert rows(files, "recontact") == expected


def test_its_settings() -> None:
    files = {"contacts/li": LI, "events/e": event("2026-11-18", "", met("li"))}
    within = Settings(recontact_within=Duration(1, "w"))
    assert rows(files, "recontact", settings=within) == [("li", "2026-11-25")]
    assert rows(files, "recontact", settings=Settings(recontact_within=NEVER)) == []
    window = Settings(recontact_window=Duration(3, "d"))
    assert rows(files, "recontact", day("2026-11-21"), window) == [("li", "2026-11-19")]
    assert rows(files, "recontact", day("2026-11-22"), window) == []
    always = Settings(recontact_window=NEVER)
    assert rows(files, "recontact", day("9999-12-31"), always) == [("li", "2026-11-19")]


def test_where_and_why() -> None:
    files = {
        "contacts/li": card(name="李雷"),
        "events/e": event("2026-11-18", "", "who: x", met("li", "seed: the book")),
    }
    (item,) = due(files, "recontact")
    assert (item.title, item.about, item.path, item.line) == ("李雷", "e", "events/e.md", 7)
    assert (item.reason, item.args["seed"]) == ("recontact.seed", "the book")


@pytest.mark.parametrize(
    ("person", "title"),
    [
        (met("Ms Wu"), "Ms Wu"),
        (met("Ms Wu", "recontact: skip"), "Ms Wu"),  # the message is waived, not the card
        ("who: Ms Wu", None),
        (met("li"), None),
        (met("N"), None),  # a name leads to a card
        (met('"[[Ms Wu]]"'), None),  # in brackets it must be found; it is a problem, no text
    ],
)
def test_who_wants_a_card(person: str, title: str | None) -> None:
    items = due({"contacts/li": LI, "events/e": event("2026-11-18", "", person)}, "card")
    assert [(item.id, item.title, item.about) for item in items] == (
        [("e", title, None)] if title else []
    )


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-17", []),
        ("2026-11-18", [("e", "2026-11-19")]),
        ("2027-02-16", [("e", "2026-11-19")]),
        ("2027-02-17", []),
    ],
)
def test_when_a_card_is_due(today: str, expected: list[tuple[str, str]]) -> None:
    files = {"events/e": event("2026-11-18", "", met("Ms Wu"))}
    assert rows(files, "card", day(today)) == expected


@pytest.mark.parametrize(
    ("person", "entry", "expected"),
    [
        ("who: li, next: 2026-12-01", "", "2026-12-01"),  # whether met or not, and however far
        (met("li", "next: 2026-11-01"), "", "2026-11-01"),
        (met("li", "next: 2026-11-10"), "2026-11-09 meet", "2026-11-10"),
        (met("li", "next: 2026-11-10"), "2026-11-10 message", None),
        (met("li", "next: 2026-11-10"), "2026-11-11 call", None),
        (met("li", "next: 2026-11-10"), "2026-11-11 note", "2026-11-10"),
        ("who: Ms Wu, next: 2026-12-01", "", None),  # no card
    ],
)
def test_to_meet_again(person: str, entry: str, expected: str | None) -> None:
    files = {
        "contacts/li": card("", *([entry] if entry else [])),
        "events/e": event("2026-11-01", "", person),
    }
    assert rows(files, "second_meeting") == ([("li", expected)] if expected else [])


def test_another_event_is_no_second_meeting() -> None:
    files = {
        "contacts/li": LI,
        "events/e": event("2026-11-01", "", met("li", "next: 2026-11-10")),
        "events/f": event("2026-11-12", "", met("li")),
    }
    assert rows(files, "second_meeting") == [("li", "2026-11-10")]


def test_at_an_event_ahead_and_at_a_cancelled_one() -> None:
    person = "who: li, next: 2026-12-20"
    files = {"contacts/li": LI, "events/e": event("2026-12-01", "", person)}
    assert rows(files, "second_meeting") == [("li", "2026-12-20")]
    files["events/e"] = event("2026-12-01", "status: cancelled", person)
    assert rows(files, "second_meeting") == []


def test_its_line_is_that_of_the_day_agreed() -> None:
    text = event("2026-11-01").replace(
        "\n\n---\n", "\npeople:\n  - who: li\n    next: 2026-12-01\n---\n"
    )
    (item,) = due({"contacts/li": LI, "events/e": text}, "second_meeting")
    assert (item.about, item.path, item.line) == ("e", "events/e.md", 6)
