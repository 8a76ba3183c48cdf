"""Telephone lines on pjsua2: the only file that knows it.

Law of this file: one thread (``SipEngine._run``) owns the endpoint, the account and every call; all other
threads post commands to it. Media callbacks arrive on a native thread: they copy and return, and never call
pjsua2. Objects of pjsua2 are made and dropped on the owning thread alone; media ports are pooled and live as
long as the engine.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import queue
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import numpy as np
import pjsua2 as pj

from campaign.errors import LineError
from campaign.records import CallCause, HungUpBy
from campaign.settings import TrunkSettings
from dialer.line import (
    FRAME_SAMPLES,
    MAX_LINES_PER_WORKER,
    SAMPLE_RATE,
    Answered,
    AudioReceived,
    EarlyMedia,
    Ended,
    KeyPressed,
    LineEvent,
    MediaLost,
    MediaStatistics,
    Pcm,
    PlaybackFinished,
    Ringing,
    TransferStatus,
)

log = logging.getLogger(__name__)

_FRAME_BYTES = FRAME_SAMPLES * 2
_SILENCE = bytes(_FRAME_BYTES)
_QUEUE_FRAMES = 500
"""Ten seconds of sound that a session may fall behind before frames are dropped and counted."""
_STATISTICS_SECONDS = 1.0
_EVENT_POLL_MS = 10
_DECLINE = 603
_NOT_SENT = 500
"""Status of a REFER that did not leave us."""
_REASON_CAUSE = re.compile(r"^Reason:[^\r\n]*Q\.850\s*;\s*cause\s*=\s*(\d+)", re.MULTILINE | re.IGNORECASE)
_SRTP = {
    "no": (pj.PJMEDIA_SRTP_DISABLED, 0),
    "optional": (pj.PJMEDIA_SRTP_OPTIONAL, 0),
    "mandatory": (pj.PJMEDIA_SRTP_MANDATORY, 0),
}
_CODEC_IDS = {"alaw": "PCMA/8000", "ulaw": "PCMU/8000", "g722": "G722/16000", "opus": "opus/48000"}
_TRANSPORTS = {
    "udp": pj.PJSIP_TRANSPORT_UDP,
    "tcp": pj.PJSIP_TRANSPORT_TCP,
    "tls": pj.PJSIP_TRANSPORT_TLS,
}


@dataclass(frozen=True)
class Registration:
    """Final answer of the trunk to REGISTER; status 0 while there is none."""

    status: int = 0
    reason: str = ""

    @property
    def is_registered(self) -> bool:
        return 200 <= self.status < 300


def _buffer_bytes(buffer: Any) -> bytes:
    """Copy a pjsua2 ByteVector in microseconds; ``bytes(buffer)`` takes up to 1.6 ms under the GIL.

    A std::vector starts with its begin and end pointers. ``_checked_copy`` proves that before it is used.
    """
    begin, end = (ctypes.c_uint64 * 2).from_address(int(buffer.this))
    return ctypes.string_at(begin, end - begin)


def _fill_buffer(buffer: Any, data: bytes) -> None:
    (begin,) = (ctypes.c_uint64 * 1).from_address(int(buffer.this))
    ctypes.memmove(begin, data, len(data))


def _fast_copy_works() -> bool:
    """Known pattern in, same bytes out: the layout that the fast copy assumes is the real one."""
    pattern = bytes(range(256)) + bytes(64)
    probe = pj.ByteVector(list(pattern))
    begin, end = (ctypes.c_uint64 * 2).from_address(int(probe.this))
    return end - begin == len(pattern) and ctypes.string_at(begin, len(pattern)) == pattern


class _LinePort(pj.AudioMediaPort):  # type: ignore[misc]
    """The robot's ear and mouth at the conference bridge; used for one call after another."""

    def __init__(self, name: str, clock: Callable[[], float], fast_copy: bool) -> None:
        super().__init__()
        self._clock = clock
        self._fast_copy = fast_copy
        self._outgoing: deque[bytes] = deque()
        self._last_sent = _SILENCE
        self.incoming: deque[tuple[float, bytes, bytes]] = deque(maxlen=_QUEUE_FRAMES)
        """(time, received frame, frame sent in the same tick)"""
        self.finished: deque[float] = deque()
        """Times at which the outgoing queue ran empty."""
        self.dropped = 0
        self.is_open = False
        media_format = pj.MediaFormatAudio()
        media_format.init(pj.PJMEDIA_FORMAT_PCM, SAMPLE_RATE, 1, 20000, 16)
        self.createPort(name, media_format)
        # A port destroyed after libDestroy, as at interpreter exit, aborts the process: it is never freed.
        self.this.disown()

    def open(self) -> None:
        self.close()
        self.dropped = 0
        self.is_open = True

    def close(self) -> None:
        self.is_open = False
        self._outgoing.clear()
        self.incoming.clear()
        self.finished.clear()

    def play(self, pcm: Pcm) -> None:
        data = np.ascontiguousarray(pcm, dtype="<i2").tobytes()
        data += bytes(-len(data) % _FRAME_BYTES)
        self._outgoing.extend(data[i : i + _FRAME_BYTES] for i in range(0, len(data), _FRAME_BYTES))

    def stop_playing(self) -> None:
        self._outgoing.clear()

    def onFrameRequested(self, frame: Any) -> None:
        # Native media thread: copy and return; calling pjsua2 here can deadlock.
        data = _SILENCE
        if self._outgoing:
            with contextlib.suppress(IndexError):  # emptied by stop_playing a moment ago
                data = self._outgoing.popleft()
            if not self._outgoing:
                self.finished.append(self._clock())
        self._last_sent = data
        frame.type = pj.PJMEDIA_FRAME_TYPE_AUDIO
        if self._fast_copy:
            frame.buf.resize(_FRAME_BYTES)
            _fill_buffer(frame.buf, data)
        else:
            frame.buf = pj.ByteVector(list(data))
        frame.size = _FRAME_BYTES

    def onFrameReceived(self, frame: Any) -> None:
        # Native media thread, as above. Frames of size 0 come from unconnected ports.
        if not self.is_open or not frame.size:
            return
        if len(self.incoming) == _QUEUE_FRAMES:
            self.dropped += 1
        received = _buffer_bytes(frame.buf) if self._fast_copy else bytes(frame.buf)
        self.incoming.append((self._clock(), received[:_FRAME_BYTES], self._last_sent))


