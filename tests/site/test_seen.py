"""What a page looks at is its own, whatever happens while something is worked out for all."""

from __future__ import annotations

import pytest

from renmai.site.increment.seen import Watch


def test_what_is_worked_out_for_all_is_nobodys() -> None:
    watch = Watch()
    mine = watch.start()
    with watch.aside():
        watch.ties("ann")
    watch.ties("bo")
    assert mine.ties == {"bo"}


def test_what_fails_aside_leaves_the_page_its_own() -> None:
    watch = Watch()
    mine = watch.start()
    with pytest.raises(LookupError), watch.aside():
        raise LookupError
    watch.ties("bo")
    assert mine.ties == {"bo"}


def test_a_page_looks_at_what_its_parts_look_at() -> None:
    watch = Watch()
    mine = watch.start()
    assert watch.part("x", lambda: watch.seen.ties.add("ann"), fronts=True) is None
    watch.ties("bo")
    assert mine.ties == {"ann", "bo"}
    assert mine.fronts
    _, seen = watch.parts["x"]
    assert seen.ties == {"ann"}
