"""rules.md, follow-ups that come from events: recontact, card, checklist, second_meeting."""

from __future__ import annotations

import pytest

from tests.spec.book import community, contact, day, event, met

ZHOU = {"contacts/zhou.md": contact(name="Zhou")}


def recontact(book, log=(), front="", end=-2, today=0, card="", event_front="", more=""):
    """The due date of the recontact of Zhou, met at an event that ended on day `end`."""
    made = book(
        {
            "contacts/zhou.md": contact(card, log),
            "events/summit.md": event(day(end), event_front, [met("zhou", more)]),
        }
    )
    return made.due_of("recontact", "zhou", day(today))


# --- recontact


def test_recontact_is_about_the_contact_and_the_event(book):
    made = book({**ZHOU, "events/summit.md": event("2026-11-19", people=[met("zhou")])})
    (item,) = made.due()
    assert item == item | {
        "kind": "recontact",
        "id": "zhou",
        "title": "Zhou",
        "about": "summit",
        "due": "2026-11-20",
        "days_overdue": 1,
    }


@pytest.mark.parametrize(
    ("end", "due"), [(1, None), (0, 1), (-1, 0), (-2, -1), (-89, -88), (-90, -89), (-91, None)]
)
def test_recontact_from_the_end_on_and_within_the_window(book, end, due):
    assert recontact(book, end=end) == (None if due is None else day(due))


@pytest.mark.parametrize(
    ("start", "end", "due"),
    [(-3, -2, -1), (-3, 0, 1), (-3, 1, None), (-92, -90, -89), (-92, -91, None)],
)
def test_the_end_of_an_event_of_several_days_counts(book, start, end, due):
    made = book({**ZHOU, "events/e.md": event(day(start), f"end: {day(end)}", [met("zhou")])})
    assert made.due_of("recontact", "zhou") == (None if due is None else day(due))


@pytest.mark.parametrize(
    "person",
    [
        "who: zhou",
        "who: zhou, met: no",
        "who: zhou, met: 否",
        "who: zhou, target: yes",
        "who: zhou, met: yes, recontact: skip",
        "who: Zhao Min, met: yes",
    ],
)
def test_whom_no_recontact_arises_for(book, person):
    made = book({**ZHOU, "events/e.md": event(people=[person])})
    assert made.dues("recontact") == []


@pytest.mark.parametrize(
    ("entry", "ends"),
    [
        (f"{day(-2)} call: x", True),
        (f"{day(-2)} message", True),
        (f"{day(-2)} gave", True),
        (f"{day(-2)} got", True),
        (f"{day(-2)} asked", True),
        (f"{day(-2)} intro", True),
        (f"{day(-2)} gift", True),
        (f"{day(-2)} meet", False),
        (f"{day(-2)} 见面！", False),
        (f"{day(-2)} coffee", False),
        (f"{day(-2)} visit", False),
        (f"{day(-2)} note", False),
        (f"{day(-3)} call", False),
        (f"{day(-1)} call", True),
        (f"{day(-1)} meet", True),
        (f"{day(-1)} note", False),
        (f"{day(-1)} output", False),
        (f"{day(0)} message", True),
        (f"{day(1)} message", False),
    ],
)
def test_recontact_ends_with_an_interaction_after_the_event(book, entry, ends):
    assert recontact(book, [entry]) == (None if ends else day(-1))


def test_an_entry_during_an_event_of_several_days_ends_nothing(book):
    for ago, due in ((-3, day(-1)), (-2, None)):
        made = book(
            {
                "contacts/zhou.md": contact(log=[f"{day(ago)} call: x"]),
                "events/e.md": event(day(-4), f"end: {day(-2)}", [met("zhou")]),
            }
        )
        assert made.due_of("recontact", "zhou") == due


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("contacts/li.md", contact(log=[f"{day(-1)} meet with [[zhou]]: x"])),
        ("contacts/me.md", contact("me: yes", [f"{day(-1)} call with [[zhou]]"])),
        ("events/other.md", event(day(-30), log=[f"{day(-1)} call with [[zhou]]"])),
        ("communities/c.md", community(log=[f"{day(-1)} call with [[zhou]]"])),
    ],
)
def test_an_entry_in_another_file_ends_it_too(book, path, text):
    made = book({**ZHOU, path: text, "events/e.md": event(people=[met("zhou")])})
    assert made.due_of("recontact", "zhou") is None


