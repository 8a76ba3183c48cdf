"""What an answer is taken for: hear, understand."""

from __future__ import annotations

import argparse
import json
import sys
import time
from functools import partial

from asr.audio import Channel
from asr.models import load_recognizer
from campaign.settings import Settings
from commands.arguments import (
    Subparsers,
    command,
    day,
    with_engine,
    with_optional_settings,
)
from commands.common import (
    complain,
    complaints,
    console,
    now,
    prepared_model,
    settings_for_trying,
)
from dialer.practice.answer_report import AnswerReport, Asked, answer_lines
from dialer.practice.answer_trial import hear_files, named_files, understand_texts
from dialogs.loading import load_script


def add_answer_commands(commands: Subparsers) -> None:
    sub = _with_question(command(commands, "hear", hear, "听录音文件里的回答，看会被理解成什么"))
    with_engine(sub)
    sub.add_argument("--model", metavar="目录", help="语音模型（默认设置里的）")
    sub.add_argument(
        "--channel", choices=[channel.value for channel in Channel], default=Channel.MIX.value,
        help="双声道文件听哪一边；通话录音里居民在左（left）",
    )  # fmt: skip
    sub.add_argument("files", nargs="+", metavar="录音", help="声音文件；- 表示从标准输入读文件名")
    sub = _with_question(command(commands, "understand", understand, "看一句回答会被理解成什么"))
    sub.add_argument("texts", nargs="+", metavar="回答", help="居民说的话")


def _with_question(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
    sub.add_argument("--script", default="", metavar="话术", help="话术名或 .yaml 文件（默认设置里的）")
    sub.add_argument("--question", required=True, metavar="问题", help="问的是哪一项，如 symptoms")
    sub.add_argument("--today", type=day, metavar="日期", help="通话那天，如 2026-11-22（默认今天）")
    sub.add_argument("--name", default="", metavar="姓名", help="居民姓名")
    sub.add_argument("--json", action="store_true", help="每个回答一行 JSON")
    return with_optional_settings(sub)


def hear(options: argparse.Namespace) -> int:
    """Say what answers in sound files are taken for."""
    settings = settings_for_trying(options)
    asked = _asked(options, settings)
    recognizer = load_recognizer(prepared_model(settings, complaints))
    files = named_files(options.files, sys.stdin)
    tell = partial(_tell_answer, asked, options.json)
    try:
        return hear_files(
            asked, recognizer, files, Channel(options.channel), time.perf_counter, tell, complain
        )
    finally:
        recognizer.close()


def understand(options: argparse.Namespace) -> int:
    """Say what answers in words are taken for."""
    asked = _asked(options, settings_for_trying(options))
    understand_texts(asked, options.texts, time.perf_counter, partial(_tell_answer, asked, options.json))
    return 0


def _asked(options: argparse.Namespace, settings: Settings) -> Asked:
    today = options.today or now().astimezone(settings.calling.zone).date()
    return Asked(load_script(settings.dialog.script), options.question, today, options.name)


def _tell_answer(asked: Asked, as_json: bool, report: AnswerReport) -> None:
    if as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False), flush=True)
        return
    for line in answer_lines(report, asked.script):
        console.print(line, markup=False, soft_wrap=True)
