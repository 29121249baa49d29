"""format.md, "Types" and the tables of keys: what each type takes, and where it ends."""

from __future__ import annotations

import pytest

from tests.spec.book import contact, event, record


def good(book, front: str, path: str = "contacts/a.md") -> None:
    made = book({path: whole(front, path)})
    assert made.problems() == []


def bad(book, front: str, path: str = "contacts/a.md") -> None:
    made = book({path: whole(front, path)})
    line = 4 if path.startswith("events/") else 3
    assert made.at(path) == [(line, "error", "bad-value")]


def whole(front: str, path: str) -> str:
    if path.startswith("events/"):
        return event(front=front)
    return record(("name: A\n") + front)


# --- date


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-21",
        "0001-01-01",
        "9999-12-31",
        "2024-02-29",
        "2000-02-29",
        '"2026-11-21"',
        "2026-11-21 # soon",
    ],
)
def test_a_date(book, written):
    good(book, f"snooze: {written}")


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-31",
        "2026-13-01",
        "2026-00-10",
        "2026-11-00",
        "2025-02-29",
        "1900-02-29",
        "0000-01-01",
        "10000-01-01",
        "2026-11",
        "2026",
        "--11-21",
        "26-11-21",
        "2026-1-2",
        "2026-11-2",
        "2026/11/21",
        "2026.11.21",
        "20261121",
        "2026-W47-6",
        "2026-325",
        "2026-11-21T10:00",
        "2026-11-21 10:00",
        "21 Nov 2026",
        "2026年11月21日",
        "２０２６-11-21",
        "٢٠٢٦-11-21",
        "2026‑11‑21",
        "-2026-11-21",
        "tomorrow",
        "never",
        "1m",
    ],
)
def test_what_is_no_date(book, written):
    bad(book, f"snooze: {written}")


@pytest.mark.parametrize("key", ["end", "announced"])
def test_dates_of_an_event(book, key):
    good(book, f"{key}: 2026-11-19", "events/e.md")
    bad(book, f"{key}: 2026-11", "events/e.md")


def test_an_event_of_one_day_may_say_its_end(book):
    good(book, "end: 2026-11-19", "events/e.md")


# --- partial date


@pytest.mark.parametrize(
    "written",
    ["2026-11-21", "2026-11", "2026", "--11-21", "--02-29", "0001", "9999-12", "2024-02-29"],
)
def test_a_partial_date(book, written):
    good(book, f"met: {{date: {written}}}")
    good(book, f"since: {written}", "communities/c.md")
    good(book, f"left: {written}", "communities/c.md")
    good(book, f"dates: {{date: {written}, what: x}}")
    good(book, f"birthday: {written}")


@pytest.mark.parametrize(
    "written",
    [
        "--11",
        "--13-01",
        "--02-30",
        "--11-31",
        "--1-2",
        "-11-21",
        "---11-21",
        "11-21",
        "2026-13",
        "2026-00",
        "2026-1",
        "0000",
        "202",
        "20261",
        "2025-02-29",
        "2026-11-",
        "２０２６",
        "lunar 1985-01-15",
    ],
)
def test_what_is_no_partial_date(book, written):
    bad(book, f"met: {{date: {written}}}")
    bad(book, f"since: {written}", "communities/c.md")


# --- birthday


@pytest.mark.parametrize(
    "written",
    [
        "lunar 1985-01-15",
        "lunar --01-15",
        "lunar --12-30",
        "lunar 1985-01-15 leap",
        "lunar --06-10 leap",
        "lunar 2025-06-10 leap",
    ],
)
def test_a_lunar_birthday(book, written):
    good(book, f"birthday: {written}")


@pytest.mark.parametrize(
    "written",
    [
        "lunar",
        "lunar 1985",
        "lunar 1985-01",
        "lunar 1985-13-01",
        "lunar 1985-00-01",
        "lunar 1985-01-31",
        "lunar --01-31",
        "lunar --13-01",
        "lunar 1985-1-15",
        "1985-01-15 leap",
        "--01-15 leap",
        "leap lunar 1985-01-15",
        "lunar 1985-01-15 jump",
        "solar 1985-01-15",
        "1985-02-30",
        "soon",
    ],
)
def test_what_is_no_birthday(book, written):
    bad(book, f"birthday: {written}")


