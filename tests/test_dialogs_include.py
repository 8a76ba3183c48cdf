"""Parts that scripts share: what is put together, where mistakes are told, and that a version is complete."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from campaign.errors import ScriptError
from campaign.records import Grade
from dialogs.authoring.draw_command import draw_script
from dialogs.authoring.test_command import test_scripts
from dialogs.authoring.versions import published, script_meant
from dialogs.authoring.versions_command import publish_script, tell_changes
from dialogs.loading import bundled_scripts, load_script, read_draft
from dialogs.loading.include import is_shared_file
from tests.scripts import findings, line_of

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

OWN = """\
script: mine
title: 通知
version: "3"
include: shared.yaml
start: ask
opening: 您好。
slots:
  understood:
    label: 听明白
    type: yes_no
    values: {"yes": [明白], "no": [没明白]}
states:
  ask:
    ask: understood
    prompts: {first: 明白吗？, no_input: 喂？, no_match: 明白没有？}
    next: [{go: done}]
closings:
  done: {outcome: completed, prompt: 再见。}
intents:
  who:
    say: 我是社区。
  repeat:
grading:
  - grade: yellow
    any: [{slot: understood, is: "no"}]
"""
SHARED = """\
limits: {reprompts: 2, call_seconds: 60}
slots:
  wanted:
    label: 需要
    type: text
closings:
  gave_up: {outcome: gave_up, prompt: 没听到，再见。}
  opted_out: {outcome: opted_out, prompt: 不打了，再见。}
  never: {outcome: completed, prompt: 不会说的。}
intents:
  repeat: {repeat: true, words: [再说一遍]}
  who: {say: 我是谁呢。, words: [你是谁, 哪位]}
  opted_out: {go: opted_out, words: [别再打了]}
grading:
  - grade: green
"""
TESTS = """\
测试:
  - {名称: 明白, 对话: [{说: 明白, 到: done}], 分级: green}
  - {名称: 别打了, 对话: [别再打了], 结束语: opted_out}
"""


def written(folder: Path, **files: str) -> Path:
    """Files named after the arguments; the script's."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"mine": OWN, "shared": SHARED, **files}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "mine.tests.yaml").write_text(TESTS, encoding="utf-8")
    return folder / "mine.yaml"


def said(command: object, *arguments: object) -> str:
    screen = io.StringIO()
    assert command(Console(file=screen, width=80), *arguments) == 0  # type: ignore[operator]
    return screen.getvalue()


# --- what is put together -------------------------------------------------------------------------------


def test_script_counts_and_the_shared_file_completes_it(tmp_path: Path) -> None:
    script = load_script(written(tmp_path))
    who = script.intents["who"]
    assert who.say is not None
    assert (who.say.text, who.words) == ("我是社区。", ("你是谁", "哪位"))
    assert list(script.intents) == ["who", "repeat", "opted_out"]
    assert [rule.grade for rule in script.grading] == [Grade.YELLOW, Grade.GREEN]
    assert (script.limits.reprompts, script.limits.call_seconds) == (2, 60)


def test_what_nothing_refers_to_is_left_out(tmp_path: Path) -> None:
    script = load_script(written(tmp_path))
    assert list(script.closings) == ["done", "gave_up", "opted_out"]
    assert list(script.slots) == ["understood"]


def test_what_only_another_shared_part_refers_to_is_used(tmp_path: Path) -> None:
    states = "states:\n  later:\n    ask: wanted\n    prompts: {first: 要什么？}\n    next: [{go: never}]\n"
    own = OWN.replace("next: [{go: done}]", "next: [{go: later}]")
    script = load_script(written(tmp_path, mine=own, shared=SHARED + states))
    assert list(script.states) == ["ask", "later"]
    assert list(script.slots) == ["understood", "wanted"]
    assert "never" in script.closings


def test_kind_of_a_slot_names_no_shared_slot(tmp_path: Path) -> None:
    shared = SHARED.replace("  wanted:\n", "  text:\n")
    own = OWN.replace("states:", "  besides: {label: 别的, type: text}\nstates:")
    assert list(load_script(written(tmp_path, mine=own, shared=shared)).slots) == ["understood", "besides"]


def test_what_an_entry_does_is_chosen_once(tmp_path: Path) -> None:
    """A script that answers 再说一遍 in its own words does not repeat as well."""
    own = OWN.replace("  repeat:\n", "  repeat: {say: 再念一遍。}\n")
    repeat = load_script(written(tmp_path, mine=own)).intents["repeat"]
    assert repeat.say is not None
    assert (repeat.is_repeat, repeat.words) == (False, ("再说一遍",))


