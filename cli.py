"""The command line: which commands there are, and exit codes. What they do is in ``commands`` and below.

Exit codes: 0 done, 1 a script has errors or one of its tests fails, 2 something a person must mend (list,
settings, file), 3 trouble on the line, 130 stopped by Ctrl-C with everything kept.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from campaign.errors import WenhouError
from commands.common import INTERRUPTED, complain, complaints

_ADDED_BY: Mapping[str, Sequence[str]] = {
    "campaigns.add_campaign_commands": ("import", "status", "export", "timeline"),
    "reports.add_report_commands": ("report", "households"),
    "privacy.add_privacy_commands": ("purge", "resident", "access-log"),
    "run.add_run_command": ("run",),
    "control.add_control_commands": ("pause", "resume", "stop", "lines", "priority", "repeat"),
    "staff.add_staff_commands": ("calls", "dnc", "followup", "review"),
    "answers.add_answer_commands": ("hear", "understand"),
    "scripts.add_script_commands": ("script", "rehearse"),
    "speech.add_speech_commands": ("model", "voice"),
    "practice.add_practice_commands": ("doctor", "demo", "simulate"),
}
"""What in ``commands`` adds which commands: only what a command needs is loaded for it."""
_SIMULATE = "simulate"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    words = sys.argv[1:] if arguments is None else [*arguments]
    if words[:1] == [_SIMULATE]:
        from simulator.__main__ import main as simulate  # it has arguments of its own

        return simulate(words[1:])
    options = parser_for(words[0] if words else "").parse_args(words)
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


def parser_for(word: str) -> argparse.ArgumentParser:
    """What reads the arguments of that command; of all of them where there is none of that name."""
    parser = argparse.ArgumentParser(prog="wenhou", description="问候：社区智能语音外呼。")
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令")
    wanted = [adder for adder, added in _ADDED_BY.items() if word in added]
    for adder in wanted or _ADDED_BY:
        module, _, name = adder.partition(".")
        getattr(import_module(f"commands.{module}"), name)(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
