"""Words live in the catalogues: the same in both languages, none missing, none nobody's."""

from __future__ import annotations

import pytest

from tests.architecture.catalogues import (
    Uses,
    alike,
    catalogue_files,
    flat,
    languages,
    placeholders,
    program_uses,
    read_python,
    read_text,
)

Texts = dict[str, str | dict[str, str]]


def catalogue(language: str) -> Texts:
    """All texts of a language."""
    return {
        key: text
        for content in catalogue_files(language).values()
        for key, text in flat(content).items()
    }


def twice(files: dict[str, str]) -> set[str]:
    """The keys that stand in more than one file of a language."""
    seen: set[str] = set()
    found: set[str] = set()
    for content in files.values():
        keys = set(flat(content))
        found |= keys & seen
        seen |= keys
    return found


def unlike(one: Texts, other: Texts) -> list[str]:
    """The keys whose placeholders are not the same in both."""
    found = []
    for key in sorted(one.keys() & other.keys()):
        ours, theirs = alike(key, placeholders(one[key])), alike(key, placeholders(other[key]))
        if ours != theirs:
            found.append(f"{key}: {ours} / {theirs}")
    return found


def test_there_are_two_languages() -> None:
    assert languages() == ["en", "zh"]
    assert catalogue("en")


def test_both_have_the_same_keys() -> None:
    english, chinese = catalogue("en"), catalogue("zh")
    assert sorted(english.keys() - chinese.keys()) == [], "not in zh"
    assert sorted(chinese.keys() - english.keys()) == [], "not in en"


def test_both_have_the_same_placeholders() -> None:
    assert unlike(catalogue("en"), catalogue("zh")) == []


def test_no_text_is_empty() -> None:
    for language in languages():
        assert [key for key, text in catalogue(language).items() if not text] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_key_stands_in_two_files(language: str) -> None:
    assert twice(catalogue_files(language)) == set()


def test_no_key_is_nobodys() -> None:
    texts = catalogue("en")
    uses = program_uses({key.partition(".")[0] for key in texts})
    assert [key for key in sorted(texts) if not uses.has(key)] == []


def test_no_key_that_is_used_is_missing() -> None:
    texts = catalogue("en")
    uses = program_uses({key.partition(".")[0] for key in texts})
    known = set(texts) | {f"{key}.{form}" for key, t in texts.items() if t for form in ("one",)}
    assert sorted(uses.keys - known) == []


SMALL = """
[due]
overdue = {one = "a day late", other = "{n} days late"}
[kind]
task = "task"
forgotten = "nobody asks for this"
"""


def test_the_checks_can_fail() -> None:
    texts = flat(SMALL)
    assert set(texts) == {"due.overdue", "kind.task", "kind.forgotten"}
    assert placeholders(texts["due.overdue"]) == {"n"}
    assert twice({"a": SMALL, "b": "[kind]\ntask = 'x'"}) == {"kind.task"}
    assert unlike(texts, {**texts, "due.overdue": "late"}) == ["due.overdue: {'n'} / set()"]


def test_uses_are_found() -> None:
    uses = Uses()
    read_python(
        'words("due.overdue", n=1)\nKINDS = ("task",)\nwords(f"kind.{kind}")\nwords("due.gone")',
        {"due", "kind"},
        uses,
    )
    assert uses.has("due.overdue")
    assert uses.has("kind.task")
    assert not uses.has("kind.forgotten")
    assert uses.keys == {"due.overdue", "due.gone"}


def test_uses_in_templates_are_found() -> None:
    uses = Uses()
    template = """<b title="{{ words('due.overdue') }}">{{ words('kind.' ~ row.task) }}</b>"""
    read_text(template, {"due", "kind"}, uses)
    assert uses.has("due.overdue")
    assert uses.has("kind.task")
    assert not uses.has("kind.forgotten")
