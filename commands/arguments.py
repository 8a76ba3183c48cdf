"""Arguments that several commands have in common."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

Subparsers = Any
"""``argparse._SubParsersAction[argparse.ArgumentParser]``, which has no public name."""
Act = Callable[[argparse.Namespace], int]
Part = Callable[[str, Act, str], argparse.ArgumentParser]
"""Adds one command of a group: its name, what it does, what the help says."""


def command(commands: Subparsers, name: str, act: Act, told: str) -> argparse.ArgumentParser:
    """A command as a bare parser."""
    sub: argparse.ArgumentParser = commands.add_parser(name, help=told, description=told)
    sub.set_defaults(command=act)
    return sub


def group(commands: Subparsers, name: str, told: str) -> Part:
    """A command with commands of its own; gives what adds one. They need no sip.conf."""
    parts = commands.add_parser(name, help=told, description=told).add_subparsers(
        title="命令", required=True, metavar="命令"
    )

    def part(name: str, act: Act, told: str) -> argparse.ArgumentParser:
        sub = with_optional_settings(command(parts, name, act, told))
        sub.set_defaults(script="")
        return sub

    return part


def with_settings(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
    sub.add_argument(
        "-c", "--settings", type=Path, default=Path("sip.conf"), metavar="文件",
        help="设置文件（默认 sip.conf）",
    )  # fmt: skip
    return sub


def with_optional_settings(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
    sub.add_argument(
        "-c", "--settings", type=Path, metavar="文件", help="设置文件（默认 sip.conf，可以没有）"
    )
    return sub


def with_campaign(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
    sub.add_argument("--campaign", type=int, metavar="编号", help="任务编号（默认最近导入的）")
    return sub


def with_engine(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
    sub.add_argument("--engine", choices=("auto", "vosk", "whisper"), help="语音识别引擎（默认设置里的）")
    return sub


def day(written: str) -> dt.date:
    """An argument's type: a date as ``2026-11-22``."""
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期要写成 2026-11-22 这样，不能是“{written}”") from error


def whole(first: int, last: int) -> Callable[[str], int]:
    """An argument's type: a whole number, both ends included."""

    def read(written: str) -> int:
        if not written.isdecimal() or not first <= int(written) <= last:
            raise argparse.ArgumentTypeError(f"要写 {first} 到 {last} 的整数，不能是“{written}”")
        return int(written)

    return read
