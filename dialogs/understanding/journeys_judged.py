"""Whether what networks alone believe of journeys has a word to stand on. Pure.

They were taught answers, and to them whatever is said answers: 下雪了 was a journey, 写作业去 was none. Of
7,000 answers about journeys that the rules find nothing in and the networks judge rightly, eight have six
characters or fewer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from campaign.patterns import compiled
from dialogs.script import Script, Slot, SlotType
from dialogs.slots import Finding
from dialogs.slots.journeys.near_home import is_only_near_home
from dialogs.slots.journeys.not_made import speaks_of_none_made
from dialogs.slots.journeys.stayed_behind import others_went_alone
from dialogs.understanding.context import Reading

_BRIEF = 6
"""Characters up to which the rules know every way to tell of a journey, or of none."""
_SHORT = 10
"""Characters up to which an all-clear denies what was asked, or names where somebody stayed."""
_DENYING = frozenset("没不无未别非甭莫哪谁啥")
_BREAKS = compiled("[,;?!。，；？！、…]")
_GONE = compiled("[去回出走跑离飞趟返差旅游程]|外(?:地|省|头|市)|省的|邻省")
_OPENS_WITH_NO = compiled("[嗯啊呃哎,]*[没不未无]")
_NEAR_HOME = compiled(
    "[楼院宅屋]|北京|京里|街道|家里|阳台|隔离|留守|小区|胡同|食堂|宿舍|卖部|[^,;?]点一线|单位|上班|在家|天天|医院|月子|学校|市场|超市|公园|社区|路口|村口|城里"
    "|(?:朝阳|海淀|丰台|石景山|门头沟|房山|通州|顺义|昌平|大兴|怀柔|平谷|密云|延庆|[东西]城|亦庄|[二三四五六]环)"
)
_EVERY_DAY = compiled("天天|每天|一直|成天|整天|在(?:家|京|北京)(?!家)|宅|居家|卧床|轮椅|瘫|没假")
_LONG_AGO = compiled(
    "[去前]年|上个月|个月[之以]?前|[五十]一|国庆|中秋|端午|清明|春节|过年|[春夏秋]天|[暑寒]假|年[初前]|[一二三四五六七八九十]月"
)
_TOLD_OTHERWISE = compiled(f"{_LONG_AGO.pattern}|以前了?$|^(?:从|从来|向来)?没有?过?$")
_TRIP = compiled(
    "(?:[嗯有是对我俺也倒就都才刚人还]|确实|昨[天晚儿]|前[天些]|上[周月])*"
    "(?:回(?:[了过]一?[趟次回]?(?:老?家)?|过?一[趟次]家|来|来没几天|去办了?点?事)|[出跑](?:[了过]一?趟?)?远门|在外(?:地|省)|当天(?:去|走)?,?就?(?:当天)?(?:来?回|返回|回来))"
    "[了的过呢啊呀]*"
)
"""Brief answers that tell of a journey: 回了一趟, 才回来, 出远门了, 当天去当天回."""


def is_baseless(slot: Slot, value: bool, text: str, matters: Collection[str]) -> bool:
    """Whether an answer in which the rules find nothing is too short to be judged, or holds no word of going
    away, or of staying.

    Args:
        slot: What was asked.
        value: What the networks believe.
        text: The answer.
        matters: Characters and words of what was asked (``all_clear.matters_to``).
    """
    if not slot.is_journey:
        return False
    if not value and _TOLD_OTHERWISE.search(text):
        return False
    length = len(_BREAKS.sub("", text))
    if length <= _BRIEF:
        return _TRIP.fullmatch(text) is None if value else _EVERY_DAY.search(text) is None
    if value:
        return _GONE.search(text) is None
    if length > _SHORT or _OPENS_WITH_NO.match(text) or _NEAR_HOME.search(text):
        return False
    return _DENYING.isdisjoint(text) or not any(each in text for each in matters)


def is_only_spoken_of(slot: Slot, text: str, homes: Collection[str]) -> bool:
    """Whether journeys are asked for, and none is told that was made (本来想去外地), or only by others, or no
    farther than home (去了天安门)."""
    if not slot.is_journey:
        return False
    return speaks_of_none_made(text) or others_went_alone(text) or is_only_near_home(text, homes)


def within_the_days(reading: Reading, text: str, script: Script, today: date) -> Reading:
    """The reading without a journey from which somebody was back before the days that are asked about:
    前些日子去了趟天津，三号就回来了 of the thirtieth."""
    if old := _OLD_AFFAIR.search(text):
        reading = _without_what_is_old(reading, old["month"], script, today)
    for name, finding in reading.findings.items():
        whole = script.slots.get(script.journey_of(name)) if finding.value else None
        if script.slots[name].type is not SlotType.DATE or whole is None or whole.within_days is None:
            continue
        first = today - timedelta(days=whole.within_days)
        is_before = date.fromisoformat(str(finding.value)) < first
        told = reading.findings.get(whole.name)
        if is_before and told is not None and told.value is True and not _NEWER.search(text):
            kept = {n: f for n, f in reading.findings.items() if script.journey_of(n) != whole.name}
            return replace(
                reading, findings={**kept, whole.name: Finding(False, finding.confidence, is_told=True)}
            )
    return reading


_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_OLD_AFFAIR = compiled(
    "那(?:都|还|可)?(?:是)?(?P<month>十[一二]|[一二三四五六七八九十])月份?(?:里)?的?(?:事情?|时候)[了啊嘛呀]*$"
)
"""那都九月份的事儿了."""


def _without_what_is_old(reading: Reading, month: str, script: Script, today: date) -> Reading:
    """The reading without journeys of a month that is over: 前些日子去了趟承德，那都九月份的事儿了."""
    asked = [slot for slot in script.slots.values() if slot.is_journey and slot.within_days is not None]
    old = [
        slot.name for slot in asked if _is_over(month, today - timedelta(days=slot.within_days or 0), today)
    ]
    told = {script.journey_of(name) for name in reading.findings} & {*old}
    kept = {n: f for n, f in reading.findings.items() if script.journey_of(n) not in told}
    return replace(reading, findings={**kept, **{name: Finding(False, 1.0, is_told=True) for name in told}})


def _is_over(month: str, first: date, today: date) -> bool:
    """Whether none of the days from ``first`` on is in a month."""
    number = _MONTHS.index(month) + 1
    return number not in (first.month, today.month)


_NEWER = compiled(
    "在[^,;?没不北京家]{2,4}(?:嘛|呢|待|呆|住|$)|(?:还|才|再)没?回(?!来的|来了|京)|又[去回走飞]|后来|再就是|再一[个趟]|昨|前[天儿]|上(?:个?(?:周|星期|礼拜))|今"
)
