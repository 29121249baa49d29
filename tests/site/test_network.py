"""The net: what is said of people and their ties, the small picture, the way to somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import dist

from renmai.rules.warmth import LEVELS
from renmai.site.charts.near import WIDTH
from renmai.site.net.data import REASONS, network_data, places_data, warmth_data
from renmai.site.net.layout import layout_of
from renmai.site.views.lens import Lens
from renmai.site.views.near import MOST, near_net
from renmai.site.views.network import MOST_ROWS, network_page
from renmai.site.views.ways import path_view
from renmai.telling import tie_reasons
from renmai.words import Words

Lenses = Callable[..., Lens]
Ties = dict[tuple[str, str], float]

ME = "---\nname: Wen\nme: yes\n---\n"


def person(name: str, front: str = "", log: str = "") -> str:
    return f"---\nname: {name}\n{front}\n---\n## Log\n{log}"


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


# -- what the script reads ------------------------------------------------------------------------


@dataclass
class Net:
    """The data of the script, with its rows of ties put together."""

    data: dict[str, object]

    def __init__(self, lens: Lens) -> None:
        places = places_data(lens, layout_of(lens.facts))
        self.data = network_data(lens) | places | warmth_data(lens)

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
    facts, words = lens(SMALL).facts, Words("en")
    bo, cy, ann = (facts.book.contacts[id] for id in ("bo", "cy", "ann"))
    assert tie_reasons(facts.ties["bo", "cy"], cy, facts, words) == ["mentor of Cy"]
    assert tie_reasons(facts.ties["bo", "cy"], bo, facts, words) == ["mentee of Bo"]
    assert not any("of" in why for why in tie_reasons(facts.ties["ann", "bo"], ann, facts, words))


# -- the small picture ----------------------------------------------------------------------------


def test_the_near_net(lens: Lenses) -> None:
    seen = lens(SMALL)
    near = near_net(seen, seen.book.contacts["bo"])
    assert near is not None
    assert {each.name for each in near.people} == {"Ann", "Cy", "李一"}
    assert ["own" in tie for tie in near.ties] == [True, True, True, False]
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
        assert 0 < each.spot.text < WIDTH
        assert 0 < each.spot.y < near.height
        assert len(each.shown) <= 18
    spots = [(each.spot.x, each.spot.y) for each in near.people]
    assert min(dist(a, b) for a, b in combinations(spots, 2)) > 20
