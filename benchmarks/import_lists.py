"""How long a large list takes to come in, and how much memory: ``python -m benchmarks.import_lists``.

A list of 100,000 residents (numbers as numbers and as text, dashed, two in a cell, with words; identity
numbers; rows without a number) is written, then imported by ``wenhou import --yes`` in a process of its
own: start-up, the store and 导入问题.xlsx are included. Bounds: 20 s, 400 MB.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl

from campaign.lists.id_numbers import check_character

ROOT = Path(__file__).parent.parent
HEADER = ["序号", "姓名", "性别", "身份证号", "楼栋", "单元", "房号", "联系电话", "备用电话", "备注"]
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文"
MOST_SECONDS, MOST_MEGABYTES = 20.0, 400.0


def rows(count: int, seed: int = 1) -> Iterator[list[Any]]:
    """Residents as they stand in a list, a few of them with something wrong."""
    chance = random.Random(seed)
    for number in range(1, count + 1):
        name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
        born = f"{chance.randint(1930, 2015)}0{chance.randint(1, 9)}1{chance.randint(0, 9)}"
        seventeen = f"110101{born}{chance.randint(0, 999):03d}"
        identity = seventeen + check_character(seventeen)
        flat = (
            f"{chance.randint(1, 60)}号楼",
            f"{chance.randint(1, 6)}单元",
            chance.randint(1, 24) * 100 + chance.randint(1, 4),
        )
        spare = mobile(chance) if chance.random() < 0.1 else None
        remark = chance.choice((None, None, None, "独居", "出租"))
        yield [number, name, chance.choice("男女"), identity, *flat, phone_cell(chance), spare, remark]


def mobile(chance: random.Random) -> str:
    return f"1{chance.choice('3578')}{chance.randrange(10**9):09d}"


def phone_cell(chance: random.Random) -> Any:
    """A number as people type it: mostly a number or text, at times dashed, doubled, with words, or wrong."""
    number = mobile(chance)
    kind = chance.random()
    if kind < 0.5:
        return int(number)
    if kind < 0.8:
        return number
    if kind < 0.88:
        return f"{number[:3]}-{number[3:7]}-{number[7:]}"
    if kind < 0.92:
        return f"010-{chance.randint(60000000, 89999999)}"
    if kind < 0.95:
        return f"{number}/{mobile(chance)}"
    if kind < 0.97:
        return f"儿子{number}"
    return chance.choice((None, number[:-1], "无"))


def write_xlsx(path: Path, count: int) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.append(["幸福街道居民信息登记表"])
    sheet.append(HEADER)
    for row in rows(count):
        sheet.append(row)
    book.save(path)


def write_csv(path: Path, count: int) -> None:
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows(count))


WRITERS: dict[str, Callable[[Path, int], None]] = {"xlsx": write_xlsx, "csv": write_csv}

_CHILD = """
import json, resource, sys, time
started = time.monotonic()
import cli
code = cli.main(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
found = {"code": code, "seconds": time.monotonic() - started, "cpu": cpu, "megabytes": peak}
print("MEASURED " + json.dumps(found))
"""


def measure(kind: str, count: int, folder: Path) -> dict[str, Any]:
    """Write a list and import it in a process of its own."""
    path = folder / f"list.{kind}"
    WRITERS[kind](path, count)
    (folder / "sip.conf").write_text("[trunk]\nhost = 127.0.0.1\n", encoding="utf-8")
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, "import", path.name, "--yes"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = next(line for line in done.stdout.splitlines() if line.startswith("MEASURED "))
    found: dict[str, Any] = json.loads(told.removeprefix("MEASURED "))
    return {"kind": kind, "rows": count, "wall_seconds": time.monotonic() - started, **found}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    results = []
    for kind in WRITERS:
        with tempfile.TemporaryDirectory() as folder:
            results.append(measure(kind, options.rows, Path(folder)))
    if options.json:
        print(json.dumps(results))
    for one in results if not options.json else []:
        told = f"{one['wall_seconds']:5.1f} s (processor {one['cpu']:.1f} s)  {one['megabytes']:4.0f} MB"
        print(f"{one['kind']:5} {one['rows']:7} rows  {told}")
    is_good = all(
        one["code"] == 0 and one["wall_seconds"] < MOST_SECONDS and one["megabytes"] < MOST_MEGABYTES
        for one in results
    )
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
