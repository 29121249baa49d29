"""format.md, "The log": where it stands, what is an entry, and how a line of it is read."""

from __future__ import annotations

import re

import pytest

from tests.spec.book import community, contact, event, record

KINDS = {
    "meet": ["meet", "见面", "coffee", "meal", "visit"],
    "call": ["call", "电话", "video", "视频"],
    "message": ["message", "消息", "email", "邮件", "wechat", "微信", "letter"],
    "gave": ["gave", "帮助", "helped"],
    "got": ["got", "受助", "received"],
    "asked": ["asked", "求助"],
    "intro": ["intro", "引荐"],
    "gift": ["gift", "礼物"],
}
WEIGHTS = {
    "meet": 3,
    "call": 2,
    "message": 1,
    "gave": 3,
    "got": 3,
    "asked": 1,
    "intro": 3,
    "gift": 2,
}
SILENT = ["note", "备注", "output", "输出", "case", "案例", "collab", "合作"]

PEOPLE = {f"contacts/{name}.md": contact(name=name.upper()) for name in ("a", "b", "c")}


def entries(book, *lines: str) -> list[tuple[str, str, bool, list[str], str]]:
    """The log lines (without their list mark) of a contact, as they are understood."""
    made = book({"contacts/li.md": contact(log=lines), **PEOPLE})
    assert made.problems() == []
    return [
        (row["date"], row["kind"], row["deep"], row["with"], row["text"])
        for row in made.interactions("li")
    ]


def of_body(book, body: str) -> list[str]:
    """The dates of the interactions that a body gives; the first line of it is line 4."""
    made = book({"contacts/li.md": contact(body=body)})
    return [row["date"] for row in made.interactions("li")]


# --- kinds


@pytest.mark.parametrize(
    ("word", "kind"), [(word, kind) for kind, words in KINDS.items() for word in words]
)
def test_each_kind_and_its_other_names(book, word, kind):
    assert entries(book, f"2026-11-02 {word}: x") == [("2026-11-02", kind, False, [], "x")]


@pytest.mark.parametrize("kind", WEIGHTS)
@pytest.mark.parametrize("deep", ["", "!"])
def test_the_weight_of_each_kind_on_its_day(book, kind, deep):
    made = book({"contacts/li.md": contact(log=[f"2026-11-21 {kind}{deep}: x"])})
    assert made.show("li")["warmth"] == WEIGHTS[kind] * (2 if deep else 1)


@pytest.mark.parametrize("kind", SILENT)
def test_kinds_that_are_not_in_touch(book, kind):
    made = book({"contacts/li.md": contact(log=[f"2026-11-02 {kind}: x", f"2026-11-02 {kind}!"])})
    assert made.problems() == []
    assert made.interactions("li") == []
    assert made.show("li")["last_contact"] is None


@pytest.mark.parametrize("word", ["MEET", "Meet", "Coffee", "WeChat"])
def test_kinds_are_read_without_case(book, word):
    assert len(entries(book, f"2026-11-02 {word}: x")) == 1


# --- the grammar of a line


