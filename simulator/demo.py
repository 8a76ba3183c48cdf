"""The demonstration: a practice exchange of its own, a list of twenty residents, settings that fit both."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import LineError
from campaign.settings import Settings, load_settings

RESIDENT_LIST = Path(__file__).parent / "resident_list.xlsx"
RESIDENTS = Path(__file__).parent / "residents"
NAME_PROMPTS = RESIDENTS / "audio" / "names"
"""The questions that hold a resident's name, for the names of the list."""

_SETTINGS = """\
; 演示用的设置，由 wenhou demo 写成：打给本机的练习交换机，随时可拨，很快重拨。
[trunk]
host = 127.0.0.1
port = {port}
bind_address = 127.0.0.1
fromuser = wenhou
[lines]
lines = {lines}
ring_timeout = 12s
media_timeout = 5s
[calling]
hours = 00:00-24:00
max_attempts = 2
no_answer_other_part = no
busy_retry = 15s
no_answer_retry = 15s
declined_retry = 15s
powered_off_retry = 15s
unreachable_retry = 15s
call_assistant_retry = 15s
network_retry = 15s
failed_retry = 15s
[dialog]
community = 幸福
[store]
path = wenhou.db
recordings = recordings
workbook = 健康排查结果.xlsx
"""


@dataclass(frozen=True)
class Demo:
    """Where a demonstration keeps its files."""

    folder: Path

    @property
    def exchange_log(self) -> Path:
        return self.folder / "exchange.jsonl"

    @property
    def settings_file(self) -> Path:
        return self.folder / "sip.conf"

    def settings(self, port: int, lines: int) -> Settings:
        """Settings that call the exchange at once, whatever the time of day; also left in ``settings_file``,
        so that the other commands can look at the demonstration."""
        self.settings_file.write_text(_SETTINGS.format(port=port, lines=lines), encoding="utf-8")
        return load_settings(self.settings_file)

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
