"""``wenhou script test | draw``: whether a script's conversations go as written down, and a picture of it."""

from __future__ import annotations

import datetime as dt
import importlib
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console

from campaign.errors import ScriptError
from dialogs.authoring.dialogues_load import load_tests, script_of, tests_beside
from dialogs.authoring.dialogues_run import Failure, Taken, TestResult, all_taken, everything, run_tests
from dialogs.authoring.picture import Calls, picture
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


# --- draw ---------------------------------------------------------------------------------------------


def draw_script(
    console: Console,
    name: str,
    out: Path | None = None,
    counts: Mapping[tuple[str, str], int] | None = None,
    hangups: Mapping[str, int] | None = None,
) -> int:
    """Draw a script's flow; what its tests go through is solid, the rest dashed.

    Args:
        console: Is told what was written.
        name: Of the script, or its file.
        out: The .svg or .png to write; ``NAME.svg`` in this folder where it is not given.
        counts: How often calls went from a state to a state or closing.
        hangups: How often residents hung up at a state.

    Raises:
        ScriptError: The script or its tests can't be read; ``picture_unwritable``.
    """
    script = load_script(script_of(name))
    wanted = out or Path(f"{script.name}.svg")
    if wanted.suffix not in (".svg", ".png"):
        raise ScriptError("picture_unwritable", f"画不出 {wanted}：文件名要以 .svg 或 .png 结尾。")
    taken = _taken(name, script)
    drawn = picture(script, taken, Calls(counts or {}, hangups or {}))
    try:
        told = _written(drawn, wanted)
    except OSError as error:
        raise ScriptError(
            "picture_unwritable", f"写不了 {wanted}：{error.strerror}。请换一个位置。"
        ) from error
    console.print(told, soft_wrap=True, markup=False)
    return 0


def _taken(name: str, script: Script) -> Taken | None:
    """What the tests go through; None where there are no tests."""
    if not tests_beside(name).is_file():
        return None
    return all_taken(list(run_tests(script, load_tests(name, script).tests, _today())))


def _written(drawn: str, file: Path) -> str:
    """Write the picture; says in Chinese what was written."""
    svg = file.with_suffix(".svg")
    svg.write_text(drawn, encoding="utf-8")
    if file == svg:
        return f"已画好：{svg}（用浏览器打开）"
    if _write_png(drawn, file):
        return f"已画好：{file}，还有 {svg.name}"
    return f"这台电脑没有安装 cairosvg，画不了 PNG；已画成 SVG，请用浏览器打开：{svg}"


def _write_png(drawn: str, file: Path) -> bool:
    """Whether it could be written: cairosvg is no dependency of ours."""
    try:
        cairosvg = importlib.import_module("cairosvg")
    except (ImportError, OSError):  # OSError: it is there, but its cairo library is not
        return False
    cairosvg.svg2png(bytestring=drawn.encode(), write_to=str(file), scale=2)
    return True
