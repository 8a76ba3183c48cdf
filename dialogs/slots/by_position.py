"""Which of the things that were asked about, told by their places: 前两个有，第三个没有."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dialogs.slots.answer import Answer

_NUMBER = {"一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4}
_COUNTER = "(?:个|样|种|项|条)?儿?"
_PLACE = (
    f"(?:最?前(?:头|面)?|头里?|打头|开头|首)(?:那|的)?(?P<first>[一二两俩三仨])?{_COUNTER}"
    f"|(?:最?后(?:头|面)?|末了?|余)(?:那|的)?(?P<last>[一二两俩三仨])?{_COUNTER}"
    f"|第(?P<nth>[一二三四]){_COUNTER}"
    f"|(?P<middle>[中当]间)(?:那)?一?{_COUNTER}"
)
_ANY_PLACE = re.sub(r"\?P<\w+>", "?:", _PLACE)
_CLAUSE = re.compile(
    "(?:[你您](?:刚才?|才)?(?:说|念|问|讲)的?|刚才?(?:说|念|问)的?|这|那|[三几]个里(?:头|面)?(?:就|只有)?|就|只有|我)*"
    f"(?P<places>(?:{_ANY_PLACE})(?:[和跟与及](?:{_ANY_PLACE}))*)"
    "(?:我|倒|也|都|是|就|可|均|一概|确实)*(?:(?P<no>没有?|没得|无|冇)|(?P<yes>有|占|中))[了的啊呀呢哦嘛]*"
)
_EACH = re.compile(_PLACE)


def told_by_position(answer: Answer) -> list[str] | None:
    """The values of a list that are there; None where nothing is told by its place, or only what is not."""
    asked = sorted((answer.slot.question.find(value), value) for value in answer.slot.values)
    names = [value for position, value in asked if position >= 0]
    clauses = [_CLAUSE.fullmatch(clause) for clause in re.split("[,;?，。；？]", answer.text) if clause]
    told = [clause for clause in clauses if clause is not None and clause["yes"]]
    if len(names) < 2 or not told:
        return None
    there = {index for clause in told for index in _indices(clause["places"], len(names))}
    return [name for index, name in enumerate(names) if index in there]


def _indices(places: str, count: int) -> Iterator[int]:
    for place in _EACH.finditer(places):
        if place["nth"]:
            yield _NUMBER[place["nth"]] - 1
        elif place["middle"]:
            yield count // 2
        elif place[0].startswith(("后", "最后", "末", "余")):
            yield from range(count - _NUMBER.get(place["last"] or "一", 1), count)
        else:
            yield from range(_NUMBER.get(place["first"] or "一", 1))
