"""Calls are drawn for somebody to listen to; how far robot and listener agree."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl
import pytest

from campaign.agreement import agreement, kappa, wilson
from campaign.corrections import Listening
from campaign.records import Grade
from exports.review.sampling import Stratum, allocate
from tests.staff_office import NOON, Office


def test_kappa_of_a_table_from_the_literature() -> None:
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


def test_kappa_is_not_defined_where_all_say_the_same() -> None:
    assert kappa([("no", "no")] * 9) is None
    assert kappa([]) is None


def test_the_interval_of_wilson() -> None:
    assert wilson(0.9, 100) == (pytest.approx(0.8256, abs=1e-4), pytest.approx(0.9448, abs=1e-4))


def test_a_call_counts_for_those_that_it_stands_for() -> None:
    heard = [
        Listening(1, "fever", True, False, 1.0, "李娜", NOON),
        Listening(2, "fever", False, False, 9.0, "李娜", NOON),
    ]
    found = agreement("fever", heard)
    assert (found.compared, found.share, found.weighted_share) == (2, 0.5, 0.9)


def test_the_unsure_are_drawn_more_often_and_every_stratum_at_least_twice() -> None:
    sizes = {
        Stratum(Grade.GREEN, "sure"): 800,
        Stratum(Grade.GREEN, "unsure"): 100,
        Stratum(Grade.RED, "sure"): 20,
        Stratum(Grade.RED, "unsure"): 1,
    }
    drawn = allocate(sizes, 50)
    assert sum(drawn.values()) == 50
    assert drawn[Stratum(Grade.RED, "unsure")] == 1
    assert drawn[Stratum(Grade.RED, "sure")] >= 2
    rate = {stratum: drawn[stratum] / sizes[stratum] for stratum in sizes}
    assert rate[Stratum(Grade.GREEN, "unsure")] > 2 * rate[Stratum(Grade.GREEN, "sure")]
    assert allocate(sizes, 5000) == sizes


def test_a_sample_is_drawn_filled_in_and_read_back(tmp_path: Path) -> None:
    office = Office(tmp_path)
    with office.store() as store, store.writing() as sql:
        sql.execute("UPDATE attempt SET recording = id || '.wav' WHERE answered_at IS NOT NULL")
    path = tmp_path / "抽查.xlsx"
    code, told = office("review", "sample", "100%", "-o", str(path))
    assert code == 0
    assert "从 3 通有录音的通话里抽了 3 通" in told
    book = openpyxl.load_workbook(path)
    sheet = book["抽查"]
    heads = [cell.value for cell in sheet[1]]
    texts = {str(cell.value) for row in sheet.iter_rows(min_row=2) for cell in row}
    assert not texts & {"37.8", "是", "红"}, "whoever listens does not see what the robot understood"
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, heads.index("目前在京") + 1).value = "是"
        if sheet.cell(row, 1).value == 1:
            sheet.cell(row, heads.index("体温") + 1).value = 37.5
    book.save(path)
    code, told = office("review", "import", str(path), "--reviewer", "李娜")
    assert code == 0
    assert "听了 3 通，比较 4 项回答" in told
    assert "通话 1，体温：机器人 37.8，听到的 37.5" in told
    with office.store() as store:
        assert len(store.listenings(1)) == 4
    office("review", "import", str(path), "--reviewer", "李娜")
    with office.store() as store:
        assert len(store.listenings(1)) == 4, "handed in twice is counted once"


@pytest.mark.parametrize("share", ["0%", "200%", "很多", "-3", ""])
def test_a_share_that_makes_no_sense_is_one_sentence(tmp_path: Path, share: str) -> None:
    office = Office(tmp_path)
    with office.store() as store, store.writing() as sql:
        sql.execute("UPDATE attempt SET recording = id || '.wav'")
    code, told = office("review", "sample", f"--seed={random.Random(1).randint(1, 9)}", "--", share)
    assert code == 2
    assert "请写 5% 这样的比例" in told
