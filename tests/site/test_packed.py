"""Matches as they are remembered are in the order in which they would be found again."""

from __future__ import annotations

import os
import random

import pytest

from renmai.rules.matches import Match, Matches, by_person
from renmai.site.increment.packed import ByPerson, Lead, Ranked, flat, pack
from renmai.site.views.introductions import MOST_MATCHES

SEED = int(os.environ.get("RENMAI_SEED") or random.randrange(10**6))
PEOPLE = [f"p{number:02}" for number in range(40)]


def matches(chance: random.Random, count: int) -> Matches:
    pairs = [(one, other) for one in PEOPLE for other in PEOPLE if one != other]
    found = [Match(*pair, "a lawyer", "lawyer") for pair in chance.sample(pairs, count)]
    mine = [Match(one, "me", "piano", "piano") for one in chance.sample(PEOPLE, 5)]
    return Matches(found, mine, [])


@pytest.mark.parametrize("count", [1, MOST_MATCHES, 3 * MOST_MATCHES, 9 * MOST_MATCHES])
def test_the_first_of_many(count: int) -> None:
    chance = random.Random(f"{SEED} {count}")
    found, warmth = matches(chance, count), {id: chance.random() for id in PEOPLE}
    packed, lead = pack(found), None
    for step in range(80):
        known = Ranked(packed, "me", warmth.__getitem__)
        warmer = chance.sample(PEOPLE, 2) if step else []
        # Most grow colder, until others than those remembered come first.
        warmth |= {id: 2.0 if chance.random() < 0.05 else 0.0 for id in warmer}
        lead = known.lead(lead, warmer)
        first = known.whole(Lead(lead.rows[:MOST_MATCHES], lead.last)).introductions
        story = f"RENMAI_SEED={SEED}, step {step}"
        assert list(first) == sorted(found.introductions, key=known.key)[:MOST_MATCHES], story
        assert len(first) == count


def test_those_of_one_person() -> None:
    chance = random.Random(SEED)
    found, warmth = matches(chance, 300), {id: chance.random() for id in PEOPLE}
    known = Ranked(pack(found), "me", warmth.__getitem__)
    ordered = Matches(*(sorted(getattr(found, name), key=known.key) for name in FIELDS))
    for id, mine in by_person(ordered).items():
        assert known.of(id) == mine, f"RENMAI_SEED={SEED}"
    assert known.of("nobody") is None


def test_as_they_were_packed() -> None:
    chance = random.Random(SEED)
    found = matches(chance, 300)
    packed = pack(found)
    assert [list(getattr(flat(packed), name)) for name in FIELDS] == [
        getattr(found, name) for name in FIELDS
    ]
    assert flat(packed).introductions[3:5] == found.introductions[3:5]
    known, told = ByPerson(packed), by_person(found)
    assert known.keys() == told.keys()
    for id, mine in told.items():
        assert [list(getattr(known[id], name)) for name in FIELDS] == [
            getattr(mine, name) for name in FIELDS
        ], f"RENMAI_SEED={SEED}"
    assert known.get("nobody") is None


@pytest.mark.parametrize("count", [0, 1, 9 * MOST_MATCHES])
def test_the_first_of_those_just_packed(count: int) -> None:
    chance = random.Random(SEED)
    found, warmth = matches(chance, count), {id: chance.random() for id in PEOPLE}
    key = Ranked(pack(found), "me", warmth.__getitem__).key
    known = Ranked(
        pack(Matches(sorted(found.introductions, key=key), [], [])), "me", warmth.__getitem__
    )
    assert known.first_lead() == known.lead(None, ()), f"RENMAI_SEED={SEED}"


FIELDS = Matches.__struct_fields__


def test_whoever_is_warm_enough_is_shown() -> None:
    found = Matches([Match("p00", f"p{n:02}", "x", "x") for n in range(1, 20)], [], [])
    warmth = {id: float(PEOPLE.index(id)) for id in PEOPLE}
    known = Ranked(pack(found), "me", warmth.__getitem__)
    # The eight warmest are p19 down to p12; of the others nobody needs what p00 could give.
    assert known.floor("p00") == 12.0
    ordered = Matches(sorted(found.introductions, key=known.key), [], [])
    assert known.floors(by_person(ordered)) == {"p00": 12.0}
