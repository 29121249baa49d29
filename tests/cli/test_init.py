"""`renmai init`: what it writes, what it refuses, and the example book around any day."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.cli.newbook import demo
from renmai.edit.keys import yaml_text
from renmai.model.records import RECORDS
from renmai.rules.calendar import next_occurrence
from renmai.text.schema import fields_of
from renmai.text.values import parse_partial
from renmai.text.yamltree import Mapping, Scalar, read_yaml
from tests.cli.running import clean_environment, command, run

ANCHOR = date(2026, 11, 21)

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="no git here")


@pytest.mark.parametrize(
    ("args", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        (["--lang", "zh"], {}, "zh"),
        (["--lang", "en"], {"LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_a_new_book_has_nothing_wrong_and_nobody_waiting(
    args: list[str], environment: dict[str, str], language: str, tmp_path: Path
) -> None:
    said = run("init", "my-book", *args, cwd=tmp_path, **environment)
    assert said.code == 0
    assert len(said.out.splitlines()) == 4
    root = tmp_path / "my-book"
    found = run("check", "--json", cwd=root)
    assert (found.code, found.document["files"], found.document["problems"]) == (0, 1, [])
    assert run("due", "--all", "--json", cwd=root).document["items"] == []
    assert ("用法" in run("--help", cwd=root).out) == (language == "zh")
    mine = run("show", "me", "--json", cwd=root).document
    assert mine["name"] == ("我" if language == "zh" else "Me")


def test_the_files_of_a_new_book(tmp_path: Path) -> None:
    run("init", "b", cwd=tmp_path)
    root = tmp_path / "b"
    files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert {file for file in files if not file.startswith(".git/")} == {
        "mkdocs.yml",
        "README.md",
        ".gitignore",
        ".gitattributes",
        ".vscode/settings.json",
        ".vscode/renmai.code-snippets",
        ".vscode/tasks.json",
        ".obsidian/app.json",
        ".obsidian/templates.json",
        ".obsidian/types.json",
        ".schema/contact.json",
        ".schema/event.json",
        ".schema/community.json",
        "contacts/me.md",
        "events/.gitkeep",
        "communities/.gitkeep",
        "_templates/contact.md",
        "_templates/event.md",
        "_templates/community.md",
    }
    assert "site/" in (root / ".gitignore").read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_templates_are_right_when_obsidian_fills_them(language: str, tmp_path: Path) -> None:
    run("init", "b", "--lang", language, cwd=tmp_path)
    root = tmp_path / "b"
    for folder, record in RECORDS.items():
        text = (root / "_templates" / f"{record.SORT}.md").read_text("utf-8")
        keys = [key for key in fields_of(record) if f"\n{key}:" in text]
        assert re.findall(r"(?m)^([a-z_]+):", text) == keys, "in the standard order"
        text = text.replace("{{title}}", f"No: {folder}").replace("{{date}}", "2026-12-03")
        (root / folder / f"new-{folder}.md").write_text(text, "utf-8")
    found = run("check", "--json", cwd=root).document
    assert (found["files"], found["problems"]) == (4, [])
    event = run("show", "new-events", "--json", cwd=root).document["readiness"]
    assert [event[phase][1] for phase in ("before", "during", "after")] == [3, 6, 2]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_settings_that_are_commented_out_are_right(language: str, tmp_path: Path) -> None:
    run("init", "b", "--lang", language, cwd=tmp_path)
    settings = tmp_path / "b" / "mkdocs.yml"
    text = settings.read_text("utf-8")
    settings.write_text(re.sub(r"(?m)^      # (?=[a-z_]+:|  [a-z]+:)", "      ", text), "utf-8")
    assert "\n      circles:\n        family:" in settings.read_text("utf-8")
    assert run("check", "--json", cwd=tmp_path / "b").document["problems"] == []


def test_the_schemas_know_every_key_and_explain_it(tmp_path: Path) -> None:
    run("init", "b", cwd=tmp_path)
    root = tmp_path / "b"
    for folder, record in RECORDS.items():
        path = f".schema/{record.SORT}.json"
        schema = json.loads((root / path).read_text("utf-8"))
        assert list(schema["properties"]) == list(fields_of(record))
        assert all(each["description"] for each in schema["properties"].values())
        settings = json.loads((root / ".vscode/settings.json").read_text("utf-8"))
        assert settings["yaml.schemas"][path] == [f"{folder}/**/*.md"]


@pytest.mark.parametrize("args", [["--lang", "en"], ["--lang", "zh"], ["--demo"]])
def test_what_is_not_empty_is_left_alone(args: list[str], tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "mine").write_text("x")
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("b", "file", "link"):
        result = run("init", name, *args, cwd=tmp_path)
        assert (result.code, result.out) == (2, "")
        assert result.err.count("\n") == 1
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["mine"]
    assert not (tmp_path / "nowhere").exists()


def test_an_empty_folder_and_folders_that_are_not_there_yet(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert run("init", ".", cwd=tmp_path / "a").code == 0
    assert run("init", "b/c/d", cwd=tmp_path).code == 0
    assert run("-C", "b", "init", "e", cwd=tmp_path).code == 0
    assert (tmp_path / "b" / "e" / "mkdocs.yml").is_file()


@needs_git
def test_a_repository_is_begun_where_there_is_none(tmp_path: Path) -> None:
    run("init", "a", cwd=tmp_path)
    assert (tmp_path / "a" / ".git").is_dir()
    run("init", "a/b", cwd=tmp_path)
    assert not (tmp_path / "a" / "b" / ".git").exists()
    subprocess.run(["git", "init", "--quiet", tmp_path / "cloned"], check=True)
    assert run("init", "cloned", cwd=tmp_path).code == 0
    ignored = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],
        cwd=tmp_path / "cloned",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "contacts/me.md" in ignored.stdout


def test_without_git_there_is_a_book_all_the_same(tmp_path: Path) -> None:
    assert run("init", "a", cwd=tmp_path, PATH=str(tmp_path)).code == 0
    assert not (tmp_path / "a" / ".git").exists()


def test_on_a_terminal_it_asks_for_the_name(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command("init", "a", "--lang", "zh"),
        cwd=tmp_path,
        env=clean_environment({"TERM": "dumb"}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as child:
        import os

        os.write(ours, "林: 晓舟 #1\n".encode())
        assert child.wait(30) == 0
    os.close(theirs)
    os.close(ours)
    assert run("show", "me", "--json", cwd=tmp_path / "a").document["name"] == "林: 晓舟 #1"


@given(st.text(min_size=1))
def test_any_name_can_be_written_as_yaml(name: str) -> None:
    name = " ".join("".join(c for c in name if c.isprintable()).split())
    if not name:
        return
    from renmai.problems import Report

    report = Report("x")
    tree = read_yaml(f"name: {yaml_text(name)}\n", report)
    assert report.problems == []
    assert isinstance(tree, Mapping)
    node = tree.values["name"]
    assert isinstance(node, Scalar)
    assert (node.value, node.absent) == (name, False)


# --- the example book

DAYS = ["2026-11-21", "2026-12-31", "2027-01-01", "2028-02-29", "2024-02-29", "2030-08-31"]


def due(root: Path, today: str) -> dict[tuple[str, ...], dict]:
    """The follow-ups but those of lunar birthdays, which keep their place in the lunar year."""
    items = run("due", "--json", "--today", today, cwd=root).document["items"]
    return {
        (item["kind"], item["id"], item["path"], str(item["line"])): item
        for item in items
        if "lunar" not in item["reason"]
    }


@pytest.mark.parametrize("today", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_make_no_broken_dates(today: str, tmp_path: Path) -> None:
    assert run("init", "demo", "--demo", "--today", today, cwd=tmp_path).code == 0
    assert run("check", "--json", "--today", today, cwd=tmp_path / "demo").document["errors"] == 0


@pytest.mark.parametrize("today", DAYS)
def test_the_example_book_shows_the_same_on_any_day(today: str, tmp_path: Path) -> None:
    assert run("init", "demo", "--demo", "--today", today, cwd=tmp_path).code == 0
    root = tmp_path / "demo"
    found = run("check", "--json", "--today", today, cwd=root).document
    assert found["problems"] == []
    assert found["files"] > 40
    now, then = due(root, today), due(Path(__file__).parents[2], str(ANCHOR))
    assert now.keys() == then.keys()
    for key, item in now.items():
        was = then[key]["days_overdue"]
        # A cadence counts calendar months, and those have 28 to 31 days.
        free = 4 if item["kind"] in ("cadence", "gathering") else 0
        assert abs(item["days_overdue"] - was) <= free
        assert (item["days_overdue"] > 0) == (was > 0)
        assert (item["days_overdue"] == 0) == (was == 0)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_example_book_in_both_languages(language: str, tmp_path: Path) -> None:
    run("init", "demo", "--demo", "--lang", language, cwd=tmp_path)
    root = tmp_path / "demo"
    settings = (root / "mkdocs.yml").read_text("utf-8")
    assert f"language: {language}" in settings
    assert "demo-anchor" not in settings
    assert ("用法" in run("--help", cwd=root).out) == (language == "zh")
    assert (root / "_templates" / "contact.md").is_file()
    assert (root / ".schema" / "contact.json").is_file()
    assert not (root / "contacts" / "me.md").exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- 2026-11-20 call: x", "- 2027-03-01 call: x"),
        ("due 2026-12-01", "due 2027-03-12"),
        ("截止：2026-11-21。", "截止：2027-03-02。"),
        ("2026-11-21至2026-11-22", "2027-03-02至2027-03-03"),
        ("in 2026-11 and 2026-12", "in 2027-02 and 2027-04"),
        ("[[2026-11-21]] 2026-11-21", "[[2026-11-21]] 2027-03-02"),
        ("[[2026-10-walk]]", "[[2026-10-walk]]"),
        ("see 2026-10-walk", "see 2026-10-walk"),
        ("+1 555 0101, 1234-56-78, 2026-13-01", "+1 555 0101, 1234-56-78, 2026-13-01"),
        ("--11-25", "--03-06"),
        ("lunar 1985-01-15 leap", "lunar 1985-01-15 leap"),
        ("lunar --01-15", "lunar --01-15"),
        ("in 2019", "in 2019"),
    ],
)
def test_dates_move(before: str, after: str) -> None:
    assert demo.moved(before, ANCHOR, date(2027, 3, 2)) == after


def test_what_comes_every_year_keeps_its_distance_from_today() -> None:
    text = "---\nbirthday: 1985-11-25\ndates:\n  - {date: 2020-11-30, what: x}\nsince: 2019\n---\n"
    moved = demo.moved(text, ANCHOR, date(2028, 2, 29))
    assert "birthday: 1987-03-04" in moved
    assert "{date: 2022-03-09, what: x}" in moved
    assert "since: 2021" in moved


@given(st.dates(date(1970, 1, 1), date(2200, 1, 1)), st.dates(date(1950, 1, 1), date(2020, 1, 1)))
def test_birthdays_come_in_as_many_days_as_before(today: date, born: date) -> None:
    for written in (str(born), f"--{born.month:02}-{born.day:02}"):
        line = f"---\nbirthday: {written}\n---"
        moved = demo.moved(line, ANCHOR, today).splitlines()[1].removeprefix("birthday: ")
        was, is_now = parse_partial(written), parse_partial(moved)
        assert was
        assert is_now
        first, then = next_occurrence(is_now, today), next_occurrence(was, ANCHOR)
        assert first
        assert then
        assert first - today == then - ANCHOR


@given(st.dates(date(1970, 1, 1), date(2200, 1, 1)), st.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_days_keep_their_distance_and_months_their_side(today: date, day: date) -> None:
    moved = demo.moved(f"{day} {day:%Y-%m}", ANCHOR, today).split()
    assert date.fromisoformat(moved[0]) - today == day - ANCHOR
    month = date.fromisoformat(moved[1] + "-01")
    assert (month <= today) == (day.replace(day=1) <= ANCHOR)
    assert abs((month - today) - (day.replace(day=1) - ANCHOR)) <= timedelta(days=31)


@pytest.mark.parametrize("today", [date.min, date.max])
def test_the_ends_of_the_calendar_are_no_failure(today: date) -> None:
    demo.moved("2026-11-21 1999-01 2040-01-01 --02-29 --12-31\n", ANCHOR, today)
