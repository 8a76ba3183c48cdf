"""Yes or no: 去过, 没去过, 没有, 我在湖北.

Votes are counted in this order, and the first kind that there is decides: the script's own words and places;
then 有, 没有, 是的. Words about somebody else, or about a time that the question does not ask about, count
only where nothing better was said. Votes that contradict each other make the answer doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaign.patterns import compiled
from dialogs.entities.places import PlaceMention, is_part_of, places
from dialogs.language.words import Token
from dialogs.slots.answer import DOUBTFUL, Answer, Finding, careful
from dialogs.slots.journeys.near_home import is_only_near_home
from dialogs.slots.journeys.not_made import not_made, went_untold
from dialogs.slots.journeys.stayed_behind import is_still_gone, others_went_alone, stayed_behind
from dialogs.slots.journeys.told import (
    goes_nowhere_else,
    is_denied_in_other_words,
    is_denied_twice,
    is_homecoming,
    is_last_time_past,
    is_near_home,
    is_no_denial,
    is_there_and_back,
    is_told_of_past,
    is_too_long_ago,
    opens_with_no,
    was_the_last,
    written,
)
from dialogs.slots.negation import Mention, corrected, mentioned, part_of
from dialogs.slots.place.finder import may_stand
from dialogs.slots.place.roles import others_stayed
from dialogs.slots.whereabouts.clauses import (
    is_absent,
    is_aside,
    is_disputed,
    is_elsewhere,
    is_house_left,
    is_present,
)
from dialogs.slots.whereabouts.told import has_yet_to_come, told_whereabouts
from dialogs.slots.yes_no.plain_votes import generic_votes, has_plain_no
from dialogs.slots.yes_no.replies import find_reply, question_of
from dialogs.slots.yes_no.turned import turned_round
from dialogs.slots.yes_no.untrue import Untrue, had_parted, untrue
from dialogs.slots.yes_no.verdict_first import (
    BUT_FOR,
    BY_OTHERS,
    NEEDED,
    NO_THANKS,
    REMEMBERS,
    end_of_verdict,
)


@dataclass(frozen=True)
class _Vote:
    value: bool
    confidence: float
    is_certain: bool = True
    """False: about somebody else, or a guess from a place alone."""
    is_about_place: bool = False
    start: int = 0
    """Where the word stands; 0 where that does not matter."""


def find_yes_no(answer: Answer) -> Finding | None:
    if (told := told_whereabouts(answer)) is not None:
        return Finding(told, _TOLD, is_told=True)
    if answer.is_asked and (first := _verdict_first(answer)) is not None:
        return first
    if answer.is_asked and (before := _before_the_rest(answer)) is not None:
        found = corrected(before, _plain_yes_no)
        if found is not None and found.value is True:
            return found
    return corrected(answer, _plain_yes_no)


def _verdict_first(answer: Answer) -> Finding | None:
    """What an answer begins with, where the rest gives the reason; of questions that nobody taught."""
    slot = answer.slot
    if slot.like or slot.of_others or slot.place:
        return None
    if (remembered := _remembered(answer)) is not None:
        return remembered
    if NO_THANKS.search(answer.text) and any(token.has(slot.name, "no") for token in answer.tokens[-3:]):
        return Finding(False, _TOLD)
    end = end_of_verdict(answer.tokens, lambda token: token.has(slot.name) and len(token.word) > 1)
    found = corrected(part_of(answer, 0, end), _plain_yes_no) if end else None
    if found is None or found.value is None or found.confidence < _VERDICT:
        return None
    if found.value is False:
        said = corrected(part_of(answer, end, len(answer.tokens)), _plain_yes_no)
        rest = "".join(token.word for token in answer.tokens[end:])
        is_refused = _REFUSED.match(answer.text) is not None and not _ASKED_FOR.search(rest)
        if said is not None and said.value is True and NEEDED.search(rest):
            return said  # 我不用，楼下李大爷得有人帮
        if said is not None and said.value is True and not (BY_OTHERS.search(rest) or is_refused):
            return None  # 没有，昨天下楼做了个核酸; but 不用，儿子过来给我接水
    return found


def _remembered(answer: Answer) -> Finding | None:
    """What comes to mind after a no (没出去，哦对了，昨儿晚上下楼倒了趟垃圾), or is left out of it
    (没出门，就下楼倒了趟垃圾)."""
    thought = REMEMBERS.search(answer.text)
    if thought is None and answer.slot.is_journey:
        thought = BUT_FOR.search(answer.text)
        if thought is None or BY_OTHERS.search(answer.text, thought.end()):
            return None
    if thought is None:
        return None
    end = next((i for i, token in enumerate(answer.tokens) if token.end > thought.start()), 0)
    length = len(answer.tokens)
    behind = next((i for i, token in enumerate(answer.tokens) if token.start >= thought.end()), length)
    if behind == length:
        return None
    before, after = part_of(answer, 0, end), part_of(answer, behind, length)
    denied, told = corrected(before, _plain_yes_no), corrected(after, _plain_yes_no)
    is_told = denied is not None and denied.value is False and told is not None and told.value is True
    return told if is_told else None


_REFUSED = compiled("[嗯啊哦哎]*,?(?:不用|用不着|不需要|不必|甭|不劳)")
_ASKED_FOR = compiled("[帮要得来送给]|可|但|不过|哎呀|不行|还是|麻烦|劳驾")
"""用不着，我白天出车，家里没人 asks for nothing; 不用，哎呀不行，家里没人 does."""
_VERDICT = 0.85
"""Confidence from which what comes first decides."""


def _before_the_rest(answer: Answer) -> Answer | None:
    """What is told before it was not again, which denies nothing of that: 碰过一个，往后再没见着."""
    later = _NOT_AGAIN.search(answer.text)
    if later is None or answer.slot.is_journey or had_parted(answer.text):
        return None  # 国庆去过，后来没出去: what was before may be too long ago
    end = next(i for i, token in enumerate(answer.tokens) if token.end > later.start())
    return part_of(answer, 0, end) if end else None


_NOT_AGAIN = compiled(
    "[,;](?:(?:打|从|自)?(?:那|此|这)?(?:往后|后来|之后|以后|后头|过后)|(?:打|从|自)(?:那|此|这)(?:儿|天|回|次|里)?起?)"
    "(?:就|也|再|都|一直|便)*[没未][^,;]*[,;。]?$"
)


def find_reply_beside_unknown(answer: Answer) -> Finding | None:
    """忘了，没去打 is a no although somebody forgot; so is 不知道 where it was asked who knows."""
    found = _reply(answer)
    return found if found is not None and found.value is not None else None


def _reply(answer: Answer) -> Finding | None:
    question = question_of(answer.slot.question) if _is_plain(answer) else None
    if question is None:
        return None
    own = [(mention, vote.value, vote.confidence) for mention, vote in _votes_of_mentions(answer)]
    return find_reply(answer, question, own)


def _turned_round(answer: Answer) -> Finding | None:
    """What an answer ends with, in a question of which nobody taught how it is answered."""
    if answer.slot.like or not _is_plain(answer):
        return None
    votes = ((mention.token.start, vote.value) for mention, vote in _votes_of_mentions(answer))
    return turned_round(answer, tuple(votes))


def _plain_yes_no(answer: Answer) -> Finding | None:
    if (turned := _turned_round(answer)) is not None:
        return turned
    if (reply := _reply(answer)) is not None:
        return reply
    is_about_journeys = answer.slot.is_journey and answer.is_asked
    if is_about_journeys and was_the_last(answer):
        return Finding(False, 0.9, is_told=True)  # 上一趟出门还是端午节，去的青岛
    if is_about_journeys and is_still_gone(written(answer)):
        return Finding(True, 0.9, is_told=True)  # 上个月就回老家了，还没回来
    if is_about_journeys and stayed_behind(written(answer)):
        return Finding(False, 0.9, is_told=True)  # 我没去，老伴去了，去的承德
    if is_about_journeys and (went_untold(written(answer)) or is_there_and_back(written(answer))):
        return Finding(True, 0.9, is_told=True)  # 没告诉家里出差了; 当天去当天回
    if is_about_journeys and is_only_near_home(written(answer), answer.homes):
        return Finding(False, 0.9)  # 去怀柔看我妈了
    if is_about_journeys and others_went_alone(written(answer)):
        return Finding(True, DOUBTFUL)  # 我老公出差了
    if answer.slot.place and answer.is_asked and is_elsewhere(written(answer), answer.slot.place):
        return Finding(False, 0.9)
    if answer.slot.place and answer.is_asked and has_yet_to_come(written(answer)):
        return Finding(False, _TOLD, is_told=True)
    denied = _untrue(answer)
    votes = _weighty(list(_votes(answer, denied)))
    if not votes and answer.is_asked:
        is_past = is_told_of_past(answer)
        plain = generic_votes(answer, untrue=[(part.start, part.end) for part in denied])
        votes = [_Vote(value and not is_past, sure) for value, sure in plain]
    if not votes:
        return Finding(False, careful(answer, 0.8)) if answer.is_asked and is_last_time_past(answer) else None
    if answer.is_asked and not any(vote.is_certain for vote in votes):
        until = votes[0].start if _is_home_alone(answer, votes) else None
        votes += [_Vote(value, sure) for value, sure in generic_votes(answer, until) if not value]
    return _decided(answer, votes)


def _untrue(answer: Answer) -> list[Untrue]:
    """要是接触过，我早被隔离了; 不敢去外地: the parts that tell of what did not happen."""
    slot = answer.slot
    if not answer.is_asked or slot.place or not (slot.of_others or slot.is_journey):
        return []
    found = untrue(written(answer), is_about_ill=bool(slot.of_others))
    return [*found, *not_made(written(answer))] if slot.is_journey else found


def _is_home_alone(answer: Answer, votes: Sequence[_Vote]) -> bool:
    """丰台家里，啥症状没有: nothing but the home is named, so a no after it is about something else."""
    return bool(answer.slot.place) and all(vote.value and vote.start for vote in votes)


def _is_plain(answer: Answer) -> bool:
    """Whether nothing but the question decides: no place, no time, no other people."""
    slot = answer.slot
    return answer.is_asked and not (slot.place or slot.is_journey or slot.of_others)


def _weighty(votes: list[_Vote]) -> list[_Vote]:
    certain = [vote for vote in votes if vote.is_certain]
    return certain or votes


def _decided(answer: Answer, votes: Sequence[_Vote]) -> Finding:
    confidence = min(vote.confidence for vote in votes)
    value = votes[-1].value
    if len({vote.value for vote in votes}) > 1:
        if value and all(vote.value or vote.is_about_place for vote in votes):
            return Finding(True, min(confidence, 0.8))  # 没去武汉，去的郑州
        return Finding(value, min(confidence, DOUBTFUL))  # the last word wins, but it will be asked again
    if value and answer.is_asked and has_plain_no(answer):
        return Finding(True, min(confidence, DOUBTFUL))
    is_harmless = value or bool(answer.slot.place)
    return Finding(value, confidence if is_harmless else careful(answer, confidence))


# --- the script's words and places ----------------------------------------------------------------------


def _votes(answer: Answer, denied: Sequence[Untrue] = ()) -> Iterator[_Vote]:
    """Explicit words: 去过, 没去过, 我在湖北; those of what did not happen tell what is told by that."""
    yield from (_Vote(part.value, _SUPPOSED) for part in denied if part.value is not None)
    for mention, vote in _votes_of_mentions(answer):
        if not any(part.start < mention.token.end and mention.token.start < part.end for part in denied):
            yield vote
    if _met_the_ill(answer):
        yield _Vote(True, DOUBTFUL, is_certain=False)
    if answer.slot.place and answer.is_asked and is_present(written(answer)):
        yield _Vote(True, _OF_ONESELF)


def _met_the_ill(answer: Answer) -> bool:
    """房东在里屋隔离，我跟人家聊了半天: somebody is ill, and the speaker was with him."""
    if not answer.is_asked or not answer.slot.of_others:
        return False
    met = _WITH_THE_ILL.search(answer.text)
    return met is not None and _AT_A_DISTANCE.search(met[0]) is None


_WITH_THE_ILL = compiled(
    "(?:隔离|确诊|阳了|阳性|疑似|发着?烧)(?![^,;?]{0,3}(?:完|结束|解除)).*[,;]我(?:还|就|也|又|那天|当时|刚|才)*"
    "(?:[跟和给陪同与]|挨着|对着)(?:人家|他们?|她们?|那人)[^,;?没未不别]{0,6}?"
    "(?:聊|说话|吃|喝|坐|打|玩|待|呆|握|递|送|扶|抱|睡|站|下棋)[^,;?]*"
)
_AT_A_DISTANCE = compiled("电话|视频|微信|网|隔着|门口|好了|之前|以前")
_OF_ONESELF = 0.9
"""Confidence of 我在 beside what others do elsewhere."""
_TOLD = 0.98
"""Confidence of 明天才回来 and 上周回来的."""
_SUPPOSED = 0.8
"""Confidence of what 要是接触过，我早被隔离了 tells."""


def _votes_of_mentions(answer: Answer) -> Iterator[tuple[Mention, _Vote]]:
    owner = answer.slot.name if answer.is_asked else "unprompted:" + answer.slot.name
    looks_at_places = answer.is_asked and bool(answer.slot.place)
    named = _written_places(answer) if looks_at_places else {}

    def is_content(token: Token) -> bool:
        if token.start in named:
            return named[token.start] is not None
        return token.has(owner) or (looks_at_places and token.has("place"))

    mentions = mentioned(answer, is_content)
    if any(len(mention.token.word) > 1 for mention in mentions):
        mentions = [mention for mention in mentions if len(mention.token.word) > 1]  # 在 in 我在河北
    for mention in mentions:
        if mention.token.has(owner) and mention.token.start not in named:
            yield mention, _vote(answer, mention, owner)
        elif (vote := _vote_of_place(answer, mention, named)) is not None:
            yield mention, vote


def _vote(answer: Answer, mention: Mention, owner: str) -> _Vote:
    token, home = mention.token, answer.slot.place
    confidence = _unless_lost(answer, token)
    is_about_place = _has_other_place(answer, mention)
    if token.has(owner, "no"):
        if _IS_NO_RETURN.match(token.word):
            return _Vote(True, DOUBTFUL, is_certain=False)
        value = mention.is_negated and not token.word.startswith(_NEGATIVE)  # 不在外地: there
        value = value and (bool(home) or _OUT_OF_REACH.search(token.word) is None)
        value = value and not opens_with_no(answer, token)
        if home:
            value = (value and not is_absent(token.word)) or is_disputed(answer.text[: token.start])
        if is_no_denial(answer, token):
            return _Vote(not value, DOUBTFUL)
        if goes_nowhere_else(answer, token):
            return _Vote(value or is_homecoming(answer, token), DOUBTFUL, is_certain=False)
        is_of_others = mention.is_of_others or others_stayed(written(answer)[: token.start])
        is_certain = not (is_of_others or is_too_long_ago(answer, token))  # 去年没去，今年去了
        is_certain = is_certain and not _is_aside(answer, token)
        return _Vote(value, confidence, is_certain, is_about_place=is_about_place)
    if token.has("of_others:" + answer.slot.name):
        return _Vote(not mention.is_negated, min(confidence, 0.9), is_certain=False)
    if home and token.word.endswith(home) and is_house_left(answer.text[token.end :]):
        return _Vote(True, DOUBTFUL, is_certain=False)
    if home and token.word.endswith(_HERE) and _is_told_away(answer, token, home):
        return _Vote(False, min(confidence, 0.8))
    if answer.slot.is_journey and is_denied_in_other_words(answer, token):
        return _Vote(False, min(confidence, 0.8))
    if mention.is_negated and is_denied_twice(answer, token):
        return _Vote(True, min(confidence, 0.8), not mention.is_of_others)
    is_no_journey = is_too_long_ago(answer, token) or is_near_home(answer, token)
    if mention.negation == "没有" and is_about_place:
        confidence = DOUBTFUL  # 没有去过湖北 may be 没有，去过湖北
    is_negated = mention.is_negated and not _is_to_be_done(answer, token)
    value = not is_negated and not is_no_journey
    sure = confidence * (0.5 if mention.is_of_others else 1.0)
    return _Vote(value, sure, not (mention.is_of_others or is_no_journey or _is_aside(answer, token)))


def _is_to_be_done(answer: Answer, token: Token) -> bool:
    """提不动了得要人帮: what is to be done is not denied by what nobody is able to do."""
    return token.word.startswith("得") and not answer.text[: token.start].endswith(("不", "没"))


def _is_aside(answer: Answer, token: Token) -> bool:
    """Whether what is told of whereabouts is not of oneself and now: 我老公去了杭州; 后天才飞."""
    return bool(answer.slot.place) and answer.is_asked and is_aside(written(answer), token.start)


_HERE = ("这儿", "这里", "这边", "这")


def _is_told_away(answer: Answer, token: Token, home: str) -> bool:
    """回洛阳了，现在还在这儿; 寿光菜市场，我在这儿装车: here is the place that was named last."""
    text = written(answer)[: token.start]
    named = places(text) if text else ()
    last = next(iter(reversed(tuple(named))), None)
    if last is None or last.place.is_in(home):
        return False
    is_topic = last.start == 0 and _TOPIC.fullmatch(text, last.end) is not None
    if not (is_topic or _GOES.search(text[: last.start])):
        return False
    return _RETURNS.search(text, last.end) is None


_TOPIC = compiled("[^,;?没不回来]{0,6}[,;](?:我|俺|咱|人)?(?:就|都|正|还|现在|一直)*")
_GOES = compiled("[回去到在来赴往]了?$")
_RETURNS = compiled("[回返归]|到家|北京")
_IS_NO_RETURN = compiled("才不")
"""才不要回 is no 才…回 of somebody who is still away."""


_OUT_OF_REACH = compiled("不[着到见上了]$")
"""没有，成天在家谁也见不着: no 没有 turns this round."""
_NEGATIVE = ("没", "不", "未", "无", "从没", "从不", "都没", "哪", "上哪", "门都")


def _written_places(answer: Answer) -> Mapping[int, PlaceMention | None]:
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


def _vote_of_place(
    answer: Answer, mention: Mention, named: Mapping[int, PlaceMention | None]
) -> _Vote | None:
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
        return _Vote(False, min(0.9, token.confidence))
    if _BESIDE.search(before) and not answer.text.startswith("不远", token.end):
        return _Vote(mention.is_negated, token.confidence) if is_home else None
    if is_home and _is_only_compared(before, answer.text[token.end :]):
        return None
    if is_home and _NOT_OF.search(before):
        return _Vote(False, 0.9)
    if is_home and _OPPOSITE.match(answer.text, token.end) and _names_elsewhere(answer):
        return None
    is_said_of_me = before.endswith(_WHERE) and not (mention.is_of_others or _is_earlier(answer, token))
    if is_home and not before and _IS_ALL.match(answer.text, token.end):
        is_said_of_me = True  # 北京呢，老伴在天津
    value = is_home and not mention.is_negated
    is_said_of_me = is_said_of_me and not _is_aside(answer, token)
    return _Vote(value, min(0.9, token.confidence), is_certain=is_said_of_me, start=token.start + 1)


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


def _has_other_place(answer: Answer, mention: Mention) -> bool:
    """Whether the word stands with a place: 没去武汉."""
    end = mention.token.end
    return any(t.start == end and t.has("place") for t in answer.tokens)


def _unless_lost(answer: Answer, token: Token) -> float:
    """在 says little where the rest is not understood: 我在…"""
    return token.confidence if len(token.word) > 1 else careful(answer, token.confidence)
