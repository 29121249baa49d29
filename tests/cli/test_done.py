"""`done`, `snooze` and `undo`: one box, one key or one date, and it is said."""
# ruff: noqa: E501

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import MakeBook
from tests.cli.running import TODAY, Result, run

FILES = {
    "contacts/li.md": (
        "---\nname: 李雷\ntier: 15  # inner\nfollow_up: {date: 2026-11-20, why: send the book}\n---\n"
        "\n- [ ] bring tea due 2026-11-19\n- [ ] write a letter\n- [x] call him\n\n"
        "## Log\n\n- 2026-11-02 call\n"
    ),
    "contacts/grace.md": "---\nname: Grace Okafor\ntier: 5\n---\n\n## Log\n\n- 2026-10-01 call\n",
    "contacts/bob.md": "---\nname: Bob Stone\nfollow_up: 2026-11-25\nbirthday: --11-30\n---\n",
    "contacts/zhou.md": "---\nname: 周\n---\n",
    "communities/tea.md": (
        "---\nname: Tea\nrole: owner\ngather_every: 1m\nsince: 2026-10\n---\n- [ ] bring cups\n"
    ),
    "events/summit.md": (
        "---\ntitle: Summit\ndate: 2026-11-20\npeople:\n  - {who: zhou, met: yes, next: 2026-11-28}\n"
        "  - {who: Somebody New, met: yes}\n---\n\n## After\n\n- [ ] write to all\n"
    ),
}


@pytest.fixture
def book(make_book: MakeBook) -> Path:
    return make_book(FILES)


def renmai(book: Path, *words: str) -> Result:
    return run(*words, "--today", TODAY, cwd=book)


def changed(book: Path) -> dict[str, tuple[list[str], list[str]]]:
    """The lines that are gone from each file, and those that are new."""
    found = {}
    for path, text in FILES.items():
        old, new = text.split("\n"), (book / path).read_text("utf-8").split("\n")
        gone = [line for line in old if line not in new]
        added = [line for line in new if line not in old]
        if gone or added or len(old) != len(new):
            found[path] = gone, added
    return found


def number_of(book: Path, kind: str, *options: str) -> str:
    """The number under which `due` shows the first item of a kind."""
    items = renmai(book, "due", "--json", *options).document["items"]
    number = next(n for n, item in enumerate(items, 1) if item["kind"] == kind)
    shown = renmai(book, "due", *options).out
    assert f"{number}  {items[number - 1]['title'][:5]}" in shown or kind in ("task", "checklist")
    return str(number)


def test_a_task_by_its_number(book: Path) -> None:
    done = renmai(book, "done", number_of(book, "task"))
    assert done == Result("Ticked: bring tea → contacts/li.md:7\n", "", 0)
    assert changed(book) == {
        "contacts/li.md": (["- [ ] bring tea due 2026-11-19"], ["- [x] bring tea due 2026-11-19"])
    }


def test_a_step_of_a_checklist_by_its_number(book: Path) -> None:
    assert renmai(book, "done", number_of(book, "checklist")).code == 0
    assert changed(book) == {"events/summit.md": (["- [ ] write to all"], ["- [x] write to all"])}


def test_several_numbers_are_one_write(book: Path) -> None:
    numbers = [number_of(book, "task"), number_of(book, "checklist")]
    assert renmai(book, "done", *numbers).code == 0
    assert set(changed(book)) == {"contacts/li.md", "events/summit.md"}
    assert renmai(book, "undo").code == 0
    assert changed(book) == {}


@pytest.mark.parametrize(
    "words", [["write a letter"], ["letter"], ["letter", "李雷"], ["LETTER write"]]
)
def test_a_task_by_words(book: Path, words: list[str]) -> None:
    assert renmai(book, "done", *words).code == 0
    assert changed(book) == {"contacts/li.md": (["- [ ] write a letter"], ["- [x] write a letter"])}
    again = renmai(book, "done", *words)
    assert again.code == 0
    assert again.out == "That is ticked already: write a letter → contacts/li.md:8\n"


@pytest.mark.parametrize("words", [["bring"], ["write"], ["nothing of the kind"], ["99"], ["0"]])
def test_what_is_several_or_nothing_is_refused(book: Path, words: list[str]) -> None:
    done = renmai(book, "done", *words)
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1
    assert changed(book) == {}


def test_wrong_usage(book: Path) -> None:
    assert renmai(book, "done").code == 2
    assert renmai(book, "snooze").code == 2
    assert renmai(book, "undo", "2").code == 2
    assert renmai(book, "done", "1", "--json").code == 2


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("cadence", "renmai log Grace Okafor call: …"),
        ("recontact", "renmai log 周 message: …"),
        ("second_meeting", "renmai log 周 meet: …"),
        ("card", "renmai new contact Somebody New"),
        ("gathering", "renmai new event Tea"),
        ("birthday", "renmai log Bob Stone message: …"),
    ],
)
def test_what_is_no_task_says_what_to_do(book: Path, kind: str, said: str) -> None:
    done = renmai(book, "done", "--all", number_of(book, kind, "--all"))
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert changed(book) == {}


def test_a_promise_that_was_kept_is_gone(book: Path) -> None:
    done = renmai(book, "done", number_of(book, "follow_up"))
    assert done.code == 0
    assert "the follow_up of 李雷 is gone" in done.out
    gone = ["follow_up: {date: 2026-11-20, why: send the book}"]
    assert changed(book) == {"contacts/li.md": (gone, [])}


