"""Makes every recording that the project ships: prompts, residents' answers, carrier announcements.

``python -m simulator.make_voices --voices FOLDER`` (see ``dialogs.speech.kokoro`` for the folder) synthesises
what is new or has changed since ``voices.json`` was written, and removes what nothing needs any more. The
texts come from the scripts and from ``residents.yaml``; nothing is written here twice. A sentence that
another script says too is recorded once, with the survey; the other's ``prompts.tsv`` names that file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import wave
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from ruamel.yaml import YAML

from campaign.errors import WenhouError
from dialogs.loading import load_script
from dialogs.script import Prompt, Script
from simulator.g711 import SAMPLE_RATE, Pcm

ROOT = Path(__file__).parent.parent
SCRIPTS = Path("dialogs/scripts")
PROMPTS = SCRIPTS / "health_survey"
"""The survey: its prompts are recorded for the demo's community and residents, too."""
OTHER_PROMPTS = (SCRIPTS / "home_observation", SCRIPTS / "notice")
RESIDENTS = Path("simulator/residents")
NAMES = RESIDENTS / "audio/names"
MANIFEST = Path("simulator/voices.json")

COMMUNITY = "幸福"
"""The community of the demo."""
PROMPT_VOICE = "zf_xiaoyi"
PROMPT_SPEED = 1.12
CARRIER_VOICE = "zf_xiaobei"
RECIPE_VERSION = 1
"""Raised when the same recipe has begun to sound different."""
_BEEP_HERTZ = 1000
_BEEP_SECONDS = 0.6

CARRIER = {
    "powered_off": "您好，您拨打的电话已关机，请稍后再拨。",
    "out_of_service": "您好，您拨叫的用户已停机。",
    "invalid_number": "您好，您拨打的号码是空号，请核对后再拨。",
    "busy": "您好，您拨打的用户正在通话中，请稍后再拨。",
    "unreachable": "您好，您拨打的用户暂时无法接通，请稍后再拨。",
    "no_answer": "您好，您拨打的电话暂时无人接听，请稍后再拨。",
}
VOICEMAIL = "您好，我现在无法接听您的电话，请在提示音后留言。"


class Voice(Protocol):
    def say(self, text: str, voice: str, speed: float = 1.0, level_dbfs: float = -20.0) -> Pcm: ...


@dataclass(frozen=True)
class Recording:
    """One file and what it is made of."""

    path: str
    """Relative to the root of the project."""
    text: str
    spoken: str
    """What the synthesiser is given: ``text`` unless that would be read wrongly."""
    voice: str
    speed: float
    level_dbfs: float = -20.0
    has_beep: bool = False

    @property
    def recipe(self) -> str:
        parts = asdict(self) | {"version": RECIPE_VERSION}
        del parts["path"], parts["text"]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def prompt_file(script: Script, prompt: Prompt) -> str:
    """File name of a prompt: what is asked, then the variant, so that the exchange can tell the question."""
    state, _, variant = prompt.id.partition(".")
    if state in script.states:
        return f"{script.states[state].slot}.{variant}"
    return prompt.id


def prompt_recordings(script: Script) -> Iterator[Recording]:
    """Everything that the script says without knowing the resident's name, each text of a question once."""
    made: set[tuple[str, str]] = set()
    for prompt in script.prompts():
        file = prompt_file(script, prompt)
        texts = dict.fromkeys([prompt.fill({"community": COMMUNITY}), prompt.plain])
        for text, suffix in zip(texts, ("", ".plain"), strict=False):
            recorded = (file.partition(".")[0], text)
            if recorded not in made:
                made.add(recorded)
                yield _prompt(PROMPTS / f"{file}{suffix}.wav", text, goes_on=goes_on(prompt))


def other_recordings(script: Script, folder: Path) -> Iterator[Recording]:
    """Everything that a script without residents of its own says, each text once."""
    made: dict[str, Recording] = {}
    for prompt in script.prompts():
        file = prompt_file(script, prompt)
        for text, suffix in ((prompt.fill({}), ""), (prompt.plain, ".plain")):
            recording = _prompt(folder / f"{file}{suffix}.wav", text, goes_on=goes_on(prompt))
            made.setdefault(text, recording)
    return iter(made.values())


def goes_on(prompt: Prompt) -> bool:
    """A piece after which the sentence goes on must not sound like its end: 明天, 上午十点."""
    return prompt.id.startswith("time.") or prompt.id.endswith(".appointment.1")


def name_recordings(script: Script, names: Sequence[str]) -> Iterator[Recording]:
    """The prompts that hold a name, for each of the demo's residents."""
    for number, name in enumerate(names, start=1):
        for prompt in script.prompts():
            if "{name}" in prompt.text:
                text = prompt.fill({"name": name, "community": COMMUNITY})
                yield _prompt(NAMES / f"{prompt_file(script, prompt)}.{number:02d}.wav", text)


def _prompt(path: Path, text: str, *, goes_on: bool = False) -> Recording:
    spoken = f"{text}，" if goes_on else text
    return Recording(path.as_posix(), text, spoken, PROMPT_VOICE, PROMPT_SPEED)


def carrier_recordings() -> Iterator[Recording]:
    folder = RESIDENTS / "audio/carrier"
    for name, text in CARRIER.items():
        yield Recording((folder / f"{name}.wav").as_posix(), text, text, CARRIER_VOICE, 1.15)
    path = (folder / "voicemail.wav").as_posix()
    yield Recording(path, VOICEMAIL, VOICEMAIL, "zm_yunyang", 1.05, has_beep=True)


