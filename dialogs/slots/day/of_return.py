"""Whether the day of an answer is that of a return: not 昨天刚做完核酸, 今天天冷, 二十五号回. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from campaign.patterns import compiled
from dialogs.language.numerals import whole_number
from dialogs.slots.answer import DOUBTFUL, Answer, Finding
from dialogs.slots.day.finder import find_day
from dialogs.slots.whereabouts.told import has_yet_to_come

_STILL_AWAY = 0.9
_BREAKS = frozenset(",;?")
_SHORT = 10
"""Characters of an answer that holds one thing only; others may lack their breaks."""


def find_past_day(answer: Answer) -> Finding | None:
    """The day of an answer; where a return was asked for, doubtful beside something else that was done then,
    and none that is still to come."""
    found = find_day(answer)
    if found is None or not found.value or "回" not in answer.slot.cue:
        return found
    if has_yet_to_come(answer.text):
        return Finding(None, _STILL_AWAY) if answer.is_asked else None
    if answer.is_asked and _NOT_BACK_YET.search("".join(token.said for token in answer.tokens)):
        return Finding(None, _STILL_AWAY)
    text = answer.said if len(answer.said) == len(answer.text) else answer.text
    if is_to_come(text, answer.today):
        return Finding(None, _STILL_AWAY) if answer.is_asked else None
    if tells_something_else(text):
        return replace(found, confidence=min(found.confidence, DOUBTFUL))
    return found


_NOT_BACK_YET = compiled(
    "(?:^|[,;])(?:我|他|她|人)?(?:也|都)?还[没未]有?回(?:来|家|京|北京|去)?[呢哦啊嘛哩]*(?:$|[,;])(?!.*(?:回的|回来的|到的|到家))"
)
"""还没回来呢，这礼拜五的飞机."""
_TO_COME = compiled(
    "(?:我们?)?(?:得|要|等|打算|准备|可能|大概|预计)*(?P<day>[一二三四五六七八九十]{1,3})[号日]"
    "(?:才|再|就|能|要|得)*(?:回|回来|回去|回京|回北京|返京)[吧呢啊]?"
)


def is_to_come(text: str, today: date) -> bool:
    """二十五号回, said on the twenty-second; 二十五号回的 was that of last month."""
    told = _TO_COME.fullmatch(text)
    day = whole_number(told["day"]) if told else None
    return day is not None and today.day < day <= 31


_RETURNED = compiled(
    "[回返归抵拢]|到(?!处|底|时候)|落地|转来|来的$|进(?:了|的)?(?:家?门|京|家)|[票车]|飞机|高铁|航班|机场"
)
_ELSE = compiled(
    "下[了着过]?(?:一?[场阵点])?[大小]?[雪雨]|天气?儿?[真挺太好]?[冷热]|打[过的]|疫苗|核酸|抗原|体温|问过|登记|填[过了]"
    "|(?:有人|你们|社区|居委会)[^,;?]{0,4}[问打来说查]|忙|休息|加班|上[班学课]|有课|开[会学]|没?睡|刚起|起[床晚早]|发烧|咳嗽"
    "|生日|买|[吃喝]|医院|超市|看病|打牌|遛|逛|结婚|考试|^今[天儿]是?(?:周|星期|礼拜)[一二三四五六日天]$"
)


_LEFT = compiled(
    "回去了?$|回[的了过]?一?趟?(?:老家|娘家|婆家|[村乡][里下]?)(?:去|的)?了?|离(?:开)?(?:的|了)?北?京|出[的了]?北?京"
    "|(?:去|跑|上)[的了]?(?:趟)?(?:外地|外省|老家|上海|天津|河北|出差)"
    "|出差去"
)
"""十一回老家了, 前天离京的: nobody comes home by it."""
_TORN = compiled("(?<=[号日天节期一二三四五六七八九十]),(?=我?(?:回[老娘婆村乡去]|去|离|出))")
"""十五号,回老家了."""


def tells_something_else(text: str) -> bool:
    """Whether one clause tells of a day, and of something done then that is no return: 昨天下了一场雪,
    十一回老家了."""
    text = _TORN.sub("", text)
    if len(text) > _SHORT or not _BREAKS.isdisjoint(text):
        return False
    rest = _LEFT.sub("", text)
    return (len(rest) < len(text) or _ELSE.search(text) is not None) and _RETURNED.search(rest) is None
