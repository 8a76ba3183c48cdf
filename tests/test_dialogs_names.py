"""Sentences with the resident's name in them: in one voice, or without the name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from dialogs.loading import load_script
from dialogs.speech.joining import WITHIN_PHRASE_SECONDS
from dialogs.speech.prompts import SAMPLE_RATE, Pcm, Piece, PromptError, PromptLibrary, write_wav
from dialogs.speech.speech_level import speech_bounds, speech_level, to_float

SCRIPT = load_script(Path(__file__).parent / "dialogs_data" / "small_script.yaml")
TEXT, PLAIN = "请问是{name}家吗？", "请问是户主家吗？"


class Hummer:
    """Hums a note for every character; every text in one pitch."""

    def __init__(self, speaker: str = "hummer", db: float = -20.0) -> None:
        self.voice = self.speaker = speaker
        self.said: list[tuple[str, tuple[str, ...]]] = []
        self._db = db

    def synthesize(self, text: str, names: Sequence[str] = ()) -> Pcm:
        self.said.append((text, tuple(names)))
        if text == "失败":
            raise PromptError("synthesis_failed", "不行。")
        time = np.arange(len(text) * SAMPLE_RATE // 5) / SAMPLE_RATE
        amplitude = 32768 * 10 ** (self._db / 20) * np.sqrt(2)
        edge = np.zeros(400, np.int16)
        return np.concatenate([edge, (amplitude * np.sin(2 * np.pi * 220 * time)).astype(np.int16), edge])


def library(tmp_path: Path, synthesizer: Hummer | None, *recordings: Path) -> PromptLibrary:
    return PromptLibrary(SCRIPT, recordings=recordings, cache=tmp_path / "cache", synthesizer=synthesizer)


def recorded_by(folder: Path, voice: str, text: str = PLAIN) -> Path:
    write_wav(folder / "one.wav", np.full(4000, 500, np.int16))
    (folder / "prompts.tsv").write_text(f"one.wav\t{voice}\t{text}\n", encoding="utf-8")
    return folder


def with_name_ready(prompts: PromptLibrary, name: str = "单晓华") -> str:
    text = TEXT.replace("{name}", name)
    for piece in prompts.pieces(text):
        prompts.prepare_piece(piece)
    return text


def test_a_sentence_is_cut_around_the_name(tmp_path: Path) -> None:
    assert library(tmp_path, Hummer()).pieces("请问是单晓华家吗？") == (
        Piece("请问是"),
        Piece("单晓华", is_name=True),
        Piece("家吗？"),
    )
    assert library(tmp_path, Hummer()).pieces(PLAIN) != ()  # 户主 stands where a name may; it is never asked
    assert library(tmp_path, Hummer()).pieces("您好。") == ()


def test_the_name_is_synthesised_as_a_name(tmp_path: Path) -> None:
    hummer = Hummer()
    with_name_ready(library(tmp_path, hummer))
    assert hummer.said == [("请问是", ()), ("单晓华", ("单晓华",)), ("家吗？", ())]


def test_a_sentence_whose_pieces_are_ready_is_joined_without_a_seam(tmp_path: Path) -> None:
    prompts = library(tmp_path, Hummer())
    sound = prompts.sound(with_name_ready(prompts), PLAIN)
    levels = [speech_level(to_float(part)).active_dbov for part in (sound[:4000], sound[6000:10000])]
    assert abs(levels[0] - levels[1]) < 0.5
    start, end = speech_bounds(to_float(sound))
    assert (end - start) / SAMPLE_RATE == pytest.approx(9 / 5 + 2 * WITHIN_PHRASE_SECONDS, abs=0.05)


def test_a_name_that_is_not_ready_is_left_out(tmp_path: Path) -> None:
    hummer = Hummer()
    prompts = library(tmp_path, hummer)
    with_name_ready(prompts)
    prompts.audio(PLAIN)
    count = len(hummer.said)
    assert np.array_equal(prompts.sound("请问是仇建国家吗？", PLAIN), prompts.audio(PLAIN))
    assert len(hummer.said) == count  # nothing is synthesised in a call


def test_a_name_is_not_said_in_another_voice_than_the_recordings(tmp_path: Path) -> None:
    prompts = library(tmp_path, Hummer(), recorded_by(tmp_path / "mine", "小李"))
    assert not prompts.may_say_names
    assert np.array_equal(prompts.sound(with_name_ready(prompts), PLAIN), prompts.audio(PLAIN))
    assert set(prompts.audio(PLAIN)) == {500}


def test_a_name_is_said_in_the_voice_of_the_recordings(tmp_path: Path) -> None:
    prompts = library(tmp_path, Hummer("小李"), recorded_by(tmp_path / "mine", "小李"))
    assert prompts.may_say_names
    assert len(prompts.sound(with_name_ready(prompts), PLAIN)) != 4000


def test_recordings_of_sentences_that_are_no_longer_in_the_script_do_not_count(tmp_path: Path) -> None:
    folder = recorded_by(tmp_path / "mine", "小李", "以前的一句话。")
    assert library(tmp_path, Hummer(), folder).may_say_names


def test_without_a_synthesiser_no_name_is_said(tmp_path: Path) -> None:
    assert not library(tmp_path, None).may_say_names


def test_a_recording_with_the_name_wins(tmp_path: Path) -> None:
    text = TEXT.replace("{name}", "单晓华")
    prompts = library(tmp_path, Hummer(), recorded_by(tmp_path / "mine", "小李", text))
    assert set(prompts.sound(text, PLAIN)) == {500}


def test_names_in_the_cache_are_for_the_owner_alone(tmp_path: Path) -> None:
    with_name_ready(library(tmp_path, Hummer()))
    files = list((tmp_path / "cache").iterdir())
    assert len(files) == 3
    assert {file.stat().st_mode & 0o077 for file in files} == {0}
    assert not any("单" in file.name for file in files)
