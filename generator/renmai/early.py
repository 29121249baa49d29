"""What is known of a run by its arguments alone, before the program is loaded."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence

from renmai.ahead import Findings, ahead

#: Commands that look at all files of a book and write none. Those that write have to look when
#: nobody else can write any more.
_READING = {
    *("due", "agenda", "show", "history", "find", "list", "matches", "path"),
    *("circles", "ledger", "influence", "brief", "check", "build"),
}

#: The options before a command that take a value.
_WITH_VALUE = {"-C", "--today", "--lang"}

#: A book of which so many bytes are remembered is large: to look at a smaller one takes no time.
_LARGE = 8_000_000


def early_value(args: Sequence[str], option: str) -> str:
    """The value of the last `option` in unparsed arguments, or ""."""
    value = ""
    for index, arg in enumerate(args):
        if arg == "--":
            break
        if arg == option:
            value = args[index + 1] if index + 1 < len(args) else value
        elif option.startswith("--") and arg.startswith(option + "="):
            value = arg.removeprefix(option + "=")
        elif not option.startswith("--") and arg.startswith(option):
            value = arg.removeprefix(option)
    return value


def look_ahead(args: Sequence[str]) -> None:
    """Have the files of a large book looked at by another process, as far as it will be needed.

    It is a guess that does no harm when it is wrong: what was found is asked for by its name.
    """
    command = _command(args)
    if command not in _READING:
        return
    found = _book(os.path.abspath(early_value(args, "-C") or "."))
    if found is not None:
        root, site = found
        ahead.begin(lambda: _findings(root, site if command == "build" else ""))


def _command(args: Sequence[str]) -> str:
    """The first argument that is no option and no option's value."""
    rest = iter(args)
    for arg in rest:
        if arg in _WITH_VALUE:
            next(rest, None)
        elif not arg.startswith("-"):
            return arg
    return ""


def _book(folder: str) -> tuple[str, str] | None:
    """The folders of the book around a folder and of its site, if it seems to be a large book."""
    while True:
        try:
            settings = _read(os.path.join(folder, "mkdocs.yml"))
            if b"renmai" in settings:
                cache = os.stat(os.path.join(folder, ".renmai", "cache.db"))
                return (folder, _site(folder, settings)) if cache.st_size >= _LARGE else None
        except OSError:
            pass
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def _read(path: str) -> bytes:
    if not stat.S_ISREG(os.stat(path).st_mode):
        return b""  # whoever reads a pipe may wait for ever
    with open(path, "rb") as file:
        return file.read()


def _site(root: str, settings: bytes) -> str:
    """Where the site is by all appearances."""
    given = (line for line in settings.splitlines() if line.startswith(b"site_dir:"))
    value = next(given, b":site").partition(b":")[2].strip().strip(b"'\"")
    return os.path.abspath(os.path.join(root, os.fsdecode(value)))


def _findings(root: str, site: str) -> Findings:
    # The copy loads no more than it needs.
    from renmai.storage.walk import walk_ahead

    yield from walk_ahead(root)
    if site:
        from renmai.site.folder import lost_ahead

        yield from lost_ahead(site)
