"""The net: where people stand, and that they stay there from build to build."""

from __future__ import annotations

import json
from itertools import combinations
from math import dist
from pathlib import Path
from random import Random
from statistics import median

import pytest

from renmai.site.book import make_site
from renmai.site.net.geometry import Room, gather, rows, spread, sunflower
from renmai.site.net.islands import HOLE
from renmai.site.net.layout import Layout, arrange, decode, encode
from renmai.storage.state import STATE, read_state, write_state
from tests.site.conftest import TODAY, Books
from tests.site.test_network import SMALL, person

Ties = dict[tuple[str, str], float]


def groups(count: int, size: int, seed: int = 1) -> tuple[list[str], Ties]:
    """So many groups in which most know one another, with a few ties across, and some loners."""
    random = Random(seed)
    people = [f"p{i:04}" for i in range(count * size + size)]
    ties: Ties = {}
    for group in range(count):
        mine = people[group * size : (group + 1) * size]
        for pair in combinations(mine, 2):
            if random.random() < min(1.0, 6 / size):
                ties[pair] = random.choice([0.5, 1, 2, 3])
    for _ in range(count * 2):
        a, b = sorted(random.sample(people[: count * size], 2))
        ties[a, b] = 1.0
    return people, ties


def points(layout: Layout) -> dict[str, tuple[float, float]]:
    return {id: (spot.x / 100, spot.y / 100) for id, spot in layout.spots.items()}


# -- where people stand ---------------------------------------------------------------------------


def test_the_same_ties_give_the_same_places() -> None:
    people, ties = groups(8, 12)
    first = arrange(people, ties)
    shuffled = list(ties.items())
    Random(2).shuffle(shuffled)
    assert arrange(reversed(people), dict(shuffled)) == first
    assert set(first.spots) == set(people)


@pytest.mark.parametrize(("count", "size"), [(1, 3), (4, 9), (6, 60), (2, 300)])
def test_nobody_stands_on_anybody_nor_on_the_own_card(count: int, size: int) -> None:
    people, ties = groups(count, size)
    where = list(points(arrange(people, ties)).values())
    room = Room([], 0.0)
    for x, y in where:
        assert abs(complex(x, y)) >= HOLE - 0.1
        assert room.is_free(complex(x, y) * 1.8), "closer than half a length"
        room.take(complex(x, y) * 1.8)


def test_those_who_are_tied_stand_together() -> None:
    people, ties = groups(6, 15)
    where = points(arrange(people, ties))
    near = median(dist(where[a], where[b]) for a, b in ties)
    far = median(dist(where[a], where[b]) for a, b in combinations(people[:90], 2))
    assert near < far / 2


def test_nothing_is_flung_far_away() -> None:
    """Small groups apart and people without ties stand beside the others, not far off."""
    people, ties = groups(6, 15)
    people += ["x1", "x2", "y1", "y2", "y3"]
    ties |= {("x1", "x2"): 1.0, ("y1", "y2"): 1.0, ("y2", "y3"): 3.0}
    where = points(arrange(people, ties))
    tied = {id for pair in ties for id in pair}
    reach = max(dist(where[id], (0, 0)) for id in tied if id[0] == "p")
    assert max(dist(at, (0, 0)) for at in where.values()) < 1.6 * reach
    assert dist(where["x1"], where["x2"]) < 2.5


def test_unchanged_ties_change_nothing() -> None:
    people, ties = groups(5, 12)
    old = arrange(people, ties)
    assert arrange(people, dict(ties), old) is old


def test_people_stay_when_a_tie_is_added() -> None:
    people, ties = groups(8, 12)
    old = arrange(people, ties)
    new = arrange(people, {**ties, ("p0000", "p0050"): 2.0}, old)
    moved = [dist(points(old)[id], points(new)[id]) for id in people]
    assert new != old
    assert median(moved) == 0
    assert sum(step > 0 for step in moved) <= 2


def test_people_stay_when_somebody_leaves() -> None:
    people, ties = groups(8, 12)
    old = arrange(people, ties)
    left = {pair: weight for pair, weight in ties.items() if "p0003" not in pair}
    new = arrange([id for id in people if id != "p0003"], left, old)
    assert "p0003" not in new.spots
    assert median(dist(points(old)[id], points(new)[id]) for id in new.spots) == 0


def test_newcomers_go_to_those_they_are_tied_to() -> None:
    people, ties = groups(8, 12)
    old = arrange(people, ties)
    more = {**ties, ("p0030", "z1"): 3.0, ("z1", "z2"): 1.0}
    new = points(arrange([*people, "z1", "z2", "z3"], more, old))
    assert dist(new["z1"], new["p0030"]) < 4
    assert dist(new["z2"], new["z1"]) < 4
    assert all(new[id] == at for id, at in points(old).items())
    assert len(set(new.values())) == len(new)


def test_somebody_without_ties_goes_to_their_first() -> None:
    people, ties = groups(8, 12)
    old = arrange(people, ties)
    loner = people[-1]
    assert not old.spots[loner].ties
    new = points(arrange(people, {**ties, ("p0020", loner): 2.0}, old))
    assert dist(new[loner], new["p0020"]) < 4


