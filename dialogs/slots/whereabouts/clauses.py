"""Who and when a clause about whereabouts is about, and what tells that somebody is elsewhere. Pure.

我老公去了杭州 beside 我在 is about somebody else, 后天才飞海南 about what is to come, 我在深圳打过工，那是
老黄历了 about the past: such clauses count only where nothing is told of oneself and now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from campaign.patterns import compiled
from dialogs.slots.place.roles import SOMEBODY

_CLAUSE = compiled(f"(?:(?!(?<=了)(?:{SOMEBODY}|家属|家里人)(?:还|都|也|自己|一个人)*[在住])[^,;?])+|[^,;?]+")
"""A new one begins with whom it is about: 我去了甘肃了家属在丰台."""


# --- of somebody else, to come, or past ------------------------------------------------------------------

_OPENS = "(?:可是?|但是?|就|那|因为|是|倒是?|不过|只是|不在北京的?是)*"
_OTHER = compiled(
    f"{_OPENS}(?:(?:我|俺|咱|额)们?)?(?:家|屋里|单位|公司|宿舍|班上)?(?:的|那)?(?:有个?人|{SOMEBODY}|家属|家里人|那位|弟|哥|姐|妹)"
    "(?!家|这|那[边儿里]|屋|店|[跟和与]我)(?!.*我)"
)
_ME = compiled(f"{_OPENS}(?:我|俺|咱|额|本人|自己)")
_RESIDENT = ("他", "她", "人家")
"""Who is spoken of like that from the first word on is whom the call is for."""
_TO_COME = compiled(
    "(?:明[天早晚年日]|后[天日]|大后天|下个?(?:周|礼拜|星期|月)|过[两几]天|过了?[年完]|过年|春节|元旦|年[后底]|腊月|月底|等|下午|晚上|今晚|回头)"
    "[^,;?]{0,8}?(?:才|再|就|要|得|准备|打算)[^,;?没不]{0,4}(?:走|动身|出发|启程|[去飞回上](?!来|京|北京|家|海淀|朝阳|丰台|通州)[^,;?]{1,6})"
    "|(?:打算|准备)(?:走|动身|出发|启程)"
    "|^(?:明[天儿]|后天|大后天|下个?(?:周|礼拜|星期|月)|过[两几]天)(?:我|再|就)?[去飞回](?!来|京|北京|家|海淀|朝阳|丰台|通州)"
)
_WAS = compiled("上[回次]|前阵|早先|早年|当年|那年|从前|当初|年轻|[去前]年")
_NOW = compiled("[这如]今|[这如]会|现在|眼下|目前|至今|到今|还在")
_SO_THAT_WAS = compiled(
    "那(?:都|是|可|得|早|已|也)+[^,;?]{0,6}(?:老黄历|从前|以前|过去|早先|陈年|多年|上个?月|[去前]年|年轻|哪年|旧事|的事)"
)


def _clauses(text: str) -> Iterator[tuple[int, int, str]]:
    return ((match.start(), match.end(), match[0]) for match in _CLAUSE.finditer(text))


@lru_cache(maxsize=64)
def asides(text: str) -> tuple[tuple[int, int], ...]:
    """Where an answer about whereabouts tells of somebody else, of what is to come, or of the past."""
    if "," not in text and "?" not in text and "了" not in text:
        return ()
    clauses = tuple(_clauses(text))
    is_for_resident = text.startswith(_RESIDENT)
    is_other = False
    found = []
    for number, (start, end, clause) in enumerate(clauses):
        if _OTHER.match(clause):
            is_other = not is_for_resident
        elif _ME.match(clause) or PRESENT.fullmatch(clause):
            is_other = False
        following = clauses[number + 1][2] if number + 1 < len(clauses) else ""
        if is_other or _TO_COME.search(clause) or _is_past(clause, following):
            found.append((start, end))
    return tuple(found)


def _is_past(clause: str, following: str) -> bool:
    is_told = _SO_THAT_WAS.match(following) or _SO_THAT_WAS.match(clause) or _WAS.search(clause)
    return is_told is not None and not _NOW.search(clause)


def is_aside(text: str, position: int) -> bool:
    """Whether a word stands where nothing is told of oneself and now."""
    return any(start <= position < end for start, end in asides(text))


_DISPUTED = compiled("(?:怎么|咋|谁|凭什么|凭啥|干嘛)(?:老|还|又|就|都|总)*说$")
_ABSENT = compiled("在(?:出差|旅游|出门|探亲)")
_HOUSE = compiled("(?:那|的)?(?:边的?)?(?:屋子?|房子?|家里?)[^,;?]{0,4}(?:锁|空着|租|没人|退)")


def is_disputed(before: str) -> bool:
    """怎么还说我在外地: said by others, and not so."""
    return "说" in before and _DISPUTED.search(before) is not None


def is_absent(words: str) -> bool:
    """不在出差了 is 不在，出差了, unlike 不在外地."""
    return _ABSENT.match(words) is not None


def is_house_left(after: str) -> bool:
    """住广州，北京那屋锁着: nobody lives there."""
    return _HOUSE.match(after) is not None


# --- told of oneself, without a place --------------------------------------------------------------------

PRESENT = compiled(
    "(?:嗯|哎|诶|对|是的?|哦|喂|有)*(?:可是?|但是?|就|那)?(?:(?:我|俺|额|咱)们?|本人)?(?:人|自己|倒|可|也|是)*"
    "(?:还|都|就|一直|现在|目前|眼下|这会儿?|如今|正)*在(?:的|呢|啊|呀|嘛|哩|嘞|滴|哦|咧|撒|这儿?|这边|这里)*"
)
"""我在, 在呢: a clause that is nothing but that."""


def is_present(text: str) -> bool:
    """在，我老公去了杭州: said of oneself in a clause of its own, beside others or plans."""
    if "在" not in text or not asides(text):
        return False
    return any(
        PRESENT.fullmatch(clause) and not text.startswith("?", end) and not is_aside(text, start)
        for start, end, clause in _clauses(text)
    )


# --- elsewhere, without a place --------------------------------------------------------------------------

_THERE = "(?:那边|那儿|那里|那头|那嘎达|那旮瘩|那)"
_HERE = "(?:我|俺|咱|额|阿拉|我们|俺们|咱们)(?:自己)?(?:这边|这儿|这里|这头|这嘎达|这旮旯|这地方|这块|这)"
_STREET = "(?:[东西南北中]路|大道|路(?![过上途况边程远费面段线不很太]))"


@lru_cache(maxsize=4)
def _patterns(home: str) -> Mapping[str, re.Pattern[str]]:
    yours = f"你们(?:{home}|{_THERE})"
    return {
        "beside": compiled(f"{yours}.*{_HERE}|{_HERE}.*{yours}"),
        "hours": compiled(
            f"[比跟和]你们(?:{home}|{_THERE}|这边)?[早晚快慢差]了?[一二两三四五六七八九十半几]+个?多?(?:钟头|小时)"
        ),
        "left": compiled(f"{yours}我?[^,;?]{{0,8}}没(?:去|回|来)过?[了啦]"),
        "street": compiled(f"{home}{_STREET}"),
    }


_OF_THE_CALL = compiled("声音|信号|听|电话|网|打来|打过|噪|吵|登记|通知|社区|居委|系统|[说讲]")


def is_elsewhere(text: str, home: str) -> bool:
    """你们那儿下雪了，我这边还穿短袖; 比你们早一个钟头; 你们那边我半年没回了; 在北京路, which no city has
    at home; not 你们那边声音小，我这边听不清."""
    patterns = _patterns(home)
    if home in text and patterns["street"].search(text):
        return True
    if "你们" not in text:
        return False
    if patterns["hours"].search(text) or patterns["left"].search(text):
        return True
    return bool(patterns["beside"].search(text)) and not _OF_THE_CALL.search(text)
