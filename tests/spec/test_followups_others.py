"""rules.md, the other follow-ups (task, follow_up, gathering), and the order of all of them."""

from __future__ import annotations

import pytest

from tests.spec.book import community, contact, day, event, met, record

# --- task


def test_a_task_has_the_id_of_its_record_and_its_own_line(book):
    made = book({"communities/c.md": community(body="text\n\n- [ ] x due 2026-11-20\n")})
    (item,) = made.due()
    assert item == item | {
        "kind": "task",
        "id": "c",
        "about": None,
        "due": "2026-11-20",
        "days_overdue": 1,
        "path": "communities/c.md",
        "line": 6,
    }


@pytest.mark.parametrize(
    ("front", "arises"),
    [
        ("status: wanted", True),
        ("status: dormant", True),
        ("me: yes", True),
        ("status: deceased", False),
    ],
)
def test_whose_tasks_fall_due(book, front, arises):
    made = book({"contacts/a.md": contact(front, body="- [ ] x due 2026-11-20\n")})
    assert made.dues("task") == ([("a", "2026-11-20")] if arises else [])


# --- follow_up


def follow_up(book, log=(), front="", promised=-3, files=None):
    made = book(
        {"contacts/li.md": contact(f"follow_up: {day(promised)}\n{front}", log), **(files or {})}
    )
    return made.due_of("follow_up", "li")


@pytest.mark.parametrize(
    "written",
    [
        "follow_up: 2026-11-18",
        "follow_up: {date: 2026-11-18}",
        "follow_up: {date: 2026-11-18, why: the book}",
        "follow_up:\n  date: 2026-11-18\n  why: the book",
    ],
)
def test_a_promised_next_contact(book, written):
    made = book({"contacts/li.md": contact(f"city: x\n{written}", name="Li")})
    (item,) = [item for item in made.due() if item["kind"] == "follow_up"]
    assert item == item | {
        "id": "li",
        "title": "Li",
        "due": "2026-11-18",
        "days_overdue": 3,
        "path": "contacts/li.md",
    }
    assert ("the book" in item["reason"]) == ("the book" in written)


@pytest.mark.parametrize("promised", [-400, -1, 0, 1, 14, 15, 400])
def test_a_follow_up_is_due_on_its_date(book, promised):
    assert follow_up(book, promised=promised) == day(promised)


@pytest.mark.parametrize(
    ("entry", "ends"),
    [
        (f"{day(-3)} call", True),
        (f"{day(-3)} meet", True),
        (f"{day(-2)} message", True),
        (f"{day(0)} got", True),
        (f"{day(-4)} call", False),
        (f"{day(-2)} note", False),
        (f"{day(1)} call", False),
    ],
)
def test_a_follow_up_ends_with_an_interaction_on_or_after_it(book, entry, ends):
    assert follow_up(book, [entry]) == (None if ends else day(-3))


@pytest.mark.parametrize(
    ("start", "end", "person", "ends"),
    [
        (-3, -3, "met: yes", True),
        (-2, -2, "met: yes", True),
        (-4, -4, "met: yes", False),
        (-5, -3, "met: yes", True),
        (-2, -2, "met: no", False),
        (-5, 2, "met: yes", False),
        (1, 1, "met: yes", False),
    ],
)
def test_an_event_is_an_interaction_that_ends_a_follow_up(book, start, end, person, ends):
    files = {
        "events/e.md": event(
            day(start), f"end: {day(end)}", [f"who: li, {person}, recontact: skip"]
        )
    }
    assert follow_up(book, files=files) == (None if ends else day(-3))


@pytest.mark.parametrize(
    ("front", "arises"),
    [
        ("status: active", True),
        ("status: wanted", True),
        ("status: dormant", True),
        ("status: deceased", False),
        ("me: yes", False),
        (f"snooze: {day(30)}", True),
    ],
)
def test_whose_follow_ups_fall_due(book, front, arises):
    assert follow_up(book, front=front) == (day(-3) if arises else None)


# --- gathering


def gathering(book, front: str, events: dict[str, str] | None = None, settings: str = ""):
    made = book({"communities/c.md": community(front), **(events or {})}, settings)
    assert made.problems() == []
    return made.due_of("gathering", "c")


def of_it(date: str, front: str = "") -> str:
    return event(date, f"community: c\n{front}")


def test_a_gathering_is_about_the_community(book):
    made = book({"communities/c.md": community("role: owner\ngather_every: 1m\nsince: 2026-10-20")})
    (item,) = made.due()
    assert item == item | {
        "kind": "gathering",
        "id": "c",
        "title": "C",
        "due": "2026-11-20",
        "days_overdue": 1,
        "path": "communities/c.md",
    }


