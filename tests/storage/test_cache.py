"""What is remembered of read files: it only ever costs or saves time, never changes a book."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from renmai.model.records import Record
from renmai.storage import files, opening, reading, records, store
from renmai.storage.listing import Stamp
from renmai.storage.opening import Opened, open_book
from renmai.storage.state import STATE, file_system_time
from renmai.storage.walk import Walk

#: Settled so soon in these tests, in seconds; file systems here count in smaller steps.
SETTLES = 0.03

CARDS = (
    "---\nname: {n}\n---\n## Log\n\n- 2026-11-0{d} call with [[p{o}]]: {n}\n",
    "---\nname: {n}\nmet: {{through: p{o}}}\ntags: [a{d}]\n---\n[[{n}]]\n",
    "---\nname: {n}\nbirthday: lunar 1985-01-1{d}\nme: yes\n---\n- [ ] x, due 2026-11-0{d}\n",
    "---\nname: {n}\nnonsense: {d}\ntier: {n}\n",
    "---\nname: {n}\nbirthday: 198{d}\nphoto: none{d}.png\n---\n",
    "no front matter {d} {o} {n}\n",
)
EVENTS = (
    "---\ntitle: {n}\ndate: 2026-11-0{d}\npeople: [{{who: p{o}, met: yes}}]\n---\n- [ ] {n}\n",
    "---\ntitle: {n}\ndate: nonsense\n---\n",
)


#: What references may say.
NAMES = ("Li", "li", "WU", "王五", "P1", "p1", "contacts/p2", "deep/p1", "nobody")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty book, in which files settle soon."""
    monkeypatch.setattr(reading, "SETTLES", int(SETTLES * 1e9))
    made = tmp_path / "book"
    for folder in ("contacts/deep", "events", "communities"):
        (made / folder).mkdir(parents=True)
    (made / "mkdocs.yml").write_text("plugins: [renmai]\n")
    return made


def seen(opened: Opened) -> list[Any]:
    """Everything that can be known of a book."""
    book = opened.book
    return [
        opened.problems,
        opened.digests,
        opened.state,
        dict(book.photos),
        [(each.path, each.outline, each.problems, each.record) for each in book.sources],
        [list(sort.items()) for sort in (book.contacts, book.events, book.communities)],
        book.me,
        {id: sorted(each.path for each in book.referring(id)) for id in book.ids},
        {name: [each.path for each in book.find(name)] for name in (*book.ids, *NAMES)},
        [[each.path for each in group] for group in book.claims],
    ]


def assert_same(root: Path, told: str = "") -> None:
    with_cache, without = seen(open_book(root)), seen(open_book(root, cache=False))
    assert with_cache == without, told


def paths(root: Path) -> list[Path]:
    return sorted(each for each in root.glob("*/**/*.md") if each.is_file())


# -- what people and programs do to files ---------------------------------------------------------


def text(chance: random.Random, folder: str) -> str:
    shape = chance.choice(EVENTS if folder == "events" else CARDS)
    return shape.format(
        n=chance.choice(["Li", "Wu", "王五"]), d=chance.randint(1, 9), o=chance.randint(0, 4)
    )


def make(root: Path, chance: random.Random) -> None:
    folder = chance.choice(["contacts", "contacts/deep", "events"])
    path = root / folder / f"p{chance.randint(0, 8)}.md"
    if not path.is_symlink():
        path.write_text(text(chance, folder))


def of_the_same_size(root: Path, chance: random.Random) -> None:
    path = chance.choice(paths(root))
    data = bytearray(path.read_bytes())
    numbers = [at for at, byte in enumerate(data) if byte in b"0123456789"]
    if numbers:
        data[chance.choice(numbers)] = ord(chance.choice("123456789"))
        path.write_bytes(data)


def of_the_same_size_and_time(root: Path, chance: random.Random) -> None:
    path = chance.choice(paths(root))
    about = path.stat()
    old = path.read_bytes()
    path.write_bytes(old.replace(b"0", b"1") if b"0" in old else old.replace(b"1", b"2"))
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


def swap(root: Path, chance: random.Random) -> None:
    one, other = chance.choice(paths(root)), chance.choice(paths(root))
    aside = root / "aside"
    os.rename(one, aside)
    if other.exists():
        os.rename(other, one)
    os.rename(aside, other)


def rename(root: Path, chance: random.Random) -> None:
    path = chance.choice(paths(root))
    os.replace(path, path.with_name(f"p{chance.randint(0, 8)}.md"))


def touch(root: Path, chance: random.Random) -> None:
    moment = time.time() + chance.choice([-86400, -2, 0, 86400])
    os.utime(chance.choice(paths(root)), (moment, moment))


def remove(root: Path, chance: random.Random) -> None:
    chance.choice(paths(root)).unlink()


