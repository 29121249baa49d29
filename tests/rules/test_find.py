"""Finding by words: where they are looked for, and what comes first."""

from __future__ import annotations

import pytest

from renmai.rules.find import find
from tests.books import book, card, community, event

LIN = card(
    "company: Ocean Lab\ncity: 苏州\naliases: [Xiaozhou]\ntags: [tea]\nneeds: [a lawyer]\n"
    "met: {at: '[[summit]]', through: chen}\nbirthday: lunar 1985-01-15",
    "2026-11-01 call: the harbour project",
    name="林晓舟",
)
FILES = {
    "contacts/lin": LIN,
    "contacts/chen": card("city: Suzhou", name="Chloé Chen"),
    "contacts/zeng": card("pinyin: Zeng Li", name="曾历"),
    "events/summit": event("2026-11-01", "place: Harbour Hall").replace(
        "title: T", "title: Summit"
    ),
    "communities/tea": community("theme: old tea").replace("name: C", "name: Tea Circle"),
}


def ids(text: str) -> list[str]:
    return [found.record.id for found in find(book(FILES), text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("林晓舟", ["lin"]),
        ("晓舟", ["lin"]),
        ("LIN", ["lin"]),
        ("lin xiaozhou", ["lin"]),
        ("linxiaozhou", ["lin"]),
        ("lxz", ["lin"]),
        ("zhou", ["lin", "chen"]),  # of a word of the pinyin; the end of Suzhou
        ("zengli", ["zeng"]),
        ("cengli", []),
        ("zl", ["zeng"]),
        ("chloe", ["chen", "lin"]),  # accents make no difference; and who she introduced
        ("CHLOÉ", ["chen", "lin"]),
        ("lawyer", ["lin"]),
        ("harbour", ["summit", "lin"]),  # a place before notes
        ("harbour project", ["lin"]),  # every word
        ("harbour nothing", []),
        ("tea", ["tea", "lin"]),  # a name before a tag
        ("summit", ["summit", "lin"]),  # a title before a reference to it
        ("1985-01-15", ["lin"]),
        ("", []),
        ("  ", []),
    ],
)
def test_what_is_found_best_first(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


def test_white_space_and_repetition_make_no_difference() -> None:
    assert ids("  harbour\t project\n") == ["lin"]
    assert ids("harbour harbour project") == ["lin"]


def score(text: str, name: str) -> float:
    (found,) = find(book({"contacts/zz": card(name=name)}), text)
    return found.score


def test_the_whole_text_before_its_beginning_before_a_word_before_a_part() -> None:
    scores = [
        score("anna", "Anna"),  # 10
        score("anna", "Annabel"),  # 8
        score("anna", "Eve Anna"),  # 6
        score("anna", "Joanna"),  # 4
    ]
    assert scores == [10, 8, 6, 4]
    assert score("舟", "林晓舟") == 6  # each character is a word


def test_equal_ones_by_folder_then_id() -> None:
    files = {
        "communities/a": community().replace("name: C", "name: Tea"),
        "events/b": event("2026-11-01").replace("title: T", "title: Tea"),
        "contacts/d": card(name="Tea"),
        "contacts/c": card(name="Tea"),
    }
    assert [found.record.id for found in find(book(files), "tea")] == ["c", "d", "b", "a"]


def test_where_it_was_found() -> None:
    (lin,) = find(book(FILES), "harbour lawyer")
    assert [hit.where for hit in lin.hits] == ["notes", "needs"]
    assert "harbour project" in lin.hits[0].text


def test_a_long_text_is_cut_around_the_hit() -> None:
    files = {"contacts/li": card(body="x" * 500 + " needle " + "y" * 500)}
    (found,) = find(book(files), "needle")
    text = found.hits[0].text
    assert text.startswith("…")
    assert text.endswith("…")
    assert "needle" in text
    assert len(text) < 100
