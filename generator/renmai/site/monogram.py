"""What stands for somebody without a photo: a letter or two, and a hue that never changes."""

from __future__ import annotations

import unicodedata
from zlib import crc32

#: How many hues the style sheet knows (`.h0` to `.h11`).
HUES = 12



def hue(name: str) -> int:
    """A number below `HUES` that follows from the name alone."""
    return crc32(unicodedata.normalize("NFC", name).encode("utf-8", "replace")) % HUES


def letters(name: str) -> str:
    """One or two characters to know somebody by.

    Chinese: the last character of the given name, which tells people of one family apart
    (林晓舟 → 舟); of a group, or a name of more than four, the first. Other scripts: the initials
    of the first and the last word (Ada Lovelace → AL).
    """
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return (name.strip() or "?")[0]
    han = "".join(char for char in name if is_han(char))
    if han and is_han(words[0][0]):
        return han[-1] if len(han) <= 4 else han[0]
    first = _initial(words[0])
    last = _initial(words[-1]) if len(words) > 1 else ""
    return first + last if not is_han(last[:1]) else first


def _initial(word: str) -> str:
    return word[0].upper()[0]


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"