@pytest.mark.parametrize(
    ("line", "deep", "people", "text"),
    [
        ("2026-11-02 meet", False, [], ""),
        ("2026-11-02 meet:", False, [], ""),
        ("2026-11-02 meet: x", False, [], "x"),
        ("2026-11-02 meet：x", False, [], "x"),
        ("2026-11-02 meet:x", False, [], "x"),
        ("2026-11-02 meet  :  x", False, [], "x"),
        ("2026-11-02\tmeet\t:\tx", False, [], "x"),
        ("2026-11-02\u3000meet\u3000：\u3000x", False, [], "x"),
        ("2026-11-02   meet   x y z", False, [], "x y z"),
        ("2026-11-02 meet he is hiring", False, [], "he is hiring"),
        ("2026-11-02 meet: a: b", False, [], "a: b"),
        ("2026-11-02 meet: 12:30", False, [], "12:30"),
        ("2026-11-02 18:30 meet: x", False, [], "x"),
        ("2026-11-02 00:00 meet", False, [], ""),
        ("2026-11-02 18:30见面：x", False, [], "x"),
        ("2026-11-02\u300018:30\u3000见面", False, [], ""),
        ("2026-11-02见面：晚饭", False, [], "晚饭"),
        ("2026-11-02 见面 晚饭", False, [], "晚饭"),
        ("2026-11-02 meet!", True, [], ""),
        ("2026-11-02 meet！", True, [], ""),
        ("2026-11-02 meet!: x", True, [], "x"),
        ("2026-11-02 meet !: x", True, [], "x"),
        ("2026-11-02 meet！：x", True, [], "x"),
        ("2026-11-02 meet\u3000！\u3000：\u3000x", True, [], "x"),
        ("2026-11-02 见面！晚饭", True, [], "晚饭"),
        ("2026-11-02 meet! he is hiring", True, [], "he is hiring"),
        ("2026-11-02 meet with [[a]]", False, ["a"], ""),
        ("2026-11-02 meet with [[a]]: x", False, ["a"], "x"),
        ("2026-11-02 meet with[[a]]:x", False, ["a"], "x"),
        ("2026-11-02 meet  with  [[a]]  :  x", False, ["a"], "x"),
        ("2026-11-02 meet WITH [[a]]: x", False, ["a"], "x"),
        ("2026-11-02 meet With [[a]]: x", False, ["a"], "x"),
        ("2026-11-02 meet with [[a]] dinner", False, ["a"], "dinner"),
        ("2026-11-02 meet with [[a]] dinner: fish", False, ["a"], "dinner: fish"),
        ("2026-11-02 meet with [[A|Annie]]: x", False, ["a"], "x"),
        ("2026-11-02 meet with [[contacts/a]]: x", False, ["a"], "x"),
        ("2026-11-02 meet! with [[a]]: x", True, ["a"], "x"),
        ("2026-11-02 meet!with [[a]]: x", True, ["a"], "x"),
        ("2026-11-02 meet ! with [[a]]: x", True, ["a"], "x"),
        ("2026-11-02 meet与[[a]]：x", False, ["a"], "x"),
        ("2026-11-02 meet 与 [[a]]: x", False, ["a"], "x"),
        ("2026-11-02 meet和[[a]]：x", False, ["a"], "x"),
        ("2026-11-02 见面与[[a]]：x", False, ["a"], "x"),
        ("2026-11-02 见面和[[a]]：x", False, ["a"], "x"),
        ("2026-11-02 见面 与 [[a]] ： x", False, ["a"], "x"),
        ("2026-11-02\u3000见面\u3000与\u3000[[a]]\u3000：\u3000x", False, ["a"], "x"),
        ("2026-11-02 见面with [[a]]：x", False, ["a"], "x"),
        ("2026-11-02 见面！与[[a]]：x", True, ["a"], "x"),
        ("2026-11-02见面！与[[a]]晚饭", True, ["a"], "晚饭"),
        ("2026-11-02 18:30 见面！ 与 [[a]]、[[b]]：x", True, ["a", "b"], "x"),
        ("2026-11-02 meet with [[a]], [[b]]: x", False, ["a", "b"], "x"),
        ("2026-11-02 meet with [[a]],[[b]]: x", False, ["a", "b"], "x"),
        ("2026-11-02 meet with [[a]] , [[b]]: x", False, ["a", "b"], "x"),
        ("2026-11-02 meet with [[a]]，[[b]]: x", False, ["a", "b"], "x"),
        ("2026-11-02 meet with [[a]]、[[b]]: x", False, ["a", "b"], "x"),
        ("2026-11-02 meet with [[a]] and [[b]]: x", False, ["a", "b"], "x"),
        ("2026-11-02 meet with [[a]]and[[b]]: x", False, ["a", "b"], "x"),
        ("2026-11-02 meet with [[a]] 和 [[b]]: x", False, ["a", "b"], "x"),
        ("2026-11-02 meet with [[a]]和[[b]]: x", False, ["a", "b"], "x"),
        ("2026-11-02 meet 和[[a]]和[[b]]：x", False, ["a", "b"], "x"),
        ("2026-11-02 meet with [[a]], [[b]] and [[c]]: x", False, ["a", "b", "c"], "x"),
        ("2026-11-02 meet with [[a]]、[[b]]和[[c]]：x", False, ["a", "b", "c"], "x"),
        ("2026-11-02 meet with [[a]]\u3000、\u3000[[b]]：x", False, ["a", "b"], "x"),
        ("2026-11-02 meet with [[a]], [[a]]: x", False, ["a"], "x"),
        ("2026-11-02 meet with [[li]], [[a]]: x", False, ["a"], "x"),
        ("2026-11-02 meet他 x", False, [], "他 x"),
        ("2026-11-02 见面dinner", False, [], "dinner"),
        ("2026-11-02 meet with [[a]]dinner", False, ["a"], "dinner"),
        ("2026-11-02 meet: with [[a]]", False, [], "with [[a]]"),
        ("2026-11-02 meet without notes", False, [], "without notes"),
        ("2026-11-02 meet withdrew", False, [], "withdrew"),
        ("2026-11-02 meet: 与 [[a]] 无关", False, [], "与 [[a]] 无关"),
        ('2026-11-02 meet: said "yes!"', False, [], 'said "yes!"'),
    ],
)
def test_a_line_of_the_log(book, line, deep, people, text):
    ((date, kind, is_deep, found, words),) = entries(book, line)
    assert (date, kind, is_deep) == ("2026-11-02", "meet", deep)
    assert sorted(found) == people
    assert words == text


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-02",
        "2026-11-02 12:30",
        "2026-11-02 25:00 meet",
        "2026-11-02 dinner: x",
        "2026-11-02 meeting: x",
        "2026-11-02 meets x",
        "2026-11-02 见: x",
        "2026-11-02 吃饭：x",
        "2026-11-02 with [[a]]: x",
        "2026-11-02 !: x",
        "2026-11-02 : x",
        "2026-11-02 meetwith [[a]]: x",
        "2026-11-02 meethim",
        "2026-11-02 见面晚饭",
        "2026-11-02 meet with Wang: x",
        "2026-11-02 meet with him",
        "2026-11-02 见面与王芳：x",
        "2026-11-02 meet with a: x",
        "2026-11-02 meet with [a]: x",
    ],
)
def test_an_unknown_kind_is_a_warning_and_is_not_counted(book, line):
    made = book({"contacts/li.md": contact(log=[line]), **PEOPLE})
    assert made.at("contacts/li.md") == [(7, "warning", "unknown-kind")]
    assert made.interactions("li") == []
    assert made.interactions("a") == []


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("metting", "meet"),
        ("cal", "call"),
        ("emial", "email"),
        ("coffe", "coffee"),
        ("意见面", "见面"),
    ],
)
def test_an_unknown_kind_names_the_nearest(book, written, nearest):
    made = book({"contacts/li.md": contact(log=[f"2026-11-02 {written}: x"])})
    assert re.search(rf"(?<!\w){nearest}(?!\w)", made.message("unknown-kind"))


