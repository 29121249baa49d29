"""The page of an event: readiness before it, what it brought after it, whom to write to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from textwrap import dedent

import pytest

from renmai.site.environment import environment
from renmai.site.shell import Shells
from renmai.site.views.event import EventState, event_page
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Cell
from tests.site.reading import Page

Lenses = Callable[..., Lens]


def page_of(
    lens: Lenses, front: str, files: dict[str, str] | None = None, body: str = "", **more: object
) -> EventState:
    """The page of the one event, `events/e.md`, with that front matter besides its title."""
    text = f"---\ntitle: E\n{dedent(front).strip()}\n---\n{dedent(body)}"
    seen = lens({"events/e.md": text, **(files or {})}, **more)
    return event_page(seen, seen.book.events["e"]).states[0].what


def told(cells: list[Cell]) -> list[tuple[str, str, str, str, str]]:
    return [(cell.label, cell.value, cell.note, cell.lack, cell.look) for cell in cells]


# -- before ---------------------------------------------------------------------------------------

AHEAD = """
date: 2026-12-01
target_count: 3
people:
  - {who: a, target: yes, does: x, challenge: y}
  - {who: b, target: yes, does: x}
  - {who: c}
"""
PEOPLE = {
    "contacts/a.md": "---\nname: A\nvalue: [one, two]\n---\n",
    "contacts/b.md": "---\nname: B\ntitle: baker\nchallenge: rent\n---\n",
    "contacts/c.md": "---\nname: C\n---\n",
}
BEFORE = """
## Before
- [x] one
- [ ] two
- [ ] three
"""


def test_readiness(lens: Lenses) -> None:
    page = page_of(lens, AHEAD, PEOPLE, BEFORE)
    ask = "Not confirmed yet: ask the organiser what it takes, or a friend for a way in."
    assert page.strip_title == "Readiness"
    assert told(page.strip) == [
        ("Invitation", "needed", "", ask, "open"),
        ("People to talk to", "2 of 3", "", "One more person to choose.", "open"),
        ("Researched", "1 of 2", "", "One person to find out about.", "open"),
        ("Before", "1 of 3", "", "2 things left on the checklist.", "open"),
    ]


def test_all_is_ready(lens: Lenses) -> None:
    front = AHEAD.replace("target_count: 3", "target_count: 1").replace(
        "who: b, target: yes", "who: b"
    )
    way = "invitation: {status: confirmed, route: volunteer, through: b}"
    page = page_of(lens, f"{front}\n{way}", PEOPLE, "## Before\n- [x] one\n")
    assert told(page.strip) == [
        ("Invitation", "confirmed", "volunteering, through B", "", "done"),
        ("People to talk to", "1 of 1", "", "", "done"),
        ("Researched", "1 of 1", "", "", "done"),
        ("Before", "1 of 1", "", "", "done"),
    ]


@pytest.mark.parametrize(
    ("front", "value", "look"),
    [
        ("hosted: yes", "hosted by you", "done"),
        ("invitation: {status: asked}", "asked for", "open"),
        ("invitation: {route: ticket}", "needed", "open"),
    ],
)
def test_the_invitation(lens: Lenses, front: str, value: str, look: str) -> None:
    cell = page_of(lens, f"date: 2026-12-01\n{front}").strip[0]
    assert (cell.value, cell.look) == (value, look)


def test_nobody_chosen_and_no_checklist(lens: Lenses) -> None:
    page = page_of(lens, "date: 2026-12-01")
    assert [cell.value for cell in page.strip[1:]] == ["0 of 10", "–", "–"]
    assert page.no_targets


def test_targets_and_what_is_still_to_find_out(lens: Lenses) -> None:
    a, b = page_of(lens, AHEAD, PEOPLE).targets
    assert [(fact.label, fact.items) for fact in a.facts] == [
        ("Does", ["x"]),
        ("Up against now", ["y"]),
        ("What you can give", ["one", "two"]),
    ]
    assert (a.missing, a.blanks, a.mark) == ("", [], "researched")
    assert b.missing == "Still to find out: what you could give"
    assert (b.blanks, b.mark) == (["What you can give"], "")


def test_what_the_card_says_of_their_work_leaves_no_blank(lens: Lenses) -> None:
    front = "date: 2026-12-01\npeople: [{who: b, target: yes}, {who: Somebody, target: yes}]"
    b, somebody = page_of(lens, front, PEOPLE).targets
    assert b.missing == "Still to find out: what they do, what you could give"
    assert b.blanks == ["What you can give"]
    assert b.who.note == "baker"
    assert somebody.blanks == ["Does", "Up against now", "What you can give"]


# -- after ----------------------------------------------------------------------------------------

OVER = """
date: 2026-11-18
people:
  - {who: on, met: yes, target: yes, seed: s}
  - {who: late, met: yes}
  - {who: not, met: yes, next: 2026-11-25}
  - {who: Somebody, met: yes}
  - {who: no, met: yes, recontact: skip}
  - {who: Nobody, target: yes}
