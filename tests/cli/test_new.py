"""`renmai new`: what it writes, what it calls it, what it refuses."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renmai.cli.newbook.files import template
from renmai.text.values import nfc
from tests.cli.conftest import MakeBook
from tests.cli.running import clean_environment, command, run

DAY = ("--date", "2026-12-03")
SORTS = [("contact", ()), ("event", DAY), ("community", ())]


def written(root: Path) -> dict[str, str]:
    """The records of a book by path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for folder in ("contacts", "events", "communities")
        for path in sorted((root / folder).rglob("*.md"))
    }


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("sort", "day"), SORTS)
def test_a_new_record_has_nothing_wrong(
    sort: str, day: tuple[str, ...], language: str, make_book: MakeBook
) -> None:
    root = make_book(language=language)
    said = run("new", sort, "Lin", "Xiaozhou", *day, cwd=root)
    (path,) = written(root)
    assert (said.out, said.err, said.code) == (f"{path}\n", "", 0)
    assert path.endswith("/lin-xiaozhou.md")
    found = run("check", "--strict", "--json", "--today", "2026-11-21", cwd=root)
    assert (found.code, found.document["problems"]) == (0, [])
    shown = run("show", "lin-xiaozhou", "--json", cwd=root).document
    assert shown.get("name", shown.get("title")) == "Lin Xiaozhou"


@pytest.mark.parametrize(("language", "heading"), [("en", "## Before"), ("zh", "## 会前")])
def test_an_event_comes_with_the_eleven_steps(
    language: str, heading: str, make_book: MakeBook
) -> None:
    root = make_book(language=language)
    run("new", "event", "设计周", *DAY, "--lang", "en", cwd=root)
    assert heading in written(root)["events/设计周.md"]
    event = run("show", "设计周", "--json", cwd=root).document
    steps = [event["readiness"][phase] for phase in ("before", "during", "after")]
    assert steps == [[0, 3], [0, 6], [0, 2]]
    assert event["date"] == "2026-12-03"


@pytest.mark.parametrize(
    ("sort", "title", "id"),
    [
        ("contact", "林晓舟", "lin-xiaozhou"),
        ("contact", "欧阳娜娜", "ouyang-nana"),
        ("contact", "单知夏 (Zoe)", "shan-zhixia-zoe"),
        ("contact", "José O’Brien", "jose-obrien"),
        ("contact", "Иван Петров", "иван-петров"),
        ("contact", "../../etc/passwd", "etc-passwd"),
        ("contact", "a\\b:c*d?", "a-b-c-d"),
        ("contact", ".hidden", "hidden"),
        ("contact", "_x", "x"),
        ("contact", "...", "contact"),
        ("contact", "🎉", "contact"),
        ("contact", "CON", "con-contact"),
        ("contact", "Lpt1", "lpt1-contact"),
        ("event", "Design Week 设计周", "design-week"),
        ("event", "AI 大会", "ai-大会"),
        ("community", "纸页读书会", "纸页读书会"),
        ("community", "word " * 100, "-".join(["word"] * 16)),
    ],
)
def test_the_id_is_made_from_the_title(sort: str, title: str, id: str, make_book: MakeBook) -> None:
    root = make_book()
    run("new", sort, title, *(DAY if sort == "event" else ()), cwd=root)
    assert [path.split("/")[-1] for path in written(root)] == [f"{id}.md"]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("next friday", "2026-11-27"),
        ("下周五", "2026-11-27"),
        ("12月3日", "2026-12-03"),
        ("in 3 weeks", "2026-12-12"),
        ("yesterday", "2026-11-20"),
    ],
)
def test_the_day_of_an_event_as_people_say_it(said: str, day: str, make_book: MakeBook) -> None:
    root = make_book()
    run("new", "event", "T", "--date", said, "--today", "2026-11-21", cwd=root)
    assert f"\ndate: {day}\n" in written(root)["events/t.md"]


