"""The words: every problem and every reason has its sentence, dates and spans in both languages."""

from __future__ import annotations

import ast
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import renmai
from renmai.model.book import Book
from renmai.model.reading import read_record
from renmai.problems import CODES, Problem, Report
from renmai.rules.checks import book_problems
from renmai.rules.followups import FollowUp
from renmai.rules.interactions import EVENT
from renmai.settings import read_settings
from renmai.text.log import KINDS
from renmai.text.values import NEVER, Duration, LunarDate, PartialDate
from renmai.text.yamltree import MAX_BYTES
from renmai.words import LANGUAGES, Words
from tests.books import DEFAULTS, TODAY, card, day, event, facts, met

PACKAGE = Path(renmai.__file__).parent


def front(text: str) -> bytes:
    return f"---\nname: N\n{text}\n---\n".encode()


#: Files that between them have every problem that a file can have, and one they should not have.
FILES: dict[str, bytes] = {
    "contacts/a.md": b"\xff",
    "contacts/b.md": front("<<<<<<< x"),
    "contacts/c.md": b"text",
    "contacts/d.md": b"---\nname: N\n",
    "contacts/e.md": front("...\nb: y"),
    "contacts/e1.md": front("company：x\ncity: y"),
    "contacts/e2.md": front("a: b: c"),
    "contacts/e3.md": front("a: [b"),
    "contacts/e4.md": front("a: 'b"),
    "contacts/e5.md": front("a\nb: c"),
    "contacts/e6.md": front("a: @b"),
    "contacts/e7.md": front("a:\n  b: c\n d: e"),
    "contacts/e8.md": front("a: \0"),
    "contacts/e9.md": front("...\n--- x"),
    "contacts/f.md": front("a: !!binary x"),
    "contacts/f2.md": front("a: " + "[" * 60),
    "contacts/f3.md": front("a: " + "x" * MAX_BYTES),
    "contacts/f4.md": b"---\n- a\n---\n",
    "contacts/f5.md": front("? [a]\n: b"),
    "contacts/g.md": front("city: &a x\ncompany: *a\ncity: y"),
    "contacts/h.md": b"---\ncity: [x]\nstatus: x\nctiy: x\nzzqq: x\n"
    b"met: {through: [[a, b]]}\n---\n",
    "contacts/i.md": front(
        "follow_up: [x]\ndates: x\nlinks: x\nbirthday: x\ntier: x\ncadence: x\nme: x\n"
        "snooze: x\nphoto: ../x\nmet: {date: x, at: {}, through: {}}"
    ),
    "contacts/j.md": b"---\nname: N\n---\n- [ ] x due 9\n## Log\n- x\n- 2026-01-01\n"
    b"- 2026-01-01 cal\n- 2026-01-01 xyzzy\n- 2026-01-01 meet with x\n- 2999-01-01 call\n",
    "contacts/k.md": front("me: yes\ncircles: x\ntier: 7\nphoto: gone.png"),
    "contacts/l.md": front("me: yes\nrelations: [{who: N}, {who: zzzzzzz}, {who: kk}, {who: o}]"),
    "contacts/m.md": front("photo: out.png"),
    "contacts/n.md": b"---\nname: N\n---\n[[zzzzzzz]] [[kk]]",
    "events/kk2.md": b"---\ntitle: T\n---\n",
    "contacts/x/n.md": front(""),
    "events/o.md": b"---\ntitle: T\ndate: 2026-11-01\nend: 2026-10-01\ntime: x\nhosted: yes\n"
    b"table: round\ncapacity: 16\npeople: [{who: x}, {who: x}, {who: []}]\n---\n",
}
SETTINGS = [
    b"plugins:\n  - renmai: {tiers: x, circles: x, horizon: x}\n",
    b"plugins:\n  - renmai: {circles: {work: x}}\n",
]


