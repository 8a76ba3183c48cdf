"""What a script has the robot say: prompts, the pieces they are recorded in, answers said back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

FIELDS = ("name", "community")
"""What a prompt may insert: the resident's name, the community's name."""
ANSWERS = "{answers}"
"""Where a prompt of a confirming state says the answers back."""
TIME = "{time}"
"""Where the closing of a call to be made later says when."""


class Variant(StrEnum):
    """Wording of a question."""

    FIRST = "first"
    NO_INPUT = "no_input"
    NO_MATCH = "no_match"
    KEYS = "keys"  # the last try: which telephone keys answer
    SHORT = "short"
    MORE = "more"  # where some of the answer was told before it was asked for
    DENIED = "denied"  # of a confirming state: before what was denied is asked once more


@dataclass(frozen=True)
class Prompt:
    id: str
    """``state.variant``, ``state.variant.family``, ``opening``, ``closing.name`` or ``intent.name``."""
    text: str
    """May hold {name} and {community}."""
    plain: str
    """The same without any field; equal to ``text`` where that holds none."""
    barge_in: bool = True
    """Whether the resident may talk over it."""

    def fill(self, fields: Mapping[str, str]) -> str:
        """The words to say; the plain ones where a field is unknown or empty."""
        text = self.text
        for name in FIELDS:
            if "{" + name + "}" in text:
                if not fields.get(name):
                    return self.plain
                text = text.replace("{" + name + "}", fields[name])
        return text

    def parts(self) -> tuple[Prompt, ...]:
        """What is recorded on its own: the prompt, or what stands before and after the answers or the time
        in it."""
        gap = next((gap for gap in (ANSWERS, TIME) if gap in self.text), "")
        if not gap:
            return (self,)
        texts = [text.strip() for text in self.text.split(gap)]
        return tuple(
            Prompt(f"{self.id}.{number}", text, text, self.barge_in)
            for number, text in enumerate(texts, start=1)
            if text
        )


def with_pieces(prompt: Prompt, gap: str, said: Sequence[Prompt]) -> tuple[Prompt, ...]:
    """The prompt as the recordings that make it up, with ``said`` where the gap is."""
    before, here, after = prompt.text.partition(gap)
    if not here:
        return (prompt,)
    around = iter(prompt.parts())
    first = [next(around)] if before.strip() else []
    last = [next(around)] if after.strip() else []
    return (*first, *said, *last)


@dataclass(frozen=True)
class Wording:
    """How the answers of one slot are said back to the resident."""

    texts: Mapping[str, Prompt]
    """By value as a script writes it: ``yes``, 发热, ``37.8``; what is not listed is not said back."""
    other: Prompt | None = None
    """For numbers that are not listed."""

    def said(self, value: object) -> tuple[Prompt, ...]:
        """The pieces that say the value; empty where there is nothing to be said back."""
        match value:
            case None:
                return ()
            case bool():
                keys = ["yes" if value else "no"]
            case list() | tuple():
                keys = [str(item) for item in value]
            case float():
                keys = [f"{value:.1f}"]
            case _:
                keys = [str(value)]
        pieces = (self.texts.get(key, self.other) for key in keys)
        return tuple(piece for piece in pieces if piece is not None)

    def prompts(self) -> Iterator[Prompt]:
        yield from self.texts.values()
        if self.other is not None:
            yield self.other
