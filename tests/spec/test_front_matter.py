"""format.md, "Front matter": YAML as renmai reads it, and each problem at its line."""

from __future__ import annotations

import re

import pytest

from tests.spec.book import contact, event, record


def at(book, text: str | bytes, path: str = "contacts/a.md"):
    """The problems of a book of one file."""
    return book({path: text}).at(path)


# --- the two lines around it


@pytest.mark.parametrize("first", ["---", "--- ", "---    "])
@pytest.mark.parametrize("last", ["---", "---  "])
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_spaces_behind_the_dashes_are_free(book, first, last, ends):
    text = f"{first}\nname: Li\n{last}\nsee [[nobody]]\n".replace("\n", ends)
    assert at(book, text) == [(4, "warning", "unknown-reference")]


def test_front_matter_may_be_the_whole_file(book):
    assert at(book, "---\nname: Li\n---") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "name: Li\n",
        "# Li\n\nHe is nice.\n",
        "\n---\nname: Li\n---\n",
        " ---\nname: Li\n---\n",
        "----\nname: Li\n----\n",
        "+++\nname = 'Li'\n+++\n",
        "text\n---\nname: Li\n---\n",
    ],
)
def test_a_file_with_no_front_matter(book, text):
    assert (1, "error", "no-front-matter") in at(book, text)


@pytest.mark.parametrize(
    "text", ["---", "---\n", "---\nname: Li\n", "---\nname: Li\n----\n", "---\nname: Li\n ---\n"]
)
def test_front_matter_with_no_end_to_it(book, text):
    problems = at(book, text)
    assert ("error", "no-front-matter") in [row[1:] for row in problems]


def test_the_body_of_a_file_with_no_front_matter_is_still_read(book):
    problems = at(book, "## Log\n\n- no date\n\n## Notes\n\nsee [[nobody]]\n")
    assert (3, "warning", "undated-entry") in problems
    assert (7, "warning", "unknown-reference") in problems


def test_a_rule_in_the_body_is_no_front_matter(book):
    assert at(book, contact(body="one\n\n---\n\nname: x\n\n---\n\ntwo\n")) == []


# --- scalars are text


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("No", "No"),
        ("yes", "yes"),
        ("true", "true"),
        ("off", "off"),
        ("0138", "0138"),
        ("123", "123"),
        ("1.50", "1.50"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-11-21", "2026-11-21"),
        (".inf", ".inf"),
        (".5", ".5"),
        ("+1", "+1"),
        ("=", "="),
        ("<<", "<<"),
        ("NULL", "NULL"),
        ("Null", "Null"),
        ('"null"', "null"),
        ("'null'", "null"),
        ('"~"', "~"),
        ("'~'", "~"),
        ('"No"', "No"),
        ("A & B", "A & B"),
        ("R&D", "R&D"),
        ("a*b", "a*b"),
        ("a !b", "a !b"),
        ("'*a'", "*a"),
        ('"&a"', "&a"),
        ('"!a"', "!a"),
        ("李 雷", "李 雷"),
        ("Li  # a comment", "Li"),
        ("O'Neill", "O'Neill"),
        ("|-\n  Li", "Li"),
    ],
)
def test_scalars_are_text_until_the_schema_types_them(book, written, name):
    made = book({"contacts/a.md": record(f"name: {written}")})
    assert made.problems() == []
    assert made.show("a")["name"] == name


def test_scalars_in_lists_are_text_as_well(book):
    made = book({"contacts/a.md": contact("aliases: [No, 012, 12:30, true, 1.0]")})
    for alias in ("No", "012", "12:30", "true", "1.0"):
        assert made.show(alias)["id"] == "a"
    assert made.problems() == []


# --- what is absent


@pytest.mark.parametrize("nothing", ["", " ", " ~", " null", "   # a comment"])
def test_null_and_an_empty_value_are_absent(book, nothing):
    assert at(book, record(f"city: x\nname:{nothing}")) == [(1, "error", "missing-key")]


@pytest.mark.parametrize("nothing", ["", " ~", " null"])
@pytest.mark.parametrize(
    "key", ["tier", "snooze", "follow_up", "circles", "met", "relations", "birthday", "links", "me"]
)
def test_an_absent_value_is_of_no_wrong_type(book, key, nothing):
    assert at(book, contact(f"{key}:{nothing}")) == []


