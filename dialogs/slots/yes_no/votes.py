"""The votes of the script's own words: 去过, 没去过; somebody else's, or of another time, are not certain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campaign.patterns import compiled
from dialogs.entities.places import places
from dialogs.language.grammar import ANY_KIN
from dialogs.language.words import Token
from dialogs.slots.answer import DOUBTFUL, Answer, careful
from dialogs.slots.journeys.told import (
    goes_nowhere_else,
    is_denied_in_other_words,
    is_denied_twice,
    is_homecoming,
    is_near_home,
    is_no_denial,
    is_too_long_ago,
    opens_with_no,
    written,
)
from dialogs.slots.negation import Mention, mentioned
from dialogs.slots.place.roles import others_stayed
from dialogs.slots.whereabouts.clauses import is_absent, is_disputed, is_house_left, is_present
from dialogs.slots.yes_no.untrue import Untrue
from dialogs.slots.yes_no.vote import Vote, is_said_aside
from dialogs.slots.yes_no.votes_of_places import vote_of_place, written_places


def votes_of_words(answer: Answer, denied: Sequence[Untrue] = ()) -> Iterator[Vote]:
    """Explicit words: 去过, 没去过, 我在湖北; those of what did not happen tell what is told by that."""
    yield from (Vote(part.value, _SUPPOSED) for part in denied if part.value is not None)
    for mention, vote in votes_of_mentions(answer):
        if not any(part.start < mention.token.end and mention.token.start < part.end for part in denied):
            yield vote
    if _met_the_ill(answer):
        yield Vote(True, DOUBTFUL, is_certain=False)
    if answer.is_asked and answer.slot.of_others and _ILL_AT_HOME.fullmatch(answer.text):
        yield Vote(True, _OF_KIN)
    if answer.slot.place and answer.is_asked and is_present(written(answer)):
        yield Vote(True, _OF_ONESELF)


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
_ILL_AT_HOME = compiled(
    f"(?:有[啊的呀]?,)?(?:我|我们家?|家里)?的?(?:{ANY_KIN}|孩子|老人)(?:在|正|也|都|最近|这[两几]天|昨[天晚]|今天|有点儿?|开始)*"
    "(?:发[高低]?烧|发热|咳嗽|感冒)(?:了|着|呢|啊|[三四]十[零一二三四五六七八九点]*度[零一二三四五六七八九半]?)*"
)
"""我妈发烧: whoever tells so where contacts are asked for has met her."""
_OF_KIN = 0.9
"""Confidence of that."""
_AT_A_DISTANCE = compiled("电话|视频|微信|网|隔着|门口|好了|之前|以前")
_OF_ONESELF = 0.9
"""Confidence of 我在 beside what others do elsewhere."""
_SUPPOSED = 0.8
"""Confidence of what 要是接触过，我早被隔离了 tells."""


def votes_of_mentions(answer: Answer) -> Iterator[tuple[Mention, Vote]]:
    owner = answer.slot.name if answer.is_asked else "unprompted:" + answer.slot.name
    looks_at_places = answer.is_asked and bool(answer.slot.place)
    named = written_places(answer) if looks_at_places else {}

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
        elif (vote := vote_of_place(answer, mention, named)) is not None:
            yield mention, vote


def _vote(answer: Answer, mention: Mention, owner: str) -> Vote:
    token, home = mention.token, answer.slot.place
    confidence = _unless_lost(answer, token)
    is_about_place = _has_other_place(answer, mention)
    if token.has(owner, "no"):
        if _IS_NO_RETURN.match(token.word):
            return Vote(True, DOUBTFUL, is_certain=False)
        value = mention.is_negated and not token.word.startswith(_NEGATIVE)  # 不在外地: there
        value = value and (bool(home) or _OUT_OF_REACH.search(token.word) is None)
        value = value and not opens_with_no(answer, token)
        if home:
            value = (value and not is_absent(token.word)) or is_disputed(answer.text[: token.start])
        if is_no_denial(answer, token):
            return Vote(not value, DOUBTFUL)
        if goes_nowhere_else(answer, token):
            return Vote(value or is_homecoming(answer, token), DOUBTFUL, is_certain=False)
        is_of_others = mention.is_of_others or others_stayed(written(answer)[: token.start])
        is_certain = not (is_of_others or is_too_long_ago(answer, token))  # 去年没去，今年去了
        is_certain = is_certain and not is_said_aside(answer, token)
        return Vote(value, confidence, is_certain, is_about_place=is_about_place)
    if token.has("of_others:" + answer.slot.name):
        return Vote(not mention.is_negated, min(confidence, 0.9), is_certain=False)
    if home and token.word.endswith(home) and is_house_left(answer.text[token.end :]):
        return Vote(True, DOUBTFUL, is_certain=False)
    if home and token.word.endswith(_HERE) and _is_told_away(answer, token, home):
        return Vote(False, min(confidence, 0.8))
    if answer.slot.is_journey and is_denied_in_other_words(answer, token):
        return Vote(False, min(confidence, 0.8))
    if mention.is_negated and is_denied_twice(answer, token):
        return Vote(True, min(confidence, 0.8), not mention.is_of_others)
    is_no_journey = is_too_long_ago(answer, token) or is_near_home(answer, token)
    if mention.negation == "没有" and is_about_place:
        confidence = DOUBTFUL  # 没有去过湖北 may be 没有，去过湖北
    is_negated = mention.is_negated and not _is_to_be_done(answer, token)
    value = not is_negated and not is_no_journey
    sure = confidence * (0.5 if mention.is_of_others else 1.0)
    return Vote(value, sure, not (mention.is_of_others or is_no_journey or is_said_aside(answer, token)))


def _is_to_be_done(answer: Answer, token: Token) -> bool:
    """提不动了得要人帮: what is to be done is not denied by what nobody is able to do."""
    return token.word.startswith("得") and not answer.text[: token.start].endswith(("不", "没"))


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


def _has_other_place(answer: Answer, mention: Mention) -> bool:
    """Whether the word stands with a place: 没去武汉."""
    end = mention.token.end
    return any(t.start == end and t.has("place") for t in answer.tokens)


def _unless_lost(answer: Answer, token: Token) -> float:
    """在 says little where the rest is not understood: 我在…"""
    return token.confidence if len(token.word) > 1 else careful(answer, token.confidence)
