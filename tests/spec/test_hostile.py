"""Hostile files: a problem, in bounded time, never a traceback, never a read outside the book.

Each runs in a process of its own, with a limit: a hang is a failure and not a hung suite.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.spec.book import Book, contact, event, record

LIMIT = 20  # seconds, for a machine that is busy with other tests
TEN_MB = 10_000_000


def checked(made: Book) -> dict[str, list[str]]:
    """The codes of `check`, by path; the good neighbour must be as good as ever."""
    made.write("contacts/good.md", contact("tier: 15", ["2026-10-12 call: x"], name="Good"))
    done = made.process("check", "--json", timeout=LIMIT)
    document = json.loads(done.stdout)
    codes: dict[str, list[str]] = {}
    for row in document["problems"]:
        assert row["line"] >= 1
        assert len(row["message"]) < 10_000, "a message must be one to read"
        codes.setdefault(row["path"], []).append(row["code"])
    assert "contacts/good.md" not in codes
    return codes


ALIAS_BOMB = "\n".join(
    ["name: L", "x-a: &a [x,x,x,x,x,x,x,x,x]"]
    + [
        f"x-{b}: &{b} [{','.join(['*' + a] * 9)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
)
MERGE_BOMB = "name: L\nx-a: &a {k: v}\n" + "\n".join(
    f"x-{n}: &b{n} {{<<: [{', '.join(['*a'] * 50)}]}}" for n in range(50)
)


@pytest.mark.parametrize(
    ("front", "code"),
    [
        (ALIAS_BOMB, "yaml-alias"),
        (MERGE_BOMB, "yaml-alias"),
        ("name: L\nx-loop: &a [*a]", "yaml-alias"),
        ("name: L\nx-deep: " + "[" * 100_000, "bad-yaml"),
        ("name: L\nx-deep: " + "[" * 100_000 + "]" * 100_000, "bad-yaml"),
        ("name: L\nx-deep: " + "{a: " * 50_000 + "}" * 50_000, "bad-yaml"),
        ("name: L\nx-deep:\n  " + "- " * 50_000 + "a", "bad-yaml"),
        ("name: L\n" + "? " * 50_000, "bad-yaml"),
        ("name: " + "x" * TEN_MB, "bad-yaml"),
        ("name: [" + "x," * (TEN_MB // 2) + "]", "bad-yaml"),
        ("name: L\ncity: a\x00b", "bad-yaml"),
        ("name: L\ncity: !!python/object/apply:os.abort []", "bad-yaml"),
        ("name: L\nsnooze: " + "9" * 5000, "bad-value"),
        ("name: L\ncadence: " + "9" * 5000 + "d", "bad-value"),
        ("name: L\nbirthday: lunar " + "9" * 5000 + "-01-01", "bad-value"),
        ("name: L\nme: " + "y" * 100_000, "bad-value"),
        ("name: L\nphoto: " + "x/" * 50_000, "no-such-file"),
        ('name: L\nphoto: "a\\0b.jpg"', None),
        ("name: L\n" + "q" * 100_000 + ": x", "unknown-key"),
        ("name: L\n" + "\n".join(f"key{n}: x" for n in range(20_000)), "unknown-key"),
        ("name: L\n" + "\n".join(f"city: {n}" for n in range(20_000)), "duplicate-key"),
        ("name: L\ncircles: [" + ", ".join(f"c{n}" for n in range(20_000)) + "]", "unknown-circle"),
        ("name: L\n~: x", None),
        ("name: L\n? [a, b]\n: x", None),
        ("name: L\n? {a: b}\n: x", None),
        ("name: L\n? |\n  a\n: x", None),
    ],
    ids=[
        "alias bomb",
        "merge bomb",
        "alias to itself",
        "100,000 brackets left open",
        "100,000 brackets",
        "50,000 maps",
        "50,000 lists",
        "50,000 keys in keys",
        "10 MB on one line",
        "five million items",
        "NUL",
        "a tag that would run",
        "a number of 5,000 digits for a date",
        "a number of 5,000 digits for a duration",
        "a year of 5,000 digits",
        "a long word for yes or no",
        "a long path",
        "NUL in a path",
        "a long key",
        "20,000 unknown keys",
        "one key 20,000 times",
        "20,000 unknown circles",
        "null for a key",
        "a list for a key",
        "a map for a key",
        "a block for a key",
    ],
)
def test_hostile_front_matter(book, front, code):
    codes = checked(book({"contacts/a.md": record(front)}))
    if code:
        assert code in codes["contacts/a.md"]


def test_a_number_of_5000_digits_is_a_number(book):
    made = book({"events/e.md": event("2026-12-01", "hosted: yes\ncapacity: " + "9" * 5000)})
    assert "too-many" in checked(made)["events/e.md"]


BODIES = {
    "10 MB on one line": "x" * TEN_MB,
    "10 MB of words": "word " * (TEN_MB // 5),
    "10 MB of backticks": "`" * TEN_MB,
    "backticks of every length": " ".join("`" * n for n in range(1, 2000)),
    "10 MB of [": "[" * TEN_MB,
    "10 MB of [[": "[[a" * (TEN_MB // 3),
    "10 MB of ]": "]" * TEN_MB,
    "10 MB of [[a|": "[[a|" * (TEN_MB // 4),
    "10 MB of ![": "![" * (TEN_MB // 2),
    "10 MB of <!--": "<!--" * (TEN_MB // 4),
    "comments left open in a paragraph": "a <!-- b " * (TEN_MB // 20),
    "10 MB of <": "<" * TEN_MB,
    "10 MB of *": "*" * TEN_MB,
    "10 MB of _a": "_a" * (TEN_MB // 2),
    "10 MB of >": ">" * TEN_MB,
    "100,000 quotes in quotes": "> " * 100_000 + "x",
    "100,000 lists in lists": "- " * 100_000 + "x",
    "a list that deepens": "".join(" " * n + "- x\n" for n in range(1500)),
    "10 MB of spaces": "a" + " " * TEN_MB + "b",
    "10 MB of #": "## " + "#" * TEN_MB,
    "10 MB of blank lines": "\n" * TEN_MB,
    "NUL": "a\x00b\n\n- [ ] x\x00 due 2026-12-01\n\n## Log\n\n- 2026-11-01 call: \x00\n",
}
ENTRIES = {
    "10 MB of text": "- 2026-11-01 call: " + "x" * TEN_MB,
    "10 MB of an unknown kind": "- 2026-11-01 " + "x" * TEN_MB,
    "10 MB of a first word": "- " + "x" * TEN_MB,
    "10 MB of spaces": "- 2026-11-01" + " " * TEN_MB + "call",
    "10 MB of with": "- 2026-11-01 meet " + "with " * (TEN_MB // 5),
    "100,000 behind with": "- 2026-11-01 meet with " + ", ".join(["[[good]]"] * 100_000),
    "100,000 separators": "- 2026-11-01 meet with [[good]]" + " and" * 100_000,
    "a task of due due due": "- [ ] " + "due " * (TEN_MB // 4) + "5",
    "a task of due:::": "- [ ] due" + " :" * (TEN_MB // 2) + "5",
    "a task of digits": "- [ ] due " + "9" * TEN_MB,
    "an open box": "- [" + " " * TEN_MB + "] x",
    "20,000 entries": "- 2026-11-01 call: x\n" * 20_000,
    "20,000 undated ones": "- x\n" * 20_000,
}


@pytest.mark.parametrize("body", BODIES)
def test_hostile_bodies(book, body):
    checked(book({"contacts/a.md": contact(body=BODIES[body])}))


@pytest.mark.parametrize("entry", ENTRIES)
def test_hostile_logs(book, entry):
    checked(book({"contacts/a.md": contact(body="## Log\n\n" + ENTRIES[entry] + "\n")}))


def test_nul_bytes_and_noise_for_a_file(book):
    made = book(
        {
            "contacts/nul.md": b"\x00" * 1000,
            "contacts/noise.md": bytes(range(256)) * 100,
            "contacts/cr.md": b"---\rname: L\r---\r",
            "contacts/empty.md": b"",
            "contacts/bom.md": b"\xef\xbb\xbf",
            "contacts/dashes.md": b"---\n" * 100_000,
            "events/dash.md": b"-" * 1_000_000,
        }
    )
    codes = checked(made)
    assert codes["contacts/nul.md"] == ["no-front-matter"]
    assert codes["contacts/noise.md"] == ["bad-encoding"]
    assert codes["contacts/empty.md"] == ["no-front-matter"]


def test_a_name_of_4000_characters(book):
    made = book(
        {"contacts/a.md": contact("tier: 5\naliases: [" + "别" * 4000 + "]", name="名" * 4000)}
    )
    assert checked(made) == {}
    for words in (
        ["due"],
        ["show", "a"],
        ["list", "contacts"],
        ["find", "名"],
        ["show", "x" * 4000],
    ):
        made.run(*words)


def test_a_file_name_as_long_as_a_disk_takes(book):
    made = book({"contacts/" + "名" * 83 + ".md": contact("tier: 5")})
    assert checked(made) == {}


def test_a_path_deeper_than_the_system_takes(book):
    made = book()
    here = os.open(made.root / "contacts", os.O_RDONLY)
    for _ in range(40):
        os.mkdir("d" * 200, dir_fd=here)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    file = os.open("deep.md", os.O_WRONLY | os.O_CREAT, dir_fd=here)
    os.close(file)
    try:
        checked(made)
    finally:
        os.unlink("deep.md", dir_fd=here)
        os.close(here)


def test_a_file_name_that_is_no_utf8(book):
    made = book({"contacts/good.md": contact()})
    folder = os.fsencode(made.root / "contacts")
    for name in (b"\xff\xfe.md", b"a\xe6.md"):
        Path(os.fsdecode(folder + b"/" + name)).write_text(contact("tier: 7\ncadence: 1w"))
    os.mkdir(folder + b"/\xff folder")
    Path(os.fsdecode(folder + b"/\xff folder/x.md")).write_text(contact("tier: 7"))
    checked(made)
    for words in (
        ["check"],
        ["due"],
        ["due", "--json"],
        ["list", "contacts"],
        ["list", "contacts", "--json"],
        ["find", "a"],
    ):
        made.process(*words, timeout=LIMIT)


@pytest.mark.parametrize(
    "name", ["a\nb.md", "a\rb.md", "a\x1b[31m.md", "a\u202eb.md", "a'\"`$(x)\\.md", "-rf.md"]
)
def test_odd_file_names(book, name):
    made = book({f"contacts/{name}": contact("tier: 7\ncadence: 1w")})
    assert checked(made) == {f"contacts/{name}": ["bad-value"]}
    assert len(made.run("check").stdout.splitlines()) <= 3


# --- nothing outside the book is read

SECRET = "tango-seven-secret"


@pytest.fixture
def outside(tmp_path):
    folder = tmp_path / "outside"
    folder.mkdir()
    text = contact(f"tier: {SECRET}\n{SECRET}: x", [SECRET], f"[[{SECRET}]]\n", name=SECRET)
    (folder / "secret.md").write_text(text)
    (folder / "secret.jpg").write_text(SECRET)
    return folder


def test_nothing_outside_the_book_is_read(book, outside):
    made = book({"contacts/good.md": contact("tier: 5\nphoto: out.jpg")})
    contacts = made.root / "contacts"
    (contacts / "file.md").symlink_to(outside / "secret.md")
    (contacts / "folder").symlink_to(outside, target_is_directory=True)
    (contacts / "chain.md").symlink_to("file.md")
    (contacts / "root").symlink_to("/", target_is_directory=True)
    (contacts / "proc.md").symlink_to("/proc/self/environ")
    (contacts / "zero.md").symlink_to("/dev/zero")
    (contacts / "tty.md").symlink_to("/dev/stdin")
    (contacts / "up").symlink_to("../..", target_is_directory=True)
    (contacts / "loop").symlink_to("loop")
    (contacts / "self").symlink_to(".", target_is_directory=True)
    (made.root / "events").rmdir()
    (made.root / "events").symlink_to(outside, target_is_directory=True)
    (made.root / "out.jpg").symlink_to(outside / "secret.jpg")
    for words in (
        ["check"],
        ["check", "--json"],
        ["due", "--all"],
        ["list", "contacts", "--json"],
        ["find", SECRET],
        ["show", SECRET],
    ):
        done = made.process(*words, timeout=LIMIT)
        shown = (done.stdout + done.stderr).decode()
        if SECRET not in words:
            assert SECRET not in shown, words
        else:
            assert "secret.md" not in shown
    document = json.loads(made.process("check", "--json").stdout)
    assert document["files"] == 1
    told = {row["path"] for row in document["problems"] if row["code"] == "outside-book"}
    assert {"contacts/file.md", "contacts/chain.md"} <= told


def test_pipes_and_sockets_do_not_hang(book):
    made = book()
    for folder in ("contacts", "events", "communities"):
        os.mkfifo(made.root / folder / "pipe.md")
    (made.root / "contacts" / "link.md").symlink_to("pipe.md")
    checked(made)
    for words in (["due"], ["list", "contacts"], ["find", "x"]):
        made.process(*words, timeout=LIMIT)


def test_a_pipe_for_a_photo_does_not_hang(book):
    made = book({"contacts/a.md": contact("photo: pipe.jpg")})
    os.mkfifo(made.root / "pipe.jpg")
    checked(made)


@pytest.mark.parametrize("what", ["folder", "pipe", "loop", "nothing"])
def test_a_mkdocs_yml_that_is_no_file(tmp_path, what):
    made = Book(tmp_path / "book")
    target = made.root / "mkdocs.yml"
    target.unlink()
    match what:
        case "folder":
            target.mkdir()
        case "pipe":
            os.mkfifo(target)
        case "loop":
            target.symlink_to("mkdocs.yml")
    done = made.process("check", timeout=LIMIT)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "text",
    [
        b"\xff\xfe",
        b"\x00",
        b"plugins:\n  - renmai:\n      circles: " + b"[" * 100_000,
        b"a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n" * 1
        + b"c: [*b,*b,*b]\nplugins: [renmai]\n",
        b"plugins:\n  - renmai:\n      tiers: {" + b"9" * 5000 + b": 1w}\n",
        b"plugins: renmai\n",
        b"plugins:\n  - renmai: 5\n",
        b"plugins:\n  - renmai: [a]\n",
        b"plugins:\n  - [renmai]\n  - 5\n  - ~\n  - renmai\n",
        b"- renmai\n",
        b"",
    ],
)
def test_hostile_settings(tmp_path, text):
    made = Book(tmp_path / "book", {"contacts/a.md": contact()})
    made.write("mkdocs.yml", text)
    made.process("check", timeout=LIMIT)
