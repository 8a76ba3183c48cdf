"""``residents.yaml``: who lives behind which number, and what happens when it is called.

Every problem of the file is reported at once, each as one Chinese sentence with file and line.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from campaign.errors import ListError
from simulator.hearing import KnownPrompt, PromptMatcher, read_prompts, read_wav
from simulator.media import Clip
from simulator.network_sounds import network_clip
from simulator.persona import Answer, Persona
from simulator.residents_fields import ANSWER, CALL, RESIDENT, TOP, Field

FILE_NAME = "residents.yaml"


class Outcome(StrEnum):
    """What the exchange does with a call."""

    ANSWERS = "answers"  # the persona picks up
    BUSY = "busy"  # 486
    NO_ANSWER = "no_answer"  # rings until the caller gives up
    DECLINED = "declined"  # rings, then 603
    NOT_FOUND = "not_found"  # 404
    UNAVAILABLE = "unavailable"  # 480
    ANNOUNCEMENT = "announcement"  # 183 with a recording, then a refusal
    MACHINE = "answering_machine"  # 200, a recording, then listens
    NO_RTP = "no_rtp"  # 200 and not one packet
    DIES = "dies"  # answers as the persona, then vanishes without a word
    ECHO = "echo"  # 200 and sends back what it hears


@dataclass(frozen=True, eq=False)
class CallPlan:
    """One call's course."""

    outcome: Outcome
    status: int
    """Final SIP status; 200 when the call is answered."""
    q850_cause: int = 0
    """Goes into a Reason header; 0: none."""
    clip: Clip | None = None
    """Announcement, or greeting and beep of an answering machine."""
    ring_seconds: float = 1.0
    """From 180 to the answer or the refusal."""
    dies_after_seconds: float = 0.0
    """From the answer to the peer's silent end."""


@dataclass(frozen=True, eq=False)
class SimulatedResident:
    number: str
    name: str
    calls: tuple[CallPlan, ...]
    """By ordinal of the call to this number; the last one from then on."""
    persona: Persona | None
    voice: str = ""
    expected: Mapping[str, Any] = field(default_factory=dict)
    """What a survey should find out: disposition, slots, grade."""

    def plan(self, ordinal: int) -> CallPlan:
        """Course of the ``ordinal``-th call, counted from 1."""
        return self.calls[min(ordinal, len(self.calls)) - 1]


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """A folder of residents."""

    folder: Path
    residents: Mapping[str, SimulatedResident]
    """By number."""
    prompts: tuple[KnownPrompt, ...]

    def matcher(self) -> PromptMatcher | None:
        return PromptMatcher(self.prompts) if self.prompts else None


@dataclass(frozen=True)
class _Course:
    """What an outcome is made of."""

    status: int
    q850_cause: int = 0
    needs_wav: bool = False
    needs_answers: bool = False


_COURSES: Mapping[Outcome, _Course] = {
    Outcome.ANSWERS: _Course(200, needs_answers=True),
    Outcome.BUSY: _Course(486, 17),
    Outcome.NO_ANSWER: _Course(487),
    Outcome.DECLINED: _Course(603, 21),
    Outcome.NOT_FOUND: _Course(404, 1),
    Outcome.UNAVAILABLE: _Course(480, 18),
    Outcome.ANNOUNCEMENT: _Course(480, needs_wav=True),
    Outcome.MACHINE: _Course(200, needs_wav=True),
    Outcome.NO_RTP: _Course(200),
    Outcome.DIES: _Course(200, needs_answers=True),
    Outcome.ECHO: _Course(200),
}


def load_neighbourhood(folder: Path) -> Neighbourhood:
    """Read ``residents.yaml`` and every recording that it names.

    Raises:
        ListError: the folder or file is missing, or something in it is wrong; all problems, a line each.
    """
    path = folder / FILE_NAME
    reader = _Reader(folder)
    document = _parse(path)
    reader.check(document, TOP, "文件", 1)
    if reader.problems:
        raise ListError("residents_invalid", "\n".join(reader.problems))
    residents: dict[str, SimulatedResident] = {}
    for index, entry in enumerate(document["residents"]):
        line = _line(document["residents"], index)
        resident = reader.resident(entry, line)
        if resident is None:
            continue
        if resident.number in residents:
            reader.problem(line, f"号码 {resident.number} 出现了两次")
        residents[resident.number] = resident
    prompts: list[KnownPrompt] = []
    try:
        prompts = read_prompts((folder / name).resolve() for name in document.get("prompts") or [])
    except ListError as error:
        reader.problem(_line(document, "prompts"), error.message)
    if reader.problems:
        raise ListError("residents_invalid", "\n".join(reader.problems))
    return Neighbourhood(folder, residents, tuple(prompts))


