"""Three calls at once over SIP on the loopback interface, each to a resident who wants a person; run as a
process of its own, because the telephone library cannot be ended within one that goes on.

Prints what became of each call as a line of JSON.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from asr.endpointing import EndpointingRules
from campaign.settings import Settings
from dialer.call.ear import Ear
from dialer.call.session import CallSession
from dialer.call.surroundings import CallLimits
from dialer.line import FRAME_SECONDS, SAMPLE_RATE, Pcm
from dialer.sip.engine import SipEngine
from dialer.sip.line import SipLine
from dialogs.machine import Dialog, Play
from simulator.exchange import Exchange
from simulator.make_voices import write_wav
from tests.telephone import NOON, SCRIPT, KnowsTheWords, LoudIsSpeech, Notes

RESIDENTS = """
residents:
  - &resident
    number: "1001"
    name: 甲
    reaction_seconds: 0.3
    patience_seconds: 60
    calls: [{outcome: answers, ring_seconds: 0.05}]
    hello: {wav: word.wav, text: 喂}
    answers: [{wav: word.wav, text: 是我}, {wav: word.wav, text: 我要转人工}]
  - {<<: *resident, number: "1002"}
  - {<<: *resident, number: "1003"}
  - {<<: *resident, number: "8001", calls: [{outcome: answers, ring_seconds: 1.0}]}
  - {number: "8002", name: 乙, calls: busy}
  - {number: "8003", name: 丙, calls: no_answer}
"""
DESKS = {"1001": "8001", "1002": "8002", "1003": "8003"}
LIMITS = CallLimits(transfer_seconds=4.0)
LONGEST_SECONDS = 40.0


def tone(seconds: float) -> Pcm:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.rint(8000 * np.sin(2 * np.pi * 300 * time)).astype(np.int16)


class ToneVoice:
    """Every prompt is a tone."""

    def sound(self, play: Play) -> Pcm:
        return tone(0.6)


def neighbourhood() -> Path:
    folder = Path(tempfile.mkdtemp())
    write_wav(folder / "word.wav", tone(0.5))
    (folder / "residents.yaml").write_text(RESIDENTS, encoding="utf-8")
    return folder


def serve(folder: Path, ready: threading.Event, box: list[Exchange]) -> None:
    async def run() -> None:
        async with Exchange(folder) as exchange:
            box.append(exchange)
            ready.set()
            await asyncio.Event().wait()

    asyncio.run(run())


def session(line: SipLine, number: str) -> tuple[CallSession, Notes]:
    recognizer = KnowsTheWords(["喂", "是我", "我要转人工"])
    recognizer.clock = time.monotonic
    notes = Notes()
    talk = CallSession(
        1,
        line,
        Ear(recognizer, LoudIsSpeech(), EndpointingRules()),  # type: ignore[arg-type]
        Dialog(SCRIPT, {"name": "王芳"}, NOON.date(), now=NOON, can_transfer=True),
        ToneVoice(),
        notes,
        wall=lambda at: NOON + dt.timedelta(seconds=at),
        limits=LIMITS,
        transfer_number=DESKS[number],
    )
    talk.start(number, time.monotonic())
    return talk, notes


def main() -> None:
    ready, box = threading.Event(), list[Exchange]()
    threading.Thread(target=serve, args=(neighbourhood(), ready, box), daemon=True).start()
    ready.wait(10.0)
    trunk = {"host": "127.0.0.1", "port": box[0].port, "bind_address": "127.0.0.1", "fromuser": "1000"}
    engine = SipEngine(Settings().replace(trunk=trunk).trunk, [1, 2, 3])
    engine.start()
    numbers = list(DESKS)
    talks = [session(line, number) for line, number in zip(engine.lines, numbers, strict=True)]
    until = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < until and not all(talk.is_over for talk, _ in talks):
        time.sleep(FRAME_SECONDS)  # the pace of a call
        for talk, _ in talks:
            if not talk.is_over:
                talk.step(time.monotonic())
    for number, (talk, notes) in zip(numbers, talks, strict=True):
        result = talk.result()
        told = {
            "desk": DESKS[number],
            "disposition": result.disposition,
            "reason": talk.follow_up_reason,
            "is_pressing": result.is_pressing,
            "said": notes.told("prompt")[-1]["text"],
            "statuses": [data["status"] for data in notes.told("transfer_status")],
        }
        print(json.dumps(told, ensure_ascii=False), flush=True)
    engine.close()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