def answer_recordings(residents: Sequence[Any]) -> Iterator[Recording]:
    """What the residents of ``residents.yaml`` say."""
    for resident in residents:
        spoken = [*resident.get("answers", []), *filter(None, [resident.get("hello")])]
        for answer in spoken:
            if "wav" in answer:
                yield Recording(
                    path=(RESIDENTS / answer["wav"]).as_posix(),
                    text=answer["text"],
                    spoken=answer.get("speak", answer["text"]),
                    voice=resident["voice"],
                    speed=float(resident.get("speed", 1.0)),
                    level_dbfs=float(resident.get("level_dbfs", -20.0)),
                )


def all_recordings(root: Path) -> list[Recording]:
    script = load_script(root / f"{PROMPTS}.yaml")
    document = YAML(typ="safe").load((root / RESIDENTS / "residents.yaml").read_text(encoding="utf-8"))
    residents = document["residents"]
    return [
        *prompt_recordings(script),
        *answer_recordings(residents),
        *carrier_recordings(),
        *name_recordings(script, [resident["name"] for resident in residents]),
        *(recording for own in others_own(root).values() for recording in own),
    ]


def others_own(root: Path) -> Mapping[Path, Sequence[Recording]]:
    """By folder: what only that script says, the survey apart."""
    surveyed = _texts(prompt_recordings(load_script(root / f"{PROMPTS}.yaml")))
    return {
        folder: [r for r in others_all(root, folder) if r.text not in surveyed] for folder in OTHER_PROMPTS
    }


def others_all(root: Path, folder: Path) -> list[Recording]:
    return list(other_recordings(load_script(root / f"{folder}.yaml"), folder))


def _texts(recordings: Iterable[Recording]) -> dict[str, Recording]:
    return {recording.text: recording for recording in reversed(list(recordings))}


def beep() -> Pcm:
    """An answering machine's tone."""
    time = np.arange(int(_BEEP_SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    return np.round(8000 * np.sin(2 * np.pi * _BEEP_HERTZ * time)).astype(np.int16)


def make(voice: Voice, recording: Recording) -> Pcm:
    pcm = voice.say(recording.spoken, recording.voice, recording.speed, recording.level_dbfs)
    if recording.has_beep:
        pcm = np.concatenate([pcm, np.zeros(SAMPLE_RATE // 4, np.int16), beep()])
    return pcm


def write_wav(path: Path, pcm: Pcm) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(SAMPLE_RATE)
        wav.writeframes(pcm.astype("<i2").tobytes())


def write_index(root: Path, folder: Path, recordings: Sequence[Recording]) -> None:
    """``prompts.tsv`` of a folder: file, voice, text."""
    own = sorted((Path(r.path).name, r.voice, r.text) for r in recordings if Path(r.path).parent == folder)
    lines = ["\t".join(row) for row in [("file", "voice", "text"), *own]]
    (root / folder / "prompts.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_shared_index(root: Path, folder: Path) -> None:
    """``prompts.tsv`` of a script that says some of the survey's sentences."""
    surveyed = _texts(prompt_recordings(load_script(root / f"{PROMPTS}.yaml")))
    used = [surveyed.get(recording.text, recording) for recording in others_all(root, folder)]
    rows = sorted((os.path.relpath(r.path, folder), r.voice, r.text) for r in used)
    lines = ["\t".join(row) for row in [("file", "voice", "text"), *rows]]
    (root / folder / "prompts.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def stale(root: Path, recordings: Sequence[Recording], made: dict[str, str]) -> list[Recording]:
    """The recordings that have to be made: new, changed, or lost."""
    return [r for r in recordings if made.get(r.path) != r.recipe or not (root / r.path).is_file()]


def remove_unneeded(root: Path, recordings: Sequence[Recording], made: dict[str, str]) -> None:
    for path in set(made) - {recording.path for recording in recordings}:
        (root / path).unlink(missing_ok=True)
        del made[path]


def _save(root: Path, made: dict[str, str]) -> None:
    (root / MANIFEST).write_text(json.dumps(made, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m simulator.make_voices", description="合成随附的全部录音")
    parser.add_argument("--voices", type=Path, required=True, metavar="目录", help="Kokoro 的声音文件")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache/wenhou", metavar="目录")
    given = parser.parse_args(arguments)
    from dialogs.speech.kokoro import KokoroSynthesizer, installed_files

    manifest = ROOT / MANIFEST
    made: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else {}
    try:
        recordings = all_recordings(ROOT)
        remove_unneeded(ROOT, recordings, made)
        due = stale(ROOT, recordings, made)
        voice = KokoroSynthesizer(installed_files(given.voices, given.cache)) if due else None
        for count, recording in enumerate(due, start=1):
            assert voice is not None
            write_wav(ROOT / recording.path, make(voice, recording))
            made[recording.path] = recording.recipe
            _save(ROOT, made)
            print(f"{count}/{len(due)} {recording.path} {recording.text}", flush=True)
    except WenhouError as error:
        print(error.message, file=sys.stderr)
        return error.exit_code
    for folder in (PROMPTS, NAMES):
        write_index(ROOT, folder, recordings)
    for folder in OTHER_PROMPTS:
        write_shared_index(ROOT, folder)
    _save(ROOT, made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
