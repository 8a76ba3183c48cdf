"""A day relative to today: 前天, 上周三, 二十三号回来的.

Every day in the answer gets a role from the words around it in its clause: 十号去的，十四号回来的 tells when
somebody left and when he came back. The day that is said to be that of the return counts before the first
that is said alone; days that are denied, planned, other people's or those of something else count only where
no other was said, and less clearly. What was said before a 哦 or 哎不 counts no more. What the recogniser
wrote is read before what the repair by sound made of it, lest 生日 become 三日.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from campaign.patterns import any_of, compiled
from dialogs.entities.dates import DateMention, dates
from dialogs.language.grammar import CORRECTION, KIN
from dialogs.language.words import CLAUSE_BREAKS
from dialogs.slots.answer import DOUBTFUL, Answer, Finding
from dialogs.slots.day.breaks import with_breaks
from dialogs.slots.day.counted import counted_or_just_now, just_now, returned_ago
from dialogs.slots.day.put_right import put_right
from dialogs.slots.day.reckoned import reckoned, will_be
from dialogs.slots.day.still_away import is_still_away
from dialogs.slots.negation import corrected

_OLDEST_DAYS = 120
"""Days that lie further back are taken for a mistake where a return was asked for."""
_RETURN_ASKED = "回"
_PERIOD = 0.7
"""Confidence of the last day of 上周三到周五, and of a return among other days."""
_VAGUE = 0.5
"""Confidence of 周末, which gives way to a day that is named, and says nothing in passing."""


class _Role(IntEnum):
    """What a day is to the return, from what surely is it to what surely is not."""

    RETURN_AT_LAST = 0
    """改签到十七号."""
    RETURN = 1
    STATED = 2
    ELSE = 3
    """Something else happened, or somebody else came back."""
    NOT = 4
    """Denied, planned, or the departure."""


@dataclass(frozen=True)
class _Said:
    mention: DateMention
    before: str
    """In the clause."""
    after: str
    """In the clause."""
    around: str
    """The clauses before and after."""
    previous: str = ""
    """The clause before."""
    is_today_itself: bool = False
    is_day_after: bool = False
    """立冬第二天, which explains the day that was named before it."""


# --- roles ----------------------------------------------------------------------------------------------

_MANY_KIN = any_of(kin for kin in KIN if len(kin) > 1)
_SOMEBODY = (
    f"{_MANY_KIN}|我[爸妈爹娘哥姐弟妹姨姑舅叔](?!家)|(?<!其)[他她]们?|"
    "人家|别人|其他人|[去玩来]的人|邻居|同事|同屋|室友|老乡|领导|公司|单位"
)
_OTHERS = compiled(rf"(?<![跟和陪同带与])(?<![跟和陪同带与]我)(?:{_SOMEBODY})(?!们?[都就]?[说讲记]|.*我)")
_OTHERS_AFTER = compiled(rf"^是我?(?:{_SOMEBODY})")
_DENIED = compiled(
    r"(?:[不弗勿]是|并?非|哪[里儿能]?是|没到|不到|没等到|没赶上|没过|怎么[会能可]+是|谁说(?:我|是|都)*|除了|以为是?|不算|差一?点儿?"
    r"|(?:[别甭莫]|[你您](?!就|给)[^,]{0,2})(?:给我)?(?:记|写|听|当|说|填|弄|看|算)(?:成|作|做|混|错)?了?)[就在]?[到是]?$"
)
_OTHERS_PREVIOUS = compiled(rf"(?:{_SOMEBODY})[爸妈爷奶儿]?(?:先|晚|早|后)[^我]*$")
"""孩子他爸先回，十五号."""
_DENIED_AFTER = compiled(
    r"^(?:就|本来|原)*(?:想|打算|准备|计划)着?[回返走]|^说是?[要好]?[会]?[回到]|^[^,]{0,2}(?:没走成|没赶上|没敢|没飞成|没回|没到|没买着|不算|不行)|^[都已经正好就]*是?第[一二三四五六七八九十]+天"
    r"|^[都又]?是?(?:礼拜|星期|周|阴历|农历|阳历)?几(?:$|[号日月来])|^[就本]?该[回到]|^就错"
)
"""今儿是礼拜几来着 asks back."""
_PLANNED = compiled(
    r"(?:本来(?!忘|记)|原来|原定|原想|原先|原本|本该|本想|说好|(?<![她他伴女子妈爸婆公妻姐哥弟妹儿我该当])说是|打算|计划|准备|要不是|没赶上|(?<![铁肯一])定的?是?|^(?:车|飞机|火车)?该(?!是))(?!.*(?:结果|后来))"
)
_AT_FIRST = compiled("(?:原先|原来|原本|原定|原说|本来|本该)(?!.*(?:结果|后来|改))")
"""原先说拖到周六 tells what was planned."""
_GOING = compiled(
    r"^[^回到返,]{0,5}?(?:去(?!上班|医院|过)|走(?!得|高速|国道|京)|出发|动身|离开|出的门|出(?=$|的$))|^的?(?:飞机|火车|高铁|大巴|班车|轮渡|车|船|票|航班)?(?:都|也|给|全|又)?(?:晚点|取消|误点|延误|停[了运航开驶飞]|没票|卖光)"
)
_GOING_BEFORE = compiled(r"(?:去|走|出发|动身)(?:的?(?:时候|那天|日子)[是在]?|的?[是在]|的)$")
_AT_LAST = compiled(
    r"(?:结果|后来|改签|改成|改到|改(?=$|了)|(?:第[二三四]|最后一)[趟次]|拖到|延到|推到|晚到|提前到|实际|最后)(?:成|到|是|了|的)*[^,]{0,2}$"
    r"|^(?:那就|所以就?|也就)是?$|最近一?[次趟回]是?$"
    r"|(?<![不打能清])(?:就|得|该|应)?算(?:是|成|作|在|到)?$|(?<![不法])(?:准确|确切|严格|精确|正确|应该|应当)[地的点]?来?[说讲](?:起来)?,?(?:应该|其实)?是?$"
    r"|^[^别甭莫没不记写]{0,4}(?:写|记|填|登记)(?:成|作|上|个)?$"
)
"""改签到十七号; 算十八号吧; 准确说是周三."""
_ARRIVES = "拢的?(?:屋|家|北京)|落屋|归(?:来|京|家)|抵(?:京|家|达?北京)|转来|返来"
_RETURN = compiled(
    rf"^[^量测]{{0,14}}?(?:(?<![一二两三四五六七八九十几往])回(?!来(?:以|之)?后(?!就?再?[也都]?(?:一直)?[没不哪在])|去|老家|东北|娘家)|(?<!报)到(?!岗|的?那[边儿里])|返|落地|落的地|下的?(?:火车|飞机|高铁|车)|进的?(?:家)?门|[进入]的?北?京|{_ARRIVES})"
)
_RETURN_BEFORE = compiled(
    r"(?:回来|回京|回|到家|返京|到)的?(?:时候|那天|日子)?(?:是|就是|正好|在)$|(?:回|到|返)的时候$|(?:回来?|到家|返)(?:的(?:时候|那天)?|都|已经)+$|[才就]到,?(?:都|已经)+$|落地[都已经就是]*$"
)
_EVENT_BEFORE = compiled(r"(?:生日|疫苗|演出|考试|大集|婚礼|喜酒|产检)(?:那天)?就?是$")
_EVENT = compiled(
    r"^(?:那天|是|那天是)?[^,回到]{0,5}?(?:生日|考试|考|开学|开(?=$|始)|开幕|上的?班(?!机)|买票|必须|[有开]家长会|打过|发工资|上车|吃酒|还在|在外|在家|休息|睡)"
    r"|^还(?!没)|^[^,到]{0,8}?往回"
)
_BESIDE_THE_MATTER = compiled("因为[^,]{0,3}$|^(?:上|前)一?(?:回|趟|次)")
"""上个星期天，因为星期一要上学; 上回那趟是三号."""
_MEASURED = compiled(
    r"^[^回到]{0,6}?(?:量|测|体温|三十[五六七八九][度点,]|四十度|三十[六七八]$)|^(?:也是|也|还|都|有点|啥|没啥|没什么|挺好|没事)"
)
_UP_TO = compiled(r"(?:[到至离距]|直到|截[至止]|距离)$")
"""到今天十天了, 离今天才一天."""
_COUNTED_FROM = compiled(r"^(?:往前|起|算起|开始)")
_PERIOD_TO = compiled(r"(?:一直|待|住|玩|呆)?[到至]")
_BACK = compiled(rf"(?<![一二两三四五六七八九十几上这那])回(?!老家|东北|娘家)|返|到的?家|落地|{_ARRIVES}")
_SAME_DAY = compiled(
    r"[,;](?:当天|当晚|下午|傍晚|晚上|天?擦黑|天[没还]*黑|[午晚中]饭前|天黑前|后晌|晌午|中午|夜里)[就才又前都]*(?:回|到)|当天去,?当天[就都]?回|[去走]的?(?:当天|当晚|下午|晚上|夜里)[就又]*回"
    r"|当[天日]往返|[一当]天[的就]?(?:个)?来回|打了?个来回|[,;](?:放下|送完|办完|吃完|开完|拉完|卸完|看完|接上|送到)[^,;住]{0,5}就(?:往)?[回返]|[没未](?:有)?(?:在那儿?)?(?:过夜|住下?(?=$|[,;]))|车都没下"
)
"""昨天去的，下午就回来了; 昨天早上走晚上回."""
_CORRECTS = compiled(
    r"(?:[,;?](?:哦|啊|噢|喔|[哎唉][呀哟呦]?|嗐|嗨|咦|[哎啊哦呃嗯唉咦]?不)|不)[,;]$|不是[这上本]个?(?:周|星期|礼拜)[,;]?是?$"
    r"|[,;?](?:[哎啊哦噢喔呃嗨嗐唉咦][呀哟呦]?,?)?(?:[不弗勿]是|不对|呸|错|更正|纠正|改口|重说|口误|嘴[瓢快误]|瞧我这|"
    r"[^,;]{0,3}(?:糊涂|[说讲记看念搞弄报数算](?:错|岔|反|混|串|劈|差)|错了))[^,;]{0,6}[,;](?:应该|其实|明明)?是?$"
)
"""Between two days: 十号，啊，十一号; 上周五……不，这周五; 今儿，嗨，睡糊涂了，是昨儿."""
_OR = compiled("还是|或者?|要么")
"""十九还是二十呢，哦，票上写的十九: the two are only what was wondered about."""
_IT_IS = compiled("^(?:那|应该|其实|实际|明明)?是$")
_EITHER = compiled("不是[^,]{1,6}就是[^,]*$")
"""不是昨天就是前天."""
_NO_MORE = compiled(r"^(?:过后|以后|之后|过完)没?几天|^(?:刚|才|刚刚)过|^(?:左右|前后)?那(?:阵|几天)")


def _role(said: _Said, is_latest_today: bool) -> _Role:
    before, after = said.before, said.after
    is_next_journey = before.endswith("后来") and _GOING.search(after) is not None
    if _AT_LAST.search(before) and not _AT_FIRST.search(before) and not is_next_journey:
        return _Role.RETURN_AT_LAST
    if _GOING.search(after) and _SAME_DAY.search(said.around + after):
        return _Role.RETURN
    if _is_not_return(before, after):
        return _Role.NOT
    is_today_now = is_latest_today and bool(_UP_TO.search(before) or _COUNTED_FROM.search(after))
    if (
        is_today_now
        or said.is_today_itself
        or said.is_day_after
        or _NO_MORE.search(after)
        or _EVENT.search(after)
        or _BESIDE_THE_MATTER.search(before)
    ):
        return _Role.ELSE
    if _OTHERS.search(before) or _OTHERS_AFTER.search(after):
        return _Role.ELSE
    if _EVENT_BEFORE.search(before) or (not before and _OTHERS_PREVIOUS.search(said.previous)):
        return _Role.ELSE
    if _MEASURED.search(after):
        return _Role.ELSE
    if _RETURN.search(after) or _RETURN_BEFORE.search(before):
        return _Role.RETURN
    return _Role.STATED


def _has_left(said: _Said) -> bool:
    return bool(_GOING.search(said.after) or _GOING_BEFORE.search(said.before))


def _is_not_return(before: str, after: str) -> bool:
    return bool(
        _DENIED.search(before)
        or _DENIED_AFTER.search(after)
        or _PLANNED.search(before)
        or _GOING.search(after)
        or (_GOING_BEFORE.search(before) and not before.startswith("是"))
        or after.startswith("?")
        or (before.endswith("赶在") and "前" in after)
        or (before.endswith("得") and after.startswith("才"))  # 得这周四才回来
    )


# --- the day of an answer -------------------------------------------------------------------------------


def find_day(answer: Answer) -> Finding | None:
    if answer.is_asked and is_still_away("".join(token.said for token in answer.tokens)):
        return Finding(None, 1.0)
    if answer.is_asked and (anew := put_right(answer.said)):
        return _day_in(anew, answer, is_written=True)
    found = corrected(answer, _plain_day)
    if answer.is_asked or found is None or CORRECTION not in answer.owners:
        return found
    # In passing what puts a day right need not tell of a return itself: it is read with the one before it.
    whole = _plain_day(answer)
    return whole if whole is not None and whole.confidence >= found.confidence else found


def _plain_day(answer: Answer) -> Finding | None:
    written = "".join(token.said for token in answer.tokens)
    apart = with_breaks(written) if answer.is_asked else written
    if written == answer.text:
        return _day_in(apart, answer, is_written=True)
    return _day_in(apart, answer, is_written=True) or _day_in(answer.text, answer, is_written=False)


def _day_in(text: str, answer: Answer, *, is_written: bool) -> Finding | None:
    if answer.is_asked and (told := will_be(text, answer.today)):
        return told
    said = [one for one in _said(text, answer) if is_written or _is_plausible(one.mention, answer)]
    if len(said) < 2 and not answer.is_asked and is_written and (ago := returned_ago(text, answer)):
        return ago
    if not said:
        return counted_or_just_now(text, answer) if answer.is_asked and is_written else None
    told = reckoned(text, [one.mention for one in said]) if answer.is_asked else None
    if told is not None:
        return told
    roles = {one: _role(one, one.mention.day == answer.today) for one in said}
    if answer.is_asked and all(_has_left(one) for one in said) and (arrived := just_now(text, answer)):
        return arrived  # 今儿个一早去的，刚进门
    if not answer.is_asked:
        said = [one for i, one in enumerate(said) if _is_meant_in_passing(said, i, roles, text)]
        if not said:
            return None
    chosen, confidence = _chosen(said, roles, text)
    confidence = min(confidence, DOUBTFUL) if _EITHER.search(text) else confidence
    if not is_written:
        if roles[chosen] is _Role.NOT:
            return None
        confidence = min(confidence, answer.confidence_of(chosen.mention.start, chosen.mention.end))
    return Finding(chosen.mention.day.isoformat(), confidence)


def _chosen(said: Sequence[_Said], roles: dict[_Said, _Role], text: str) -> tuple[_Said, float]:
    said = _said_again(_uncorrected(said, roles, text), roles, text)
    denied = {one.mention.day for one in said if _DENIED.search(one.before)}
    likely = [one for one in said if one.mention.day not in denied] or said
    best = min(roles[one] for one in likely)
    equal = _back_at_last([one for one in likely if roles[one] == best])
    first, *others = [one for one in equal if one.mention.confidence > _VAGUE] or equal
    confidence = max(one.mention.confidence for one in equal if one.mention.day == first.mention.day)
    if best > _Role.STATED:
        is_alone = len({one.mention.day for one in said}) == 1 and best is _Role.ELSE
        return first, confidence if is_alone else min(confidence, DOUBTFUL)
    end = _end_of_period(first, others, text)
    if end is not None:
        return end, min(end.mention.confidence, _PERIOD)
    if any(one.mention.day != first.mention.day for one in others):
        last = others[-1]
        if best is _Role.STATED and _IT_IS.search(last.before) and not last.after.startswith("?"):
            return last, min(last.mention.confidence, _PERIOD)  # 昨儿，昨儿我都上早市了，是前儿
        return first, min(confidence, DOUBTFUL)
    is_only_stated = best is _Role.STATED and any(
        roles[one] is _Role.ELSE and one.mention.day != first.mention.day for one in said
    )
    return first, min(confidence, _PERIOD) if is_only_stated else confidence


def _back_at_last(said: Sequence[_Said]) -> Sequence[_Said]:
    """Without days of getting there, where others are of coming back: 二十号到的沈阳，二十五号回来."""
    there = [one for one in said if _GOT_THERE.search(one.after)]
    back = [one for one in said if one not in there and _BACK.search(one.before + one.after)]
    return back if back and len(back) + len(there) == len(said) else said


_GOT_THERE = compiled(
    "^(?![^,]*(?:[回返]|到的?(?:家|北?京|屋|小区|站)))[^,]{0,8}到(?:的|了)?(?:那[边儿里]?|[^,家京屋]{0,4})$"
)


def _uncorrected(said: Sequence[_Said], roles: dict[_Said, _Role], text: str) -> Sequence[_Said]:
    """The days from the last on that puts right the one before it, or that settles which of two it was."""
    for index in range(len(said) - 1, 0, -1):
        last, one = said[index - 1], said[index]
        is_meant_alike = roles[one] <= max(roles[last], _Role.RETURN) or _NO_MORE_SAID.fullmatch(one.after)
        if (
            is_meant_alike
            and roles[one] <= _Role.STATED
            and _CORRECTS.search(text[last.mention.end : one.mention.start])
        ):
            return said[index:]
        if index + 1 < len(said) and _OR.search(text[last.mention.end : one.mention.start]):
            settled = [later for later in said[index + 1 :] if roles[later] <= _Role.STATED]
            return settled or said
    return said


_NO_MORE_SAID = compiled("(?:早上|上午|中午|下午|傍晚|晚上|夜里)?[的了吧啊呢]*")


def _said_again(said: Sequence[_Said], roles: dict[_Said, _Role], text: str) -> Sequence[_Said]:
    """周一，呃，周二，对，周二: the last day alone, where it is said twice over."""
    if len(said) < 3 or roles[said[-1]] > _Role.STATED:
        return said
    one, last = said[-2], said[-1]
    is_again = one.mention.day == last.mention.day and _AGAIN.fullmatch(
        text, one.mention.end, last.mention.start
    )
    return said[-2:] if is_again else said


_AGAIN = compiled("[,;](?:对|嗯|没错|是|就|就是|[,;])*")


def _end_of_period(first: _Said, others: Sequence[_Said], text: str) -> _Said | None:
    """上周三到周五: back on the last day."""
    ends = (one for one in others if _PERIOD_TO.fullmatch(text[first.mention.end : one.mention.start]))
    return next(ends, None)


def _is_meant_in_passing(said: Sequence[_Said], index: int, roles: dict[_Said, _Role], text: str) -> bool:
    """Also what puts right a return that was told: 昨晚刚从保定回来，不对，前天晚上."""
    one = said[index]
    if _is_told_in_passing(one, roles[one]):
        return True
    if (
        not index
        or roles[one] > _Role.STATED
        or not _is_told_in_passing(said[index - 1], roles[said[index - 1]])
    ):
        return False
    return _CORRECTS.search(text[said[index - 1].mention.end : one.mention.start]) is not None


def _is_told_in_passing(said: _Said, role: _Role) -> bool:
    """Only what is said to be a return: 昨天回来的; 天津，当天去当天回，就前天."""
    if said.mention.confidence <= _VAGUE:
        return False
    if role in (_Role.RETURN, _Role.RETURN_AT_LAST):
        return True
    clause = said.before + said.after
    is_return_beside = role is _Role.STATED and bool(_BACK.search(said.around)) and len(clause) <= _SHORT
    return is_return_beside or (
        role is _Role.ELSE
        and bool(_BACK.search(said.after))
        and bool(_SPEAKS_FOR.search(said.around + clause))
    )


_SHORT = 4
"""Characters beside the day in a clause that says hardly more than it."""
_SPEAKS_FOR = compiled(rf"(?:^|是|,)[他她]的?(?:{_MANY_KIN})")


def _may_be_meant(day: date, answer: Answer) -> bool:
    """A return is not so long ago; a vaccination may be."""
    is_return = bool(answer.slot.like) or _RETURN_ASKED in answer.slot.cue
    return not is_return or day > answer.today - timedelta(days=_OLDEST_DAYS)


def _said(text: str, answer: Answer) -> Iterator[_Said]:
    """The days with the words around them, up to the days beside: 十号去十三号回."""
    named = [mention for mention in _mentions(text, answer) if _may_be_meant(mention.day, answer)]
    for index, mention in enumerate(named):
        last = named[index - 1] if index else None
        coming = named[index + 1] if index + 1 < len(named) else None
        opens = max((text.rfind(b, 0, mention.start) for b in CLAUSE_BREAKS), default=-1) + 1
        closes = _next_break(text, mention.end)
        before_that = max((text.rfind(b, 0, max(opens - 1, 0)) for b in CLAUSE_BREAKS), default=-1) + 1
        after_that = _next_break(text, closes + 1)
        is_asked_back = closes == mention.end and text[closes : closes + 1] == "?"
        after = text[mention.end : min(closes + is_asked_back, coming.start if coming else len(text))]
        yield _Said(
            mention,
            before=text[max(opens, last.end if last else 0) : mention.start],
            after=_PERIOD_TO_COMING.sub("", after) if coming and coming.start < closes else after,
            around=text[before_that:opens] + text[closes:after_that],
            previous=text[before_that : max(opens - 1, 0)],
            is_day_after=_tells_day_after(text, opens, mention, last)
            or _tells_of(text, last, mention, coming),
            is_today_itself=mention.day == answer.today and _names_today(text, mention, (last, coming)),
        )


def _tells_day_after(text: str, opens: int, mention: DateMention, last: DateMention | None) -> bool:
    """八号，立冬第二天; 十三号，第二天就上班了; not 演出是十二号，演出完第二天, 十号走的，第二天回的."""
    word = text[mention.start : mention.end]
    if last is None or last.end > opens or word not in _NEXT_DAY:
        return False
    event = text[opens : mention.start]
    if word in _DAY_BEFORE:
        return not event and _TELLS_ELSE.match(text, mention.end) is not None
    if not event or _AFTER_RETURN.fullmatch(event):
        return _THEN.match(text, mention.end) is not None and _GOING.search(text[last.end :]) is None
    return len(event) > 1 and event[:2] not in text[:opens] and not _BACK.search(event)


_TELLS_ELSE = compiled("[^,回到返抵进走去]{2,}(?:$|[,;])")
"""十七，头天下的小雪."""
_AFTER_RETURN = compiled("(?:我?(?:回来|到家|回家)(?:以后|之后|后)?的?)?")
_THEN = compiled(
    "[^,回返抵进下]{0,6}?(?:(?<![早晚])上(?!的?[车路火飞高])|[早晚白夜中]班|开[学工会]|起(?!飞)|确诊|阳了|发烧|咳|做核酸|量|测|"
    "去(?!的)|办|干活|出摊|出院|值班|隔离|住院)"
)
"""第二天就上灶了: what somebody did once back."""


def _tells_of(text: str, last: DateMention | None, mention: DateMention, coming: DateMention | None) -> bool:
    """上上个礼拜五，转天就立冬了: the next day is told only to say which Friday it was, and so is 立冬."""
    return any(
        one is not None
        and other is not None
        and one.day == other.day
        and text[one.start : one.end] in _NEXT_DAY
        and text[one.end : other.start] in ("就", "是", "就是", "正好", "正好是", "正是")
        for one, other in ((mention, coming), (last, mention))
    )


_DAY_BEFORE = ("头一天", "头天", "前一天")
_NEXT_DAY = ("第二天", "次日", "转天", "隔天", "转过天", *_DAY_BEFORE)
_PERIOD_TO_COMING = compiled("[到至]$")


def _names_today(text: str, mention: DateMention, beside: Sequence[DateMention | None]) -> bool:
    """今天是二十二号: tells what day it is, no more."""
    return any(
        other is not None
        and other.day == mention.day
        and text[min(other.end, mention.end) : max(other.start, mention.start)] in ("", "是", "都")
        for other in beside
    )


def _next_break(text: str, start: int) -> int:
    return min((at for b in CLAUSE_BREAKS if (at := text.find(b, start)) >= 0), default=len(text))


def _mentions(text: str, answer: Answer) -> Sequence[DateMention]:
    """Days, and numbers that can only be days where one was asked for."""
    return tuple(dates(text, answer.today, is_asked=answer.is_asked))


_NO_DAYS = compiled("时候|日子|生日|过日|记日|那时|小时|落机|下机")
"""Words that sound like days."""


def _is_plausible(mention: DateMention, answer: Answer) -> bool:
    repaired = [
        t for t in answer.tokens if t.start < mention.end and t.end > mention.start and t.said != t.word
    ]
    around = "".join(t.said for t in answer.tokens if t.start < mention.end + 1 and t.end > mention.start - 1)
    return not repaired or not _NO_DAYS.search(around)
