"""References: `[[ref]]`, `[[ref|shown text]]`, `[[ref#Heading]]`, `[[events/ref]]`."""

from __future__ import annotations

import re

import msgspec

from renmai.text.values import nfc

#: `![[…]]` embeds and `\\[[…]]` is escaped: neither is a reference.
REFERENCE = re.compile(r"(?<![!\\])\[\[([^\[\]\n]+)\]\]")


class Ref(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a reference says: an id, a name or an alias, perhaps behind a folder.

    `bracketed`: written as `[[…]]`, so it must be found even where text is allowed.
    `line` counts from 1 in its file.
    """

    text: str
    bracketed: bool = False
    line: int = 1


def target_text(inside: str) -> str:
    """The ref in what stands between `[[` and `]]`: trimmed, NFC; "" when there is none."""
    return nfc(inside.split("|", 1)[0].split("#", 1)[0].rstrip("\\").strip())


def parse_ref(text: str, line: int) -> Ref | None:
    """A scalar where a reference is wanted: bare or in brackets. None when it names nothing."""
    found = REFERENCE.fullmatch(text.strip())
    name = target_text(found[1]) if found else nfc(text.strip())
    return Ref(name, bool(found), line) if name else None


def mentions(text: str, line: int) -> list[Ref]:
    """Every reference in a line of prose, in order."""
    if "[[" not in text:
        return []
    names = (target_text(found[1]) for found in REFERENCE.finditer(text))
    return [Ref(name, True, line) for name in names if name]
