"""What every worker needs, loaded once: the server that workers are forked from imports this module.

Three workers would otherwise read the same dictionaries and libraries three times, on two cores, before the
first number is dialled; and hold them in memory three times. Nothing here may start a thread.
"""

from __future__ import annotations

import gc
import os

from campaign.errors import ScriptError
from dialer.workers import worker
from dialer.workers.messages import SCRIPT_VARIABLE
from dialogs.loading import load_script
from dialogs.understanding import understanding_of


def _warm_up() -> None:
    name = os.environ.get(SCRIPT_VARIABLE)
    if not name:
        return
    try:
        script = load_script(name)
    except ScriptError:
        return  # the worker that is asked for it tells
    worker.warm_up(script)
    understanding_of(script).load_second_reader()


_warm_up()
# What is shared stays shared only as long as nobody writes to it, and the garbage collector does.
gc.collect()
gc.freeze()
