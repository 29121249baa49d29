"""renmai and its peers: how each builds a site of the same book, and what it leaves behind."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.book import TODAY
from benchmarks.measure import Failed, environment, timed

#: The pages that stand in every peer's navigation. With all pages in it, each page would hold
#: the names of all others.
_TOP = ("index", "contacts", "events", "communities", "network", "introductions", "circles",
        "ledger", "influence", "problems")  # fmt: skip

_MKDOCS = """\
site_name: Benchmark
docs_dir: docs
site_dir: {site}
theme:
  name: material
nav: [{nav}]
not_in_nav: |
  /contacts/
  /events/
  /communities/
"""
_ZENSICAL = """\
[project]
site_name = "Benchmark"
docs_dir = "docs"
site_dir = "{site}"
nav = [{nav}]
"""
#: Hugo takes the page of a folder from a file of another name.
_HUGO = """\
baseURL = "http://127.0.0.1/"
title = "Benchmark"
publishDir = "{site}"
disableKinds = ["taxonomy", "term", "rss", "sitemap"]
[[module.mounts]]
source = "docs"
target = "content"
files = ["! {{index,contacts,events,communities}}.md"]
[[module.mounts]]
source = "docs/index.md"
target = "content/_index.md"
{sections}
[[module.mounts]]
source = "layouts"
target = "layouts"
[markup.goldmark.renderHooks.link]
useEmbedded = "always"
[markup.goldmark.renderHooks.image]
useEmbedded = "always"
"""
_HUGO_SECTION = """\
[[module.mounts]]
source = "docs/{0}.md"
target = "content/{0}/_index.md"
"""
_HUGO_LAYOUT = """\
<!doctype html>
<html><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>
<nav>{{ range site.Home.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</nav>
<main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>
"""


class Tool:
    """Something that builds a site: `folder` is where it runs, `site` what it writes."""

    name = ""

    def __init__(self, command: list[str], folder: Path, site: str) -> None:
        self.command, self.folder, self.site = command, folder, folder / site
        self.left = [self.site]

    def version(self) -> str:
        """The version that it says it has."""
        done = subprocess.run(
            [self.command[0], "--version"],
            env=environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        found = re.search(r"\d+\.\d+(?:\.\d+)?", done.stdout)
        return found[0] if found else "?"

    def prepare(self) -> None:
        """Write its settings."""

    def clean(self) -> None:
        """Remove the site, and all else that an earlier build left."""
        for path in self.left:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def build(self) -> float:
        """Build the site as it stands; the seconds that it took."""
        return timed(self.command, self.folder)

    def verify(self, pages: int, id: str = "", text: str = "") -> None:
        """Raise Failed unless the site has so many pages, and that of `id` says `text`."""
        found = sum(1 for _ in self.site.rglob("*.html"))
        # A page for what is missing, and no more than that.
        if not pages <= found <= pages + 1:
            raise Failed(f"{self.name}: {found} pages where {pages} were to be built")
        if id:
            places = [self.site / f"contacts/{id}.html", self.site / f"contacts/{id}/index.html"]
            page = next((place for place in places if place.is_file()), None)
            if page is None or text not in page.read_text("utf-8"):
                raise Failed(f"{self.name}: the page of {id} does not say: {text}")


class Renmai(Tool):
    """The program itself, in a process of its own."""

    name = "renmai"

    def __init__(self, folder: Path) -> None:
        super().__init__(renmai("build"), folder, "site")
        self.left.append(folder / ".renmai")

    def version(self) -> str:
        from renmai import __version__

        return __version__


class MkDocs(Tool):
    """MkDocs with the Material theme and nothing else."""

    name = "mkdocs"

    def __init__(self, program: str, folder: Path) -> None:
        super().__init__([program, "build", "--quiet"], folder, "site-mkdocs")

    def prepare(self) -> None:
        nav = ", ".join(f"{page}.md" for page in _TOP)
        settings = _MKDOCS.format(site=self.site.name, nav=nav)
        (self.folder / "mkdocs.yml").write_text(settings, "utf-8")


class Zensical(Tool):
    """Zensical with its own theme."""

    name = "zensical"

    def __init__(self, program: str, folder: Path) -> None:
        command = [program, "build", "--config-file", "zensical.toml"]
        super().__init__(command, folder, "site-zensical")
        self.left.append(folder / ".cache")

    def prepare(self) -> None:
        nav = ", ".join(f'"{page}.md"' for page in _TOP)
        settings = _ZENSICAL.format(site=self.site.name, nav=nav)
        (self.folder / "zensical.toml").write_text(settings, "utf-8")


class Hugo(Tool):
    """Hugo with a layout of a few lines."""

    name = "hugo"

    def __init__(self, program: str, folder: Path) -> None:
        super().__init__([program, "--cleanDestinationDir"], folder, "site-hugo")
        self.left += [folder / "resources", folder / ".hugo_build.lock"]

    def version(self) -> str:
        done = subprocess.run(
            [self.command[0], "version"], capture_output=True, text=True, check=False
        )
        found = re.search(r"v(\d+\.\d+\.\d+)", done.stdout)
        return found[1] if found else "?"

    def prepare(self) -> None:
        sections = "".join(map(_HUGO_SECTION.format, ("contacts", "events", "communities")))
        settings = _HUGO.format(site=self.site.name, sections=sections)
        (self.folder / "hugo.toml").write_text(settings, "utf-8")
        layouts = self.folder / "layouts" / "_default"
        layouts.mkdir(parents=True, exist_ok=True)
        for name in ("single", "list"):
            (layouts / f"{name}.html").write_text(_HUGO_LAYOUT, "utf-8")


PEERS: dict[str, type[MkDocs | Zensical | Hugo]] = {
    peer.name: peer for peer in (MkDocs, Zensical, Hugo)
}


def renmai(*words: str) -> list[str]:
    """A command of the renmai that this runs with, on the day of the book."""
    return [sys.executable, "-m", "renmai", *words, "--today", TODAY.isoformat(), "--lang", "en"]


def find_peers(folder: Path, installed: Path) -> list[Tool]:
    """The peers that are there, in `installed` or else on the path, to build in `folder`."""
    found: list[Tool] = []
    for name, peer in PEERS.items():
        # The package of Hugo starts it from Python, which is no time of its own.
        own = [
            *installed.glob(f"lib/*/site-packages/{name}/binaries/{name}*"),
            installed / "bin" / name,
        ]
        program = next((str(path) for path in own if path.is_file()), shutil.which(name))
        if program:
            found.append(peer(program, folder))
    return found
