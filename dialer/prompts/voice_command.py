"""``wenhou voice list | install | say``: the voices that say what has no recording."""

from __future__ import annotations

import hashlib
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from asr.download import DownloadFailed, download
from campaign.errors import ModelError, WenhouError
from campaign.folders import cache_folder
from campaign.settings import Settings
from dialogs.language.spelling import with_tone_mark
from dialogs.script.voice_choice import FASTEST, KOKORO_VOICES, SLOWEST, Engine, VoiceChoice
from dialogs.speech.prompts import SAMPLE_RATE, write_wav
from dialogs.speech.pronunciation import pronounce
from dialogs.speech.speech_level import speech_level, to_float
from dialogs.speech.spoken_form import spoken_form
from dialogs.speech.voices import (
    kokoro_folder,
    synthesizer_for,
    usual_voice,
    why_unusable,
)

ARCHIVE_SHA256 = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"
"""Of kokoro-js-1.2.1.tgz, which holds the voices."""
ADDRESSES = (
    "https://registry.npmmirror.com/kokoro-js/-/kokoro-js-1.2.1.tgz",
    "https://registry.npmjs.org/kokoro-js/-/kokoro-js-1.2.1.tgz",
)
VOICES_SHA256: Mapping[str, str] = {
    "zf_xiaobei": "5dde6e1c9c4f12c8b327bc29c0cee361a23b52b952c04636858ba637ec66e640",
    "zf_xiaoni": "08892b62a39af0a615cd0581238db7e19e44c578e8fa0bfd0e586e93327d9cba",
    "zf_xiaoxiao": "03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169",
    "zf_xiaoyi": "bc1555c5c486099196ac254bae5e0bb543c121952a3092f50b7d8724f1bc36b3",
    "zm_yunjian": "de48a00bdbf3649f07162269a2b6e0513604389bfac8a2e6c75cb34b323ad6fa",
    "zm_yunxi": "7243892fb4e560d47014090ddf010f8b8b790f3c6b029ff82b2ac06aa4e27c8b",
    "zm_yunxia": "6b2b8fc15b3df19a368daebe5c581c7fabf433ee5b8a17ffd6b3d723cff8936d",
    "zm_yunyang": "261e2c89470534dbbcb8fd98b8fdc495ec94063d9bb6c8277f7be43cccba3f42",
}
_MARKS = "，。！？；：、…"


# --- list -----------------------------------------------------------------------------------------------


def list_voices(console: Console, settings: Settings) -> int:
    """Tell which voices there are and which can be used on this machine."""
    usual = usual_voice(settings)
    console.print(f"sip.conf 里选的是：{usual}（话术里写了 voice: 的，以话术为准）", soft_wrap=True)
    _tell_engine(console, VoiceChoice(), "pyttsx3（系统的合成，espeak-ng）：听得懂，但生硬")
    _tell_engine(console, VoiceChoice(Engine.KOKORO), "kokoro：自然，八个普通话声音")
    for name, told in KOKORO_VOICES.items():
        is_there = (kokoro_folder() / f"{name}.bin").is_file()
        console.print(f"　　{name:<12}{told}{'' if is_there else '　未安装'}", markup=False, soft_wrap=True)
    console.print("试听：wenhou voice say 您好，这里是社区 --engine kokoro --name zf_xiaoxiao", markup=False)
    return 0


def _tell_engine(console: Console, choice: VoiceChoice, told: str) -> None:
    why = why_unusable(choice)
    mark, style = ("✗", "yellow") if why else ("✓", "green")
    console.print(f"{mark} {told}{'。' + why if why else ''}", style=style, markup=False, soft_wrap=True)


# --- install --------------------------------------------------------------------------------------------


def install_voices(console: Console, given: Path | None = None, mirrors: Sequence[str] = ()) -> int:
    """Put Kokoro's Mandarin voices where calls look for them; each is verified.

    Args:
        console: Gets what is done.
        given: The archive kokoro-js-1.2.1.tgz, or a folder with its voices; downloaded where it is not given.
        mirrors: Addresses of the archive that are tried before the usual ones.

    Raises:
        ModelError: ``voices_missing``, ``voices_damaged``, ``voices_unreachable``; ``disk_full``.
    """
    target = kokoro_folder()
    found = (
        _from_folder(given)
        if given and given.is_dir()
        else _from_archive(given or _fetched(console, mirrors))
    )
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, content in found.items():
            with tempfile.NamedTemporaryFile(dir=target, suffix=".part", delete=False) as partial:
                partial.write(content)
            Path(partial.name).replace(target / f"{name}.bin")
    except OSError as error:
        raise ModelError("disk_full", f"写不了 {target}：{error.strerror}。请检查权限和磁盘空间。") from error
    console.print(f"装好了 {len(found)} 个声音，放在 {target}。", style="green", soft_wrap=True)
    if why := why_unusable(VoiceChoice(Engine.KOKORO)):
        console.print(why, style="yellow", soft_wrap=True, markup=False)
    return 0


