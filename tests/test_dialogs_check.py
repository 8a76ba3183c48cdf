"""Mistakes, one at a time: each is found, at its line, with a sentence that says what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from campaign.errors import ScriptError
from dialogs.checks.call_length import call_length
from dialogs.checks.ways import ways
from dialogs.loading import bundled_scripts, load_script, read_draft
from dialogs.script import Transition
from tests.scripts import GOOD, changed, findings, line_of, script_file


class Mistake(NamedTuple):
    old: str
    new: str
    at: str
    """Where it must be told, as ``line_of`` understands it."""
    told: str
    """Part of the sentence."""
    also: tuple[str, ...] = ()
    """Parts of other sentences that the same mistake rightly brings about."""


FORM = [
    Mistake("title: 小话术\n", "", "script:", "缺少 title（一段文字）"),
    Mistake("label: 外出", "lable: 外出", "lable", "不认识 lable（是不是 label？）", ("缺少 label",)),
    Mistake("type: yes_no", "type: yesno", "yesno", "type 不能是 yesno（是不是 yes_no？）"),
    Mistake("minimum: 34", "minimum: 低", "minimum: 低", "minimum 应当是数字，现在是 低"),
    Mistake("required: true", "required: 要", "required: 要", "required 应当是 true 或 false"),
    Mistake("reprompts: 1", "reprompts: -1", "reprompts", "reprompts 应当是0 或正整数"),
    Mistake("reprompts: 1", "silences_in_a_row: 0", "silences", "silences_in_a_row 应当是正整数"),
    Mistake("reprompts: 1", "no_input_seconds: -3", "no_input", "no_input_seconds 应当是大于 0 的数"),
    Mistake("reprompts: 1", "reprompt: 1", "reprompt:", "不认识 reprompt（是不是 reprompts？）"),
    Mistake("vague: [不舒服]", "vague: 不舒服", "vague", "vague 应当是[甲, 乙] 这样的一列"),
    Mistake("next:\n      - go: done", "next: done", "next: done", "next 应当是“- ”开头的一列"),
    Mistake("first: 打了几针？, ", "", "请问打了几针", "prompts 里缺少 first"),
    Mistake("no_match: 没听清，哪个省", "nomatch: 没听清，哪个省", "哪个省", "（是不是 no_match？）"),
    Mistake("at_least: 39", "atleast: 39", "atleast", "不认识 atleast（是不是 at_least？）"),
    Mistake("{missing: [symptoms, travel]}", "{is_empty: true}", "{is_empty: true}", "条件要么写 slot"),
    Mistake("repeat: true, ", "", "repeat:", "go、say、repeat、slower 要写其中的一个"),
    Mistake("grade: yellow", "grade: orange", "orange", "grade 不能是 orange"),
    Mistake("outcome: wrong_number", "outcome: wrong", "outcome: wrong,", "（是不是 wrong_number？）"),
    Mistake("start: ask_who", "start: ask_who\ntitle: 又一个", "又一个", "title 写了两遍，第 3 行已经写过"),
    Mistake("no_input: 请问体温", "first: 请问体温", "first: 请问体温", "first 写了两遍，第 "),
    Mistake("title: 小话术", "title: 小: 话术", "小: 话术", "话里有冒号要加引号"),
    Mistake("self: [是我, 本人]", "self: [是我, 本人", "family:", "一列没有写完，缺少逗号或右括号"),
]

NAMES = [
    Mistake("start: ask_who", "start: ask_hwo", "start:", "ask_hwo 不存在（是不是 ask_who？）"),
    Mistake("ask: shot", "ask: shoot", "shoot", "要问的内容 shoot 不存在（是不是 shot？）"),
    Mistake("also: [place]", "also: [plaza]", "plaza", "要问的内容 plaza 不存在（是不是 place？）"),
    Mistake(
        "go: ask_wish", "go: ask_which", "ask_which", "ask_which 不存在（是不是 ask_wish？）", ("走不到",)
    ),
    Mistake("go: sorry, words", "go: sory, words", "sory", "结束语 sory 不存在（是不是 sorry？）"),
    Mistake("part_of: travel", "part_of: travels", "part_of", "travels 不存在（是不是 travel？）"),
    Mistake("part_of: travel", "part_of: wish", "part_of", "part_of 的内容 wish 应当是 yes_no 的"),
    Mistake("slot: who,", "slot: hwo,", "slot: hwo", "条件里的 hwo 不存在（是不是 who？）"),
    Mistake("missing: [symptoms,", "missing: [symptom,", "missing", "条件里的 symptom 不存在"),
    Mistake("wrong_number: [打错了]", "wrong: [打错了]", "wrong: [", "identity 没有 wrong 这个值"),
    Mistake('"no": [没出过门]', '"non": [没出过门]', '"non"', "unprompted 里 yes_no 没有 non 这个值"),
    Mistake('"1": [一个人住]', "one: [一个人住]", "one:", "count 没有 one 这个值，请写数字"),
    Mistake("发热: [发烧", "none: [都好]\n      发热: [发烧", "none: [都好]", "values 里写 none 不起作用"),
    Mistake("vague: [不舒服]", "vague: [难受]", "vague", "vague 里的 难受 不在 values 里"),
    Mistake("发热: 有发热，", "发烧: 有发烧，", "发烧: 有发烧", "symptoms 没有 发烧 这个值"),
    Mistake(
        "      temperature: {n", "      people_: {n", "people_", "confirms 里的 people_ 没有哪个状态问过"
    ),
    Mistake("from: 37.3", "from: 41.3", "from: 41.3", "from 比 to 大"),
    Mistake('first: "您说{answers}对', 'first: "您说的对', "您说的对", "first 里应当有 {answers}"),
    Mistake(
        "first: 打了几针？", 'first: "打{answers}针？"', "打{answers}", "有 confirms 的状态才能用 {answers}"
    ),
    Mistake("ask: right", "ask: wish", "confirm: > ask: wish", "核对的回答 wish 应当是 yes_no 的"),
    Mistake("{name}家吗", "{nmae}家吗", "nmae", "不认识 {nmae}（是不是 name？）"),
    Mistake("{name}家吗", "{name家吗", "{name家", "花括号没有成对"),
    Mistake("opening: 您好", "opening: 您好{name}", "opening", "要另给一句不带 {…} 的 plain"),
    Mistake(
        "有点{symptom}", "有点{symptoms}", "{symptoms}", "phrases 里不认识 {symptoms}（是不是 symptom？）"
    ),
    Mistake("有点{symptom}", "{date}有点{symptom}", "{date}", "一句里只能有一个 {…}"),
    Mistake('{"1": self}', '{"12": self}', '"12"', "按键 12 不是 0-9 * # 中的一个"),
    Mistake('{"1": self}', '{"1": sefl}', "sefl", "按键 1 的值 sefl 不是 who 能记的值（是不是 self？）"),
    Mistake('{"1": self}', '{"*": self}', '"*"', "按键 * 在 intents 的 repeat 里已经有用处，请换一个键"),
    Mistake('    keys: {"1": self}\n', "", "keys: 是本人请按一", "prompts 里有 keys，却没有写 keys"),
    Mistake("words: [你是谁]", 'words: [你是谁], keys: ["*"]', "who_are_you", "按键 * 在 repeat 里已经有了"),
]

WAYS = [
    Mistake(
        "go: ask_wish", "go: ask_people", "ask_shot: > next:", "绕回了前面的 ask_people", ("从 ask_who 出发",)
    ),
    Mistake("- go: ask_shot", "- go: ask_wish", "  ask_shot:", "从 ask_who 出发走不到这里"),
    Mistake(
        "      - go: ask_travel\n", "", "ask_temperature: > next:", "next 的最后一条不能有 when", ("走不到",)
    ),
    Mistake(
        "      - go: done\n",
        "      - go: done\n      - go: lost\n",
        "- go: lost",
        "next 的第 2 条永远走不到，前面第 1 条没有 when",
    ),
    Mistake(
        "        go: confirm\n",
        "        go: confirm\n      - when: {slot: temperature, at_least: 40}\n        go: ask_wish\n",
        "at_least: 40",
        "next 的第 2 条永远走不到，前面第 1 条的条件已经包括了它",
    ),
    Mistake(
        "        go: ask_place\n",
        '        go: ask_place\n      - when: {slot: travel, is: "yes"}\n        go: ask_wish\n',
        "ask_travel: > is: > is:",
        "前面第 1 条的条件已经包括了它",
    ),
    Mistake("outcome: gave_up", "outcome: call_later", "closings:", "缺少 outcome: gave_up 的结束语"),
    Mistake(
        "  right:\n",
        "  age:\n    label: 年龄\n    type: count\n    required: true\n  right:\n",
        "  age: > required",
        "内容 age: 写了 required: true，却没有哪个状态问它",
    ),
]

VALUES = [
    Mistake(
        'travel, is: "yes"}\n        go',
        "travel, is: maybe}\n        go",
        "maybe",
        "travel 没有 maybe 这个值",
    ),
    Mistake(
        "is: wrong_number",
        "is: wrong_numbr",
        "wrong_numbr",
        "who 没有 wrong_numbr 这个值（是不是 wrong_number？）",
    ),
    Mistake("includes: 发热", "includes: 发烧", "includes: 发烧", "symptoms 没有 发烧 这个值"),
    Mistake("includes: 发热", "includes: none", "includes: none", "请用 is_empty: true"),
    Mistake("includes: 发热", "is: 发热", "symptoms, is: 发热", "不能用 is，请用 includes 或 is_empty"),
    Mistake(
        'travel, is: "yes"}\n      - {m', 'travel, includes: "yes"}\n      - {m', 'includes: "yes"', "请用 is"
    ),
    Mistake(
        'travel, is: "yes"}\n      - {m',
        "travel, at_least: 1}\n      - {m",
        "at_least: 1}",
        "不能比大小，请用 is",
    ),
    Mistake(
        'travel, is: "yes"}\n      - {m',
        "travel, is_empty: true}\n      - {m",
        "travel, is_empty",
        "请用 missing",
    ),
    Mistake("at_least: 39", "at_least: 93", "at_least: 93", "93 比 temperature 的 maximum 43 还大"),
    Mistake("at_least: 39", "at_most: 3.9", "at_most: 3.9", "3.9 比 temperature 的 minimum 34 还小"),
    Mistake("at_least: 39", "at_least: 39, at_most: 38", "at_most: 38", "at_least 39 比 at_most 38 还大"),
    Mistake("at_least: 39", "is: 高", "is: 高", "temperature 是数字，is 后面也要写数字"),
    Mistake("at_least: 39", "is: 50", "is: 50", "50 比 temperature 的 maximum 43 还大"),
    Mistake(
        "minimum: 34", "minimum: 43.5", "minimum: 43.5", "minimum 43.5 比 maximum 43 大", ("还小", "范围")
    ),
    Mistake('{"3": "3"}', '{"3": "30"}', '"30"', "30 比 people 的 maximum 20 还大"),
    Mistake('"1": [一个人住]', '"0": [没人住]', '"0"', "count 没有 0 这个值"),
    Mistake(
        '"no": [一直在家]',
        '"no": [一直在家, 去过]',
        '"no": [一直在家, 去过]',
        "“去过”既是 yes 又是 no 的说法",
    ),
    Mistake("third: [打满了]", "third: [打满了, 第一针]", "third", "“第一针”既是 first 又是 third 的说法"),
]

GRADING = [
    Mistake("  - grade: green\n", "", "grading:", "排查分级: 最后一条不能有 any"),
    Mistake(
        "  - grade: yellow\n",
        "  - grade: green\n  - grade: yellow\n",
        "grade: yellow",
        "永远轮不到，前面第 2 条没有 any",
        ("永远轮不到",),
    ),
    Mistake(
        "  - grade: green\n",
        "  - grade: yellow\n    any:\n      - {slot: temperature, at_least: 38}\n  - grade: green\n",
        "grading: > yellow > yellow",
        "第 3 条（yellow）永远轮不到，它的条件在前面第 1 条里都有了",
    ),
    Mistake(
        "  - grade: green\n",
        "  - grade: yellow\n    any:\n      - {missing: [travel]}\n  - grade: green\n",
        "grading: > yellow > yellow",
        "它的条件在前面第 2 条里都有了",
    ),
]

ERRORS = FORM + NAMES + WAYS + VALUES + GRADING

WARNINGS = [
    Mistake("self: [是我, 本人]", "self: [是我，本人]", "是我，本人", "“是我，本人”里有全角的“，”"),
    Mistake(
        "  lost:", "  full: {outcome: wants_person, prompt: 再见。}\n  lost:", "full:", "永远不会说；请接上"
    ),
    Mistake("  right:\n", "  age: {label: 年龄, type: count}\n  right:\n", "  age:", "没有哪个状态问它"),
    Mistake(
        ", no_match: 没听清，多少度？",
        "",
        "请问体温多少",
        "prompts 里没有 no_match，没听懂时只会把 first 原样再说一遍",
    ),
    Mistake(", no_input: 请问打了几针？", "", "first: 打了几针", "prompts 里没有 no_input"),
    Mistake(
        "third: [打满了]", "third: [打满了]\n    unknown: [忘了, 打满了]", "unknown: [忘", "又在 unknown 里"
    ),
    Mistake(
        "  lost:",
        "  lost2: {outcome: gave_up, prompt: 再见。}\n  lost:",
        "  lost:",
        "结束语 lost: 没有哪个 next",
    ),
    Mistake("at_least: 39", "at_least: 34", "at_least: 34", "这个条件总是成立"),
    Mistake("from: 37.3", "from: 30", "from: 30", "confirms 里 temperature 的 from 用不上，30 比"),
    Mistake("to: 41", "to: 44", "to: 44", "的 to 用不上，44 比 temperature 的 maximum 43 还大"),
    Mistake(
        "words: [你打错了]", "words: [你打错了, 你是谁]", "go: sorry, w", "“你是谁”在 who_are_you 里已经有了"
    ),
    Mistake(
        "say: 我是社区的。, words: [你是谁]", "say: 我是社区的。", "who_are_you", "没有 words 也没有 keys"
    ),
    Mistake(
        "头痛: [头疼]", "头痛: [头疼, 老咳]", "头痛:", "“老咳”既是 咳嗽 又是 头痛 的说法，听到时两样都会记下"
    ),
    Mistake(
        "third: [打满了]", "third: [打满了, 敌意针]", "third", "“敌意针”（third）和“第一针”（first）只差声调"
    ),
    Mistake("头痛: [头疼]", "头痛: [头疼, 刻]", "头痛", "“刻”（头痛）和“咳”（咳嗽）只差声调"),
    Mistake("third: [打满了]", "third: [打满了, 第一怎]", "third", "和“第一针”（first）在电话里听起来很像"),
    Mistake(
        "      - {slot: symptoms, is_empty: false}\n",
        "      - {slot: symptoms, is_empty: false}\n      - {slot: temperature, at_least: 37.3}\n",
        "is_empty: false > at_least",
        "第 2 条（yellow）的这个条件，第 1 条（red）里已经有了",
    ),
    Mistake(
        "      - {slot: symptoms, is_empty: false}\n",
        "      - {slot: symptoms, is_empty: false}\n      - {slot: symptoms, includes: 咳嗽}\n",
        "includes: 咳嗽",
        "这一条里已经有了",
    ),
    Mistake("reprompts: 1", "call_seconds: 30", "call_seconds", "一次通话最长约"),
]


def _name(mistake: Mistake) -> str:
    return mistake.told


@pytest.mark.parametrize("mistake", ERRORS, ids=_name)
def test_error_is_told_at_its_line_and_stops_the_script(tmp_path: Path, mistake: Mistake) -> None:
    text = changed(mistake.old, mistake.new)
    code, found = findings(script_file(tmp_path, text))
    assert code == 1
    hits = [each for each in found if mistake.told in each.text]
    assert [each.line for each in hits if each.is_error][:1] == [line_of(text, mistake.at)], found
    others = [
        e for e in found if e.is_error and not any(part in e.text for part in (mistake.told, *mistake.also))
    ]
    assert not others
    with pytest.raises(ScriptError):
        load_script(tmp_path / "mine.yaml")


@pytest.mark.parametrize("mistake", WARNINGS, ids=_name)
def test_warning_is_told_at_its_line_and_does_not_stop_the_script(tmp_path: Path, mistake: Mistake) -> None:
    text = changed(mistake.old, mistake.new)
    code, found = findings(script_file(tmp_path, text))
    assert code == 0
    (hit,) = found
    assert mistake.told in hit.text
    assert hit.line == line_of(text, mistake.at)
    assert load_script(tmp_path / "mine.yaml").name == "small"


def test_mistakes_of_form_and_of_meaning_are_told_at_once(tmp_path: Path) -> None:
    text = changed("label: 外出", "lable: 外出")
    text = changed("ask: shot", "ask: shoot", text)
    text = changed("includes: 发热", "includes: 发烧", text)
    text = changed("type: count", "type: count\n    type: count", text)
    text = changed(", no_input: 请问打了几针？", "", text)
    _, found = findings(script_file(tmp_path, text))
    assert [(each.line, each.is_error) for each in found] == sorted(
        (each.line, each.is_error) for each in found
    )
    whole = "\n".join(each.text for each in found)
    for part in ("不认识 lable", "shoot 不存在", "没有 发烧 这个值", "type 写了两遍", "没有 no_input"):
        assert part in whole
    with pytest.raises(ScriptError, match="写了两遍"):
        load_script(tmp_path / "mine.yaml")


def test_what_only_follows_from_a_mistake_of_form_is_not_told(tmp_path: Path) -> None:
    _, found = findings(script_file(tmp_path, changed("slots:", "slot:")))
    assert {each.text for each in found if each.is_error} == {
        "脚本: 缺少 slots（“名称: 值”的一组）",
        "脚本: 不认识 slot（是不是 slots？）",
    }


@pytest.mark.parametrize("name", bundled_scripts())
def test_bundled_scripts_have_no_error_and_no_warning_but_of_their_tests(name: str) -> None:
    draft = read_draft(name)
    assert draft.errors == draft.meaning == draft.repeated == ()


SURVEY = (read_draft("health_survey").file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "mistake",
    [
        Mistake("go: ask_temperature", "go: ask_temprature", "ask_temprature", "是不是 ask_temperature"),
        Mistake('slot: contact, is: "yes"', "slot: contact, is: 有", "is: 有", "contact 没有 有 这个值"),
        Mistake("at_least: 37.3", "at_least: 373", "at_least: 373", "比 temperature 的 maximum 43 还大"),
        Mistake("also: [travel_place, return_date]", "also: [travel_place, date]", "also:", "date 不存在"),
        Mistake("  done:\n", "  dome:\n", "next: > - go: done", "done 不存在"),
    ],
    ids=_name,
)
def test_mistake_in_the_survey_is_told_at_its_line(tmp_path: Path, mistake: Mistake) -> None:
    text = changed(mistake.old, mistake.new, SURVEY)
    _, found = findings(script_file(tmp_path, text))
    (hit, *_) = [each for each in found if mistake.told in each.text]
    assert hit.line == line_of(text, mistake.at)


SHARED = (read_draft("health_survey").file.with_name("common.yaml")).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "mistake",
    [
        Mistake("咳嗽: [咳嗽,", "咳嗽: [咳嗽,]\n      咳嗽: [咳嗽,", "咳嗽: > 咳嗽: [咳嗽,", "咳嗽 写了两遍"),
        Mistake('"no": [不对, ', '"no": [没错, 不对, ', "没错, 不对", "“没错”既是 yes 又是 no 的说法"),
        Mistake('"1": self', '"1": me', "ask_identity: > keys: {", "按键 1 的值 me 不是 identity 能记的值"),
        Mistake("go: wants_person", "go: wants_a", "go: wants_a", "结束语 wants_a 不存在"),
        Mistake("label: 症状", "lable: 症状", "lable:", "不认识 lable（是不是 label？）"),
        Mistake("closings:", "closing:", "closing:", "公共部分: 不认识 closing（是不是 closings？）"),
        Mistake("slots:", "start: ask_identity\nslots:", "start:", "start，公共文件里只能写"),
    ],
    ids=_name,
)
def test_mistake_in_a_shared_part_is_told_at_its_line_in_that_file(tmp_path: Path, mistake: Mistake) -> None:
    text = changed(mistake.old, mistake.new, SHARED)
    (tmp_path / "common.yaml").write_text(text, encoding="utf-8")
    _, found = findings(script_file(tmp_path, SURVEY))
    (hit, *_) = [each for each in found if mistake.told in each.text]
    assert (hit.file, hit.line) == (str(tmp_path / "common.yaml"), line_of(text, mistake.at))
    with pytest.raises(ScriptError, match=f"common.yaml: 第 {hit.line} 行: "):
        load_script(tmp_path / "mine.yaml")


def test_nothing_that_is_written_makes_the_check_fall_over(tmp_path: Path) -> None:
    """Every line in turn is left out or holds something else."""
    lines = GOOD.splitlines(keepends=True)
    values = (None, "", " 甲", " []", " 3", " {甲: 乙}")
    for number, line in enumerate(lines):
        key, value = line.partition(":")[0], values[number % len(values)]
        other = "" if value is None else f"{key}:{value}\n"
        code, found = findings(script_file(tmp_path, "".join([*lines[:number], other, *lines[number + 1 :]])))
        assert (code == 1) == any(each.is_error for each in found)
        assert all(1 <= each.line <= len(lines) for each in found), (line, found)


def test_script_of_a_thousand_questions_is_checked(tmp_path: Path) -> None:
    script = load_script(script_file(tmp_path))
    wish = script.states["ask_wish"]
    more = {
        f"ask{number}": replace(wish, name=f"ask{number}", next=(Transition(f"ask{number + 1}"),))
        for number in range(1200)
    }
    last = {"ask1200": replace(wish, name="ask1200", next=(Transition("ask_who"),))}
    long = replace(script, start="ask0", states={**more, **last, **script.states})
    assert list(ways(long)) == []
    assert call_length(long, {}).longest_seconds > 1200
