"""The JSON documents of the commands on ties: their keys, in their order, and what they hold."""

from __future__ import annotations

from tests.cli.running import BOOKS, TODAY, Result, run

MATCHES = ["introductions", "you_can_help", "can_help_you"]
MATCH = ["needs", "offers", "what", "phrase"]


def asked(*args: str, book: str = "net") -> Result:
    return run("--today", TODAY, *args, "--json", cwd=BOOKS / book)


def document(*args: str, book: str = "net") -> dict:
    result = asked(*args, book=book)
    assert (result.err, result.code) == ("", 0)
    return result.document


def test_path() -> None:
    found = document("path", "rosa")
    assert list(found) == ["path", "ties", "cost"]
    assert found["path"] == ["me", "li", "rosa"]
    assert [list(tie) for tie in found["ties"]] == [["a", "b", "weight", "why"]] * 2
    assert (found["ties"][1]["weight"], found["ties"][1]["why"]) == (3.0, ["sibling of 李雷"])
    assert found["cost"] == sum(1 / tie["weight"] for tie in found["ties"])


def test_no_path_is_a_no() -> None:
    result = asked("path", "ilse")
    assert (result.document, result.code) == ({"path": None}, 1)


def test_matches() -> None:
    found = document("matches")
    assert list(found) == MATCHES
    for rows in found.values():
        assert [list(row) for row in rows] == [MATCH]
    # Li and Wang, who would match too, were introduced to each other already.
    assert list(found["introductions"][0].values()) == [
        "noor",
        "li",
        "soldering",
        "soldering, any evening",
    ]
    assert list(found["can_help_you"][0].values()) == ["me", "wang", "法语老师", "法语老师，周末"]


def test_circles() -> None:
    found = document("circles")
    assert list(found) == [
        *("circles", "empty", "outside_share", "evenness", "drifting", "new_by_month", "year_ago"),
    ]
    assert found["circles"][1] == {"name": "colleague", "active": 1, "in_touch": 1, "cold": 0}
    assert found["empty"] == ["family", "media"]
    # Of Li, Wang and Noor one is in no circle but a built-in one.
    assert found["outside_share"] == 0.67
    assert found["drifting"] == ["tomas"]
    assert found["new_by_month"] == {"2023-01": 1, "2024-03": 1, "2026-08": 1, "2026-11": 1}
    assert found["year_ago"] == {"outside_share": 1.0, "evenness": 0.0}


def test_ledger() -> None:
    found = document("ledger")
    assert [found["gave"], found["got"], found["asked"]] == [3, 1, 1]
    assert found["contacts"] == [
        {"id": "li", "gave": 3, "got": 0, "asked": 1, "ready_to_ask": True},
        {"id": "wang", "gave": 1, "got": 1, "asked": 0, "ready_to_ask": False},
    ]


def test_influence() -> None:
    found = document("influence")["quarters"]
    assert [list(each.values()) for each in found] == [
        ["2025-Q2", 0, 1, 0, 0],
        ["2026-Q2", 0, 0, 0, 1],
        ["2026-Q3", 3, 0, 1, 0],
        ["2026-Q4", 0, 1, 0, 0],
    ]
    assert list(found[0]) == ["quarter", "helped", "published", "cases", "collaborations"]


def test_brief() -> None:
    found = document("brief", "salon")
    keys = ["id", "title", "date", "end", "place", "goal", "targets", "questions", "seeds"]
    assert list(found) == keys
    assert [found["id"], found["date"], found["end"]] == ["salon", "2026-12-04", None]
    rosa, binder = found["targets"]
    assert rosa == {
        "id": "rosa",
        "name": "Rosa Lind",
        "role": "speaker",
        "does": "chooses the books",
        "challenge": ["a list without a single cook"],
        "value": ["ten recipes with their stories"],
        "recognise": "green glasses",
        "photo": None,
    }
    assert [binder["id"], binder["name"], binder["does"], binder["value"]] == [
        None,
        "the man who binds the books",
        None,
        [],
    ]
    assert len(found["questions"]) == 4
    assert found["seeds"] == [{"id": "li", "name": "李雷", "seed": "bring the price list"}]


def test_an_empty_book_is_no_failure() -> None:
    assert document("matches", book="empty") == {key: [] for key in MATCHES}
    assert document("ledger", book="empty") == {"gave": 0, "got": 0, "asked": 0, "contacts": []}
    assert document("influence", book="empty") == {"quarters": []}
    assert document("circles", book="empty")["new_by_month"] == {}


def test_a_brief_of_what_is_no_event() -> None:
    result = asked("brief", "rosa")
    assert (result.document, result.code) == (None, 1)
