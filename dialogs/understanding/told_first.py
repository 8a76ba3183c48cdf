"""What an answer begins with stays told, whatever is denied after it: 咳嗽,没有发热 and 出过差,没出国. So
does what comes after nothing but a no: 没有,有点拉肚子. Pure.

Networks weigh an answer as a whole, and after one thing told and two denied they take it for an all-clear.
They are right where a verdict or a correction follows (咳嗽,没有; 去过,哦不对,没有), where others are spoken
of, or times that do not count, and where it is denied that it was far (去了趟公园,没出京).
"""

from __future__ import annotations

import re
from functools import lru_cache

from campaign.patterns import any_of, compiled
from dialogs.language.body import ACHING_PART
from dialogs.script import Slot, SlotType

_OPENING = (
    "(?:有点儿?|有些|有个事|有|就是?|我想想|让我想想|我看看|我|嗯|呃|哦|唉|啊|哎[呀哟]?|那个|这个嘛?|说实话|应该说|其实吧?"
    "|怎么说呢|对|是|在|老是?|一直|最近|这[两几]天|现在|昨天|今天|还是|只有|只是|也|还|倒是?|,)*"
)
_A_DAY = (
    "(?:上个?(?:周|礼拜|星期)[一二三四五六天日末]?|这?周[一二三四五六日末]|前[两几]天|前天|大前天|昨[天晚儿]|刚|才|国庆|"
    "[一两三四五六七八九十]+号)?"
)
_SYMPTOM_THEN_DENIAL = ",(?!没有?[的啊呀吧呢]*(?:,|$)|没[事啥]|没什么)[也都倒]?(?:没|不|无)"
_SYMPTOM_THEN_MORE = "(?:,|没有?(?=[^,的过了啊呀吧呢])|不(?=[^,]))"
_PLAIN_NO = "(?:没有(?:啥|什么)?|没啥|没什么|没得|没|不是)+[啊呀哦呢吧的了]*,"
_NO_THEN_NO_DENIAL = compiled(
    f"^{_PLAIN_NO}(?:不过)?(?P<told>(?!.*的是)[^,;?没不无未别谁木冇]+[了过][^,;?没不无未别谁木冇]*)$"
)
_NO_THEN_A_LITTLE = compiled(
    f"^{_PLAIN_NO}"
    "(?:我|就是|就|只是|但是?|不过|可是?|倒是?|还|也|最近|现在|一直|老是?|总|这[几两]天|[今昨]天|[今昨]早|早上|晚上|夜里)*"
    f"{ACHING_PART}?(?:里|上|这儿|也|还|倒是?|老是?|总)*(?:稍微|稍稍|略微|略有|微微|多少有|偶尔|有那么一?[点些]|有一?点儿?|有些)"
    "[^,;?没不无别好退都们][^,;?没不无别好退都们]*$"
)
_NOT_NOW = "不对|[哦噢啊哎]不|记错|听错|弄错|听岔|去年|前年|以前|上个?月|月份"
"""Said after it, takes back what was told first."""
_NEARBY = "[小社]区|院|楼|门|远|外地|外省|京|家|出市"
_WENT = "(?:[去回出跑到]|出去|出差|出京|离京|旅游)[过了]"
_GONE = (
    f"{_OPENING}{_A_DAY}我?(?:{_WENT}"
    "|[去到回][^,;?没不未无别其哪了过]{2,4}(?:开了?个?会|出了?[个趟]?差|办了?点?事|看了?病|[玩看][了过]|参加[了过]))"
    "(?:[一两]?[趟次回])?[^,;?没不未无别其哪]{0,6}"
)
_LONG_AGO = (
    "国庆|中秋|五一|端午|清明|春节|过年|[春夏秋]天|暑假|寒假|[年月岁]|假期|小时候|那会|那时|当年|好久|早|以前"
)
_OF_OTHERS = "[他她]|老伴|爱人|媳妇|老公|孩子|儿子|闺女|女儿|爸|妈|朋友|同事|邻居"
_AND_NO_DENIAL = compiled(
    f"^(?P<told>{_GONE}),?(?!.*(?:{_NOT_NOW}|{_NEARBY}|{_LONG_AGO}|{_OF_OTHERS}))[^;?没不未无别谁哪木冇]+$"
)
_AND_NO_OTHERS = compiled(
    "^(?P<told>[^?没不未无别其谁哪木冇]{2,24}?),?(?:别的|其[他它余]|旁的)(?:地方|地儿|城市|人)?[都也可就]{0,2}"
    "没有?(?:[去到出跑]|接触|碰|见)?过?(?:什么|啥|谁)?[了的啊呀呢吧]*$"
)
_JOURNEY = compiled(
    f"^(?P<told>{_OPENING}{_A_DAY}我?{_WENT}(?:[一两][趟次回])?[^,;?没不未无别其哪]{{0,6}}),?"
    f"(?!.*(?:{_NOT_NOW}|{_NEARBY}|不是|早就))(?:但是?|不过|可是?)?我?(?:[也都就倒]?(?:没|不)(?!没|[去出回过]{{0,2}}[的啊呀呢]*$)"
    "|(?:别的|其[他它余]|旁的|别处)[^,]{0,3}没)"
)
_HARM = "(?:被|让|给|有|什么|任何|啥)*(?:传|感染|中招|阳|症状|反应|感觉|难受|不舒服|发烧|发热|咳|毛病)"
_CLOSENESS = (
    "(?:有|怎么)*(?:戴|摘|握手|近|说话|说[几上多]|聊|坐[多在]|待[多在]|吃[饭多]|碰他|挨|靠|拥抱|多久|几分钟)"
)
_MEETING = (
    "(?:(?:接触|碰[见到上]|遇[见到上]|见|挨着?|坐车?|待|聊天?)[过了]"
    "|吃[过了]饭|坐[过了]车|见[过了]面|聊[过了]天)"
)
_CONTACT = compiled(
    f"^(?P<told>{_OPENING}{_A_DAY}我?(?:[^,;?没不未无哪谁]{{0,8}}{_MEETING}[^,;?没不]{{0,4}}"
    f"|[^,;?没不未无哪谁]{{0,6}}(?:阳|确诊|感染|中招|发烧|发热|咳嗽)[了过][^,;?没不]{{0,2}})),?"
    f"(?!.*(?:{_NOT_NOW}|接触|碰|见|照面|来往))(?:但是?|不过|可是?)?我?[也都就倒还]?(?:没|不)(?:{_HARM}|{_CLOSENESS})"
)


