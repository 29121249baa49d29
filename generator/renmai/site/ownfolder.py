"""The folder of a site that one process alone writes, and that goes when the process ends."""

from __future__ import annotations

from pathlib import Path

from renmai.site.folder import DOUBT, Entry, SiteFolder, Written


class OwnFolder(SiteFolder):
    """Its list is kept in memory, and its files are what was written: nobody else changes them."""

    def __init__(self, path: Path) -> None:
        self._written = Written(version=0)
        super().__init__(path)

    def again(self) -> OwnFolder:
        """The folder as the last build left it, for the next one."""
        made = OwnFolder(self.path)
        made._written = made.known = self._written
        made.build = made.known.build
        return made

    def _stands(self, path: str, entry: Entry) -> bool:
        return entry != DOUBT

    def _read(self) -> Written:
        return self._written

    def _write_list(self, written: Written) -> None:
        self._written = written
