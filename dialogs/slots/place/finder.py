"""Where somebody has been, as province and city: 湖北武汉.

Every place in the answer gets a role from the words around it (``dialogs.slots.place.roles``). Those where
the resident has been count, and no district of home. A place that puts right the one before it counts
instead of it: 青岛，嗐，烟台.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from campaign.patterns import compiled
from dialogs.entities.places import ALIASES, MUNICIPALITIES, Place, full_name, places
from dialogs.language.dictionary import is_place_name
from dialogs.language.words import CLAUSE_BREAKS, Token
from dialogs.slots.answer import DOUBTFUL, Answer, Finding, ends_like_garbled
from dialogs.slots.journeys.stayed_behind import stayed_behind
from dialogs.slots.negation import corrected
from dialogs.slots.place.breaks import with_breaks
from dialogs.slots.place.roles import (
    Role,
    SaidPlace,
    goes_to_others,
    is_no_journey,
    role_of,
    speaks_for_others,
)

_LOST_CITY = 0.5
"""Confidence of a province that is followed by something that could not be understood: 河北是家床."""
_IN_PASSING = 0.9
_UNLISTED = 0.7
"""Confidence of what only jieba takes for a place."""


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
    roles = {one: role_of(one, text[one.end :], answer.today) for one in away}
    away, is_certain = _uncorrected(away, roles, text)
    roles = {one: roles[one] for one in away}
    best = min(roles.values())
    if best > Role.OF_OTHERS or (best is Role.OF_OTHERS and not goes_to_others(text)):
        return None
    been = [one for one in away if roles[one] == best or _is_inside_another(one, roles)]
    found = _finding(answer, been)
    return found if is_certain else Finding(found.value, min(found.confidence, DOUBTFUL))


_EXCLAIMED = compiled("[,;]?(?:嗐|嗨|唉|咳|哎哟|哎呀|呸|瞧我)[^,;]{0,2}[,;]?(?:应该)?是?")
_RECALLED = compiled("[,;](?:哦|噢|喔|啊)[,;]?(?:应该)?是?")
_PUT_RIGHT = compiled("[,;][^,;]{0,3}(?:[弄搞记说]了?[混错岔])[^,;]{0,3}[,;](?:应该)?是?")
_MIXED_UP = compiled("[弄搞记说分]混|嘴瓢|秃噜|说[错岔反串秃]|记[错岔反串]|弄[错反]|口误|糊涂|脑子")


def _uncorrected(
    away: Sequence[SaidPlace], roles: Mapping[SaidPlace, Role], text: str
) -> tuple[Sequence[SaidPlace], bool]:
    """The places from the last on that puts right the one before it (青岛，嗐，烟台), and whether it does."""
    for index in range(len(away) - 1, 0, -1):
        last, one = away[index - 1], away[index]
        if roles[last] is not Role.BEEN or roles[one] is not Role.BEEN or _is_more_of(last.place, one.place):
            continue
        between = text[last.end : one.start]
        if _EXCLAIMED.fullmatch(between) or _PUT_RIGHT.fullmatch(between):
            return away[index:], True
        if _RECALLED.fullmatch(between):
            return away[index:], _MIXED_UP.search(text) is not None
    return [one for one in away if not _is_on_the_way(one, roles)], True


def _is_on_the_way(said: SaidPlace, roles: Mapping[SaidPlace, Role]) -> bool:
    """上海，是从上海转的，最后去的舟山: named first, and then told to be no place of the journey."""
    is_only_named = not said.clause and roles[said] is Role.BEEN
    others = [role for other, role in roles.items() if other.place == said.place and other is not said]
    is_elsewhere = any(role is Role.BEEN and o.place != said.place for o, role in roles.items())
    return is_only_named and is_elsewhere and Role.NEAR in others


def _is_more_of(last: Place, one: Place) -> bool:
    """湖南，哦，长沙: the city of the province that was named."""
    return not last.city and last.province == one.province


def _is_inside_another(said: SaidPlace, roles: dict[SaidPlace, Role]) -> bool:
    """嘉兴知道吧？浙江的; 广东，我儿子在深圳，就去的他那儿; but not 我儿子在深圳，我去的是东莞, nor
    四川，成都边上的德阳."""
    if not Role.BEEN < roles[said] < Role.NOT_BEEN:
        return False
    been = {other.place for other, role in roles.items() if role is Role.BEEN}
    is_city_named = any(place.city and place.province == said.place.province for place in been)
    return said.place in been or (Place(said.place.province) in been and not is_city_named)


def _finding(answer: Answer, been: Sequence[SaidPlace]) -> Finding:
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


def _is_followed_by_noise(answer: Answer, place: SaidPlace) -> bool:
    """Strange characters right after a place are a city that was not understood, unless 贵州转了一圈."""
    return not _NO_CITY_FOLLOWS.search(place.after) and ends_like_garbled(
        [t for t, start in _starts(answer) if start >= place.end]
    )


_NO_CITY_FOLLOWS = compiled(
    "^(?:省|那边|老家|[嘛呀啊哦])*(?:$|[转逛走待呆住玩跑]了|[^,;]{1,3}了(?:[一二两三四五六七八九十几半个点些好趟]|$)|(?:收|掰|刨|摘|割|种|挖|拔)[^,;]{1,3}(?:去?了|$)"
    "|跑(?:$|业务|运输|车|活|货)|我?有房|家里|过[寿年节]|[么嘛]$|[内里]|境内|亲$|省亲|[吃喝](?:喜?酒|席|饭)|开[^,;]{0,4}会"
    "|[送看接陪帮找瞧](?:我|了|货|个|孩|爹|爸|妈|老)|拜[祖年佛]|办[事点丧喜]|谈[生业合事]|干活|做[生工项]"
    "|走亲|别[再问提说]|[看瞧探][^,;]{1,3}去|跑[大货]?车|好几[个处]|哪[个些]|冻[得掉死]|没去[别其旁]|下的团|[阿外][^,;]{1,2}家|过房"
    "|[^,;]{1,6}住了[一二两三四五六七八九十]"
    "|参[加会]|奔丧|上坟|扫墓|祭祖|[进拉送]货|学习|培训)"
)


def _beside_certain(said: Sequence[SaidPlace]) -> Sequence[SaidPlace]:
    """All places, but those that only sound like one not where others were named for certain."""
    certain = [one for one in said if one.confidence == 1.0]
    beside = [one for one in said if one in certain or any(_is_beside(one, other) for other in certain)]
    return beside if certain else said


def _is_beside(said: SaidPlace, certain: SaidPlace) -> bool:
    """The 物汉 of 湖北物汉."""
    touches = said.start == certain.end or said.end == certain.start
    return touches and said.place.province == certain.place.province


def _is_home(place: Place, answer: Answer) -> bool:
    return any(place.is_in(home) for home in answer.homes)


def _is_taken_back(answer: Answer) -> bool:
    """去过上海，不不不，那是九月的事，最近没去: no other place follows."""
    text = _written(answer)[0]
    if stayed_behind(text):
        return True
    that = next((m for m in _THAT.finditer(text) if is_no_journey(m[0], answer.today)), None)
    return that is not None and not any(
        one.end > that.start() and not _is_home(one.place, answer) for one in _said(answer)
    )


_THAT = compiled(r"(?<=[,;?])那(?:都|得|可)*是[^,;]*")


def _said(answer: Answer) -> Iterator[SaidPlace]:
    yield from _said_in(*_written(answer))


def _said_in(text: str, by_sound: Sequence[tuple[int, int, Token]]) -> Iterator[SaidPlace]:
    for found in places(text):
        confidence = min(
            (t.confidence for start, end, t in by_sound if start < found.end and end > found.start),
            default=1.0,
        )
        yield _in_context(text, found.place, found.start, found.end, confidence)


def _in_context(text: str, place: Place, start: int, end: int, confidence: float) -> SaidPlace:
    opens = max((text.rfind(b, 0, start) for b in CLAUSE_BREAKS), default=-1) + 1
    closes = _next_break(text, end)
    next_closes = _next_break(text, closes + 1)
    before_that = max((text.rfind(b, 0, opens - 1) for b in CLAUSE_BREAKS), default=-1) + 1 if opens else 0
    return SaidPlace(
        place=place,
        name=text[start:end],
        start=start,
        end=end,
        before=text[opens:start],
        after=text[end:closes],
        previous=text[before_that : max(opens - 1, 0)],
        following=text[closes:next_closes],
        confidence=confidence,
        rest=text[next_closes:],
    )


def _next_break(text: str, start: int) -> int:
    return min((at for b in CLAUSE_BREAKS if (at := text.find(b, start)) >= 0), default=len(text))


# --- places that only sound like one --------------------------------------------------------------------

_LEAST_CONFIDENCE = 0.4
_SOUNDS_THE_SAME = 0.95
_LEADS_TO_PLACE = compiled(r"[去到从在打回往是飞趟过](?:[了的过]|一?[趟次回])*$|(?:省|还|就|哦|嗯|啊)$")
_OPENS_CLAUSE = compiled("(?:^|[,;?])$")
_FOLLOWS_PLACE = compiled(r"^(?:$|[,;?]|了|过|的|回|出差|玩|看|旅|省|市|老家|那|这|来|啊|吧|呢|嘛|呀)")
_FOLLOWS_ALONE = compiled(r"^(?:$|[,;?]|回|出差|省|市|那边|啊|吧|呢|嘛|呀)")
_FOLLOWS_THE_SAME = compiled(
    "^(?:旅游|就(?![我俺一两俩剩])|那[个儿边]|底下|下[面边]|[周旁]边|附近|乡下|农村|郊区|[待住呆玩]了)"
)


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
            if not is_written and may_stand(text, token, rest):
                repaired.append((len(text), len(text) + len(word), token))
            else:
                word = token.said
        elif token.said != word and (token.has("kin") or token.has("intent")):
            word = token.said  # 礼拜二刚, not 礼拜二哥; 上海菜馆吃, not 上海找管事
        text += word
    apart = with_breaks(text) if answer.is_asked else text
    if apart == text:
        return text, repaired
    moved = _moved(text, apart)
    return apart, [(moved[start], moved[end - 1] + 1, token) for start, end, token in repaired]


def _moved(text: str, apart: str) -> Sequence[int]:
    """Where each character of a text, and its end, is in the same text with other breaks."""
    new = [place for place, character in enumerate(apart) if character not in CLAUSE_BREAKS]
    kept = iter([*new, len(apart)])
    following = next(kept)
    moved = []
    for character in text:
        moved.append(following)
        if character not in CLAUSE_BREAKS:
            following = next(kept)
    return [*moved, len(apart)]


def may_stand(before: str, token: Token, after: str) -> bool:
    """Whether a word that was repaired to a place stands where one may: 去了五汉, not 等红灯 (德宏)."""
    if token.confidence < _LEAST_CONFIDENCE or token.word in ALIASES:
        return False
    is_before_named = any(said.start == 0 for said in places(after))
    if _OPENS_CLAUSE.search(before):
        is_the_same = token.confidence >= _SOUNDS_THE_SAME and _FOLLOWS_THE_SAME.match(after) is not None
        return is_before_named or is_the_same or bool(_FOLLOWS_ALONE.match(after))
    is_after_named = any(said.end == len(before[-4:]) for said in places(before[-4:]))
    is_led = is_after_named or bool(_LEADS_TO_PLACE.search(before))
    return is_led and (is_before_named or bool(_FOLLOWS_PLACE.match(after)))


def _starts(answer: Answer) -> Iterator[tuple[Token, int]]:
    """Every word with its position in the text of ``_written``."""
    moved = _moved(answer.text, _written(answer)[0])
    position = 0
    for token in answer.tokens:
        yield token, moved[position]
        position += len(token.word)


_NO_JOURNEY = frozenset(
    """
    城市 外国 国外 外地 外省 东北 西北 华北 江南 离京 乡下 农村 老家 全国 中国 四环 三环 五环 市区 郊区
    京城 市里 城里 县城 省城 北方 南方 西部 东部 中原 长江 黄河 内地 大陆 海外 世界 公园 医院 学校 大街
    这家 那家 哪能 太远 好远
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
        and may_stand(text[: token.start], token, text[token.end :])
    ]
    if not found or _role_of_token(answer, found[0]) is not Role.BEEN:
        return None
    return Finding("".join(dict.fromkeys(token.word for token in found)), _UNLISTED)