@pytest.mark.parametrize(
    "line",
    [
        "hello",
        "meet 2026-11-02",
        "2026 meet: x",
        "2026-11 meet: x",
        "--11-02 meet: x",
        "2026-02-30 meet: x",
        "2026-13-01 meet: x",
        "2025-02-29 meet: x",
        "0000-01-01 meet: x",
        "2026-1-2 meet: x",
        "26-11-02 meet: x",
        "2026/11/02 meet: x",
        "20261102 meet: x",
        "2026年11月2日 见面：x",
        "**2026-11-02** meet: x",
        "`2026-11-02` meet: x",
        "[[a]] meet",
        "２０２６-11-02 meet: x",
    ],
)
def test_an_item_whose_first_word_is_no_date(book, line):
    made = book({"contacts/li.md": contact(log=[line]), **PEOPLE})
    assert made.at("contacts/li.md") == [(7, "warning", "undated-entry")]
    assert made.interactions("li") == []


@pytest.mark.parametrize("line", ["2026-11-22 call: x", "2027-01-01 见面", "9999-12-31 note: x"])
def test_a_date_after_today_resets_no_clock(book, line):
    made = book({"contacts/li.md": contact("tier: 15", [line, "2026-10-12 call"])})
    assert made.at("contacts/li.md") == [(8, "warning", "future-entry")]
    assert made.show("li")["last_contact"] == "2026-10-12"
    assert [row["date"] for row in made.interactions("li")] == ["2026-10-12"]


