"""Small numbers in words: `two`, `a couple of`, `三`, `十二`, `两`."""

from __future__ import annotations

_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_ENGLISH = {
    **{word: number for number, word in enumerate(_WORDS.split(), 1)},
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "a couple": 2,
    "couple of": 2,
    "half a dozen": 6,
}
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}

#: What `number` understands, for patterns.
ENGLISH = (
    r"(?:[0-9]{1,3}|half a dozen|a couple(?: of)?|couple of|"
    + "|".join([*_WORDS.split(), "an", "a"])
    + ")"
)
CHINESE = "(?:[0-9]{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"


def number(text: str) -> int:
    """The number that a text which `ENGLISH` or `CHINESE` matches stands for."""
    text = " ".join(text.lower().split())
    if text.isascii() and text.isdecimal():
        return int(text)
    if text in _ENGLISH:
        return _ENGLISH[text]
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS[text]
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