def _role_of_token(answer: Answer, token: Token) -> Role:
    said = _in_context(answer.text, Place(token.word), token.start, token.end, 1.0)
    return role_of(said, answer.text[token.end :], answer.today)


# --- in passing -----------------------------------------------------------------------------------------

_TRIP = r"(?:[过了的]|一?[趟次回]|了?一?[趟次回])*"
_FROM = compiled(r"(?:从|打|自|由)(?:老家|外地)?$")
_TO = compiled(rf"(?:去|到过|跑|回了|回过|上){_TRIP}(?:老家)?$|[去到]的就?是$")
_BACK = compiled(r"^.{0,8}(?:回|归|到的?家|转来|飞|返|撤|到的?北京|下的?(?:火车|飞机|高铁|动车))")
_CAME = compiled("^[^,;]{0,4}(?:(?<!打)过来|上来|来的)")
_LATELY = compiled("昨|前天|[号周]|礼拜|星期|刚|才")
_BACK_ANYWHERE = compiled("回来|回北京|回京|到家|到的家|回的|返京|昨|前天|号")
_DONE = compiled(
    r"的就?是$|^(?:过(?!冬|年)|出差|出过|出了|玩|旅游|看|开|参加|培训|办|伺候|陪|接|进货|谈|拉)|趟|回来|[去到回]过|出过"
)
_STAYED = compiled(r"(?:在)$")
_STAY = compiled(r"^(?:那儿?|那边)?(?:出差|开会)?(?:(?:待|住|玩|呆)了|没见|没碰|的时候)")
_STILL_THERE = compiled(r"还没(?!去)|没回|还得|还住|还在")
_MOVED = compiled(r"[搬嫁调](?:去|到|回)了?$|派我?到$|要去$|才去$")


