"""The page of a community: where it stands, what it lacks and what to write, the next step."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from renmai.site.views.communities import CommunityState, communities_page, community_page
from renmai.site.views.lens import Lens
from renmai.storage.opening import open_book
from tests.site.conftest import Books

Lenses = Callable[..., Lens]

WHOLE = """
theme: t
functions: {identity: i, answers: a, activities: c}
admission: x
rules: y
"""


def page_of(lens: Lenses, front: str, files: dict[str, str] | None = None) -> CommunityState:
    text = f"---\nname: C\n{dedent(front).strip()}\n---\n"
    seen = lens({"communities/c.md": text, **(files or {})})
    return community_page(seen, seen.book.communities["c"]).states[0].what


def gathering(day: str, more: str = "") -> str:
    return f"---\ntitle: On {day}\ndate: {day}\ncommunity: c\n{more}\n---\n"


def step(page: CommunityState) -> str:
    assert page.step is not None
    return page.step.text


# -- where it stands ------------------------------------------------------------------------------


def test_its_gatherings_people_and_health(lens: Lenses) -> None:
    front = "role: owner\ngather_every: 6w\ntheme: t\nmembers: [a, Somebody, Another]"
    files = {
        "contacts/a.md": "---\nname: A\n---\n",
        "events/one.md": gathering("2026-11-01"),
        "events/two.md": gathering("2026-11-29"),
        "events/no.md": gathering("2026-11-23", "status: cancelled"),
    }
    page = page_of(lens, front, files)
    assert [(cell.label, cell.value, cell.note, cell.lack) for cell in page.strip] == [
        ("Last gathering", "1 Nov 2026", "On 2026-11-01", ""),
        ("Next gathering", "29 Nov 2026", "On 2026-11-29", ""),
        ("Members", "3", "2 have no card", ""),
        ("Health", "2 of 7", "", "5 things would make it stronger"),
    ]
    assert page.strip[1].href == "events/two.html"
    assert [box.key for box in page.boxes] == ["cards", "about"]
    assert [person.name for person in page.boxes[0].people] == ["Somebody", "Another"]


def test_what_is_due(lens: Lenses) -> None:
    front = "role: admin\ngather_every: 2w\nsize: 40\nmembers: [Somebody]"
    page = page_of(lens, front, {"events/one.md": gathering("2026-11-01")})
    due = page.strip[1]
    assert (due.value, due.note, due.look) == ("15 Nov 2026", "every 2 weeks", "open")
    assert due.when is not None
    assert (due.when.words, due.when.late) == ("6 days overdue", True)
    assert page.strip[2].value == "40"


def test_whoever_is_a_member_owes_no_gathering(lens: Lenses) -> None:
    page = page_of(lens, "gather_every: 2w")
    assert [(cell.label, cell.value) for cell in page.strip] == [
        ("Last gathering", "not yet"),
        ("Next gathering", "none planned"),
        ("Health", "0 of 6"),
    ]
    assert "gathering" not in [missing.label.lower() for missing in page.missing]


def test_whoever_has_left_can_mend_nothing(lens: Lenses) -> None:
    files = {"events/two.md": gathering("2026-11-29")}
    page = page_of(lens, "role: owner\ngather_every: 2w\nleft: 2026-01", files)
    assert (page.step, page.missing) == (None, [])
    assert [cell.label for cell in page.strip] == ["Last gathering", "Next gathering"]


# -- what to write --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_written_as_told_mends_it(lens: Lenses, book: Books, language: str) -> None:
    """Every line that the page proposes is one that the book understands."""
    front = "---\nname: C\nrole: owner\ngather_every: 2w\n---\n"
    seen = lens({"communities/c.md": front}, language=language)
    page = community_page(seen, seen.book.communities["c"]).states[0].what
    assert len(page.missing) == 7
    *written, event = [missing.lines for missing in page.missing]
    functions = [lines.split("\n", 1)[1] for lines in written if lines.startswith("functions:")]
    others = [lines for lines in written if not lines.startswith("functions:")]
    head = "\n".join([*others, "functions:", *functions])
    files = {
        "communities/c.md": f"---\nname: C\nrole: owner\ngather_every: 2w\n{head}\n---\n",
        "events/e.md": f"---\n{event.replace('2026-11-21', '2026-11-30')}\n---\n",
    }
    mended = lens(files, language=language)
    assert community_page(mended, mended.book.communities["c"]).states[0].what.missing == []
    assert open_book(book(files)).problems == []


def test_the_day_to_write_leaves_time_to_tell_people(lens: Lenses) -> None:
    page = page_of(lens, WHOLE + "role: owner\nsince: 2026-01\ngather_every: 2w")
    (missing,) = page.missing
    assert missing.lines == "title: …\ndate: 2026-12-26\nkind: gathering\ncommunity: c"


# -- the next step --------------------------------------------------------------------------------


def test_first_a_gathering_that_is_missing(lens: Lenses) -> None:
    page = page_of(lens, "role: owner\nsince: 2026-01\ngather_every: 2w\nmembers: [Somebody]")
    assert step(page).startswith("Set a date to meet in person, at most fifteen people")


def test_then_the_one_ahead(lens: Lenses) -> None:
    files = {"events/two.md": gathering("2026-11-29")}
    page = page_of(lens, "role: owner\ngather_every: 2w", files)
    assert page.step is not None
    assert page.step.link is not None
    assert (page.step.text, page.step.link.name) == ("Prepare the gathering:", "On 2026-11-29")


def test_then_what_it_lacks_then_cards_then_the_next_day(lens: Lenses) -> None:
    files = {"events/one.md": gathering("2026-11-20")}
    own = "role: owner\ngather_every: 2w\n"
    page = page_of(lens, own + "members: [Somebody]", files)
    assert step(page).startswith("Say in one line what it is about")
    page = page_of(lens, WHOLE + own + "members: [Somebody]", files)
    assert step(page) == "Write the card of Somebody."
    page = page_of(lens, WHOLE + own, files)
    assert step(page) == "Choose the day of the next gathering."
    assert page.step is not None
    assert page.step.when is not None
    assert page.step.when.words == "in 13 days"
    assert step(page_of(lens, WHOLE)) == "Ask one question there this week, or answer one."


def test_the_list_says_when_it_meets_next(lens: Lenses) -> None:
    event = "---\ntitle: E\ndate: {day}\ncommunity: c\n---\n"
    files = {"communities/c.md": "---\nname: C\nrole: owner\ngather_every: 1m\n---\n"}
    for day, words in (("2026-12-01", "in 10 days"), ("2026-11-01", "in 10 days")):
        seen = lens(files | {"events/e.md": event.format(day=day)})
        (spells,) = communities_page(seen).communities
        when = spells[0].what.gathering
        assert when is not None
        assert (when.words, when.late) == (words, False)
