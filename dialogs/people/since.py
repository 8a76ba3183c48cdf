"""Households that are told by what they were and who has left or come since: 去年五口，老爷子没了. Pure."""

from __future__ import annotations

import re

from campaign.patterns import compiled
from dialogs.people.surroundings import AWAY, number_in
from dialogs.people.tally import ADDED_UP, People
from dialogs.people.terms import NUMBER, TERM

_ONCE = compiled(
    "以前|从前|原来|原先|原本|本来|过去|早先|早年|当初|先前|去年|前年|年前|年初|上半年|前几年|那会|那时|[春夏秋冬]天|疫情前"
)
_SO_MANY = compiled(f"(?P<n>{NUMBER})(?:口|个人)")
_HAS_COME = compiled("添|生了?|娶|接来|搬来|住进来|抱回|多了")
_OURSELVES = compiled("(?:我们|咱们?)[老小]?$|(?:就|只有?)[老小]?$")
_ONE_OF_THE_ILL = compiled("阳|确诊|发烧|感冒|咳嗽")


def since(text: str) -> People | None:
    """How many are left of those who once were; None where those of today are counted themselves."""
    clauses = text.split(",")
    first = next((index for index, clause in enumerate(clauses) if _ONCE.search(clause)), None)
    if first is None:
        return None
    numbers = _SO_MANY.findall(clauses[first])
    if len(numbers) != 1 or any(TERM.search(clause) for clause in clauses[:first]):
        return None
    changes = [_change(clause) for clause in clauses[first + 1 :]]
    known = [change for change in changes if change is not None]
    number = number_in(numbers[0]) + sum(known)
    if len(known) < len(changes) or not any(known) or number < 1:
        return None
    return People(number, ADDED_UP)


def _change(clause: str) -> int | None:
    """How many more or fewer a clause tells; None where it counts somebody who is there."""
    change = 0
    for match in TERM.finditer(clause):
        before, after = clause[: match.start()], clause[match.end() :]
        number = _number_of(match)
        if number is None or _ONE_OF_THE_ILL.search(clause):
            return None
        if match["couple"] and _OURSELVES.search(before):
            return None  # 就我们小两口单过了
        if AWAY.search(after) or AWAY.search(before):
            change -= number
        elif _HAS_COME.search(before):
            change += number
        else:
            return None
    return change


def _number_of(match: re.Match[str]) -> int | None:
    if match["kin"]:
        return None if match["plural"] == "们" else 1
    if match["kind"]:
        return number_in(match["n"])
    return 2 if match["parents"] or match["couple"] else None
