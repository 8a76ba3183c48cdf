"""``wenhou voice list | install | say``."""

from __future__ import annotations

import hashlib
import io
import tarfile
import wave
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from campaign.errors import ModelError, WenhouError
from campaign.settings import Settings
from dialer.prompts import voice_command
from dialer.prompts.voice_command import install_voices, list_voices, say
from dialogs.script.voice_choice import KOKORO_VOICES, Engine, VoiceChoice
from dialogs.speech import voices
from dialogs.speech.prompts import Pcm

CONTENTS = {name: f"voice {name}".encode() for name in KOKORO_VOICES}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in CONTENTS.items()}
    monkeypatch.setattr(voice_command, "VOICES_SHA256", sums)


def screen() -> tuple[Console, io.StringIO]:
    told = io.StringIO()
    return Console(file=told, width=300), told


def archive(folder: Path, contents: dict[str, bytes]) -> Path:
    file = folder / "kokoro-js-1.2.1.tgz"
    with tarfile.open(file, "w:gz") as package:
        for name, content in {**contents, "../../evil": b"x", "af_bella": b"x"}.items():
            member = tarfile.TarInfo(f"package/voices/{name}.bin")
            member.size = len(content)
            package.addfile(member, io.BytesIO(content))
    return file


def installed() -> dict[str, bytes]:
    return {file.stem: file.read_bytes() for file in voices.kokoro_folder().glob("*")}


def test_voices_come_from_the_archive_and_nothing_else_does(tmp_path: Path) -> None:
    console, told = screen()
    assert install_voices(console, archive(tmp_path, CONTENTS)) == 0
    assert installed() == CONTENTS
    assert "装好了 8 个声音" in told.getvalue()


def test_voices_come_from_a_folder(tmp_path: Path) -> None:
    for name, content in CONTENTS.items():
        (tmp_path / f"{name}.bin").write_bytes(content)
    install_voices(screen()[0], tmp_path)
    assert installed() == CONTENTS


def test_damaged_and_missing_voices_are_named_and_nothing_is_installed(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="zf_xiaoni 是坏的"):
        install_voices(screen()[0], archive(tmp_path, {**CONTENTS, "zf_xiaoni": b"half"}))
    less = {name: content for name, content in CONTENTS.items() if name != "zm_yunxi"}
    with pytest.raises(ModelError, match="缺少声音 zm_yunxi"):
        install_voices(screen()[0], archive(tmp_path, less))
    assert installed() == {}


def test_what_is_no_archive_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.tgz").write_text("no archive")
    with pytest.raises(ModelError, match="打不开"):
        install_voices(screen()[0], tmp_path / "x.tgz")
    with pytest.raises(ModelError, match="打不开"):
        install_voices(screen()[0], tmp_path / "none.tgz")


def test_an_unreachable_site_tells_how_to_bring_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_command, "ADDRESSES", ("http://127.0.0.1:9/kokoro-js-1.2.1.tgz",))
    with pytest.raises(ModelError, match="wenhou voice install --from 文件"):
        install_voices(screen()[0])


def test_the_list_tells_what_is_used_and_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(voices._WHY_UNUSABLE, Engine.KOKORO, lambda choice: "没有装。")
    console, told = screen()
    settings = Settings().replace(dialog={"voice_engine": "kokoro", "voice": "zm_yunyang"})
    assert list_voices(console, settings) == 0
    assert "sip.conf 里选的是：kokoro zm_yunyang" in told.getvalue()
    assert "✗ kokoro：自然，八个普通话声音。没有装。" in told.getvalue()
    assert all(name in told.getvalue() for name in KOKORO_VOICES)


class Voice:
    speaker = voice = "voice"

    def synthesize(self, text: str, names: object = ()) -> Pcm:
        return np.tile(np.array([3000, -3000], np.int16), 4000)


def test_a_text_is_said_and_its_reading_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[VoiceChoice] = []
    monkeypatch.setattr(voice_command, "synthesizer_for", lambda choice: chosen.append(choice) or Voice())
    monkeypatch.setattr(voice_command, "why_unusable", lambda choice: "")
    console, told = screen()
    target = tmp_path / "x.wav"
    say(console, "单晓华住3-2-501", Settings(), target, engine="kokoro", speed=0.9, names=["单晓华"])
    assert "念作：单晓华住三号楼二单元五零幺" in told.getvalue()
    assert "拼音：shàn xiǎo huá zhù sān hào lóu" in told.getvalue()
    assert chosen == [VoiceChoice(Engine.KOKORO, "", 0.9)]
    with wave.open(str(target)) as sound:
        assert (sound.getframerate(), sound.getnframes()) == (8000, 8000)


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("。", {}, "没有可念的文字"),
        ("您好", {"speed": 9.0}, "语速应是 0.5 到 2 之间的数"),
        ("您好", {"engine": "kokoro", "name": "zf_x"}, "Kokoro 没有 zf_x 这个声音"),
        ("您好", {"engine": "kokoro"}, "没有装"),
    ],
)
def test_what_cannot_be_said_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, options: dict[str, object], sentence: str
) -> None:
    monkeypatch.setattr(voice_command, "why_unusable", lambda choice: "没有装。")
    with pytest.raises(WenhouError, match=sentence):
        say(screen()[0], text, Settings(), tmp_path / "x.wav", **options)  # type: ignore[arg-type]
