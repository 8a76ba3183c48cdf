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
from typing import Any

from aiosipua import (
    AuthChallenge,
    SipDigestAuth,
    SipMessage,
    SipRequest,
    SipResponse,
    SipTransport,
    TcpSipTransport,
    UdpSipTransport,
    build_credentials,
    generate_tag,
    parse_auth,
    parse_uri,
)

from simulator.server_call import (
    ALLOW,
    GIVE_UP_SECONDS,
    Address,
    Key,
    ServerCall,
    make_response,
    sdp_of,
    uri_text,
)

log = logging.getLogger(__name__)


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
                self._replies.setdefault(call.key, (call.reply or _gone(call), now + GIVE_UP_SECONDS))
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
        answer = call.listener.reoffered(now, sdp_of(request))
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


def _referred_number(request: SipRequest) -> str:
    """User part of the Refer-To URI."""
    target = request.headers.get_first("refer-to") or request.headers.get_first("r") or ""
    return (parse_uri(uri_text(target)).user or "") if target else ""


def _key_of_info(request: SipRequest) -> str:
    """The key in an INFO of application/dtmf-relay or application/dtmf."""
    if "dtmf" not in (request.content_type or "").lower():
        return ""
    text = request.text
    return (text.partition("Signal=")[2] or text).strip()[:1]