introductions: [{a: on, b: late, next: 2026-11-30}, {a: on, b: not}]
"""
MET = {
    "contacts/on.md": "---\nname: On\n---\n## Log\n- 2026-11-19 message: x\n",
    "contacts/late.md": "---\nname: Late\n---\n## Log\n- 2026-11-20 message: x\n",
    "contacts/not.md": "---\nname: Not\nemails: n@example.com\n---\n",
    "contacts/no.md": "---\nname: No\n---\n",
}


def test_the_state_of_everybody_met(lens: Lenses) -> None:
    page = page_of(lens, OVER, MET)
    assert page.brings
    assert [(m.who.name, m.state, m.says, m.when.words if m.when else "") for m in page.met] == [
        ("On", "written", "written to in time, 19 Nov 2026", ""),
        ("Late", "written_late", "written to late, 20 Nov 2026", ""),
        ("Not", "to_write", "write to them", "2 days overdue"),
        ("Somebody", "no_card", "no card yet", "2 days overdue"),
        ("No", "waived", "no message needed", ""),
    ]
    # A message is ready where one is owed, with the ways to send it.
    assert [bool(m.message) for m in page.met] == [False, False, True, True, False]
    assert [[way.icon for way in m.reach] for m in page.met] == [[], [], ["email"], [], []]
    again = page.met[2].next_when
    assert again is not None
    assert (page.met[2].next, again.words) == ("again on 25 Nov 2026", "in 4 days")


def test_what_it_brought(lens: Lenses) -> None:
    page = page_of(lens, OVER, MET)
    assert page.strip_title == "What it brought"
    assert told(page.strip) == [
        ("Met", "5", "1 of 2 you prepared for", "", ""),
        ("Written to", "2 of 4", "1 in time", "", "open"),  # one message was waived
        ("Cards written", "4 of 5", "", "Somebody", "open"),
        ("Seeds left", "1", "4 talks without one", "", ""),
        ("Introduced to each other", "2", "1 pair meets again", "", ""),
    ]
    assert [target.mark for target in page.targets] == ["met", ""]
    assert [target.missing for target in page.targets] == ["", ""]


def test_a_message_that_was_never_written(lens: Lenses) -> None:
    """Long after the event nothing is due any more; the words are ready still."""
    page = page_of(lens, OVER, MET, today=date(2027, 3, 1))
    assert [(m.state, m.when, bool(m.message)) for m in page.met[2:4]] == [
        ("lapsed", None, True),
        ("no_card", None, True),
    ]


def test_while_it_goes_on(lens: Lenses) -> None:
    """Whoever was met on the first of several days is written to by the day after the last."""
    front = "date: 2026-11-20\nend: 2026-11-23\npeople: [{who: not, met: yes}, {who: X, met: yes}]"
    page = page_of(lens, front, MET)
    assert (page.look, page.brings) == ("ahead", True)
    assert [(m.state, m.when.iso if m.when else "") for m in page.met] == [
        ("to_write", "2026-11-24"),
        ("no_card", "2026-11-24"),
    ]


def test_on_its_morning_readiness_stands_there_still(lens: Lenses) -> None:
    assert not page_of(lens, "date: 2026-11-21").brings


def test_a_cancelled_one_has_neither(lens: Lenses) -> None:
    page = page_of(lens, OVER + "status: cancelled", MET)
    assert (page.strip, page.met, page.targets, page.host, page.brief) == ([], [], [], [], None)


# -- the host -------------------------------------------------------------------------------------


def test_what_a_host_has_seen_to(lens: Lenses) -> None:
    front = """
    date: 2026-12-01
    hosted: yes
    capacity: 12
    table: long
    bill: split
    budget: about 25, see [[a]]
    announced: 2026-11-20
    people: [{who: a}, {who: X}]
    """
    page = page_of(lens, front, PEOPLE)
    assert [(check.label, check.text, check.look) for check in page.host] == [
        ("Fifteen at most", "2 people, 12 seats", "done"),
        ("No round table", "a long one", "done"),
        (
            "Budget told",
            'about 25, see <a href="../contacts/a.html">A</a>, told on 20 Nov 2026',
            "done",
        ),
        ("Bill split", "everybody for themselves", "done"),
    ]
    assert [box.key for box in page.boxes] == ["others"]  # said once


def test_what_a_host_has_not(lens: Lenses) -> None:
    front = "date: 2026-11-01\nhosted: yes\ncapacity: 16\ntable: round\nbill: host"
    checks = page_of(lens, front).host
    assert [check.look for check in checks] == ["open"] * 5
    assert checks[0].text.startswith("More than fifteen people")
    assert checks[4].text.startswith("Who found whom?")
    # Nothing is written of the table: no hint, and no praise.
    assert page_of(lens, "date: 2026-12-01\nhosted: yes").host[1].look == ""


def test_a_good_evening(lens: Lenses) -> None:
    pairs = "introductions: [{a: on, b: late, next: 2026-11-30}, {a: on, b: not}]"
    check = page_of(lens, f"date: 2026-11-01\nhosted: yes\n{pairs}", MET).host[-1]
    assert (check.text, check.look) == ("2 pairs, 1 pair meets again", "done")
    check = page_of(lens, "date: 2026-11-01\nhosted: yes\nintroductions: {a: on, b: no}", MET).host[
        -1
    ]
    assert (check.text, check.look) == ("1 pair, no date to meet again", "open")


# -- on paper, and in a letter --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("targets", "lines", "room"),
    [
        (0, 20, ""),
        (1, 15, ""),
        (4, 10, ""),
        (5, 6, ""),
        (7, 6, "many"),
        (10, 6, "many"),
        (11, 6, "dense"),
    ],
)
def test_the_brief_leaves_room(lens: Lenses, targets: int, lines: int, room: str) -> None:
    people = "".join(f"\n  - {{who: P{n}, target: yes}}" for n in range(targets))
    brief = page_of(lens, f"date: 2026-12-01\npeople:{people}").brief
    assert brief is not None
    assert (brief.lines, brief.room, len(brief.questions), brief.button) == (lines, room, 4, True)


def test_the_brief_of_a_past_event_has_its_seeds_and_no_button(lens: Lenses) -> None:
    brief = page_of(lens, OVER, MET).brief
    assert brief is not None
    assert [(seed.label, seed.items) for seed in brief.seeds] == [("On", ["s"])]
    assert not brief.button


HOSTILE = "<script>alert(1)</script> \"'&{{ 7*7 }} <img src=x onerror=alert(1)> ] [x"


def test_nothing_in_a_draft_can_run(lens: Lenses) -> None:
    quoted = HOSTILE.replace("'", "''")
    files = {
        "contacts/a.md": f"---\nname: '{quoted}'\nneeds: ['{quoted}']\n---\n",
        "contacts/me.md": f"---\nname: '{quoted}'\nme: yes\nphones: ['{quoted}']\n"
        f"offers: ['{quoted}']\n---\n",
    }
    people = f"people: [{{who: a, met: yes, seed: '{quoted}'}}, {{who: '{quoted}', met: yes}}]"
    text = f"---\ntitle: '{quoted}'\ndate: 2026-11-20\n{people}\n---\n"
    seen = lens({"events/e.md": text, **files})
    page = event_page(seen, seen.book.events["e"])
    met = page.states[0].what.met
    assert met[0].message is not None
    said = "".join(piece.text for part in met[0].message.paragraphs for piece in part)
    assert "<script>alert(1)</script>" in said
    shell = Shells(seen, "t").at("../", "events")
    html = environment("en").get_template("event.html").render(page=page, shell=shell)
    read = Page(html)
    tags = {tag for tag, _ in read.elements}
    assert "img" not in tags
    assert not any(name.startswith("on") for _, attrs in read.elements for name in attrs)
    assert read.inline == []
    assert "{{ 7*7 }}" in html


@pytest.mark.parametrize(
    ("end", "language", "dates"),
    [
        ("2026-11-30", "en", "28 to 30 Nov 2026"),
        ("2026-11-30", "zh", "2026年11月28日至30日"),
        ("2027-01-02", "en", "28 Nov 2026 to 2 Jan 2027"),
        ("2027-01-02", "zh", "2026年11月28日至2027年1月2日"),
    ],
)
def test_the_year_of_its_days_is_said_once(
    lens: Lenses, end: str, language: str, dates: str
) -> None:
    assert page_of(lens, f"date: 2026-11-28\nend: {end}", language=language).dates == dates


def test_nothing_of_a_cancelled_event_is_overdue(lens: Lenses) -> None:
    body = "## Before\n- [ ] print due 2026-10-08\n\n## Other\n- [ ] tell due 2026-10-09\n"
    page = page_of(lens, "date: 2026-10-10\nstatus: cancelled", body=body)
    tasks = [*page.phases[0].tasks, *page.tasks]
    assert [task.due and (task.due.text, task.due.words) for task in tasks] == [
        ("8 Oct 2026", ""),
        ("9 Oct 2026", ""),
    ]
    kept = page_of(lens, "date: 2026-10-10", body=body).phases[0].tasks[0].due
    assert kept is not None
    assert kept.words == "44 days overdue"