@pytest.mark.parametrize(
    "items",
    ["[~, work]", "[work, null]", "[null]", "[~]", "\n  - work\n  -\n", "\n  - ~\n  - work"],
)
def test_an_absent_item_of_a_list_is_left_out(book, items):
    made = book({"contacts/a.md": contact(f"circles: {items}")})
    assert made.problems() == []
    assert made.show("a")["circles"] == (["work"] if "work" in items else [])


def test_an_absent_item_of_a_list_of_maps_is_left_out(book):
    made = book({"events/e.md": record("title: T\ndate: 2026-11-19\npeople:\n  -\n  - who: Zhao")})
    assert made.problems() == []


def test_null_in_quotes_is_text(book):
    made = book({"contacts/a.md": contact('circles: ["null"]')})
    assert made.at("contacts/a.md") == [(3, "warning", "unknown-circle")]


# --- keys written twice


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("name: A\nname: B", 3),
        ("name: A\ncity: x\nname: A", 4),
        ('name: A\n"name": B', 3),
        ("name: A\n# note\n\ncity: x\ncity: y", 6),
        ("name: A\nmet:\n  date: 2020\n  date: 2021", 5),
        ("name: A\nmet: {date: 2020, date: 2021}", 3),
        ("name: A\nmet: {\n  date: 2020,\n  date: 2021\n  }", 5),
        ("name: A\nlinks:\n  blog: a\n  photos: c\n  blog: b", 6),
        (
            "name: A\ndates:\n- date: 2020\n  what: x\n- date: 2021\n  what: y\n  date: 2022",
            8,
        ),
        ("name: A\ndates: [{date: 2020, what: x},\n  {date: 2021, what: y, what: z}]", 4),
        ("name: A\ncity: ~\ncity: x", 4),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_key_written_twice_at_any_depth(book, front, line, ends):
    text = record(front).replace("\n", ends)
    assert at(book, text) == [(line, "error", "duplicate-key")]


def test_one_key_in_two_maps_is_not_written_twice(book):
    dates = "dates:\n  - date: 2020-01-02\n    what: a\n  - date: 2021-01-02\n    what: b"
    assert at(book, contact(dates + "\nmet:\n  date: 2020")) == []


def test_the_rest_of_a_file_with_a_key_twice_is_still_used(book):
    made = book(
        {"contacts/a.md": contact("tier: 15\ncity: x\ncity: y", ["2026-10-12 call: x", "no date"])}
    )
    assert made.codes() == ["duplicate-key", "undated-entry"]
    assert made.show("a")["last_contact"] == "2026-10-12"


# --- anchors and aliases, tags


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("name: &a Li", 2),
        ("name: Li\ncity: *a", 3),
        ("name: Li\nx-own: &a [1]", 3),
        ("name: Li\nx-own:\n  deep:\n    - [b, *a]", 5),
        ("name: Li\ntags: [a,\n  &b c]", 4),
        ("name: Li\n&a city: x", 3),
        ("name: Li\nmet: &a\n  date: 2020", 3),
    ],
)
def test_an_anchor_or_an_alias_is_refused_at_its_line(book, front, line):
    assert (line, "error", "yaml-alias") in at(book, record(front))


def test_an_anchor_used_is_refused_at_the_anchor(book):
    problems = at(book, record("name: &a Li\naliases: [*a]"))
    assert problems[0] == (2, "error", "yaml-alias")
    assert {row[2] for row in problems} == {"yaml-alias"}


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("name: !!str Li", 2),
        ("name: Li\nphoto: !!binary aGk=", 3),
        ("name: Li\ncity: !own x", 3),
        ("name: Li\ntags: !!set {a}", 3),
        ("name: Li\ntags:\n  - a\n  - !!int 5", 5),
        ("name: Li\nx-own: {a: [!t b]}", 3),
        ("name: Li\ncity: !!python/object/apply:os.system [ls]", 3),
        ("name: Li\n!!str city: x", 3),
    ],
)
def test_a_tag_is_bad_yaml_at_its_line(book, front, line):
    assert at(book, record(front)) == [(line, "error", "bad-yaml")]


