"""``wenhou script test``: conversations that are written down beside a script, and what they leave out."""

from __future__ import annotations

import io
import re
import time
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from campaign.errors import ScriptError
from dialogs.authoring import test_command
from dialogs.authoring.dialogues import written
from dialogs.authoring.dialogues_load import load_tests, read_tests
from dialogs.authoring.dialogues_run import Taken, TestResult, all_taken, everything, run_tests
from dialogs.loading import bundled_scripts, load_script
from dialogs.machine import Dialog, Hangup, Heard, Listen
from dialogs.script import Script

TODAY = date(2026, 11, 23)
SURVEY = load_script("health_survey")

SMALL = """
script: small
title: 小问卷
start: ask_travel
opening: 您好。
slots:
  travel: {label: 去过外地, type: yes_no, required: true, values: {"yes": [去过], "no": [没去过, 没有]}}
  travel_place: {label: 去过的地方, type: place, part_of: travel}
  people: {label: 人数, type: count}
states:
  ask_travel:
    ask: travel
    prompts: {first: 您去过外地吗？, no_match: 没听清，您去没去过？}
    keys: {"1": "yes", "2": "no"}
    next:
      - {when: {slot: travel, is: "yes"}, go: ask_place}
      - {go: ask_people}
  ask_place:
    ask: travel_place
    prompts: {first: 去了哪里？}
    next:
      - {go: ask_people}
  ask_people:
    ask: people
    prompts: {first: 家里几口人？}
    next:
      - {when: {slot: people, at_least: 10}, go: crowd}
      - {go: done}
closings:
  done: {outcome: completed, prompt: 谢谢您，再见。}
  crowd: {outcome: completed, prompt: 这么多人，我们上门，再见。}
  later: {outcome: call_later, prompt: 换个时间，再见。}
  gave_up: {outcome: gave_up, prompt: 没听到您的声音，再见。}
intents:
  repeat: {repeat: true, keys: ["*"], words: [再说一遍]}
  later: {go: later, words: [没空]}
grading:
  - {grade: yellow, any: [{slot: travel, is: "yes"}]}
  - {grade: green}
"""

