"""The view models: what a page shows is decided here."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from renmai.model.records import Contact
from renmai.site.index import make_index
from renmai.site.media import pictures
from renmai.site.monogram import HUES, group_letters, hue, person_letters
from renmai.site.paths import page_path
from renmai.site.views.ahead import DAYS_AHEAD
from renmai.site.views.contact import contact_page
from renmai.site.views.contacts import contacts_page
from renmai.site.views.days import relative
from renmai.site.views.lens import Lens, image_places
from renmai.site.views.reach import reach
from renmai.site.views.rows import rows
from renmai.site.views.today import today_page
from renmai.words import Words
from tests.site.conftest import PIXEL, TODAY, lens_of

Lenses = Callable[..., Lens]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("林晓舟", "舟"),
        ("陈悦", "悦"),
        ("欧阳修远", "远"),
        ("骑旧折叠车的小林", "骑"),
        ("Ada Lovelace", "AL"),
        ("Ada King Lovelace", "AL"),
        ("ada", "A"),
        ("Élodie Œuvre", "ÉŒ"),
        ("Kira 赵", "K"),
        ("  ", "?"),
        ("", "?"),
        ("!?", "!"),
        ("ß", "ß"),
    ],
)
def test_the_letters_of_a_person(name: str, letters: str) -> None:
    assert person_letters(name) == letters


def test_the_letters_of_a_group_and_its_hue() -> None:
    assert group_letters("茶会 Tea") == "茶"
    assert hue("茶会") == hue("茶会") < HUES


@pytest.mark.parametrize(
    ("days", "due", "ago"),
    [
        (-3, "3 days overdue", "3 days ago"),
        (-1, "1 day overdue", "yesterday"),
        (0, "today", "today"),
        (1, "tomorrow", "tomorrow"),
        (3, "in 3 days", "in 3 days"),
    ],
)
def test_words_for_a_day(days: int, due: str, ago: str) -> None:
    words, day = Words("en"), TODAY + timedelta(days)
    assert relative(words, "due", day, TODAY) == due
    assert relative(words, "ago", day, TODAY) == ago


def test_ways_to_reach_somebody() -> None:
    contact = Contact(
        id="a",
        name="A",
        phones=("+1 555 0101", "ask her"),
        emails=("a+b@example.com", "no address"),
        wechat="a-example",
        linkedin="a-example",
        github="javascript:alert(1)",
        links={"blog": "https://example.com/a", "bad": "javascript:alert(1)"},
        contact_by="WeChat, never by phone",
    )
    ways = reach(contact, Words("en"))
    assert [(way.icon, way.href) for way in ways] == [
        ("wechat", None),
        ("phone", "tel:+15550101"),
        ("phone", None),
        ("email", "mailto:a+b@example.com"),
        ("email", None),
        ("linkedin", "https://www.linkedin.com/in/a-example"),
        ("github", None),
        ("link", "https://example.com/a"),
        ("link", None),
    ]


def test_an_address_is_shown_without_its_scheme() -> None:
    contact = Contact(
        id="a", name="A", github="https://www.example.com/code/a/", linkedin="ftp://x"
    )
    assert [(way.value, way.href) for way in reach(contact, Words("en"))] == [
        ("ftp://x", None),
        ("example.com/code/a", "https://www.example.com/code/a/"),
    ]


def test_a_card_shows_only_what_is_filled(lens: Lenses) -> None:
    seen = lens({"contacts/a.md": "---\nname: A\n---\n"})
    page = contact_page(seen, seen.book.contacts["a"])
    assert (page.boxes, page.now, page.tasks, page.reach, page.chips) == ([], [], [], [], [])


def test_a_page_has_both_sides_of_a_tie(lens: Lenses) -> None:
    seen = lens(
        {
            "contacts/a.md": "---\nname: A\nrelations: {who: b, how: mentor}\n---\nsee [[c]]\n",
            "contacts/b.md": "---\nname: B\nmet: {through: a}\n---\n",
            "contacts/c.md": "---\nname: C\n---\n",
        }
    )
    boxes = {
        id: {box.key: [p.name for p in box.people] for box in contact_page(seen, record).boxes}
        for id, record in seen.book.contacts.items()
    }
    assert boxes["a"] == {"relations": ["B"], "introduced": ["B"]}
    assert boxes["b"]["relations"] == ["A"]
    assert boxes["c"] == {"backlinks": ["A"]}


def test_the_timeline_is_one(lens: Lenses) -> None:
    seen = lens(
        {
            "contacts/a.md": """
            ---
            name: A
            ---
            ## Log
            - 2026-01-02 call: x
            - 2026-03-01 note: y
            """,
            "contacts/b.md": "---\nname: B\n---\n## Log\n- 2025-12-31 meet with [[a]]: z\n",
            "events/e.md": """
            ---
            title: E
            date: 2026-02-01
            people: [{who: a, met: yes, seed: s}]
            ---
            """,
            "events/f.md": "---\ntitle: F\ndate: 2026-12-24\npeople: {who: a}\n---\n",
        }
    )
    line = contact_page(seen, seen.book.contacts["a"]).story[0].what.timeline
    assert [(one.iso, one.icon, one.year, str(one.html or "")) for one in line] == [
        ("2026-12-24", "event", "2026", ""),
        ("2026-03-01", "note", "", "y"),
        ("2026-02-01", "event", "", "s"),
        ("2026-01-02", "call", "", "x"),
        ("2025-12-31", "meet", "2025", "z"),
    ]
    assert [one.name for one in line[-1].people] == ["B"]


# -- Today ----------------------------------------------------------------------------------------


def standing(seen: Lens) -> list[tuple[str, str]]:
    return [
        (row.kind, row.id)
        for section in today_page(seen).sections
        for row in section.rows
        if row.kind != "event"
    ]


def test_today_is_in_the_order_of_the_rules(example: Path) -> None:
    seen = lens_of(example)
    horizon = seen.facts.settings.horizon
    expected = [
        (item.kind, item.id) for item in seen.facts.follow_ups if item.state(horizon) != "later"
    ]
    assert standing(seen) == expected


def test_today_holds_what_the_days_behind_it_bring(example: Path) -> None:
    """A page is right for weeks: each later day's follow-ups are in it, with the days they last."""
    seen = lens_of(example)
    found = [placed.row() for placed in rows(seen)]
    horizon = seen.facts.settings.horizon
    for days in (1, 3, 8, 20, DAYS_AHEAD):
        day = seen.today + timedelta(days)
        later = lens_of(example, today=day)
        here = {
            (row.kind, row.id, row.who.name, row.why)
            for row in found
            if (row.since or "") <= day.isoformat() <= (row.until or "9999")
        }
        for item in later.facts.follow_ups:
            # Next year's birthday of somebody whose birthday has just passed lies far ahead.
            if item.state(horizon) != "later":
                keys = {key[:2] for key in here}
                assert (item.kind, item.id) in keys, (days, item)


