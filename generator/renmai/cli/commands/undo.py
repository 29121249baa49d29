"""`renmai undo`: the last write taken back."""

from __future__ import annotations

from renmai.cli import output
from renmai.cli.declare import declare
from renmai.cli.failures import NO, Failure
from renmai.cli.session import Session
from renmai.cli.writing import diff_lines, dry_run_option, failures
from renmai.storage.writing import Changed, Undo, next_undo, undo


@declare("undo", dry_run_option(), has_json=False)
def command(session: Session, dry_run: bool) -> None:
    done = _undo(session, dry_run)
    if done is None:
        raise Failure("writing.undo.nothing", NO)
    key = "rehearsed" if dry_run else "done"
    paths = session.words.listed(sorted(done.files))
    said = session.words(f"writing.undo.{key}", what=done.write.what, paths=paths)
    output.write_lines([[said]])
    if dry_run:
        for path, (now, then) in sorted(done.files.items()):
            output.write_lines(diff_lines(path, now, then))


def _undo(session: Session, dry_run: bool) -> Undo | None:
    """Take the last write back, or see what that would do."""
    with failures():
        try:
            return next_undo(session.root) if dry_run else undo(session.root)
        except Changed as changed:
            raise Failure("writing.undo.changed", NO, path=changed.path) from None
