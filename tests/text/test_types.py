"""Values by their type: what is read, what is refused and at which line."""

from __future__ import annotations

import datetime

import pytest

from renmai.model.records import Community, Contact, Event, Person
from renmai.problems import Problem
from renmai.text.references import Ref
from renmai.text.types import LinedText
from renmai.text.values import Duration, LunarDate, PartialDate
from tests.books import sources

Row = tuple[int, str, str]


def read(front: str, folder: str = "contacts") -> tuple[object, list[Problem]]:
    """A record with this front matter, from line 3 on, of an event from line 4 on."""
    first = "title: T\ndate: 2026-11-21" if folder == "events" else "name: N"
    (source,) = sources({f"{folder}/x": f"---\n{first}\n{front}\n---\n"})
    assert source.record is not None
    return source.record, source.problems


def value(front: str, folder: str = "contacts") -> object:
    """The value of the key that `front` begins with, read without a problem."""
    record, problems = read(front, folder)
    assert problems == []
    return getattr(record, front.partition(":")[0])


def refused(front: str, folder: str = "contacts") -> list[Row]:
    """Line, code and variant of the problems."""
    return [(each.line, each.code, each.variant) for each in read(front, folder)[1]]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("city: 0138", "0138"),
        ("city: No", "No"),
        ("city: ' padded '", "padded"),
        ("aliases: one", ("one",)),
        ("aliases: [one, two]", ("one", "two")),
        ("aliases: [one, ~, null, '', two]", ("one", "two")),
        ("aliases: ['null', '~']", ("null", "~")),
        ("aliases: []", ()),
        ("aliases:", ()),
        ("tier: 15", 15),
        ("tier: '15'", 15),
        ("tier: ~", None),
        ("me: 是", True),
        ("me: OFF", False),
        ("cadence: 3m", Duration(3, "m")),
        ("snooze: 2026-12-01", datetime.date(2026, 12, 1)),
        ("birthday: lunar --01-15", LunarDate(None, 1, 15)),
        ("birthday: --11-21", PartialDate(None, 11, 21)),
        ("status: dormant", "dormant"),
        ("links: {blog: https://example.com, x: ~}", {"blog": "https://example.com"}),
        ("photo: contacts/li.png", "contacts/li.png"),
        ("circles: work", (LinedText("work", 3),)),
        ("circles:\n  - work\n  - ~\n  - hobby", (LinedText("work", 4), LinedText("hobby", 6))),
    ],
)
def test_values(front: str, expected: object) -> None:
    assert value(front) == expected


@pytest.mark.parametrize(
    ("front", "rows"),
    [
        ("tier: x", [(3, "bad-value", "")]),
        ("tier: -1", [(3, "bad-value", "")]),
        ("tier: 1.5", [(3, "bad-value", "")]),
        ("tier: [15]", [(3, "bad-value", "")]),
        ("me: maybe", [(3, "bad-value", "")]),
        ("cadence: 1 month", [(3, "bad-value", "")]),
        ("snooze: 2026-02-30", [(3, "bad-value", "")]),
        ("snooze: 2026-12", [(3, "bad-value", "")]),
        ("status: Active", [(3, "bad-value", "choice")]),
        ("status: [active]", [(3, "bad-value", "choice")]),
        ("city: [a]", [(3, "bad-value", "")]),
        ("city: {a: b}", [(3, "bad-value", "")]),
        ("background: {x-y: z}", [(3, "bad-value", "")]),
        ("photo: ../x.png", [(3, "bad-value", "")]),
        ("links: x", [(3, "bad-value", "")]),
        ("links: {a: [b]}", [(3, "bad-value", "")]),
        ("links:\n  a: x\n  b: [c]", [(5, "bad-value", "")]),
        ("aliases:\n  - a\n  - [b]\n  - {c: d}", [(5, "bad-value", ""), (6, "bad-value", "")]),
        ("birthday: 31/12", [(3, "bad-value", "")]),
        ("met: 2026-11", [(3, "bad-value", "example")]),
        ("met:\n  date: soon\n  at: x", [(4, "bad-value", "")]),
        ("dates:\n  - date: x\n    what: y\n  - {what: z}",
         [(4, "bad-value", ""), (6, "missing-key", "")]),
        ("relations:\n  - how: friend", [(4, "missing-key", "")]),
        ("follow_up: soon", [(3, "bad-value", "")]),
        ("follow_up: {why: x}", [(3, "missing-key", "")]),
        ("follow_up: {date: 2026-12-01, wy: x}", [(3, "unknown-key", "near")]),
        ("cty: x", [(3, "unknown-key", "near")]),
        ("zzzzqq: x", [(3, "unknown-key", "default")]),
        ("x-mine: {a: [b]}", []),
        ("met: {x-mine: 1, at: x}", []),
        ("Name: x", [(3, "unknown-key", "near")]),
        ("relations: &a [{who: x}]\naliases: *a", [(3, "yaml-alias", "anchor"),
                                                   (4, "yaml-alias", "alias")]),
    ],
)  # fmt: skip
def test_problems_at_the_innermost_line(front: str, rows: list[Row]) -> None:
    assert refused(front) == rows