def test_another_event_does_not_end_it(book):
    made = book(
        {
            **ZHOU,
            "events/one.md": event(day(-5), people=[met("zhou")]),
            "events/two.md": event(day(-2), people=[met("zhou")]),
        }
    )
    found = {item["about"]: item["due"] for item in made.due() if item["kind"] == "recontact"}
    assert found == {"one": day(-4), "two": day(-1)}


@pytest.mark.parametrize(
    ("status", "arises"),
    [("going", True), ("considering", True), ("cancelled", False)],
)
def test_a_cancelled_event_yields_nothing(book, status, arises):
    made = book(
        {
            **ZHOU,
            "events/e.md": event(
                front=f"status: {status}",
                people=[met("zhou", f"next: {day(3)}"), met("Zhao Min")],
                body="- [ ] t due 2026-11-30\n\n## After\n\n- [ ] a\n",
            ),
        }
    )
    kinds = {item["kind"] for item in made.due("--all")} - {"cadence"}
    expected = {"recontact", "card", "second_meeting", "task", "checklist"}
    assert kinds == (expected if arises else set())


@pytest.mark.parametrize(
    ("card", "arises"),
    [
        ("status: active", True),
        ("status: wanted", True),
        ("status: dormant", True),
        ("status: deceased", False),
        ("me: yes", False),
        (f"snooze: {day(30)}", True),
        ("cadence: never", True),
    ],
)
def test_whose_card_lets_a_recontact_arise(book, card, arises):
    assert recontact(book, card=card) == (day(-1) if arises else None)


@pytest.mark.parametrize(
    ("people", "arises"),
    [
        (["who: zhou", met("zhou")], False),
        ([met("zhou"), "who: zhou"], True),
        ([met("Zhou", "recontact: skip"), met("zhou")], False),
    ],
)
def test_of_a_person_listed_twice_the_first_counts(book, people, arises):
    made = book({**ZHOU, "events/e.md": event(people=people)})
    assert made.codes() == ["duplicate-person"]
    assert made.dues("recontact") == ([("zhou", day(-1))] if arises else [])


# --- card


def test_card_is_about_the_event_and_shows_the_person(book):
    made = book({"events/summit.md": event("2026-11-19", people=[met("Zhao Min")])})
    (item,) = made.due()
    assert item == item | {
        "kind": "card",
        "id": "summit",
        "title": "Zhao Min",
        "about": None,
        "due": "2026-11-20",
        "days_overdue": 1,
        "path": "events/summit.md",
        "line": 5,
    }


@pytest.mark.parametrize(
    ("end", "due"), [(1, None), (0, 1), (-1, 0), (-2, -1), (-90, -89), (-91, None)]
)
def test_card_from_the_end_on_and_within_the_window(book, end, due):
    made = book({"events/e.md": event(day(end), people=[met("Zhao Min")])})
    assert made.due_of("card", "e") == (None if due is None else day(due))


@pytest.mark.parametrize(
    ("person", "arises"),
    [
        ("who: Zhao Min, met: yes", True),
        ("who: Zhao Min, met: yes, recontact: skip", True),
        ("who: Zhao Min, met: no", False),
        ("who: Zhao Min", False),
        ("who: zhou, met: yes", False),
        ("who: ZHOU, met: yes", False),
        ('who: "[[nobody]]", met: yes', False),
    ],
)
def test_whom_a_card_is_missing_for(book, person, arises):
    made = book({**ZHOU, "events/e.md": event(people=[person])})
    assert made.dues("card") == ([("e", day(-1))] if arises else [])


def test_card_follows_recontact_within(book):
    made = book({"events/e.md": event(day(-2), people=[met("Zhao")])}, "recontact_within: 1w")
    assert made.due_of("card", "e") == day(5)


