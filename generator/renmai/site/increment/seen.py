"""Notes what a page looks at beyond its own record, and what parts of pages show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec
from markupsafe import Markup

V = TypeVar("V")

_SETS = ("costs", "keys", "levels", "matches", "names", "numbers", "records", "ties")


class Seen:
    """What one page has looked at: ids by what of them, and names that nobody has.

    `records`: what is written in their front matter; `levels`: how warm they are; `ties`: whom
    they are tied to; `costs`: what the way to them costs; `matches`: whom they match. `fronts`:
    the front matter of everybody. `numbers` and `keys` are the same of parts that were remembered.
    """

    __slots__ = (*_SETS, "fronts")

    def __init__(self) -> None:
        self.records: set[str] = set()
        self.levels: set[str] = set()
        self.ties: set[str] = set()
        self.costs: set[str] = set()
        self.matches: set[str] = set()
        self.names: set[str] = set()
        self.numbers: set[int] = set()
        self.keys: set[str] = set()
        self.fronts = False

    def add(self, other: Seen) -> None:
        """Take over what another has looked at."""
        for name in _SETS:
            getattr(self, name).update(getattr(other, name))
        self.fronts |= other.fronts


class Watch:
    """What is being looked at: `seen` is that of the page that is being made.

    `parts` are what parts of pages showed, and what each looked at.
    """

    def __init__(self) -> None:
        self.seen = Seen()
        self.parts: dict[str, tuple[bytes, Seen]] = {}

    def start(self) -> Seen:
        """From now on it is another page."""
        self.seen = Seen()
        return self.seen

    def ties(self, id: str) -> None:
        """Note that somebody's ties are looked at."""
        self.seen.ties.add(id)

    def matches(self, id: str) -> None:
        """Note that somebody's matches are looked at."""
        self.seen.matches.add(id)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Within it, what is looked at is not the page's own business."""
        outer = self.seen
        self.start()
        try:
            yield
        finally:
            self.seen = outer

    def part(self, key: str, make: Callable[[], V], fronts: bool) -> V:
        """Make a part of a page, and note what it shows and looks at."""
        outer, mine = self.seen, self.start()
        mine.fronts = fronts
        value = make()
        self.parts[key] = encoded_part(value), mine
        outer.add(mine)
        self.seen = outer
        return value


def encoded_part(value: object) -> bytes:
    """A part of a page, to be remembered."""
    return msgspec.msgpack.encode(value, enc_hook=_plain)


def decoded_part(data: bytes, sort: Any) -> Any:
    """A part of a page that was remembered, of a type."""
    return msgspec.msgpack.decode(data, type=sort, dec_hook=_marked)


def _plain(value: Any) -> str:
    assert isinstance(value, Markup)
    return str.__str__(value)


def _marked(sort: type, value: Any) -> Markup:
    assert sort is Markup
    return Markup(value)