def test_of_several_shared_files_the_first_counts_and_what_it_includes(tmp_path: Path) -> None:
    more = {
        "first": "include: below.yaml\nlimits: {reprompts: 5}\n",
        "below": "limits: {reprompts: 6, no_input_seconds: 7}\n",
    }
    own = OWN.replace("include: shared.yaml", "include: [first.yaml, shared.yaml]")
    limits = load_script(written(tmp_path, mine=own, **more)).limits
    assert (limits.reprompts, limits.no_input_seconds, limits.call_seconds) == (5, 7, 60)


def test_file_that_is_included_twice_is_no_circle(tmp_path: Path) -> None:
    more = {"first": "include: shared.yaml\nlimits: {reprompts: 5}\n"}
    own = OWN.replace("include: shared.yaml", "include: [first.yaml, shared.yaml]")
    assert len(load_script(written(tmp_path, mine=own, **more)).grading) == 2


def test_folder_below_is_reached_and_its_files_include_their_neighbours(tmp_path: Path) -> None:
    file = written(tmp_path, mine=OWN.replace("shared.yaml", "parts/a.yaml"))
    written(tmp_path / "parts", a="include: shared.yaml\n")
    assert load_script(file).limits.reprompts == 2


def test_shared_parts_that_come_with_wenhou_need_not_be_copied(tmp_path: Path) -> None:
    own = OWN.replace("shared.yaml", "common.yaml").replace("  who:", "  who_are_you:")
    script = load_script(written(tmp_path, mine=own + "  - grade: green\n"))
    assert "骚扰电话" in script.intents["opted_out"].words
    assert "common" not in bundled_scripts()


# --- what is wrong --------------------------------------------------------------------------------------


def test_mistake_in_a_shared_part_is_told_at_its_line(tmp_path: Path) -> None:
    shared = SHARED.replace("go: opted_out", "go: opted").replace("repeat: true", "repeat: ja")
    file = written(tmp_path, shared=shared)
    code, found = findings(file)
    assert code == 1
    assert [(Path(each.file).name, each.line) for each in found if each.is_error] == [
        ("shared.yaml", line_of(shared, "repeat: ja")),
        ("shared.yaml", line_of(shared, "repeat: ja")),
        ("shared.yaml", line_of(shared, "go: opted,")),
    ]
    with pytest.raises(ScriptError) as refused:
        load_script(file)
    assert refused.value.message.startswith("shared.yaml: 第 11 行: 随时听懂的话 repeat: ")


def test_own_mistakes_come_first_then_those_of_the_shared_file(tmp_path: Path) -> None:
    own = OWN.replace("type: yes_no", "type: yesno")
    file = written(tmp_path, mine=own, shared=SHARED.replace("repeat: true", "repeat: ja"))
    files = [Path(each.file).name for each in findings(file)[1] if each.is_error]
    assert files == ["mine.yaml", "shared.yaml", "shared.yaml"]


def test_key_that_is_missing_in_a_completed_entry_is_told_in_the_script(tmp_path: Path) -> None:
    own = OWN.replace("  who:\n    say: 我是社区。\n", "  who_else:\n    words: [哪个]\n")
    hit = next(each for each in findings(written(tmp_path, mine=own))[1] if "who_else" in each.text)
    assert (Path(hit.file).name, hit.line) == ("mine.yaml", line_of(own, "who_else"))


def test_key_written_twice_in_a_shared_file_is_told_there(tmp_path: Path) -> None:
    shared = SHARED.replace("    type: text\n", "    type: text\n    label: 要\n")
    file = written(tmp_path, shared=shared)
    hit = next(each for each in findings(file)[1] if "label 写了两遍" in each.text)
    assert (Path(hit.file).name, hit.line) == ("shared.yaml", 6)
    with pytest.raises(ScriptError, match=r"shared.yaml: 第 6 行: .*label 写了两遍"):
        load_script(file)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"mine": OWN.replace("shared", "shard")},
            "mine.yaml: 第 4 行: include 的 shard.yaml 找不到（是不是 shared.yaml？）",
        ),
        ({"mine": OWN.replace("shared.yaml", "3")}, "mine.yaml: 第 4 行: include 应当是旁边一个文件的名字"),
        ({"mine": OWN.replace("shared.yaml", "/etc/passwd")}, "include 应当是旁边一个文件的名字"),
        (
            {"mine": OWN.replace("shared", "mine")},
            "mine.yaml: 第 4 行: include 绕成了一圈（mine.yaml → mine.yaml）",
        ),
        (
            {"shared": SHARED + "include: more.yaml\n", "more": "include: shared.yaml\n"},
            "more.yaml: 第 1 行: include 绕成了一圈（shared.yaml → more.yaml → shared.yaml），请去掉其中一处",
        ),
        ({"shared": "intents: [再说一遍\n"}, "shared.yaml: 第 2 行: YAML 写法有误"),
        ({"shared": "intents: 再说一遍\n"}, "shared.yaml: 第 1 行: 公共部分: intents 的写法不对"),
        ({"shared": SHARED + "title: 标题\n"}, "title，公共文件里只能写 slots、states"),
        ({"shared": SHARED.replace("limits", "limit")}, "公共部分: 不认识 limit（是不是 limits？）"),
    ],
)
def test_include_that_does_not_work_is_told_in_a_sentence(
    tmp_path: Path, files: dict[str, str], told: str
) -> None:
    file = written(tmp_path, **files)
    with pytest.raises(ScriptError) as refused:
        load_script(file)
    assert told in refused.value.message
    code, found = findings(file)
    assert code == 1
    assert any(told.split(": ", 2)[-1] in each.text for each in found)


