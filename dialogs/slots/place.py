"""Where somebody has been, as province and city: 湖北武汉.

Every place in the answer gets a role from the words around it in its clause, and of the next one. Those
where the resident has been count: not 没去西安, 本来要去上海, 国庆去的青岛, 我儿子在深圳, 离郑州不远,
在石家庄倒的车, and no district of home. The place of somebody else counts where the resident went there as
well: 儿子在西安，我去看他.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from dialogs.dates import long_ago
from dialogs.dictionary import is_place_name
from dialogs.grammar import KIN
from dialogs.numerals import whole_number
from dialogs.places import ALIASES, MUNICIPALITIES, Place, full_name, places
from dialogs.slots.answer import Answer, Finding, ends_like_garbled
from dialogs.slots.negation import corrected
from dialogs.words import CLAUSE_BREAKS, Token

_LOST_CITY = 0.5
"""Confidence of a province that is followed by something that could not be understood: 河北是家床."""
_IN_PASSING = 0.9
_UNLISTED = 0.7
"""Confidence of what only jieba takes for a place."""
_RECENT_DAYS = 14
"""Journeys that ended longer ago are not asked for."""


class _Role(IntEnum):
    """What a place is to the resident, from what was surely visited to what surely was not."""

    BEEN = 0
    ASKED_BACK = 1
    """嘉兴知道吧？"""
    NEAR = 2
    """离郑州不远, 在石家庄倒的车, 老家是四川: told beside the place itself."""
    OF_OTHERS = 3
    NOT_BEEN = 4
    """Denied, planned, or too long ago."""


@dataclass(frozen=True)
class _Said:
    """A place with the words around it."""

    place: Place
    name: str
    """As it was said."""
    start: int
    end: int
    before: str
    """In the clause."""
    after: str
    """In the clause."""
    previous: str
    """The clause before."""
    following: str
    """The clause after, with the break that begins it."""
    confidence: float = 1.0

    @property
    def clause(self) -> str:
        return f"{self.before}{self.after}"


# --- roles ----------------------------------------------------------------------------------------------

_MANY_KIN = "|".join(sorted((kin for kin in KIN if len(kin) > 1), key=len, reverse=True))
_SOMEBODY = (
    f"{_MANY_KIN}|我家?[爸妈爹娘哥姐弟妹姨姑舅叔儿](?!家)|(?<!其)[他她](?:们|家)?(?!娘家|老家|那)|人家|有(?:个|的)?人|别人|邻居|同事|同学|同屋|室友|"
    "朋友|房东|领导|快递|派老.|派小.|货是"
)
_OTHERS = re.compile(
    rf"(?<![跟和陪同带与给替接送看找帮])(?<!跟我)(?<!和我)(?<!陪我)(?<!带我)(?:{_SOMEBODY})(?!.*我)"
)
_COMPANION = re.compile(rf"[跟和陪同带与给替接送看找帮]着?了?我?[们]?(?:{_SOMEBODY})")
_DENIED_BEFORE = re.compile(
    r"(?:没(?!有)|别|不)(?:能|敢|想|准|让|得)?(?:去|到|回|上|往|进|在|归|属于?)[过成了]?$"
    r"|(?:[听写说念记看当报打搞弄]错?成了?|票(?:[买订]的)(?:[到去]|是)*)$"
    r"|(?:不是|没有?|哪(?:能)?是|怎么(?:会|能|可能)?是|谁说是|以为我?(?:是)?(?:去了?|回)?)$"
)
_DENIED_AFTER = re.compile(
    r"^(?:那边|那|那儿)?[可也都倒就压根]*没(?:有|敢|能|顾上|让)?(?:去|上|敢|成)"
    r"|(?:没去成|没走成|取消了)|[说弄搞记分听看]混|[去到]得了|去不[了起成]"
)
_DROPPED_NEXT = re.compile(
    r"^[,;](?:后头|后来|最后|结果|临了|临时)?[又都就可也给全]*"
    r"(?:没去成?(?:$|,)|没走|没成|没动身|没轮|取消|单位不批|不批|退|改去|(?:机?票|团|车票|项目)[^,]{0,3}(?:退|取消|黄))"
)
_PLANNED = re.compile(
    r"(?:本来|原来|原定|原想|原先|本想|打算|准备|计划|想回|想去|想上|先说|才去|才回|正要|马上|这就|"
    r"下个?(?:礼拜|星期|周|月)|明天|后天|过两天|过几天|年后|回头)(?!.*(?:改|临时))"
)
_ONLY_TOLD = re.compile(r"说(?:是|好|要)?去$|说是$")
_BUT_ACTUALLY = re.compile(r"其实|没去|没走|改|实际|[最后]后|没站脚|[只就才]到了?|我去的?是")
"""说是去云南，其实没出昆明."""
_ALL_BUT = re.compile(r"除了$")
"""除了宁波没去别的地方."""
_ASKED_AND_DENIED = re.compile(r"^\?[^,]{0,3}(?:没|不|哪|咋会|怎么会)")
_FOR_YEARS = re.compile("年[都也]?没(?:去|回|有|出)")
"""好几年没回了."""
_STILL_TO_COME = re.compile(r"^[,;][^,]{0,6}(?:还没走|还没动身|没动身)")
_PAST = re.compile(
    "上回|上次|那回|那次|早先|以前|从前|小时候|年轻|[那当]年|国庆|十月一|长假|黄金周|暑假|夏天|春节|过年|开春|春天|五一|老早|早过|去年|前年|清明|端午|中秋"
)
_THIS_TIME = re.compile("[这今][回次趟]")
_PAST_NEXT = re.compile(r"^[,;]那(?:都|得|可|也|时候)*(?:是|不算|有)?")
_NEAR_BEFORE = re.compile(r"(?:离|挨着|靠着|紧挨|靠近|到不了|比|还是)$")
_NEAR_AFTER = re.compile(
    r"^(?:边上|旁边|附近|隔壁|近郊|不远|那边不远|还是|[东南西北]+[边面]|[只就也]*隔[着了个条一])"
)
_HOME_BEFORE = re.compile(r"(?:老家|户口|娘家|籍贯)(?:就是|[是在]|本来是)$")
_TRANSIT_BEFORE = re.compile(r"(?:路过|经过|途经|经停|飞机落(?:的|在)|落地)了?$")
_TRANSIT_AFTER = re.compile(
    r"^(?:那儿?|站)?[只就光也可是都]*(?:路过|经过|途经|中转|经停|[倒换转](?:的|了个?|了?一?[趟次])?(?:车|机|高铁|火车|飞机)"
    r"|上的(?:船|车|飞机)|没(?:下车|停|站脚|出站))"
)
_TRANSIT_NEXT = re.compile(r"^[,;](?:到那儿?|那儿?)?(?:可|也|都)?没(?:下车|停|站脚|出站)")
_WENT_THERE = re.compile(
    rf"去看(?:{_MANY_KIN})|[给替]我?(?:{_MANY_KIN})[送带捎]|(?:{_MANY_KIN})(?:家|那儿?)(?=$|[,;])|我们?(?:[^没不,]|能不){{0,6}}?(?:过去|回去|去|上)(?:了|的(?=$|[,;])|那|看|瞧|他|她|伺候|照顾|陪|呀|嘛|吗|接|参加|帮|住|$)"
    r"|就[去上]的?(?:那|他|她)|(?:^|[,;])(?:就|才|刚)?(?:回去|过去|去)(?:看|了|伺候|照顾|瞧|帮|陪|接|收拾)|能不去"
)
_SPEAKS_FOR = re.compile(rf"(?:^|是)[他她]的?(?:{_MANY_KIN})")
_DID_NOT_GO = re.compile(r"我(?:自己|可|本人|们|又|倒)?[^,去]{0,3}(?:没|(?<!能)不)|没派我|没我|不是我|剩我")
_THAT_WAS_OTHERS = re.compile(
    rf"^[,;?]那是(?:{_SOMEBODY}|我(?:{_MANY_KIN}))|^[,;?]?[^,]{{0,4}}是我?(?:{_MANY_KIN})去的"
)
_MONTH = re.compile(r"(?P<n>[一二三四五六七八九十]+)月(?:份|的|[^一二三四五六七八九十]|$)")


def _role(said: _Said, rest: str, today: date) -> _Role:
    """``rest``: everything after the place."""
    if _is_not_been(said, rest) or _is_past(said, today):
        return _Role.NOT_BEEN
    if _is_of_others(said, rest):
        return _Role.OF_OTHERS
    if _is_beside_the_way(said):
        return _Role.NEAR
    return _Role.ASKED_BACK if said.following.startswith("?") else _Role.BEEN


def _is_beside_the_way(said: _Said) -> bool:
    """离郑州不远; 在石家庄倒的车; 老家是四川."""
    return bool(
        _NEAR_BEFORE.search(said.before)
        or _NEAR_AFTER.search(said.after)
        or _HOME_BEFORE.search(said.before)
        or _TRANSIT_BEFORE.search(said.before)
        or _TRANSIT_AFTER.search(said.after)
        or _TRANSIT_NEXT.search(said.following)
    )


def _spells(said: _Said) -> bool:
    """台湾的台: only tells which character is meant."""
    return len(said.after) > 1 and said.after.rstrip("字")[1:] in said.name and said.after.startswith("的")


def _is_not_been(said: _Said, rest: str) -> bool:
    if _ALL_BUT.search(said.before):
        return False
    return bool(
        _spells(said)
        or _DENIED_BEFORE.search(said.before)
        or _DENIED_AFTER.search(said.after)
        or _PLANNED.search(said.before)
        or _DROPPED_NEXT.search(said.following)
        or _STILL_TO_COME.search(said.following)
        or _FOR_YEARS.search(said.before + said.following)
        or _ASKED_AND_DENIED.search(said.following)
        or (_ONLY_TOLD.search(said.before) and _BUT_ACTUALLY.search(rest))
    )


def _is_past(said: _Said, today: date) -> bool:
    """国庆去过青岛; 去过上海，那是九月的事; 那得是夏天了，去的北戴河."""
    is_told = any(
        _tells_of_past(words, today) for words in (said.clause, said.following[:1] and _that(said.following))
    )
    is_told_before = said.previous.startswith("那") and not _THIS_TIME.search(said.before)
    return is_told or (is_told_before and _tells_of_past(said.previous, today))


def _that(following: str) -> str:
    return following if _PAST_NEXT.match(following) else ""


def _tells_of_past(clause: str, today: date) -> bool:
    if not clause:
        return False
    first = today - timedelta(days=_RECENT_DAYS)
    return bool(_PAST.search(clause)) or long_ago(clause, today, first) or _is_month_over(clause, first)


def _is_month_over(clause: str, first: date) -> bool:
    """八月份去的, when the last August ended before ``first``."""
    month = _MONTH.search(clause)
    number = (whole_number(month["n"]) or 0) if month else 0
    if not 1 <= number <= 12 or number == first.month:
        return False
    year = first.year if number < first.month else first.year - 1
    is_still_to_come = number == first.month % 12 + 1
    return not is_still_to_come and date(year, number, monthrange(year, number)[1]) < first


def _is_of_others(said: _Said, rest: str) -> bool:
    """我女儿在上海; 孩子他爸跑长途，去过山西，我没跟着."""
    if _THAT_WAS_OTHERS.search(said.following) or _THAT_WAS_OTHERS.search("," + said.after):
        return True
    return _is_others_clause(said.before) or (
        "我" not in said.before and _is_others_clause(said.previous) and bool(_DID_NOT_GO.search(rest))
    )


def _is_others_clause(words: str) -> bool:
    return bool(_OTHERS.search(words)) and not _COMPANION.search(words)


# --- the places of an answer ----------------------------------------------------------------------------


def find_place(answer: Answer) -> Finding | None:
    if not answer.is_asked:
        return _place_of_journey(answer)
    if _is_taken_back(answer):
        return None
    return corrected(answer, _plain_place)


def _plain_place(answer: Answer) -> Finding | None:
    said = list(_said(answer))
    away = _beside_certain([one for one in said if not _is_home(one.place, answer)])
    if not away:
        return None if said else _unlisted(answer)
    text = _written(answer)[0]
    roles = {one: _role(one, text[one.end :], answer.today) for one in away}
    best = min(roles.values())
    if best > _Role.OF_OTHERS or (best is _Role.OF_OTHERS and not _counts_too(text)):
        return None
    been = [one for one in away if roles[one] == best or _is_inside_another(one, roles)]
    return _finding(answer, been)


def _counts_too(text: str) -> bool:
    """Whether places of somebody else are the journey: 儿子在西安，我去看他; 我是他女儿，他去了大同."""
    return bool(_SPEAKS_FOR.search(text)) or (bool(_WENT_THERE.search(text)) and not _DID_NOT_GO.search(text))


def _is_inside_another(said: _Said, roles: dict[_Said, _Role]) -> bool:
    """嘉兴知道吧？浙江的; 广东，我儿子在深圳，就去的他那儿; but not 我儿子在深圳，我去的是东莞."""
    wholes = (Place(said.place.province), said.place)
    is_told_of = _Role.BEEN < roles[said] < _Role.NOT_BEEN
    return is_told_of and any(other.place in wholes and role is _Role.BEEN for other, role in roles.items())


def _finding(answer: Answer, been: Sequence[_Said]) -> Finding:
    value = full_name([one.place for one in been])
    confidence = min(one.confidence for one in been)
    has_city = any(one.place.city for one in been)
    if (
        not has_city
        and been[-1].place.province not in MUNICIPALITIES
        and _is_followed_by_noise(answer, been[-1])
    ):
        confidence = min(confidence, _LOST_CITY)
    return Finding(value, confidence)


def _is_followed_by_noise(answer: Answer, place: _Said) -> bool:
    """Strange characters right after a place are a city that was not understood, unless 贵州转了一圈."""
    return not _NO_CITY_FOLLOWS.search(place.after) and ends_like_garbled(
        [t for t, start in _starts(answer) if start >= place.end]
    )


_NO_CITY_FOLLOWS = re.compile(r"^(?:省|那边)?(?:$|[转逛走待呆住玩跑]了)")


def _beside_certain(said: Sequence[_Said]) -> Sequence[_Said]:
    """All places, but those that only sound like one not where others were named for certain."""
    certain = [one for one in said if one.confidence == 1.0]
    beside = [one for one in said if one in certain or any(_is_beside(one, other) for other in certain)]
    return beside if certain else said


def _is_beside(said: _Said, certain: _Said) -> bool:
    """The 物汉 of 湖北物汉."""
    touches = said.start == certain.end or said.end == certain.start
    return touches and said.place.province == certain.place.province


def _is_home(place: Place, answer: Answer) -> bool:
    return any(place.is_in(home) for home in answer.homes)


def _is_taken_back(answer: Answer) -> bool:
    """去过上海，不不不，那是九月的事，最近没去: no other place follows."""
    text = _written(answer)[0]
    that = next((m for m in _THAT.finditer(text) if _is_that_no_journey(m[0], answer.today)), None)
    return that is not None and not any(
        one.end > that.start() and not _is_home(one.place, answer) for one in _said(answer)
    )


_THAT = re.compile(r"(?<=[,;])那(?:都|得|可)*是[^,;]*")


def _is_that_no_journey(clause: str, today: date) -> bool:
    return _tells_of_past(clause, today) or (bool(_OTHERS.search(clause)) and "去的" in clause)


def _said(answer: Answer) -> Iterator[_Said]:
    text, by_sound = _written(answer)
    for found in places(text):
        confidence = min(
            (t.confidence for start, end, t in by_sound if start < found.end and end > found.start),
            default=1.0,
        )
        yield _in_context(text, found.place, found.start, found.end, confidence)


def _in_context(text: str, place: Place, start: int, end: int, confidence: float) -> _Said:
    opens = max((text.rfind(b, 0, start) for b in CLAUSE_BREAKS), default=-1) + 1
    closes = _next_break(text, end)
    before_that = max((text.rfind(b, 0, opens - 1) for b in CLAUSE_BREAKS), default=-1) + 1 if opens else 0
    return _Said(
        place=place,
        name=text[start:end],
        start=start,
        end=end,
        before=text[opens:start],
        after=text[end:closes],
        previous=text[before_that : max(opens - 1, 0)],
        following=text[closes : _next_break(text, closes + 1)],
        confidence=confidence,
    )


def _next_break(text: str, start: int) -> int:
    return min((at for b in CLAUSE_BREAKS if (at := text.find(b, start)) >= 0), default=len(text))


# --- places that only sound like one --------------------------------------------------------------------

_LEAST_CONFIDENCE = 0.4
_LEADS_TO_PLACE = re.compile(r"[去到从在打回往是飞趟过](?:[了的过]|一?[趟次回])*$|(?:省|还|就|哦|嗯|啊)$")
_OPENS_CLAUSE = re.compile("(?:^|[,;?])$")
_FOLLOWS_PLACE = re.compile(r"^(?:$|[,;?]|了|过|的|回|出差|玩|看|旅|省|市|那|这|来|啊|吧|呢|嘛|呀)")
_FOLLOWS_ALONE = re.compile(r"^(?:$|[,;?]|回|出差|省|市|那边|啊|吧|呢|嘛|呀)")


def _written(answer: Answer) -> tuple[str, Sequence[tuple[int, int, Token]]]:
    """The text, and where in it a place stands that was repaired. A repair counts only where a place may
    stand, 去了五汉, not 正给孩子喂奶 (渭南), and where no place was written."""
    text = ""
    repaired: list[tuple[int, int, Token]] = []
    following = [t.word for t in answer.tokens]
    for index, token in enumerate(answer.tokens):
        word = token.word
        if token.said != word and token.has("place"):
            rest = "".join(following[index + 1 : index + 3])
            is_written = token.said in _NO_JOURNEY or any(
                m.end - m.start == len(token.said) for m in places(token.said)
            )
            if not is_written and _may_stand(text, token, rest):
                repaired.append((len(text), len(text) + len(word), token))
            else:
                word = token.said
        text += word
    return text, repaired


def _may_stand(before: str, token: Token, after: str) -> bool:
    if token.confidence < _LEAST_CONFIDENCE or token.word in ALIASES:
        return False
    is_before_named = any(said.start == 0 for said in places(after))
    if _OPENS_CLAUSE.search(before):
        return is_before_named or bool(_FOLLOWS_ALONE.match(after))
    is_after_named = any(said.end == len(before[-4:]) for said in places(before[-4:]))
    is_led = is_after_named or bool(_LEADS_TO_PLACE.search(before))
    return is_led and (is_before_named or bool(_FOLLOWS_PLACE.match(after)))


def _starts(answer: Answer) -> Iterator[tuple[Token, int]]:
    """Every word with its position in the text of ``_written``."""
    position = 0
    for token in answer.tokens:
        yield token, position
        position += len(token.word)


_NO_JOURNEY = frozenset(
    """
    城市 外国 国外 外地 外省 东北 西北 华北 江南 离京 乡下 农村 老家 全国 中国 四环 三环 五环 市区 郊区
    京城 市里 城里 县城 省城 北方 南方 西部 东部 中原 长江 黄河 内地 大陆 海外 世界 公园 医院 学校 大街
    """.split()  # noqa: SIM905
)
"""What jieba takes for a place, but tells nothing."""


def _unlisted(answer: Answer) -> Finding | None:
    """A county or village that only jieba knows, where nothing but a place can stand."""
    text = answer.text
    found = [
        token
        for token in answer.tokens
        if not token.tags
        and len(token.word) > 1
        and token.word not in _NO_JOURNEY
        and token.said == token.word
        and is_place_name(token.word)
        and _may_stand(text[: token.start], token, text[token.end :])
    ]
    if not found or _role_of_token(answer, found[0]) is not _Role.BEEN:
        return None
    return Finding("".join(dict.fromkeys(token.word for token in found)), _UNLISTED)


def _role_of_token(answer: Answer, token: Token) -> _Role:
    said = _in_context(answer.text, Place(token.word), token.start, token.end, 1.0)
    return _role(said, answer.text[token.end :], answer.today)


# --- in passing -----------------------------------------------------------------------------------------

_TRIP = r"(?:[过了的]|一?[趟次回]|了?一?[趟次回])*"
_FROM = re.compile(r"(?:从|打|自)(?:老家|外地)?$")
_TO = re.compile(rf"(?:去|到过|跑|回了|回过|上){_TRIP}(?:老家)?$")
_BACK = re.compile(r"^.{0,8}(?:回|到的?家|转来|飞|返|撤|到的?北京)")
_BACK_ANYWHERE = re.compile("回来|回北京|回京|到家|到的家|回的|返京|昨|前天|号")
_DONE = re.compile(
    r"^(?:过(?!冬|年)|出差|出过|出了|玩|旅游|看|开|参加|培训|办|伺候|陪|接|进货|谈|拉)|趟|回来|[去到回]过|出过"
)
_STAYED = re.compile(r"(?:在)$")
_STAY = re.compile(r"^(?:那儿?|那边)?(?:出差|开会)?(?:(?:待|住|玩|呆)了|没见|没碰|的时候)")
_STILL_THERE = re.compile(r"还没(?!去)|没回|还得|还住|还在")
_MOVED = re.compile(r"[搬嫁调](?:去|到|回)了?$|派我?到$|要去$|才去$")


def _place_of_journey(answer: Answer) -> Finding | None:
    """我在河北 says where somebody is, not where he has been; 从上海回来, 去上海出差 does."""
    text = _written(answer)[0]
    away = [
        one
        for one in _said(answer)
        if not _is_home(one.place, answer) and _is_journey(one, text) and one.confidence == 1.0
    ]
    roles = {one: _role(one, text[one.end :], answer.today) for one in away}
    least = _Role.OF_OTHERS if _SPEAKS_FOR.search(text) else _Role.BEEN
    been = [one for one, role in roles.items() if role in (_Role.BEEN, least)]
    return Finding(full_name([one.place for one in been]), _IN_PASSING) if been else None


def _is_journey(said: _Said, text: str) -> bool:
    if _MOVED.search(said.before):
        return False
    if re.match(r"^(?:出差|旅游|那边|那儿?|老家)?(?:刚|才)?(?:飞|坐.{1,3})?回(?:来|的)", said.after):
        return True
    if _FROM.search(said.before):
        return bool(_BACK.match(said.after)) or (not said.after and bool(_BACK_ANYWHERE.search(text)))
    if _TO.search(said.before):
        is_done = bool(_DONE.search(said.before) or _DONE.search(said.after))
        return (is_done or bool(_BACK_ANYWHERE.search(text))) and not _STILL_THERE.search(
            said.after + said.following
        )
    if _STAYED.search(said.before):
        return bool(_STAY.match(said.after)) or said.before.endswith(("昨天还在", "前天还在"))
    return not said.clause and said.following.startswith((",回来", ",刚回来", ",昨天回", ",前天回"))
