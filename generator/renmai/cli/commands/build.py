"""`renmai build`: the site, written to the book's `site_dir`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from renmai.cli import documents, output
from renmai.cli.declare import declare
from renmai.cli.failures import Failure
from renmai.cli.options import option
from renmai.cli.session import Session
from renmai.cli.wording import counted, short_path
from renmai.words import Words

if TYPE_CHECKING:
    from renmai.site.build import BuildReport


@declare("build", option("--dump", metavar="DIR"))
def command(session: Session, dump: str | None) -> None:
    if dump is not None:
        _dump(session, dump)
        return
    # Templates and Markdown come with these: nothing but the making of the site may load them.
    from renmai.cli.progress import Bar
    from renmai.site.build import SiteError, build_site

    try:
        with Bar(session.words("cli.build.writing")) as bar:
            built = build_site(
                session.root,
                today=session.given_today,
                language=session.given_language or None,
                tell=None if session.json else bar,
            )
    except SiteError as error:
        raise Failure("cli.error.site", problem=str(error)) from error
    if session.json:
        output.write_json(documents.built(built.site_dir, built.pages, built.problems))
    else:
        output.write_lines([[line] for line in view(built, session.words)])


def view(built: BuildReport, words: Words) -> list[str]:
    """How many pages, where; what is wrong in the book; what to open."""
    lines = [words("cli.build.done", n=built.pages, folder=short_path(built.site_dir))]
    if built.problems:
        lines.append(words("cli.build.problems", problems=counted(built.problems, words)))
    return [*lines, words("cli.build.open", page=short_path(Path(built.site_dir) / "index.html"))]


def _dump(session: Session, folder: str) -> None:
    """The pages as Markdown in `folder`, instead of the site."""
    from renmai.site.dump.write import Endangered, Foreign, dump_site

    language = session.given_language or None
    try:
        made = dump_site(session.root, session.directory / folder, session.today, language)
    except Endangered as error:
        raise Failure("cli.error.dump-into-book", folder=folder) from error
    except Foreign as error:
        raise Failure("cli.error.dump-foreign", path=short_path(error.path)) from error
    if session.json:
        output.write_json(documents.built(made.folder, made.pages, made.problems))
        return
    words = session.words
    lines = [words("cli.build.dumped", n=made.pages, folder=short_path(made.folder))]
    if made.problems:
        lines.append(words("cli.build.problems", problems=counted(made.problems, words)))
    output.write_lines([[line] for line in lines])