def test_without_a_day_where_nobody_can_be_asked_it_is_today(make_book: MakeBook) -> None:
    root = make_book()
    said = run("new", "event", "Tea", "--today", "2026-11-21", cwd=root)
    assert (said.out, said.code, said.err.count("\n")) == ("events/tea.md\n", 0, 1)
    assert "21 Nov 2026" in said.err
    assert "\ndate: 2026-11-21\n" in written(root)["events/tea.md"]
    assert run("check", "--strict", "--today", "2026-11-21", cwd=root).code == 0


@pytest.mark.parametrize("said", ["soon", "3/4", "2026-02-30", "31 november", "7"])
def test_what_is_no_day_or_several(said: str, make_book: MakeBook) -> None:
    root = make_book()
    result = run("new", "event", "T", "--date", said, "--today", "2026-11-21", cwd=root)
    assert (result.out, result.code, result.err.count("\n")) == ("", 2, 1)


TITLES = [
    "No", "null", "~", "12:30", "2026-11-21", "#a", "- x", "[x]", "{x}", '"q"', "'q'", "a: b",
    "a #b", "🎉", "|", ">", "&a", "*a", "!x", "%x", "@x", "`x`", "?", "a\\b", "x,", "{{title}}",
    "{{date}}", "true", "0x10", "1e3", "\ufeffx", "שלום", "---", "name: x", "<<<<<<< x", "a / b",
    "[[x]]", "::", "e\u0301",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_titles_that_yaml_would_misread(title: str, make_book: MakeBook) -> None:
    root = make_book()
    for sort, day in SORTS:
        assert run("new", sort, "--force", *day, "--", title, cwd=root).code == 0
    assert run("check", "--strict", "--today", "2026-11-21", cwd=root).code == 0
    listed = [run("list", kind, "--json", cwd=root).document for kind in ("contacts", "events")]
    assert [each["items"][0].get("name", each["items"][0].get("title")) for each in listed] == [
        nfc(title), nfc(title),
    ]  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=3))
def test_any_titles_at_all(make_book: MakeBook, titles: list[str]) -> None:
    root = make_book()
    for path in written(root):
        (root / path).unlink()
    count = 0
    for title in titles:
        said = run("new", "contact", "--force", "--", title, cwd=root)
        assert said.code in (0, 2)
        count += said.code == 0
    records = written(root)
    assert len(records) == count
    assert len({path.casefold() for path in records}) == count
    assert all(len(path.encode()) < 220 for path in records)
    found = run("check", "--strict", "--json", cwd=root).document
    assert found["problems"] == []


@pytest.mark.parametrize("title", ["", "   ", "a\nb", "a\x1bb", "a\x00b", "a\u2028b", "\udcff"])
def test_what_is_no_title(title: str, make_book: MakeBook) -> None:
    root = make_book()
    said = run("new", "contact", title, cwd=root)
    assert (said.out, said.code, said.err.count("\n")) == ("", 2, 1)
    assert written(root) == {}


def test_nobody_is_written_twice_unawares(make_book: MakeBook) -> None:
    card = "---\nname: Grace Tennyfold\naliases: [Gracie]\n---\n"
    root = make_book({"contacts/town/grace.md": card})
    for title in ("grace tennyfold", "GRACIE", "Grace"):
        said = run("new", "contact", title, cwd=root)
        assert (said.out, said.code) == ("", 1)
        assert "contacts/town/grace.md" in said.err
    assert run("new", "contact", "Grace Tennyfold", "--force", cwd=root).code == 0
    assert list(written(root)) == ["contacts/grace-tennyfold.md", "contacts/town/grace.md"]


def test_an_id_is_nobody_elses(make_book: MakeBook) -> None:
    """Not without case, not in another folder, not where a name would mean something else."""
    root = make_book(
        {
            "contacts/Ada.md": "---\nname: Ada Byron\n---\n",
            "communities/bo.md": "broken",
            "communities/tea.md": "---\nname: Cy\n---\n",
        }
    )
    for title, id in (("ada!", "ada-2"), ("Bo.", "bo-2"), ("cy?", "cy-2")):
        run("new", "contact", title, "--force", cwd=root)
        assert f"contacts/{id}.md" in written(root)
    for day, id in (("2026-12-03", "ada-2026"), ("2026-12-04", "ada-2026-12-04")):
        run("new", "event", "ADA", "--date", day, "--force", cwd=root)
        assert f"events/{id}.md" in written(root)


