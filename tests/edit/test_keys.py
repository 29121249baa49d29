"""One key of front matter set: its value and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renmai.edit.keys import has_key, with_key, yaml_list, yaml_text
from renmai.edit.order import said
from renmai.model.records import Contact
from renmai.problems import Report
from renmai.text.schema import fields_of
from renmai.text.yamltree import read_yaml
from tests.edit.test_order import files, front

ORDER = list(fields_of(Contact))


@pytest.mark.parametrize(
    ("text", "key", "value", "expected"),
    [
        ("name: A\n", "city", "Y", "name: A\ncity: Y\n"),
        ("name: A\ntags: [a]\n", "city", "Y", "name: A\ncity: Y\ntags: [a]\n"),
        ("city:   # where\n", "city", "Y", "city: Y   # where\n"),
        ("city: 'X'  # where\n", "city", "Y", "city: Y  # where\n"),
        ("city:\r\nname: A\r\n", "tags", "[a]", "city:\r\nname: A\r\ntags: [a]\r\n"),
        ("tags:\n  - a\n  - b\nx-a: 1\n", "tags", "[c]", "tags: [c]\nx-a: 1\n"),
        ("tags: # mine\n- a\n- b # not\n", "tags", "[c]", "tags: [c] # mine # not\n"),
        ("# all\n\n# city\ncity: X\n", "name", "A", "# all\n\nname: A\n# city\ncity: X\n"),
        ("", "name", "A", "name: A\n"),
    ],
)
def test_where_the_value_goes(text, key, value, expected):
    made = with_key(text, key, value, ORDER)
    assert made == expected
    assert has_key(expected, key)


def test_an_empty_key_has_no_value():
    assert has_key("city: X\ntags:\n- a\n", "tags")
    assert not has_key("city:  # where\nname: A\n", "city")
    assert not has_key("name: A\n", "city")


def test_what_cannot_be_split_is_refused():
    assert with_key("{name: A}\n", "city", "Y", ORDER) is None


@settings(max_examples=100)
@given(files(), st.sampled_from(["name", "city", "tags", "snooze", "x-new"]))
def test_only_that_key_changes(text, key):
    text = text.removeprefix("\ufeff")
    before = front(text)
    report = Report("")
    read_yaml(before, report)
    made = None if report.problems else with_key(before, key, "new", ORDER)
    if made is None:
        return
    old, new = said(before) or {}, said(made)
    assert new == {**old, key: ("new", False)} or "|+" in before
    if key not in old:
        rest = made.splitlines()
        rest.remove(f"{key}: new")
        assert rest == before.splitlines()


@given(st.lists(st.text(min_size=1).map(lambda text: " ".join(text.split())), min_size=1))
def test_any_texts_can_be_written_as_a_list(texts):
    texts = [text for text in texts if text and not any(0xD800 <= ord(c) < 0xE000 for c in text)]
    read = said(f"tags: {yaml_list(texts)}\n")
    assert read == {"tags": [(text, False) for text in texts]}


@pytest.mark.parametrize("text", ["No", "yes", "ON", "null", "~", "12:30", "a: b", "#a", " a", ""])
def test_what_some_reader_would_misread_is_quoted(text):
    assert yaml_text(text) == f'"{text}"'


@pytest.mark.parametrize("text", ["Ada", "林晓舟", "A, B", "Café (two)", "设计周：第二天"])
def test_what_nobody_would_misread_stays_plain(text):
    assert yaml_text(text) == text