# --- duration


@pytest.mark.parametrize(
    "written",
    [f"{n}{unit}" for n in (1, 7, 9999) for unit in "dwmy"] + ["never", '"2w"'],
)
def test_a_duration(book, written):
    made = book({"contacts/a.md": contact(f"cadence: {written}")})
    assert made.problems() == []
    assert made.show("a")["cadence"] == written.strip('"')


@pytest.mark.parametrize(
    "written",
    [f"{n}{unit}" for n in (0, 10000) for unit in "dwmy"]
    + ["-1d", "+1d", "1.5m", "m", "7", "1h", "7 days", "1w2d", "1d1d", "P1M", "a1d", "1/2y"],
)
def test_what_is_no_duration(book, written):
    bad(book, f"cadence: {written}")
    bad(book, f"gather_every: {written}", "communities/c.md")


# --- number


@pytest.mark.parametrize("written", ["0", "1", "15", '"15"', "100000"])
@pytest.mark.parametrize(
    ("key", "path"),
    [("target_count", "events/e.md"), ("capacity", "events/e.md"), ("size", "communities/c.md")],
)
def test_a_number(book, written, key, path):
    good(book, f"{key}: {written}", path)


@pytest.mark.parametrize(
    "written",
    ["-1", "+5", "1.5", "5.0", "ten", "1_000", "1,000", "0x10", "1e3", "１５", "十", "٣", "²"],
)
def test_what_is_no_number(book, written):
    bad(book, f"capacity: {written}", "events/e.md")
    bad(book, f"size: '{written}'", "communities/c.md")


def test_target_count_is_the_number_written(book):
    made = book({"events/e.md": event(front="target_count: 3"), "events/f.md": event()})
    assert made.show("e")["readiness"]["target_count"] == 3
    assert made.show("f")["readiness"]["target_count"] == 10


# --- yes/no


@pytest.mark.parametrize(
    ("written", "value"),
    [(word, True) for word in ("true", "yes", "on", "是")]
    + [(word, False) for word in ("false", "no", "off", "否")],
)
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_yes_and_no_in_both_languages(book, written, value, quote):
    made = book(
        {
            "contacts/li.md": contact(),
            "events/e.md": event(people=[f"who: li, met: {quote}{written}{quote}"]),
        }
    )
    assert made.problems() == []
    assert made.show("e")["met"] == (["li"] if value else [])


@pytest.mark.parametrize("written", ["1", "0", "maybe", "y", "对", "不", "t"])
def test_what_is_neither_yes_nor_no(book, written):
    bad(book, f"hosted: {written}", "events/e.md")
    bad(book, f"me: {written}")


# --- time


@pytest.mark.parametrize("written", ["00:00", "09:30", "12:30", "23:59", '"12:30"'])
def test_a_time(book, written):
    good(book, f"time: {written}", "events/e.md")


@pytest.mark.parametrize("written", ["24:00", "12:60", "noon", "12:30:00", "1230", "12", "12：30"])
def test_what_is_no_time(book, written):
    bad(book, f"time: {written}", "events/e.md")


# --- one of a few words


@pytest.mark.parametrize(
    ("path", "key", "words"),
    [
        ("contacts/a.md", "status", "active wanted dormant deceased"),
        ("contacts/a.md", "tier", "5 15 50 150"),
        ("events/a.md", "kind", "conference meetup gathering training volunteer social"),
        ("events/a.md", "status", "considering going cancelled"),
        ("events/a.md", "level", "local city national international"),
        ("events/a.md", "table", "long small round standing"),
        ("events/a.md", "bill", "split host sponsor"),
        ("communities/a.md", "role", "owner admin member observer"),
    ],
)
def test_a_key_takes_its_words_and_no_other(book, path, key, words):
    for word in words.split():
        good(book, f"{key}: {word}", path)
    for other in ("other", "20", "是"):
        bad(book, f"{key}: {other}", path)


