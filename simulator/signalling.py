"""The exchange's side of SIP: a user agent server over UDP and TCP for any number of calls.

Messages, headers and the sockets are aiosipua's; what is done with a request is decided here. Law: RFC 3261
sections 8.2, 9.2, 10.3, 12.2, 13.3 and 17.2 (server transactions, retransmission of final responses until the
ACK), RFC 3326 (Reason), RFC 3515 (REFER), RFC 8760 (digest). Time is an argument of ``advance``; nothing here
sleeps.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiosipua import (
    AuthChallenge,
    CaseInsensitiveDict,
    SdpMessage,
    SipDigestAuth,
    SipMessage,
    SipRequest,
    SipResponse,
    SipTransport,
    TcpSipTransport,
    UdpSipTransport,
    build_credentials,
    generate_branch,
    generate_tag,
    parse_auth,
    parse_sdp,
    parse_uri,
)

log = logging.getLogger(__name__)

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

    server: SipServer
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
    _reply: SipResponse | None = None
    _remote_target: str = ""
    _local_sequence: int = 0
    _unanswered: dict[int, _Retransmission] = field(default_factory=dict)
    """Reports to the caller, by their CSeq."""

    def __post_init__(self) -> None:
        contact = self.invite.contact
        self._remote_target = _uri_text(self.invite.headers.get_first("contact") or "") if contact else ""

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
        return _sdp_of(self.invite)

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
        if self._reply is not None and not self.is_dead:
            self._send(self._reply)

    def acknowledge(self, now: float, ack: SipRequest) -> None:
        is_first = not self.is_acknowledged
        self.is_acknowledged = True
        if self.pending is not None and isinstance(self.pending.data, SipResponse):
            self.pending = None
        if is_first and self.status == 200 and self.listener is not None:
            self.listener.acknowledged(now, _sdp_of(ack))

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
            self._remote_target = _uri_text(request.headers.get_first("contact") or "")

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
        self.status, self._reply = status, response
        self._send(response)

    def _repeat(self, now: float) -> None:
        if self._reply is not None and not self.is_dead:
            self.pending = _Retransmission(self._reply, now + T1, T1, now + GIVE_UP_SECONDS)

    def _send(self, message: SipMessage) -> None:
        self.server.send(self.transport, message, self.address)

    def _tell_left(self, now: float, how: str) -> None:
        self.is_over = True
        if self.listener is not None:
            self.listener.caller_left(now, how)

    def _with_tag(self, header: str) -> str:
        return header if ";tag=" in header else f"{header};tag={self.tag}"


class _Datagrams(asyncio.DatagramProtocol):
    """Hands datagrams to the transport that parses them."""

    def __init__(self, owner: _UdpSocket) -> None:
        self._owner = owner

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self._owner.take(data, addr)

    def error_received(self, exc: Exception) -> None:
        log.info("UDP: %s", exc)  # A peer that is gone; what we sent it is repeated or given up.


class _UdpSocket(UdpSipTransport):
    """aiosipua's UDP transport on a socket that knows which port it was given.

    Its own protocol class asserts a base class that asyncio's transports have only from Python 3.12 on.
    """

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._udp_transport, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self), local_addr=self.local_addr
        )
        self.local_addr = self._udp_transport.get_extra_info("sockname")[:2]

    def take(self, data: bytes, address: Address) -> None:
        if data.strip():  # CRLF alone keeps a NAT open (RFC 5626).
            self._dispatch(data, (str(address[0]), int(address[1])))


class SipServer:
    """Takes requests from the network and hands new calls to ``on_invite``.

    ``on_invite(call, now)`` is expected to set ``call.listener``. With ``passwords`` (user -> password) every
    REGISTER and INVITE is challenged.
    """

    def __init__(
        self,
        on_invite: Callable[[ServerCall, float], None],
        clock: Callable[[], float],
        passwords: Mapping[str, str] | None = None,
        realm: str = "wenhou",
    ) -> None:
        self._on_invite = on_invite
        self._clock = clock
        self._passwords = dict(passwords or {})
        self._realm = realm
        self._nonce = secrets.token_hex(16)
        self._udp: _UdpSocket | None = None
        self._tcp: TcpSipTransport | None = None
        self._calls: dict[tuple[str, str], ServerCall] = {}
        self._by_key: dict[Key, ServerCall] = {}
        self._replies: dict[Key, tuple[SipResponse, float]] = {}
        self.address: Address = ("", 0)
        self.registrations = 0
        """REGISTER requests that were accepted."""

    async def start(self, host: str, port: int) -> None:
        """Listen on ``host:port`` over UDP and TCP; port 0 takes any free one.

        Raises:
            OSError: the port is taken or the host is not an address of this machine.
        """
        for attempts_left in reversed(range(8 if port == 0 else 1)):
            udp = _UdpSocket(local_addr=(host, port))
            await udp.start()
            tcp = TcpSipTransport(local_addr=udp.local_addr)
            try:
                await tcp.start()
            except OSError:
                await udp.stop()
                if not attempts_left:
                    raise
                continue
            break
        udp.on_message = lambda message, address: self._received(udp, message, address)
        tcp.on_message = lambda message, address: self._received(tcp, message, address)
        self._udp, self._tcp, self.address = udp, tcp, udp.local_addr

    async def stop(self) -> None:
        for transport in (self._udp, self._tcp):
            if transport is not None:
                await transport.stop()
        self._udp = self._tcp = None

    def advance(self, now: float) -> None:
        """Retransmit what is due and forget what is long over."""
        for identity, call in list(self._calls.items()):
            call.advance(now)
            if call.is_over and call.pending is None:
                # Kept among the keys, so that a late retransmission still gets its answer.
                del self._calls[identity]
                self._replies.setdefault(call.key, (call._reply or _gone(call), now + GIVE_UP_SECONDS))
                self._by_key.pop(call.key, None)
        for key in [key for key, (_, until) in self._replies.items() if now > until]:
            del self._replies[key]

    def contact(self, transport: SipTransport) -> str:
        suffix = ";transport=tcp" if transport.reliable else ""
        return f"<sip:{self.address[0]}:{self.address[1]}{suffix}>"

    def send(self, transport: SipTransport, message: SipMessage, address: Address) -> None:
        """Send, to where the Via says for a response over UDP; a vanished peer is no error of ours."""
        assert isinstance(message, SipRequest | SipResponse)
        try:
            if isinstance(message, SipResponse) and not transport.reliable:
                transport.send_reply(message)
            else:
                transport.send(message, address)
        except (OSError, RuntimeError, ValueError) as error:
            log.warning("SIP message to %s:%s not sent: %s", *address, error)

    def _received(self, transport: SipTransport, message: Any, address: Address) -> None:
        now = self._clock()
        if isinstance(message, SipResponse):
            self._response(message)
            return
        key = _transaction_key(message)
        call = self._calls.get(_dialog_identity(message))
        if call is not None and call.is_dead:
            return
        if message.method == "ACK":
            if call is not None:
                call.acknowledge(now, message)
        elif key in self._by_key:
            self._by_key[key].repeat_reply()
        elif key in self._replies:
            self.send(transport, self._replies[key][0], address)
        elif message.method == "INVITE" and call is None:
            self._new_call(transport, message, address, key, now)
        else:
            response = self._handle(message, call, now)
            self._replies[key] = (response, now + GIVE_UP_SECONDS)
            self.send(transport, response, address)

    def _response(self, response: SipResponse) -> None:
        sequence = response.cseq
        if sequence is None or response.status_code < 200:
            return
        for (call_id, _), call in self._calls.items():
            if call_id == response.call_id and sequence.method == "BYE":
                call.bye_answered()
            elif call_id == response.call_id and sequence.method == "NOTIFY":
                call.report_answered(sequence.seq)

    def _new_call(
        self, transport: SipTransport, invite: SipRequest, address: Address, key: Key, now: float
    ) -> None:
        refusal = self._refusal(invite)
        if refusal is not None:
            self._replies[key] = (refusal, now + GIVE_UP_SECONDS)
            self.send(transport, refusal, address)
            return
        self.send(transport, make_response(invite, 100, ""), address)
        call = ServerCall(self, transport, address, invite, key)
        self._calls[_dialog_identity(invite)] = call
        self._by_key[key] = call
        self._on_invite(call, now)

    def _refusal(self, invite: SipRequest) -> SipResponse | None:
        """Why an INVITE does not become a call, if so."""
        if not invite.headers.get_first("from") or not invite.call_id or invite.cseq is None:
            return make_response(invite, 400, generate_tag())
        to = invite.to_addr
        if to is not None and to.tag:
            return make_response(invite, 481, "")
        if not self._is_authorised(invite, "Proxy-Authorization"):
            return self._challenge(invite, 407, "Proxy-Authenticate")
        return None

    def _handle(self, request: SipRequest, call: ServerCall | None, now: float) -> SipResponse:
        """The answer to a request that starts no call."""
        if request.method == "OPTIONS":
            response = make_response(request, 200, generate_tag())
            response.headers.append("Allow", ALLOW)
            response.headers.append("Accept", "application/sdp")
            return response
        if request.method == "REGISTER":
            return self._register(request)
        if request.method == "CANCEL":
            return self._cancel(request, now)
        if request.method not in ("BYE", "INFO", "UPDATE", "INVITE", "REFER"):
            response = make_response(request, 405, generate_tag())
            response.headers.append("Allow", ALLOW)
            return response
        if call is None:
            return make_response(request, 481, generate_tag())
        return self._within_call(request, call, now)

    def _within_call(self, request: SipRequest, call: ServerCall, now: float) -> SipResponse:
        if request.method == "BYE":
            call.bye(now)
            return call.response_to(request, 200)
        if request.method == "INFO":
            key = _key_of_info(request)
            if key and call.listener is not None:
                call.listener.key_pressed(now, key)
            return call.response_to(request, 200)
        if request.method == "REFER":
            return self._refer(request, call, now)
        call.update_target(request)
        if call.listener is None or (request.method == "UPDATE" and not request.body):
            return call.response_to(request, 200)
        answer = call.listener.reoffered(now, _sdp_of(request))
        return call.response_to(request, 200, answer) if answer else call.response_to(request, 488)

    def _refer(self, request: SipRequest, call: ServerCall, now: float) -> SipResponse:
        number = _referred_number(request)
        if not number or call.listener is None:
            return call.response_to(request, 400)
        return call.response_to(request, call.listener.referred(now, number))

    def _cancel(self, request: SipRequest, now: float) -> SipResponse:
        branch, sent_by, _ = _transaction_key(request)
        call = self._by_key.get((branch, sent_by, "INVITE"))
        if call is None:
            return make_response(request, 481, generate_tag())
        call.cancel(now)
        return make_response(request, 200, call.tag)

    def _register(self, request: SipRequest) -> SipResponse:
        if not self._is_authorised(request, "Authorization"):
            return self._challenge(request, 401, "WWW-Authenticate")
        self.registrations += 1
        response = make_response(request, 200, generate_tag())
        expires = request.headers.get_first("expires") or "3600"
        for contact in request.headers.get("contact"):
            has_expiry = ";expires=" in contact.lower() or contact == "*"
            response.headers.append("Contact", contact if has_expiry else f"{contact};expires={expires}")
        response.headers.append("Expires", expires)
        return response

    def _challenge(self, request: SipRequest, status: int, header: str) -> SipResponse:
        response = make_response(request, status, generate_tag())
        response.headers.append(
            header, f'Digest realm="{self._realm}", nonce="{self._nonce}", algorithm=MD5, qop="auth"'
        )
        return response

    def _is_authorised(self, request: SipRequest, header: str) -> bool:
        if not self._passwords:
            return True
        given = request.headers.get_first(header)
        if not given:
            return False
        params = parse_auth(given).params
        password = self._passwords.get(params.get("username", ""))
        if password is None or params.get("nonce") != self._nonce:
            return False
        challenge = {"realm": self._realm, "nonce": self._nonce, "algorithm": "MD5"}
        if params.get("qop"):
            challenge["qop"] = "auth"
        wanted = build_credentials(
            SipDigestAuth(params["username"], password),
            AuthChallenge("Digest", challenge),
            request.method,
            params.get("uri", ""),
            nonce_count=int(params.get("nc", "1"), 16),
            cnonce=params.get("cnonce"),
        )
        return wanted is not None and secrets.compare_digest(
            wanted.params["response"], params.get("response", "")
        )


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


def _gone(call: ServerCall) -> SipResponse:
    return make_response(call.invite, 481, call.tag)


def _transaction_key(request: SipRequest) -> Key:
    vias = request.via
    if not vias:
        return (request.call_id or "", "", request.method)
    return (vias[0].branch or request.call_id or "", f"{vias[0].host}:{vias[0].port or ''}", request.method)


def _dialog_identity(request: SipRequest) -> tuple[str, str]:
    sender = request.from_addr
    return (request.call_id or "", (sender.tag or "") if sender else "")


def _sdp_of(message: SipMessage) -> SdpMessage | None:
    return parse_sdp(message.text) if message.body.strip() else None


def _uri_text(header: str) -> str:
    """The URI of a Contact header."""
    return header.partition("<")[2].partition(">")[0] or header.partition(";")[0].strip()


def _referred_number(request: SipRequest) -> str:
    """User part of the Refer-To URI."""
    target = request.headers.get_first("refer-to") or request.headers.get_first("r") or ""
    return (parse_uri(_uri_text(target)).user or "") if target else ""


def _key_of_info(request: SipRequest) -> str:
    """The key in an INFO of application/dtmf-relay or application/dtmf."""
    if "dtmf" not in (request.content_type or "").lower():
        return ""
    text = request.text
    return (text.partition("Signal=")[2] or text).strip()[:1]