def told_first(slot: Slot, text: str) -> str:
    """The words of a journey or a contact that come before something else is denied, if any."""
    pattern = _JOURNEY if slot.is_journey else _CONTACT if slot.of_others else None
    found = pattern.match(text) if pattern is not None else None
    return found["told"] if found else ""


def told_after_no(slot: Slot, text: str) -> str:
    """The words after a plain no that opens an answer about journeys or contacts, if they deny nothing."""
    is_asked = slot.is_journey or slot.of_others
    found = _NO_THEN_NO_DENIAL.match(text) if is_asked else None
    return found["told"] if found else ""


def told_alone(slot: Slot, text: str) -> str:
    """The words of a journey or a contact beside which all others are denied: 去过，别的地方没去."""
    found = _AND_NO_OTHERS.match(text) if slot.is_journey or slot.of_others else None
    return found["told"] if found else ""


def told_undenied(slot: Slot, text: str) -> str:
    """The words of a journey after which nothing is denied, nor another time or somebody else named."""
    found = _AND_NO_DENIAL.match(text) if slot.is_journey else None
    return found["told"] if found else ""


def begins_with_symptom(slot: Slot, text: str, *, then_denies: bool = False) -> bool:
    """Whether nothing but one of a script's symptoms stands before a pause or a denial of something else.

    Args:
        slot: Whose symptoms.
        text: An answer.
        then_denies: Only where a pause and a denial follow.
    """
    if slot.type is not SlotType.SYMPTOMS:
        return False
    return _beginning(_symptoms(slot), then_denies=then_denies).match(text) is not None


def tells_a_little_after_no(slot: Slot, text: str) -> bool:
    """Whether a plain no comes first, and then nothing but that there is a little of something."""
    return slot.type is SlotType.SYMPTOMS and _NO_THEN_A_LITTLE.match(text) is not None


def names_one_after_no(slot: Slot, text: str) -> bool:
    """Whether a plain no comes first, then a pause and nothing but one symptom, which the no may deny or not:
    没有,头疼."""
    return slot.type is SlotType.SYMPTOMS and _after_no(_symptoms(slot)).match(text) is not None


def leaves_one_out(slot: Slot, text: str) -> bool:
    """Whether one symptom is all that is not well: 除了头疼都挺好的."""
    return slot.type is SlotType.SYMPTOMS and _left_out(_symptoms(slot)).match(text) is not None


def told_at_last(slot: Slot, text: str) -> list[str]:
    """The symptoms that an answer ends with, beside what came before: 一点力气都没有,还发烧."""
    if slot.type is not SlotType.SYMPTOMS or "," not in text:
        return []
    last = _at_last(_symptoms(slot)).search(text)
    return [value for value, words in slot.values.items() if last is not None and last["word"] in words]


def _symptoms(slot: Slot) -> frozenset[str]:
    return frozenset(word for words in slot.values.values() for word in words)


@lru_cache(maxsize=64)
def _beginning(words: frozenset[str], *, then_denies: bool) -> re.Pattern[str]:
    then = _SYMPTOM_THEN_DENIAL if then_denies else _SYMPTOM_THEN_MORE
    return compiled(f"{_OPENING}{_one_of(words)}(?:有痰|得?厉害)?[了呢啊呀的嘛]*{then}")


@lru_cache(maxsize=64)
def _after_no(words: frozenset[str]) -> re.Pattern[str]:
    return compiled(f"{_PLAIN_NO}我?{_one_of(words)}[了呢啊呀的]*$")


@lru_cache(maxsize=64)
def _at_last(words: frozenset[str]) -> re.Pattern[str]:
    return compiled(
        f",(?:而且|再加上|再就是|另外)*(?:还|也|又)(?:有点儿?|有些|有|在|老是?|总|一直)*(?P<word>{any_of(words)})[了着的呢啊呀,。]*$"
    )


@lru_cache(maxsize=64)
def _left_out(words: frozenset[str]) -> re.Pattern[str]:
    return compiled(
        f"{_OPENING}除了?{_OPENING}{_one_of(words)}[^,;没不]{{0,4}},?(?:别的|其[他它余]|哪儿?|什么|啥|一切|全)?(?:都|也|倒|还)"
    )


def _one_of(words: frozenset[str]) -> str:
    return f"(?:{any_of(words)})"
