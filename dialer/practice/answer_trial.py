"""Answers tried one after the other, out of any call: what ``wenhou hear`` and ``wenhou understand`` do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from asr.audio import Channel
from asr.recognizer import Recognizer
from campaign.errors import WenhouError
from dialer.practice.answer_report import AnswerReport, Asked, report_file, report_text
from dialer.practice.hearing import SoundHearer

Clock = Callable[[], float]
Tell = Callable[[AnswerReport], None]


def hear_files(
    asked: Asked,
    recognizer: Recognizer,
    files: Iterable[Path],
    channel: Channel,
    clock: Clock,
    tell: Tell,
    complain: Callable[[WenhouError], None],
) -> int:
    """Tell what the answer in every file is taken for, as soon as it is known.

    A file that cannot be heard is complained of, and the others go on. Returns the exit code: 0, or that of
    the last complaint.
    """
    asked.warm_up()
    hearer = SoundHearer(recognizer)
    code = 0
    for path in files:
        started = clock()
        try:
            report = report_file(asked, path, hearer, channel)
        except WenhouError as error:
            complain(error)
            code = error.exit_code
        else:
            tell(replace(report, seconds=clock() - started))
    return code


def understand_texts(asked: Asked, texts: Iterable[str], clock: Clock, tell: Tell) -> None:
    """Tell what every text is taken for."""
    asked.warm_up()
    for text in texts:
        started = clock()
        report = report_text(asked, text)
        tell(replace(report, seconds=clock() - started))


def named_files(given: Iterable[str], standard_input: Iterable[str]) -> Iterator[Path]:
    """The files named, and where ``-`` stands those that standard input names, a line each."""
    for name in given:
        if name == "-":
            yield from (Path(line.strip()) for line in standard_input if line.strip())
        else:
            yield Path(name)
