"""``wenhou script talk --call``: one real call to a resident of the practice exchange, and what is left."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.demo import RESIDENTS, exchange_process
from simulator.report import calls_of, read_log
from tests.real_calls import QUICK, settings_file, start_wenhou, wenhou

pytestmark = [pytest.mark.calls, pytest.mark.conversations]

HEALTHY, BUSY = "13800000001", "13800000013"
WHISPER = ("--engine", "whisper")
"""The engine that hears the same words in a call and in its recording."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Path]:
    """A folder with settings for a running exchange."""
    with exchange_process(RESIDENTS, tmp_path / "exchange.jsonl") as port:
        settings_file(tmp_path, port, *QUICK)
        yield tmp_path


def test_a_call_is_told_live_and_kept_as_a_test_that_can_be_heard_again(office: Path) -> None:
    done = wenhou("script", "talk", "health_survey", "--call", HEALTHY, *WHISPER, cwd=office, typed="r\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "拨号…\n振铃…\n接通。\n机器人：您好，这里是幸福社区的智能语音助手" in done.stdout
    assert "　　已记下 体温 36.5 ✓（把握 1.00）\n　　到：ask_travel\n" in done.stdout
    assert "通话结束：done（问完了）\n排查分级：绿\n" in done.stdout
    assert "通话结果：已完成，" in done.stdout
    assert not list(office.rglob("*.db")), "a trial keeps nothing"
    assert not list((office / "output").rglob("*.wav")), "a trial keeps no recording"
    recorded = sorted((office / "health_survey.tests").rglob("*.wav"))
    assert len(recorded) == 8
    heard = wenhou("script", "test", "health_survey.tests.yaml", "--audio", *WHISPER, cwd=office)
    assert heard.returncode == 0, heard.stdout + heard.stderr
    assert "一字不差听到 8 句（100%）" in heard.stdout
    assert "声音：录音 8 句" in heard.stdout


def test_a_busy_number_is_told_and_nothing_is_offered(office: Path) -> None:
    done = wenhou("script", "talk", "health_survey", "--call", BUSY, cwd=office)
    assert done.returncode == 0
    assert "没有接通：占线（SIP 486）。\n" in done.stdout
    assert "存成测试" not in done.stdout


def test_control_c_takes_leave_of_whoever_is_on_the_line(office: Path) -> None:
    process = start_wenhou("script", "talk", "health_survey", "--call", HEALTHY, cwd=office)
    assert process.stdout is not None
    told = []
    for line in process.stdout:
        told.append(line)
        if "到：ask_symptoms" in line:
            process.send_signal(signal.SIGINT)
    process.stdout.close()
    assert process.wait(timeout=30) == 0
    text = "".join(told)
    assert "（中止，机器人道别）\n机器人：" in text
    assert "对话没有说完，停在 ask_symptoms。" in text
    (call,) = calls_of(read_log(office / "exchange.jsonl"))
    assert call.ended_by == "robot"
