"""What a contact's page says of give and take, meetings, matches, and the way to somebody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from renmai.site.views.contact import ContactPage, contact_page
from renmai.site.views.lens import Lens
from renmai.site.views.matching import MOST

Lenses = Callable[..., Lens]

ME = "---\nname: Me\nme: yes\noffers: [tea]\nneeds: [a lawyer]\n---\n"


def page_of(lens: Lenses, files: dict[str, str], id: str = "a", **more: object) -> ContactPage:
    seen = lens(files, **more)
    return contact_page(seen, seen.book.contacts[id])


def logged(**counts: int) -> str:
    """A card with so many entries of each kind."""
    entries = [
        f"- 2026-01-0{n + 1} {kind}: x" for kind, many in counts.items() for n in range(many)
    ]
    return "---\nname: A\n---\n## Log\n" + "\n".join(entries) + "\n"


@pytest.mark.parametrize(
    ("counts", "note"),
    [
        # 2 · gave ≥ 3 · (asked + 1): exactly three for two, and one less.
        ({"gave": 3, "asked": 1}, "You may ask"),
        ({"gave": 2, "asked": 1}, "Give once more, then you may ask."),
        ({"gave": 2}, "You may ask"),
        ({"asked": 1}, "Give 3 times more, then you may ask."),
        ({"got": 2, "gave": 1}, "It is your turn: they helped you more often (1). Give once more"),
        ({"got": 3}, "It is your turn: they helped you more often (3). Give 2 times more"),
        ({"gave": 3, "got": 5, "asked": 1}, "You may ask"),
    ],
)
def test_whether_one_may_ask(lens: Lenses, counts: dict[str, int], note: str) -> None:
    page = page_of(lens, {"contacts/a.md": logged(**counts)})
    (box,) = [box for box in page.boxes if box.key == "ledger"]
    assert [figure.value for figure in box.figures] == [
        str(counts.get(key, 0)) for key in ("gave", "got", "asked")
    ]
    assert box.note.startswith(note)


def test_meetings_that_would_help(lens: Lenses) -> None:
    card = "---\nname: A\nmet: {date: 2026-06-01}\n---\n## Log\n- 2026-06-01 meet: x\n"
    page = page_of(lens, {"contacts/a.md": card})
    assert "2 more meetings would help" in page.standing[0].what.why
    assert page.story[0].what.meetings == "1 meeting in person"
    page = page_of(lens, {"contacts/a.md": card}, language="zh")
    assert "再见 2 次面会更好" in page.standing[0].what.why


def test_whom_they_could_meet(lens: Lenses) -> None:
    files = {
        "contacts/me.md": ME,
        "contacts/a.md": """---
name: A
needs: [tea, "[[b]] and a choir"]
offers: [a lawyer]
---
""",
        "contacts/b.md": "---\nname: B\nneeds: [a good lawyer]\n---\n",
        "contacts/c.md": "---\nname: C\noffers: [choir]\n---\n",
    }
    seen = page_of(lens, files).matches
    assert seen is not None
    assert [(who.name, who.href, who.note) for who in seen.people] == [
        ("You", "contacts/me.html", "Can give: tea"),
        ("You", "contacts/me.html", "Looks for: a lawyer"),
        ("C", "contacts/c.html", "Can give: choir"),
        ("B", "contacts/b.html", "Looks for: a good lawyer"),
    ]
    mine = page_of(lens, files, "me").matches
    assert mine is not None
    assert [(who.name, who.note) for who in mine.people] == [
        ("A", "Looks for: tea"),
        ("A", "Can give: a lawyer"),
    ]
    other = page_of(lens, files, "c").matches
    assert other is not None
    assert [who.note for who in other.people] == ["Looks for: B and a choir"]


def test_no_more_matches_than_a_page_holds(lens: Lenses) -> None:
    files = {f"contacts/p{n}.md": f"---\nname: P{n}\noffers: [tea]\n---\n" for n in range(MOST + 3)}
    files["contacts/a.md"] = "---\nname: A\nneeds: [tea]\n---\n"
    seen = page_of(lens, files).matches
    assert seen is not None
    assert (len(seen.people), seen.more) == (MOST, "and 3 more")
    assert page_of(lens, {"contacts/a.md": "---\nname: A\n---\n"}).matches is None


def test_the_way_to_somebody_one_wants_to_meet(lens: Lenses) -> None:
    files = {
        "contacts/me.md": ME,
        "contacts/a.md": "---\nname: A\nstatus: wanted\ngoal: why\nchallenge: x\n---\n",
        "contacts/b.md": "---\nname: B\nrelations: {who: a, how: mentor}\n---\n",
    }
    page = page_of(lens, files)
    assert page.way is not None
    assert [step.who.name for step in page.way.steps] == ["Me", "B", "A"]
    assert [fact.label for fact in page.now] == ["Why to meet", "Up against now"]
    assert page_of(lens, files, "b").way is None


def test_no_way_to_somebody(lens: Lenses) -> None:
    files = {"contacts/me.md": ME, "contacts/a.md": "---\nname: A\nstatus: wanted\n---\n"}
    way = page_of(lens, files).way
    assert way is not None
    assert (way.steps, way.says) == ([], "Nobody you know leads to A yet.")
