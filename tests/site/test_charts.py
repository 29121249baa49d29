"""The charts: figures by hand, well-formed, and with an alternative in words."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from renmai.rules.course import Course
from renmai.site.charts.against import against, balance
from renmai.site.charts.columns import Column, columns
from renmai.site.charts.heat import HeatWords, gap, heat_map, steps, swatch
from renmai.site.charts.svg import number, percent
from renmai.site.charts.warmth import Mark, warmth_chart
from renmai.site.views.warmth import warmth_picture
from tests.site.conftest import TODAY
from tests.site.reading import pages
from tests.site.test_pages import HOSTILE
from tests.site.test_views import Lenses

LEVELS = {"hot": "hot", "warm": "warm", "cool": "cool", "cold": "cold"}


def parsed(picture: str) -> Element:
    return ElementTree.fromstring(picture)


def of(root: Element, kind: str) -> list[Element]:
    """The elements of a class."""
    return [each for each in root.iter() if kind in each.get("class", "").split()]


def day(text: str) -> date:
    return date.fromisoformat(text)


# -- what they are made of ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "1"), (1.5, "1.5"), (1.239, "1.24"), (-0.001, "0"), (100, "100"), (0.1 + 0.2, "0.3")],
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert number(value) == text


def test_percent() -> None:
    assert percent(1, 3) == "33.33%"
    assert percent(0, 0) == "0%"


# -- columns --------------------------------------------------------------------------------------


def test_columns() -> None:
    root = parsed(columns([Column(2, "May: 2", "May", "2026"), Column(0), Column(4)], "six"))
    assert (root.get("role"), root.get("aria-label")) == ("img", "six")
    bars = of(root, "now")
    assert [(bar.get("height"), bar.get("y")) for bar in bars] == [("50%", "50%"), ("100%", "0%")]
    # A third of the width each, filled by 0.72: 24 %, in the middle.
    assert [(bar.get("x"), bar.get("width")) for bar in bars] == [
        ("4.67%", "24%"),
        ("71.33%", "24%"),
    ]
    assert [title.text for title in bars[0]] == ["May: 2"]
    assert [each.text for each in of(root, "figure")] == ["2", "4"]
    assert [each.text for each in of(root, "mark")] == ["May", "2026"]


def test_columns_of_nothing_stand_on_the_ground() -> None:
    root = parsed(columns([Column(0), Column(0)], "none"))
    assert of(root, "now") == []
    assert len(of(root, "ground")) == 1
    assert parsed(columns([], "none")) is not None


def test_a_low_column_is_not_drawn_to_the_top() -> None:
    (bar,) = of(parsed(columns([Column(1)], "one", top=4)), "now")
    assert bar.get("height") == "25%"


def test_wide_figures_may_be_left_out_on_a_narrow_page() -> None:
    assert "dense" in columns([Column(100)], "many")
    assert "dense" not in columns([Column(99)], "many")


# -- one figure against another -------------------------------------------------------------------


def test_against_a_year_ago() -> None:
    root = parsed(against(3, 2, 4, 8))
    assert root.get("aria-hidden") == "true"
    assert of(root, "all")[0].get("width") == "50%"
    assert of(root, "now")[0].get("width") == "37.5%"
    assert of(root, "then")[0].get("x1") == "25%"
    assert of(parsed(against(3, None, 4)), "then") == []
    assert of(parsed(against(3, 0, 4)), "now")[0].get("width") == "75%"


def test_balance_goes_both_ways_from_the_middle() -> None:
    root = parsed(balance(1, 4, 4))
    assert (of(root, "got")[0].get("x"), of(root, "got")[0].get("width")) == ("37.5%", "12.5%")
    assert (of(root, "gave")[0].get("x"), of(root, "gave")[0].get("width")) == ("50%", "50%")


# -- days -----------------------------------------------------------------------------------------

WORDS = HeatWords(
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    said=lambda day, count: f"{day}: {count}",
    half=lambda since, until, count: f"{since} to {until}: {count}",
)


def test_a_year_of_days() -> None:
    counts = {day("2026-11-21"): 1, day("2026-11-16"): 6, day("2025-11-22"): 2}
    first, second = map(parsed, heat_map(counts, day("2025-11-22"), TODAY, WORDS))
    # 2026-11-21 is a Saturday; 27 weeks up to it begin on Monday 2026-05-18.
    assert first.get("aria-label") == "2025-11-22 to 2026-05-17: 1"
    assert second.get("aria-label") == "2026-05-18 to 2026-11-21: 2"
    dots = [list(half.iter("rect")) for half in (first, second)]
    assert (len(dots[0]), len(dots[1])) == (177, 188)
    # The last day: week 26 from 0, row 5 (Saturday), a dot of 5 in the middle of its 10.
    assert (dots[1][-1].get("x"), dots[1][-1].get("y")) == ("262.5", "52.5")
    assert [title.text for title in dots[1][-1]] == ["2026-11-21: 1"]
    assert [each.get("class") for each in dots[1][-6:]] == ["s4", "s0", "s0", "s0", "s0", "s1"]
    assert dots[0][0].get("class") == "s2"
    assert [each.text for each in of(second, "month")] == ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    assert [each.text for each in of(first, "weekday")] == ["Mon", "Wed", "Fri", "Sun"]


def test_every_day_has_a_place_whatever_the_weekday() -> None:
    for ahead in range(7):
        until = TODAY + timedelta(ahead)
        since = until - timedelta(365)
        halves = [parsed(half) for half in heat_map({}, since, until, WORDS)]
        assert sum(len(list(half.iter("rect"))) for half in halves) == 366
        columns = {float(dot.get("x", "0")) // 10 for half in halves for dot in half.iter("rect")}
        assert columns <= set(range(27))


def test_steps_are_fixed_until_days_are_full() -> None:
    assert steps({}) == (1, 2, 3, 5)
    assert steps({TODAY: 8}) == (1, 2, 3, 5)


def test_steps_of_a_busy_book_are_quarters_of_its_days() -> None:
    counts = {TODAY - timedelta(n): n for n in range(1, 101)}
    assert steps(counts) == (1, 26, 50, 75)
    assert steps({TODAY: 40}) == (1,)
    assert steps({TODAY - timedelta(n): 40 for n in range(9)}) == (1, 40)


def test_the_longest_silence() -> None:
    since, until = day("2026-11-01"), day("2026-11-10")
    assert gap({}, since, until) == (since, until)
    known = {day("2026-11-03"): 1, day("2026-11-08"): 2}
    assert gap(known, since, until) == (day("2026-11-04"), day("2026-11-07"))
    # Of equal ones the latest; what lies outside does not count.
    known = {day("2026-11-03"): 1, day("2026-11-04"): 1, day("2026-11-07"): 1, day("2026-10-01"): 1}
    assert gap(known, since, until) == (day("2026-11-08"), until)
    assert gap({since + timedelta(n): 1 for n in range(10)}, since, until) is None


def test_a_dot_for_the_legend() -> None:
    assert [each.get("class") for each in parsed(swatch(3)).iter("rect")] == ["s3"]


# -- warmth ---------------------------------------------------------------------------------------


def test_the_course_of_a_tie() -> None:
    course = Course(day("2026-11-01"), [0, 10, 10, 20], [0.0, 0.0, 3.0, 1.0])
    touches = [(day("2026-11-11"), False), (day("2026-11-21"), True), (day("2020-01-01"), False)]
    root = parsed(warmth_chart(course, touches, LEVELS, [Mark(day("2026-11-11"), "x")], "a tie"))
    assert root.get("aria-label") == "a tie"
    # The top stands for 9: log2(10) = 3.3219. 3 is log2 4 = 2, at 400 · (1 − 2 / 3.3219) = 159;
    # 1 is log2 2 = 1, at 280.
    assert of(root, "line")[0].get("d") == "M0 400L10 400L10 159L20 280"
    assert of(root, "tick")[0].get("d") == "M10 400v-20"
    assert of(root, "tick-deep")[0].get("d") == "M20 400v-36"
    # The borders of the levels: 6 at log2 7 = 2.8074 → 62, 2 at log2 3 = 1.585 → 209,
    # 0.5 at log2 1.5 = 0.585 → 330.
    bands = [(each.get("class"), each.get("y"), each.get("height")) for each in root.iter("rect")]
    assert bands == [
        ("hot", "0", "62"),
        ("warm", "62", "147"),
        ("cool", "209", "121"),
        ("cold", "330", "70"),
    ]
    assert [(each.get("x"), each.text) for each in of(root, "mark")] == [("50%", "x")]
    assert of(root, "here")[0].get("cy") == "70%"


def test_the_first_day_of_a_tie_is_today() -> None:
    course = Course(TODAY, [0], [2.0])
    assert parsed(warmth_chart(course, [(TODAY, False)], LEVELS, [], "new")) is not None


def test_a_very_warm_tie_stays_in_the_picture() -> None:
    course = Course(TODAY - timedelta(9), [0, 9], [500.0, 499.0])
    root = parsed(warmth_chart(course, [], LEVELS, [], "hot"))
    first, second = of(root, "line")[0].get("d", "").removeprefix("M").split("L")
    assert 0 < int(first.split()[1]) <= int(second.split()[1]) < 20


def test_the_picture_on_a_contacts_page(lens: Lenses) -> None:
    log = "## Log\n- 2026-11-21 call!: a\n- 2026-10-01 meet: b\n"
    made = lens(
        {"contacts/a.md": f"---\nname: A\n---\n{log}", "contacts/b.md": "---\nname: B\n---\n"}
    )
    contacts = made.book.contacts
    root = parsed(warmth_picture(made, contacts["a"]) or "")
    # A deep call 4 and a meeting 3 · 2^(−51/180) = 2.465.
    assert root.get("aria-label") == (
        "Warmth from 21 Nov 2025 to 21 Nov 2026: hot now, highest on 21 Nov 2026 (6.5)."
    )
    assert [each.text for each in of(root, "mark")] == ["2026", "Apr", "Jul", "Oct"]
    assert warmth_picture(made, contacts["b"]) is None


def test_over_two_years_every_half_is_named(lens: Lenses) -> None:
    log = "## Log\n- 2025-01-01 call: a\n"
    made = lens({"contacts/a.md": f"---\nname: A\n---\n{log}"}, language="zh")
    root = parsed(warmth_picture(made, made.book.contacts["a"]) or "")
    assert [each.text for each in of(root, "mark")] == ["2025", "7月", "2026", "7月"]
    assert "2024年11月21日" in root.get("aria-label", "")


def test_the_own_card_has_no_warmth(lens: Lenses) -> None:
    made = lens({"contacts/me.md": "---\nname: M\nme: yes\n---\n## Log\n- 2026-11-01 gave: x\n"})
    assert made.book.me
    assert warmth_picture(made, made.book.me) is None


# -- all of them ----------------------------------------------------------------------------------


def test_words_are_escaped() -> None:
    words = HeatWords(
        [HOSTILE] * 12, [HOSTILE] * 7, lambda day, count: HOSTILE, lambda *given: HOSTILE
    )
    hostile = dict.fromkeys(LEVELS, HOSTILE)
    course = Course(TODAY - timedelta(1), [0, 1], [1.0, 1.0])
    for made in (
        columns([Column(1, HOSTILE, HOSTILE, HOSTILE)], HOSTILE),
        *heat_map({TODAY: 1}, TODAY - timedelta(364), TODAY, words),
        warmth_chart(course, [], hostile, [Mark(TODAY, HOSTILE)], HOSTILE),
    ):
        assert "<script" not in made
        assert "<img" not in made
        assert parsed(made).get("aria-label") == HOSTILE


def test_each_says_what_it_shows_or_stands_beside_it(site: tuple[str, Path]) -> None:
    kinds = set()
    for path, page in pages(site[1]).items():
        for tag, attrs in page.elements:
            classes = attrs.get("class", "").split()
            if tag == "svg" and "chart" in classes:
                kinds.add(classes[1])
                told = attrs.get("role") == "img" and attrs.get("aria-label")
                assert told or attrs.get("aria-hidden") == "true", path
    assert {"against", "balance", "columns", "heat", "swatch", "warmth"} <= kinds
