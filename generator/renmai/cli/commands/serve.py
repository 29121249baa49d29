"""`renmai serve`: the site on this machine alone, written anew at every change."""

from __future__ import annotations

from renmai.cli import output
from renmai.cli.declare import declare
from renmai.cli.failures import Failure
from renmai.cli.options import PORT, option
from renmai.cli.session import Session


@declare("serve", option("--port", type=PORT, metavar="NUMBER", default=8000), has_json=False)
def command(session: Session, port: int) -> None:
    # MkDocs comes with these: nothing but the making of the site may load it.
    from renmai.site.build import SiteError
    from renmai.site.serve import serve_site

    def say(address: str) -> None:
        output.write_lines([[session.words("cli.serve.ready", address=address)]])

    try:
        serve_site(
            session.root,
            port=port,
            today=session.given_today,
            language=session.given_language or None,
            on_ready=say,
        )
    except SiteError as error:
        raise Failure("cli.error.site", problem=str(error)) from error
