"""A page read on a later day than that of its build, in headless Chromium."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from renmai.site.build import build_site
from tests.site.browsing import Browser
from tests.site.conftest import TODAY, Books, Site, lens_of
from tests.site.test_spells import EDGES

pytestmark = pytest.mark.browser

# -- the day of reading ---------------------------------------------------------------------------


@pytest.mark.parametrize("days", [0, 1, 3, 9, 30])
def test_today_is_right_on_later_days(
    chromium: Browser, site: Site, example: Path, days: int
) -> None:
    """The rows stand where the rules would put them on the day of reading, in the same order."""
    day = TODAY + timedelta(days)
    chromium.reset()
    chromium.on(day)
    chromium.open(f"{site[1].as_uri()}/index.html")
    seen = lens_of(example, today=day)
    horizon = seen.facts.settings.horizon
    for key, state in (("overdue", "overdue"), ("now", "today"), ("ahead", "upcoming")):
        expected = [
            (item.kind, item.id) for item in seen.facts.follow_ups if item.state(horizon) == state
        ]
        found = chromium.run(
            "return [...document.querySelectorAll(`[data-rows=${arguments[0]}] > li`)]"
            ".map((row) => [row.dataset.kind, row.dataset.id])",
            key,
        )
        assert [tuple(row) for row in found if row[0] != "event"] == expected, (key, days)
        count = chromium.run(f"return document.querySelector('[data-count={key}]').textContent")
        assert int(count) == len(found)
    assert chromium.errors() == []


def test_an_overdue_row_appears_three_days_later(chromium: Browser, book: Books) -> None:
    card = "---\nname: Ada\nfollow_up: 2026-11-22\n---\n"
    page = build_site(book({"contacts/a.md": card}), today=TODAY).site_dir / "index.html"
    rows = "[data-rows=overdue] > li .title a"
    chromium.reset()
    chromium.on(TODAY)
    chromium.open(page.as_uri())
    assert chromium.names(rows) == []
    assert chromium.names("h1") == ["Saturday, 21 November"]
    assert chromium.names(".sum .nil") == ["0", "0"]
    chromium.on(TODAY + timedelta(3))
    chromium.open(page.as_uri())
    assert chromium.names(rows) == ["Ada"]
    assert chromium.names("[data-rows=overdue] .when b") == ["2 days overdue"]
    assert chromium.names("h1") == ["Tuesday, 24 November"]
    # Nothing calls where nobody waits; now somebody does.
    assert "nil" not in chromium.run("return document.querySelector('.sum-overdue b').className")


def test_an_event_that_is_over_by_now_stands_among_the_past_ones(
    chromium: Browser, book: Books
) -> None:
    files = {
        "events/a.md": "---\ntitle: Walk\ndate: 2026-11-22\n---\n",
        "events/b.md": "---\ntitle: Week\ndate: 2026-11-22\nend: 2026-11-24\n---\n",
        "events/c.md": "---\ntitle: Salon\ndate: 2026-11-01\n---\n",
    }
    page = build_site(book(files), today=TODAY).site_dir / "events.html"
    ahead, past = "[data-tiles=ahead] h3", "[data-tiles=past] h3"
    chromium.reset()
    for days, coming, over in (
        (0, ["Walk", "Week"], ["Salon"]),
        (3, ["Week"], ["Walk", "Salon"]),
        (4, [], ["Week", "Walk", "Salon"]),
    ):
        chromium.on(TODAY + timedelta(days))
        chromium.open(page.as_uri())
        assert chromium.names(ahead) == coming
        assert chromium.names(past) == over
        assert chromium.names(".head .count") == [str(len(coming)), str(len(over))]


def test_a_birthday_is_never_overdue(chromium: Browser, book: Books) -> None:
    card = "---\nname: Ada\nbirthday: --11-22\n---\n"
    page = build_site(book({"contacts/a.md": card}), today=TODAY).site_dir / "contacts/a.html"
    for days, said in ((0, ["tomorrow"]), (1, ["today"]), (2, []), (31, [])):
        chromium.reset()
        chromium.on(TODAY + timedelta(days))
        chromium.open(page.as_uri())
        assert chromium.names("main [data-rel]") == said
        assert (chromium.names("#s-wait") != []) == bool(said)


def test_other_pages_count_the_days_too(chromium: Browser, book: Books) -> None:
    files = {
        "contacts/a.md": "---\nname: Ada\ntier: 15\n---\n## Log\n- 2026-11-20 call: x\n",
        "contacts/b.md": "---\nname: Bo\ncadence: 1m\n---\n",
    }
    site = build_site(book(files), today=TODAY).site_dir
    chromium.reset()
    chromium.on(TODAY + timedelta(40))
    chromium.open((site / "contacts/a.html").as_uri())
    assert chromium.names(".due [data-rel]") == ["11 days overdue", "41 days ago"]
    chromium.open((site / "contacts.html").as_uri())
    assert chromium.names("td.c-due") == ["11 days overdue", "today"]


#: What a reader sees of a page, and what is marked as late. Warmth and who is drifting (the page
#: says of which day they are), pictures, the next days of a lunar birthday, and the one proposed
#: for a gathering are told as of the build.
_SEEN = """
const fixed = ['[data-as-of]', 'svg', 'pre', '[aria-labelledby=s-warmth]'];
fixed.push('[aria-labelledby=s-drift]');
for (const one of document.querySelectorAll(fixed.join())) one.remove();
const shown = [document.querySelector('main').innerText];
for (const late of document.querySelectorAll('main .late')) {
  if (late.checkVisibility()) shown.push('late: ' + late.innerText);
}
return shown.join('\\n').split('\\n')
  .map((line) => line.trim())
  .filter((line) => line && !line.startsWith('falls on '));
"""


def seen(browser: Browser, page: Path, day: date) -> list[str]:
    browser.reset()
    browser.on(day)
    browser.open(page.as_uri())
    lines: list[str] = browser.run(_SEEN)
    return lines


def test_every_page_says_what_a_build_of_the_day_would_say(
    chromium: Browser, book: Books, tmp_path: Path
) -> None:
    """All but the pages of figures over the whole book, which say of what day they are."""
    root = book(EDGES)
    old = tmp_path / "old"
    shutil.copytree(build_site(root, today=TODAY).site_dir, old)
    pages = sorted(old.glob("*/*.html"))
    pages += [old / f"{name}.html" for name in ("index", "contacts", "events", "communities")]
    for days in (1, 2, 3, 7, 30):
        day = TODAY + timedelta(days)
        new = build_site(root, today=day).site_dir
        for page in pages:
            fresh = seen(chromium, new / page.relative_to(old), day)
            assert seen(chromium, page, day) == fresh, (page.name, day)
    assert chromium.errors() == []


def test_a_page_that_is_older_says_so(chromium: Browser, book: Books) -> None:
    page = build_site(book({"contacts/a.md": "---\nname: A\n---\n"}), today=TODAY).site_dir
    for days, expected in ((0, 0), (1, 1)):
        chromium.reset()
        chromium.on(TODAY + timedelta(days))
        chromium.open((page / "circles.html").as_uri())
        found = chromium.names("[data-as-of]")
        assert len(found) == expected
    assert "21 Nov 2026" in found[0]
