"""Whether a word of a journey tells of one: 去年去过, 去了趟昌平, 出差的是科长, 差点就去了 do not. Pure."""

from __future__ import annotations

from datetime import timedelta

from campaign.patterns import compiled
from dialogs.entities.dates import dates, long_ago
from dialogs.entities.places import PlaceMention, places
from dialogs.language.words import Token
from dialogs.slots.answer import Answer
from dialogs.slots.journeys.when_after import when_after
from dialogs.slots.place.roles import (
    is_led_back,
    is_not_back,
    others_did,
    others_went,
    others_went_alone,
    tells_of_past,
)

_CLAUSES = compiled("[,;?]")


def written(answer: Answer) -> str:
    """What was said, before anything was repaired by sound, if positions in it are the same."""
    return answer.said if len(answer.said) == len(answer.text) else answer.text


_THERE_AND_BACK = compiled("(?:嗯,?|我|就)*当天(?:去|走)?,?就?(?:当天)?(?:来?回|返回|回来)[了的过呢啊呀]*")


def is_there_and_back(text: str) -> bool:
    """当天去当天回, and nothing else."""
    return text.startswith(("当", "嗯", "我", "就")) and _THERE_AND_BACK.fullmatch(text) is not None


# --- somebody else, or no journey but an errand ----------------------------------------------------------


def is_denied_in_other_words(answer: Answer, token: Token) -> bool:
    """出差的是我们科长; 男友去的南宁，我请不下假; 孩子都顾不过来，还跑外地; 去了趟医院而已; 差点就去了."""
    text = written(answer)
    before, after = text[: token.start], text[token.end :]
    *earlier, clause = _CLAUSES.split(before)
    if others_went(after) or others_went_alone(clause, after) or others_did(clause):
        return True
    if clause in _STILL and _ENDS.match(after):
        return bool(earlier) and _CANNOT.search(earlier[-1]) is not None
    if _is_errand(token.word[-1] + after, clause) and not any(places(text)):
        return True
    return _is_unreal(earlier[-1] if earlier else "", clause, after)


_STILL = ("还", "哪还", "还能", "那还")
_ENDS = compiled("[玩呢啊呀吗嘛]*(?:$|[,;?])")
_CANNOT = compiled(
    "(?:都|连|哪|也)[^,;?]*[不没]|[不没][^,;?]*(?:过来|得?[了开起完动下]|[停歇]|空|时间|工夫)$"
)


def _is_errand(verb: str, before: str) -> bool:
    """去了趟医院; 就楼下超市去过."""
    if _ERRAND.match(verb):
        return True
    return _ENDS.match(verb[1:]) is not None and _ERRAND_BEFORE.search(before) is not None


_NEAR = "(?:附近|门口|家门口|楼下|小区|对面|对过|隔壁|社区|街道)"
_NEARBY = (
    "(?:医院|超市|菜市场|菜场|早市|公园|单位|楼下|小区|村口|居委会|银行|邮局|药[店房]|理发店|社区|卫生站|诊所|商场|广场|幼儿园|派出所"
    "|便利店|小卖部|驿站|厕所|厨房|卫生间|阳台|科技馆|图书馆|体育馆|博物馆|美术馆|电影院|[东西南北]站)"
)
_ERRAND = compiled(f"[去到了过趟次回上]一?[趟次回下]?{_NEAR}?的?{_NEARBY}(?!.*(?:外地|外省|老家|城外))")
_ERRAND_BEFORE = compiled(f"^[我们就也只光顶多最]*{_NEAR}?的?{_NEARBY}[我倒是]*$")
"""Where people go near their home."""


# --- what was not, would have been, or is to come --------------------------------------------------------


def _is_unreal(earlier: str, before: str, after: str) -> bool:
    """差点就去了; 谁说我去外地了; 要是能走，我早回老家了; 过年才回老家; 去外地干啥呀; 出去了才怪."""
    if _NEVER_WAS.search(before) or _FOR_WHAT.match(after):
        return True
    if _TO_COME.search(before) and not _DONE.match(after):
        return True
    if _ASKED_FOR_EFFECT.search(before) and _ENDS_ASKING.match(after):
        return True
    if after in ("", "去") and _CANNOT_TAKE_ME.search(before):
        return True
    if _WANTED.search(before) and _LATER.match(after):
        return True
    return any(had.match(earlier) and would.search(before) for had, would in _HAD_IT_BEEN)


