"""The only room that touches the book on disk: it is read here, and what is remembered of it."""

from renmai.storage.opening import (
    BrokenSettings,
    NoBook,
    Opened,
    find_book,
    open_book,
    open_settings,
)
from renmai.storage.state import STATE, read_state, write_state

__all__ = [
    "STATE",
    "BrokenSettings",
    "NoBook",
    "Opened",
    "find_book",
    "open_book",
    "open_settings",
    "read_state",
    "write_state",
]
