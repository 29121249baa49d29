"""Circles: is the circle narrowing?"""

from __future__ import annotations

from datetime import timedelta

from renmai.site.views.circles import MOST_DRIFTING, CirclesPage, circles_page
from renmai.site.views.new_people import MOST_OF_A_MONTH
from tests.site.conftest import TODAY
from tests.site.pages import rendered
from tests.site.test_pages import HOSTILE
from tests.site.test_views import Lenses

SETTINGS = """
site_name: Test
plugins:
  - renmai:
      circles:
        family: {label: Family, built_in: yes}
        school: {label: School, built_in: yes}
        work: {label: Work}
        art: {label: Art}
"""


def card(front: str, *log: str, name: str = "N") -> str:
    entries = "".join(f"- {entry}\n" for entry in log)
    return f"---\nname: {name}\n{front}\n---\n## Log\n{entries}"


BOOK = {
    "mkdocs.yml": SETTINGS,
    # In touch now and a year ago; now only; a year ago only; never.
    "contacts/a.md": card("circles: [family]", "2026-11-01 call", "2025-11-01 call", name="Ada"),
    "contacts/b.md": card("circles: [work]", "2026-10-01 call", "2026-10-01 call", name="Bo"),
    "contacts/c.md": card("circles: [work, family]", "2025-11-01 meet!", name="Cy"),
    "contacts/d.md": card("circles: [school]", name="Di"),
}


def page_of(lens: Lenses, files: dict[str, str], **given: str) -> CirclesPage:
    return circles_page(lens(files, **given))


def test_measures_against_a_year_ago(lens: Lenses) -> None:
    page = page_of(lens, BOOK)
    found = {one.key: (one.value, one.trend, one.before) for one in page.measures}
    # Now Ada and Bo, then Ada and Cy; of each one outside: 1 of 2. Memberships now: family 1,
    # work 1, so ln 2 / ln 4 = 0.5; then family 2, work 1: 0.6365 / 1.3863 = 0.46.
    assert found == {
        "in_touch": ("2", "same", "as a year ago"),
        "outside": ("50%", "same", "as a year ago"),
        "evenness": ("0.50", "up", "up from 0.46"),
    }
    assert page.verdict == "No. It is wider than a year ago."
    assert "Family, School" in page.measures[1].meaning


def test_circles_against_a_year_ago(lens: Lenses) -> None:
    found = [
        (one.name, one.in_touch, one.before, one.active, one.cold, one.state)
        for one in page_of(lens, BOOK).circles
    ]
    # Warmth: Ada 2 · 2^(−20/180) + …: cool and above; Cy 6 · 2^(−385/180) = 1.36: cool.
    assert found == [
        ("Family", 1, 2, 2, 0, ""),
        ("School", 0, 0, 1, 1, "quiet"),
        ("Work", 1, 1, 2, 0, ""),
        ("Art", 0, 0, 0, 0, "empty"),
    ]


def test_what_is_missing_has_advice(lens: Lenses) -> None:
    (art, school) = page_of(lens, BOOK).empties
    assert (art.names, school.names) == ("Art", "School")
    assert "outside the job" in art.advice
    assert "One short message" in school.advice


def test_a_circle_that_one_is_born_into_wants_other_advice(lens: Lenses) -> None:
    alone = {"mkdocs.yml": SETTINGS, "contacts/b.md": BOOK["contacts/b.md"]}
    (art, family) = page_of(lens, alone).empties
    assert (art.names, family.names) == ("Art", "Family, School")
    assert "come with a life" in family.advice


def test_it_narrows(lens: Lenses) -> None:
    files = {name: text for name, text in BOOK.items() if "/b" not in name}
    page = page_of(lens, files)
    # Ada alone, of the family; a year ago Ada and Cy.
    assert [one.trend for one in page.measures] == ["down", "down", "down"]
    assert page.verdict == "Yes. It is narrower than a year ago."
    assert page_of(lens, files, language="zh").verdict == "是的，比一年前窄了。"


def test_a_young_book_is_not_compared(lens: Lenses) -> None:
    page = page_of(lens, {"contacts/b.md": card("circles: [work]", "2026-10-01 call")})
    assert [(one.trend, one.before) for one in page.measures] == [("", "")] * 3
    assert "then" not in page.measures[0].picture
    assert "does not reach back" in page.verdict


