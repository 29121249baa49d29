"""The JSON documents: their keys, in their order, and what is written to standard output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import MakeBook
from tests.cli.running import BOOKS, TODAY, process, run

FOLLOW_UP = [
    "kind", "id", "title", "about", "due", "days_overdue", "ratio", "reason", "path", "line",
]  # fmt: skip
CONTACT = [
    "id", "kind", "name", "pinyin", "status", "circles", "last_contact", "cadence", "due",
    "warmth", "level", "drifting", "meetings", "ledger", "interactions", "events",
    "communities", "relations", "introduced_by", "introduced", "backlinks",
]  # fmt: skip
EVENT = [
    "id", "kind", "title", "date", "end", "status", "readiness", "met", "recontacted",
    "in_time", "cards_missing", "seeds", "hints", "introductions", "second_meetings",
]  # fmt: skip
COMMUNITY = [
    "id", "kind", "name", "role", "members", "missing", "last_gathering", "next_due", "events",
    "cards_missing",
]  # fmt: skip


def document(*args: str) -> dict:
    result = run("--today", TODAY, *args, "--json")
    assert result.err == ""
    return result.document


def begins_with(keys: list[str], found: dict) -> None:
    """The documented keys stand first, in their order; more may follow."""
    assert list(found)[: len(keys)] == keys


def test_due() -> None:
    found = document("due")
    assert list(found) == ["today", "items"]
    assert found["today"] == TODAY
    for item in found["items"]:
        assert list(item) == FOLLOW_UP
    assert [(item["kind"], item["id"], item["days_overdue"]) for item in found["items"]][:4] == [
        ("recontact", "zhou", 1),
        ("card", "summit", 1),
        ("checklist", "summit", 1),
        ("cadence", "li", 9),
    ]
    assert found["items"][0]["about"] == "summit"
    assert found["items"][3]["ratio"] == 0.29
    assert found["items"][0]["ratio"] is None


def test_due_within_and_all() -> None:
    few, some, all_ = (
        document("due", *more)["items"] for more in (["--within", "2d"], [], ["--all"])
    )
    assert len(few) < len(some) < len(all_)
    assert all_[: len(some)] == some
    assert some[: len(few)] == few
    assert all(item["days_overdue"] >= -2 for item in few)


def test_check() -> None:
    result = run("check", "--json", cwd=BOOKS / "broken")
    assert result.code == 1
    found = result.document
    assert list(found) == ["files", "errors", "warnings", "hints", "problems"]
    assert found["files"] == 4
    for problem in found["problems"]:
        assert list(problem) == ["path", "line", "severity", "code", "message"]
    places = [(problem["path"], problem["line"]) for problem in found["problems"]]
    assert places == sorted(places)


@pytest.mark.parametrize(("args", "code"), [([], 0), (["--strict"], 0)])
def test_hints_are_no_failure(args: list[str], code: int) -> None:
    assert run("check", *args).code == code


def test_show_of_a_contact() -> None:
    found = document("show", "li")
    begins_with(CONTACT, found)
    assert list(found["ledger"]) == ["gave", "got", "asked", "ready_to_ask"]
    for each in found["interactions"]:
        assert list(each) == ["date", "kind", "deep", "with", "text", "path", "line"]
    assert found["pinyin"] == "Li Lei"
    assert found["cadence"] == "1m"
    assert found["introduced_by"] == "wang"
    assert found["relations"] == [{"id": "wang", "how": "spouse"}]
    assert found["backlinks"] == ["zhou"]
    assert found["communities"] == ["tea"]
    assert found["events"] == ["dinner"]


def test_show_of_the_own_card_and_of_somebody_never_met() -> None:
    mine = document("show", "me")
    begins_with(CONTACT, mine)
    assert (mine["due"], mine["interactions"]) == (None, [])
    wanted = document("show", "noor")
    assert (wanted["pinyin"], wanted["last_contact"], wanted["level"]) == (None, None, "cold")


def test_show_of_an_event() -> None:
    found = document("show", "summit")
    begins_with(EVENT, found)
    assert list(found["readiness"]) == (
        ["invited", "target_count", "targets", "researched", "before", "during", "after"]
    )
    assert found["readiness"]["before"] == [1, 1]
    assert found["readiness"]["during"] == [0, 0]
    assert found["met"] == ["zhou", "a man in a red scarf"]
    assert found["cards_missing"] == ["a man in a red scarf"]
    assert (found["introductions"], found["second_meetings"]) == (1, 1)
    assert document("show", "dinner")["end"] is None
    assert document("show", "dinner")["hints"] == [
        "too-many",
        "round-table",
        "budget-untold",
        "bill-not-split",
    ]


def test_show_of_a_community() -> None:
    found = document("show", "tea")
    begins_with(COMMUNITY, found)
    assert found["members"] == ["li", "grace", "somebody with no card"]
    assert found["cards_missing"] == ["somebody with no card"]
    assert found["missing"] == ["identity", "activities", "admission"]
    assert (found["last_gathering"], found["next_due"]) == ("2026-11-18", "2026-11-25")
    assert found["events"] == ["summit"]


@pytest.mark.parametrize(
    ("kind", "name", "count"),
    [("contacts", "name", 6), ("events", "title", 3), ("communities", "name", 1)],
)
def test_list(kind: str, name: str, count: int) -> None:
    items = document("list", kind)["items"]
    assert len(items) == count
    for item in items:
        assert list(item)[:2] == ["id", name]


def test_the_own_card_is_no_contact_of_a_list() -> None:
    assert "me" not in {item["id"] for item in document("list", "contacts")["items"]}


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("name", ["grace", "li", "noor", "old-friend", "wang", "zhou"]),
        ("last", ["noor", "old-friend", "li", "wang", "zhou", "grace"]),
        ("due", ["li", "wang", "grace", "noor", "old-friend", "zhou"]),
        ("warmth", ["li", "wang", "zhou", "grace", "old-friend", "noor"]),
        ("city", ["grace", "wang", "li", "noor", "old-friend", "zhou"]),
    ],
)
def test_sorting(sort: str, ids: list[str]) -> None:
    assert [item["id"] for item in document("list", "contacts", "--sort", sort)["items"]] == ids


def test_filters_given_twice_take_either_and_different_ones_both() -> None:
    def ids(*args: str) -> list[str]:
        return [item["id"] for item in document("list", "contacts", *args)["items"]]

    assert ids("--circle", "work", "--circle", "media") == ["li", "wang", "zhou"]
    assert ids("--circle", "WORK", "--city", "上海") == ["li"]
    assert ids("--stale", "90d") == ["noor", "old-friend"]
    assert ids("--stale", "40d") == ["li", "noor", "old-friend", "wang"]
    assert ids("--stale", "41d") == ["noor", "old-friend"]
    assert ids("--level", "hot", "--level", "cool") == ["grace", "li"]


def test_find() -> None:
    found = document("find", "lawyer")
    assert list(found) == ["items"]
    begins_with(["id", "kind", "title", "score"], found["items"][0])
    assert [item["id"] for item in found["items"]] == ["li", "me"]
    assert document("find", "no", "such", "words") == {"items": []}


def test_agenda() -> None:
    found = document("agenda")
    assert list(found) == ["today", "items"]
    assert {"event", "birthday", "cadence"} <= {item["kind"] for item in found["items"]}
    for item in found["items"]:
        assert list(item) == FOLLOW_UP
    ahead = [item["due"] for item in found["items"] if item["days_overdue"] <= 0]
    assert ahead == sorted(ahead)


def test_agenda_has_events_that_have_begun_and_none_that_are_cancelled(make_book: MakeBook) -> None:
    root = make_book(
        {
            "events/now.md": "---\ntitle: Now\ndate: 2026-11-20\nend: 2026-11-22\n---\n",
            "events/not.md": "---\ntitle: Not\ndate: 2026-11-22\nstatus: cancelled\n---\n",
            "events/far.md": "---\ntitle: Far\ndate: 2027-11-22\n---\n",
            "events/past.md": "---\ntitle: Past\ndate: 2026-11-20\n---\n",
        }
    )
    found = run("agenda", "--today", TODAY, "--json", cwd=root).document
    assert [item["id"] for item in found["items"]] == ["now"]


def test_chinese_stands_as_it_is_and_what_a_terminal_obeys_is_escaped(make_book: MakeBook) -> None:
    root = make_book({"contacts/a.md": '---\nname: "林\\x9b31m\\u202e\\u2028\\x7f"\n---\n'})
    result = run("show", "a", "--json", cwd=root)
    assert "林" in result.out
    assert result.out.endswith("}\n")
    assert not set("\x9b\u202e\u2028\x7f") & set(result.out)
    assert result.document["name"] == "林\x9b31m\u202e\u2028\x7f"


def test_utf_8_whatever_the_locale_and_surrogates_never_crash(
    tmp_path: Path, make_book: MakeBook
) -> None:
    root = make_book({"contacts/林.md": "---\nname: 林\n---\n"})
    for encoding in ("ascii", "latin-1", "gbk"):
        result = process("show", "林", "--json", cwd=root, PYTHONIOENCODING=encoding)
        assert result.document["name"] == "林"
        assert process("show", "林", cwd=root, PYTHONIOENCODING=encoding).code == 0
    result = process("show", "\udcff", "--json", cwd=root)
    assert (result.code, result.out) == (1, "null\n")
    result = process("find", "\udcff", "--json", cwd=root)
    assert json.loads(result.out) == {"items": []}
