"""How a Chinese name is read: pinyin and initials."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable

from renmai.text.han import HAN

_HAN = re.compile(f"(?:{HAN})+")
_WORD = re.compile(r"\w+")

#: Surnames that are read otherwise than the same character in a word.
_SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "查": "zha", "朴": "piao",
    "盖": "ge", "区": "ou", "缪": "miao", "翟": "zhai", "种": "chong", "折": "she",
    "乐": "yue", "召": "shao", "冼": "xian", "尹": "yin", "任": "ren", "华": "hua",
    "重": "chong", "员": "yun", "秘": "bi", "繁": "po", "覃": "qin", "隗": "wei",
    "尉迟": "yu chi", "万俟": "mo qi", "澹台": "tan tai", "长孙": "zhang sun",
}  # fmt: skip

#: Surnames of two characters.
_COMPOUND = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠"
        "公孙慕容仲孙钟离长孙宇文司徒鲜于司空令狐百里呼延东郭南门羊舌微生梁丘左丘东门西门",
    )
)


#: No name is longer; what is, is cut before it is read.
_LONGEST = 200


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return not text.isascii() and bool(_HAN.search(text))


def reading(name: str, override: str | None = None) -> str | None:
    """How a name is read: `Lin Xiaozhou` for 林晓舟; None for one without Chinese characters.

    `override` is what the card says under `pinyin`, and is taken as it stands.
    """
    if override:
        return override
    return _reading(name[:_LONGEST]) if has_han(name) else None


def initials(name: str, override: str | None = None) -> str:
    """The first letters, one a Chinese character or a Latin word: `lxz`, `gh`."""
    if override:
        return _first_letters(override)
    if not has_han(name):
        return _first_letters(name[:_LONGEST])
    letters = []
    for part in _split(name[:_LONGEST]):
        if has_han(part):
            letters += [syllable[0] for syllable in _syllables(part)]
        else:
            letters.append(_first_letters(part))
    return "".join(letters)


def _first_letters(text: str) -> str:
    return "".join([word[0] for word in _WORD.findall(plain(text))])


def plain(text: str) -> str:
    """`text` in lower case without accents, as searches compare it."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", parts.translate(_without_accents))


class _WithoutAccents(dict[int, int | None]):
    """For `str.translate`: takes combining characters away; filled as characters are met."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.combining(chr(code)) else code
        self[code] = kept
        return kept


_without_accents = _WithoutAccents()


@functools.lru_cache(maxsize=20_000)
def _reading(name: str) -> str:
    words = []
    for part in _split(name):
        if not has_han(part):
            words.append(part.strip())
            continue
        syllables = _syllables(part)
        surname = 2 if part[:2] in _COMPOUND else 1
        # A name of up to four characters is a surname and a given name; more is a phrase.
        if 1 < len(part) <= surname + 2:
            words.append("".join(syllables[:surname]).capitalize())
            words.append("".join(syllables[surname:]).capitalize())
        else:
            words += [syllable.capitalize() for syllable in syllables]
    return " ".join(word for word in words if word)


def _split(name: str) -> list[str]:
    """A name as runs of Chinese characters and what stands between them."""
    return [part for part in re.split(f"({_HAN.pattern})", name) if part.strip()]


class Readings:
    """How runs of Chinese characters are read, as far as it was looked up.

    The dictionary takes a fifth of a second to load; who knows from an earlier time what it says
    tells how to `recall` that, and keeps `learned`.
    """

    def __init__(self) -> None:
        self.learned: dict[str, list[str]] = {}
        self.recall: Callable[[], dict[str, list[str]]] | None = None
        self._known: dict[str, list[str]] = {}

    def __call__(self, han: str) -> list[str]:
        """The syllables of `han`, without tones."""
        if han not in self._known and self.recall is not None:
            self._known |= self.recall()
            self.recall = None
        if han not in self._known:
            from pypinyin import Style, lazy_pinyin

            found = list(lazy_pinyin(han, style=Style.NORMAL, v_to_u=True))
            self.learn({han: found})
        return self._known[han]

    def learn(self, found: dict[str, list[str]]) -> None:
        """Take over what was looked up."""
        self.learned |= found
        self._known |= found


readings = Readings()


@functools.lru_cache(maxsize=20_000)
def _syllables(han: str) -> list[str]:
    """The syllables of a run of Chinese characters, without tones, the surname read as one."""
    syllables = list(readings(han))
    for length in (2, 1):
        if len(han) > 1 and han[:length] in _SURNAMES:
            syllables[:length] = _SURNAMES[han[:length]].split()
            break
    return syllables
