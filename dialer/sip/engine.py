"""pjsua2 in one process: its endpoint, its account, its lines, and the thread that owns them."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future

import pjsua2 as pj

from campaign.errors import LineError
from campaign.settings import TrunkSettings
from dialer.line import MAX_LINES_PER_WORKER
from dialer.sip import configuration
from dialer.sip.account import Account, Registration
from dialer.sip.buffers import fast_copy_works
from dialer.sip.line import SipLine
from dialer.sip.port import LinePort

log = logging.getLogger(__name__)

_STATISTICS_SECONDS = 1.0
_EVENT_POLL_MS = 10
_DECLINE = 603


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
        self.account: Account
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
        return configuration.uri(self._trunk, number)

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
        trunk = self._trunk
        endpoint.libCreate()
        endpoint.libInit(configuration.endpoint_config())
        endpoint.transportCreate(configuration.transport_type(trunk), configuration.transport_config(trunk))
        endpoint.libStart()
        endpoint.audDevManager().setNullDev()
        known = [codec.codecId for codec in endpoint.codecEnum2()]
        for codec, priority in configuration.codec_priorities(trunk, known):
            endpoint.codecSetPriority(codec, priority)
        self.account = Account(self._registered, self._refuse)
        self.account.create(configuration.account_config(trunk))
        fast_copy = fast_copy_works()
        if not fast_copy:
            log.warning("pjsua2's buffers are laid out differently: audio is copied the slow way")
        self.lines = tuple(
            SipLine(self, number, LinePort(f"line-{number}", self.clock, fast_copy))
            for number in self._line_numbers
        )

    def _registered(self, registration: Registration) -> None:
        self.registration = registration

    def _refuse(self, call_id: int) -> None:
        # Rejecting inside the callback aborts the process when the INVITE carries no SDP.
        self.post(lambda: self._decline(call_id))

    def _decline(self, call_id: int) -> None:
        call = pj.Call(self.account, call_id)
        parameters = pj.CallOpParam()
        parameters.statusCode = _DECLINE
        with contextlib.suppress(pj.Error):
            call.hangup(parameters)

    def _shut_down(self, endpoint: pj.Endpoint) -> None:
        with contextlib.suppress(pj.Error):
            endpoint.hangupAllCalls()
        until = self.clock() + 1.0
        while self.clock() < until and any(line.has_call for line in self.lines):
            endpoint.libHandleEvents(_EVENT_POLL_MS)
            self._run_commands()
        with contextlib.suppress(pj.Error):
            self.account.shutdown()
            endpoint.libDestroy()
