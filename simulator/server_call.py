"""One call as the exchange sees it over SIP: what it sends, and what it repeats until it is reacted to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from aiosipua import (
    CaseInsensitiveDict,
    SdpMessage,
    SipMessage,
    SipRequest,
    SipResponse,
    SipTransport,
    generate_branch,
    generate_tag,
    parse_sdp,
    parse_uri,
)

T1 = 0.5
"""Seconds until the first retransmission."""
T2 = 4.0
"""Longest time between two retransmissions."""
_REFERRAL_SECONDS = 60
"""How long the caller is told to expect reports of its REFER."""
GIVE_UP_SECONDS = 64 * T1
"""A final response without ACK, or a BYE without answer, is given up after this."""
ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, INFO, UPDATE, REFER"
PRODUCT = "Wenhou practice exchange"
REASONS = {
    100: "Trying",
    180: "Ringing",
    183: "Session Progress",
    200: "OK",
    202: "Accepted",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    407: "Proxy Authentication Required",
    408: "Request Timeout",
    410: "Gone",
    480: "Temporarily Unavailable",
    481: "Call/Transaction Does Not Exist",
    484: "Address Incomplete",
    486: "Busy Here",
    487: "Request Terminated",
    488: "Not Acceptable Here",
    500: "Server Internal Error",
    503: "Service Unavailable",
    600: "Busy Everywhere",
    603: "Decline",
}

Address = tuple[str, int]
Key = tuple[str, str, str]


class CallListener(Protocol):
    """Whoever answers a call is told here what the caller does."""

    def acknowledged(self, now: float, body: SdpMessage | None) -> None:
        """ACK of the 200; ``body`` carries the caller's SDP when the INVITE had none."""

    def reoffered(self, now: float, offer: SdpMessage | None) -> str | None:
        """re-INVITE or UPDATE: the SDP answer (or a new offer), None when nothing suits (488)."""

    def key_pressed(self, now: float, key: str) -> None: ...

    def referred(self, now: float, number: str) -> int:
        """The caller hands the call to another number: 202 when that is tried, else why not."""

    def caller_left(self, now: float, how: str) -> None:
        """``how``: cancel, bye, or lost (no ACK came)."""


class Sender(Protocol):
    """What a call needs of the server that it came in at."""

    address: Address

    def contact(self, transport: SipTransport) -> str: ...

    def send(self, transport: SipTransport, message: SipMessage, address: Address) -> None: ...


@dataclass
class _Retransmission:
    """A message that is repeated until the other side reacts."""

    data: SipMessage
    due: float
    interval: float
    give_up_at: float


