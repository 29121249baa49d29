"""Messages in words: four parts, in the language of whom they are for."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from renmai.model.records import Contact
from renmai.rules.brief import Draft
from renmai.telling import message

ME = Contact(
    id="me",
    name="夏闻溪",
    aliases=("Wenxi Xia",),
    title="engineer",
    company="Studio",
    phones=("+1 555 0142",),
    emails=("wenxi@example.com",),
    wechat="example_wenxi",
)
ADA = Draft(
    language="en",
    name="Ada",
    event="Summit",
    seed="she keeps bees.",
    use="nothing",
    need="",
    give="",
    helper="",
    me=ME,
    next=None,
)
LIN = msgspec.structs.replace(ADA, language="zh", name="林晓舟", seed="他想要一张照片。")


def test_in_english() -> None:
    assert message(ADA) == [
        "Hello Ada,",
        "Thank you for our talk at Summit. What you said has stayed with me: [she keeps bees].",
        "Perhaps this is of use to you: [a link, a name, a fact].",
        "This is how you reach me: +1 555 0142, wenxi@example.com, WeChat example_wenxi.",
        "I would be glad to meet again. Would [a day, a place] suit you?",
        "Wenxi Xia\nengineer · Studio",
    ]


def test_in_chinese() -> None:
    assert message(LIN) == [
        "林晓舟，你好！",
        "在“Summit”和你聊得很开心，谢谢你。你说的这一点我一直记着：[他想要一张照片]。",
        "有样东西也许对你有用：[一个链接、一个名字、一条信息]。",
        "我的联系方式：+1 555 0142、wenxi@example.com、微信 example_wenxi。",
        "希望有机会再当面聊聊，[哪天、在哪里]方便吗？",
        "夏闻溪\nengineer · Studio",
    ]


def test_what_is_not_known_is_left_open() -> None:
    empty = msgspec.structs.replace(ADA, name="", seed="", me=None)
    assert message(empty) == [
        "Hello [name],",
        "Thank you for our talk at Summit. "
        "What you said has stayed with me: [one thing they said].",
        "Perhaps this is of use to you: [a link, a name, a fact].",
        "This is how you reach me: [phone, mail].",
        "I would be glad to meet again. Would [a day, a place] suit you?",
    ]
    assert message(msgspec.structs.replace(ADA, me=Contact(id="me", name="Me")))[3:] == [
        "This is how you reach me: [phone, mail].",
        "I would be glad to meet again. Would [a day, a place] suit you?",
        "Me",
    ]


@pytest.mark.parametrize(
    ("draft", "use", "need", "give", "said"),
    [
        (ADA, "offer", "a lawyer", "lawyer", "looking for a lawyer. I can help with that."),
        (ADA, "offer", "lawyer", "a lawyer", "looking for lawyer. I can help with that: a lawyer."),
        (ADA, "offer", "律师", "律师", "looking for [律师]. I can help with that."),
        (ADA, "introduce", "a lawyer", "a lawyer", "could help: Bo. Shall I introduce you?"),
        (ADA, "introduce", "a lawyer", "a lawyer at night", "Bo (a lawyer at night). Shall"),
        (ADA, "value", "", "my notes; all of them!", "of use to you: [my notes; all of them]."),
        (ADA, "challenge", "the rent", "", "I have thought about [the rent]. Perhaps"),
        (LIN, "offer", "律师", "懂德语的律师", "在找“律师”，这个我能帮上忙：懂德语的律师。"),
        (LIN, "offer", "a lawyer", "lawyer", "在找“[a lawyer]”，这个我能帮上忙。"),
        (LIN, "introduce", "律师", "律师", "也许正合适：Bo。要不要我介绍你们认识？"),
        (LIN, "value", "", "我的笔记。", "也许对你有用：[我的笔记]。"),
        (LIN, "challenge", "房租", "", "“[房租]”这件事我也想了想"),
    ],
)
def test_something_of_use(draft: Draft, use: str, need: str, give: str, said: str) -> None:
    made = msgspec.structs.replace(draft, use=use, need=need, give=give, helper="Bo")
    assert said in message(made)[2]


def test_the_day_that_was_agreed_on() -> None:
    for draft, said in ((ADA, "on 1 Dec 2026."), (LIN, "约好了2026年12月1日再见")):
        assert said in message(msgspec.structs.replace(draft, next=date(2026, 12, 1)))[4]


def test_notes_of_several_lines_become_one() -> None:
    made = msgspec.structs.replace(ADA, seed="one\n  two;\n")
    assert message(made)[1].endswith("[one two].")
