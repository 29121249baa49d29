"""What holds for any book and any file. A failure prints RENMAI_SEED, which repeats the run."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.spec.book import Book, contact, day
from tests.spec.strategies import books, reproducible, say_seed


@pytest.fixture
def roots(tmp_path: Path) -> Iterator[Path]:
    """A fresh folder for each example."""
    return (tmp_path / str(number) for number in itertools.count())


# --- any bytes

PIECES = [
    b"---\n",
    b"---\r\n",
    b"\n",
    b"\r",
    b"name: L\n",
    b"title: T\n",
    b"date: 2026-11-21\n",
    b"people:\n",
    b"  - who: [[a]]\n",
    b"    met: \n",
    b"tier: 7\n",
    b"circles: [a, {b: c}, ~]\n",
    b"met: {date: x, at: [[q]]}\n",
    b"? ",
    b": ",
    b"- ",
    b"  ",
    b"[",
    b"{",
    b"]",
    b"}",
    b"&a ",
    b"*a",
    b"!t ",
    b"|\n",
    b">-\n",
    b"'",
    b'"',
    b"#",
    b"\t",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\x00",
    "\u2028".encode(),
    "\x85".encode(),
    "李".encode(),
    b"## Log\n",
    "## 记录\n".encode(),
    b"- 2026-11-02 meet with [[a]]: x\n",
    b"- 2026-13-02 \n",
    b"- [ ] x due 5\n",
    b"```\n",
    b"~~~\n",
    b"<!--",
    b"-->",
    b"`",
    b"[[a]]",
    b"[[",
    b"]]",
    b"<<<<<<< x\n",
    b"=======\n",
    b"    ",
    b"x-a:\n",
]
raw_files = st.one_of(
    st.binary(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map(
        lambda some: b"---\nname: L\n" + b"".join(some)
    ),
    st.text(max_size=200).map(lambda text: f"---\n{text}\n---\n{text}".encode(errors="replace")),
)


@reproducible(250)
@given(raw=raw_files, folder=st.sampled_from(["contacts", "events", "communities"]))
@example(raw=b'---\nname: "a\xe2\x80\xa8\xe2\x80\xa8b"\ntier: 7', folder="contacts")
@example(raw=b"---\rname: L\rtier: 7\r---\r[[x]]\r", folder="contacts")
@example(raw=b"---\nname: L\n---\n" + b"\r" * 50 + b"[[x]]", folder="contacts")
def test_any_bytes_are_read_and_every_reported_line_lies_in_the_file(roots, raw, folder):
    say_seed()
    made = Book(next(roots), {f"{folder}/f.md": raw})
    lines = max(1, raw.count(b"\n") + (not raw.endswith(b"\n")))
    for row in made.problems(hints=True):
        assert row.path == f"{folder}/f.md"
        assert 1 <= row.line <= lines, (row, lines)
    for item in made.due("--all"):
        assert 1 <= item["line"] <= lines


# --- valid books


@reproducible(25)
@given(files=books())
def test_a_valid_book_has_no_error(roots, files):
    say_seed()
    made = Book(next(roots), {f"{path}.md": text for path, text in files.items()})
    assert made.problems() == []
    made.due("--all")
    for path in files:
        shown = made.show(path)
        assert shown["id"] == path.split("/")[1]


def without_place(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "path"}


@reproducible(40)
@given(files=books(), shuffle=st.randoms(use_true_random=False))
def test_follow_ups_do_not_depend_on_the_order_of_files_or_on_folders(
    roots, files, shuffle: random.Random
):
    say_seed()
    one = Book(next(roots), {f"{path}.md": text for path, text in files.items()})
    mixed = list(files.items())
    shuffle.shuffle(mixed)
    other = Book(next(roots))
    for path, text in mixed:
        folder, ident = path.split("/")
        below = shuffle.choice(["", "a/", "z/y/", "工作/"])
        other.write(f"{folder}/{below}{ident}.md", text)
    expected = [without_place(item) for item in one.due("--all")]
    assert [without_place(item) for item in other.due("--all")] == expected


@reproducible(40)
@given(files=books(), start=st.integers(-400, 400))
def test_a_day_later_everything_is_a_day_more_overdue(roots, files, start):
    say_seed()
    made = Book(next(roots), {f"{path}.md": text for path, text in files.items()})

    def items(today: str) -> dict[Any, int]:
        return {
            tuple(
                item[key] for key in ("kind", "id", "about", "due", "path", "line", "title")
            ): item["days_overdue"]
            for item in made.due("--all", today=today)
        }

    before, after = items(day(start)), items(day(start + 1))
    both = before.keys() & after.keys()
    assert {key: after[key] for key in both} == {key: before[key] + 1 for key in both}


@reproducible(10)
@given(files=books())
def test_reading_changes_nothing(roots, files):
    say_seed()
    made = Book(next(roots), {f"{path}.md": text for path, text in files.items()})
    first = made.due("--all"), made.check()
    for path, text in files.items():
        assert (made.root / f"{path}.md").read_text() == text
    assert (made.due("--all"), made.check()) == first


def test_a_changed_file_is_read_anew(book):
    made = book({"contacts/a.md": contact("tier: 15", ["2026-10-12 call"])})
    assert made.due_of("cadence", "a") == "2026-11-12"
    made.write("contacts/a.md", contact("tier: 15", ["2026-10-13 call"]))
    assert made.due_of("cadence", "a") == "2026-11-13"
    (made.root / "contacts/a.md").unlink()
    assert made.due("--all") == []


# --- an independent reading of what is code and comment

# `{}` becomes a due date and a reference of its own, `{r}` a reference alone.
INLINE = [
    "{}",
    "`{}`",
    "`` ` {} ``",
    "*{}*",
    "a ` {}",
    "<!-- {} -->",
    "a <!-- {} --> b",
    "**x** {}",
]
words = st.sampled_from(INLINE)
boxes = st.sampled_from(["[ ] ", "[x] ", "", "[] "])
paragraphs = st.lists(words, min_size=1, max_size=3).map(lambda some: "\n".join(some) + "\n")
code = st.lists(st.sampled_from(["{}", "- [ ] {}", "", "```"]), min_size=1, max_size=3).map(
    lambda some: "text\n\n" + "".join(f"    {line}\n" if line else "\n" for line in some)
)
comments = st.lists(st.sampled_from(["{}", "- [ ] {}", "", "```"]), max_size=3).map(
    lambda some: "<!--\n" + "".join(f"{line}\n" for line in some) + "-->\n"
)


@st.composite
def fences(draw: st.DrawFn, indent: str = "") -> str:
    mark = draw(st.sampled_from(["```", "~~~", "````", "~~~~~"]))
    other = "~~~" if mark[0] == "`" else "```"
    odd = ["{}", "- [ ] {}", "", "<!--", other, mark[:-1], "    ```"]
    inside = draw(st.lists(st.sampled_from(odd), max_size=4))
    close = draw(st.sampled_from([mark, mark + mark[0], f"   {mark}"]))
    lines = [mark + draw(st.sampled_from(["", "python", " text"])), *inside, close]
    return "".join(f"{indent}{line}\n" if line else "\n" for line in lines)


@st.composite
def lists(draw: st.DrawFn, indent: str = "", depth: int = 0) -> str:
    mark = draw(st.sampled_from(["-", "*", "+", "1.", "1)"]))
    inner = indent + " " * (len(mark) + 1)
    text = ""
    for _ in range(draw(st.integers(1, 3))):
        text += f"{indent}{mark} {draw(boxes)}{draw(words)}\n"
        if draw(st.booleans()):
            text += f"{inner}{draw(words)}\n".replace("{}", "{r}")
        match draw(st.integers(0, 5)):
            case 0 if depth < 3:
                text += draw(lists(inner, depth + 1))
            case 1:
                text += "\n" + draw(fences(inner))
            case 2:
                text += f"\n{inner}    - [ ] {{}}\n{inner}    {{}}\n\n"
            case 3:
                text += "\n"
    return text


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Blocks with a blank line between them; the last may have no end."""
    blocks = draw(st.lists(st.one_of(paragraphs, lists(), fences(), code, comments), max_size=8))
    last = draw(st.sampled_from(["", "```\n{}\n", "~~~\n{}\n\n{}\n", "<!--\n{}\n"]))
    return "\n".join([*blocks, last])


