"""`renmai sync`: commit, fetch, merge, check, push."""

from __future__ import annotations

from pathlib import Path

from renmai.cli import output
from renmai.cli.declare import declare
from renmai.cli.failures import NO, Failure, from_machine
from renmai.cli.session import Session
from renmai.cli.wording import counted
from renmai.problems import Problem
from renmai.storage.lock import Busy
from renmai.storage.temporary import PATTERN
from renmai.sync.git import GitFailed, NoGit
from renmai.sync.names import paths_told
from renmai.sync.refusal import Refusal
from renmai.sync.run import Checked, Talk, sync
from renmai.words import Words


@declare("sync", has_json=False)
def command(session: Session) -> None:
    kept = Words(session.settings.language)
    talk = Talk(session.words, kept, _say, lambda: _check(session))
    try:
        sync(session.root, talk)
    except Refusal as refusal:
        raise _failure(refusal, session.words) from None
    except GitFailed as failed:
        raise Failure("sync.refused.git", NO, reason=failed.reason) from None
    except NoGit:
        raise Failure("sync.refused.no-git", NO) from None
    except Busy:
        raise Failure("writing.busy", NO) from None
    except OSError as error:
        raise _refused(error, session.root) from None


def _say(sentence: str) -> None:
    output.write_lines([[sentence]])


def _check(session: Session) -> Checked:
    """The problems of the book as it is now, which is not how this run found it."""
    now = Session()
    now.directory, now.given_today = session.root, session.given_today
    words = session.words
    try:
        problems = now.problems
    except Failure as failure:
        return Checked([], failure.sentence(words))
    marked = [problem for problem in problems if problem.code == "conflict-markers"]
    said = counted(problems, words)
    return Checked(marked, words("sync.problems", problems=said) if said else "")


def _refused(error: OSError, root: Path) -> Failure:
    """What the machine refused; of a file that is not whole yet, the folder that it was for."""
    name = error.filename if isinstance(error.filename, str) else ""
    path = root / name
    path = path.parent if path.match(PATTERN) else path
    shown = str(path.relative_to(root) if path.is_relative_to(root) and path != root else path)
    failure = from_machine(error)
    failure.key, failure.code = "sync.refused.machine", NO
    failure.args_["path"] = shown
    return failure


def _failure(refusal: Refusal, words: Words) -> Failure:
    """A refusal as one line: files with the line of the first thing to mend."""
    args = dict(refusal.args_)
    problems = args.pop("problems", None)
    if isinstance(problems, list):
        args["paths"] = paths_told([_place(problem) for problem in problems], words)
    elif isinstance(paths := args.get("paths"), list):
        first, *others = paths
        args["paths"] = paths_told([f"{first}:{args.pop('line')}", *others], words)
    return Failure(f"sync.refused.{refusal.key}", NO, "", **args)


def _place(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}"
