"""The report: what it tells, what it never tells, and what of several campaigns and offices is made."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import ExportError
from exports.report.cells import Cell, held_back, merged_groups, small_counts
from exports.report.charts import Bar, Line, bars, lines, stacked
from exports.report.command import read_figures, write_figures, write_page
from exports.report.figures import Answers, Figures, Group, street_code
from exports.report.merge import merged, newest_of_each, trend
from exports.report.page import ReportPlan, page
from tests.community_office import SECRET, CommunityOffice, residents

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> CommunityOffice:
    """Two campaigns over the same forty residents."""
    office = CommunityOffice(tmp_path_factory.mktemp("office"))
    for number, days in enumerate((9, 2)):
        at = NOW - dt.timedelta(days=days)
        office.campaign(f"第{number + 1}次", residents(40), at, fever=0.3, seed=number)
    return office


def figures(day: str = "2026-11-26", community: str = "幸福", **groups: Group) -> Figures:
    whole = sum(groups.values(), Group())
    return Figures(
        campaign="排查", script="健康排查", day=day, last_day=day, community=community,
        cases={"complete": whole.complete, "not_reached": whole.total - whole.complete},
        outcomes={"已完成": whole.complete},
        grades={"red": whole.red, "yellow": whole.yellow, "green": whole.green},
        answers=(Answers("症状", whole.complete, {"发热": whole.troubled}, is_symptoms=True),),
        buildings=groups, communities={community: whole},
    )  # fmt: skip


def group(total: int, red: int = 0, yellow: int = 0) -> Group:
    return Group(total, total, 0, 0, 0, red, yellow, total - red - yellow, red)


class Reader(HTMLParser):
    """What a browser would load, and what people read."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [str(value) for name, value in attrs if name in ("src", "href", "action", "data")]


# --- the page -----------------------------------------------------------------------------------------


def test_the_page_loads_nothing_runs_nothing_and_names_nobody(office: CommunityOffice) -> None:
    assert office("report", "-o", str(office.folder / "r.html")) == 0
    text = (office.folder / "r.html").read_text("utf-8")
    reader = Reader()
    reader.feed(text)
    assert reader.loads == []
    assert not {"script", "img", "link", "iframe"} & set(reader.tags)
    assert "url(" not in text
    assert "@import" not in text
    with office.store() as store:
        people = store.residents(1) + store.residents(2)
    for person in people:
        assert person.name not in text
        assert person.phones[0] not in text
    assert SECRET not in text
    assert (office.folder / "r.html").stat().st_mode & 0o077 == 0


def test_the_page_tells_rates_grades_buildings_and_the_trend(office: CommunityOffice) -> None:
    office("report", "-o", str(office.folder / "r.html"))
    text = (office.folder / "r.html").read_text("utf-8")
    for told in (
        "应答率",
        "RR1",
        "排查分级",
        "症状",
        "积压",
        "历次比较",
        "按楼号",
        "按社区",
        "街道 110101001",
    ):
        assert told in text
    with office.store() as store:
        done = store.progress(2)
    assert f"<b>{done.total}</b>" in text
    assert f"<b>{done.follow_up}</b>" in text


def test_one_campaign_has_no_trend(office: CommunityOffice) -> None:
    assert office("report", "--campaign", "1", "-o", str(office.folder / "one.html")) == 0
    assert "历次比较" not in (office.folder / "one.html").read_text("utf-8")


def test_names_of_campaigns_are_text_and_never_markup() -> None:
    plan = ReportPlan([figures(**{"<b>1</b>号楼": group(9), "2号楼": group(9)})], 5, NOW)
    shown = page(plan)
    assert "<b>1</b>号楼" not in shown
    assert "&lt;b&gt;1" in shown


@given(st.lists(st.tuples(st.text(max_size=12), st.integers(0, 10**6) | st.none()), max_size=20))
def test_charts_are_well_formed_whatever_they_show(rows: list[tuple[str, int | None]]) -> None:
    printable = [Bar("".join(c for c in name if c.isprintable()), count) for name, count in rows]
    for drawn in (bars(printable, "图"), stacked(printable, "图")):
        ET.fromstring(drawn)


@given(st.lists(st.tuples(st.dates(), st.floats(0, 1) | st.none()), min_size=1, max_size=12))
def test_lines_are_well_formed(points: list[tuple[dt.date, float | None]]) -> None:
    days = sorted({day for day, _ in points})
    shares = tuple(share for _, share in points)[: len(days)]
    ET.fromstring(lines(days, [Line("有症状", shares, "plain")], "图"))


# --- small cells --------------------------------------------------------------------------------------


@given(st.lists(st.tuples(*[st.integers(0, 12)] * 3), min_size=1, max_size=7), st.integers(1, 6))
def test_no_small_count_is_shown_or_can_be_reckoned_from_one_sum(
    rows: list[tuple[int, ...]], least: int
) -> None:
    counts: dict[Cell, int] = {(str(r), str(c)): n for r, row in enumerate(rows) for c, n in enumerate(row)}
    sums: list[list[Cell]] = [[(str(r), str(c)) for c in range(3)] for r in range(len(rows))]
    for c in range(3):
        counts["合计", str(c)] = sum(row[c] for row in rows)
        sums.append([*((str(r), str(c)) for r in range(len(rows))), ("合计", str(c))])
    hidden = held_back(counts, sums, least)
    assert all(cell in hidden for cell, count in counts.items() if 0 < count < least)
    assert all(sum(cell in hidden for cell in line) != 1 for line in sums)
    if least == 1:
        assert not hidden


