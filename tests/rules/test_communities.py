"""What a community lacks, and who belongs to it."""

from __future__ import annotations

import pytest

from renmai.rules.communities import Health, members
from tests.books import book, card, community, day, event, facts

WELL = """theme: old tea
functions: {identity: a, answers: b, activities: c}
admission: brings a tea
rules: [no selling]"""


def health(front: str, **events: str) -> Health:
    files = {"communities/tea": community(front)}
    for id, held in events.items():
        date, _, more = held.partition(" ")
        files[f"events/{id}"] = event(date, f"community: tea\n{more}")
    known = facts(files)
    return known.health(known.book.communities["tea"])


@pytest.mark.parametrize(
    ("without", "lacks"),
    [
        ("theme: old tea\n", "theme"),
        ("identity: a, ", "identity"),
        ("answers: b, ", "answers"),
        (", activities: c", "activities"),
        ("admission: brings a tea\n", "admission"),
        ("\nrules: [no selling]", "rules"),
    ],
)
def test_each_thing_it_may_lack(without: str, lacks: str) -> None:
    assert without in WELL
    assert health(WELL).missing == []
    assert health(WELL.replace(without, "")).missing == [lacks]


def test_what_is_empty_is_missing() -> None:
    assert health("rules: []\nadmission:\ntheme: ''").missing == [
        *("theme", "identity", "answers", "activities", "admission", "rules")
    ]


HOST = f"{WELL}\nrole: owner\ngather_every: 1m"


@pytest.mark.parametrize(
    ("front", "events", "gathers"),
    [
        (HOST, {}, False),
        (HOST, {"a": "2026-10-21"}, True),  # + 1m is today
        (HOST, {"a": "2026-10-20"}, False),
        (HOST, {"a": "2026-11-21"}, True),
        (HOST, {"a": "2026-01-01", "b": "2026-11-22"}, True),
        (HOST, {"a": "2026-01-01", "b": "2026-11-22 status: cancelled"}, False),
        (HOST, {"a": "2026-11-01 status: cancelled"}, False),
        (f"{HOST}\nsince: 2026-11-20", {}, False),  # founded lately, but it has not met
        (HOST.replace("owner", "admin"), {}, False),
        (HOST.replace("owner", "member"), {}, True),
        (f"{HOST}\nleft: 2026", {}, True),
        (HOST.replace("1m", "never"), {"a": "2026-01-01"}, True),
        (HOST.replace("1m", "9999y"), {"a": "2026-01-01"}, True),
        (f"{WELL}\nrole: owner", {}, True),
    ],
)
def test_a_gathering_ahead_or_lately(front: str, events: dict[str, str], gathers: bool) -> None:
    assert health(front, **events).missing == ([] if gathers else ["gathering"])


def test_its_days() -> None:
    found = health(HOST, a="2026-10-01", b="2026-08-01")
    assert (found.last_gathering, found.next_due) == (day("2026-10-01"), day("2026-11-01"))
    ahead = health(HOST, a="2026-10-01", b="2026-12-01")
    assert (ahead.last_gathering, ahead.next_due) == (day("2026-10-01"), None)
    guest = health(WELL, a="2026-10-01")
    assert (guest.last_gathering, guest.next_due) == (day("2026-10-01"), None)
    assert health(HOST).next_due == day("2026-12-21")


def test_members_each_once_in_the_order_written() -> None:
    read = book(
        {
            "contacts/li": card(name="李雷"),
            "contacts/me": card("me: yes", name="M"),
            "contacts/broken": "---\n[\n---\n",
            "communities/tea": community(
                "members: [Ms Wu, li, 李雷, me, Ms Wu, broken, '[[gone]]']"
            ),
        }
    )
    found = members(read, read.communities["tea"])
    assert [(each.name, each.contact and each.contact.id, each.has_card) for each in found] == [
        ("Ms Wu", None, False),
        ("李雷", "li", True),
        ("M", "me", True),
        ("broken", None, True),
        ("gone", None, True),
    ]
