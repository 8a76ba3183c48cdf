"""Scripts: the bundled one is sound, and everything wrong with another is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaign.errors import ScriptError
from dialogs.loading import bundled_scripts, load_script, read_draft
from dialogs.loading.tables import parse
from dialogs.script import Outcome

SMALL = """\
script: small
title: 小脚本
version: "2"
start: ask_temp
opening: 您好。
slots:
  temperature:
    label: 体温
    type: temperature
    minimum: 34
    maximum: 43
  travel:
    label: 外出
    type: yes_no
    values: {"yes": [去过], "no": [没去]}
states:
  ask_temp:
    ask: temperature
    prompts: {first: 体温多少？}
    next:
      - when: {slot: temperature, at_least: 37.3}
        go: done
      - go: ask_travel
  ask_travel:
    ask: travel
    prompts:
      first: {text: "{name}去过外地吗？", plain: 去过外地吗？}
    keys: {"1": "yes", "2": "no"}
    next:
      - go: done
closings:
  done: {outcome: completed, prompt: 再见。}
  lost: {outcome: gave_up, prompt: 再见。}
intents:
  repeat: {repeat: true, words: [再说一遍]}
grading:
  - grade: red
    any:
      - {slot: temperature, at_least: 37.3}
  - grade: green
"""


def problems(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScriptError) as caught:
        load_script(file)
    return caught.value.message.splitlines()


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


def test_bundled_survey_loads_by_name() -> None:
    script = load_script("health_survey")
    assert "health_survey" in bundled_scripts()
    assert script.version.startswith("1-")
    assert script.required == ("identity", "in_beijing", "symptoms", "temperature", "travel", "contact")
    assert {closing.outcome for closing in script.closings.values()} == set(Outcome)


def test_bundled_prompts_are_short_enough_for_a_call_of_a_minute() -> None:
    script = load_script("health_survey")
    assert len(script.opening.plain) <= 36
    for state in script.states.values():
        assert all(len(part.plain) <= 24 for p in state.prompts.values() for part in p.parts()), state.name


def test_every_question_of_the_survey_can_be_asked_in_other_words() -> None:
    for state in load_script("health_survey").states.values():
        texts = [prompt.text for prompt in state.prompts.values()]
        assert len(texts) == len(set(texts)) >= 4, state.name


def test_script_loads_from_a_path(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(SMALL, encoding="utf-8")
    script = load_script(file)
    assert script.name == "small"
    assert script.texts({"name": "张三"}) == ("您好。", "体温多少？", "张三去过外地吗？", "再见。")
    assert script.texts({}) == ("您好。", "体温多少？", "去过外地吗？", "再见。")


def test_version_changes_with_the_content(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(SMALL, encoding="utf-8")
    second.write_text(SMALL.replace("体温多少", "您体温多少"), encoding="utf-8")
    assert load_script(first).version != load_script(second).version


def test_unknown_name_lists_the_bundled_scripts() -> None:
    with pytest.raises(ScriptError, match="health_survey") as caught:
        load_script("helth_survey")
    assert caught.value.code == "script_not_found"


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match=r"打不开脚本 .*nothing\.yaml"):
        load_script(tmp_path / "nothing.yaml")


@pytest.mark.parametrize(
    ("old", "new", "at", "sentence"),
    [
        ("go: ask_travel", "go: ask_travle", "ask_travle", "下一步 ask_travle 不存在（是不是 ask_travel？）"),
        ("start: ask_temp", "start: ask_tmp", "start:", "start 的状态 ask_tmp 不存在（是不是 ask_temp？）"),
        ("ask: travel", "ask: travell", "travell", "要问的内容 travell 不存在（是不是 travel？）"),
        ("type: yes_no", "type: yesno", "yesno", "type 不能是 yesno（是不是 yes_no？）"),
        ("label: 外出", "lable: 外出", "lable", "不认识 lable（是不是 label？）"),
        ("{name}去过", "{nmae}去过", "nmae", "不认识 {nmae}（是不是 name？）"),
        ("minimum: 34", "minimum: 低", "minimum", "minimum 应当是数字"),
        ('"1": "yes"', '"1": "maybe"', "maybe", "按键 1 的值 maybe 不是 travel 能记的值"),
        ("grade: red", "grade: purple", "purple", "grade 不能是 purple"),
        (
            "at_least: 37.3}\n        go",
            "atleast: 37.3}\n        go",
            "atleast",
            "（是不是 at_least？）",
        ),
        ("  - grade: green\n", "", "grading", "最后一条不能有 any"),
        ("repeat: true, ", "", "repeat:", "go、say、repeat、slower 要写其中的一个"),
        (", plain: 去过外地吗？", "", "{name}", "要另给一句不带 {…} 的 plain"),
        ("outcome: gave_up", "outcome: completed", "closings", "缺少 outcome: gave_up 的结束语"),
        (
            "      - go: done\nclosings",
            "      - go: ask_temp\nclosings",
            "- go: ask_temp",
            "绕回了前面",
        ),
        ("      - go: ask_travel\n", "      - go: done\n", "ask_travel:", "从 ask_temp 出发走不到这里"),
        ("title: 小脚本\n", "", "script", "缺少 title"),
        ('"no": [没去]', '"non": [没去]', '"non"', "没有 non 这个值"),
    ],
)
def test_problem_is_named_with_its_line(tmp_path: Path, old: str, new: str, at: str, sentence: str) -> None:
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    found = problems(tmp_path, text)
    matching = [problem for problem in found if sentence in problem]
    assert matching, found
    line = int(matching[0].removeprefix("mine.yaml: 第 ").split(" ")[0])
    assert abs(line - line_of(text, at)) <= 1


def test_all_problems_come_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    text = SMALL.replace("go: ask_travel", "go: nowhere").replace("start: ask_temp", "start: nothing")
    found = problems(tmp_path, text)
    assert len(found) >= 2
    lines = [int(problem.split(" ")[2]) for problem in found]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("script: [a, b", "YAML 写法有误"),
        ("script: a\nscript: b\n", "YAML 写法有误"),
        ("a:\n  keys: [*]\n", '第 2 行: * 和 & 在 YAML 里另有意思，作为内容要加引号，写成 "*"。'),
        ("a:\n  keys: {*: 再说}\n", '第 2 行: * 在 YAML 里另有意思，以它开头的内容要加引号，写成 "*"。'),
        ("a:\n  keys: [1, #]\nb: c\n", '第 2 行: # 后面会当成说明，不算内容；作为按键要加引号，写成 "#"。'),
        ("a:\n\tb: c\n", "第 2 行: 这里有制表符（Tab 键），缩进和对齐要用空格；请删掉它，改按空格键。"),
        ("a:\n  b:\tc\n", "第 2 行: 这里有制表符（Tab 键）"),
        ("", "第 1 行"),
        ("- a\n- b\n", "第 1 行"),
    ],
)
def test_file_that_is_no_script_says_so(tmp_path: Path, text: str, sentence: str) -> None:
    assert sentence in problems(tmp_path, text)[0]


def test_script_in_another_encoding_says_so(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(SMALL.encode("gb18030"))
    with pytest.raises(ScriptError, match="UTF-8"):
        load_script(file)


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        (
            "{outcome: call_later, prompt: 好的。, appointment: 好的，到时候再打。}",
            "结束语 sorry: appointment 里要有一个 {time}，在那里念居民说的时间，"
            "如：好的，我们{time}再给您打电话，再见。",
        ),
        (
            "{outcome: wrong_number, prompt: 打扰了，再见。, transfer: 请稍等。}",
            "结束语 sorry: transfer 只用在 outcome: wants_person 的结束语里，请删掉",
        ),
        (
            "{outcome: wants_person, prompt: 好的。, untaken: 没有人接。}",
            "结束语 sorry: 写了 untaken 却没有写 transfer（转接之前的话），不会转接，请写上",
        ),
        (
            "{outcome: wants_person, prompt: 好的。, transfer: '请{times}等。'}",
            "closing.sorry.transfer: 不认识 {times}（可以是：name、community），可以用：{name}、{community}",
        ),
    ],
)
def test_sentences_of_a_closing_that_would_not_be_said_are_told(
    tmp_path: Path, new: str, problem: str
) -> None:
    old = "{outcome: wrong_number, prompt: 打扰了，再见。}"
    whole = (Path(__file__).parent / "dialogs_data" / "small_script.yaml").read_text(encoding="utf-8")
    assert old in whole
    path = tmp_path / "small.yaml"
    path.write_text(whole.replace(old, new), encoding="utf-8")
    draft = read_draft(path)
    told = {found.text: draft.line_of(found) for found in draft.meaning}
    assert told[problem] == 1 + whole[: whole.index(old)].count("\n")


def test_a_file_is_parsed_once_and_everybody_gets_a_mapping_of_his_own() -> None:
    content = b"a: {b: [1, 2]} # side\nc: 1\nc: 2\n"
    first, repeated = parse("one.yaml", content)
    first["a"]["b"].append(3)
    again, repeated_again = parse("another.yaml", content)
    assert (again["a"]["b"], again.lc.key("c"), repeated_again) == ([1, 2], first.lc.key("c"), repeated)


def test_an_unreadable_file_is_told_by_its_own_name() -> None:
    for name in ("one.yaml", "another.yaml"):
        with pytest.raises(ScriptError, match=f"^{name}: 第 2 行"):
            parse(name, b"a: [1\nb: 2\n")
