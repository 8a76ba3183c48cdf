"""Sound of one call on the wire: a pair of UDP ports, frames out on time, frames in as they come.

One tick of the exchange serves all calls: sockets do not block and are emptied at each tick, so that a call
costs two system calls every 20 ms and no timer. Frames are sent by an absolute schedule: frame n of a stream
is due n * 20 ms after its first one, whatever happened to the ticks in between.
"""

from __future__ import annotations

import secrets
import socket
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from aiosipua import MediaDescription, SdpMessage, SdpNegotiationError, negotiate_sdp, serialize_sdp
from aiosipua.sdp import build_sdp

from simulator.g711 import PCMA, PCMU, SAMPLE_RATE, SILENCE_OCTET, Pcm, encode
from simulator.listening import voiced_bounds
from simulator.rtp import (
    FRAME_SAMPLES,
    FRAME_SECONDS,
    KeyPress,
    KeyReceiver,
    RtpReceiver,
    RtpSender,
    parse_packet,
)

_LARGEST_DATAGRAM = 2048
_PORT_ATTEMPTS = 100
_FRAMES_A_SECOND = 50
_EARLY_SECONDS = 0.004
"""A tick may come this much too early for a frame and still send it, rather than let it wait for the next."""


class NoPortError(OSError):
    """No free pair of UDP ports."""


def open_port_pair(host: str) -> tuple[socket.socket, socket.socket]:
    """An even port for RTP and the next one for RTCP: nobody else's RTP may get this call's RTCP."""
    for _ in range(_PORT_ATTEMPTS):
        rtp = _bind(host, 0)
        port = rtp.getsockname()[1]
        if port % 2 == 0:
            try:
                return rtp, _bind(host, port + 1)
            except OSError:
                pass  # taken: another pair
        rtp.close()
    raise NoPortError("no free pair of UDP ports")