def provoked() -> list[Problem]:
    """Problems of every kind."""
    sources = [read_record(path, data) for path, data in FILES.items()]
    book = Book(sources, {"gone.png": "missing", "out.png": "outside"})
    found = [problem for source in sources for problem in source.problems]
    found += book_problems(book, TODAY, DEFAULTS)
    for data in SETTINGS:
        found += read_settings(data).problems
    # What only a disk can show.
    report = Report("contacts/z.md")
    report.add(1, "unreadable", detail="Input/output error")
    report.add(1, "outside-book", detail="")
    report.add(1, "bad-encoding", "name", detail="")
    return found + report.problems


PROVOKED = provoked()


def catalogue(language: str) -> dict[str, Any]:
    source = resources.files("renmai") / "locales" / language / "core.toml"
    return tomllib.loads(source.read_text("utf-8"))


def keys(table: dict[str, Any], prefix: str = "") -> set[str]:
    """The dotted paths of the texts below a table; a text by number is one."""
    found = set()
    for name, value in table.items():
        if isinstance(value, dict) and "other" not in value:
            found |= keys(value, f"{prefix}{name}.")
        else:
            found.add(prefix + name)
    return found


def key_of(code: str, variant: str) -> str:
    """Where the sentence of a problem stands."""
    several = isinstance(catalogue("en")["problem"][code], dict)
    return f"{code}.{variant or 'default'}" if several else code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_sentence_that_takes_its_arguments(language: str) -> None:
    words = Words(language)
    for problem in PROVOKED:
        sentence = words.problem(problem)
        assert sentence, problem
        assert "{{" not in sentence, sentence


def test_every_code_and_every_sentence_was_provoked() -> None:
    assert {problem.code for problem in PROVOKED} == set(CODES)
    assert {key_of(each.code, each.variant) for each in PROVOKED} == keys(
        catalogue("en")["problem"]
    )


def test_every_term_was_provoked() -> None:
    terms = {term for problem in PROVOKED for _, term in problem.terms}
    expected = {f"expected.{key}" for key in keys(catalogue("en")["expected"])}
    # What is one of a few words is said by its own sentence.
    assert {each for each in terms if each.startswith("expected.")} == expected - {
        "expected.choice"
    }


def test_every_variant_in_the_code_has_a_sentence() -> None:
    """The variants that are written out where a problem is reported."""
    known = keys(catalogue("en")["problem"])
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8")))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in call.args]
            if name == "BadYaml" and len(texts) > 1 and isinstance(texts[1], str):
                found.add(f"bad-yaml.{texts[1]}")
            elif name in ("add", "_report") and len(texts) > 1 and texts[1] in CODES:
                variant = texts[2] if len(texts) > 2 else ""
                if isinstance(variant, str):
                    found.add(key_of(str(texts[1]), variant))
    assert len(found) > 20
    assert found <= known


#: Files that between them have every reason.
REASONS = {
    "contacts/li": card("birthday: 1985-11-21"),
    "contacts/w": card("birthday: --11-21"),
    "contacts/p": card("follow_up: 2026-11-01"),
    "contacts/q": card("follow_up: {date: 2026-11-01, why: the book}"),
    "contacts/z": card(
        "birthday: lunar 1985-01-15\ndates: [{date: --01-01, what: x}, {date: --01-02}]",
        body="- [ ] a due 2026-11-01\n",
    ),
    "contacts/c": card("cadence: 1m", "2026-11-20 call"),
    "contacts/d": card("cadence: 9999d\nmet: {date: 2026-11}"),
    "contacts/f": card("cadence: 2w"),
    "events/e": event(
        "2026-11-21",
        "",
        *(met("li"), met("w", "seed: the book"), met("x"), "who: z, next: 2026-12-01"),
        body="## Before\n- [ ] a\n## During\n- [ ] b\n## After\n- [ ] c\n",
    ),
    "events/g": event("2026-01-01", "community: t"),
    "communities/t": "---\nname: C\nrole: owner\ngather_every: 1m\n---\n",
    "communities/u": "---\nname: C\nrole: owner\ngather_every: 1y\n---\n",
}


