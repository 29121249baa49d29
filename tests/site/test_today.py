"""What Today says besides its rows: the next event and what it lacks, who drifts away."""

from __future__ import annotations

from collections.abc import Callable

from renmai.site.views.lens import Lens
from renmai.site.views.today import MOST_DRIFTING, TodayPage, today_page

Lenses = Callable[..., Lens]


def event(day: str, front: str = "", body: str = "") -> str:
    return f"---\ntitle: On {day}\ndate: {day}\n{front}\n---\n{body}"


def page_of(lens: Lenses, files: dict[str, str]) -> TodayPage:
    return today_page(lens(files))


def test_those_that_have_begun_and_the_next_one(lens: Lenses) -> None:
    files = {
        "events/past.md": event("2026-11-19", "end: 2026-11-20"),
        "events/on.md": event("2026-11-20", "end: 2026-11-22"),
        "events/now.md": event("2026-11-21"),
        "events/next.md": event("2026-11-25"),
        "events/then.md": event("2026-11-28"),
        "events/no.md": event("2026-11-23", "status: cancelled"),
    }
    found = page_of(lens, files).next_events
    assert [(one.title, one.until, one.shown) for one in found] == [
        ("On 2026-11-20", "2026-11-22", True),
        ("On 2026-11-21", "2026-11-21", True),
        ("On 2026-11-25", "2026-11-25", True),
        ("On 2026-11-28", "2026-11-28", False),
    ]


def test_the_next_one_may_be_far(lens: Lenses) -> None:
    files = {"events/far.md": event("2027-11-25"), "events/farther.md": event("2027-11-26")}
    assert [one.title for one in page_of(lens, files).next_events] == ["On 2027-11-25"]


def test_there_is_none(lens: Lenses) -> None:
    assert page_of(lens, {"events/past.md": event("2026-11-20")}).next_events == []


def test_what_the_next_one_lacks(lens: Lenses) -> None:
    front = """target_count: 2
invitation: {status: asked}
people: [{who: X, target: yes}]"""
    (one,) = page_of(
        lens, {"events/e.md": event("2026-11-25", front, "## Before\n- [ ] x\n")}
    ).next_events
    assert one.invitation == "asked for"
    assert [(bar.done, bar.all) for bar in one.bars] == [(1, 2), (0, 1), (0, 1)]
    assert one.lacks == [
        "Not confirmed yet: ask again, or offer to volunteer or to sponsor.",
        "One more person to choose.",
        "One person to find out about.",
        "One thing left on the checklist.",
    ]


def test_what_a_host_has_not_seen_to(lens: Lenses) -> None:
    front = "hosted: yes\ntarget_count: 0\ntable: round\nbill: split"
    (one,) = page_of(lens, {"events/e.md": event("2026-11-25", front)}).next_events
    assert one.invitation == ""
    assert [lack.split(":")[0].split(".")[0] for lack in one.lacks] == [
        "One round table makes every talk a talk of two",
        "The guests have not been told the budget",
    ]


def test_who_drifts_away_the_longest_silent_first(lens: Lenses) -> None:
    """Of a deep talk, 6, over 3 were left a year ago, and of these 0.245 are left now."""
    log = "---\nname: P{n}\n---\n## Log\n- 2025-08-{day:02} meet!: x\n"
    number = MOST_DRIFTING + 2
    files = {f"contacts/p{n:02}.md": log.format(n=n, day=number - n) for n in range(number)}
    page = page_of(lens, files)
    assert page.drifting_count == number
    # The first has the latest day.
    assert [who.name for who in page.drifting] == [f"P{n}" for n in range(number - 1, 1, -1)]
    assert page.drifting[0].note == "last in touch 1 Aug 2025"
