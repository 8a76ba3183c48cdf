"""A reply that takes what was said back one by one: 咳嗽是有，接触病人没有啊; 就是头疼，没劲那个去掉. Pure.

A thing is named by any word that the script knows for it, and has the verdict that stands behind it, or else
before it; in a row all have that of the first (就是头疼，嗓子疼). 别的都对 is a verdict on what was not
named; 就是头疼 after a no takes the others of its list back. Nothing is made of a reply in which nothing that
was said back is taken back by name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from campaign.patterns import any_of, compiled
from campaign.records import SlotValue
from dialogs.language.grammar import ANY_KIN
from dialogs.language.words import GAP
from dialogs.machine.confirmation import NO_SUCH_THING
from dialogs.script import Script, Slot, State

Item = tuple[str, str]
"""Slot, and which of its list; empty for a slot that is no list."""

_BREAKS = compiled("[，。、；,;！？!?](?!那[是个])")
"""没劲，那是搬东西累的: what follows is of the same thing."""
_MAY = "[啊呀嘛呢是可倒确实那个这的吧就也都我他她]*"
_OVER = "(?=[啊呀的了吧嘛哦呢,]|我[没可]|[他她]就?是|$)"
_DENIES_BEHIND = compiled(
    f"^[,，]?{_MAY}(?:(?:没有?过?|不是|不算){_OVER}|不对(?!劲)|[弄记说搞听写]?错|哪有|去掉|划掉|删|取消|别[给写记算]|不要[写记]|真没{_OVER}"
    "|没这|没那)"
)
"""接触病人没有啊; 没力气，那个不算; not 接触病人没有戴口罩, nor 咳嗽不是很厉害."""
_OF_ANOTHER = compiled(
    f"的?那?(?:个|位)?是(?:我|俺|咱|他|她)?们?家?的?(?:{ANY_KIN}|当家的|邻居|同事|对门|别人|人家)"
)
"""流鼻涕的是我外孙."""
_OF_HIS_KIN = compiled(f"的?那?(?:个|位)?是(?:他|她)(?:{ANY_KIN})")
_AFFIRMS_BEHIND = compiled(f"^{_MAY}(?:有(?!错)|对|没错|是(?:的|有|真|$)|不错|属实)")
_NO_ANSWER_WANTED = "(?:(?:啥|什么)时候|几时|多会儿?|谁|(?:哪儿?|怎么|咋)(?:会|能)?)"
"""我啥时候接触病人了."""
_DENIES_BEFORE = compiled(
    f"(?:(?<!不是)(?<!说)没有?(?:[挨碰见接靠沾][着近到过触]*(?:什么|啥|任何)?)?|不是|没说|哪有|不(?!过)|别(?:给我?)?[写记][成上]?|{_NO_ANSWER_WANTED})(?:我|他|她|说|什么|啥|过|真的?)*$"
)
_AS_IF = compiled(f"{_NO_ANSWER_WANTED}(?:我|他|她|真)*$|成$")
"""Before a thing that is denied, though it is told as done: 谁喘不上气了, 别给我记成发烧了."""
_HAS_ENDED = compiled("了(?!吗|没|不)")
_AFFIRMS_BEFORE = compiled("(?:(?:就|只|光|也就)(?:是|有|剩)|只|是有|确实|有|是)(?:个|点|一点|些)?$")
_ALONE = compiled("(?:就[是剩]?|只[有剩]?|只是|光)[有犯]?(?:个|点|一点|些)?$")
_REST = compiled(
    "(?:别的|其他的?|其它的?|其余的?|剩下的?|旁的)(?:都|也|倒)?(?:是)?(?:(?P<right>对|没错|没问题|是|正确)|(?P<wrong>没有|不对|错))"
)
_ASSENTS = compiled("^[啊哦噢嗯呃额哎唉诶那]*(?:对|是的?(?![我他她])|没错|嗯)(?!不)")
_NEGATED = compiled("^(?:没有?|不)(?:怎么|再|曾)?(?=..)")
_BESIDE_IT = compiled(
    "(?:别的|其他的?|旁的|另外|其余的?|再)(?:就|都|也|时候|地方|再)*[没不]|[没未不]有?(?:碰|遇|见|跟|和|与|接触)[^,]{0,3}人"
    "|(?:这|那)?[跟和与][这那]?个?(?:病(?!人)|新冠|疫情|肺炎|感冒)[^,]{0,3}[没不]"
)
"""What is denied besides: 别的没出去, 没碰见人, 跟那个病不搭界."""
_JOINS = compiled("[啊呀和跟还有也加上的吧]*")
"""Between the things of a row."""
_SHORTEST = 2


@dataclass(frozen=True)
class _Mention:
    item: Item
    start: int
    end: int


_NOT_FELT = compiled(
    "(?P<where>嗓子|喉咙|头|脑袋|胸口?|腰|腿|肚子|胃|浑身|身上|关节)(?:也|都|倒|又|可|那儿)*[不没](?P<how>[疼痛酸晕闷])"
)


_NO_SUCH_THING = compiled(f"{NO_SUCH_THING}|(?:别的|其他的?|旁的)(?:不舒服|不适|症状|毛病)(?:都|也|倒)?没有?")
_NOT_TO_BE_NOTED = compiled("(?<=[^,，])别(?:给我?)?[写记][成上](?=..)")


def _denied_behind(words: str) -> str:
    """With a no that stands within a thing behind it: 嗓子疼没有 for 嗓子不疼."""
    words = _NOT_FELT.sub(r"\g<where>\g<how>没有,", _NO_SUCH_THING.sub("", words))
    return _NOT_TO_BE_NOTED.sub(r",\g<0>", words)


def taken_back(
    script: Script, state: State, words: str, said_back: Sequence[SlotValue]
) -> Mapping[str, Any] | None:
    """By slot the value that stands after the reply, of those that it is about; None where it takes nothing
    back by name.

    Args:
        script: Whose slots they are.
        state: The state that said them back.
        words: The reply, normalised, with its clauses where these are known.
        said_back: What was said back.
    """
    verdicts, rest = _verdicts(script, state, words, tuple(_items(said_back)))
    if False not in verdicts.values():
        return None
    left = {value.name: _stands(value, verdicts) for value in said_back}
    if rest:  # and so is a number
        left |= {value.name: value.value for value in said_back if left[value.name] is None}
    return {name: value for name, value in left.items() if value is not None}


def is_affirmed(script: Script, state: State, words: str, said_back: Sequence[SlotValue]) -> bool:
    """Whether all that was said back and has a name is affirmed by it: 咳嗽是对的."""
    items = tuple(_items(said_back))
    verdicts, _ = _verdicts(script, state, words, items)
    return bool(items) and all(verdicts.get(item, False) for item in items)


def tells_whose(words: str, *, is_by_family: bool = False) -> bool:
    """Whether somebody else is named as the one who is ill; of the resident's family only his own kin is
    surely another: 咳嗽的是她奶奶."""
    return (_OF_HIS_KIN if is_by_family else _OF_ANOTHER).search(words) is not None


def _verdicts(
    script: Script, state: State, words: str, items: Sequence[Item]
) -> tuple[dict[Item, bool], bool]:
    """What becomes of each item that has a verdict, and whether the rest is said to be right."""
    words = _denied_behind(words)
    rest = _REST.search(words)
    is_rest_right = rest is not None and bool(rest["right"])
    verdicts: dict[Item, bool] = {}
    named: set[Item] = set()
    in_a_row: set[Item] = set()
    alone: set[str] = set()
    for clause in _BREAKS.split(words):
        if _BESIDE_IT.match(clause) and not is_rest_right:
            continue  # 对，是做核酸出去的，别的没出去
        for told in _told(clause, _mentions(script, state, clause, items)):
            is_alone = told.verdict is not False and _ALONE.search(told.before) is not None
            if is_alone and verdicts.get(told.item) is False:
                verdicts[told.item] = True  # 没吐，就犯恶心
            elif told.verdict is not None:
                verdicts.setdefault(told.item, told.verdict)
            elif told.item not in named and _JOINS.fullmatch(told.behind):
                in_a_row.add(told.item)
            named.add(told.item)
            if is_alone and not is_rest_right:
                alone.add(told.item[0])
                verdicts.setdefault(told.item, True)
    if not _ASSENTS.match(words):
        others = (item for item in items if item[0] in alone and item not in verdicts)
        verdicts |= {item: item in in_a_row for item in others}
    if rest is not None and verdicts:
        verdicts |= {item: is_rest_right for item in items if item not in named | verdicts.keys()}
    return verdicts, is_rest_right


class _Told(NamedTuple):
    item: Item
    verdict: bool | None
    before: str
    behind: str


def _told(clause: str, mentions: Sequence[_Mention]) -> Sequence[_Told]:
    """What is said of each thing of a clause by what stands around it."""
    told: list[_Told] = []
    free = 0  # what stands before it is a verdict on nothing else
    ends = [*(mention.start for mention in mentions[1:]), len(clause)]
    for mention, end in zip(mentions, ends, strict=False):
        before, behind = clause[free : mention.start], clause[mention.end : end]
        verdict = _verdict_behind(behind)
        free = mention.end if verdict is None else mention.end + len(behind)
        verdict = _verdict_before(before) if verdict is None else verdict
        if verdict is False and _HAS_ENDED.match(behind) and not _AS_IF.search(before):
            verdict = None  # 没拉了: it was there
        told.append(_Told(mention.item, verdict, before, behind))
    for at in range(len(told) - 2, -1, -1):  # 发烧咳嗽那是我当家的: both
        one, following = told[at], told[at + 1]
        is_in_row = one.verdict is None and _JOINS.fullmatch(one.behind) is not None
        if is_in_row and following.verdict is False and _verdict_behind(following.behind) is not None:
            told[at] = one._replace(verdict=False, behind=following.behind)
    return told


_OF_WHAT_WAS_SAID = compiled("(?:老毛?|毛)病了?")
"""对，咳嗽是老毛病: no complaint beside the one that was said back."""


def told_besides(script: Script, state: State, words: str, said_back: SlotValue) -> Sequence[str]:
    """What a reply adds by name to a list that was said back: 对，还有浑身没劲; not 不是发烧."""
    slot = script.slots[said_back.name]
    everything = tuple((slot.name, one) for one in slot.values)
    told: dict[str, bool] = {}
    for clause in _BREAKS.split(_denied_behind(words)):
        free = 0
        olds = [*_OF_WHAT_WAS_SAID.finditer(clause)]
        for mention in _mentions(script, state, clause, everything):
            verdict = _verdict_before(clause[free : mention.start])
            verdict = False if _DENIES_BEHIND.match(clause[mention.end :]) else verdict
            is_of_it = any(old.start() < mention.end and mention.start < old.end() for old in olds)
            if mention.end - mention.start >= _SHORTEST and not is_of_it:  # 疼 alone tells nothing more
                told.setdefault(mention.item[1], verdict is not False)
            free = mention.end
    return [one for one, is_told in told.items() if is_told and one not in said_back.value]


def named_as_wrong(script: Script, state: State, words: str, slot: Slot) -> Collection[str]:
    """The values of a list that a reply denies by name: 腰疼，别给我记成发烧了啊."""
    everything = tuple((slot.name, one) for one in slot.values)
    clauses = _BREAKS.split(_denied_behind(words))
    told = (one for clause in clauses for one in _told(clause, _mentions(script, state, clause, everything)))
    return {one.item[1] for one in told if one.verdict is False}


def told_instead(script: Script, state: State, words: str, said_back: SlotValue) -> Sequence[str]:
    """What a reply that takes something back puts in its place: 嗓子不疼，是鼻子不通气."""
    if tells_whose(words):
        return ()
    behind = (clause["rest"] for clause in _INSTEAD.finditer(words))
    more = (one for rest in behind for one in told_besides(script, state, rest, said_back))
    return tuple(dict.fromkeys(more))


_INSTEAD = compiled(
    "(?:^|(?<=[，。、；,;！？!?]))(?:现在|今天|这会儿?|眼下)?(?:而?是|就是)(?!不是)(?P<rest>[^，。；,;！？!?没]+)"
)


def rest_is_right(words: str) -> bool:
    """别的都对: all but what the reply puts right."""
    rest = _REST.search(words)
    return rest is not None and bool(rest["right"])


def _items(said_back: Iterable[SlotValue]) -> Iterator[Item]:
    for value in said_back:
        if isinstance(value.value, list):
            yield from ((value.name, one) for one in value.value)
        elif value.value is True:
            yield value.name, ""


def _mentions(script: Script, state: State, clause: str, items: Iterable[Item]) -> list[_Mention]:
    """In order; none of them within another."""
    found = [
        _Mention(item, match.start(), match.end())
        for item in items
        for match in _any_name(_names(script.slots[item[0]], state, item)).finditer(clause)
    ]
    longest = sorted(found, key=lambda mention: (mention.start, -mention.end))
    apart: list[_Mention] = []
    for mention in longest:
        if apart and mention.item == apart[-1].item and mention.start <= apart[-1].end:
            apart[-1] = replace(apart[-1], end=max(apart[-1].end, mention.end))  # 接触, 触过, 过病
        elif not apart or mention.start >= apart[-1].end:
            apart.append(mention)
    return apart


@cache
def _any_name(names: tuple[str, ...]) -> re.Pattern[str]:
    return compiled(any_of(names))


def _names(slot: Slot, state: State, item: Item) -> tuple[str, ...]:
    """What a thing that was said back may be called."""
    _, one = item
    if one:
        words = (one, *slot.values.get(one, ()))
        return tuple(dict.fromkeys(word for word in words if GAP not in word))
    texts = (prompt.text.strip("，。") for prompt in state.confirms[slot.name].said(True))
    pairs = (text[at : at + _SHORTEST] for text in texts for at in range(len(text) - 1))
    denied = (_NEGATED.sub("", word) for word in slot.values.get("no", ()) if _NEGATED.match(word))
    return tuple(dict.fromkeys((*pairs, *(word for word in denied if GAP not in word))))


def _verdict_behind(words: str) -> bool | None:
    if _DENIES_BEHIND.match(words) or _OF_ANOTHER.match(words):
        return False
    return True if _AFFIRMS_BEHIND.match(words) else None


def _verdict_before(words: str) -> bool | None:
    if _DENIES_BEFORE.search(words):
        return False
    return True if _AFFIRMS_BEFORE.search(words) else None


def _stands(value: SlotValue, verdicts: Mapping[Item, bool]) -> Any:
    """What is left of a value; None where nothing was said of it."""
    if not isinstance(value.value, list):
        return verdicts.get((value.name, ""))
    of_list = {one: verdicts.get((value.name, one)) for one in value.value}
    if all(verdict is None for verdict in of_list.values()):
        return None
    return [one for one, verdict in of_list.items() if verdict is not False]