class _Call(pj.Call):  # type: ignore[misc]
    """Callbacks of one call, on the engine's thread."""

    def __init__(self, account: pj.Account, line: SipLine) -> None:
        super().__init__(account)
        self._line = line
        self.is_answered = False
        self.is_over = False

    def onCallState(self, prm: Any) -> None:
        info = self.getInfo()
        if info.state == pj.PJSIP_INV_STATE_EARLY and info.lastStatusCode == 180:
            self._line.emit(Ringing(self._line.now()))
        elif info.state == pj.PJSIP_INV_STATE_CONFIRMED:
            self.is_answered = True
            self._line.emit(Answered(self._line.now()))
        elif info.state == pj.PJSIP_INV_STATE_DISCONNECTED and not self.is_over:
            self.is_over = True
            self._line.call_ended(self, self._cause(info, prm))

    def _cause(self, info: Any, prm: Any) -> CallCause:
        if self._line.is_hanging_up:
            by = HungUpBy.ROBOT
        else:
            by = HungUpBy.RESIDENT if self.is_answered else HungUpBy.NETWORK
        return CallCause(
            sip_status=200 if self.is_answered else info.lastStatusCode,
            q850_cause=_q850_cause(prm),
            reason=info.lastReason,
            hung_up_by=by,
        )

    def onCallMediaState(self, prm: Any) -> None:
        # The stream is made anew on every re-INVITE: connect each time.
        info = self.getInfo()
        for index, media in enumerate(info.media):
            if media.type == pj.PJMEDIA_TYPE_AUDIO and media.status == pj.PJSUA_CALL_MEDIA_ACTIVE:
                audio = self.getAudioMedia(index)
                audio.startTransmit(self._line.port)
                self._line.port.startTransmit(audio)
                if not self.is_answered and info.lastStatusCode < 200:
                    self._line.emit(EarlyMedia(self._line.now()))

    def onDtmfDigit(self, prm: Any) -> None:
        self._line.emit(KeyPressed(self._line.now(), prm.digit))

    def onCallTransferStatus(self, prm: Any) -> None:
        # The implicit subscription is not to be refreshed: whoever takes the call is told once.
        status, is_final = int(prm.statusCode), bool(prm.finalNotify)
        self._line.emit(TransferStatus(self._line.now(), status, is_final))

    def onCallRedirected(self, prm: Any) -> int:
        # Following a 302 to a dead address would hold the line for half a minute.
        return int(pj.PJSIP_REDIRECT_REJECT)

    def frames(self) -> tuple[int, int]:
        """RTP packets (expected, received) so far."""
        rtcp = self.getStreamStat(0).rtcp.rxStat
        return rtcp.pkt + rtcp.loss, rtcp.pkt


