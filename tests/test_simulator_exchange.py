"""The practice exchange on real sockets of the loopback interface, called by a tiny user agent."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from aiosipua import SdpMessage, SipMessage, SipRequest, SipResponse, parse_auth, parse_sdp

from campaign.errors import LineError
from simulator.exchange import Exchange
from simulator.g711 import PCMA, PCMU, decode, encode
from simulator.make_voices import write_wav
from simulator.media import open_port_pair
from simulator.report import calls_of, summarise
from simulator.rtp import Packet, RtpSender, parse_packet

pytestmark = pytest.mark.calls

RESIDENTS = """
residents:
  - number: "1001"
    name: 甲
    reaction_seconds: 0.3
    patience_seconds: 30
    calls: [{outcome: answers, ring_seconds: 0.05}]
    answers: [{wav: first.wav, text: 一}, {wav: second.wav, text: 二}]
  - {number: "1002", name: 乙, calls: busy}
  - {number: "1003", name: 丙, calls: no_answer}
  - {number: "1004", name: 丁, calls: [{outcome: declined, ring_seconds: 0.05}]}
  - number: "1005"
    name: 戊
    calls: [{outcome: announcement, status: 480, q850: 20, wav: first.wav}]
  - number: "1006"
    name: 己
    calls: [{outcome: answering_machine, wav: first.wav, ring_seconds: 0.05}]
  - {number: "1007", name: 庚, calls: [{outcome: no_rtp, ring_seconds: 0.05}]}
  - number: "1008"
    name: 辛
    calls: [{outcome: dies, ring_seconds: 0.05, dies_after_seconds: 0.2}]
    answers: [{wav: first.wav, text: 一}]
  - number: "1009"
    name: 壬
    calls: [busy, {outcome: answers, ring_seconds: 0.05}]
    hangs_up_after_answers: 1
    answers: [{keys: "1#"}]
  - {number: "1010", name: 癸, calls: [{outcome: echo, ring_seconds: 0.05}]}
