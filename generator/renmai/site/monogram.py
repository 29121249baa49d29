"""What stands for somebody without a photo: a letter or two, and a hue that never changes."""

from __future__ import annotations

import unicodedata
from zlib import crc32

from renmai.text.names import has_han

#: How many hues the style sheet knows (`.h0` to `.h11`).
HUES = 12


def hue(name: str) -> int:
    """A number below `HUES` that follows from the name alone."""
    return crc32(unicodedata.normalize("NFC", name).encode("utf-8", "replace")) % HUES


def person_letters(name: str) -> str:
    """One or two characters to know a person by.

    Chinese: the last of the given name, which tells people of one family apart (林晓舟 → 舟); of
    more than four, which is a phrase, the first. Other scripts: the initials of the first and the
    last word (Ada Lovelace → AL).
    """
    words = _words(name)
    if not words:
        return _any(name)
    if has_han(words[0][0]):
        han = [char for char in name if has_han(char)]
        return han[-1] if len(han) <= 4 else han[0]
    first, last = words[0][0], words[-1][0]
    pair = first + last if len(words) > 1 and not has_han(last) else first
    return _upper(pair)


def group_letters(name: str) -> str:
    """The first letter of an event's or a community's name."""
    words = _words(name)
    return _upper(words[0][0]) if words else _any(name)


def _words(name: str) -> list[str]:
    return [word for word in name[:200].split() if word[0].isalnum()]


def _any(name: str) -> str:
    return next((char for char in name if char.isprintable() and not char.isspace()), "?")


def _upper(letters: str) -> str:
    return "".join(upper if len(upper := letter.upper()) == 1 else letter for letter in letters)
