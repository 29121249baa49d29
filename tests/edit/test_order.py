"""`fmt`'s order of keys: it changes no meaning, and loses no line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renmai.edit.order import in_order, said
from renmai.model.reading import read_record
from renmai.model.records import Community, Contact, Event, Record
from renmai.problems import Report
from renmai.text.blocks import front_of
from renmai.text.schema import fields_of


def ordered(text: str, sort: type[Record] = Contact) -> str:
    return in_order(text.encode(), sort, Report("")).decode()


def test_keys_go_where_the_schema_has_them_and_take_their_comments():
    text = """\
---
# about the card

# where she lives
city: 上海   # since May
x-mine: {a: 1,
  b: 2}
tags: [a]

# as she writes it
name: 林晓舟
colour: green
phones:
  - "+1 555 0101"   # at work
  # - not any more
# the end
---
body: stays
name: stays
"""
    assert (
        ordered(text)
        == """\
---
# about the card

# as she writes it
name: 林晓舟

# where she lives
city: 上海   # since May
phones:
  - "+1 555 0101"   # at work
  # - not any more
tags: [a]
x-mine: {a: 1,
  b: 2}
colour: green
# the end
---
body: stays
name: stays
"""
    )


def test_bom_and_crlf_stay():
    text = "\ufeff---\r\ncity: Y\r\nname: X\r\n--- \r\nbody"
    assert ordered(text) == "\ufeff---\r\nname: X\r\ncity: Y\r\n--- \r\nbody"


@pytest.mark.parametrize(
    "text",
    [
        "---\nname: X\ncity: Y\n---\n",
        "---\n{city: Y, name: X}\n---\n",
        "---\n---\n",
        "---\n# city: Y\n---\n",
        # Its blank lines are the text's: with others behind it, it would be another text.
        "---\n\nname: X\n\ncity: |+\n  Y\n---\n",
    ],
)
def test_what_is_in_order_or_must_stay_is_left_alone(text):
    assert ordered(text) == text


def test_where_an_order_would_change_a_text_nothing_is_changed():
    text = "---\ncity: Y\n\npinyin: |+\n  Z\n\n\nname: X\n\ntags: |+\n  T\n---\n"
    made = ordered(text)
    assert said(front(text)) == said(front(made))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("city: Y\n", "no-front-matter"),
        ("---\ncity: Y\n", "no-front-matter"),
        ("---\ncity: [\nname: X\n---\n", "bad-yaml"),
        ("---\ncity: Y\nname: X\nname: Z\n---\n", "duplicate-key"),
        ("---\ncity: &a Y\nname: *a\n---\n", "yaml-alias"),
        ("---\ncity: Y\n<<<<<<< ours\nname: X\n---\n", "conflict-markers"),
    ],
)
def test_a_broken_file_is_left_alone_and_said(text, code):
    report = Report("")
    assert in_order(text.encode(), Contact, report) == text.encode()
    assert report.problems[0].code == code


KEYS = sorted({key for sort in (Contact, Event, Community) for key in fields_of(sort)})
KEY = st.sampled_from([*KEYS, "x-a", "x-b", "colour", '"a b"', "'c:d'", "名", "No", "12:30"])
VALUE = st.sampled_from(
    [
        "", "x", "~", "'a: b # c'", '"q\\n"', "|\n  l1\n\n  l2", "|+\n  l\n\n\n", ">-\n  f\n", "No",
        "p\n  q", "[[a]]", "[a,\n  b]", "{a: 1,\n  b: 2}", "\n  - a\n  # in\n  - b", "\n- a\n- c",
        "\n  - a: 1\n    b: 2\n\n  - c: 3", "\n  k: v\n  # l: w", "\U0001f375",
        "\u200fשלום", "|2-\n    x",
    ]
)  # fmt: skip
NOISE = st.sampled_from(["", "", "\n", "\n\n", "# c\n", "  # deep\n", "# d\n\n# e\n", "  \n"])
BEHIND = st.sampled_from(["", "  # behind", "   "])


@st.composite
def files(draw) -> str:
    """A record with keys in any order, and comments and blank lines anywhere."""
    pieces = [draw(st.sampled_from(["", "\ufeff"])), "---\n", draw(NOISE)]
    for key in draw(st.lists(KEY, max_size=8, unique=True)):
        value = draw(VALUE)
        behind = "" if "\n" in value else draw(BEHIND)
        pieces += [f"{key}: {value}{behind}\n", draw(NOISE)]
    text = "".join([*pieces, "---\n", draw(st.sampled_from(["", "body", "---\ncity: Y\n"]))])
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


@settings(max_examples=500)
@given(files(), st.sampled_from([Contact, Event, Community]))
def test_any_front_matter_keeps_its_record_and_every_line(text, sort):
    report = Report("")
    made = in_order(text.encode(), sort, report)
    if report.problems:
        assert made == text.encode()
        return
    assert in_order(made, sort, Report("")) == made
    assert sorted(made.split(b"\n")) == sorted(text.encode().split(b"\n"))
    assert record(made, sort) == record(text.encode(), sort)
    text = text.removeprefix("\ufeff")
    assert made.decode().endswith(text.partition(front(text))[2] if front(text) else text)
    keys = [key for key in keys_of(made) if key in fields_of(sort)]
    # Blank lines that a text keeps, or a deep comment on top, may bind a key to its place.
    if "|+" not in text and not re.match(r"---\s+  #", text):
        assert keys == sorted(keys, key=list(fields_of(sort)).index)


def record(data: bytes, sort: type[Record]) -> str:
    """All that is read of a file but the lines on which it stands."""
    source = read_record(f"{sort.FOLDER}/r.md", data)
    codes = sorted(problem.code for problem in source.problems)
    return re.sub(r"lines?=(?:\d+|\{[^}]*\})", "", repr(source.record)) + repr(codes)


def keys_of(data: bytes) -> list[str]:
    found = said(front(data.decode().removeprefix("\ufeff")))
    return list(found or {})


def front(text: str) -> str:
    place = front_of(text)
    assert place is not None
    return text[place]
