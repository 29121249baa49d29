"""YAML as a tree of texts with lines, read event by event.

The C parser's events give everything at once: anchors, tags, depth and keys written twice are
seen where they stand, and no alias is ever expanded, so no file can blow up. Scalars stay text
until the schema types them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from renmai.problems import Report
from renmai.text.nodes import Mapping, Node, Scalar, Sequence, Unread

try:
    from yaml import CBaseLoader as Loader
except ImportError:  # PyYAML without libyaml: slower, the same events
    from yaml import BaseLoader as Loader  # type: ignore[assignment]

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Mapping", "Node", "Scalar", "Sequence", "Unread", "read_yaml"]

MAX_DEPTH = 50
MAX_BYTES = 1_000_000

#: YAML ends a line at these too; an editor and git do not.
_FOREIGN_BREAKS = re.compile("[\x85\u2028\u2029]|\r(?!\n)")


#: The usual slips of the pen, by what the parser says of them.
_SLIPS = (
    ("mapping values are not allowed", "colon"),
    ("expected ',' or|expected node content", "bracket"),
    ("end of stream|unknown escape", "quote"),
    ("expected ':'", "no-colon"),
    ("cannot start any token|tab character|anchor|alias|comment or line break|tag", "sign"),
    ("expected key|indicator|entries are not allowed", "indent"),
)


#: A key with a full-width colon, or with no plain space behind its colon.
_WIDE_COLON = re.compile(r"[ \t]*(?:- )?[\w-]+(?:：|:(?![ \t\r]|$|//))")


class BadYaml(Exception):
    """The text is no YAML that a record may hold; `line` counts from 1 in the text."""

    def __init__(self, line: int, variant: str, detail: str = "") -> None:
        super().__init__(detail or variant)
        self.line, self.variant, self.detail = line, variant, detail


def read_yaml(text: str, report: Report, *, lenient: bool = False) -> Node | None:
    """The tree of `text`, or None when it is empty or `bad-yaml` (which is then reported).

    Line 1 is the first line of `text`. `lenient` admits anchors, aliases and tags, as a
    `mkdocs.yml` may hold them for others: an alias is then the very node that it names.
    """
    try:
        return _Builder(text, report, lenient).build()
    except BadYaml as bad:
        report.add(bad.line, "bad-yaml", bad.variant, detail=bad.detail)
        return None


_SCALAR = yaml.ScalarEvent
_BEGINNINGS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def _events(text: str) -> Iterator[Any]:
    """The parser's events, as `yaml.parse` gives them but without asking whether there are more."""
    loader = Loader(text)
    try:
        while type(event := loader.get_event()) is not yaml.StreamEndEvent:
            yield event
    finally:
        loader.dispose()


