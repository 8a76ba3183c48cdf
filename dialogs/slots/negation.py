"""What a negation reaches, and what a correction takes back.

没有发烧咳嗽就是嗓子疼 denies the first two; 发烧？没有 denies what was asked back;
三十七度二，不对，三十六度二 is 36.2. A negation reaches to the end of its clause, or to a 就是, 有点, 但是
before that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.language.spent_denials import is_spent_on
from dialogs.language.words import Token
from dialogs.script import Slot, SlotType
from dialogs.slots.answer import Answer, Finding, is_grammar

_REACH = 5
"""Characters of unexpected words after which a negation no longer counts."""
_QUESTIONS = frozenset("?吗么")
_ADDING = frozenset([grammar.OTHERS, grammar.ADDITION, grammar.WAIT])
"""After them no denial reaches on."""
_NO_ALONE = compiled(
    "(?:我|这|那|这些|这几样|几样|[这那][几仨俩三两][样个种]?|以上|上述|[你您]说的|[你您]问的)*"
    "(?P<all>[都均皆概全也亦更]|一概|一律|统统|通通|[一哪][样个])*"
    "(?:并|倒|可|真|绝对|肯定|当然|从来|暂时|目前)*(?:没(?:[找沾碰摊轮赶占][上着到]?我?)|没有?|没得|(?P<curt>无一符合|无|否))[的啊呀呢哇嘛哦哎欸过]*"
)
"""A clause that is nothing but a no: 均无, 这几样都没有. 没了 is none: 咳嗽，没了 ends a list."""
_NAMING = frozenset(["那个", "这个", "什么", "以及", *"那啥呢嘛吧啊呀哦也和跟与"])
"""What may stand beside the words of a clause that only names them."""
_INDEED = frozenset(["这个", "这", "那个", "倒", "倒是", "真", "还真", "确实", "是真", "可"])
_SOMEWHAT = ("有点", "有些", "有一点")
_WHETHER = ("不", "没")
_COMPLEMENTS = frozenset(
    ["去", "来", "起来", "上来", "下来", "出来", "过来", "上去", "下去", "过去", "动", "住", "停"]
)
"""With 不 before them they tell what cannot be done: 喘不过来."""
_ENDINGS = frozenset(["下去", "停"])
"""With 没 before them it goes on: 半夜烧起来的还没下去."""
_LINKING = frozenset("倒是也更嘛呢吧么")
_A_WHILE = compiled("(?:几|两|多)(?:天|日子|久|会儿?|小时|个?(?:月|周|礼拜|星期|钟头))|多少(?:天|日子|时间)")
"""What a 没 before it tells of: 刚回来没几天, 咳嗽没多久."""
_VERBS_IN_DE = "觉晓记懂显舍认"
"""Before 得 in verbs that may be denied; 头疼得不中 denies nothing."""
_COMPANIONS = frozenset(
    [
        "陪",
        "跟",
        "和",
        "与",
        "同",
        "带",
        "带着",
        "看",
        "看看",
        "看望",
        "找",
        "送",
        "接",
        "帮",
        "给",
        "替",
        "伺候",
        "照顾",
    ]
)


@dataclass(frozen=True)
class Mention:
    """A word that matters, with what the words around it make of it."""

    token: Token
    is_negated: bool
    is_introduced: bool = False
    """有点 or 就是 came right before: a later 没有 does not turn it round."""
    clause: int = 0
    is_of_others: bool = False
    """Said of somebody else: 我儿子去了上海."""
    negation: str = ""
    """The word that negates it from before."""


IsContent = Callable[[Token], bool]


def mentioned(answer: Answer, is_content: IsContent) -> list[Mention]:
    """The words that matter with what negation does to them: 没有发烧咳嗽就是嗓子疼 negates the first two."""
    if not any(map(is_content, answer.tokens)):
        return []
    walk = _Walk(answer, is_content)
    for index, token in enumerate(answer.tokens):
        walk.step(index, token)
    walk.end_clause()
    return walk.without_questions()


class _Walk:
    """One way through an answer, clause by clause."""

    def __init__(self, answer: Answer, is_content: IsContent) -> None:
        self._answer, self._is_content = answer, is_content
        self._mentions: list[Mention] = []
        self._questions: dict[int, int] = {}  # clause that asks back -> position after it
        self._clause = 0
        self._clause_start = 0  # where the mentions of the clause begin
        self._clause_words: list[Token] = []
        self._named_from: list[
            int
        ] = []  # where the mentions of the last clauses begin, all of which only name
        self._named_and_denied: list[range] = []
        self._open_clause()

    def _open_clause(self) -> None:
        self._open_from = len(self._mentions)  # mentions from here on belong to the clause
        self._negation: Token | None = None
        self._linked = False  # 倒, 是, 嘛 came after the last mention
        self._is_introduced = False
        self._strange = 0
        self._is_of_others = False

    def end_clause(self) -> None:
        """咳嗽，发烧，都没有 and 烧，无: a no apart denies what was only named before it.

        头痛，没有 may be a symptom and no other; 烧，没有，咳，没有 goes through them.
        """
        words, self._clause_words = self._clause_words, []
        if any(map(self._is_content, words)):
            is_naming = all(self._is_content(t) or t.word in _NAMING for t in words)
            self._named_from = [*self._named_from, self._clause_start] if is_naming else []
            return
        no = _NO_ALONE.fullmatch("".join(t.word for t in words)) if self._named_from and words else None
        if no is not None and (no["all"] or no["curt"]):
            _turn_round(self._mentions, self._named_from[0])
        if no is not None and len(self._named_from) == 1:
            self._named_and_denied.append(range(self._named_from[0], len(self._mentions)))
        self._named_from = self._named_from if not words else []

    def step(self, index: int, token: Token) -> None:
        asks = token.word in _QUESTIONS and not any("算" in word.word for word in self._clause_words)
        if token.is_break or token.word in _QUESTIONS:
            self.end_clause()
        else:
            self._clause_words.append(token)
        self._linked = self._linked or token.word[0] in _LINKING
        if self._is_content(token):
            self._mention(token)
        elif token.is_break or token.word in _QUESTIONS:
            if asks:  # 扭了腰算吗 asks about the word alone
                self._questions[self._clause] = index + 1
            self._clause += 1
            self._clause_start = len(self._mentions)
            self._open_clause()
        elif token.has(grammar.OTHERS) and self._is_right_after_negation(token):
            pass  # 无其他不适
        elif not token.owners.isdisjoint(_ADDING):
            self._open_clause()
        elif token.has(grammar.BUT) or token.has(grammar.YES) or token.has(grammar.AFFIRMED):
            self._negation, self._is_introduced = None, True
        elif token.has(grammar.NEGATION) or _denies_whole(token, self._answer.slot):
            self._negate(index, token)
        elif token.has(grammar.NO) and not token.has(grammar.FILLER):
            self._deny_before(index)
        elif self._ends_contrast(token):
            self._negation, self._is_introduced = None, True
        else:
            self._pass(index, token)

    def _is_right_after_negation(self, token: Token) -> bool:
        return self._negation is not None and self._negation.end == token.start

    def _ends_contrast(self, token: Token) -> bool:
        """The second 是 in 不是咳嗽是嗓子疼."""
        return token.word == "是" and self._negation is not None and self._negation.word == "不是"

    def _mention(self, token: Token) -> None:
        if token.has(grammar.BUT) or token.word.startswith("有"):  # 就是有点咳嗽, 有接触 in one word
            self._negation, self._is_introduced = None, True
        if self._is_spent(token):
            self._negation = None
        is_negated = self._negation is not None
        if self._asks_whether(token):
            self._mentions.pop()
            self._negation = None
            return
        is_introduced = self._is_introduced or _holds_degree(token)
        negation = self._negation.word if self._negation is not None else ""
        if is_negated and self._linked and negation != "不是":
            self._deny_topic(token)
        self._linked = False
        self._mentions.append(
            Mention(token, is_negated, is_introduced, self._clause, self._is_of_others, negation)
        )
        self._strange = 0

    def _is_spent(self, token: Token) -> bool:
        """Whether the negation before a symptom denies something else: 没睡觉头疼, 没好全咳嗽."""
        no = self._negation
        if no is None or self._answer.slot.type is not SlotType.SYMPTOMS or no.end == token.start:
            return False
        return is_spent_on(self._answer.text[no.end : token.start])

    def _asks_whether(self, token: Token) -> bool:
        """咳不咳 and 烧没烧 are neither said nor denied: 咳是咳，烧没烧."""
        last = self._mentions[-1].token if len(self._mentions) > self._clause_start else None
        negation = self._negation
        if last is None or negation is None or last.word != token.word:
            return False
        return negation.word in _WHETHER and last.end == negation.start and negation.end == token.start

    def _deny_topic(self, token: Token) -> None:
        """The first 咳 of 咳倒是不咳; 咳不咳 with nothing between them asks."""
        last = self._mentions[-1] if len(self._mentions) > self._clause_start else None
        if last is not None and not last.is_introduced and not last.token.tags.isdisjoint(token.tags):
            self._mentions[-1] = replace(last, is_negated=True)

    def _negate(self, index: int, token: Token) -> None:
        text, start = self._answer.text, token.start
        if token.word == "没" and _A_WHILE.match(text, token.end):
            return
        if token.word == "不" and text[start - 1 : start] == "得" and text[start - 2] not in _VERBS_IN_DE:
            return
        self._deny_before(index)
        self._negation, self._is_introduced, self._strange = token, False, 0

    def _deny_before(self, index: int) -> None:
        """发烧咳嗽都没有的: what ends the clause looks back; 咳嗽否？ asks, 吐得回不来 denies nothing."""
        ahead = [token.word for token in self._answer.tokens[index : index + 2]]
        if ahead == ["否", "?"] or (
            ahead[0] == "不" and ahead[-1] in _COMPLEMENTS and self._clause_words[:-1]
        ):
            return
        if ahead[0].endswith("没") and ahead[-1] in _ENDINGS:
            return
        if not self._strange and closes_clause(self._answer.tokens[index + 1 :], self._is_content):
            _turn_round(self._mentions, self._open_from)

    def _pass(self, index: int, token: Token) -> None:
        if token.has("kin"):
            before = self._answer.tokens[index - 1].word if index else ""
            two_before = self._answer.tokens[index - 2].word if index > 1 else ""
            self._is_of_others = not {before, two_before if before == "我" else ""} & _COMPANIONS
        elif token.word.startswith("我"):
            self._is_of_others = False
        elif token.has(grammar.ONLY):
            self._negation = None
        elif not token.tags:
            self._strange += len(token.word)
            self._negation = None if self._strange > _REACH else self._negation

    def without_questions(self) -> list[Mention]:
        """发烧？没有: asked back, it is denied by the 没有 after it, and else says nothing beside others.

        咳嗽？有。发热？没有 names the first.
        """
        if len(self._named_and_denied) > 1:
            for named in self._named_and_denied:
                _turn_round(self._mentions, named.start, named.stop)
        if not self._questions:
            return self._mentions
        mentions = [self._answered(mention) for mention in self._mentions]
        stated = [m for m in mentions if m.clause not in self._questions or m.is_negated or self._is_so(m)]
        return stated or mentions

    def _answered(self, mention: Mention) -> Mention:
        position = self._questions.get(mention.clause)
        if position is None or not self._is_denied_at(position):
            return mention
        return replace(mention, is_negated=True)

    def _is_so(self, mention: Mention) -> bool:
        """Whether a plain yes follows a question: 咳嗽？有. 头疼？这个真有. 嗓子疼？有点."""
        rest = self._answer.tokens[self._questions[mention.clause] :]
        rest = rest[1:] if rest and rest[0].is_break else rest
        rest = tuple(dropwhile(lambda token: token.word in _INDEED, rest))
        is_yes = bool(rest) and (rest[0].has(grammar.YES) or rest[0].word in _SOMEWHAT)
        return is_yes and closes_clause(rest[1:], self._is_content)

    def _is_denied_at(self, position: int) -> bool:
        """Whether a plain no follows: 没有, 也没有, 好着呢, not the 没有 of 没有咳嗽."""
        rest = [t for t in self._answer.tokens[position:] if t.has(grammar.NO) or not t.has(grammar.FILLER)]
        rest = rest[1:] if rest and rest[0].is_break else rest
        if not rest or not (
            rest[0].has(grammar.NO) or rest[0].has(grammar.FINE) or rest[0].has(self._answer.slot.name, "no")
        ):
            return False
        return len(rest) == 1 or rest[1].is_break or not self._is_content(rest[1])


def _holds_degree(token: Token) -> bool:
    """嗓子有点疼: said to be there, in one word."""
    return any(degree in token.word for degree in ("有点", "有些", "有一点"))


def _denies_whole(token: Token, slot: Slot) -> bool:
    """没去 in 没去湖北. 没有去过湖北 may be 没有，去过湖北, so that does not count."""
    return bool(slot.part_of) and token.has(slot.part_of, "no") and not token.word.startswith("没有")


def closes_clause(rest: Sequence[Token], is_content: IsContent) -> bool:
    """发热咳嗽都没有: nothing but fillers follows, so the negation looks back."""
    for token in rest:
        if token.is_break:
            return True
        if is_content(token) or not token.has(grammar.FILLER):
            return False
    return True


def _turn_round(mentions: list[Mention], start: int, stop: int | None = None) -> None:
    for index in range(start, len(mentions) if stop is None else stop):
        if not mentions[index].is_introduced:
            mentions[index] = replace(mentions[index], is_negated=True)


# --- corrections ----------------------------------------------------------------------------------------


def corrected(
    answer: Answer, read: Callable[[Answer], Finding | None], *, is_additive: bool = False
) -> Finding | None:
    """The value after the last correction that is followed by one, else of what was said before it.

    ``is_additive``: 等等 adds to a list rather than putting it right.
    """
    for part in _from_last(answer, is_additive):
        finding = read(part)
        if finding is not None:
            return finding
    return None


def _from_last(answer: Answer, is_additive: bool) -> Iterator[Answer]:
    """The parts between corrections, the last one first; without any, the whole answer."""
    end = len(answer.tokens)
    corrections = () if _has_no_correction(answer) else range(end - 1, -1, -1)
    for index in corrections:
        if _is_correction(answer.tokens, index) and not (
            is_additive and answer.tokens[index].has(grammar.WAIT)
        ):
            yield part_of(answer, index + 1, end)
            end = index
    yield answer if end == len(answer.tokens) else part_of(answer, 0, end)


def _has_no_correction(answer: Answer) -> bool:
    """Cheap test before the dear one of each word."""
    return answer.words.isdisjoint(_DENIALS) and answer.owners.isdisjoint(_CORRECTING)


_DENIALS = ("不是", "不")
_CORRECTING = (grammar.CORRECTION, grammar.WAIT)


def _is_correction(tokens: Sequence[Token], index: int) -> bool:
    """不对, or 不是 as a clause of its own after something else: 三十七度二，不是，三十六度二."""
    token = tokens[index]
    if not token.owners.isdisjoint(_CORRECTING):
        return True
    is_clause = 0 < index < len(tokens) - 1 and tokens[index - 1].is_break and tokens[index + 1].is_break
    return is_clause and token.word in _DENIALS and not all(map(_is_empty, tokens[: index - 1]))


def _is_empty(token: Token) -> bool:
    return token.is_break or token.has(grammar.FILLER) or (is_grammar(token) and not token.has(grammar.NO))


def part_of(answer: Answer, start: int, end: int) -> Answer:
    """The answer as if only these of its words had been said."""
    tokens = answer.tokens[start:end]
    shift = tokens[0].start if tokens else 0
    moved = tuple(replace(t, start=t.start - shift) for t in tokens)
    return replace(answer, tokens=moved, spans=tuple((s - shift, e - shift) for s, e in answer.spans))
