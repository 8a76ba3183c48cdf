"""``wenhou script test``: whether a script's conversations go as written down, and what no test covers."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console

from dialogs.authoring.dialogues_load import load_tests, script_of, tests_beside
from dialogs.authoring.dialogues_run import Failure, Taken, TestResult, all_taken, everything, run_tests
from dialogs.authoring.script_words import (
    OUTCOMES,
    consequence_words,
    intent_words,
    shortened,
    transition_words,
)
from dialogs.load import bundled_scripts, load_script
from dialogs.script import Script

EXIT_TEST_FAILED = 1

# --- test ---------------------------------------------------------------------------------------------


def test_scripts(console: Console, names: Sequence[str], today: dt.date | None = None) -> int:  # noqa: PT028
    """Hold the conversations of the scripts' tests; the exit code is 1 when one goes another way.

    Args:
        console: Gets the report.
        names: Scripts, by name or file; empty: all bundled ones that have tests.
        today: For tests without a date of their own; the current day where it is not given.

    Raises:
        ScriptError: A script or its tests can't be read; ``tests_not_found``: there are none.
    """
    tested = names or [name for name in bundled_scripts() if tests_beside(name).is_file()]
    results = [result for name in tested for result in _tested(console, name, today or _today())]
    return EXIT_TEST_FAILED if any(result.failure for result in results) else 0


test_scripts.__test__ = False  # type: ignore[attr-defined]  # not one of pytest's


def _today() -> dt.date:
    return dt.date.today()


def _tested(console: Console, name: str, today: dt.date) -> list[TestResult]:
    script = load_script(script_of(name))
    file = load_tests(name, script)
    console.print(f"{script.title}（{file.name}）：{len(file.tests)} 段对话", soft_wrap=True, markup=False)
    started = time.perf_counter()
    results = []
    for result in run_tests(script, file.tests, today):
        _print_result(console, file.name, result)
        results.append(result)
    _print_sum(console, results, time.perf_counter() - started)
    _print_untested(console, script, all_taken(results))
    return results


def _print_result(console: Console, file_name: str, result: TestResult) -> None:
    if result.failure is None:
        console.print(f"  ✓ {result.test.name}", style="green", soft_wrap=True, markup=False)
        return
    console.print(f"  ✗ {result.test.name}", style="red", soft_wrap=True, markup=False)
    for line in _failure_lines(file_name, result.failure):
        console.print(f"      {line}", soft_wrap=True, markup=False)


def _failure_lines(file_name: str, failure: Failure) -> Iterator[str]:
    turn = f"第 {failure.number} 轮，{failure.turn}" if failure.number else failure.turn
    yield f"{file_name}: 第 {failure.line} 行: {turn}"
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
