"""The book: ids, names, and what a reference means."""

from __future__ import annotations

import itertools

import pytest

from renmai.model.book import Book, caseless
from renmai.text.references import Ref
from tests.books import book, card, community, event, sources

BROKEN = "---\n[\n---\n"
FILES = {
    "contacts/li": card("aliases: [Lei, Twin]", name="李雷"),
    "contacts/work/Wang-Fang": card(name="Wang  Fang"),
    "contacts/work/e\u0301mile": card(name="Émile"),
    "contacts/twin": card(name="Somebody"),
    "contacts/other": card("aliases: Twins", name="twins"),
    "contacts/broken": BROKEN,
    "events/past/summit": event("2026-11-01").replace("title: T", "title: Summit 峰会"),
    "communities/tea": community().replace("name: C", "name: Tea Circle"),
    "communities/twins": community().replace("name: C", "name: T"),
}


def found(text: str) -> list[str]:
    """The paths that a reference matches, without their `.md`."""
    return [source.path.removesuffix(".md") for source in book(FILES).find(text)]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("li", "contacts/li"),
        ("LI", "contacts/li"),
        ("李雷", "contacts/li"),
        ("lei", "contacts/li"),
        ("wang-fang", "contacts/work/Wang-Fang"),
        ("wang fang", "contacts/work/Wang-Fang"),
        (" Wang\t\u3000Fang ", "contacts/work/Wang-Fang"),
        ("émile", "contacts/work/e\u0301mile"),
        ("Émile", "contacts/work/e\u0301mile"),
        ("broken", "contacts/broken"),  # nothing of it but its id
        ("summit 峰会", "events/past/summit"),
        ("Tea Circle", "communities/tea"),
        ("twin", "contacts/twin"),  # an id before an alias
        ("Twin", "contacts/twin"),  # without case too
        ("twins", "communities/twins"),  # an id before two contacts' names
        # A folder that holds it.
        ("contacts/li", "contacts/li"),
        ("contacts/work/wang-fang", "contacts/work/Wang-Fang"),
        ("work/wang-fang", "contacts/work/Wang-Fang"),
        ("contacts/wang-fang", "contacts/work/Wang-Fang"),  # at whatever depth
        ("past/summit", "events/past/summit"),
        ("Contacts/LI", "contacts/li"),
        ("contacts/李雷", "contacts/li"),
        # Each step looks in that folder alone: what lies elsewhere is not in the way.
        ("contacts/twins", "contacts/other"),
        ("communities/twins", "communities/twins"),
    ],
)
def test_what_is_found(text: str, path: str) -> None:
    assert found(text) == [path]


@pytest.mark.parametrize(
    "text",
    ["nobody", "", "events/li", "work/li", "summit/past", "contacts/", "/", "li/", "Wang", "李"],
)
def test_what_is_not(text: str) -> None:
    assert found(text) == []


def test_several_at_one_step_are_ambiguous() -> None:
    twins = {"contacts/a": card(name="Anna"), "contacts/b": card("aliases: anna", name="B")}
    made = book(twins)
    assert [source.id for source in made.find("ANNA")] == ["a", "b"]
    assert made.target(Ref("Anna")) is None
    assert made.contact(Ref("Anna")) is None
    # A folder tells them apart only if it holds but one.
    split = book({"contacts/x/a": card(name="Anna"), "contacts/y/b": card(name="Anna")})
    assert [source.id for source in split.find("x/anna")] == ["a"]


def test_name_and_alias_of_one_are_no_two_matches() -> None:
    made = book({"contacts/a": card("aliases: [anna, ANNA]", name="Anna")})
    assert len(made.find("Anna")) == 1


def test_ids_that_differ_in_case() -> None:
    made = book({"contacts/Li": card(name="A"), "contacts/x/li": card(name="B")})
    assert set(made.contacts) == {"Li", "li"}
    assert [source.path for source in made.find("li")] == ["contacts/x/li.md"]
    assert len(made.find("LI")) == 2


def test_of_two_with_one_id_the_first_path_counts() -> None:
    made = book({"contacts/z/li": card(name="Z"), "contacts/a/li": card(name="A")})
    assert made.contacts["li"].name == "A"
    assert len(list(made.records)) == 1
    # A broken first one takes the id as well.
    broken = book({"contacts/z/li": card(name="Z"), "contacts/a/li": BROKEN})
    assert broken.contacts == {}


def test_who_is_not_in_the_book_is_not_meant() -> None:
    """Their file is found by its name, but another one has its id."""
    made = book({"communities/eva": "---\nname: Circle\n---\n", "contacts/eva": card(name="Zoe")})
    assert len(made.find("Zoe")) == 1
    assert made.contact(Ref("Zoe")) is made.target(Ref("Zoe")) is made.label_of(Ref("Zoe")) is None
    assert made.label_of(Ref("Circle")) == "Circle"


def test_by_sort() -> None:
    made = book(FILES)
    assert made.contact(Ref("li")) is made.contacts["li"]
    assert made.contact(Ref("tea")) is None
    assert made.contact(None) is None
    assert made.event(Ref("summit")) is made.events["summit"]
    assert made.event(Ref("li")) is None
    assert made.community(Ref("tea")) is made.communities["tea"]
    assert made.target(Ref("broken")) is None
    assert made.is_text(Ref("nobody"))
    assert not made.is_text(Ref("nobody", bracketed=True))
    assert not made.is_text(Ref("li"))
    assert not made.is_text(Ref("broken"))


def test_the_own_card() -> None:
    made = book({"contacts/b": card("me: yes"), "contacts/a": card("me: no")})
    assert made.me is made.contacts["b"]
    assert [contact.id for contact in made.others] == ["a"]
    none = book({"contacts/a": card()})
    assert none.me is None
    several = book({"contacts/b": card("me: yes"), "contacts/a": card("me: yes")})
    assert several.me is several.contacts["a"]


def test_the_events_of_a_community_by_date_then_id() -> None:
    made = book(
        {
            "communities/tea": community(),
            "events/b": event("2026-02-01", "community: tea"),
            "events/a": event("2026-02-01", "community: '[[communities/C]]'"),
            "events/c": event("2026-01-01", "community: '[[tea]]'\nstatus: cancelled"),
            "events/d": event("2026-01-01", "community: other"),
            "events/e": event("2026-01-01"),
        }
    )
    assert [each.id for each in made.events_of(made.communities["tea"])] == ["c", "a", "b"]


def test_the_order_of_the_files_makes_no_difference() -> None:
    files = {
        "contacts/z/li": card(name="Z"),
        "contacts/a/li": card(name="A"),
        "contacts/LI": card("me: yes"),
        "contacts/b": card("me: yes", name="A"),
    }
    expected = None
    for order in itertools.permutations(sources(files)):
        made = Book(order)
        seen = (
            list(made.contacts.items()),
            made.me,
            [source.path for source in made.find("a")],
            [source.path for source in made.find("lI")],
        )
        expected = expected or seen
        assert seen == expected


def test_caseless() -> None:
    assert caseless("STRASSE") == caseless("straße")
    assert caseless("E\u0301") == caseless("é")