def _place_of_journey(answer: Answer) -> Finding | None:
    """我在河北 says where somebody is, not where he has been; 从上海回来, 去上海出差 does."""
    written = _written(answer)
    text = written[0]
    away = [
        one
        for one in _said_in(*written)
        if not _is_home(one.place, answer) and _is_journey(one, text) and one.confidence == 1.0
    ]
    if not away:
        return None
    roles = {one: role_of(one, text[one.end :], answer.today) for one in away}
    least = Role.OF_OTHERS if speaks_for_others(text) else Role.BEEN
    been = [one for one, role in roles.items() if role in (Role.BEEN, least)]
    return Finding(full_name([one.place for one in been]), _IN_PASSING) if been else None


def _is_journey(said: SaidPlace, text: str) -> bool:
    if _MOVED.search(said.before):
        return False
    if re.match(r"^(?:出差|旅游|那边|那儿?|老家)?(?:刚|才)?(?:飞|坐.{1,3})?回(?:来|的)", said.after):
        return True
    if _FROM.search(said.before):
        is_recent = _CAME.match(said.after) is not None and _LATELY.search(said.before) is not None
        return (
            is_recent
            or bool(_BACK.match(said.after))
            or (not said.after and bool(_BACK_ANYWHERE.search(text)))
        )
    if _TO.search(said.before):
        is_done = bool(_DONE.search(said.before) or _DONE.search(said.after))
        return (is_done or bool(_BACK_ANYWHERE.search(text))) and not _STILL_THERE.search(
            said.after + said.following
        )
    if _STAYED.search(said.before):
        return bool(_STAY.match(said.after)) or said.before.endswith(("昨天还在", "前天还在"))
    return not said.clause and said.following.startswith((",回来", ",刚回来", ",昨天回", ",前天回"))
