"""What people call being in touch: `had lunch with`, `texted`, `喝咖啡`, `打了个电话`.

Each way of saying it stands for a name of the table of kinds in `format.md`. Some leave open which
(`talked to` may be a meeting or a call): then there are several, and somebody has to be asked.
"""

from __future__ import annotations

import re

import msgspec

from renmai.text.log import KIND_OF


class Kind(msgspec.Struct, frozen=True):
    """Kinds that were said: the place behind them, and the names that they can be.

    `weak`: a verb that a stronger word beside it decides (`gave a call` is a call). `deep`: the
    words say that the talk was.
    """

    end: int
    names: tuple[str, ...]
    weak: bool = False
    deep: bool = False


_HAD = "(?:(?:had|have|having|grabbed|went for|over|for|shared) )?(?:an? |some )?"
_A = "(?:(?:did|made|sent|wrote|had|on) )?(?:an? |the |some )?(?:quick |long |short )?"

_ENGLISH: dict[str, str] = {
    "meet": r"met(?: up)?|meet(?:ing)?(?: up)?|met in person|saw|hung out|caught up|catch[- ]?up"
    r"|ran into|bumped into|walked|(?:went for a |took a |a )?walk"
    r"|(?:a )?(?:1[:：-]1|1on1|one[- ]on[- ]one|party|picnic|barbecue|bbq|hike)|hiked"
    r"|(?:went )?hiking",
    "meet ": _HAD + r"(?:drinks?|beers?|tea|wine|pint|ice cream)",
    "coffee": _HAD + r"coffees?",
    "meal": _HAD + r"(?:lunch|dinner|breakfast|brunch|supper|meal|ate|eaten|hotpot)",
    "visit": r"visit(?:ed)?|(?:a )?visit (?:to|from)",
    "call": _A + r"(?:(?:phone ?|wechat )?calls?|ring)|called(?: up)?|phoned|rang|telephoned"
    r"|(?:spoke|talked) on the phone|on the phone|by phone",
    "video": _A + r"(?:video ?(?:call|chat)|video|zoom call|teams call)"
    r"|video ?(?:called|chatted)|facetimed?|zoom(?:ed)?|skyped?",
    "message": _A
    + r"(?:(?:linkedin |whatsapp |slack )?message|text(?: message)?|dm|sms|whatsapp|note to)"
    r"|messaged|texted|dm(?:ed|'d)|pinged|wrote(?: to)?|whatsapped|replied(?: to)?",
    "email": _A + r"(?:e-?mails?|mail)|e-?mailed|mailed|by e-?mail",
    "wechat": _A + r"we ?chat(?: message)?|we ?chatt?ed|on we ?chat",
    "letter": _A + r"(?:letter|postcard)(?: to)?",
    "helped": r"helped(?: out)?|help|did (?:an?|him a|her a|them a) favou?r(?: for)?|gave a hand"
    r"|lent a hand",
    "got": r"got help(?: from)?|helped me(?: out)?|was helped by|did me a favou?r|got",
    "received": r"received(?: help)?(?: from)?",
    "asked": r"asked|asked for (?:help|advice|a favou?r)|for (?:help|advice|a favou?r)",
    "intro": r"introduced|intro|made an intro|introduction|connected",
    "gift": r"(?:(?:sent|gave|brought|bought) )?(?:an? |some )?(?:birthday )?"
    r"(?:gifts?|presents?|flowers)(?: for| to)?",
    "gave": "gave",
    "note": "notes?|noted",
    "output": "output|published",
    "case": "case",
    "collab": "collab(?:oration|orated)?",
}
_CHINESE: dict[str, str] = {
    "见面": "见了?个?面|见到了?|见过?了?|碰了?个?面|碰头|碰到了?|遇到了?|遇见了?|偶遇|面谈|面聊"
    "|聚了?(?:一?下|会|餐)?|聚|约饭|拜访了?|看望了?|探望了?|做客|来访|认识了?|散了?步|爬了?山|逛街|打球|看展"
    "|看电影",
    "见面 ": "吃了?(?:个|顿|一顿|了)?(?:早|午|中|晚|夜|便|年夜|团圆)?"
    "(?:饭|餐|火锅|烧烤|面|宵夜|夜宵)|(?:早|午|中|晚)(?:饭|餐)|饭局|火锅|宵夜|咖啡|下午茶"
    "|喝了?(?:个|杯|点|一杯|几杯)?(?:咖啡|茶|酒|奶茶|啤酒|下午茶)",
    "电话": "(?:打了?|通了?|接了?|来了?|回了?)?(?:个|通|一个|一通)?(?:长途|微信)?电话|通话|通了话"
    "|致电|来电|语音(?:通话)?|打了?给",
    "视频": "(?:开了?|打了?|通了?)?(?:个|次|一个)?(?:微信)?视频"
    "(?:通话|会议|聊天|电话|聊了?(?:聊|天)?)?",
    "微信": "(?:发了?|聊了?|回了?|用|在)?(?:条|个|一条)?微信(?:上|里)?"
    "(?:聊了?(?:天|聊|一?下|会儿?|几句)?|联系了?|通话|消息|发了?(?:个|条)?消息|语音)?|加了?微信",
    "邮件": "(?:发了?|写了?|回了?|寄了?)?(?:封|一封|个)?(?:电子)?邮件",
    "消息": "(?:发了?|回了?|留了?)?(?:条|个|一条)?(?:消息|短信|信息|私信|留言)"
    "|(?:写|寄)了?(?:封|一封|张|一张)?(?:信|明信片)",
    "帮助": "帮助了?|帮了?(?:个|一个|点|大|一点|一?下)?(?:小|大)?忙|帮了|帮到了?|帮|忙|搭了?把手",
    "受助": "受助|(?:得到|收到|受到)了?帮助|帮了?我(?:了|一个|个|一?下)?(?:大|小)?忙?"
    "|给我帮了?(?:大)?忙|指点了?我",
    "求助": "求助|请教了?|拜托了?|咨询了?|求了?(?:个|一个)?忙",
    "引荐": "引荐了?|引见了?|介绍了?|牵了?(?:个)?线",
    "礼物": "(?:送|寄|带|买)了?(?:个|份|一份|点|一点|束|一束)?(?:小|生日|新年|结婚|见面)?"
    "(?:礼物|礼品|礼|花)|礼物|随礼|(?:发|包)了?(?:个)?红包",
    "备注": "备注|备忘|记一?下",
    "输出": "输出|发表了?|发布了?",
    "案例": "案例",
    "合作": "合作了?",
}
#: What leaves open which it was.
_OPEN_ENGLISH = _HAD + "(?:talk|chat|conversation)|talked|spoke|chatted|spoken|was in touch"
_OPEN_CHINESE = (
    "聊了?(?:聊|天|一聊|一?下|一?会儿?|几句)?|谈了?(?:谈|一谈|一?下)?|沟通了?|交流了?|联系了?"
)
_DEEP_ENGLISH = _HAD + "(?:deep|heart-to-heart) (?:talk|chat|conversation)"
_DEEP_CHINESE = "深谈了?|深聊了?|深入聊了?|长谈了?|促膝长谈|谈了?心|交心"

