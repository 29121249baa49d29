"""The follow-ups of a book, remembered: what did not change is not worked out again.

The rules say what follows (`renmai.rules.followups`); here it is only kept. What is about a record
follows from its file, from the files that refer to it, from what records are called, from the
settings and the day. So after a change of few files the rules are asked about those records alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from types import ModuleType

import msgspec

from renmai.rules.followup import FollowUp
from renmai.rules.kept import Kept, follow_up, kept
from renmai.storage.opening import Opened
from renmai.storage.reading import Known
from renmai.storage.records import DIGEST, digest_of, slices
from renmai.storage.store import Store
from renmai.text.values import Duration

TABLE = "due"

#: Items are kept in the order to do them in, so many together: most are far ahead.
_CHUNK = 1000

#: When more records than this are concerned, all are worked out.
_MOST = 500

Order = tuple[int, float, int, str, str, int]


#: A follow-up with its place in the order.
_Item = tuple[Order, Kept]


class _About(msgspec.Struct, frozen=True, array_like=True):
    """What the items were worked out from.

    `key` stands for all of it; `basis` for all but the files' contents: the settings, the day,
    and what records are called; `digests` are those of the files in their order.
    """

    key: bytes
    basis: bytes
    digests: bytes
    chunks: int


_encode = msgspec.msgpack.Encoder().encode
_about = msgspec.msgpack.Decoder(_About)
_kept_items = msgspec.msgpack.Decoder(list[_Item])
_known = msgspec.msgpack.Decoder(list[Known])


def remembered_follow_ups(opened: Opened, today: date, horizon: Duration | None) -> list[FollowUp]:
    """The follow-ups of a book on a day, in order, up to the horizon (None: all there are)."""
    asked = digest_of(_encode(opened.settings) + today.isoformat().encode())
    key = digest_of(asked + opened.state)
    with Store(opened.root) as store:
        kept = store.get(TABLE, "about")
        about = _about.decode(kept) if kept else None
        items = _kept(store, about, horizon, today) if about and about.key == key else None
        if items is None:
            items = _work_out(store, opened, today, asked, key, about)
    found = []
    for _, item in items:
        made = follow_up(item, today)
        if _is_later(made, horizon):
            break  # and so are all behind it
        found.append(made)
    return found


def _kept(store: Store, about: _About, horizon: Duration | None, today: date) -> list[_Item] | None:
    """The items that are kept, at least up to the horizon; None when they are gone."""
    found: list[_Item] = []
    for number in range(about.chunks):
        chunk = store.get(TABLE, f"items {number}")
        if chunk is None or chunk[:DIGEST] != about.key:
            return None
        found += _kept_items.decode(chunk[DIGEST:])
        if _is_later(follow_up(found[-1][1], today), horizon):
            break
    return found


def _work_out(
    store: Store, opened: Opened, today: date, asked: bytes, key: bytes, about: _About | None
) -> list[_Item]:
    """All items, from those that are kept as far as they hold; they are kept in turn."""
    files = opened.files
    names = [
        (path, each.outline.is_readable, each.outline.label, each.outline.called)
        for path, each in zip(files.paths, files.known, strict=True)
    ]
    basis = digest_of(asked + _encode((names, opened.book.me and opened.book.me.path)))
    items = None
    if about and about.basis == basis and len(about.digests) == len(files.digest_bytes):
        items = _work_on(store, opened, today, about)
    if items is None:
        found = _rules().follow_ups(opened.book, today, opened.settings)
        items = _items(found)
    chunks = [items[at : at + _CHUNK] for at in range(0, len(items), _CHUNK)]
    values = {f"items {number}": key + _encode(chunk) for number, chunk in enumerate(chunks)}
    values["known"] = key + _encode(files.rows)
    values["about"] = _encode(_About(key, basis, files.digest_bytes, len(chunks)))
    store.write(put={TABLE: values}, clear=[TABLE])
    return items


def _work_on(store: Store, opened: Opened, today: date, about: _About) -> list[_Item] | None:
    """All items, of which those that changed files are concerned with are worked out."""
    files, book = opened.files, opened.book
    data, before = store.get(TABLE, "known"), _kept(store, about, None, today)
    if data is None or data[:DIGEST] != about.key or before is None:
        return None
    known = _known.decode(data[DIGEST:])
    concerned: set[str] = set()
    digests = zip(slices(about.digests), slices(files.digest_bytes), strict=True)
    for number, (then, now) in enumerate(digests):
        if then != now:
            source = book.sources[number]
            concerned.add(source.id)
            concerned |= book.referred(known[number].outline) | book.referred(source.outline)
    if len(concerned) > _MOST:
        return None
    found = _rules().follow_ups(book.around(concerned), today, opened.settings)
    items = _items(each for each in found if each.id in concerned)
    items += [each for each in before if each[1].id not in concerned]
    return sorted(items, key=itemgetter(0))


def _items(found: Iterable[FollowUp]) -> list[_Item]:
    order = _rules().order
    return [(order(each), kept(each)) for each in found]


def _rules() -> ModuleType:
    """The rules, which are loaded only where something changed."""
    from renmai.rules import followups

    return followups


def _is_later(item: FollowUp, horizon: Duration | None) -> bool:
    return horizon is not None and item.state(horizon) == "later"