@pytest.mark.parametrize("key", ["status", "route"])
def test_an_invitation_takes_its_words_and_no_other(book, key):
    words = {"status": "needed asked confirmed", "route": "ticket friend sponsor volunteer host"}
    for word in words[key].split():
        good(book, f"invitation: {{{key}: {word}}}", "events/e.md")
    bad(book, f"invitation: {{{key}: other}}", "events/e.md")


@pytest.mark.parametrize("role", ["speaker", "organiser", "guest", "volunteer", "the one in red"])
def test_the_role_of_a_person_is_free(book, role):
    good(book, f"people: {{who: Zhao, role: {role}}}", "events/e.md")


@pytest.mark.parametrize(
    "how",
    [
        "spouse",
        "parent",
        "child",
        "sibling",
        "colleague",
        "manager",
        "report",
        "mentor",
        "mentee",
        "friend",
        "classmate",
        "partner",
        "the one who lent me a tent",
        "发小",
    ],
)
def test_how_two_people_are_related_is_free(book, how):
    made = book(
        {"contacts/a.md": contact(f"relations: {{who: b, how: {how}}}"), "contacts/b.md": contact()}
    )
    assert made.problems() == []
    assert made.show("a")["relations"] == [{"id": "b", "how": how}]


def test_a_person_takes_recontact_skip_alone(book):
    good(book, "people: {who: Zhao, recontact: skip}", "events/e.md")
    bad(book, "people: {who: Zhao, recontact: later}", "events/e.md")


# --- lists


@pytest.mark.parametrize("written", ["work", "[work]", "\n  - work", '"work"'])
def test_a_list_or_one_alone(book, written):
    made = book({"contacts/a.md": contact(f"circles: {written}")})
    assert made.problems() == []
    assert made.show("a")["circles"] == ["work"]


@pytest.mark.parametrize(
    "front",
    [
        "dates: {date: --05-01, what: x}",
        "dates: [{date: --05-01, what: x}]",
        "dates:\n  date: --05-01\n  what: x",
        "dates:\n- date: --05-01\n  what: x",
        "relations: {who: a, how: friend}",
    ],
)
def test_a_list_of_maps_or_one_map_alone(book, front):
    good(book, front)


def test_one_person_alone_at_an_event(book):
    made = book(
        {"contacts/li.md": contact(), "events/e.md": event(front="people: {who: li, met: yes}")}
    )
    assert made.problems() == []
    assert made.show("e")["met"] == ["li"]


@pytest.mark.parametrize(
    "key",
    ["family", "background", "hobbies", "likes", "values", "achievements", "challenge", "value"],
)
def test_text_or_a_list_of_text(book, key):
    good(book, f"{key}: one thing")
    good(book, f"{key}: [one thing, another]")
    good(book, f"{key}: |\n  several\n  lines")
    bad(book, f"{key}: {{a: b}}")


@pytest.mark.parametrize("key", ["admission", "rules"])
def test_text_or_a_list_of_text_of_a_community(book, key):
    good(book, f"{key}: one thing", "communities/c.md")
    good(book, f"{key}: [one thing, another]", "communities/c.md")
    bad(book, f"{key}: {{a: b}}", "communities/c.md")


@pytest.mark.parametrize(
    "key",
    [
        "pinyin",
        "company",
        "title",
        "city",
        "timezone",
        "language",
        "wechat",
        "linkedin",
        "github",
        "contact_by",
        "assistant",
        "goal",
    ],
)
def test_text_keys_of_a_contact(book, key):
    good(book, f"{key}: 0138")
    bad(book, f"{key}: [a]")


@pytest.mark.parametrize("key", ["aliases", "emails", "phones", "needs", "offers", "tags"])
def test_keys_of_a_contact_that_are_lists_of_text(book, key):
    good(book, f"{key}: one")
    good(book, f"{key}: [one, 2]")
    bad(book, f"{key}: [[one], two]")
    bad(book, f"{key}: {{one: two}}")


