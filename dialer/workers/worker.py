"""A worker process: up to four telephone lines, one recogniser, the calls on them.

It reads messages from its pipe, steps every call each 20 ms, and writes what happens back to the pipe. When
the pipe closes because the runner is gone, it hangs up and ends.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import Any

from asr.audio import StereoRecording
from asr.endpointing import EndpointingRules
from asr.models import load_recognizer
from asr.recognizer import Recognizer
from asr.voice_activity import VoiceActivity
from campaign.errors import LineError, WenhouError
from campaign.policy import may_call
from campaign.records import CallEvent, SlotValue, Source, Turn
from dialer.call.ear import Ear
from dialer.call.expectations import expectations
from dialer.call.session import CallSession
from dialer.call.surroundings import CallLimits
from dialer.line import FRAME_SECONDS, Line
from dialer.prompts.voice import PromptVoice
from dialer.sip.account import Registration
from dialer.sip.engine import SipEngine
from dialer.workers.messages import (
    CallEnded,
    EndCalls,
    FromWorker,
    PlaceCall,
    Quit,
    SlotFilled,
    ToWorker,
    WorkerFailed,
    WorkerReady,
    WorkerSpec,
    open_log,
)
from dialer.workers.prompt_library import prompt_library
from dialogs.loading import load_script
from dialogs.machine import Dialog
from dialogs.script import Script
from dialogs.understanding import understanding_of

log = logging.getLogger(__name__)

_REGISTER_SECONDS = 10.0


class PipeJournal:
    """Writes one call's events, turns and slots to the runner."""

    def __init__(self, attempt_id: int, send: Callable[[FromWorker], None]) -> None:
        self._attempt_id = attempt_id
        self._send = send
        self._turns = 0

    def event(self, at: dt.datetime, kind: str, data: Mapping[str, Any]) -> None:
        self._send(CallEvent(self._attempt_id, at, kind, data))

    def turn(
        self, *, state: str, heard: str, understood: str, confidence: float,
        started_at: dt.datetime, ended_at: dt.datetime, source: Source,
    ) -> None:  # fmt: skip
        self._turns += 1
        self._send(
            Turn(
                self._attempt_id,
                self._turns,
                state,
                heard,
                understood,
                confidence,
                started_at,
                ended_at,
                source,
            )
        )

    def slot(self, slot: SlotValue) -> None:
        self._send(SlotFilled(self._attempt_id, slot))


class Worker:
    """The calls of one process; ``run`` returns when it is told to quit or the runner is gone."""

    def __init__(
        self,
        spec: WorkerSpec,
        connection: Connection,
        lines: Mapping[int, Line],
        recognizer: Recognizer,
        script: Script,
        voice: PromptVoice,
        clock: Callable[[], float] = time.monotonic,
        others: Mapping[str, tuple[Script, PromptVoice]] = MappingProxyType({}),
    ) -> None:
        self._spec = spec
        self._connection = connection
        self._lines = lines
        self._recognizer = recognizer
        self._script = script
        self._voice = voice
        self._others = others
        self._clock = clock
        self._detectors = {line: VoiceActivity() for line in lines}
        self._sessions: dict[int, CallSession] = {}
        self._is_running = True
        self._wall_start = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=clock())

    def run(self) -> None:
        next_step = self._clock()
        while self._is_running:
            self._read_messages(max(0.0, next_step - self._clock()))
            now = self._clock()
            if now >= next_step:
                next_step = max(next_step + FRAME_SECONDS, now)
                self._step_calls(now)
        for session in self._sessions.values():
            session.interrupt(self._clock())

    def _read_messages(self, seconds: float) -> None:
        try:
            while self._connection.poll(seconds):
                self._take(self._connection.recv())
                seconds = 0.0
        except (EOFError, OSError):
            self._is_running = False

    def _take(self, message: ToWorker) -> None:
        match message:
            case PlaceCall():
                self._place(message)
            case EndCalls():
                for session in self._sessions.values():
                    session.interrupt(self._clock())
            case Quit():
                self._is_running = False

    def _place(self, call: PlaceCall) -> None:
        settings = self._spec.settings
        now, rules = dt.datetime.now(settings.calling.zone), settings.calling.rules
        script, voice = self._others.get(call.script, (self._script, self._voice))
        transfer_number = settings.dialog.transfer_number
        dialog = Dialog(
            script,
            call.fields,
            now.date(),
            now=now,
            may_call=lambda at: may_call(at, rules),
            can_transfer=bool(transfer_number),
        )
        detector = self._detectors[call.line]
        detector.reset()
        ear = Ear(self._recognizer, detector, EndpointingRules())
        session = CallSession(
            call.attempt_id,
            self._lines[call.line],
            ear,
            dialog,
            voice,
            PipeJournal(call.attempt_id, self._send),
            wall=self._wall,
            limits=self._limits(),
            recording=self._recording(call),
            recording_name=call.recording,
            transfer_number=transfer_number,
        )
        self._sessions[call.line] = session
        session.start(call.number, self._clock())

    def _limits(self) -> CallLimits:
        settings = self._spec.settings
        return CallLimits(
            ring_seconds=settings.lines.ring_timeout,
            longest_seconds=settings.lines.longest_call,
            transfer_seconds=settings.dialog.transfer_timeout,
        )

    def _recording(self, call: PlaceCall) -> StereoRecording | None:
        if not call.recording:
            return None
        return StereoRecording(Path(self._spec.settings.store.recordings) / call.recording)

    def _step_calls(self, now: float) -> None:
        for line, session in list(self._sessions.items()):
            session.step(now)
            if session.is_over:
                del self._sessions[line]
                self._send(
                    CallEnded(
                        session.result(),
                        follow_up_reason=session.follow_up_reason,
                        was_interrupted=session.was_interrupted,
                        had_response=session.had_response,
                    )
                )

    def _wall(self, at: float) -> dt.datetime:
        return self._wall_start + dt.timedelta(seconds=at)

    def _send(self, message: FromWorker) -> None:
        try:
            self._connection.send(message)
        except (BrokenPipeError, OSError):
            self._is_running = False