def test_today_is_not_the_future(book):
    made = book({"contacts/li.md": contact("tier: 15", ["2026-11-21 23:59 call: x"])})
    assert made.problems() == []
    assert made.show("li")["last_contact"] == "2026-11-21"


def test_the_future_depends_on_today(book):
    made = book({"contacts/li.md": contact(log=["2026-11-21 call: x"])})
    assert made.at("contacts/li.md", today="2026-11-20") == [(7, "warning", "future-entry")]


def test_the_first_day_of_all(book):
    assert entries(book, "0001-01-01 call: x")[0][0] == "0001-01-01"


# --- further lines of an entry


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_text_has_its_further_lines(book, ends):
    body = (
        "## Log\n\n- 2026-11-02 call: first **words**\n  second `words`\n- 2026-11-01 call: other\n"
    )
    made = book({"contacts/li.md": contact(body=body).replace("\n", ends)})
    assert made.problems() == []
    newer, older = made.interactions("li")
    lines = [line.strip() for line in newer["text"].splitlines()]
    assert lines == ["first **words**", "second `words`"]
    assert older["text"] == "other"


def test_a_nested_list_belongs_to_its_entry(book):
    body = (
        "## Log\n\n- 2026-11-02 call: x\n  - he is hiring\n  - 2026-10-01 meet: nested\n\n  more\n"
    )
    made = book({"contacts/li.md": contact(body=body)})
    assert made.problems() == []
    assert [row["date"] for row in made.interactions("li")] == ["2026-11-02"]
    assert "he is hiring" in made.interactions("li")[0]["text"]


def test_a_paragraph_within_an_entry(book):
    body = "## Log\n\n- 2026-11-02 call: x\n\n  He is hiring.\n\n- 2026-11-01 call: y\n"
    assert of_body(book, body) == ["2026-11-02", "2026-11-01"]


def test_the_lines_of_entries(book):
    body = "## Log\n\n- 2026-11-02 call: x\n  more\n\n- 2026-11-01 meet: y\n"
    made = book({"contacts/li.md": contact(body=body)})
    assert [(row["path"], row["line"]) for row in made.interactions("li")] == [
        ("contacts/li.md", 6),
        ("contacts/li.md", 9),
    ]


# --- the heading


ITEM = "\n\n- 2026-11-02 call: x\n"


@pytest.mark.parametrize(
    "heading",
    [
        "## Log",
        "## log",
        "## LOG",
        "## 记录",
        "##   Log",
        "##\tLog",
        "## Log   ",
        "## Log ##",
        "## Log #",
        "## Log ######  ",
        "## 记录 ##",
        " ## Log",
        "   ## Log",
    ],
)
@pytest.mark.parametrize("before", ["", "A paragraph.\n\n", "A paragraph.\n", "# Title\n"])
def test_a_heading_that_opens_a_log(book, heading, before):
    assert of_body(book, before + heading + ITEM) == ["2026-11-02"]


@pytest.mark.parametrize(
    "heading",
    [
        "# Log",
        "### Log",
        "###### 记录",
        "##Log",
        "## Log book",
        "## The log",
        "## Logs",
        "## Log#",
        "## Log:",
        "\\## Log",
        "    ## Log",
        "Log\n---",
        "Log\n===",
        "Log",
        "**Log**",
        "## 日志",
        "",
    ],
)
def test_a_heading_that_opens_none(book, heading):
    assert of_body(book, heading + ITEM) == []


@pytest.mark.parametrize(
    "end",
    ["# Other", "## Other", "##", "## Other ##", "Other\n===", "Other\n-----", "## Before", " # x"],
)
def test_a_log_runs_to_the_next_heading_of_level_1_or_2(book, end):
    body = f"## Log{ITEM}\n{end}\n\n- 2026-11-01 call: no entry\n- no entry\n"
    made = book({"contacts/li.md": contact(body=body)})
    assert made.problems() == []
    assert [row["date"] for row in made.interactions("li")] == ["2026-11-02"]