# --- no YAML


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("name: @li", 2),
        ("name: Li\ncity: `x`", 3),
        ("name: Li\ncity: a: b", 3),
        ("name: Li\n# note\n\n\tcity: x", 5),
        ("name: Li\n- a", 3),
        ("name: Li\ncity: %x", 3),
        ('name: Li\ncity: "a" b', 3),
        ("name: Li\ncity: ]", 3),
        ('name: Li\ncity: "\\q"', 3),
        ("name: Li\ncity: a\x01b", 3),
        ("name: Li\ncity: a\x00b", 3),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_syntax_error_is_bad_yaml_at_its_line(book, front, line, ends):
    text = record(front).replace("\n", ends)
    assert at(book, text) == [(line, "error", "bad-yaml")]


@pytest.mark.parametrize("front", ["name: [a", 'name: "a', "name: {a: b", "name: 'a\ncity: x"])
def test_a_syntax_error_that_runs_on_lies_in_the_front_matter(book, front):
    ((line, severity, code),) = at(book, record(front, "body\n\nbody\n"))
    assert (severity, code) == ("error", "bad-yaml")
    assert 2 <= line <= front.count("\n") + 3


@pytest.mark.parametrize("front", ["- name: Li", "Li", "[name, Li]", '"name: Li"', "- a\n- b"])
def test_what_is_no_map_is_bad_yaml(book, front):
    assert at(book, record(front)) == [(2, "error", "bad-yaml")]


def test_empty_front_matter_lacks_its_name(book):
    problems = at(book, "---\n---\n")
    assert [row[1] for row in problems] == ["error"]


def test_more_than_1_mb_is_bad_yaml(book):
    small, big = ("\n".join(["name: L", f"background: {'x' * n}"]) for n in (900_000, 1_100_000))
    made = book({"contacts/small.md": record(small), "contacts/big.md": record(big)})
    assert made.codes("contacts/small.md") == []
    assert made.codes("contacts/big.md") == ["bad-yaml"]


def test_a_long_body_is_no_long_front_matter(book):
    assert at(book, contact(body="word " * 400_000 + "\n")) == []


@pytest.mark.parametrize(
    "nest",
    [
        lambda n: "x-deep: " + "[" * n + "]" * n,
        lambda n: "x-deep: " + "{a: " * n + "b" + "}" * n,
        lambda n: "x-deep:\n" + "\n".join("  " * i + "a:" for i in range(1, n)),
        lambda n: "x-deep:\n  " + "- " * n + "a",
    ],
    ids=["flow lists", "flow maps", "block maps", "block lists"],
)
def test_nesting_deeper_than_50_is_bad_yaml(book, nest):
    made = book(
        {"contacts/deep.md": contact(nest(60)), "contacts/flat.md": contact(nest(40), name="F")}
    )
    assert made.codes("contacts/deep.md") == ["bad-yaml"]
    assert made.codes("contacts/flat.md") == []


def test_nesting_too_deep_is_told_at_its_line(book):
    text = contact("city: x\nx-deep: " + "[" * 70 + "]" * 70 + "\ntier: 15")
    assert at(book, text) == [(4, "error", "bad-yaml")]


# --- keys


@pytest.mark.parametrize(
    ("path", "text", "missing"),
    [
        ("contacts/a.md", record("city: x"), 1),
        ("events/a.md", record("title: x"), 1),
        ("events/a.md", record("date: 2026-11-19"), 1),
        ("events/a.md", record("place: x"), 2),
        ("communities/a.md", record("theme: x"), 1),
    ],
)
def test_a_required_key_that_is_absent(book, path, text, missing):
    assert at(book, text, path) == [(1, "error", "missing-key")] * missing


