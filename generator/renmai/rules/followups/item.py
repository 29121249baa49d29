"""What a rule of follow-ups is given."""

from __future__ import annotations

from datetime import date

import msgspec

from renmai.model.book import Book
from renmai.rules.followup import FollowUp, State
from renmai.rules.interactions import Interactions
from renmai.settings import Settings

__all__ = ["FollowUp", "Given", "State"]


class Given(msgspec.Struct, frozen=True):
    """What a rule of follow-ups is given."""

    book: Book
    today: date
    settings: Settings
    interactions: Interactions
