"""format.md, "Files and ids": which files are records, their ids, and how they are encoded."""

from __future__ import annotations

import os
import unicodedata

import pytest

from tests.spec.book import contact, event, record

BROKEN = {
    "bad-encoding": b"---\nname: \xff\n---\n",
    "conflict-markers": b"---\nname: L\n---\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n",
    "bad-yaml": b"---\nname: @\n---\n",
}


# --- which files count


@pytest.mark.parametrize(
    "path",
    [
        "contacts/li.md",
        "contacts/work/li.md",
        "contacts/a/b/c/d/li.md",
        "contacts/li.MD",
        "contacts/li.Md",
        "contacts/folder.md/li.md",
        "contacts/with space/li.md",
        "contacts/工作/li.md",
    ],
)
def test_one_record_a_file_anywhere_below_its_folder(book, path):
    made = book({path: contact()})
    assert made.check()["files"] == 1
    assert made.show("li")["id"] == "li"


@pytest.mark.parametrize(
    "path",
    [
        "contacts/li.markdown",
        "contacts/li.txt",
        "contacts/li.md.bak",
        "contacts/limd",
        "contacts/.li.md",
        "contacts/_li.md",
        "contacts/.hidden/li.md",
        "contacts/_drafts/li.md",
        "contacts/work/_drafts/deep/li.md",
        "contacts/.md",
        "li.md",
        "notes/li.md",
        "Contacts/li.md",
    ],
)
def test_other_files_are_passed_over(book, path):
    made = book({path: "no front matter"})
    assert made.check() == made.check() | {"files": 0, "problems": []}


def test_files_counts_every_record_file_readable_or_not(book):
    made = book(
        {f"contacts/{code}.md": text for code, text in BROKEN.items()}
        | {"events/e.md": event(), "communities/c.md": record("name: C"), "contacts/x.txt": ""}
    )
    assert made.check()["files"] == 5


# --- the id


def test_the_id_is_the_stem(book):
    made = book({"contacts/work/Lin.Xiao-zhou 2.md": contact()})
    assert made.show("Lin.Xiao-zhou 2")["id"] == "Lin.Xiao-zhou 2"


def test_a_chinese_id(book):
    made = book({"contacts/林晓舟.md": contact("tier: 15", name="林晓舟")})
    assert made.show("林晓舟")["id"] == "林晓舟"
    assert [item["path"] for item in made.due()] == ["contacts/林晓舟.md"]


def test_the_id_is_normalised_to_nfc(book):
    decomposed = unicodedata.normalize("NFD", "josé")
    assert decomposed != "josé"
    made = book({f"contacts/{decomposed}.md": contact()})
    for ref in ("josé", decomposed):
        assert made.show(ref)["id"] == "josé"


@pytest.mark.parametrize(
    "paths",
    [
        ["contacts/li.md", "events/li.md"],
        ["contacts/li.md", "contacts/work/li.md"],
        ["contacts/li.md", "contacts/old/LI.md"],
        ["contacts/li.md", "contacts/li.MD"],
        ["contacts/Émile.md", "communities/émile.md"],
        ["contacts/josé.md", "events/" + unicodedata.normalize("NFD", "josé") + ".md"],
        ["contacts/li.md", "events/Li.md", "communities/lI.md"],
    ],
)
def test_two_files_with_one_id_are_duplicate_id_at_line_1_of_each(book, paths):
    front = {
        "contacts": "name: L",
        "events": "title: T\ndate: 2026-11-19",
        "communities": "name: C",
    }
    made = book({path: record(front[path.split("/")[0]]) for path in paths})
    expected = sorted((path, 1, "error", "duplicate-id") for path in paths)
    assert sorted(map(tuple, made.problems())) == expected


def test_a_broken_file_has_its_id_for_duplicate_id_too(book):
    made = book({"contacts/li.md": contact(), "events/li.md": BROKEN["bad-yaml"]})
    assert made.at("contacts/li.md") == [(1, "error", "duplicate-id")]
    assert (1, "error", "duplicate-id") in made.at("events/li.md")


def test_passed_over_files_have_no_id(book):
    made = book({"contacts/li.md": contact(), "contacts/_old/li.md": contact()})
    assert made.problems() == []


# --- symbolic links and what is no regular file


def test_a_link_out_of_the_book_is_passed_over_with_a_warning(book, tmp_path):
    made = book()
    outside = tmp_path / "outside.md"
    outside.write_text(contact(name="Secret"))
    (made.root / "contacts" / "out.md").symlink_to(outside)
    assert [(p.path, p.severity, p.code) for p in made.problems()] == [
        ("contacts/out.md", "warning", "outside-book")
    ]
    assert made.json("list", "contacts")["items"] == []


def test_a_relative_link_out_of_the_book(book, tmp_path):
    made = book()
    (tmp_path / "outside.md").write_text(contact(name="Secret"))
    (made.root / "contacts" / "out.md").symlink_to("../../outside.md")
    assert made.codes() == ["outside-book"]


