"""Relations from both sides, introductions, backlinks, and what lists a person."""

from __future__ import annotations

import pytest

from tests.books import card, community, event, facts


def relations(**fronts: str) -> dict[str, list[tuple[str, str]]]:
    """The relations of the contacts with this `relations` each."""
    files = {
        f"contacts/{id}": card(f"relations: {text}" if text else "", name=id.upper())
        for id, text in fronts.items()
    }
    return facts(files).relations


@pytest.mark.parametrize(
    ("how", "inverse"),
    [
        ("parent", "child"),
        ("child", "parent"),
        ("manager", "report"),
        ("report", "manager"),
        ("mentor", "mentee"),
        ("mentee", "mentor"),
        *((how, how) for how in ("spouse", "sibling", "colleague", "friend", "classmate")),
        ("partner", "partner"),
        ("old rival", "old rival"),
    ],
)
def test_what_the_other_side_is(how: str, inverse: str) -> None:
    found = relations(li=f"[{{who: wang, how: {how}}}]", wang="")
    assert found == {"li": [("wang", how)], "wang": [("li", inverse)]}


@pytest.mark.parametrize(
    ("mine", "yours"),
    [("parent", "child"), ("friend", "friend"), ("Friend", "friend"), ("mentor", "Mentee")],
)
def test_written_on_both_sides_it_is_one(mine: str, yours: str) -> None:
    found = relations(li=f"[{{who: wang, how: {mine}}}]", wang=f"[{{who: li, how: {yours}}}]")
    assert found == {"li": [("wang", mine)], "wang": [("li", yours)]}


def test_two_relations_between_two_people() -> None:
    found = relations(
        li="[{who: wang, how: friend}, {who: WANG, how: friend}]", wang="[{who: li, how: manager}]"
    )
    assert found["li"] == [("wang", "friend"), ("wang", "report")]
    assert found["wang"] == [("li", "manager"), ("li", "friend")]


def test_none_with_oneself_nor_with_nobody() -> None:
    assert relations(li="[{who: li, how: friend}, {who: gone, how: friend}]") == {"li": []}


def test_one_with_no_word() -> None:
    assert relations(li="[{who: wang}]", wang="") == {"li": [("wang", "")], "wang": [("li", "")]}


def test_who_brought_whom() -> None:
    known = facts(
        {
            "contacts/chen": card("met: {through: chen}", name="C"),
            "contacts/li": card("met: {through: chen}"),
            "contacts/wang": card("met: {through: C}", name="W"),
            "contacts/zhou": card("met: {at: e}", name="Z"),
        }
    )
    assert known.introduced == {"chen": ["li", "wang"]}
    by = {id: known.introduced_by(each) for id, each in known.book.contacts.items()}
    assert by["wang"] is known.book.contacts["chen"]
    assert by["zhou"] is None


def test_backlinks_are_other_records_whose_body_mentions_it() -> None:
    known = facts(
        {
            "contacts/li": card(body="[[li]] myself, and [[e]]"),
            "contacts/wang": card("", "2026-11-01 call with [[li]]", name="W"),
            "contacts/zhou": card("relations: [{who: li}]", body="`[[li]]`", name="Z"),
            "communities/tea": community(body="[[N]] and [[li]]"),
            "events/e": event("2026-11-01", "", body="- [ ] ask [[li]]\n"),
        }
    )
    found = {id: [each.id for each in records] for id, records in known.backlinks.items()}
    assert found == {"li": ["e", "tea", "wang"], "e": ["li"]}


def test_events_and_communities_that_list_somebody() -> None:
    known = facts(
        {
            "contacts/li": card(),
            "events/b": event("2026-01-01", "", "who: li"),
            "events/a": event("2026-02-01", "", "who: N"),
            "events/c": event("2026-01-15", "status: cancelled", "who: li"),
            "communities/tea": community("members: [li, N]"),
            "communities/art": community("members: N"),
        }
    )
    assert [each.id for each in known.events_of["li"]] == ["b", "a"]
    assert [each.id for each in known.communities_of["li"]] == ["art", "tea"]