@pytest.mark.parametrize(
    ("path", "front", "line", "nearest"),
    [
        ("contacts/a.md", "name: A\ncomapny: x", 3, "company"),
        ("contacts/a.md", "name: A\nfollowup: x", 3, "follow_up"),
        ("contacts/a.md", "name: A\nemail: a@example.com", 3, "emails"),
        ("contacts/a.md", "name: A\nmet:\n  dat: 2020", 4, "date"),
        ("contacts/a.md", "name: A\nmet: {thru: x,\n  throug: y}", 4, "through"),
        ("contacts/a.md", "name: A\nrelations:\n  - how: friend\n    whoo: b", 5, "who"),
        ("contacts/a.md", "name: A\ndates: [{date: 2020-01-01,\n  whta: x}]", 4, "what"),
        ("contacts/a.md", "name: A\nfollow_up:\n  date: 2026-12-01\n  wy: x", 5, "why"),
        ("events/a.md", "title: A\ndate: 2026-11-19\nplcae: x", 4, "place"),
        ("events/a.md", "title: A\ndate: 2026-11-19\ninvitation: {rout: friend}", 4, "route"),
        ("events/a.md", "title: A\ndate: 2026-11-19\npeople:\n  - who: x\n    seeed: y", 6, "seed"),
        ("communities/a.md", "name: A\nthem: x", 3, "theme"),
        ("communities/a.md", "name: A\nfunctions:\n  identty: x", 4, "identity"),
    ],
)
def test_an_unknown_key_at_any_depth_is_a_warning_with_the_nearest(
    book, path, front, line, nearest
):
    made = book({path: record(front)})
    rows = [row for row in made.check()["problems"] if row["line"] == line]
    assert [(row["severity"], row["code"]) for row in rows] == [("warning", "unknown-key")] * len(
        rows
    )
    assert any(nearest in row["message"] for row in rows)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("contacts/a.md", contact("theme: x")),
        ("events/a.md", event(front="name: x")),
        ("communities/a.md", record("name: C\npeople: []")),
    ],
)
def test_a_key_of_another_kind_of_record_is_unknown(book, path, text):
    assert [row[1:] for row in at(book, text, path)] == [("warning", "unknown-key")]


def test_keys_are_read_with_case(book):
    assert at(book, record("Name: Li")) == [
        (1, "error", "missing-key"),
        (2, "warning", "unknown-key"),
    ]


@pytest.mark.parametrize(
    "front",
    [
        "x-own: 1",
        "x-: 1",
        "x-自己: [a, {b: c}]",
        "met: {x-own: 1}",
        "dates: [{date: 2020-01-01, what: x, x-own: y}]",
        "x-own:\n  name: [1]\n  tier: 7\n  unknown: {x: y}",
        "follow_up: {date: 2026-12-01, x-own: y}",
    ],
)
def test_keys_that_begin_with_x_pass_in_silence(book, front):
    assert at(book, contact(front)) == []


def test_any_network_may_stand_under_links(book):
    assert (
        at(book, contact("links: {blog: https://example.com, 微博: li, x: javascript:alert(1)}"))
        == []
    )


# --- values of the wrong type


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("city: [a]", 3),
        ("city: [a, b]", 3),
        ("city: {a: b}", 3),
        ("city:\n  - a", 3),
        ("# note\n\ncity:\n  a: b", 5),
        ("circles: {a: b}", 3),
        ("circles: [work, {a: b}]", 3),
        ("circles:\n  - work\n  - {a: b}", 5),
        ("circles:\n  - work\n  - [a]", 5),
        ("tags: [a,\n  {b: c},\n  d]", 4),
        ("tier: [5]", 3),
        ("snooze:\n  soon", 3),
        ("snooze: {date: 2026-12-01}", 3),
        ('snooze: "2026-\n  11-21"', 3),
        ("met: yesterday", 3),
        ("met: [2020]", 3),
        ("met:\n  date: soon", 4),
        ("met:\n  at: [a, b]", 4),
        ("met: {\n  date: soon}", 4),
        ("follow_up: soon", 3),
        ("follow_up: {why: x,\n  date: soon}", 4),
        ("follow_up:\n  why: [a]\n  date: 2026-12-01", 4),
        ("dates: 2020-01-01", 3),
        ("dates:\n  - 2020-01-01", 4),
        ("dates:\n  - date: 2020-01-01\n    what: x\n  - what: y\n    date: soon", 7),
        ("relations: li", 3),
        ("relations:\n  - friend", 4),
        ("relations:\n  - who: a\n    how: [x]", 5),
        ("links: https://example.com", 3),
        ("links: [a]", 3),
        ("links:\n  blog: [a]", 4),
        ("me: perhaps", 3),
        ("status: asleep", 3),
        ("photo: [a]", 3),
        ("family: {a: b}", 3),
        ("needs:\n  - a\n  - b: c", 5),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_value_of_the_wrong_type_is_bad_value_at_the_innermost_key_or_item(
    book, front, line, ends
):
    made = book({"contacts/n.md": contact(front).replace("\n", ends), "contacts/a.md": contact()})
    assert made.at("contacts/n.md") == [(line, "error", "bad-value")]


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("date: soon\ntitle: T", 2),
        ("title: [T]\ndate: 2026-11-19", 2),
        ("title: T\ndate: 2026-11-19\nend: 2026-11-18", 4),
        ("title: T\nend: 2026-11-18\n# note\ndate: 2026-11-19", 3),
        ("title: T\ndate: 2026-11-19\npeople:\n  - who: x\n    met: perhaps", 6),
        (
            "title: T\ndate: 2026-11-19\npeople:\n- {who: x, met: yes}\n- {who: y,\n   next: soon}",
            7,
        ),
        ("title: T\ndate: 2026-11-19\npeople: [\n  {who: x},\n  {who: y, target: 7}\n  ]", 6),
        ("title: T\ndate: 2026-11-19\npeople:\n  - x", 5),
        ("title: T\ndate: 2026-11-19\npeople: x", 4),
        ("title: T\ndate: 2026-11-19\npeople:\n  - who: x\n    recontact: never", 6),
        ("title: T\ndate: 2026-11-19\ninvitation: confirmed", 4),
        ("title: T\ndate: 2026-11-19\ninvitation:\n  status: maybe", 5),
        ("title: T\ndate: 2026-11-19\ninvitation: {status: asked,\n  route: bribe}", 5),
        ("title: T\ndate: 2026-11-19\ntarget_count: ten", 4),
        ("title: T\ndate: 2026-11-19\nintroductions: x", 4),
    ],
)
def test_bad_values_of_an_event(book, front, line):
    assert at(book, record(front), "events/e.md") == [(line, "error", "bad-value")]


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("role: king", 3),
        ("size: many", 3),
        ("since: soon", 3),
        ("functions: x", 3),
        ("functions:\n  identity: [a, b]", 4),
        ("gather_every: often", 3),
        ("members: {a: b}", 3),
    ],
)
def test_bad_values_of_a_community(book, front, line):
    assert at(book, record(f"name: C\n{front}"), "communities/c.md") == [
        (line, "error", "bad-value")
    ]


