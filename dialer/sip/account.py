"""The account at the trunk: what it said to REGISTER, and calls that come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pjsua2 as pj


@dataclass(frozen=True)
class Registration:
    """Final answer of the trunk to REGISTER; status 0 while there is none."""

    status: int = 0
    reason: str = ""

    @property
    def is_registered(self) -> bool:
        return 200 <= self.status < 300


class Account(pj.Account):  # type: ignore[misc]
    """Callbacks of the account, on the engine's thread."""

    def __init__(
        self, on_registration: Callable[[Registration], None], on_incoming: Callable[[int], None]
    ) -> None:
        super().__init__()
        self._on_registration = on_registration
        self._on_incoming = on_incoming

    def onRegState(self, prm: Any) -> None:
        self._on_registration(Registration(prm.code, prm.reason))

    def onIncomingCall(self, prm: Any) -> None:
        self._on_incoming(prm.callId)
