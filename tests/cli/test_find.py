"""What `find` finds, and which it takes for the best."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from renmai.cli.program import program
from renmai.model.book import Book
from renmai.model.reading import read_record
from renmai.rules.find import Found, find


def book(**cards: str) -> Book:
    """A book of contacts: front matter, then after a blank line the body."""
    sources = []
    for stem, text in cards.items():
        front, _, body = text.partition("\n\n")
        path = f"contacts/{stem}.md"
        sources.append(read_record(path, f"---\n{front}\n---\n{body}\n".encode()))
    return Book(sources)


def ids(found: list[Found]) -> list[str]:
    return [each.record.id for each in found]


def test_the_whole_name_before_its_beginning_before_a_word_before_a_part() -> None:
    people = book(a="name: Bandana", b="name: Rob Ban", c="name: Banyan Lee", d="name: Ban")
    assert ids(find(people, "ban")) == ["d", "a", "c", "b"]
    assert ids(find(people, "an")) == ["a", "b", "c", "d"]


def test_names_before_fields_before_notes() -> None:
    people = book(
        a="name: X\n\nabout tea",
        b="name: X\nlikes: tea",
        c="name: X\ncity: Tea",
        d="name: X\naliases: Tea",
        e="name: Tea",
    )
    assert ids(find(people, "tea")) == ["e", "d", "c", "b", "a"]
    assert [hit.where for each in find(people, "tea") for hit in each.hits] == [
        "name",
        "aliases",
        "city",
        "likes",
        "notes",
    ]


def test_every_word_must_occur() -> None:
    people = book(a="name: Ann\ncity: Oslo", b="name: Ann\ncity: Rome", c="name: Bo\ncity: Oslo")
    assert ids(find(people, "ann oslo")) == ["a"]
    assert ids(find(people, "oslo\u3000ANN")) == ["a"]
    assert find(people, "ann paris") == []
    assert find(people, "  ") == []


@pytest.mark.parametrize(
    "words",
    ["林晓舟", "晓舟", "lin", "xiaozhou", "lin xiaozhou", "linxiaozhou", "lxz", "lx", "LXZ"],
)
def test_chinese_names_by_pinyin_and_initials(words: str) -> None:
    people = book(a="name: 林晓舟", b="name: 王芳", c="name: Grace")
    assert ids(find(people, words)) == ["a"]


def test_initials_of_latin_names() -> None:
    assert ids(find(book(a="name: Grace Ho", b="name: Guy"), "gh")) == ["a"]


@pytest.mark.parametrize("words", ["jose", "JOSÉ", "álvarez", "Alvarez"])
def test_accents_and_case_make_no_difference(words: str) -> None:
    assert ids(find(book(a="name: José Álvarez"), words)) == ["a"]


def test_a_reference_is_found_by_the_name_that_it_leads_to() -> None:
    people = book(a="name: A\nmet: {through: b}", b="name: 王芳")
    assert ids(find(people, "王芳")) == ["b", "a"]


def test_several_words_in_one_place_are_shown_once_and_cut_to_their_surroundings() -> None:
    (found,) = find(book(a=f"name: A\n\n{'x ' * 100}green tea {'y ' * 100}"), "green tea")
    (place,) = found.places
    assert place.where == "notes"
    assert "green tea" in place.text
    assert place.text.startswith("…")
    assert place.text.endswith("…")
    assert len(place.text) < 80


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_found_by_its_words(text: str, words: str) -> None:
    people = book(a="name: A\n\n" + " ".join(text.split()))
    find(people, words)
    whole = find(people, text)
    assert not text.split() or ids(whole) == ["a"]


def test_a_title_in_chinese_is_found_by_its_reading(tmp_path: Path) -> None:
    """And the line says so: no sort but a contact has a field of that name."""
    (tmp_path / "mkdocs.yml").write_text("plugins: [renmai]\n")
    (tmp_path / "events").mkdir()
    front = "title: 茶会\ndate: 2026-11-21"
    (tmp_path / "events" / "e.md").write_text(f"---\n{front}\n---\n")
    done = CliRunner().invoke(program, ["-C", str(tmp_path), "find", "cha"])
    assert done.exit_code == 0
    assert "Cha Hui" in done.output
