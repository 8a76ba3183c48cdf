"""Any of several: symptoms, or any other list of a script. Empty is an all-clear, the worst mistake there is.

没发烧 alone denies one of the symptoms that were asked about. As the answer to 有没有发热、咳嗽、乏力等不舒服
people mean none by it, and it is read so; beside another question it says too little, and only two denied
symptoms, or plain words like 没什么不舒服, count as none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from campaign.patterns import any_of, compiled
from dialogs.language import grammar
from dialogs.language.body import WHERE_IT_HURTS
from dialogs.language.clauses import things_told
from dialogs.language.words import Token
from dialogs.slots.answer import DOUBTFUL, Answer, Finding, careful
from dialogs.slots.by_position import names_asked, told_by_position
from dialogs.slots.health.ended import has_ended
from dialogs.slots.health.others import is_mine, is_of_a_group, is_of_another, is_well_beside
from dialogs.slots.health.wellbeing import with_wellbeing
from dialogs.slots.negation import IsContent, Mention, closes_clause, corrected, mentioned
from dialogs.slots.picking import picked

_NOT_ALL = 0.55
"""Confidence of a list that something is missing from."""
_OF_ALL = 0.9
"""Confidence of 都要 and 除了买药都要."""
_ALL = compiled(
    "[全皆均]有|都有(?=[的呢啊,;!?，。；！？]|$)|一[条个样]没[落跑]|凑齐|样样都?[有占中]|一[样个]都?[不没][落少]|占全|[全都]占|[全都]?说[着中]了|全中"
)
"""全有，外加腹泻: whatever was asked about is there as well."""
_CAUSES = frozenset(["感冒", "着凉", "受凉", "伤风"])
"""What explains other symptoms rather than being one more: 着凉了，流鼻涕."""
_NO_COMPLAINT = frozenset(["住院", "懒得动", "闷得慌"])
"""What in passing tells of something else: 我妈住院，我去陪了几天."""
_BARE = frozenset(["不", "不是", "没"])
"""Deny nothing before words that were not understood: 我又不是他, 不跟你说, 没问过."""
_TELLING = frozenset("说讲摸嫌问催")
_OF_OTHERS = 0.8
"""Confidence of an all-clear beside what others feel."""
_BY_POSITION = 0.9
"""Confidence of 前两个有."""
_SURE = 0.9
"""Confidence from which what is told in verdicts only is beyond doubt, and that of an all-clear in them."""
_FILLERS = 0.3
"""Share of words that no lexicon knows (我想想啊, 加), up to which that holds."""
_TAKEN_BACK = 0.55
"""Confidence of 头疼，不对，没有: asked again."""


def find_symptoms(answer: Answer) -> Finding | None:
    """Symptoms: 挺好的 means none of them."""
    finding = _find(with_wellbeing(answer), is_health=True)
    if not answer.is_asked:
        return finding
    told = things_told(answer.said)
    if told == ():  # in these very words
        by_words = finding.confidence if finding is not None and not finding.value else 0.0
        return Finding([], max(_SURE, by_words), is_told=True)
    told = things_told(answer.text) if told is None else told
    if told is None or finding is None or bool(told) != bool(finding.value):
        return finding
    is_known = finding.confidence >= _SURE and answer.unexplained() <= _FILLERS
    return replace(finding, is_told=is_known and _are_found(answer, told))


def _are_found(answer: Answer, told: Sequence[str]) -> bool:
    """Whether each thing that an answer tells is in words that the script knows."""
    named = [token.word for token in answer.tokens if token.has(answer.slot.name)]
    return all(any(thing in word or word in thing for word in named) for thing in told)


def find_multi_choice(answer: Answer) -> Finding | None:
    """Any list of the script's own values; only a no means none of them."""
    if not answer.is_asked and not answer.slot.question:
        return _told_in_passing(answer)
    finding = corrected(answer, _picked, is_additive=True)
    if finding is None or finding.value or not picked(answer, answer.slot.name).wanted:
        return finding
    return Finding([], min(finding.confidence, _TAKEN_BACK))


