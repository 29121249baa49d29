"""cli.md, `show --json`: the documents of a contact, an event and a community."""

from __future__ import annotations

import pytest

from tests.spec.book import community, contact, day, event, line_of, met, record

# --- a contact


def test_the_document_of_a_bare_contact(book):
    shown = book({"contacts/li.md": contact(name="Li")}).show("li")
    assert shown == shown | {
        "id": "li",
        "kind": "contact",
        "name": "Li",
        "status": "active",
        "circles": [],
        "last_contact": None,
        "cadence": None,
        "due": None,
        "warmth": 0,
        "level": "cold",
        "drifting": False,
        "meetings": 0,
        "ledger": {"gave": 0, "got": 0, "asked": 0, "ready_to_ask": False},
        "interactions": [],
        "events": [],
        "communities": [],
        "relations": [],
        "introduced_by": None,
        "introduced": [],
        "backlinks": [],
    }
    assert "pinyin" in shown


def test_the_document_of_a_rich_contact(book):
    log = ["2026-10-12 meet! with [[wang]]: dinner", "2026-09-01 gave: a name", "2026-08-01 asked"]
    li = contact(
        "status: active\ncircles: [work, hobby]\ntier: 15\nmet: {through: wang}\n"
        "relations: {who: zhou, how: mentor}",
        log,
        name="李雷",
    )
    made = book(
        {
            "contacts/li.md": li,
            "contacts/wang.md": contact(body="knows [[li]]\n"),
            "contacts/zhou.md": contact("met: {through: li}"),
            "events/e.md": event("2026-11-01", people=[met("li", "recontact: skip")]),
            "events/f.md": event("2026-12-01", people=["who: li"]),
            "communities/c.md": community("members: [li]"),
        }
    )
    assert made.problems() == []
    shown = made.show("li")
    assert shown == shown | {
        "name": "李雷",
        "circles": ["work", "hobby"],
        "last_contact": "2026-11-01",
        "cadence": "1m",
        "due": "2026-12-01",
        "level": "hot",
        "meetings": 2,
        "ledger": {"gave": 1, "got": 0, "asked": 1, "ready_to_ask": False},
        "communities": ["c"],
        "relations": [{"id": "zhou", "how": "mentor"}],
        "introduced_by": "wang",
        "introduced": ["zhou"],
        "backlinks": ["wang"],
    }
    assert sorted(shown["events"]) == ["e", "f"]
    assert [(row["date"], row["kind"]) for row in shown["interactions"]] == [
        ("2026-11-01", "event"),
        ("2026-10-12", "meet"),
        ("2026-09-01", "gave"),
        ("2026-08-01", "asked"),
    ]


@pytest.mark.parametrize("ref", ["li", "LI", "contacts/li", "Li Lei", "li  lei", "小李"])
def test_show_takes_any_reference(book, ref):
    made = book({"contacts/li.md": contact("aliases: 小李", name="Li Lei")})
    assert made.show(ref)["id"] == "li"


def test_show_of_nobody_is_a_no(book):
    result = book({"contacts/li.md": contact()}).run("show", "nobody", code=1)
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(("name", "written", "pinyin"), [("曾敏", "Zeng Min", "Zeng Min")])
def test_pinyin_as_corrected(book, name, written, pinyin):
    made = book({"contacts/a.md": contact(f"pinyin: {written}", name=name)})
    assert made.show("a")["pinyin"] == pinyin


def test_pinyin_is_derived_from_a_chinese_name(book):
    made = book({"contacts/a.md": contact(name="林晓舟")})
    derived = "".join(made.show("a")["pinyin"].lower().split())
    assert derived == "linxiaozhou"


def test_an_interaction_of_an_event(book):
    text = event("2026-11-01", "end: 2026-11-02", ["who: x", met("li")], log=["2026-11-01 note: x"])
    made = book(
        {"contacts/li.md": contact(), "events/e.md": text.replace("title: T", "title: The Fair")}
    )
    (row,) = made.interactions("li")
    assert row == row | {
        "date": "2026-11-02",
        "kind": "event",
        "deep": False,
        "text": "The Fair",
        "path": "events/e.md",
        "line": line_of(text, "who: li"),
    }


