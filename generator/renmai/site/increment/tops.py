"""The pages of the whole book after a small change: which are others, and from what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from renmai.rules.matches import Matches
from renmai.site.book import Site
from renmai.site.increment.changes import Changes
from renmai.site.increment.dues import Due
from renmai.site.increment.gist import Entries, Gist, GistFacts
from renmai.site.increment.memory import LEVEL, RECORD, Memory, Numbers
from renmai.site.increment.update import Update
from renmai.site.increment.watch import WatchedBook, WatchedLens

#: These show some people, and nothing that is counted over all.
_SHOWING = ("contacts.html", "events.html", "communities.html", "introductions.html")


class TopFacts(NamedTuple):
    """What is remembered of everybody; see `Memory`."""

    gists: Mapping[str, Gist]
    entries: Mapping[str, Entries]
    dues: Mapping[str, list[Due]]
    ahead: dict[str, set[date]]
    matches: Matches


def tops_lens(site: Site, known: TopFacts) -> WatchedLens:
    """The lens for the pages of the whole book, through which much is remembered of everybody."""
    book = WatchedBook(site.watch, site.opened.book)
    facts = GistFacts(book, site.facts.today, site.facts.settings, site.watch)
    facts.gists, facts.entries, facts.dues = known.gists, known.entries, known.dues
    facts.matches = known.matches
    lens = WatchedLens(facts, site.words, site.media, site.watch)
    lens.by_name = sorted(book.others, key=lambda each: known.gists[each.id].key)
    lens.ahead.changes = known.ahead
    return lens


def unchanged_tops(
    changed: Changes, old: Memory, numbers: Numbers, update: Update, matches: Matches
) -> set[str]:
    """The paths of those pages that show the same as before: the others may, or not."""
    found = {"404.html"}
    if changed.shown or matches != old.matches:
        return found
    # Most of those whom a file refers to have nothing new in it.
    felt = changed.sources | {
        id
        for id in changed.touched
        if id not in old.gists
        or update.gists.get(id) != old.gists[id]
        or update.dues.get(id) != old.dues.get(id)
    }
    followed = numbers.aspects(felt, RECORD)
    for path in _SHOWING:
        page = old.pages.get(path)
        if page is not None and not page.way and followed.isdisjoint(page.seen):
            found.add(path)
    network = old.pages.get("network.html")
    warmer = numbers.aspects(update.warmer, LEVEL)
    if network is not None and not update.tied and warmer.isdisjoint(network.seen):
        found.add("network.html")
    return found
