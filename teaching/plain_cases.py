"""The plainest sentences, to learn from: a script's own words told and denied, journeys with their times.

What is written in a script must be known above all, and what thousands of people say every day. Writers think
of the rest.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from benchmarks.slot_accuracy import Case
from dialogs.entities.places import CITIES, districts_of
from dialogs.language.words import GAP
from dialogs.script import Outcome, Script, Slot, SlotType
from dialogs.understanding.classes import NOTHING, REPEAT, SMALL_TALK, intent_class

_WAYS, _VAGUE_WAYS = 6, 14
"""In how many sentences each of a script's words is shown; the latter for those that do not say what is
wrong, as an all-clear is made of the same words."""
CLASS_OF_INTENT = {
    "answer": NOTHING, "none": SMALL_TALK, "repeat": REPEAT,
    "opt_out": Outcome.OPTED_OUT.value, "wrong_number": Outcome.WRONG_NUMBER.value,
    "call_later": Outcome.CALL_LATER.value, "human": Outcome.WANTS_PERSON.value,
}  # fmt: skip
"""Of the tables, to the networks' classes."""
_KIND_OF_INTENT = {ours: theirs for theirs, ours in CLASS_OF_INTENT.items()}


_FELT = (
    "{}", "有点{}", "我{}", "昨天开始{}", "没有别的就是{}", "没发烧就是有点{}", "这两天{}",
    "别的没有，就是{}", "除了{}别的都好", "除了{}都挺好的", "除了{}没别的", "除了有点{}，一切正常",
    "有点{}别的没有", "{}其他没有", "别的没有就是有点{}", "没有，就是有点{}", "{}，别的都正常",
    "没什么大事，就是{}", "就{}", "没发热，有{}", "没发热有{}", "不发烧，但是{}",
    "体温正常，可我{}", "其他都正常，{}有一点", "哪儿都好，就{}这一样", "本来挺好的，今天{}",
    "没什么，就{}", "我不行，{}", "没事没事，{}而已", "家里人都没事，就我{}", "老伴好好的，我{}",
    "别人都好了，我还{}", "邻居都没事，偏偏我{}", "孩子没有，我{}", "没发烧没咳嗽，{}", "{}，没发烧没咳嗽",
    "没别的，{}", "天天{}", "{}，没有好", "{}，没去医院", "没劲倒没有，{}",
)  # fmt: skip
_NOT_FELT = (
    "没有{}", "没{}", "不{}", "我不{}", "我没{}", "我现在不{}", "我没有{}", "今天不{}了", "{}没有",
    "没有发热没有{}", "都没有{}", "没发烧也没{}", "从来不{}", "老伴{}，我没有", "孩子{}，我没事",
    "{}的是我爸，我好好的", "邻居{}，我可没有", "我妈{}，我不{}", "上个月{}，早好了",
    "{}是去年的事，现在没有",
)  # fmt: skip


_WAYS_OF_VAGUE = (
    "哪儿都{}", "浑身上下都{}", "全身{}", "到处{}", "哪哪都{}", "没烧，哪儿都{}", "一直{}", "老是{}",
    "就是{}", "身上{}", "{}得很", "天天都{}",
)  # fmt: skip
_VAGUE_DENIED = (
    "没有{}", "没有什么{}的", "没有哪里{}", "一点儿{}都没有", "没觉得{}", "哪有{}", "谁说我{}，没有",
    "没有{}的地方", "要是{}我还能在这儿打牌吗，没有", "{}？没有的事", "没{}过", "哪有空{}，好着呢",
)  # fmt: skip


_ONE_OF_TWO = (
    "没有{0}有{1}", "没有{0}，有{1}", "没{0}有{1}", "没{0}就是{1}", "{0}没有，{1}有", "{1}有，{0}没有",
    "不{0}，{1}", "没有{0}，但是{1}", "{0}倒没有，就是{1}", "有{1}没有{0}", "{0}是没有，{1}有一点",
)  # fmt: skip
_NEITHER = (
    "没有{0}没有{1}", "没{0}没{1}", "没有{0}，也没有{1}", "{0}没有，{1}也没有", "{0}没有，{1}更没有",
    "不{0}不{1}", "{0}{1}都没有", "没有{0}，没有{1}，都没有",
)  # fmt: skip
_PAIRS = 6
"""How often each of a list's values is paired with another, in both ways."""


def _pairs(slot: Slot, chance: random.Random) -> Iterator[Case]:
    """One symptom denied beside another, felt or denied too: one character turns the words round."""
    known = {
        value: [w for w in words if GAP not in w and w[0] not in "没不闻尝" and not w.endswith("了")]
        for value, words in slot.values.items()
    }
    for value, words in known.items():
        others = [other for other in known if other != value and known[other]]
        for _ in range(_PAIRS if words else 0):
            pair = chance.choice(known[chance.choice(others)]), chance.choice(words)
            one, neither = chance.choice(_ONE_OF_TWO).format(*pair), chance.choice(_NEITHER).format(*pair)
            yield Case(slot.name, one, {slot.name: [value]}, "answer")
            yield Case(slot.name, neither, {slot.name: []}, "answer")


