"""rules.md, "Warmth" and "Ledger", as far as `show --json` gives them; figures worked by hand."""

from __future__ import annotations

import pytest

from tests.spec.book import contact, day, event, met

# Half of the weight is left after 180 days, a quarter after 360, 0.2453 after 365.
HALF = day(-180)


def show(book, log=(), front="", files=None, today: int = 0):
    made = book(
        {"contacts/li.md": contact(front, log), "contacts/a.md": contact(), **(files or {})}
    )
    return made.show("li", day(today))


# --- warmth


@pytest.mark.parametrize(
    ("log", "warmth"),
    [
        ([], 0),
        ([f"{day(0)} meet"], 3),
        ([f"{day(0)} meet!"], 6),
        ([f"{day(0)} call"], 2),
        ([f"{HALF} call"], 1),
        ([f"{HALF} call!"], 2),
        ([f"{day(-360)} call"], 0.5),
        ([f"{day(-540)} meet"], 0.38),  # 3/8 = 0.375
        ([f"{day(-1)} call"], 1.99),  # 2 · 2^(-1/180) = 1.9923
        ([f"{day(-10)} meet"], 2.89),  # 3 · 2^(-10/180) = 2.8867
        ([f"{day(-90)} message"], 0.71),  # 2^(-1/2) = 0.7071
        ([f"{day(-365)} meet"], 0.74),  # 3 · 0.2453 = 0.7358
        ([f"{day(0)} meet", f"{day(0)} call", f"{day(0)} message"], 6),
        ([f"{day(0)} meet", f"{HALF} gave!", f"{day(-360)} gift"], 6.5),
        ([f"{day(0)} note", f"{day(0)} output", f"{day(1)} meet"], 0),
        ([f"{day(0)} intro with [[a]]"], 3),
    ],
)
def test_warmth(book, log, warmth):
    assert show(book, log)["warmth"] == pytest.approx(warmth, abs=1e-9)


def test_the_warmth_of_those_behind_with(book):
    files = {"contacts/b.md": contact(log=[f"{day(0)} meet! with [[li]]: x"])}
    assert show(book, [f"{day(0)} call with [[a]]"], files=files)["warmth"] == 8


def test_an_event_where_one_met_weighs_three_from_its_end_on(book):
    files = {
        "events/e.md": event(day(-200), f"end: {HALF}", [met("li")]),
        "events/f.md": event(day(0), people=[met("li")]),
        "events/g.md": event(day(0), people=["who: li, met: no"]),
        "events/h.md": event(day(0), "status: cancelled", [met("li")]),
        "events/i.md": event(day(1), people=[met("li")]),
        "events/j.md": event(day(0), people=[met("li"), met("li")]),
    }
    assert show(book, files=files)["warmth"] == 1.5 + 3 + 3


def test_an_event_that_still_runs_counts_from_its_first_day(book):
    files = {"events/e.md": event(HALF, f"end: {day(3)}", [met("li")])}
    assert show(book, files=files)["warmth"] == 1.5