def test_an_id_of_ones_own(make_book: MakeBook) -> None:
    root = make_book({"contacts/li.md": "---\nname: 李雷\n---\n"})
    assert run("new", "contact", "Han", "--id", "韩 梅梅", cwd=root).out == "contacts/韩 梅梅.md\n"
    said = run("new", "contact", "Li", "--id", "LI", cwd=root)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert run("new", "contact", "Li", "--id", "李雷", cwd=root).code == 1
    for id in (
        "",
        "a/b",
        "../a",
        ".a",
        "_a",
        "a.",
        " a",
        "a|b",
        "nul",
        "NUL.x",
        "a\x00",
        "x" * 201,
    ):
        said = run("new", "contact", "Li", "--id", id, cwd=root)
        assert (said.out, said.code, said.err.count("\n")) == ("", 2, 1)
    assert len(written(root)) == 2


def test_a_file_that_is_no_record_is_not_overwritten(make_book: MakeBook) -> None:
    root = make_book()
    (root / "contacts/ada.md").mkdir(parents=True)
    said = run("new", "contact", "Ada", cwd=root)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


def test_options_become_keys_in_their_place(make_book: MakeBook) -> None:
    root = make_book(language="zh")
    run(
        "new", "contact", "Ada", "--city", "上海", "--circle", "行业", "--circle", "hobby",
        "--wanted", "--company", "No", "--tier", "15", "--tag", "a, b", cwd=root,
    )  # fmt: skip
    front = written(root)["contacts/ada.md"]
    assert front.startswith("---\nname: Ada\nstatus: wanted\ncircles: ")
    found = run("list", "contacts", "--json", cwd=root).document["items"][0]
    assert (found["city"], found["company"], found["tags"]) == ("上海", "No", ["a, b"])
    assert (found["status"], len(found["circles"])) == ("wanted", 2)
    assert run("fmt", "--check", cwd=root).code == 0
    run("new", "event", "E", *DAY, "--kind", "meetup", "--place", "a: b", "--hosted", cwd=root)
    run("new", "community", "T", "--role", "owner", "--city", "Y", cwd=root)
    assert run("check", "--strict", "--today", "2026-11-21", cwd=root).code == 0
    assert run("list", "communities", "--json", cwd=root).document["items"][0]["role"] == "owner"


@pytest.mark.parametrize(
    "args",
    [
        ("contact",), ("person", "X"), ("contact", "X", *DAY),
        ("event", "X", "--date", "2026-02-30"), ("community", "X", "--tier", "5"),
        ("contact", "X", "--tier", "6"), ("contact", "X", "--circle", "wrk"),
        ("event", "X", *DAY, "--kind", "party"), ("contact", "X", "--json"),
        ("contact", "X", "--edit"),
    ],
)  # fmt: skip
def test_wrong_usage(args: tuple[str, ...], make_book: MakeBook) -> None:
    root = make_book()
    said = run("new", *args, cwd=root, EDITOR="", VISUAL="")
    assert (said.out, said.code, said.err.count("\n")) == ("", 2, 1)
    assert written(root) == {}


def test_a_rehearsal_writes_nothing(make_book: MakeBook) -> None:
    root = make_book()
    said = run("new", "contact", "Ada", "--dry-run", cwd=root)
    assert said.code == 0
    assert said.out.startswith("--- /dev/null\n+++ b/contacts/ada.md\n")
    assert "+name: Ada\n" in said.out
    assert written(root) == {}
    assert not (root / "contacts").exists()