_MADE = (
    "去了趟{}", "去过{}", "去{}了", "上周去了{}", "前几天去{}出差了", "到{}看孩子去了", "就去了趟{}",
    "去过一趟{}", "带孩子去{}了", "{}去过",
)  # fmt: skip
_MADE_LONG_AGO = (
    "三个月前去过{}", "国庆去的{}", "十一带孩子去了趟{}", "春节回过{}", "去年去过{}", "暑假去的{}",
    "好几个月前去的{}", "半年前去过{}", "五一去过{}",
)  # fmt: skip
_NOT_MADE = (
    "没去过{}", "想去{}没去成", "本来要去{}，取消了", "老伴去{}了，我没去", "我儿子在{}，我没去",
    "不敢去{}", "好久没去{}了",
)  # fmt: skip
_MADE_AT_HOME = (
    "去过{}",
    "去了{}",
    "去了趟{}",
    "就去了{}",
    "只去过{}",
    "在{}转了转",
    "昨天去{}遛了遛",
    "{}去过",
)
_SIGHTS = (
    "天安门 故宫 颐和园 圆明园 天坛 地坛 北海 景山 香山 长城 八达岭 十三陵 动物园 植物园 "
    "玉渊潭 什刹海 后海 南锣鼓巷 王府井 西单 前门 三里屯 国贸 五道口 中关村 潘家园 雍和宫 "
    "鸟巢 奥森 朝阳公园 紫竹院 陶然亭 世界公园 环球影城 首都机场"
)
"""Of Beijing, where the residents live."""
_TO_CITIES, _AT_HOME = 40, 50
"""How many cities and places of the city are gone to, in each of the ways."""


def _journeys(script: Script, slot: Slot, chance: random.Random) -> Iterator[Case]:
    """Whether a journey counts: made, not made, made too long ago, or made within the city."""
    homes = {one.place for one in script.slots.values() if one.place}
    to = [
        one.name for one in script.slots.values() if one.part_of == slot.name and one.type is SlotType.PLACE
    ]
    for ways, is_made in ((_MADE, True), (_MADE_LONG_AGO, False), (_NOT_MADE, False)):
        for way in ways:
            for city in chance.sample([city for city in CITIES if city not in homes], _TO_CITIES):
                made = {slot.name: "yes", **dict.fromkeys(to, city)}
                yield Case(slot.name, way.format(city), made if is_made else {slot.name: "no"}, "answer")
    near = [*_SIGHTS.split(), *(name for home in homes for name in districts_of(home))]
    for way in _MADE_AT_HOME:
        for name in chance.sample(near, _AT_HOME):
            yield Case(slot.name, way.format(name), {slot.name: "no"}, "answer")


def plain_cases(script: Script, questions: Sequence[str], chance: random.Random) -> Iterator[Case]:
    """The script's own words in the plainest of sentences: what is written there must be known above all."""
    for name in questions:
        slot = script.slots[name]
        for value, words in slot.values.items():
            for word in words:
                if GAP not in word:
                    yield from _plain(slot, value, word, chance)
        if slot.type is SlotType.SYMPTOMS:
            yield from _pairs(slot, chance)
        if slot.is_journey and slot.within_days:
            yield from _journeys(script, slot, chance)
        for word in slot.unknown:
            if GAP not in word:
                yield Case(name, word, {}, "answer")
        if slot.type is SlotType.TEXT:
            yield from (Case(name, word, {name: ""}, "answer") for word in slot.none_words if GAP not in word)
            yield from (Case(name, f"需要{word}", {name: word}, "answer") for word in slot.words)
    for intent in script.intents.values():
        kind = _KIND_OF_INTENT.get(intent_class(script, intent.name), "none")
        for word in intent.words:
            if GAP not in word:
                yield Case(chance.choice(questions), word, {}, kind)


def _plain(slot: Slot, value: str, word: str, chance: random.Random) -> Iterator[Case]:
    match slot.type:
        case SlotType.SYMPTOMS:
            yield from (
                Case(slot.name, way.format(word), {slot.name: [value]}, "answer") for way in _FELT[:1]
            )
            is_vague = word in slot.vague
            ways = _WAYS_OF_VAGUE if is_vague else ()
            for way in (*ways, *chance.sample(_FELT[1:], _VAGUE_WAYS if is_vague else _WAYS)):
                yield Case(slot.name, way.format(word), {slot.name: [value]}, "answer")
            denied = _VAGUE_DENIED if is_vague else ()
            if not word.startswith(("没", "不", "闻不", "尝不")):
                denied = (*denied, *chance.sample(_NOT_FELT, _WAYS))
            if not word.startswith("没"):
                for way in denied:
                    yield Case(slot.name, way.replace("{}", word), {slot.name: []}, "answer")
        case SlotType.YES_NO | SlotType.IDENTITY | SlotType.CHOICE:
            is_wrong_number = slot.type is SlotType.IDENTITY and value == "wrong_number"
            yield Case(slot.name, word, {slot.name: value}, "wrong_number" if is_wrong_number else "answer")
