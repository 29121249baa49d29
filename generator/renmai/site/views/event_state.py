"""Where an event stands: what is ready before it, what it brought, what a host should see to."""

from __future__ import annotations

from renmai.model.records import Event, Invitation, Person
from renmai.rules.events import host_hints
from renmai.rules.interactions import attendees
from renmai.site.views.event_people import Met
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Bar, Cell, Check
from renmai.words import Words


def readiness(lens: Lens, event: Event) -> list[Cell]:
    """Before it: the invitation, people chosen, people studied, the checklist."""
    words, ready = lens.words, lens.facts.readiness(event)
    lack = lacking(lens, event)
    rows = (
        ("brief.targets", ready.targets, ready.target_count, "targets", "#s-targets"),
        ("site.event.researched", ready.researched, ready.targets, "research", "#s-targets"),
        ("site.event.before", ready.before.done, ready.before.all, "before", "#s-lists"),
    )
    return [
        _invitation(lens, event),
        *(
            measured(lens, words(label), Bar("", done, all), lack.get(key, ""), href)
            for label, done, all, key, href in rows
        ),
    ]


def lacking(lens: Lens, event: Event) -> dict[str, str]:
    """What a coming event still lacks, each in a sentence."""
    ready = lens.facts.readiness(event)
    left = {
        "targets": ready.target_count - ready.targets,
        "research": ready.targets - ready.researched,
        "before": ready.before.all - ready.before.done,
    }
    found = {} if ready.invited or event.hosted else {"invited": _way_in(lens, event)}
    return found | {
        key: lens.words(f"site.event.lacks.{key}", n=number)
        for key, number in left.items()
        if number > 0
    }


def _invitation(lens: Lens, event: Event) -> Cell:
    words, invitation = lens.words, event.invitation or Invitation()
    label = lens.label("status", Invitation)
    if event.hosted:
        return Cell(label, words("site.event.hosted"), look="done")
    status = words(f"choice.status.{invitation.status or 'needed'}")
    if invitation.status != "confirmed":
        return Cell(label, status, lack=_way_in(lens, event), look="open")
    route = words(f"choice.route.{invitation.route}") if invitation.route else ""
    through = lens.ref(invitation.through)
    by = words("site.event.through", name=through.name) if through else ""
    return Cell(label, status, _joined(words, route, by), look="done")


def _way_in(lens: Lens, event: Event) -> str:
    """What to do about an invitation that is not confirmed."""
    asked = bool(event.invitation and event.invitation.status == "asked")
    return lens.words("site.event.lacks.answer" if asked else "site.event.lacks.invited")


def measured(
    lens: Lens, label: str, bar: Bar, lack: str = "", href: str = "", note: str = ""
) -> Cell:
    """So much of so much; where there is nothing to do, no more than a dash."""
    if not bar.all:
        return Cell(label, "–")
    value = lens.words("site.event.of", n=bar.done, all=bar.all)
    look = "done" if bar.done >= bar.all else "open"
    return Cell(label, value, note, lack, bar=bar, look=look, href=href)


def gain(lens: Lens, event: Event, met: list[Met]) -> list[Cell]:
    """After it: who was met and written to, cards, seeds, and who found each other."""
    words, yielded = lens.words, lens.facts.yielded(event)
    people = [each.person for each in attendees(lens.book, event)]
    aims = [person for person in people if person.target]
    reached = sum(person.met for person in aims)
    owed = [one for one in met if one.state != "waived"]
    written = sum(one.state in ("written", "written_late") for one in owed)
    in_time = sum(one.state == "written" for one in owed)
    cards = len(met) - len(yielded.cards_missing)
    return [
        Cell(
            words("site.event.met"),
            str(len(met)),
            words("site.event.gain.aims", n=reached, all=len(aims)) if aims else "",
            href="#s-met" if met else "",
        ),
        measured(
            lens,
            words("site.event.gain.written"),
            Bar("", written, len(owed)),
            href="#s-met",
            note=words("site.event.gain.in_time", n=in_time) if written else "",
        ),
        measured(
            lens,
            words("site.event.gain.cards"),
            Bar("", cards, len(met)),
            words.listed(yielded.cards_missing),
            "#s-cards" if yielded.cards_missing else "",
        ),
        Cell(words("site.event.gain.seeds"), str(yielded.seeds), _barren(lens, people)),
        Cell(
            words("field.event.introductions.label"),
            str(yielded.introductions),
            _again(lens, yielded.second_meetings) if yielded.introductions else "",
            href="#s-introductions" if yielded.introductions else "",
        ),
    ]


def _barren(lens: Lens, people: list[Person]) -> str:
    """How many one met and left no reason to be in touch again with."""
    number = sum(person.met and not person.seed for person in people)
    return lens.words("site.event.gain.no_seed", n=number) if number else ""


def _again(lens: Lens, number: int) -> str:
    """How many pairs have a date for the next time."""
    return lens.words("site.event.gain.again" if number else "site.event.gain.no_date", n=number)


def host_checks(lens: Lens, event: Event, *, is_over: bool) -> list[Check]:
    """What makes a gathering of one's own go well: what holds, and what to do about the rest."""
    if not event.hosted or event.is_cancelled:
        return []
    words = lens.words
    hints = {code for code, _ in host_hints(lens.book, event)}
    number = len(attendees(lens.book, event))
    size = [words("site.event.host.people", n=number)] if number else []
    if event.capacity is not None:
        size.append(words("site.event.host.seats", n=event.capacity))
    table = words(f"choice.table.{event.table}") if event.table else ""
    told = words("site.event.host.told", day=words.date(event.announced)) if event.announced else ""
    held = {
        "too-many": _joined(words, *size),
        "round-table": table,
        "budget-untold": _joined(words, event.budget or "", told),
        "bill-not-split": words(f"choice.bill.{event.bill}") if event.bill else "",
    }
    checks = [_check(lens, code, text, code in hints) for code, text in held.items()]
    return [*checks, _found_each_other(lens, event)] if is_over else checks


def _check(lens: Lens, code: str, text: str, is_hint: bool) -> Check:
    words = lens.words
    label = words(f"site.event.host.{code}")
    if is_hint:
        return Check(label, words(f"site.event.hint.{code}"), "open")
    return Check(
        label, lens.field(text) or words(f"site.event.hint.{code}"), "done" if text else ""
    )


def _found_each_other(lens: Lens, event: Event) -> Check:
    """The sign of a good evening: people found each other, some agreed when to meet next."""
    words, yielded = lens.words, lens.facts.yielded(event)
    label = words("site.event.host.found")
    if not yielded.introductions:
        return Check(label, words("site.event.hint.found"), "open")
    pairs = words("site.event.host.pairs", n=yielded.introductions)
    again = _again(lens, yielded.second_meetings)
    return Check(label, _joined(words, pairs, again), "done" if yielded.second_meetings else "open")


def _joined(words: Words, *parts: str) -> str:
    """What is said about one thing, one after the other."""
    return words("list.clauses").join(part for part in parts if part)