def _q850_cause(prm: Any) -> int:
    try:
        message = prm.e.body.tsxState.src.rdata.wholeMsg
    except (AttributeError, pj.Error):
        return 0
    found = _REASON_CAUSE.search(message or "")
    return int(found.group(1)) if found else 0


class _Account(pj.Account):  # type: ignore[misc]
    def __init__(self, engine: SipEngine) -> None:
        super().__init__()
        self._engine = engine

    def onRegState(self, prm: Any) -> None:
        self._engine.registration = Registration(prm.code, prm.reason)

    def onIncomingCall(self, prm: Any) -> None:
        # Rejecting inside the callback aborts the process when the INVITE carries no SDP.
        self._engine.post(lambda: self._engine.decline(prm.callId))


class SipLine:
    """One line of an engine; see ``dialer.line.Line`` for the verbs."""

    def __init__(self, engine: SipEngine, number: int, port: _LinePort) -> None:
        self.number = number
        self.port = port
        self.is_hanging_up = False
        self._engine = engine
        self._events: deque[LineEvent] = deque()
        self._call: _Call | None = None
        self._frames = (0, 0)
        self._last_packet_at: float | None = None

    # --- the session's thread -------------------------------------------------------------------------

    def dial(self, number: str) -> None:
        self._events.clear()
        self._frames = (0, 0)
        self._last_packet_at = None
        self.is_hanging_up = False
        self.port.open()
        self._engine.post(lambda: self._dial(number))

    def play(self, pcm: Pcm) -> None:
        self.port.play(pcm)

    def stop_playing(self) -> None:
        self.port.stop_playing()

    def hang_up(self) -> None:
        self._engine.post(self._hang_up)

    def transfer(self, number: str) -> None:
        self._engine.post(lambda: self._transfer(number))

    def poll(self) -> list[LineEvent]:
        events = [_take(self._events) for _ in range(len(self._events))]
        frames = [_take(self.port.incoming) for _ in range(len(self.port.incoming))]
        if frames:
            events.append(
                AudioReceived(
                    frames[-1][0],
                    pcm=_samples(frame[1] for frame in frames),
                    sent=_samples(frame[2] for frame in frames),
                )
            )
        events += [PlaybackFinished(_take(self.port.finished)) for _ in range(len(self.port.finished))]
        return sorted(events, key=lambda event: (isinstance(event, Ended), event.at))

    def media_statistics(self) -> MediaStatistics:
        return MediaStatistics(*self._frames, frames_dropped=self.port.dropped)

    # --- the engine's thread --------------------------------------------------------------------------

    def now(self) -> float:
        return self._engine.clock()

    def emit(self, event: LineEvent) -> None:
        self._events.append(event)

    def call_ended(self, call: _Call, cause: CallCause) -> None:
        self.port.is_open = False
        self.emit(Ended(self.now(), cause))
        # The object must outlive its call: it is dropped on a later turn of the loop.
        self._engine.post(lambda: self._release(call))

    def _dial(self, number: str) -> None:
        call = _Call(self._engine.account, self)
        self._call = call
        try:
            call.makeCall(self._engine.uri(number), pj.CallOpParam(True))
        except pj.Error as error:
            log.warning("line %d: INVITE not sent: %s", self.number, error.reason)
            if not call.is_over:
                call.is_over = True
                self.call_ended(call, CallCause(reason=error.reason))

    def _hang_up(self) -> None:
        if self._call is None or self._call.is_over:
            return
        self.is_hanging_up = True
        with contextlib.suppress(pj.Error):  # the far end was quicker
            self._note_frames(self._call)
            self._call.hangup(pj.CallOpParam(True))

    def _transfer(self, number: str) -> None:
        if self._call is None or self._call.is_over:
            return
        try:
            self._call.xfer(self._engine.uri(number), pj.CallOpParam(True))
        except pj.Error as error:
            log.warning("line %d: REFER not sent: %s", self.number, error.reason)
            self.emit(TransferStatus(self.now(), _NOT_SENT, is_final=True))

    def _release(self, call: _Call) -> None:
        if self._call is call:
            self._call = None

    def watch_media(self, media_timeout: float) -> None:
        """Count packets; report once when none came for ``media_timeout`` seconds of an answered call."""
        call = self._call
        if call is None or call.is_over or not call.is_answered:
            return
        before = self._frames[1]
        with contextlib.suppress(pj.Error):  # no stream yet, or no longer
            self._note_frames(call)
        now = self.now()
        if self._last_packet_at is None or self._frames[1] > before:
            self._last_packet_at = now
        elif now - self._last_packet_at >= media_timeout:
            self._last_packet_at = now
            self.emit(MediaLost(now))

    def _note_frames(self, call: _Call) -> None:
        if call.hasMedia():
            self._frames = call.frames()