def run_worker(spec: WorkerSpec, connection: Connection) -> None:
    """Entry point of the process. Ends by ``os._exit``: native threads must not outlive their library."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the runner's to handle
    _log_to(spec.log_file)
    try:
        engine, worker = _assemble(spec, connection)
    except WenhouError as error:
        connection.send(WorkerFailed(spec.worker, error.code, error.message, isinstance(error, LineError)))
        connection.close()
        os._exit(1)
    connection.send(WorkerReady(spec.worker))
    worker.run()
    engine.close()
    logging.shutdown()
    os._exit(0)


def _assemble(spec: WorkerSpec, connection: Connection) -> tuple[SipEngine, Worker]:
    settings = spec.settings
    engine = SipEngine(settings.trunk, spec.lines, media_timeout=settings.lines.media_timeout)
    engine.start()
    script = load_script(spec.script)
    scripts = [script, *map(load_script, spec.other_scripts)]
    today = dt.datetime.now(settings.calling.zone).date()
    recognizer = load_recognizer(
        spec.model, (each for asked in scripts for each in expectations(asked, today)), spec.names
    )
    voice = PromptVoice(prompt_library(spec, script))
    if settings.trunk.register:
        _await_registration(engine, settings.trunk.host)
    warm_up(script, today)
    understanding_of(script).load_second_reader()
    lines: Mapping[int, Line] = {line.number: line for line in engine.lines}
    others = {
        name: _script_and_voice(dataclasses.replace(spec, script=name), today) for name in spec.other_scripts
    }
    return engine, Worker(spec, connection, lines, recognizer, script, voice, others=others)


def _script_and_voice(spec: WorkerSpec, today: dt.date) -> tuple[Script, PromptVoice]:
    script = load_script(spec.script)
    warm_up(script, today)
    understanding_of(script).load_second_reader()
    return script, PromptVoice(prompt_library(spec, script))


def warm_up(script: Script, today: dt.date) -> None:
    """Load the dictionaries now; in the first call they would cost its reply seconds."""
    Dialog(script, {}, today).completeness("没有")


def _await_registration(engine: SipEngine, host: str) -> None:
    until = time.monotonic() + _REGISTER_SECONDS
    while engine.registration.status == 0 and time.monotonic() < until:
        time.sleep(FRAME_SECONDS)  # the answer comes on the telephone library's thread
    if not engine.registration.is_registered:
        raise registration_error(engine.registration, host)


def registration_error(registration: Registration, host: str) -> LineError:
    """The sentence for a REGISTER that was not accepted."""
    status = registration.status
    if status in (401, 403, 407):
        return LineError(
            "registration_refused",
            f"线路 {host} 拒绝注册（{status}）：账号或密码不对，或本机地址没有授权。"
            "请核对 sip.conf 里 [trunk] 的 username 和 secret，或联系线路服务商。",
        )
    if status in (0, 408, 502, 503):
        return LineError(
            "registration_unanswered",
            f"线路 {host} 没有应答注册请求。请检查 sip.conf 里的 host、port、transport 和网络。",
        )
    return LineError(
        "registration_failed",
        f"在线路 {host} 上注册失败（{status} {registration.reason}）。请把这个代码告诉线路服务商。",
    )


def _log_to(path: Path) -> None:
    """Send the process's output to a file: the telephone library prints to stdout as it pleases."""
    descriptor = open_log(path)
    sys.stdout.flush()
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(processName)s %(name)s %(message)s"
    )
