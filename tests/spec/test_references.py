"""format.md, "References": what a reference is matched to, and what is none."""

from __future__ import annotations

import unicodedata

import pytest

from tests.spec.book import community, contact, event, record

NFD = unicodedata.normalize("NFD", "josé")


def mentions(book, ref: str, files: dict[str, str]) -> bool:
    """Whether a reference in prose is found; nothing else may be wrong."""
    made = book({"contacts/reader.md": contact(body=f"see {ref} there\n"), **files})
    problems = made.at("contacts/reader.md")
    assert problems in ([], [(4, "warning", "unknown-reference")])
    return problems == []


LI = {
    "contacts/work/li.md": contact("aliases: [Lei Lei, 小李]\ntitle: Chief", name="Li  Lei"),
    "events/summit.md": event().replace("title: T", "title: The Big Summit"),
    "communities/readers.md": community().replace("name: C", "name: Slow Readers"),
}


@pytest.mark.parametrize(
    "ref",
    [
        "[[li]]",
        "[[ li ]]",
        "[[\tli]]",
        "[[\u3000li\u3000]]",
        "[[LI]]",
        "[[Li]]",
        "[[li|shown text]]",
        "[[li | shown text]]",
        "[[li|shown #1]]",
        "[[li#Heading]]",
        "[[li#Heading two]]",
        "[[li#Heading|shown]]",
        "[[contacts/work/li]]",
        "[[contacts/work/li|shown]]",
        "[[contacts/work/li#Heading]]",
        "[[work/li]]",
        "[[Li Lei]]",
        "[[li lei]]",
        "[[Li   Lei]]",
        "[[Li\tLei]]",
        "[[Lei Lei]]",
        "[[LEI  LEI]]",
        "[[小李]]",
        "[[小李|他]]",
        "[[summit]]",
        "[[events/summit]]",
        "[[the big summit]]",
        "[[readers]]",
        "[[communities/readers]]",
        "[[Slow Readers]]",
        "[[slow  readers]]",
    ],
)
def test_a_reference_is_found(book, ref):
    assert mentions(book, ref, LI)


@pytest.mark.parametrize(
    "ref",
    [
        "[[nobody]]",
        "[[li.md]]",
        "[[l i]]",
        "[[Chief]]",
        "[[events/li]]",
        "[[contacts/home/li]]",
        "[[home/li]]",
        "[[contacts/summit]]",
        "[[Lei]]",
        "[[LiLei]]",
        "[[nobody|li]]",
        "[[nobody#li]]",
    ],
)
def test_a_reference_to_nothing_in_prose_is_a_warning(book, ref):
    assert not mentions(book, ref, LI)


@pytest.mark.parametrize(
    "text",
    ["[[#Heading]]", "![[nobody]]", "![[nobody.png]]", "[nobody]", "[nobody](x)", "[ [nobody] ]"],
)
def test_what_is_no_reference(book, text):
    assert mentions(book, text, {})


def test_an_embed_is_no_mention(book):
    made = book({"contacts/li.md": contact(), "contacts/a.md": contact(body="![[li]]\n")})
    assert made.show("li")["backlinks"] == []


@pytest.mark.parametrize("written", ["josé", NFD, "JOSÉ", unicodedata.normalize("NFD", "JOSÉ")])
@pytest.mark.parametrize("name", ["josé", NFD], ids=["NFC", "NFD"])
def test_references_are_compared_as_nfc(book, written, name):
    assert mentions(book, f"[[{written}]]", {f"contacts/{name}.md": contact()})
    assert mentions(book, f"[[{written}]]", {"contacts/x.md": contact(name=name)})


# --- the steps


def test_an_id_goes_before_a_name(book):
    made = book(
        {
            "contacts/wang.md": contact(name="Somebody"),
            "contacts/li.md": contact(name="wang"),
            "contacts/a.md": contact(body="see [[wang]] and [[WANG]]\n"),
        }
    )
    assert made.problems() == []
    assert made.show("wang")["backlinks"] == ["a"]
    assert made.show("li")["backlinks"] == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (contact(name="Wang Fang"), contact(name="wang  fang")),
        (contact(name="Wang Fang"), contact("aliases: Wang Fang", name="W")),
        (contact("aliases: [F, Wang Fang]", name="V"), contact("aliases: Wang Fang", name="W")),
    ],
)
def test_several_matches_at_one_step_are_an_error_that_names_them(book, one, two):
    made = book(
        {
            "contacts/one-x.md": one,
            "contacts/two-x.md": two,
            "contacts/a.md": contact('met: {through: "[[Wang Fang]]"}', body="see [[Wang Fang]]\n"),
        }
    )
    assert made.at("contacts/a.md") == [
        (3, "error", "ambiguous-reference"),
        (5, "error", "ambiguous-reference"),
    ]
    for row in made.check()["problems"]:
        assert "one-x" in row["message"]
        assert "two-x" in row["message"]