def test_who_stands_with_in_an_interaction(book):
    made = book(
        {
            "contacts/li.md": contact(log=["2026-11-01 meet with [[a]] and [[b]]: x"]),
            "contacts/a.md": contact(),
            "contacts/b.md": contact(),
            "contacts/me.md": contact("me: yes", ["2026-10-01 meet with [[a]], [[b]]: y"]),
            "events/e.md": event("2026-09-01", log=["2026-09-01 call with [[a]], [[b]]: z"]),
        }
    )
    assert [sorted(row["with"]) for row in made.interactions("li")] == [["a", "b"]]
    newest, _, oldest = (sorted(row["with"]) for row in made.interactions("a"))
    assert newest == ["b", "li"]
    assert oldest == ["b"]


@pytest.mark.parametrize(
    ("how", "inverse"),
    [
        ("parent", "child"),
        ("child", "parent"),
        ("manager", "report"),
        ("report", "manager"),
        ("mentor", "mentee"),
        ("mentee", "mentor"),
        ("spouse", "spouse"),
        ("sibling", "sibling"),
        ("colleague", "colleague"),
        ("friend", "friend"),
        ("classmate", "classmate"),
        ("partner", "partner"),
        ("lent me a tent", "lent me a tent"),
    ],
)
def test_the_inverse_of_a_relation_is_inferred_and_written_on_both_sides_it_is_one(
    book, how, inverse
):
    one = {
        "contacts/a.md": contact(f"relations: {{who: b, how: {how}}}"),
        "contacts/b.md": contact(),
    }
    both = one | {"contacts/b.md": contact(f"relations: {{who: '[[a]]', how: {inverse}}}")}
    for files in (one, both):
        made = book(files)
        assert made.show("a")["relations"] == [{"id": "b", "how": how}]
        assert made.show("b")["relations"] == [{"id": "a", "how": inverse}]


def test_a_member_by_name_is_a_member(book):
    made = book(
        {
            "contacts/li.md": contact(name="Li Lei"),
            "communities/c.md": community("members: [li lei, Zhao]"),
            "communities/d.md": community("members: [Zhao]"),
        }
    )
    assert made.show("li")["communities"] == ["c"]


def test_the_due_of_one_with_no_item(book):
    for front in ("status: dormant\ntier: 5", "cadence: never", ""):
        assert book({"contacts/li.md": contact(front)}).show("li")["due"] is None


# --- an event


def readiness(book, people, front: str = "", files=None):
    made = book(
        {
            "contacts/li.md": contact(),
            "events/e.md": event("2026-12-01", front, people),
            **(files or {}),
        }
    )
    return made.show("e")["readiness"]


def test_the_document_of_a_bare_event(book):
    shown = book({"events/e.md": event("2026-12-01")}).show("e")
    assert shown == shown | {
        "id": "e",
        "kind": "event",
        "title": "T",
        "date": "2026-12-01",
        "end": None,
        "status": "going",
        "readiness": {
            "invited": False,
            "target_count": 10,
            "targets": 0,
            "researched": 0,
            "before": [0, 0],
            "during": [0, 0],
            "after": [0, 0],
        },
        "met": [],
        "recontacted": [],
        "in_time": [],
        "cards_missing": [],
        "seeds": 0,
        "hints": [],
        "introductions": 0,
        "second_meetings": 0,
    }


@pytest.mark.parametrize(
    ("invitation", "invited"),
    [
        ("invitation: {status: confirmed}", True),
        ("invitation: {status: asked}", False),
        ("invitation: {status: needed}", False),
        ("invitation: {route: ticket}", False),
        ("", False),
    ],
)
def test_invited_when_the_invitation_is_confirmed(book, invitation, invited):
    assert readiness(book, [], invitation)["invited"] is invited


