"""The demonstration: a practice exchange of its own, a list of twenty residents, settings that fit both."""

from __future__ import annotations

import contextlib
import datetime as dt
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import LineError
from campaign.policy import CallingWindow
from campaign.settings import Settings

RESIDENT_LIST = Path(__file__).parent / "resident_list.xlsx"
RESIDENTS = Path(__file__).parent / "residents"
NAME_PROMPTS = RESIDENTS / "audio" / "names"
"""The questions that hold a resident's name, for the names of the list."""

_DAY = dt.timedelta(hours=24)
_RETRY_SECONDS = 15.0
_RETRIES: Mapping[str, float] = dict.fromkeys(
    (
        "busy_retry", "no_answer_retry", "declined_retry", "powered_off_retry", "unreachable_retry",
        "call_assistant_retry", "network_retry", "failed_retry",
    ),
    _RETRY_SECONDS,
)  # fmt: skip


@dataclass(frozen=True)
class Demo:
    """Where a demonstration keeps its files."""

    folder: Path

    @property
    def exchange_log(self) -> Path:
        return self.folder / "exchange.jsonl"

    def settings(self, port: int, lines: int) -> Settings:
        """Settings that call the exchange at once, whatever the time of day, with short pauses."""
        settings = Settings().replace(
            trunk={"host": "127.0.0.1", "port": port, "bind_address": "127.0.0.1", "fromuser": "wenhou"},
            lines={"lines": lines, "ring_timeout": 12.0, "media_timeout": 5.0},
            calling={
                "hours": (CallingWindow(dt.timedelta(0), _DAY),),
                "max_attempts": 2,
                "no_answer_other_part": False,
                **_RETRIES,
            },
            dialog={"community": "幸福"},
            store={"path": "wenhou.db", "recordings": "recordings", "workbook": "健康排查结果.xlsx"},
        )
        return settings.within(self.folder)

    def clear(self) -> None:
        """Forget an earlier demonstration; only files that a demonstration makes."""
        patterns = ("wenhou.db*", "exchange.jsonl", "*.xlsx", "recordings/*.wav")
        for pattern in patterns:
            for path in self.folder.glob(pattern):
                path.unlink()


@contextlib.contextmanager
def exchange_process(residents: Path, log: Path) -> Iterator[int]:
    """A practice exchange as a process of its own on a free port of the loopback interface; yields the port.

    It lives in a session of its own, so that Ctrl-C reaches the robot alone, and ends when its standard input
    closes, so that it never outlives whoever started it.

    Raises:
        LineError: ``exchange_start``.
    """
    command = [
        sys.executable, "-m", "simulator", "--listen", "127.0.0.1:0",
        "--residents", str(residents), "--log", str(log), "--attached",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        ready = process.stdout.readline().strip()
        if not ready.startswith("READY "):
            raise LineError("exchange_start", "练习交换机没有启动成功，请看上面的提示。")
        yield int(ready.rpartition(":")[2])
    finally:
        process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=3.0)
        if process.poll() is None:
            process.terminate()
            process.wait()
        process.stdout.close()
