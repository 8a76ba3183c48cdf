"""What goes into a dialog and what comes out of it: plain values, without a clock or a sound."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.language.wording import Likelihood
from dialogs.script import Prompt


@dataclass(frozen=True)
class Part:
    """A piece of a prompt that has a recording of its own."""

    text: str
    plain_text: str


@dataclass(frozen=True)
class Play:
    prompt_id: str
    """``state.variant``, ``opening``, ``closing.name`` or ``intent.name``."""
    text: str
    plain_text: str
    """The variant without resident fields, to be said when there is no sound for ``text``."""
    barge_in: bool
    """Whether the resident may talk over it."""
    parts: tuple[Part, ...] = ()
    """What to say one after the other instead of ``text``, where the prompt is put together."""
    is_slow: bool = False
    """The resident asked for slower speech."""


@dataclass(frozen=True)
class Sensed:
    """What words are taken for."""

    meaning: str = ""
    """The same text for the same meaning; empty where nothing is understood."""
    is_sure: bool = False
    """Whether it would not be asked again."""
    is_all_clear: bool = False
    """Whether it reassures: what must not be taken on one hearing's word."""


Sense = Callable[[str, float, Sequence[tuple[str, float]]], Sensed]
"""What is meant by words, by the recogniser's confidence in them (0..1) and by what else may have been said,
with its share."""


@dataclass(frozen=True)
class Listen:
    phrases: tuple[str, ...]
    """Whole answers that the question lets one expect."""
    is_open: bool
    """True where free speech is wanted."""
    no_input_seconds: float = 5.0
    likelihood: Likelihood | None = field(default=None, compare=False)
    """How residents word their answers to this question, where that is known."""
    answers: Callable[[], tuple[str, ...]] | None = field(default=None, compare=False)
    """What they have answered to it; always the same object."""
    elsewhere: Callable[[], tuple[str, ...]] | None = field(default=None, compare=False)
    """Some answers to other questions; always the same object."""
    called: str = ""
    """The name that stands in ``answers`` for the resident's own; empty where it is not asked for."""
    name: str = ""
    """The resident's, where they may say it."""
    sense: Sense | None = field(default=None, compare=False)
    """What words are taken for, where they are an answer."""


@dataclass(frozen=True)
class Hangup:
    """Say what is queued, then end the call."""


@dataclass(frozen=True)
class Transfer:
    """Say what is queued, then hand the call to a person; ``Dialog.transfer_failed`` tells what to do when
    nobody takes it."""


Action = Play | Listen | Hangup | Transfer


@dataclass(frozen=True)
class Heard:
    """One answer as the recogniser gives it."""

    text: str
    confidence: float
    wordings: tuple[tuple[str, float], ...] = ()
    """What else may have been said, each with its share of all that may, 0..1; ``text`` may be among them."""


def play(prompt: Prompt, parts: Sequence[Prompt], fields: Mapping[str, str], *, is_slow: bool) -> Play:
    """A prompt as the recordings that make it up, with the resident's fields."""
    texts = [part.fill(fields) for part in parts]
    pieces = tuple(Part(text, part.plain) for text, part in zip(texts, parts, strict=True))
    return Play(
        ".".join(prompt.id.split(".")[:2]),  # closing.call_later, whichever of its sentences is said
        text="".join(texts),
        plain_text="".join(part.plain for part in parts),
        barge_in=prompt.barge_in,
        parts=pieces if len(pieces) > 1 else (),
        is_slow=is_slow,
    )