STAYED = """
测试:
  - 名称: 没出门
    对话:
      - 没去过
      - 三口人
    结束语: done
    分级: green
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Script:
    path = tmp_path_factory.mktemp("scripts") / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return load_script(path)


def held(script: Script, tests: str) -> list[TestResult]:
    return list(run_tests(script, read_tests("small.tests.yaml", tests.encode(), script).tests, TODAY))


def held_turns(script: Script, *turns: str, ending: str = "") -> TestResult:
    """One test of these turns, which begin on line 4."""
    lines = "\n".join(f"      - {turn}" for turn in turns)
    (result,) = held(script, f"测试:\n  - 名称: 某某\n    对话:\n{lines}\n{ending}")
    return result


def complaints(script: Script, tests: str) -> list[str]:
    with pytest.raises(ScriptError) as caught:
        read_tests("small.tests.yaml", tests.encode(), script)
    assert caught.value.code in ("tests_invalid", "script_unreadable")
    return caught.value.message.splitlines()


# --- conversations --------------------------------------------------------------------------------------


def test_conversation_that_goes_as_written_down_passes(small: Script) -> None:
    (result,) = held(small, STAYED)
    assert result.failure is None
    assert result.taken == Taken(
        frozenset({("ask_travel", 1), ("ask_people", 1)}), frozenset({"done"}), frozenset()
    )


def test_wrong_value_is_told_with_the_turn_and_the_words_of_both(small: Script) -> None:
    failure = held_turns(
        small, '{说: 没去过, 记下: {travel: "no"}}', "{说: 三口人, 记下: {people: 4}}"
    ).failure
    assert failure is not None
    assert (failure.line, failure.number, failure.turn) == (5, 2, "居民说“三口人”")
    assert failure.reply == "谢谢您，再见。"
    assert failure.differences == ("人数（people）应为 4，得到 3",)


@pytest.mark.parametrize(
    ("turn", "difference"),
    [
        ("{说: 没去过, 到: ask_place}", "应当到 ask_place，得到 ask_people"),
        ("{说: 没空, 到: ask_place}", "应当到 ask_place，得到 later"),
        ("{说: 呜噜, 问法: first}", "问法应为 first，得到 no_match"),
        ("{说: 没空, 问法: first}", "问法应为 first，得到 结束语 later"),
        ("{说: 没去过, 记下: {people: 3}}", "人数（people）应为 3，得到 没有记下"),
        ("{说: 没去过, 待核实: [travel]}", "去过外地（travel）应为待核实，得到 no"),
        ("{按键: 1, 记下: {travel: no}}", "去过外地（travel）应为 no，得到 yes"),
    ],
)
def test_every_kind_of_expectation_can_fail(small: Script, turn: str, difference: str) -> None:
    failure = held_turns(small, turn).failure
    assert failure is not None
    assert failure.differences == (difference,)


@pytest.mark.parametrize(
    ("ending", "difference"),
    [
        ("    结束语: crowd", "结束语应为 crowd，得到 done"),
        ("    结果: gave_up", "结果应为 gave_up，得到 completed（问完了）"),
        ("    分级: red", "分级应为 red，得到 green"),
    ],
)
def test_wrong_ending_is_told_at_the_line_of_the_test(small: Script, ending: str, difference: str) -> None:
    failure = held_turns(small, "没去过", "三口人", ending=ending).failure
    assert failure is not None
    assert (failure.line, failure.number, failure.differences) == (2, 0, (difference,))


def test_call_that_is_not_over_has_no_closing(small: Script) -> None:
    failure = held_turns(small, "没去过", ending="    结束语: done").failure
    assert failure is not None
    assert failure.differences == ("结束语应为 done，得到 还在问 ask_people",)


def test_turn_after_the_end_of_the_call_is_a_failure(small: Script) -> None:
    failure = held_turns(small, "没空", "三口人").failure
    assert failure is not None
    assert failure.differences == ("通话在这之前已经结束（结束语 later）",)


def test_silence_noise_and_keys_are_turns(small: Script) -> None:
    noise, silence = "{说: '', 问法: no_match}", "{沉默: 是, 到: ask_people}"
    result = held_turns(small, noise, silence, "{按键: '*', 到: ask_people}", "沉默", "{按键: 5, 到: done}")
    assert result.failure is None
    assert result.taken.intents == {"repeat"}


def test_answer_that_stayed_unknown_is_written_as_unknown(small: Script) -> None:
    assert held_turns(small, "{按键: 2}", "{说: 不知道, 记下: {people: 不知道}}").failure is None


def test_dates_count_from_the_date_of_the_test(small: Script) -> None:
    tests = """
居民: {姓名: 李四, 社区: 幸福}
日期: 2026-03-02
测试:
  - {名称: 甲, 对话: [是我]}
  - {名称: 乙, 日期: 2026-04-01, 居民: {姓名: 王五}, 对话: [是我]}