def test_a_name_and_a_title_alike_are_ambiguous(book):
    files = {
        "contacts/li.md": contact(name="Summit"),
        "events/e.md": event().replace("title: T", "title: Summit"),
        "contacts/a.md": contact(body="see [[summit]]\n"),
    }
    assert book(files).at("contacts/a.md") == [(4, "error", "ambiguous-reference")]


def test_a_bare_reference_may_be_ambiguous_too(book):
    made = book(
        {
            "contacts/one.md": contact(name="Wang Fang"),
            "contacts/two.md": contact(name="Wang Fang"),
            "contacts/a.md": contact("relations:\n  - how: friend\n    who: Wang Fang"),
        }
    )
    assert made.at("contacts/a.md") == [(5, "error", "ambiguous-reference")]


def test_ambiguity_behind_with(book):
    made = book(
        {
            "contacts/one.md": contact(name="Wang Fang"),
            "contacts/two.md": contact(name="Wang Fang"),
            "contacts/a.md": contact(log=["2026-11-01 meet with [[Wang Fang]]: x"]),
        }
    )
    assert made.at("contacts/a.md") == [(7, "error", "ambiguous-reference")]


def test_one_record_that_matches_twice_is_not_ambiguous(book):
    files = {"contacts/li.md": contact("aliases: [li lei, LI LEI]", name="Li Lei")}
    assert mentions(book, "[[Li Lei]]", files)


def test_alike_names_hurt_nobody_who_is_not_referred_to(book):
    made = book({"contacts/one.md": contact(name="Wang"), "contacts/two.md": contact(name="Wang")})
    assert made.problems() == []


# --- where a reference stands


@pytest.mark.parametrize("written", ['"[[{}]]"', "'[[{}]]'", "[[{}]]", "{}"])
@pytest.mark.parametrize("ref", ["li", "LI", "Li Lei", "小李", "contacts/li"])
def test_the_forms_of_a_reference_in_front_matter(book, written, ref):
    made = book(
        {
            "contacts/li.md": contact("aliases: 小李", name="Li Lei"),
            "contacts/a.md": contact(f"met:\n  through: {written.format(ref)}"),
        }
    )
    assert made.problems() == []
    assert made.show("a")["introduced_by"] == "li"


@pytest.mark.parametrize(
    "written",
    [
        "[a, b]",
        '["[[a]]", "[[b]]"]',
        "[[[a]], [[b]]]",
        "\n  - a\n  - b",
        "\n  - [[a]]\n  - [[b]]",
        '\n  - "[[a]]"\n  - "[[b|B]]"',
        "\n- [[a]]\n- b",
        "[\n  a,\n  [[b]]\n  ]",
    ],
)
def test_a_list_of_references(book, written):
    made = book(
        {
            "contacts/a.md": contact(),
            "contacts/b.md": contact(),
            "communities/c.md": community(f"members: {written}"),
        }
    )
    assert made.problems() == []
    assert made.show("c")["members"] == ["a", "b"]


@pytest.mark.parametrize("written", ["a", '"[[a]]"', "[[a]]", "[a]", "[[[a]]]"])
def test_one_reference_alone_for_a_list(book, written):
    made = book({"contacts/a.md": contact(), "communities/c.md": community(f"members: {written}")})
    assert made.problems() == []
    assert made.show("c")["members"] == ["a"]


@pytest.mark.parametrize("written", ["[[Lin, Xiao]]", "[[Lin, Xiao, x]]"])
def test_a_comma_in_unquoted_brackets_is_bad_value(book, written):
    made = book({"contacts/a.md": contact(f"city: x\nmet:\n  through: {written}")})
    assert made.at("contacts/a.md") == [(5, "error", "bad-value")]


def test_a_comma_in_quoted_brackets_is_fine(book):
    made = book(
        {
            "contacts/lin.md": contact(name="Lin, Xiao"),
            "contacts/a.md": contact('met: {through: "[[Lin, Xiao]]"}'),
        }
    )
    assert made.problems() == []


