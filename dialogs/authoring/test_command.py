"""``wenhou script test``: whether a script's conversations go as written down, and what no test covers."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from rich.cells import cell_len
from rich.console import Console

from dialogs.authoring.dialogues import ScriptTest, TestFile
from dialogs.authoring.dialogues_load import load_tests, script_of, tests_beside
from dialogs.authoring.dialogues_run import (
    Failure,
    Hear,
    Taken,
    TestResult,
    all_taken,
    as_written,
    everything,
    run_tests,
)
from dialogs.authoring.script_words import (
    OUTCOMES,
    consequence_words,
    intent_words,
    shortened,
    transition_words,
)
from dialogs.loading import bundled_scripts, load_script
from dialogs.script import Script

EXIT_TEST_FAILED = 1

# --- test ---------------------------------------------------------------------------------------------


class Aloud(Protocol):
    """Tests whose answers are spoken and heard instead of read."""

    def ready(self, tests: Path, file: TestFile, script: Script) -> Hear:
        """Have every answer's sound at hand before the first conversation is held.

        Raises:
            WenhouError: An answer can neither be played nor synthesised, or there is no recogniser.
        """

    def failure_lines(self, test: ScriptTest, failure: Failure) -> Iterator[str]:
        """What was heard, for the report of a test that failed."""

    def sum_lines(self) -> Iterator[str]:
        """How well the answers of the file were heard."""


def test_scripts(
    console: Console,
    names: Sequence[str],
    today: dt.date | None = None,  # noqa: PT028
    aloud: Aloud | None = None,  # noqa: PT028
) -> int:
    """Hold the conversations of the scripts' tests; the exit code is 1 when one goes another way.

    Args:
        console: Gets the report.
        names: Scripts, by name or file; empty: all bundled ones that have tests.
        today: For tests without a date of their own; the current day where it is not given.
        aloud: Has the answers spoken and heard; None: they are read as they are written.

    Raises:
        ScriptError: A script or its tests can't be read; ``tests_not_found``: there are none.
        WenhouError: Whatever ``aloud`` raises.
    """
    tested = names or [name for name in bundled_scripts() if tests_beside(name).is_file()]
    results = [result for name in tested for result in _tested(console, name, today or _today(), aloud)]
    return EXIT_TEST_FAILED if any(result.failure for result in results) else 0


test_scripts.__test__ = False  # type: ignore[attr-defined]  # not one of pytest's


def _today() -> dt.date:
    return dt.date.today()


def _tested(console: Console, name: str, today: dt.date, aloud: Aloud | None) -> list[TestResult]:
    script = load_script(script_of(name))
    file = load_tests(name, script)
    hear = aloud.ready(tests_beside(name), file, script) if aloud else as_written
    console.print(f"{script.title}（{file.name}）：{len(file.tests)} 段对话", soft_wrap=True, markup=False)
    started = time.perf_counter()
    results = []
    for result in run_tests(script, file.tests, today, hear):
        _print_result(console, file.name, result, aloud)
        results.append(result)
    _print_sum(console, results, time.perf_counter() - started)
    if aloud:
        for line in aloud.sum_lines():
            console.print(line, soft_wrap=True, markup=False)
    else:
        _print_untested(console, script, all_taken(results))
    return results


def _print_result(console: Console, file_name: str, result: TestResult, aloud: Aloud | None) -> None:
    if result.failure is None:
        console.print(f"  ✓ {result.test.name}", style="green", soft_wrap=True, markup=False)
        return
    console.print(f"  ✗ {result.test.name}", style="red", soft_wrap=True, markup=False)
    heard = aloud.failure_lines(result.test, result.failure) if aloud else ()
    for line in _failure_lines(file_name, result.failure, heard):
        console.print(f"      {line}", soft_wrap=True, markup=False)


def _failure_lines(file_name: str, failure: Failure, heard: Iterable[str]) -> Iterator[str]:
    turn = f"第 {failure.number} 轮，{failure.turn}" if failure.number else failure.turn
    yield f"{file_name}: 第 {failure.line} 行: {turn}"
    yield from heard
    yield from failure.differences
    yield f"机器人：{failure.reply}"


def _print_sum(console: Console, results: Sequence[TestResult], seconds: float) -> None:
    failed = sum(result.failure is not None for result in results)
    told = f"通过 {len(results) - failed} 段" + (f"，失败 {failed} 段" if failed else "")
    console.print(f"{told}，用时 {seconds:.1f} 秒", style="red" if failed else "green", markup=False)


def _print_untested(console: Console, script: Script, taken: Taken) -> None:
    rows = list(_untested(script, taken))
    if not rows:
        console.print("每一条下一步、每一句结束语、每一种随时听得懂的话都有测试走到。", soft_wrap=True)
        return
    console.print("还没有测试走到：")
    widths = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        console.print("  " + "   ".join(cells).rstrip(), soft_wrap=True, markup=False)


def _untested(script: Script, taken: Taken) -> Iterator[tuple[str, str, str]]:
    """Kind, name and words of everything that no test went through."""
    every = everything(script)
    for state in script.states.values():
        for index, step in enumerate(state.next):
            if (state.name, index) in every.transitions - taken.transitions:
                yield "下一步", f"{state.name} → {step.go}", transition_words(script, state, index)
    for closing in script.closings.values():
        if closing.name in every.closings - taken.closings:
            told = f"{OUTCOMES[closing.outcome]}：{shortened(closing.prompt.plain, 20)}"
            yield "结束语", closing.name, told
    for intent in script.intents.values():
        if intent.name in every.intents - taken.intents:
            yield (
                "随时听得懂的话",
                intent.name,
                f"{intent_words(intent)} → {consequence_words(script, intent)}",
            )
