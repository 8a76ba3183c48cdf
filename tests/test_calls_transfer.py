"""Calls that are handed to a person, over real SIP: one is taken, one refused, one rings in vain."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.real_calls import ROOT, environment

pytestmark = pytest.mark.calls

UNTAKEN = "不好意思，现在没有人接听，工作人员会给您回电话，再见。"


@pytest.fixture(scope="module")
def calls() -> dict[str, dict[str, Any]]:
    """What became of the calls, by the number that they were handed to."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.transfers_over_sip"],
        cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    told = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    assert len(told) == 3, ran.stderr[-2000:]
    return {call["desk"]: call for call in told}


def test_person_who_answers_takes_the_call(calls: dict[str, dict[str, Any]]) -> None:
    call = calls["8001"]
    assert call["statuses"][-2:] == [180, 200]
    assert call["disposition"] == "transferred"
    assert call["reason"] == "已转接工作人员，请登记结果"
    assert call["said"] == "好的，正在为您转接工作人员，请稍等，不要挂断。"
    assert not call["is_pressing"]


def test_busy_person_is_told_of_at_once(calls: dict[str, dict[str, Any]]) -> None:
    call = calls["8002"]
    assert call["statuses"][-1] == 486
    assert (call["disposition"], call["said"]) == ("partial", UNTAKEN)
    assert call["reason"] == "本人要求工作人员联系，转接没有成功"
    assert call["is_pressing"]


def test_telephone_that_nobody_takes_is_given_up(calls: dict[str, dict[str, Any]]) -> None:
    call = calls["8003"]
    assert call["statuses"][-1] == 180
    assert (call["disposition"], call["said"]) == ("partial", UNTAKEN)
    assert call["reason"] == "本人要求工作人员联系，转接没有人接"
    assert call["is_pressing"]
