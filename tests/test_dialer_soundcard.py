"""Microphone and loudspeaker as a line, with a sound card made of paper."""

from __future__ import annotations

import re
import sys

import numpy as np
import pytest

from campaign.records import HungUpBy
from dialer.line import FRAME_SAMPLES, Answered, AudioReceived, Ended, KeyPressed, Pcm, PlaybackFinished
from dialer.soundcard import Exchange, RateConverter, SoundCardError, SoundCardLine

FRAME = np.full(FRAME_SAMPLES, 7, np.int16)


class PaperCard:
    """A sound card whose frames pass when a test says so."""

    def __init__(self) -> None:
        self.exchange: Exchange
        self.is_open = False

    def __call__(self, exchange: Exchange) -> PaperCard:
        self.exchange = exchange
        return self

    def start(self) -> None:
        self.is_open = True

    def stop(self) -> None:
        self.is_open = False

    def close(self) -> None:
        assert not self.is_open


def test_whoever_rehearses_has_picked_up_already() -> None:
    card = PaperCard()
    line = SoundCardLine(card, clock=lambda: 1.0)
    line.dial("")
    assert line.poll() == [Answered(1.0)]
    assert card.is_open


def test_what_is_played_comes_out_frame_by_frame_and_its_end_is_told() -> None:
    card = PaperCard()
    line = SoundCardLine(card, clock=lambda: 1.0)
    line.dial("")
    line.play(np.full(FRAME_SAMPLES + 10, 5, np.int16))
    assert (card.exchange(FRAME) == 5).all()
    second = card.exchange(FRAME)
    assert (second[:10] == 5).all()
    assert not second[10:].any()
    kinds = [type(event) for event in line.poll()]
    assert kinds == [Answered, AudioReceived, PlaybackFinished, AudioReceived]
    assert not card.exchange(FRAME).any()


def test_what_is_said_into_the_microphone_is_heard() -> None:
    card = PaperCard()
    line = SoundCardLine(card)
    line.dial("")
    card.exchange(FRAME)
    (heard,) = [event for event in line.poll() if isinstance(event, AudioReceived)]
    assert (heard.pcm == 7).all()


def test_a_prompt_that_is_stopped_falls_silent_at_once() -> None:
    card = PaperCard()
    line = SoundCardLine(card)
    line.dial("")
    line.play(np.full(8000, 5, np.int16))
    line.stop_playing()
    assert not card.exchange(FRAME).any()


def test_hanging_up_closes_the_card_and_ends_the_call_once() -> None:
    card = PaperCard()
    line = SoundCardLine(card)
    line.dial("")
    line.hang_up()
    line.hang_up()
    assert [type(event) for event in line.poll()] == [Answered, Ended]
    assert not card.is_open


def test_keys_of_the_keyboard_are_telephone_keys() -> None:
    line = SoundCardLine(PaperCard(), clock=lambda: 1.0)
    line.press("#")
    assert line.poll() == [KeyPressed(1.0, "#")]


def test_putting_the_receiver_down_is_the_resident_hanging_up() -> None:
    card = PaperCard()
    line = SoundCardLine(card, clock=lambda: 1.0)
    line.dial("")
    line.put_down()
    _, ended = line.poll()
    assert isinstance(ended, Ended)
    assert ended.cause.hung_up_by is HungUpBy.RESIDENT
    assert not card.is_open


def test_microphone_that_gives_nothing_is_noticed() -> None:
    card = PaperCard()
    line = SoundCardLine(card)
    line.dial("")
    card.exchange(np.full(FRAME_SAMPLES, 3, np.int16))
    assert line.is_deaf
    card.exchange(np.full(FRAME_SAMPLES, -400, np.int16))
    assert not line.is_deaf


@pytest.mark.parametrize("rate", [16000, 44100, 48000])
def test_sound_card_of_another_rate_hears_and_speaks(rate: int) -> None:
    """A tone of 400 Hz comes through in both directions, as many samples as the card asks for."""
    heard: list[Pcm] = []
    phase = np.arange(FRAME_SAMPLES) * 2 * np.pi * 400 / 8000

    def exchange(frame: Pcm) -> Pcm:
        heard.append(frame)
        return (8000 * np.sin(phase)).astype(np.int16)

    convert = RateConverter(rate, exchange)
    block = rate // 50
    tone = (8000 * np.sin(np.arange(50 * block) * 2 * np.pi * 400 / rate)).astype(np.int16)
    said = [convert(tone[start : start + block]) for start in range(0, len(tone), block)]
    assert {len(frame) for frame in said} == {block}
    assert {len(frame) for frame in heard} == {FRAME_SAMPLES}
    assert pitch(np.concatenate(heard[10:]), 8000) == pytest.approx(400, abs=5)
    assert pitch(np.concatenate(said[10:]), rate) == pytest.approx(400, abs=5)


def pitch(sound: Pcm, rate: int) -> float:
    """The strongest frequency, Hz."""
    return float(np.argmax(np.abs(np.fft.rfft(sound))) * rate / len(sound))


class NoSoundDevice:
    """sounddevice on a computer that has no sound card, or one that is taken."""

    class PortAudioError(Exception):
        pass

    def __init__(self, devices: bool) -> None:
        self._devices = devices

    def Stream(self, **_: object) -> None:
        raise self.PortAudioError("Device unavailable", -9985)

    def query_devices(self, kind: str) -> dict[str, float]:
        if not self._devices:
            raise self.PortAudioError("Error querying device -1")
        return {"default_samplerate": 44100.0}


@pytest.mark.parametrize(
    ("devices", "code", "sentence"),
    [
        (False, "no_sound_card", "这台电脑没有可用的麦克风和喇叭。请接好耳机"),
        (True, "sound_card_busy", "打不开麦克风或喇叭（Device unavailable）。请关掉正在用它的程序"),
    ],
)
def test_missing_sound_card_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, devices: bool, code: str, sentence: str
) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", NoSoundDevice(devices))
    with pytest.raises(SoundCardError, match=re.escape(sentence)) as refused:
        SoundCardLine().check()
    assert refused.value.code == code
    assert refused.value.exit_code == 2
