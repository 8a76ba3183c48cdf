"""G.711, RTP and hearing of the practice exchange."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import ListError
from simulator.g711 import PCMA, PCMU, decode, encode
from simulator.hearing import KnownPrompt, PromptMatcher, read_prompts, read_wav
from simulator.listening import SpeechListener, is_voiced, voiced_bounds
from simulator.rtp import KeyPress, KeyReceiver, RtpReceiver, RtpSender, parse_packet

PROMPTS = Path(__file__).parent.parent / "dialogs/scripts/health_survey"


@pytest.mark.parametrize(
    ("payload_type", "sample", "octet"),
    # ITU-T G.711: silence, the largest values of either sign, and one in between.
    [
        (PCMA, 8, 0xD5),
        (PCMA, -8, 0x55),
        (PCMA, 32256, 0xAA),
        (PCMA, -32256, 0x2A),
        (PCMU, 0, 0xFF),
        (PCMU, 32124, 0x80),
        (PCMU, -32124, 0x00),
    ],
)
def test_codec_gives_the_octets_of_the_recommendation(payload_type: int, sample: int, octet: int) -> None:
    assert encode(np.array([sample], np.int16), payload_type) == bytes([octet])
    assert decode(bytes([octet]), payload_type)[0] == sample


@given(st.lists(st.integers(-32000, 32000), min_size=1, max_size=200), st.sampled_from([PCMA, PCMU]))
def test_sound_keeps_its_polarity_and_shape(samples: list[int], payload_type: int) -> None:
    pcm = np.array(samples, np.int16)
    back = decode(encode(pcm, payload_type), payload_type).astype(int)
    assert (np.abs(back - pcm) <= np.maximum(np.abs(pcm.astype(int)) / 16, 16)).all()


def test_packets_are_numbered_and_timed_without_holes() -> None:
    sender = RtpSender(PCMA, ssrc=1, sequence=65534, timestamp=2**32 - 160)
    packets = [parse_packet(sender.packet(bytes(160), marker=n == 0)) for n in range(4)]
    assert [p.sequence for p in packets if p] == [65534, 65535, 0, 1]
    assert [p.timestamp for p in packets if p] == [2**32 - 160, 0, 160, 320]
    assert [p.marker for p in packets if p] == [True, False, False, False]


def test_what_is_no_rtp_is_left_alone() -> None:
    assert parse_packet(b"") is None
    assert parse_packet(b"\x80\xc8" + bytes(26)) is None  # an RTCP sender report
    assert parse_packet(b"\x00\x01" + bytes(18)) is None  # STUN


def test_padding_and_header_extensions_are_no_sound() -> None:
    extended = bytes([0xB0, 8]) + bytes(10) + bytes([0, 0, 0, 1]) + bytes(4) + b"sound" + bytes([0, 0, 3])
    packet = parse_packet(extended)
    assert packet is not None
    assert packet.payload == b"sound"


def test_lost_packets_are_counted_and_duplicates_are_not() -> None:
    receiver = RtpReceiver()
    for sequence in [65533, 65534, 65534, 1, 2, 0, 2]:
        receiver.count(sequence)
    assert receiver.expected == 6  # 65533 to 2
    assert receiver.received == 5  # 65535 never came
    assert receiver.gaps == [2]


@given(st.integers(0, 65535), st.sets(st.integers(1, 300)))
def test_whatever_is_dropped_is_missing_in_the_count(start: int, dropped: set[int]) -> None:
    receiver = RtpReceiver()
    for number in range(302):
        if number not in dropped:
            receiver.count((start + number) % 65536)
    assert receiver.expected - receiver.received == len(dropped)


def test_a_key_press_arrives_once_though_its_end_is_sent_three_times() -> None:
    sender = RtpSender(PCMA, ssrc=1, sequence=0, timestamp=0)
    keys = KeyReceiver()
    pressed = []
    for key in "1#":
        press = KeyPress(key, sender.timestamp)
        while not press.is_over:
            packet = parse_packet(press.packet(sender, 101))
            assert packet is not None
            pressed.append(keys.key(packet))
    assert [key for key in pressed if key] == ["1", "#"]


def hear(listener: SpeechListener, frames: str) -> list[float]:
    """Times at which speech is said to begin, for a frame every 20 ms: # voiced, . silent."""
    return [n * 0.02 for n, frame in enumerate(frames) if listener.hear(n * 0.02, frame == "#")]


