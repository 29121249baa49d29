"""A phrase as people say it: `yesterday coffee with 林晓舟 and Grace: he is hiring`.

What stands before the colon is read from left to right, the longest that makes sense at each
place: days, times, kinds, names, and the words between them. What makes no sense is kept, for
somebody to be asked. What stands behind the colon is kept to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial

import msgspec

from renmai.model.book import Book
from renmai.spoken.clock import find_time
from renmai.spoken.days import Context, Said, find_day
from renmai.spoken.kinds import Kind, find_kind, settled
from renmai.spoken.people import Who, by_part, ends_at, longest_name, name_at, reference_at
from renmai.text.log import KIND_OF
from renmai.text.names import has_han


class Phrase(msgspec.Struct):
    """What was understood. Where several are possible, somebody has to be asked.

    `days` is None when no day was said; `times` and `kinds` are empty when there were none;
    `vague` are words about a time that is no day; `who` has no records where nobody is called so.
    """

    days: tuple[date, ...] | None = None
    times: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    who: list[Who] = []
    deep: bool = False
    text: str = ""
    vague: str = ""


_COLON = re.compile(r"[:：]|\s[-–—]+\s|——")
_FILLER = re.compile(
    r"(?:with|w/|and|plus|had|have|having|was|were|did|made|sent|took|wrote|an?|the|to|from|by|at|"
    r"on|in|for|i|we|us|about|re|regarding|just|my|our|up|together|over|some|of|mr|mrs|ms|dr|prof)(?![^\W_])\.?|'s\b|"
    "跟|和|与|同|及|给|向|在|对|约|去|来|的|了|过|我们|咱们|我|又|还|也|都|一起|一块儿?|碰巧|"
    "先生|女士|老师|同学|博士|教授|总|们|俩|两人|有|被|把|送了?|寄了?|带了?|"
    '一[个份次点下封条通顿杯]|[&+,，、;；。.·~～"“”]',
    re.IGNORECASE,
)
_DEEP = re.compile("[!！]|deep(?![^\\W_])|深入地?", re.IGNORECASE)
#: What begins the words that were said, where there is no colon.
_ABOUT = re.compile(
    r"(?:about|regarding|re|because|that|who|where|so|and (?:he|she|they|we|i))(?![^\W_])|"
    "关于|说|讲|聊了?|谈了?|讨论|商量",
    re.IGNORECASE,
)
#: Nobody can know whom these mean.
_PRONOUN = re.compile(
    r"(?:he|him|she|her|they|them|it|you|someone|somebody)(?![^\W_])|他们|她们|他|她|你",
    re.IGNORECASE,
)
#: Who writes the book: it stands in no entry beside others.
_MYSELF = re.compile(r"(?:me|myself)(?![^\W_])|我自己", re.IGNORECASE)
#: What turns help round: asking for it, and getting it.
_TURNS = {"求助": re.compile("请|找|托|麻烦|拜托|让"), "受助": re.compile("[收得受]到了?")}
#: What may part the words that were said from the rest.
_ASIDE = re.compile(r"\s*[,，;；。]\s*")
#: Where it was is among the words that were said.
_PLACE = re.compile(r"(?:at|in|near|outside)\s", re.IGNORECASE)
#: What is shorter may be one more name: so many words, or Chinese characters.
_LONG = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]|[^\\W_\u3400-\u4dbf\u4e00-\u9fff]+")
_LEAST_WORDS = 5
_WORD = re.compile(
    r"[^\W_\u3400-\u4dbf\u4e00-\u9fff]+(?:[-'’._][^\W_\u3400-\u9fff]+)*|.", re.DOTALL
)


def read_phrase(text: str, book: Book, context: Context) -> Phrase:
    """What `text` says. Never fails: what is not understood is among what is open."""
    head, said = split_at_colon(text)
    phrase = _Reader(head, book, context).read(said)
    if said and not phrase.kinds:
        # `tues: coffee with Grace`, `Grace: coffee`: the colon stands before what it was.
        more, said = split_at_colon(said)
        longer = _Reader(f"{head} {more}", book, context).read(said)
        if longer.kinds and (not phrase.who or all(who.records for who in longer.who)):
            return longer
    return phrase


def split_at_colon(text: str) -> tuple[str, str | None]:
    """What stands before the first colon and what behind it, None without one.

    Neither the colon of a time nor one within brackets or an address counts.
    """
    for found in _COLON.finditer(text):
        before, behind = text[: found.start()], text[found.end() :]
        is_time = before[-1:].isdecimal() and behind[:1].isdecimal()
        in_brackets = before.rfind("[[") > before.rfind("]]")
        if not (is_time or in_brackets or behind.startswith("//")):
            return before, behind
    return text, None


class _Reader:
    """Reads the head of a phrase, piece by piece."""

    def __init__(self, head: str, book: Book, context: Context) -> None:
        self.head, self.book, self.context = head, book, context
        self.longest = longest_name(book)
        self.phrase = Phrase(who=[])
        self.kinds: list[Kind] = []
        self.turned = ""  # what help comes to, as `_TURNS` has it
        self.of_day = ""  # the words of the day: they say which half of it an hour lies in
        self.clock = -1  # where a time of day stands
        self.unknown = ""  # what was not understood, up to here
        self.named = -1  # the place behind a name that was just read

    def read(self, said: str | None) -> Phrase:
        position = 0
        while position < len(self.head):
            if said is None and (begin := self._text_begins(position)) is not None:
                said = self.head[begin:]
                break
            position = self._step(position)
        self._close_unknown()
        phrase = self.phrase
        phrase.text = (said or "").strip()
        phrase.kinds = settled(self.kinds) if self.kinds else ()
        if self.turned and [KIND_OF[name] for name in phrase.kinds] == ["gave"]:
            phrase.kinds = (self.turned,)
        self._read_clock()
        self._drop_doubles()
        return phrase

    def _text_begins(self, position: int) -> int | None:
        """Where the words that were said begin, if they do here: all else is there already."""
        if not self.phrase.who or not self.kinds or self.unknown.strip():
            return None
        if ends_at(self.head, position) and _ABOUT.match(self.head, position):
            return position
        aside = _ASIDE.match(self.head, position)
        if aside and len(_LONG.findall(self.head, aside.end())) >= _LEAST_WORDS:
            return aside.end() if self._makes_no_sense(aside.end()) else None
        place = ends_at(self.head, position) and _PLACE.match(self.head, position)
        return position if place and self._makes_no_sense(position) else None

    def _makes_no_sense(self, position: int) -> bool:
        """Whether what stands from there on names somebody whom nobody knows."""
        rest = _Reader(self.head[position:], self.book, self.context).read(None)
        return any(not who.records for who in rest.who)

    def _step(self, position: int) -> int:
        """Take what stands at `position`; the place behind it."""
        if self.head[position].isspace():
            self.unknown += " " if self.unknown else ""
            return position + 1
        end, take = self._grammar(position)
        named = reference_at(self.head, position, self.book) or name_at(
            self.head, position, self.longest, self.book
        )
        if named and self._is_name(position, named[0], end):
            return self._name(position, *named)
        if take:
            self._close_unknown()
            take()
            return end
        if (found := _MYSELF.match(self.head, position)) and not self.unknown.strip():
            self.phrase.who += [Who(found[0], (me,))] if (me := self.book.me) else []
            return found.end()
        if pronoun := _PRONOUN.match(self.head, position):
            self._close_unknown()
            self.phrase.who.append(Who(pronoun[0]))
            return pronoun.end()
        word = _WORD.match(self.head, position)
        assert word, "it matches any character"
        self._take_unknown(position, word[0])
        return word.end()

    def _grammar(self, position: int) -> tuple[int, Callable[[], None] | None]:
        """The longest thing but a name that stands at `position`, and how to take it."""
        head, phrase = self.head, self.phrase
        ways: list[tuple[int, Callable[[], None]]] = []
        if day := find_day(head, position, self.context):
            ways.append((day.end, lambda: self._take_day(day, head[position : day.end])))
        if clock := find_time(head, position):
            ways.append((clock.end, lambda: setattr(self, "clock", position)))
        if kind := find_kind(head, position):
            ways.append((kind.end, lambda: self._take_kind(kind)))
        if found := _DEEP.match(head, position):
            ways.append((found.end(), lambda: setattr(phrase, "deep", True)))
        if found := _FILLER.match(head, position):
            ways.append((found.end(), lambda: None))
        for kind_turned, words in _TURNS.items():
            if found := words.match(head, position):
                ways.append((found.end(), partial(setattr, self, "turned", kind_turned)))
        return max(ways, key=lambda way: way[0], default=(position, None))

    def _is_name(self, position: int, end: int, grammar_end: int) -> bool:
        """Whether a name rather than the word that ends there: the longer, or else as written."""
        if end != grammar_end:
            return end > grammar_end
        return not self.head[position].isascii() or not self.head[position].islower()

    def _take_day(self, day: Said, words: str) -> None:
        if not day.days:
            self.phrase.vague = words
        self.phrase.days = tuple(dict.fromkeys((*(self.phrase.days or ()), *day.days)))
        self.of_day += words

    def _take_kind(self, kind: Kind) -> None:
        self.kinds.append(kind)
        self.phrase.deep = self.phrase.deep or kind.deep

    def _name(self, start: int, end: int, who: Who) -> int:
        if self._runs_on(self.unknown, who.text):
            self.unknown += who.text  # a word of a longer name, which is somebody else's
            return end
        self._close_unknown()
        self.phrase.who.append(who)
        self.named = end
        return end

    def _take_unknown(self, position: int, word: str) -> None:
        """Keep a word; a name right before it was only a part of what was said."""
        gap = self.head[self.named : position] if self.named >= 0 else ""
        if not self.unknown and self.named >= 0 and len(gap) <= 1 and not gap.strip():
            before = self.phrase.who[-1].text + gap
            if self._runs_on(before, word):
                self.phrase.who.pop()
                self.unknown = before
        self.named = -1
        self.unknown += word

    @staticmethod
    def _runs_on(before: str, word: str) -> bool:
        """Whether two pieces are one name: Latin words with capitals, or Chinese with no gap."""
        if not before.strip():
            return False
        last = before.split()[-1]
        if before[-1].isspace():
            return last[0].isupper() and word[0].isupper()
        return has_han(last[-1]) and has_han(word[0])

    def _close_unknown(self) -> None:
        """Find out whom the words mean that are no name as they stand."""
        text, self.unknown, self.named = self.unknown.strip(), "", -1
        if not text:
            return
        whole = by_part(text, self.book)
        words = [Who(word, by_part(word, self.book)) for word in text.split()]
        if whole or not all(who.records for who in words):
            self.phrase.who.append(Who(text, whole))
        else:
            self.phrase.who += words

    def _read_clock(self) -> None:
        """The time, now that it is known which part of the day it is of."""
        if self.clock >= 0 and (clock := find_time(self.head, self.clock, self.of_day)):
            self.phrase.times = clock.times
            if not clock.times:
                self.phrase.vague = self.head[self.clock : clock.end]

    def _drop_doubles(self) -> None:
        """Nobody stands twice in an entry; oneself only when nobody else does."""
        found: list[Who] = []
        for who in self.phrase.who:
            known = [each.records for each in found if len(each.records) == 1]
            if who.records not in known:
                found.append(who)
        others = [who for who in found if who.records != (self.book.me,)]
        self.phrase.who = others or found