def _parse(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ListError(
            "residents_missing", f"找不到 {path}：居民目录里应有 {FILE_NAME} 和它列出的录音"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ListError("residents_unreadable", f"{path} 无法读取（应为 UTF-8 文本）：{error}") from error
    try:
        document = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = f"{FILE_NAME}: 第 {line} 行: 不是正确的 YAML：{error.problem}"
        raise ListError("residents_yaml", message) from error
    except YAMLError as error:
        raise ListError("residents_yaml", f"{FILE_NAME}: 不是正确的 YAML：{error}") from error
    if not isinstance(document, dict):
        raise ListError("residents_yaml", f"{FILE_NAME}: 第 1 行: 应有 residents: 开头的居民列表")
    return document


def _line(container: Any, key: Any) -> int:
    """Line, counted from 1, of an item of a list or of a key of a mapping."""
    try:
        position = container.lc.item(key) if isinstance(key, int) else container.lc.key(key)
    except (AttributeError, KeyError, TypeError):
        position = None
    return int(position[0]) + 1 if position else 1


class _Reader:
    """Turns the parsed file into residents and gathers what is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._clips: dict[tuple[str, str], Clip] = {}
        self.problems: list[str] = []

    def problem(self, line: int, what: str) -> None:
        self.problems.append(f"{FILE_NAME}: 第 {line} 行: {what}")

    def check(self, entry: Any, fields: Mapping[str, Field], what: str, line: int) -> bool:
        """Whether ``entry`` is a mapping with known keys, right values and nothing missing."""
        if not isinstance(entry, dict):
            self.problem(line, f"{what}应为“键: 值”的形式")
            return False
        before = len(self.problems)
        for key, value in entry.items():
            if key not in fields:
                self.problem(_line(entry, key), f"{what}没有 {key} 这一项{_suggestion(key, fields)}")
            elif not fields[key].is_right(value):
                self.problem(_line(entry, key), f"{key} 应为{fields[key].should_be}，实际为 {value!r}")
        for key, spec in fields.items():
            if spec.is_required and key not in entry:
                self.problem(line, f"{what}缺少 {key}")
        return len(self.problems) == before

    def resident(self, entry: Any, line: int) -> SimulatedResident | None:
        if not self.check(entry, RESIDENT, "居民", line):
            return None
        answers = self._answers(entry)
        persona = self._persona(entry, answers) if answers else None
        calls = self._calls(entry, line, bool(answers))
        if calls is None:
            return None
        return SimulatedResident(
            number=entry["number"],
            name=entry["name"],
            calls=calls,
            persona=persona,
            voice=entry.get("voice", ""),
            expected=_plain(entry.get("expected", {})),
        )

    def _persona(self, entry: Any, answers: tuple[Answer, ...]) -> Persona:
        manner = {
            key: entry[key]
            for key in (
                "reaction_seconds",
                "patience_seconds",
                "most_repeats",
                "talks_over_after_seconds",
                "hangs_up_after_answers",
            )
            if key in entry
        }
        hello = self._clip(entry["hello"], _line(entry, "hello")) if "hello" in entry else None
        return Persona(
            answers=answers, hello=hello, talks_over=frozenset(entry.get("talks_over", ())), **manner
        )

    def _answers(self, entry: Any) -> tuple[Answer, ...]:
        answers = []
        for index, item in enumerate(entry.get("answers", [])):
            line = _line(entry["answers"], index)
            if not self.check(item, ANSWER, "回答", line):
                continue
            if ("wav" in item) == ("keys" in item):
                self.problem(line, "回答应有 wav（录音）或 keys（按键）中的一项")
                continue
            clip = self._clip(item, line) if "wav" in item else None
            if clip is not None or "keys" in item:
                answers.append(Answer(item.get("question", ""), clip, item.get("keys", "")))
        return tuple(answers)

    def _calls(self, entry: Any, line: int, has_answers: bool) -> tuple[CallPlan, ...] | None:
        given = entry.get("calls", [Outcome.ANSWERS.value])
        items = [given] if isinstance(given, str) else given
        is_listed = "calls" in entry and items is given
        plans = [
            self._call(item, _line(items, index) if is_listed else line, has_answers)
            for index, item in enumerate(items)
        ]
        if any(plan is None for plan in plans):
            return None
        return tuple(plan for plan in plans if plan is not None)

    def _call(self, item: Any, line: int, has_answers: bool) -> CallPlan | None:
        entry: Any = {"outcome": item} if isinstance(item, str) else item
        if not self.check(entry, CALL, "接听方式", line):
            return None
        names = [outcome.value for outcome in Outcome]
        if entry["outcome"] not in names:
            self.problem(line, f"没有 {entry['outcome']} 这种接听方式{_suggestion(entry['outcome'], names)}")
            return None
        outcome = Outcome(entry["outcome"])
        course = _COURSES[outcome]
        if course.needs_answers and not has_answers:
            self.problem(line, f"接听方式 {outcome} 需要 answers（居民的回答）")
            return None
        has_sound = "wav" in entry or "sound" in entry
        if course.needs_wav and not has_sound:
            self.problem(line, f"接听方式 {outcome} 需要 wav（播放的录音）或 sound（网络的声音）")
            return None
        clip = self._clip(entry, line) if has_sound else None
        if course.needs_wav and clip is None:
            return None
        return CallPlan(
            outcome=outcome,
            status=entry.get("status", course.status),
            q850_cause=entry.get("q850", course.q850_cause),
            clip=clip,
            ring_seconds=float(entry.get("ring_seconds", 1.0)),
            dies_after_seconds=float(entry.get("dies_after_seconds", 8.0)),
        )

    def _clip(self, entry: Any, line: int) -> Clip | None:
        if "sound" in entry:
            return network_clip(entry["sound"])
        name = entry.get("wav")
        if not name:
            self.problem(line, "缺少 wav（录音文件）")
            return None
        known = (name, entry.get("text", ""))
        if known not in self._clips:
            try:
                pcm = read_wav(self._folder / name)
            except ListError as error:
                self.problem(line, error.message)
                return None
            if not len(pcm):
                self.problem(line, f"录音文件 {name} 里没有声音")
                return None
            self._clips[known] = Clip(name, entry.get("text", ""), pcm)
        return self._clips[known]


def _suggestion(word: Any, known: Any) -> str:
    close = difflib.get_close_matches(str(word), list(known), n=1)
    return f"（是不是 {close[0]}？）" if close else ""


def _plain(value: Any) -> Any:
    """The parser's own containers as plain ones."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
