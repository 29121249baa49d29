"""Ties between two contacts, and why."""

from __future__ import annotations

import pytest

from tests.books import card, community, event, facts, met

A, B, C = (card(name=name) for name in "ABC")


def weights(**files: str) -> dict[str, float]:
    """The weight of each tie, by `a b`; a file's path has `_` for `/`."""
    paths = {name.replace("_", "/", 1): text for name, text in files.items()}
    base = {"contacts/a": A, "contacts/b": B, "contacts/c": C}
    return {" ".join(pair): tie.weight for pair, tie in facts(base | paths).ties.items()}


def named(name: str, front: str, *log: str) -> str:
    return card(front, *log, name=name)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, {}),
        ({"contacts_a": named("A", "relations: [{who: b, how: friend}]")}, {"a b": 3}),
        # Written twice, and on both sides: still one relation.
        (
            {
                "contacts_a": named("A", "relations: [{who: b, how: friend}, {who: b, how: boss}]"),
                "contacts_b": named("B", "relations: [{who: a, how: friend}]"),
            },
            {"a b": 3},
        ),
        ({"contacts_a": named("A", "met: {through: b}")}, {"a b": 2}),
        ({"contacts_a": named("A", "", "2026-11-01 meet with [[b]], [[c]]")},
         {"a b": 1, "a c": 1, "b c": 1}),
        ({"contacts_a": named("A", "", "2026-11-01 meet with [[b]]", "2026-11-02 call with [[b]]")},
         {"a b": 2}),
        ({"contacts_a": named("A", "", "2026-11-22 meet with [[b]]")}, {}),  # after today
        ({"contacts_a": named("A", "", "2026-11-01 note with [[b]]")}, {}),  # not in touch
        ({"communities_t": community(body="## Log\n- 2026-11-01 meet with [[a]], [[b]]\n")},
         {"a b": 1}),
        ({"events_e": event("2026-11-01", "", met("a"), met("b"), "who: c")}, {"a b": 1}),
        ({"events_e": event("2026-11-22", "", met("a"), met("b"))}, {}),  # not yet
        ({"events_e": event("2026-11-01", "status: cancelled", met("a"), met("b"))}, {}),
        ({"events_e": event("2026-11-01", "introductions: [{a: a, b: b}]")}, {"a b": 2}),
        ({"events_e": event("2026-11-01", "status: cancelled\nintroductions: [{a: a, b: b}]")}, {}),
        ({"communities_t": community("members: [a, b, b, Ms Wu]"),
          "communities_u": community("members: [a, b, c]")},
         {"a b": 1, "a c": 0.5, "b c": 0.5}),
    ],
)  # fmt: skip
def test_what_ties_and_how_strongly(files: dict[str, str], expected: dict[str, float]) -> None:
    assert weights(**files) == expected


def test_weights_add() -> None:
    found = weights(
        contacts_a=named(
            "A", "relations: [{who: b}]\nmet: {through: b}", "2026-11-01 call with [[b]]"
        ),
        events_e=event("2026-11-01", "introductions: [{a: b, b: a}]", met("a"), met("b")),
        communities_t=community("members: [a, b]"),
    )
    assert found == {"a b": 3 + 2 + 1 + 1 + 2 + 0.5}


def test_the_own_card_is_left_out() -> None:
    found = weights(
        contacts_me=named(
            "M", "me: yes\nrelations: [{who: a}]", "2026-11-01 meet with [[a]], [[b]]"
        ),
        communities_t=community("members: [me, a]"),
    )
    assert found == {"a b": 1}


def test_the_reasons() -> None:
    known = facts(
        {
            "contacts/a": named("A", "relations: [{who: b, how: mentor}]\nmet: {through: b}"),
            "contacts/b": B,
        }
    )
    (tie,) = known.ties.values()
    assert [(reason.why, reason.what) for reason in tie.reasons] == [
        ("relation", "mentor"),
        ("through", "a"),
    ]
