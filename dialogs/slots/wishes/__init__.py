"""Which words of an answer are the need: 米面都有，就缺点降压药 -> 降压药. Pure.

Laws:

- An answer is cut into clauses, and every clause is of one ``Kind``, the first in ``_KINDS`` that fits.
- What is asked for (帮我买药), what has run out (米没了) and bare things (鸡蛋) are the need; what is had,
  done by others, past or merely told is not.
- A general no takes back what was said before it (缺钱，开玩笑的，不用), a particular one only its own clause
  (口罩不要，手套要).
- What is broken or used up is left out where a request repeats it: 灯泡坏了，想换灯泡 -> 换灯泡.
- What is hard for somebody is the need where nothing is asked for and nothing denied: 没人照顾, 出不了门.
- What was asked for before and never came is asked for still: 上回说修门禁，到现在没人来 -> 修门禁.
- What somebody is unable to do is a need too, where nothing is asked for: 快递我拿不上来.
- A request that names no thing stands beside the clause that does: 水管漏了，给修修 -> 水管漏了、修修.
- What nobody does, or somebody is unable to do, is what is to be done: 衣服没人洗 -> 洗衣服.
- A deed told after its thing is turned round: 窗户帮我擦擦 -> 擦窗户.
- What is left for a few days has its name before it: 优甲乐得天天吃，剩三天的量了.
- Clauses end without a comma, too, where both sides then make sense by themselves:
  大葱两根别的甭管.
- What is plainly lacking or asked for before 别的没啥 stays a need.
- Why it is asked for is left out: 灯泡憋了，我够不着，帮我换一个 -> 灯泡憋了、换一个.
"""

from __future__ import annotations

from dialogs.slots.wishes.clause import is_thing, makes_sense
from dialogs.slots.wishes.clauses import clauses
from dialogs.slots.wishes.passing import in_passing, runs_short
from dialogs.slots.wishes.whole import (
    asks_after_all,
    asks_at_last,
    asks_outright,
    denies,
    denies_throughout,
    in_short,
    is_done_by_kin,
    is_done_by_others,
    is_unknown,
    may_be_wanted,
    names_no_wish,
    speaks_of_needs,
    stated,
    tells_besides,
    tells_hardship,
    tells_none,
    tells_of_no_need,
    wish,
)

__all__ = [
    "asks_after_all",
    "asks_at_last",
    "asks_outright",
    "clauses",
    "denies",
    "denies_throughout",
    "in_passing",
    "in_short",
    "is_done_by_kin",
    "is_done_by_others",
    "is_thing",
    "is_unknown",
    "makes_sense",
    "may_be_wanted",
    "names_no_wish",
    "runs_short",
    "speaks_of_needs",
    "stated",
    "tells_besides",
    "tells_hardship",
    "tells_none",
    "tells_of_no_need",
    "wish",
]
