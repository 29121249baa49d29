"""A file as lines that keep their every byte, with lines put in and exchanged."""

from __future__ import annotations


class Lines:
    """The lines of a file, each with its carriage return where it has one; they count from 0.

    A file that ends in a line feed has an empty last line, as editors show it.
    """

    def __init__(self, data: bytes) -> None:
        """`data` is UTF-8; a byte order mark stays with the first line."""
        self.all = data.decode("utf-8").split("\n")

    @property
    def data(self) -> bytes:
        return "\n".join(self.all).encode("utf-8")

    @property
    def end(self) -> int:
        """Where a line goes that is to be the last: a missing last line feed stays missing."""
        return len(self.all) - (not self.all[-1])

    def insert(self, index: int, texts: list[str]) -> None:
        """Put lines before that of `index`, ended as those around them are."""
        ending = self._ending(index)
        added = [text + ending for text in texts]
        if index == len(self.all):  # behind a last line that has no end
            self.all[-1] += ending
            added[-1] = added[-1].removesuffix(ending)
        self.all[index:index] = added

    def _ending(self, index: int) -> str:
        """The carriage return that a line put there gets, or ""."""
        ended = self.all[:-1]  # the last line has no end
        near = ended[index - 1 : index] or ended[:1]
        return "\r" if near and near[0].endswith("\r") else ""
