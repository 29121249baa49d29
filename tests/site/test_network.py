"""The net: where people stand, what is said of them, the small picture, the way to somebody."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import dist
from pathlib import Path
from random import Random
from statistics import median

import pytest

from renmai.rules.warmth import LEVELS
from renmai.site.book import make_site
from renmai.site.net.data import REASONS, network_data
from renmai.site.net.geometry import Room, gather, rows, spread, sunflower
from renmai.site.net.islands import HOLE
from renmai.site.net.layout import Layout, arrange, decode, encode, layout_of
from renmai.site.statics import asset
from renmai.site.views.lens import Lens
from renmai.site.views.near import MOST, WIDTH, near_net
from renmai.site.views.network import MOST_ROWS, network_page
from renmai.site.views.ways import path_view, relation_word
from renmai.storage import STATE, read_state, write_state
from tests.site.conftest import TODAY, Books

Lenses = Callable[..., Lens]
Ties = dict[tuple[str, str], float]

ME = "---\nname: Wen\nme: yes\n---\n"


def person(name: str, front: str = "", log: str = "") -> str:
    return f"---\nname: {name}\n{front}\n---\n## Log\n{log}"


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


SMALL = {
    "contacts/wen.md": ME,
    "contacts/li.md": person(
        "李一", "relations:\n  - {who: ann, how: colleague}", "- 2026-11-01 call: x"
    ),
    "contacts/ann.md": person("Ann", "circles: [work]", "- 2026-10-01 meet with [[bo]]: x"),
    "contacts/bo.md": person("Bo", "met: {date: 2026, through: li}"),
    "contacts/cy.md": person("Cy", "status: wanted\nrelations:\n  - {who: bo, how: mentor}"),
    "contacts/dee.md": person("Dee", "circles: [hobby, secret]"),
    "events/fair.md": "---\ntitle: Fair\ndate: 2026-09-01\npeople:\n"
    "  - {who: li, met: yes}\n  - {who: bo, met: yes}\n---\n",
}


def data_of(root: Path) -> dict[str, object]:
    site = make_site(root, "Test", TODAY)
    (script,) = [text for path, text in site.outputs if path == "assets/network-data.js"]
    found: dict[str, object] = json.loads(
        script.removeprefix("window.renmai.net = ").removesuffix(";\n")
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
    assert second["pages"] == ["ann", "bo", "cy", "dee", "eve", "li", "wen"]
    for axis in ("x", "y"):
        places = list(second[axis])  # type: ignore[call-overload]
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


# -- what the script reads ------------------------------------------------------------------------


@dataclass
class Net:
    """The data of the script, with its rows of ties put together."""

    data: dict[str, object]

    def __init__(self, lens: Lens) -> None:
        self.data = network_data(lens, layout_of(lens.facts))

    def of(self, key: str) -> dict[str, object]:
        pages, values = self.data["pages"], self.data[key]
        return dict(zip(pages, values, strict=True))  # type: ignore[call-overload]

    @property
    def ties(self) -> dict[tuple[str, str], tuple[float, set[str]]]:
        flat: list[int] = self.data["ties"]  # type: ignore[assignment]
        pages: list[str] = self.data["pages"]  # type: ignore[assignment]
        found = {}
        for at in range(0, len(flat), 4):
            a, b, twice, bits = flat[at : at + 4]
            why = {reason for bit, reason in enumerate(REASONS) if bits & 1 << bit}
            found[pages[a], pages[b]] = (twice / 2, why)
        return found


def test_the_data_are_the_facts(lens: Lenses) -> None:
    net = Net(lens(SMALL))
    assert net.data["me"] == 5
    assert net.of("names")["li"] == "李一"
    assert net.of("standing") == {"ann": 0, "bo": 0, "cy": 1, "dee": 0, "li": 0, "wen": 0}
    assert net.data["circles"] == ["work", "hobbies", "secret"]
    assert net.of("of")["dee"] == [1, 2]
    assert net.ties == {
        ("ann", "bo"): (1, {"entry"}),
        ("ann", "li"): (3, {"relation"}),
        ("bo", "cy"): (3, {"relation"}),
        ("bo", "li"): (3, {"through", "event"}),
    }
    assert (net.of("x")["wen"], net.of("y")["wen"]) == (0, 0)


def test_the_net_without_an_own_card(lens: Lenses) -> None:
    files = {path: text for path, text in SMALL.items() if path != "contacts/wen.md"}
    net = Net(lens(files))
    assert net.data["me"] == -1
    assert "wen" not in net.of("x")


def test_words_are_those_of_the_language(lens: Lenses) -> None:
    words = Net(lens(SMALL, language="zh")).data["words"]
    assert words["levels"] == ["热", "暖", "凉", "冷"]  # type: ignore[index]


# -- the list -------------------------------------------------------------------------------------


def test_the_list_says_the_same(lens: Lenses) -> None:
    page = network_page(lens(SMALL))
    assert page.status == "5 people, 4 ties"
    assert [row.who.name for row in page.rows] == ["Bo", "李一", "Ann", "Cy", "Dee"]
    bo = page.rows[0]
    assert [(tie.who.name, tie.why) for tie in bo.ties] == [
        ("Cy", "mentee of Bo"),
        ("李一", "introduced Bo to you · both were at Fair"),
        ("Ann", "you were once in touch with both together"),
    ]
    assert page.rows[-1].ties == []
    assert page.rows[-1].circles == "hobbies, secret"
    assert not page.more


def test_the_list_is_bounded(lens: Lenses) -> None:
    many = {f"contacts/p{i:03}.md": person(f"P{i}") for i in range(MOST_ROWS + 7)}
    page = network_page(lens(many))
    assert len(page.rows) == MOST_ROWS
    assert "107" in page.more


def test_an_empty_book_has_nobody(lens: Lenses) -> None:
    page = network_page(lens({"contacts/wen.md": ME}))
    assert page.rows == []
    assert page.status == ""


def test_a_book_without_any_card(lens: Lenses) -> None:
    seen = lens({})
    assert network_page(seen).rows == []
    assert Net(seen).data["pages"] == []


# -- the way to somebody --------------------------------------------------------------------------


def test_the_way_says_why_each_leads_to_the_next(lens: Lenses) -> None:
    seen = lens(SMALL)
    way = path_view(seen, seen.book.contacts["cy"])
    assert way is not None
    assert [(step.who.name, step.why) for step in way.steps] == [
        ("Wen", []),
        ("Bo", ["warm; last in touch 1 Oct 2026"]),
        ("Cy", ["mentee of Bo"]),
    ]
    assert way.says == "You reach Cy through Bo."


def test_no_way(lens: Lenses) -> None:
    seen = lens(SMALL | {"contacts/far.md": person("Far", "status: wanted")})
    way = path_view(seen, seen.book.contacts["far"])
    assert way is not None
    assert way.steps == []
    assert way.says == "Nobody you know leads to Far yet."
    assert path_view(seen, seen.book.contacts["wen"]) is None


def test_no_way_without_an_own_card(lens: Lenses) -> None:
    files = {path: text for path, text in SMALL.items() if path != "contacts/wen.md"}
    seen = lens(files)
    assert path_view(seen, seen.book.contacts["cy"]) is None


def test_what_one_is_to_the_other(lens: Lenses) -> None:
    """In `cy` stands that Bo is a mentor: so Cy is a mentee to Bo."""
    seen = lens(SMALL)
    bo, cy, ann = (seen.book.contacts[id] for id in ("bo", "cy", "ann"))
    assert relation_word(seen, cy, bo) == "mentor"
    assert relation_word(seen, bo, cy) == "mentee"
    assert relation_word(seen, bo, ann) == ""


# -- the small picture ----------------------------------------------------------------------------


def test_the_near_net(lens: Lenses) -> None:
    seen = lens(SMALL)
    near = near_net(seen, seen.book.contacts["bo"])
    assert near is not None
    assert {each.name for each in near.people} == {"Ann", "Cy", "李一"}
    assert [tie.own for tie in near.ties] == [True, True, True, False]
    assert "李一" in near.says


def test_with_few_ties_theirs_are_shown_too(lens: Lenses) -> None:
    seen = lens(SMALL)
    near = near_net(seen, seen.book.contacts["cy"])
    assert near is not None
    assert {each.name: each.is_near for each in near.people} == {
        "Bo": True,
        "Ann": False,
        "李一": False,
    }


def test_no_near_net_without_ties(lens: Lenses) -> None:
    seen = lens(SMALL)
    assert near_net(seen, seen.book.contacts["dee"]) is None


def test_the_own_near_net_is_the_warmest(lens: Lenses) -> None:
    seen = lens(SMALL)
    near = near_net(seen, seen.book.contacts["wen"])
    assert near is not None
    least = dict(LEVELS)["cool"]
    warm = {c.label for c in seen.book.others if seen.facts.warmth(c) >= least}
    assert {each.name for each in near.people} == warm
    assert near.level == "me"


def test_a_near_net_stays_small_and_in_its_frame(lens: Lenses) -> None:
    names = ["Maximiliana Featherstonehaugh", "歐陽修遠的表弟和他的朋友們", "Wm", "李"]
    files = {
        f"contacts/p{i:02}.md": person(names[i % 4], "relations:\n  - {who: hub, how: friend}")
        for i in range(40)
    }
    seen = lens(files | {"contacts/hub.md": person("Hub")})
    near = near_net(seen, seen.book.contacts["hub"])
    assert near is not None
    assert len(near.people) == MOST
    for each in near.people:
        assert 0 < each.text < WIDTH
        assert 0 < each.y < near.height
        assert len(each.shown) <= 18
    spots = [(each.x, each.y) for each in near.people]
    assert min(dist(a, b) for a, b in combinations(spots, 2)) > 20


# -- colours --------------------------------------------------------------------------------------

#: How colours look to eyes that lack one kind of cone, in linear light (Machado 2009).
SIGHTS = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
SHEETS = {"light": "#ffffff", "dark": "#1f1c1c"}


def colours(pattern: str, theme: str) -> list[str]:
    found = re.findall(
        rf"--net-({pattern}): light-dark\((#\w{{6}}), (#\w{{6}})\)", asset("network.css")
    )
    return [light if theme == "light" else dark for _, light, dark in found]


def linear(colour: str) -> list[float]:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def seen_as(colour: str, sight: str) -> list[float]:
    rgb = linear(colour)
    mixed = [sum(a * b for a, b in zip(row, rgb, strict=True)) for row in SIGHTS[sight]]
    return [min(1.0, max(0.0, part)) for part in mixed]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """In the space of OKLab, where distances are about those that eyes see."""
    r, g, b = rgb
    long, middle, short = (
        max(0.0, value) ** (1 / 3)
        for value in (
            0.4122 * r + 0.5363 * g + 0.0514 * b,
            0.2119 * r + 0.6807 * g + 0.1074 * b,
            0.0883 * r + 0.2817 * g + 0.6300 * b,
        )
    )
    return (
        0.2105 * long + 0.7936 * middle - 0.0041 * short,
        1.9780 * long - 2.4286 * middle + 0.4506 * short,
        0.0259 * long + 0.7828 * middle - 0.8087 * short,
    )


def luminance(colour: str) -> float:
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("theme", SHEETS)
@pytest.mark.parametrize("pattern", [r"\d", "hot|warm|cool|cold"])
def test_colours_stay_apart_for_everybody(theme: str, pattern: str) -> None:
    found = colours(pattern, theme)
    assert len(found) == (9 if pattern == r"\d" else 4)
    for sight in SIGHTS:
        least = min(
            dist(lab(seen_as(a, sight)), lab(seen_as(b, sight))) for a, b in combinations(found, 2)
        )
        assert least > 0.07, sight


@pytest.mark.parametrize("theme", SHEETS)
def test_colours_stand_out_from_the_sheet(theme: str) -> None:
    sheet = luminance(SHEETS[theme])
    for colour in colours(r"\d|hot|warm|cool|cold", theme):
        bright, dark = sorted([luminance(colour), sheet], reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 3, colour


@pytest.mark.parametrize("theme", SHEETS)
def test_warmth_goes_from_strong_to_faint(theme: str) -> None:
    """Hot is farthest from the sheet in brightness, cold nearest: it reads without colours too."""
    sheet = luminance(SHEETS[theme])
    hot, *_, cold = [abs(luminance(c) - sheet) for c in colours("hot|warm|cool|cold", theme)]
    assert hot > cold
