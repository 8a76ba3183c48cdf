"""What stands beside the flow in a script's picture: what is understood at any time, what the lines mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dialogs.authoring.dialogues_run import Taken
from dialogs.authoring.drawing import Drawing, text_width, wrapped
from dialogs.authoring.picture_calls import Calls
from dialogs.authoring.script_words import OUTCOMES, consequence_words, intent_words
from dialogs.script import Outcome, Script

_INK, _PALE, _LINE, _BLUE, _RED = "#1f2933", "#7b8794", "#52606d", "#2563a8", "#c0392b"
_AMBER = "#a86413"
_WIDTH, _PAD = 360.0, 18.0
_TITLE, _WORDS = 15.0, 13.0
_STEP = 21.0
"""From one line to the next."""
_GAP = 10.0
_SIGN = text_width("中途结束 3", _WORDS) + 14.0
"""Room for a sign before what it means."""


class Notes:
    """The column of notes of one script."""

    def __init__(self, script: Script, taken: Taken | None, calls: Calls) -> None:
        self._script, self._taken, self._calls = script, taken, calls

    def draw(self, drawing: Drawing, left: float, top: float, drawn: Collection[str]) -> tuple[float, float]:
        """Draw them; returns where they end on the right and at the bottom. ``drawn`` has its own box."""
        bottom = self._panel(drawing, left, top, "任何时候都听得懂", list(self._always()))
        others = list(self._closings(drawn))
        if others:
            bottom = self._panel(drawing, left, bottom + 24.0, "不用问完就说的结束语", others)
        return left + _WIDTH, self._legend(drawing, left, bottom + 32.0)

    def _always(self) -> Iterator[tuple[str, str]]:
        """Words and what follows from them, each intent."""
        for intent in self._script.intents.values():
            mark = self._mark(self._taken is None or intent.name in self._taken.intents)
            yield f"{mark}{intent_words(intent)}", f"→ {consequence_words(self._script, intent)}"

    def _closings(self, drawn: Collection[str]) -> Iterator[tuple[str, str]]:
        """Closings that no question leads to."""
        for closing in self._script.closings.values():
            if closing.name in drawn:
                continue
            mark = self._mark(self._taken is None or closing.name in self._taken.closings)
            why = self._why(closing.outcome)
            if self._calls.are_any:
                why += f"，{self._calls.ended.get(closing.name, 0)} 通"
            yield f"{mark}{OUTCOMES[closing.outcome]}（{closing.name}）{why}", closing.prompt.plain

    def _why(self, outcome: Outcome) -> str:
        silences = self._script.limits.silences_in_a_row
        return f"：连续 {silences} 次没有声音" if outcome is Outcome.GAVE_UP else ""

    def _mark(self, is_gone: bool) -> str:
        if self._taken is None:
            return ""
        return "✓ " if is_gone else "○ "

    def _panel(
        self, drawing: Drawing, left: float, top: float, title: str, rows: list[tuple[str, str]]
    ) -> float:
        """A framed list; returns its bottom."""
        room = _WIDTH - 2 * _PAD
        lines = [
            [(line, _INK) for line in wrapped(first, room, _WORDS, 2)]
            + [(line, _PALE) for line in wrapped(second, room, _WORDS, 2)]
            for first, second in rows
        ]
        height = 2 * _PAD + _TITLE + _GAP + sum(len(row) * _STEP + _GAP for row in lines) - _GAP
        drawing.rectangle(left, top, _WIDTH, height, "#fcfcfa", "#d9d5c9")
        drawing.text(left + _PAD, top + _PAD + _TITLE / 2, title, _TITLE, _INK, bold=True)
        y = top + _PAD + _TITLE + _GAP + _STEP / 2
        for row in lines:
            for text, colour in row:
                drawing.text(left + _PAD, y, text, _WORDS, colour)
                y += _STEP
            y += _GAP
        return top + height

    def _legend(self, drawing: Drawing, left: float, y: float) -> float:
        """What lines, marks and numbers mean; returns the bottom."""
        if self._taken is not None:
            gone, every = len(self._taken.transitions), sum(len(s.next) for s in self._script.states.values())
            for dashed, told in (
                (False, f"✓  有测试走过（{every} 条下一步中的 {gone} 条）"),
                (True, "○  还没有测试走过"),
            ):
                drawing.line((left, y), (left + 44.0, y), _PALE if dashed else _LINE, dashed=dashed)
                drawing.text(left + 58.0, y, told, _WORDS, _INK)
                y += _STEP + 3.0
        if self._calls.are_any:
            for sign, colour, told in (
                ("12 次", _BLUE, "这样走的通话，答过没再问的也算"),
                ("12 通", _BLUE, "问了这一问、说了这句结束语的通话"),
                ("挂断 3", _RED, "居民在这一问挂断"),
                ("中途结束 3", _AMBER, "在这一问说别打了、没空，或一直没声音"),
                ("中断 3", _PALE, "在这一问断线，或到时没说完"),
            ):
                drawing.text(left, y, sign, _WORDS, colour)
                drawing.text(left + _SIGN, y, told, _WORDS, _INK)
                y += _STEP + 3.0
        return y
