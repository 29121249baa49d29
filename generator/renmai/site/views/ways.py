"""The way to somebody, from oneself through those one knows, and what ties one to the next."""

from __future__ import annotations

from msgspec import Struct

from renmai.model.records import Contact
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Named
from renmai.telling import step_reasons


class Step(Struct, frozen=True):
    """Somebody on the way; `why` says what ties them to the one before, the strongest first."""

    who: Named
    why: list[str]


class Way(Struct, frozen=True):
    """A chain of people from the own card to somebody, both included.

    `says` is the same in a sentence. Where nobody leads there, there are no steps.
    """

    steps: list[Step]
    says: str


def path_view(lens: Lens, contact: Contact) -> Way | None:
    """The way to a contact; None with no own card to begin from, and for the own card."""
    me, words = lens.book.me, lens.words
    if me is None or contact is me:
        return None
    path = lens.facts.net.path(contact)
    if path is None:
        return Way([], words("net.way.none", name=contact.label))
    steps = [Step(lens.named(me), [])]
    for step in path.steps:
        who = lens.named(lens.book.contacts[step.b])
        steps.append(Step(who, step_reasons(step, lens.facts, words)))
    between = words.listed([step.who.name for step in steps[1:-1]])
    says = words("net.way.through", name=contact.label, through=between) if between else ""
    return Way(steps, says or words("net.way.direct", name=contact.label))
