"""One SIP call: the callbacks of pjsua2 become events of its line."""

from __future__ import annotations

import re
from typing import Any, Protocol

import pjsua2 as pj

from campaign.records import CallCause, HungUpBy
from dialer.line import Answered, EarlyMedia, KeyPressed, LineEvent, Ringing, TransferStatus

_REASON_CAUSE = re.compile(r"^Reason:[^\r\n]*Q\.850\s*;\s*cause\s*=\s*(\d+)", re.MULTILINE | re.IGNORECASE)


class CallOwner(Protocol):
    """The line that a call is on."""

    is_hanging_up: bool

    @property
    def port(self) -> pj.AudioMediaPort: ...

    def now(self) -> float: ...

    def emit(self, event: LineEvent) -> None: ...

    def call_ended(self, call: SipCall, cause: CallCause) -> None: ...


class SipCall(pj.Call):  # type: ignore[misc]
    """Callbacks of one call, on the engine's thread."""

    def __init__(self, account: pj.Account, line: CallOwner) -> None:
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
            q850_cause=q850_cause(_message(prm)),
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


def _message(prm: Any) -> str:
    """The SIP message that changed the call's state; empty where none came in."""
    try:
        return prm.e.body.tsxState.src.rdata.wholeMsg or ""
    except (AttributeError, pj.Error):
        return ""


def q850_cause(message: str) -> int:
    """The cause of ITU-T Q.850 in a message's Reason header (RFC 3326); 0 where it has none."""
    found = _REASON_CAUSE.search(message)
    return int(found.group(1)) if found else 0
