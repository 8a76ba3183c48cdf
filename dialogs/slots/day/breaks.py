"""Where the clauses of an answer about a day end, which recognisers write without punctuation. Pure.

Laws:

- Numbers that run together (十十号, 十五十六) are two days: the same one, or else those nearest to each
  other; but 十五六号 is a guess.
- What takes a day back (呸, 记错了, 更正, 嗯不是) and a 不 right before a day stand between two clauses; a
  bare 不是 stays as it is, for 上礼拜一不是这礼拜一 may be meant either way.
- A day somebody came back on at last (周六才回来) begins a statement, unless its subject stands before it.
- What somebody says about his own words (我记错了, 我睡糊涂了, 你掰手指头算) is a clause.
- No clause ends between the words for a plan, a departure or a subject and their day: 说好,前天回.
"""

from __future__ import annotations

import re

from campaign.patterns import any_of, compiled
from dialogs.language.grammar import KIN
from dialogs.language.numerals import whole_number

_NUMERALS = "一幺二两三四五六七八九十廿卅"
_N = f"[{_NUMERALS}]{{1,3}}"
_WEEK = "(?:周|星期|礼拜)"
_DAY = (
    rf"(?:大{{0,2}}前[天儿]个?|[昨今][天儿]个?|(?:上{{1,2}}|这|本)?一?个?{_WEEK}[一二三四五六日天]|(?:{_N}月)?{_N}[号日]"
    r"|(?:[二三]?十|廿|卅)[一二三四五六七八九](?=$|[,;到回就才]|那天)|[二三]?十(?=$|[,;]))"
)
_KIN = any_of(kin for kin in KIN if len(kin) > 1)
_SOMEBODY = rf"(?:{_KIN}|我?[爸妈爹娘哥姐弟妹]|[他她我咱俺]们?|人家|公司|单位|领导|老板|同事)"

# --- numbers --------------------------------------------------------------------------------------------

_RUN = compiled(rf"[{_NUMERALS}]{{2,}}(?=$|[号日月,;]|那[天晚]|[我回到才就])")
_HIGHEST_DAY, _HIGHEST_MONTH = 31, 12
_TWO_CHARACTERS = 10
_SPELT_DATE = 4
"""Characters of a month and day told by their digits: 一一一七."""


def _parted(match: re.Match[str]) -> str:
    """十十号 as 十,十号; 一一一七十一月十七 as 一一一七,十一月十七."""
    run, text = match[0], match.string
    number = _number(run)
    if number is not None and (number <= _HIGHEST_DAY or "十" in run or len(run) < _SPELT_DATE):
        return run
    is_month = text.startswith("月", match.end())
    named = _DAY_AFTER.match(text, match.end()) if is_month else None
    parts = [(run[:end], run[end:]) for end in range(1, len(run))]
    likely = [
        (distance, first, last)
        for first, last in parts
        if (distance := _distance(first, last, named["d"] if named else "")) is not None
    ]
    if not likely or (is_month and named is None):
        return run
    _, first, last = min(likely)
    return f"{first},{last}"


_DAY_AFTER = compiled(f"月(?P<d>{_N})")


def _distance(first: str, last: str, day: str) -> int | None:
    """How many days two numbers that were said in a row are apart; None where they are no two days.

    Args:
        first: What was said first.
        last: What was said then, a month if ``day`` is given.
        day: The day of that month.
    """
    if day:
        month, number = _number(last), _number(day)
        if month is None or number is None or month > _HIGHEST_MONTH:
            return None
        digits = whole_number(first.replace("幺", "一"))
        return 0 if digits in (number, month * 100 + number) else None
    one, other = _number(first), _number(last)
    if one is None or other is None or max(one, other) > _HIGHEST_DAY:
        return None
    if one != other and min(one, other) < _TWO_CHARACTERS:
        return None
    return abs(one - other)


def _number(words: str) -> int | None:
    """A day or month, also told by its digits: 幺六."""
    value = whole_number(words.replace("廿", "二十").replace("卅", "三十").replace("幺", "一"))
    return value if value else None


# --- clauses --------------------------------------------------------------------------------------------

