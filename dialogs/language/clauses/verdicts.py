"""Whole answers about somebody's health of which every word is a thing, a verdict or a courtesy. Pure.

Who is asked 有没有发热咳嗽乏力 answers 咳嗽没有就是有点乏力 or 最近头疼恶心都没有你放心. Written without
punctuation, a 没有 stands between two things and may be the verdict of either; n-grams guess, and guess wrong
where the things are rare. But such an answer is made of few kinds of statements, and hardly ever in more than
one way: what can be parsed to its end is cut where its statements end, and nowhere else.

Laws:

- A statement denies or tells: 没有咳嗽, 头疼恶心都没有, 咳嗽那没有; 有点头疼, 就是头疼, 头疼有一点.
- A thing alone tells nothing here beside others: so 头疼没有咳嗽没有 has its verdicts behind, and
  有点头疼没有咳嗽 before. But 没吐 of 肚子疼没吐 is no verdict behind.
- A no before things in a row denies them all only where they are asked about together: 没有发热咳嗽乏力.
- Where two ways to parse an answer give a thing two verdicts, it is left to others: 没有头疼没有咳嗽有点.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

from campaign.patterns import compiled
from dialogs.language.body import ACHING_PART
from dialogs.language.clauses.things import FELT, THING

_FELT = f"(?!嗅觉|味觉){THING}"
"""Who has no 味觉 denies nothing."""
_LONGEST = 60
"""Characters; who says more says something else as well."""
_MOST_THINGS = 4
_MOST_PARSES = 12
_LEAD = compiled(
    "(?P<filler>(?:没有(?=没有|没[^有]))*(?:(?:嗯|呃|啊|哦|哎|唉|诶|那个|这个|说实话|其实|怎么说呢|(?:让?我)?想想|我看看|哎呀)[啊吧呢]?)*)"
    "(?:(?:我们?|俺|最近|近来|近期|现在|目前|这[几两]天|这些天|这阵子?|今天|反正)(?:也|都|还|倒|是|就)*)*"
)
"""Fillers, and who and when: 这个, 怎么说呢; 我最近, 现在也."""
_THANKS = (
    "(?:谢谢(?:[你您]们?|关心|啊|了)*|多谢|[你您]们?就?放心(?:吧|好了|啊)?|放心吧?|就这些了?"
    "|就这样了?吧?)[啊呢哈]?"
)
_COURTESY = compiled(
    f"{_THANKS}|(?:没别的了?"
    "|(?:也|都|还|人)?(?:挺|蛮)?好(?:着呢|得很|好的)|(?:都|还|也)?(?:挺|蛮)好的?(?:呢|啊)?|没(?:啥|什么)?(?:大?事儿?|问题|毛病)"
    "|一切(?:都)?(?:正常|好)|[都挺]?正常(?:的|着呢)?|身体(?:好着呢|挺好的?|没问题|棒着呢|倍儿棒))[啊呢哈]?"
)
"""谢谢, 你放心, 挺好的: they say nothing of any thing."""
_OTHERS = compiled(
    "(?:别的|其[他它余]的?|旁的|另外的?)(?:症状|毛病|不舒服)?(?:倒|也|都|就|真|还)*"
    "(?:没有?(?:什么|啥|了|的|啊)*|没事儿?|挺?好的?|正常|还行|还好|没问题)"
)
"""别的都没有, 其他正常."""
_AND_SO_ON = compiled("(?:什么的|之类的?|这[些类几][种样个]?(?:症状|情况)?|等等?症状)?")
_NO_BEFORE = compiled(
    "(?:但是?|不过|可是?|就是)?(?:也|又|既|都|真|倒|并|更|还)*(?:没有|没得|未见|无)(?:过|啥|什么)?"
)
"""Reaches over a list: 没有咳嗽和头疼."""
_NOT = compiled(
    "(?:但是?|不过|可是?|就是)?(?:也|又|既|都|真|倒|并|更)*"
    f"(?:没(?!劲|力气|精神)(?P<not>{_FELT})|不(?P<no>发烧|发热|咳嗽|乏力|拉肚子|拉稀|呕吐|恶心|流鼻涕|鼻塞|[烧咳吐拉喘])"
    f"|(?P<part>{ACHING_PART})[也都倒]?不{FELT})[过了的]?"
)
"""Reaches no further than one thing: 没吐, 不咳, 头也不疼."""
_HAVE = compiled(
    "(?:就是|就|只是|只有|不过|但是?|可是?|而且|还|又|也|主要是|主要|可能|好像|昨天|今天|早上|晚上|这两天|老是?|总)*"
    "(?:(?:稍微|稍|略微)?有那?么?(?:一?点儿?|一?些)|稍微有)"
)
"""有点头疼, 就是稍微有点咳."""
_ONLY = compiled(
    "(?:(?:这两天|昨天|今天|最近|早上)?(?:老是?|总是?|一直|天天|经常|时不时)|(?:昨天|前天|今天|早上|昨晚)(?:就|才|开始|起)+"
    "|就是|只是|就|只有|但是?|不过|可是?|主要是|主要|光|净)(?:最近|这两天|昨天|今天|早上|晚上|老|总|还|有时候?|偶尔|稍微|我)*"
)
"""就是头疼, 老是咳, 昨天开始发烧."""
_HOW = compiled(
    "(?:得(?:厉害|不行|慌|很|难受)|了?(?:[一两三四五几]|好几)天了?|不(?:太)?(?:严重|厉害|重)|不要紧|[的了啊呀呢])*"
)
"""得厉害, 两天了: what may follow a thing that is told."""
_BACK = compiled(
    "(?P<all>(?:这些)?(?:嘛|呢|啊|的话|那|这个)*(?:都|全|也都?|一概)|)(?:(?:嘛|呢|啊|哦|么|的话|这个|那|倒是?|是|也|可|还|更|真|确实|就)*)"
    "(?:(?P<no>没有|没得|无|没[那这]回?事儿?|(?:已经|早就?|现在|全)+(?:好(?:了|利索了|透了)|没事了))|(?P<yes>有(?!没)(?:的|那?么?一?点儿?|一?些)?))[的啊呀呢哦嘛哎了过]*"
)
"""Verdicts behind: 都没有, 那没有, 早好了; 有一点."""
_AND = compiled("[和跟与及]|以及|还有(?!点)|或者?")
"""Joins what is denied; not 还有点, which tells."""
_AS_WELL = compiled("[和跟与及]|以及|加上?|外加|[又还也](?:有点儿?|有)?")
"""Joins what is told: 头疼还有点恶心, 又鼻塞又胸闷."""
_BOTH = compiled("[又既]?")
_ALONE = compiled(f"{_HOW.pattern}(?:{_THANKS})*")
"""What may follow a thing that is the whole answer."""
_ASKED_TOGETHER = compiled("(?:发烧|发热|咳嗽|乏力|没力气|[烧咳热乏])+")
"""Of other things in a row a no may deny the first alone: 没有咳嗽腹泻呕吐."""
_THING = compiled(_FELT)


_Pattern = re.Pattern[str]
_Spans = tuple[tuple[int, int], ...]


class _Statement(NamedTuple):
    end: int
    denied: _Spans = ()
    """Where the things that it denies begin and end."""
    told: _Spans = ()


class _Parse(NamedTuple):
    ends: tuple[int, ...]
    denied: frozenset[tuple[int, int]] = frozenset()
    told: frozenset[tuple[int, int]] = frozenset()

    def after(self, statement: _Statement) -> _Parse:
        """This parse of the rest, with the statement before it."""
        return _Parse(
            (statement.end, *self.ends),
            self.denied.union(statement.denied),
            self.told.union(statement.told),
        )


class _Cut(NamedTuple):
    filler: int
    """Where the words that mean nothing end."""
    start: int
    """Where the first statement begins."""
    ends: tuple[int, ...]
    told: tuple[str, ...]
    """The things that are there."""


def with_verdicts(text: str) -> str | None:
    """The text, cut where its statements end; None where it is not made of such statements only.

    Args:
        text: Normalised, without any break.
    """
    cut = _cut(text)
    if cut is None:
        return None
    statements = [text[one:other] for one, other in pairwise((cut.start, *cut.ends))]
    told = text[cut.filler : cut.start] + ",".join(statements)
    return f"{text[: cut.filler]},{told}" if cut.filler else told


def things_told(text: str) -> tuple[str, ...] | None:
    """The things that an answer with its breaks tells, where it is made of such statements only and no break
    tears one apart; None where it is not."""
    parts = text.rstrip(",").split(",")
    cut = _cut("".join(parts))
    if cut is None or not {cut.filler, cut.start, *cut.ends}.issuperset(accumulate(map(len, parts))):
        return None
    return cut.told


@lru_cache(maxsize=256)
def _cut(text: str) -> _Cut | None:
    if len(text) > _LONGEST or (_THING.search(text) is None and "不" not in text):
        return None
    lead = _LEAD.match(text)
    filler, start = (lead.end("filler"), lead.end()) if lead is not None else (0, 0)
    parses = [parse for parse in _parses(text, start) if parse.denied or parse.told]
    if not parses or any(parse[1:] != parses[0][1:] for parse in parses):
        return None
    told = tuple(text[begin:end] for begin, end in sorted(parses[0].told))
    return _Cut(filler, start, parses[0].ends, told)


def _parses(text: str, start: int) -> list[_Parse]:
    """Ways to parse the rest of a text, a few at most from any position: each is looked at once."""
    known: dict[int, list[_Parse]] = {len(text): [_Parse(())]}

    def rest(at: int) -> list[_Parse]:
        if at not in known:
            found = (
                parse.after(statement)
                for statement in _statements(text, at, start)
                for parse in rest(statement.end)
            )
            known[at] = list(islice(found, _MOST_PARSES))
        return known[at]

    return rest(start)


def _statements(text: str, at: int, start: int) -> Iterator[_Statement]:
    """What may stand at a position."""
    for pattern in (_COURTESY, _OTHERS):
        if found := pattern.match(text, at):
            yield _Statement(found.end())
    yield from _denied_before(text, at)
    yield from _told_before(text, at)
    yield from _with_verdict_behind(text, at)
    for things in _things(text, _after(_BOTH, text, at), _AS_WELL):
        end = things[-1][1]
        is_first = at == start and len(things) == 1
        is_alone = is_first and (_ALONE.fullmatch(text, end) or _is_denial(text, end, beside=text[at:end]))
        if is_alone or _are_joined(things):
            yield _Statement(_after(_HOW, text, end), told=things)


def _is_denial(text: str, at: int, *, beside: str) -> bool:
    """Whether 没吐 or 不咳 comes next, a no that is no verdict of what stands before it; 咳没咳 asks."""
    found = _NOT.match(text, at)
    return found is not None and found[found.lastgroup or 0] not in beside


def _denied_before(text: str, at: int) -> Iterator[_Statement]:
    if found := _NOT.match(text, at):
        yield _Statement(found.end(), denied=(found.span(found.lastgroup or 0),))
    if found := _NO_BEFORE.match(text, at):
        reaches_on = found[0].endswith("未见")
        for things in _things(text, found.end(), _AND):
            end = things[-1][1]
            is_list = reaches_on or _are_joined(things) or _ASKED_TOGETHER.fullmatch(text, things[0][0], end)
            if len(things) == 1 or is_list:
                yield _Statement(_after(_AND_SO_ON, text, end), denied=things)


def _told_before(text: str, at: int) -> Iterator[_Statement]:
    for pattern in (_HAVE, _ONLY):
        if found := pattern.match(text, at):
            for things in _things(text, found.end(), _AS_WELL):
                yield _Statement(_after(_HOW, text, things[-1][1]), told=things)


def _with_verdict_behind(text: str, at: int) -> Iterator[_Statement]:
    for things in _things(text, at, _AND):
        found = _BACK.match(text, things[-1][1])
        if found is None or _may_begin_with_another(text, things):
            continue
        if len(things) > 1 and not found["all"] and not _are_joined(things):
            continue
        is_denied = found["no"] is not None
        yield _Statement(found.end(), denied=things if is_denied else (), told=() if is_denied else things)


def _may_begin_with_another(text: str, things: _Spans) -> bool:
    """胃疼发热咳嗽都没有: the first may be told, and only what is asked about together be denied."""
    (begin, _), *others = things
    return (
        len(others) > 1
        and _ASKED_TOGETHER.match(text, begin) is None
        and _ASKED_TOGETHER.fullmatch(text, others[0][0], others[-1][1]) is not None
    )


def _things(text: str, at: int, joint: _Pattern) -> Iterator[_Spans]:
    """One, two and more things, joined or in a row; the most first."""
    found: list[_Spans] = []
    things: _Spans = ()
    while len(found) < _MOST_THINGS and (thing := _THING.match(text, at)):
        things = (*things, thing.span())
        found.append(things)
        at = _after(joint, text, thing.end())
    return reversed(found)


def _are_joined(things: _Spans) -> bool:
    """Whether a word joins each of several things to the next."""
    return len(things) > 1 and all(one[1] < other[0] for one, other in pairwise(things))


def _after(pattern: _Pattern, text: str, at: int) -> int:
    """Where a pattern that may stand at a position ends."""
    found = pattern.match(text, at)
    return found.end() if found is not None else at
