"""format.md, "Settings": the keys of the plugin in mkdocs.yml, their defaults and problems."""

from __future__ import annotations

import re

import pytest

from tests.spec.book import contact, day, event, met

COMMANDS = [("check",), ("due",), ("show", "li"), ("list", "contacts"), ("find", "li"), ("agenda",)]


def circle_of(book, front: str, settings: str = "") -> str | None:
    made = book({"contacts/li.md": contact(front)}, settings)
    assert made.problems() == []
    return made.show("li")["cadence"]


# --- problems of mkdocs.yml


@pytest.mark.parametrize(
    ("settings", "line", "severity", "code"),
    [
        ("language: fr", 4, "error", "bad-value"),
        ("language: [en]", 4, "error", "bad-value"),
        ("cadence: often", 4, "error", "bad-value"),
        ("cadence: 0d", 4, "error", "bad-value"),
        ("language: en\nhorizon: 14", 5, "error", "bad-value"),
        ("recontact_within: soon", 4, "error", "bad-value"),
        ("recontact_window: 10000d", 4, "error", "bad-value"),
        ("tiers: 1w", 4, "error", "bad-value"),
        ("tiers: {5: often}", 4, "error", "bad-value"),
        ("tiers:\n  5: 1w\n  15: often", 6, "error", "bad-value"),
        ("# note\n\ncircles: 5", 6, "error", "bad-value"),
        ("circles:\n  work:\n    cadence: often", 6, "error", "bad-value"),
        ("circles:\n  work: {label: Work,\n    built_in: perhaps}", 6, "error", "bad-value"),
        ("circles:\n  work:\n    label: [a]", 6, "error", "bad-value"),
        ("languge: en", 4, "warning", "unknown-key"),
        ("language: en\n\ncadance: 1m", 6, "warning", "unknown-key"),
        ("circles:\n  work:\n    cadense: 1m", 6, "warning", "unknown-key"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_wrong_setting_is_told_in_mkdocs_yml_at_its_line(
    book, settings, line, severity, code, ends
):
    made = book({"contacts/li.md": contact()}, settings)
    made.write("mkdocs.yml", (made.root / "mkdocs.yml").read_text().replace("\n", ends))
    assert [tuple(row) for row in made.problems()] == [("mkdocs.yml", line, severity, code)]


def test_several_wrong_settings_are_all_told(book):
    made = book({}, "language: fr\nfoo: 1\ncadence: often\nhorizon: soon")
    assert made.at("mkdocs.yml") == [
        (4, "error", "bad-value"),
        (5, "warning", "unknown-key"),
        (6, "error", "bad-value"),
        (7, "error", "bad-value"),
    ]


def test_an_unknown_setting_names_the_nearest(book):
    assert "cadence" in book({}, "cadance: 1m").message("unknown-key")


def test_a_wrong_setting_leaves_the_others(book):
    made = book({"contacts/li.md": contact()}, "horizon: soon\ncadence: 1m")
    assert made.show("li")["cadence"] == "1m"
    assert made.codes() == ["bad-value"]


@pytest.mark.parametrize("nothing", ["", " ~", " null", " {}"])
def test_the_plugin_may_have_no_settings(book, nothing):
    made = book({"contacts/li.md": contact("tier: 15")})
    made.write("mkdocs.yml", f"site_name: t\nplugins:\n  - search\n  - renmai:{nothing}\n")
    assert made.problems() == []
    assert made.show("li")["cadence"] == "1m"


def test_the_plugin_may_stand_in_a_flow_list(book):
    made = book({"contacts/li.md": contact()})
    made.write("mkdocs.yml", "site_name: t\nplugins: [search, renmai: {cadence: 1m}]\n")
    assert made.show("li")["cadence"] == "1m"


def test_other_parts_of_mkdocs_yml_are_not_ours(book):
    made = book({"contacts/li.md": contact()})
    made.write(
        "mkdocs.yml",
        "site_name: !ENV [NAME, t]\nfoo: bar\nextra: &x {a: 1}\ntheme:\n  name: material\n"
        "markdown_extensions:\n  - pymdownx.emoji:\n"
        "      emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
        "      other: *x\n"
        "plugins:\n  - search:\n      lang: en\n  - renmai:\n      cadence: 1m\n",
    )
    assert made.problems() == []
    assert made.show("li")["cadence"] == "1m"


@pytest.mark.parametrize(
    "text",
    [
        "site_name: [t\nplugins:\n  - renmai\n",
        "site_name: t\n\tplugins:\n  - renmai\n",
        "site_name: t\nplugins:\n  - renmai:\n      language: en\n     cadence: 1m\n",
        "site_name: t\nplugins:\n  - renmai\n@",
        "site_name: 't\nplugins:\n  - renmai\n",
    ],
)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_mkdocs_yml_that_is_no_yaml_ends_every_command(book, text, command):
    made = book({"contacts/li.md": contact(name="li")})
    made.write("mkdocs.yml", text)
    result = made.run(*command, code=2)
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert made.run(*command, "--json", code=2).stdout == ""


# --- language


def test_the_language_is_english_by_default_and_chinese_when_set(book):
    files = {"contacts/li.md": contact("tier: 15", name="Li")}
    han = re.compile(r"[\u4e00-\u9fff]")
    english, chinese = book(files), book(files, "language: zh")
    assert not han.search(english.run("due").stdout)
    assert han.search(chinese.run("due").stdout)
    assert not han.search(chinese.run("--lang", "en", "due").stdout)
    assert han.search(english.run("due", "--lang", "zh").stdout)
    assert han.search(chinese.due()[0]["reason"])


# --- cadence, tiers, circles


@pytest.mark.parametrize(
    ("tier", "cadence"), [("5", "1w"), ("15", "1m"), ("50", "3m"), ("150", "6m")]
)
def test_the_tiers_by_default(book, tier, cadence):
    assert circle_of(book, f"tier: {tier}") == cadence


@pytest.mark.parametrize(
    ("tier", "cadence"), [("5", "1w"), ("15", "2w"), ("50", "3m"), ("150", "never")]
)
def test_what_is_written_of_the_tiers_overrides_the_default(book, tier, cadence):
    assert circle_of(book, f"tier: {tier}", "tiers: {15: 2w, 150: never}") == cadence


def test_there_is_no_cadence_by_default(book):
    assert circle_of(book, "circles: [work, family]") is None


def test_the_setting_cadence_is_for_whom_tier_and_circles_set_none(book):
    assert circle_of(book, "", "cadence: 2m") == "2m"
    assert circle_of(book, "circles: work", "cadence: 2m") == "2m"
    assert circle_of(book, "tier: 15", "cadence: 2m") == "1m"
    circles = "cadence: 2m\ncircles: {work: {cadence: 1y}}"
    assert circle_of(book, "circles: work", circles) == "1y"


def test_circles_replace_the_default(book):
    made = book(
        {"contacts/li.md": contact("circles: [sport, work]")}, "circles: {sport: {cadence: 2m}}"
    )
    assert made.at("contacts/li.md") == [(3, "warning", "unknown-circle")]
    assert made.show("li")["cadence"] == "2m"


@pytest.mark.parametrize(
    "circles",
    [
        "circles: {sport: {cadence: 2m, label: Sport, built_in: no}}",
        "circles:\n  sport:\n    cadence: 2m\n    label: 运动\n    built_in: 是",
        'circles: {"sport": {cadence: "2m"}, 家人: {built_in: true}}',
    ],
)
def test_a_circle_has_a_cadence_a_label_and_may_be_built_in(book, circles):
    assert circle_of(book, "circles: sport", circles) == "2m"


@pytest.mark.parametrize("nothing", ["{}", "~", ""])
def test_a_circle_may_have_nothing_of_its_own(book, nothing):
    assert circle_of(book, "circles: sport", f"circles:\n  sport: {nothing}\ncadence: 5m") == "5m"


# --- recontact and horizon


FILES = {"contacts/li.md": contact(), "events/e.md": event(day(-40), people=[met("li")])}


@pytest.mark.parametrize(
    ("settings", "due"),
    [
        ("", day(-39)),
        ("recontact_within: 2d", day(-38)),
        ("recontact_within: 1w", day(-33)),
        ("recontact_window: 40d", day(-39)),
        ("recontact_window: 39d", None),
        ("recontact_window: 1m", None),
        ("recontact_window: 2m", day(-39)),
    ],
)
def test_recontact_within_and_window(book, settings, due):
    assert book(FILES, settings).due_of("recontact", "li") == due


def test_the_default_window_is_90_days(book):
    for ago, expected in ((90, day(-89)), (91, None)):
        files = {"contacts/li.md": contact(), "events/e.md": event(day(-ago), people=[met("li")])}
        assert book(files).due_of("recontact", "li") == expected


@pytest.mark.parametrize(("settings", "days"), [("", 14), ("horizon: 3d", 3), ("horizon: 1m", 30)])
def test_the_horizon(book, settings, days):
    body = "".join(f"- [ ] x due {day(n)}\n" for n in (days, days + 1))
    made = book({"contacts/a.md": contact(body=body)}, settings)
    assert [item["due"] for item in made.due()] == [day(days)]
    assert [item["due"] for item in made.due("--all")] == [day(days), day(days + 1)]
