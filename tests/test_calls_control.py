"""A small campaign on real SIP, paused, resumed, given more lines and stopped from another terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.demo import RESIDENTS, exchange_process
from tests.real_calls import QUICK, list_file, open_store, settings_file, start_wenhou, wenhou

pytestmark = [pytest.mark.calls, pytest.mark.conversations]


def test_a_run_is_steered_from_another_terminal(tmp_path: Path) -> None:
    def asked(*words: str) -> str:
        done = wenhou(*words, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout

    with exchange_process(RESIDENTS, tmp_path / "exchange.jsonl") as port:
        settings_file(tmp_path, port, *QUICK, "[lines]", "lines = 1")
        list_file(tmp_path, [f"1380000{number:04d}" for number in range(1, 10)])
        assert wenhou("import", "名单.csv", cwd=tmp_path).returncode == 0
        idle = wenhou("pause", cwd=tmp_path)
        assert idle.returncode == 2
        assert "现在没有正在进行的拨打" in idle.stderr
        process = start_wenhou("run", cwd=tmp_path)
        assert process.stdout is not None
        next(line for line in process.stdout if "接通" in line)
        assert "正在进行的 1 个通话会打完" in asked("pause")
        assert "已暂停，同时 1 路" in asked("status")
        assert "正在增加线路" in asked("lines", "3")
        next(line for line in process.stdout if "现在同时拨打 3 路" in line)
        with open_store(tmp_path) as store:
            assert len(store.attempts(1)) == 1, "dialled while paused"
        assert "继续拨打" in asked("resume")
        next(line for line in process.stdout if "3 号线" in line and "拨号" in line)
        assert "礼貌结束" in asked("stop")
        rest = process.stdout.read()
        process.stdout.close()
        assert process.wait(timeout=40) == 130
    assert "再运行同一命令会接着打" in rest
    with open_store(tmp_path) as store:
        assert store.progress(1).in_call == 0
        assert store.progress(1).pending > 0
        assert {attempt.line for attempt in store.attempts(1)} > {1}
