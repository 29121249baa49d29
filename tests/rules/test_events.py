"""Readiness before an event, yield after it, hints for its host."""

from __future__ import annotations

import pytest

from renmai.rules.events import Progress, Readiness, Yield, host_hints
from renmai.settings import Settings
from renmai.text.values import NEVER, Duration
from tests.books import DEFAULTS, TODAY, book, card, event, facts, met

CHECKLISTS = """
## Before
- [x] a
- [ ] b
## During
- [ ] c
## After
- [x] d
## Notes
- [ ] e
"""


def ready(front: str, *people: str, li: str = "", body: str = "") -> Readiness:
    files = {"contacts/li": card(li), "events/e": event("2026-12-24", front, *people, body=body)}
    known = facts(files)
    return known.readiness(known.book.events["e"])


def test_readiness() -> None:
    found = ready("invitation: {status: confirmed}\ntarget_count: 3", body=CHECKLISTS)
    assert found == Readiness(
        invited=True,
        target_count=3,
        targets=0,
        researched=0,
        before=Progress(1, 2),
        during=Progress(0, 1),
        after=Progress(1, 1),
    )


def test_what_it_is_with_nothing_written() -> None:
    none = Progress(0, 0)
    assert ready("") == Readiness(False, 10, 0, 0, none, none, none)


@pytest.mark.parametrize("status", ["needed", "asked"])
def test_invited_is_confirmed_alone(status: str) -> None:
    assert not ready(f"invitation: {{status: {status}}}").invited
    assert not ready("invitation: {route: host}").invited


ALL = "does: x, challenge: y, value: z"


@pytest.mark.parametrize(
    ("person", "li", "researched"),
    [
        (f"who: li, {ALL}", "", True),
        ("who: li, does: x", "challenge: y\nvalue: z", True),  # these two on the card
        ("who: li, does: x, challenge: y", "value: [z]", True),
        ("who: li, does: x, value: z", "challenge: y", True),
        ("who: li, challenge: y, value: z", "title: x\ncompany: x", False),  # not what they do
        ("who: li, does: x, challenge: y", "", False),
        ("who: li, does: x, value: z", "", False),
        ("who: li, does: x, challenge: '', value: z", "", False),
        (f"who: Ms Wu, {ALL}", "", True),
        ("who: Ms Wu, does: x, challenge: y", "value: z", False),
    ],
)
def test_researched(person: str, li: str, researched: bool) -> None:
    found = ready("", f"{person}, target: yes", li=li)
    assert (found.targets, found.researched) == (1, int(researched))
    assert ready("", f"{person}, target: no", li=li).targets == 0


def test_nothing_of_a_cancelled_event() -> None:
    found = ready("status: cancelled", f"who: li, target: yes, {ALL}", body=CHECKLISTS)
    assert (found.targets, found.researched) == (0, 0)
    assert found.before == found.during == found.after == Progress()


def brought(front: str, *people: str, li: str = "", settings: Settings = DEFAULTS) -> Yield:
    """What an event from 18 to 19 November brought; `li` is an entry of the log of li."""
    text = event("2026-11-18", f"end: 2026-11-19\n{front}", *people)
    files = {"contacts/li": card("", *([li] if li else [])), "events/e": text}
    known = facts(files, TODAY, settings)
    return known.yielded(known.book.events["e"])


@pytest.mark.parametrize(
    ("entry", "recontacted", "in_time"),
    [
        ("", False, False),
        ("2026-11-18 call", False, False),
        ("2026-11-19 meet", False, False),
        ("2026-11-19 call", True, True),
        ("2026-11-20 meet", True, True),  # end + 1d
        ("2026-11-21 call", True, False),
        ("2026-11-22 call", False, False),  # after today
        ("2026-11-20 note", False, False),
    ],
)
def test_recontacted_and_in_time(entry: str, recontacted: bool, in_time: bool) -> None:
    found = brought("", met("li"), li=entry)
    assert found.met == ["li"]
    assert found.recontacted == (["li"] if recontacted else [])
    assert found.in_time == (["li"] if in_time else [])


