"""``wenhou script record``: the sentences of a script spoken into the microphone, one by one.

Every take that is kept is on the disk before the next sentence is shown, so that nothing is lost however the
command ends; the next run goes on with what is missing.
"""

from __future__ import annotations

import difflib
import getpass
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rich.console import Console

from campaign.errors import ScriptError
from campaign.settings import Settings
from dialer.prompts.microphone import Microphone
from dialogs.authoring.texts_command import how_to_read
from dialogs.loading import load_script
from dialogs.recordings.folder import keep_recording, recordings_folder
from dialogs.recordings.take import Take, examined
from dialogs.recordings.texts import RecordingText, recording_texts
from dialogs.speech.prompts import Recording, read_recordings

_INDENT = "　　"


class _Next(StrEnum):
    KEPT = "kept"
    SKIPPED = "skipped"
    STOPPED = "stopped"


@dataclass(frozen=True)
class RecordingPlan:
    """What is to be recorded and where it goes."""

    name: str
    """Script, by name or file."""
    folder: Path
    texts: Sequence[RecordingText]
    needed: Sequence[RecordingText]
    """Every sentence that the script should have a recording of."""
    voice: str
    """Whose voice it is."""


def record(
    console: Console,
    name: str,
    settings: Settings,
    microphone: Microphone,
    lines: Iterable[str] | None = None,
    *,
    only: Sequence[str] = (),
    everything: bool = False,
    voice: str = "",
) -> int:
    """Record the sentences that have no recording yet.

    Args:
        console: Gets the sentences and what is wrong with a take.
        name: Script, by name or file.
        settings: For the community's name and where recordings lie.
        microphone: Records and plays.
        lines: What is typed; the keyboard where it is not given. Their end ends the recording.
        only: These sentences, by file name or its beginning, also where they have a recording.
        everything: Also those for which a more general sentence would do.
        voice: Whose voice it is; that of the recordings that are there where it is not given.

    Raises:
        ScriptError: The script can't be read; ``prompt_unknown``.
        SoundCardError: There is no usable microphone.
        PromptError: A recording can't be written.
    """
    plan = plan_recording(name, settings, only, everything, voice)
    if not plan.texts:
        console.print(f"{name} 的 {len(plan.needed)} 句都有录音了。要重录，请写 --only 文件名。")
        return 0
    microphone.check()
    _Recorder(console, plan, microphone, iter(lines) if lines is not None else _typed(console)).run()
    return 0


def plan_recording(
    name: str, settings: Settings, only: Sequence[str] = (), everything: bool = False, voice: str = ""
) -> RecordingPlan:
    """What is missing, or what was asked for. Raises ScriptError (``prompt_unknown``)."""
    script = load_script(name)
    folder = recordings_folder(name, script.name, settings)
    there = read_recordings(folder, must_exist=False)
    recorded = {recording.text for recording in there}
    texts = recording_texts(script, settings.dialog.community)
    needed = [text for text in texts if text.is_needed or everything]
    wanted = _named(texts, only) if only else [text for text in needed if text.text not in recorded]
    return RecordingPlan(name, folder, wanted, needed, voice or _voice_of(there))


def _named(texts: Sequence[RecordingText], only: Sequence[str]) -> list[RecordingText]:
    chosen: list[RecordingText] = []
    for asked in (name.removesuffix(".wav") for name in only):
        found = [text for text in texts if text.name == asked or text.name.startswith(f"{asked}.")]
        if not found:
            near = difflib.get_close_matches(asked, [text.name for text in texts], 1, 0.5)
            hint = f"是不是 {near[0]}？" if near else ""
            raise ScriptError(
                "prompt_unknown",
                f"没有叫 {asked} 的句子。{hint}文件名见 wenhou script texts 列的表。",
            )
        chosen += [text for text in found if text not in chosen]
    return chosen


def _voice_of(there: Sequence[Recording]) -> str:
    return there[-1].voice if there else _user()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user id without a name
        return "真人"


def _typed(console: Console) -> Iterator[str]:
    while True:
        try:
            yield console.input()
        except EOFError:
            return


