"""The grading table: its rules are tried from top to bottom, and each must get its turn."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.checks.conditions import implies
from dialogs.checks.problem import Problem
from dialogs.script import Condition, Script


def grading(script: Script) -> Iterator[Problem]:
    if not script.grading or script.grading[-1].any:
        yield Problem(
            "/grading", "排查分级: 最后一条不能有 any，不然可能分不出级；请在后面加一条只有 grade 的"
        )
    for index, rule in enumerate(script.grading):
        blocking = [number for number, before in enumerate(script.grading[:index], start=1) if not before.any]
        if blocking:
            yield Problem(
                f"/grading/{index}",
                f"排查分级: 第 {index + 1} 条（{rule.grade}）永远轮不到，前面第 {blocking[0]} 条没有 any，"
                "总是符合；请把它移到最后",
            )
        else:
            yield from _overlaps(script, index)


def _overlaps(script: Script, index: int) -> Iterator[Problem]:
    rule = script.grading[index]
    earlier = [_earlier(script, index, place) for place in range(len(rule.any))]
    if rule.any and all(owner is not None and owner != index for owner in earlier):
        yield Problem(
            f"/grading/{index}",
            f"排查分级: 第 {index + 1} 条（{rule.grade}）永远轮不到，"
            f"它的条件在前面第 {_numbers(earlier)} 条里都有了；请删掉或改条件",
        )
        return
    for place, owner in enumerate(earlier):
        if owner is None:
            continue
        where = "这一条" if owner == index else f"第 {owner + 1} 条（{script.grading[owner].grade}）"
        yield Problem(
            f"/grading/{index}/any/{place}",
            f"排查分级: 第 {index + 1} 条（{rule.grade}）的这个条件，{where}里已经有了，"
            "写在这里不起作用；请删掉一处",
            is_warning=True,
        )


def _earlier(script: Script, index: int, place: int) -> int | None:
    """The first rule, up to this one, with a condition that holds whenever this one does."""
    condition = script.grading[index].any[place]
    before: list[tuple[int, Condition]] = [
        (number, other) for number, rule in enumerate(script.grading[:index]) for other in rule.any
    ]
    before += [(index, other) for other in script.grading[index].any[:place]]
    return next((number for number, other in before if implies(condition, other)), None)


def _numbers(earlier: list[int | None]) -> str:
    return "、".join(str(number + 1) for number in sorted({n for n in earlier if n is not None}))
