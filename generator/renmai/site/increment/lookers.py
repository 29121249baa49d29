"""Which pages looked at whom: what each page looked at, the other way round."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from renmai.site.increment.inverse import NUMBER, Inverse, inverse_of
from renmai.site.increment.page import Page


class Lookers(Struct, frozen=True, array_like=True, gc=False):
    """Of every aspect by its number, the pages that looked at it, by their place among `ids`.

    `names` are those that looked for a name, `fronts` those that looked at everybody's front
    matter.
    """

    ids: list[str] = []
    aspects: Inverse = Inverse()
    names: dict[str, list[int]] = {}
    fronts: list[int] = []

    def of(self, numbers: Iterable[int], names: Iterable[str], fronts: bool) -> set[str]:
        """The ids of the pages that looked at one of these numbers or names, or at all fronts."""
        found = {place for number in numbers for place in self.aspects.of(number)}
        for name in names:
            found.update(self.names.get(name, ()))
        if fronts:
            found.update(self.fronts)
        return {self.ids[place] for place in found}

    def after(self, changed: Mapping[str, Page | None]) -> Lookers:
        """The same where some pages looked at something else, or are gone (None)."""
        pages = {id: page for id, page in self._pages if id not in changed}
        return lookers_of(pages | {id: page for id, page in changed.items() if page})

    @property
    def _pages(self) -> Iterator[tuple[str, Page]]:
        """What every page looked at."""
        seen = [array(NUMBER) for _ in self.ids]
        names: list[list[str]] = [[] for _ in self.ids]
        for number, place in self.aspects.pairs:
            seen[place].append(number)
        for name, having in self.names.items():
            for place in having:
                names[place].append(name)
        fronts = set(self.fronts)
        for place, id in enumerate(self.ids):
            page = Page(seen[place].tobytes(), tuple(sorted(names[place])), place in fronts)
            yield id, page


def lookers_of(pages: Mapping[str, Page]) -> Lookers:
    """Which pages looked at what."""
    found: dict[int, array[int]] = defaultdict(lambda: array(NUMBER))
    names: dict[str, list[int]] = {}
    for place, page in enumerate(pages.values()):
        for number in page.numbers:
            found[number].append(place)
        for name in page.names:
            names.setdefault(name, []).append(place)
    fronts = [place for place, page in enumerate(pages.values()) if page.fronts]
    return Lookers(list(pages), inverse_of(found), names, fronts)
