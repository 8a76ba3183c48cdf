"""One call to one resident of the practice exchange: rings, answers, speaks, listens, hangs up.

What is said and heard is decided by ``persona`` and ``listening``, which are pure; ``exchange`` moves all
calls on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiosipua import SdpMessage

from simulator.g711 import decode
from simulator.hearing import PromptHeard, PromptMatcher
from simulator.listening import SpeechListener, is_voiced
from simulator.media import (
    AgreedMedia,
    Clip,
    MediaStream,
    NoPortError,
    Said,
    accept_answer,
    agree,
    open_port_pair,
    our_offer,
)
from simulator.persona import Answer, Conversation, HangUp, RobotSpeech, Say
from simulator.referral import Referral
from simulator.residents import CallPlan, Outcome, SimulatedResident
from simulator.server_call import ServerCall

if TYPE_CHECKING:
    from simulator.exchange import Exchange

_RING_AFTER_SECONDS = 0.1
"""From the INVITE to the 180."""
_KEPT_FRAMES = 100
"""Two seconds of the robot's speech are kept for recognising the prompt."""
_PICK_UP_SECONDS = 0.3
"""From the answer to the resident's hello."""
_RINGING_OUTCOMES = frozenset({Outcome.NO_ANSWER, Outcome.DECLINED})


@dataclass
class _Ear:
    """Listens to the robot in one call."""

    payload_type: int
    listener: SpeechListener = field(default_factory=SpeechListener)
    frames: list[bytes] = field(default_factory=list)
    """The present spell, from shortly before its beginning."""
    last_voiced: int = 0
    """Number of frames up to the newest voiced one."""

    def hear(self, now: float, octets: bytes) -> bool:
        """Take a frame; True when the robot begins to speak with it."""
        voiced = is_voiced(octets, self.payload_type)
        begins = self.listener.hear(now, voiced)
        self.frames.append(octets)
        limit = _KEPT_FRAMES if self.listener.started_at is not None else 5
        if len(self.frames) > limit:
            self.last_voiced -= len(self.frames) - limit
            del self.frames[:-limit]
        if voiced:
            self.last_voiced = len(self.frames)
        return begins

    def identify(self, matcher: PromptMatcher | None) -> PromptHeard | None:
        if matcher is None or self.last_voiced <= 0:
            return None
        return matcher.match(decode(b"".join(self.frames[: self.last_voiced]), self.payload_type))


