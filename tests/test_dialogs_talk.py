"""``wenhou script talk``: a call held by typing, and what of it is saved as a test."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from campaign.errors import ScriptError
from dialogs.authoring import talk_command
from dialogs.authoring.dialogues import Act
from dialogs.authoring.dialogues_load import load_tests, read_tests, script_of
from dialogs.authoring.dialogues_run import run_tests
from dialogs.authoring.dialogues_save import save_test, with_test
from dialogs.authoring.talk import Conversation, Leave, Save, TurnTyped, Unknown, read_line
from dialogs.authoring.talk_command import talk, typed_lines
from dialogs.authoring.talk_screen import saved_to
from dialogs.authoring.test_command import test_scripts as run_script_tests
from dialogs.loading import load_script
from tests.scripts import GOOD, script_file

TODAY = date(2026, 11, 23)
SURVEY = load_script("health_survey")
ZHANG = {"name": "张三", "community": "幸福"}
ALL_ANSWERED = ("是我", "在北京", "没有", "三十六度五", "没去过", "没接触过", "三口人", "不需要")


def held(*typed: str) -> Conversation:
    conversation = Conversation.begin(SURVEY, ZHANG, TODAY)
    for line in typed:
        turn = read_line(line)
        assert isinstance(turn, TurnTyped)
        conversation = conversation.after(turn.act, turn.text)
    return conversation


def told(*typed: str, name: str = "health_survey", lines: Iterable[str] | None = None) -> tuple[int, str]:
    screen = io.StringIO()
    console = Console(file=screen, width=60)
    code = talk(console, name, typed if lines is None else lines, ZHANG, TODAY)
    return code, screen.getvalue()


# --- what is typed --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("没有发烧", TurnTyped(Act.SAY, "没有发烧")),
        ("  嗯 对  ", TurnTyped(Act.SAY, "嗯 对")),
        ("", TurnTyped(Act.BE_SILENT)),
        ("\n", TurnTyped(Act.BE_SILENT)),
        ("/1", TurnTyped(Act.PRESS, "1")),
        ("／１", TurnTyped(Act.PRESS, "1")),
        ("、*", TurnTyped(Act.PRESS, "*")),
        ("/＃", TurnTyped(Act.PRESS, "#")),
        ("/杂音", TurnTyped(Act.SAY, "")),
        ("/记下", Save()),
        ("/save mine", Save("mine")),
        ("/记下  早班.tests.yaml ", Save("早班.tests.yaml")),
        ("/退出", Leave()),
        ("/12", Unknown("/12")),
        ("/存", Unknown("/存")),
        ("/", Unknown("/")),
    ],
)
def test_typed_line_is_words_a_key_silence_or_a_command(line: str, meant: object) -> None:
    assert read_line(line) == meant


# --- the conversation -----------------------------------------------------------------------------------


def test_turn_gives_a_new_conversation_and_leaves_the_old_one_alone() -> None:
    before = held("是我")
    after = before.after(Act.SAY, "在北京")
    other = before.after(Act.SAY, "在外地")
    assert (before.state, len(before.exchanges)) == ("ask_beijing", 1)
    assert after.exchanges[-1].noted["in_beijing"].value is True
    assert other.exchanges[-1].noted["in_beijing"].value is False


def test_only_what_the_turn_changed_is_noted() -> None:
    exchanges = held("是我", "在北京，三十六度五").exchanges
    assert set(exchanges[0].noted) == {"identity"}
    assert set(exchanges[1].noted) == {"in_beijing", "temperature"}


def test_conversation_that_is_over_stays_as_it_is() -> None:
    over = held("打错了")
    assert (over.is_over, over.closing) == (True, "wrong_number")
    assert over.after(Act.SAY, "喂") is over


# --- on the screen --------------------------------------------------------------------------------------


def test_answers_are_shown_with_how_sure_they_are_and_where_the_call_goes() -> None:
    code, text = told(*ALL_ANSWERED)
    assert code == 0
    assert "机器人：请问是张三本人或家人吗？" in text
    assert "已记下 体温 36.5 ✓（把握 1.00）\n　　到：ask_travel\n机器人：近十四天去过外地吗" in text
    assert "已记下 接听人 本人 ✓" in text
    assert "已记下 十四天内去过外地 否 ✓" in text
    assert "通话结束：done（问完了）\n排查分级：绿\n必须问的都问到了，没有待核实的。" in text


def test_silence_asks_again_in_other_words() -> None:
    _, text = told("", "/退出")
    assert "到：ask_identity（问法 no_input）\n机器人：喂，您好，请问是张三家吗？" in text


def test_what_was_never_understood_stays_open() -> None:
    _, text = told("是我", "在北京", "没有", *["/杂音"] * 3, *ALL_ANSWERED[4:])
    assert "已记下 体温 不知道 待核实（把握 0.00）" in text
    assert "排查分级：黄\n没有问到：体温\n" in text


def test_answer_that_was_not_agreed_to_is_to_be_checked() -> None:
    _, text = told(
        "是我", "在北京", "有点发烧", *ALL_ANSWERED[3:], "/杂音", "/杂音", "/杂音", "/杂音", "/退出"
    )
    assert "已记下 症状 发热 待核实" in text
    assert "待核实：症状" in text


def test_unfinished_talk_tells_where_it_stopped_and_what_is_open() -> None:
    _, text = told("是我", "在北京", "/退出")
    assert text.endswith(
        "对话没有说完，停在 ask_symptoms。\n排查分级：还分不出级\n"
        "没有问到：症状、体温、十四天内去过外地、接触过病人\n"
    )


def test_words_after_the_end_are_not_heard() -> None:
    code, text = told("打错了", "喂喂", "", "这一行不读")
    assert code == 0
    assert "通话已经结束，居民的话听不到了" in text
    assert text.count("通话结束：") == 1


def test_unknown_command_tells_those_that_there_are() -> None:
    assert "没有 /存 这个命令。打字扮演居民：" in told("/存")[1]


def test_control_c_ends_politely() -> None:
    def interrupted() -> Iterator[str]:
        yield "是我"
        raise KeyboardInterrupt

    code, text = told(lines=interrupted())
    assert code == 0
    assert "对话没有说完，停在 ask_beijing。" in text


def test_end_of_input_ends_politely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("是我\n"))
    code, text = told(lines=typed_lines(Console(file=io.StringIO())))
    assert code == 0
    assert "对话没有说完，停在 ask_beijing。" in text


def test_lines_of_a_pipe_are_shown() -> None:
    """Otherwise only one side of the conversation could be read."""
    screen = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO("是我\n\n"))
        assert list(typed_lines(Console(file=screen))) == ["是我\n", "\n"]
    assert screen.getvalue() == "居民：是我\n居民：\n"


def test_keyboard_is_asked_until_control_d(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    answers = iter(["是我", ""])

    def typed(prompt: str) -> str:
        assert prompt == "居民："
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", typed)
    assert list(typed_lines(Console(file=io.StringIO()))) == ["是我", ""]


# --- saving ---------------------------------------------------------------------------------------------

WITH_COMMENTS = """\
# 手写的测试，注释要留着。
居民: {姓名: 张三,
       社区: 幸福}   # 两行写的