def test_targets_chosen(book):
    people = ["who: li, target: yes", "who: Zhao, target: 是", "who: Qian, target: no", "who: Sun"]
    found = readiness(book, people, "target_count: 3")
    assert (found["targets"], found["target_count"]) == (2, 3)


ALL = "does: x, challenge: y, value: z"


@pytest.mark.parametrize(
    ("person", "card", "researched"),
    [
        (f"who: Zhao, target: yes, {ALL}", "", 1),
        (f"who: li, target: yes, {ALL}", "", 1),
        (f"who: li, {ALL}", "", 0),
        ("who: li, target: yes, does: x, challenge: y", "", 0),
        ("who: li, target: yes, does: x, value: z", "", 0),
        ("who: li, target: yes, challenge: y, value: z", "", 0),
        ("who: li, target: yes, does: x", "challenge: y\nvalue: z", 1),
        ("who: li, target: yes, does: x, value: z", "challenge: [y]", 1),
        ("who: li, target: yes, does: x, challenge: y", "value: [z, z]", 1),
        ("who: li, target: yes, challenge: y, value: z", "company: x\ntitle: x", 0),
        ("who: li, target: yes, does: ~, challenge: y, value: z", "", 0),
        ("who: li, target: yes", "challenge: y\nvalue: z", 0),
    ],
)
def test_targets_researched(book, person, card, researched):
    found = readiness(book, [person], files={"contacts/li.md": contact(card)})
    assert found["researched"] == researched


def test_met_recontacted_and_in_time(book):
    end = -10
    people = {
        "late": [f"{day(-8)} call"],
        "same": [f"{day(end)} message"],
        "next": [f"{day(end + 1)} meet"],
        "talk": [f"{day(end)} meet"],
        "silent": [],
        "before": [f"{day(end - 1)} call"],
        "future": [f"{day(1)} call"],
        "note": [f"{day(end)} note"],
        "both": [f"{day(end + 1)} call", f"{day(-2)} call"],
    }
    files = {f"contacts/{who}.md": contact(log=log) for who, log in people.items()}
    listed = [met(who) for who in people] + [met("Zhao", "seed: x"), "who: Qian", "who: unmet"]
    listed[0] += ", seed: the book"
    made = book(
        {
            **files,
            "contacts/unmet.md": contact(log=[f"{day(-9)} call"]),
            "events/e.md": event(day(end), people=listed),
        }
    )
    shown = made.show("e")
    assert sorted(shown["met"]) == sorted([*people, "Zhao"])
    assert sorted(shown["recontacted"]) == ["both", "late", "next", "same"]
    assert sorted(shown["in_time"]) == ["both", "next", "same"]
    assert shown["cards_missing"] == ["Zhao"]
    assert shown["seeds"] == 2


def test_in_time_is_within_the_setting(book):
    files = {
        "contacts/li.md": contact(log=[f"{day(-8)} call"]),
        "contacts/wu.md": contact(log=[f"{day(-7)} call"]),
        "events/e.md": event(day(-10), people=[met("li"), met("wu")]),
    }
    assert book(files, "recontact_within: 2d").show("e")["in_time"] == ["li"]


def test_the_yield_of_introductions(book):
    front = (
        "introductions:\n  - {a: li, b: wu, next: 2026-12-24}\n  - {a: li, b: xu}\n"
        "  - a: wu\n    b: xu\n    next: 2027-01-01"
    )
    made = book(
        {
            **{f"contacts/{n}.md": contact() for n in ("li", "wu", "xu")},
            "events/e.md": event(front=front),
        }
    )
    shown = made.show("e")
    assert (shown["introductions"], shown["second_meetings"]) == (3, 2)


def test_a_cancelled_event_is_as_if_it_had_no_people_introductions_and_tasks(book):
    front = "status: cancelled\nend: 2026-11-20\nintroductions: {a: li, b: wu}"
    made = book(
        {
            "contacts/li.md": contact(),
            "contacts/wu.md": contact(),
            "events/e.md": event(
                front=front,
                people=[met("li", "target: yes, seed: x")],
                body="## After\n\n- [ ] x\n",
            ),
        }
    )
    shown = made.show("e")
    assert (shown["status"], shown["end"]) == ("cancelled", "2026-11-20")
    assert (shown["met"], shown["introductions"], shown["seeds"]) == ([], 0, 0)
    assert shown["readiness"] == shown["readiness"] | {"targets": 0, "after": [0, 0]}