def follow_ups() -> list[FollowUp]:
    return facts(REASONS).follow_ups


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence_that_takes_its_arguments(language: str) -> None:
    words = Words(language)
    for item in follow_ups():
        sentence = words.reason(item)
        assert sentence, item
        assert "{" not in sentence
        assert "None" not in sentence
        assert words.has(f"kind.{item.kind}")


def test_every_reason_was_provoked() -> None:
    assert {item.reason for item in follow_ups()} == keys(catalogue("en")["reason"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_levels_and_sorts_have_their_words(language: str) -> None:
    words = Words(language)
    for key in [
        *(f"entry.{kind}" for kind in (*KINDS, EVENT)),
        *(f"level.{level}" for level in ("hot", "warm", "cool", "cold")),
        *(f"sort.{folder}" for folder in ("contacts", "events", "communities")),
        *(f"days.{state}" for state in ("overdue", "today", "tomorrow", "ahead")),
    ]:
        assert words.has(key), key


def both(call: str, *args: object) -> tuple[str, str]:
    en, zh = (getattr(Words(language), call)(*args) for language in ("en", "zh"))
    return en, zh


def test_dates() -> None:
    assert both("date", day("2026-11-21")) == ("21 Nov 2026", "2026年11月21日")
    assert both("date", day("0007-01-02")) == ("2 Jan 7", "7年1月2日")
    assert both("weekday", day("2026-11-21")) == ("Sat", "周六")


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (PartialDate(2026, 11, 21), "21 Nov 2026", "2026年11月21日"),
        (PartialDate(2026, 11), "Nov 2026", "2026年11月"),
        (PartialDate(2026), "2026", "2026年"),
        (PartialDate(None, 2, 29), "29 Feb", "2月29日"),
        (LunarDate(None, 1, 15), "lunar month 1, day 15", "农历正月十五"),
        (LunarDate(1985, 12, 30), "lunar 1985, month 12, day 30", "农历1985年腊月三十"),
        (LunarDate(None, 6, 1, leap=True), "lunar leap month 6, day 1", "农历闰六月初一"),
    ],
)
def test_partial_and_lunar_dates(value: PartialDate | LunarDate, en: str, zh: str) -> None:
    assert both("partial", value) == (en, zh)


@pytest.mark.parametrize(
    ("value", "en", "zh", "every_en", "every_zh"),
    [
        (Duration(1, "d"), "1 day", "1 天", "every day", "每天"),
        (Duration(2, "w"), "2 weeks", "2 周", "every 2 weeks", "每 2 周"),
        (Duration(1, "m"), "1 month", "1 个月", "every month", "每月"),
        (Duration(3, "m"), "3 months", "3 个月", "every 3 months", "每 3 个月"),
        (Duration(1, "y"), "1 year", "1 年", "every year", "每年"),
        (NEVER, "never", "不定期", "never", "不定期"),
    ],
)
def test_durations(value: Duration, en: str, zh: str, every_en: str, every_zh: str) -> None:
    assert both("duration", value) == (en, zh)
    assert both("every", value) == (every_en, every_zh)


def test_one_and_many() -> None:
    words = Words("en")
    assert words("days.overdue", n=1) == "1 day overdue"
    assert words("days.overdue", n=3) == "3 days overdue"
    assert words("days.ahead", n=1) != words("days.ahead", n=11).replace("11", "1")


def test_lists() -> None:
    assert both("listed", ["a", "b"]) == ("a, b", "a、b")
    assert both("listed", []) == ("", "")


def test_no_such_key_or_language() -> None:
    words = Words("en")
    assert not words.has("no.such")
    with pytest.raises(KeyError):
        words("no.such")
    with pytest.raises(KeyError):
        Words("de")
    with pytest.raises(KeyError):
        words("days.overdue")  # what is to be filled in is missing


@given(st.text())
def test_what_a_user_wrote_is_shown_as_it_is(text: str) -> None:
    report = Report("contacts/li.md")
    report.add(1, "duplicate-key", key=text)
    shown = dict(report.problems[0].args)["key"]
    for language in LANGUAGES:
        assert shown in Words(language).problem(report.problems[0])
