"""One file of a book, as far as it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from operator import attrgetter

from renmai.model.outline import Outline, outline_of
from renmai.model.records import Record
from renmai.problems import Problem
from renmai.text.values import is_nfc, nfc


class Source:
    """One record file, read as far as it goes; its record only when it is asked for.

    `path` is relative to the book, `folder` its first part.
    """

    __slots__ = ("_known", "_outline", "_problems", "_read", "_record", "folder", "id", "path")

    def __init__(
        self,
        path: str,
        record: Record | None = None,
        problems: list[Problem] | None = None,
        *,
        known: Callable[[str], tuple[Outline, list[Problem]]] | None = None,
        read: Callable[[str], Record | None] | None = None,
    ) -> None:
        """With `read` the record is read by its path when it is first asked for, and with `known`
        the outline and the problems are.
        """
        self.path, self.id, self.folder = path, id_of(path), path[: path.find("/")]
        self._problems = problems or []
        self._outline: Outline | None = None
        self._record, self._read, self._known = record, read, known

    @property
    def record(self) -> Record | None:
        """What was written; None when nothing but the id can be used."""
        if self._read is not None:
            self._record, self._read = self._read(self.path), None
            if self._record is not None:
                self._record.path, self._record.id = self.path, self.id  # the same texts, held once
        return self._record

    @property
    def is_readable(self) -> bool:
        """Whether there is a record."""
        return self._read is not None or self._record is not None

    @property
    def is_awaited(self) -> bool:
        """Whether there is a record that was not asked for yet."""
        return self._read is not None

    @property
    def outline(self) -> Outline:
        """What is known of the record without it."""
        if self._outline is None:
            self._learn()
        if self._outline is None:
            self._outline = outline_of(self.record)
        return self._outline

    @property
    def problems(self) -> list[Problem]:
        """The problems of the file alone."""
        self._learn()
        return self._problems

    def _learn(self) -> None:
        if self._known is not None:
            self._outline, self._problems = self._known(self.path)
            self._known = None


class Sources:
    """The files of a book in the order of their paths, each a source when it is asked for."""

    def __init__(self, paths: list[str], make: Callable[[int], Source]) -> None:
        """`make` makes the source of a number, which is a place among the paths."""
        self.paths, self.ids = paths, _ids_of(paths)
        self._make = make
        self._made: list[Source | None] = [None] * len(paths)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each file by its id; of several with one id, of the first."""
        found = dict(zip(self.ids, range(len(self)), strict=True))
        if len(found) < len(self):
            found = {}
            for number, id in enumerate(self.ids):
                found.setdefault(id, number)
        return found

    @cached_property
    def several(self) -> dict[str, list[int]]:
        """By the id that several files have, the numbers of all of them."""
        found: dict[str, list[int]] = {}
        if len(self.numbers) < len(self):
            times = Counter(self.ids)
            for number, id in enumerate(self.ids):
                if times[id] > 1:
                    found.setdefault(id, []).append(number)
        return found

    def __getitem__(self, number: int) -> Source:
        made = self._made[number]
        if made is None:
            made = self._made[number] = self._make(number)
        return made

    def __iter__(self) -> Iterator[Source]:
        return map(self.__getitem__, range(len(self.paths)))

    def __len__(self) -> int:
        return len(self.paths)


def in_order(sources: Iterable[Source]) -> Sources:
    """Sources that are there, by their paths."""
    found = sorted(sources, key=attrgetter("path"))
    return Sources([each.path for each in found], found.__getitem__)


def _ids_of(paths: Sequence[str]) -> list[str]:
    """The ids that many files have."""
    if is_nfc("".join(paths)):
        return [path[path.rfind("/") + 1 : -len(".md")] for path in paths]
    return list(map(id_of, paths))


@lru_cache(maxsize=1 << 16)
def id_of(path: str) -> str:
    """The id that a file has: its name without `.md`, NFC."""
    return nfc(path[path.rfind("/") + 1 : -len(".md")])
