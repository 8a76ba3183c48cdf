"""A return that names no day: 刚下火车 is today, 有五天了 five days ago, 明天才回 none yet. Pure.

Where the day of the return was asked for, a period that is all that is said (半个月了, 俩礼拜整) counts
back from today. One beside other words may be how long somebody stayed, and one told roughly (快一个礼拜了)
is no day: both are asked again.
"""

from __future__ import annotations

import re
from datetime import timedelta

from campaign.patterns import compiled
from dialogs.entities.dates import dates
from dialogs.language.numerals import whole_number
from dialogs.slots.answer import Answer, Finding

_ARRIVED_JUST_NOW = 0.8
_STILL_AWAY_SURE = 0.9
"""下礼拜三才回: there is no day yet."""
_PERIOD_ALONE = 0.8
_PERIOD_AMONG_OTHERS = 0.5
"""Confidence of 有十天了 beside other words, which may be how long somebody stayed."""

_JUST_NOW = compiled(
    "[刚才]+(?:从.{0,6})?(?:进|下的?(?:火车|飞机|高铁|车)|到家|到的家|到北京|落地|进家|到屋|拢屋|落屋)"
    "|[刚才将]+(?:回来?|到|转来)(?:(?:的|了)?(?:$|,|[呢吧啊呀哈])|[^,]{0,2}一?会儿?)"
    "|[刚才]+(?:放|撂|搁|卸)下(?:行李|箱子|包)|(?:小时|钟头|分钟|刻钟)(?:以|之)?前[刚才就]*(?:回|到|进|下|拢|落)"
    "|(?:回|到|进)[家屋门来京的了]*,?(?:都|还|也就|就|也|才|已经|有|得)*(?:没|不到|没到|不足|不上)?(?:有)?"
    "(?:[一二两俩三仨四五六几半]个?(?:多|来|半)?(?:钟头|小时)|(?:[一二两三四五六七八九十几]+|半)(?:来)?(?:分钟|刻钟))"
)
"""刚下火车, 刚回来, 到家没俩钟头."""
_FROM_TODAY = compiled(
    "(?:就|那就|从现在|打今儿|大概)?往[前回后](?:倒|数|推|减|退|算)回?去?(?P<n>[一二两俩三四五六七八九十]{1,3})天(?:那天|就是)?[吧呢啊呀哈]?"
)
"""往回倒十三天那天."""
_STILL_AWAY = compiled(
    "(?:大?后天|明[天儿日]|今[晚夜]|下个?(?:周|星期|礼拜|月)|过[几两]天|月底|年后).{0,4}(?:[才再就能]|回|回[来去京北]|回$)"
)
_PERIOD = "(?P<n>[一二两俩三仨四五六七八九十]+|半拉?)个?(?P<unit>天|周|星期|礼拜|月)"
_NIGHTS_SINCE = compiled(
    r"(?:回来|到家|回家|回京|到北京)(?:以后|之后|后)?(?:我?在家|都|已经|也)*(?:睡|住|过)了?(?P<n>[一二两俩三仨四五六七八九十]+)个?(?:宿|晚上?|夜)(?=了)"
)
"""回来以后睡了四宿了."""
_AMONG_OTHERS = compiled(
    rf"(?<![住待去走玩呆歇])(?<![住待去走玩呆歇]了)(?:^|[有都快整,]|得有){_PERIOD}了?(?:吧|$|[,了整])"
)
_HESITATES = "(?:[嗯啊哦噢呃唉哎呀得,]|那个|这个|让?我?[算想数][一了]?[算想数]?|掐指一算|您算[去吧]?)*"
_ALONE = compiled(
    rf"{_HESITATES}(?:这|那|我|回来|回家|到家|到现在|至今|[都也得有]|已经|过去了?|(?P<exact>整整?|正好|刚好|刚刚好|刚?满|足足|恰好)|"
    rf"掐指一算|一算|,)*{_PERIOD}(?:[零又](?P<more>[一二两三四五六])天)?(?:(?P<ended>了|整|正好|刚好)|(?(exact)|(?!)))(?:[了啦喽呢啊呀咯嘞哩的]|正好|刚好|整)*(?:$|,(?P<rest>.*))"
)
_STAYED = compiled("[住待玩呆][了过]|去了|一共|总共")
_OF_SOMETHING_ELSE = compiled(
    "[住待玩呆歇]|[去走](?![年路])|出门|出差|一共|总共|[疼痛烧咳嗽病躺]|难受|隔离|不到|不止|没到|(?<!不)[差多]|也许|可能|大概|左右|上下"
    "|记不|不知|不清|没准|要不|或者|还是"
)
"""Beside a period: it may be of something else, or no more than a guess."""


def counted_or_just_now(text: str, answer: Answer) -> Finding | None:
    """The day of a return whose answer names no day, where that was asked for."""
    if _STILL_AWAY.search(text):
        return Finding(None, _STILL_AWAY_SURE)
    if (arrived := just_now(text, answer)) is not None:
        return arrived
    nights = _NIGHTS_SINCE.search(text)
    if nights is not None:
        return Finding(_ago(answer, whole_number(nights["n"]) or 0), _PERIOD_ALONE)
    back = _FROM_TODAY.fullmatch(text.strip("。.,!"))
    if back is not None:
        return Finding(_ago(answer, whole_number(back["n"]) or 0), _PERIOD_ALONE)
    alone = _ALONE.fullmatch(text.strip("。.,!"))
    if alone and not _OF_SOMETHING_ELSE.search(alone["rest"] or ""):
        return _days_back(alone, answer, _PERIOD_ALONE)
    counted = _AMONG_OTHERS.search(text)
    if counted is None or _STAYED.search(text):
        return None
    return _days_back(counted, answer, _PERIOD_AMONG_OTHERS)


def returned_ago(text: str, answer: Answer) -> Finding | None:
    """回来有五天了, told where something else was asked for."""
    counted = _RETURNED_AGO.search(text)
    return _days_back(counted, answer, _PERIOD_ALONE) if counted is not None else None


_RETURNED_AGO = compiled(
    f"(?<![没不要等])(?:回来|到家|回家|回京|回北京)(?:都|有|已经|也|到现在|得有){{0,3}}{_PERIOD}了(?=[,;。吧啊呀呢]|$)"
)


def just_now(text: str, answer: Answer) -> Finding | None:
    """刚下火车: today."""
    return Finding(answer.today.isoformat(), _ARRIVED_JUST_NOW) if _JUST_NOW.search(text) else None


def _ago(answer: Answer, days: int) -> str:
    return (answer.today - timedelta(days=days)).isoformat()


def _days_back(period: re.Match[str], answer: Answer, confidence: float) -> Finding | None:
    number, unit, more = period["n"], period["unit"], period.groupdict().get("more")
    also = f"零{more}天" if more else ""
    ago = (next(dates(f"{number}{link}{unit}{also}前", answer.today), None) for link in ("个", ""))
    found = next(filter(None, ago), None)
    if found is None or found.confidence < 1.0:  # 四五天
        return Finding(found.day.isoformat(), min(found.confidence, confidence)) if found else None
    return Finding(found.day.isoformat(), confidence)