def test_a_card_for_each(book):
    made = book({"events/e.md": event(people=[met("Zhao"), met("Qian"), met("Sun")])})
    assert [item["title"] for item in made.due()] == ["Zhao", "Qian", "Sun"]


# --- checklist


def checklist(
    book, heading: str, today: int, task: str = "- [ ] x", days: int = 1, front: str = ""
):
    """The due day, counted from the event's first day, of a task on day `today` of the event."""
    front += f"\nend: {day(days - 1)}" if days > 1 else ""
    made = book({"events/e.md": event(day(0), front, body=f"## {heading}\n\n{task}\n")})
    return made.due_of("checklist", "e", day(today))


@pytest.mark.parametrize(
    ("today", "due"), [(-400, -1), (-2, -1), (-1, -1), (0, -1), (1, None), (90, None)]
)
@pytest.mark.parametrize("days", [1, 3])
def test_before_up_to_and_on_the_date_of_the_event(book, today, due, days):
    found = checklist(book, "Before", today, days=days)
    assert found == (None if due is None else day(due))


@pytest.mark.parametrize(
    ("today", "days", "due"),
    [
        (-1, 1, None),
        (0, 1, 0),
        (1, 1, None),
        (-1, 3, None),
        (0, 3, 0),
        (1, 3, 0),
        (2, 3, 0),
        (3, 3, None),
    ],
)
def test_during_on_the_days_of_the_event_alone(book, today, days, due):
    found = checklist(book, "During", today, days=days)
    assert found == (None if due is None else day(due))


@pytest.mark.parametrize(
    ("today", "days", "due"),
    [
        (-1, 1, None),
        (0, 1, 1),
        (1, 1, 1),
        (90, 1, 1),
        (91, 1, None),
        (1, 3, None),
        (2, 3, 3),
        (92, 3, 3),
        (93, 3, None),
    ],
)
def test_after_from_the_end_on_and_within_the_window(book, today, days, due):
    found = checklist(book, "After", today, days=days)
    assert found == (None if due is None else day(due))


@pytest.mark.parametrize(("heading", "today"), [("Before", -5), ("During", 0), ("After", 5)])
def test_a_due_date_of_its_own_goes_first(book, heading, today):
    task = f"- [ ] x due {day(10)}"
    assert checklist(book, heading, today, task) == day(10)
    assert checklist(book, heading, today, f"- [ ] x (due {day(-30)})") == day(-30)


@pytest.mark.parametrize(
    ("heading", "today"), [("Before", 1), ("During", -1), ("During", 1), ("After", -1)]
)
def test_a_due_date_of_its_own_does_not_keep_a_task_alive(book, heading, today):
    assert checklist(book, heading, today, f"- [ ] x due {day(today)}") is None


@pytest.mark.parametrize(("heading", "today"), [("Before", -1), ("During", 0), ("After", 1)])
def test_a_checklist_item_must_be_open_and_the_event_on(book, heading, today):
    assert checklist(book, heading, today, "- [x] x") is None
    assert checklist(book, heading, today, "- no task") is None
    assert checklist(book, heading, today, front="status: cancelled") is None
    assert checklist(book, heading, today, front="status: considering") is not None


def test_a_checklist_item_has_its_own_line(book):
    made = book(
        {"events/e.md": event("2026-11-25", body="## Before\n\n- [ ] a\n- [x] b\n  - [ ] c\n")}
    )
    items = made.due()
    assert [(item["path"], item["line"]) for item in items] == [
        ("events/e.md", 7),
        ("events/e.md", 9),
    ]
    assert {(item["kind"], item["id"], item["due"]) for item in items} == {
        ("checklist", "e", "2026-11-24")
    }


def test_the_window_of_the_checklist_is_a_setting(book):
    made = book(
        {"events/e.md": event(day(-10), body="## After\n\n- [ ] a\n")}, "recontact_window: 9d"
    )
    assert made.dues("checklist") == []


# --- second_meeting