def test_an_empty_book(lens: Lenses) -> None:
    made = lens({})
    page = circles_page(made)
    assert page.verdict.startswith("Nobody is in touch yet")
    assert [one.value for one in page.measures] == ["0", "0%", "0.00"]
    assert all(one.state == "empty" for one in page.circles)
    assert (page.drifting, page.new.months) == ([], [])
    assert page.days.sentences == ["In touch on 0 days of the last year."]
    assert "Nobody is drifting apart." in rendered(made, "circles.html")


def test_a_book_without_circles(lens: Lenses) -> None:
    settings = SETTINGS[: SETTINGS.index("circles:")] + "circles: {}\n"
    page = page_of(lens, {"mkdocs.yml": settings, "contacts/a.md": card("", "2026-11-01 call")})
    assert page.circles == []
    assert "belong to a circle at all" in page.measures[1].meaning


def test_who_drifts_apart_the_longest_silent_first(lens: Lenses) -> None:
    files = {
        f"contacts/p{n:02}.md": card("", f"2025-{1 + n % 9:02}-01 meet!", name=f"P{n}")
        for n in range(40)
    }
    page = page_of(lens, files)
    # 6 · 2^(−x/180) ≥ 2 a year ago: x ≤ 285, so from 2025-02-09 on; then a quarter is left now.
    assert page.drifting_count == sum(1 + n % 9 >= 3 for n in range(40))
    assert len(page.drifting) == MOST_DRIFTING
    assert page.drifting[0].name == "P2"
    assert page.drifting[0].note == "last in touch 1 Mar 2025"


def test_new_people_by_month(lens: Lenses) -> None:
    files = {f"contacts/p{n:02}.md": card("met: 2026-11-20", name=f"P{n}") for n in range(14)}
    files = {
        name: text.replace("met: 2026-11-20", "met: {date: 2026-11}")
        for name, text in files.items()
    }
    files["contacts/old.md"] = card("met: {date: 2025-03}", name="Old")
    files["contacts/year.md"] = card("met: {date: 2025}", name="Year")
    files["contacts/before.md"] = card("met: {date: 2024-11}", name="Before")
    new = page_of(lens, files).new
    assert [(month.label, month.count) for month in new.months] == [
        ("Nov 2026", 14),
        ("Mar 2025", 1),
    ]
    assert len(new.months[0].people) == MOST_OF_A_MONTH
    assert new.months[0].more == "and 2 more"
    assert new.sentence == "14 new people in the last twelve months, 1 in the twelve before."
    assert "15 in all" in new.picture


def test_days_in_touch(lens: Lenses) -> None:
    log = ["2026-11-20 call", "2026-11-20 message", "2026-11-10 call", "2025-11-21 call"]
    days = page_of(lens, {"contacts/a.md": card("", *log)}).days
    # 2025-11-21 lies a year back, and is no day of the last year any more.
    assert days.sentences == [
        "In touch on 2 days of the last year.",
        "The fullest was 20 Nov 2026, 2 times.",
        # 2025-11-22 to 2026-11-09.
        "The longest silence was 353 days, from 22 Nov 2025.",
    ]
    assert [(one.label, one.days, one.times) for one in days.months][:2] == [
        ("Nov 2026", 2, 3),
        ("Oct 2026", 0, 0),
    ]
    assert len(days.months) == 13
    assert [one.label for one in days.legend] == ["0", "1", "2", "3–4", "5+"]


def test_a_busy_book_has_a_legend_of_its_own(lens: Lenses) -> None:
    log = [f"{TODAY - timedelta(n)} call" for n in range(1, 13) for _ in range(n)]
    days = page_of(lens, {"contacts/a.md": card("", *log)}).days
    # 1 to 12 times: quarters begin at 3.75, 6.5, 9.25.
    assert [one.label for one in days.legend] == ["0", "1–3", "4–5", "6–8", "9+"]


def test_one_person(lens: Lenses) -> None:
    made = lens({"contacts/a.md": card("circles: [work]", "2026-11-21 call", name="Ada")})
    page = circles_page(made)
    assert page.measures[1].value == "100%"
    assert page.measures[2].value == "0.00"
    assert "<svg" in rendered(made, "circles.html")


def test_hostile_names(lens: Lenses) -> None:
    name = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    settings = SETTINGS.replace("label: Art", f'label: "{name}"')
    files = {
        "mkdocs.yml": settings,
        "contacts/a.md": card(
            "circles: [art]\nmet: {date: 2026-11}", "2025-10-01 meet!", name=f'"{name}"'
        ),
    }
    html = rendered(lens(files), "circles.html")
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;" in html
