"""Does a campaign say what the residents had to tell?"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from campaign.records import Disposition, Grade, Resident, ResidentState, SlotValue
from campaign.store import ResidentStanding
from simulator.residents import Neighbourhood, SimulatedResident
from simulator.verdict import differences

TODAY = dt.date(2026, 11, 23)
NUMBER = "13800000001"


def neighbourhood(**expected: Any) -> Neighbourhood:
    resident = SimulatedResident(NUMBER, "王建国", (), None, expected=expected)
    return Neighbourhood(Path(), {NUMBER: resident}, ())


def standing(disposition: Disposition | None, grade: Grade | None = None, **slots: Any) -> ResidentStanding:
    values = {name: SlotValue(name, value) for name, value in slots.items()}
    person = Resident(1, 2, "王建国", (NUMBER,))
    return ResidentStanding(person, ResidentState.DONE, (), None, disposition, grade, values, None)


def found(expected: dict[str, Any], got: ResidentStanding) -> list[str]:
    return [difference.what for difference in differences(neighbourhood(**expected), [got], TODAY)]


def test_what_agrees_is_not_reported() -> None:
    expected = {
        "disposition": "completed",
        "grade": "green",
        "slots": {"temperature": 36.5, "symptoms": [], "travel": False, "needs": "口罩"},
    }
    got = standing(
        Disposition.COMPLETED, Grade.GREEN, temperature=36.5, symptoms=[], travel=False, needs="需要口罩"
    )
    assert found(expected, got) == []


def test_every_difference_is_named() -> None:
    expected = {"disposition": "completed", "grade": "red", "slots": {"temperature": 37.8, "contact": True}}
    got = standing(Disposition.PARTIAL, Grade.GREEN, temperature=36.8)
    assert found(expected, got) == ["disposition", "grade", "temperature", "contact"]


def test_days_ago_are_counted_from_the_day_of_the_call() -> None:
    expected = {"disposition": "completed", "slots": {"return_date": {"days_ago": 2}}}
    assert found(expected, standing(Disposition.COMPLETED, return_date="2026-11-21")) == []
    assert found(expected, standing(Disposition.COMPLETED, return_date="2026-11-22")) == ["return_date"]


def test_no_needs_expected_means_none_found() -> None:
    expected = {"disposition": "completed", "slots": {"needs": ""}}
    assert found(expected, standing(Disposition.COMPLETED, needs="")) == []
    assert found(expected, standing(Disposition.COMPLETED, needs="口罩")) == ["needs"]


def test_residents_of_other_lists_are_left_out() -> None:
    other = ResidentStanding(
        Resident(2, 3, "别人", ("13900000000",)), ResidentState.DONE, (), None, None, None, {}, None
    )
    assert differences(neighbourhood(disposition="completed"), [other], TODAY) == []