@pytest.mark.parametrize(
    ("role", "arises"),
    [
        ("role: owner", True),
        ("role: admin", True),
        ("role: member", False),
        ("role: observer", False),
        ("", False),
    ],
)
def test_whose_role_lets_a_gathering_arise(book, role, arises):
    found = gathering(book, f"{role}\ngather_every: 1m\nsince: 2026-10-20")
    assert found == ("2026-11-20" if arises else None)


@pytest.mark.parametrize("left", ["2026-11", "2020", "2026-11-20"])
def test_no_gathering_of_a_community_that_one_has_left(book, left):
    assert gathering(book, f"role: owner\ngather_every: 1m\nleft: {left}") is None


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("since: 2026-10-20", "2026-11-20"),
        ("since: 2026-10", "2026-11-01"),
        ("since: 2026", "2026-02-01"),
        ("", "2026-12-21"),
    ],
)
def test_without_an_event_the_gathering_counts_from_since_or_today(book, since, due):
    assert gathering(book, f"role: owner\ngather_every: 1m\n{since}") == due


@pytest.mark.parametrize(
    ("events", "due"),
    [
        ({"events/a.md": of_it("2026-10-05")}, "2026-11-05"),
        ({"events/a.md": of_it("2026-10-05"), "events/b.md": of_it("2026-09-05")}, "2026-11-05"),
        ({"events/a.md": of_it("2026-10-05", "end: 2026-10-07")}, "2026-11-05"),
        ({"events/a.md": of_it("2026-11-21")}, "2026-12-21"),
        ({"events/a.md": of_it("2026-11-20", "end: 2026-11-23")}, "2026-12-20"),
        ({"events/a.md": of_it("2026-10-05", "status: considering")}, "2026-11-05"),
        ({"events/a.md": of_it("2026-10-05", "status: cancelled")}, "2026-02-01"),
        ({"events/a.md": of_it("2026-10-31")}, "2026-11-30"),
        ({"events/a.md": of_it("2026-11-22")}, None),
        ({"events/a.md": of_it("2027-11-22")}, None),
        ({"events/a.md": of_it("2026-12-01", "status: considering")}, None),
        ({"events/a.md": of_it("2026-10-05"), "events/b.md": of_it("2026-12-05")}, None),
        (
            {
                "events/a.md": of_it("2026-10-05"),
                "events/b.md": of_it("2026-12-05", "status: cancelled"),
            },
            "2026-11-05",
        ),
        ({"events/a.md": event("2026-10-05")}, "2026-02-01"),
        ({"events/a.md": event("2026-12-05")}, "2026-02-01"),
    ],
)
def test_a_gathering_counts_from_the_last_event_unless_one_lies_ahead(book, events, due):
    assert gathering(book, "role: owner\ngather_every: 1m\nsince: 2026", events) == due


@pytest.mark.parametrize("written", ["c", '"[[c]]"', "[[c]]", "C"])
def test_an_event_names_its_community_as_any_reference(book, written):
    events = {"events/a.md": event("2026-10-05", f"community: {written}")}
    assert gathering(book, "role: owner\ngather_every: 1m", events) == "2026-11-05"


@pytest.mark.parametrize("every", ["gather_every: never", "", "gather_every: 9999y"])
def test_a_gathering_that_never_comes(book, every):
    assert gathering(book, f"role: owner\n{every}\nsince: 2026-10-20") is None


# --- horizon


def test_what_due_shows(book):
    body = "".join(f"- [ ] x due {day(n)}\n" for n in (-1, 0, 1, 14, 15, 29, 30, 31, 400))
    made = book({"contacts/a.md": contact(body=body)})

    def days(*args: str) -> list[int]:
        return [-item["days_overdue"] for item in made.due(*args)]

    assert days() == [-1, 0, 1, 14]
    assert days("--within", "14d") == [-1, 0, 1, 14]
    assert days("--within", "1d") == [-1, 0, 1]
    assert days("--within", "1m") == [-1, 0, 1, 14, 15, 29, 30]
    assert days("--all") == [-1, 0, 1, 14, 15, 29, 30, 31, 400]


def test_an_empty_list_is_no_failure(book):
    made = book({"contacts/a.md": contact()})
    assert made.due() == []


# --- order


def order(made) -> list[tuple[str, str]]:
    return [(item["kind"], item["id"]) for item in made.due("--all")]