@dataclass
class ServerCall:
    """One INVITE and the dialog that it makes."""

    server: Sender
    transport: SipTransport
    address: Address
    invite: SipRequest
    key: Key
    tag: str = field(default_factory=generate_tag)
    listener: CallListener | None = None
    status: int = 0
    """Newest status sent."""
    is_acknowledged: bool = False
    is_over: bool = False
    is_dead: bool = False
    """The peer plays dead: it neither sends nor answers anything more."""
    pending: _Retransmission | None = None
    reply: SipResponse | None = None
    """Newest response to the INVITE."""
    _remote_target: str = ""
    _local_sequence: int = 0
    _unanswered: dict[int, _Retransmission] = field(default_factory=dict)
    """Reports to the caller, by their CSeq."""

    def __post_init__(self) -> None:
        contact = self.invite.contact
        self._remote_target = uri_text(self.invite.headers.get_first("contact") or "") if contact else ""

    @property
    def number(self) -> str:
        """The called number: user part of the request URI."""
        return parse_uri(self.invite.uri).user or ""

    @property
    def caller(self) -> str:
        sender = self.invite.from_addr
        return (sender.uri.user or "") if sender else ""

    @property
    def call_id(self) -> str:
        return self.invite.call_id or ""

    @property
    def offer(self) -> SdpMessage | None:
        return sdp_of(self.invite)

    def provisional(self, status: int, sdp: str = "") -> None:
        """180 or 183, the latter with ``sdp`` when the network speaks before the answer."""
        self._respond(status, sdp)

    def answer(self, sdp: str, now: float) -> None:
        """200 OK, repeated until the ACK."""
        self._respond(200, sdp)
        self._repeat(now)

    def refuse(self, status: int, now: float, q850_cause: int = 0, reason: str = "") -> None:
        """A final response other than 2xx, with a Reason header when there is a Q.850 cause."""
        extra = {}
        if q850_cause:
            extra["Reason"] = f"Q.850;cause={q850_cause}" + (f';text="{reason}"' if reason else "")
        self._respond(status, extra=extra)
        self.is_over = True
        self._repeat(now)

    def hang_up(self, now: float) -> None:
        """BYE, repeated until it is answered."""
        if self.is_over or self.is_dead:
            return
        self.is_over = True
        self._unanswered.clear()
        bye = self._request("BYE")
        self._send(bye)
        self.pending = _Retransmission(bye, now + T1, T1, now + GIVE_UP_SECONDS)

    def report_referral(self, status: int, now: float, *, is_final: bool) -> None:
        """NOTIFY of what became of a REFER so far, repeated until it is answered."""
        if self.is_over or self.is_dead:
            return
        notify = self._request("NOTIFY")
        notify.headers.append("Contact", self.server.contact(self.transport))
        notify.headers.append("Event", "refer")
        state = "terminated;reason=noresource" if is_final else f"active;expires={_REFERRAL_SECONDS}"
        notify.headers.append("Subscription-State", state)
        notify.headers.append("Content-Type", "message/sipfrag;version=2.0")
        notify.text = f"SIP/2.0 {status} {REASONS.get(status, 'Refused')}\r\n"
        self._send(notify)
        self._unanswered[self._local_sequence] = _Retransmission(notify, now + T1, T1, now + GIVE_UP_SECONDS)

    def report_answered(self, sequence: int) -> None:
        self._unanswered.pop(sequence, None)

    def _request(self, method: str) -> SipRequest:
        """A request of ours within the call."""
        self._local_sequence += 1
        uri = self._remote_target or f"sip:{self.address[0]}:{self.address[1]}"
        request = SipRequest(method=method, uri=uri)
        host, port = self.server.address
        kind = "TCP" if self.transport.reliable else "UDP"
        headers = request.headers
        headers.append("Via", f"SIP/2.0/{kind} {host}:{port};branch={generate_branch()};rport")
        for route in self.invite.headers.get("record-route"):
            headers.append("Route", route)
        headers.append("From", self._with_tag(self.invite.headers.get_first("to") or ""))
        headers.append("To", self.invite.headers.get_first("from") or "")
        headers.append("Call-ID", self.call_id)
        headers.append("CSeq", f"{self._local_sequence} {method}")
        headers.append("Max-Forwards", "70")
        headers.append("User-Agent", PRODUCT)
        return request

    def play_dead(self) -> None:
        self.is_dead = True
        self.pending = None
        self._unanswered.clear()

    # What the server calls when a message of this call comes in.

    def advance(self, now: float) -> None:
        """Repeat what has not been reacted to; give it up after 32 s."""
        for sequence, report in list(self._unanswered.items()):
            if now >= report.give_up_at:
                del self._unanswered[sequence]
            elif now >= report.due:
                self._repeat_once(report, now)
        waiting = self.pending
        if waiting is None or self.is_dead or now < waiting.due:
            return
        if now >= waiting.give_up_at:
            self.pending = None
            if self.status == 200 and not self.is_acknowledged and not self.is_over:
                self._tell_left(now, "lost")
            return
        self._repeat_once(waiting, now, always=self.status == 200 and not self.is_over)

    def _repeat_once(self, waiting: _Retransmission, now: float, *, always: bool = False) -> None:
        if always or not self.transport.reliable:
            self._send(waiting.data)
        waiting.interval = min(waiting.interval * 2, T2)
        waiting.due = now + waiting.interval

    def repeat_reply(self) -> None:
        if self.reply is not None and not self.is_dead:
            self._send(self.reply)

    def acknowledge(self, now: float, ack: SipRequest) -> None:
        is_first = not self.is_acknowledged
        self.is_acknowledged = True
        if self.pending is not None and isinstance(self.pending.data, SipResponse):
            self.pending = None
        if is_first and self.status == 200 and self.listener is not None:
            self.listener.acknowledged(now, sdp_of(ack))

    def cancel(self, now: float) -> None:
        if self.status >= 200 or self.is_over:
            return
        self.refuse(487, now)
        self._tell_left(now, "cancel")

    def bye(self, now: float) -> None:
        if not self.is_over:
            self.is_over = True
            self.pending = None
            self._unanswered.clear()
            self._tell_left(now, "bye")

    def bye_answered(self) -> None:
        self.pending = None

    def update_target(self, request: SipRequest) -> None:
        if request.contact:
            self._remote_target = uri_text(request.headers.get_first("contact") or "")

    def response_to(self, request: SipRequest, status: int, sdp: str = "") -> SipResponse:
        """A response within this call, with its tag and contact."""
        response = make_response(request, status, self.tag)
        response.headers.append("Contact", self.server.contact(self.transport))
        response.headers.append("Allow", ALLOW)
        if sdp:
            response.headers.append("Content-Type", "application/sdp")
            response.text = sdp
        return response

    def _respond(self, status: int, sdp: str = "", extra: Mapping[str, str] | None = None) -> None:
        if self.is_dead:
            return
        response = self.response_to(self.invite, status, sdp)
        for name, value in (extra or {}).items():
            response.headers.append(name, value)
        self.status, self.reply = status, response
        self._send(response)

    def _repeat(self, now: float) -> None:
        if self.reply is not None and not self.is_dead:
            self.pending = _Retransmission(self.reply, now + T1, T1, now + GIVE_UP_SECONDS)

    def _send(self, message: SipMessage) -> None:
        self.server.send(self.transport, message, self.address)

    def _tell_left(self, now: float, how: str) -> None:
        self.is_over = True
        if self.listener is not None:
            self.listener.caller_left(now, how)

    def _with_tag(self, header: str) -> str:
        return header if ";tag=" in header else f"{header};tag={self.tag}"


def make_response(request: SipRequest, status: int, tag: str) -> SipResponse:
    """A response with the headers that RFC 3261 8.2.6 wants copied."""
    headers = CaseInsensitiveDict()
    for name in ("Via", "Record-Route", "From", "To", "Call-ID", "CSeq"):
        for value in request.headers.get(name):
            if name == "To" and tag and ";tag=" not in value:
                value = f"{value};tag={tag}"
            headers.append(name, value)
    headers.append("Server", PRODUCT)
    return SipResponse(headers=headers, status_code=status, reason_phrase=REASONS.get(status, "Refused"))


def sdp_of(message: SipMessage) -> SdpMessage | None:
    return parse_sdp(message.text) if message.body.strip() else None


def uri_text(header: str) -> str:
    """The URI of a Contact header."""
    return header.partition("<")[2].partition(">")[0] or header.partition(";")[0].strip()
