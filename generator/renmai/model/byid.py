"""Records by their id, read as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from functools import cached_property
from typing import Any, TypeVar

from renmai.model.records import Record
from renmai.model.source import Source, Sources

R = TypeVar("R", bound=Record)


class Records(Mapping[str, R]):
    """Records by id, each read from its source when it is asked for.

    `numbers` are the places of those sources among `sources`.
    """

    def __init__(self, sources: Sources, numbers: Mapping[str, int]) -> None:
        self.sources, self.numbers = sources, numbers

    def source(self, id: str) -> Source:
        """The source of one of the records."""
        return self.sources[self.numbers[id]]

    def __getitem__(self, id: str) -> R:
        return self.sources[self.numbers[id]].record  # type: ignore[return-value]

    def get(self, id: str, default: Any = None) -> Any:
        number = self.numbers.get(id)
        return default if number is None else self.sources[number].record

    def __contains__(self, id: object) -> bool:
        return id in self.numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def values(self) -> ValuesView[R]:
        """All records, which reads them all."""
        return self._read.values()

    @cached_property
    def _read(self) -> dict[str, R]:
        return {id: self[id] for id in self.numbers}