_NEVER_WAS = compiled(
    "差一?[点步](?:就|都|没)?$|谁说(?:是)?(?:[我你]们?|人)?$|(?:不|哪里?|怎么|咋)可能会?$|(?:做梦|梦里头?)[^,;?]{0,2}$|早知道[^,;?]{0,3}就$"
    "|(?:还|哪)有心[思情]$|拿(?:什么|啥)[^,;?]{0,4}$|看我像[^,;?]{0,3}$|(?:希望|盼着|巴不得|恨不得)[^,;?]{0,8}$"
    "|^[我你]?(?:要是|要真|如果|假如)[我你]?(?:真|能)?$"
)
_FOR_WHAT = compiled(
    "(?:(?:能|去|来)?(?:干[吗嘛]|干啥|干什么|做什么|做啥|图啥|图什么|作甚))[呀啊呢哦嘞]*(?:$|[,;?])|了?才怪|了?[,;]?怕是?回不|等[^,;?]{1,6}再"
)
_TO_COME = compiled(
    "(?:过年|年底|年后|明年|腊月|春节|寒假|下个?(?:周|星期|礼拜|月)|等[^,;?]{1,6}|过[两几]天|明天|后天)才?(?:能|再|会|要|打算|准备)?$"
)
_DONE = compiled("了|过|的|一?趟")
_ASKED_FOR_EFFECT = compiled("能(?:把我|[飞滚爬跑走])?[^,;?]{0,4}$")
_ENDS_ASKING = compiled("[去吗么呀啊]{0,2}[?]")
_CANNOT_TAKE_ME = compiled("(?<![不还])能把我[^,;?]{1,4}$")
"""我这拐棍儿能把我拐到外地去."""
_WANTED = compiled("[要想得会]$")
_LATER = compiled("[的呀]*[,;](?:下个?(?:周|星期|礼拜|月)|过年|年后|明年|等)|等[^,;?]{1,6}再")
_HAD_IT_BEEN = (
    (compiled("要不是|若不是"), compiled("[早就该]$")),
    (compiled("(?:要是|如果|假如)(?!.*算)"), compiled("早就?$")),
)


def is_denied_twice(answer: Answer, token: Token) -> bool:
    """没有一个礼拜不出差; 哪有不去外地的; 要不是我妈病了，我才不回老家: what looks denied was done."""
    before = written(answer)[: token.start]
    if _TWICE.search(before):
        return True
    *earlier, clause = _CLAUSES.split(before)
    return clause.endswith("才不") and bool(earlier) and earlier[-1].startswith(("要不是", "若不是"))


_TWICE = compiled(
    "(?:没有?|哪有)(?:一?[天个回次周月]|哪[天周个])(?:星期|礼拜|月)?(?:我|是)?(?:不|没)$|(?:哪有|岂有|哪能|能|敢|岂能|岂敢|怎么能|怎能|咋能)不$"
    "|(?:还是|硬是|照样)$|不(?:否认|瞒[你您]|骗[你您]|撒谎)(?:说)?我?[是就]?$|没(?:好久|多久|几天)$"
)
"""没拦住我我还是去了; 我不否认去了; 没多久出了趟远门."""


def opens_with_no(answer: Answer, token: Token) -> bool:
    """没有一直在家 is 没有，一直在家, 上海没有哪都没去 is 上海？没有，哪都没去: a no that opens the answer is
    about the journey."""
    if not answer.slot.is_journey or not answer.is_asked:
        return False
    before = written(answer)[: token.start]
    named = next(iter(places(before)), None)
    return _OPENING_NO.fullmatch(before, named.end if named and not named.start else 0) is not None


_OPENING_NO = compiled(
    "[嗯啊呃哎哦,]*(?:外地|去外地|出差|出京|离京|旅游)?我?(?:可|真|都)?(?:没|没有|没得)[啊呀的呢]*(?![老总常])[^,;?不没]{0,10}"
)


def is_no_denial(answer: Answer, token: Token) -> bool:
    """哪能没去; 咋没去过，前天才回来; 要是没去外地，健康宝能弹窗么; 差点没去成; 没去几天: it was, or may have
    been."""
    text = written(answer)
    if answer.slot.is_journey and _ONLY_SOME.match(text, token.end):
        return True
    return _NO_DENIAL.search(_CLAUSES.split(text[: token.start])[-1]) is not None


