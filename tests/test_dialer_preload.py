"""The process that workers are forked from."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from dialer.workers.messages import PRELOAD_VARIABLE, Preload


def test_nothing_that_starts_threads_is_loaded_before_the_fork() -> None:
    code = (
        "import sys, threading, dialer.workers.preload; from dialogs.understanding import understanding_of;"
        "from dialogs.loading import load_script;"
        "print('ctranslate2' in sys.modules, threading.active_count())"
    )
    environment = {**os.environ, PRELOAD_VARIABLE: Preload("health_survey").as_json()}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["False", "1"]


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