@pytest.mark.parametrize(
    ("path", "front", "line"),
    [
        ("contacts/a.md", "name: A\nmet: {through: nobody}", 3),
        ("contacts/a.md", "name: A\nmet:\n  date: 2020\n  through: nobody", 5),
        ("contacts/a.md", "name: A\nmet:\n  through:\n    nobody", 4),
        ("contacts/a.md", "name: A\nmet: {date: 2020,\n  through: nobody}", 4),
        ("contacts/a.md", 'name: A\nmet: {at: "[[nothing]]"}', 3),
        ("contacts/a.md", "name: A\nrelations:\n  - how: friend\n    who: nobody", 5),
        ("contacts/a.md", "name: A\nrelations: {who: nobody, how: friend}", 3),
        ("events/a.md", "title: A\ndate: 2026-11-19\ncommunity: nothing", 4),
        ("events/a.md", "title: A\ndate: 2026-11-19\ninvitation: {through: nobody}", 4),
        (
            "events/a.md",
            'title: A\ndate: 2026-11-19\npeople:\n  - who: x\n  - who: "[[nobody]]"',
            6,
        ),
        (
            "events/a.md",
            "title: A\ndate: 2026-11-19\npeople:\n  - met: yes\n    who: [[nobody]]",
            6,
        ),
        ("events/a.md", "title: A\ndate: 2026-11-19\nintroductions:\n  - a: nobody\n    b: b", 5),
        ("events/a.md", "title: A\ndate: 2026-11-19\nintroductions:\n  - a: b\n    b: nobody", 6),
        ("communities/a.md", 'name: A\nmembers:\n  - x\n  - "[[nobody]]"\n  - y', 5),
        ("communities/a.md", "name: A\nmembers: [x,\n  [[nobody]]]", 4),
        ("communities/a.md", "name: A\nmembers: [[nobody]]", 3),
    ],
)
def test_an_unknown_reference_in_front_matter_is_an_error_at_its_key_or_item(
    book, path, front, line
):
    made = book({path: record(front), "contacts/b.md": contact()})
    assert made.at(path) == [(line, "error", "unknown-reference")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("contacts/a.md", contact("met: {at: the station}")),
        ("events/e.md", event(people=["who: Zhao Min, met: yes"])),
        ("communities/c.md", community("members: [Zhao Min, 赵敏]")),
    ],
)
def test_a_bare_text_that_matches_nothing_is_text(book, path, text):
    assert book({path: text}).problems() == []


def test_a_bare_text_that_matches_is_the_reference(book):
    made = book(
        {
            "contacts/zhao.md": contact(name="Zhao Min"),
            "events/e.md": event(people=["who: zhao min, met: yes"]),
            "communities/c.md": community("members: [Zhao  Min, Qian]"),
        }
    )
    assert made.show("e")["met"] == ["zhao"]
    assert made.show("c")["members"] == ["zhao", "Qian"]


def test_an_unknown_reference_behind_with_is_one_error(book):
    text = contact(log=["2026-11-01 meet with [[nobody]]: x"])
    assert book({"contacts/a.md": text}).at("contacts/a.md") == [(7, "error", "unknown-reference")]


def test_an_unknown_reference_in_the_text_of_an_entry_is_a_warning(book):
    text = contact(log=["2026-11-01 meet: saw [[nobody]]"])
    assert book({"contacts/a.md": text}).at("contacts/a.md") == [
        (7, "warning", "unknown-reference")
    ]


# --- the wrong sort


@pytest.mark.parametrize("written", ["{}", '"[[{}]]"', "[[{}]]"])
@pytest.mark.parametrize(
    ("path", "front", "line"),
    [
        ("events/a.md", "title: A\ndate: 2026-11-19\ncommunity: REF", 4),
        ("contacts/a.md", "name: A\nmet:\n  through: EVENT", 4),
        ("contacts/a.md", "name: A\nrelations:\n  - how: friend\n    who: EVENT", 5),
        ("events/a.md", "title: A\ndate: 2026-11-19\ninvitation:\n  through: CLUB", 5),
        ("events/a.md", "title: A\ndate: 2026-11-19\npeople:\n  - who: EVENT", 5),
        ("events/a.md", "title: A\ndate: 2026-11-19\npeople:\n  - met: yes\n    who: CLUB", 6),
        ("events/a.md", "title: A\ndate: 2026-11-19\nintroductions:\n  - a: li\n    b: CLUB", 6),
        ("communities/a.md", "name: A\nmembers:\n  - li\n  - EVENT", 5),
    ],
)
def test_a_reference_to_a_record_of_the_wrong_sort(book, path, front, line, written):
    for word, ref in {"REF": "li", "EVENT": "summit", "CLUB": "readers"}.items():
        front = front.replace(word, written.format(ref))
    made = book(
        {
            path: record(front),
            "contacts/li.md": contact(),
            "events/summit.md": event(),
            "communities/readers.md": community(),
        }
    )
    assert made.at(path) == [(line, "error", "bad-value")]


