"""What the terminal and the site tell in the same words: ties of people, and messages to them."""

from __future__ import annotations

from renmai.model.records import Contact
from renmai.rules.brief import Draft
from renmai.rules.facts import Facts
from renmai.rules.paths import Step
from renmai.rules.ties import Reason, Tie
from renmai.text.names import has_han
from renmai.text.values import folded
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
    """The four parts of a message, each a paragraph, between a greeting and the sender's name.

    In the language of the draft, which is that of whom it is for. In square brackets stands what
    is left to fill in, or to put in one's own words: one's notes are written for oneself.
    """
    words = Words(draft.language)
    thanks = [words("draft.thanks", event=draft.event)]
    thanks.append(words("draft.said" if draft.seed else "draft.said_blank", seed=_open(draft.seed)))
    ways = _ways(draft.me, words) if draft.me else []
    reach = words("draft.reach", ways=words.listed(ways)) if ways else words("draft.reach_blank")
    agreed = words("draft.agreed", day=words.date(draft.next)) if draft.next else ""
    return [
        words("draft.greeting", name=draft.name) if draft.name else words("draft.greeting_blank"),
        ("" if draft.language == "zh" else " ").join(thanks),
        _use(draft, words),
        reach,
        agreed or words("draft.invitation"),
        *([_signature(draft.me, draft.language)] if draft.me else []),
    ]


def _use(draft: Draft, words: Words) -> str:
    """What there is for them; of a match, the offer only where it says more than the need."""
    need, give = _open(draft.need), _open(draft.give)
    is_match = draft.use in ("offer", "introduce")
    is_same = is_match and folded(give) in folded(need)
    if is_match:
        need, give = _marked(need, draft.language), _marked(give, draft.language)
    key = f"draft.{draft.use}_same" if is_same else f"draft.{draft.use}"
    return words(key, need=need, give=give, helper=draft.helper)


def _marked(text: str, language: str) -> str:
    """`text` in brackets where it is not in the language of the message."""
    return text if has_han(text) == (language == "zh") else f"[{text}]"


def _open(text: str) -> str:
    """`text` on one line and without a stop at its end: the sentence around it has its own."""
    return " ".join(text.split()).rstrip(" .。!！?？;；,，")


def _ways(me: Contact, words: Words) -> list[str]:
    """How one can be reached, in full."""
    networks = {"wechat": me.wechat, "linkedin": me.linkedin}
    named = [words(f"draft.{key}", id=id) for key, id in networks.items() if id]
    return [*me.phones, *me.emails, *named]


def _signature(me: Contact, language: str) -> str:
    """The sender's name, in the script of the message if the card has it, and what they do."""
    names = [me.label, *me.aliases]
    name = next((name for name in names if has_han(name) == (language == "zh")), me.label)
    work = " · ".join(part for part in (me.title, me.company) if part)
    return f"{name}\n{work}" if work else name
