"""What was given, what was received, and whether one may ask (`rules.md`, "Ledger")."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from renmai.rules.interactions import Interaction, Interactions, once


class Balance(msgspec.Struct, frozen=True):
    """How often one gave (introductions counted in), got and asked."""

    gave: int = 0
    got: int = 0
    asked: int = 0

    @property
    def ready_to_ask(self) -> bool:
        """Three times given for two asked, the next one included."""
        return 2 * self.gave >= 3 * (self.asked + 1)

    @property
    def until_ready(self) -> int:
        """How many times more to give before one may ask; 0 when one may."""
        return max(0, -(-(3 * (self.asked + 1) - 2 * self.gave) // 2))

    @property
    def owed(self) -> int:
        """How many times more one got than gave; 0 when it is not more."""
        return max(0, self.got - self.gave)

    @property
    def is_empty(self) -> bool:
        return not (self.gave or self.got or self.asked)


def balance(mine: Iterable[Interaction]) -> Balance:
    """The balance with one contact."""
    kinds = [each.kind for each in mine]
    return Balance(
        kinds.count("gave") + kinds.count("intro"), kinds.count("got"), kinds.count("asked")
    )


def book_balance(interactions: Interactions) -> Balance:
    """The balance over the book: an entry counts once, however many people it has."""
    return balance(once(interactions))
