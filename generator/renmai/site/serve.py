"""`renmai serve`: the site on this machine alone, built anew when the book changes.

The server listens on a loopback address, answers only to its own name, and gives nothing to the
pages of other sites: what it serves is private.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from mkdocs.commands import serve as mkdocs_serve
from mkdocs.exceptions import MkDocsException

from renmai.settings import FILE
from renmai.site.target import SiteError, one_line, quieten
from renmai.site.wish import Wish, wishing


def serve_site(
    root: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    today: date | None = None,
    language: str | None = None,
    open_browser: bool = False,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the site of the book at `root` until interrupted, rebuilding it as files change.

    `on_ready` is told the address once it is being served. Raises SiteError when the address is
    not this machine's own or is taken, or when MkDocs cannot build.
    """
    quieten()
    name = f"[{host}]" if ":" in host else host
    with tempfile.TemporaryDirectory() as nothing, wishing(Wish(today, language, on_ready)):
        try:
            mkdocs_serve.serve(
                str(root / FILE),
                dev_addr=f"{name}:{port}",
                docs_dir=nothing,
                use_directory_urls=False,
                strict=False,
                open_in_browser=open_browser,
            )
        except (MkDocsException, OSError) as error:
            raise SiteError(one_line(error)) from error