日期: 2026-11-23

测试:
  # --- 第一段 ---
  - 名称: "打错"     # 引号也留着
    对话: [打错了]
    结果: wrong_number
"""


def saved(before: str, *typed: str) -> str:
    return with_test(held(*typed), "a.tests.yaml", before.encode())[0].decode()


def test_saved_conversation_expects_what_happened(tmp_path: Path) -> None:
    file = tmp_path / "new.tests.yaml"
    name = save_test(held("是我", "", "/1", "头疼还咳嗽", "三十七度八", "去过武汉"), file)
    assert name == "试说 1，问到 ask_return"
    assert file.read_text(encoding="utf-8") == (
        "# health_survey 的对话测试，写法见自带的 health_survey.tests.yaml。\n\n"
        "居民: {姓名: 张三, 社区: 幸福}\n日期: 2026-11-23\n\n测试:\n"
        "  - 名称: 试说 1，问到 ask_return\n    对话:\n"
        "      - {说: 是我, 记下: {identity: self}, 到: ask_beijing}\n"
        "      - {沉默: 是, 到: ask_beijing, 问法: no_input}\n"
        '      - {按键: 1, 记下: {in_beijing: "yes"}, 到: ask_symptoms}\n'
        "      - {说: 头疼还咳嗽, 记下: {symptoms: [头痛, 咳嗽]}, 到: ask_temperature}\n"
        "      - {说: 三十七度八, 记下: {temperature: 37.8}, 到: ask_travel}\n"
        '      - {说: 去过武汉, 记下: {travel_place: 湖北武汉, travel: "yes"}, 到: ask_return}\n'
    )


@pytest.mark.parametrize(
    "typed",
    [
        ALL_ANSWERED,
        ("/1", "/1", "/2", "没量", "去过", "河北石家庄", "前天回来的", "没有", "/4", "要点降压药: 三盒, 急"),
        ("是我", "在北京", "发烧，还咳嗽", "三十八度五", "没有", "没有", "3", "不用", "不对", "三十六度八"),
        ("/杂音", "", "/*", "yes", "null", "# 三", "- 是我", "{是我", "'", "? 甲", "说: 甲"),
        ("", "", ""),
        ("/0",),
    ],
    ids=lambda typed: typed[0],
)
def test_saved_test_passes(typed: tuple[str, ...]) -> None:
    tests = read_tests("a.tests.yaml", saved(WITH_COMMENTS, *typed).encode(), SURVEY).tests
    assert [result.failure for result in run_tests(SURVEY, tests, date(2000, 1, 1))] == [None, None]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=12) | st.sampled_from(ALL_ANSWERED), min_size=1, max_size=6))
def test_whatever_is_said_can_be_saved_and_passes(said: list[str]) -> None:
    conversation = Conversation.begin(SURVEY, ZHANG, TODAY)
    for text in said:
        conversation = conversation.after(Act.SAY, text.strip())
    with_test(conversation, "a.tests.yaml", WITH_COMMENTS.encode())  # raises where it does not pass


def test_what_stands_in_the_file_stays_byte_for_byte() -> None:
    after = saved(WITH_COMMENTS, "打错了")
    assert after.startswith(WITH_COMMENTS + "\n  - 名称: 试说 2，打错了\n")
    assert "日期" not in after.removeprefix(WITH_COMMENTS)  # the file's own is the same


def test_day_and_resident_are_written_where_the_file_has_others() -> None:
    before = WITH_COMMENTS.replace("2026-11-23", "2026-01-01").replace("张三", "李四")
    new = saved(before, "打错了").removeprefix(before)
    assert "居民: {姓名: 张三, 社区: 幸福}\n    日期: 2026-11-23\n" in new


@pytest.mark.parametrize(
    "before",
    [
        "测试:\n- 名称: 甲\n  对话: [是我]\n",
        "测试:\n    - 名称: 甲\n      对话: [是我]",
        "测试:\n  - 名称: 甲\n    对话: [是我]\n\n\n",
        "测试:\r\n  - 名称: 甲\r\n    对话: [是我]\r\n",
        "\ufeff测试:\n  - 名称: 甲\n    对话: [是我]\n  # 完\n",
        "测试:\n  - 名称: 甲\n    对话: [是我]\n\n# 所有对话共用\n居民: {姓名: 王五}\n",
        "日期: 2026-11-23\n",
        "测试:\n",
    ],
)
def test_new_test_goes_behind_the_last_one_however_the_file_is_written(before: str) -> None:
    after = saved(before, "打错了")
    tests = read_tests("a.tests.yaml", after.encode(), SURVEY).tests
    assert tests[-1].ending.closing == "wrong_number"
    assert [line for line in before.splitlines() if line.strip()] == [
        line for line in after.splitlines() if line in before.splitlines() and line.strip()
    ]
    assert ("\r\n" in before) == (after.count("\n") == after.count("\r\n"))


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("测试: [{名称: 甲, 对话: [是我]}]\n", "a.tests.yaml: 第 1 行: 没法在“测试”后面加一段"),
        ("居民: {姓名: 甲}\n测试: 甲\n", "a.tests.yaml: 第 2 行: 没法在“测试”后面加一段"),
        ("测试:\n  - 名称: 甲\n", "a.tests.yaml: 第 2 行: 测试 甲: 缺少 对话"),
        ("测试: '\n", "YAML 写法有误"),
    ],
)
def test_file_with_mistakes_is_not_added_to(before: str, sentence: str) -> None:
    with pytest.raises(ScriptError, match=sentence):
        saved(before, "打错了")


def test_conversation_that_goes_another_way_in_the_file_is_not_saved() -> None:
    """The file's resident counts for all of its tests: who says the name is he himself."""
    nameless = Conversation.begin(SURVEY, {}, TODAY).after(Act.SAY, "我叫王建国")
    before = WITH_COMMENTS.replace("张三", "王建国")
    with pytest.raises(ScriptError) as refused:
        with_test(nameless, "a.tests.yaml", before.encode())
    assert refused.value.code == "test_differs"
    assert "写进 a.tests.yaml 以后走得不一样，没有保存：" in refused.value.message


