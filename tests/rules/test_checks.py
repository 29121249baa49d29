"""What only the whole book can show to be wrong."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from renmai.model.book import Book, PhotoState
from renmai.problems import Problem
from renmai.rules.checks import book_problems
from tests.books import DEFAULTS, TODAY, card, community, event, met, sources

Row = tuple[str, int, str, str]


def problems(
    files: Mapping[str, str], photos: Mapping[str, PhotoState] | None = None
) -> list[Problem]:
    return book_problems(Book(sources(files), photos), TODAY, DEFAULTS)


def found(files: Mapping[str, str], photos: Mapping[str, PhotoState] | None = None) -> list[Row]:
    """Path, line, severity and code of every problem of the book, in order."""
    return sorted(
        (each.path, each.line, each.severity, each.code) for each in problems(files, photos)
    )


def args(files: Mapping[str, str]) -> dict[str, str]:
    """The arguments of the only problem."""
    (only,) = problems(files)
    return dict(only.args)


def test_a_good_book_has_none() -> None:
    files = {
        "contacts/li": card("relations: [{who: wang}]\ncircles: [work, family]\ntier: 15"),
        "contacts/wang": card("met: {at: e, through: li}", "2026-11-01 call with [[li]]", name="W"),
        "events/e": event("2026-11-01", "community: tea", met("li")),
        "communities/tea": community("members: [li, Ms Wu]", body="[[wang]] and [[T|the event]]"),
    }
    assert found(files) == []


@pytest.mark.parametrize(
    "paths",
    [
        ("contacts/li", "contacts/work/li"),
        ("contacts/li", "events/li"),
        ("contacts/li", "contacts/work/LI"),
        ("contacts/é", "contacts/x/e\u0301"),
        ("contacts/straße", "contacts/STRASSE"),
        ("contacts/li", "contacts/work/li", "contacts/Li"),
    ],
)
def test_duplicate_id_at_line_1_of_each(paths: tuple[str, ...]) -> None:
    rows = found({path: card() for path in paths})
    assert rows == sorted((f"{path}.md", 1, "error", "duplicate-id") for path in paths)


def test_duplicate_id_of_a_broken_file() -> None:
    rows = found({"contacts/li": "---\n[\n---\n", "contacts/x/li": card()})
    assert [row[3] for row in rows] == ["duplicate-id", "duplicate-id"]


def test_several_me_at_the_line_of_each() -> None:
    files = {
        "contacts/a": card("me: yes", name="A"),
        "contacts/b": card("city: x\nme: on", name="B"),
        "contacts/c": card("me: no", name="C"),
    }
    assert found(files) == [
        ("contacts/a.md", 3, "error", "several-me"),
        ("contacts/b.md", 4, "error", "several-me"),
    ]


@pytest.mark.parametrize(
    ("front", "rows"),
    [
        ("relations:\n  - who: gone", [(4, "error", "unknown-reference")]),
        ("relations:\n  - {who: gone}\n  - {who: [[gone]]}",
         [(4, "error", "unknown-reference"), (5, "error", "unknown-reference")]),
        ("met:\n  through: gone", [(4, "error", "unknown-reference")]),
        ("met: {at: somewhere}", []),
        ("met: {at: '[[somewhere]]'}", [(3, "error", "unknown-reference")]),
        ("met: {at: wang}", [(3, "error", "bad-value")]),  # a contact is no place
        ("met: {at: e}", []),
        ("met: {at: tea}", []),
        ("met: {through: e}", [(3, "error", "bad-value")]),
        ("relations: [{who: Twin}]", [(3, "error", "ambiguous-reference")]),
        ("relations: [{who: twin1}]", []),
        ("relations: [{who: broken}]", []),
    ],
)  # fmt: skip
def test_references_of_a_contact(front: str, rows: list[tuple[int, str, str]]) -> None:
    files = {
        "contacts/li": card(front),
        "contacts/wang": card(name="W"),
        "contacts/twin1": card(name="Twin"),
        "contacts/twin2": card(name="twin"),
        "contacts/broken": "---\n[\n---\n",
        "events/e": event("2026-11-01"),
        "communities/tea": community(),
    }
    assert [row[1:] for row in found(files)] == rows


@pytest.mark.parametrize(
    ("front", "rows"),
    [
        ("community: li", [(4, "bad-value")]),
        ("community: gone", [(4, "unknown-reference")]),
        ("invitation: {through: gone}", [(4, "unknown-reference")]),
        ("introductions:\n  - a: li\n    b: gone", [(6, "unknown-reference")]),
        ("people:\n  - who: Ms Wu\n  - who: '[[Ms Wei]]'", [(6, "unknown-reference")]),
        ("people:\n  - who: tea", [(5, "bad-value")]),
    ],
)
def test_references_of_an_event(front: str, rows: list[tuple[int, str]]) -> None:
    files = {
        "events/e": event("2026-11-01", front),
        "contacts/li": card(),
        "communities/tea": community(),
    }
    assert [(line, code) for _, line, _, code in found(files)] == rows


def test_members_of_a_community() -> None:
    files = {"communities/tea": community("members:\n  - Ms Wu\n  - [[Ms Wu]]\n  - tea")}
    assert [(line, code) for _, line, _, code in found(files)] == [
        (5, "unknown-reference"),
        (6, "bad-value"),
    ]


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        ("see [[gone]]\n", [(5, "warning", "unknown-reference")]),
        ("a\n\n[[gone]] [[gone]]\n", [(7, "warning", "unknown-reference")]),
        ("[[Twin]]\n", [(5, "error", "ambiguous-reference")]),
        ("`[[gone]]` ![[gone]] [[#x]]\n", []),
        ("## Log\n- 2026-11-01 call with [[gone]]\n", [(6, "error", "unknown-reference")]),
        ("## Log\n- 2026-11-01 call with [[e]]\n", [(6, "error", "bad-value")]),
        ("## Log\n- 2026-11-01 call: [[gone]]\n", [(6, "warning", "unknown-reference")]),
        ("## Log\n- 2026-11-01 call with [[gone]]: [[gone]]\n",
         [(6, "error", "unknown-reference"), (6, "warning", "unknown-reference")]),
        ("## Log\n- 2026-11-22 call\n", [(6, "warning", "future-entry")]),
        ("## Log\n- 2026-11-21 call\n", []),
        ("## Log\n- 2026-11-22 note\n", [(6, "warning", "future-entry")]),
    ],
)  # fmt: skip
def test_the_body(body: str, rows: list[tuple[int, str, str]]) -> None:
    files = {
        "contacts/li": card(body=body),
        "contacts/twin1": card(name="Twin"),
        "contacts/twin2": card(name="twin"),
        "events/e": event("2026-11-01"),
    }
    assert [row[1:] for row in found(files)] == rows


def test_what_is_near() -> None:
    files = {"contacts/li": card("relations: [{who: wnag}]"), "contacts/wang": card(name="W")}
    assert args(files) == {"ref": "wnag", "near": "wang"}


def test_circles_and_tiers() -> None:
    files = {"contacts/li": card("circles: [work, wrok,\n  music]\ntier: 10")}
    assert [row[1:] for row in found(files)] == [
        (3, "warning", "unknown-circle"),
        (4, "warning", "unknown-circle"),
        (5, "error", "bad-value"),
    ]
    choices = [dict(each.args).get("choices") for each in problems(files)]
    assert choices[-1] == "5, 15, 50, 150"


def test_photos() -> None:
    files = {
        "contacts/li": card("city: x\nphoto: a.png"),
        "contacts/wang": card("photo: b.png", name="W"),
        "contacts/zhou": card("photo: c.png", name="Z"),
        "events/e": event("2026-11-01", "people:\n  - who: li\n    photo: a.png"),
    }
    assert found(files, {"a.png": "missing", "b.png": "outside"}) == [
        ("contacts/li.md", 4, "warning", "no-such-file"),
        ("contacts/wang.md", 3, "error", "bad-value"),
        ("events/e.md", 6, "warning", "no-such-file"),
    ]


def test_duplicate_person_at_the_second() -> None:
    files = {
        "contacts/li": card(),
        "events/e": event("2026-11-01", "", "who: li", "who: Wu", "who: N", "who: wu", "who: Wei"),
    }
    assert [row[1:] for row in found(files)] == [
        (8, "warning", "duplicate-person"),
        (9, "warning", "duplicate-person"),
    ]


def test_hints() -> None:
    files = {"events/e": event("2026-11-01", "hosted: yes\ntable: round")}
    assert [row[1:] for row in found(files)] == [
        (1, "hint", "bill-not-split"),
        (1, "hint", "budget-untold"),
        (5, "hint", "round-table"),
    ]