LINES = [
    *("{r}", "- {r}", "1. {r}", "* x", "# {r}", "- # {r}", "## Log", "---", "==="),
    *("```", "````", "~~~", "``` x", "- ```"),
    *("> {r}", "> - [ ] {}", "> ```", ">"),
    *("<!-- {r} -->", "a <!-- {r} --> {r}", "a <!-- {r}", "-->"),
    *("`", "` {r} `", "``", "{r} `"),
    *("- [ ] {}", "* [ ] {}", "1. [ ] {}", "- [ ] `{}`", "- [ ] ` {}", "- [x] {}"),
]
indents = st.sampled_from(["", "", "", " ", "  ", "   "])
indented = st.tuples(indents, st.sampled_from(LINES)).map("".join)
heaps = st.lists(indented | st.sampled_from(["", "<!--"]), max_size=14).map("\n".join)


def numbered(document: str) -> str:
    """Each mark as a task's due date and as a reference of its own."""
    number = itertools.count(1)

    def mark(found: re.Match[str]) -> str:
        n = next(number)
        return f"[[n{n}]]" if found[0] == "{r}" else f"due {day(n)} [[n{n}]]"

    return re.sub(r"{r?}", mark, document)


def reading(body: str) -> tuple[set[int], set[str]]:
    """The lines of the open tasks with a due date, and the references that are text."""
    tokens = MarkdownIt("commonmark").parse(body)
    tasks: set[int] = set()
    texts: set[str] = set()
    for index, token in enumerate(tokens):
        plain = ""
        if token.type == "html_block":
            plain = re.sub(r"(?s)<!--.*?(-->|$)", "", token.content)
        elif token.type == "inline":
            kept = (child for child in token.children or [] if child.type in ("text", "softbreak"))
            plain = "".join(child.content or "\n" for child in kept)
        texts |= set(re.findall(r"\[\[(n\d+)\]\]", plain))
        item = index >= 2 and tokens[index - 2].type == "list_item_open"
        if item and token.content.startswith("[ ] ") and "due " in plain and token.map:
            tasks.add(token.map[0] + 1)
    return tasks, texts


def assert_read_as_markdown(made: Book, body: str) -> None:
    made.write("contacts/a.md", contact(body=body))
    tasks, texts = reading(body)
    assert {item["line"] - 3 for item in made.due("--all")} == tasks, body
    told = {row.line - 3 for row in made.problems() if row.code == "unknown-reference"}
    lines = enumerate(body.split("\n"), 1)
    assert told == {n for n, line in lines if texts & set(re.findall(r"\[\[(n\d+)", line))}, body


@reproducible(150)
@given(document=documents())
def test_what_is_passed_over_is_what_markdown_calls_code_or_a_comment(roots, document):
    say_seed()
    assert_read_as_markdown(Book(next(roots)), numbered(document))


@reproducible(200)
@given(document=heaps)
def test_lines_in_any_order_are_passed_over_as_markdown_would(roots, document):
    say_seed()
    assert_read_as_markdown(Book(next(roots)), numbered(document))


def test_the_reading_itself():
    body = numbered("- [ ] {}\n\n```\n- [ ] {}\n```\n\n- [x] {}\n  - [ ] `{}`\n  - [ ] {}\n")
    assert reading(body) == ({1, 9}, {"n1", "n3", "n5"})
