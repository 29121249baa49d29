"""The example book: complete, without a problem, and with something to show for every rule.

`renmai init --demo` copies the same files, so what holds here holds for everybody's first look.
"""

from __future__ import annotations

import re
import shutil
import struct
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from renmai.model.records import Contact, Event, Record
from renmai.rules.facts import Facts
from renmai.rules.followups import FollowUp
from renmai.settings import Settings
from renmai.storage.opening import Opened, open_book
from renmai.text.log import KIND_OF, KINDS
from renmai.text.schema import Part, fields_of

ROOT = Path(__file__).resolve().parent.parent
ANCHOR = date(2026, 11, 21)
RECORDS = sorted(
    path
    for folder in ("contacts", "events", "communities")
    for path in (ROOT / folder).rglob("*")
    if path.suffix == ".md"
)

STATES = {"overdue", "today", "upcoming"}
#: The kinds of follow-up and the states each shows on the anchor day.
SHOWN = {
    "recontact": STATES,
    "card": STATES,
    "task": STATES,
    "follow_up": STATES,
    "checklist": STATES,
    "second_meeting": STATES,
    "gathering": STATES,
    "birthday": {"today", "upcoming"},  # never overdue
    "cadence": STATES,
}


@pytest.fixture(scope="module")
def opened() -> Opened:
    return open_book(ROOT)


@pytest.fixture(scope="module")
def facts(opened: Opened) -> Facts:
    return Facts(opened.book, ANCHOR, opened.settings)


@pytest.fixture(scope="module")
def shown(facts: Facts) -> list[tuple[FollowUp, str]]:
    """The follow-ups that are shown on the anchor day, each with its state."""
    horizon = facts.settings.horizon
    items = [(item, str(item.state(horizon))) for item in facts.follow_ups]
    return [(item, state) for item, state in items if state in STATES]


def text_of_all() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in RECORDS)


def log_lines() -> Iterator[str]:
    """Every list item that begins with a date."""
    yield from re.findall(r"^(?:[-*+]|\d+\.) +(\d{4}-\d\d-\d\d .*)$", text_of_all(), re.MULTILINE)


def parts(part: Part) -> Iterator[Part]:
    """`part` and every map within it."""
    yield part
    for key in part.lines:
        held = getattr(part, key)
        for inner in held if isinstance(held, tuple) else [held]:
            if isinstance(inner, Part):
                yield from parts(inner)


# -- how much of what -------------------------------------------------------------------------


def test_there_are_enough_records(opened: Opened) -> None:
    book = opened.book
    assert 36 <= len(book.contacts) <= 42
    assert 8 <= len(book.events) <= 10
    assert 4 <= len(book.communities) <= 6
    assert book.me is not None
    assert book.me.id == "wenxi"


def test_both_languages_in_files_and_in_names() -> None:
    names = [path.stem for path in RECORDS]
    chinese = [name for name in names if re.search(r"[\u4e00-\u9fff]", name)]
    assert len(chinese) >= 8
    assert len(names) - len(chinese) >= 20
    both = re.compile(r"[\u4e00-\u9fff].*[A-Za-z]{3}|[A-Za-z]{3}.*[\u4e00-\u9fff]")
    assert sum(bool(both.search(path.read_text(encoding="utf-8"))) for path in RECORDS) >= 25


# -- nothing wrong ----------------------------------------------------------------------------


def test_check_finds_nothing(facts: Facts, opened: Opened) -> None:
    problems = [*opened.problems, *facts.book_problems]
    assert not problems, "\n".join(map(str, problems))


def test_photos_are_small_images_of_ours(opened: Opened) -> None:
    named = {contact.photo for contact in opened.book.contacts.values() if contact.photo}
    named |= {
        person.photo
        for event in opened.book.events.values()
        for person in event.people
        if person.photo
    }
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "contacts" / "photos").iterdir()}
    assert there == named
    assert 2 <= len(there) <= 4
    for path in there:
        data = (ROOT / path).read_bytes()
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        assert len(data) < 10_000
        width, height = struct.unpack(">II", data[16:24])
        assert width == height >= 128


def test_addresses_reach_nobody() -> None:
    text = text_of_all()
    assert set(re.findall(r"https?://([^/\s\"')>]+)", text)) <= {
        "example.com",
        "example.org",
        "example.net",
    }
    assert set(re.findall(r"[\w.]+@([\w.]+\w)", text)) <= {
        "example.com",
        "example.org",
        "example.net",
    }
    phones = re.findall(r"\+[\d ]{6,}\d", text)
    assert len(phones) >= 15
    assert all(re.fullmatch(r"\+1 555 01\d\d", phone) for phone in phones)


