"""What people say when they log, and what is understood by it."""

from __future__ import annotations

import re
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.spoken.days import Context
from renmai.spoken.phrase import Phrase, read_phrase, split_at_colon
from tests import books
from tests.architecture.reading import ROOT
from tests.spoken.phrases import BOOK, CHINESE, ENGLISH, OPEN_CHINESE, OPEN_ENGLISH, TODAY


def told(phrase: Phrase) -> str:
    """A phrase as the tables of examples write it."""
    days = (TODAY,) if phrase.days is None else phrase.days
    who = [
        "|".join(record.id for record in each.records) or f"?{each.text}?" for each in phrase.who
    ]
    parts = [
        "|".join(phrase.times),
        "|".join(phrase.kinds) + "!" * phrase.deep,
        *who,
        f"<{phrase.vague}>" if phrase.vague else "",
    ]
    head = " ".join(["|".join(map(str, days)), *filter(None, parts)])
    return head + (f": {phrase.text}" if phrase.text else "")


def heard(said: str, language: str) -> str:
    return told(read_phrase(said, BOOK, Context(TODAY, "past", language)))


@pytest.mark.parametrize(("said", "meant"), ENGLISH)
def test_english(said: str, meant: str) -> None:
    assert heard(said, "en") == meant


@pytest.mark.parametrize(("said", "meant"), CHINESE)
def test_chinese(said: str, meant: str) -> None:
    assert heard(said, "zh") == meant


@pytest.mark.parametrize(("said", "meant"), OPEN_ENGLISH)
def test_what_is_left_open(said: str, meant: str) -> None:
    assert heard(said, "en") == meant


@pytest.mark.parametrize(("said", "meant"), OPEN_CHINESE)
def test_what_is_left_open_in_chinese(said: str, meant: str) -> None:
    assert heard(said, "zh") == meant


def test_me_is_the_own_card_whatever_its_id() -> None:
    """Who writes the book stands in no entry beside others."""
    files = {
        "contacts/ann": "---\nname: Ann\nme: yes\n---\n",
        "contacts/bob": "---\nname: Bob\n---\n",
    }
    context = Context(TODAY, "past", "en")
    assert told(read_phrase("Bob called me: x", books.book(files), context)).endswith("call bob: x")
    assert told(read_phrase("note to me: x", books.book(files), context)).endswith(" ann: x")
    del files["contacts/ann"]
    assert told(read_phrase("Bob called me: x", books.book(files), context)).endswith("call bob: x")


def test_there_are_enough_examples() -> None:
    assert len(ENGLISH) >= 60
    assert len(CHINESE) >= 60
    assert len({said for said, _ in ENGLISH + CHINESE}) == len(ENGLISH) + len(CHINESE)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_languages_are_understood_in_every_book(language: str) -> None:
    """But for dates in figures, which the language decides."""
    for said, meant in ENGLISH + CHINESE:
        if "/" not in said:
            assert heard(said, language) == meant


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a: b: c", ("a", " b: c")),
        ("a：b", ("a", "b")),
        ("9:30 a: b", ("9:30 a", " b")),
        ("9：30 a", ("9：30 a", None)),
        ("[[a:b]] call: c", ("[[a:b]] call", " c")),
        ("http://x: y", ("http://x", " y")),
        ("a — b: c", ("a", "b: c")),
        ("a-b c", ("a-b c", None)),
        ("a:", ("a", "")),
    ],
)
def test_the_colon(text: str, parts: tuple[str, str | None]) -> None:
    assert split_at_colon(text) == parts


def shown_commands(page: str) -> list[str]:
    """The phrases of the `renmai log` commands that a page of the documentation shows."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    lines = re.findall(r"^renmai log (.+)$", text, re.MULTILINE)
    return [" ".join(shlex.split(line)) for line in lines]


@pytest.mark.parametrize(("page", "language"), [("logging.md", "en"), ("zh/logging.md", "zh")])
def test_what_the_documentation_shows_is_understood(page: str, language: str) -> None:
    phrases = shown_commands(page)
    assert len(phrases) > 3
    for said in phrases:
        phrase = read_phrase(said, BOOK, Context(TODAY, "past", language))
        assert len(phrase.kinds) == 1, said
        assert phrase.who, said
        assert all(len(who.records) == 1 for who in phrase.who), said
        assert phrase.text, said
        assert phrase.days is None or len(phrase.days) == 1, said


def test_namesakes_of_an_id_are_asked_about() -> None:
    files = {
        "contacts/grace": "---\nname: Grace Okafor\n---\n",
        "contacts/grace-lee": "---\nname: Grace Lee\n---\n",
    }
    for said, ids in (("Grace", ["grace", "grace-lee"]), ("grace", ["grace"])):
        phrase = read_phrase(f"call {said}", books.book(files), Context(TODAY, "past"))
        assert [record.id for record in phrase.who[0].records] == ids


WORDS = st.sampled_from(
    [*"昨前天上周三和跟林晓舟王打电话吃饭了个帮我月号点半！：，、", "grace", "Grace", "bob", "last",
     "friday", "3", "11/3", "ago", "days", "at", "8", "pm", "call", "coffee", "with", "and", "[[",
     "]]", "[[grace]]", ":", "!", ",", " ", "  ", "\t", "nov", "-", "'s", "May", "gave", "\u2028"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=14), st.sampled_from(["", " "]))
def test_whatever_is_said_is_read(pieces: list[str], between: str) -> None:
    said = between.join(pieces)
    phrase = read_phrase(said, BOOK, Context(TODAY, "past"))
    assert phrase.text in said
    assert phrase.text == phrase.text.strip()
    assert all(each.text for each in phrase.who)


@given(st.text(max_size=60))
def test_any_text_is_read(said: str) -> None:
    read_phrase(said, BOOK, Context(TODAY, "past"))


@given(st.text(max_size=60))
def test_what_was_said_is_kept(said: str) -> None:
    phrase = read_phrase(f"yesterday call grace: {said}", BOOK, Context(TODAY, "past"))
    assert phrase.text == said.strip()
    assert [who.records[0].id for who in phrase.who] == ["grace"]
