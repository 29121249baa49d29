"""Tables of every field for the documentation, from the schema and the catalogues."""

from __future__ import annotations

from collections.abc import Iterator

from renmai.model.records import RECORDS
from renmai.text.schema import Field, MapOf, Part, fields_of
from renmai.text.types import Choice, ListOf, Reference, TextMap, Type
from renmai.words import Words

FORMS = {
    "en": {
        "head": "| key | type | example | meaning |",
        "required": "{type}, **required**",
        "list": "list of {item}",
        "maps": "list of maps, see [`{key}`](#{anchor})",
        "comma": ", ",
        "or": " or ",
        "one-of": "one of {choices}",
        "reference": "reference to {what}",
        "anything": "any record",
        "or-text": "{reference}, or text",
        "map": "map, see [`{key}`](#{anchor})",
        "map-short": "{short}, or map, see [`{key}`](#{anchor})",
        "text-map": "map of texts",
        "within": "In `{key}`",
        "contacts": "a contact",
        "events": "an event",
        "communities": "a community",
        "text": "text",
        "yes-no": "yes/no",
        "number": "number",
        "tier": "number",
        "time": "`HH:MM`",
        "date": "date",
        "partial-date": "partial date",
        "birthday": "birthday",
        "duration": "duration",
        "photo": "path below the book",
    },
    "zh": {
        "head": "| 键 | 类型 | 例子 | 意思 |",
        "required": "{type}，**必填**",
        "list": "{item}的列表",
        "maps": "若干组键，见 [`{key}`](#{anchor})",
        "comma": "、",
        "or": " 或 ",
        "one-of": "{choices} 之一",
        "reference": "引用{what}",
        "anything": "任何记录",
        "or-text": "{reference}，或文字",
        "map": "一组键，见 [`{key}`](#{anchor})",
        "map-short": "{short}，或一组键，见 [`{key}`](#{anchor})",
        "text-map": "名称与文字的对照",
        "within": "`{key}` 里面",
        "contacts": "联系人",
        "events": "活动",
        "communities": "社群",
        "text": "文字",
        "yes-no": "是否",
        "number": "数",
        "tier": "数",
        "time": "`HH:MM`",
        "date": "日期",
        "partial-date": "不完整的日期",
        "birthday": "生日",
        "duration": "时长",
        "photo": "册子里的路径",
    },
}


def tables(folder: str, language: str) -> str:
    """The fields of the records in `folder`, then those of each map in them."""
    return "\n" + "\n".join(_tables(RECORDS[folder], language)) + "\n"


def _tables(struct: type[Part], language: str, key: str = "") -> Iterator[str]:
    forms = FORMS[language]
    if key:
        yield f"### {forms['within'].format(key=key)}\n"
    yield forms["head"]
    yield "|---|---|---|---|"
    words = Words(language)
    inner: list[tuple[str, type[Part]]] = []
    for name, field in fields_of(struct).items():
        meaning = words(f"field.{struct.__name__.lower()}.{name}.doc")
        kind = _kind(field.type, name, language)
        if field.required:
            kind = forms["required"].format(type=kind)
        yield f"| `{name}` | {kind} | {_example(field)} | {meaning} |"
        if map_of := _map_in(field.type):
            inner.append((name, map_of.struct))
    yield ""
    for name, part in inner:
        yield from _tables(part, language, name)


def _example(field: Field) -> str:
    return f"`{field.example}`" if field.example else ""


def _map_in(kind: Type) -> MapOf | None:
    if isinstance(kind, ListOf):
        return _map_in(kind.item)
    return kind if isinstance(kind, MapOf) else None


def _kind(kind: Type, key: str, language: str) -> str:
    """How a type is called."""
    forms = FORMS[language]
    anchor = _anchor(forms["within"].format(key=key))
    if isinstance(kind, ListOf):
        if isinstance(kind.item, MapOf):
            return forms["maps"].format(key=key, anchor=anchor)
        return forms["list"].format(item=_kind(kind.item, key, language))
    if isinstance(kind, Choice):
        choices = forms["comma"].join(f"`{word}`" for word in kind.words)
        return forms["one-of"].format(choices=choices) if len(kind.words) > 1 else choices
    if isinstance(kind, Reference):
        what = forms["or"].join(forms[folder] for folder in kind.folders) or forms["anything"]
        reference = forms["reference"].format(what=what)
        return forms["or-text"].format(reference=reference) if kind.or_text else reference
    if isinstance(kind, TextMap):
        return forms["text-map"]
    if isinstance(kind, MapOf):
        shape = "map-short" if kind.short else "map"
        short = _kind(fields_of(kind.struct)[kind.short].type, key, language) if kind.short else ""
        return forms[shape].format(short=short, key=key, anchor=anchor)
    return forms[kind.term]


def _anchor(heading: str) -> str:
    return heading.replace("`", "").lower().replace(" ", "-")
