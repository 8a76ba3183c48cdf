"""The flow of a call script as an SVG picture: questions, ways between them, closings, what is always known.

Solid ways are gone by the script's tests, dashed ones are not. After a campaign the ways are as thick as many
calls went them, and beside each question stands how many calls came to it and how many ended there.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.authoring.dialogues_run import Taken
from dialogs.authoring.drawing import Drawing, text_width, wrapped
from dialogs.authoring.layered_layout import Layout, Pair, Size, arranged
from dialogs.authoring.picture_calls import Calls
from dialogs.authoring.picture_notes import Notes
from dialogs.authoring.script_words import ALWAYS, OUTCOMES, transition_words
from dialogs.script import ANSWERS, Closing, Outcome, Prompt, Script, State, Variant

__all__ = ["Calls", "picture"]

INK, PALE, LINE, BLUE, RED = "#1f2933", "#7b8794", "#52606d", "#2563a8", "#c0392b"
AMBER, GREY, FAINT = "#a86413", "#7b8794", "#c9ced4"
_STATE_FILL, _STATE_LINE = "#f5f9ff", "#7ba4d4"
_DONE, _OTHER_END = ("#e9f7ee", "#5fae7b"), ("#f6f3ec", "#b9a982")
_MARGIN = 36.0
_BOX_WIDTH, _PAD = 296.0, 14.0
_TITLE, _WORDS, _SMALL = 15.0, 13.0, 12.0
_LINE_HEIGHT = 1.5
_MOST_LINES = 2
_THIN, _THICK = 1.6, 7.0
_HEADING = 94.0
"""Height of the title above the flow."""


def picture(script: Script, taken: Taken | None = None, calls: Calls | None = None) -> str:
    """The picture as SVG text, always the same for the same script.

    Args:
        script: What to draw.
        taken: What its tests go through; None where there are no tests.
        calls: What became of calls by it; their numbers are written beside the ways and questions.
    """
    return _Picture(script, taken, calls or Calls()).drawn()


class _Picture:
    def __init__(self, script: Script, taken: Taken | None, calls: Calls) -> None:
        self._script, self._taken, self._calls = script, taken, calls
        self._drawing = Drawing()
        self._labels = {pair: tuple(self._label(pair)) for pair in self._pairs()}
        self._layout = self._arranged()

    def drawn(self) -> str:
        drawing, layout = self._drawing, self._layout
        for pair in layout.arrows:
            self._draw_arrow(pair)
        for pair in layout.labels:
            self._draw_label(pair)
        for name, (x, y) in layout.boxes.items():
            if name in self._script.states:
                self._draw_state(self._script.states[name], x, y)
            else:
                self._draw_closing(self._script.closings[name], x, y)
        notes = Notes(self._script, self._taken, self._calls)
        right, bottom = notes.draw(drawing, layout.right + 48.0, 0.0, frozenset(layout.boxes))
        self._draw_heading(layout.left)
        left, top = layout.left - _MARGIN, -_HEADING - _MARGIN / 2
        height = max(layout.bottom, bottom) + _MARGIN - top
        return drawing.written(left, top, right + _MARGIN - left, height)

    def _arranged(self) -> Layout:
        boxes: dict[str, Size] = {}
        for name in self._reached():
            boxes[name] = (_BOX_WIDTH, self._height(self._lines(name)))
        return arranged(
            boxes, {pair: _label_size(lines) for pair, lines in self._labels.items()}, self._script.start
        )

    def _reached(self) -> list[str]:
        """The start, then every state and closing that a transition leads to, as the script lists them."""
        targets = {target for _, target in self._pairs()}
        script = self._script
        names = [name for name in (*script.states, *script.closings) if name in targets]
        return [script.start, *(name for name in names if name != script.start)]

    def _pairs(self) -> list[Pair]:
        states = self._script.states.values()
        return list(dict.fromkeys((state.name, step.go) for state in states for step in state.next))

    # --- ways -------------------------------------------------------------------------------------------

    def _label(self, pair: Pair) -> Iterator[tuple[str, str]]:
        """Lines beside a way, each with its colour."""
        state = self._script.states[pair[0]]
        for index, step in enumerate(state.next):
            words = transition_words(self._script, state, index)
            if step.go == pair[1] and words != ALWAYS:
                for line in wrapped(words, 180.0, _SMALL, 3):
                    yield line, (INK if self._is_gone(state, index) else PALE)
        if self._calls.are_any:
            yield f"{self._calls.counts.get(pair, 0)} 次", BLUE

    def _is_gone(self, state: State, index: int) -> bool:
        return self._taken is None or (state.name, index) in self._taken.transitions

    def _draw_arrow(self, pair: Pair) -> None:
        state = self._script.states[pair[0]]
        ways = [index for index, step in enumerate(state.next) if step.go == pair[1]]
        is_gone = any(self._is_gone(state, index) for index in ways)
        most = max(self._calls.counts.values(), default=0)
        share = self._calls.counts.get(pair, 0) / most if most else 0.0
        width = round(_THIN + (_THICK - _THIN) * share, 1)
        colour = LINE if is_gone else PALE
        if self._calls.are_any:
            colour = BLUE if share else FAINT
        self._drawing.arrow(self._layout.arrows[pair], colour, width, dashed=not is_gone)

    def _draw_label(self, pair: Pair) -> None:
        x, y = self._layout.labels[pair]
        lines = self._labels[pair]
        width, height = _label_size(lines)
        self._drawing.rectangle(x - width / 2, y - height / 2, width, height, "#ffffff", "none", 4.0)
        for index, (line, colour) in enumerate(lines):
            middle = y + (index - (len(lines) - 1) / 2) * _SMALL * _LINE_HEIGHT
            self._drawing.text(x, middle, line, _SMALL, colour, "middle")

    # --- boxes ------------------------------------------------------------------------------------------

    def _lines(self, name: str) -> list[str]:
        """The first words at a state or closing."""
        script = self._script
        prompt = (
            script.states[name].prompts[Variant.FIRST]
            if name in script.states
            else script.closings[name].prompt
        )
        return wrapped(shown(prompt), _BOX_WIDTH - 2 * _PAD, _WORDS, _MOST_LINES)

    def _height(self, lines: list[str]) -> float:
        return 2 * _PAD + _LINE_HEIGHT * (_TITLE + len(lines) * _WORDS) - 4.0

    def _draw_state(self, state: State, x: float, y: float) -> None:
        label = self._script.slots[state.slot].label
        self._draw_box(state.name, label, x, y, (_STATE_FILL, _STATE_LINE), 10.0)
        self._draw_badges(state.name, x, y)

    def _draw_closing(self, closing: Closing, x: float, y: float) -> None:
        colours = _DONE if closing.outcome is Outcome.COMPLETED else _OTHER_END
        self._draw_box(closing.name, f"结束：{OUTCOMES[closing.outcome]}", x, y, colours, 24.0)
        self._draw_badges(closing.name, x, y)

    def _draw_box(
        self, name: str, title: str, x: float, y: float, colours: tuple[str, str], radius: float
    ) -> None:
        lines = self._lines(name)
        height = self._height(lines)
        left, top = x - _BOX_WIDTH / 2, y - height / 2
        self._drawing.rectangle(left, top, _BOX_WIDTH, height, *colours, radius)
        self._drawing.tooltip(self._tooltip(name))
        room = _BOX_WIDTH - 2 * _PAD - text_width(name, _SMALL) - 10.0
        middle = top + _PAD + _TITLE / 2
        heading = wrapped(title, max(room, 60.0), _TITLE, 1)[0]
        self._drawing.text(left + _PAD, middle, heading, _TITLE, INK, bold=True)
        self._drawing.text(left + _BOX_WIDTH - _PAD, middle, name, _SMALL, PALE, "end")
        for index, line in enumerate(lines):
            middle = top + _PAD + _LINE_HEIGHT * _TITLE + 1.0 + _WORDS * (0.5 + index * _LINE_HEIGHT)
            self._drawing.text(left + _PAD, middle, line, _WORDS, INK)

    def _tooltip(self, name: str) -> str:
        """Everything that is said there."""
        script = self._script
        if name in script.closings:
            return script.closings[name].prompt.text
        prompts = script.states[name].prompts.items()
        return "\n".join(f"{variant}: {prompt.text}" for variant, prompt in prompts)

    def _draw_badges(self, name: str, x: float, y: float) -> None:
        """On the edges of a box: who came there on the right, who left there on the left."""
        calls, height = self._calls, self._height(self._lines(name))
        top, bottom = y - height / 2, y + height / 2 + 6.0
        came = calls.asked.get(name, 0) or calls.ended.get(name, 0)
        if came:
            text = f"{came} 通"
            self._draw_badge(text, x + _BOX_WIDTH / 2 - 12.0 - _badge_width(text), top, BLUE)
        left = x - _BOX_WIDTH / 2 + 12.0
        if left_there := calls.left.get(name, 0):
            self._draw_badge(f"中途结束 {left_there}", left, bottom, AMBER)
        if hangups := calls.hangups.get(name, 0):
            left = self._draw_badge(f"挂断 {hangups}", left, top, RED) + 6.0
        if broken := calls.broken.get(name, 0):
            self._draw_badge(f"中断 {broken}", left, top, GREY)

    def _draw_badge(self, text: str, left: float, y: float, colour: str) -> float:
        """Returns its right edge."""
        width = _badge_width(text)
        self._drawing.rectangle(left, y - 15.0, width, 22.0, "#ffffff", colour, 11.0)
        self._drawing.text(left + width / 2, y - 4.0, text, _SMALL, colour, "middle")
        return left + width

    def _draw_heading(self, left: float) -> None:
        script = self._script
        self._drawing.text(left, -_HEADING + 12.0, script.title, 22.0, INK, bold=True)
        told = f"{script.name}，版本 {script.version.partition('-')[0]}。开头：{shown(script.opening)}"
        line = wrapped(told, 760.0, _WORDS, 1)[0]
        self._drawing.text(left, -_HEADING + 42.0, line, _WORDS, PALE)
        if self._calls.told:
            self._drawing.text(left, -_HEADING + 62.0, self._calls.told, _WORDS, BLUE)


def shown(prompt: Prompt) -> str:
    """A prompt for those who read: without fields, and with a gap where answers are said back."""
    return prompt.plain.replace(ANSWERS, "……")


def _badge_width(text: str) -> float:
    return text_width(text, _SMALL) + 16.0


def _label_size(lines: tuple[tuple[str, str], ...]) -> Size:
    if not lines:
        return 0.0, 0.0
    width = max(text_width(line, _SMALL) for line, _ in lines) + 12.0
    return width, len(lines) * _SMALL * _LINE_HEIGHT + 4.0