_ONLY_SOME = compiled(
    "过?(?:(?:几|两)(?:天|[次趟回]|个(?:地方|月|礼拜|星期))|多(?:久|少(?:天|[次趟回]|地方)))(?![了没都不])"
)
"""没去几天 went, and not for long; 没出去两天了 did not."""


_NO_DENIAL = compiled(
    "(?:哪能|哪会|哪里会|怎么能|怎么会|怎么可能|咋能|咋会|咋|怎么|差一?点就?|不可能|谁说我?)$|^我?(?:要是|如果|假如)$"
)


def goes_nowhere_else(answer: Answer, token: Token) -> bool:
    """就是回家收了个秋，没去别的 denies only what is beside what was told."""
    text = written(answer)
    return _ELSEWHERE.match(text, token.end) is not None and _ONLY.search(text[: token.start]) is not None


def is_homecoming(answer: Answer, token: Token) -> bool:
    """Whether the 没去 of 没去别的 comes after 就是回家收了个秋: home is where that is done."""
    return _HOMECOMING.search(written(answer)[: token.start]) is not None


_HOMECOMING = compiled("回(?:家|老家|乡|村里?|娘家|婆家)[^,;?没不]{0,6}[了过趟]")
_ELSEWHERE = compiled("(?:别的|别处|旁的|其他|别地)")
_ONLY = compiled("(?:^|[,;?])[我嗯啊,]*(?:就|只|除了)")


# --- near home -------------------------------------------------------------------------------------------


def is_near_home(answer: Answer, token: Token) -> bool:
    """就去了趟昌平; 去了一处，海淀的书店: a district of the home is no journey; but 去过，前天回的密云 is."""
    if not answer.slot.is_journey or not answer.homes:
        return False
    if _FAR.search(token.word):
        return False
    text = written(answer)
    said = [one for one in places(text) if not _NOT_REACHED.search(text[: one.start])]
    named = [one for one in said if one.end > token.start]
    if not named and _THERE.match(text, token.end):
        named = said[-1:]
    if any(_COMES_HOME.search(text[: one.start]) or not _is_home(answer, one) for one in named):
        return False
    itself = _HOME_ITSELF | answer.homes
    if any(text[one.start : one.end] not in itself for one in named):
        return True
    return any(one.end == token.start and _is_part_of_home(answer, one, text) for one in said)  # 延庆去过


def _is_part_of_home(answer: Answer, said: PlaceMention, text: str) -> bool:
    is_led = _COMES_HOME.search(text[: said.start]) is not None
    is_home_itself = text[said.start : said.end] in _HOME_ITSELF | answer.homes
    return _is_home(answer, said) and not is_led and not is_home_itself


def _is_home(answer: Answer, said: PlaceMention) -> bool:
    return any(said.place.is_in(home) for home in answer.homes)


_FAR = compiled("从?老家|农村|乡下|娘家|婆家|外省|国外|出差|出[了过]?京|离[了过]?京")
"""What is not near, whatever is told beside it: 刚从老家回来，去了趟香山."""
_THERE = compiled("那[儿里边]?(?:$|[,;?])")
"""怀柔红螺寺，就去了那儿."""
_HOME_ITSELF = frozenset(("首都", "京城", "帝都"))
_COMES_HOME = compiled("(?:回(?:到|的|了)?|返|从|打|自|由|离|住在?|出了?)$")
_NOT_REACHED = compiled("(?:没|未|不)(?:去|到|过|进|出)过?了?$")
"""去了平谷，没到天津那边."""


# --- too long ago ----------------------------------------------------------------------------------------


def is_too_long_ago(answer: Answer, token: Token) -> bool:
    """去年去过, or 去过，八月份的老黄历了, answers no where the question is about the last fourteen days."""
    if answer.slot.within_days is None:
        return False
    if is_not_back(answer.text):
        return False
    first = answer.today - timedelta(days=answer.slot.within_days)
    clause = answer.clause_of(token)
    if tells_of_past(clause, answer.today) or long_ago(clause, answer.today, first):
        return not _NEWER.search(clause)
    days = [said.day for said in dates(clause, answer.today)]
    if days and "半" not in clause:  # 半个月前 may be within them
        return max(days) < first
    earlier = _CLAUSES.split(answer.text[: token.start])
    if len(earlier) > 1 and is_led_back(earlier[-2], clause, answer.today):
        return True
    rest = answer.text[token.end :]
    told = _TIME_TOLD.search(rest) or _BUT_THEN.match(rest)
    return tells_of_past(told["time"] if told is not None else when_after(rest), answer.today)


