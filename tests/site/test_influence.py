"""Influence: what others can see, by quarter."""

from __future__ import annotations

import pytest

from renmai.site.views.influence import influence_page
from tests.site.conftest import TODAY
from tests.site.pages import rendered
from tests.site.test_pages import HOSTILE
from tests.site.test_views import Lenses


def card(name: str, *log: str, front: str = "") -> str:
    entries = "".join(f"- {entry}\n" for entry in log)
    return f"---\nname: {name}\n{front}\n---\n## Log\n{entries}"


def event(title: str, entry: str) -> str:
    return f"---\ntitle: {title}\ndate: 2026-10-05\n---\n## Log\n- {entry}\n"


BOOK = {
    "contacts/me.md": card(
        "Me",
        "2026-11-20 output: a note on **wells**, see [[ada]]",
        "2026-08-01 case: the well",
        "2025-10-01 output: old",
        "2026-11-22 output: tomorrow",
        front="me: yes",
    ),
    "contacts/ada.md": card("Ada", "2026-10-01 gave with [[bo]]: a pump", "2026-10-02 call: x"),
    "contacts/bo.md": card("Bo", "2026-09-30 intro with [[ada]]: both like wells"),
    "events/e.md": event("Fair", "2026-10-05 gave with [[bo]]: x"),
}


def test_the_last_four_quarters_and_the_four_before(lens: Lenses) -> None:
    page = influence_page(lens(BOOK))
    assert [(one.label, one.count, one.before) for one in page.deeds] == [
        ("Helped", 3, "0 in the four before"),
        ("Published", 1, "1 in the four before"),
        ("Cases", 1, "0 in the four before"),
        ("Collaborations", 0, "0 in the four before"),
    ]
    assert page.status == "6 entries in all"
    # By quarter, the last three years; three columns of helping, of which the last is the highest.
    assert "Q3 2026: 1, Q4 2026: 2" in page.deeds[0].picture
    assert "Q1 2024: 0" in page.deeds[0].picture


def test_quarter_by_quarter_the_newest_first(lens: Lenses) -> None:
    first, second, third = influence_page(lens(BOOK)).quarters
    assert [one.title for one in (first, second, third)] == ["Q4 2026", "Q3 2026", "Q4 2025"]
    assert [one.is_open for one in (first, second, third)] == [True, True, False]
    assert [(one.value, one.label) for one in first.figures] == [
        ("2", "helped"),
        ("1", "published"),
    ]
    told = [
        (one.date, one.label, [who.name for who in one.people], one.link and one.link.name)
        for one in first.moments
    ]
    assert told == [
        ("20 Nov 2026", "published", [], None),
        ("5 Oct 2026", "you helped", ["Bo"], "Fair"),
        ("1 Oct 2026", "you helped", ["Ada", "Bo"], None),
    ]
    assert first.moments[0].html == (
        "a note on <strong>wells</strong>, see "
        '<a href="contacts/ada.html" rel="noreferrer noopener">Ada</a>'
    )


@pytest.mark.parametrize(
    ("log", "advice"),
    [
        ([], "Begin there"),
        (["2025-12-31 gave: too long ago"], "Begin there"),
        (["2026-01-01 gave: x"], "Write one of these things down"),
        (["2026-01-01 output: x"], "Begin there"),
        (["2026-01-01 gave: x", "2026-05-01 output: x"], "make a case"),
        (["2026-01-01 gave", "2026-05-01 output", "2026-05-01 case"], "With whom"),
        (["2026-01-01 gave", "2026-05-01 output", "2026-05-01 case", "2026-06-01 collab"], "whole"),
    ],
)
def test_the_next_step(lens: Lenses, log: list[str], advice: str) -> None:
    page = influence_page(lens({"contacts/ada.md": card("Ada", *log)}))
    assert advice in page.advice


def test_of_many_the_first_are_listed_and_the_others_counted(lens: Lenses) -> None:
    log = [f"2026-10-{1 + n % 30:02} gave: n{n}" for n in range(40)]
    log += [f"2026-10-{1 + n % 30:02} output: o{n}" for n in range(20)]
    log += [f"{year}-01-01 gave: x" for year in range(2000, 2025)]
    page = influence_page(lens({"contacts/ada.md": card("Ada", *log)}))
    assert len(page.quarters[0].moments) == 24 + 12
    assert page.quarters[0].more == "and 24 more"
    assert page.quarters[0].figures[0].value == "40"
    assert len(page.quarters) == 12
    # One quarter of 2026 and those of 2024 to 2014 are listed, 2013 to 2000 counted.
    assert (page.earlier[0].title, page.earlier[0].counts) == ("Q1 2013", [1, 0, 0, 0])
    assert len(page.earlier) == 14


def test_an_empty_book(lens: Lenses) -> None:
    made = lens({})
    page = influence_page(made)
    assert (page.quarters, page.earlier) == ([], [])
    assert [one.count for one in page.deeds] == [0, 0, 0, 0]
    assert "Nothing yet." in rendered(made, "influence.html")


def test_in_chinese(lens: Lenses) -> None:
    page = influence_page(lens(BOOK, language="zh"))
    assert page.quarters[0].title == "2026年第4季度"
    assert page.deeds[0].before == "此前四个季度 0"
    assert TODAY.year == 2026


def test_hostile_words(lens: Lenses) -> None:
    name = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    files = {
        "contacts/a.md": card(f'"{name}"', f"2026-10-01 gave: {HOSTILE}"),
        "events/e.md": event(f'"{name}"', "2026-10-05 gave: x"),
    }
    html = rendered(lens(files), "influence.html")
    assert "<script>alert" not in html
    assert "onerror=alert(1)>" not in html.replace("onerror=alert(1)&gt;", "")
    assert "<img" not in html
