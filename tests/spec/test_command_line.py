"""cli.md: finding the book, options, exit codes, what goes to which stream, list and find."""

from __future__ import annotations

import json
import re

import pytest

from tests.spec.book import TODAY, community, contact, day, event, process, run

LI = {"contacts/li.md": contact("tier: 15", ["2026-10-12 call: x"], name="Li Lei")}


# --- finding the book


@pytest.mark.parametrize("folder", [".", "contacts", "contacts/work", "notes/deep/down"])
def test_the_book_is_found_by_walking_up(book, folder):
    made = book(LI)
    (made.root / folder).mkdir(parents=True, exist_ok=True)
    result = run("--today", TODAY, "due", "--json", code=0, cwd=made.root / folder)
    assert json.loads(result.stdout)["items"][0]["path"] == "contacts/li.md"


def test_the_nearest_mkdocs_yml_that_names_the_plugin(book):
    made = book(LI)
    other = made.root / "sub" / "folder"
    other.mkdir(parents=True)
    (made.root / "sub" / "mkdocs.yml").write_text("site_name: other\nplugins:\n  - search\n")
    assert json.loads(run("check", "--json", code=0, cwd=other).stdout)["files"] == 1
    (made.root / "sub" / "mkdocs.yml").write_text("site_name: other\nplugins:\n  - renmai\n")
    (made.root / "sub" / "contacts").mkdir()
    assert json.loads(run("check", "--json", code=0, cwd=other).stdout)["files"] == 0


@pytest.mark.parametrize("command", ["check", "due", "agenda"])
def test_no_book_is_wrong_usage(tmp_path, command):
    result = run(command, code=2, cwd=tmp_path)
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    result = run("-C", str(tmp_path / "nowhere"), command, "--json", code=2)
    assert result.stdout == ""


