"""Front matter as blocks: every character has its place, whatever the style."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renmai.problems import Report
from renmai.text.blocks import Block, blocks, front_of
from renmai.text.yamltree import Mapping, read_yaml

FRONT = """\
# about the file

# above the name
name: X  # behind
"quoted key": |+
  kept

  with its blank lines

city: >-
  folded

people:
  # the first
  - who: a
    # met: no
    met: yes
    # seed: a line
  # the second
  - # nothing yet
    # - not an item
    who: b
  # no more

flow: {a: [1, 2],
  b: "x
   y"}  # behind flow
empty:
plain: goes
  on
# the end
"""


def split(front: str) -> list[Block]:
    found = blocks(front)
    assert found is not None
    return found


def test_a_block_has_its_comments_and_exact_characters():
    lines = {block.key: FRONT[block.top : block.end] for block in split(FRONT)}
    assert list(lines) == [
        "name", "quoted key", "city", "people", "flow", "empty", "plain",
    ]  # fmt: skip
    assert lines["name"] == "# above the name\nname: X  # behind\n"
    assert lines["quoted key"].endswith("blank lines\n\n")
    assert lines["city"] == "city: >-\n  folded\n"
    assert lines["flow"].startswith("\nflow: {a")
    assert lines["flow"].endswith("# behind flow\n")
    assert lines["people"].endswith("  # no more\n")
    assert lines["plain"] == "plain: goes\n  on\n"


def test_what_is_about_the_whole_belongs_to_no_key():
    found = split(FRONT)
    assert FRONT[: found[0].top] == "# about the file\n\n"
    assert FRONT[found[-1].end :] == "# the end\n"


def test_a_line_for_the_editor_belongs_to_no_key():
    front = "# yaml-language-server: $schema=a.json\n# where\ncity: Y\n"
    assert front[split(front)[0].top :] == "# where\ncity: Y\n"


def test_items_and_the_keys_in_them_have_their_lines():
    people = next(block for block in split(FRONT) if block.key == "people")
    first, second = people.parts
    assert FRONT[first.top : first.end] == (
        "  # the first\n  - who: a\n    # met: no\n    met: yes\n    # seed: a line\n"
    )
    assert FRONT[second.top : second.end].startswith("  # the second\n  - # nothing yet\n")
    who, met = first.parts
    assert FRONT[who.top : who.end] == "who: a\n"
    assert FRONT[met.top : met.end] == "    # met: no\n    met: yes\n"


def test_flow_style_has_places_but_no_lines():
    flow = next(block for block in split(FRONT) if block.key == "flow")
    a, b = flow.parts
    assert flow.kind == "map"
    assert (a.flow, a.top, a.end) == (True, a.start, a.stop)
    assert [FRONT[item.value : item.stop] for item in a.parts] == ["1", "2"]
    assert FRONT[b.start : b.stop] == 'b: "x\n   y"'


def test_lists_in_lists_and_empty_items():
    front = "a:\n- - x\n  - y\n-\n- z\n"
    (a,) = split(front)
    assert [front[item.top : item.end] for item in a.parts] == ["- - x\n  - y\n", "-\n", "- z\n"]
    assert [front[item.top : item.end] for item in a.parts[0].parts] == ["- x\n", "  - y\n"]


@pytest.mark.parametrize(
    "front",
    ["", "# c\n", "{a: 1}\n", "- a\n", "a: 1\na: 2\n", "a: &x 1\n", "a: [\n", "a: 1\u2028b: 2\n"],
)
def test_what_cannot_be_split(front):
    assert blocks(front) is None


def test_crlf_and_no_last_line_end():
    front = "a: 1\r\n# b\r\nb: |\r\n  x\r\n\r\nc: 3"
    assert [front[block.top : block.end] for block in split(front)] == [
        "a: 1\r\n", "# b\r\nb: |\r\n  x\r\n", "\r\nc: 3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ("---\na: 1\n---\nbody\n", "a: 1\n"),
        ("---  \r\na: 1\r\n--- \r\n---\r\n", "a: 1\r\n"),
        ("---\n---\n", ""),
        ("---\na: 1\n", None),
        ("a: 1\n---\n---\n", None),
    ],
)
def test_where_front_matter_stands(text, front):
    found = front_of(text)
    assert (found and text[found]) == front


KEY = st.sampled_from(["name", "city", "tags", "people", "x-a", '"q q"', "名"])
SCALAR = st.sampled_from(
    ["x", "", "'a: b'", '"q\\n"', "|\n  l1\n\n  l2", "|+\n  l\n\n", ">-\n  f\n", "p\n  q", "[[a]]"]
)
VALUE = st.one_of(
    SCALAR,
    st.sampled_from(
        ["[a, b]", "{a: 1,\n  b: 2}", "\n  - a\n  - b", "\n- a: 1\n  b: 2\n# c\n- c", "\n  k: v"]
    ),
)
NOISE = st.sampled_from(["", "\n", "# c\n", "  # deep\n", "\n# c\n\n", "\t\n"])


@st.composite
def fronts(draw) -> str:
    """Front matter with comments and blank lines anywhere."""
    keys = draw(st.lists(KEY, min_size=1, max_size=6, unique=True))
    pieces = [draw(NOISE)]
    for key in keys:
        behind = draw(st.sampled_from(["", "  # behind"]))
        value = draw(VALUE)
        pieces += [f"{key}: {value}{'' if chr(10) in value else behind}\n", draw(NOISE)]
    text = "".join(pieces)
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


@settings(max_examples=300, deadline=None)
@given(fronts())
def test_blocks_tile_the_text_and_each_reads_alone_as_in_the_whole(front):
    report = Report("")
    tree = read_yaml(front, report)
    found = blocks(front)
    if report.problems or found is None:
        assert report.problems
        return
    assert isinstance(tree, Mapping)
    assert [block.key for block in found] == list(tree.values)
    edges = [found[0].top, *(block.end for block in found)]
    assert [block.top for block in found] == edges[:-1]
    for block in found:
        alone = read_yaml(front[block.top : block.end], Report(""))
        assert isinstance(alone, Mapping)
        assert list(alone.values) == [block.key]
        value, whole = alone.values[block.key], tree.values[block.key]
        assert plain(value) == plain(whole)


def plain(node):
    """A node without its lines."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.values.items()}
    items = getattr(node, "items", None)
    return [plain(item) for item in items] if items is not None else (node.value, node.absent)