def second_meeting(book, log=(), next_day=-3, card="", person="", start=-20, more_files=None):
    made = book(
        {
            "contacts/zhou.md": contact(card, log, name="Zhou"),
            "events/summit.md": event(
                day(start), people=[f"who: zhou, next: {day(next_day)}{person}"]
            ),
            **(more_files or {}),
        }
    )
    return made.due_of("second_meeting", "zhou")


def test_a_second_meeting_is_about_the_contact_and_the_event(book):
    made = book(
        {**ZHOU, "events/summit.md": event(day(-20), people=[f"who: zhou, next: {day(-3)}"])}
    )
    item = made.due()[0]
    assert item == item | {
        "kind": "second_meeting",
        "id": "zhou",
        "title": "Zhou",
        "about": "summit",
        "due": day(-3),
        "days_overdue": 3,
        "path": "events/summit.md",
    }


@pytest.mark.parametrize(
    "person", ["", ", met: yes", ", met: no", ", target: yes", ", recontact: skip"]
)
def test_whether_met_or_not(book, person):
    assert second_meeting(book, person=person) == day(-3)


@pytest.mark.parametrize("next_day", [-300, -1, 0, 1, 10, 300])
def test_a_second_meeting_is_due_on_its_date(book, next_day):
    assert second_meeting(book, next_day=next_day) == day(next_day)


def test_the_event_may_lie_ahead(book):
    assert second_meeting(book, start=5, next_day=20) == day(20)


@pytest.mark.parametrize(
    ("entry", "ends"),
    [
        (f"{day(-3)} call", True),
        (f"{day(-3)} meet", True),
        (f"{day(-2)} message", True),
        (f"{day(0)} gift", True),
        (f"{day(-4)} meet", False),
        (f"{day(-3)} note", False),
        (f"{day(1)} meet", False),
    ],
)
def test_a_second_meeting_ends_with_an_entry_on_or_after_it(book, entry, ends):
    assert second_meeting(book, [entry]) == (None if ends else day(-3))


def test_an_event_does_not_end_a_second_meeting(book):
    other = {"events/other.md": event(day(-2), people=[met("zhou")])}
    assert second_meeting(book, more_files=other) == day(-3)


@pytest.mark.parametrize(
    ("card", "arises"),
    [
        ("status: dormant", True),
        ("status: wanted", True),
        ("status: deceased", False),
        ("me: yes", False),
    ],
)
def test_whose_card_lets_a_second_meeting_arise(book, card, arises):
    assert second_meeting(book, card=card) == (day(-3) if arises else None)


@pytest.mark.parametrize("who", ["Zhao Min", '"[[nobody]]"'])
def test_a_second_meeting_needs_a_card(book, who):
    made = book({"events/e.md": event(people=[f"who: {who}, met: yes, next: {day(-1)}"])})
    assert made.dues("second_meeting") == []


def test_pairs_who_meet_again_are_no_second_meeting(book):
    made = book(
        {
            **ZHOU,
            "contacts/li.md": contact(),
            "events/e.md": event(front=f"introductions: {{a: li, b: zhou, next: {day(-1)}}}"),
        }
    )
    assert made.dues("second_meeting") == []


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_everything_arises_from_a_file_written_in_chinese_too(book, ends):
    text = (
        "---\ntitle: 春季论坛\ndate: 2026-11-19\npeople:\n  - who: 周周\n    met: 是\n"
        "    next: 2026-11-20\n  - who: 赵敏\n    met: 是\n---\n\n## 会后\n\n- [ ] 写卡片\n"
        "- [ ] 寄书 截止：2026-11-25\n\n## 记录\n\n- 2026-11-19 见面 与 [[周周]]：聊了聊\n"
    )
    made = book(
        {
            "events/论坛.md": text.replace("\n", ends),
            "contacts/zhou.md": contact("aliases: 周周", name="周"),
        }
    )
    assert made.problems() == []
    assert [(item["kind"], item["id"], item["due"]) for item in made.due()] == [
        ("recontact", "zhou", "2026-11-20"),
        ("card", "论坛", "2026-11-20"),
        ("checklist", "论坛", "2026-11-20"),
        ("second_meeting", "zhou", "2026-11-20"),
        ("checklist", "论坛", "2026-11-25"),
    ]