@pytest.mark.parametrize(
    "middle",
    [
        "### 2025",
        "###### x",
        "Other\n\n---",
        "***",
        "#hashtag",
        "##x",
        "A paragraph.",
        "```\n## Other\n```",
        "<!--\n## Other\n-->",
        "| a |\n|---|",
        "Other\n~~~~~\n## x\n~~~~~",
    ],
)
def test_what_does_not_end_a_log(book, middle):
    body = f"## Log{ITEM}\n{middle}\n\n* 2026-11-01 call: y\n"
    assert of_body(book, body) == ["2026-11-02", "2026-11-01"]


def test_there_may_be_several_logs(book):
    body = (
        "## Log\n\n- 2026-11-03 call: a\n\n## Notes\n\n- none\n\n"
        "## 记录\n\n- 2026-11-02 call: b\n\n## log ##\n\n- 2026-11-01 call: c\n"
    )
    assert of_body(book, body) == ["2026-11-03", "2026-11-02", "2026-11-01"]


# --- items


@pytest.mark.parametrize("mark", ["-", "*", "+", "1.", "1)", "12.", "2)"])
@pytest.mark.parametrize("indent", ["", " ", "  ", "   "])
def test_every_top_level_list_item_is_an_entry(book, mark, indent):
    made = book({"contacts/li.md": contact(body=f"## Log\n\n{indent}{mark} 2026-11-02 call: x\n")})
    assert made.problems() == []
    assert len(made.interactions("li")) == 1