def test_a_book_without_its_three_folders_is_an_empty_book(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: t\nplugins:\n  - renmai\n")
    assert json.loads(run("-C", str(tmp_path), "check", "--json", code=0).stdout)["files"] == 0
    assert json.loads(run("-C", str(tmp_path), "due", "--json", code=0).stdout)["items"] == []


# --- options


@pytest.mark.parametrize(
    "line",
    [
        "-C BOOK --today 2026-11-21 due --json",
        "-C BOOK due --json --today 2026-11-21",
        "due -C BOOK --today 2026-11-21 --json",
        "--today 2026-11-21 due --json -C BOOK",
        "--json -C BOOK --today 2026-11-21 due",
        "due --json --today=2026-11-21 -C BOOK --lang en",
        "--lang zh --json due -C BOOK --today 2026-11-21",
    ],
)
def test_global_options_stand_before_or_behind_the_command(book, line):
    made = book(LI)
    words = [str(made.root) if word == "BOOK" else word for word in line.split()]
    document = json.loads(run(*words, code=0).stdout)
    assert document["today"] == "2026-11-21"
    assert [(item["id"], item["due"]) for item in document["items"]] == [("li", "2026-11-12")]


def test_today_is_the_local_date_else(book):
    made = book(LI)
    document = made.json("due", today=None)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", document["today"])
    assert document["items"][0]["due"] == "2026-11-12"


@pytest.mark.parametrize(
    "words",
    [
        ["due", "--today", "2026-13-01"],
        ["due", "--today", "yesterday"],
        ["due", "--within", "soon"],
        ["due", "--lang", "fr"],
        ["due", "--nonsense"],
        ["nonsense"],
        ["show"],
        ["list"],
        ["list", "animals"],
        ["list", "contacts", "--stale", "soon"],
    ],
)
def test_wrong_usage(book, words):
    result = book(LI).run(*words, today=None, code=2)
    assert result.stdout == ""
    assert result.stderr.strip()


@pytest.mark.parametrize("option", ["--help"])
@pytest.mark.parametrize("command", [[], ["due"], ["check"], ["show"], ["list"], ["find"]])
def test_help(command, option):
    assert "renmai" in run(*command, option, code=0).stdout


# --- check


def test_the_document_of_check(book):
    made = book(
        {
            "contacts/li.md": contact("city: x\nsnooze: soon"),
            "contacts/work/wu.md": contact("circles: moon"),
            "events/e.md": event(),
        }
    )
    document = made.check()
    rows = [{key: row[key] for key in row if key != "message"} for row in document["problems"]]
    assert rows == [
        {"path": "contacts/li.md", "line": 4, "severity": "error", "code": "bad-value"},
        {"path": "contacts/work/wu.md", "line": 3, "severity": "warning", "code": "unknown-circle"},
    ]
    assert {key: document[key] for key in ("files", "errors", "warnings", "hints")} == {
        "files": 3,
        "errors": 1,
        "warnings": 1,
        "hints": 0,
    }


@pytest.mark.parametrize(
    ("front", "plain", "strict"), [("city: x", 0, 0), ("comapny: x", 0, 1), ("tier: 7", 1, 1)]
)
def test_check_exits_1_when_there_are_errors_and_strictly_when_warnings(book, front, plain, strict):
    made = book({"contacts/li.md": contact(front)})
    for more in ([], ["--json"]):
        made.run("check", *more, code=plain)
        made.run("check", "--strict", *more, code=strict)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_line_of_check(book, language):
    made = book({"contacts/李.md": contact("city: x\nsnooze: soon\ncomapny: x")})
    lines = made.run("check", "--lang", language).stdout.splitlines()
    assert re.fullmatch(r"contacts/李\.md:4: error\[bad-value\] \S.*", lines[0])
    assert re.fullmatch(r"contacts/李\.md:5: warning\[unknown-key\] \S.*", lines[1])


def test_problems_are_worded_in_the_language(book):
    made = book({"contacts/a.md": contact("snooze: soon")})
    assert re.search(r"[\u4e00-\u9fff]", made.message("bad-value", "--lang", "zh"))
    assert not re.search(r"[\u4e00-\u9fff]", made.message("bad-value", "--lang", "en"))


def test_problems_are_ordered_by_path_and_line(book):
    text = contact("tier: 7\nsnooze: soon\nfoo: 1")
    paths = ["contacts/b.md", "contacts/B2.md", "contacts/a/z.md", "contacts/a.md", "events/a1.md"]
    rows = book(dict.fromkeys(paths, text)).problems()
    assert len(rows) >= 3 * len(paths)


# --- streams


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["due"],
        ["due", "--all"],
        ["show", "li"],
        ["list", "contacts"],
        ["find", "li"],
        ["agenda"],
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_with_json_standard_output_is_one_document(book, words, language):
    made = book(LI | {"contacts/bad.md": contact("tier: 7")})
    json.loads(made.run(*words, "--json", "--lang", language).stdout)


def test_in_a_process_of_its_own(book):
    made = book(LI)
    done = made.process("due", "--json")
    assert done.returncode == 0
    document = json.loads(done.stdout)
    assert document["items"][0]["title"] == "Li Lei"
    assert made.process("show", "nobody").returncode == 1
    assert process("due", cwd=made.root.parent).returncode == 2


@pytest.mark.parametrize(
    "words", [["check"], ["due", "--all"], ["show", "a"], ["list", "contacts"], ["agenda"]]
)
def test_output_is_plain_when_it_is_no_terminal(book, words):
    made = book(LI | {"contacts/a.md": contact("tier: 5\nfoo: x\nbirthday: --11-30")})
    assert "\x1b" not in made.run(*words).stdout


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["due", "--all"],
        ["show", "a"],
        ["list", "contacts"],
        ["find", "evil"],
        ["agenda"],
    ],
)
def test_control_characters_from_a_file_are_shown_escaped(book, words):
    evil = r'"evil\e[31m\x07\x9b1m\r\b\0red"'
    files = {
        "contacts/a.md": contact(
            f"tier: {evil}\ncity: {evil}\nfollow_up: {{date: 2026-11-20, why: {evil}}}\n"
            f"circles: [{evil}]\n{evil}: x\ncadence: 1w",
            name=evil,
        ),
        "contacts/\x1b[31m\x07.md": contact("tier: 7"),
        "events/e.md": event("2026-11-25", people=[f"who: {evil}, met: yes"]),
    }
    shown = book(files).run(*words)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown.stdout + shown.stderr)


