"""Introductions: who should meet whom, and the way to those one wants to meet."""

from __future__ import annotations

from renmai.site.views.introductions import (
    MOST_MATCHES,
    MOST_WANTED,
    introductions_page,
)
from tests.site.pages import rendered
from tests.site.test_pages import HOSTILE
from tests.site.test_views import Lenses


def card(name: str, front: str = "", *log: str) -> str:
    entries = "".join(f"- {entry}\n" for entry in log)
    return f"---\nname: {name}\n{front}\n---\n## Log\n{entries}"


BOOK = {
    "contacts/me.md": card("Me", "me: yes\nneeds: [a press]\noffers: [maps, old maps]"),
    "contacts/ada.md": card(
        "Ada", "needs: [lawyer, maps]\ncompany: Well Co\ncity: Oslo", "2026-11-01 meet"
    ),
    "contacts/bo.md": card(
        "Bo", "offers: [lawyer for rents]\nrelations: [{who: wen, how: sibling}]"
    ),
    "contacts/cy.md": card("Cy", "offers: [a press]", "2026-11-20 call"),
    "contacts/wen.md": card("Wen", "status: wanted\ngoal: knows [[cy]]\ncircles: [media]"),
    "contacts/far.md": card("Far", "status: wanted"),
}


def test_both_people_the_phrase_and_how_warm(lens: Lenses) -> None:
    page = introductions_page(lens(BOOK))
    (found,) = page.introductions
    told = [
        (one.who.name, one.who.note, one.phrase, one.level.key, one.last and one.last.words)
        for one in (found.needs, found.offers)
    ]
    # 3 · 2^(−20/180) = 2.78: warm.
    assert told == [
        ("Ada", "Well Co · Oslo", "lawyer", "warm", "20 days ago"),
        ("Bo", "", "lawyer for rents", "cold", None),
    ]
    assert found.warmth == "You are close to one of them."
    assert (page.status, page.introductions_count) == ("1 introduction to make", 1)


def test_close_to_both_or_to_neither(lens: Lenses) -> None:
    both = {
        "contacts/a.md": card("A", "needs: [tea]", "2026-11-01 meet"),
        "contacts/b.md": card("B", "offers: [tea]", "2026-11-01 meet"),
        "contacts/c.md": card("C", "needs: [ink]"),
        "contacts/d.md": card("D", "offers: [ink]"),
    }
    found = introductions_page(lens(both)).introductions
    assert [one.warmth for one in found] == ["", "You are close to neither yet: be in touch first."]


def test_you_and_others(lens: Lenses) -> None:
    page = introductions_page(lens(BOOK))
    assert [(one.who.name, one.lines) for one in page.you_can_help] == [
        ("Ada", ["Looks for: maps"])
    ]
    assert [(one.who.name, one.lines) for one in page.can_help_you] == [
        ("Cy", ["Can give: a press"])
    ]


def test_where_the_words_differ_both_are_said(lens: Lenses) -> None:
    files = {
        "contacts/me.md": card("Me", "me: yes\noffers: [测溪手册 the handbook]"),
        "contacts/a.md": card("A", "needs: [测溪手册]"),
    }
    (found,) = introductions_page(lens(files, language="zh")).you_can_help
    assert found.lines == ["在找：测溪手册", "你能给：测溪手册 the handbook"]


def test_whom_one_wants_to_meet_and_the_way(lens: Lenses) -> None:
    far, wen = introductions_page(lens(BOOK)).wanted
    assert far.way
    assert (far.who.name, far.way.steps, far.goal) == ("Far", [], "")
    assert wen.goal == 'knows <a href="contacts/cy.html">Cy</a>'
    assert [chip.label for chip in wen.chips] == ["media"]
    assert wen.way
    assert [step.who.name for step in wen.way.steps] == ["Me", "Bo", "Wen"]
    assert wen.way.steps[2].why == ["sibling of Bo"]


def test_without_an_own_card(lens: Lenses) -> None:
    made = lens({name: text for name, text in BOOK.items() if "me" not in name})
    page = introductions_page(made)
    assert [one.way for one in page.wanted] == [None, None]
    assert (page.you_can_help, page.has_me) == ([], False)
    assert "Write your own card" in rendered(made, "introductions.html")


def test_an_empty_book(lens: Lenses) -> None:
    made = lens({})
    html = rendered(made, "introductions.html")
    assert "No match yet." in html
    assert "Whom do you want to meet?" in html
    assert introductions_page(made).status == "0 introductions to make"


def test_of_many_the_first_are_shown(lens: Lenses) -> None:
    files = {f"contacts/a{n}.md": card(f"A{n}", "needs: [tea]") for n in range(12)}
    files |= {f"contacts/b{n}.md": card(f"B{n}", "offers: [tea]") for n in range(12)}
    files |= {f"contacts/w{n:03}.md": card(f"W{n}", "status: wanted") for n in range(103)}
    page = introductions_page(lens(files))
    assert (len(page.introductions), page.introductions_count) == (MOST_MATCHES, 144)
    assert page.introductions_more == "and 44 more"
    assert (len(page.wanted), page.wanted_count) == (MOST_WANTED, 103)
    assert page.wanted_more == "and 3 more"


def test_hostile_words(lens: Lenses) -> None:
    name = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    words = f'needs: ["{name}"]\noffers: ["{name}"]\ncompany: "{name}"\ngoal: "{name}"'
    files = {
        "contacts/me.md": card(f'"{name}"', f"me: yes\n{words}"),
        "contacts/a.md": card(f'"{name}"', words),
        "contacts/b.md": card(f'"{name}"', words),
        "contacts/w.md": card(
            f'"{name}"', f'status: wanted\n{words}\nrelations: [{{who: a, how: "{name}"}}]'
        ),
    }
    made = lens(files)
    page = introductions_page(made)
    assert page.introductions
    assert page.you_can_help
    assert page.wanted[0].way
    html = rendered(made, "introductions.html")
    assert "<script>alert" not in html
    assert "<img" not in html