"""


SILENCE = np.zeros(0, np.int16)


def tone(hertz: float, seconds: float) -> np.ndarray[Any, np.dtype[np.int16]]:
    """Speech as far as an energy detector is concerned."""
    time = np.arange(int(seconds * 8000)) / 8000
    return np.round(6000 * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_wav(tmp_path / "first.wav", tone(300, 0.3))
    write_wav(tmp_path / "second.wav", tone(500, 0.3))
    (tmp_path / "residents.yaml").write_text(RESIDENTS, encoding="utf-8")
    return tmp_path


class Caller(asyncio.DatagramProtocol):
    """A user agent client that says exactly what a test tells it to."""

    def __init__(self, exchange: Exchange, number: str, offer: str | None = None) -> None:
        self.target = ("127.0.0.1", exchange.port)
        self.number = number
        self.received: list[SipMessage] = []
        self._news = asyncio.Event()
        self.rtp, self.rtcp = open_port_pair("127.0.0.1")
        self.packets: list[Packet] = []
        self.remote_media = ("", 0)
        self.offer = self.sdp() if offer is None else offer
        self.tag = f"caller{id(self)}"
        self.call_id = f"{id(self)}@test"
        self.to_tag = ""
        self.invite_branch = f"z9hG4bKinvite{id(self)}"
        self._sender = RtpSender(PCMA, ssrc=7, sequence=100, timestamp=0)

    def sdp(self, codecs: str = "8 0 96", extra: str = "") -> str:
        return (
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=audio {self.rtp.getsockname()[1]} RTP/AVP {codecs}\r\n"
            f"a=rtpmap:96 telephone-event/8000\r\n{extra}"
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        message = SipMessage.parse(data)
        self.received.append(message)
        to = message.to_addr
        if isinstance(message, SipResponse) and to is not None and to.tag:
            self.to_tag = to.tag
        self._news.set()

    def request(
        self, method: str, sequence: int, *, branch: str = "", body: str = "", **headers: str
    ) -> None:
        """Send a request; header names are written with _ for -."""
        branch = branch or f"z9hG4bK{method}{sequence}{id(self)}"
        to = f";tag={self.to_tag}" if self.to_tag and method not in ("INVITE", "CANCEL") else ""
        lines = [
            f"{method} sip:{self.number}@127.0.0.1:{self.target[1]} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{self.port};branch={branch};rport",
            f"From: <sip:robot@127.0.0.1>;tag={self.tag}",
            f"To: <sip:{self.number}@127.0.0.1>{to}",
            f"Call-ID: {self.call_id}",
            f"CSeq: {sequence} {method}",
            f"Contact: <sip:robot@127.0.0.1:{self.port}>",
            "Max-Forwards: 70",
            *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
            *(["Content-Type: application/sdp"] if body else []),
            f"Content-Length: {len(body)}",
            "",
            body,
        ]
        self.transport.sendto("\r\n".join(lines).encode(), self.target)

    def invite(self, **headers: str) -> None:
        self.request("INVITE", 1, branch=self.invite_branch, body=self.offer, **headers)

    def ack(self, body: str = "") -> None:
        self.request("ACK", 1, body=body)

    async def response(self, method: str, least: int = 200) -> SipResponse:
        """The next response of at least ``least`` to a ``method``."""

        def found() -> SipResponse | None:
            for message in self.received:
                cseq = message.cseq
                if not isinstance(message, SipResponse) or message.status_code < least:
                    continue
                if cseq is not None and cseq.method == method:
                    self.received.remove(message)
                    return message
            return None

        response: SipResponse = await self._wait(found)
        return response

    async def incoming(self, method: str) -> SipRequest:
        request: SipRequest = await self._wait(
            lambda: next((m for m in self.received if isinstance(m, SipRequest) and m.method == method), None)
        )
        return request

    async def _wait(self, found: Any) -> Any:
        async with asyncio.timeout(8):
            while (message := found()) is None:
                self._news.clear()
                await self._news.wait()
        return message

    async def answered(self) -> SdpMessage:
        """INVITE, wait for the 200, ACK."""
        self.invite()
        response = await self.response("INVITE")
        assert response.status_code == 200
        self.ack()
        answer = parse_sdp(response.text)
        assert answer.rtp_address is not None
        self.remote_media = answer.rtp_address
        return answer

    def reply_to(self, request: SipRequest) -> None:
        copied = [
            f"{n}: {v}" for n in ("Via", "From", "To", "Call-ID", "CSeq") for v in request.headers.get(n)
        ]
        self.transport.sendto("\r\n".join(["SIP/2.0 200 OK", *copied, "", ""]).encode(), self.target)

    async def talk(self, pcm: Any, until: Callable[[], bool]) -> None:
        """Send ``pcm`` and then silence, 20 ms at a time, until something has happened."""
        frames = [encode(pcm[i : i + 160], PCMA) for i in range(0, len(pcm) - 159, 160)]
        loop = asyncio.get_running_loop()
        begun, sent = loop.time(), 0
        async with asyncio.timeout(10):
            while sent < len(frames) or not until():
                payload = frames[sent] if sent < len(frames) else encode(np.zeros(160, np.int16), PCMA)
                self.rtp.sendto(self._sender.packet(payload), self.remote_media)
                sent += 1
                await asyncio.sleep(begun + sent * 0.02 - loop.time())
                self.drain()

    def has_packets(self, count: int) -> Callable[[], bool]:
        return lambda: len(self.packets) >= count

    def drain(self) -> None:
        while True:
            try:
                packet = parse_packet(self.rtp.recv(2048))
            except BlockingIOError:
                return
            if packet is not None:
                self.packets.append(packet)

    def sound(self) -> Any:
        """What came in, as samples."""
        return np.concatenate(
            [decode(p.payload, p.payload_type) for p in self.packets if p.payload_type in (0, 8)]
        )


@asynccontextmanager
async def calling(exchange: Exchange, number: str, offer: str | None = None) -> AsyncIterator[Caller]:
    loop = asyncio.get_running_loop()
    transport, caller = await loop.create_datagram_endpoint(
        lambda: Caller(exchange, number, offer), local_addr=("127.0.0.1", 0)
    )
    try:
        yield caller
    finally:
        transport.close()
        caller.rtp.close()
        caller.rtcp.close()


def events(exchange: Exchange, kind: str) -> list[dict[str, Any]]:
    return [event for event in exchange.log.events if event["event"] == kind]


def run(folder: Path, scenario: Any, **options: Any) -> Exchange:
    """Run ``scenario(exchange)`` against an exchange for ``folder``."""

    async def serve() -> Exchange:
        async with Exchange(folder, **options) as exchange:
            await scenario(exchange)
        return exchange

    return asyncio.run(serve())


@pytest.mark.parametrize(
    ("number", "status", "cause"), [("1002", 486, 17), ("1004", 603, 21), ("5555", 404, 1)]
)
def test_a_call_that_is_refused_gets_status_and_cause(
    folder: Path, number: str, status: int, cause: int
) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, number) as caller:
            caller.invite()
            response = await caller.response("INVITE")
            assert response.status_code == status
            assert response.get_header("Reason") == f"Q.850;cause={cause}"
            caller.ack()

    exchange = run(folder, scenario)
    assert [event["status"] for event in events(exchange, "refused")] == [status]


def test_nobody_answers_until_the_caller_gives_up(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1003") as caller:
            caller.invite()
            assert (await caller.response("INVITE", 180)).status_code == 180
            caller.request("CANCEL", 1, branch=caller.invite_branch)
            assert (await caller.response("CANCEL")).status_code == 200
            assert (await caller.response("INVITE")).status_code == 487
            caller.ack()

    assert events(run(folder, scenario), "ended")[0]["how"] == "cancel"


def test_a_resident_answers_each_question_and_the_log_has_the_reply_gap(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1001") as caller:
            await caller.answered()
            question = np.concatenate([tone(440, 0.4), np.zeros(3200, np.int16), tone(440, 0.3)])
            await caller.talk(question, until=lambda: len(events(exchange, "said")) == 1)
            await caller.talk(tone(440, 0.4), until=lambda: len(events(exchange, "said")) == 2)
            caller.request("BYE", 2)
            assert (await caller.response("BYE")).status_code == 200

    exchange = run(folder, scenario)
    (call,) = calls_of(exchange.log.events)
    assert call.said == ("一", "二")
    assert call.ended_by == "robot"
    assert call.frames_received == call.frames_expected > 100
    assert len(call.replies) == 1  # the second answer was the last word
    assert 0.0 < call.replies[0].seconds < 1.0
    assert summarise([call]).most_at_once == 1


def test_sound_arrives_as_it_was_recorded(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1006") as caller:
            await caller.answered()
            await caller.talk(SILENCE, until=caller.has_packets(30))
            sound, recorded = caller.sound(), tone(300, 0.3)
            assert np.abs(sound[: len(recorded)].astype(int) - recorded).max() < 300
            numbers = [packet.sequence for packet in caller.packets]
            stamps = [packet.timestamp for packet in caller.packets]
            assert set(np.diff(numbers) % 65536) == {1}
            assert set(np.diff(stamps) % 2**32) == {160}
            assert caller.packets[0].marker

    run(folder, scenario)


@pytest.mark.parametrize(("codecs", "payload_type"), [("8 0 96", PCMA), ("0 8 96", PCMU)])
def test_the_callers_first_codec_and_key_type_are_taken(folder: Path, codecs: str, payload_type: int) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1006") as caller:
            caller.offer = caller.sdp(codecs)
            answer = await caller.answered()
            assert answer.audio is not None
            assert answer.audio.formats == [str(payload_type), "96"]
            await caller.talk(SILENCE, until=caller.has_packets(5))
            assert {packet.payload_type for packet in caller.packets} == {payload_type}

    run(folder, scenario)


def test_a_caller_without_g711_is_told_so(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1001") as caller:
            caller.offer = caller.sdp("18")
            caller.invite()
            assert (await caller.response("INVITE")).status_code == 488

    run(folder, scenario)


def test_a_caller_without_an_offer_gets_ours(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1006", offer="") as caller:
            caller.invite()
            response = await caller.response("INVITE")
            answer = parse_sdp(response.text)
            assert answer.rtp_address is not None
            caller.remote_media = answer.rtp_address
            caller.ack(body=caller.sdp("8"))
            await caller.talk(SILENCE, until=caller.has_packets(5))

    run(folder, scenario)


def test_the_network_speaks_before_it_refuses(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1005") as caller:
            caller.invite()
            progress = await caller.response("INVITE", 180)
            assert progress.status_code == 183
            assert parse_sdp(progress.text).audio is not None
            final = await caller.response("INVITE")
            assert (final.status_code, final.get_header("Reason")) == (480, "Q.850;cause=20")
            caller.drain()
            assert np.abs(caller.sound()).max() > 5000

    run(folder, scenario)


def test_an_answered_call_without_sound_sends_nothing(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1007") as caller:
            await caller.answered()
            async with calling(exchange, "1006") as other:
                await other.answered()
                await other.talk(SILENCE, until=other.has_packets(15))
            caller.drain()
            assert caller.packets == []

    run(folder, scenario)


def test_a_peer_that_dies_answers_nothing_more(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1008") as caller:
            await caller.answered()
            while exchange.calls_up:
                await asyncio.sleep(0.02)
            caller.request("BYE", 2)
            async with calling(exchange, "1002") as other:  # the exchange itself lives
                other.invite()
                await other.response("INVITE")
            assert not any(m.cseq and m.cseq.method == "BYE" for m in caller.received)

    assert events(run(folder, scenario), "dead")


def test_busy_at_first_then_answers_with_keys_and_hangs_up(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1009") as caller:
            caller.invite()
            assert (await caller.response("INVITE")).status_code == 486
        async with calling(exchange, "1009") as caller:
            await caller.answered()
            asked = asyncio.create_task(caller.talk(tone(440, 0.4), until=lambda: False))
            bye = await caller.incoming("BYE")
            asked.cancel()
            caller.reply_to(bye)
            keys = {packet.payload[0] for packet in caller.packets if packet.payload_type == 96}
            assert keys == {1, 11}

    assert [event["by"] for event in events(run(folder, scenario), "ended")] == ["exchange", "resident"]


def test_an_echo_number_sends_back_what_it_hears(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1010") as caller:
            await caller.answered()
            await caller.talk(tone(440, 0.4), until=caller.has_packets(20))
            assert np.abs(caller.sound()).max() > 5000

    run(folder, scenario)


def test_a_repeated_invite_makes_no_second_call_and_the_200_is_repeated_until_the_ack(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1006") as caller:
            caller.invite()
            first = await caller.response("INVITE")
            caller.invite()
            again = await caller.response("INVITE")
            assert (again.status_code, again.to_addr) == (200, first.to_addr)
            assert (await caller.response("INVITE")).status_code == 200  # by itself, after half a second
            caller.ack()
            assert exchange.calls_up == 1

    assert len(events(run(folder, scenario), "invited")) == 1


def test_what_happens_within_a_call(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1006") as caller:
            await caller.answered()
            caller.request(
                "INFO", 2, Content_Type="application/dtmf-relay", body="Signal=5\r\nDuration=100\r\n"
            )
            assert (await caller.response("INFO")).status_code == 200
            caller.request("UPDATE", 3)
            assert (await caller.response("UPDATE")).status_code == 200
            caller.request("INVITE", 4, body=caller.sdp("0", "a=sendonly\r\n"))
            held = await caller.response("INVITE")
            audio = parse_sdp(held.text).audio
            assert audio is not None
            assert (audio.formats, audio.direction) == (["0"], "recvonly")
            caller.request("ACK", 4)
            caller.request("MESSAGE", 5)
            assert (await caller.response("MESSAGE")).status_code == 405

    exchange = run(folder, scenario)
    assert [event["key"] for event in events(exchange, "key")] == ["5"]


def test_requests_outside_a_call(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1001") as caller:
            caller.request("OPTIONS", 1)
            options = await caller.response("OPTIONS")
            assert options.status_code == 200
            assert "INVITE" in ", ".join(options.get_header_values("Allow"))
            caller.request("BYE", 2)
            assert (await caller.response("BYE")).status_code == 481
            caller.request("REGISTER", 3, Expires="60")
            registered = await caller.response("REGISTER")
            assert (registered.status_code, registered.get_header("Expires")) == (200, "60")
            caller.transport.sendto(b"\r\n\r\n", caller.target)
            caller.transport.sendto(b"rubbish", caller.target)
            caller.request("OPTIONS", 4)
            assert (await caller.response("OPTIONS")).status_code == 200

    run(folder, scenario)


def credentials(challenge: str, method: str, password: str) -> str:
    """A digest answer in the oldest form (RFC 2069), computed without the library."""
    params = parse_auth(challenge).params

    def md5(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    secret = md5(f"robot:{params['realm']}:{password}")
    response = md5(f"{secret}:{params['nonce']}:{md5(f'{method}:sip:x')}")
    return (
        f'Digest username="robot", realm="{params["realm"]}", nonce="{params["nonce"]}", '
        f'uri="sip:x", response="{response}"'
    )


def test_with_a_password_registration_and_calls_are_challenged(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1002") as caller:
            caller.request("REGISTER", 1)
            challenge = (await caller.response("REGISTER")).get_header("WWW-Authenticate")
            assert challenge is not None
            caller.request("REGISTER", 2, Authorization=credentials(challenge, "REGISTER", "wrong"))
            assert (await caller.response("REGISTER")).status_code == 401
            caller.request("REGISTER", 3, Authorization=credentials(challenge, "REGISTER", "secret"))
            assert (await caller.response("REGISTER")).status_code == 200
            assert exchange.server.registrations == 1
            caller.invite()
            refused = await caller.response("INVITE")
            assert refused.status_code == 407
            caller.ack()
            caller.to_tag, caller.invite_branch = "", "z9hG4bKsecond"
            caller.invite(Proxy_Authorization=credentials(challenge, "INVITE", "secret"))
            assert (await caller.response("INVITE")).status_code == 486

    run(folder, scenario, passwords={"robot": "secret"})


def test_tcp_is_served_on_the_same_port(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", exchange.port)
        writer.write(
            b"OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:1;branch=z9hG4bKa\r\n"
            b"From: <sip:a@b>;tag=1\r\nTo: <sip:x@y>\r\nCall-ID: t\r\nCSeq: 1 OPTIONS\r\n"
            b"Content-Length: 0\r\n\r\n"
        )
        async with asyncio.timeout(5):
            assert (await reader.readline()).startswith(b"SIP/2.0 200")
        writer.close()

    run(folder, scenario)


def test_ten_calls_at_once_all_get_their_frames(folder: Path) -> None:
    async def one(exchange: Exchange) -> None:
        async with calling(exchange, "1001") as caller:
            await caller.answered()
            await caller.talk(tone(440, 0.4), until=lambda: len(events(exchange, "said")) == 10)
            caller.request("BYE", 2)
            await caller.response("BYE")

    async def scenario(exchange: Exchange) -> None:
        await asyncio.gather(*(one(exchange) for _ in range(10)))

    report = summarise(calls_of(run(folder, scenario).log.events))
    assert report.most_talking_at_once == 10
    assert report.worst_frames_percent >= 99.0
    assert all(call.said == ("一",) for call in report.calls)


def test_a_taken_port_is_named(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        with pytest.raises(LineError, match=f"练习交换机无法监听 127.0.0.1:{exchange.port}"):
            async with Exchange(folder, port=exchange.port):
                pass

    run(folder, scenario)


def test_the_log_file_has_what_memory_has(folder: Path, tmp_path: Path) -> None:
    from simulator.report import read_log

    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1002") as caller:
            caller.invite()
            await caller.response("INVITE")

    exchange = run(folder, scenario, log=tmp_path / "calls.jsonl")
    assert read_log(tmp_path / "calls.jsonl") == exchange.log.events


@pytest.fixture(autouse=True)
def nothing_is_thrown_away(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A fault inside the exchange would only be logged by the event loop; here it fails the test."""
    yield
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


