"""Small records to merge, and the merge of them both ways round."""

from __future__ import annotations

from renmai.merge.records import merge_record
from renmai.merge.versions import Versions
from renmai.sync.mergefile import merge_lines


def card(front: str, body: str = "") -> str:
    """A contact: front matter besides the name, and a body."""
    return f"---\nname: Li\n{front}---\n{body}"


def log(*entries: str, heading: str = "Log", more: str = "") -> str:
    """A body with a log."""
    return f"\n## {heading}\n\n" + "".join(f"- {entry}\n" for entry in entries) + more


def merged(
    base: str | bytes, ours: str | bytes, theirs: str | bytes, folder: str = "contacts"
) -> tuple[bytes, int]:
    """The bytes of the merge and its conflicts."""
    files = Versions(*(f.encode() if isinstance(f, str) else f for f in (base, ours, theirs)))
    found = merge_record(files, folder, merge_lines)
    assert found is not None, "left to git"
    return found.data, found.conflicts


def clean(base: str, ours: str, theirs: str, folder: str = "contacts") -> str:
    """The merge, which has no conflict whichever side is ours, and comes to the same."""
    here, conflicts = merged(base, ours, theirs, folder)
    there, others = merged(base, theirs, ours, folder)
    assert (conflicts, others) == (0, 0), here.decode()
    assert here == there
    return here.decode()


def front(base: str, ours: str, theirs: str, folder: str = "contacts") -> str:
    """The front matter of a clean merge, besides the name."""
    text = clean(card(base), card(ours), card(theirs), folder)
    return text.removeprefix("---\nname: Li\n").removesuffix("---\n")


def body(base: str, ours: str, theirs: str) -> str:
    """The body of a clean merge."""
    return clean(*(card("", text) for text in (base, ours, theirs))).removeprefix(card(""))