def spoil(root: Path, chance: random.Random) -> None:
    chance.choice(paths(root)).write_bytes(chance.choice([b"\xff", b"", b"---\na: [\n---\n"]))


def link(root: Path, chance: random.Random) -> None:
    place = root / "contacts" / f"link{chance.randint(0, 2)}.md"
    place.unlink(missing_ok=True)
    place.symlink_to(chance.choice(paths(root)))


def replace_by_a_copy(root: Path, chance: random.Random) -> None:
    """As editors save: a new file takes the place of the old one."""
    path = chance.choice(paths(root))
    beside = path.with_suffix(".new")
    beside.write_text(text(chance, "contacts"))
    os.replace(beside, path)


DEEDS: list[Callable[[Path, random.Random], None]] = [
    make, make, make, of_the_same_size, of_the_same_size, of_the_same_size_and_time, swap, rename,
    touch, remove, spoil, link, replace_by_a_copy,
]  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3, None])
def test_whatever_is_done_to_the_files(root: Path, seed: int | None) -> None:
    seed = random.randrange(10**6) if seed is None else seed
    chance = random.Random(seed)
    for number in range(40):
        for _ in range(chance.choice([1, 1, 1, 2, 5])):
            deed = chance.choice(DEEDS) if len(paths(root)) > 2 else make
            deed(root, chance)
        if chance.random() < 0.3:
            time.sleep(2 * SETTLES)
            open_book(root)  # what it reads now is settled
        assert_same(root, f"seed {seed}, step {number}")


def snapshot(root: Path) -> dict[str, object]:
    """What can be told of every record file by looking at it."""
    return {
        path.relative_to(root).as_posix(): path.is_symlink() or path.read_bytes()
        for path in root.glob("*/**/*.md")
        if path.is_symlink() or path.is_file()
    }


@pytest.mark.parametrize("seed", [4, 5, None])
def test_whoever_knows_what_changed_says_so(root: Path, seed: int | None) -> None:
    seed = random.randrange(10**6) if seed is None else seed
    chance = random.Random(seed)
    deeds = [deed for deed in DEEDS if deed is not link or seed % 2]
    make(root, chance)
    open_book(root)
    for number in range(40):
        before = snapshot(root)
        chance.choice(deeds if len(paths(root)) > 2 else [make])(root, chance)
        now = snapshot(root)
        changed = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
        # Editors leave traces of files that are gone again, or are no records.
        changed |= {"contacts/gone.new", "contacts/4913", "events/p9.md~"}
        found = seen(open_book(root, changed=changed))
        assert found == seen(open_book(root, cache=False)), f"seed {seed}, step {number}"