# --- calls that are handed over -----------------------------------------------------------------------


async def reports(caller: Caller, final: int) -> list[str]:
    """The sipfrags of all reports up to the final one, each answered."""
    told: dict[str, str] = {}
    while not any(f" {final} " in line for line in told.values()):
        report = await caller.incoming("NOTIFY")
        caller.received.remove(report)
        caller.reply_to(report)
        assert report.get_header("Event") == "refer"
        told[report.get_header("CSeq") or ""] = report.text.strip()
    return list(told.values())


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1001", ["SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 200 OK"]),
        ("1002", ["SIP/2.0 100 Trying", "SIP/2.0 486 Busy Here"]),
        ("1004", ["SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 603 Decline"]),
    ],
)
def test_who_hands_a_call_over_is_told_how_it_goes(folder: Path, number: str, expected: list[str]) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1010") as caller:
            await caller.answered()
            caller.request("REFER", 2, Refer_To=f"<sip:{number}@127.0.0.1>")
            assert (await caller.response("REFER")).status_code == 202
            assert await reports(caller, int(expected[-1].split()[1])) == expected
            caller.request("BYE", 3)
            assert (await caller.response("BYE")).status_code == 200

    exchange = run(folder, scenario)
    handed = [event["number"] for event in events(exchange, "transferred")]
    assert handed == ([number] if expected[-1].endswith("OK") else [])


@pytest.mark.parametrize(
    ("headers", "status"), [({"Refer_To": "<sip:5555@127.0.0.1>"}, 404), ({}, 400)], ids=["nobody", "nowhere"]
)
def test_call_is_not_handed_to_nobody(folder: Path, headers: dict[str, str], status: int) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1010") as caller:
            await caller.answered()
            caller.request("REFER", 2, **headers)
            assert (await caller.response("REFER")).status_code == status

    run(folder, scenario)


def test_report_that_is_not_answered_is_repeated(folder: Path) -> None:
    async def scenario(exchange: Exchange) -> None:
        async with calling(exchange, "1010") as caller:
            await caller.answered()
            caller.request("REFER", 2, Refer_To="<sip:1003@127.0.0.1>")
            first = await caller.incoming("NOTIFY")
            caller.received = [m for m in caller.received if m is not first]
            while (again := await caller.incoming("NOTIFY")).get_header("CSeq") != first.get_header("CSeq"):
                caller.received.remove(again)

    run(folder, scenario)