@pytest.mark.parametrize("key", ["place", "url", "goal", "budget"])
def test_text_keys_of_an_event(book, key):
    good(book, f"{key}: 0138", "events/e.md")
    bad(book, f"{key}: [a]", "events/e.md")


@pytest.mark.parametrize("key", ["theme", "platform", "url", "city"])
def test_text_keys_of_a_community(book, key):
    good(book, f"{key}: 0138", "communities/c.md")
    bad(book, f"{key}: [a]", "communities/c.md")


@pytest.mark.parametrize("key", ["does", "challenge", "value", "recognise", "seed"])
def test_text_keys_of_a_person_at_an_event(book, key):
    good(book, f"people: {{who: Zhao, {key}: 0138}}", "events/e.md")
    bad(book, f"people: {{who: Zhao, {key}: {{a: b}}}}", "events/e.md")


# --- the photo


@pytest.mark.parametrize(
    "photo", ["photos/li.jpg", "./photos/li.jpg", "photos/../photos/li.jpg", "照片/李.png"]
)
def test_a_photo_is_a_path_below_the_book(book, photo):
    made = book(
        {
            "photos/li.jpg": b"\xff",
            "照片/李.png": b"\x89",
            "contacts/a.md": contact(f"photo: {photo}"),
        }
    )
    assert made.problems() == []


@pytest.mark.parametrize(
    "photo", ["../li.jpg", "photos/../../li.jpg", "/etc/hostname", "../../../../etc/hostname"]
)
def test_a_photo_that_leaves_the_book(book, photo):
    made = book({"contacts/a.md": contact(f"photo: {photo}")})
    (made.root.parent / "li.jpg").write_bytes(b"\xff")
    assert made.at("contacts/a.md") == [(3, "error", "bad-value")]


def test_a_photo_that_is_not_there(book):
    made = book({"contacts/a.md": contact("city: x\nphoto: photos/li.jpg")})
    assert made.at("contacts/a.md") == [(4, "warning", "no-such-file")]


# --- circles and the own card


def test_an_unknown_circle_is_a_warning_at_its_item(book):
    text = contact("circles:\n  - work\n  - moon\n  - hobby\n  - mars")
    assert book({"contacts/a.md": text}).at("contacts/a.md") == [
        (5, "warning", "unknown-circle"),
        (7, "warning", "unknown-circle"),
    ]


@pytest.mark.parametrize(
    "circle",
    [
        "family",
        "classmate",
        "colleague",
        "work",
        "hobby",
        "media",
        "finance",
        "community",
        "government",
    ],
)
def test_the_circles_that_are_there_by_default(book, circle):
    good(book, f"circles: {circle}")


def test_several_own_cards_are_told_at_the_me_line_of_each(book):
    made = book(
        {
            "contacts/a.md": contact("me: yes"),
            "contacts/b.md": contact("city: x\n\nme: 是"),
            "contacts/c.md": contact("me: no"),
            "contacts/d.md": contact("tier: 15\nme: on"),
        }
    )
    assert [tuple(row) for row in made.problems()] == [
        ("contacts/a.md", 3, "error", "several-me"),
        ("contacts/b.md", 5, "error", "several-me"),
        ("contacts/d.md", 4, "error", "several-me"),
    ]


def test_one_own_card_is_none_too_many(book):
    made = book({"contacts/a.md": contact("me: yes"), "contacts/b.md": contact("me: no")})
    assert made.problems() == []


# --- people listed twice


def test_a_person_listed_twice_is_a_warning(book):
    made = book(
        {
            "contacts/li.md": contact("aliases: [Leilei]", name="Li Lei"),
            "events/e.md": event(
                people=["who: li", "who: Zhao", "who: Leilei", 'who: "[[Li Lei]]"']
            ),
        }
    )
    assert made.at("events/e.md") == [
        (7, "warning", "duplicate-person"),
        (8, "warning", "duplicate-person"),
    ]
