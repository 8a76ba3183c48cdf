"""``wenhou script test --audio``: the answers of a script's tests are spoken, heard as on a call, understood.

Every answer goes through the sound of a telephone (8 kHz, A-law), the detector, the cuts and the recogniser
of a call, with what the question lets one expect. All sounds are made ready before the first conversation,
so that what is missing is told at once and the times are those of hearing alone.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console

from asr.audio import read_sound
from asr.models import PreparedModel, load_recognizer
from asr.noise import in_noise, noise_samples, pink
from asr.recognizer import Pcm
from campaign import folders
from campaign.settings import Settings
from dialer.call.expectations import expected_answer
from dialer.practice.answer_sounds import SYSTEM_SPEAKER, AnswerSounds, answer_voices
from dialer.practice.hearing import SoundHearer
from dialogs.authoring.dialogues import Act, ScriptTest, TestFile
from dialogs.authoring.dialogues_run import Failure, Hear
from dialogs.authoring.recorded_answers import recording, recordings_folder, without_turn
from dialogs.authoring.test_command import test_scripts
from dialogs.machine import Heard, Listen
from dialogs.script import Script
from dialogs.speech.prompts import Synthesizer
from dialogs.understanding import normalised

Clock = Callable[[], float]
_MOST_TOLD = 3
"""Recordings without a turn that are named one by one."""


@dataclass(frozen=True)
class AnswerSound:
    """One answer as it will be played."""

    sound: Pcm
    source: str
    """Chinese: the recording's name, or who read it."""
    voice: str = ""
    """Who read it; empty for a recording."""


@dataclass(frozen=True)
class HeardAnswer:
    """One answer that was played."""

    test: int
    """Line of its test."""
    number: int
    """Of the turn in its test, from 1."""
    said: str
    heard: Heard
    source: str
    voice: str
    """As in ``AnswerSound``."""
    seconds: float
    """From the whole sound to its words."""

    @property
    def is_exact(self) -> bool:
        """Heard word for word; how numbers and dialect words are written does not count."""
        return _bare(self.said) == _bare(self.heard.text)


def _bare(text: str) -> str:
    return "".join(character for character in normalised(text) if character.isalnum())


