"""`renmai merge-driver %O %A %B %P`: how git merges a record (`sync.md`, "Merging")."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from renmai.cli import output
from renmai.cli.declare import declare
from renmai.cli.failures import Failure, Stop
from renmai.cli.options import argument
from renmai.cli.session import Session
from renmai.merge.records import MergedRecord, merge_record
from renmai.merge.versions import Versions
from renmai.model.records import RECORDS
from renmai.storage import atomic
from renmai.storage.opening import BrokenSettings, NoBook, find_book
from renmai.sync.git import NoGit
from renmai.sync.mergefile import MOST_CONFLICTS, merge_files, merge_lines


@declare(
    "merge-driver",
    argument("base", metavar="%O"),
    argument("ours", metavar="%A"),
    argument("theirs", metavar="%B"),
    argument("path", metavar="%P"),
    has_json=False,
)
def command(session: Session, base: str, ours: str, theirs: str, path: str) -> None:
    files = Versions(*(Path(name).read_bytes() for name in (base, ours, theirs)))
    try:
        merged = _merged(files, path, session)
        if merged:
            data, code = merged.data, min(merged.conflicts, MOST_CONFLICTS)
        else:
            data, code = merge_files(ours, base, theirs)
    except NoGit:
        raise Failure("sync.refused.no-git") from None
    if code <= MOST_CONFLICTS and data != files.ours:
        atomic.replace(Path(ours), files.ours, data)
    if code:
        raise Stop(code)


def _merged(files: Versions[bytes], path: str, session: Session) -> MergedRecord | None:
    """The merge of a record; None where it is git's to do."""
    folder = _folder(path)
    if folder is None:
        return None
    try:
        return merge_record(files, folder, merge_lines)
    except (NoGit, OSError):
        raise
    except Exception as error:  # a fault of ours must not cost anybody a line
        reason = f"{type(error).__name__}: {error}"
        output.write_message([session.words("merge.failed", path=path, reason=reason)])
        return None


def _folder(path: str) -> str | None:
    """The folder of records that a file lies in, None where it is no record.

    git runs a driver at the top of the work tree, and `path` is the place below that. The book
    may be a part of the repository; where it is not found, the names of the folders tell.
    """
    parts = PurePosixPath(path).parts
    try:
        whole = Path(path).absolute()
        parts = whole.relative_to(find_book(whole.parent)).parts
    except (NoBook, BrokenSettings, ValueError):
        known = [index for index, part in enumerate(parts[:-1]) if part in RECORDS]
        parts = parts[known[-1] :] if known else ()
    is_record = (
        len(parts) > 1
        and parts[0] in RECORDS
        and parts[-1].lower().endswith(".md")
        and not any(part.startswith((".", "_")) for part in parts[1:])
    )
    return parts[0] if is_record else None