# --- host's hints


GOOD_HOST = "hosted: yes\nbill: split\nbudget: 100\nannounced: 2026-11-01"


def hints(book, front: str, people: int = 0) -> list[str]:
    """The hints of an event, in `show` and in `check` alike."""
    made = book({"events/e.md": event("2026-12-01", front, [f"who: P{n}" for n in range(people)])})
    shown = sorted(made.show("e")["hints"])
    rows = [row for row in made.problems(hints=True) if row.path == "events/e.md"]
    assert sorted(row.code for row in rows) == shown
    assert {row.severity for row in rows} <= {"hint"}
    return shown


@pytest.mark.parametrize(
    ("front", "people", "expected"),
    [
        (GOOD_HOST, 0, []),
        (GOOD_HOST, 15, []),
        (GOOD_HOST, 16, ["too-many"]),
        (GOOD_HOST + "\ncapacity: 15", 0, []),
        (GOOD_HOST + "\ncapacity: 16", 0, ["too-many"]),
        (GOOD_HOST + "\ncapacity: 40", 20, ["too-many"]),
        (GOOD_HOST + "\ntable: round", 0, ["round-table"]),
        (GOOD_HOST + "\ntable: long", 0, []),
        (GOOD_HOST + "\ntable: small", 0, []),
        (GOOD_HOST + "\ntable: standing", 0, []),
        (GOOD_HOST.replace("split", "host"), 0, ["bill-not-split"]),
        (GOOD_HOST.replace("split", "sponsor"), 0, ["bill-not-split"]),
        (GOOD_HOST.replace("bill: split\n", ""), 0, ["bill-not-split"]),
        (GOOD_HOST.replace("budget: 100\n", ""), 0, ["budget-untold"]),
        (GOOD_HOST.replace("2026-11-01", "2026-11-30"), 0, []),
        (GOOD_HOST.replace("2026-11-01", "2026-12-01"), 0, ["budget-untold"]),
        (GOOD_HOST.replace("2026-11-01", "2026-12-02"), 0, ["budget-untold"]),
        (GOOD_HOST.replace("\nannounced: 2026-11-01", ""), 0, ["budget-untold"]),
        (
            "hosted: yes\ntable: round\ncapacity: 99",
            0,
            ["bill-not-split", "budget-untold", "round-table", "too-many"],
        ),
        ("hosted: yes", 0, ["bill-not-split", "budget-untold"]),
        ("hosted: no\ntable: round\ncapacity: 99", 20, []),
        ("table: round\ncapacity: 99", 20, []),
        ("hosted: yes\nstatus: cancelled\ntable: round\ncapacity: 99", 20, []),
    ],
)
def test_hints_for_the_host(book, front, people, expected):
    assert hints(book, front, people) == expected


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("capacity: 16", "too-many"),
        ("table: round", "round-table"),
        ("bill: host", "bill-not-split"),
    ],
)
def test_a_hint_stands_at_line_1_or_its_key(book, key, code):
    front = GOOD_HOST.replace("bill: split\n", "") if "bill" in key else GOOD_HOST
    text = event("2026-12-01", f"{front}\nplace: x\n{key}")
    made = book({"events/e.md": text})
    (row,) = made.problems(hints=True)
    assert (row.severity, row.code) == ("hint", code)
    assert row.line in (1, line_of(text, key))


def test_hints_are_no_reason_to_fail(book):
    made = book({"events/e.md": event("2026-12-01", "hosted: yes\ntable: round")})
    assert made.run("check", code=0).exit_code == 0
    assert made.check("--strict")["hints"] == 3


# --- a community