# --- list


def ids(made, *words: str) -> list[str]:
    rows = made.json("list", *words)["items"]
    assert all(isinstance(row["id"], str) for row in rows)
    return sorted(row["id"] for row in rows)


@pytest.fixture
def many(book):
    return book(
        {
            "contacts/a.md": contact(
                "circles: [work, hobby]\ntags: [vip]\ncity: Chengdu",
                [f"{day(-3)} meet!"],
                name="Ann",
            ),
            "contacts/b.md": contact("circles: work\ncity: 成都\nstatus: dormant", name="Ben"),
            "contacts/c.md": contact(
                "tags: [vip, x]\nstatus: wanted", [f"{day(-200)} call!"], name="Cy"
            ),
            "events/e.md": event(front="tags: vip"),
            "events/f.md": event(front="status: cancelled"),
            "communities/g.md": community("city: Chengdu"),
        }
    )


def test_list_of_each_kind(many):
    assert ids(many, "contacts") == ["a", "b", "c"]
    assert ids(many, "events") == ["e", "f"]
    assert ids(many, "communities") == ["g"]
    assert {row["name"] for row in many.json("list", "contacts")["items"]} == {"Ann", "Ben", "Cy"}
    assert {row["title"] for row in many.json("list", "events")["items"]} == {"T"}
    assert {row["name"] for row in many.json("list", "communities")["items"]} == {"C"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("contacts --circle work", "ab"),
        ("contacts --circle hobby", "a"),
        ("contacts --circle media", ""),
        ("contacts --tag vip", "ac"),
        ("contacts --city Chengdu", "a"),
        ("contacts --city 成都", "b"),
        ("contacts --status dormant", "b"),
        ("contacts --status active", "a"),
        ("contacts --level warm", "a"),
        ("contacts --level cool", "c"),
        ("contacts --level cold", "b"),
        ("contacts --tag vip --status wanted", "c"),
        ("events --tag vip", "e"),
        ("events --status cancelled", "f"),
        ("communities --city Chengdu", "g"),
    ],
)
def test_the_filters_of_list(many, words, found):
    assert ids(many, *words.split()) == list(found)


def test_list_stale(many):
    found = ids(many, "contacts", "--stale", "90d")
    assert "c" in found
    assert "a" not in found


# --- find


def test_find_over_names_pinyin_initials_fields_and_bodies(book):
    made = book(
        {
            "contacts/lin.md": contact("company: Blue Kite", name="林晓舟", body="likes oolong\n"),
            "contacts/jose.md": contact(name="José Álvarez"),
            "events/e.md": event(front="place: Harbour Hall"),
            "communities/c.md": community("theme: slow reading"),
        }
    )
    for words, found in {
        "林晓舟": "lin",
        "晓舟": "lin",
        "lin xiaozhou": "lin",
        "linxiaozhou": "lin",
        "lxz": "lin",
        "blue kite": "lin",
        "oolong": "lin",
        "josé": "jose",
        "jose": "jose",
        "harbour": "e",
        "slow reading": "c",
    }.items():
        rows = made.json("find", *words.split())["items"]
        assert [row["id"] for row in rows][:1] == [found], words
        assert rows[0]["kind"] in ("contact", "event", "community")
        assert isinstance(rows[0]["title"], str)
        assert isinstance(rows[0]["score"], (int, float))


def test_find_of_what_is_nowhere(book):
    document = book(LI).json("find", "xyzzy", code=None)
    assert document["items"] == []


def test_find_gives_the_best_first(book):
    made = book(
        {
            "contacts/a.md": contact(name="Ann", body="knows Kite and other people\n"),
            "contacts/kite.md": contact(name="Kite"),
        }
    )
    rows = made.json("find", "kite")["items"]
    assert rows[0]["id"] == "kite"
    assert {row["id"] for row in rows} == {"a", "kite"}