"""
    first, second = read_tests("small.tests.yaml", tests.encode(), small).tests
    assert (first.today, first.fields) == (date(2026, 3, 2), {"name": "李四", "community": "幸福"})
    assert (second.today, second.fields) == (date(2026, 4, 1), {"name": "王五", "community": "幸福"})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "yes"),
        (False, "no"),
        ([], "none"),
        ("", "none"),
        (None, "不知道"),
        (37.0, "37"),
        (36.5, "36.5"),
        (["发热", "咳嗽"], "发热、咳嗽"),
        (("咳嗽", "发热"), "发热、咳嗽"),
        (date(2026, 11, 2), "2026-11-02"),
    ],
)
def test_values_are_written_as_in_the_script(value: object, text: str) -> None:
    assert written(value) == text


# --- what is wrong with the file ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turn", "complaint"),
    [
        ("{说: 是, 记: {travel: no}}", "不认识 记（是不是 记下？）"),
        ("{说: 是, 到: ask_plase}", "到 不能是 ask_plase（是不是 ask_place？）"),
        ("{说: 是, 问法: 第一遍}", "问法 不能是 第一遍（可以是：first、no_input、"),
        ("{说: 是, 记下: {travel: 是}}", "travel 没有 是 这个值（可以是：yes、no）"),
        ("{说: 是, 记下: {去过外地: no}}", "没有 去过外地 这项内容（是不是 travel？）"),
        ("{说: 是, 记下: {people: 三}}", "people 应当是数字，现在是 三"),
        ("{说: 是, 记下: travel}", "记下 应当是“名称: 值”的一组，现在是 travel"),
        ("{说: 是, 待核实: [travl]}", "没有 travl 这项内容（是不是 travel？）"),
        ("{说: 是, 按键: 1}", "每一轮要写 说、按键、沉默 中的一个"),
        ("{到: ask_place}", "每一轮要写 说、按键、沉默 中的一个"),
        ("{说: }", "说 应当是文字（只有杂音就写 ''），现在是 空的"),
        ("{按键: 12}", "按键 12 不是 0-9 * # 中的一个"),
        ("[是]", "应当是“名称: 值”的一组，现在不是"),
    ],
)
def test_mistake_in_a_turn_is_told_with_its_line(small: Script, turn: str, complaint: str) -> None:
    (told,) = complaints(small, f"测试:\n  - 名称: 甲\n    对话:\n      - 是我\n      - {turn}\n")
    assert told.startswith(f"small.tests.yaml: 第 5 行: 测试 甲: {complaint}")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("分级: 绿", "测试 甲: 分级 不能是 绿（是不是 green？）"),
        ("结束语: don", "测试 甲: 结束语 不能是 don（是不是 done？）"),
        ("结果: complete", "测试 甲: 结果 不能是 complete（是不是 completed？）"),
        ("日期: 2026-11-31", "没有 2026-11-31 这一天，请检查日期。"),
        ("日期: 昨天", "测试 甲: 日期 应当是 2026-11-23 这样的日期，现在是 昨天"),
        ("居民: {名字: 张三}", "测试 甲 居民: 不认识 名字"),
        ("结束: done", "测试 甲: 不认识 结束（是不是 结束语？）"),
        ("名称: 乙", "YAML 写法有误（名称 写了两遍，第 2 行已经写过）"),
    ],
)
def test_mistake_in_a_test_is_told_with_its_line(small: Script, line: str, complaint: str) -> None:
    (told,) = complaints(small, f"测试:\n  - 名称: 甲\n    对话: [没空]\n    {line}\n")
    assert told.startswith(f"small.tests.yaml: 第 4 行: {complaint}")


@pytest.mark.parametrize(
    ("tests", "complaint"),
    [
        ("测试:\n  - 名称: 甲", "第 2 行: 测试 甲: 缺少 对话（“- 说: …”开头的一列）"),
        ("测试:\n  - 对话: [是]", "第 2 行: 测试: 缺少 名称（一段文字）"),
        ("日期: 2026-11-23", "第 1 行: 测试文件: 缺少 测试（“- ”开头的一列）"),
        ("测试:\n  - 名称: [甲\n", "YAML 写法有误"),
    ],
)
def test_what_is_missing_is_told(small: Script, tests: str, complaint: str) -> None:
    assert complaint in complaints(small, tests)[0]


def test_every_mistake_is_told_at_once(small: Script) -> None:
    told = complaints(small, "测试:\n  - 名称: 甲\n    对话:\n      - {说: 是, 去: x}\n    分极: red\n")
    assert [re.findall(r"第 (\d+) 行", line) for line in told] == [["4"], ["5"]]
    assert all(line.startswith("small.tests.yaml: ") for line in told)


# --- the command ----------------------------------------------------------------------------------------


def report(path: Path) -> tuple[int, str]:
    console = Console(file=io.StringIO(), width=200, highlight=False)
    code = test_command.test_scripts(console, [str(path)], TODAY)
    assert isinstance(console.file, io.StringIO)
    return code, console.file.getvalue()


def small_files(folder: Path, tests: str) -> Path:
    (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
    (folder / "small.tests.yaml").write_text(tests, encoding="utf-8")
    return folder / "small.yaml"


def test_report_lists_what_no_test_goes_through(tmp_path: Path) -> None:
    code, told = report(small_files(tmp_path, STAYED))
    assert code == 0
    assert "✓ 没出门" in told
    assert "通过 1 段" in told
    left_out = [
        re.sub(" +", " ", line.strip()) for line in told.partition("还没有测试走到：")[2].splitlines()
    ]
    assert left_out[1:] == [
        "下一步 ask_travel → ask_place 去过外地：是",
        "下一步 ask_place → ask_people 总是",
        "下一步 ask_people → crowd 人数 ≥ 10",
        "结束语 crowd 问完了：这么多人，我们上门，再见。",
        "结束语 later 换个时间再打：换个时间，再见。",
        "结束语 gave_up 没有听到声音：没听到您的声音，再见。",
        "随时听得懂的话 repeat “再说一遍”，按 * → 把问题再说一遍",
        "随时听得懂的话 later “没空” → 结束：换个时间再打（later）",
    ]


def test_failed_test_leaves_with_1_and_shows_where(tmp_path: Path) -> None:
    wrong = STAYED.replace("- 三口人", "- {说: 三口人, 记下: {people: 4}}")
    code, told = report(small_files(tmp_path, wrong))
    assert code == 1
    assert "✗ 没出门" in told
    assert "small.tests.yaml: 第 6 行: 第 2 轮，居民说“三口人”" in told
    assert "人数（people）应为 4，得到 3" in told
    assert "机器人：谢谢您，再见。" in told
    assert "通过 0 段，失败 1 段" in told


def test_file_with_tests_stands_for_its_script(tmp_path: Path) -> None:
    script = small_files(tmp_path, STAYED)
    assert report(script.with_name("small.tests.yaml"))[0] == 0


def test_script_without_tests_says_where_they_belong(tmp_path: Path) -> None:
    path = small_files(tmp_path, STAYED)
    (tmp_path / "small.tests.yaml").unlink()
    with pytest.raises(ScriptError, match=r"找不到 small\.tests\.yaml"):
        report(path)


# --- the bundled scripts --------------------------------------------------------------------------------


def test_bundled_tests_pass_and_go_through_every_part_of_the_survey() -> None:
    tests = load_tests("health_survey", SURVEY).tests
    Dialog(SURVEY, {}, TODAY)  # dictionaries and expected phrases are made once a process
    started = time.process_time()
    results = list(run_tests(SURVEY, tests, TODAY))
    took = time.process_time() - started
    assert [result.test.name for result in results if result.failure] == []
    assert all_taken(results) == everything(SURVEY)
    assert len(results) >= 25
    assert took < 5.0  # measured 1.0 s; generous for a loaded machine


_ANSWERS = [
    "是我",
    "不是",
    "在北京",
    "没有",
    "有点发烧",
    "三十八度二",
    "没量",
    "去过",
    "去了湖北",
    "前天",
    "邻居确诊了",
    "三口人",
    "需要口罩",
    "对",
    "不对",
    "不对，是三十六度八",
    "再说一遍",
    "你是谁",
    "我是他儿子",
    "嗯",
    "呜噜呜噜",
    "不知道",
    "",
]
_TURNS = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(_ANSWERS)),
    st.tuples(st.just("press"), st.sampled_from("0123456789*#")),
    st.tuples(st.just("silence"), st.just("")),
)
_LONGEST = 60
"""Turns after which every call is over: each question with its repetitions, and those that were denied."""


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(bundled_scripts()), st.lists(_TURNS, min_size=1, max_size=12))
def test_whatever_residents_do_a_call_goes_on_and_ends(name: str, turns: list[tuple[str, str]]) -> None:
    dialog = Dialog(load_once(name), {"name": "张三", "community": "幸福"}, TODAY)
    actions = dialog.start()
    for number in range(_LONGEST):
        if dialog.is_over:
            break
        assert isinstance(actions[-1], Listen)
        act, text = turns[number % len(turns)]
        match act:
            case "say":
                actions = dialog.hear(Heard(text, 0.9))
            case "press":
                actions = dialog.key(text)
            case _:
                actions = dialog.no_input()
    assert dialog.is_over
    assert actions[-1] == Hangup()


@cache
def load_once(name: str) -> Script:
    return load_script(name)