class SpokenTests:
    """Has the answers of tests spoken; see ``dialogs.authoring.test_command.Aloud``.

    ``voices`` is asked only when an answer without a recording comes up.
    """

    def __init__(
        self,
        console: Console,
        hearer: SoundHearer,
        voices: Callable[[], Sequence[Synthesizer]],
        cache: Path,
        *,
        snr_db: float | None = None,
        clock: Clock = time.perf_counter,
    ) -> None:
        """``snr_db``: noise of a street that far beneath the speech; None: a quiet room."""
        self._console, self._hearer, self._clock = console, hearer, clock
        self._voices, self._cache, self._snr_db = voices, cache, snr_db
        self._sounds: Mapping[tuple[int, int], AnswerSound] = {}
        self._heard: list[HeardAnswer] = []
        self._made: AnswerSounds | None = None

    def ready(self, tests: Path, file: TestFile, script: Script) -> Hear:
        """Find or make the sound of every answer of the file.

        Raises:
            WenhouError: A recording cannot be read, or an answer cannot be synthesised.
        """
        self._heard = []
        self._tell_unused(tests, file)
        with self._console.status("正在准备回答的声音…") as showing:

            def progress(done: int, total: int) -> None:
                showing.update(f"正在准备回答的声音… {done}/{total}")

            self._sounds = self._all_sounds(tests, file, progress)
        return self._hear

    def _tell_unused(self, tests: Path, file: TestFile) -> None:
        unused = [path.relative_to(recordings_folder(tests)) for path in without_turn(tests, file.tests)]
        if unused:
            more = f"等 {len(unused)} 个" if len(unused) > _MOST_TOLD else ""
            named = "、".join(map(str, unused[:_MOST_TOLD])) + more
            self._console.print(
                f"录音没有用上：{named}。{recordings_folder(tests).name} 里的文件夹要和测试同名，"
                "文件名是第几轮。",
                style="yellow", markup=False, soft_wrap=True,
            )  # fmt: skip

    def _all_sounds(
        self, tests: Path, file: TestFile, progress: Callable[[int, int], None]
    ) -> dict[tuple[int, int], AnswerSound]:
        spoken = [
            (index, test, number)
            for index, test in enumerate(file.tests)
            for number, turn in enumerate(test.turns, start=1)
            if turn.act is Act.SAY and _bare(turn.text)
        ]
        sounds = {}
        for done, (index, test, number) in enumerate(spoken):
            progress(done, len(spoken))
            sounds[test.line, number] = self._sound(tests, test, index, number)
        return sounds

    def _sound(self, tests: Path, test: ScriptTest, index: int, number: int) -> AnswerSound:
        file = recording(tests, test.name, number)
        if file is not None:
            return AnswerSound(read_sound(file), f"录音 {file.parent.name}/{file.name}")
        if self._made is None:
            self._made = AnswerSounds(self._voices(), self._cache)
        voice = self._made.voice(index)
        sound = self._made.spoken(test.turns[number - 1].text, voice)
        return AnswerSound(sound, f"{voice.speaker} 合成", voice.speaker)

    # --- while the conversations are held ---------------------------------------------------------------

    def _hear(self, test: ScriptTest, number: int, listen: Listen) -> Heard:
        said = test.turns[number - 1].text
        answer = self._sounds.get((test.line, number))
        if answer is None:  # noise: there is nothing to be said
            return Heard("", 1.0)
        sound = self._in_noise(answer.sound, len(self._heard))
        started = self._clock()
        words = self._hearer.hear(sound, expected_answer(listen))
        seconds = self._clock() - started
        heard = Heard(words.text, words.confidence, words.wordings)
        self._heard.append(HeardAnswer(test.line, number, said, heard, answer.source, answer.voice, seconds))
        return heard

    def _in_noise(self, sound: Pcm, seed: int) -> Pcm:
        if self._snr_db is None:
            return sound
        return in_noise(sound, pink(noise_samples(sound), np.random.default_rng(seed)), self._snr_db)

    # --- the report -------------------------------------------------------------------------------------

    def failure_lines(self, test: ScriptTest, failure: Failure) -> Iterator[str]:
        """What was heard of the turn that failed, and of the turns before it that were heard otherwise."""
        answers = [answer for answer in self._heard if answer.test == test.line]
        for answer in answers:
            if answer.number != failure.number and not answer.is_exact:
                yield f"之前第 {answer.number} 轮，说的“{answer.said}”听成{_quoted(answer.heard.text)}"
        for answer in answers:
            if answer.number == failure.number:
                heard = answer.heard
                yield f"听到：{_quoted(heard.text)}（把握 {heard.confidence:.2f}，{answer.source}）"
                if failure.understood != heard.text:
                    yield f"理解为：{_quoted(failure.understood)}"

    def sum_lines(self) -> Iterator[str]:
        """How many answers were heard word for word, and how long each took."""
        count = len(self._heard)
        if not count:
            yield "没有说出来的回答：这些测试里只有按键、沉默和杂音。"
            return
        exact = sum(answer.is_exact for answer in self._heard)
        spent = [answer.seconds for answer in self._heard]
        around = "" if self._snr_db is None else f"噪声比人声低 {self._snr_db:g} dB，"
        yield (
            f"{around}说了 {count} 句，一字不差听到 {exact} 句（{100 * exact / count:.0f}%）；"
            f"每句听懂平均 {sum(spent) / count:.2f} 秒，最慢 {max(spent):.2f} 秒"
        )
        yield f"声音：{_sources(self._heard)}"
        if any(answer.voice.startswith(SYSTEM_SPEAKER) for answer in self._heard):
            yield (
                "系统合成的声音比真人难懂，听错不一定怪话术；"
                "装上 Kokoro 的声音（见 wenhou voice list）或放真人录音更准。"
            )


def _sources(answers: Sequence[HeardAnswer]) -> str:
    """How many were recorded, how many read by whom."""
    counts = Counter(answer.voice for answer in answers)
    told = [f"录音 {counts.pop('')} 句"] if "" in counts else []
    return "，".join([*told, *(f"{voice} 合成 {count} 句" for voice, count in sorted(counts.items()))])


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "（没有听出字）"


def test_scripts_aloud(
    console: Console,
    names: Sequence[str],
    settings: Settings,
    model: PreparedModel,
    snr_db: float | None,
) -> int:
    """Hold the conversations of the scripts' tests by sound; the exit code is 1 when one goes another way.

    Args:
        console: Gets the report.
        names: Scripts, by name or file; empty: all bundled ones that have tests.
        settings: Name the system's voice.
        model: Hears.
        snr_db: Noise of a street that far beneath the speech; None: none.

    Raises:
        ScriptError: A script or its tests can't be read.
        WenhouError: There is no model, or an answer can neither be played nor read aloud.
    """
    recognizer = load_recognizer(model)
    try:
        aloud = SpokenTests(
            console,
            SoundHearer(recognizer),
            lambda: answer_voices(settings),
            folders.cache_folder() / "answers",
            snr_db=snr_db,
        )
        return test_scripts(console, names, aloud=aloud)
    finally:
        recognizer.close()


test_scripts_aloud.__test__ = False  # type: ignore[attr-defined]  # not one of pytest's
