"""A conversation with a script on the screen: who says what, what is noted down, where it leads.

The same whether the resident types, speaks into a microphone or is on the telephone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.console import Console

from campaign.errors import ScriptError
from campaign.records import Grade, SlotValue
from dialogs.authoring.dialogues_load import tests_beside
from dialogs.authoring.dialogues_save import save_test
from dialogs.authoring.script_words import OUTCOMES
from dialogs.authoring.talk import Conversation, goal_words, noted_words, unanswered, uncertain
from dialogs.loading import TESTS_SUFFIX, bundled_scripts
from dialogs.machine.certainty import is_not_known
from dialogs.script import Outcome, Script

RESIDENT = "居民："
_ROBOT = "机器人："
_INDENT = "　　"


class TalkScreen:
    """Tells one conversation as it happens."""

    def __init__(self, console: Console, script: Script) -> None:
        self._console, self._script = console, script

    def tell(self, text: str, style: str | None = None) -> None:
        self._console.print(text, style=style, markup=False, soft_wrap=True)

    def aside(self, text: str, style: str = "dim") -> None:
        """What nobody said, below the turn that it belongs to."""
        self.tell(f"{_INDENT}{text}", style)

    # --- turn by turn -----------------------------------------------------------------------------------

    def robot(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            self.tell(f"{_ROBOT}{sentence}", "bold")

    def resident(self, words: str) -> None:
        self.tell(f"{RESIDENT}{words}")

    def understood(self, words: str) -> None:
        self.aside(f"理解为：{words}")

    def noted(self, name: str, value: SlotValue) -> None:
        told = noted_words(self._script.slots[name], value)
        self.aside(f"已记下 {told}", "green" if value.is_certain else "yellow")

    def goal(self, goal: str, variant: str) -> None:
        self.aside(goal_words(goal, variant))

    # --- in the end -------------------------------------------------------------------------------------

    def closed(self, closing: str, outcome: Outcome | None) -> None:
        """The script was gone through to one of its closings."""
        told = f"（{OUTCOMES[outcome]}）" if outcome else ""
        self.tell(f"通话结束：{closing}{told}")

    def broken_off(self, state: str) -> None:
        """It ended before the script did."""
        self.tell(f"对话没有说完，停在 {state}。")

    def result(self, slots: Mapping[str, SlotValue], grade: Grade | None) -> None:
        self.tell(f"排查分级：{grade.label if grade else '还分不出级'}")
        open_slots = tuple(unanswered(self._script, slots))
        unknown = "、".join(slot.label for slot in open_slots if is_not_known(slots, slot.name))
        missing = "、".join(slot.label for slot in open_slots if not is_not_known(slots, slot.name))
        doubtful = "、".join(slot.label for slot in uncertain(self._script, slots))
        if unknown:
            self.tell(f"居民答不上：{unknown}", "yellow")
        if missing:
            self.tell(f"没有问到：{missing}", "yellow")
        if doubtful:
            self.tell(f"待核实：{doubtful}", "yellow")
        if not open_slots and not doubtful:
            self.tell("必须问的都问到了，没有待核实的。")

    def save(self, conversation: Conversation, file: Path) -> str:
        """Write the conversation down as a test; returns its name, empty where it could not be saved."""
        try:
            test = save_test(conversation, file)
        except ScriptError as error:
            self.tell(error.message, "red")
            return ""
        self.tell(f"已存成测试“{test}”：{file}（名称可以在文件里改）", "green")
        return test


def saved_to(given: str, name: str) -> Path:
    """Where a conversation goes: the given file, or the tests beside the script.

    Those of a bundled script belong to the program and go with its next version, so the current folder is
    taken instead.
    """
    if given:
        return Path(given.removesuffix(TESTS_SUFFIX).removesuffix(".yaml") + TESTS_SUFFIX)
    return Path(name + TESTS_SUFFIX) if name in bundled_scripts() else tests_beside(name)
