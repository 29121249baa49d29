"""The matches after a small change: as they were, unless what they come from is another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from renmai.rules.matches import by_person
from renmai.site.book import Site
from renmai.site.increment.changes import Changes
from renmai.site.increment.marks import Marks
from renmai.site.increment.memory import Memory
from renmai.site.increment.packed import Ranked, pack

#: A floor that everybody is above.
_ALL = -1.0


def _wishes(marks: Mapping[str, Marks], id: str) -> bytes:
    return marks[id].wishes if id in marks else b""


class Matching:
    """The matches now: `known`, with the `lead` and the changed `floors`; and `others`.

    `others` are those who match somebody else than before, or in another order. `is_new` where
    matches were looked for again.
    """

    def __init__(
        self, site: Site, changed: Changes, old: Memory, warmth: Mapping[str, float]
    ) -> None:
        me, gists = site.opened.book.me, old.gists
        self._me = me.id if me else None
        self._old, self._warmth = old, warmth
        before = {id: _wishes(old.marks, id) for id in changed.sources}
        now = {id: _wishes(changed.marks, id) for id in changed.sources}
        # Who is meant by whoever knows somebody can be another with other names.
        self.is_new = now != before or (bool(changed.names) and any(now.values()))
        if self.is_new:
            self._look_again(site)
            return
        self.known = Ranked(old.matches, self._me, self._warmth_of)
        warmer = {id for id in warmth if self.known.has(id) and warmth[id] != gists.warmth(id)}
        self.others = set(self._passed(warmer))
        self.known.fetch(self.others)
        self.floors: dict[str, float | None] = {
            id: self.known.floor(id) for id in self.others if id in old.floors
        }
        self.lead = self.known.lead(old.lead, warmer)

    def _warmth_of(self, id: str) -> float:
        return self._warmth[id] if id in self._warmth else self._old.gists.warmth(id)

    def _passed(self, warmer: set[str]) -> Iterator[str]:
        """Those on whose pages one of `warmer` has or had a place."""
        self.known.fetch(warmer)
        for id in warmer:
            most = max(self._warmth[id], self._old.gists.warmth(id))
            mine = self.known.of(id)
            for match in mine.introductions if mine else ():
                other = match.offers if match.needs == id else match.needs
                if most >= self._old.floors.get(other, _ALL):
                    yield other

    def _look_again(self, site: Site) -> None:
        """Look for all matches in the whole book."""
        old, found = self._old, site.facts.matches
        now = by_person(found)
        then = Ranked(old.matches, self._me, old.gists.warmth)
        then.fetch(old.matches.people)
        ids = now.keys() | set(old.matches.people)
        self.others = {id for id in ids if now.get(id) != then.of(id)}
        self.known = Ranked(pack(found), self._me, self._warmth_of)
        floors = self.known.floors(now)
        self.floors = dict.fromkeys(old.floors) | floors
        self.lead = self.known.lead(None, ())