def test_another_process_that_reads_in_between(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of all files is always that of one process."""
    one, other = root / "contacts/a.md", root / "contacts/b.md"
    for path in (one, other):
        path.write_text("---\nname: Li\n---\n")
    time.sleep(2 * SETTLES)
    open_book(root)
    one.write_text("---\nname: Li\n---\nA note.\n")
    ask, kept = file_system_time, dict(files._latest)

    def meanwhile(place: Path) -> int:
        monkeypatch.setattr(files, "file_system_time", ask)
        other.write_text("---\nname: Wu\n---\n")
        files._latest.clear()
        open_book(root)
        files._latest.update(kept)
        return ask(place)

    monkeypatch.setattr(files, "file_system_time", meanwhile)
    files.read_changed(root, Walk(root).files())
    other.write_text("---\nname: Li\n---\n")
    files._latest.clear()
    assert_same(root)


def test_to_know_what_changed_spares_a_walk(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        (root / f"contacts/{name}.md").write_text(CARDS[0].format(n=name, d=1, o=1))
    open_book(root)
    monkeypatch.setattr(opening, "Walk", None)
    path = root / "contacts/a.md"
    path.write_text(path.read_text().replace("name: a", "name: Anna"))
    assert open_book(root, changed={"contacts/a.md"}).book.contacts["a"].name == "Anna"


def test_many_files_are_read_by_several_processes(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(1)
    for number in range(60):
        folder = chance.choice(["contacts", "events"])
        (root / folder / f"p{number}.md").write_text(text(chance, folder))
    without = seen(open_book(root, cache=False))
    monkeypatch.setattr(reading, "_MANY", 10)
    monkeypatch.setattr(reading, "_AT_A_TIME", 7)
    monkeypatch.setattr(reading, "_cores", lambda: 2)
    assert seen(open_book(root)) == without
    # Should one of them be killed, the rest is read here.
    (root / STATE / store.NAME).unlink()
    monkeypatch.setattr(reading, "_read_part", lambda *_: os._exit(1))
    assert seen(open_book(root)) == without


def settled(root: Path, count: int = 5) -> list[str]:
    """A book of some cards that are remembered, and not to be read again; their paths."""
    for number in range(count):
        (root / "contacts" / f"p{number}.md").write_text(f"---\nname: N{number}\n---\n")
    time.sleep(2 * SETTLES)
    open_book(root)
    return [f"contacts/p{number}.md" for number in range(count)]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read, in order."""
    names: list[str] = []
    give = reading.bytes_of

    def bytes_of(path: str) -> tuple[bytes, Stamp]:
        names.append(Path(path).name)
        return give(path)

    monkeypatch.setattr(reading, "bytes_of", bytes_of)
    return names


def test_what_is_settled_is_not_read_again(root: Path, read: list[str]) -> None:
    settled(root)
    read.clear()
    assert len(open_book(root).book.contacts) == 5
    assert read == []
    (root / "contacts/p3.md").write_text("---\nname: Else\n---\n")
    assert open_book(root).book.contacts["p3"].name == "Else"
    assert read == ["p3.md"]


def test_what_may_change_without_a_sign_is_read_again(root: Path, read: list[str]) -> None:
    settled(root)
    (root / "contacts/p3.md").write_text("---\nname: New\n---\n")
    open_book(root)
    read.clear()
    open_book(root)
    assert read == ["p3.md"]
    time.sleep(2 * SETTLES)
    open_book(root)
    read.clear()
    open_book(root)
    assert read == []


def test_a_record_is_decoded_when_it_is_asked_for(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(root)
    asked: list[str] = []
    give = records.Remembered.read

    def read(remembered: records.Remembered, path: str) -> Record | None:
        asked.append(path)
        return give(remembered, path)

    monkeypatch.setattr(records.Remembered, "read", read)
    book = open_book(root).book
    assert (book.find("N3")[0].id, list(book.contacts), book.me) == (
        "p3", [f"p{number}" for number in range(5)], None,
    )  # fmt: skip
    assert asked == []
    assert book.contacts["p3"].name == "N3"
    assert book.contacts["p3"] is book.find("p3")[0].record
    assert asked == ["contacts/p3.md"]


def test_a_file_that_changed_since_the_book_was_opened(root: Path) -> None:
    settled(root)
    book = open_book(root).book
    (root / "contacts/p1.md").write_text("---\nname: Else\n---\n")
    (root / "contacts/p2.md").unlink()
    open_book(root)  # another process remembers the new ones
    assert book.contacts["p1"].name == "Else"
    assert (book.contacts["p2"].id, book.contacts["p2"].name) == ("p2", None)
    assert book.contacts["p3"].name == "N3"
    assert_same(root)


# -- what may happen to the cache itself ----------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, None])
def test_a_damaged_cache_only_costs_time(root: Path, seed: int | None) -> None:
    seed = random.randrange(10**6) if seed is None else seed
    chance = random.Random(seed)
    for _ in range(6):
        make(root, chance)
    settled(root)
    place = root / STATE / store.NAME
    for number in range(20):
        data = bytearray(place.read_bytes()) if place.exists() else bytearray()
        for _ in range(chance.choice([1, 10, 1000])):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        place.write_bytes(data[: chance.choice([len(data), len(data), len(data) // 2, 0])])
        assert_same(root, f"seed {seed}, step {number}")
        assert_same(root, f"seed {seed}, step {number} again")


def test_a_lost_row_is_put_right(root: Path) -> None:
    settled(root)
    with store.Store(root) as kept:
        kept.write(delete={records.TABLE: ["contacts/p1.md"]})
    assert open_book(root).book.contacts["p1"].name == "N1"
    with store.Store(root) as kept:
        assert kept.get(records.TABLE, "contacts/p1.md")


def test_a_removed_record_is_forgotten(root: Path) -> None:
    settled(root)
    (root / "contacts/p1.md").unlink()
    open_book(root)
    with store.Store(root) as kept:
        assert len(kept.items(records.TABLE)) == 4


def test_another_version_reads_all_anew(
    root: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(root)
    read.clear()
    monkeypatch.setattr(store, "_version_seal", lambda: 1)
    monkeypatch.setattr(store, "version", lambda: b"another")
    assert_same(root)
    assert len(read) == 10  # once with the cache, and once without


def test_a_book_that_cannot_be_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / STATE).write_text("no folder")
    settled(root)
    assert_same(root)
    assert (root / STATE).read_text() == "no folder"


def test_a_link_is_not_followed(root: Path) -> None:
    elsewhere = root.parent / "elsewhere"
    elsewhere.mkdir()
    (root / STATE).symlink_to(elsewhere)
    settled(root)
    assert_same(root)
    assert list(elsewhere.iterdir()) == []
    (root / STATE).unlink()
    (root / STATE).mkdir()
    (root / STATE / store.NAME).symlink_to(elsewhere / "cache.db")
    assert_same(root)
    assert list(elsewhere.iterdir()) == []


def test_without_a_cache_nothing_is_written(root: Path) -> None:
    (root / "contacts/a.md").write_text("---\nname: A\n---\n")
    open_book(root, cache=False)
    assert not (root / STATE).exists()