class ResidentCall:
    """One call to one resident: the shell around a Conversation."""

    def __init__(
        self, exchange: Exchange, sip: ServerCall, resident: SimulatedResident, plan: CallPlan, now: float
    ) -> None:
        self._exchange = exchange
        self._sip = sip
        self._resident = resident
        self._plan = plan
        self.id = exchange.new_call_id()
        self._ring_at = now + _RING_AFTER_SECONDS
        self._decide_at = self._ring_at + plan.ring_seconds
        self._stream: MediaStream | None = None
        self._offer = ""
        self._ear: _Ear | None = None
        self._conversation: Conversation | None = None
        self._answered_at: float | None = None
        self._is_ringing = False
        self._speaking: list[Answer] = []
        self._dies_at: float | None = None
        self._referral: Referral | None = None
        self.is_over = False
        sip.listener = self

    # --- CallListener: what the caller does ---------------------------------------------------------------

    def acknowledged(self, now: float, body: SdpMessage | None) -> None:
        if self._offer and body is not None:
            agreed = accept_answer(body, self._offer)
            if agreed is None or self._stream is None:
                self._finish(now, "exchange", "no common codec")
                self._sip.hang_up(now)
                return
            self._stream.renegotiate(agreed)

    def reoffered(self, now: float, offer: SdpMessage | None) -> str | None:
        if self._stream is None:
            return None
        if offer is None:
            return self._stream.agreed.answer
        host, port = self._stream.rtp.getsockname()
        agreed = agree(offer, host, port)
        if agreed is not None:
            self._stream.renegotiate(agreed)
            if self._ear is not None:
                self._ear.payload_type = agreed.payload_type
        return agreed.answer if agreed else None

    def key_pressed(self, now: float, key: str) -> None:
        self._log(now, "key", key=key)

    def referred(self, now: float, number: str) -> int:
        plan = self._exchange.plan_for(number)
        self._log(now, "referred", number=number, outcome=plan.outcome.value if plan else "unknown")
        if plan is None or self._answered_at is None:
            return 404
        self._referral = Referral(number, plan, now)
        return 202

    def caller_left(self, now: float, how: str) -> None:
        self._finish(now, "robot", how)

    # --- the tick -----------------------------------------------------------------------------------------

    def advance(self, now: float) -> None:
        """Do what is due at ``now`` seconds."""
        if self.is_over:
            return
        if not self._is_ringing and now >= self._ring_at and self._answered_at is None:
            self._ring(now)
        if self._stream is not None:
            self._exchange_frames(now, self._stream)
        if self._referral is not None:
            self._refer(now, self._referral)
        elif self._answered_at is not None:
            self._talk(now)
        elif now >= self._decide_at:
            self._decide(now)

    def abandon(self, now: float) -> None:
        """The exchange closes down."""
        if not self.is_over:
            if self._answered_at is None:
                self._sip.refuse(480, now)
            else:
                self._sip.hang_up(now)
            self._finish(now, "exchange", "closing down")

    def _refer(self, now: float, referral: Referral) -> None:
        """Tell the caller how it goes; meanwhile the resident waits, and afterwards talks with whoever took
        the call."""
        for report in referral.step(now):
            self._log(now, "referral", status=report.status)
            self._sip.report_referral(report.status, now, is_final=report.is_final)
            if report.is_final and report.status == 200:
                self._conversation = None
                self._log(now, "transferred", number=referral.number)
        if referral.is_over:
            self._referral = None

    def _ring(self, now: float) -> None:
        self._is_ringing = True
        if self._plan.outcome is Outcome.ANNOUNCEMENT:
            self._open_early_media(now)
        elif self._plan.status in (200, 487) or self._plan.outcome in _RINGING_OUTCOMES:
            self._sip.provisional(180)
            self._log(now, "ringing")
        else:
            self._decide_at = now  # Busy, not found: said at once.

    def _open_early_media(self, now: float) -> None:
        agreed = self._open_stream(now)
        if agreed is not None and self._stream is not None and self._plan.clip is not None:
            self._sip.provisional(183, agreed.answer)
            self._stream.say(self._plan.clip)
            self._decide_at = now + self._plan.clip.seconds + 0.5
            self._log(now, "early_media")

    def _decide(self, now: float) -> None:
        if self._plan.outcome is Outcome.NO_ANSWER:
            return
        if self._plan.status != 200:
            self._sip.refuse(self._plan.status, now, self._plan.q850_cause)
            self._log(now, "refused", status=self._plan.status)
            self._finish(now, "exchange", str(self._plan.status))
            return
        agreed = self._open_stream(now)
        if agreed is None or self._stream is None:
            return
        self._sip.answer(agreed.answer, now)
        self._answered_at = now
        self._log(now, "answered")
        self._begin(now, self._stream)

    def _begin(self, now: float, stream: MediaStream) -> None:
        """What happens from the answer on, by outcome."""
        outcome = self._plan.outcome
        stream.is_muted = outcome in (Outcome.NO_RTP, Outcome.ECHO)
        if outcome in (Outcome.ANSWERS, Outcome.DIES) and self._resident.persona is not None:
            self._conversation = Conversation(self._resident.persona, now)
            self._pick_up(self._resident.persona.hello, now, stream)
        if outcome is Outcome.DIES:
            self._dies_at = now + self._plan.dies_after_seconds
        if outcome is Outcome.MACHINE and self._plan.clip is not None:
            self._say(Answer("", self._plan.clip), stream)

    def _pick_up(self, hello: Clip | None, now: float, stream: MediaStream) -> None:
        stream.started_at = now
        if hello is not None:
            stream.hush(_PICK_UP_SECONDS)
            self._say(Answer("", hello), stream)

    def _open_stream(self, now: float) -> AgreedMedia | None:
        """Agree on media and open the ports; refuses the call when that is not possible."""
        try:
            rtp, rtcp = open_port_pair(self._exchange.host)
        except NoPortError as error:
            self._refuse(now, 503, str(error))
            return None
        host, port = rtp.getsockname()
        offer = self._sip.offer
        if offer is None:
            self._offer = our_offer(host, port)
            agreed: AgreedMedia | None = AgreedMedia(("127.0.0.1", 9), 8, None, False, self._offer)
        else:
            agreed = agree(offer, host, port)
        if agreed is None:
            rtp.close()
            rtcp.close()
            self._refuse(now, 488, "no common codec")
            return None
        self._stream = MediaStream(agreed, rtp, rtcp, started_at=now)
        self._ear = _Ear(agreed.payload_type)
        return agreed

    def _refuse(self, now: float, status: int, why: str) -> None:
        self._sip.refuse(status, now)
        self._log(now, "refused", status=status)
        self._finish(now, "exchange", why)

    def _exchange_frames(self, now: float, stream: MediaStream) -> None:
        for received in stream.receive():
            if isinstance(received, str):
                self.key_pressed(now, received)
            elif self._plan.outcome is Outcome.ECHO:
                stream.echo(received)
            elif self._ear is not None and self._ear.hear(now, received):
                self._log(now, "heard_start", start=self._ear.listener.started_at)
        for said in stream.send_due(now):
            self._log_said(now, said)

    def _talk(self, now: float) -> None:
        if self._dies_at is not None and now >= self._dies_at:
            self._log(now, "dead")
            self._sip.play_dead()
            self._finish(now, "exchange", "dead")
        elif self._conversation is not None:
            self._converse(now, self._conversation)
        elif self._ear is not None and self._ear.listener.silent_seconds(now) > 1.0:
            self._close_spell(now, None)

    def _converse(self, now: float, conversation: Conversation) -> None:
        assert self._ear is not None
        assert self._stream is not None
        ear = self._ear
        started_at = ear.listener.started_at
        robot = RobotSpeech(
            spoken_for=None if started_at is None else now - started_at,
            silent_seconds=ear.listener.silent_seconds(now),
            identify=lambda: ear.identify(self._exchange.matcher),
        )
        act = conversation.step(now, robot, self._stream.is_saying)
        if conversation.spell_is_over:
            self._close_spell(now, conversation.heard)
        if isinstance(act, Say):
            self._say(act.answer, self._stream)
        elif isinstance(act, HangUp):
            self._sip.hang_up(now)
            self._finish(now, "resident", act.why)

    def _say(self, answer: Answer, stream: MediaStream) -> None:
        if answer.clip is not None:
            self._speaking.append(answer)
            stream.say(answer.clip)
        else:
            stream.press(answer.keys)
            self._log(self._exchange.now(), "keyed", keys=answer.keys, question=answer.question)

    def _close_spell(self, now: float, heard: PromptHeard | None) -> None:
        spell = self._ear.listener.end() if self._ear is not None else None
        if spell is None:
            return
        what = (
            {"question": heard.question, "text": heard.text, "likeness": round(heard.likeness, 3)}
            if heard is not None
            else {}
        )
        self._log(now, "heard", start=spell[0], end=spell[1], **what)

    def _log_said(self, now: float, said: Said) -> None:
        answer = self._speaking.pop(0) if self._speaking else Answer("", said.clip)
        self._log(
            now,
            "said",
            start=said.voiced_from,
            end=said.voiced_to,
            wav=said.clip.name,
            text=said.clip.text,
            question=answer.question,
        )

    def _finish(self, now: float, by: str, how: str) -> None:
        if self.is_over:
            return
        self.is_over = True
        self._close_spell(now, None)
        counts: dict[str, object] = {}
        if self._stream is not None:
            receiver = self._stream.receiver
            counts = {
                "frames_received": receiver.received,
                "frames_expected": receiver.expected,
                "gaps": list(receiver.gaps),
                "frames_sent": self._stream.frames_sent,
                "latest_send": round(self._stream.latest_send, 4),
            }
            self._stream.close()
        self._log(now, "ended", by=by, how=how, **counts)

    def _log(self, now: float, event: str, **data: object) -> None:
        self._exchange.log.write(self.id, now, event, **data)
