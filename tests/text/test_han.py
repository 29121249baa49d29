"""The patterns of Han characters."""

from __future__ import annotations

import re
import sys

from renmai.text.han import ANY_HAN, HAN

COMMON = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
RARE = (0x20000, 0x3FFFF)


def found(pattern: str) -> list[int]:
    return [ord(each) for each in re.findall(pattern, "".join(map(chr, range(sys.maxunicode + 1))))]


def test_every_character() -> None:
    common = [code for first, last in COMMON for code in range(first, last + 1)]
    assert found(HAN) == common
    assert found(ANY_HAN) == common + list(range(RARE[0], RARE[1] + 1))
