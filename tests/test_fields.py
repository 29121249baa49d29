"""Every key and every word that a key may hold has its label and its explanation, in both."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from renmai import settings
from renmai.model import records
from renmai.rules.relations import INVERSE
from renmai.text.schema import Part, fields_of
from renmai.text.types import Choice, ListOf
from renmai.words import LANGUAGES, Words

#: The words that `format.md` names for keys that hold free text.
ROLES_AT_EVENTS = {"speaker", "organiser", "guest", "volunteer"}
RELATIONS = {
    *("spouse", "parent", "child", "sibling", "colleague", "manager", "report"),
    *("mentor", "mentee", "friend", "classmate", "partner"),
}

HAN = "\u3007\u3400-\u9fff"


def structs() -> dict[str, type[Part]]:
    """Every struct of the program that declares keys, by its name in the catalogue."""
    found = [
        value
        for module in (records, settings)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Part) and fields_of(value)
    ]
    return {struct.__name__.lower(): struct for struct in found}


def keys() -> set[str]:
    """`struct.key` of every key that the schema declares."""
    return {f"{name}.{key}" for name, struct in structs().items() for key in fields_of(struct)}


def choices() -> set[str]:
    """`key.word` of every word that a key may hold."""
    found = {f"role.{role}" for role in ROLES_AT_EVENTS}
    for struct in structs().values():
        for key, field in fields_of(struct).items():
            kind = field.type.item if isinstance(field.type, ListOf) else field.type
            if isinstance(kind, Choice):
                found |= {f"{key}.{word}" for word in kind.words}
    return found


def texts(language: str) -> dict[str, Any]:
    """The tables of `fields.toml`."""
    file = resources.files("renmai") / "locales" / language / "fields.toml"
    return tomllib.loads(file.read_text("utf-8"))


def leaves(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def unset(text: str) -> list[str]:
    """The places where Chinese and Latin letters or digits touch."""
    return re.findall(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]", text)


def test_the_schema_is_found() -> None:
    assert {"contact", "promise", "person", "functions", "settings", "circle"} <= set(structs())
    assert {"contact.name", "met.through", "circle.built_in"} <= keys()
    assert {"status.wanted", "status.cancelled", "status.asked", "role.owner"} <= choices()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_named_and_explained_and_nothing_else(language: str) -> None:
    written = [key for key, _ in leaves(texts(language)["field"])]
    assert sorted(written) == sorted(f"{key}.{text}" for key in keys() for text in ("label", "doc"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_a_key_may_hold_has_its_label(language: str) -> None:
    assert {key for key, _ in leaves(texts(language)["choice"])} == choices()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_relation_and_default_circle_has_its_label(language: str) -> None:
    assert set(texts(language)["relation"]) == RELATIONS >= set(INVERSE)
    assert set(texts(language)["circle"]) == set(settings.DEFAULT_CIRCLES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_gives_them(language: str) -> None:
    words = Words(language)
    for path, text in leaves(texts(language)):
        assert words(path) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_short_and_explanations_are_sentences(language: str) -> None:
    longest, stop = (26, ".") if language == "en" else (7, "。")
    for key, text in leaves(texts(language)["field"]):
        if key.endswith(".label"):
            assert len(text) <= longest, key
            assert not text.endswith(stop), key
        else:
            assert text.endswith(stop), key
            # They stand in a table of the documentation as well; braces are filled in.
            assert not set(text) & set("|{}\n`"), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_label_stands_for_one_key(language: str) -> None:
    """A page that shows two keys of one struct under one label says nothing."""
    for name, table in texts(language)["field"].items():
        by_label = defaultdict(list)
        for key, text in table.items():
            by_label[text["label"]].append(key)
        assert [found for found in by_label.values() if len(found) > 1] == [], name


def test_chinese_is_set_apart_from_latin() -> None:
    assert unset("写name") == ["写n"]
    assert {key: unset(text) for key, text in leaves(texts("zh")) if unset(text)} == {}
