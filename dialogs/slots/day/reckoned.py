"""A day of return that is reckoned aloud from another day: 他十九号回的，我比他早一天. Pure.

Laws:

- From the return of another, or a date by which it was early or late (比他早一天, 晚他一天, 提早三天), where
  no other day is named, or the day itself is named besides.
- From a departure and the nights after it (十五号去的，住了两宿就回了); 待了三天 may count the first day
  or not, so it tells nothing.
- From an event whose day is told in another clause: 养老金十五号发，发完养老金第二天回的.
- From a day to come: 到明天就满十天.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from campaign.patterns import any_of, compiled
from dialogs.entities.dates import DAYS_OF, DateMention
from dialogs.language.grammar import KIN
from dialogs.language.numerals import whole_number
from dialogs.slots.answer import DOUBTFUL, Finding

_RECKONED = 0.9
_BY_ANOTHER = 0.8
"""Confidence of a day that was not named itself."""
_N = "[几一二两俩三仨四五六七八九十]{1,3}"
_KIN = any_of(kin for kin in KIN if len(kin) > 1)
_WHOM = f"(?:[他她它]们?|人家|我?(?:{_KIN}|爸|妈|哥|姐|弟|妹)|孩子|大家|大部队)"

_MAY_RECKON = compiled("[往倒减早晚迟提前推再]")
_BACK = compiled(
    rf"(?:往[前回后]|倒着|再)(?:倒|数|推|减|退|算|回)?(?:回|去|掉)?(?P<back>{_N})天"
    rf"|减去?掉?(?P<less>{_N})(?:天|,)"
)
"""今天二十二，往前倒三天."""
_BESIDE = compiled(
    rf"我?(?:[也还又就都]|得|要)*比{_WHOM}[^,]{{0,2}}(?P<side>[早晚迟])[到回来了走个]*(?P<n>{_N})天"
    rf"|我?(?:[也还又就都])*(?:(?P<early>早)|(?P<late>[晚迟])){_WHOM}(?P<by>{_N})天"
    rf"|(?:(?P<ahead>提早|提前)|(?P<behind>推迟|推后|延后))了?(?P<shift>{_N})天(?=[就才又]?(?:到|回|返))"
)
"""我比他晚两天; 晚他一天; 提早三天到的家."""
_IT_IS_ALL = compiled("(?:那一?天)?(?:就是|[吧呢啊呀哈嘛噻哦了的]|回来?的?|到家?的?)*")

_NIGHTS = compiled(rf"(?P<n>{_N})个?(?:宿|晚上|晚|夜)(?!饭|班)")
_WENT = compiled("[^,]{0,4}(?:去(?!医院|上班)|走|出发|动身|出的?门)")
_WENT_BACK = compiled("[就才便完,](?:[^,不没]{0,4})(?:往回|返|回(?!老家|娘家|东北))")

_AFTER_EVENT = compiled(
    "(?P<event>[^,;?是的我您你他她]{2,5})的?(?:过后|以后|之后|那天的?)?"
    "(?P<day>第二天|转天|次日|隔天|转过天|第三天|当天|那天|头一天|头天|前一天)"
)
_BESIDE_EVENT = {"第三天": 2, "当天": 0, "那天": 0, "头一天": -1, "头天": -1, "前一天": -1}
"""Days after an event; 第二天 and its like are one."""
_NO_EVENT = compiled("[回到去走一二三四五六七八九十]")
_VERBS_OF_EVENTS = compiled("[完了过发领办做打]")

_UNIT = "(?P<unit>天|周|星期|礼拜|月)"
_WILL_BE = compiled(
    rf"(?:(?P<day>明|后)[天儿日]个?|再过(?P<more>{_N})天)(?:[我才就也都又该,]|回来|到家|正好|刚好)*"
    rf"(?:满|整|够|凑够|是|有)(?P<n>{_N}|半)个?{_UNIT}(?![^,]{{0,2}}[才再]回)"
)
"""到明天就满十天; 再过两天，到家就满两周."""


def will_be(text: str, today: date) -> Finding | None:
    """The day since which so much time will have gone by on a day to come."""
    told = _WILL_BE.search(text) if "满" in text or "够" in text or "整" in text else None
    if told is None:
        return None
    ahead = {"明": 1, "后": 2}.get(told["day"] or "") or whole_number(told["more"] or "")
    number = 0.5 if told["n"] == "半" else whole_number(told["n"])
    if ahead is None or number is None:
        return None
    days = int(number * DAYS_OF[told["unit"]]) - ahead
    return Finding((today - timedelta(days=days)).isoformat(), _BY_ANOTHER) if days >= 0 else None


def reckoned(text: str, named: Sequence[DateMention]) -> Finding | None:
    """The day that is reckoned from those that are named, if any is."""
    if _MAY_RECKON.search(text) is not None:
        found = _reckoned_back(text, named) or _beside_another(text, named)
        if found is not None:
            return found
    return _after_nights(text, named) or _after_event(text, named)


def _reckoned_back(text: str, named: Sequence[DateMention]) -> Finding | None:
    """今天二十二，往前倒三天，十九."""
    told = _BACK.search(text)
    bases = [one for one in named if told and one.end <= told.start()]
    if told is None or not bases:
        return None
    number = whole_number(told["back"] or told["less"])
    day = bases[-1].day - timedelta(days=number or 0)
    is_named = any(one.day == day and one.start >= told.end() for one in named)
    is_all = told["back"] and _IT_IS_ALL.fullmatch(text, told.end())
    is_direct = is_all and text[bases[-1].end : told.start()] in ("", ",", "再")
    return Finding(day.isoformat(), _RECKONED if number and (is_named or is_direct) else DOUBTFUL)


def _beside_another(text: str, named: Sequence[DateMention]) -> Finding | None:
    """他昨天到的，我比他早一天; 比他晚一天，他是十四号到的."""
    told = _BESIDE.search(text)
    if told is None or not named:
        return None
    number = whole_number(told["n"] or told["by"] or told["shift"]) or 0
    is_later = told["side"] in ("晚", "迟") or bool(told["late"] or told["behind"])
    before = [one for one in named if one.end <= told.start()]
    base = before[-1] if before else named[0]
    day = base.day + timedelta(days=number if is_later else -number)
    days = {one.day for one in named}
    if before and not told[0].startswith("我") and _SAYS_HIS_OWN.search(text[: told.start()]):
        return None
    if day in days - {base.day}:
        return Finding(day.isoformat(), _RECKONED)
    if any(one.start >= told.end() for one in named) and before:
        return None  # 他十八号，我比他晚，二十一号: read by the words around it
    if not number or len(days) > 1:
        return Finding(day.isoformat(), DOUBTFUL)
    return Finding(day.isoformat(), min(base.confidence, _BY_ANOTHER))


_SAYS_HIS_OWN = compiled(f"(?:^|,)(?!.{{0,3}}{_WHOM})[^,她他]{{1,9}},$")
"""二十号，比我媳妇早一天: the day is that of whoever speaks."""


def _after_nights(text: str, named: Sequence[DateMention]) -> Finding | None:
    """十五号去的，住了两宿就回了."""
    if len(named) != 1 or _WENT.match(text, named[0].end) is None:
        return None
    nights = _NIGHTS.search(text, named[0].end)
    if nights is None or _WENT_BACK.search(text, nights.end()) is None:
        return None
    number = whole_number(nights["n"])
    if number is None:
        return None
    return Finding((named[0].day + timedelta(days=number)).isoformat(), _BY_ANOTHER)


def _after_event(text: str, named: Sequence[DateMention]) -> Finding | None:
    """养老金十五号发，发完养老金第二天回的; 我闺女生日第二天，她生日是十七号."""
    if len({one.day for one in named if not _is_beside_word(text, one)}) != 1:
        return None
    base = next(one for one in named if not _is_beside_word(text, one))
    for told in _AFTER_EVENT.finditer(text):
        event = _VERBS_OF_EVENTS.sub("", told["event"])
        clause = _clause_at(text, base.start)
        is_apart = told.end() <= clause[0] or told.start() >= clause[1]
        if is_apart and len(event) > 1 and event[-2:] in text[slice(*clause)] and not _NO_EVENT.search(event):
            days = _BESIDE_EVENT.get(told["day"], 1)
            return Finding((base.day + timedelta(days=days)).isoformat(), _BY_ANOTHER)
    return None


def _is_beside_word(text: str, mention: DateMention) -> bool:
    """第二天, which is no day by itself."""
    return text[mention.start : mention.end] in _BESIDE_WORDS


_BESIDE_WORDS = ("第二天", "转天", "次日", "隔天", "转过天", *_BESIDE_EVENT)


def _clause_at(text: str, position: int) -> tuple[int, int]:
    start = max(text.rfind(mark, 0, position) for mark in ",;?!") + 1
    ends = (at for mark in ",;?!" if (at := text.find(mark, position)) >= 0)
    return start, min(ends, default=len(text))