def test_dry_runs_write_nothing(book: Path) -> None:
    for words in (["done", "letter"], ["snooze", "Grace"], ["snooze", "letter", "friday"]):
        done = renmai(book, *words, "--dry-run")
        assert done.code == 0
        assert done.out.startswith("--- a/contacts/")
        assert done.out.count("\n+") == 2
    assert changed(book) == {}
    assert renmai(book, "undo", "--dry-run").code == 1


# --- snooze ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (["Grace"], "2026-11-28"),
        (["grace", "2w"], "2026-12-05"),
        (["Grace", "Okafor", "until", "friday"], "2026-11-27"),
        (["Grace Okafor until friday"], "2026-11-27"),
        (["grace", "next month"], "2026-12-01"),
        (["Okafor", "下周三"], "2026-11-25"),
        (["[[grace]]", "到周五"], "2026-11-27"),
        (["grace", "2026-12-24"], "2026-12-24"),
    ],
)
def test_somebody_until_a_day(book: Path, words: list[str], day: str) -> None:
    done = renmai(book, "snooze", *words)
    assert done.code == 0
    assert changed(book) == {"contacts/grace.md": ([], [f"snooze: {day}"])}
    due = renmai(book, "show", "grace", "--json").document["due"]
    assert due == day


def test_somebody_by_number_and_again(book: Path) -> None:
    number = number_of(book, "cadence")
    assert renmai(book, "snooze", number, "2w").code == 0
    assert renmai(book, "snooze", "grace", "3w").code == 0
    assert changed(book) == {"contacts/grace.md": ([], ["snooze: 2026-12-12"])}
    text = (book / "contacts/grace.md").read_text("utf-8")
    assert text.startswith("---\nname: Grace Okafor\ntier: 5\nsnooze: 2026-12-12\n---\n")


def test_a_task_gets_the_day(book: Path) -> None:
    assert renmai(book, "snooze", number_of(book, "task"), "friday").code == 0
    assert renmai(book, "snooze", "write a letter", "2w").code == 0
    gone, added = changed(book)["contacts/li.md"]
    assert gone == ["- [ ] bring tea due 2026-11-19", "- [ ] write a letter"]
    assert added == ["- [ ] bring tea due 2026-11-27", "- [ ] write a letter due 2026-12-05"]


def test_a_promise_gets_the_day_and_keeps_its_reason(book: Path) -> None:
    assert renmai(book, "snooze", number_of(book, "follow_up"), "friday").code == 0
    _, added = changed(book)["contacts/li.md"]
    assert added == ["follow_up: {date: 2026-11-27, why: send the book}"]


def test_a_promise_that_stays_is_told(book: Path) -> None:
    done = renmai(book, "snooze", "李雷", "2w")
    assert done.code == 0
    assert "put it off by its number" in done.err
    assert changed(book) == {"contacts/li.md": ([], ["snooze: 2026-12-05"])}


@pytest.mark.parametrize(
    "words",
    [["nobody", "2w"], ["grace", "yesterday"], ["grace", "sometime"], ["99", "2w"], ["1", "nonsense"],
     ["grace", "12/5"]],
)  # fmt: skip
def test_what_cannot_be_put_off(book: Path, words: list[str]) -> None:
    done = renmai(book, "snooze", *words)
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1
    assert changed(book) == {}


@pytest.mark.parametrize("kind", ["recontact", "second_meeting", "card", "gathering", "birthday"])
def test_what_waits_for_somebody_is_not_put_off(book: Path, kind: str) -> None:
    number = number_of(book, kind, "--all")
    assert renmai(book, "snooze", number, "2w", "--all").code == 1
    assert changed(book) == {}


def test_a_file_without_keys(make_book: MakeBook) -> None:
    book = make_book({"contacts/a.md": "just text\n", "contacts/b.md": "---\n{name: B}\n---\n"})
    for id, said in (("a", "has no front matter"), ("b", "do not stand one on a line")):
        done = renmai(book, "snooze", id)
        assert done.code == 1
        assert said in done.err


# --- undo ------------------------------------------------------------------------------------


def test_undo_step_by_step(book: Path) -> None:
    renmai(book, "done", "letter")
    renmai(book, "snooze", "grace", "2w")
    rehearsed = renmai(book, "undo", "--dry-run")
    assert "-snooze: 2026-12-05" in rehearsed.out
    assert renmai(book, "undo").out == "Took back: renmai snooze grace 2w → contacts/grace.md\n"
    assert renmai(book, "undo").out == "Took back: renmai done letter → contacts/li.md\n"
    assert changed(book) == {}
    nothing = renmai(book, "undo")
    assert (nothing.code, nothing.err) == (1, "renmai: there is nothing to take back.\n")


def test_undo_refuses_what_was_changed_since(book: Path) -> None:
    renmai(book, "done", "letter")
    card = book / "contacts/li.md"
    card.write_text(card.read_text("utf-8") + "mine\n", "utf-8")
    for words in (["undo"], ["undo", "--dry-run"]):
        refused = renmai(book, *words)
        assert (refused.code, refused.out) == (1, "")
        assert "contacts/li.md was changed since" in refused.err
    assert card.read_text("utf-8").endswith("mine\n")


def test_a_busy_book(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from renmai.storage import lock

    monkeypatch.setattr(lock, "_take", lambda handle: False)
    monkeypatch.setattr("renmai.storage.lock.time.monotonic", iter(range(0, 1000, 6)).__next__)
    for words in (["done", "letter"], ["log", "call grace"], ["undo"]):
        done = renmai(book, *words)
        assert (done.code, done.out) == (1, "")
        assert "another renmai is writing" in done.err
    assert changed(book) == {}
