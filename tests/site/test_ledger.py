"""The ledger: who may be asked, whom one owes, and everybody by name."""

from __future__ import annotations

import re

import pytest

from renmai.site.build import build_site
from renmai.site.views.ledger import ledger_data, ledger_page
from tests.site.browsing import Browser
from tests.site.conftest import TODAY, Books
from tests.site.pages import rendered
from tests.site.test_pages import HOSTILE
from tests.site.test_views import Lenses


def card(name: str, gave: int = 0, got: int = 0, asked: int = 0, front: str = "") -> str:
    entries = ["2026-11-01 gave: x"] * gave + ["2026-11-01 got: y"] * got
    entries += ["2026-11-01 asked: z"] * asked
    log = "".join(f"- {entry}\n" for entry in entries)
    return f"---\nname: {name}\n{front}\n---\n## Log\n{log}"


BOOK = {
    "contacts/ada.md": card("Ada", gave=3, got=1, asked=1),
    "contacts/bo.md": card("Bo", gave=4),
    "contacts/cy.md": card("Cy", gave=1, got=3, front="needs: [a printer]"),
    "contacts/di.md": card("Di", got=1, front="challenge: too much work"),
    "contacts/ed.md": card("Ed"),
    "contacts/fay.md": card("Fay", gave=2, front="offers: [tax advice]"),
    "contacts/me.md": card("Me", front="me: yes\nneeds: [tax advice]"),
}


def test_over_the_book(lens: Lenses) -> None:
    page = ledger_page(lens(BOOK))
    assert [(one.label, one.value) for one in page.figures] == [
        ("given", "10"),
        ("received", "5"),
        ("asked", "1"),
    ]
    # 2 · 10 ≥ 3 · 2.
    assert page.standing.startswith("Over the whole book, you have given three times or more")


def test_an_entry_of_several_people_counts_once(lens: Lenses) -> None:
    log = "## Log\n- 2026-11-01 gave with [[bo]]: x\n"
    page = ledger_page(
        lens({"contacts/ada.md": f"---\nname: Ada\n---\n{log}", "contacts/bo.md": card("Bo")})
    )
    assert [one.value for one in page.figures] == ["1", "0", "0"]
    assert page.standing == "Over the whole book: give once more before you ask again."
    assert [(row.who.name, row.gave) for row in page.rows] == [("Ada", 1), ("Bo", 1)]


def test_who_may_be_asked_and_why(lens: Lenses) -> None:
    page = ledger_page(lens(BOOK))
    # First who offers what one needs, then by what is given beyond: Bo 8 − 3, Ada 6 − 6.
    assert [(one.who.name, one.why) for one in page.ready] == [
        ("Fay", "you gave 2 times, never asked"),
        ("Bo", "you gave 4 times, never asked"),
        ("Ada", "you gave 3 times, asked once"),
    ]
    assert page.ready[0].match == "You look for “tax advice”; they can give “tax advice”."
    assert page.ready[1].match == ""


def test_only_active_people_are_asked(lens: Lenses) -> None:
    page = ledger_page(lens({"contacts/a.md": card("A", gave=5, front="status: dormant")}))
    assert page.ready == []
    assert page.rows[0].standing == ["ready to ask"]


def test_whom_one_owes(lens: Lenses) -> None:
    page = ledger_page(lens(BOOK))
    assert [(one.who.name, one.why, one.need) for one in page.owed] == [
        ("Cy", "helped you 3 times, you helped once", "Looks for: a printer"),
        ("Di", "helped you once; you have not yet", "Up against: too much work"),
    ]


def test_rows_by_name_with_their_standing(lens: Lenses) -> None:
    page = ledger_page(lens(BOOK))
    assert [(row.who.name, row.gave, row.got, row.asked, row.standing) for row in page.rows] == [
        ("Ada", 3, 1, 1, ["ready to ask"]),
        ("Bo", 4, 0, 0, ["ready to ask"]),
        ("Cy", 1, 3, 0, ["give once more first", "you owe 2"]),
        ("Di", 0, 1, 0, ["give 2 more first", "you owe 1"]),
        ("Fay", 2, 0, 0, ["ready to ask"]),
    ]
    assert page.status == "with 5 people"


def test_in_chinese(lens: Lenses) -> None:
    page = ledger_page(lens(BOOK, language="zh"))
    assert page.rows[2].standing == ["先再帮 1 次", "欠 2 次"]
    assert page.ready[2].why == "帮过 3 次，求过 1 次"


def test_the_script_knows_every_row(lens: Lenses) -> None:
    data = ledger_data(lens(BOOK))
    assert data["rows"][2] == ["contacts/cy.html", 1, 3, 0]  # type: ignore[index]
    assert data["most"] == 4