def test_shared_file_is_no_script_and_is_checked_with_those_that_include_it(tmp_path: Path) -> None:
    file = written(tmp_path)
    assert is_shared_file(SHARED.encode())
    assert not is_shared_file(OWN.encode())
    assert not is_shared_file(b"slots: {}\nstart: ask\n")
    assert findings(file, tmp_path / "shared.yaml") == findings(file)


# --- one version ----------------------------------------------------------------------------------------


def test_version_tells_of_changes_in_the_shared_file(tmp_path: Path) -> None:
    before = load_script(written(tmp_path / "one")).version
    same = load_script(written(tmp_path / "two")).version
    other = load_script(written(tmp_path / "three", shared=SHARED.replace("哪位", "哪里"))).version
    assert before == same != other


def test_script_without_shared_parts_has_the_version_it_always_had(tmp_path: Path) -> None:
    own = OWN.replace("include: shared.yaml\n", "")
    file = tmp_path / "mine.yaml"
    file.write_text(own, encoding="utf-8")
    assert read_draft(file).content == own.encode()


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_one_file_with_all_parts_is_the_same_script_line_for_line(tmp_path: Path, end: str) -> None:
    own = OWN if end == "\n" else OWN.replace("\n", end) if end else OWN.rstrip("\n")
    file = tmp_path / "a" / "mine.yaml"
    file.parent.mkdir()
    file.write_bytes(b"\xef\xbb\xbf" + own.encode())
    (tmp_path / "a" / "shared.yaml").write_bytes(b"\xef\xbb\xbf" + SHARED.encode())
    draft = read_draft(file)
    assert not draft.errors
    alone = tmp_path / "b" / "other.yaml"
    alone.parent.mkdir()
    alone.write_bytes(draft.content)
    again = read_draft(alone)
    assert again.content == draft.content
    assert again.script.version == draft.script.version
    assert list(again.script.prompts()) == list(draft.script.prompts())


def test_mistake_in_a_file_with_all_parts_is_told_at_its_line_there(tmp_path: Path) -> None:
    draft = read_draft(written(tmp_path / "a", shared=SHARED.replace("repeat: true", "repeat: ja")))
    alone = tmp_path / "all.yaml"
    alone.write_bytes(draft.content)
    text = draft.content.decode()
    errors = [each for each in findings(alone)[1] if each.is_error]
    assert {(Path(each.file).name, each.line) for each in errors} == {
        ("all.yaml", line_of(text, "repeat: ja"))
    }


def test_check_test_draw_diff_and_publish_work_with_shared_parts(tmp_path: Path) -> None:
    file = written(tmp_path / "draft")
    assert findings(file) == (0, [])
    assert "通过 2 段" in said(test_scripts, [str(file)])
    said(draw_script, str(file), tmp_path / "mine.svg")
    assert "不打了" not in (tmp_path / "mine.svg").read_text(encoding="utf-8").partition("不用问完")[0]
    folder = tmp_path / "published"
    said(publish_script, str(file), folder, NOW)
    (version,) = published(folder, "mine")
    assert version.digest == read_draft(file).script.version.rpartition("-")[2]

    (file.parent / "shared.yaml").write_text(SHARED.replace("哪位", "哪里的"), encoding="utf-8")
    assert load_script(script_meant("mine@3", folder)).intents["who"].words == ("你是谁", "哪位")
    told = said(tell_changes, "mine@3", str(file), folder)
    assert "多了：哪里的；少了：哪位" in told
    (file.parent / "shared.yaml").unlink()
    assert findings(version.file) == (0, [])
