"""The log: its grammar with all its freedoms, and what is no entry."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.model.reading import read_record
from renmai.problems import Problem
from renmai.text.log import KIND_OF, KINDS, Entry
from renmai.text.references import Ref
from tests.books import day

HEAD = "---\nname: N\n---\n## Log\n"


def read(log: str) -> tuple[list[Entry], list[Problem]]:
    """The entries of a log and its problems; its first line is line 5."""
    source = read_record("contacts/li.md", (HEAD + log).encode())
    assert source.record is not None
    return list(source.record.log), source.problems


def entry(written: str) -> Entry:
    """The only entry, without a problem."""
    found, problems = read(f"- {written}\n")
    assert problems == []
    (only,) = found
    return only


def refused(written: str) -> tuple[str, str, dict[str, str]]:
    """Code, variant and arguments of the only problem; no entry."""
    found, problems = read(f"- {written}\n")
    assert found == []
    (only,) = problems
    assert (only.line, only.severity) == (5, "warning")
    return only.code, only.variant, dict(only.args)


class Written(NamedTuple):
    text: str
    entry: Entry


def is_latin(text: str) -> bool:
    return text[-1:].isascii() and text[-1:].isalnum()


spaces = st.sampled_from(["", "", " ", "  ", "\t", "\u3000", " \u3000 "])
needed = st.sampled_from([" ", "  ", "\t", "\u3000"])
cases = st.sampled_from([str.lower, str.upper, str.capitalize])
names = st.sampled_from(["li", "wang-fang", "王芳", "Grace Hopper", "contacts/li"])
separators = st.sampled_from([",", "，", "、", "and", "AND", "和", ", and", "，和"])
texts = st.one_of(
    st.sampled_from(
        ["", "dinner", "晚饭", "with [[x]]", ": twice", "! no", "and so", "a `b` <!-- c"]
    ),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=30),
)


@st.composite
def entries(draw: st.DrawFn) -> Written:
    """An entry written from the grammar, white space wherever and only where it may be."""
    on = draw(st.dates())
    text = on.isoformat()
    time = draw(st.one_of(st.none(), st.times()))
    if time:
        text += draw(needed) + time.strftime("%H:%M")
    kind = draw(st.sampled_from(sorted(KIND_OF)))
    written = draw(cases)(kind)
    text += draw(needed if kind.isascii() else spaces) + written
    deep = draw(st.sampled_from(["", "!", "！"]))
    text += (draw(spaces) + deep) if deep else ""
    refs = draw(st.lists(names, max_size=3))
    if refs:
        behind = draw(st.sampled_from(["with", "With", "与", "和"]))
        text += draw(needed if is_latin(text) and behind.isascii() else spaces) + behind
        for number, ref in enumerate(refs):
            text += (
                draw(spaces) + (draw(separators) + draw(spaces) if number else "") + f"[[{ref}]]"
            )
    words = draw(texts)
    if words.strip() or draw(st.booleans()):
        text += draw(spaces) + draw(st.sampled_from([":", "："])) + draw(spaces) + words
    people = tuple(Ref(ref, True, 5) for ref in refs)
    at = time.strftime("%H:%M") if time else None
    return Written(text, Entry(on, KIND_OF[kind], 5, at, bool(deep), people, words.strip()))


@given(
    entries(), st.sampled_from(["- ", "* ", "+ ", "1. ", "12) ", "-   ", "-\t", "-\u3000", " - "])
)
def test_what_the_grammar_writes_is_read(written: Written, mark: str) -> None:
    found, problems = read(f"{mark}{written.text}\n")
    assert [each for each in problems if each.code != "unknown-reference"] == []
    assert found == [written.entry]


@pytest.mark.parametrize(
    ("written", "kind", "deep", "people", "text"),
    [
        # The examples of the format.
        ("2026-11-02 call: he is hiring", "call", False, [], "he is hiring"),
        ("2026-10-12 meet! with [[chen-yue]], [[wang-fang]]: dinner; talked",
         "meet", True, ["chen-yue", "wang-fang"], "dinner; talked"),
        ("2026-09-30 gave: sent the article", "gave", False, [], "sent the article"),
        ("2026-09-12 见面 与 [[chen-yue]]、[[wang-fang]]：晚饭",
         "meet", False, ["chen-yue", "wang-fang"], "晚饭"),
        ("2026-09-12 见面与[[a]]：晚饭", "meet", False, ["a"], "晚饭"),
        ("2026-09-12 meet与[[a]]", "meet", False, ["a"], ""),
        ("2026-11-02 call he is hiring", "call", False, [], "he is hiring"),
        # White space is free.
        ("2026-09-12见面！和[[a]]和[[b]]:晚饭", "meet", True, ["a", "b"], "晚饭"),
        ("2026-09-12 10:30见面", "meet", False, [], ""),
        ("2026-09-12\u3000call\u3000!\u3000with\u3000[[a]]\u3000：\u3000x",
         "call", True, ["a"], "x"),
        ("2026-09-12 见面with[[a]]and[[b]]: x", "meet", False, ["a", "b"], "x"),
        ("2026-09-12 call!with[[a]]", "call", True, ["a"], ""),
        # The colon may be missing.
        ("2026-09-12 call他在招人", "call", False, [], "他在招人"),
        ("2026-09-12 见面 晚饭", "meet", False, [], "晚饭"),
        ("2026-09-12 见面, dinner", "meet", False, [], ", dinner"),
        ("2026-09-12 meet with [[a]] dinner", "meet", False, ["a"], "dinner"),
        ("2026-09-12 meet with [[a]] and dinner", "meet", False, ["a"], "and dinner"),
        ("2026-09-12 meet with [[a]], then [[b]]", "meet", False, ["a"], ", then [[b]]"),
        ("2026-09-12 meet without an end", "meet", False, [], "without an end"),
        ("2026-09-12 call - long", "call", False, [], "- long"),
        # References in all their forms.
        ("2026-09-12 meet with [[a|Anna]], [[contacts/b#x]]",
         "meet", False, ["a", "contacts/b"], ""),
        # Only the first colon ends the head.
        ("2026-09-12 call:: 10:30: x", "call", False, [], ": 10:30: x"),
        ("2026-09-12 call: with [[a]]", "call", False, [], "with [[a]]"),
        # Comments are passed over, and stay among the words as written.
        ("2026-09-12 <!-- x --> call: a <!-- y -->", "call", False, [], "a <!-- y -->"),
        ("2026-09-12 call: `a`", "call", False, [], "`a`"),
    ],
)  # fmt: skip
def test_entries(written: str, kind: str, deep: bool, people: list[str], text: str) -> None:
    found = entry(written)
    assert (found.kind, found.deep, found.text) == (kind, deep, text)
    assert [ref.text for ref in found.people] == people


@pytest.mark.parametrize("name", sorted(KIND_OF))
def test_every_name_of_a_kind(name: str) -> None:
    assert entry(f"2026-11-02 {name}: x").kind == KIND_OF[name]
    assert entry(f"2026-11-02 {name.upper()}").kind == KIND_OF[name]


def test_letters_that_are_one_without_case() -> None:
    assert entry("2026-11-02 me\u017fsage: x").kind == "message"


def test_the_table_of_kinds() -> None:
    assert {kind.name: (kind.in_touch, kind.weight) for kind in KINDS.values()} == {
        "meet": (True, 3),
        "call": (True, 2),
        "message": (True, 1),
        "gave": (True, 3),
        "got": (True, 3),
        "asked": (True, 1),
        "intro": (True, 3),
        "gift": (True, 2),
        "note": (False, 0),
        "output": (False, 0),
        "case": (False, 0),
        "collab": (False, 0),
    }


@pytest.mark.parametrize("time", ["00:00", "10:30", "23:59"])
def test_times(time: str) -> None:
    found = entry(f"2026-11-02 {time} call: x")
    assert (found.time, found.text) == (time, "x")


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("call: x", "call:"),
        ("2026-11 call", "2026-11"),
        ("2026 call", "2026"),
        ("2026-02-30 call", "2026-02-30"),
        ("0000-01-01 call", "0000-01-01"),
        ("26-11-02 call", "26-11-02"),
        ("2026-11-02call", "2026-11-02call"),
        ("2026-11-021 call", "2026-11-021"),
        ("2026-11-02-03 call", "2026-11-02-03"),
        ("2026/11/02 call", "2026/11/02"),
        ("**2026-11-02** call", "**2026-11-02**"),
        ("`2026-11-02` call", "\ufffc" * 12),
        ("", ""),
    ],
)
def test_undated(written: str, word: str) -> None:
    assert refused(written) == ("undated-entry", "", {"word": word})


@pytest.mark.parametrize(
    ("written", "variant", "args"),
    [
        ("2026-11-02", "none", {}),
        ("2026-11-02 10:30", "none", {}),
        ("2026-11-02 cal: x", "near", {"word": "cal", "near": "call"}),
        ("2026-11-02 calls", "near", {"word": "calls", "near": "call"}),
        ("2026-11-02 电话他", "near", {"word": "电话他", "near": "电话"}),
        ("2026-11-02 见面晚饭", "near", {"word": "见面晚饭", "near": "见面"}),
        ("2026-11-02 ıntro: x", "near", {"word": "ıntro", "near": "intro"}),
        ("2026-11-02 xyzzy", "", {"word": "xyzzy"}),
        ("2026-11-02 : x", "", {"word": ":"}),
        ("2026-11-02 24:00 call", "", {"word": "24"}),
        ("2026-11-02 meetwith [[a]]", "near", {"word": "meetwith", "near": "meet"}),
        ("2026-11-02 meet with", "with", {"word": ""}),
        ("2026-11-02 meet with Anna", "with", {"word": "Anna"}),
        ("2026-11-02 meet with [[]]", "with", {"word": "[[]]"}),
        ("2026-11-02 meet with ![[a]]", "with", {"word": "![[a]]"}),
        ("2026-11-02 meet with, [[a]]", "with", {"word": ", [[a]]"}),
        ("2026-11-02 见面 与 他", "with", {"word": "他"}),
    ],
)
def test_unknown_kind(written: str, variant: str, args: dict[str, str]) -> None:
    assert refused(written) == ("unknown-kind", variant, args)


def test_further_lines_belong_to_the_words() -> None:
    found, _ = read("- 2026-11-02 call: one\n  two\n\n      three\n  - four\n- 2026-11-01 call\n")
    assert found[0].text == "one\ntwo\n\n    three\n- four"
    assert (found[1].line, found[1].text) == (10, "")


def test_only_top_level_items_that_are_no_tasks() -> None:
    found, problems = read(
        "- 2026-11-02 call\n  - 2026-11-01 call\n- [ ] 2026-10-01 call\n"
        "> - 2026-09-01 call\n\ntext\n"
    )
    assert [each.day for each in found] == [day("2026-11-02")]
    assert problems == []


def test_several_logs_and_what_ends_one() -> None:
    found, problems = read(
        "- 2026-11-02 call\n### Sub\n- 2026-11-01 call\n# End\n- no\n"
        "## 记录\n- 2026-10-02 call\n## Else\n- no\n## LOG ##\n- 2026-10-01 call\n"
    )
    assert [each.line for each in found] == [5, 7, 11, 15]
    assert problems == []


def test_equal_references_behind_with_and_in_the_words() -> None:
    source = read_record(
        "contacts/li.md", f"{HEAD}- 2026-11-02 call with [[a]]: [[a]] [[b]]\n".encode()
    )
    assert source.record
    assert [ref.text for ref in source.record.log[0].people] == ["a"]
    assert [ref.text for ref in source.record.mentions] == ["a", "b"]


@pytest.mark.parametrize("name", ["a<!-- x -->b", "`a`", "a`b`", "a\u3000b", "#a", " a "])
def test_odd_references_behind_with(name: str) -> None:
    read(f"- 2026-11-02 call with [[{name}]]: x\n")
    read(f"- 2026-11-02 call with [[a]], [[{name}]] and [[{name}]]: [[{name}]]\n")