def test_when_most_is_new_all_are_laid_out_anew() -> None:
    few, ties = groups(2, 6)
    old = arrange(few, ties)
    people, more = groups(10, 12, seed=4)
    new = arrange(people, more, old)
    fresh = arrange(people, more)
    assert {id: spot.ties for id, spot in new.spots.items()} == {
        id: spot.ties for id, spot in fresh.spots.items()
    }
    # The same picture, turned towards the old one.
    for a, b in combinations(people[:20], 2):
        assert dist(points(new)[a], points(new)[b]) == pytest.approx(
            dist(points(fresh)[a], points(fresh)[b]), abs=0.05
        )


@pytest.mark.parametrize("people", [[], ["a"], ["a", "b"]])
def test_few_people_or_none(people: list[str]) -> None:
    layout = arrange(people, {})
    assert set(layout.spots) == set(people)
    assert arrange(people, {}, layout) is layout
    tied = arrange([*people, "y", "z"], {("y", "z"): 1.0}, layout)
    assert len(set(points(tied).values())) == len(people) + 2


def test_a_layout_is_remembered_as_it_is() -> None:
    people, ties = groups(3, 8)
    layout = arrange(people, ties)
    assert decode(encode(layout)) == layout


@pytest.mark.parametrize("data", [None, b"", b"{}", b"[1]", b'{"version": 1}', b"\xff\xfe"])
def test_a_broken_memory_is_none(data: bytes | None) -> None:
    assert decode(data) is None


def test_places_of_another_version_are_not_mixed_in() -> None:
    people, ties = groups(3, 8)
    layout = arrange(people, ties)
    other = Layout(0, {id: type(spot)(0, 0, spot.ties) for id, spot in layout.spots.items()})
    assert arrange(people, ties, other) == layout


# -- geometry -------------------------------------------------------------------------------------


def test_seeds_of_a_sunflower_are_evenly_apart() -> None:
    seeds = [sunflower(k) for k in range(300)]
    nearest = [min(abs(a - b) for b in seeds if b is not a) for a in seeds]
    assert min(nearest) > 0.75
    assert max(nearest) < 1.3


def test_discs_are_pushed_apart_even_from_one_place() -> None:
    discs = [0j] * 12
    spread(discs, [1.0] * 12, 200, 0.2)
    assert min(abs(a - b) for a, b in combinations(discs, 2)) > 2.0


def test_discs_gather_around_the_first() -> None:
    discs = [0j, *(complex(50 * k, 90 - 7 * k) for k in range(1, 9))]
    gather(discs, [1.7, *[2.0] * 8], 1.0)
    assert discs[0] == 0
    assert max(map(abs, discs)) < 14


def test_rows_keep_to_their_arc() -> None:
    seats = rows([0.5] * 200, 20.0, 0.2, 1.4)
    assert min(abs(a - b) for a, b in combinations(seats, 2)) > 0.99
    assert min(map(abs, seats)) > 20


# -- what is remembered ---------------------------------------------------------------------------


def data_of(root: Path) -> dict[str, object]:
    site = make_site(root, "Test", TODAY)
    (script,) = [text for path, text in site.outputs if path == "assets/network-places.js"]
    found: dict[str, object] = json.loads(
        script.removeprefix("window.renmai.places = ").removesuffix(";\n")
    )
    return found


def test_a_build_remembers_where_people_stand(book: Books) -> None:
    root = book(SMALL)
    first = data_of(root)
    memory = read_state(root, "network.json")
    assert memory is not None
    assert (root / STATE / ".gitignore").read_text() == "*\n"
    assert data_of(root) == first
    assert read_state(root, "network.json") == memory


def test_people_stay_from_build_to_build(book: Books) -> None:
    root = book(SMALL)
    first = data_of(root)
    (root / "contacts/eve.md").write_text(person("Eve", "met: {date: 2026, through: ann}"))
    second = data_of(root)
    # Now they are ann, bo, cy, dee, eve, li and wen.
    for axis in ("x", "y"):
        places = list(second[axis])  # type: ignore[call-overload]
        assert len(places) == 7
        del places[4]
        assert places == first[axis]


@pytest.mark.parametrize("broken", [b"", b"nonsense", b'{"version":1,"spots":{"li":[1]}}'])
def test_a_broken_memory_costs_only_itself(book: Books, broken: bytes) -> None:
    root = book(SMALL)
    first = data_of(root)
    write_state(root, "network.json", broken)
    assert data_of(root) == first


def test_a_book_that_cannot_be_written_is_built_all_the_same(book: Books) -> None:
    root = book(SMALL)
    (root / STATE).write_text("in the way")
    assert data_of(root)["x"]
    assert not write_state(root, "x", b"")
    assert read_state(root, "x") is None


def test_nothing_is_remembered_outside_the_book(book: Books, tmp_path: Path) -> None:
    root = book(SMALL)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / STATE).symlink_to(elsewhere)
    assert data_of(root)["x"]
    assert list(elsewhere.iterdir()) == []