def is_told_of_past(answer: Answer) -> bool:
    """有是有，上学期的事儿 is a no where only the last days count."""
    is_recent_asked = answer.slot.within_days is not None and not is_not_back(answer.text)
    return is_recent_asked and tells_of_past(answer.text, answer.today) and not _NEWER.search(answer.text)


def is_dated_before(answer: Answer) -> bool:
    """国庆的时候去了趟天津 and 去过西安，三个月前去的: a journey is told, and no time but one before the days
    that are asked about."""
    said = written(answer)
    if answer.slot.within_days is None or _MAY_BE_NEWER.search(said) or is_not_back(said):
        return False
    first = answer.today - timedelta(days=answer.slot.within_days)
    days = [one.day for one in dates(said, answer.today)]
    is_past = tells_of_past(said, answer.today) or long_ago(said, answer.today, first) or bool(days)
    if not is_past or any(day >= first for day in days):
        return False
    clauses = _CLAUSES.split(said)
    is_of_it = all(
        _ONLY_A_TIME.fullmatch(clause) or _tells_of_going(clause)
        for clause in clauses
        if tells_of_past(clause, answer.today)
    )
    return is_of_it and any(map(_tells_of_going, clauses))


def _tells_of_going(clause: str) -> bool:
    return _WENT.search(clause) is not None or any(places(clause))


_ONLY_A_TIME = compiled(
    "(?:有|嗯|是|就|那|我|大概|好像|应该|也|还|都|得)*[^,的]{1,7}(?:的(?:时候|事[儿情]?)|那会儿?|吧|来着|左右)*[的了啊呀]*"
)
"""那是国庆的事了, but not 去年办的退休手续."""
_WENT = compiled("[去回到出跑]过|[去回出][了的趟]|[去回到上][^,;?]{1,6}[了的过]")
_MAY_BE_NEWER = compiled(
    "[没不谁哪别未无非?]|后|又|再|还|最近|近来|现在|刚|才|昨|前[天日两些]|前几[天日]|[这今][周个回次两几天早晚]|上(?:个?(?:周|星期|礼拜))|回[来京]|一直|经常|每|半个?月|十[几来]天"
    "|上[次回]|那[次回]|年轻|老早|早就|早先|退的?休(?!前|之前)|[说问记报打]过|[买订办约]的|约好"
)
"""Also what is denied, what went on, and what may be dated but the journey: 去年买的票，去了趟天津."""


def is_last_time_past(answer: Answer) -> bool:
    """最近一回是仨月前: the last time of all was before the days that are asked about."""
    if answer.slot.within_days is None:
        return False
    told = _LAST_TIME.search(written(answer))
    return told is not None and tells_of_past(told["time"], answer.today)


def was_the_last(answer: Answer) -> bool:
    """上一趟出门还是端午节，去的青岛, where nothing newer is told."""
    is_last = "一" in answer.text and is_last_time_past(answer)
    return is_last and not _NEWER.search(answer.text) and not _SINCE_THEN.search(answer.text)


_SINCE_THEN = compiled("后来|又[去回走]|以后|之后|但|可是|不过")
_LAST_TIME = compiled(
    "(?:最近|上|最后|末)(?:的)?一?[回次趟][^,;?没不]{0,6}?(?:是|得是|还是|在|,)(?P<time>[^,;?]{2,10})"
)
_NEWER = compiled("[这今]回|[这今]次|这两|这几|才|刚|昨|前[天日]|上(?:个?(?:周|星期|礼拜))")
_TIME_TOLD = compiled(
    "^[^,;?]{0,6}[,;](?:那|都|得|还|可|也|就)*是?(?P<time>(?:去年|[^,;?去到回]){1,8}?)"
    "(?:的?(?:事儿?|老黄历)了?|的|吧|那会儿?)[^,;?]{0,3}(?:$|[,;])"
)
_BUT_THEN = compiled(
    "[了的]?[,;](?:不过|可是?|但是?|只是)(?:那|都|还|也)*(?:是|得)(?P<time>[^,;?]{2,10})(?:$|[,;])"
)
"""去过，不过是去年."""