def _told_in_passing(answer: Answer) -> Finding | None:
    """A list that no question asks for: what else may be there does not matter (老毛病，还有糖尿病), and a no
    is of something else (他本来就有老慢支，烧倒没怎么烧)."""
    found = _find(answer, is_health=False)
    if found is not None and found.value and found.confidence >= _NOT_ALL:
        return replace(found, confidence=max(found.confidence, _OF_ALL))
    if found is None or found.value or not _was_named(answer):
        return found
    wanted = [t for t in picked(answer, answer.slot.name).wanted if not is_of_another(answer.text, t)]
    values = dict.fromkeys(value for token in wanted for value in token.values(answer.slot.name))
    return Finding(list(values), min(t.confidence for t in wanted)) if wanted else found


def _picked(answer: Answer) -> Finding | None:
    owner = answer.slot.name if answer.is_asked else "unprompted:" + answer.slot.name
    picks = picked(answer, owner)
    if not answer.is_asked and (picks.values is not None or not picks.wanted):
        return _unprompted_none(answer, [])
    if picks.values is not None:
        return Finding(list(picks.values), _OF_ALL)
    if picks.wanted:
        told = (value for token in picks.wanted for value in token.values(owner))
        values = dict.fromkeys(value for value in told if value != "none")
        refused = {value for token in picks.refused for value in token.values(owner)}
        sure = min(token.confidence for token in picks.wanted)
        return Finding(list(values), min(sure, DOUBTFUL) if refused & values.keys() else sure)
    return _none(answer, [Mention(token, is_negated=True) for token in picks.refused], is_health=False)


def _find(answer: Answer, *, is_health: bool) -> Finding | None:
    finding = corrected(answer, partial(_plain, is_health=is_health), is_additive=True)
    if finding is None or finding.value or not _was_named(answer):
        return finding
    return Finding([], min(finding.confidence, _TAKEN_BACK))


def _was_named(answer: Answer) -> bool:
    """Something is named without being denied, if only before a correction, and not felt by others alone."""
    mentions = mentioned(answer, _names(answer))
    felt = [m.token for m in mentions if not (m.is_negated or _is_denied_of_me(answer, m, mentions))]
    return bool(felt) and not _are_others(answer, mentions) and not is_well_beside(answer, felt)


def _names(answer: Answer) -> IsContent:
    owner, shortest = answer.slot.name, 1 if answer.is_asked else 2

    def is_content(token: Token) -> bool:
        is_told = answer.is_asked or token.word not in _NO_COMPLAINT
        return is_told and token.has(owner) and len(token.word) >= shortest

    return is_content


def _plain(answer: Answer, *, is_health: bool) -> Finding | None:
    mentions = mentioned(answer, _names(answer))
    if answer.is_asked and (told := told_by_position(answer)) is not None:
        return Finding(_with_others(answer, told, mentions), _BY_POSITION)
    felt = [
        m.token
        for m in mentions
        if not (m.is_negated or _is_of_others(answer, m) or _is_denied_of_me(answer, m, mentions))
    ]
    lasting = [
        token
        for token in felt
        if not (
            _is_over(answer, token, mentions)
            or has_ended(answer, token.start, token.values(answer.slot.name))
            or _is_put_right(answer, token, mentions)
        )
    ]
    if lasting and is_health and answer.is_asked:
        if _are_others(answer, mentions) or is_well_beside(answer, lasting):
            return Finding([], _OF_OTHERS * (1.0 - answer.unexplained() / 2))
        lasting = _of_the_resident(answer, lasting)
        if _is_well_after_all(answer, lasting, mentions):
            return Finding([], _TAKEN_BACK)
    if lasting:
        return _felt(answer, lasting)
    if felt:
        return Finding([], _TAKEN_BACK) if answer.is_asked else None
    if not answer.is_asked:
        return _unprompted_none(answer, mentions)
    return _none(answer, mentions, is_health=is_health)


