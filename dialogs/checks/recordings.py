"""The sound of a script's prompts: whether there is any, and whether it can be played on a telephone."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np

from dialogs.checks.problem import Problem
from dialogs.checks.texts import prompt_path
from dialogs.script import Prompt, Script
from dialogs.speech.prompts import NAME, SAMPLE_RATE, Pcm, PromptError, pattern_of, read_list

Recorded = Mapping[str, Path]
"""Text to recording."""

_SAMPLE_BYTES = 2
_AUDIBLE = 150
"""Peak of 32768 under which nothing is heard on a telephone; -47 dB below full scale."""
_FULL_SCALE = 32_700
_CLIPPED_SAMPLES = 4
"""So many neighbouring samples at full scale are no speech but a cut-off wave."""


def recorded_prompts(script: Script, folders: Sequence[Path]) -> tuple[Recorded, list[Problem]]:
    """The recordings that a call would use, and the lists of recordings that can't be read."""
    shipped = Path(str(resources.files("dialogs").joinpath("scripts", script.name)))
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    for folder in (shipped, *reversed(folders)):
        try:
            found.update(read_list(folder))
        except PromptError as error:
            problems.append(Problem("/script", f"脚本: 录音清单有误：{folder.name}/{error.message}"))
    return found, problems


def recordings(script: Script, recorded: Recorded, can_synthesize: Callable[[], bool]) -> Iterator[Problem]:
    examined: set[Path] = set()
    for prompt in script.prompts():
        for file in sorted({recorded[text] for text in (prompt.text, prompt.plain) if text in recorded}):
            if file not in examined:
                yield from _faults(prompt, file)
            examined.add(file)
    unsaid = without_sound(script, recorded)
    if unsaid and not can_synthesize():
        yield from _unsaid(unsaid)


def without_sound(script: Script, recorded: Recorded) -> list[Prompt]:
    """The prompts that a synthesiser has to say."""
    return [prompt for prompt in script.prompts() if _has_no_sound(prompt, recorded)]


def _has_no_sound(prompt: Prompt, recorded: Recorded) -> bool:
    return bool(prompt.plain) and prompt.plain not in recorded and not _is_recorded_filled(prompt, recorded)


def _is_recorded_filled(prompt: Prompt, recorded: Recorded) -> bool:
    """With the name of a community in it."""
    if prompt.text == prompt.plain or "{" not in prompt.text or NAME in prompt.text:
        return False
    return any(map(pattern_of(prompt.text).fullmatch, recorded))


def _unsaid(prompts: Sequence[Prompt]) -> Iterator[Problem]:
    """One problem a sentence: the numbers of a wording share their plain one."""
    for (path, plain), prompt in {(prompt_path(each), each.plain): each for each in prompts}.items():
        yield Problem(
            path,
            f"{prompt.id}: 没有“{plain}”的录音，这台机器也没有语音合成，说不出来；请录音，或安装 espeak-ng",
            is_warning=True,
        )


@dataclass(frozen=True)
class Sound:
    """What a wav file says of itself, and its samples."""

    rate: int
    channels: int
    sample_bytes: int
    samples: Pcm
    """All channels one after the other; empty where the samples are not of 16 bits."""


def read_sound(file: Path) -> Sound:
    """Raises wave.Error, EOFError or OSError where there is no wav file."""
    with wave.open(str(file), "rb") as sound:
        data = sound.readframes(sound.getnframes())
        width = sound.getsampwidth()
        whole = data[: len(data) // _SAMPLE_BYTES * _SAMPLE_BYTES] if width == _SAMPLE_BYTES else b""
        samples = np.frombuffer(whole, dtype="<i2").astype(np.int16)
        return Sound(sound.getframerate(), sound.getnchannels(), width, samples)


def _faults(prompt: Prompt, file: Path) -> Iterator[Problem]:
    path, label = prompt_path(prompt), f"{prompt.id}: 录音 {file.name}"
    try:
        sound = read_sound(file)
    except (wave.Error, EOFError, OSError):
        yield Problem(path, f"{label} 读不出来，请换成 16 位 PCM 的 wav 文件")
        return
    if sound.sample_bytes != _SAMPLE_BYTES:
        yield Problem(path, f"{label} 是 {8 * sound.sample_bytes} 位的，请存成 16 位 PCM 的 wav 文件")
        return
    if sound.rate != SAMPLE_RATE:
        lost = "，听起来会发闷" if sound.rate < SAMPLE_RATE else ""
        told = f"{label} 的采样率是 {sound.rate} Hz，电话是 {SAMPLE_RATE} Hz{lost}；请存成 {SAMPLE_RATE} Hz"
        yield Problem(path, told, is_warning=True)
    if sound.channels != 1:
        told = f"{label} 有 {sound.channels} 个声道，电话只有一个，会混在一起；请存成单声道"
        yield Problem(path, told, is_warning=True)
    yield from _level_faults(sound.samples, path, label)


def _level_faults(samples: Pcm, path: str, label: str) -> Iterator[Problem]:
    loudness = np.abs(samples.astype(np.int32))
    if loudness.max(initial=0) < _AUDIBLE:
        yield Problem(path, f"{label} 里没有声音，居民什么也听不到；请重录")
    elif _longest_run(loudness >= _FULL_SCALE) >= _CLIPPED_SAMPLES:
        yield Problem(path, f"{label} 音量过大，声音被削平了，会发破；请调低音量重录", is_warning=True)


def _longest_run(flags: np.ndarray) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))
