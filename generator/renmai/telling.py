"""Why people are tied to one another, in words: for the terminal and for the site alike."""

from __future__ import annotations

from collections import Counter

from renmai.model.records import Contact
from renmai.rules.facts import Facts
from renmai.rules.paths import Step
from renmai.rules.ties import Reason, Tie
from renmai.words import Words


def tie_reasons(tie: Tie, facts: Facts, words: Words) -> list[str]:
    """Every reason of a tie, the heaviest first; what happened several times is said once."""
    counts = Counter((reason.why, reason.what) for reason in tie.reasons)
    weights: Counter[tuple[str, str]] = Counter()
    for reason in tie.reasons:
        key = ("entry", "") if reason.why == "entry" else (reason.why, reason.what)
        weights[key] += reason.weight  # type: ignore[assignment]
    together = sum(number for (why, _), number in counts.items() if why == "entry")
    told = []
    for (why, what), _ in weights.most_common():
        if why == "entry":
            told.append(words("why.entry", n=together))
        else:
            told.append(_reason(Reason(why, what, 0), facts, words))  # type: ignore[arg-type]
    return told


def step_reasons(step: Step, facts: Facts, words: Words) -> list[str]:
    """Why one step of a path holds: with the own card how warm it is, else the tie's reasons."""
    if step.tie is not None:
        return tie_reasons(step.tie, facts, words)
    me, contacts = facts.book.me, facts.book.contacts
    other: Contact = contacts[step.b if me and step.a == me.id else step.a]
    level = words(f"level.{facts.level(other)}")
    return [words("why.warmth", level=level, warmth=f"{facts.warmth(other):.1f}")]


def relation_word(how: str, words: Words) -> str:
    """What somebody is to another, in the language where the catalogue knows the word."""
    key = f"relation.{how.casefold()}"
    return words(key) if how.isalpha() and words.has(key) else how


def _reason(reason: Reason, facts: Facts, words: Words) -> str:
    if reason.why == "relation":
        how = relation_word(reason.what, words)
        return words("why.relation", how=how) if how else words("why.related")
    found = facts.book.find(reason.what)
    record = found[0].record if found else None
    return words(f"why.{reason.why}", name=record.label if record else reason.what)
