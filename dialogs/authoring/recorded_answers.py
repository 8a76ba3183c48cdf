"""Answers that were recorded for a script's tests: ``NAME.tests/TEST/3.wav`` is the third turn of a test.

The folder lies beside ``NAME.tests.yaml``. Where a turn has no recording, its words can be synthesised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from campaign.patterns import compiled
from dialogs.authoring.dialogues import Act, ScriptTest

SUFFIXES = (".wav", ".flac", ".ogg", ".mp3", ".al", ".ul")
"""The first that there is counts."""
_NOT_IN_FILE_NAMES = compiled(r'[/\\:*?"<>|\x00-\x1f]')


def recordings_folder(tests: Path) -> Path:
    """The folder of recordings of a file of tests, whether it is there or not."""
    return tests.with_suffix("")


def test_folder(tests: Path, test: str) -> Path:
    """The folder of one test, by its name."""
    name = _NOT_IN_FILE_NAMES.sub("_", test).strip(". ")
    return recordings_folder(tests) / (name or "_")


test_folder.__test__ = False  # type: ignore[attr-defined]  # not one of pytest's


def recording(tests: Path, test: str, number: int) -> Path | None:
    """The recording of a test's turn (from 1), if there is one."""
    folder = test_folder(tests, test)
    files = (folder / f"{number}{suffix}" for suffix in SUFFIXES)
    return next((file for file in files if file.is_file()), None)


def without_turn(tests: Path, all_tests: Sequence[ScriptTest]) -> Iterator[Path]:
    """Recordings that no spoken turn uses: the test was renamed, or has fewer turns."""
    known = {
        test_folder(tests, test.name) / str(number)
        for test in all_tests
        for number, turn in enumerate(test.turns, start=1)
        if turn.act is Act.SAY
    }
    for file in sorted(recordings_folder(tests).glob("*/*")):
        if file.suffix in SUFFIXES and file.with_suffix("") not in known:
            yield file
