"""Speech by pyttsx3 (espeak-ng on Linux, SAPI5 on Windows); the only file that imports it.

The engine runs in a process of its own, once for every text: its drivers are native, leave wav files
unfinished, hang, and have been seen to take the interpreter down with them. Run as a program::

    python -m dialogs.speech.pyttsx3_synthesizer VOICE WORDS_PER_MINUTE TEXT PINYIN OUT.wav
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from dialogs.script.voice_choice import VoiceChoice
from dialogs.speech.prompts import Pcm, PromptError
from dialogs.speech.pronunciation import pronounce
from dialogs.speech.speech_level import telephone_speech
from dialogs.speech.spoken_form import spoken_form

_TIMEOUT_SECONDS = 30.0
_WORDS_PER_MINUTE = 175
"""espeak's own measure; about four Mandarin syllables a second."""
_EXIT_NO_ENGINE, _EXIT_NO_VOICE = 3, 4
_MANDARIN = ("huihui", "kangkang", "yaoyao", "cmn-latn-pinyin", "cmn", "zh", "chinese", "mandarin", "普通话")
"""Parts of the names under which engines list their Mandarin voices, the best first."""
_READS_PINYIN = "latn-pinyin"
"""espeak-ng 1.51 garbles Chinese characters (its voice cmn spells them out in English), but speaks pinyin."""


class Pyttsx3Synthesizer:
    """Reads Mandarin aloud with the system's engine. ``voice`` is an id of the engine, or empty for the
    first Mandarin one; ``speed`` is its tempo, 1 for about four syllables a second."""

    def __init__(
        self, voice: str = "", speed: float = 1.0, timeout_seconds: float = _TIMEOUT_SECONDS
    ) -> None:
        choice = VoiceChoice(name=voice, speed=speed)
        self.voice, self.speaker = choice.key, choice.speaker
        self._engine_voice = voice
        self._words_per_minute = round(_WORDS_PER_MINUTE * speed)
        self._timeout_seconds = timeout_seconds

    def synthesize(self, text: str, names: Sequence[str] = ()) -> Pcm:
        """The text as telephone speech. Raises PromptError, whose sentence names the missing package where
        there is one."""
        with tempfile.TemporaryDirectory() as folder:
            wav = Path(folder) / "speech.wav"
            self._run(text, names, wav)
            pcm = _read(wav)
        if not pcm.size:
            raise PromptError(
                "synthesis_failed", f"语音合成没有出声：“{text}”。请检查 espeak-ng 是否完整安装。"
            )
        return pcm

    def _run(self, text: str, names: Sequence[str], wav: Path) -> None:
        words = spoken_form(text)
        pinyin = " ".join(pronounce(words, names)).replace("v", "ü")
        command = [
            sys.executable, "-m", "dialogs.speech.pyttsx3_synthesizer",
            self._engine_voice, str(self._words_per_minute), words, pinyin, str(wav),
        ]  # fmt: skip
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                timeout=self._timeout_seconds,
                check=False,
                env=_environment(),
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired as error:
            seconds = self._timeout_seconds
            raise PromptError(
                "synthesis_failed", f"语音合成超过 {seconds:.0f} 秒没有完成：“{text}”。"
            ) from error
        if done.returncode:
            raise _failure(done.returncode, text, self._engine_voice)


def _environment() -> dict[str, str]:
    """The program must be found wherever we were started from."""
    root = str(Path(__file__).resolve().parents[2])
    path = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{path}" if path else root}


def _failure(code: int, text: str, voice: str) -> PromptError:
    if code == _EXIT_NO_ENGINE:
        return PromptError(
            "synthesizer_missing",
            "没有可用的语音合成。请安装软件包 espeak-ng（sudo apt install espeak-ng）。",
        )
    if code == _EXIT_NO_VOICE:
        wanted = f"叫 {voice} 的声音" if voice else "普通话声音"
        return PromptError(
            "synthesizer_voice_missing",
            f"语音合成里没有{wanted}。请安装软件包 espeak-ng-data，或改正声音的名字。",
        )
    return PromptError("synthesis_failed", f"语音合成失败（退出码 {code}）：“{text}”。")


def _read(wav: Path) -> Pcm:
    try:
        with wave.open(str(wav), "rb") as sound:
            rate, channels = sound.getframerate(), sound.getnchannels()
            data = sound.readframes(sound.getnframes())
    except (wave.Error, EOFError, OSError) as error:
        raise PromptError(
            "synthesis_failed", "语音合成没有写出声音文件。请检查 espeak-ng 和磁盘空间。"
        ) from error
    samples = np.frombuffer(data, dtype="<i2").reshape(-1, channels).mean(axis=1)
    return telephone_speech(samples.astype(np.float32) / np.float32(32768.0), rate)


# --- in the process of its own --------------------------------------------------------------------------


def _speak(voice: str, words_per_minute: str, text: str, pinyin: str, out: str) -> int:
    import pyttsx3

    try:
        engine = pyttsx3.init()
    except (RuntimeError, OSError, ImportError):  # the driver's library is not installed
        return _EXIT_NO_ENGINE
    chosen = _choose(engine.getProperty("voices"), voice)
    if chosen is None:
        return _EXIT_NO_VOICE
    engine.setProperty("voice", chosen)
    engine.setProperty("rate", int(words_per_minute))
    engine.save_to_file(pinyin if _READS_PINYIN in chosen else text, out)
    engine.runAndWait()
    return _wait_until_written(Path(out))


def _choose(voices: object, wanted: str) -> str | None:
    """The id of the wanted voice, or of the first Mandarin one."""
    ids = [str(voice.id) for voice in voices] if isinstance(voices, list) else []
    if wanted:
        return next((one for one in ids if wanted.lower() in one.lower()), None)
    for part in _MANDARIN:
        found = next((one for one in ids if part in one.lower() and "yue" not in one.lower()), None)
        if found:
            return found
    return None


def _wait_until_written(out: Path) -> int:
    # The espeak driver returns before the file is complete.
    deadline = time.monotonic() + 5.0
    size = -1
    while time.monotonic() < deadline:
        now = out.stat().st_size if out.is_file() else -1
        if now > 44 and now == size:  # longer than the header, and no longer growing
            return 0
        size = now
        time.sleep(0.1)  # the engine tells nobody when its file is complete
    return 1


if __name__ == "__main__":
    sys.exit(_speak(*sys.argv[1:6]))