def test_the_books_own_template_is_used(make_book: MakeBook) -> None:
    root = make_book(
        {
            "_templates/contact.md": "\ufeff---\r\nx-why: '{{ title }}'\r\n"
            "city: Y # mine\r\n---\r\n# {{title}}\r\n",
            "_templates/event.md": "Just {{title}} on {{date}}.\n",
        }
    )
    run("new", "contact", "a: b", "--tag", "t", cwd=root)
    assert written(root)["contacts/a-b.md"] == (
        '---\r\nname: "a: b"\r\nx-why: "a: b"\r\ncity: Y # mine\r\ntags: [t]\r\n---\r\n# a: b\r\n'
    )
    run("new", "event", "T", *DAY, cwd=root)
    assert written(root)["events/t.md"] == (
        "---\ntitle: T\ndate: 2026-12-03\n---\n\nJust T on 2026-12-03.\n"
    )


@pytest.mark.parametrize("text", ["---\nname: [\n---\n", "---\nname: Bo\n---\n", "---\nname: x"])
def test_a_template_that_makes_no_record(text: str, make_book: MakeBook) -> None:
    root = make_book({"_templates/contact.md": text})
    said = run("new", "contact", "Ada", cwd=root)
    if said.code:
        assert (said.out, said.code, said.err.count("\n")) == ("", 1, 1)
        assert "_templates/contact.md" in said.err
        assert written(root) == {}


def test_a_template_that_leads_out_of_the_book_is_not_read(make_book: MakeBook) -> None:
    root = make_book()
    (root.parent / "secret.md").write_text("---\nname: '{{title}}'\ncity: secret\n---\n")
    (root / "_templates").mkdir()
    (root / "_templates/contact.md").symlink_to(root.parent / "secret.md")
    run("new", "contact", "Ada", cwd=root)
    assert "secret" not in written(root)["contacts/ada.md"]


def test_it_opens_the_editor_and_says_what_is_wrong_then(make_book: MakeBook) -> None:
    root = make_book()
    editor = root.parent / "my editor"
    editor.write_text('#!/bin/sh\nprintf -- "---\\nname: Ada\\ntier: x\\n---\\n" > "$2"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    said = run(
        "new", "contact", "Ada", "--edit", cwd=root, VISUAL=f"'{editor}' --wait", EDITOR="no"
    )
    assert (said.code, said.out) == (0, "contacts/ada.md\n")
    assert said.err.startswith("contacts/ada.md:3: ")
    failing = run("new", "contact", "Bo", "--edit", cwd=root, VISUAL="false")
    assert (failing.code, failing.err.count("\n")) == (1, 1)
    missing = run("new", "contact", "Cy", "--edit", cwd=root, VISUAL="", EDITOR="no-such-editor")
    assert (missing.code, missing.err.count("\n")) == (2, 1)
    assert list(written(root)) == ["contacts/ada.md", "contacts/bo.md"]


def on_terminal(root: Path, typed: bytes, *args: str) -> tuple[bytes, int]:
    """What a run says on a terminal to somebody who types `typed`, and its exit code."""
    import pty

    ours, theirs = pty.openpty()
    os.write(ours, typed)
    done = subprocess.run(
        command(*args),
        cwd=root,
        env=clean_environment({}),
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        timeout=60,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    return done.stdout, done.returncode


def test_on_a_terminal_it_asks(make_book: MakeBook) -> None:
    root = make_book({"contacts/ada.md": "---\nname: Ada\n---\n"})
    said = on_terminal(root, b"soon-ish\n2026-12-03\n", "new", "event", "Tea")
    assert said == (b"events/tea.md\n", 0)
    assert "date: 2026-12-03" in written(root)["events/tea.md"]
    assert on_terminal(root, b"\n", "new", "event", "Now", "--today", "2026-11-21")[1] == 0
    assert "\ndate: 2026-11-21\n" in written(root)["events/now.md"]
    assert on_terminal(root, b"n\n", "new", "contact", "Ada")[0] == b""
    assert on_terminal(root, b"y\n", "new", "contact", "Ada") == (b"contacts/ada-2.md\n", 0)


def test_the_steps_of_both_languages_are_the_same_in_number() -> None:
    counts = [
        [part.count("- [ ] ") for part in template(language, "event").decode().split("\n## ")]
        for language in ("en", "zh")
    ]
    assert counts == [[0, 3, 6, 2]] * 2