#: The first names of the kinds, which say no more than the kind.
_PLAIN = frozenset({*KIND_OF.values(), "见面", "电话", "消息"})

#: Verbs that a stronger word beside them decides.
_WEAK = frozenset({"gave", "got", "认识", "认识了"})


def _english(pattern: str) -> re.Pattern[str]:
    spaced = pattern.replace(" ", r"\s+")
    return re.compile(rf"(?:{spaced})(?![^\W_\u3400-\u9fff]|'?\w)", re.IGNORECASE)


_WAYS: tuple[tuple[re.Pattern[str], tuple[str, ...], bool], ...] = (
    # Every name of the table stands for itself, whatever else it is said of.
    *((_english(name) if name.isascii() else re.compile(name), (name,), False) for name in KIND_OF),
    *((_english(pattern), (name.strip(),), False) for name, pattern in _ENGLISH.items()),
    *((re.compile(pattern), (name.strip(),), False) for name, pattern in _CHINESE.items()),
    (_english(_OPEN_ENGLISH), ("meet", "call", "message"), False),
    (re.compile(_OPEN_CHINESE), ("见面", "电话", "微信"), False),
    (_english(_DEEP_ENGLISH), ("meet", "call"), True),
    (re.compile(_DEEP_CHINESE), ("见面", "电话"), True),
)


def find_kind(text: str, position: int) -> Kind | None:
    """The kind that is said at `position`: the longest way that fits, or None."""
    best: Kind | None = None
    for pattern, names, deep in _WAYS:
        found = pattern.match(text, position)
        if found and (best is None or found.end() > best.end):
            weak = len(names) == 1 and found[0].lower() in _WEAK
            best = Kind(found.end(), names, weak, deep)
    return best


def settled(said: list[Kind]) -> tuple[str, ...]:
    """The kinds that all that was said can mean together; one where it is clear.

    A verb gives way to a noun (`gave Grace a call`), and what leaves it open to what does not
    (`talked to her on the phone`).
    """
    strong = [kind for kind in said if not kind.weak] or said
    sure = [kind for kind in strong if len(kind.names) == 1] or strong
    names = tuple(dict.fromkeys(name for kind in sure for name in kind.names))
    if len({KIND_OF[name] for name in names}) == 1:
        # `met for coffee`: one kind, and the word that says more of it.
        return (next((name for name in names if name not in _PLAIN), names[0]),)
    return names
