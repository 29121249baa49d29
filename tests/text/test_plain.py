"""Plain front matter: read without YAML's parser, it is what the parser makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.problems import Report
from renmai.text.plain import read_plain
from renmai.text.yamltree import read_yaml

EXAMPLE = Path(__file__).parents[2]

PLAIN = [
    "name: 林晓舟 (Xiaozhou)",
    "name: a",
    "name: null",
    "name: ~",
    "name:",
    'time: "07:30"',
    'name: ""',
    'name: " "',
    "time: 07:30",
    "birthday: --06-18",
    "url: https://example.com/a?b=c",
    "language: 中文, English",
    'title: head of R&D [acting], it\'s "new"',
    "name: 😀：、",
    'circles: [work, 王,~, +1 555 0101, "+1 555", https://example.com/a]',
    'met: {date: 2024-05, through: chen-yue,at: "null"}',
    "relations: [{who: chen-yue, how: friend}, {who: li}]",
    "tags:\n  - one\n  - null\n\n  - [a, b]\nname: x",
    "tags:\n- one, two\n- {a: b}",
]

OTHER = [
    "",
    "\n",
    "name: a\nname: b",
    "met: {a: b, a: c}",
    "name: a: b",
    "name: a:",
    "name: a #b",
    "name: a ",
    "name:  a",
    "name : a",
    "name: [a",
    "name: [a, [b]]",
    "name: {a: [b]}",
    "name: [a b: c]",
    "name: 'a'",
    'name: "a\\tb"',
    'name: "a" b',
    "name: &a b",
    "name: *a",
    "name: !a b",
    "name: |\n  a",
    "name: a\n  b",
    "name: a\n  - b",
    "name: a\n---\nname: b",
    "name: - a",
    "name: ? a",
    "name: @a",
    "name: a\tb",
    "name: a\r",
    "name: a\u2028b",
    "name: a\x85b",
    "name: a\ufeffb",
    "tags:\n  - a\n   - b",
    "tags:\n  - a\n - b",
    "tags:\n  - a: b",
    "tags:\n  -",
    "tags:\n  a: b",
    "  name: a",
    "- a",
    "# a",
    "a",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain(text: str) -> None:
    tree, report = read_plain(f"\n{text}\n"), Report("")
    assert tree is not None
    assert tree == read_yaml(f"\n{text}\n", report)
    assert report.count == 0


@pytest.mark.parametrize("text", OTHER)
def test_not_plain(text: str) -> None:
    assert read_plain(text) is None


def test_the_example_book() -> None:
    """Were nearly nothing plain, this would be of no use."""
    fronts = [
        path.read_text("utf-8").split("---\n")[1] for path in (EXAMPLE / "contacts").rglob("*.md")
    ]
    assert sum(read_plain(front) is not None for front in fronts) > len(fronts) / 2


pieces = st.sampled_from(
    [
        *("a", "b c", "林", "null", "~", "1"),
        *("+", "-", "--", "-a", "---", "...", "=", "<<", "😀", "：", "/"),
        *(": ", ":", "://"),
        *( ", ", ",", "[", "]", "{", "}", "{a: b}", "?", "#", " #", " ", "&", "*", "!"),
        *("|", ">", "'", '"', '"a"', '"a, b"', "%", "@", "`", "\\", "\t", "\r"),
        *("\u0301", "\u3000", "\u00a0", "\u2028", "\x85", "\ufeff"),
    ]
)  # fmt: skip
words = st.lists(pieces, min_size=1, max_size=4).map("".join)
keys = st.sampled_from(["name", "tags", "x-a", "a1", "null", "on"])
pairs = st.builds("{}: {}".format, keys, words)
between = st.sampled_from([", ", ",", " , "])
lists = st.builds(lambda sign, of: f"[{sign.join(of)}]", between, st.lists(words, max_size=3))
maps = st.builds(lambda sign, of: f"{{{sign.join(of)}}}", between, st.lists(pairs, max_size=3))
values = st.one_of(words, lists, maps)
rows = st.one_of(
    st.builds("{}: {}".format, keys, values),
    st.builds("{}:".format, keys),
    st.builds("{}{}".format, st.sampled_from(["  - ", "- ", " - "]), values),
    st.sampled_from(["", " ", "# a", "---"]),
)


@given(st.lists(rows, min_size=1, max_size=4).map("\n".join))
def test_what_is_plain_is_what_yaml_makes_of_it(text: str) -> None:
    tree, report = read_plain(text), Report("")
    if tree is not None:
        assert tree == read_yaml(text, report)
        assert report.count == 0