_SIGH = "(?:哎[呀哟呦]?|唉[呀哟]?|[嗯呃嗐嗨咦啊哦噢喔嘶])"
_LAMENT = "(?:哎[呀哟呦]?|唉[呀哟]?|[嗐嗨咦])"
"""No particle of the day before it, as 啊 may be."""
_WRONG = "(?:[说讲记看念搞弄报数算](?:错|岔|反|混|串|差|拧)了?|错了?)"
_CORRECTS = compiled(
    rf"(?P<one>{_DAY}|昨|前)(?P<end>[吧了呢呀]?),?"
    rf"(?P<by>(?:{_SIGH},?)?(?:呸|不对|更正|纠正|改口|重说|口误|嘴瓢了?|我?[给又]?{_WRONG})|{_SIGH},?不是|(?:{_SIGH},?)?不(?!是)|{_LAMENT})"
    rf"(?P<it>,?应?该?是|),?(?={_DAY}(?![吗嘛么]))"
)
"""九号嗯不是十号到的, 周二不周三, 十二号啊记错十四号."""
_MAY_CORRECT = compiled("[不呸错正改误瓢记弄搞哎唉嗐嗨咦]|重说")

_OF_ONES_WORDS = compiled(
    rf"(?<=[^,;])(?<!说)(?=我(?:给|又|都|是|这)*(?:{_WRONG}|(?:睡|老|热|累|忙)?(?:糊涂|迷糊|懵)))"
    r"|(?<=[天月周拜期])(?=[你您我][^,;]{0,2}掰[^,;]{0,2}指)"
    r"|(?<=[天月周拜期了号日])(?=[你您](?:自己|自个)?(?:算|数|掐)(?:算|数|指|一下|吧|呗))"
)
"""昨天我睡糊涂了; 整三天你掰手指头算; 四天了您算算."""
_EXACTLY = compiled(rf"(?:(?<=[{_NUMERALS}]天)|(?<=[拜期周]))(?=一天[也都]?不[多少差])")
"""两个礼拜一天不多."""
_COMES_BACK = compiled(
    rf"(?<![{_NUMERALS}月])(?={_DAY}(?:我?[们]?[才就都又]{{1,2}}(?:[^,;]{{0,4}}?(?:[回到返进]|上来)|赶?[回到])|[^,;]{{0,2}}(?:到|回)的))"
)
_TOLD = compiled("[没不又了]|[撵催赶喊接]我?[上了]?")
"""In what stands before a day: it tells something by itself."""
_LEADS = compiled(
    rf"(?<!接上)(?<!接了)(?<!接上我)(?<!接了我){_SOMEBODY}[也都又就才]*$|(?<![都也])[没未不]过$|(?<!不)算$|(?:[是在到等拖成赶改也都就才和跟定该记写填]|大概|好像|应该|可能|那天|时候|今年|记得)$"
)
_DRIVEN = compiled("[撵催赶喊叫留接]我$")
_IF = compiled("要不是|要是|早知|如果")
_BACK_IT_IS = compiled(rf"(?:回来|到家|返京|回京)的?(?:那天|时候)?是{_DAY}(?=[去走])")
"""回来是礼拜一去嘛上上周."""
_LEFT = compiled(
    rf"(?:(?<=上月)|(?<=个月)|(?<=上周)|(?<=月初)|(?<=月底))[走去]的|(?<=[号日])(?=[走去]的(?:时候|那天)是?{_DAY})"
)
"""上月走的本月十号回来; 十七号去的时候是三号."""
_ON_THE_WAY = compiled(f"(?<=[车路速道船]上)(?=上?{_WEEK}[一二三四五六日天])")
"""我还在车上周二到的: the 上 is that of 车上."""
_IT_IS = compiled(f"(?<=[^忘]了)(?=是{_DAY}(?:$|[,;]))")
"""我都上早市了是前儿."""
_NOT_BUT = compiled(f"(?<=不是){_N}[号日]?(?=是(?:{_N}|[昨前今上这大]))")
"""不是十二是十三."""
_INSTEAD = compiled(
    # 回来有四天了不五天了
    rf"{_N}天了?,?不对?,?(?:是|该|得)?(?={_N}天)"
    # 十号四号我说的是十四号
    rf"|(?<![说是一二三四五六七八九十])(?:(?:{_DAY}|[一二三四五六七八九十]++)[吗啊吧?,]*+)+我(?:刚才?)?[说讲]的是(?={_DAY})"
)
"""A day or number of days that is taken back, with what takes it back."""
_SIGH_BETWEEN = compiled(rf"(?P<one>{_DAY}|[^,;]{{2}})(?P<sigh>[啊哦噢喔]),?(?={_DAY}(?:$|,|[打从回到才]))")
"""十号啊十一号; 翻翻票哦,十九号."""
_STATEMENTS = compiled(
    # 我是礼拜五要上班; 我是十三号到屋我老倌子十五号才到你问我就写十三号
    rf"(?<=我是){_DAY}(?=[要得](?:上班|上学|开学|开会|值班|开工|返校|复工))"
    rf"|[号日天]到[家屋京](?=我?(?:{_KIN}))|才[回到]来?(?=你问)"
    # 十二号去的第二天就回来了; 十九号开到家二十号了
    rf"|[号日天月周拜期一二三四五六][走去开出动](?:的|身的?|发的?|车的?)?(?=(?:第二天|转天|次日|当天|到[家京]{_DAY}|{_DAY}[才就]?[回到]))"
    # 回来是十号要说去那是月初
    r"|[号日天](?=(?:要说|要问|至于)[走去])"
    # 十一月十八零七三零到站
    rf"|月(?:[二三]?十)?[一二三四五六七八九](?=零[{_NUMERALS}][零{_NUMERALS}])"
)
_NOT_LAST = compiled("(?P<this>[这本上])个?月不是(?!(?P=this))[这本上]个?月")
"""这个月不是上个月一号."""
_EVENT_AGAIN = compiled(
    "(?P<event>[^,;?的是我你您他她]{2,4}),?(?P<day>第二天|转天|次日|头一天|前一天),?(?P<whose>[他她它我]?)(?P=event),?"
)
"""闺女生日第二天她生日是十七号."""

