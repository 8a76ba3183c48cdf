"""What staff do with calls and the queue: calls, dnc, followup, review; their arguments are with them."""

from __future__ import annotations

from commands.arguments import Subparsers
from commands.common import console, now
from exports.staff_commands import StaffCommands


def add_staff_commands(commands: Subparsers) -> None:
    StaffCommands(console, now).add(commands)
