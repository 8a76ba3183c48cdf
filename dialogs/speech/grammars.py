"""WeTextProcessing's grammars, in a process of their own (the only file with wetext).

Both wetext's library (OpenFst by way of kaldifst) and Vosk's keep the register of OpenFst's flags as the one
object of its name that a process may have, each laid out otherwise. Whichever comes second writes over memory
of the first: a crash somewhere later, or a lock that never opens. So they never share a process
(docs/decisions/0015-grammars-apart.md).
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from functools import cache
from threading import Lock
from typing import IO

_TIME_TO_END = 5.0
"""Seconds."""


def normalised(text: str) -> str:
    """Numbers, days, sums and units of a text in words: 5kg -> 五千克.

    The first text waits half a second for the grammars to be loaded, the others a fraction of a millisecond.
    Raises RuntimeError where the process with the grammars has ended.
    """
    return _process_of(os.getpid()).normalised(text)


@cache
def _process_of(_pid: int) -> _GrammarProcess:
    """One for each process that asks; after a fork the old one is the parent's."""
    return _GrammarProcess()


class _GrammarProcess:
    """Answers a line with a line, both JSON strings; ends when its input does."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="ascii",
            start_new_session=True,  # Ctrl-C is for the asking process, which then ends this one
        )
        self._owner = os.getpid()
        atexit.register(self._end)

    def normalised(self, text: str) -> str:
        with self._lock:
            try:
                answer = self._exchange(json.dumps(text) + "\n")
            except BrokenPipeError:
                answer = ""
        if not answer:
            raise RuntimeError("朗读数字和日期的程序（wetext）意外退出，请重新安装后再试一次。")
        return str(json.loads(answer))

    def _exchange(self, line: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line)
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def _end(self) -> None:
        if os.getpid() != self._owner:
            return
        try:
            self._process.communicate(timeout=_TIME_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()  # a forked process still holds the other end of its input
            self._process.communicate()


def serve(questions: IO[str], answers: IO[str]) -> None:
    """Read texts and write them normalised until there are no more."""
    from wetext import Normalizer  # a third of a second

    normalizer = Normalizer(lang="zh", operator="tn")
    for question in questions:
        print(json.dumps(normalizer.normalize(json.loads(question))), file=answers, flush=True)


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
