"""The process that workers are forked from."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys

import pytest

from dialer.workers.messages import PRELOAD_VARIABLE, Preload
from tests.test_asr_vosk import model_folder


@pytest.mark.parametrize(("script", "model"), [("health_survey", ""), ("notice", str(model_folder()))])
def test_nothing_that_starts_threads_is_loaded_before_the_fork(script: str, model: str) -> None:
    code = (
        "import os, sys, dialer.workers.worker; threads = lambda: len(os.listdir('/proc/self/task'));"
        "before = threads(); import dialer.workers.preload;"
        "print('vosk' in sys.modules, 'ctranslate2' in sys.modules, threads() - before)"
    )
    wanted = Preload(script, dt.date(2026, 11, 22), model, ("周明",))
    environment = {**os.environ, PRELOAD_VARIABLE: wanted.as_json(), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == [str(bool(model)), "False", "0"]


@pytest.mark.parametrize(("residents", "is_told"), [(1000, True), (100_000, False)])
def test_what_is_to_be_loaded_fits_into_the_environment(residents: int, is_told: bool) -> None:
    wanted = Preload("health_survey", dt.date(2026, 11, 22), "model", ("王建国",) * residents)
    told = Preload.from_json(wanted.as_json())
    assert (told.script, told.today, told.vosk_model) == ("health_survey", dt.date(2026, 11, 22), "model")
    assert bool(told.names) is is_told
    assert len(wanted.as_json().encode("utf-8")) < 131_072


@pytest.mark.parametrize("command", ["import", "run", "status", "export", "followup"])
def test_what_understands_nothing_does_not_load_the_understanding(command: str) -> None:
    code = (
        f"import sys, cli; cli.parser_for({command!r}); import dialogs.encoder.install;"
        "print([name for name in sys.modules if name.startswith(('dialogs.understanding', 'dialogs.slots'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
