"""What to carry into the room, and the message to send after it."""

from __future__ import annotations

import pytest

from renmai.rules.brief import Draft, draft, targets
from renmai.rules.interactions import attendees
from renmai.settings import Settings
from tests.books import TODAY, card, event, facts


def of_target(person: str, li: str = "") -> tuple[str, list[str], list[str], str | None]:
    """What one found out about li, in words: does, challenge, value, photo."""
    known = facts(
        {"contacts/li": card(li), "events/e": event("2026-12-24", "", f"{person}, target: yes")}
    )
    (found,) = targets(known, known.book.events["e"])
    return found.does, found.challenge, found.value, found.photo


@pytest.mark.parametrize(
    ("person", "li", "expected"),
    [
        ("who: li", "", ("", [], [], None)),
        (
            "who: li, does: a, challenge: b, value: c, photo: d.png",
            "title: x\nchallenge: x\nvalue: x\nphoto: x.png",
            ("a", ["b"], ["c"], "d.png"),  # what was written here first
        ),
        (
            "who: li",
            "title: Architect\ncompany: Lab\nchallenge: [b, c]\nvalue: d\nphoto: x.png",
            ("Architect · Lab", ["b", "c"], ["d"], "x.png"),
        ),
        ("who: li", "company: Lab", ("Lab", [], [], None)),
        ("who: Ms Wu, does: a", "", ("a", [], [], None)),
    ],
)
def test_what_is_known_of_a_target(person: str, li: str, expected: tuple[object, ...]) -> None:
    assert of_target(person, li) == expected


def test_only_targets_in_the_order_written() -> None:
    people = ("who: b, target: yes", "who: c", "who: a, target: yes")
    known = facts({"events/e": event("2026-12-24", "", *people)})
    found = targets(known, known.book.events["e"])
    assert [each.attendee.name for each in found] == ["b", "a"]


def drafted(person: str, language: str = "en", **contacts: str) -> Draft:
    files = {f"contacts/{id}": text for id, text in contacts.items()}
    files["events/e"] = event("2026-11-18", "", f"met: yes, {person}")
    known = facts(files, TODAY, Settings(language=language))
    made = known.book.events["e"]
    return draft(known, made, attendees(known.book, made)[0])


LI = "needs: [a good lawyer]\nvalue: a desk\nchallenge: hiring"


@pytest.mark.parametrize(
    ("contacts", "use", "need", "give", "helper"),
    [
        ({}, "value", "", "a desk", ""),
        ({"li": card("challenge: hiring", name="Li")}, "challenge", "hiring", "", ""),
        ({"li": card(name="Li")}, "nothing", "", "", ""),
        (
            {"wang": card("offers: lawyer", name="Wang Fang")},
            *("introduce", "a good lawyer", "lawyer", "Wang Fang"),
        ),
        (
            {
                "wang": card("offers: lawyer", name="Wang"),
                "me": card("me: yes\noffers: lawyer", name="M"),
            },
            *("offer", "a good lawyer", "lawyer", ""),
        ),
    ],
)
def test_what_is_of_use_to_them(
    contacts: dict[str, str], use: str, need: str, give: str, helper: str
) -> None:
    found = drafted("who: li", **{"li": card(LI, name="Li"), **contacts})
    assert (found.use, found.need, found.give, found.helper) == (use, need, give, helper)


def test_seed_and_next() -> None:
    found = drafted("who: li, seed: 'the book for [[li]]', next: 2026-11-21", li=card(name="Li Lei"))
    assert (found.seed, str(found.next), found.event) == ("the book for Li Lei", "2026-11-21", "T")
    assert drafted("who: li, next: 2026-11-20", li=card()).next is None


@pytest.mark.parametrize(
    ("front", "name", "book", "language", "called"),
    [
        ("", "Grace Hopper", "en", "en", "Grace"),
        ("", "Grace Hopper", "zh", "zh", "Grace"),
        ("", "李雷", "en", "zh", "李雷"),
        ("language: English", "李雷", "zh", "en", "李雷"),
        ("language: 'English, 中文'\naliases: [Lei Li]", "李雷", "zh", "en", "Lei"),
        ("language: '中文, English'", "Grace Hopper", "en", "zh", "Grace"),
    ],
)
def test_language_and_form_of_address(
    front: str, name: str, book: str, language: str, called: str
) -> None:
    found = drafted("who: li", book, li=card(front, name=name))
    assert (found.language, found.name) == (language, called)


@pytest.mark.parametrize(
    ("who", "called"),
    [
        ("Grace Hopper", "Grace"),
        ("吴老师", "吴老师"),
        ("the man with the dog", ""),
        ("穿红衣服的人", ""),
        ("A woman from Oslo", ""),
        ("Grace, from Oslo", "Grace"),
    ],
)
def test_somebody_without_a_card(who: str, called: str) -> None:
    assert drafted(f"who: '{who}'").name == called