@pytest.mark.parametrize(
    ("front", "example"),
    [
        ("snooze: soon", r"\d{4}-\d\d-\d\d"),
        ("cadence: often", r"\b[1-9]\d*[dwmy]\b"),
        ("tier: 7", r"15\b"),
        ("status: asleep", r"\bdormant\b"),
        ("birthday: soon", r"\d\d-\d\d"),
        ("me: perhaps", r"\b(yes|true)\b"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_bad_value_says_what_was_expected_with_an_example(book, front, example, language):
    message = book({"contacts/a.md": contact(front)}).message("bad-value", "--lang", language)
    assert re.search(example, message), message


def test_several_problems_of_a_file_are_all_reported(book):
    text = contact(
        "tier: 7\ncomapny: x\ncity: y\ncity: z\nphoto: a.jpg\ncircles: [work, moon]\nsnooze: soon",
        [
            "no date",
            "2026-11-02 dance: x",
            "2027-01-01 call: x",
            "2026-11-02 call with [[nobody]]: x",
        ],
        "see [[nobody]]\n\n- [ ] a due 2026-13-01\n",
    )
    assert at(book, text) == [
        (3, "error", "bad-value"),
        (4, "warning", "unknown-key"),
        (6, "error", "duplicate-key"),
        (7, "warning", "no-such-file"),
        (8, "warning", "unknown-circle"),
        (9, "error", "bad-value"),
        (11, "warning", "unknown-reference"),
        (13, "warning", "bad-due"),
        (17, "warning", "undated-entry"),
        (18, "warning", "unknown-kind"),
        (19, "warning", "future-entry"),
        (20, "error", "unknown-reference"),
    ]


def test_what_can_be_read_of_a_file_with_a_bad_value_is_still_used(book):
    made = book(
        {
            "contacts/a.md": contact(
                "tier: 7\ncadence: 1m\nsnooze: soon\ncircles: [work, {a: b}, hobby]",
                ["2026-10-12 call"],
            )
        }
    )
    assert made.codes() == ["bad-value"] * 3
    assert made.due_of("cadence", "a") == "2026-11-12"
    assert made.show("a")["circles"] == ["work", "hobby"]


def test_a_file_without_its_name_is_still_used(book):
    made = book({"contacts/a.md": record("tier: 15", "\n## Log\n\n- 2026-10-12 call\n")})
    assert made.codes() == ["missing-key"]
    assert made.due_of("cadence", "a") == "2026-11-12"
