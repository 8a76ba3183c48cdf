"""The command line: arguments, wiring, exit codes. What it does is done elsewhere.

Exit codes: 0 done, 2 something a person must mend (list, settings, file), 3 trouble on the line,
130 stopped by Ctrl-C with everything kept.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from campaign.errors import EXIT_BAD_INPUT, WenhouError
from campaign.settings import Settings, load_settings
from campaign.store import RunLock, Store

INTERRUPTED = 130

console = Console(highlight=False)
complaints = Console(stderr=True, highlight=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options) or 0)
    except WenhouError as error:
        complaints.print(f"错误：{error.message}", style="red")
        return error.exit_code
    except KeyboardInterrupt:
        complaints.print("已停止。已得到的结果都保存着。", style="yellow")
        return INTERRUPTED
    except BrokenPipeError:
        return 0
