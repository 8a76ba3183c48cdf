"""Cuts an answer into clauses and tells of which kind each is, those of a list together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from campaign.patterns import compiled
from dialogs.slots.wishes.asked import asked_plainly
from dialogs.slots.wishes.breaks import parts_of
from dialogs.slots.wishes.clause import clause_of, is_name, is_thing
from dialogs.slots.wishes.kinds import Clause, Kind
from dialogs.slots.wishes.sold_out import is_nowhere
from dialogs.slots.wishes.unmet import asked_before, asked_in_vain, helpers_failed, is_unmet


@lru_cache(maxsize=16)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of an answer, each with its kind."""
    # 能不能送点菜，顺便把门口垃圾拿走
    text = _BY_THE_WAY.sub(r"帮我\g<do>\g<what>", text)
    parts = tuple(_NEVER_MIND.sub("不用了", part) for part in parts_of(asked_plainly(text.translate(_NOT))))
    said = [
        replace(clause_of(part), is_exception=True) if part.startswith("除了") else clause_of(part)
        for part in parts
    ]
    _ask_again(parts, said)
    _end(said)
    said = [_not_there(said, index) for index in range(len(said))]
    listed = [_listed(said, index) for index in range(len(said))]
    for index, clause in enumerate(listed):
        if (
            clause.kind is Kind.REQUEST
            and _SO_MUCH_OF_IT.fullmatch(clause.words)
            and _names_one(listed[:index])
        ):
            listed[index] = replace(clause, kind=Kind.POLITE)
    for index in _in_lists(parts, said):
        listed[index] = replace(listed[index], kind=Kind.THING)
    listed = [replace(c, kind=Kind.POLITE) if _NO_THING.fullmatch(c.words) else c for c in listed]
    return tuple(replace(c, words=_WHOSE.sub("", c.words)) if c.kind in _NAMED else c for c in listed)


_BY_THE_WAY = compiled(
    "(?:顺便|顺带)(?:再|也)?(?:帮我|给我|帮忙)?把(?P<what>[^,;没不]{2,6}?)(?P<do>拿|带|收|扔|倒|取|捎)(?:走|下去|出去|了|掉|一?下)+(?:吧|呗)?(?=$|[,;])"
)
_NO_THING = compiled("(?:我|俺)(?:自己)?[^,没不]{1,4}的")
"""我带来的快用完了."""
_WHOSE = compiled("^[她他](?:的|那个?)(?=..)|(?<=..)(?:也|家里)$")
"""她那个速效救心丸; 菜和口罩也."""
_SO_MUCH_OF_IT = compiled(
    "(?:再)?[领弄买送带捎拿发整搞匀](?:[点些]|几[个盒袋瓶包]|[俩仨])(?:来|过来)?[吧吗呗]?|送到(?:家里?|门口|屋里|楼上)?来?"
)
"""口罩不够用了，能不能给领几个: of what was named."""


def _names_one(said: Sequence[Clause]) -> bool:
    spoken = [c for c in said if c.kind is not Kind.TOLD or len(c.words) > _LEADS_UP]
    return bool(spoken) and spoken[-1].kind in (Kind.THING, Kind.USED_UP) and bool(spoken[-1].words)


_LEADS_UP = 4
"""Characters up to which a clause is no more than 你们那儿."""


_NEVER_MIND = compiled(
    "^[哎唉呀嗨]*(?:算了(?:算了|吧)?|得了(?:吧)?|还是)?(?:还是)?(?:不用|不要|不必|甭送)了?吧?$"
    "|^[哎唉呀嗨]*算了(?:吧)?(?:还是)?[我俺](?:自己|自个儿?)[^,]{1,3}$"
)
"""能不能送点水，算了不用了; 哎呀算了我自己弄."""
_NOT = str.maketrans({"弗": "不", "覅": "不要", "呒": "没"})
"""Wu Chinese: 弗用, 覅麻烦, 呒没."""


