"""Through whom one could reach somebody, against every way there is."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.rules.paths import Net
from tests.books import card, facts


def net(ties: str, me: str = "me: yes", **fronts: str) -> Net:
    """A net of contacts a to e and the own card; ties: `a-b:0.5 b-c`, in half relations."""
    files = {f"contacts/{id}": card(fronts.get(id, ""), name=id.upper()) for id in "abcde"}
    files["contacts/m"] = card(me, name="M")
    for number, tie in enumerate(ties.split()):
        pair, _, times = tie.partition(":")
        members = f"members: [{pair.replace('-', ', ')}]"
        for again in range(int(float(times or 1) * 2)):
            files[f"communities/t{number}x{again}"] = f"---\nname: C\n{members}\n---\n"
    return facts(files).net


def log(entry: str) -> str:
    """What may follow a front to give the contact a log with one entry."""
    return f"\n---\n## Log\n- {entry}\n"


def way(made: Net, target: str) -> tuple[str, float] | None:
    found = made.path(made.book.contacts[target])
    return ("".join(found.ids), round(found.cost, 9)) if found else None


def test_straight_to_everybody_at_a_tenth() -> None:
    assert way(net(""), "a") == ("ma", 10)


def test_a_chain_through_somebody_warm() -> None:
    # Warmth of a: 3, so ⅓; a–b weighs 2, so ½; straight to b costs 10.
    made = net("a-b:2", a=log("2026-11-21 meet"))
    assert way(made, "b") == ("mab", round(1 / 3 + 1 / 2, 9))
    found = made.path(made.book.contacts["b"])
    assert found
    assert [(step.a, step.b, step.weight) for step in found.steps] == [("m", "a", 3), ("a", "b", 2)]


WANTED = "status: wanted"


def test_a_wanted_one_is_reached_through_others_alone() -> None:
    assert way(net("", c=WANTED), "c") is None
    assert way(net("b-c", c=WANTED), "c") == ("mbc", 11)


@pytest.mark.parametrize("status", ["wanted", "deceased"])
def test_never_through_another_wanted_one_or_the_dead(status: str) -> None:
    made = net("a-b b-c a-d:0.5 d-e:0.5 e-c:0.5", b=f"status: {status}", c=WANTED)
    # Through b it would be 10 + 1 + 1; without, straight to e: 10 + 2.
    assert way(made, "c") == ("mec", 12)
    assert way(net("a-b b-c", b=f"status: {status}", c=WANTED), "c") is None


def test_the_dead_may_be_the_end() -> None:
    assert way(net("", a="status: deceased"), "a") == ("ma", 10)


def test_fewer_steps_then_ids_in_order() -> None:
    # Both ways cost 10 + ½: by a as well as by b.
    assert way(net("b-c:2 a-c:2", c=WANTED), "c") == ("mac", 10.5)
    # To e: by a and b 10 + ½ + ½, by d 10 + 1.
    assert way(net("a-b:2 b-e:2 d-e:1", e=WANTED, b="status: active"), "e") == ("mbe", 10.5)
    made = net("d-e:1 a-b:2 b-e:2", e=WANTED, c="")
    assert way(made, "e") == ("mbe", 10.5)


def test_with_no_own_card_there_are_no_paths() -> None:
    assert way(net("a-b", me=""), "a") is None


@pytest.mark.parametrize("status", ["dormant", "wanted", "deceased"])
def test_from_oneself_whatever_the_own_card_says(status: str) -> None:
    assert way(net("a-b:2", me=f"me: yes\nstatus: {status}", b=WANTED), "b") == ("mab", 10.5)


def test_to_oneself() -> None:
    assert way(net(""), "m") == ("m", 0)


PAIRS = [f"{a}-{b}" for a in "abcde" for b in "abcde" if a < b]


@st.composite
def nets(draw: st.DrawFn) -> tuple[Net, str]:
    chosen = draw(st.lists(st.sampled_from(PAIRS), unique=True, max_size=7))
    ties = [f"{pair}:{draw(st.sampled_from(['0.5', '1', '1.5', '2']))}" for pair in chosen]
    statuses = st.sampled_from(["active", "active", "dormant", "wanted", "deceased"])
    warm = st.sampled_from(["", log("2026-11-21 message"), log("2026-11-21 meet!")])
    fronts = {id: f"status: {draw(statuses)}{draw(warm)}" for id in "abcde"}
    return net(" ".join(ties), "me: yes", **fronts), draw(st.sampled_from("abcde"))


def best_way(made: Net, target: str) -> str | None:
    """The best of all ways, one by one, in exact fractions."""
    contacts = made.book.contacts
    inner = [
        id for id in "abcde" if id != target and contacts[id].status not in ("wanted", "deceased")
    ]
    ways = []
    for length in range(len(inner) + 1):
        for between in permutations(inner, length):
            ids = ["m", *between, target]
            weights = [made.weight(a, b) for a, b in pairwise(ids)]
            if all(weights):
                cost = sum(1 / Fraction(weight).limit_denominator(10) for weight in weights)
                ways.append((cost, len(ids), ids))
    return "".join(min(ways)[2]) if ways else None


@given(nets())
def test_the_best_of_all_ways(made_and_target: tuple[Net, str]) -> None:
    made, target = made_and_target
    found = made.path(made.book.contacts[target])
    assert ("".join(found.ids) if found else None) == best_way(made, target)
