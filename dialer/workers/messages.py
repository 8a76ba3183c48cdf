"""What the runner and its worker processes say to each other; plain values, pickled over a pipe."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from asr.models import PreparedModel
from campaign.records import CallEvent, CallResult, SlotValue, Turn
from campaign.settings import Settings


@dataclass(frozen=True)
class WorkerSpec:
    """Everything a worker needs to know for its whole life."""

    worker: int
    lines: tuple[int, ...]
    settings: Settings
    model: PreparedModel
    script: str
    """Name of a bundled script or path of a file."""
    prompt_folders: tuple[Path, ...]
    """Folders with recorded prompts, the first to win."""
    prompt_cache: Path
    log_file: Path
    other_scripts: tuple[str, ...] = ()
    """Of other campaigns in the same run."""
    names: tuple[str, ...] = ()
    """Of those who will be called, who may say them."""


_LONGEST_VARIABLE = 100_000
"""Bytes of a variable of the environment; Linux takes 131,071."""


@dataclass(frozen=True)
class Preload:
    """What workers to come will share; see ``dialer.workers.preload``."""

    script: str
    today: dt.date
    """Where the calls are placed."""
    vosk_model: str = ""
    """Folder of the model, where it is that engine's."""
    names: tuple[str, ...] = ()

    def as_json(self) -> str:
        """As a variable of the environment takes it: without the names, where they do not fit into one."""
        written = json.dumps({**asdict(self), "today": self.today.isoformat()}, ensure_ascii=False)
        is_too_long = len(written.encode("utf-8")) > _LONGEST_VARIABLE
        return replace(self, names=()).as_json() if is_too_long else written

    @staticmethod
    def from_json(written: str) -> Preload:
        told = json.loads(written)
        today = dt.date.fromisoformat(told["today"])
        return Preload(told["script"], today, told["vosk_model"], tuple(told["names"]))


PRELOAD_VARIABLE = "WENHOU_PRELOAD"
"""Environment variable that tells the process from which workers are forked what to load: a ``Preload``."""


def open_log(path: Path) -> int:
    """The log that runner and workers append to, for its owner alone; returns a file descriptor."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


# --- runner to worker ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlaceCall:
    attempt_id: int
    line: int
    number: str
    """Digits as the trunk wants them dialled."""
    fields: Mapping[str, str]
    """Resident fields usable in prompts."""
    recording: str
    """File name inside the recording folder; empty for none."""
    script: str = ""
    """One of those that the worker has; empty for its first."""


@dataclass(frozen=True)
class EndCalls:
    """Say goodbye where somebody is being talked with, cancel what still rings."""


@dataclass(frozen=True)
class Quit:
    """Hang up at once and end the process."""


ToWorker = PlaceCall | EndCalls | Quit


# --- worker to runner ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class WorkerReady:
    worker: int


@dataclass(frozen=True)
class WorkerFailed:
    """The worker cannot start; the process ends after this."""

    worker: int
    code: str
    message: str
    is_line_trouble: bool


@dataclass(frozen=True)
class SlotFilled:
    attempt_id: int
    slot: SlotValue


@dataclass(frozen=True)
class CallEnded:
    result: CallResult
    follow_up_reason: str = ""
    """Why people should look at it although the call ended in an orderly way; Chinese, or empty."""
    was_interrupted: bool = False
    """The call was ended because the run was stopped."""
    had_response: bool = True
    """The trunk answered the INVITE with anything at all."""


FromWorker = WorkerReady | WorkerFailed | CallEvent | Turn | SlotFilled | CallEnded