def _ask_again(parts: Sequence[str], said: list[Clause]) -> None:
    """What was asked for before, or somebody was to bring, and never came, is asked for still: 上回说修门禁，
    到现在没人来."""
    for index, part in enumerate(parts):
        after = "".join(parts[index + 1 : index + 2])
        if task := asked_in_vain(part) or _not_brought(part):
            said[index] = Clause(Kind.IN_VAIN, task, is_explicit=True)
        elif after and (task := (is_unmet(after) and asked_before(part)) or _not_brought(part + after)):
            said[index] = Clause(Kind.IN_VAIN, task, is_explicit=True)
            said[index + 1] = Clause(Kind.POLITE, after)


def _end(said: list[Clause]) -> None:
    """What is said on the way out, after a no, is no need: 没啥要帮忙的，挂了啊，超时要扣钱."""
    for index, clause in enumerate(said):
        if _GOING.fullmatch(clause.words) and any(c.kind in (Kind.NO, Kind.NOTHING) for c in said[:index]):
            said[index + 1 :] = [Clause(Kind.POLITE, c.words) for c in said[index + 1 :]]
            return


_GOING = compiled("(?:我|先|就)*(?:挂|忙)了(?:电话)?")


def _not_there(said: Sequence[Clause], index: int) -> Clause:
    """A thing that is lacking by what is said after it: 降压药，哪儿都买不着; 口罩没有，别的都不缺."""
    clause, later = said[index], said[index + 1 :]
    if clause.kind is Kind.THING:
        return replace(clause, kind=Kind.USED_UP) if _is_sold_out(later) else clause
    named = _THERE_IS_NONE.fullmatch(clause.words)
    if named is None or not is_thing(named["thing"]):
        return clause
    is_lacked = any(after.kind is Kind.OTHERS or not after.words for after in later) or _is_sold_out(later)
    return Clause(Kind.USED_UP, named["thing"]) if is_lacked else clause


def _is_sold_out(later: Sequence[Clause]) -> bool:
    return any(is_nowhere(clause.words) for clause in later)


_THERE_IS_NONE = compiled("(?P<thing>[^没]{1,8}?)(?:都|也|可|是)?没有了?")


def _not_brought(words: str) -> str:
    thing = helpers_failed(words)
    return thing if is_thing(thing) else ""


def _listed(said: Sequence[Clause], index: int) -> Clause:
    """Short words among things are a thing too: 碘伏 in 纱布，碘伏，棉签."""
    clause = said[index]
    if clause.kind is not Kind.TOLD or not is_name(clause.words):
        return clause
    things = sum(c.kind is Kind.THING for c in said[max(index - 2, 0) : index + 3])
    return replace(clause, kind=Kind.THING) if things > 1 else clause


_LISTS = compiled(
    "^(?:再(?:有|一个|者)?(?:就是)?|还有(?:就是)?|另外(?:就是)?|其次是?|外加|以及|第[二三四][个样件]?是|[二三]是|另一[个样件]是)(?=..)"
)
_NAMED = (Kind.THING, Kind.REQUEST, Kind.USED_UP)


def _in_lists(parts: Sequence[str], said: Sequence[Clause]) -> Iterator[int]:
    """Which clauses are told together with things: 虾 in 鱼，虾，豆腐, 米糊 in 奶粉，再就是米糊."""
    for index, clause in enumerate(said):
        if clause.kind is Kind.TOLD and is_name(clause.words, shortest=1):
            is_more = _LISTS.match(parts[index]) and any(c.kind in _NAMED and c.words for c in said[:index])
            if is_more or _is_in_row(said, index):
                yield index


def _is_in_row(said: Sequence[Clause], index: int) -> bool:
    """Whether a name stands in a row of three or more of which one is a thing that is known."""
    start, end = index, index + 1
    while start and _is_listable(said[start - 1]):
        start -= 1
    while end < len(said) and _is_listable(said[end]):
        end += 1
    is_row = end - start > 2 or (end - start == 2 and end < len(said) and _SO_MANY.search(said[end].words))
    return bool(is_row) and any(c.kind is Kind.THING for c in said[start:end])


_SO_MANY = compiled("^(?:就|只)?(?:要|缺)?[这那][两俩几]样")
"""尿垫、护理床，这两样."""


def _is_listable(clause: Clause) -> bool:
    return clause.kind is Kind.THING or (clause.kind is Kind.TOLD and is_name(clause.words, shortest=1))
