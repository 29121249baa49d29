"""The follow-ups that are remembered are those that the rules find, whatever happened between."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from renmai.model.book import Book
from renmai.rules import followups
from renmai.rules.followups import KINDS, follow_ups
from renmai.storage import due
from renmai.storage.due import remembered_follow_ups
from renmai.storage.opening import open_book
from renmai.storage.store import Store
from renmai.text.values import NEVER, Duration

TODAY = date(2026, 11, 21)
HORIZON = Duration(14, "d")
IDS = [f"p{number}" for number in range(12)]


def day(chance: random.Random) -> date:
    return TODAY + timedelta(chance.randint(-120, 60))


def contact(chance: random.Random) -> str:
    name = chance.choice(["Li", "Wu 武", "Ada", "王五", "Bo"])
    keys = [
        f"name: {name}",
        f"status: {chance.choice(['active'] * 5 + ['deceased', 'wanted'])}",
        f"tier: {chance.choice([5, 15, 50, 150])}",
        f"birthday: {chance.choice(['1980-03-01', '--11-30', 'lunar 1985-01-15'])}",
        f"follow_up: {{date: {day(chance)}, why: '[[{chance.choice(IDS)}]]'}}",
        f"snooze: {day(chance)}",
        f"dates: [{{date: --12-0{chance.randint(1, 9)}, what: wedding}}]",
        f"met: {{date: 2026-0{chance.randint(1, 9)}, through: {chance.choice(IDS)}}}",
        "me: yes",
    ]
    chosen = [keys[0], *(key for key in keys[1:-1] if chance.random() < 0.4)]
    chosen += keys[-1:] if chance.random() < 0.04 else []
    log = "".join(
        f"- {day(chance)} {chance.choice(['call', 'meet', 'note'])} with [[{chance.choice(IDS)}]]\n"
        for _ in range(chance.randint(0, 4))
    )
    task = f"- [ ] ask [[{chance.choice(IDS)}]], due {day(chance)}\n\n"
    return "---\n" + "\n".join(chosen) + f"\n---\n{task}## Log\n\n{log}"


def event(chance: random.Random) -> str:
    people = "".join(
        f"\n  - {{who: {chance.choice([*IDS, 'Somebody'])}, met: yes, next: {day(chance)}}}"
        for _ in range(3)
    )
    group = "\ncommunity: c" if chance.random() < 0.3 else ""
    front = f"title: E\ndate: {day(chance)}{group}\npeople:{people}"
    status = "cancelled" if chance.random() < 0.3 else "going"
    return f"---\n{front}\nstatus: {status}\n---\n## After\n\n- [ ] write to all\n"


def community(chance: random.Random) -> str:
    role = chance.choice(["owner", "owner", "member"])
    return f"---\nname: C\nrole: {role}\nsince: 2026-01\ngather_every: 2m\n---\n"


def change(root: Path, chance: random.Random) -> None:
    """One edit of one file."""
    sort = chance.choice(["contacts"] * 5 + ["events", "events", "communities"])
    names = {"contacts": chance.choice(IDS), "events": f"e{chance.randint(0, 3)}"}
    path = root / sort / f"{names.get(sort, 'c')}.md"
    if path.exists() and chance.random() < 0.4:
        with path.open("a") as file:
            file.write(f"\n## Log\n\n- {day(chance)} call with [[{chance.choice(IDS)}]]\n")
    elif path.exists() and chance.random() < 0.1:
        path.unlink()
    else:
        made = {"contacts": contact, "events": event, "communities": community}[sort]
        path.write_text(made(chance))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("contacts", "events", "communities"):
        (tmp_path / folder).mkdir()
    (tmp_path / "mkdocs.yml").write_text("plugins: [renmai]\n")
    return tmp_path


@pytest.mark.parametrize("seed", [1, 2, 3, None])
def test_they_are_what_the_rules_find(root: Path, seed: int | None) -> None:
    told_before = seed is not None
    seed = random.randrange(10**6) if seed is None else seed
    chance = random.Random(seed)
    for _ in range(25):
        change(root, chance)
    today, kinds = TODAY, set[str]()
    for step in range(40):
        for _ in range(chance.choice([0, 1, 1, 1, 3])):
            change(root, chance)
        if chance.random() < 0.1:
            today += timedelta(1)
        if chance.random() < 0.05:
            tier = chance.choice(["1w", "2m"])
            (root / "mkdocs.yml").write_text(f"plugins: [{{renmai: {{tiers: {{5: {tier}}}}}}}]\n")
        opened = open_book(root)
        expected = follow_ups(open_book(root, cache=False).book, today, opened.settings)
        told = f"seed {seed}, step {step}"
        near = [item for item in expected if item.state(HORIZON) != "later"]
        assert remembered_follow_ups(opened, today, HORIZON) == near, told
        assert remembered_follow_ups(opened, today, None) == expected, told
        kinds |= {item.kind for item in expected}
    # What chance gives may lack a kind; that these seeds try all of them is known.
    assert kinds == set(KINDS) or not told_before, f"seed {seed} did not try all kinds"


def test_after_one_edit_few_records_are_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        (root / "contacts" / f"q{number}.md").write_text(f"---\nname: N{number}\ntier: 5\n---\n")
    remembered_follow_ups(open_book(root), TODAY, HORIZON)
    with (root / "contacts" / "q7.md").open("a") as file:
        file.write("## Log\n\n- 2026-11-20 call with [[q8]]\n")
    asked: list[int] = []

    def counted(book: Book, *args: object) -> list[followups.FollowUp]:
        asked.append(len(list(book.records)))
        return follow_ups(book, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(followups, "follow_ups", counted)
    found = remembered_follow_ups(open_book(root), TODAY, HORIZON)
    assert found == follow_ups(open_book(root).book, TODAY, open_book(root).settings)[: len(found)]
    assert asked == [2]
    remembered_follow_ups(open_book(root), TODAY, NEVER)
    assert asked == [2]


def test_chunks_that_went_are_worked_out_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "_CHUNK", 3)
    for number in range(10):
        (root / "contacts" / f"q{number}.md").write_text("---\nname: N\ntier: 5\n---\n")
    expected = remembered_follow_ups(open_book(root), TODAY, None)
    assert len(expected) == 10
    with Store(root) as store:
        assert store.write(delete={due.TABLE: ["items 1"]})
    assert remembered_follow_ups(open_book(root), TODAY, None) == expected


def test_a_read_only_book(root: Path) -> None:
    (root / ".renmai").write_text("no folder")
    (root / "contacts" / "a.md").write_text("---\nname: N\ntier: 5\n---\n")
    assert [each.id for each in remembered_follow_ups(open_book(root), TODAY, None)] == ["a"]
