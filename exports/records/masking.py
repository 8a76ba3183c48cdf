"""Records in which nobody can be recognised at sight: 张*, 138****8000, 1号楼1单元***. Pure.

A masked record is of the same kind as the record itself, so that everything that shows records shows masked
ones. What people wrote or said freely may name anybody and is left out; so are recordings, as a voice is
known by its sound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from campaign.records import CallAttempt, FollowUp, ListProblem, Resident, SlotValue
from campaign.store import ResidentStanding
from exports.report.figures import COMMUNITY_HEADINGS
from exports.report.views import Report

HIDDEN = "（已隐去）"
_STARS = "***"
_BUILDING = re.compile(r"^.*?(?:号楼|楼栋|[栋幢座]|号院|弄)")
_LONG_NUMBER = re.compile(
    r"(?<!\d)(?!\d{4}-\d{1,2}-\d{1,2}(?!\d))\d(?:[ \-－]?\d){6,}[Xx]?|[零〇一二两三四五六七八九幺]{7,}"
)
"""Seven digits or more, written or spoken; a date is none."""
_BETWEEN_NAMES = re.compile(r"([、，,/／;；和与及]+)")


def mask_name(name: str) -> str:
    """张三 -> 张*, 欧阳娜娜 -> 欧***; several names in one cell each for itself."""
    return "".join(
        part if _BETWEEN_NAMES.fullmatch(part) else _mask_one_name(part.strip())
        for part in _BETWEEN_NAMES.split(name)
    )


def _mask_one_name(name: str) -> str:
    if len(name) <= 1:
        return "*" * len(name)
    return name[0] + "*" * min(len(name) - 1, 3)


def mask_number(number: str) -> str:
    """13800138000 -> 138****8000, 01062345678 -> 010****5678; an extension is hidden as a whole."""
    main, comma, _ = number.partition(",")
    if len(main) >= 10:
        shown = f"{main[:3]}****{main[-4:]}"
    elif len(main) >= 7:
        shown = f"****{main[-2:]}"
    else:
        shown = _STARS if main else ""
    return f"{shown},{_STARS}" if comma else shown


def mask_id_number(number: str) -> str:
    """110101********1234 -> 1****************4."""
    return f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}" if len(number) > 2 else "*" * len(number)


def mask_address(address: str) -> str:
    """幸福里1号楼2单元301 -> 幸福里1号楼***: as far as the building."""
    if not address:
        return ""
    found = _BUILDING.match(address)
    return f"{found[0] if found else re.split('[0-9０-９]', address)[0][:6]}{_STARS}"


def mask_text(text: str, name: str = "") -> str:
    """Text in which long numbers and a name are hidden."""
    hidden = _LONG_NUMBER.sub("****", text)
    return hidden.replace(name, mask_name(name)) if len(name) > 1 else hidden


def masked(resident: Resident) -> Resident:
    """The same entry of the list without what tells who it is: name, numbers, room, ID number, remarks and
    the list's own columns are masked or hidden."""
    return replace(
        resident,
        name=mask_name(resident.name),
        phones=tuple(map(mask_number, resident.phones)),
        room=_STARS if resident.room else "",
        address=mask_address(resident.address),
        id_number=mask_id_number(resident.id_number),
        remark=HIDDEN if resident.remark else "",
        extra={heading: _masked_extra(heading, text) for heading, text in resident.extra.items()},
    )


def _masked_extra(heading: str, text: str) -> str:
    """The community stays, as the building does."""
    return text if not text or "".join(heading.split()) in COMMUNITY_HEADINGS else HIDDEN


def masked_standing(standing: ResidentStanding) -> ResidentStanding:
    """All that is known of a resident, without who it is."""
    name = standing.resident.name
    return replace(
        standing,
        resident=masked(standing.resident),
        attempts=tuple(map(_masked_attempt, standing.attempts)),
        slots={key: _masked_slot(slot, name) for key, slot in standing.slots.items()},
        follow_up=_masked_entry(standing.follow_up, name),
        closed=_masked_entry(standing.closed, name),
    )


def masked_report(report: Report) -> Report:
    """A campaign of which a workbook can be made that may be shown to others."""
    return replace(
        report,
        standings=[masked_standing(standing) for standing in report.standings],
        problems=[_masked_problem(problem) for problem in report.problems],
        turns={},
    )


def _masked_attempt(attempt: CallAttempt) -> CallAttempt:
    evidence = {key: value for key, value in attempt.evidence.items() if key != "announced_by"}
    return replace(attempt, number=mask_number(attempt.number), recording="", evidence=evidence)


def _masked_slot(slot: SlotValue, name: str) -> SlotValue:
    said = HIDDEN if slot.raw else ""
    return replace(slot, value=_masked_value(slot.value, name), raw=said, understood="")


def _masked_value(value: Any, name: str) -> Any:
    match value:
        case str():
            return mask_text(value, name)
        case list() | tuple():
            return [_masked_value(one, name) for one in value]
        case Mapping():
            return {key: _masked_value(one, name) for key, one in value.items()}
    return value


def _masked_entry(entry: FollowUp | None, name: str) -> FollowUp | None:
    if entry is None:
        return None
    return replace(entry, reason=mask_text(entry.reason, name), outcome=mask_text(entry.outcome, name))


def _masked_problem(problem: ListProblem) -> ListProblem:
    return replace(
        problem,
        cell=HIDDEN if problem.cell else "",
        name=mask_name(problem.name),
        reason=mask_text(problem.reason, problem.name),
    )