_JOINED = compiled(
    rf"(?<=到的),(?=那[边儿里])|(?:(?<=说好)|(?<=本想)|(?<=原定)|(?<=打算)|(?<=计划)|(?<=订的)|(?<=定的)|(?<=本来)|(?<=[走去]的那天)),(?={_DAY})"
    r"|(?<=[一二三四五六日天号末]),(?=我还在|天亮|天没亮|天不亮)|(?<=今[日天儿]),(?=体温)"
    rf"|(?<=[两仨三]个),(?=一那天)|(?<=[{_NUMERALS}]),(?=那天[^,;])"
    r"|(?<=[一二两三四五六七八]个),(?=(?:礼拜|星期)一天[也都]?不)"
)
_LED_UP_TO = compiled(
    rf"(?P<words>(?:^|[,;])(?:我?(?:{_KIN}|[爸妈爹娘哥姐弟妹])|要不是[^,;]{{1,8}})),(?={_DAY}[^,;])"
)
"""我爸,十二号没的; 要不是封路,十号就回了."""
_MAY_NAME_DAY = compiled("[天儿日号周期拜月十]")


def with_breaks(text: str) -> str:
    """The text with its clause breaks where those laws put them; one that needs none stays as it is."""
    if _MAY_NAME_DAY.search(text) is None:
        return text
    if "," in text:
        text = _LED_UP_TO.sub(r"\g<words>", _JOINED.sub("", text))
    text = _RUN.sub(_parted, text)
    if _MAY_CORRECT.search(text) is not None:
        text = _CORRECTS.sub(_correction, text)
    for begins in (_OF_ONES_WORDS, _EXACTLY, _ON_THE_WAY, _IT_IS):
        text = begins.sub(",", text)
    if "天不" in text or "了不" in text or "的是" in text:
        text = _INSTEAD.sub("", text)
    text = _SIGH_BETWEEN.sub(r"\g<one>,\g<sigh>,", text)
    for ends in (_LEFT, _NOT_LAST, _NOT_BUT, _BACK_IT_IS, _STATEMENTS):
        text = ends.sub(r"\g<0>,", text)
    text = _EVENT_AGAIN.sub(r"\g<event>\g<day>,\g<whose>\g<event>", text)
    return _with_statements(text)


def _correction(match: re.Match[str]) -> str:
    return f"{match['one']}{match['end']},{match['by'].replace(',', '')},{(match['it'] or '').strip(',')}"


def _with_statements(text: str) -> str:
    """活没干完周六才回来 as 活没干完,周六才回来."""
    for match in reversed(list(_COMES_BACK.finditer(text))):
        before = re.split("[,;?]", text[: match.start()])[-1]
        is_told = len(before) >= _SHORTEST and _TOLD.search(before) and not _IF.search(before)
        if is_told and (_DRIVEN.search(before) or not _LEADS.search(before)):
            text = f"{text[: match.start()]},{text[match.start() :]}"
    return text


_SHORTEST = 3
"""Characters of a statement."""
