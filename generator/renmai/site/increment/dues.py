"""Follow-ups as they are remembered, and what asks for them in the pages of the whole book."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from renmai.rules.followups import FollowUp
from renmai.rules.kept import Kept, follow_up, kept


def dues_of(found: Mapping[str, list[FollowUp]]) -> dict[str, list[Kept]]:
    """The follow-ups by the id that they are about."""
    return {id: [kept(item) for item in mine] for id, mine in found.items()}


def soon_of(dues: Mapping[str, list[Kept]], until: date) -> dict[str, list[Kept]]:
    """Those of the follow-ups that the pages of the whole book ask for together."""
    found = {
        id: [due for due in mine if due.due <= until or is_soon(due.kind)]
        for id, mine in dues.items()
    }
    return {id: mine for id, mine in found.items() if mine}


def is_soon(kind: str) -> bool:
    """Whether follow-ups of a kind are among these whenever they are due."""
    return kind == "recontact"


class LazyFollowUps(dict[str, list[FollowUp]]):
    """The follow-ups by the id that they are about, made from what is remembered when asked for."""

    def __init__(self, dues: Mapping[str, list[Kept]], today: date) -> None:
        super().__init__()
        self._dues, self._today = dues, today

    def __missing__(self, id: str) -> list[FollowUp]:
        mine = self[id] = [follow_up(due, self._today) for due in self._dues[id]]
        return mine

    def get(self, id: str, default: Any = None) -> Any:
        return self[id] if id in self._dues else default
