"""YAML as a tree of texts: what is refused, where, and lines as editors count them."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from renmai.problems import Problem, Report
from renmai.text.yamltree import MAX_DEPTH, Mapping, Node, Scalar, Sequence, Unread, read_yaml


def read(text: str, *, lenient: bool = False) -> tuple[Node | None, list[Problem]]:
    report = Report("contacts/li.md")
    return read_yaml(text, report, lenient=lenient), report.problems


def mapping(text: str) -> Mapping:
    """The map that a text is, without a problem."""
    tree, problems = read(text)
    assert problems == []
    assert isinstance(tree, Mapping)
    return tree


def plain(node: Node | None) -> object:
    """A tree as texts, lists and dicts; None for what is absent."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.values.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Scalar):
        return None if node.absent else node.value
    return node


def only(text: str) -> tuple[int, str, str]:
    """Line, code and variant of the only problem."""
    (problem,) = read(text)[1]
    return problem.line, problem.code, problem.variant


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0138", "0138"),
        ("No", "No"),
        ("12:30", "12:30"),
        ("1e3", "1e3"),
        ("2026-11-21", "2026-11-21"),
        ("'null'", "null"),
        ('"~"', "~"),
        ("Null", "Null"),
        ("NULL", "NULL"),
        ("none", "none"),
        ("|\n  a\n  b", "a\nb"),
        (">\n  a\n  b\n", "a b\n"),
        ("a\n b", "a b"),
        ("~", None),
        ("null", None),
        ("", None),
        ("''", None),
        ("' '", None),
        ("|", None),
        ("# a comment", None),
    ],
)
def test_scalars_are_text(written: str, value: str | None) -> None:
    assert plain(mapping(f"key: {written}")) == {"key": value}


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
trees = st.recursive(
    texts,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(texts.filter(str.strip), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(texts.filter(str.strip), trees, min_size=1, max_size=4), st.booleans())
def test_what_is_written_as_text_comes_back(tree: dict[str, object], flow: bool) -> None:
    written = yaml.dump(tree, default_style='"', default_flow_style=flow, allow_unicode=True)

    def expected(value: object) -> object:
        if isinstance(value, dict):
            return {key: expected(each) for key, each in value.items()}
        if isinstance(value, list):
            return [expected(each) for each in value]
        return value if str(value).strip() else None

    assert plain(read(written)[0]) == expected(tree)


BREAKS = ["\n", "\r\n"]
#: YAML takes these for ends of a line; an editor and git do not.
FOREIGN = ["\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("end", BREAKS)
@pytest.mark.parametrize("foreign", ["", *FOREIGN])
def test_lines_are_those_of_an_editor(end: str, foreign: str) -> None:
    lines = [
        f'a: "x{foreign}y"',
        "b:",
        "  - c",
        f"  - d # {foreign or 'x'}",
        "",
        "e: {f: 1,",
        "  g: 2}",
    ]
    if foreign:
        lines[3] = "  - d"
    tree = mapping(end.join(lines))
    assert tree.lines == {"a": 1, "b": 2, "e": 6}
    b, e = tree.values["b"], tree.values["e"]
    assert isinstance(b, Sequence)
    assert isinstance(e, Mapping)
    assert [item.line for item in b.items] == [3, 4]
    assert e.lines == {"f": 6, "g": 7}


@given(st.lists(st.sampled_from([*FOREIGN, "x", "é", "🎉"]), max_size=6), st.sampled_from(BREAKS))
def test_a_key_is_at_its_line_whatever_stands_above(parts: list[str], end: str) -> None:
    tree = mapping(end.join([f'k{n}: "{part}"' for n, part in enumerate(parts)] + ["last: x"]))
    assert tree.lines["last"] == len(parts) + 1


@pytest.mark.parametrize("end", BREAKS)
@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_problem_behind_foreign_breaks_is_at_its_line(end: str, foreign: str) -> None:
    text = end.join([f'a: "{foreign}"', "b: x", "b: y"])
    assert only(text) == (3, "duplicate-key", "")
    text = end.join([f'a: "{foreign}"', "b: [", "c: x"])
    assert only(text) == (2, "bad-yaml", "bracket")


@pytest.mark.parametrize(
    ("text", "line", "variant"),
    [
        ("a: b: c", 1, "colon"),
        ("a: x\nb: [c", 2, "bracket"),
        ("a: x\nb: 'c\nd: e", 2, "quote"),
        ("a: x\n\tb: c", 2, "sign"),
        ("a: x\nb: @c", 2, "sign"),
        ("a: x\n%b: c", 2, "syntax"),
        ("a: x\nb: \x07", 2, "character"),
        ("a: x\nb: c\0", 2, "character"),
        ("é: x\nb: 🎉\x01", 2, "character"),
        ("a: x\n---\nb: y", 2, "documents"),
        ("a: x\n...\n---\nb: y", 3, "documents"),
        ("a: x\n...\nb: y", 3, "syntax"),
        # What is still open at the end is wrong where it was opened; a key alone where it stands.
        ("a: x\nb: [\n\n", 2, "bracket"),
        ("a: x\nb: [c,\n  d,\n", 2, "bracket"),
        ("a: x\nb: {c: [d],\n", 2, "bracket"),
        ("a: x\nb: [c\nd: e\nf: g", 2, "bracket"),
        ('a: x\nb: "c\nd: e\n', 2, "quote"),
        ("a: x\nb\nc: d", 2, "no-colon"),
        ("a: x\nb", 2, "no-colon"),
        ("a: x\nb: |\nc\n", 3, "no-colon"),
        ("a:\n  b: c\n d: e", 3, "indent"),
        ('a: x\nb: "c" d', 2, "indent"),
        ("a: x\nb: !<c", 2, "sign"),
        ("name：x\nb: c", 1, "wide-colon"),
        ("name:x\nb: c", 1, "wide-colon"),
        ("a: x\nname：y", 2, "wide-colon"),
        ("a: x\nb: !!binary eA==", 2, "tag"),
        ("a: x\nb: !mine {c: d}", 2, "tag"),
        ("a: x\nb: !!str c", 2, "tag"),
        ("a: x\n!!str b: c", 2, "tag"),
        ("a: x\n? [b]\n: c", 2, "complex-key"),
        ("a: x\n{b: c}: d", 2, "complex-key"),
        ("a: x\nb: " + "[" * (MAX_DEPTH + 1), 2, "depth"),
        ("a: x\n" + "\n".join("  " * n + "k:" for n in range(MAX_DEPTH + 1)), 52, "depth"),
    ],
)
def test_bad_yaml_at_its_line(text: str, line: int, variant: str) -> None:
    assert only(text) == (line, "bad-yaml", variant)
    assert read(text)[0] is None


def test_the_deepest_that_passes() -> None:
    # The map is the first level.
    deep = "a: " + "[" * (MAX_DEPTH - 1) + "x" + "]" * (MAX_DEPTH - 1)
    assert read(deep)[1] == []
    assert only("a: [" + deep[3:] + "]")[2] == "depth"


def test_a_key_written_twice_and_the_first_counts() -> None:
    tree, problems = read("a: 1\nb:\n  c: 2\n  c: {d: 3}\na: [4]\n'a': 5")
    assert [(each.line, each.code, dict(each.args)) for each in problems] == [
        (4, "duplicate-key", {"key": "c"}),
        (5, "duplicate-key", {"key": "a"}),
        (6, "duplicate-key", {"key": "a"}),
    ]
    assert plain(tree) == {"a": "1", "b": {"c": "2"}}


def test_anchors_and_aliases_are_refused_where_they_stand() -> None:
    tree, problems = read("a: &x 1\nb: *x\nc: &y [1]\nd:\n  - *y\n  - 2\ne: &z {f: 1}")
    assert [(each.line, each.code, each.variant) for each in problems] == [
        (1, "yaml-alias", "anchor"),
        (2, "yaml-alias", "alias"),
        (3, "yaml-alias", "anchor"),
        (5, "yaml-alias", "alias"),
        (7, "yaml-alias", "anchor"),
    ]
    assert isinstance(tree, Mapping)
    assert tree.values["b"] == Unread(2)
    assert plain(tree.values["d"]) == [Unread(5), "2"]


def test_where_it_is_others_business() -> None:
    tree, problems = read("a: &x !!str 1\nb: *x\nc: !tag {d: *x}", lenient=True)
    assert (plain(tree), problems) == ({"a": "1", "b": "1", "c": {"d": "1"}}, [])
    assert read("a: *x", lenient=True)[1][0].code == "bad-yaml"


@pytest.mark.parametrize("text", ["", "\n\n", "# x", "---", "--- \n...\n"])
def test_nothing(text: str) -> None:
    tree, problems = read(text)
    assert problems == []
    assert tree is None or plain(tree) is None


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_read_and_its_problems_lie_in_it(text: str) -> None:
    for lenient in (False, True):
        _, problems = read(text, lenient=lenient)
        assert all(1 <= each.line <= text.count("\n") + 1 for each in problems)


@given(st.text(st.sampled_from("ab: \n-[]{},&*!|>'\"#?%@~\r\x85\u2028\t\0"), max_size=40))
def test_any_punctuation(text: str) -> None:
    _, problems = read(text)
    assert all(1 <= each.line <= text.count("\n") + 1 for each in problems)