def test_a_folder_linked_from_outside_is_passed_over_with_a_warning(book, tmp_path):
    made = book({"contacts/li.md": contact()})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(contact(name="Secret"))
    (made.root / "contacts" / "out").symlink_to(outside, target_is_directory=True)
    assert set(made.codes()) == {"outside-book"}
    assert [row["id"] for row in made.json("list", "contacts")["items"]] == ["li"]


def test_a_whole_record_folder_linked_from_outside_is_not_read(book, tmp_path):
    made = book()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(contact(name="Secret"))
    (made.root / "contacts").rmdir()
    (made.root / "contacts").symlink_to(outside, target_is_directory=True)
    assert made.json("list", "contacts")["items"] == []


def test_a_link_within_the_book_is_read(book):
    made = book({"contacts/_store/real.md": contact("city: Chengdu", name="Li")})
    (made.root / "contacts" / "li.md").symlink_to("_store/real.md")
    assert made.problems() == []
    assert made.show("li")["name"] == "Li"


def test_a_book_that_is_itself_reached_by_a_link_is_no_outside(book, tmp_path):
    made = book({"contacts/li.md": contact()})
    link = tmp_path / "link"
    link.symlink_to(made.root, target_is_directory=True)
    made.root = link
    assert made.check()["files"] == 1
    assert made.problems() == []


@pytest.mark.parametrize("target", ["nowhere.md", "loop.md"])
def test_a_link_to_nothing_and_to_itself_stops_nobody(book, target):
    made = book({"contacts/li.md": contact()})
    (made.root / "contacts" / "loop.md").symlink_to(target)
    made.check()
    assert [row["id"] for row in made.json("list", "contacts")["items"]] == ["li"]


def test_a_link_to_a_folder_above_does_not_go_round(book):
    made = book({"contacts/work/li.md": contact()})
    (made.root / "contacts" / "work" / "up").symlink_to("..", target_is_directory=True)
    result = made.process("list", "contacts", "--json", timeout=20)
    assert result.stdout.count(b'"li"') == 1


def test_only_regular_files_are_read(book):
    made = book({"contacts/li.md": contact()})
    os.mkfifo(made.root / "contacts" / "pipe.md")
    (made.root / "contacts" / "folder.md").mkdir()
    result = made.process("list", "contacts", "--json", timeout=20)
    assert result.returncode == 0
    assert b'"li"' in result.stdout
    assert b'"pipe"' not in result.stdout
    assert b'"folder"' not in result.stdout


# --- encoding


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["plain", "BOM"])
def test_a_bom_and_crlf_are_tolerated(book, bom, ends):
    text = contact("tier: 15", ["2026-10-12 call: x"], name="李雷").replace("\n", ends)
    made = book({"contacts/li.md": bom + text})
    assert made.problems() == []
    assert made.show("li")["name"] == "李雷"
    assert made.due_of("cadence", "li") == "2026-11-12"


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["plain", "BOM"])
def test_a_bom_and_crlf_move_no_line(book, bom, ends):
    text = contact("tier: 7\nsnooze: soon", ["2026-10-12 call", "no date"], "see [[nobody]]\n")
    made = book({"contacts/li.md": bom + text.replace("\n", ends)})
    assert made.at("contacts/li.md") == [
        (3, "error", "bad-value"),
        (4, "error", "bad-value"),
        (6, "warning", "unknown-reference"),
        (line_after_log(text), "warning", "undated-entry"),
    ]


def line_after_log(text: str) -> int:
    return text.split("no date")[0].count("\n") + 1


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"\xff---\nname: L\n---\n", 1),
        (b"---\nname: \xe6\x9d\n---\n", 2),
        (b"---\nname: L\n---\n\nbody\n\xc3\x28 body\n\xff\n", 6),
        (b"---\r\nname: L\r\n---\r\n\r\n\xe6\x9d\xce\r\n", 5),
        (b"\xef\xbb\xbf---\nname: \x80\n---\n", 2),
        (b"---\nname: L\n---\n\xed\xa0\x80", 4),
        (b"---\nname: L\n---\n\xc0\x80", 4),
        ("---\nname: 李\n---\n".encode("utf-16"), 1),
        ("---\nname: L\ncity: 成都\n---\n".encode("gb18030"), 3),
    ],
    ids=[
        "at the very start",
        "a character cut short",
        "in the body, the first of two",
        "CRLF",
        "behind a BOM",
        "a surrogate",
        "overlong",
        "UTF-16",
        "GB 18030",
    ],
)
def test_bytes_that_are_no_utf8_are_bad_encoding_at_the_line_of_the_first(book, raw, line):
    made = book({"contacts/a.md": raw})
    assert made.at("contacts/a.md") == [(line, "error", "bad-encoding")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\nname: L\n---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", 4),
        ("---\nname: L\n<<<<<<< HEAD\ncity: a\n=======\ncity: b\n>>>>>>> x\n---\n", 3),
        ("<<<<<<< HEAD\n---\nname: L\n---\n", 1),
        ("---\nname: L\n---\n\n```\n<<<<<<< HEAD\n```\n", 6),
        ("---\nname: L\n---\n\n    code\n\n||||||| base\n", 7),
        ("---\nname: L\n---\n\n<!--\n>>>>>>> theirs\n-->\n", 6),
        ("---\nname: L\n---\n\na\n>>>>>>> x\n<<<<<<< y\n", 6),
        ("---\r\nname: L\r\n---\r\n<<<<<<< HEAD\r\n", 4),
        ("\ufeff---\nname: L\n---\n>>>>>>> x\n", 4),
        ("---\nname: L\n---\n<<<<<<< ", 4),
    ],
)
def test_conflict_markers_at_the_first_such_line_in_code_as_well(book, text, line):
    made = book({"contacts/a.md": text})
    assert made.at("contacts/a.md") == [(line, "error", "conflict-markers")]


