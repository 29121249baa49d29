"""The brief before a meeting, and the draft of the message after it."""

from __future__ import annotations

from datetime import date

import pytest

from renmai.rules.brief import Draft, Target, draft, targets
from renmai.rules.facts import Facts
from renmai.rules.interactions import attendees
from tests.books import card, event, facts, met

DAY = "2026-11-20"


def drafted(people: str, files: dict[str, str] | None = None, day: str = DAY) -> Draft:
    """The draft for the first of the people of an event."""
    known = facts({"events/e": event(day, "", people), **(files or {})})
    return first_draft(known)


def first_draft(known: Facts) -> Draft:
    meeting = known.book.events["e"]
    return draft(known, meeting, attendees(known.book, meeting)[0])


def target(front: str, person: str) -> Target:
    known = facts(
        {"events/e": event(DAY, "", f"who: li, target: yes, {person}"), "contacts/li": card(front)}
    )
    return targets(known, known.book.events["e"])[0]


# -- whom to talk to ------------------------------------------------------------------------------


def test_what_the_event_says_goes_before_the_card() -> None:
    front = "challenge: old\nvalue: [a, b]\ntitle: baker\ncompany: Oven\nphoto: contacts/l.png"
    seen = target(front, "challenge: new, value: mine, does: bread, photo: here.png")
    assert (seen.does, seen.challenge, seen.value) == ("bread", ["new"], ["mine"])
    assert seen.photo == "here.png"


def test_the_card_fills_in() -> None:
    front = "challenge: [old, rent]\nvalue: [a, b]\ntitle: baker\ncompany: Oven\nphoto: c/l.png"
    seen = target(front, "recognise: tall")
    assert (seen.does, seen.challenge, seen.value) == ("baker · Oven", ["old", "rent"], ["a", "b"])
    assert seen.photo == "c/l.png"


def test_only_targets_in_the_order_written() -> None:
    people = ("who: li, target: yes", "who: Somebody", "who: A stranger, target: yes")
    known = facts({"events/e": event(DAY, "", *people), "contacts/li": card()})
    found = targets(known, known.book.events["e"])
    assert [each.attendee.name for each in found] == ["N", "A stranger"]
    assert (found[1].does, found[1].challenge, found[1].value) == ("", [], [])


# -- something of use -----------------------------------------------------------------------------

ME = card("me: yes\noffers: [a lawyer]", name="Me")
HELPER = card("offers: [a lawyer who speaks German]", name="Helper")
NEEDY = "needs: [a lawyer]\nvalue: [my notes]\nchallenge: rent"


def test_ones_own_offer_comes_first() -> None:
    files = {"contacts/li": card(NEEDY), "contacts/me": ME, "contacts/helper": HELPER}
    seen = drafted(met("li"), files)
    assert (seen.use, seen.need, seen.give, seen.helper) == ("offer", "a lawyer", "a lawyer", "")


def test_then_somebody_to_introduce() -> None:
    seen = drafted(met("li"), {"contacts/li": card(NEEDY), "contacts/helper": HELPER})
    assert (seen.use, seen.need, seen.helper) == ("introduce", "a lawyer", "Helper")
    assert seen.give == "a lawyer who speaks German"


def test_what_they_offer_themselves_is_of_no_use_to_them() -> None:
    files = {"contacts/li": card("offers: [a lawyer]"), "contacts/b": card("needs: [a lawyer]")}
    assert drafted(met("li"), files).use == "nothing"


def test_then_what_one_noted() -> None:
    seen = drafted(met("li", "value: 'see [[b|Bo]] and [[b]]'"), {
        "contacts/li": card("value: [my notes]\nchallenge: rent"),
        "contacts/b": card(name="Berta"),
    })  # fmt: skip
    assert (seen.use, seen.give) == ("value", "see Bo and Berta")
    seen = drafted(met("li"), {"contacts/li": card("challenge: [rent, noise]")})
    assert (seen.use, seen.need) == ("challenge", "rent")
    assert drafted(met("Somebody")).use == "nothing"


def test_seed_and_next() -> None:
    seen = drafted(met("li", "seed: 'about [[li]]', next: 2026-11-21"), {"contacts/li": card()})
    assert (seen.seed, seen.next) == ("about N", date(2026, 11, 21))
    seen = drafted(met("li", "next: 2026-11-20"), {"contacts/li": card()})
    assert seen.next is None  # has passed


# -- whom it is for -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("中文, English", "Ada", "zh"),
        ("English, 中文", "林晓舟", "en"),
        ("rusty French, English", "林晓舟", "en"),
        ("德语、中文", "Ada", "zh"),
        ("zh-Hans", "Ada", "zh"),
        ("en-GB", "林晓舟", "en"),
        ("French", "Ada", "en"),  # the book's
        ("Bengali", "林晓舟", "zh"),  # the name's
        ("", "林晓舟", "zh"),
        ("", "Ada", "en"),
    ],
)
def test_the_language(language: str, name: str, expected: str) -> None:
    front = f"language: '{language}'" if language else ""
    assert drafted(met("li"), {"contacts/li": card(front, name=name)}).language == expected


@pytest.mark.parametrize(
    ("name", "front", "expected"),
    [
        ("Ada Lindqvist", "", "Ada"),
        ("Ada", "", "Ada"),
        ("林晓舟", "", "林晓舟"),
        ("林晓舟", "aliases: [Joe Lin]\nlanguage: English", "Joe"),
        ("林晓舟", "language: English", "林晓舟"),
        ("Ada Lindqvist", "aliases: [林达]\nlanguage: 中文", "林达"),
        ("Kira 赵", "", "Kira 赵"),
    ],
)
def test_how_to_address_them(name: str, front: str, expected: str) -> None:
    assert drafted(met("li"), {"contacts/li": card(front, name=name)}).name == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("Delphine", "Delphine"),
        ("'Delphine Roux, of the water board'", "Delphine"),
        ("Delphine (bees)", "Delphine"),
        ("the keynote speaker", ""),
        ("The Keynote Speaker", ""),
        ("Etta's sister from Moss Bay", ""),
        ("林先生", "林先生"),
        ("开书店的老何", ""),
        ("何姐（书店）", "何姐"),
        ("一位做河流纪录片的年轻人", ""),
    ],
)
def test_who_has_no_card_is_addressed_by_a_name_alone(who: str, expected: str) -> None:
    assert drafted(met(who)).name == expected