def _with_others(answer: Answer, told: Sequence[str], mentions: Sequence[Mention]) -> list[str]:
    """除了您说的仨，我还拉肚子: what was told by its place, and what was named besides.

    Names of the question itself only say what its places are: 发热、咳嗽、乏力，我占了头一个.
    """
    named = [value for m in mentions if not m.is_negated for value in m.token.values(answer.slot.name)]
    asked = names_asked(answer)
    return list(dict.fromkeys((*told, *(value for value in named if value not in asked))))


def _is_of_others(answer: Answer, mention: Mention) -> bool:
    """Whether it is told in passing of a relative: 我儿子发烧, not 我儿子说我发烧."""
    if answer.is_asked or not (mention.is_of_others or is_of_another(answer.text, mention.token)):
        return False
    return _TELLING.isdisjoint(answer.clause_of(mention.token))


def _is_denied_of_me(answer: Answer, theirs: Mention, mentions: Sequence[Mention]) -> bool:
    """我妈恶心，我不恶心: the same, felt by others and denied by the resident."""
    owner = answer.slot.name
    return theirs.is_of_others and any(
        m.is_negated
        and not m.is_of_others
        and m.token.start > theirs.token.start
        and set(m.token.values(owner)) == set(theirs.token.values(owner))
        for m in mentions
    )


def _of_the_resident(answer: Answer, felt: Sequence[Token]) -> list[Token]:
    """老爷子烧，我头疼: without what is felt by others, where the resident's own is told apart."""
    mine = [token for token in felt if not is_of_another(answer.text, token)]
    if mine and is_of_a_group(answer.text, [token for token in felt if token not in mine]):
        return mine  # 嗓子有点哑，班里倒是有几个孩子咳嗽
    return mine if any(is_mine(answer.text, token) for token in mine) else list(felt)


def _is_well_after_all(answer: Answer, felt: Sequence[Token], mentions: Sequence[Mention]) -> bool:
    """前阵子难受过，现在没有不舒服: what is wrong is not told; that nothing is comes last, in plain words."""
    owner = answer.slot.name
    if not felt or any(not t.has("vague:" + owner) or _is_located(answer, t) for t in felt):
        return False
    if any(m.is_introduced for m in mentions if m.token in felt):
        return False
    return any(t.has("unprompted:" + owner, "none") for t in answer.tokens if t.start > felt[-1].start)


def _are_others(answer: Answer, mentions: Sequence[Mention]) -> bool:
    """我挺好，老伴咳嗽: asked, the resident is well, and all that is felt is felt by others."""
    felt = [m for m in mentions if not m.is_negated]
    if not all(m.is_of_others and _TELLING.isdisjoint(answer.clause_of(m.token)) for m in felt):
        return False
    return _I_AM_WELL.search(answer.text) is not None


_I_AM_WELL = compiled(
    "(?:^|[,;])(?:我|俺)(?:自己|本人|自个儿?|个人|倒是?|可|是|都|一直|身体)*"
    "(?:挺好|很好|好着|好好|好得|蛮好|没事|没啥|没有(?=[,;])|没毛病|没什么|啥[事都也]|一点[事都]|正常|健康)"
)


def _is_over(answer: Answer, felt: Token, mentions: Sequence[Mention]) -> bool:
    """Whether the same is denied as of now later on: 烧了三天，现在不烧了."""
    owner = answer.slot.name
    return any(
        m.is_negated
        and m.negation.endswith("不")
        and m.token.start > felt.start
        and set(felt.values(owner)) == set(m.token.values(owner))
        and (answer.text.startswith("了", m.token.end) or m.token.word.endswith("了"))
        for m in mentions
    )


def _is_put_right(answer: Answer, felt: Token, mentions: Sequence[Mention]) -> bool:
    """热！不是发烧，是刚蹬完车: a word of one character that is then said not to have meant that."""
    owner = answer.slot.name
    return len(felt.word) == 1 and any(
        m.negation == "不是"
        and m.token.start > felt.start
        and len(m.token.word) > 1
        and set(felt.values(owner)) == set(m.token.values(owner))
        for m in mentions
    )