def test_small_buildings_are_put_together_until_they_are_large_enough() -> None:
    groups = {"1号楼": group(20), "2号楼": group(2), "3号楼": group(1), "": group(9)}
    shown = merged_groups(groups, 5, "没有写")
    assert list(shown) == ["1号楼", "其余 3 处合计"]
    assert all(one.total >= 5 for one in shown.values())
    assert sum(one.total for one in shown.values()) == 32


def test_a_single_red_resident_of_a_building_is_not_shown() -> None:
    buildings = {"1号楼": group(20, red=1, yellow=6), "2号楼": group(20, red=7), "3号楼": group(30, red=8)}
    text = page(ReportPlan([figures(**buildings)], 5, NOW))
    row = re.search(r"<tr><td>1号楼</td>(.*?)</tr>", text)
    assert row is not None
    cells = re.findall(r"<td>(.*?)</td>", row[1])
    assert cells[4] == cells[7] == "*"  # one red, who has symptoms
    assert cells[5] == "*" or cells[6] == "*"  # or the rest of the 20 would tell
    open_page = page(ReportPlan([figures(**buildings)], 1, NOW))
    assert "<td>1</td><td>6</td><td>13</td><td>1</td>" in open_page


def test_one_small_answer_takes_the_next_with_it() -> None:
    assert small_counts({"无": 80, "发热": 2, "咳嗽": 9}, 5) == {"无": 80, "发热": None, "咳嗽": None}


def test_shares_of_few_are_held_back_in_the_trend() -> None:
    (point,) = trend([figures(**{"1号楼": group(40, red=2, yellow=10)})], 5)
    assert (point.red, point.yellow) == (None, 0.25)


# --- several campaigns and offices --------------------------------------------------------------------


def test_the_newest_of_every_community_counts_once() -> None:
    history = [
        figures("2026-11-20", "幸福", **{"1号楼": group(10)}),
        figures("2026-11-25", "幸福", **{"1号楼": group(12)}),
        figures("2026-11-24", "平安", **{"1号楼": group(7)}),
    ]  # fmt: skip
    whole = merged(newest_of_each(history))
    assert whole.total == 19
    assert {name: one.total for name, one in whole.buildings.items()} == {"幸福 1号楼": 12, "平安 1号楼": 7}
    assert [point.day.day for point in trend(history, 1)] == [20, 24, 25]


def test_figures_survive_being_written_and_read(tmp_path: Path) -> None:
    before = figures(**{"1号楼": group(20, 6), "2号楼": group(2), "3号楼": group(1)})
    write_figures(tmp_path / "f.json", [before], 5)
    (after,) = read_figures([tmp_path / "f.json"])
    assert after.total == before.total
    assert after.whole == before.whole
    assert all(one.total >= 5 for one in after.buildings.values())


def test_an_office_without_residents_enough_hands_over_no_health(tmp_path: Path) -> None:
    write_figures(tmp_path / "f.json", [figures(**{"1号楼": group(3, red=1)})], 5)
    (after,) = read_figures([tmp_path / "f.json"])
    assert (after.grades, after.answers, after.whole.red) == ({}, (), 0)


@pytest.mark.parametrize("damage", ["{", "[]", '{"format": "x", "campaigns": []}', '{"format": 1}', "\xff"])
def test_damaged_figures_are_named(tmp_path: Path, damage: str) -> None:
    (tmp_path / "坏.json").write_bytes(damage.encode("latin-1"))
    with pytest.raises(ExportError, match="坏"):
        read_figures([tmp_path / "坏.json"])


def test_every_changed_key_of_figures_is_found(tmp_path: Path) -> None:
    whole = json.loads(json.dumps(figures(**{"1号楼": group(9)}).as_json()))
    for key, wrong in itertools.product(whole, (None, -1, "x", {"a": "b"})):
        try:
            read = Figures.from_json({**whole, key: wrong})
        except ExportError:
            continue
        write_page(tmp_path / "r.html", [read], 5, NOW)  # texts may be any text


def test_the_sub_district_needs_no_settings(
    office: CommunityOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        file, code = str(tmp_path / f"{number}.json"), f"11010100100{number}"
        assert office("report", "--campaign", str(number), "--code", code, "--figures", file) == 0
    monkeypatch.chdir(tmp_path)
    import cli

    assert cli.main(["report", "--from", "1.json", "2.json"]) == 0
    assert "2 个社区合计" in (tmp_path / "报告.html").read_text("utf-8")
    assert "某1" not in (tmp_path / "1.json").read_text("utf-8")


def test_only_twelve_digits_are_a_division_code() -> None:
    assert street_code("110101001002") == "110101001"
    assert street_code("幸福") == ""
    assert street_code("1101") == ""
