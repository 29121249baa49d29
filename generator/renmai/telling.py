"""What the terminal and the site tell in the same words: ties of people, and messages to them."""

from __future__ import annotations

from renmai.model.records import Contact
from renmai.rules.brief import Draft
from renmai.rules.facts import Facts
from renmai.rules.paths import Step
from renmai.rules.ties import Tie
from renmai.text.names import has_han
from renmai.text.values import folded
from renmai.words import Words

#: So many events or communities that two were at together are named; more are counted.
_NAMED = 2


def step_reasons(step: Step, facts: Facts, words: Words) -> list[str]:
    """Why one step of a path holds: with the own card how warm it is, else the tie's reasons."""
    one, other = facts.book.contacts[step.a], facts.book.contacts[step.b]
    if step.tie is None or facts.book.me in (one, other):
        return [_warmth(one if other is facts.book.me else other, facts, words)]
    return tie_reasons(step.tie, one, facts, words)


def tie_reasons(tie: Tie, one: Contact, facts: Facts, words: Words) -> list[str]:
    """What ties the other of the two to `one`, said of the other, the weightiest first.

    What happened several times is said once.
    """
    other = facts.book.contacts[tie.b if one.id == tie.a else tie.a]
    weights: dict[str, float] = {}
    found: dict[str, list[str]] = {}
    for reason in tie.reasons:
        weights[reason.why] = weights.get(reason.why, 0.0) + reason.weight
        found.setdefault(reason.why, []).append(reason.what)
    order = sorted(weights, key=lambda why: -weights[why])
    return [_told(why, found[why], (one, other), facts, words) for why in order]


def relation_word(how: str, words: Words) -> str:
    """What somebody is to another, in the language where the catalogue knows the word."""
    key = f"relation.{how.casefold()}"
    return words(key) if how.isalpha() and words.has(key) else how


def _warmth(contact: Contact, facts: Facts, words: Words) -> str:
    """What ties oneself to a contact: `warm; last in touch 12 Oct 2026`."""
    last = facts.last_contact(contact)
    if last is None:
        return words("net.why.untouched")
    level = words(f"level.{facts.level(contact)}")
    return words("net.why.warmth", level=level, day=words.date(last))


def _told(
    why: str, whats: list[str], pair: tuple[Contact, Contact], facts: Facts, words: Words
) -> str:
    one, other = pair
    if why == "relation":
        known = (how for id, how in facts.relations.get(one.id, ()) if id == other.id)
        how = relation_word(next(known, whats[0]), words)
        return words(f"net.why.{'relation' if how else 'tied'}", how=how, name=one.label)
    if why == "through":
        return words(f"net.why.{'through' if other.id in whats else 'brought'}", name=one.label)
    if why == "entry":
        return words("net.why.entry", n=len(whats))
    return words(f"net.why.{why}", where=_places(whats, facts, words))


def _places(ids: list[str], facts: Facts, words: Words) -> str:
    """The names of events or communities, each once; of many the first, and how many more."""
    known = [record for id in dict.fromkeys(ids) if (record := facts.book.record(id))]
    names = words.listed([record.label for record in known[:_NAMED]])
    more = len(known) - _NAMED
    return words("net.why.more", names=names, n=more) if more > 0 else names


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
