"""The embedded engine: its features and guards by themselves, then the real model with spoken answers."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from pathlib import Path
from types import SimpleNamespace

import ctranslate2
import numpy as np
import pytest

from asr import features
from asr.audio import read_wav
from asr.features import FEATURE_RATE, log_mel
from asr.models import load_recognizer, prepare
from asr.recognizer import SAMPLE_RATE, Expectation, Likelihood, Pcm
from asr.weighing import weighed_by
from asr.whisper_recognizer import (
    TAUGHT_MARGINS,
    WhisperRecognizer,
    _Decoder,
    is_invented,
    plain_words,
    window_for,
    without_repetition,
)
from tests.byte_level import spelled

ANSWERS = Path(__file__).parent.parent / "simulator" / "residents" / "audio"
ANYTHING = Expectation(is_open=True)


# --- features -----------------------------------------------------------------------------------------


def test_features_have_80_bands_and_a_hundred_steps_a_second() -> None:
    assert log_mel(np.zeros(FEATURE_RATE, np.float32), 8.0).shape == (80, 800)


@pytest.mark.parametrize(("hertz", "band"), [(200, 4), (1000, 24), (3400, 56)])
def test_a_tone_is_loudest_in_the_band_of_its_pitch(hertz: float, band: int) -> None:
    tone = np.sin(2 * np.pi * hertz * np.arange(FEATURE_RATE) / FEATURE_RATE).astype(np.float32)
    assert abs(int(log_mel(tone, 2.0)[:, 50].argmax()) - band) <= 2


def test_bands_without_their_zeros_give_what_the_whole_filterbank_gives() -> None:
    power = np.random.default_rng(1).random((50, 201), np.float32)
    assert np.allclose(features._energies(power), features._filterbank() @ power.T, atol=1e-6)


def test_sound_longer_than_the_window_is_cut() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 3 * FEATURE_RATE).astype(np.float32)
    assert log_mel(noise, 2.0).shape == (80, 200)


# --- which wording ------------------------------------------------------------------------------------


def as_they_are(*merits: float) -> Likelihood:
    """What people say that sounds like a wording is the wording itself."""
    return lambda texts: list(zip(texts, merits, strict=False))


def likeliest(texts: list[str], sounds: list[float], merits: list[float]) -> str:
    return weighed_by(as_they_are(*merits), texts, sounds)[0].said.text


def test_of_wordings_that_fit_the_sound_alike_the_one_that_people_say_is_taken() -> None:
    assert likeliest(["八口字", "八口子"], [-0.5, -1.8], [-9.0, -4.5]) == "八口子"


def test_what_the_sound_says_clearly_no_habit_outweighs() -> None:
    assert likeliest(["我不发烧", "我发烧"], [-0.1, -9.0], [-9.0, -4.5]) == "我不发烧"


def test_what_fits_the_sound_far_worse_is_not_chosen_for_being_likelier() -> None:
    assert likeliest(["充点电费", "充电电费"], [-0.1, -3.6], [-9.0, -4.6]) == "充点电费"
    assert likeliest(["八口字", "八口子"], [-0.1, -2.6], [-9.0, -4.6]) == "八口子"


def test_the_shares_of_wordings_are_those_of_one_whole() -> None:
    weighed = weighed_by(as_they_are(-2.0, -2.0), ["我没有", "我有", "我没油"], [-0.5, -1.0, -9.0])
    assert [each.said.text for each in weighed] == ["我没有", "我有"]  # the third is too far from the sound
    assert sum(each.said.score for each in weighed) == pytest.approx(1.0)
    assert weighed[0].said.score > weighed[1].said.score > 0.1


def test_wordings_behind_which_people_say_the_same_count_together() -> None:
    said = {"小毒液": ("消毒液", -2.0), "笑毒液": ("消毒液", -2.0), "小肚爷": ("小肚爷", -1.5)}
    weighed = weighed_by(lambda texts: [said[text] for text in texts], list(said), [-1.0, -0.9, -1.0])
    assert [each.said.text for each in weighed] == ["消毒液", "小肚爷"]
    assert weighed[0].wording == 1  # the one that fits the sound best of those


def test_habit_chooses_but_hardly_counts_in_the_shares() -> None:
    best, other = weighed_by(as_they_are(-4.0, -9.0), ["没有咳嗽", "有咳嗽"], [-1.5, -1.0])
    assert best.said.text == "没有咳嗽"
    assert other.said.score > 0.25


class Hearing:
    """In place of the model: two wordings, the one that people say fitting the sound worse."""

    beam_size = 0

    def encode(self, features: object) -> object:
        return features

    def generate(self, *_: object, beam_size: int, **__: object) -> list[SimpleNamespace]:
        self.beam_size = beam_size
        wordings = [[spelled(character) for character in text] for text in ("八口字。", "八口子。")]
        return [SimpleNamespace(sequences=wordings, scores=[-0.3, -1.2], no_speech_prob=0.99)]


def decoder_of(model: Hearing, monkeypatch: pytest.MonkeyPatch) -> _Decoder:
    monkeypatch.setattr(ctranslate2.StorageView, "from_array", lambda array: array)
    decoder = object.__new__(_Decoder)
    decoder._model, decoder._margins = model, TAUGHT_MARGINS
    return decoder


def test_whether_anybody_spoke_is_judged_by_what_fits_the_sound_best(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decoder = decoder_of(Hearing(), monkeypatch)
    heard = decoder._words(np.zeros(SAMPLE_RATE, np.int16), 1.0, as_they_are(-9.0, -2.0))
    assert heard.text == "八口子"
    assert [each.text for each in heard.wordings] == ["八口子", "八口字"]


def test_what_the_engine_wrote_itself_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    decoder = decoder_of(Hearing(), monkeypatch)
    heard = decoder._words(
        np.zeros(SAMPLE_RATE, np.int16), 1.0, lambda texts: [("八口子", -2.0)] * len(texts)
    )
    assert (heard.text, heard.written) == ("八口子", "八口字")
    assert heard.confidence == pytest.approx(exp(-0.3))  # that of the wording it comes from


def followed(monkeypatch: pytest.MonkeyPatch, noise_db: float, likelihood: Likelihood | None) -> int:
    """How many wordings are followed of a tone that comes and goes, so many decibels above its noise."""
    model = Hearing()
    decoder = decoder_of(model, monkeypatch)
    times = np.arange(2 * SAMPLE_RATE) / SAMPLE_RATE
    tone = 4000 * np.sin(2 * np.pi * 300 * times) * (times % 0.5 < 0.25)
    noise = np.random.default_rng(1).normal(0, 4000 / np.sqrt(2) / 10 ** (noise_db / 20), len(times))
    decoder._words((tone + noise).astype(np.int16), 2.0, likelihood)
    return model.beam_size


def test_more_wordings_are_followed_in_noise(monkeypatch: pytest.MonkeyPatch) -> None:
    likelihood = as_they_are(-9.0, -2.0)
    in_noise, in_quiet = followed(monkeypatch, 15, likelihood), followed(monkeypatch, 30, likelihood)
    assert in_noise > in_quiet > 1
    assert followed(monkeypatch, 15, None) == 1  # nothing to hold them against


# --- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decoded", "words"),
    [
        ("沒有，都挺好的。", "没有都挺好的"),
        (" 36.5度！", "36.5度"),
        ("三十六度五...", "三十六度五"),
        ("37℃", "37℃"),
        ("", ""),
    ],
)
def test_words_come_out_simplified_and_without_punctuation(decoded: str, words: str) -> None:
    assert plain_words(decoded) == words


@pytest.mark.parametrize(
    ("decoded", "words"),
    [
        ("11月13号回到11月13号回到", "11月13号回到"),
        ("去了上海去了上海去了上", "去了上海"),
        ("没有没有", "没有没有"),
        ("没有没有没有", "没有没有没有"),
        ("我在北京我在上海", "我在北京我在上海"),
    ],
)
def test_what_the_decoder_says_twice_is_kept_once_but_not_what_people_say_twice(
    decoded: str, words: str
) -> None:
    assert without_repetition(decoded) == words


@pytest.mark.parametrize(
    ("text", "seconds", "log_probability", "no_speech"),
    [
        ("字幕由志愿者提供", 3.0, -0.2, 0.1),
        ("谢谢观看", 2.0, -0.2, 0.1),
        ("请不吝点赞订阅转发打赏支持明镜", 4.0, -0.3, 0.1),
        ("没有", 2.0, -1.4, 0.9),
        ("我们今天要去一个非常远的地方看风景", 0.6, -0.3, 0.0),
        ("好好好好好好好好好好好好好好好好好好好好", 3.0, -0.1, 0.0),
    ],
)
def test_words_that_the_model_makes_up_are_thrown_away(
    text: str, seconds: float, log_probability: float, no_speech: float
) -> None:
    assert is_invented(text, seconds, log_probability, no_speech)


@pytest.mark.parametrize("text", ["没有谢谢", "谢谢", "不需要谢谢大家关心", "三十六度五", "没有没有没有没有"])
def test_words_that_people_say_are_kept(text: str) -> None:
    assert not is_invented(text, 2.0, -0.4, 0.05)


def test_the_window_leaves_room_after_the_sound() -> None:
    assert window_for(0.5) == 8.0
    assert window_for(9.2) == 12.0
    assert window_for(29.0) == 30.0


# --- the real model -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whisper() -> Iterator[WhisperRecognizer]:
    recognizer = load_recognizer(prepare("whisper"))
    assert isinstance(recognizer, WhisperRecognizer)
    yield recognizer
    recognizer.close()


def spoken(name: str) -> Pcm:
    """An answer as a call hears it, with silence before and after."""
    return np.pad(read_wav(ANSWERS / name), (1200, 2400))


def test_clear_answers_are_understood(whisper: WhisperRecognizer) -> None:
    answers = {
        "01/identity.wav": "是我我就是",
        "01/symptoms.wav": "没有都挺好的",
        "02/needs.wav": "不需要小区什么时候解封呀",
        "04/needs.wav": "不需要谢谢",
        "08/temperature.wav": "没听清楚再说一遍好吗",
        "10/identity.wav": "不是你打错了",
    }
    heard = {name: whisper.transcribe(spoken(name)).text for name in answers}
    right = [name for name, text in answers.items() if heard[name] == text]
    assert len(right) >= 5, heard  # one homophone is forgiven: rounding differs between processors


def test_silence_and_hiss_are_no_words(whisper: WhisperRecognizer) -> None:
    hiss = np.random.default_rng(1).normal(0, 20, 2 * SAMPLE_RATE).astype(np.int16)
    assert whisper.transcribe(np.zeros(2 * SAMPLE_RATE, np.int16)).text == ""
    assert whisper.transcribe(hiss).text == ""
    assert whisper.transcribe(np.zeros(0, np.int16)).text == ""


def test_an_answer_is_fed_in_frames_and_finished(whisper: WhisperRecognizer) -> None:
    sound = spoken("01/symptoms.wav")
    utterance = whisper.listen(ANYTHING)
    for start in range(0, len(sound), 160):
        utterance.accept(sound[start : start + 160])
    hypothesis = utterance.finish().result(timeout=30)
    assert (hypothesis.engine, hypothesis.is_final) == ("whisper", True)
    assert 0.3 < hypothesis.confidence <= 1.0
    assert hypothesis.audio_seconds == pytest.approx(len(sound) / SAMPLE_RATE)
    assert hypothesis.decode_seconds > 0


def test_the_guess_made_in_the_pause_is_the_answer_when_nothing_more_is_said(
    whisper: WhisperRecognizer,
) -> None:
    utterance = whisper.listen(ANYTHING)
    utterance.accept(spoken("01/symptoms.wav"))
    assert utterance.partial() is None
    utterance.speculate()
    _wait_for_guesses(whisper)
    guess = utterance.partial()
    assert guess is not None
    assert not guess.is_final
    assert utterance.partial() is guess
    utterance.accept(np.zeros(4000, np.int16))
    final = utterance.finish()
    assert final.done()  # nothing was decoded again
    assert (final.result().text, final.result().is_final) == (guess.text, True)


def test_a_guess_is_void_when_speech_goes_on(whisper: WhisperRecognizer) -> None:
    utterance = whisper.listen(ANYTHING)
    utterance.accept(spoken("10/identity.wav")[:6000])
    utterance.speculate()
    _wait_for_guesses(whisper)
    utterance.resume()
    assert utterance.partial() is None
    utterance.accept(spoken("10/identity.wav")[6000:])
    hypothesis = utterance.finish().result(timeout=30)
    assert hypothesis.audio_seconds == pytest.approx(len(spoken("10/identity.wav")) / SAMPLE_RATE)


def test_an_answer_that_is_waited_for_overtakes_guesses(whisper: WhisperRecognizer) -> None:
    order: list[str] = []
    sound = spoken("01/needs.wav")
    guesses = [whisper.listen(ANYTHING) for _ in range(3)]
    for guess in guesses:
        guess.accept(sound)
        guess.speculate()
    last = whisper.submit(sound, priority=1)
    last.add_done_callback(lambda _: order.append("guess"))
    waited = whisper.listen(ANYTHING)
    waited.accept(sound)
    final = waited.finish()
    final.add_done_callback(lambda _: order.append("answer"))
    last.result(timeout=30)
    assert order == ["answer", "guess"]


def test_what_is_cancelled_is_not_decoded(whisper: WhisperRecognizer) -> None:
    whisper.submit(spoken("01/needs.wav"), priority=0)  # keeps the decoder busy
    utterance = whisper.listen(ANYTHING)
    utterance.accept(spoken("01/needs.wav"))
    final = utterance.finish()
    utterance.cancel()
    assert final.cancelled()


def test_closing_cancels_what_is_pending() -> None:
    recognizer = load_recognizer(prepare("whisper"))
    assert isinstance(recognizer, WhisperRecognizer)
    pending = [recognizer.submit(spoken("01/needs.wav"), priority=0) for _ in range(4)]
    recognizer.close()
    assert pending[-1].cancelled()
    assert recognizer.submit(spoken("01/needs.wav"), priority=0).cancelled()


def _wait_for_guesses(whisper: WhisperRecognizer) -> None:
    """Guesses are decoded in order: when a last one is done, so are those before."""
    whisper.submit(np.zeros(160, np.int16), priority=1).result(timeout=30)