@pytest.mark.parametrize("today", [0, 180, 360])
def test_warmth_fades(book, today):
    shown = show(book, [f"{day(0)} meet!"], today=today)
    assert shown["warmth"] == 6 / 2 ** (today // 180)


# --- levels


@pytest.mark.parametrize(
    ("log", "warmth", "level"),
    [
        ([f"{day(0)} meet", f"{day(0)} meet"], 6, "hot"),
        ([f"{day(0)} meet", f"{day(-1)} meet"], 5.99, "warm"),
        ([f"{day(0)} call"], 2, "warm"),
        ([f"{HALF} call!"], 2, "warm"),
        ([f"{day(-1)} call"], 1.99, "cool"),
        ([f"{HALF} message"], 0.5, "cool"),
        ([f"{day(-360)} call"], 0.5, "cool"),
        ([f"{day(-181)} message"], 0.5, "cold"),  # 0.498 is less than 0.5, and shown as 0.5
        ([], 0, "cold"),
    ],
)
def test_the_level_goes_by_the_exact_value(book, log, warmth, level):
    shown = show(book, log)
    assert (shown["warmth"], shown["level"]) == (warmth, level)


# --- drifting apart


@pytest.mark.parametrize(
    ("log", "drifting"),
    [
        # A year ago is 2025-11-21; since then 0.2453 of the warmth is left.
        (["2025-11-21 call"], True),
        (["2025-11-20 call"], False),  # 1.99 a year ago
        (["2025-11-21 message", "2025-11-21 message"], True),
        (["2025-11-21 message"], False),
        (["2025-11-22 meet"], False),
        (["2025-11-21 call", f"{day(0)} message"], False),
        (["2025-11-21 call", f"{day(0)} note"], True),
        (["2025-05-25 call!"], True),  # 4 · 1/2 = 2 a year ago
        (["2025-05-24 call!"], False),
        ([], False),
    ],
)
def test_drifting_apart(book, log, drifting):
    assert show(book, log)["drifting"] is drifting


def test_a_quarter_of_it_is_the_border(book):
    # Of w a year ago, w · 0.24523 is left; a fresh message adds 1: no more than a quarter when
    # w · (0.25 - 0.24523) ≥ 1, that is from 209.8 on.
    for warm, drifting in ((208, False), (210, True)):
        log = ["2025-11-21 call"] * (warm // 2) + [f"{day(0)} message"]
        assert show(book, log)["drifting"] is drifting, warm


@pytest.mark.parametrize("status", ["wanted", "dormant", "deceased"])
def test_only_active_contacts_drift(book, status):
    assert show(book, ["2025-11-21 call"], f"status: {status}")["drifting"] is False


def test_a_year_ago_is_clamped(book):
    files = {
        "contacts/on.md": contact(log=["2027-02-28 call"]),
        "contacts/behind.md": contact(log=["2027-03-01 call!"]),
    }
    made = book(files)
    assert made.show("on", "2028-02-29")["drifting"] is True
    assert made.show("behind", "2028-02-29")["drifting"] is False


# --- meetings in person


def test_meetings_in_person_are_counted(book):
    log = [
        f"{day(-3)} meet",
        f"{day(-3)} 见面",
        f"{day(-9)} coffee",
        f"{day(-1)} call",
        f"{day(2)} meet",
    ]
    files = {
        "events/e.md": event(people=[met("li")]),
        "events/f.md": event(people=["who: li"]),
        "contacts/b.md": contact(log=[f"{day(-5)} visit with [[li]]"]),
    }
    assert show(book, log, files=files)["meetings"] == 5


# --- ledger


@pytest.mark.parametrize(
    ("log", "ledger"),
    [
        ([], (0, 0, 0, False)),
        (["gave"], (1, 0, 0, False)),  # 2 < 3
        (["gave", "帮助"], (2, 0, 0, True)),  # 4 ≥ 3
        (["gave", "intro with [[a]]"], (2, 0, 0, True)),
        (["helped", "got", "received", "受助"], (1, 3, 0, False)),
        (["gave", "gave", "asked"], (2, 0, 1, False)),  # 4 < 6
        (["gave", "gave", "gave", "asked"], (3, 0, 1, True)),  # 6 ≥ 6
        (["gave"] * 4 + ["asked", "求助"], (4, 0, 2, False)),  # 8 < 9
        (["gave"] * 5 + ["asked", "asked"], (5, 0, 2, True)),  # 10 ≥ 9
        (["gave"] * 6 + ["asked"] * 3, (6, 0, 3, True)),  # 12 ≥ 12
        (["meet", "call", "gift", "note", "message"], (0, 0, 0, False)),
    ],
)
def test_the_ledger(book, log, ledger):
    keys = ("gave", "got", "asked", "ready_to_ask")
    shown = show(book, [f"{day(-n)} {entry}" for n, entry in enumerate(log)])
    assert shown["ledger"] == dict(zip(keys, ledger, strict=True))


def test_an_intro_counts_for_everybody_it_counts_for(book):
    made = book(
        {
            "contacts/li.md": contact(log=[f"{day(-3)} intro with [[a]], [[b]]: x"]),
            "contacts/a.md": contact(),
            "contacts/b.md": contact(),
            "contacts/me.md": contact(
                "me: yes", [f"{day(-1)} gave with [[b]]: y", f"{day(9)} gave with [[b]]"]
            ),
        }
    )
    assert {who: made.show(who)["ledger"]["gave"] for who in ("li", "a", "b")} == {
        "li": 1,
        "a": 1,
        "b": 2,
    }