def test_what_ends_with_an_event_ends_in_the_page(lens: Lenses) -> None:
    seen = lens(
        {
            "events/e.md": """
            ---
            title: E
            date: 2026-11-20
            end: 2026-11-22
            people: {who: a, met: yes}
            ---
            ## During
            - [ ] look
            ## After
            - [ ] write
            """,
            "contacts/a.md": "---\nname: A\n---\n",
        }
    )
    spans = {row.why or row.kind: (row.since, row.until) for row in (p.row() for p in rows(seen))}
    assert spans["look"] == (None, "2026-11-22")
    assert spans["write"] == ("2026-11-22", None)
    assert spans["met at "] == ("2026-11-22", None)


def test_never_in_touch_moves_with_the_day(lens: Lenses) -> None:
    seen = lens({"contacts/a.md": "---\nname: A\ncadence: 1m\n---\n"})
    (placed,) = rows(seen)
    row = placed.row()
    assert (row.rolling, row.length, placed.day) == (0, 30, TODAY)


def test_an_event_that_has_begun_is_todays(lens: Lenses) -> None:
    seen = lens({"events/e.md": "---\ntitle: E\ndate: 2026-11-20\nend: 2026-11-23\n---\n"})
    page = today_page(seen)
    assert [[row.id for row in section.rows] for section in page.sections] == [[], ["e"], []]
    assert [event.title for event in page.next_events] == ["E"]


