"""What the terminal and the site tell in the same words: ties of people, and messages to them."""

from __future__ import annotations

from renmai.rules.brief import Draft
from renmai.rules.facts import Facts
from renmai.rules.paths import Step
from renmai.rules.ties import Reason, Tie
from renmai.words import Words


def step_reasons(step: Step, facts: Facts, words: Words) -> list[str]:
    """Why one step of a path holds: with the own card how warm it is, else the tie's reasons."""
    if step.tie is not None:
        return tie_reasons(step.tie, step.a, facts, words)
    me = facts.book.me
    other = facts.book.contacts[step.b if me and step.a == me.id else step.a]
    level = words(f"level.{facts.level(other)}")
    return [words("why.warmth", level=level, warmth=f"{facts.warmth(other):.1f}")]


def tie_reasons(tie: Tie, seen_from: str, facts: Facts, words: Words) -> list[str]:
    """Every reason of a tie, the heaviest first, as told from the side of one of the two ids.

    What happened several times is said once, with its number.
    """
    groups: dict[tuple[str, str], list[Reason]] = {}
    for reason in tie.reasons:
        # In whose log a talk was noted does not matter; at which event one met does.
        what = "" if reason.why == "entry" else reason.what
        groups.setdefault((reason.why, what), []).append(reason)
    heaviest = sorted(groups.values(), key=lambda group: -sum(each.weight for each in group))
    other = tie.b if seen_from == tie.a else tie.a
    return [_told(group, seen_from, other, facts, words) for group in heaviest]


def relation_word(how: str, words: Words) -> str:
    """What somebody is to another, in the language where the catalogue knows the word."""
    key = f"relation.{how.casefold()}"
    return words(key) if how.isalpha() and words.has(key) else how


def _told(group: list[Reason], one: str, other: str, facts: Facts, words: Words) -> str:
    reason = group[0]
    if reason.why == "entry":
        return words("why.entry", n=len(group))
    if reason.why == "relation":
        how = next((how for id, how in facts.relations[one] if id == other), reason.what)
        return relation_word(how, words) or words("why.related")
    if reason.why == "through":
        name = facts.book.contacts[one].label
        return words("why.through" if reason.what == other else "why.brought", name=name)
    record = facts.book.record(reason.what)
    return words(f"why.{reason.why}", name=record.label if record else reason.what)


def message(draft: Draft) -> list[str]:
    """The four parts of a message, each a paragraph, between a greeting and the name.

    In the language of the draft, which is that of whom it is for; what the book does not know is
    left to fill in, in square brackets.
    """
    words = Words(draft.language)
    said = "said" if draft.seed else "said_blank"
    stop = " .。!！?？"
    thanks = [words("draft.thanks", event=draft.event)]
    thanks.append(words(f"draft.{said}", seed=draft.seed.rstrip(stop)))
    use = words(
        f"draft.{draft.use}", need=draft.need, give=draft.give.rstrip(stop), helper=draft.helper
    )
    me = draft.me
    known = (
        [*me.phones, *me.emails, me.wechat and words("draft.wechat", id=me.wechat)] if me else []
    )
    ways = [way for way in known if way]
    reach = words("draft.reach", ways=words.listed(ways)) if ways else words("draft.reach_blank")
    if draft.next is not None:
        invitation = words("draft.agreed", day=words.date(draft.next))
    else:
        invitation = words("draft.invitation")
    gap = "" if draft.language == "zh" else " "
    greeting = words("draft.greeting", name=draft.name)
    return [greeting, gap.join(thanks), use, reach, invitation, *([me.label] if me else [])]