def test_an_empty_book(lens: Lenses) -> None:
    made = lens({"contacts/ed.md": card("Ed")})
    page = ledger_page(made)
    assert (page.rows, page.ready, page.owed, page.standing) == ([], [], [], "")
    html = rendered(made, "ledger.html")
    assert "Nothing given, got or asked yet." in html
    assert "Nobody yet. Give first" in html
    assert "You owe nobody." in html


def test_hostile_names(lens: Lenses) -> None:
    name = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    front = f'needs: ["{name}"]\ncompany: "{name}"\noffers: ["{name}"]'
    files = {
        "contacts/a.md": card(f'"{name}"', gave=5, got=9, front=front),
        "contacts/me.md": card("Me", front=f'me: yes\nneeds: ["{name}"]'),
    }
    made = lens(files)
    html = rendered(made, "ledger.html")
    assert ledger_page(made).ready[0].match
    assert "<script>alert" not in html
    assert "<img src=x" not in html


# -- in a browser ---------------------------------------------------------------------------------


@pytest.fixture
def ledger(browser: Browser, book: Books) -> Browser:
    """A browser with the ledger open."""
    browser.open((build_site(book(BOOK), today=TODAY).site_dir / "ledger.html").as_uri())
    return browser


NAMES = "table.ledger td .clip[href]"


def standing(ledger: Browser) -> list[list[str]]:
    found: list[list[str]] = ledger.run(
        "return [...document.querySelectorAll('td.l-standing')]"
        ".map((cell) => [...cell.children].map((each) => each.textContent))"
    )
    return found


@pytest.mark.browser
def test_the_script_draws_what_the_page_says(ledger: Browser, lens: Lenses) -> None:
    page = ledger_page(lens(BOOK))
    assert ledger.names(NAMES) == [row.who.name for row in page.rows]
    assert standing(ledger) == [row.standing for row in page.rows]
    shapes = ledger.run(
        "return [...document.querySelectorAll('td.l-balance svg')].map((svg) => svg.outerHTML)"
    )
    parts = [(bar["x"], bar["width"]) for bar in map(_bars, shapes)]
    assert parts == [(bar["x"], bar["width"]) for bar in (_bars(row.picture) for row in page.rows)]
    assert ledger.errors() == []


def _bars(svg: str) -> dict[str, list[float]]:
    rects = re.findall(r"<rect[^>]*>", svg)
    return {
        name: [
            float(found[1]) for rect in rects if (found := re.search(rf' {name}="([\\d.]+)%', rect))
        ]
        for name in ("x", "width")
    }


@pytest.mark.browser
def test_it_filters(ledger: Browser) -> None:
    choose = "const s = document.querySelector('select[name=standing]'); s.value = arguments[0];"
    choose += "s.dispatchEvent(new Event('input', {bubbles: true}))"
    ledger.run(choose, "ready")
    assert ledger.names(NAMES) == ["Ada", "Bo", "Fay"]
    assert ledger.names("[data-status]") == ["3 of 5"]
    ledger.run(choose, "owed")
    assert ledger.names(NAMES) == ["Cy", "Di"]
    ledger.run(choose, "give")
    assert ledger.names(NAMES) == ["Cy", "Di"]
    ledger.run(choose, "")
    typed = "const q = document.querySelector('input[name=q]'); q.value = arguments[0];"
    ledger.run(typed + "q.dispatchEvent(new Event('input', {bubbles: true}))", "fa")
    assert ledger.names(NAMES) == ["Fay"]
    ledger.run(typed + "q.dispatchEvent(new Event('input', {bubbles: true}))", "nobody")
    assert ledger.names("[data-none]") == ["Nobody fits. Try fewer letters, or take a filter off."]


@pytest.mark.browser
def test_it_sorts(ledger: Browser) -> None:
    press = "document.querySelector(`[data-sort=${arguments[0]}]`).click()"
    ledger.run(press, "got")
    assert ledger.names(NAMES) == ["Cy", "Ada", "Di", "Bo", "Fay"]
    assert ledger.run("return document.querySelector('th.l-got').ariaSort") == "descending"
    ledger.run(press, "got")
    assert ledger.names(NAMES)[-1] == "Cy"
    ledger.run(press, "balance")
    assert ledger.names(NAMES) == ["Cy", "Di", "Ada", "Fay", "Bo"]
    ledger.run(press, "name")
    assert ledger.names(NAMES) == ["Ada", "Bo", "Cy", "Di", "Fay"]


@pytest.mark.browser
def test_without_scripts_the_rows_stand(ledger: Browser) -> None:
    address = ledger.driver.current_url
    ledger.command("Emulation.setScriptExecutionDisabled", value=True)
    ledger.open(address)
    ledger.command("Emulation.setScriptExecutionDisabled", value=False)
    assert ledger.names(NAMES) == ["Ada", "Bo", "Cy", "Di", "Fay"]
