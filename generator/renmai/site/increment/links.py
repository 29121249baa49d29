"""The ties as the picture of the net has them, after a few of them changed."""

from __future__ import annotations

from renmai.site.book import Site
from renmai.site.increment.update import Update
from renmai.site.net.data import MOST_TIES, links_of


def links_after(update: Update, site: Site) -> list[int]:
    """The links of `links_of` now, in which those of the touched alone are others."""
    flat, touched = update.old.links, update.changed.touched
    if len(flat) // 4 >= MOST_TIES:
        return links_of(site.lens)
    then = sorted(update.old.gists)
    now = {id: number for number, id in enumerate(sorted(site.opened.book.contacts))}
    # By their number then; of those who are gone there is none.
    number = [now.get(id, -1) for id in then]
    stay = [id not in touched for id in then]
    rows = {
        (number[a], number[b], weight, bits)
        for a, b, weight, bits in zip(*(flat[at::4] for at in range(4)), strict=True)
        if stay[a] and stay[b]
    }
    for id, tied in update.ties.items():
        for other, (weight, bits, _) in tied.items():
            a, b = sorted((id, other))
            rows.add((now[a], now[b], round(2 * weight), bits))
    if len(rows) > MOST_TIES:
        return links_of(site.lens)
    return [value for row in sorted(rows) for value in row]