# -- everything of the format -----------------------------------------------------------------


def test_every_key_of_the_schema_is_used(opened: Opened) -> None:
    used: dict[type[Part], set[str]] = {}
    for record in opened.book.records:
        for part in parts(record):
            used.setdefault(type(part), set()).update(part.lines)
    unused = {
        f"{struct.__name__}.{key}"
        for struct, keys in used.items()
        for key in fields_of(struct)
        if key not in keys
    }
    assert not unused
    nested = {"Promise", "Anniversary", "Met", "Relation", "Invitation", "Person"}
    assert nested | {"Introduction", "Functions"} <= {struct.__name__ for struct in used}


def test_every_setting_is_set_with_its_default_explained() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert f"\n# demo-anchor: {ANCHOR.isoformat()} " in text
    for key in fields_of(Settings):
        assert re.search(rf"^      {key}:", text, re.MULTILINE), key


def test_every_kind_of_entry_under_every_name() -> None:
    written = {
        found[1].lower()
        for line in log_lines()
        if (found := re.match(r"\S+ +(?:\d\d:\d\d +)?([A-Za-z]+|[\u4e00-\u9fff]{2})", line))
    }
    assert set(KIND_OF) <= written


def test_every_kind_of_entry_is_read(opened: Opened) -> None:
    entries = [entry for record in opened.book.records for entry in record.log]
    assert {entry.kind for entry in entries} == set(KINDS)
    assert len(entries) == len(list(log_lines()))
    assert any(entry.time for entry in entries)
    assert any(entry.deep for entry in entries)
    assert any(len(entry.people) >= 3 for entry in entries)
    text = "\n".join(log_lines())
    assert all(f"{kind}{bang}" in text for kind, bang in (("meet", "!"), ("见面", "！")))
    assert all(re.search(rf" ?{word} ?\[\[", text) for word in ("with", "与", "和"))
    assert all(re.search(rf"\]\] ?{between} ?\[\[", text) for between in (",", "、", "and", "和"))


@pytest.mark.parametrize(
    "form", [r"due {}", r"\(due {}\)", r"截止 {}", r"截止：{}", r"📅 {}"], ids=str
)
def test_every_way_to_write_a_due_date(form: str) -> None:
    task = r"^\s*(?:[-*+]|\d+\.) \[[ xX]\] .*" + form.format(r"\d{4}-\d\d-\d\d")
    assert re.search(task, text_of_all(), re.MULTILINE)


def test_every_form_of_reference(opened: Opened) -> None:
    text = text_of_all()
    for form in (r"\[\[[a-z-]+\]\]", r"\[\[[^\]|]+\|[^\]]+\]\]", r"\[\[[^\]|]+#[^\]]+\]\]"):
        assert re.search(form, text), form
    assert "[[events/" in text
    ids = {record.id for record in opened.book.records}
    mentioned = {ref.text for record in opened.book.records for ref in record.mentions}
    assert any(name not in ids and not name.startswith("events/") for name in mentioned), "a name"


def test_phases_with_english_and_with_chinese_headings() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in RECORDS if "events" in path.parts)
    for heading in ("Before", "During", "After", "会前", "会中", "会后", "会议前", "会议后"):
        assert f"\n## {heading}\n" in text


def test_choices_are_all_made(opened: Opened) -> None:
    contacts, events = opened.book.contacts.values(), opened.book.events.values()
    assert {contact.status for contact in contacts} == {"active", "wanted", "dormant", "deceased"}
    assert {contact.tier for contact in contacts} >= {5, 15, 50, 150}
    assert {event.status for event in events} == {"considering", "going", "cancelled"}
    assert len({event.kind for event in events}) == 6
    assert {event.level for event in events} >= {"local", "city", "national", "international"}
    assert sum(event.hosted for event in events) >= 2
    assert any(event.end for event in events)
    introductions = [pair for event in events for pair in event.introductions]
    assert {bool(pair.next) for pair in introductions} == {True, False}
    assert {c.role for c in opened.book.communities.values()} == {
        "owner",
        "admin",
        "member",
        "observer",
    }
    how = {relation.how for contact in contacts for relation in contact.relations}
    assert how >= {
        "spouse", "parent", "child", "sibling", "colleague", "manager", "report",
        "mentor", "mentee", "friend", "classmate", "partner",
    }  # fmt: skip


