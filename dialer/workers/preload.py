"""What every worker needs, loaded once: the server that workers are forked from imports this module.

Three workers would otherwise read the same dictionaries and libraries three times, on two cores, before the
first number is dialled; and hold them in memory three times. Nothing here may start a thread.
"""

from __future__ import annotations

import contextlib
import gc
import os
from pathlib import Path

from campaign.errors import ScriptError
from dialer.call.expectations import expectations
from dialer.workers import worker
from dialer.workers.messages import PRELOAD_VARIABLE, Preload
from dialogs.loading import load_script
from dialogs.understanding import understanding_of


def _warm_up() -> None:
    written = os.environ.pop(PRELOAD_VARIABLE, "")
    if not written:
        return
    wanted = Preload.from_json(written)
    try:
        script = load_script(wanted.script)
    except ScriptError:
        return  # the worker that is asked for it tells
    worker.warm_up(script, wanted.today)
    understanding_of(script).load_second_reader()
    if wanted.vosk_model:
        from asr.vosk_pool import RecogniserPool  # not for the other engine

        with contextlib.suppress(ValueError, OSError):  # the worker that loads the model tells
            pool = RecogniserPool(Path(wanted.vosk_model))
            pool.make_ready_apart(list(expectations(script, wanted.today)), wanted.names)


_warm_up()
# What is shared stays shared only as long as nobody writes to it, and the garbage collector does.
gc.collect()
gc.freeze()