def test_the_first_of_several_messages_was_in_time() -> None:
    files = {
        "contacts/li": card("", "2026-11-21 call", "2026-11-20 message"),
        "events/e": event("2026-11-19", "", met("li")),
    }
    known = facts(files)
    assert known.yielded(known.book.events["e"]).in_time == ["li"]


def test_in_time_by_the_setting() -> None:
    two = Settings(recontact_within=Duration(2, "d"))
    assert brought("", met("li"), li="2026-11-21 call", settings=two).in_time == ["li"]
    never = Settings(recontact_within=NEVER)
    assert brought("", met("li"), li="2026-11-21 call", settings=never).in_time == ["li"]


def test_recontacted_though_the_message_was_waived() -> None:
    found = brought("", met("li", "recontact: skip"), li="2026-11-20 call")
    assert found.recontacted == ["li"]


def test_yield() -> None:
    found = brought(
        "introductions:\n  - {a: li, b: wu, next: 2026-12-01}\n  - {a: li, b: wei}",
        met("li", "seed: the book"),
        met("Ms Wu", "seed: a name"),
        "who: Mr Wei, seed: never met him",
        met('"[[gone]]"'),
    )
    assert found == Yield(
        met=["li", "Ms Wu", "gone"],
        recontacted=[],
        in_time=[],
        cards_missing=["Ms Wu"],
        seeds=3,
        introductions=2,
        second_meetings=1,
    )


def test_a_cancelled_event_brought_nothing() -> None:
    front = "status: cancelled\nintroductions: [{a: li, b: wu, next: 2026-12-01}]"
    assert brought(front, met("li", "seed: x")) == Yield([], [], [], [], 0, 0, 0)


FINE = "hosted: yes\nbill: split\nbudget: 120\nannounced: 2026-12-23"


def hints(front: str, people: int = 0) -> list[tuple[str, int]]:
    """Codes and lines of the hints for an event on 24 December; `front` begins on line 4."""
    listed = [f"who: P{number}" for number in range(people)]
    read = book({"events/e": event("2026-12-24", front, *listed)})
    return list(host_hints(read, read.events["e"]))


@pytest.mark.parametrize(
    ("front", "people", "expected"),
    [
        (FINE, 15, []),
        (FINE, 16, [("too-many", 8)]),
        (f"{FINE}\ncapacity: 15", 0, []),
        (f"{FINE}\ncapacity: 16", 0, [("too-many", 8)]),
        (f"{FINE}\ncapacity: 16", 16, [("too-many", 8)]),  # once
        (f"{FINE}\ntable: round", 0, [("round-table", 8)]),
        (f"{FINE}\ntable: long", 0, []),
        # The budget: told before the day, not on it.
        ("hosted: yes\nbill: split\nbudget: 120\nannounced: 2026-12-24", 0, [("budget-untold", 7)]),
        ("hosted: yes\nbill: split\nbudget: 120", 0, [("budget-untold", 1)]),
        ("hosted: yes\nbill: split\nannounced: 2026-12-01", 0, [("budget-untold", 1)]),
        ("hosted: yes\nbudget: 120\nannounced: 2026-12-01\nbill: host", 0, [("bill-not-split", 7)]),
        ("hosted: yes\nbudget: 120\nannounced: 2026-12-01", 0, [("bill-not-split", 1)]),
        ("hosted: yes", 0, [("budget-untold", 1), ("bill-not-split", 1)]),
        ("hosted: yes\nstatus: cancelled", 16, []),
        ("hosted: no\ntable: round", 16, []),
        ("table: round", 16, []),
    ],
)
def test_hints_for_a_host(front: str, people: int, expected: list[tuple[str, int]]) -> None:
    assert hints(front, people) == expected


def test_people_listed_twice_are_counted_once() -> None:
    listed = [f"who: P{number}" for number in range(15)] + ["who: P0", "who: p1"]
    read = book({"events/e": event("2026-12-24", FINE, *listed)})
    assert host_hints(read, read.events["e"]) == []
