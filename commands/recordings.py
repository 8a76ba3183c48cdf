"""Recordings of a script by people: record, texts, import-recordings."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands.arguments import (
    Part,
)
from commands.common import (
    console,
    settings_for_trying,
)
from dialer.prompts.import_recordings import import_recordings
from dialer.prompts.microphone import SoundCardMicrophone
from dialer.prompts.record_command import record
from dialer.soundcard import choose_device
from dialogs.authoring.texts_command import texts_sheet


def record_call_script(options: argparse.Namespace) -> int:
    if options.device:
        choose_device(options.device)
    return record(
        console, options.script, settings_for_trying(options), SoundCardMicrophone(),
        only=options.only, everything=options.all, voice=options.voice,
    )  # fmt: skip


def list_recording_texts(options: argparse.Namespace) -> int:
    target = options.csv or Path(f"{Path(options.script).stem}-录音文字.csv")
    return texts_sheet(console, options.script, target, settings_for_trying(options), is_complete=options.all)


def import_call_recordings(options: argparse.Namespace) -> int:
    settings = settings_for_trying(options)
    return import_recordings(console, options.script, options.files, settings, voice=options.voice)


def add_recording_commands(part: Part) -> None:
    def with_script(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
        sub.add_argument("script", metavar="话术", help="话术名或 .yaml 文件")
        return sub

    def with_speaker(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
        sub.add_argument("--voice", default="", metavar="姓名", help="谁的声音，记在录音清单里")
        return sub

    sub = with_speaker(with_script(part("record", record_call_script, "对着麦克风，录下还没有录音的句子")))
    sub.add_argument(
        "--only", nargs="+", default=[], metavar="句子", help="只录这几句，有录音的也重录；写文件名或它的开头"
    )
    sub.add_argument("--all", action="store_true", help="可录可不录的句子也录")
    sub.add_argument("--device", default="", metavar="麦克风", help="用哪个麦克风：名字的一部分，或编号")
    sub = with_script(part("texts", list_recording_texts, "列出要请人念的句子，存成 Excel 能打开的 csv"))
    sub.add_argument("--csv", type=Path, metavar="文件", help="默认 话术名-录音文字.csv")
    sub.add_argument("--all", action="store_true", help="可录可不录的句子也列出")
    sub = with_speaker(
        with_script(part("import-recordings", import_call_recordings, "导入录好的声音文件，转成电话的格式"))
    )
    sub.add_argument("files", nargs="+", type=Path, metavar="文件", help="声音文件或放它们的文件夹")
