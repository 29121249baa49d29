"""What changed between two versions of a record."""

from __future__ import annotations

from hypothesis import given, settings

from renmai.edit.order import in_order
from renmai.model.records import Contact
from renmai.problems import Report
from renmai.rules.changes import Change, Version, changes, merged
from tests.edit.test_order import files

PATH = "contacts/li.md"


def version(text: str, path: str = PATH) -> Version:
    return Version(path, text.encode())


def told(old: str, new: str) -> list[tuple[str, str, str, str]]:
    found = changes(version(old), version(new), PATH)
    return [(each.what, each.key, each.old, each.new) for each in found]


def card(front: str, body: str = "") -> str:
    return f"---\nname: Li\n{front}---\n{body}"


def test_an_item_alone_is_a_list_of_one():
    assert told(card("tags: a\n"), card("tags: [a, b]\n")) == [("added", "tags", "", "b")]
    assert told(card("tags:\n"), card("")) == []


def test_equal_items_and_entries_are_counted():
    assert told(card("tags: [a]\n"), card("tags: [a, a]\n")) == [("added", "tags", "", "a")]
    log = "## Log\n\n- 2026-11-02 call\n"
    assert told(card("", log), card("", log + "- 2026-11-02 call\n")) == [
        ("entry-added", "", "", "2026-11-02 call")
    ]


def test_a_map_that_takes_the_place_of_a_day():
    assert told(card("follow_up: 2026-12-01\n"), card("follow_up: {date: 2026-12-01}\n")) == [
        ("key", "follow_up", "2026-12-01", "date: 2026-12-01")
    ]


def test_anniversaries_are_known_by_day_and_name():
    one, two = "{date: --06-18, what: wedding}", "{date: --06-19, what: wedding}"
    assert told(card(f"dates: [{one}]\n"), card(f"dates: [{one}, {two}]\n")) == [
        ("added", "dates", "", "--06-19, wedding")
    ]


def test_the_list_mark_and_the_place_of_an_entry_say_nothing():
    old = "## Log\n\n- 2026-11-02 call: a\n- 2026-11-03 note: b\n"
    new = "## 记录\n\n* 2026-11-03 note: b\n\n1. 2026-11-02 call: a\n"
    assert [what for what, *_ in told(card("", old), card("", new))] == ["notes"]


def test_a_task_below_an_entry_is_its_own():
    old = "## Log\n\n- 2026-11-02 call: a\n  - [ ] send\n"
    assert told(card("", old), card("", old.replace("[ ]", "[x]"))) == [
        ("task-done", "", "", "send")
    ]


def test_of_a_merge_only_what_no_parent_had():
    base, ours, theirs = card("city: A\n"), card("city: B\n"), card("city: A\ntier: 5\n")
    both = version(card("city: B\ntier: 5\ntitle: T\n"))
    found = merged([version(ours), version(theirs)], both, PATH)
    assert found == [Change("key", "title", "", "T")]
    assert merged([version(base), None], version(base), PATH) == []
    assert merged([], version(base), PATH) == [Change("written", new=PATH)]


@settings(max_examples=100)
@given(files(), files())
def test_any_two_versions(old, new):
    assert changes(version(old), version(old), PATH) == []
    sorted_ = Version(PATH, in_order(old.encode(), Contact, Report("")))
    assert changes(version(old), sorted_, PATH) == []
    assert [each.what for each in changes(None, version(new), PATH)] == ["written"]
    assert isinstance(changes(version(old), version(new), PATH), list)
