"""How many of a thing are needed and of which kind, told behind it; and what is there after all. Pure.

纸尿裤快断了，L码的，能买两包吗 -> 两包L码纸尿裤; 布洛芬要一盒，算了布洛芬我有 -> nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from campaign.patterns import compiled
from dialogs.slots.wishes.clause import is_thing
from dialogs.slots.wishes.kinds import Clause, Kind
from dialogs.slots.wishes.phrases import KIN, MEASURE, NUMBER, SIZE

_SO_MANY = compiled(
    f"(?:再|就|给|帮|我|来|带|捎|送|拿|买|整|弄|要|匀)+(?P<amount>(?!一?[个点些下]|几){NUMBER}{MEASURE})(?:(?:就|也)(?:行|好|够|成|可以)了?)?[的吧嘛呗]?"
)
"""捎两盒, of what has run out."""
_HAS_NUMBER = compiled(f"{NUMBER}{MEASURE}")
_OF_SIZE = compiled(f"要?(?P<which>{SIZE})(?:的|那种)?")
"""奶粉来一罐，二段的."""
_WHAT_FOR = compiled("(?P<which>退烧|止咳|止疼|消炎|感冒|降压|降糖|胃)的?")
_FOR_WHOM = compiled(
    "(?:要|得)?(?P<which>儿童|小儿|婴儿|宝宝|成人|大人|老人)(?:[吃用喝穿]|专?用)?的?(?:那种|款)?的?[啊呀哦哈]?"
)
"""退烧药来一盒，儿童吃的那种."""
_OF_THAT_KIND = compiled("那?种(?P<which>[^,]{2,8}的)")
_BEFORE_THING = compiled(f"(?:[买要送带捎来拿]|给我)?(?:[点些]|{NUMBER}{MEASURE})?")


def with_particulars(need: str, said: Sequence[Clause], index: int) -> str:
    """The need that was told last with what a clause tells of it: its kind or number; empty where the clause
    tells something else.

    Args:
        need: In words.
        said: The clauses of the answer.
        index: Which of them.
    """
    clause = said[index]
    if clause.kind not in (Kind.TOLD, Kind.REQUEST):
        return ""
    if which := _which(need, clause.words):
        at = _BEFORE_THING.match(need).end()  # type: ignore[union-attr]
        return need[:at] + which + need[at:]
    if clause.kind is not Kind.REQUEST or not (is_thing(need) or _has_run_out(said, index)):
        return ""
    so_many = _SO_MANY.fullmatch(clause.words)
    if so_many is None:
        return ""
    return need if _HAS_NUMBER.search(need) else so_many["amount"] + need


def _which(need: str, words: str) -> str:
    """Of which kind the last thing is to be: 二段的; 要药，退烧的; 要那种电子的."""
    patterns = (_OF_SIZE, _FOR_WHOM, _OF_THAT_KIND, *((_WHAT_FOR,) if need.endswith("药") else ()))
    said = next((match for pattern in patterns if (match := pattern.fullmatch(words))), None)
    return said["which"] if said else ""


def _has_run_out(said: Sequence[Clause], index: int) -> bool:
    before = said[index - 1] if index else None
    return before is not None and before.kind is Kind.USED_UP and bool(before.words)


def there_after_all(said: Sequence[Clause]) -> Collection[int]:
    """Which clauses ask for what is there, as somebody remembers later: 布洛芬要一盒，算了布洛芬我有."""
    found = set()
    for later, clause in enumerate(said):
        had = _THERE_AFTER_ALL.fullmatch(clause.words) if clause.kind is Kind.HAD else None
        if had is None and clause.kind is Kind.HAD and any(_NOT_SO.fullmatch(c.words) for c in said[:later]):
            had = _IS_THERE.fullmatch(clause.words)
        if had:
            found |= {n for n in range(later) if had["thing"] in said[n].words}
    return found


_NOT_SO = compiled("[哎哦啊诶噢]*(?:不对?|不是|等等|等一下)")
_IS_THERE = compiled("(?P<thing>[^我家还都没]{1,4}?)(?:家里)?(?:还|倒还?|倒是)?有[的呢了]?")
"""送点面吧，哦不，面还有."""
_THERE_AFTER_ALL = compiled(
    f"(?:哎|哦|啊|诶|噢)?(?:算了|不用了?|不对|等等),?(?P<thing>[^我家还都]{{1,6}})(?:我们?家?(?:{KIN}|[爸妈哥姐弟妹])?|家里?|还|这儿|都)*(?:有[了的呢]?|(?<=.)就?(?:不要|不用|免)了?)"
)