def test_conversation_without_a_word_is_not_saved() -> None:
    with pytest.raises(ScriptError, match="居民还没有说过话"):
        saved(WITH_COMMENTS)


def test_tests_of_a_bundled_script_are_run_wherever_they_were_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told("打错了", "/记下")
    assert script_of("health_survey.tests.yaml") == "health_survey"
    screen = io.StringIO()
    assert run_script_tests(Console(file=screen, width=60), ["health_survey.tests.yaml"], TODAY) == 0
    assert "✓ 试说 1，打错了\n通过 1 段" in screen.getvalue()
    script_file(tmp_path, GOOD, "health_survey.yaml")
    assert script_of("health_survey.tests.yaml") == "health_survey.yaml"  # the one beside comes first


def test_talk_saves_beside_the_script_and_the_test_passes(tmp_path: Path) -> None:
    file = script_file(tmp_path, GOOD, "small.yaml")
    _, text = told("是我", "/记下", "老咳", "/记下", name=str(file))
    beside = tmp_path / "small.tests.yaml"
    assert f"已存成测试“试说 1，问到 ask_symptoms”：{beside}（名称可以在文件里改）" in text
    script = load_script(file)
    tests = load_tests(file, script).tests
    assert [len(test.turns) for test in tests] == [1, 2]
    assert not any(result.failure for result in run_tests(script, tests, TODAY))


def test_talk_goes_on_when_saving_fails(tmp_path: Path) -> None:
    _, text = told("是我", f"/记下 {tmp_path}/nowhere/a", "在北京", name="health_survey")
    assert f"写不了 {tmp_path}/nowhere/a.tests.yaml：No such file or directory。请换一个位置" in text
    assert "到：ask_symptoms" in text


@pytest.mark.parametrize(
    ("given", "name", "file"),
    [
        ("", "mine.yaml", "mine.tests.yaml"),
        ("", "folder/mine.tests.yaml", "folder/mine.tests.yaml"),
        ("", "health_survey", "health_survey.tests.yaml"),
        ("早班", "mine.yaml", "早班.tests.yaml"),
        ("a.yaml", "mine.yaml", "a.tests.yaml"),
        ("a.tests.yaml", "mine.yaml", "a.tests.yaml"),
    ],
)
def test_where_a_conversation_is_saved(given: str, name: str, file: str) -> None:
    """Never into the program's own folder, nor into a script."""
    assert saved_to(given, name) == Path(file)


def test_how_to_names_every_command() -> None:
    for command in ("/记下", "/退出", "/杂音", "/1"):
        assert command in talk_command.HOW_TO