def _take(items: deque[Any]) -> Any:
    return items.popleft()


def _samples(frames: Any) -> Pcm:
    return np.frombuffer(b"".join(frames), dtype="<i2")


class SipEngine:
    """pjsua2 in one process: up to four lines, one account, one owning thread.

    ``start`` returns when the transport is up, not when the trunk has answered REGISTER; watch
    ``registration`` for that.
    """

    def __init__(
        self,
        trunk: TrunkSettings,
        line_numbers: Sequence[int],
        *,
        media_timeout: float = 8.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if len(line_numbers) > MAX_LINES_PER_WORKER:
            raise ValueError(f"an engine carries at most {MAX_LINES_PER_WORKER} lines")
        self.clock = clock
        self.registration = Registration()
        """What the trunk said to REGISTER."""
        self.lines: tuple[SipLine, ...] = ()
        self.account: _Account
        self._trunk = trunk
        self._line_numbers = tuple(line_numbers)
        self._media_timeout = media_timeout
        self._commands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._started: Future[None] = Future()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sip", daemon=True)

    def start(self) -> None:
        """Bring the endpoint up.

        Raises:
            LineError: The transport or the account cannot be made; the sentence says why.
        """
        self._thread.start()
        self._started.result(timeout=20)

    def close(self) -> None:
        """Hang up what is left and end the endpoint."""
        self._stopping.set()
        self._thread.join(timeout=5)

    def post(self, command: Callable[[], None]) -> None:
        """Run ``command`` on the engine's thread, in order."""
        self._commands.put(command)

    def uri(self, number: str) -> str:
        """The SIP address of a number at the trunk."""
        return f"sip:{number}@{self._authority()}"

    def decline(self, call_id: int) -> None:
        call = pj.Call(self.account, call_id)
        parameters = pj.CallOpParam()
        parameters.statusCode = _DECLINE
        with contextlib.suppress(pj.Error):
            call.hangup(parameters)

    # --- the engine's thread --------------------------------------------------------------------------

    def _run(self) -> None:
        endpoint = pj.Endpoint()
        try:
            self._open(endpoint)
        except pj.Error as error:
            self._started.set_exception(
                LineError(
                    "engine_start", f"电话引擎启动失败：{error.reason}。请检查 sip.conf 的 [trunk] 一节。"
                )
            )
            return
        self._started.set_result(None)
        next_statistics = self.clock()
        while not self._stopping.is_set():
            endpoint.libHandleEvents(_EVENT_POLL_MS)
            self._run_commands()
            if self.clock() >= next_statistics:
                next_statistics = self.clock() + _STATISTICS_SECONDS
                for line in self.lines:
                    line.watch_media(self._media_timeout)
        self._shut_down(endpoint)

    def _run_commands(self) -> None:
        while not self._commands.empty():
            command = self._commands.get()
            try:
                command()
            except pj.Error:
                log.exception("a telephone command failed")

    def _open(self, endpoint: pj.Endpoint) -> None:
        endpoint.libCreate()
        endpoint.libInit(_endpoint_config())
        endpoint.transportCreate(_TRANSPORTS[self._trunk.transport], self._transport_config())
        endpoint.libStart()
        endpoint.audDevManager().setNullDev()
        self._choose_codecs(endpoint)
        self.account = _Account(self)
        self.account.create(self._account_config())
        fast_copy = _fast_copy_works()
        if not fast_copy:
            log.warning("pjsua2's buffers are laid out differently: audio is copied the slow way")
        self.lines = tuple(
            SipLine(self, number, _LinePort(f"line-{number}", self.clock, fast_copy))
            for number in self._line_numbers
        )

    def _choose_codecs(self, endpoint: pj.Endpoint) -> None:
        for codec in endpoint.codecEnum2():
            endpoint.codecSetPriority(codec.codecId, 0)
        for rank, name in enumerate(self._trunk.codecs):
            endpoint.codecSetPriority(_CODEC_IDS[name], 255 - rank)

    def _transport_config(self) -> pj.TransportConfig:
        config = pj.TransportConfig()
        config.port = 0
        config.boundAddress = self._trunk.bind_address
        config.publicAddress = self._trunk.public_address
        config.tlsConfig.verifyServer = self._trunk.tls_verify
        return config

    def _account_config(self) -> pj.AccountConfig:
        trunk = self._trunk
        config = pj.AccountConfig()
        user = trunk.fromuser or trunk.username or "wenhou"
        display = f'"{trunk.callerid}" ' if trunk.callerid else ""
        config.idUri = f"{display}<sip:{user}@{trunk.fromdomain or trunk.host}>"
        if trunk.register:
            config.regConfig.registrarUri = f"sip:{self._authority()}"
            config.regConfig.retryIntervalSec = 30
        if trunk.username:
            config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", trunk.username, 0, trunk.secret))
        if trunk.outboundproxy:
            config.sipConfig.proxies.append(_proxy_uri(trunk.outboundproxy, trunk.transport))
        config.mediaConfig.srtpUse, config.mediaConfig.srtpSecureSignaling = _SRTP[trunk.srtp]
        config.mediaConfig.transportConfig.port = trunk.rtp_port_start
        config.mediaConfig.transportConfig.boundAddress = trunk.bind_address
        config.mediaConfig.transportConfig.publicAddress = trunk.public_address
        config.callConfig.timerUse = pj.PJSUA_SIP_TIMER_OPTIONAL
        return config

    def _authority(self) -> str:
        suffix = "" if self._trunk.transport == "udp" else f";transport={self._trunk.transport}"
        return f"{self._trunk.host}:{self._trunk.port}{suffix}"

    def _shut_down(self, endpoint: pj.Endpoint) -> None:
        with contextlib.suppress(pj.Error):
            endpoint.hangupAllCalls()
        until = self.clock() + 1.0
        while self.clock() < until and any(line._call for line in self.lines):
            endpoint.libHandleEvents(_EVENT_POLL_MS)
            self._run_commands()
        with contextlib.suppress(pj.Error):
            self.account.shutdown()
            endpoint.libDestroy()


def _proxy_uri(proxy: str, transport: str) -> str:
    uri = proxy if proxy.startswith("sip") else f"sip:{proxy}"
    if transport != "udp" and "transport=" not in uri:
        uri += f";transport={transport}"
    return f"{uri};lr" if ";lr" not in uri else uri


def _endpoint_config() -> pj.EpConfig:
    config = pj.EpConfig()
    config.uaConfig.threadCnt = 0
    config.uaConfig.maxCalls = MAX_LINES_PER_WORKER
    config.uaConfig.userAgent = "Wenhou"
    config.logConfig.level = 0
    config.logConfig.consoleLevel = 0
    config.medConfig.clockRate = SAMPLE_RATE
    config.medConfig.sndClockRate = SAMPLE_RATE
    config.medConfig.audioFramePtime = 20
    config.medConfig.ptime = 20
    config.medConfig.threadCnt = 1
    config.medConfig.noVad = True
    config.medConfig.ecTailLen = 0
    return config
