"""Every way in which a call can come to nothing, over SIP and RTP, against the practice exchange and SIPp."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from asr.audio import read_sound, write_wav
from campaign.records import CallAttempt, Disposition
from simulator.demo import RESIDENTS, exchange_process
from simulator.report import read_log
from tests.real_calls import (
    QUICK,
    free_port,
    list_file,
    needs,
    open_store,
    peer,
    settings_file,
    sipp,
    wenhou,
)
from tests.refusals import number_for, refusals_scenario

pytestmark = pytest.mark.calls

RECORDED = Path(__file__).parent / "call_sounds"
"""Spoken by Kokoro; the rest comes with the practice exchange."""
CARRIER = RESIDENTS / "audio" / "carrier"
QUIET_BREAKER = ("[lines]", "lines = 6", "ring_timeout = 14", "longest_call = 40", "trouble_calls = 1000")


@dataclass(frozen=True)
class Row:
    """What happens when a number is called, and what it means."""

    expected: str
    outcome: str
    status: int = 0
    q850: int = 0
    sound: str = ""
    """A recording, or a sound of the network."""
    most_seconds: float = 0.0
    """From the beginning of the sound until the robot gives the call up; 0: it need not."""

    @property
    def name(self) -> str:
        signalled = f" {self.status} {self.q850}" if self.status else ""
        return f"{self.outcome}{signalled} {self.sound}".strip()


TABLE = (
    Row("busy", "busy"),
    Row("busy", "announcement", 480, sound="busy.wav", most_seconds=7.0),
    Row("busy", "announcement", 480, sound="busy_tone", most_seconds=4.0),
    Row("no_answer", "no_answer"),
    Row("no_answer", "unavailable", 480, 19),
    Row("no_answer", "unavailable", 408, 18),
    Row("no_answer", "announcement", 480, sound="no_answer.wav", most_seconds=8.0),
    Row("declined", "declined"),
    Row("declined", "declined", 403, 21),
    Row("declined", "announcement", 480, sound="declined.wav", most_seconds=8.0),
    Row("powered_off", "unavailable", 480, 20),
    Row("powered_off", "announcement", 480, sound="powered_off.wav", most_seconds=7.0),
    Row("out_of_service", "announcement", 403, sound="out_of_service.wav", most_seconds=7.0),
    Row("invalid_number", "not_found"),
    Row("invalid_number", "not_found", 410, 22),
    Row("invalid_number", "not_found", 484, 28),
    Row("invalid_number", "announcement", 480, sound="invalid_number.wav", most_seconds=7.0),
    Row("invalid_number", "announcement", 480, sound="unobtainable_tone", most_seconds=5.0),
    Row("unreachable", "unavailable", 480, 3),
    Row("unreachable", "announcement", 480, sound="unreachable.wav", most_seconds=8.0),
    Row("barred", "not_found", 403, 55),
    Row("barred", "announcement", 480, sound="barred.wav", most_seconds=7.0),
    Row("call_assistant", "answering_machine", sound="voicemail.wav", most_seconds=8.0),
    Row("call_assistant", "announcement", 480, sound="call_assistant.wav", most_seconds=7.0),
    Row("network_busy", "unavailable", 503, 34),
    Row("network_busy", "announcement", 503, 42, sound="network_busy.wav"),
    Row("network_busy", "announcement", 503, 42, sound="congestion_tone", most_seconds=5.0),
    Row("failed", "not_found", 500, 127),
    Row("failed", "no_rtp"),
    # Those that lie.
    Row("busy", "answering_machine", sound="busy_tone", most_seconds=4.0),
    Row("powered_off", "answering_machine", sound="powered_off.wav", most_seconds=8.0),
    Row("busy", "announcement", 486, 17, sound="music"),
)


def residents(folder: Path) -> Path:
    """A neighbourhood in which each number behaves as one row says."""
    home = folder / "residents"
    home.mkdir()
    entries = [_resident(home, number, row) for number, row in enumerate(TABLE)]
    document = {"residents": entries}
    (home / "residents.yaml").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return home


def _resident(home: Path, number: int, row: Row) -> Mapping[str, Any]:
    call: dict[str, Any] = {"outcome": row.outcome}
    if row.status:
        call["status"] = row.status
    if row.q850:
        call["q850"] = row.q850
    if row.sound.endswith(".wav"):
        own = RECORDED / row.sound
        write_wav(home / row.sound, read_sound(own if own.is_file() else CARRIER / row.sound))
        call |= {"wav": row.sound, "text": row.sound}
    elif row.sound:
        call["sound"] = row.sound
    return {"number": _number(number), "name": f"居民{number}", "calls": [call]}


def _number(row: int) -> str:
    return f"1380000{row:04d}"


def attempts(folder: Path) -> dict[str, CallAttempt]:
    with open_store(folder) as store:
        return {attempt.number: attempt for attempt in store.attempts(store.latest_campaign().id)}


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everybody is called once; the folder in which that happened."""
    folder = tmp_path_factory.mktemp("progress")
    with exchange_process(residents(folder), folder / "exchange.jsonl") as port:
        settings_file(folder, port, *QUICK, *QUIET_BREAKER)
        list_file(folder, [_number(number) for number in range(len(TABLE))])
        assert wenhou("import", "名单.csv", cwd=folder).returncode == 0
        done = wenhou("run", "--no-wait", cwd=folder, timeout=400)
        assert "Traceback" not in done.stderr, done.stderr
    return folder