@pytest.mark.parametrize(
    "lines",
    [
        "- 2026-11-03 call\n- 2026-11-02 call\n- 2026-11-01 call\n",
        "- 2026-11-03 call\n\n- 2026-11-02 call\n\n\n- 2026-11-01 call\n",
        "1. 2026-11-03 call\n2. 2026-11-02 call\n3. 2026-11-01 call\n",
        "- 2026-11-03 call\n* 2026-11-02 call\n+ 2026-11-01 call\n",
        "-   2026-11-03 call\n-\t2026-11-02 call\n- 2026-11-01 call\n",
        "- 2026-11-03 call\n\nwords\n\n- 2026-11-02 call\n### sub\n- 2026-11-01 call",
        "- 2026-11-03 call\n- 2026-11-02 call\n- 2026-11-01 call",
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_lists_of_entries(book, lines, ends):
    body = ("## Log\n\n" + lines).replace("\n", ends)
    assert of_body(book, body) == ["2026-11-03", "2026-11-02", "2026-11-01"]


def test_a_list_right_under_the_heading(book):
    assert of_body(book, "## Log\n- 2026-11-02 call: x\n") == ["2026-11-02"]


def test_a_task_is_no_entry(book):
    body = "## Log\n\n- [ ] 2026-11-02 call\n- [x] send it\n* [X] z\n1. [ ] y\n- 2026-11-01 call\n"
    made = book({"contacts/li.md": contact(body=body)})
    assert made.problems() == []
    assert [row["date"] for row in made.interactions("li")] == ["2026-11-01"]


@pytest.mark.parametrize(
    "hidden",
    [
        "```\n- 2026-11-02 call\n- no date\n```\n",
        "~~~\n- 2026-11-02 call\n~~~\n",
        "````\n```\n- 2026-11-02 call\n```\n- no date\n````\n",
        "text\n\n    - 2026-11-02 call\n    - no date\n",
        "<!--\n- 2026-11-02 call\n\n- no date\n-->\n",
        "<!-- - 2026-11-02 call -->\n",
        "```\n## Log\n\n- 2026-11-02 call\n",
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_entries_in_code_and_comments_are_none(book, hidden, ends):
    body = ("## Log\n\n* 2026-11-01 call: y\n\n" + hidden).replace("\n", ends)
    made = book({"contacts/li.md": contact(body=body)})
    assert made.problems() == []
    assert [row["date"] for row in made.interactions("li")] == ["2026-11-01"]


@pytest.mark.parametrize(
    "hidden", ["```\n## Log\n```", "<!--\n## Log\n-->", "text\n\n    ## Log", "~~~\n## Log\n~~~"]
)
def test_a_heading_in_code_or_a_comment_opens_no_log(book, hidden):
    made = book({"contacts/li.md": contact(body=f"{hidden}\n\n- 2026-11-02 call: x\n- no date\n")})
    assert made.problems() == []
    assert made.interactions("li") == []


def test_entries_behind_a_closed_fence_and_comment(book):
    body = (
        "```\n## Log\n```\n\n<!-- ## Log -->\n\n## Log\n\n```\n- x\n```\n\n"
        "- 2026-11-02 call\n\n<!--\n- y\n-->\n\n- 2026-11-01 call\n"
    )
    made = book({"contacts/li.md": contact(body=body)})
    assert made.problems() == []
    assert len(made.interactions("li")) == 2


def test_a_fence_without_an_end_runs_to_the_end_of_the_file(book):
    body = "## Log\n\n- 2026-11-02 call\n\n```\n## Log\n- 2026-11-01 call\n- [ ] a due 2026-11-30\n"
    made = book({"contacts/li.md": contact(body=body + "\n[[nobody]]\n")})
    assert made.problems() == []
    assert len(made.interactions("li")) == 1
    assert made.due("--all") == []


# --- whom an entry counts for


def test_an_entry_counts_for_the_person_and_everybody_behind_with(book):
    made = book(
        {"contacts/li.md": contact(log=["2026-11-02 meet! with [[a]] and [[b]]: dinner"]), **PEOPLE}
    )
    row = {"date": "2026-11-02", "kind": "meet", "deep": True, "text": "dinner"}
    row |= {"path": "contacts/li.md", "line": 7}
    for person, others in {"li": ["a", "b"], "a": ["b", "li"], "b": ["a", "li"]}.items():
        (found,) = made.interactions(person)
        assert found | {"with": sorted(found["with"])} == found | row | {"with": others}
    assert made.interactions("c") == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("events/x.md", event("2026-11-02", log=["2026-11-02 meet with [[a]]: x"])),
        ("communities/x.md", community(log=["2026-11-02 meet with [[a]]: x"])),
    ],
)
def test_in_an_event_or_a_community_it_counts_for_those_behind_with(book, path, text):
    made = book({path: text, **PEOPLE})
    assert [(row["path"], row["with"]) for row in made.interactions("a")] == [(path, [])]
    assert made.interactions("b") == []


def test_a_log_of_an_event_with_nobody_behind_with_counts_for_nobody(book):
    made = book({"events/e.md": event(people=["who: a"], log=["2026-11-20 meet: x"]), **PEOPLE})
    assert made.problems() == []
    assert made.interactions("a") == []


def test_an_entry_of_the_own_card_counts_for_those_behind_with(book):
    own = contact("me: yes", ["2026-11-02 meet with [[a]]: x", "2026-11-01 call: alone"])
    made = book({"contacts/me.md": own, **PEOPLE})
    assert [row["date"] for row in made.interactions("a")] == ["2026-11-02"]
    assert made.interactions("b") == []


def test_twice_in_one_entry_counts_once(book):
    made = book(
        {
            "contacts/li.md": contact(log=["2026-11-21 call with [[li]], [[a]], [[A]]: x"]),
            **PEOPLE,
        }
    )
    assert made.show("li")["warmth"] == 2
    assert made.show("a")["warmth"] == 2


def test_the_log_of_a_cancelled_event_counts(book):
    made = book(
        {
            "events/e.md": event(
                "2026-11-02", "status: cancelled", log=["2026-11-02 call with [[a]]: off"]
            ),
            **PEOPLE,
        }
    )
    assert [row["kind"] for row in made.interactions("a")] == ["call"]


def test_problems_in_the_logs_of_events_and_communities(book):
    lines = ["no date", "2026-11-02 dance", "2026-12-24 meet: x"]
    codes = ["undated-entry", "unknown-kind", "future-entry"]
    made = book({"events/e.md": event(log=lines), "communities/c.md": record("name: C")})
    assert made.codes("events/e.md") == codes
    made.write("communities/c.md", community(log=lines))
    assert made.codes("communities/c.md") == codes
