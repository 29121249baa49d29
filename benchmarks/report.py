"""Figures as tables: on the terminal, and in the pages of the documentation."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from benchmarks.results import Figure, Results

#: Names of the tools as they write them; the same in every language.
TOOLS = {
    "renmai": "renmai",
    "mkdocs": "MkDocs + Material",
    "zensical": "Zensical",
    "hugo": "Hugo",
    "cp": "`cp -r`",
}

#: The words of the tables.
WORDS = {
    "en": {
        "tool": "tool",
        "median": "median",
        "range": "least – most",
        "ratio": "against renmai",
        "times": "{:.2f} ×",
        "what": "what",
        "people": "people",
        "of": "A book of {:,} people:",
        "growth": "growth per tenfold",
        "due": "`renmai due`",
        "show": "`renmai show ID`",
        "find": "`renmai find lin`",
        "check": "`renmai check`, no cache",
        "serve": "`renmai serve`: from the save to the repainted page in Chromium",
        "hit": "first hit painted after a letter is typed, in Chromium",
        "index": "search index",
        "copy": "`cp -r` of the finished site, for comparison",
        "machine": "Measured on {date}: {cores} cores, {memory:.0f} GiB, {system}, "
        "Python {python}; {versions}.",
    },
    "zh": {
        "tool": "工具",
        "median": "中位数",
        "range": "最小 – 最大",
        "ratio": "与 renmai 之比",
        "times": "{:.2f} 倍",
        "what": "做什么",
        "people": "人数",
        "of": "{:,} 人的册子：",
        "growth": "人数每增十倍",
        "due": "`renmai due`",
        "show": "`renmai show ID`",
        "find": "`renmai find lin`",
        "check": "`renmai check`，没有缓存",
        "serve": "`renmai serve`：从保存文件到 Chromium 里页面重新画好",
        "hit": "在 Chromium 里输入一个字之后画出第一个结果",
        "index": "搜索索引",
        "copy": "作为对照：用 `cp -r` 复制做好的网站",
        "machine": "测量日期 {date}：{cores} 核，{memory:.0f} GiB 内存，{system}，Python {python}；"
        "{versions}。",
    },
}

_SINGLE = ("due", "show", "find", "check", "serve", "hit", "index", "copy")

_PLACE = re.compile(r"(<!-- bench: (\w+) -->\n).*?(<!-- end bench -->)", re.DOTALL)


def text_of(results: Results) -> str:
    """All tables, for the terminal."""
    titles = {"machine": "", "cold": "cold build", "line": "one log line added, then a build"}
    titles |= {"memory": "peak memory of a cold build", "growth": "cold build by size"}
    titles |= {"single": "renmai alone"}
    parts = []
    for name, title in titles.items():
        if made := PARTS[name](results, "en"):
            parts.append(f"{title}\n\n{made}" if title else made)
    return "\n\n".join(parts)


def write(results: Results, page: Path, language: str) -> None:
    """Put the tables in their places of a page of the documentation."""
    text = page.read_text("utf-8")
    page.write_text(
        _PLACE.sub(lambda at: f"{at[1]}\n{PARTS[at[2]](results, language)}\n\n{at[3]}", text),
        "utf-8",
    )


def amount(row: str, value: float) -> str:
    """A value with its unit: `1.23 s`, `45 ms`, `310 MB`."""
    if row in ("memory", "index"):
        return f"{value / 1e6:.{0 if value >= 1e8 else 1}f} MB"
    return f"{value:.{1 if value >= 10 else 2}f} s" if value >= 1 else f"{value * 1000:.0f} ms"


def _versus(results: Results, row: str, language: str) -> str:
    """The tools side by side, at the largest size."""
    sizes = results.sizes(row)
    if not sizes:
        return ""
    people, words = sizes[-1], WORDS[language]
    ours = results.find(row, "renmai", people)
    lines = [_cells(words["tool"], words["median"], words["range"], words["ratio"]), _rule(4)]
    for tool in results.tools(row, people):
        figure = results.find(row, tool, people)
        assert figure is not None
        ratio = words["times"].format(figure.median / ours.median) if ours else ""
        lines.append(_cells(TOOLS[tool], amount(row, figure.median), _range(figure), ratio))
    return "\n".join([words["of"].format(people), "", *lines])


def _growth(results: Results, language: str) -> str:
    """Cold builds by size, and how many times longer the next size takes."""
    sizes, words = results.sizes("cold"), WORDS[language]
    if len(sizes) < 2:
        return ""
    lines = [_cells(words["tool"], *(f"{size:,}" for size in sizes), words["growth"])]
    lines.append(_rule(len(sizes) + 2))
    for tool in results.tools("cold", sizes[-1]):
        found = [results.find("cold", tool, size) for size in sizes]
        shown = [amount("cold", each.median) if each else "–" for each in found]
        pairs = pairwise(found)
        steps = [words["times"].format(b.median / a.median) if a and b else "–" for a, b in pairs]
        lines.append(_cells(TOOLS[tool], *shown, ", ".join(steps)))
    return "\n".join(lines)


def _single(results: Results, language: str) -> str:
    """What only renmai does, and the floor."""
    words = WORDS[language]
    lines = []
    for row in _SINGLE:
        figures = [each for each in results.figures if each.row == row]
        if figures:
            figure = max(figures, key=lambda each: each.people)
            shown = amount(row, figure.median), _range(figure)
            lines.append(_cells(words[row], f"{figure.people:,}", *shown))
    if not lines:
        return ""
    head = _cells(words["what"], words["people"], words["median"], words["range"])
    return "\n".join([head, _rule(4), *lines])


def _machine(results: Results, language: str) -> str:
    machine = results.machine
    if machine is None:
        return ""
    versions = ", ".join(f"{TOOLS[tool]} {version}" for tool, version in results.versions.items())
    return WORDS[language]["machine"].format(
        date=machine.date,
        cores=machine.cores,
        memory=machine.memory / 2**30,
        system=machine.system,
        python=machine.python,
        versions=versions,
    )


def _range(figure: Figure) -> str:
    least, most = min(figure.values), max(figure.values)
    return f"{amount(figure.row, least)} – {amount(figure.row, most)} ({len(figure.values)})"


def _cells(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(count: int) -> str:
    return "|---" + "|--:" * (count - 1) + "|"


PARTS: dict[str, Callable[[Results, str], str]] = {
    "machine": _machine,
    "cold": lambda results, language: _versus(results, "cold", language),
    "line": lambda results, language: _versus(results, "line", language),
    "memory": lambda results, language: _versus(results, "memory", language),
    "growth": _growth,
    "single": _single,
}