def test_birthdays_of_every_sort(opened: Opened) -> None:
    text = text_of_all()
    for form in (
        r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d", r"\d{4}", r"--\d\d-\d\d",
        r"lunar \d{4}-\d\d-\d\d", r"lunar \d{4}-\d\d-\d\d leap", r"\d{4}-02-29",
    ):  # fmt: skip
        assert re.search(rf"^birthday: {form}$", text, re.MULTILINE), form


# -- everything of the rules ------------------------------------------------------------------


@pytest.mark.parametrize("kind", SHOWN)
def test_every_kind_of_follow_up_in_its_states(
    kind: str, shown: list[tuple[FollowUp, str]]
) -> None:
    assert {state for item, state in shown if item.kind == kind} == SHOWN[kind]


def test_the_list_is_one_that_can_be_done(shown: list[tuple[FollowUp, str]]) -> None:
    assert {item.kind for item, _ in shown} == set(SHOWN)
    assert 20 <= len(shown) <= 30
    assert Counter(state for _, state in shown)["overdue"] < len(shown) / 2
    assert max(Counter(item.id for item, _ in shown).values()) <= 3


def test_promises_are_plain_and_with_a_reason(opened: Opened) -> None:
    promises = [c.follow_up for c in opened.book.contacts.values() if c.follow_up]
    assert {bool(promise.why) for promise in promises} == {True, False}


def test_every_level_of_warmth(facts: Facts, opened: Opened) -> None:
    levels = {facts.level(c) for c in opened.book.others if c.status == "active"}
    assert levels == {"hot", "warm", "cool", "cold"}


def test_somebody_drifts_away_and_somebody_may_be_asked(facts: Facts, opened: Opened) -> None:
    others = opened.book.others
    assert 1 <= sum(facts.is_drifting(contact) for contact in others) <= 3
    balances = [facts.balance(contact) for contact in others]
    given = [balance for balance in balances if not balance.is_empty]
    assert {balance.ready_to_ask for balance in given} == {True, False}
    assert 3 <= sum(facts.meetings_needed(contact) > 0 for contact in others) <= 12


def test_plain_names_at_events(opened: Opened) -> None:
    plain = [
        person
        for event in opened.book.events.values()
        for person in event.people
        if person.who is not None and opened.book.is_text(person.who)
    ]
    assert {person.met for person in plain} == {True, False}


def test_what_the_rest_of_the_rules_needs(opened: Opened) -> None:
    """Chains of who introduced whom, matches in both languages, an empty circle, snoozes."""
    book = opened.book
    through = {c.id: book.contact(c.met.through) for c in book.contacts.values() if c.met}
    assert any(
        first is not None and (second := through.get(first.id)) is not None and second.id in through
        for first in through.values()
    )
    active = [contact for contact in book.others if contact.status == "active"]
    needs = {need for contact in active for need in contact.needs}
    offers = {offer for contact in active for offer in contact.offers}
    assert any(need in offers and need.isascii() for need in needs)
    assert any(need in offers and not need.isascii() for need in needs)
    filled = {circle.text for contact in active for circle in contact.circles}
    assert set(opened.settings.circles) - filled == {"finance"}
    assert any(c.snooze and c.snooze > ANCHOR for c in active)


def test_records_are_of_all_three_sorts(opened: Opened) -> None:
    sorts = Counter(type(record) for record in opened.book.records)
    assert sorts[Contact] > sorts[Event] > 0
    assert all(isinstance(record, Record) for record in opened.book.records)


# -- the demo ---------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [1, 40, 100, 366, 800])
def test_moved_to_another_day_it_shows_the_same(tmp_path: Path, days: int) -> None:
    """The demo is this book with every date moved; a lunar date names no such day."""

    def moved(found: re.Match[str]) -> str:
        return (date.fromisoformat(found[0]) + timedelta(days)).isoformat()

    for name in ("mkdocs.yml", "contacts", "events", "communities"):
        copy = shutil.copy if name == "mkdocs.yml" else shutil.copytree
        copy(ROOT / name, tmp_path / name)
    for path in tmp_path.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?<!lunar )\b\d{4}-\d\d-\d\d\b", moved, text), encoding="utf-8")
    opened = open_book(tmp_path)
    facts = Facts(opened.book, ANCHOR + timedelta(days), opened.settings)
    assert not [*opened.problems, *facts.book_problems]
    horizon = opened.settings.horizon
    states: dict[str, set[str]] = {kind: set() for kind in SHOWN}
    for item in facts.follow_ups:
        states[item.kind].add(item.state(horizon))
    assert {kind: found - {"later"} for kind, found in states.items()} == SHOWN
