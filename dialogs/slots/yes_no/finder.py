"""Yes or no: 去过, 没去过, 没有, 我在湖北.

Votes are counted in this order, and the first kind that there is decides: the script's own words and places;
then 有, 没有, 是的. Words about somebody else, or about a time that the question does not ask about, count
only where nothing better was said. Votes that contradict each other make the answer doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from campaign.patterns import compiled
from dialogs.slots.answer import DOUBTFUL, Answer, Finding, careful
from dialogs.slots.journeys.near_home import is_only_near_home
from dialogs.slots.journeys.not_made import not_made, went_untold
from dialogs.slots.journeys.stayed_behind import is_still_gone, others_went_alone, stayed_behind
from dialogs.slots.journeys.told import (
    is_dated_before,
    is_last_time_past,
    is_there_and_back,
    is_told_of_past,
    was_the_last,
    written,
)
from dialogs.slots.negation import corrected, part_of
from dialogs.slots.whereabouts.clauses import (
    is_elsewhere,
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
from dialogs.slots.yes_no.vote import Vote
from dialogs.slots.yes_no.votes import votes_of_mentions, votes_of_words


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
_TOLD = 0.98
"""Confidence of 明天才回来 and 上周回来的."""
_GOES_ON = compiled("[,;，。；]|没|不|就?今[天早]|现在")
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
    own = [(mention, vote.value, vote.confidence) for mention, vote in votes_of_mentions(answer)]
    return find_reply(answer, question, own)


def _turned_round(answer: Answer) -> Finding | None:
    """What an answer ends with, in a question of which nobody taught how it is answered."""
    if answer.slot.like or not _is_plain(answer):
        return None
    votes = ((mention.token.start, vote.value) for mention, vote in votes_of_mentions(answer))
    return turned_round(answer, tuple(votes))


def _plain_yes_no(answer: Answer) -> Finding | None:
    if (turned := _turned_round(answer)) is not None:
        return turned
    if (reply := _reply(answer)) is not None:
        return reply
    is_about_journeys = answer.slot.is_journey and answer.is_asked
    if is_about_journeys and was_the_last(answer):
        return Finding(False, 0.9, is_told=True)  # 上一趟出门还是端午节，去的青岛
    if is_about_journeys and is_dated_before(answer):
        return Finding(False, 0.9, is_told=True)  # 去过西安，三个月前去的
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
    votes = _weighty(list(votes_of_words(answer, denied)))
    if not votes and answer.is_asked:
        is_past = is_told_of_past(answer)
        plain = generic_votes(answer, untrue=[(part.start, part.end) for part in denied])
        votes = [Vote(value and not is_past, sure) for value, sure in plain]
    if not votes:
        return Finding(False, careful(answer, 0.8)) if answer.is_asked and is_last_time_past(answer) else None
    if answer.is_asked and not any(vote.is_certain for vote in votes):
        until = votes[0].start if _is_home_alone(answer, votes) else None
        votes += [Vote(value, sure) for value, sure in generic_votes(answer, until) if not value]
    found = _decided(answer, votes)
    is_past = is_about_journeys and found.value is False and found.confidence >= _VERDICT
    if is_past and not _GOES_ON.search(answer.text) and is_told_of_past(answer):
        return replace(found, is_told=True)  # 三个月前回过老家: no network knows today
    return found


def _untrue(answer: Answer) -> list[Untrue]:
    """要是接触过，我早被隔离了; 不敢去外地: the parts that tell of what did not happen."""
    slot = answer.slot
    if not answer.is_asked or slot.place or not (slot.of_others or slot.is_journey):
        return []
    found = untrue(written(answer), is_about_ill=bool(slot.of_others))
    return [*found, *not_made(written(answer))] if slot.is_journey else found


def _is_home_alone(answer: Answer, votes: Sequence[Vote]) -> bool:
    """丰台家里，啥症状没有: nothing but the home is named, so a no after it is about something else."""
    return bool(answer.slot.place) and all(vote.value and vote.start for vote in votes)


def _is_plain(answer: Answer) -> bool:
    """Whether nothing but the question decides: no place, no time, no other people."""
    slot = answer.slot
    return answer.is_asked and not (slot.place or slot.is_journey or slot.of_others)


def _weighty(votes: list[Vote]) -> list[Vote]:
    certain = [vote for vote in votes if vote.is_certain]
    return certain or votes


def _decided(answer: Answer, votes: Sequence[Vote]) -> Finding:
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
