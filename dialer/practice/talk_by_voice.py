"""``wenhou script talk --mic`` and ``--call``: a script talked to at this computer, or over the telephone.

Both are told live like the typed talk, and can be kept as a test with one key, with the sound of the answers
if wanted, which ``wenhou script test --audio`` then plays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from asr.models import PreparedModel, load_recognizer
from asr.recognizer import Expectation, Recognizer
from asr.voice_activity import VoiceActivity
from campaign.errors import EXIT_LINE_TROUBLE
from campaign.policy import may_call
from campaign.records import CallResult, Disposition
from campaign.settings import Settings
from dialer.call.expectations import expectations
from dialer.keyboard import Keys
from dialer.practice.narrator import Narrator, differing, replayed
from dialer.practice.rehearsal import HeldTalk, Pace, RealPace, Scene, answers_of, rehearse, save_answers
from dialer.practice.trial_call import (
    TrialCall,
    TrialError,
    check_do_not_call,
    closed_hours,
    number_to_call,
    place,
)
from dialer.prompts.voice import NamePreparation, PromptVoice, prepare_voice, voice_notice
from dialer.soundcard import SoundCardLine
from dialer.workers.messages import WorkerSpec
from dialer.workers.prompt_library import prompt_library
from dialogs.authoring.dialogues_load import script_of
from dialogs.authoring.recorded_answers import test_folder
from dialogs.authoring.talk import Conversation
from dialogs.authoring.talk_screen import TalkScreen, saved_to
from dialogs.loading import load_script
from dialogs.script import Outcome, Script

HOW_TO = "请戴上耳机，听完再回答，也可以打断。数字键当电话键，q 挂断，Ctrl-C 结束。"
_SAVE, _SAVE_WITH_SOUND, _YES = "s", "r", "y"

LoadModel = Callable[[], PreparedModel]
"""Finds or fetches the speech model; raises ModelError."""


@dataclass(frozen=True)
class Desk:
    """This computer as a telephone."""

    line: SoundCardLine = field(default_factory=SoundCardLine)
    pace: Pace = field(default_factory=RealPace)
    load_recognizer: Callable[[PreparedModel, Iterable[Expectation], Iterable[str]], Recognizer] = (
        load_recognizer
    )
    voice_activity: Callable[[], VoiceActivity] = VoiceActivity


def talk_at_microphone(
    console: Console,
    settings: Settings,
    load_model: LoadModel,
    keys: Keys,
    *,
    resident: str,
    now: dt.datetime,
    desk: Desk | None = None,
) -> int:
    """Hold one conversation by voice at this computer.

    Args:
        console: Is told how it goes.
        settings: Name the script and the community.
        load_model: As above.
        keys: Telephone keys during the talk, then whether it is kept.
        resident: Name of who is played; may be empty.
        now: When the call is said to be placed, with its time zone.
        desk: Microphone, loudspeaker and time; those of this computer where it is not given.

    Raises:
        ScriptError: The script can't be read or has errors.
        SoundCardError: There is no microphone or loudspeaker.
        ModelError, PromptError: The robot cannot hear or speak.
    """
    desk = desk or Desk()
    desk.line.check()
    spoken = _SpokenScript(console, settings, resident, now.date())
    model = load_model()
    spoken.prepare_prompts(model)
    recognizer = desk.load_recognizer(model, expectations(spoken.script, now.date()), [resident])
    rules = settings.calling.rules
    spoken.screen.tell(HOW_TO, "dim")
    try:
        scene = Scene(
            spoken.script, spoken.fields, now, lambda at: may_call(at, rules), recognizer,
            spoken.voice, desk.voice_activity(), settings.lines.longest_call,
        )  # fmt: skip
        held = rehearse(scene, desk.line, spoken.narrator, keys, desk.pace)
    finally:
        recognizer.close()
    spoken.tell_end(held)
    spoken.offer_to_save(held, keys)
    return 0


def talk_on_telephone(
    console: Console,
    settings: Settings,
    load_model: LoadModel,
    keys: Keys,
    *,
    number: str,
    is_own: bool,
    resident: str,
    now: dt.datetime,
) -> int:
    """Call one number with the script, outside of any campaign.

    Args:
        console: Is told how it goes.
        settings: Name the trunk, the script and the community.
        load_model: As above.
        keys: Whether a call outside of the hours is to oneself, then whether the talk is kept.
        number: As it was given.
        is_own: The number is the administrator's own: calling hours do not matter.
        resident: Name of who is called; may be empty.
        now: The time.

    Returns the exit code: 0 also where nobody answered, 3 where the trunk let no call through.

    Raises:
        TrialError: The number may not be called, or not now.
        WenhouError: As ``talk_at_microphone``, and LineError of the trunk.
    """
    digits = number_to_call(number, settings.trunk.area_code)
    check_do_not_call(digits, Path(settings.store.path))
    if not is_own:
        _check_hours(console, settings, digits, keys, now)
    today = now.astimezone(settings.calling.zone).date()
    spoken = _SpokenScript(console, settings, resident, today, tells_line=True)
    model = load_model()
    spec = spoken.prepare_prompts(model)
    call = TrialCall(
        settings, model, spec.script, digits, spoken.fields, spec.prompt_folders, spec.prompt_cache,
        spec.log_file,
    )  # fmt: skip
    spoken.screen.tell(f"打给 {digits}，Ctrl-C 礼貌地结束，再按一次立即挂断。", "dim")
    held = place(call, spoken.narrator, console.status("正在启动线路和语音识别…"))
    if held.result.answered_at is None:
        return spoken.tell_unanswered(held.result)
    spoken.tell_end(held)
    spoken.tell_call(held.result, digits)
    spoken.offer_to_save(held, keys)
    return 0


def _check_hours(console: Console, settings: Settings, number: str, keys: Keys, now: dt.datetime) -> None:
    """Outside of the hours one may only call oneself, and has to say so."""
    closed = closed_hours(now, settings.calling)
    if not closed:
        return
    console.print(
        f"{closed}。{number} 是您自己的电话吗？是就按 y，按其他键不打。", markup=False, soft_wrap=True
    )
    if keys.wait() != _YES:
        raise TrialError("trial_hours", "没有拨打。到时间再打；打给自己的电话可以加上 --own。")


class _SpokenScript:
    """One conversation by voice, from its preparation to what is kept of it."""

    def __init__(
        self, console: Console, settings: Settings, resident: str, today: dt.date, *, tells_line: bool = False
    ) -> None:
        self._console, self._settings = console, settings
        self._name = settings.dialog.script
        self.script: Script = load_script(script_of(self._name))
        self.fields = {"name": resident, "community": settings.dialog.community}
        with console.status("正在准备词典…"):
            self._begun = Conversation.begin(self.script, self.fields, today)
        self.screen = TalkScreen(console, self.script)
        self.narrator = Narrator(self.screen, self.script, tells_line=tells_line)
        self.voice: PromptVoice

    def prepare_prompts(self, model: PreparedModel) -> WorkerSpec:
        """See to it that everything can be said; what a worker needs to say it. Raises PromptError."""
        spec = self._spec(model)
        library = prompt_library(spec, self.script)
        if notice := voice_notice(library, self.script, self._settings):
            self.screen.tell(notice, "yellow")
        community = self._settings.dialog.community
        names = NamePreparation(library, self.script, community, [self.fields["name"]])
        with self._console.status("正在准备机器人的声音…"):
            prepare_voice(library, self.script, community)
            names.begin()
            names.stop()
        self.voice = PromptVoice(library)
        return spec

    def _spec(self, model: PreparedModel) -> WorkerSpec:
        folder = Path(self._settings.store.path).parent
        return WorkerSpec(
            1, (1,), self._settings, model, script_of(self._name), (), folder / "prompts",
            folder / "wenhou.log", names=(self.fields["name"],),
        )  # fmt: skip

    # --- the end ----------------------------------------------------------------------------------------

    def tell_unanswered(self, result: CallResult) -> int:
        """Nobody was talked to; returns the exit code."""
        status = f"（SIP {result.cause.sip_status}）" if result.cause.sip_status else ""
        self.screen.tell(f"没有接通：{result.disposition.label}{status}。", "yellow")
        trouble = (Disposition.FAILED, Disposition.NETWORK_BUSY)
        return EXIT_LINE_TROUBLE if result.disposition in trouble else 0

    def tell_end(self, held: HeldTalk) -> None:
        """How far the script came, and what is known now."""
        closing = self.narrator.closing
        if closing:
            self.screen.closed(closing, self.script.closings[closing].outcome)
        else:
            self.screen.broken_off(self.narrator.goal)
        slots = {slot.name: slot for slot in held.result.slots}
        self.screen.result(slots, self.script.grade(slots))
        if held.result.appointment:
            at = held.result.appointment.astimezone(self._settings.calling.zone)
            self.screen.tell(f"约好再打：{at:%m-%d %H:%M}")
        if held.result.reply_gaps:
            mean = sum(held.result.reply_gaps) / len(held.result.reply_gaps)
            self.screen.tell(f"机器人接话：平均 {mean:.1f} 秒，最慢 {max(held.result.reply_gaps):.1f} 秒")

    def tell_call(self, result: CallResult, number: str) -> None:
        """What a campaign would have made of it, and that this one makes nothing."""
        if result.answered_at is not None:
            seconds = (result.ended_at - result.answered_at).total_seconds()
            self.screen.tell(f"通话结果：{result.disposition.label}，{seconds:.0f} 秒；试打不记入任何任务")
        closing = self.script.closings.get(self.narrator.closing)
        if closing is not None and closing.outcome is Outcome.OPTED_OUT:
            self.screen.tell(
                f"对方说了别再打。试打不改免打扰名单；是真的，请执行 wenhou dnc add {number}。", "yellow"
            )

    def offer_to_save(self, held: HeldTalk, keys: Keys) -> None:
        """Keep the talk as a test where somebody wants it."""
        if not self.narrator.turns:
            return
        answers = answers_of(held, self.narrator.turns)
        sound = "按 r 连同回答的录音一起存，" if answers else ""
        self.screen.tell(f"按 s 把这段对话存成测试，{sound}按其他键退出。", "dim")
        key = keys.wait()
        if key == _SAVE or (key == _SAVE_WITH_SOUND and answers):
            self._save(held, saved_to("", self._name), with_sound=key == _SAVE_WITH_SOUND)

    def _save(self, held: HeldTalk, file: Path, *, with_sound: bool) -> None:
        conversation = replayed(self._begun, self.narrator.turns)
        slots = {slot.name: slot for slot in held.result.slots}
        differences = differing(conversation, slots, self.narrator.goal)
        test = self.screen.save(conversation, file)
        if test and differences:
            self.screen.tell(
                f"测试里写的是只看文字的结果，和刚才听着声音的不一样：{'、'.join(differences)}。", "yellow"
            )
        if test and with_sound:
            self._save_sound(held, test_folder(file, test))
            self.screen.tell(f"重听一遍：wenhou script test {file} --audio", "dim")

    def _save_sound(self, held: HeldTalk, folder: Path) -> None:
        try:
            save_answers(folder, answers_of(held, self.narrator.turns))
        except OSError as error:
            self.screen.tell(f"录音存不进 {folder}：{error.strerror}。", "red")
            return
        self.screen.tell(f"回答的录音：{folder}（测试改名时，文件夹也要改名）", "green")