class _Builder:
    """Builds the tree on a stack of open collections: no recursion, whatever the depth.

    `parent` is the collection that is open, `open` what that stands in, the outermost in None;
    `key` is the key of a map whose value comes next, with its line.
    """

    def __init__(self, text: str, report: Report, lenient: bool) -> None:
        self.text, self.report, self.lenient = text, report, lenient
        self.anchors: dict[str, Node] = {}
        self.root: Node | None = None
        self.parent: Sequence | Mapping | None = None
        self.open: list[Sequence | Mapping | None] = []
        self.key: tuple[str, int] | None = None
        self.line_of = _line_counter(text)

    def build(self) -> Node | None:
        documents = 0
        try:
            for event in _events(self.text):
                sort = type(event)
                if sort is _SCALAR:
                    self._scalar(event)
                elif sort in _BEGINNINGS:
                    self._begin(event)
                elif sort in _ENDS:
                    self.parent = self.open.pop()
                elif sort is yaml.AliasEvent:
                    self._alias(event)
                elif sort is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        raise BadYaml(self.line_of(event.start_mark), "documents")
        except yaml.MarkedYAMLError as error:
            line = _line_of_error(error, self.line_of)
            if self.parent and line > self.text.rstrip().count("\n") + 1:
                line = self.parent.line  # at the end, what is still open is wrong
            wide = wide_colon_line(self.text, line)
            variant = "wide-colon" if wide else _slip(error)
            raise BadYaml(wide or line, variant, str(error.problem or "")) from error
        except yaml.reader.ReaderError as error:
            raise BadYaml(_line_of_byte(self.text, error.position), "character") from error
        return self.root

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        line = self.line_of(event.start_mark)
        value, anchor = event.value, event.anchor
        if anchor or event.tag is not None:
            self._refuse_extras(event, line)
        if self.key is None and isinstance(self.parent, Mapping):
            self.key = (value, line)
            return
        # The C parser says "" for a plain style, the Python one None.
        absent = not value.strip() or (value in ("~", "null") and not event.style)
        node = Scalar(value, line, absent)
        if anchor:
            self.anchors[anchor] = node
        self._place(node, line)

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        line = self.line_of(event.start_mark)
        if event.anchor or event.tag is not None:
            self._refuse_extras(event, line)
        if len(self.open) >= MAX_DEPTH:
            raise BadYaml(line, "depth")
        node: Sequence | Mapping
        if isinstance(event, yaml.MappingStartEvent):
            node = Mapping({}, {}, line)
        else:
            node = Sequence([], line)
        if event.anchor:
            self.anchors[event.anchor] = node
        self._place(node, line)
        self.open.append(self.parent)
        self.parent = node

    def _alias(self, event: yaml.AliasEvent) -> None:
        line = self.line_of(event.start_mark)
        if not self.lenient:
            self.report.add(line, "yaml-alias", "alias", name=event.anchor or "")
            self._place(Unread(line), line)
        elif event.anchor in self.anchors:
            self._place(self.anchors[event.anchor], line)
        else:
            raise BadYaml(line, "syntax", f"found undefined alias {event.anchor}")

    def _refuse_extras(self, event: yaml.NodeEvent, line: int) -> None:
        if self.lenient:
            return
        if event.anchor:
            self.report.add(line, "yaml-alias", "anchor", name=event.anchor)
        if event.tag is not None:  # type: ignore[attr-defined]
            raise BadYaml(line, "tag", str(event.tag))  # type: ignore[attr-defined]

    def _place(self, node: Node, line: int) -> None:
        parent = self.parent
        if parent is None:
            self.root = node
            return
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        if self.key is None:
            raise BadYaml(line, "complex-key")
        name, key_line = self.key
        self.key = None
        if name in parent.values:
            self.report.add(key_line, "duplicate-key", key=name)
            return
        parent.values[name] = node
        parent.lines[name] = key_line


def _line_counter(text: str) -> Callable[[Any], int]:
    """How to get a mark's line, counted by line feeds alone, as editors and git count."""
    if not _FOREIGN_BREAKS.search(text):
        return lambda mark: mark.line + 1
    feeds = [index for index, character in enumerate(text) if character == "\n"]
    return lambda mark: bisect_right(feeds, mark.index - 1) + 1


def _line_of_error(error: yaml.MarkedYAMLError, line_of: Callable[[Any], int]) -> int:
    """What was opened and never closed is wrong where it was opened, and so is a key alone."""
    mark = error.problem_mark or error.context_mark
    context = error.context or ""
    if error.context_mark and re.search("flow|quoted|simple key", context):
        mark = error.context_mark
    return line_of(mark) if mark else 1


def wide_colon_line(text: str, line: int) -> int | None:
    """The line, up to two above `line`, whose key has a full-width colon or no space behind it.

    The parser only stumbles over what comes after, since such a line is text that goes on.
    """
    lines = text.split("\n")
    near = range(max(1, line - 2), min(line, len(lines)) + 1)
    return next((number for number in near if _WIDE_COLON.match(lines[number - 1])), None)


def _slip(error: yaml.MarkedYAMLError) -> str:
    """Which of the usual slips of the pen it was: the variant that says how to mend it."""
    told = f"{error.context or ''}: {error.problem or ''}"
    return next((variant for sign, variant in _SLIPS if re.search(sign, told)), "syntax")


def _line_of_byte(text: str, position: int) -> int:
    return text.encode("utf-8", "replace")[:position].count(b"\n") + 1
