"""Which voice says what has no recording: an engine, one of its voices, and how fast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SLOWEST, FASTEST = 0.5, 2.0


class Engine(StrEnum):
    PYTTSX3 = "pyttsx3"  # espeak-ng on Linux, SAPI5 on Windows
    KOKORO = "kokoro"  # the extra "voice"


KOKORO_VOICES: Mapping[str, str] = {
    "zf_xiaobei": "女声，中音",
    "zf_xiaoni": "女声，中音",
    "zf_xiaoxiao": "女声，中音",
    "zf_xiaoyi": "女声，高音（自带的录音就是它，语速 1.12）",
    "zm_yunjian": "男声，低音",
    "zm_yunxi": "男声，中音",
    "zm_yunxia": "男孩的声音，高音",
    "zm_yunyang": "男声，低音",
}
"""The eight Mandarin voices, with their median pitch: low under 150 Hz, high from 250 Hz."""
DEFAULT_KOKORO_VOICE = "zf_xiaoyi"


@dataclass(frozen=True)
class VoiceChoice:
    engine: Engine = Engine.PYTTSX3
    name: str = ""
    """Voice of the engine; empty for its usual Mandarin one."""
    speed: float = 1.0
    """Tempo, 0.5 to 2; 1 is the voice's own."""

    @property
    def speaker(self) -> str:
        """Who is heard, as in the column ``voice`` of a list of recordings."""
        if self.engine is Engine.KOKORO:
            return self.name or DEFAULT_KOKORO_VOICE
        return f"{self.engine}:{self.name}" if self.name else str(self.engine)

    @property
    def key(self) -> str:
        """Part of the cache's key: what sounds differently has another one."""
        tempo = f"@{self.speed:g}" if self.speed != 1.0 else ""
        return (
            f"{self.engine}:{self.speaker}{tempo}" if self.engine is Engine.KOKORO else self.speaker + tempo
        )

    def __str__(self) -> str:
        speed = f"，语速 {self.speed:g}" if self.speed != 1.0 else ""
        name = self.speaker if self.engine is Engine.KOKORO else self.name
        return f"{self.engine}{' ' + name if name else ''}{speed}"
