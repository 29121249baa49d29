"""One follow-up: something to do by a day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, Literal

import msgspec

from renmai.text.values import Duration

State = Literal["overdue", "today", "upcoming", "later"]


class FollowUp(msgspec.Struct, frozen=True, kw_only=True):
    """Something to do by a day.

    `id` is what it is about, `about` the event that it comes from; `title` is what to show, and
    `what` a task's words with references as names and without its date. `reason` is a key below
    `reason.` in the catalogues with its `args`. `ratio` is that of a cadence.
    """

    kind: str
    id: str
    title: str
    due: date
    today: date
    path: str
    line: int
    reason: str
    args: dict[str, Any] = {}
    about: str | None = None
    ratio: Fraction | None = None
    what: str = ""

    @property
    def days_overdue(self) -> int:
        """Days since it was due; negative before."""
        return (self.today - self.due).days

    def state(self, horizon: Duration) -> State:
        """Where it stands on its day: overdue, today, upcoming within the horizon, or later."""
        if self.due < self.today:
            return "overdue"
        if self.due == self.today:
            return "today"
        return "upcoming" if horizon.reaches(self.today, self.due) else "later"
