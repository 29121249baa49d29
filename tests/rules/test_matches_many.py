"""Matches in large books: found without comparing all with all, and none missed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from renmai.model.book import Book
from renmai.rules.matches import Match, matches, phrases_match
from tests.books import TODAY, card, sources

PARTS = st.sampled_from(["设", "计", "师", "a", "b", "ab", " ", " ", "-"])
PHRASES = st.lists(
    st.lists(PARTS, min_size=1, max_size=4).map("".join).filter(lambda text: text.strip(" -")),
    max_size=3,
)


def book_of(people: list[tuple[list[str], list[str]]]) -> Book:
    files = {
        f"contacts/p{number}": card(f"needs: {needs!r}\noffers: {offers!r}", name=f"P{number}")
        for number, (needs, offers) in enumerate(people)
    }
    return Book(sources(files))


@given(st.lists(st.tuples(PHRASES, PHRASES), max_size=4))
def test_none_is_missed(people: list[tuple[list[str], list[str]]]) -> None:
    book = book_of(people)
    expected = set()
    for one in book.others:
        for other in book.others:
            pairs = ((need, offer) for need in one.needs for offer in other.offers)
            first = next((pair for pair in pairs if phrases_match(*pair)), None)
            if first and one is not other:
                expected.add(Match(one.id, other.id, *first))
    found = matches(book, TODAY, {}, lambda contact: 0.0).introductions
    assert set(found) == expected
    assert len(found) == len(expected)


def test_two_thousand_who_all_use_the_same_words() -> None:
    """Everybody's phrases share two words; of four million pairs only a hundred match."""
    book = book_of([([f"help with w{n}"], [f"help with w{n + 1900}"]) for n in range(2000)])
    found = matches(book, TODAY, {}, lambda contact: 0.0).introductions
    assert len(found) == 100
