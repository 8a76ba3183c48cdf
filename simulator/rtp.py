"""RTP as one call needs it: packets out in order, packets in counted. Pure: no socket, no clock.

Law: RFC 3550 (header, extended sequence numbers), RFC 3551 (payload types 0 and 8, marker at the start of
a talk spurt), RFC 4733 (telephone-event).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

FRAME_SECONDS = 0.02
FRAME_SAMPLES = 160
_HEADER = struct.Struct("!BBHII")
_VERSION = 0x80
_MARKER = 0x80
_KEYS = "0123456789*#ABCD"
_END_OF_EVENT = 0x80
_SEQUENCE_MODULUS = 1 << 16


@dataclass(frozen=True)
class Packet:
    payload_type: int
    sequence: int
    timestamp: int
    marker: bool
    payload: bytes


def parse_packet(data: bytes) -> Packet | None:
    """The RTP packet in a datagram, or None when it is something else (RTCP, STUN, rubbish)."""
    if len(data) < _HEADER.size or data[0] >> 6 != 2 or 200 <= data[1] <= 211:
        return None
    flags, marked_type, sequence, timestamp, _ = _HEADER.unpack_from(data)
    start = _HEADER.size + 4 * (flags & 0x0F)
    if flags & 0x10 and len(data) >= start + 4:
        start += 4 + 4 * int.from_bytes(data[start + 2 : start + 4], "big")
    end = len(data) - (data[-1] if flags & 0x20 else 0)
    if end < start:
        return None
    return Packet(marked_type & 0x7F, sequence, timestamp, bool(marked_type & _MARKER), data[start:end])


@dataclass
class RtpSender:
    """Numbers the packets of one outgoing stream."""

    payload_type: int
    ssrc: int
    sequence: int
    timestamp: int
    packets_sent: int = 0

    def packet(self, payload: bytes, *, marker: bool = False) -> bytes:
        """The next packet of sound; ``payload`` is G.711, one octet a sample."""
        return self._packet(self.payload_type, self.timestamp, payload, marker, len(payload))

    def event_packet(self, event_type: int, started: int, payload: bytes, *, marker: bool) -> bytes:
        """A telephone-event that takes the place of a 20 ms frame; ``started`` is its first timestamp."""
        return self._packet(event_type, started, payload, marker, FRAME_SAMPLES)

    def _packet(self, kind: int, timestamp: int, payload: bytes, marker: bool, samples: int) -> bytes:
        marked_type = kind | (_MARKER if marker else 0)
        header = _HEADER.pack(_VERSION, marked_type, self.sequence, timestamp, self.ssrc)
        self.sequence = (self.sequence + 1) % _SEQUENCE_MODULUS
        self.timestamp = (self.timestamp + samples) & 0xFFFFFFFF
        self.packets_sent += 1
        return header + payload


@dataclass
class KeyPress:
    """One key as telephone-events: 100 ms of it, the end three times, then 60 ms of pause."""

    key: str
    started: int
    """RTP timestamp of its beginning."""
    packets: int = 0

    @property
    def is_over(self) -> bool:
        return self.packets >= 8

    def packet(self, sender: RtpSender, event_type: int) -> bytes:
        self.packets += 1
        duration = min(self.packets, 5) * FRAME_SAMPLES
        end = _END_OF_EVENT if self.packets > 5 else 0
        payload = struct.pack("!BBH", _KEYS.index(self.key), end | 10, duration)
        return sender.event_packet(event_type, self.started, payload, marker=self.packets == 1)


@dataclass
class RtpReceiver:
    """Counts what came in of one stream and what did not, by sequence number."""

    received: int = 0
    """Distinct packets."""
    first: int | None = None
    highest: int = 0
    """Extended sequence number of the newest packet."""
    gaps: list[int] = field(default_factory=list)
    """Lengths of the holes as first seen, in packets; a late packet does not close its hole here."""
    _recent: set[int] = field(default_factory=set)

    @property
    def expected(self) -> int:
        return 0 if self.first is None else self.highest - self.first + 1

    def count(self, sequence: int) -> bool:
        """Take note of a packet; False when it is a duplicate."""
        if self.first is None:
            self.first = self.highest = sequence
        extended = self._extend(sequence)
        if extended in self._recent:
            return False
        if extended > self.highest + 1:
            self.gaps.append(extended - self.highest - 1)
        self.highest = max(self.highest, extended)
        self.first = min(self.first, extended)
        self.received += 1
        self._recent.add(extended)
        if len(self._recent) > 512:
            self._recent = {number for number in self._recent if number > self.highest - 256}
        return True

    def _extend(self, sequence: int) -> int:
        distance = (sequence - self.highest + 0x8000) % _SEQUENCE_MODULUS - 0x8000
        return self.highest + distance


@dataclass
class KeyReceiver:
    """Telephone-events to keys: each key once, however often its packets are repeated."""

    _last_timestamp: int | None = None

    def key(self, packet: Packet) -> str | None:
        """The key that this packet ends, if it is the first one to say so."""
        if len(packet.payload) < 4 or packet.payload[0] >= len(_KEYS):
            return None
        if not packet.payload[1] & _END_OF_EVENT or packet.timestamp == self._last_timestamp:
            return None
        self._last_timestamp = packet.timestamp
        return _KEYS[packet.payload[0]]
