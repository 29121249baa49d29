"""The store of what is remembered: whole changes or none, and nothing that was not written."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from renmai.storage import store
from renmai.storage.state import STATE
from renmai.storage.store import NAME, Store

ALL = {f"k{number}": os.urandom(50) for number in range(2000)}


def test_what_is_put_is_there(tmp_path: Path) -> None:
    with Store(tmp_path) as kept:
        assert kept.get("a", "k") is None
        assert not (tmp_path / STATE).exists()  # to look for something makes nothing
        assert kept.write(put={"a": {"k": b"1", "王": b""}, "b": {"k": b"2"}})
        assert (kept.get("a", "k"), kept.get("a", "王"), kept.get("b", "k")) == (b"1", b"", b"2")
    with Store(tmp_path) as kept:
        assert kept.items("a") == {"k": b"1", "王": b""}
        assert kept.write(put={"a": {"k": b"3"}}, delete={"a": ["王", "none"]}, clear=["b"])
        assert (kept.items("a"), kept.items("b")) == ({"k": b"3"}, {})


def test_many(tmp_path: Path) -> None:
    with Store(tmp_path) as kept:
        assert kept.write(put={"a": ALL})
        assert kept.items("a") == ALL
        assert kept.get_many("a", [*ALL, "none", *ALL]) == ALL


def test_it_keeps_itself_out_of_git(tmp_path: Path) -> None:
    with Store(tmp_path) as kept:
        kept.write(put={"a": {"k": b"1"}})
    assert (tmp_path / STATE / ".gitignore").read_text() == "*\n"
    assert sorted(path.name for path in (tmp_path / STATE).iterdir()) == [".gitignore", NAME]


def test_another_version_sees_nothing_and_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path) as kept:
        kept.write(put={"a": {"k": b"1", "l": b"1"}})
    monkeypatch.setattr(store, "_version_seal", lambda: 7)
    monkeypatch.setattr(store, "version", lambda: b"other")
    with Store(tmp_path) as kept:
        assert kept.items("a") == {}
        assert kept.write(put={"a": {"k": b"2"}})
        assert kept.items("a") == {"k": b"2"}
    monkeypatch.undo()
    with Store(tmp_path) as kept:
        assert kept.items("a") == {}


def test_a_value_in_another_place_is_no_value(tmp_path: Path) -> None:
    with Store(tmp_path) as kept:
        kept.write(put={"a": {"k": b"1"}})
    with sqlite3.connect(tmp_path / STATE / NAME) as file:
        file.execute("INSERT INTO entry SELECT place, 'l', value FROM entry WHERE key = 'k'")
        file.execute(
            "INSERT INTO entry VALUES ('a', 'm', 5), ('a', 'n', 'text'), ('a', 'o', x'00')"
        )
    file.close()
    with Store(tmp_path) as kept:
        assert kept.items("a") == {"k": b"1"}


@pytest.mark.parametrize("spoilt", [b"", b"no database at all", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_file_is_made_anew(tmp_path: Path, spoilt: bytes) -> None:
    (tmp_path / STATE).mkdir()
    (tmp_path / STATE / NAME).write_bytes(spoilt)
    with Store(tmp_path) as kept:
        assert kept.get("a", "k") is None
        kept.write(put={"a": {"k": b"1"}})
        kept.write(put={"a": {"k": b"1"}})
        assert kept.get("a", "k") == b"1"


@pytest.mark.parametrize("seed", [1, 2, None])
def test_damage_never_gives_another_value(tmp_path: Path, seed: int | None) -> None:
    seed = random.randrange(10**6) if seed is None else seed
    chance = random.Random(seed)
    with Store(tmp_path) as kept:
        kept.write(put={"a": ALL})
    place = tmp_path / STATE / NAME
    whole = place.read_bytes()
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 20])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        place.write_bytes(data)
        with Store(tmp_path) as kept:
            assert kept.items("a").items() <= ALL.items(), f"seed {seed}"


def test_a_locked_file_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    with Store(tmp_path) as kept:
        kept.write(put={"a": {"k": b"1"}})
    other = sqlite3.connect(tmp_path / STATE / NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with Store(tmp_path) as kept:
        assert kept.get("a", "k") is None
        assert not kept.write(put={"a": {"k": b"2"}})
    other.execute("ROLLBACK")
    other.close()
    with Store(tmp_path) as kept:
        assert kept.get("a", "k") == b"1"


def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / STATE / NAME).mkdir(parents=True)
    with Store(tmp_path) as kept:
        assert not kept.write(put={"a": {"k": b"1"}})
        assert kept.items("a") == {}
    (tmp_path / STATE / NAME).rmdir()
    os.mkfifo(tmp_path / STATE / NAME)
    with Store(tmp_path) as kept:
        assert not kept.write(put={"a": {"k": b"1"}})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    with Store(tmp_path) as kept:
        kept.write(put={"a": {"k": b"1"}})
    (tmp_path / STATE).chmod(0o500)
    (tmp_path / STATE / NAME).chmod(0o400)
    try:
        with Store(tmp_path) as kept:
            assert kept.get("a", "k") == b"1"
            assert not kept.write(put={"a": {"k": b"2"}})
    finally:
        (tmp_path / STATE).chmod(0o700)


WRITER = """
import sys
from pathlib import Path
from renmai.storage import store
from renmai.storage.store import Store
store.version, store._version_seal = lambda: b"1", lambda: 1
with Store(Path(sys.argv[1])) as kept:
    for number in range(10**6):
        kept.write(put={"a": {f"k{at}": b"%d" % number for at in range(50)}})
        print(number, flush=True)
"""


def test_killed_at_any_moment_and_two_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks sees one change whole, while two processes write and are killed."""
    monkeypatch.setattr(store, "version", lambda: b"1")  # whatever is edited meanwhile
    monkeypatch.setattr(store, "_version_seal", lambda: 1)
    for _ in range(3):
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
            for _ in range(2)
        ]
        for each in writers:
            assert each.stdout
            assert each.stdout.readline()
        for _ in range(20):
            with Store(tmp_path) as kept:
                assert len(set(kept.items("a").values())) <= 1
            time.sleep(0.005)
        for each in writers:
            each.kill()
            each.communicate()
        with Store(tmp_path) as kept:
            found = kept.items("a")
            assert (len(found), len(set(found.values()))) == (50, 1)
            assert kept.write(put={"b": {"k": b"1"}})


def test_a_child_opens_the_file_for_itself(tmp_path: Path) -> None:
    with Store(tmp_path) as kept:
        kept.write(put={"a": {"k": b"1"}})
        child = os.fork()
        if child == 0:
            os._exit(0 if kept.get("a", "k") == b"1" else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert kept.get("a", "k") == b"1"
