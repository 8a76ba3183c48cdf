"""Saying back, before a call ends, what makes its grade red or yellow; and what the reply means. Pure.

The law:

1. Said back is what a voice answered and the grading table finds alarming; at most once a call.
2. A yes makes the values certain, a value that is said anew replaces the old one.
3. A bare no tells which values are wrong but not what is right: they are asked once more.
4. Any other reply leaves the values as they were, but 待核实.

Words of both answers are kept with the value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from campaign.patterns import compiled
from campaign.records import BETWEEN_ANSWERS, SlotValue, Source
from dialogs.script import ANSWERS, Prompt, Script, SlotType, State, with_pieces


class Verdict(NamedTuple):
    """What a reply makes of the values that were said back."""

    kept: tuple[SlotValue, ...]
    denied: tuple[SlotValue, ...] = ()
    """Wrong, without the right ones being known."""


def to_confirm(script: Script, state: State, slots: Mapping[str, SlotValue]) -> tuple[SlotValue, ...]:
    """The values that the state has to say back; empty where there is nothing to confirm."""
    alarming = script.alarming(slots)
    return tuple(
        slots[name]
        for name, wording in state.confirms.items()
        if name in alarming and wording.said(slots[name].value) and _needs_confirming(slots[name])
    )


def _needs_confirming(value: SlotValue) -> bool:
    return value.source is Source.VOICE and not value.is_confirmed


def parts_of(prompt: Prompt, state: State, values: Sequence[SlotValue]) -> tuple[Prompt, ...]:
    """The prompt as the recordings that make it up, the values among them."""
    said = [piece for value in values for piece in state.confirms[value.name].said(value.value)]
    return with_pieces(prompt, ANSWERS, said)


def agreement(reply: SlotValue | None, words: str, denials: Sequence[str], *, is_anew: bool) -> bool | None:
    """The reply as yes or no; None when it is neither.

    Args:
        reply: What the words mean as an answer to 对吗.
        words: What was said, after repair.
        denials: Words that say no when they come first, whatever else is said: 不对，是三十六度八.
        is_anew: Whether a value was said; then 没 and 不 are about the value: 没发烧，就是咳嗽.
    """
    words = _HARMLESS.sub("", words)
    if _AND_SO_IT_IS.search(words) and not _DENIES_ANYWHERE.search(words):
        return True
    if is_anew and _NEGATIONS & set(words):
        return False
    if (assent := assents_first(words)) is not None:
        return assent
    if _begins_with_denial(words, denials):
        return False
    if reply is None or not reply.is_certain or (reply.value is False and not _SAYS_NO.search(words)):
        return None  # 出去了，就倒个垃圾，没别的
    return bool(reply.value)


_SAYS_NO = compiled("[没不别错瞎胡未哪甭莫假]")


def assents_first(words: str) -> bool | None:
    """对，就取快递那一趟, unless it is taken back: 对，可不是我，是我孙子. None where it begins otherwise."""
    first, *others = [clause for clause in _BREAKS.split(words) if clause.strip(_INTERJECTIONS)] or [""]
    if not _ASSENT.fullmatch(first) and not _ASSENT_AND_MORE.match(first):
        return None
    return not any(map(_DENIES_AFTER_ALL.match, others))


def without_harmless(words: str) -> str:
    """Without each 没 or 不 that denies nothing that was said back: 不碍事."""
    return _HARMLESS.sub("", words)


def is_harmless(words: str) -> bool:
    """Whether a 没 or 不 in the words denies nothing that was said back: 你没记上啊, 不碍事."""
    return _HARMLESS.search(words) is not None


def denies_any(words: str) -> bool:
    """Whether a no stands in the words that may be of what was said back."""
    return not _NEGATIONS.isdisjoint(_HARMLESS.sub("", words))


def denies_something(words: str) -> bool:
    """Whether something is denied beside 其他对, whatever it may be: 不是疼就是有点痒其他对."""
    return _DENIED_BESIDES.search(_HARMLESS.sub("", words)) is not None


def adds(words: str) -> bool:
    """Whether something is told besides what was said back: 差不多，还有浑身酸疼."""
    told = _HARMLESS.sub("", words).replace("没错", "")
    return _BESIDES.search(words) is not None and not _NEGATIONS & set(told)


_ASSENT = compiled(
    "[啊哦噢嗯呃额哎唉诶那都全]*(?:是(?:这么|那么|有这么?)(?:个|一)?回?事|就?是这样|[说记]得(?:都|全)?对|对头|对|是|没错|可不是?|差不多|差多|八九十|就是|行|好|要得|得[嘞咧了]|中|成|可以)+(?:的|了|啊|呀|嘞|哩|嘛|呢|吧|对|是)*"
)
_ASSENT_AND_MORE = compiled(
    "[啊哦噢嗯呃额哎唉诶那]*(?:对头[哦嘛噻]*|对(?!不(?!过)|[方象门面付比劲头话着起])[的了啊呀嘞哩嘛]*|是[的啊呀嘛]+|没错[的啊呀]*|可不(?:是)?[嘛么呗]+|差不多(?:是?这样)?[吧啊呀]+)(?!不(?!过))"
)
"""对的我还浑身没力气, as recognisers write it."""
_AND_SO_IT_IS = compiled("对对+|[,，?？]对[的啊呀]*$")
"""啥不适啊，哦，头晕是吧，对对对; 是鼻子不通气吧？他点头呢，对."""
_DENIES_ANYWHERE = compiled("不对|不是|没有?(?!错)|错")
_DENIES_AFTER_ALL = compiled(
    "(?:[啊哦噢嗯呃额哎唉诶那]|可是?(?!不对)|但是?|不过)*"
    "(?:不对|不是(?:[我他她这的]|本人|张|$)|(?:[说记听弄搞写]?错)|没有?(?:的事|这回事|[啊呀的]*$))"
)
_BESIDES = compiled(
    "还有|还(?=[咳发头拉嗓流浑没])|另外|再加|加上|[少漏落]了?(?:说)?(?:一[样个点]|[个点])|再写|也给写|没(?:给我?)?(?:记|写)(?:上|下)"
)


def _begins_with_denial(words: str, denials: Sequence[str]) -> bool:
    """In one of the clauses; 是不是 is no denial."""
    clauses = (clause.lstrip(_INTERJECTIONS) for clause in _BREAKS.split(words))
    return any(clause.startswith(word) for clause in clauses for word in denials)


_NEGATIONS = frozenset("没不")
NO_SUCH_THING = "不是(?:感冒|发[烧热]|流感|新冠)+(?:那种|那样|那类|那个)(?:的|不舒服|病)*"
"""就是老关节炎，不是感冒那种: what is told of a complaint, and takes nothing back."""
_HARMLESS = compiled(
    f"{NO_SUCH_THING}|(?<=差)不(?=多)|没(?:劲儿?|力气|胃口|味儿?)(?!没)|喘不[上过匀]来?气?|不通气|不透气|(?<=[睡吃闻尝站起])不(?=[着好下到出稳来])|(?<=八九)不离(?=十)|不是(?:那个|那种|什么|啥)?(?:大)?(?:病|新冠|毛病|事)|没病(?=[,，]?就是)|不碍事|不要紧|不严重|不打紧|不(?:怎么|太|算)?(?:厉害|重|明显)"
    "|没(?:啥|什么)?大?事|没有?(?:别的|其他|旁的)|(?:别的|其他的?|旁的)(?:不舒服|不适|症状|毛病)(?:都|也|倒)?没有?|(?:别的|其他的?|旁的)(?:都|也|真|倒|可)*没有?|没关系|[没不](?:给我?)?(?:记|写)(?:上|下来?)|[你您]没(?:记|写)|忘了?没?记"
    "|不适|不舒服|不得劲|不对劲|不过|不好意思|不就是|不是(?:新得|新添|刚得|这[几两]天|最近|现在)(?:的|才有的)?"
)
"""对，就是腿疼，不碍事 denies nothing, nor does 不舒服, which is said back."""
_INTERJECTIONS = "啊哦噢嗯呃额哎唉诶那"
_DENIED_BESIDES = compiled("(?<!是)不是(?=[^,，]{1,6}(?:就?是|而是))|那个不(?:算|作数|准)")
_BREAKS = compiled("[，。、；,;！？!?]")


def judged(
    asked: Sequence[SlotValue],
    is_right: bool | None,
    said_anew: Mapping[str, SlotValue],
    denied: Collection[str] = (),
) -> Verdict | None:
    """What the reply means; None when it means nothing.

    Args:
        asked: The values that were said back.
        is_right: The reply as yes or no; None when it is neither.
        said_anew: Values for the same slots in the reply itself: 不对，没有发烧，就是咳嗽.
        denied: Slots that were denied by name: 喘不上气没有.
    """
    if denied:
        others = tuple(value for value in asked if value.name not in denied)
        kept = tuple(_settled(v, is_right, said_anew[v.name]) if v.name in said_anew else v for v in others)
        return Verdict(kept, tuple(value for value in asked if value.name in denied))
    if is_right is None and not said_anew:
        return None
    if is_right is False and not any(_differs(value, said_anew.get(value.name)) for value in asked):
        return Verdict((), tuple(asked))  # 不是三十七度八 says the wrong value, not the right one
    others_are_right = is_right and not any(_contradicts(value, said_anew.get(value.name)) for value in asked)
    return Verdict(
        tuple(
            _settled(value, is_right, said_anew[value.name])
            if value.name in said_anew
            else (
                confirmed(value) if others_are_right else value
            )  # 不对，三十六度八: the rest was not denied
            for value in asked
        )
    )


def _differs(value: SlotValue, anew: SlotValue | None) -> bool:
    return anew is not None and bool(anew.value != value.value)


def _contradicts(value: SlotValue, anew: SlotValue | None) -> bool:
    """我说的是三十六度八 holds a 是, but is no yes; 对，还有点头疼 is one."""
    return _differs(value, anew) and not isinstance(value.value, list)


def _settled(value: SlotValue, is_right: bool | None, anew: SlotValue) -> SlotValue:
    """A value that was said again in the reply."""
    if anew.value == value.value or (is_right and _is_part(anew.value, value.value)):
        return confirmed(value)
    if is_right is None and _is_part(anew.value, value.value):
        return doubted(value, anew.raw)  # an echo of which half was lost, or a correction
    if is_right and isinstance(value.value, list):  # 对，还有点头疼
        return _put_right(value, replace(anew, value=list(dict.fromkeys([*value.value, *anew.value]))))
    return _put_right(value, replace(anew, is_certain=anew.is_certain and not is_right))


def _is_part(part: Any, whole: Any) -> bool:
    """对，有点咳嗽 after 发热 and 咳嗽 were said back."""
    return isinstance(part, list) and isinstance(whole, list) and set(part) <= set(whole)


def confirmed(value: SlotValue) -> SlotValue:
    """The resident said yes to it."""
    return replace(value, is_certain=True, is_confirmed=True)


def _put_right(value: SlotValue, anew: SlotValue) -> SlotValue:
    """What the resident said instead."""
    return replace(anew, raw=both(value.raw, anew.raw), is_confirmed=anew.is_certain)


def doubted(value: SlotValue, heard: str) -> SlotValue:
    """Said back without a reply that could be understood."""
    return replace(value, raw=both(value.raw, heard), is_certain=False)


def added(
    script: Script, known: Mapping[str, SlotValue], said: Mapping[str, SlotValue], said_back: Collection[str]
) -> Iterator[SlotValue]:
    """What the reply owns up to though it was denied before: 对，还有点头疼 after 没有不舒服."""
    for name in script.alarming(said):
        before = known.get(name)
        if name in said_back or before is None or before.value == said[name].value:
            continue
        if script.slots[name].type is SlotType.TEXT and before.value:
            continue  # what is needed besides is heard in passing
        yield replace(said[name], raw=both(before.raw, said[name].raw), is_certain=False)


def asked_anew(before: SlotValue, answer: SlotValue) -> SlotValue:
    """The answer to a question that was asked once more because its first answer was denied."""
    raw = both(before.raw, answer.raw)
    if answer.value is None:
        return replace(before, raw=raw, is_certain=False)
    return replace(answer, raw=raw)


def both(first: str, second: str) -> str:
    """The words of two answers."""
    return BETWEEN_ANSWERS.join(dict.fromkeys(words for words in (first, second) if words))
