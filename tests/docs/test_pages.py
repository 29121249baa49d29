"""What the documentation says is so: links, commands, examples, problem codes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from renmai.problems import CODES, Problem
from renmai.rules.facts import Facts
from renmai.rules.followups import KINDS
from renmai.settings import Settings
from renmai.storage.opening import open_book
from renmai.text.log import KIND_OF
from renmai.text.schema import fields_of
from renmai.words import Words
from tools.docs import DOCS, ROOT, examples, language_of, little_book, pages, write_book

PAGES = pages()
IDS = [page.relative_to(ROOT).as_posix() for page in PAGES]
PROBLEM_PAGES = [DOCS / "problems.md", DOCS / "zh" / "problems.md"]

FENCE = re.compile(r"^(```+)([^\n]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
COMMAND = re.compile(r"(?:^|[/\s$(])renmai +((?:[^\s`|&;#()]+ *)+)")

#: Codes that no file of text can show.
WITHOUT_EXAMPLE = {"bad-encoding", "conflict-markers", "unreadable", "outside-book"}


def prose(text: str) -> str:
    """A page without its fenced code."""
    return FENCE.sub("", text)


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as forges make them."""
    heads = (re.sub(r"[`*]", "", head).lower() for head in HEADING.findall(prose(text)))
    return {re.sub(r"[^\w\- ]", "", head).replace(" ", "-") for head in heads}


def broken_links(page: Path, text: str) -> list[str]:
    """The links of a page that lead nowhere."""
    found = []
    for link in LINK.findall(CODE.sub("", prose(text))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            found.append(link)
    return found


def commands(text: str) -> list[list[str]]:
    """The words of each `renmai …` in code, without what stands in brackets."""
    shown = [line for _, info, body in FENCE.findall(text) if "text" not in info
             for line in body.splitlines()]  # fmt: skip
    shown += CODE.findall(prose(text))
    found = []
    for line in shown:
        before_comment = line.split(" #")[0]
        found += [match.split() for match in COMMAND.findall(before_comment)]
    return found


def wrong_with(words: list[str]) -> str:
    """What is wrong with a command that is shown, or nothing."""
    from renmai.cli.program import COMMANDS, program

    context = program.make_context("renmai", ["check"], resilient_parsing=True)
    general = {name for param in program.get_params(context) for name in param.opts}
    names = [word for word in words if word in COMMANDS]
    options = {word.split("=")[0] for word in words if word.startswith("-") and word != "-"}
    if not words[0].startswith("-") and words[0] not in COMMANDS:
        return f"no command {words[0]}"
    known = set(general)
    if names:
        command = program.get_command(context, names[0])
        assert command is not None
        known |= {name for param in command.get_params(context) for name in param.opts}
    return f"no option {sorted(options - known)}" if options - known else ""


def problems_of(folder: Path) -> list[Problem]:
    """Every problem of the book in a folder."""
    opened = open_book(folder)
    facts = Facts(opened.book, date(2026, 11, 21), opened.settings)
    return [*opened.problems, *facts.book_problems]


def parts(text: str, level: int) -> dict[str, str]:
    """The sections of a page below its headings of one level."""
    pieces = re.split(rf"^{'#' * level} +(.+?) *$", text, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page, page.read_text("utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_commands_exist(page: Path) -> None:
    shown = commands(page.read_text("utf-8"))
    assert [(words, wrong) for words in shown if (wrong := wrong_with(words))] == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_front_matter_is_an_example_with_a_name(page: Path) -> None:
    """A fence that holds front matter names its file, so that the next test reads it."""
    for _, info, body in FENCE.findall(page.read_text("utf-8")):
        if body.startswith("---\n"):
            assert len(info.split()) == 2, f"```{info} wants a path behind it"


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page not in PROBLEM_PAGES], ids=lambda p: str(p.name)
)
def test_examples_have_no_problem(page: Path, tmp_path: Path) -> None:
    shown = examples(page.read_text("utf-8"))
    language = language_of(page)
    write_book({**little_book(language), **shown}, tmp_path)
    assert problems_of(tmp_path) == []
    opened = open_book(tmp_path)
    assert set(shown) - {"mkdocs.yml"} <= {
        record.path
        for records in (opened.book.contacts, opened.book.events, opened.book.communities)
        for record in records.values()
    }


@pytest.mark.parametrize("page", PROBLEM_PAGES, ids=["en", "zh"])
def test_the_problem_codes_are_all_there(page: Path) -> None:
    assert set(parts(page.read_text("utf-8"), 3)) == set(CODES)


@pytest.mark.parametrize("code", sorted(set(CODES) - WITHOUT_EXAMPLE))
@pytest.mark.parametrize("page", PROBLEM_PAGES, ids=["en", "zh"])
def test_an_example_of_a_problem_has_it(page: Path, code: str, tmp_path: Path) -> None:
    shown = examples(parts(page.read_text("utf-8"), 3)[code])
    assert shown, f"{code} has no example"
    write_book({**little_book(language_of(page)), **shown}, tmp_path)
    assert {problem.code for problem in problems_of(tmp_path)} == {code}


@pytest.mark.parametrize("page", PROBLEM_PAGES, ids=["en", "zh"])
def test_the_severity_of_a_problem_is_named(page: Path) -> None:
    words = {"error": ("Error", "错误"), "warning": ("Warning", "警告"), "hint": ("Hint", "提示")}
    for code, text in parts(page.read_text("utf-8"), 3).items():
        assert text.strip().startswith(words[CODES[code]]), code


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_kinds_of_follow_up_are_called_what_the_program_calls_them(language: str) -> None:
    page = DOCS / "zh" / "format.md" if language == "zh" else DOCS / "format.md"
    last = list(parts(page.read_text("utf-8"), 2).values())[-1]
    shown = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", last, re.MULTILINE)[1:]
    words = Words(language)
    assert shown == [words(f"kind.{kind}") for kind in KINDS]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_kinds_of_entries_are_all_there(language: str) -> None:
    page = DOCS / "zh" / "format.md" if language == "zh" else DOCS / "format.md"
    log = parts(page.read_text("utf-8"), 3)["记录" if language == "zh" else "The log"]
    table = "".join(line for line in log.splitlines() if line.startswith("|"))
    assert set(CODE.findall(table)) - {"with", "与"} == set(KIND_OF)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_settings_are_all_there(language: str) -> None:
    page = DOCS / "zh" / "format.md" if language == "zh" else DOCS / "format.md"
    section = parts(page.read_text("utf-8"), 2)["设置" if language == "zh" else "Settings"]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(fields_of(Settings))


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    shown = {DOCS / link for link in LINK.findall(index)}
    missing = [p.name for p in DOCS.rglob("*.md") if p not in shown and p.name != "README.md"]
    assert missing == []


def test_the_checks_can_fail() -> None:
    page = DOCS / "README.md"
    assert broken_links(page, "[a](nowhere.md) [b](start.md#no-such)") == [
        "nowhere.md",
        "start.md#no-such",
    ]
    assert commands("`renmai due --all` and\n\n```sh\nrenmai frobnicate x\n```") == [
        ["frobnicate", "x"],
        ["due", "--all"],
    ]
    assert wrong_with(["frobnicate", "x"])
    assert wrong_with(["due", "--no-such"])
    assert not wrong_with(["--lang", "zh", "due"])
