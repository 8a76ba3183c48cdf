"""What a disposition was concluded from, kept as plain values and said in words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

from campaign.evidence import evidence_words
from campaign.records import CallAttempt, CallCause, Disposition, Resident
from campaign.timeline import timeline
from dialer.call.disposition import Evidence
from dialer.call.evidence_record import evidence_record
from dialogs.script import Outcome


def test_evidence_is_kept_as_json_without_what_says_nothing() -> None:
    evidence = Evidence(
        CallCause(480, 20), has_rung=True, announced=Disposition.POWERED_OFF, outcome=Outcome.CALL_LATER
    )
    kept = evidence_record(evidence)
    assert kept == {"has_rung": True, "announced": "powered_off", "outcome": "call_later"}
    assert json.loads(json.dumps(kept)) == kept
    assert evidence_record(Evidence()) == {}


def test_every_piece_of_evidence_can_be_kept() -> None:
    for field in dataclasses.fields(Evidence):
        json.dumps(evidence_record(dataclasses.replace(Evidence(), **{field.name: True})))


def test_evidence_is_said_in_words_and_what_is_unknown_is_shown_as_it_is() -> None:
    kept = {"has_rung": True, "announced": "powered_off", "answers": 3, "cadence": [0.35, 0.35]}
    assert evidence_words(kept) == ["振过铃", "提示音说关机", "听懂 3 个回答", "cadence=[0.35, 0.35]"]


def test_the_timeline_ends_with_the_result_its_confidence_and_its_grounds() -> None:
    at = dt.datetime(2026, 11, 26, 2, tzinfo=dt.UTC)
    attempt = CallAttempt(
        7, 1, 1, "13800138000", 1, 3, at, ended_at=at, disposition=Disposition.POWERED_OFF,
        confidence=0.95, evidence={"announced": "powered_off"},
    )  # fmt: skip
    lines = timeline(attempt, Resident(1, 2, "张三", ("13800138000",)), [], [])
    assert lines[-1] == "结果：关机（把握 95%）；依据：提示音说关机"
    by_hand = dataclasses.replace(attempt, caller="李娜", line=0, confidence=1.0, evidence={})
    assert timeline(by_hand, Resident(1, 2, "张三", ("1",)), [], [])[0].endswith("第 1 次拨打，李娜 人工拨打")