def test_the_order_of_the_four_groups(book):
    made = book(
        {
            # (1) overdue promises, the longest overdue first
            "contacts/p1.md": contact(f"follow_up: {day(-9)}"),
            "contacts/p2.md": contact(f"follow_up: {day(-1)}"),
            "contacts/t.md": contact(body=f"- [ ] x due {day(-5)}\n"),
            # (2) overdue cadence, by ratio: 2/7 after 30/92
            "contacts/c1.md": contact("cadence: 1w", [f"{day(-9)} call"]),
            "contacts/c2.md": contact("cadence: 92d", [f"{day(-122)} call"]),
            # (3) today's
            "contacts/n1.md": contact("tier: 5"),
            "contacts/n2.md": contact(f"follow_up: {day(0)}"),
            # (4) upcoming, by date
            "contacts/u1.md": contact("cadence: 1w", [f"{day(-6)} call"]),
            "contacts/u2.md": contact(f"follow_up: {day(3)}"),
            "contacts/u3.md": contact(f"follow_up: {day(40)}"),
        }
    )
    assert order(made) == [
        ("follow_up", "p1"),
        ("task", "t"),
        ("follow_up", "p2"),
        ("cadence", "c2"),
        ("cadence", "c1"),
        ("follow_up", "n2"),
        ("cadence", "n1"),
        ("cadence", "u1"),
        ("follow_up", "u2"),
        ("follow_up", "u3"),
    ]


def test_ties_go_by_kind_in_the_order_of_the_table(book):
    today = day(0)
    made = book(
        {
            "contacts/a.md": contact(f"birthday: 1990-{today[5:]}"),
            "contacts/b.md": contact(f"follow_up: {today}"),
            "contacts/c.md": contact("tier: 5"),
            "contacts/d.md": contact(body=f"- [ ] x due {today}\n"),
            "contacts/e.md": contact(),
            "contacts/f.md": contact("status: dormant"),
            "communities/g.md": community(f"role: owner\ngather_every: 1d\nsince: {day(-1)}"),
            "events/h.md": event(day(-1), people=[met("e"), met("Zhao"), f"who: f, next: {today}"]),
            "events/i.md": event(day(1), body="## Before\n\n- [ ] x\n"),
        }
    )
    assert [item["kind"] for item in made.due()] == [
        "recontact",
        "card",
        "task",
        "follow_up",
        "checklist",
        "second_meeting",
        "gathering",
        "birthday",
        "cadence",
    ]


@pytest.mark.parametrize("offset", [-3, 0, 3])
def test_ties_go_by_id_by_code_points_then_by_path_and_line(book, offset):
    ids = ["Zed", "a10", "a2", "b", "z", "é", "丁", "丙", "𠀀"]
    task = f"- [ ] x due {day(offset)}\n"
    files = {
        f"contacts/{9 - n}/{i}.md": contact(body=task * 3) for n, i in enumerate(reversed(ids))
    }
    items = book(files).due()
    assert [item["id"] for item in items] == [i for i in ids for _ in range(3)]
    assert [item["line"] for item in items] == [4, 5, 6] * len(ids)


def test_the_exact_ratio_orders_not_the_rounded_one(book):
    # 9/31 = 0.2903… and 29/100 = 0.29, 58/200 = 0.29: rounded they are all alike.
    made = book(
        {
            "contacts/c.md": contact("tier: 15", ["2026-10-12 call"]),
            "contacts/a.md": contact("cadence: 100d", [f"{day(-129)} call"]),
            "contacts/b.md": contact("cadence: 200d", [f"{day(-258)} call"]),
            "contacts/0.md": contact("cadence: 99d", [f"{day(-128)} call"]),  # 29/99 = 0.2929…
        }
    )
    items = made.due()
    assert [item["id"] for item in items] == ["0", "c", "a", "b"]
    assert [item["ratio"] for item in items] == [0.29] * 4


def test_a_promise_goes_before_a_cadence_long_overdue(book):
    made = book(
        {
            "contacts/a.md": contact("cadence: 1d", ["2020-01-01 call"]),
            "contacts/b.md": contact(f"follow_up: {day(-1)}"),
        }
    )
    assert order(made) == [("follow_up", "b"), ("cadence", "a")]


# --- the worked example, figure for figure


def test_the_worked_example(book):
    made = book(
        {
            "contacts/li.md": record("name: 李雷\ntier: 15", "\n## Log\n\n- 2026-10-12 call: x\n"),
            "contacts/wang.md": record(
                "name: Wang\ntier: 150", "\n## Log\n\n- 2026-04-01 call: x\n"
            ),
            "contacts/zhou.md": record("name: Zhou\ntier: 5", "\n## Log\n\n- 2026-09-01 call: x\n"),
            "events/summit.md": event("2026-11-18", "end: 2026-11-19", [met("zhou")]),
        }
    )
    assert made.problems() == []
    rows = [
        (item["kind"], item["id"], item["about"], item["due"], item["days_overdue"], item["ratio"])
        for item in made.due()
    ]
    assert rows == [
        ("recontact", "zhou", "summit", "2026-11-20", 1, None),
        ("cadence", "li", None, "2026-11-12", 9, 0.29),
        ("cadence", "wang", None, "2026-10-01", 51, 0.28),
    ]
    li = made.due()[1]
    assert (li["title"], li["path"], li["line"]) == ("李雷", "contacts/li.md", 1)
