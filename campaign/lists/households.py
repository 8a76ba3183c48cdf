"""Who is in the list already: duplicates, shared numbers, numbers that must not be called.

The rules, as they are shown to staff (``MERGE_RULES``), are all here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from campaign.lists.rows import Candidate
from campaign.lists.tables import Table
from campaign.records import ListProblem, Resident

MERGE_RULES = (
    "姓名和号码都相同：是同一个人，只留第一行，后面行里新的号码并过去",
    "姓名和住处（到室）都相同、号码不同：是同一个人，号码并到第一行",
    "号码相同、姓名不同：是同住的几个人，各自保留，分别拨打，不会同时拨",
)

_Home = tuple[str, str, str, str]
"""Name, building, unit and room."""
_Problem = Callable[..., ListProblem]
"""Makes a problem of the row at hand out of kind and reason."""


@dataclass
class Households:
    """The residents of a list as it is read, and what was wrong."""

    do_not_call: Collection[str] = frozenset()
    residents: list[Resident] = field(default_factory=list)
    problems: list[ListProblem] = field(default_factory=list)
    _owners: dict[str, list[int]] = field(default_factory=dict)
    """Number to the residents who have it."""
    _at_home: dict[_Home, int] = field(default_factory=dict)
    """Name and flat to the resident."""
    sheets: list[str] = field(default_factory=list)
    """Sheet of each resident."""

    def complain(self, problem: ListProblem) -> None:
        self.problems.append(problem)

    def take(self, resident: Resident, one: Candidate, table: Table, index: int) -> bool:
        """Import a resident, unless the list has them already or they must not be called."""
        sheet = table.sheet.name

        def problem(
            kind: str, reason: str, column: int = one.phone_column, *, taken: bool = False
        ) -> ListProblem:
            cell = one.phone_cell if column == one.phone_column else table.sheet.rows[index][column]
            return ListProblem(sheet, index + 1, kind, cell, reason, one.name, taken, column)

        allowed = resident.phones
        if self.do_not_call:
            allowed = tuple(number for number in resident.phones if number not in self.do_not_call)
        if not allowed:
            self.complain(problem("do_not_call", "号码在免打扰名单上，没有导入"))
            return False
        sharing = [i for number in resident.phones for i in self._owners.get(number, ())]
        home = _home(resident)
        twin = self._twin(resident, sharing, home)
        if twin is not None:
            self._merge(twin, allowed, one, sheet, problem)
            return False
        if allowed != resident.phones:
            left = "、".join(number for number in resident.phones if number not in allowed)
            self.complain(problem("partly_bad", f"{left} 在免打扰名单上，只用了其余的号码", taken=True))
        self._warn(resident, one, table, problem, sharing)
        kept = resident if allowed == resident.phones else replace(resident, phones=allowed)
        self._add(kept, sheet, home)
        return True

    def _twin(self, resident: Resident, sharing: Sequence[int], home: _Home | None) -> int | None:
        """The same person further up, among those who share a number or at the same home."""
        for index in sharing:
            if _is_same_person(self.residents[index], resident):
                return index
        at_home = self._at_home.get(home) if home else None
        return at_home if at_home is not None and _is_same_person(self.residents[at_home], resident) else None

    def _merge(
        self, twin: int, phones: tuple[str, ...], one: Candidate, sheet: str, problem: _Problem
    ) -> None:
        known = self.residents[twin]
        new = tuple(number for number in phones if number not in known.phones)
        if new:
            self.residents[twin] = replace(known, phones=known.phones + new)
            for number in new:
                self._owners.setdefault(number, []).append(twin)
        if new and not one.has_own_name:
            return  # a merged name over several numbers: one resident, nothing to tell
        where = self._where(twin, sheet)
        same = "姓名和号码都相同" if set(phones) & set(known.phones) else "姓名和住处都相同"
        moved = f"，号码 {'、'.join(new)} 并到了那一行" if new else ""
        self.complain(problem("duplicate", f"与{where}重复（{same}）{moved}，没有再导入"))

    def _where(self, index: int, sheet: str) -> str:
        row = f"第 {self.residents[index].row} 行"
        return row if self.sheets[index] == sheet else f"工作表“{self.sheets[index]}”{row}"

    def _add(self, resident: Resident, sheet: str, home: _Home | None) -> None:
        index = len(self.residents)
        self.residents.append(resident)
        self.sheets.append(sheet)
        for number in resident.phones:
            self._owners.setdefault(number, []).append(index)
        if home:
            self._at_home.setdefault(home, index)

    def _warn(
        self, resident: Resident, one: Candidate, table: Table, problem: _Problem, sharing: Sequence[int]
    ) -> None:
        if one.phones.refused:
            reason = "；".join(dict.fromkeys(f"“{r.text}”{r.reason}" for r in one.phones.refused))
            self.complain(problem("partly_bad", f"{reason}，只用了其余的号码", taken=True))
        if sharing:
            where = self._where(sharing[0], table.sheet.name)
            who = self.residents[sharing[0]].name
            told = f"与{where}（{who}）号码相同，会分别拨打，不会同时拨"
            self.complain(problem("shared_number", told, taken=True))
        if not resident.name and any(person.names for person in table.people):
            self.complain(problem("no_name", "没有姓名，通话里不称呼姓名", taken=True))
        if one.id_fault:
            self.complain(problem("bad_id_number", f"{one.id_fault}，不影响拨打", one.id_column, taken=True))


def _home(resident: Resident) -> _Home | None:
    if not (resident.name and resident.room and resident.building):
        return None
    return resident.name, resident.building, resident.unit, resident.room


def _is_same_person(one: Resident, other: Resident) -> bool:
    if one.id_number and other.id_number and one.id_number != other.id_number:
        return False
    return one.name == other.name or not one.name or not other.name