@pytest.mark.parametrize("ref", ["summit", "readers"])
def test_an_event_or_a_community_behind_with(book, ref):
    made = book(
        {
            "contacts/a.md": contact(log=[f"2026-11-01 meet with [[{ref}]]: x"]),
            "events/summit.md": event(),
            "communities/readers.md": community(),
        }
    )
    assert made.at("contacts/a.md") == [(7, "error", "bad-value")]


# --- mentions


def test_any_mention_makes_a_backlink(book):
    made = book(
        {
            "contacts/li.md": contact(body="I am [[li]]\n"),
            "contacts/a.md": contact(body="see [[li]], [[Li|him]] and [[li#x]]\n"),
            "contacts/b.md": contact(log=["2026-11-01 meet with [[li]]: x"]),
            "contacts/c.md": contact(log=["2026-11-01 note: saw [[li]]"]),
            "events/e.md": event(body="- [ ] ask [[li]]\n"),
            "communities/f.md": community(body="## About [[li]]\n"),
            "contacts/g.md": contact("relations: {who: li, how: friend}"),
            "contacts/h.md": contact(body="`[[li]]`\n"),
        }
    )
    assert sorted(made.show("li")["backlinks"]) == ["a", "b", "c", "e", "f"]


@pytest.mark.parametrize(
    "body",
    [
        "```\n[[nobody]]\n```\n",
        "~~~ text\n[[nobody]]\n~~~\n",
        "````\n```\n[[nobody]]\n```\n[[nobody]]\n````\n",
        "```\n~~~\n[[nobody]]\n",
        "   ```\n[[nobody]]\n   ```\n",
        "para\n\n    [[nobody]]\n",
        "\t[[nobody]]\n",
        "a `[[nobody]]` b\n",
        "a `` ` [[nobody]] `` b\n",
        "<!-- [[nobody]] -->\n",
        "a <!-- [[nobody]] --> b\n",
        "<!--\n[[nobody]]\n\n[[nobody]]\n-->\n",
        "- item\n\n  ```\n  [[nobody]]\n  ```\n",
        "- item\n\n      [[nobody]]\n",
        "> ```\n> [[nobody]]\n> ```\n",
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_code_and_comments_are_passed_over(book, body, ends):
    text = contact(body=body).replace("\n", ends)
    assert book({"contacts/a.md": text}).problems() == []


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("```\ncode\n```\n[[nobody]]\n", 4),
        ("```\ncode\n````\n[[nobody]]\n", 4),
        ("````\n```\n````\n[[nobody]]\n", 4),
        ("`` ` ``[[nobody]]\n", 1),
        ("a ` [[nobody]]\n", 1),
        ("a `` [[nobody]] ` b\n", 1),
        ("para\n    [[nobody]]\n", 2),
        ("<!-- a -->\n[[nobody]]\n", 2),
        ("a <!-- b --> [[nobody]]\n", 1),
        ("<!--\na\n-->\n\n[[nobody]]\n", 5),
        ("- item\n\n    [[nobody]]\n", 3),
        ("> [[nobody]]\n", 1),
        ("# [[nobody]]\n", 1),
        ("| a | [[nobody]] |\n|---|---|\n", 1),
        ("**[[nobody]]**\n", 1),
        ("``` a`b\n[[nobody]]\n", 2),
        ("    code\n[[nobody]]\n", 2),
    ],
)
def test_what_is_no_code_is_read(book, body, line):
    made = book({"contacts/a.md": contact(body=body)})
    assert made.at("contacts/a.md") == [(3 + line, "warning", "unknown-reference")]


def test_each_unknown_mention_is_told_at_its_line(book):
    text = contact(body="para [[one]]\nand [[two]]\nand\n[[three]]\n")
    assert [row[0] for row in book({"contacts/a.md": text}).at("contacts/a.md")] == [4, 5, 7]