@pytest.mark.parametrize("number", range(len(TABLE)), ids=[row.name for row in TABLE])
def test_the_truth_is_told_about_every_call(campaign: Path, number: int) -> None:
    row, attempt = TABLE[number], attempts(campaign)[_number(number)]
    assert attempt.disposition is Disposition(row.expected), attempt.evidence
    assert attempt.confidence is not None
    assert attempt.confidence >= 0.6
    assert attempt.evidence["decided_by"]


def test_calls_are_given_up_as_soon_as_it_is_certain_what_they_come_to(campaign: Path) -> None:
    began: dict[str, float] = {}
    numbers: dict[str, str] = {}
    late = {}
    for event in read_log(campaign / "exchange.jsonl"):
        call = str(event["call"])
        if event["event"] == "invited":
            numbers[call] = str(event["number"])
        elif event["event"] in ("early_media", "answered"):
            began[call] = float(event["at"])
        elif event["event"] == "ended" and call in began:
            row = TABLE[int(numbers[call][-4:])]
            seconds = float(event["at"]) - began[call]
            if row.most_seconds and seconds > row.most_seconds:
                late[row.name] = seconds
    assert late == {}


def test_the_timeline_says_what_was_heard(campaign: Path) -> None:
    tone = next(
        n for n, row in enumerate(TABLE) if row.outcome == "answering_machine" and row.sound == "busy_tone"
    )
    told = wenhou("timeline", str(attempts(campaign)[_number(tone)].id), cwd=campaign).stdout
    assert "听到忙音" in told
    assert "结果：占线（把握 90%）" in told


SIGNALLED: Sequence[tuple[int, int, str]] = (
    (486, 17, "busy"), (486, 0, "busy"), (600, 0, "busy"),
    (480, 19, "no_answer"), (480, 18, "no_answer"), (408, 18, "no_answer"), (408, 0, "no_answer"),
    (603, 21, "declined"), (603, 0, "declined"), (403, 21, "declined"),
    (480, 20, "powered_off"),
    (404, 1, "invalid_number"), (404, 0, "invalid_number"), (410, 22, "invalid_number"),
    (410, 0, "invalid_number"), (484, 28, "invalid_number"), (484, 0, "invalid_number"),
    (480, 0, "unreachable"), (480, 27, "unreachable"), (404, 3, "unreachable"),
    (403, 55, "barred"),
    (503, 34, "network_busy"), (503, 42, "network_busy"), (503, 0, "network_busy"), (500, 41, "network_busy"),
    (500, 0, "failed"), (488, 0, "failed"),
)  # fmt: skip
"""SIP status, Q.850 cause of the Reason header or 0 for none, what became of the call."""


@needs("sipp")
def test_refusals_by_a_foreign_peer_are_named_with_and_without_a_reason(tmp_path: Path) -> None:
    port = free_port()
    settings_file(tmp_path, port, *QUICK, *QUIET_BREAKER)
    refusals = [(status, cause) for status, cause, _ in SIGNALLED]
    numbers = [number_for(refusal) for refusal in refusals]
    list_file(tmp_path, numbers)
    scenario = tmp_path / "refusals.xml"
    scenario.write_text(refusals_scenario(refusals), encoding="utf-8")
    with peer(sipp(port, scenario), port, tmp_path):
        assert wenhou("import", "名单.csv", cwd=tmp_path).returncode == 0
        done = wenhou("run", "--no-wait", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    found = attempts(tmp_path)
    told = {number: (a.disposition, a.cause.sip_status, a.cause.q850_cause) for number, a in found.items()}
    assert told == {
        number: (Disposition(expected), status, cause)
        for number, (status, cause, expected) in zip(numbers, SIGNALLED, strict=True)
    }