# -- contacts and the index -----------------------------------------------------------------------


def test_names_are_ordered_by_their_reading(lens: Lenses) -> None:
    names = ["王芳", "Ada", "林晓舟", "Zoe", "émile"]
    seen = lens({f"contacts/p{n}.md": f"---\nname: {name}\n---\n" for n, name in enumerate(names)})
    people = [seen.book.contacts[id].name for id in seen.ids_by_name]
    assert people == ["Ada", "émile", "林晓舟", "王芳", "Zoe"]
    assert [row.who.note for row in contacts_page(seen).rows][2] == "Lin Xiaozhou"


def test_the_index_knows_readings(lens: Lenses) -> None:
    seen = lens(
        {
            "contacts/a.md": "---\nname: 林晓舟\ncity: 上海\naliases: [Joe]\ntags: [t]\n---\n",
            "contacts/me.md": "---\nname: Me\nme: yes\n---\n",
            "events/e.md": "---\ntitle: E\ndate: 2026-11-21\n---\n",
            "communities/c.md": "---\nname: C\n---\n",
        }
    )
    index = json.loads(make_index(seen))
    found = [dict(zip(index["columns"], row, strict=False)) for row in index["rows"]]
    assert [row["kind"] for row in found] == ["contact", "contact", "event", "community"]
    assert (found[0]["reading"], found[0]["initials"]) == ("Lin Xiaozhou", "lxz")
    assert "shanghai" in [word.lower() for word in found[0]["words"]]
    assert found[1]["status"] == "me"


# -- paths and pictures ---------------------------------------------------------------------------


def test_a_long_id_still_makes_a_file_name() -> None:
    one, two = (page_path(Contact(id="长" * 80 + end)) for end in "ab")
    assert len(one.split("/")[1].encode()) <= 255
    assert one != two


@pytest.mark.parametrize(
    ("image", "places"),
    [
        ("p.png", ["contacts/work/p.png", "p.png"]),
        ("../p.png", ["contacts/p.png"]),
        ("../../../p.png", []),
        ("https://example.com/p.png", []),
        ("//example.com/p.png", []),
        ("file:///etc/p.png", []),
    ],
)
def test_where_an_image_lies(image: str, places: list[str]) -> None:
    assert image_places(image, "contacts/work/a.md") == places


def test_only_raster_images_within_the_book_are_shown(tmp_path: Path) -> None:
    root = tmp_path / "book"
    root.mkdir()
    (root / "a.png").write_bytes(PIXEL)
    (root / "svg.png").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (root / "text.md").write_text("x")
    (tmp_path / "out.png").write_bytes(PIXEL)
    (root / "link.png").symlink_to(tmp_path / "out.png")
    (root / "inner.jpg").symlink_to(root / "a.png")
    names = ["a.png", "svg.png", "text.md", "link.png", "inner.jpg", "../out.png", "no.png", "\0"]
    found = pictures(root, names)
    assert set(found) == {"a.png", "inner.jpg"}
    assert all(place.endswith(".png") for place, _ in found.values())


def test_the_language_of_a_page(example: Path) -> None:
    day = date(2026, 11, 21)
    assert today_page(lens_of(example, today=day)).heading == "Saturday, 21 November"
    chinese = today_page(lens_of(example, today=day, language="zh"))
    assert chinese.heading == "11月21日 星期六"