def _fetched(console: Console, mirrors: Sequence[str]) -> Path:
    archive = cache_folder() / "kokoro-js-1.2.1.tgz"
    with console.status("正在下载 Kokoro 的声音（27 MB）…") as showing:

        def progress(done: int, total: int) -> None:
            showing.update(f"正在下载 Kokoro 的声音… {100 * done // total if total else 0}%")

        try:
            return download([*mirrors, *ADDRESSES], archive, ARCHIVE_SHA256, progress)
        except DownloadFailed as reason:
            raise ModelError(
                "voices_unreachable",
                f"下载不了 Kokoro 的声音（{reason}）。可以在能上网的电脑上下载 {ADDRESSES[0]}，"
                "拷过来后执行 wenhou voice install --from 文件。",
            ) from reason


def _from_archive(archive: Path) -> dict[str, bytes]:
    try:
        with tarfile.open(archive) as package:
            members = {Path(each.name).stem: each for each in package.getmembers() if "/voices/" in each.name}
            streams = {name: package.extractfile(members[name]) for name in KOKORO_VOICES if name in members}
            contents = {name: stream.read() for name, stream in streams.items() if stream is not None}
    except (OSError, tarfile.TarError) as error:
        raise ModelError(
            "voices_missing", f"{archive} 打不开，应当是下载的 kokoro-js-1.2.1.tgz，或放声音文件的文件夹。"
        ) from error
    return _verified(contents, archive)


def _from_folder(folder: Path) -> dict[str, bytes]:
    files = {name: folder / f"{name}.bin" for name in KOKORO_VOICES}
    return _verified({name: file.read_bytes() for name, file in files.items() if file.is_file()}, folder)


def _verified(contents: dict[str, bytes], source: Path) -> dict[str, bytes]:
    missing = [name for name in KOKORO_VOICES if name not in contents]
    if missing:
        raise ModelError("voices_missing", f"{source} 里缺少声音 {'、'.join(missing)}。")
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != VOICES_SHA256[name]:
            raise ModelError("voices_damaged", f"{source} 里的 {name} 是坏的，请重新下载。")
    return contents


# --- say ------------------------------------------------------------------------------------------------


def say(
    console: Console,
    text: str,
    settings: Settings,
    target: Path,
    *,
    engine: str = "",
    name: str = "",
    speed: float | None = None,
    names: Sequence[str] = (),
) -> int:
    """Read a text aloud into a wav, and tell how it is read.

    Args:
        console: Gets the reading.
        text: What is said.
        settings: For the usual voice.
        target: The wav, 8 kHz.
        engine: Another than the usual one, with ``name`` and ``speed``.
        name: Voice of the engine.
        speed: Tempo, 0.5 to 2.
        names: People's names in the text.

    Raises:
        WenhouError: The voice can't be had or the text can't be said.
    """
    choice = usual_voice(settings)
    if engine:
        choice = VoiceChoice(Engine(engine))
    choice = replace(choice, name=name or choice.name, speed=speed or choice.speed)
    _check(choice, text)
    words = spoken_form(text)
    console.print(f"念作：{words}", markup=False, soft_wrap=True)
    told = " ".join(spelt if spelt in _MARKS else with_tone_mark(spelt) for spelt in pronounce(words, names))
    console.print(f"拼音：{told}", markup=False, soft_wrap=True)
    pcm = synthesizer_for(choice).synthesize(text, names)
    write_wav(target, pcm)
    level = speech_level(to_float(pcm)).active_dbov
    console.print(
        f"{choice}：{len(pcm) / SAMPLE_RATE:.1f} 秒，音量 {level:.0f} dB，存成 {target}", soft_wrap=True
    )
    return 0


def _check(choice: VoiceChoice, text: str) -> None:
    if not any(character.isalnum() for character in text):
        raise WenhouError("text_empty", "没有可念的文字，请写一句话。")
    if not SLOWEST <= choice.speed <= FASTEST:
        raise WenhouError("speed_unusable", f"语速应是 {SLOWEST:g} 到 {FASTEST:g} 之间的数，1 是本来的快慢。")
    if choice.engine is Engine.KOKORO and choice.speaker not in KOKORO_VOICES:
        known = "、".join(KOKORO_VOICES)
        raise ModelError("kokoro_voice", f"Kokoro 没有 {choice.speaker} 这个声音，可以用：{known}。")
    if why := why_unusable(choice):
        raise WenhouError("voice_unusable", why)
