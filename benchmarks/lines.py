"""N calls at once through the practice exchange: frames, reply gaps, CPU and memory by process.

    python benchmarks/lines.py               ten lines, twenty residents
    python benchmarks/lines.py --lines 20 --residents 40
    python benchmarks/lines.py --engine whisper        the embedded engine

Robot and exchange share this machine. The residents are the cooperative ones of ``simulator/residents``, each
several times under other numbers. Figures of time are from the residents' end of the line.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from ruamel.yaml import YAML

from campaign.store import Store
from simulator.demo import RESIDENTS, exchange_process
from simulator.report import calls_of, lines_of, read_log, summarise

ROOT = Path(__file__).resolve().parent.parent
SAMPLE_SECONDS = 0.5
MEMORY_SAMPLES = 10
"""Samples for one in which memory is added up, which takes the system a while for large processes."""
COOPERATIVE = ("completed",)


@dataclass
class Usage:
    """CPU seconds and memory of the processes of one kind."""

    cpu: dict[int, float] = field(default_factory=dict)
    """By process id, newest reading."""
    peak_mb: float = 0.0


@dataclass
class Meter:
    """Samples a tree of processes."""

    roots: dict[str, psutil.Process]
    usage: dict[str, Usage] = field(default_factory=lambda: defaultdict(Usage))
    peak_mb: float = 0.0
    samples: int = 0

    def sample(self) -> None:
        total = 0.0
        by_kind: dict[str, float] = defaultdict(float)
        takes_memory = self.samples % MEMORY_SAMPLES == 0
        self.samples += 1
        for kind, process in self._processes():
            try:
                with process.oneshot():
                    times = process.cpu_times()
                    memory = process.memory_full_info().pss / 1e6 if takes_memory else 0.0
            except (psutil.NoSuchProcess, psutil.ZombieProcess):
                continue
            self.usage[kind].cpu[process.pid] = times.user + times.system
            by_kind[kind] += memory
            total += memory
        for kind, memory in by_kind.items():
            self.usage[kind].peak_mb = max(self.usage[kind].peak_mb, memory)
        self.peak_mb = max(self.peak_mb, total)

    def _processes(self) -> list[tuple[str, psutil.Process]]:
        found = []
        for kind, root in self.roots.items():
            try:
                found.append((kind, root))
                found += [(_kind(child, kind), child) for child in root.children(recursive=True)]
            except psutil.NoSuchProcess:
                continue
        return found


def _kind(process: psutil.Process, parent: str) -> str:
    try:
        command = " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return parent
    return "call workers" if "forkserver" in command or "spawn_main" in command else parent


def copy_residents(folder: Path, count: int) -> list[str]:
    """A folder with ``count`` cooperative residents; returns their numbers."""
    yaml = YAML()
    document = yaml.load((RESIDENTS / "residents.yaml").read_text(encoding="utf-8"))
    cooperative = [
        entry
        for entry in document["residents"]
        if entry.get("expected", {}).get("disposition") in COOPERATIVE and "calls" not in entry
    ]
    numbers = [f"139{n:08d}" for n in range(count)]
    copies = []
    for index, number in enumerate(numbers):
        entry = dict(cooperative[index % len(cooperative)])
        entry["number"] = number
        copies.append(entry)
    document["residents"] = copies
    document["prompts"] = [os.path.relpath((RESIDENTS / p).resolve(), folder) for p in document["prompts"]]
    (folder / "audio").symlink_to(RESIDENTS / "audio")
    with (folder / "residents.yaml").open("w", encoding="utf-8") as file:
        yaml.dump(document, file)
    return numbers


def prepare(folder: Path, port: int, numbers: list[str], lines: int, engine: str) -> None:
    (folder / "sip.conf").write_text(
        f"[trunk]\nhost = 127.0.0.1\nport = {port}\nbind_address = 127.0.0.1\n"
        f"[lines]\nlines = {lines}\ncalls_per_second = 5\n"
        "[calling]\nhours = 00:00-24:00\nmax_attempts = 1\n[dialog]\ncommunity = 幸福\n"
        f"[asr]\nengine = {engine}\n",
        encoding="utf-8",
    )
    rows = [f"居民{index},{number}" for index, number in enumerate(numbers)]
    (folder / "list.csv").write_text("\n".join(["姓名,电话", *rows]), encoding="utf-8")
    wenhou("import", "list.csv", cwd=folder).check_returncode()


def wenhou(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "cli", *arguments], cwd=cwd, env=environment(), check=False)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def measure(folder: Path, exchange: psutil.Process) -> tuple[Meter, float, float]:
    """Run the campaign; returns the meter, wall seconds, and the share of all cores left idle (percent)."""
    started = time.monotonic()
    with (folder / "run.txt").open("w") as output:
        run = subprocess.Popen(
            [sys.executable, "-m", "cli", "run", "--no-wait"],
            cwd=folder, env=environment(), stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        meter = Meter({"runner": psutil.Process(run.pid), "exchange": exchange})
        before = psutil.cpu_times()
        while run.poll() is None:
            meter.sample()
            time.sleep(SAMPLE_SECONDS)  # a sampling meter: the campaign goes on meanwhile
        after = psutil.cpu_times()
    busy = sum(after) - sum(before)
    idle = (after.idle + after.iowait) - (before.idle + before.iowait)
    return meter, time.monotonic() - started, 100.0 * idle / busy


def report(folder: Path, meter: Meter, seconds: float, idle: float, wall_start: float) -> None:
    summary = summarise(calls_of(read_log(folder / "exchange.jsonl")))
    print("\n".join(lines_of(summary)))
    with Store.open(folder / "output" / "wenhou.db") as store:
        attempts = store.attempts(1)
    first = min(attempt.dialled_at.timestamp() for attempt in attempts) - wall_start
    expected = sum(attempt.frames_expected for attempt in attempts)
    received = sum(attempt.frames_received for attempt in attempts)
    print(f"robot's end: {received} of {expected} frames ({100 * received / max(1, expected):.2f} %)")
    outcomes: dict[str, int] = defaultdict(int)
    for attempt in attempts:
        outcomes[str(attempt.disposition)] += 1
    print(f"outcomes: {dict(outcomes)}")
    print(f"first number dialled {first:.1f} s after start; whole run {seconds:.0f} s")
    print(f"{'process':<14}{'CPU s':>8}{'of a core':>11}{'peak MB':>9}")
    for kind, usage in sorted(meter.usage.items()):
        cpu = sum(usage.cpu.values())
        print(f"{kind:<14}{cpu:>8.1f}{100 * cpu / seconds:>10.1f}%{usage.peak_mb:>9.0f}")
    times = psutil.Process().cpu_times()
    print(f"{'this meter':<14}{times.user + times.system:>8.1f}")
    print(f"memory in all (PSS) {meter.peak_mb:.0f} MB; idle of {psutil.cpu_count()} cores {idle:.0f} %")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=10)
    parser.add_argument("--residents", type=int, default=20)
    parser.add_argument("--engine", choices=("auto", "vosk", "whisper"), default="auto")
    parser.add_argument("--keep", type=Path, help="keep log, store and recordings in this folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        residents = folder / "residents"
        residents.mkdir(parents=True)
        numbers = copy_residents(residents, given.residents)
        with exchange_process(residents, folder / "exchange.jsonl") as port:
            exchange = next(c for c in psutil.Process().children() if "simulator" in " ".join(c.cmdline()))
            prepare(folder, port, numbers, given.lines, given.engine)
            wall_start = time.time()
            meter, seconds, idle = measure(folder, exchange)
        report(folder, meter, seconds, idle, wall_start)


if __name__ == "__main__":
    main()