# --- something ------------------------------------------------------------------------------------------


def _felt(answer: Answer, felt: Sequence[Token]) -> Finding:
    clear = [t for t in felt if not t.has("vague:" + answer.slot.name) or _is_located(answer, t)]
    clear = [t for t in clear if t.word not in _CAUSES] or clear
    named = clear or felt
    values = list(dict.fromkeys(value for token in named for value in token.values(answer.slot.name)))
    confidence = min(token.confidence for token in felt)
    is_all = (
        bool(clear) and not _has_strange_feeling(answer) and not _ALL.search(answer.text, 0, named[0].start)
    )
    return Finding(values, confidence if is_all else min(confidence, _NOT_ALL))


def _is_located(answer: Answer, felt: Token) -> bool:
    """腿疼, 后背老不舒服: it is told where, so there is nothing to ask."""
    return _WHERE.search(answer.text[: felt.start]) is not None


_WHERE = compiled(
    f"(?:{any_of(WHERE_IT_HURTS)})"
    "(?:[这那]?(?:里|边|块|儿|上)|有点儿?|有些|稍微|一直|经常|特别|一阵一?阵|一圈|突突|隐隐|这[几两]天|"
    "一?变天就?|一[动碰走坐站]就|一到阴天就?|[老总也又还就是挺很可都直好])*$"
)


def _has_strange_feeling(answer: Answer) -> bool:
    """还有点… and then nothing that is known: there is more than was understood."""
    introduced = False
    strange = 0
    for token in answer.tokens:
        if token.has(grammar.BUT):
            introduced, strange = True, 0
        elif token.is_break or (token.tags and not token.has(grammar.FILLER)):
            introduced = False
        elif introduced and not token.tags:
            strange += len(token.word)
            if strange > 1:
                return True
    return False


# --- nothing --------------------------------------------------------------------------------------------


def _unprompted_none(answer: Answer, denied: Sequence[Mention]) -> Finding | None:
    said = [t for t in answer.tokens if t.has("unprompted:" + answer.slot.name, "none")]
    values = {value for m in denied for value in m.token.values(answer.slot.name)}
    if len(values) > 1 or any(m.token.has("vague:" + answer.slot.name) for m in denied):
        said += [m.token for m in denied]
    return Finding([], careful(answer, min(t.confidence for t in said))) if said else None


def _none(answer: Answer, denied: Sequence[Mention], *, is_health: bool) -> Finding | None:
    said = [t for i, t in enumerate(answer.tokens) if _says_none(answer, t, is_health) and _stands(answer, i)]
    said += [m.token for m in denied]
    if said:
        # 没有就是有点… with the rest not understood: something is there.
        has_more = any(t.has(grammar.YES) or t.has(grammar.BUT) for t in answer.tokens)
        has_more = has_more or grammar.UNKNOWN in answer.owners or _ALL.search(answer.text) is not None
        confidence = min(t.confidence for t in said)
        return Finding([], min(careful(answer, confidence), DOUBTFUL if has_more else 1.0))
    if is_health and any(t.has(grammar.FAIR) for t in answer.tokens):
        return Finding([], 0.5)
    return None


def _says_none(answer: Answer, token: Token, is_health: bool) -> bool:
    if token.has(grammar.NO) or token.has("unprompted:" + answer.slot.name, "none"):
        return True
    return token.has(answer.slot.name, "none") or (is_health and token.has(grammar.FINE))


def _stands(answer: Answer, index: int) -> bool:
    """Whether a no is one of its own rather than the 不 of 烧不烧 or part of what was not understood."""
    rest = answer.tokens[index + 1 :]
    if rest and rest[0].has(answer.slot.name):
        return False
    return answer.tokens[index].word not in _BARE or closes_clause(rest, lambda token: False)
