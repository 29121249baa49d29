"""Where options may stand, what language is spoken, and how runs end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from renmai.cli.session import locale_language
from renmai.early import early_value
from tests.cli.conftest import MakeBook
from tests.cli.running import BOOKS, TODAY, run

SMALL = BOOKS / "small"


@pytest.mark.parametrize(
    "line",
    [
        "-C BOOK --today 2026-11-21 --lang zh --json due",
        "due -C BOOK --today 2026-11-21 --lang zh --json",
        "-C BOOK due --today=2026-11-21 --lang=zh --json",
        "--json due -CBOOK --lang zh --today 2026-11-21",
        "--today 1999-01-01 --lang en due -C BOOK --today 2026-11-21 --lang zh --json",
    ],
)
def test_global_options_stand_anywhere_and_the_last_counts(line: str, tmp_path: Path) -> None:
    args = line.replace("BOOK", str(SMALL)).split()
    document = run(*args, cwd=tmp_path).document
    assert document["today"] == TODAY
    assert "见过" in document["items"][0]["reason"]


def test_behind_two_dashes_stand_words() -> None:
    result = run("find", "--", "--json", "--lang", "zh")
    assert result.code == 0
    assert "--json --lang zh" in result.out


@pytest.mark.parametrize(
    ("args", "book", "environment", "chinese"),
    [
        ((), "en", {}, False),
        ((), "zh", {}, True),
        (("--lang", "zh"), "en", {}, True),
        (("--lang", "en"), "zh", {}, False),
        ((), "zh", {"LANG": "en_US.UTF-8"}, True),
        ((), "en", {"LANG": "zh_CN.UTF-8"}, False),
        ((), None, {"LANG": "zh_CN.UTF-8"}, True),
        ((), None, {"LANG": "zh_CN.UTF-8", "LC_ALL": "de_DE"}, False),
        ((), None, {"LANG": "en_US", "LC_MESSAGES": "zh_TW"}, True),
        ((), None, {}, False),
        (("--lang", "zh"), None, {}, True),
    ],
)
@pytest.mark.parametrize("words", ["due --help", "--help", "due --nonsense", "nonsense"])
def test_the_language(
    args: tuple[str, ...],
    book: str | None,
    environment: dict[str, str],
    chinese: bool,
    words: str,
    make_book: MakeBook,
    tmp_path: Path,
) -> None:
    cwd = make_book(language=book) if book else tmp_path
    for line in ([*args, *words.split()], [*words.split(), *args]):
        result = run(*line, cwd=cwd, **environment)
        assert any(character >= "\u4e00" for character in result.out + result.err) == chinese


def test_the_book_named_with_c_says_the_language(make_book: MakeBook, tmp_path: Path) -> None:
    root = make_book(language="zh")
    assert "用法" in run("-C", str(root), "--help", cwd=tmp_path).out
    assert "用法" in run("due", "--help", f"-C{root}", cwd=tmp_path).out


@pytest.mark.parametrize("named", ["..", ".", "contacts", "../book/events"])
def test_c_leads_to_a_book_from_within_it(named: str, make_book: MakeBook) -> None:
    root = make_book({"events/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\n", "contacts/x": ""})
    cwd = root / "contacts" if named == ".." else root
    assert run("check", "--json", "-C", named, cwd=cwd).document["files"] == 1


def test_c_does_not_lead_into_the_folder_that_one_is_in(make_book: MakeBook) -> None:
    root = make_book()
    result = run("-C", "..", "due", cwd=root)
    assert result.code == 2
    assert "no book in .. or above" in result.err


@pytest.mark.parametrize("json", [[], ["--json"]])
def test_no_book(json: list[str], tmp_path: Path) -> None:
    result = run("due", *json, cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert "renmai init" in result.err


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("command", ["due", "check", "show x", "list contacts", "find x", "build"])
def test_settings_that_are_no_yaml_end_every_command(
    language: str, command: str, make_book: MakeBook
) -> None:
    root = make_book()
    (root / "mkdocs.yml").write_text("plugins:\n  - renmai:\n      language: [\n", "utf-8")
    result = run(*command.split(), "--lang", language, cwd=root)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("renmai: mkdocs.yml:")
    assert result.err.count("\n") == 1
    assert run("init", "new", "--lang", language, cwd=root).code == 0
    assert run("--help", cwd=root).code == 0


def test_json_is_null_where_the_answer_is_no() -> None:
    result = run("show", "nobody", "--json")
    assert (result.code, result.out) == (1, "null\n")
    assert result.err.count("\n") == 1
    assert run("--json", "show", "nobody").out == "null\n"


def test_what_has_no_json_says_so() -> None:
    result = run("--json", "completion", "bash")
    assert (result.code, result.out) == (2, "")
    assert "--json" in result.err


def test_no_command_is_wrong_usage_and_shows_help() -> None:
    result = run()
    assert (result.code, result.out) == (2, "")
    assert "Examples:" in result.err


def test_version() -> None:
    from renmai import __version__

    assert run("--version").out == f"renmai {__version__}\n"


def test_an_ambiguous_reference_names_the_candidates(make_book: MakeBook) -> None:
    root = make_book(
        {"contacts/a.md": "---\nname: Ann\n---\n", "contacts/b.md": "---\nname: ann\n---\n"}
    )
    result = run("show", "Ann", cwd=root)
    assert result.code == 1
    assert "contacts/a.md, contacts/b.md" in result.err


def test_a_folder_that_may_not_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "new"))

    monkeypatch.setattr(Path, "mkdir", refuse)
    result = run("init", "new", cwd=tmp_path, LANG="zh_CN.UTF-8")
    assert result.code == 2
    assert "没有权限" in result.err
    assert result.err.count("\n") == 1


def test_ctrl_c_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("renmai.storage.opening.open_book", interrupt)
    result = run("due")
    assert result.code == 130
    assert "Traceback" not in result.err


@pytest.mark.parametrize("folder", ["gone"])
def test_a_working_folder_that_is_gone(folder: str, tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "kept")
    assert run("due", "-C", str(tmp_path / folder)).code == 2


@pytest.mark.parametrize(
    ("args", "option", "value"),
    [
        (["due", "--lang", "zh"], "--lang", "zh"),
        (["due", "--lang=zh"], "--lang", "zh"),
        (["--lang", "en", "due", "--lang", "zh"], "--lang", "zh"),
        (["due", "--lang"], "--lang", ""),
        (["find", "--", "--lang", "zh"], "--lang", ""),
        (["-C", "a", "due"], "-C", "a"),
        (["-Ca", "due"], "-C", "a"),
    ],
)
def test_what_is_seen_before_parsing(args: list[str], option: str, value: str) -> None:
    assert early_value(args, option) == value


def test_locale() -> None:
    assert locale_language({"LANG": "zh_CN.UTF-8"}) == "zh"
    assert locale_language({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}) == "zh"
    assert locale_language({"LANG": "C"}) == "en"
    assert locale_language({}) == "en"
