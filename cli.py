"""The command line: which commands there are, and exit codes. What they do is in ``commands`` and below.

Exit codes: 0 done, 1 a script has errors or one of its tests fails, 2 something a person must mend (list,
settings, file), 3 trouble on the line, 130 stopped by Ctrl-C with everything kept.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from campaign.errors import WenhouError
from commands.answers import add_answer_commands
from commands.campaigns import add_campaign_commands
from commands.common import INTERRUPTED, complain, complaints, console, now
from commands.control import add_control_commands
from commands.practice import SIMULATE, add_practice_commands
from commands.privacy import add_privacy_commands
from commands.reports import add_report_commands
from commands.run import add_run_command
from commands.scripts import add_script_commands
from commands.speech import add_speech_commands
from exports.staff_commands import StaffCommands
from simulator.__main__ import main as simulate


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    words = sys.argv[1:] if arguments is None else [*arguments]
    if words[:1] == [SIMULATE]:
        return simulate(words[1:])  # it has arguments of its own
    options = _parser().parse_args(words)
    try:
        return int(options.command(options))
    except WenhouError as error:
        complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        complaints.print("已停止。已得到的结果都保存着。", style="yellow")
        return INTERRUPTED
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wenhou", description="问候：社区智能语音外呼。")
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令")
    add_campaign_commands(commands)
    add_report_commands(commands)
    add_privacy_commands(commands)
    add_run_command(commands)
    add_control_commands(commands)
    StaffCommands(console, now).add(commands)
    add_answer_commands(commands)
    add_script_commands(commands)
    add_speech_commands(commands)
    add_practice_commands(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