def test_a_click_is_not_speech() -> None:
    assert hear(SpeechListener(), ".##....#..") == []


def test_speech_begins_with_its_first_frame_and_ends_with_its_last() -> None:
    listener = SpeechListener()
    hear(listener, "." * 10 + "#" * 20 + "." * 15 + "#" * 5 + "." * 25)
    assert listener.silent_seconds(1.48) == pytest.approx(1.48 - 0.98)
    assert listener.end() == pytest.approx((0.2, 0.98))
    assert listener.end() is None


@pytest.mark.parametrize("payload_type", [PCMA, PCMU])
def test_a_frame_is_voiced_when_it_is_louder_than_line_noise(payload_type: int) -> None:
    wave = np.sin(np.arange(160) * 2 * np.pi / 16)
    click = np.zeros(160, np.int16)
    click[80] = 30000

    def voiced(pcm: np.ndarray[Any, Any]) -> bool:
        return is_voiced(encode(pcm.astype(np.int16), payload_type), payload_type)

    assert voiced(2000 * wave)
    assert voiced(300 * wave)
    assert not voiced(80 * wave)
    assert not voiced(click)
    assert not is_voiced(b"", payload_type)


def test_bounds_of_the_voice_leave_out_the_silence() -> None:
    pcm = np.concatenate([np.zeros(800), np.full(1600, 3000), np.zeros(480)]).astype(np.int16)
    assert voiced_bounds(pcm) == (800, 2400)
    assert voiced_bounds(np.zeros(1000, np.int16)) == (0, 0)


@pytest.fixture(scope="module")
def prompts() -> list[KnownPrompt]:
    return read_prompts([PROMPTS])


def test_every_prompt_of_the_survey_is_recognised_by_its_sound(prompts: list[KnownPrompt]) -> None:
    matcher = PromptMatcher(prompts)
    random = np.random.default_rng(20)
    for prompt in prompts:
        lead = np.zeros(random.integers(0, 160), np.int16)  # frames are cut anywhere
        line = np.concatenate([lead, (prompt.pcm * random.uniform(0.4, 1.2)).astype(np.int16)])
        heard = matcher.match(decode(encode(line, PCMA), PCMA))
        assert heard is not None, prompt.text
        assert heard.is_at_end, prompt.text
        # The opening and the answer to "who are you" end in the same words, and nobody answers either.
        is_statement = prompt.question in ("opening", "intent") and heard.question in ("opening", "intent")
        assert heard.question == prompt.question or is_statement, prompt.text


def test_half_a_prompt_is_recognised_as_not_over(prompts: list[KnownPrompt]) -> None:
    prompt = next(prompt for prompt in prompts if prompt.text == "您有没有发热、咳嗽、乏力等不舒服？")
    heard = PromptMatcher(prompts).match(prompt.pcm[: len(prompt.pcm) // 2])
    assert heard is not None
    assert heard.question == "symptoms"
    assert not heard.is_at_end
    assert heard.position_seconds == pytest.approx(len(prompt.pcm) / 16000, abs=0.1)


def test_other_voices_are_hardly_ever_mistaken_for_a_prompt(prompts: list[KnownPrompt]) -> None:
    matcher = PromptMatcher(prompts)
    answers = sorted((Path(__file__).parent.parent / "simulator/residents/audio").glob("[0-9]*/*.wav"))
    mistaken = [path.name for path in answers if matcher.match(read_wav(path)) is not None]
    assert len(answers) > 80
    assert len(mistaken) <= 3


def test_without_prompts_nothing_is_recognised() -> None:
    assert PromptMatcher([]).match(np.ones(8000, np.int16)) is None


def test_a_wav_of_another_rate_is_refused_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as wav:
        wav.setparams((2, 2, 16000, 0, "NONE", ""))
        wav.writeframes(bytes(400))
    with pytest.raises(ListError, match="应为 8000 Hz、16 位、单声道，实际为 16000 Hz、16 位、2 声道"):
        read_wav(path)
    (tmp_path / "b.wav").write_bytes(b"no sound")
    with pytest.raises(ListError, match="无法读取"):
        read_wav(tmp_path / "b.wav")
    with pytest.raises(ListError, match="找不到录音文件"):
        read_wav(tmp_path / "c.wav")
