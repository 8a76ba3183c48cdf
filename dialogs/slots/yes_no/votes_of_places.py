"""The votes of places, where it is asked whether somebody is at one: 我在湖北, 往北京走."""

from __future__ import annotations

import re
from collections.abc import Mapping

from campaign.patterns import compiled
from dialogs.entities.places import PlaceMention, is_part_of, places
from dialogs.language.words import Token
from dialogs.slots.answer import Answer
from dialogs.slots.journeys.told import written
from dialogs.slots.negation import Mention
from dialogs.slots.place.finder import may_stand
from dialogs.slots.yes_no.vote import Vote, is_said_aside


def written_places(answer: Answer) -> Mapping[int, PlaceMention | None]:
    """The places that are written, by the start of the word that holds or begins them, whatever it is taken
    for: 颐 of 颐和园. None is for a word that is none: repaired to one, 德宏 for 等红, or 重庆饭店."""
    said_there = tuple(places(written(answer)))
    found: dict[int, PlaceMention | None] = {}
    for token in answer.tokens:
        said = next((m for m in said_there if token.start <= m.start < token.end), None)
        if said and (_is_overwritten(token, said) or _begins(token, said)):
            found[token.start] = said
        elif token.has("place") and said is None and (token.said == token.word or not _stands(answer, token)):
            found[token.start] = None
    return found


def _is_overwritten(token: Token, said: PlaceMention) -> bool:
    """还在老家 for 还在牛街, but not 不在北京 for 不再北京."""
    start, end = said.start - token.start, said.end - token.start
    return token.word[start:end] != token.said[start:end]


def _begins(token: Token, said: PlaceMention) -> bool:
    return token.start == said.start and (not token.tags or token.has("place"))


def _stands(answer: Answer, token: Token) -> bool:
    return may_stand(answer.text[: token.start], token, answer.text[token.end : token.end + 4])


def vote_of_place(answer: Answer, mention: Mention, named: Mapping[int, PlaceMention | None]) -> Vote | None:
    """我在河北. 没有，我在河北: not being in Hebei would tell nothing, so the no is about something else.
    从青岛过来 says nothing about where somebody is now, 往北京走 and 挨着延庆 that he is not there."""
    token, home = mention.token, answer.slot.place
    said = named.get(token.start)
    before = written(answer)[: said.start] if said else answer.text[: token.start]
    is_home = said.place.is_in(home) if said else any(is_part_of(p, home) for p in token.values("place"))
    if _LEAVES.search(before) and _COMES.match(answer.text, token.end):
        return None
    if not is_home and (mention.is_negated or before.endswith(_NOT_THERE)):
        return None
    if is_home and _INTENDED.search(before):
        return None
    if is_home and _NOT_REACHED.match(answer.text, token.end):
        return Vote(False, min(0.9, token.confidence))
    if _BESIDE.search(before) and not answer.text.startswith("不远", token.end):
        return Vote(mention.is_negated, token.confidence) if is_home else None
    if is_home and _is_only_compared(before, answer.text[token.end :]):
        return None
    if is_home and _NOT_OF.search(before):
        return Vote(False, 0.9)
    if is_home and _OPPOSITE.match(answer.text, token.end) and _names_elsewhere(answer):
        return None
    is_said_of_me = before.endswith(_WHERE) and not (mention.is_of_others or _is_earlier(answer, token))
    if is_home and not before and _IS_ALL.match(answer.text, token.end):
        is_said_of_me = True  # 北京呢，老伴在天津
    value = is_home and not mention.is_negated
    is_said_of_me = is_said_of_me and not is_said_aside(answer, token)
    return Vote(value, min(0.9, token.confidence), is_certain=is_said_of_me, start=token.start + 1)


def _names_elsewhere(answer: Answer) -> bool:
    return any(not said.place.is_in(answer.slot.place) for said in places(written(answer)))


def _is_only_compared(before: str, after: str) -> bool:
    """跟北京那条同名; 比北京暖和; 你们北京供暖了; but not 我在你们北京打工, 我和北京的同事."""
    if before.endswith("你们"):
        return not before.endswith(("在你们", "到你们", "来你们"))
    return _COMPARES.search(before) is not None and _COMPARED.match(after) is not None


_COMPARES = compiled("(?:跟|和|与|比|像|不如|不比)$")
_COMPARED = compiled(
    "[^,;?在]{0,4}(?:一样|两样|同名|不同|似的|差不多|差远|没法比|[冷热暖凉潮干]|便宜|贵|[早晚快慢]|强|舒服)"
)
_OPPOSITE = compiled("的?(?:对[过面]|隔壁|边上|旁边|紧挨)")
"""三河，就在通州对过."""
_NOT_OF = compiled("(?:不归|不属于?|不算是?|归不[着到])$")
"""不归北京管."""


def _is_earlier(answer: Answer, token: Token) -> bool:
    """昨夜还在唐山 tells where somebody was."""
    before = answer.text[: token.start]
    return before.endswith("在") and _EARLIER.search(re.split("[,;?]", before)[-1]) is not None


_WHERE = ("在", "住", "到", "来", "回", "搁", "蹲", "躺", "返", "抵", "居")
_IS_ALL = compiled("[呢啊呀嘛呗哦]*(?:$|[,;])")
_NOT_THERE = ("没在", "不在")
_LEAVES = compiled("[从打自由]$")
_COMES = compiled("[^,;?]{0,4}(?:来|回|归|返)")
_BESIDE = compiled("(?:挨着?|紧邻|靠着|靠近|临近|邻近|距离?|离|往|奔|出了?)$")
_INTENDED = compiled("[本原](?:来|先)?(?:想|打算|准备|计划)[^,;?]{0,4}$")
_NOT_REACHED = compiled(
    "[啊呢吗]?[?,;]?(?:还|尚)差[^,;?]{1,6}(?:里|路|小时|站)|[啊呢吗]?[?,;](?:还|尚)?没到[呢哪哩家]*(?:$|[,;])"
    "|[啊呢吗呀嘛]?[?,;]?我?(?:都|也|可)?(?:有|快)?(?:[几一二两三四五六七八九十半多好]+个?(?:年|月|礼拜|星期)|好久|许久|早)"
    "(?:多|来)?(?:都|也|就)?[没不]再?(?:去|回|来)[了过啦]?(?:$|[,;])"
)
"""北京？还差八百里地呢; 北京啊，两年没去了."""
_EARLIER = compiled("^[我他她]?原在|昨|前[天日]|上个?(?:周|星期|礼拜|月)|之前|此前|原来|本来|原先|早先")