FULL = (
    "theme: x\nrole: owner\nadmission: a\nrules: [b]\ngather_every: 1m\n"
    "functions: {identity: a, answers: b, activities: c}"
)
NOT_MISSING = {"events/e.md": event("2026-11-01", "community: c")}


def missing(book, front: str, events: dict[str, str] | None = NOT_MISSING) -> list[str]:
    made = book({"communities/c.md": community(front), **(events or {})})
    assert made.problems() == []
    return sorted(made.show("c")["missing"])


def test_the_document_of_a_bare_community(book):
    shown = book({"communities/c.md": community()}).show("c")
    assert shown == shown | {
        "id": "c",
        "kind": "community",
        "name": "C",
        "role": "member",
        "members": [],
        "last_gathering": None,
        "next_due": None,
        "events": [],
        "cards_missing": [],
    }
    assert sorted(shown["missing"]) == sorted(
        ["theme", "identity", "answers", "activities", "admission", "rules"]
    )


def test_a_community_that_lacks_nothing(book):
    assert missing(book, FULL) == []


@pytest.mark.parametrize(
    ("gone", "lacks"),
    [
        ("theme: x\n", ["theme"]),
        ("admission: a\n", ["admission"]),
        ("rules: [b]\n", ["rules"]),
        ("identity: a, ", ["identity"]),
        ("answers: b, ", ["answers"]),
        (", activities: c", ["activities"]),
        (
            "\nfunctions: {identity: a, answers: b, activities: c}",
            ["activities", "answers", "identity"],
        ),
    ],
)
def test_what_a_community_lacks(book, gone, lacks):
    assert gone in FULL
    assert missing(book, FULL.replace(gone, "")) == lacks


@pytest.mark.parametrize(
    ("front", "events", "lacks"),
    [
        (FULL, {}, True),
        (FULL, {"events/e.md": event("2026-10-20", "community: c")}, True),
        (FULL, {"events/e.md": event("2026-10-22", "community: c")}, False),
        (FULL, {"events/e.md": event("2026-11-22", "community: c")}, False),
        (FULL, {"events/e.md": event("2026-11-22", "community: c\nstatus: cancelled")}, True),
        (FULL, {"events/e.md": event("2026-11-01", "community: c\nstatus: cancelled")}, True),
        (FULL, {"events/e.md": event("2026-11-01")}, True),
        (FULL.replace("owner", "admin"), {}, True),
        (FULL.replace("owner", "member"), {}, False),
        (FULL.replace("owner", "observer"), {}, False),
        (FULL + "\nleft: 2026-10", {}, False),
        (FULL.replace("gather_every: 1m\n", ""), {}, False),
    ],
)
def test_when_a_gathering_is_missing(book, front, events, lacks):
    assert missing(book, front, events) == (["gathering"] if lacks else [])


def test_the_gatherings_of_a_community(book):
    made = book(
        {
            "communities/c.md": community("role: owner\ngather_every: 2m"),
            "events/a.md": event("2026-09-01", "community: c"),
            "events/b.md": event("2026-10-01", "community: c"),
            "events/x.md": event("2026-11-01", "community: c\nstatus: cancelled"),
            "events/y.md": event("2026-11-02"),
        }
    )
    shown = made.show("c")
    assert shown["last_gathering"] == "2026-10-01"
    assert shown["next_due"] == "2026-12-01"
    assert {"a", "b"} <= set(shown["events"]) <= {"a", "b", "x"}
    made.write("events/z.md", event("2027-01-01", "community: c"))
    shown = made.show("c")
    assert shown["last_gathering"] == "2026-10-01"
    assert shown["next_due"] is None
    assert "z" in shown["events"]


def test_the_members_and_those_with_no_card(book):
    made = book(
        {
            "contacts/li.md": contact(name="Li"),
            "communities/c.md": record('name: C\nmembers:\n  - "[[li]]"\n  - Zhao Min\n  - 赵敏'),
        }
    )
    shown = made.show("c")
    assert sorted(shown["members"]) == sorted(["li", "Zhao Min", "赵敏"])
    assert sorted(shown["cards_missing"]) == sorted(["Zhao Min", "赵敏"])
