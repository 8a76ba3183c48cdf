"""How long the result workbook takes, and what keeping it fresh costs while a campaign runs.

    python -m benchmarks.workbook_time [RESIDENTS] [-o FOLDER]

A made-up campaign of so many residents (default: 10,000), most of whom were asked, some dialled twice;
processor time (user and system) of one whole workbook, best of three, and the wall time of that one. The
cost of keeping it fresh is that of writing it as often as the keeper does when something changes every
second. With ``-o`` store and workbook stay.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from campaign.policy import CallingRules, CallingWindow, Done, Retry, ToFollowUp
from campaign.records import CallCause, CallResult, Disposition, Grade, HungUpBy, Resident, SlotValue, Turn
from campaign.store import Store
from dialogs.loading import load_script
from exports.workbook.keeper import slot_columns
from exports.workbook.refresh import Debounce
from exports.workbook.results import write_workbook

SCRIPT = load_script("health_survey")
ZONE = ZoneInfo("Asia/Shanghai")
START = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
RULES = CallingRules(windows=(CallingWindow(dt.timedelta(0), dt.timedelta(hours=24)),))
_NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗𠮷䶮"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰涛明超霞平刚桂兰建华玉梅"
_ENDINGS = (Disposition.NO_ANSWER, Disposition.BUSY, Disposition.POWERED_OFF, Disposition.DECLINED)
_SYMPTOMS = ("发热", "咳嗽", "乏力", "咽痛", "鼻塞流涕", "头痛")
_HEADINGS = (
    ("社区", "原样带入结果表"), ("楼号", "楼号"), ("单元", "单元"), ("房号", "门牌号"), ("姓名", "姓名"),
    ("性别", "原样带入结果表"), ("身份证号", "身份证号（只保留头尾几位）"), ("联系电话", "电话"),
    ("备注", "备注"),
)  # fmt: skip


def made_up_campaign(store: Store, residents: int, seed: int = 1) -> int:
    """A campaign whose calls are over; its number."""
    chance = random.Random(seed)
    people = [_person(chance, number) for number in range(residents)]
    campaign = store.create_campaign(
        "三月健康排查", "health_survey", SCRIPT.version, "居民名单.xlsx", people, START
    )
    store.keep_list_columns(campaign.id, _HEADINGS)
    at = START
    while attempts := store.claim_due(campaign.id, at, 10, RULES):
        for attempt in attempts:
            _finish(store, chance, attempt.id, attempt.ordinal, at)
        at += dt.timedelta(seconds=70)
    return campaign.id


def _person(chance: random.Random, number: int) -> Resident:
    name = chance.choice(_NAMES) + "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2))))
    per_building = 60
    return Resident(
        0, number + 3, name, (f"138{number:08d}",), f"{number // per_building + 1}号楼",
        f"{number // 20 % 3 + 1}单元", f"{number // 2 % 10 + 1}0{number % 2 + 1}",
        id_number=f"110101********{number % 10000:04d}",
        remark=chance.choice(("", "", "", "听力不好", "独居")),
        extra={"社区": f"{'东西南北'[number * 4 // 10_000 % 4]}河沿社区", "性别": chance.choice("男女")},
    )  # fmt: skip


def _finish(store: Store, chance: random.Random, attempt: int, ordinal: int, at: dt.datetime) -> None:
    ended = at + dt.timedelta(seconds=chance.randint(35, 75))
    store.mark_line(attempt, chance.randint(1, 10))
    if chance.random() < 0.3:
        ending = chance.choice(_ENDINGS)
        step = Retry(at + dt.timedelta(minutes=15)) if ordinal < 2 else ToFollowUp(f"{ending.label} 2 次")
        store.finish(CallResult(attempt, ending, at + dt.timedelta(seconds=25), CallCause(480, 19)), step)
        return
    slots = _answers(chance)
    grade = SCRIPT.grade({slot.name: slot for slot in slots}) or Grade.YELLOW
    for number, slot in enumerate(slots, 1):
        store.record_turn(Turn(attempt, number, f"ask_{slot.name}", slot.raw, slot.raw, 0.9, at, ended))
    unsure = sum(not slot.is_certain for slot in slots)
    result = CallResult(
        attempt, Disposition.COMPLETED, ended, CallCause(200, 16, "", HungUpBy.ROBOT),
        answered_at=at + dt.timedelta(seconds=8), slots=slots, grade=grade, recording=f"{attempt:06d}.wav",
        frames_expected=2600, frames_received=2590, reply_gaps=(0.6, 0.8, 0.7), confidence=0.98,
    )  # fmt: skip
    store.finish(result, ToFollowUp(f"有 {unsure} 项回答待核实") if unsure else Done())


def _answers(chance: random.Random) -> tuple[SlotValue, ...]:
    ill = chance.random() < 0.12
    away = chance.random() < 0.1
    doubtful = chance.random() < 0.15
    heat = round(chance.uniform(37.3, 39), 1) if ill and chance.random() < 0.3 else 36.5
    symptoms = chance.sample(_SYMPTOMS, chance.randint(1, 3)) if ill else []
    return (
        SlotValue("identity", "self", "是我"),
        SlotValue("in_beijing", True, "在呢"),
        SlotValue("symptoms", symptoms, "有点" + "、".join(symptoms) if ill else "没有", is_confirmed=ill),
        SlotValue("temperature", heat, f"{heat}度", f"{heat}度", 0.5 if doubtful else 0.95,
                  is_certain=not doubtful),
        SlotValue("travel", away, "去了趟天津" if away else "没出门"),
        *((SlotValue("return_date", "2026-02-25", "二月二十五号"),) if away else ()),
        SlotValue("contact", False, "没有接触"),
        SlotValue("household_size", chance.randint(1, 6), "三口人"),
        SlotValue("needs", "帮忙买药" if ill and chance.random() < 0.2 else "", "不用了"),
    )  # fmt: skip


def write(store: Store, campaign_id: int, path: Path) -> None:
    """One workbook, as the keeper writes it."""
    with store.snapshot() as snapshot:
        write_workbook(
            snapshot, campaign_id, path, recordings=path.parent / "recordings",
            columns=slot_columns(SCRIPT), generated_at=START + dt.timedelta(days=1), zone=ZONE,
            script_title=SCRIPT.title,
        )  # fmt: skip


def share_of_a_core(wall: float, processor: float, seconds: float = 36_000.0) -> float:
    """Of a core that the keeper takes over so long a campaign in which something changes every second."""
    debounce, now, writings = Debounce(), 0.0, 0
    while now < seconds:
        debounce.changed(now)
        if debounce.is_due(now):
            debounce.written()
            debounce.took(wall)
            writings += 1
            now += wall
        now += 1.0
    return writings * processor / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("residents", type=int, nargs="?", default=10_000)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.output or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        with Store.open(folder / "wenhou.db") as store:
            campaign_id = made_up_campaign(store, options.residents)
            timings = []
            for _ in range(3):
                wall, processor = time.perf_counter(), time.process_time()
                write(store, campaign_id, folder / "结果.xlsx")
                timings.append((time.perf_counter() - wall, time.process_time() - processor))
        wall, processor = min(timings, key=lambda timing: timing[1])
        size = (folder / "结果.xlsx").stat().st_size / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{options.residents:,} residents: {wall:.1f} s, {processor:.1f} s of a processor, {size:.1f} MB")
    print(f"keeping it fresh: {share_of_a_core(wall, processor):.1%} of one core; {memory:.0f} MB at most")


if __name__ == "__main__":
    main()