def _bind(host: str, port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    bound.setblocking(False)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


@dataclass(frozen=True, eq=False)
class Clip:
    """A recording that can be said."""

    name: str
    text: str
    pcm: Pcm

    @property
    def seconds(self) -> float:
        return len(self.pcm) / SAMPLE_RATE

    @cached_property
    def voiced_frames(self) -> tuple[int, int]:
        """First and last 20 ms frame with sound."""
        start, end = voiced_bounds(self.pcm)
        return start // FRAME_SAMPLES, max(0, end // FRAME_SAMPLES - 1)


@lru_cache(maxsize=1024)
def _frames_of(clip: Clip, payload_type: int) -> tuple[bytes, ...]:
    octets = encode(clip.pcm, payload_type)
    octets += bytes([SILENCE_OCTET[payload_type]]) * (-len(octets) % FRAME_SAMPLES)
    return tuple(octets[i : i + FRAME_SAMPLES] for i in range(0, len(octets), FRAME_SAMPLES))


@dataclass(frozen=True)
class Said:
    """A clip that has been sent, with the times of its first and last voiced frame."""

    clip: Clip
    voiced_from: float
    voiced_to: float


@dataclass
class _Playing:
    clip: Clip
    next_frame: int = 0
    voiced_from: float = 0.0
    voiced_to: float = 0.0

    def take(self, payload_type: int, now: float) -> bytes:
        """The next frame; its time is noted where the voice begins and ends."""
        first_voiced, last_voiced = self.clip.voiced_frames
        if self.next_frame == first_voiced:
            self.voiced_from = now
        if self.next_frame == last_voiced:
            self.voiced_to = now
        self.next_frame += 1
        return _frames_of(self.clip, payload_type)[self.next_frame - 1]

    def is_finished(self, payload_type: int) -> bool:
        return self.next_frame >= len(_frames_of(self.clip, payload_type))


@dataclass(frozen=True)
class AgreedMedia:
    """What the SDP of both sides came to."""

    remote: tuple[str, int]
    payload_type: int
    """0 (u-law) or 8 (A-law)."""
    event_type: int | None
    """Payload type of telephone-events, from the offer."""
    may_send: bool
    answer: str
    """Our SDP as text."""


def agree(offer: SdpMessage, host: str, port: int) -> AgreedMedia | None:
    """Answer an offer: its first G.711 codec; None when there is none or the profile is not plain RTP."""
    audio = offer.audio
    if audio is None or offer.rtp_address is None or audio.proto != "RTP/AVP" or audio.port == 0:
        return None
    event_type = telephone_event_type(audio)
    try:
        answer, payload_type = negotiate_sdp(
            offer, host, port, supported_codecs=[PCMA, PCMU], dtmf_payload_type=event_type or 0
        )
    except SdpNegotiationError:
        return None
    may_send = audio.direction in ("sendrecv", "recvonly")
    return AgreedMedia(offer.rtp_address, payload_type, event_type, may_send, serialize_sdp(answer))


def our_offer(host: str, port: int) -> str:
    """SDP for a caller who sent none."""
    return serialize_sdp(build_sdp(host, port, PCMA, "PCMA"))


def accept_answer(answer: SdpMessage, offer: str) -> AgreedMedia | None:
    """What the caller's SDP in the ACK makes of ``our_offer``."""
    audio = answer.audio
    if audio is None or answer.rtp_address is None or PCMA not in (c.payload_type for c in audio.codecs):
        return None
    return AgreedMedia(answer.rtp_address, PCMA, telephone_event_type(audio), True, offer)


def telephone_event_type(audio: MediaDescription) -> int | None:
    """Payload type that the caller gave to telephone-events, if any."""
    return next((c.payload_type for c in audio.codecs if c.encoding_name.lower() == "telephone-event"), None)


@dataclass
class MediaStream:
    """RTP of one call."""

    agreed: AgreedMedia
    rtp: socket.socket
    rtcp: socket.socket
    started_at: float
    """Time at which frame 0 is due."""
    receiver: RtpReceiver = field(default_factory=RtpReceiver)
    keys: KeyReceiver = field(default_factory=KeyReceiver)
    frames_sent: int = 0
    latest_send: float = 0.0
    """Seconds that the most belated frame went out after its time."""
    is_muted: bool = False
    """Send nothing at all."""
    _queue: deque[_Playing] = field(default_factory=deque)
    _keys_to_press: deque[str] = field(default_factory=deque)
    _key: KeyPress | None = None

    def __post_init__(self) -> None:
        self._sender = RtpSender(
            self.agreed.payload_type,
            ssrc=secrets.randbits(32),
            sequence=secrets.randbits(15),
            timestamp=secrets.randbits(32),
        )
        self._silence = bytes([SILENCE_OCTET[self.agreed.payload_type]]) * FRAME_SAMPLES

    def renegotiate(self, agreed: AgreedMedia) -> None:
        """A re-INVITE changed where to or in what form to send."""
        self.agreed = agreed
        self._sender.payload_type = agreed.payload_type
        self._silence = bytes([SILENCE_OCTET[agreed.payload_type]]) * FRAME_SAMPLES

    def say(self, clip: Clip) -> None:
        self._queue.append(_Playing(clip))

    def hush(self, seconds: float) -> None:
        """Be silent for a while before what is said next."""
        self._queue.append(_Playing(Clip("", "", np.zeros(int(seconds * SAMPLE_RATE), np.int16))))

    def press(self, keys: str) -> None:
        """Send telephone-events, one key after another; nothing where the caller takes none."""
        self._keys_to_press.extend(keys)

    def echo(self, payload: bytes) -> None:
        """Send a frame back as it came."""
        self._send_packet(self._sender.packet(payload))

    @property
    def is_saying(self) -> bool:
        """Whether a clip or a key is still being sent."""
        return bool(self._queue or self._keys_to_press) or self._key is not None

    def receive(self) -> Iterator[bytes | str]:
        """What came in since the last tick: G.711 frames as bytes, keys as one-letter strings."""
        while True:
            try:
                data = self.rtp.recv(_LARGEST_DATAGRAM)
            except (BlockingIOError, ConnectionError):
                return
            packet = parse_packet(data)
            if packet is None or not self.receiver.count(packet.sequence):
                continue
            if packet.payload_type == self.agreed.payload_type:
                yield packet.payload
            elif packet.payload_type == self.agreed.event_type and (key := self.keys.key(packet)):
                yield key

    def _drain_rtcp(self) -> None:
        """Nobody reads the caller's reports; the socket only keeps the port from others."""
        while True:
            try:
                self.rtcp.recv(_LARGEST_DATAGRAM)
            except (BlockingIOError, ConnectionError):
                return

    def send_due(self, now: float) -> Sequence[Said]:
        """Send every frame whose time has come; returns the clips that were finished."""
        said: list[Said] = []
        while (due := self.started_at + self.frames_sent * FRAME_SECONDS) <= now + _EARLY_SECONDS:
            self.frames_sent += 1
            if self.frames_sent % _FRAMES_A_SECOND == 0:
                self._drain_rtcp()
            self.latest_send = max(self.latest_send, now - due)
            self._send_frame(now, said)
        return said

    def _send_frame(self, now: float, said: list[Said]) -> None:
        event = self._next_event()
        payload, marker = self._silence, self._sender.packets_sent == 0
        if self._queue:
            playing = self._queue[0]
            marker = marker or playing.next_frame == 0
            payload = playing.take(self.agreed.payload_type, now)
            if playing.is_finished(self.agreed.payload_type):
                self._queue.popleft()
                if playing.clip.name:
                    said.append(Said(playing.clip, playing.voiced_from, playing.voiced_to))
        if self.is_muted or not self.agreed.may_send:
            return
        self._send_packet(event if event is not None else self._sender.packet(payload, marker=marker))

    def _next_event(self) -> bytes | None:
        """The packet of the key that is being pressed, if any."""
        if self._key is None and self._keys_to_press and self.agreed.event_type is not None:
            self._key = KeyPress(self._keys_to_press.popleft(), self._sender.timestamp)
        if self._key is None:
            return None
        assert self.agreed.event_type is not None
        packet = self._key.packet(self._sender, self.agreed.event_type)
        if self._key.is_over:
            self._key = None
        return packet

    def _send_packet(self, packet: bytes) -> None:
        try:
            self.rtp.sendto(packet, self.agreed.remote)
        except OSError:
            return  # A full buffer or a vanished peer loses this frame, as on a real line.

    def close(self) -> None:
        self.rtp.close()
        self.rtcp.close()
