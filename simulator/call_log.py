"""The exchange's log: one JSON object a line, one line for each thing that happened in a call.

Keys of every line: ``call`` (id in this log), ``at`` (seconds since 1970, from a monotonic clock), ``event``.
Events and their own keys:

- ``invited``: ``number``, ``name``, ``caller``, ``ordinal``, ``outcome``
- ``ringing``, ``early_media``, ``answered``, ``refused`` (``status``), ``dead``
- ``heard``: ``start``, ``end`` (first and last sound of a spell of the robot's speech, as it arrived), and,
  when the prompt was recognised, ``question``, ``text``, ``likeness``
- ``heard_start``: the robot began to speak at ``start``
- ``said``: ``wav``, ``text``, ``question``, ``start``, ``end`` (first and last voiced frame, as sent)
- ``keyed``: ``keys`` that the resident pressed; ``key``: a ``key`` that the robot pressed
- ``ended``: ``by`` (robot, resident, exchange), ``how``, and the counts of the stream: ``frames_received``,
  ``frames_expected`` (by sequence number), ``gaps`` (lengths of the holes), ``frames_sent``, ``latest_send``
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO


class CallLog:
    """Appends to a file, or gathers in memory (``events``) when there is none."""

    def __init__(self, path: Path | None, wall_time: Callable[[float], float]) -> None:
        """``wall_time`` turns seconds of the exchange's clock into seconds since 1970."""
        self.events: list[dict[str, Any]] = []
        self._wall_time = wall_time
        self._file: TextIO | None = path.open("a", encoding="utf-8") if path else None

    def write(self, call: str, at: float, event: str, **data: Any) -> None:
        for key in ("start", "end"):
            if key in data:
                data[key] = round(self._wall_time(data[key]), 4)
        entry = {"call": call, "at": round(self._wall_time(at), 4), "event": event, **data}
        self.events.append(entry)
        if self._file is not None:
            self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> CallLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