def test_what_can_be_read_of_a_file_with_a_bad_value_is_used() -> None:
    record, problems = read("tier: x\ncity: Oslo\nmet: {date: x, at: y}\naliases: [a, [b]]")
    assert len(problems) == 3
    assert isinstance(record, Contact)
    assert (record.tier, record.city, record.aliases) == (None, "Oslo", ("a",))
    assert record.met
    assert (record.met.date, record.met.at) == (None, Ref("y", False, 5))


@pytest.mark.parametrize(
    ("written", "ref"),
    [
        ("li", Ref("li", False, 3)),
        ('"[[li]]"', Ref("li", True, 3)),
        ("[[li]]", Ref("li", True, 3)),
        ("[[li|x]]", Ref("li", True, 3)),
        ("'[[Lin, Xiao]]'", Ref("Lin, Xiao", True, 3)),
        ("12", Ref("12", False, 3)),
    ],
)
def test_a_reference(written: str, ref: Ref) -> None:
    record, problems = read(f"met: {{through: {written}}}")
    assert problems == []
    assert isinstance(record, Contact)
    assert record.met
    assert record.met.through == ref


@pytest.mark.parametrize(
    ("written", "variant"),
    [
        ("[[Lin, Xiao]]", "quote-reference"),
        ("[li]", ""),
        ("[[[li]]]", ""),
        ("[[li], [wang]]", ""),
        ("{a: b}", ""),
        ("[[]]", ""),
        ("[['#x']]", ""),
    ],
)
def test_no_reference(written: str, variant: str) -> None:
    assert refused(f"met:\n  through: {written}") == [(4, "bad-value", variant)]


@pytest.mark.parametrize(
    ("written", "refs"),
    [
        ("li", [("li", 3)]),
        ("[[li]]", [("li", 3)]),
        ("[li, wang]", [("li", 3), ("wang", 3)]),
        ("[[[li]], [[wang]], Ms Wu]", [("li", 3), ("wang", 3), ("Ms Wu", 3)]),
        ("\n  - li\n  - [[wang]]\n  - ~\n  - '[[a]]'", [("li", 4), ("wang", 5), ("a", 7)]),
        ("[]", []),
    ],
)
def test_a_list_of_references(written: str, refs: list[tuple[str, int]]) -> None:
    record, problems = read(f"members: {written}", "communities")
    assert problems == []
    assert isinstance(record, Community)
    assert [(ref.text, ref.line) for ref in record.members] == refs


def test_people_with_the_line_of_each_key() -> None:
    record, problems = read(
        "people:\n  - who: li\n    met: yes\n    next: 2026-12-01\n  - {who: Ms Wu, target: yes}",
        "events",
    )
    assert problems == []
    assert isinstance(record, Event)
    li, wu = record.people
    assert (li.line, li.lines) == (5, {"who": 5, "met": 6, "next": 7})
    assert (wu.line, wu.target, wu.met) == (8, True, False)
    assert wu.line_of("next") == 8


def test_one_person_alone() -> None:
    record, problems = read("people: {who: li}", "events")
    assert problems == []
    assert isinstance(record, Event)
    assert [person.who for person in record.people] == [Ref("li", False, 4)]
    assert isinstance(record.people[0], Person)


@pytest.mark.parametrize(
    ("front", "date", "why"),
    [
        ("follow_up: 2026-12-01", "2026-12-01", None),
        ("follow_up: {date: 2026-12-01, why: x}", "2026-12-01", "x"),
        ("follow_up:\n  date: 2026-12-01\n  why:", "2026-12-01", None),
    ],
)
def test_a_promise(front: str, date: str, why: str | None) -> None:
    record, problems = read(front)
    assert problems == []
    assert isinstance(record, Contact)
    assert record.follow_up
    assert (str(record.follow_up.date), record.follow_up.why) == (date, why)
    assert record.line_of("follow_up") == 3


def test_defaults_are_not_shared() -> None:
    one, _ = read("")
    other, _ = read("")
    assert isinstance(one, Contact)
    assert isinstance(other, Contact)
    one.links["x"] = "y"
    assert (other.aliases, other.links) == ((), {})
