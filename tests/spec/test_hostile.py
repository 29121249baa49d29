"""Hostile files: a problem, in bounded time, never a traceback, never a read outside the book.

What could hang runs in a process of its own, with a limit, so that a hang is a failure and not a
hung suite.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.spec.book import Book, contact, event, record

LIMIT = 20  # seconds, for a machine that is busy with other tests
TEN_MB = 10_000_000
MB = 1_000_000


def checked(made: Book, limit: int = LIMIT) -> dict[str, list[str]]:
    """The codes of `check`, by path; the good neighbour must be as good as ever."""
    made.write("contacts/good.md", contact("tier: 15", ["2026-10-12 call: x"], name="Good"))
    done = made.process("check", "--json", timeout=limit)
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


FRONTS: dict[str, tuple[str, str | None]] = {
    "alias bomb": (ALIAS_BOMB, "yaml-alias"),
    "merge bomb": (MERGE_BOMB, "yaml-alias"),
    "alias to itself": ("name: L\nx-loop: &a [*a]", "yaml-alias"),
    "100,000 brackets left open": ("name: L\nx-deep: " + "[" * 100_000, "bad-yaml"),
    "100,000 brackets": ("name: L\nx-deep: " + "[" * 100_000 + "]" * 100_000, "bad-yaml"),
    "50,000 maps": ("name: L\nx-deep: " + "{a: " * 50_000 + "}" * 50_000, "bad-yaml"),
    "50,000 lists": ("name: L\nx-deep:\n  " + "- " * 50_000 + "a", "bad-yaml"),
    "50,000 keys in keys": ("name: L\n" + "? " * 50_000, "bad-yaml"),
    "10 MB on one line": ("name: " + "x" * TEN_MB, "bad-yaml"),
    "five million items": ("name: [" + "x," * (TEN_MB // 2) + "]", "bad-yaml"),
    "NUL": ("name: L\ncity: a\x00b", "bad-yaml"),
    "a tag that would run": ("name: L\ncity: !!python/object/apply:os.abort []", "bad-yaml"),
    "5,000 digits for a date": ("name: L\nsnooze: " + "9" * 5000, "bad-value"),
    "5,000 digits for a duration": ("name: L\ncadence: " + "9" * 5000 + "d", "bad-value"),
    "a year of 5,000 digits": ("name: L\nbirthday: lunar " + "9" * 5000 + "-01-01", "bad-value"),
    "a long word for yes or no": ("name: L\nme: " + "y" * 100_000, "bad-value"),
    "a long path": ("name: L\nphoto: " + "x/" * 50_000, "no-such-file"),
    "NUL in a path": ('name: L\nphoto: "a\\0b.jpg"', None),
    "a long key": ("name: L\n" + "q" * 1000 + ": x", "unknown-key"),
    "a longer key": ("name: L\n? " + "q" * 100_000 + "\n: x", "unknown-key"),
    "many unknown keys": ("name: L\n" + "\n".join(f"k{n}: x" for n in range(5000)), "unknown-key"),
    "one key many times": ("name: L\n" + "\n".join(["city: x"] * 5000), "duplicate-key"),
    "many unknown circles": (
        "name: L\ncircles: [" + ", ".join(f"c{n}" for n in range(5000)) + "]",
        "unknown-circle",
    ),
    "null for a key": ("name: L\n~: x", None),
    "a list for a key": ("name: L\n? [a, b]\n: x", None),
    "a map for a key": ("name: L\n? {a: b}\n: x", None),
    "a block for a key": ("name: L\n? |\n  a\n: x", None),
}


@pytest.fixture(scope="module")
def fronts(tmp_path_factory) -> dict[str, list[str]]:
    """What `check` says of all of them, in one book."""
    files = {f"contacts/{name}.md": record(front) for name, (front, _) in FRONTS.items()}
    return checked(Book(tmp_path_factory.mktemp("fronts"), files))


@pytest.mark.parametrize("name", FRONTS)
def test_hostile_front_matter(fronts, name):
    code = FRONTS[name][1]
    if code:
        assert code in fronts[f"contacts/{name}.md"]


def test_a_number_of_5000_digits_brings_nobody_down(book):
    made = book({"events/e.md": event("2026-12-01", "hosted: yes\ncapacity: " + "9" * 5000)})
    checked(made)
    made.show("e")


BODIES = {
    "10 MB on one line": "x" * TEN_MB,
    "1 MB of words": "word " * (MB // 5),
    "10 MB of backticks": "`" * TEN_MB,
    "backticks of every length": " ".join("`" * n for n in range(1, 2000)),
    "10 MB of [": "[" * TEN_MB,
    "1 MB of [[": "[[a" * (MB // 3),
    "1 MB of ]": "]" * MB,
    "1 MB of [[a|": "[[a|" * (MB // 4),
    "1 MB of ![": "![" * (MB // 2),
    "10 MB of <!--": "<!--" * (TEN_MB // 4),
    "comments left open in a paragraph": "a <!-- b " * (MB // 10),
    "1 MB of <": "<" * MB,
    "1 MB of *": "*" * MB,
    "1 MB of _a": "_a" * (MB // 2),
    "1 MB of >": ">" * MB,
    "100,000 quotes in quotes": "> " * 100_000 + "x",
    "100,000 lists in lists": "- " * 100_000 + "x",
    "a list that deepens": "".join(" " * n + "- x\n" for n in range(1500)),
    "1 MB of spaces": "a" + " " * MB + "b",
    "1 MB of #": "## " + "#" * MB,
    "1 MB of blank lines": "\n" * MB,
    "NUL": "a\x00b\n\n- [ ] x\x00 due 2026-12-01\n\n## Log\n\n- 2026-11-01 call: \x00\n",
}
ENTRIES = {
    "10 MB of text": "- 2026-11-01 call: " + "x" * TEN_MB,
    "1 MB of an unknown kind": "- 2026-11-01 " + "x" * MB,
    "1 MB of a first word": "- " + "x" * MB,
    "1 MB of spaces": "- 2026-11-01" + " " * MB + "call",
    "1 MB of with": "- 2026-11-01 meet " + "with " * (MB // 5),
    "10,000 behind with": "- 2026-11-01 meet with " + ", ".join(["[[good]]"] * 10_000),
    "100,000 separators": "- 2026-11-01 meet with [[good]]" + " and" * 100_000,
    "a task of due due due": "- [ ] " + "due " * (MB // 4) + "5",
    "a task of due:::": "- [ ] due" + " :" * (MB // 2) + "5",
    "a task of digits": "- [ ] due " + "9" * MB,
    "an open box": "- [" + " " * MB + "] x",
    "5,000 entries": "- 2026-11-01 call: x\n" * 5_000,
    "5,000 undated ones": "- x\n" * 5_000,
}


HOSTILE_BODIES = BODIES | {name: f"## Log\n\n{entry}\n" for name, entry in ENTRIES.items()}


@pytest.fixture(scope="module")
def all_bodies_pass(tmp_path_factory) -> bool:
    """Whether all of them, in one book, are read in time."""
    files = {f"contacts/{n}.md": contact(body=b) for n, b in enumerate(HOSTILE_BODIES.values())}
    try:
        checked(Book(tmp_path_factory.mktemp("bodies"), files), 2 * LIMIT)
    except (AssertionError, subprocess.TimeoutExpired):
        return False
    return True


@pytest.mark.parametrize("name", HOSTILE_BODIES)
def test_hostile_bodies(book, all_bodies_pass, name):
    if not all_bodies_pass:  # which one is it?
        checked(book({"contacts/a.md": contact(body=HOSTILE_BODIES[name])}))


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
    assert made.codes(f"contacts/{name}") == ["bad-value"]
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
        b"plugins: &a [renmai, *a]\n",
        b"plugins:\n  - renmai:\n      circles: &a {b: *a}\n",
        ALIAS_BOMB.encode() + b"\nplugins: [renmai]\n",
        ALIAS_BOMB.encode() + b"\nplugins:\n  - renmai: {cadence: *i, circles: *i}\n",
        MERGE_BOMB.encode() + b"\nplugins: [renmai]\n",
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