@pytest.mark.parametrize(
    "body",
    [
        "A heading\n=======\n",
        "=======\n",
        "======= x\n",
        "<<<<<<<\n",
        "<<<<<< HEAD\n",
        "<<<<<<<< HEAD\n",
        "<<<<<<<HEAD\n",
        " <<<<<<< HEAD\n",
        "x <<<<<<< HEAD\n",
        "| a | b |\n|---|---|\n",
        "> > > > > > > quoted\n",
    ],
)
def test_what_is_no_conflict_marker(book, body):
    made = book({"contacts/a.md": contact(body=body)})
    assert made.problems() == []


# --- a broken file


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_file_never_stops_the_rest(book, code):
    made = book({"contacts/a.md": BROKEN[code], "contacts/li.md": contact("tier: 15")})
    assert made.codes("contacts/a.md") == [code]
    assert made.at("contacts/li.md") == []
    assert made.dues("cadence") == [("li", "2026-11-21")]


@pytest.mark.parametrize("code", BROKEN)
@pytest.mark.parametrize("ref", ["a", "A", "contacts/a", "a|shown", "a#Heading"])
def test_references_to_a_broken_file_still_resolve(book, code, ref):
    made = book(
        {
            "contacts/a.md": BROKEN[code],
            "contacts/li.md": contact(
                f'met: {{through: "[[{ref}]]"}}',
                [f"2026-10-12 meet with [[{ref}]]: x"],
                f"see [[{ref}]]\n",
            ),
            "events/e.md": event(people=[met_with_brackets(ref)]),
            "communities/c.md": record(f'name: C\nmembers: ["[[{ref}]]"]'),
        }
    )
    assert {row.code for row in made.problems()} == {code}


def met_with_brackets(ref: str) -> str:
    return f'who: "[[{ref}]]", met: yes'


def test_a_person_whose_file_is_broken_has_a_card(book):
    made = book(
        {"contacts/a.md": BROKEN["bad-yaml"], "events/e.md": event(people=["who: a, met: yes"])}
    )
    assert made.dues("card") == []


@pytest.mark.parametrize(
    "text",
    [
        "---\nname: Known\ntier: 15\nfollow_up: 2026-11-01\nbad: @\n---\n- [ ] a due 2026-11-01\n",
        "---\nname: Known\ntier: 15\nfollow_up: 2026-11-01\n---\n<<<<<<< a\n- [ ] a due 2026-11-01",
        b"---\nname: Known\ntier: 15\nfollow_up: 2026-11-01\n---\n\xff\n- [ ] a due 2026-11-01\n",
    ],
    ids=["bad-yaml", "conflict-markers", "bad-encoding"],
)
def test_of_a_broken_file_nothing_but_the_id_is_used(book, text):
    made = book({"contacts/a.md": text, "contacts/li.md": contact(body="see [[Known]]\n")})
    assert made.due("--all") == []
    assert made.at("contacts/li.md") == [(4, "warning", "unknown-reference")]


def test_a_broken_log_counts_for_nobody(book):
    entry = "## Log\n\n- 2026-11-20 meet with [[li]]: x\n"
    made = book(
        {
            "contacts/li.md": contact(),
            "contacts/a.md": record("name: A\nbad: @", entry),
            "contacts/b.md": record("name: B", entry),
        }
    )
    assert [row["path"] for row in made.interactions("li")] == ["contacts/b.md"]


# --- lines are counted by \n


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85"])
def test_only_line_feeds_end_a_line_in_front_matter(book, odd):
    text = record(f'name: "a{odd}b"\ncity: "c{odd}{odd}d"\ntier: 7')
    assert book({"contacts/a.md": text}).at("contacts/a.md") == [(4, "error", "bad-value")]


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1e"])
def test_only_line_feeds_end_a_line_in_the_body(book, odd):
    text = contact(log=[f"2026-11-02 call: a{odd}b", f"2026-11-01 note: {odd} x", "no date"])
    made = book({"contacts/a.md": text})
    assert made.at("contacts/a.md") == [(line_after_log(text), "warning", "undated-entry")]
    assert len(made.interactions("a")) == 1
