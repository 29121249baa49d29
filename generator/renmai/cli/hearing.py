"""From what a phrase leaves open to what is meant: by asking, where somebody can answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from renmai.cli import asking
from renmai.cli.drafts import Draft, draft
from renmai.cli.failures import NO, Failure
from renmai.cli.session import Session
from renmai.model.book import Book
from renmai.model.records import Contact, Record
from renmai.spoken.people import Who
from renmai.spoken.phrase import Phrase
from renmai.text.log import KINDS
from renmai.words import Words

T = TypeVar("T")

#: The kinds that one chooses from where none was said; the own card's are said by name.
_OFFERED = ("meet", "call", "message", "gave", "got", "asked", "intro", "gift", "note")

#: Names must be more alike than this to be suggested, from 0 to 1.
_LIKENESS = 0.6
_MOST_SUGGESTIONS = 3


class Heard(msgspec.Struct):
    """An entry as it is meant. `who` are its people; one with no card yet has a draft of one."""

    day: date
    kind: str
    who: list[Record | Draft]
    time: str = ""
    deep: bool = False
    text: str = ""


def heard(phrase: Phrase, session: Session) -> Heard:
    """What is meant by a phrase; what it leaves open is asked for.

    Raises Failure with the answer "no", which says what is open, where nobody can be asked.
    """
    if phrase.vague or phrase.days == ():
        raise Failure("writing.log.vague", NO, words=phrase.vague.strip())
    who = [_known_or_new(each, session) for each in phrase.who]
    if not who:
        who = [_nobody(phrase, session)]
    return Heard(
        day=one_day(phrase.days or (session.today,), session),
        time=_one(session, "time", phrase.times, str) if phrase.times else "",
        kind=_kind(phrase, session),
        who=who,
        deep=phrase.deep,
        text=phrase.text,
    )


def one_day(days: Sequence[date], session: Session) -> date:
    """The one of several days that is meant."""
    words = session.words
    return _one(session, "day", days, lambda day: f"{words.weekday(day)} {words.date(day)}")


def one_person(who: Who, session: Session) -> Record:
    """The one of several records that is meant by what was said; there is one at least."""
    if len(who.records) == 1:
        return who.records[0]
    return _one(session, "person", who.records, lambda each: told(each, session.words), who.text)


def _one(
    session: Session, what: str, several: Sequence[T], shown: Callable[[T], str], ref: str = ""
) -> T:
    """The one of several that is meant, of which `ref` was said."""
    if len(several) == 1:
        return several[0]
    options = [shown(each) for each in several]
    if not asking.can_ask():
        listed = session.words.listed(options)
        raise Failure(f"writing.which.{what}", NO, options=listed, ref=ref)
    question = session.words(f"writing.which.{what}-question", ref=ref)
    return several[asking.choose(session, question, options)]


def _kind(phrase: Phrase, session: Session) -> str:
    """The kind that was said, or is chosen."""
    if phrase.kinds:
        return _one(session, "kind", phrase.kinds, str)
    chinese = session.settings.language == "zh"
    offered = [_in_chinese(name) if chinese else name for name in _OFFERED]
    if not asking.can_ask():
        raise Failure("writing.log.no-kind", NO, kinds=session.words.listed(offered))
    question = session.words("writing.which.kind-question")
    return offered[asking.choose(session, question, offered)]


def _in_chinese(kind: str) -> str:
    return next((name for name in KINDS[kind].also if not name.isascii()), kind)


def _nobody(phrase: Phrase, session: Session) -> Record:
    """Whom an entry is of that names nobody: what one does oneself stands on the own card."""
    me = session.book.me
    own = {"output", "case", "collab", "输出", "案例", "合作"}
    if me is not None and phrase.kinds and set(phrase.kinds) <= own:
        return me
    raise Failure("writing.log.nobody", NO, command="renmai log")


def _known_or_new(who: Who, session: Session) -> Record | Draft:
    """The one who is meant, or a draft of a card for somebody new."""
    if who.records:
        return one_person(who, session)
    words = session.words
    for source in session.book.find(who.text):
        raise Failure("cli.error.unreadable-record", NO, path=source.path)
    near = _near(who.text, session.book)
    options = [told(record, words) for record in near]
    if not asking.can_ask():
        key = "new-near" if near else "new"
        raise Failure(f"writing.log.{key}", NO, name=who.text, options=words.listed(options))
    options.append(words("writing.log.new-card", name=who.text))
    chosen = asking.choose(session, words("writing.which.new-question", ref=who.text), options)
    return near[chosen] if chosen < len(near) else draft(session, "contact", who.text)


def told(record: Record, words: Words) -> str:
    """A record as one tells it from others: `Wang Fang (wang-fang, Example Studio)`."""
    more = [record.id]
    if isinstance(record, Contact):
        more += [each for each in (record.company, record.city) if each]
    return words("writing.log.told", name=record.label, more=words.listed(more))


def _near(text: str, book: Book) -> tuple[Record, ...]:
    """The records that are called nearly so."""
    import difflib  # only for a name that nobody has

    called = {
        name.casefold(): record for record in book.others for name in (record.id, *record.called)
    }
    found = difflib.get_close_matches(
        text.casefold(), list(called), n=_MOST_SUGGESTIONS, cutoff=_LIKENESS
    )
    return tuple({called[name].id: called[name] for name in found}.values())