class _Recorder:
    """The recording on the screen."""

    def __init__(
        self, console: Console, plan: RecordingPlan, microphone: Microphone, lines: Iterator[str]
    ) -> None:
        self._console, self._plan, self._microphone, self._lines = console, plan, microphone, lines
        self._kept = 0

    def run(self) -> None:
        self._begin()
        try:
            for number, text in enumerate(self._plan.texts, start=1):
                self._show(number, text)
                if self._record(text) is _Next.STOPPED:
                    break
        except KeyboardInterrupt:
            self._console.print()
        self._conclude()

    def _begin(self) -> None:
        plan = self._plan
        self._tell(
            f"要录 {len(plan.texts)} 句，存进 {plan.folder}，声音记作“{plan.voice}”（改用 --voice 姓名）。"
        )
        self._tell("随时可以退出，录好的都在。")
        self._tell("找个安静的地方，嘴离话筒一掌远，像跟老人说话那样慢一点。")

    def _show(self, number: int, text: RecordingText) -> None:
        self._tell("")
        self._tell(f"第 {number} 句，共 {len(self._plan.texts)} 句：{text.name}（{text.used}）")
        self._console.print(f"{_INDENT}{text.text}", style="bold", markup=False, soft_wrap=True)
        if how := how_to_read(text):
            self._tell(f"{_INDENT}念法：{how}")
        if joined := _joined(text):
            self._tell(f"{_INDENT}{joined}")

    def _record(self, text: RecordingText) -> _Next:
        answer = self._ask("回车开始录（s 跳过，q 结束）：", "sq")
        while answer in ("", "r"):
            take = self._take(text)
            if take is None:
                return _Next.STOPPED
            answer = self._judge(take)
            if answer == "" and take.is_usable:
                self._keep(text, take)
                return _Next.KEPT
        return _Next.SKIPPED if answer == "s" else _Next.STOPPED

    def _take(self, text: RecordingText) -> Take | None:
        self._microphone.start()
        try:
            self._tell(f"{_INDENT}正在录，念完按回车：", end="")
            has_ended = next(self._lines, None) is None
        finally:
            samples = self._microphone.stop()
        return None if has_ended else examined(samples, self._microphone.rate, text)

    def _judge(self, take: Take) -> str:
        """What to do with it: "" keep (or again, where it is of no use), r again, s skip, q stop."""
        if not take.is_usable:
            self._tell(f"{_INDENT}这一遍不能用：{take.told()}。", style="red")
            question, known = "回车重录（s 跳过，q 结束）：", "rsq"
        else:
            self._tell(f"{_INDENT}{_measured(take)}", style="yellow" if take.faults else "green")
            question, known = "回车保留，r 重录，p 听一遍，s 跳过，q 结束：", "rpsq"
        while (answer := self._ask(question, known)) == "p":
            self._microphone.play(take.pcm)
        return answer

    def _keep(self, text: RecordingText, take: Take) -> None:
        file = keep_recording(self._plan.folder, text.name, text.text, take.pcm, self._plan.voice)
        self._kept += 1
        self._tell(f"{_INDENT}存好了 {file.name}")

    def _ask(self, question: str, known: str) -> str:
        """One of the letters, or empty; the end of what is typed means: stop."""
        while True:
            self._tell(f"{_INDENT}{question}", end="")
            line = next(self._lines, None)
            if line is None:
                return "q"
            answer = line.strip().lower()
            if len(answer) <= 1 and answer in known:
                return answer
            self._tell(f"{_INDENT}没有“{line.strip()}”这个选择。")

    def _conclude(self) -> None:
        plan = self._plan
        recorded = {recording.text for recording in read_recordings(plan.folder, must_exist=False)}
        left = sum(text.text not in recorded for text in plan.needed)
        self._tell("")
        self._tell(f"这次录了 {self._kept} 句。")
        if left:
            self._tell(f"还差 {left} 句；再执行同一命令就接着录。")
        else:
            self._tell(f"录齐了。请执行 wenhou script check {plan.name} 检查，再用 wenhou rehearse 听一遍。")

    def _tell(self, line: str, end: str = "\n", style: str | None = None) -> None:
        self._console.print(line, end=end, style=style, markup=False, soft_wrap=True)


def _joined(text: RecordingText) -> str:
    """Such a piece is spoken as a part of the sentence that it will be joined into."""
    if text.before and text.after:
        return f"接在“{text.before}”和“{text.after}”中间，语气不要断。"
    if text.before:
        return f"接在“{text.before}”后面，语气不要断。"
    return f"后面接着“{text.after}”，语气不要落下去。" if text.after else ""


def _measured(take: Take) -> str:
    room = "环境安静" if take.snr_db == math.inf else f"比环境响 {take.snr_db:.0f} dB"
    told = f"录好了：{take.seconds:.1f} 秒，音量 {take.level_dbov:.0f} dB，{room}"
    return f"{told}。要注意：{take.told()}。" if take.faults else f"{told}，可以用。"
