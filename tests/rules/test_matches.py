"""Who needs what somebody else can give."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.rules.matches import Match, phrases_match
from tests.books import card, event, facts


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("a lawyer", "lawyer", True),
        ("Lawyer", "a good LAWYER", True),
        ("good lawyer", "lawyer who is good", True),
        ("a lawyer", "a doctor", False),
        ("law", "lawyer", False),  # whole words
        ("café", "cafe\u0301", True),  # NFC
        ("web-design", "design, web", True),
        ("—", "—", False),  # no words
        ("设计师", "平面设计师", True),
        ("平面设计师", "设计师", True),
        ("设计师", "设计", True),
        ("设计师", "师设", False),
        ("UI 设计", "ui 设计", True),
        ("design", "design 设计", True),
        ("web design", "design 设计", False),
    ],
)
def test_phrases(one: str, other: str, match: bool) -> None:
    assert phrases_match(one, other) is match
    assert phrases_match(other, one) is match


def introductions(**more: str) -> Sequence[Match]:
    files = {
        "contacts/li": card("needs: [a good lawyer]", name="Li"),
        "contacts/wang": card("offers: [tea, lawyer]", name="Wang"),
    }
    files |= {name.replace("_", "/", 1): text for name, text in more.items()}
    return facts(files).matches.introductions


ROW = Match("li", "wang", "a good lawyer", "lawyer")


def test_a_needs_what_b_offers() -> None:
    assert introductions() == [ROW]


@pytest.mark.parametrize(
    "more",
    [
        {"contacts_li": card("needs: [a good lawyer]\nrelations: [{who: wang}]", name="Li")},
        {"events_e": event("2027-01-01", "introductions: [{a: wang, b: li}]")},
        {"contacts_me": card("me: yes", "2026-11-01 intro with [[li]], [[wang]]", name="M")},
        {"contacts_li": card("needs: a good lawyer", "2026-11-01 引荐 与 [[wang]]", name="Li")},
        {"contacts_li": card("needs: [a good lawyer]\nstatus: dormant", name="Li")},
        {"contacts_wang": card("offers: lawyer\nstatus: wanted", name="Wang")},
        {"contacts_wang": card("offers: lawyer\nme: yes", name="Wang")},
    ],
)
def test_who_needs_no_introduction(more: dict[str, str]) -> None:
    assert introductions(**more) == []


@pytest.mark.parametrize(
    "more",
    [
        {"events_e": event("2026-01-01", "status: cancelled\nintroductions: [{a: wang, b: li}]")},
        {"contacts_me": card("me: yes", "2026-11-22 intro with [[li]], [[wang]]", name="M")},
        {"contacts_me": card("me: yes", "2026-11-01 meet with [[li]], [[wang]]", name="M")},
        {"contacts_li": card("needs: a good lawyer\nmet: {through: wang}", name="Li")},
    ],
)
def test_what_leaves_it(more: dict[str, str]) -> None:
    assert introductions(**more) == [ROW]


def test_a_pair_stands_once_with_its_first_match_as_written() -> None:
    found = introductions(
        contacts_li=card("needs: [tea, a good lawyer]", name="Li"),
        contacts_wang=card("offers: [lawyer, green tea, tea]", name="Wang"),
    )
    assert found == [Match("li", "wang", "tea", "green tea")]


def test_nobody_is_introduced_to_oneself() -> None:
    assert introductions(contacts_wang=card("needs: x\noffers: x")) == []


def test_oneself() -> None:
    found = facts(
        {
            "contacts/me": card("me: yes\nneeds: tea\noffers: a lawyer", name="M"),
            "contacts/li": card("needs: lawyer\noffers: tea", name="Li"),
        }
    ).matches
    assert found.introductions == []
    assert found.you_can_help == [Match("li", "me", "lawyer", "a lawyer")]
    assert found.can_help_you == [Match("me", "li", "tea", "tea")]


def test_the_warmest_first_then_by_ids() -> None:
    files = {
        "contacts/a": card("needs: tea", name="A"),
        "contacts/b": card("needs: tea", "2026-11-21 message", name="B"),
        "contacts/c": card("needs: tea", name="C"),
        "contacts/y": card("offers: tea", name="Y"),
        "contacts/x": card("offers: tea", name="X"),
        "contacts/z": card("offers: tea", "2026-11-21 meet", name="Z"),
    }
    rows = [each.needs + each.offers for each in facts(files).matches.introductions]
    # b 1 and z 3: bz 4, then az and cz 3, then bx and by 1.
    assert rows == ["bz", "az", "cz", "bx", "by", "ax", "ay", "cx", "cy"]


PHRASES = st.sampled_from(
    [
        "tea",
        "green tea",
        "Tea house",
        "茶",
        "绿茶",
        "茶馆",
        "绿茶 tea",
        "a lawyer",
        "律师",
        "lawyer 律师",
        "xtea 茶",
        "茶 tea-house",
    ]
)


@given(st.lists(PHRASES, max_size=3), st.lists(PHRASES, max_size=3))
def test_it_finds_what_comparing_all_phrases_finds(needs: list[str], offers: list[str]) -> None:
    files = {
        "contacts/li": card(f"needs: [{', '.join(needs)}]", name="Li"),
        "contacts/wang": card(f"offers: [{', '.join(offers)}]", name="Wang"),
    }
    expected = [
        Match("li", "wang", need, offer)
        for need in needs
        for offer in offers
        if phrases_match(need, offer)
    ]
    assert facts(files).matches.introductions == expected[:1]


def test_each_person_has_their_own() -> None:
    files = {
        "contacts/me": card("me: yes\noffers: [tea]\nneeds: [a lawyer]", name="Me"),
        "contacts/li": card("needs: [tea, a lawyer]", name="Li"),
        "contacts/wang": card("offers: [a lawyer]", name="Wang"),
        "contacts/zhou": card(name="Zhou"),
    }
    known = facts(files)
    found = known.matches_of
    assert set(found) == {"me", "li", "wang"}
    assert found["me"].you_can_help == found["li"].you_can_help == known.matches.you_can_help
    assert found["me"].can_help_you == found["wang"].can_help_you == known.matches.can_help_you
    assert (found["me"].introductions, found["wang"].you_can_help) == ([], [])
    assert found["li"].introductions == found["wang"].introductions == known.matches.introductions
    assert [each.needs for each in known.matches.introductions] == ["li"]
