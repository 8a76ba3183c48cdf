"""Which of the things that were asked about, told by their places: 前两个有，第三个没有; 除了第一个都有."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from campaign.patterns import compiled
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
_PLACES = f"(?P<places>(?:{_ANY_PLACE})(?:[和跟与及]?(?:{_ANY_PLACE}))*)"
_OF_THEM = (
    "(?:[你您](?:刚才?|才)?(?:说|念|问|讲)的?|刚才?(?:说|念|问)的?|这|那|[三几]个里(?:头|面)?(?:就|只有)?|就|只有|我|"
    "[三几][样个种])*"
)
_SURELY = "(?:我|倒|也|都|是|就|可|均|一概|确实|全|统统|俩|真)*"
_HAVE = "(?:有|占(?:全|齐)?|中)"
_END = "[了的啊呀呢哦嘛]*"
_ALL = (
    "(?:我|俺|[你您]说的|这|那|问的)*(?:仨|[三几][样个种])?(?:我|全|都|统统|通通|样样|一样不落)+"
    "(?:有|占[全齐]?|中)"
)
_CLAUSE = compiled(
    f"{_OF_THEM}{_PLACES}{_SURELY}(?:(?P<no>(?:没|不)(?:占|有)?|没得|无|冇)|(?P<yes>{_HAVE})){_END}"
    f"|{_OF_THEM}{_SURELY}(?P<had>{_HAVE})了?{_PLACES.replace('?P<places>', '?P<behind>')}{_END}"
)
_ALL_OF_THEM = compiled(f"{_ALL}{_END}|(?:仨|[三]样)(?:我|全|都)*(?:有|占){_END}")
_BUT = compiled("除(?:去|开)?了?(?P<but>[^,]+?)(?:以外|之外|外)?")
_THE_REST = compiled(
    f"{_SURELY}(?:(?:另外|其他|其余|别的|剩下)的?[俩两二三几]?个?|前头?俩|后头?俩)?{_SURELY}{_HAVE}{_END}"
)
_WHAT_YOU_SAID = compiled("[你您](?:刚才?)?(?:说|问|念|讲)的(?:那|这)?(?:仨|[三几][样个种]|些)")
_EACH = compiled(_PLACE)
_PARTS = compiled("[^,;?，。；？]+")
_MAY_BE_PLACED = compiled("[第头后前间末首余].{1,6}[有占中没无]")
_MAY_TELL = compiled("[前后头末余第间仨]|[都全齐]|[三几][样个种]")


def names_asked(answer: Answer) -> list[str]:
    """The values that the question names, in its order."""
    asked = sorted((answer.slot.question.find(value), value) for value in answer.slot.values)
    return [value for position, value in asked if position >= 0]


def placed_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where clauses stand that tell something of a list by its place: 后两项没有."""
    if _MAY_BE_PLACED.search(text) is not None:
        yield from (m.span() for m in _PARTS.finditer(text) if _CLAUSE.fullmatch(m[0]) is not None)


def told_by_position(answer: Answer) -> list[str] | None:
    """The values of a list that are there; None where nothing is told by its place, or only what is not."""
    if _MAY_TELL.search(answer.text) is None:
        return None
    names = names_asked(answer)
    if len(names) < 2:
        return None
    parts = _PARTS.findall(answer.text)
    clauses = [clause for part in parts if (clause := _CLAUSE.fullmatch(part))]
    told = [clause["places"] if clause["yes"] else clause["behind"] for clause in clauses if not clause["no"]]
    if told:
        return _at(told, names)
    return _all_but(parts, names, answer) or _all_at_once(parts, names)


def _at(places: Sequence[str], names: Sequence[str]) -> list[str]:
    there = {index for place in places for index in _indices(place, len(names))}
    return [name for index, name in enumerate(names) if index in there]


def _all_at_once(parts: Sequence[str], names: Sequence[str]) -> list[str] | None:
    """仨都有, 都占齐了, said of nothing else."""
    return list(names) if len(parts) == 1 and _ALL_OF_THEM.fullmatch(parts[0]) else None


def _all_but(parts: Sequence[str], names: Sequence[str], answer: Answer) -> list[str] | None:
    """除了发烧，另外两个都有; 除了第一个都有; 除了您说的仨，我还拉肚子."""
    for index, part in enumerate(parts):
        but = _BUT.match(part)
        if but is None:
            continue
        said, _, rest = part[but.start() :].partition("都有")
        rest = "都有" + rest if "都有" in part else parts[index + 1] if index + 1 < len(parts) else ""
        excepted = _BUT.fullmatch(said)
        if excepted is None:
            continue
        if _WHAT_YOU_SAID.fullmatch(excepted["but"]):
            return list(names) if re.match("我?还", rest) else None
        gone = _excepted(excepted["but"], names, answer)
        if gone and _THE_REST.fullmatch(rest):
            return [name for name in names if name not in gone]
    return None


def _excepted(words: str, names: Sequence[str], answer: Answer) -> list[str]:
    if re.fullmatch(f"(?:{_ANY_PLACE})", words):
        return _at([words], names)
    return [name for name in names if words in answer.slot.values[name]]


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
