"""How many people live together, added up from words: 老两口带个孙子, 我跟老伴还有儿子儿媳, 两大两小. Pure.

Numbers with 口 or 个人 are totals, everything else is a term of a sum. A total that equals the sum before
it only says it again (我跟我妈两个人); terms after a total are its parts, unless 带着, 加上 or 还有 adds
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dialogs.grammar import KIN
from dialogs.numerals import whole_number

_N = "(?:[一二三四五六七八九十]+|两|俩|仨)"
_KIN = "|".join(sorted(KIN, key=len, reverse=True))
_KIND = f"(?:小|老)?(?:大人|小孩|孩子|老人|娃娃|娃|小朋友|宝宝|{_KIN}|大|小|老)"
_PAIR = "娘|爷|母女|母子|父子|父女|姐妹|姐弟|兄妹|兄弟|哥|祖孙|婆媳|我们|我"
_TERM = re.compile(
    rf"""
      (?P<gone>(?:{_KIN})们?(?:都|全|已经|早就?)*(?:走了|不在|去世|没了|过世|在国外|在外|搬|住校|上大学|嫁|单过))
    | (?P<parents>爸爸?妈妈?|父母亲?|公婆|爹[妈娘]|岳父岳母|双亲)
    | (?P<couple>老两口|小两口|老俩口|两口子|两夫妻|夫妻俩?|夫妇俩?|小夫妻俩?)
    | (?P<bond>(?:{_PAIR})(?P<few>俩|仨))(?![个老大小孩娃])
    | (?P<n>{_N})[个位名]?(?P<kind>{_KIND})(?!伙|子)
    | (?P<total>{_N})(?:口人|口子|口|个人|人|位|个)(?![月星礼])
    | (?P<kin>{_KIN})
    | (?P<me>我自己|自己|我)(?!们|家|的|这|那|跟你|跟您|说|看|想|算)
    """,
    re.VERBOSE,
)
_FORMER = re.compile("以前|原来|原先|过去|本来|从前")
_TOTAL = re.compile("一共|总共|拢共|加起来|共|连|全家|算上|加上")
_ADDING = re.compile("带|加|还有|和|跟|另外|再|外加|[,，]?有")
_DENIED = re.compile("不是$")


class People(NamedTuple):
    number: int
    confidence: float
    """1 for a number that was said, less for one that had to be added up."""


@dataclass
class _Sum:
    """What was counted so far."""

    number: int = 0
    parts: int = 0
    """Terms named after a total."""
    is_total: bool = False
    has_me: bool = False
    confidence: float = 1.0

    def add(self, number: int, between: str) -> None:
        if self.is_total and self.parts == 0 and not _ADDING.search(between):
            self.parts = -1  # the rest only says who the people are
        if self.is_total and self.parts < 0:
            return
        self.number += number
        self.parts += 1
        self.confidence = min(self.confidence, 0.8)

    def state(self, number: int, between: str) -> None:
        """A total is named."""
        is_new = self.number == 0 or number == self.number + (not self.has_me)
        if number != self.number and not is_new:
            is_sum = bool(_TOTAL.search(between)) or (not self.is_total and number > self.number)
            self.confidence = 0.8 if is_sum else 0.4
        elif not self.is_total or number == self.number:
            self.confidence = 1.0 if self.confidence >= 0.8 else self.confidence
        self.number, self.is_total, self.parts, self.has_me = number, True, 0, True

    def meet(self, number: int, between: str) -> None:
        """The speaker, alone or with others: counted once."""
        if not self.has_me or number > 1:
            self.add(number, between)
        self.has_me = True


def people(text: str) -> People | None:
    """How many people the words count; None when they count none."""
    text = _present(text)
    counted = _Sum()
    since = 0
    found = False
    for match in _TERM.finditer(text):
        between = text[since : match.start()]
        since = match.end()
        if match["gone"] or _DENIED.search(between):
            continue
        _count(counted, match, between)
        found = found or match["me"] is None
    if not found or counted.number == 0:
        return None
    if not counted.has_me:  # 儿子和孙子: with the speaker, who did not name himself
        return People(counted.number + 1, 0.5)
    return People(counted.number, counted.confidence)


def _count(counted: _Sum, match: re.Match[str], between: str) -> None:
    if match["total"]:
        counted.state(whole_number(match["total"]) or 0, between)
    elif match["couple"]:
        counted.meet(2, between)
    elif match["bond"]:
        counted.meet(2 if match["few"] == "俩" else 3, between)
    elif match["me"]:
        if not _is_possessive(match):
            counted.meet(1, between)
    else:
        counted.add(_term(match), between)
        counted.has_me = counted.has_me or match["kind"] in ("大", "大人")  # 两大两小


def _term(match: re.Match[str]) -> int:
    if match["parents"]:
        return 2
    return 1 if match["kin"] else whole_number(match["n"]) or 0


def _is_possessive(match: re.Match[str]) -> bool:
    """The 我 of 我爱人 names nobody; the one of 我、爱人 and 我自己 does."""
    rest = match.string[match.end() :]
    return match["me"] == "我" and re.match(f"(?:的|家)?(?:{_KIN}|爸|妈|父|母)", rest) is not None


def _present(text: str) -> str:
    """Without the clauses that tell how it was before: 以前是三口，现在就我们老两口."""
    clauses = re.split("[,，。;；]", text)
    now = [clause for clause in clauses if not _FORMER.search(clause)]
    return ",".join(now or clauses)


def totals(text: str) -> Iterator[re.Match[str]]:
    """Numbers of people: 三口人, 五个."""
    return (match for match in _TERM.finditer(text) if match["total"])
