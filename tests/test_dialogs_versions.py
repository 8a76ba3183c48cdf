"""``wenhou script new | diff | publish``: a first draft, what changed, and versions that stay as they are."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from campaign.errors import ScriptError
from campaign.settings import Settings
from dialogs.authoring.changes import changes
from dialogs.authoring.dialogues_load import load_tests
from dialogs.authoring.versions import next_version, published, published_folder, script_meant
from dialogs.authoring.versions_command import new_script, publish_script, tell_changes
from dialogs.loading import load_script
from tests.scripts import GOOD, changed, findings

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PASSING = "测试:\n  - 名称: 打错了\n    对话: [你打错了]\n    结束语: sorry\n"


def told(command: Callable[..., int], *arguments: object) -> tuple[int, str]:
    screen = io.StringIO()
    return command(Console(file=screen, width=60), *arguments), screen.getvalue()


# --- new ------------------------------------------------------------------------------------------------


def test_new_script_has_no_errors_and_its_tests_pass(tmp_path: Path) -> None:
    code, text = told(new_script, "flu_survey", tmp_path)
    file = tmp_path / "flu_survey.yaml"
    assert (code, findings(file)) == (0, (0, []))
    assert text.startswith(f"已新建 {file} 和 {tmp_path / 'flu_survey.tests.yaml'}。")
    script = load_script(file)
    assert (script.name, len(script.states)) == ("flu_survey", 2)
    assert "new_script" not in file.read_text(encoding="utf-8")
    assert len(load_tests(file, script).tests) == 9
    assert publish_script(Console(file=io.StringIO()), str(file), tmp_path / "published", NOW) == 0


@pytest.mark.parametrize("exists", ["flu.yaml", "flu.tests.yaml"])
def test_new_script_overwrites_nothing(tmp_path: Path, exists: str) -> None:
    (tmp_path / exists).write_text("我的", encoding="utf-8")
    with pytest.raises(ScriptError, match=f"{exists} 已经有了，没有动它；请换一个名字。"):
        told(new_script, "flu", tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [exists]
    assert (tmp_path / exists).read_text(encoding="utf-8") == "我的"


@pytest.mark.parametrize("name", ["3a", "a b", "a.yaml", "../a", "", "a-b", "null", "True"])
def test_name_that_is_no_identifier_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ScriptError) as refused:
        told(new_script, name, tmp_path)
    assert refused.value.code == "script_name_unusable"
    assert refused.value.message.startswith(f"话术不能叫“{name}”：")
    assert not list(tmp_path.iterdir())


def test_name_of_a_bundled_script_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="自带的话术已经叫 health_survey"):
        told(new_script, "health_survey", tmp_path)


def test_chinese_name_is_a_name(tmp_path: Path) -> None:
    assert told(new_script, "流感摸底", tmp_path)[0] == 0
    assert load_script(tmp_path / "流感摸底.yaml").name == "流感摸底"


def test_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="No such file or directory。请换一个文件夹。"):
        told(new_script, "flu", tmp_path / "nowhere")


# --- diff -----------------------------------------------------------------------------------------------


def compared(tmp_path: Path, *edits: tuple[str, str]) -> list[str]:
    text = GOOD
    for old, new in edits:
        text = changed(old, new, text)
    scripts = []
    for name, content in (("old.yaml", GOOD), ("new.yaml", text)):
        (tmp_path / name).write_text(content, encoding="utf-8")
        scripts.append(load_script(tmp_path / name))
    return [f"{change.place}: {change.told}" for change in changes(*scripts)]


@pytest.mark.parametrize(
    ("old", "new", "place", "told_change"),
    [
        ("title: 小话术", "title: 大话术", "话术", "标题 改了：小话术 → 大话术"),
        ("reprompts: 1", "reprompts: 2", "话术", "同一问最多再问几次 改了：1 → 2"),
        ("minimum: 34\n", "minimum: 35\n", "内容 temperature（体温）", "最小值 改了：34 → 35"),
        ("不舒服]\n      咳", "不舒服, 烫]\n      咳", "内容 symptoms（症状）", "说法 发热 多了：烫"),
        ("[咳, 老咳]", "[咳, 干咳]", "内容 symptoms（症状）", "说法 咳嗽 多了：干咳；少了：老咳"),
        (
            'yes_no\n    required: true\n    values:\n      "yes": [去过]',
            'yes_no\n    values:\n      "yes": [去过]',
            "内容 travel（外出）",
            "必须问到 改了：是 → 否",
        ),
        (
            "first: 体温多少？",
            "first: 几度？",
            "状态 ask_temperature（体温）",
            "问法 first 改了：“体温多少？” → “几度？”",
        ),
        (
            "no_match: 没听清，您是户主本人吗？",
            "no_match: {text: 没听清，您是户主本人吗？, barge_in: false}",
            "状态 ask_who（接听人）",
            "问法 no_match（打断） 多了：不让打断",
        ),
        (
            "plain: 请问是户主家吗？",
            "plain: 是户主家吗？",
            "状态 ask_who（接听人）",
            "问法 first（不带称呼时） 改了：“请问是户主家吗？” → “是户主家吗？”",
        ),
        ('{"3": "3"}', '{"3": "3", "4": "4"}', "状态 ask_people（人数）", "按键 4 多了：4"),
        (
            "at_least: 39}",
            "at_least: 40}",
            "状态 ask_temperature（体温）",
            "下一步 多了：体温 ≥ 40，去 confirm；少了：体温 ≥ 39，去 confirm",
        ),
        (
            "发热: 有发热，",
            "发热: 发烧，",
            "状态 confirm（核对）",
            "核对时念 symptoms 改了：发热 念“有发热，” → 发热 念“发烧，”",
        ),
        (
            "prompt: 打扰了，再见。",
            "prompt: 再见。",
            "结束语 sorry",
            "说的话 改了：“打扰了，再见。” → “再见。”",
        ),
        ("[你是谁]", "[你是谁, 哪位]", "随时听得懂的话 who_are_you", "可能说到的词 多了：哪位"),
        (
            "at_least: 37.3}\n",
            "at_least: 37.5}\n",
            "排查分级",
            "红的条件 多了：体温 ≥ 37.5；少了：体温 ≥ 37.3",
        ),
    ],
    ids=lambda value: str(value)[:12],
)
def test_change_is_told_in_words(tmp_path: Path, old: str, new: str, place: str, told_change: str) -> None:
    assert compared(tmp_path, (old, new)) == [f"{place}: {told_change}"]


def test_added_and_removed_questions_are_told_with_all_that_leads_to_them(tmp_path: Path) -> None:
    assert compared(
        tmp_path,
        ("  ask_wish:\n    ask: wish\n", "  ask_help:\n    ask: wish\n"),
        ("      - go: ask_wish", "      - go: ask_help"),
    ) == [
        "状态 ask_shot（疫苗）: 下一步 改了：去 ask_wish → 去 ask_help",
        "状态 ask_wish（需要）: 去掉了（问“有什么需要？”）",
        "状态 ask_help（需要）: 新加的（问“有什么需要？”）",
    ]


def test_added_and_removed_slots_closings_and_intents_are_told(tmp_path: Path) -> None:
    assert compared(
        tmp_path,
        ("  right:\n", "  phone:\n    label: 电话\n    type: text\n  right:\n"),
        ("  lost:", "  later: {outcome: call_later, prompt: 回头再打。}\n  lost:"),
        (
            "  who_are_you: {say: 我是社区的。, words: [你是谁]}",
            "  busy: {go: later, words: [没空], keys: ['9']}",
        ),
    ) == [
        "内容 phone（电话）: 新加的（种类 text）",
        "结束语 later: 新加的（说“回头再打。”）",
        "随时听得懂的话 who_are_you: 去掉了（“你是谁” → 先答一句，再接着问）",
        "随时听得懂的话 busy: 新加的（“没空”，按 9 → 结束：换个时间再打（later））",
    ]


def test_new_label_is_told_once_and_not_wherever_it_is_read(tmp_path: Path) -> None:
    assert compared(tmp_path, ("label: 体温", "label: 今日体温")) == [
        "内容 temperature（体温）: 列名 改了：体温 → 今日体温"
    ]


def test_order_of_columns_is_told(tmp_path: Path) -> None:
    wish = '  wish:\n    label: 需要\n    type: text\n    "none": [不用]\n'
    (found,) = compared(tmp_path, (wish, ""), ("slots:\n", f"slots:\n{wish}"))
    assert found.startswith("内容: 表格里列的先后改了：who、symptoms、")


def test_order_of_ways_is_told(tmp_path: Path) -> None:
    first = '      - when: {slot: travel, is: "yes"}\n        go: ask_place\n'
    second = '      - when: {slot: travel, is: "no"}\n        go: ask_shot\n'
    old, new = (GOOD.replace(first, both) for both in (first + second, second + first))
    (tmp_path / "old.yaml").write_text(old, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(new, encoding="utf-8")
    (found,) = changes(load_script(tmp_path / "old.yaml"), load_script(tmp_path / "new.yaml"))
    assert found.told == "下一步 先后改了：外出：否，去 ask_shot；外出：是，去 ask_place；去 ask_people"


def test_only_a_comment_changed(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD + "# 再看一遍\n", encoding="utf-8")
    text = told(tell_changes, str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"), tmp_path)[1]
    assert text.splitlines()[1:] == ["问的、说的、听的都一样，只有版本号、注释或写法不同。"]
    text = told(tell_changes, str(tmp_path / "a.yaml"), str(tmp_path / "a.yaml"), tmp_path)[1]
    assert text.splitlines()[1:] == ["两份完全一样。"]


def test_long_lists_are_cut_short(tmp_path: Path) -> None:
    many = ", ".join(f"词{number}" for number in range(30))
    assert compared(tmp_path, ("words: [你是谁]", f"words: [你是谁, {many}]")) == [
        "随时听得懂的话 who_are_you: 可能说到的词 多了：词0、词1、词2、词3、词4、词5、词6、词7等 30 处"
    ]


# --- publish --------------------------------------------------------------------------------------------


def draft(tmp_path: Path, text: str = GOOD, tests: str = PASSING) -> Path:
    file = tmp_path / "small.yaml"
    file.write_text(text, encoding="utf-8")
    (tmp_path / "small.tests.yaml").write_text(tests, encoding="utf-8")
    return file


def publishing(tmp_path: Path, file: Path) -> tuple[int, str]:
    return told(publish_script, str(file), tmp_path / "published", NOW)


def test_published_version_is_a_frozen_copy_with_date_and_hash(tmp_path: Path) -> None:
    file = draft(tmp_path)
    code, text = publishing(tmp_path, file)
    version = load_script(file).version
    copy = tmp_path / "published" / "small" / "1.yaml"
    digest = version.removeprefix("1-")
    assert code == 0
    assert f"已发布 small 版本 1（{digest}，2026-11-23 09:30）：{copy}" in text
    assert copy.read_bytes() == file.read_bytes()
    assert load_script(copy).version == version
    assert not copy.stat().st_mode & 0o222
    assert copy.with_name("1.tests.yaml").read_text(encoding="utf-8") == PASSING
    (known,) = published(tmp_path / "published", "small")
    assert (known.version, known.digest, known.at, known.file) == ("1", digest, NOW, copy)


def test_same_content_is_published_once(tmp_path: Path) -> None:
    file = draft(tmp_path)
    publishing(tmp_path, file)
    code, text = publishing(tmp_path, file)
    assert code == 0
    assert "这份内容已经发布过：small 版本 1（" in text
    assert "2026-11-23 09:30），没有再存一份。" in text
    assert len(published(tmp_path / "published", "small")) == 1


def test_version_of_other_content_is_refused_with_the_next_free_one(tmp_path: Path) -> None:
    publishing(tmp_path, draft(tmp_path))
    before = (tmp_path / "published/small/1.yaml").read_bytes()
    file = draft(tmp_path, changed("小话术", "大话术"))
    with pytest.raises(ScriptError) as refused:
        publishing(tmp_path, file)
    assert refused.value.code == "version_taken"
    assert refused.value.message.startswith("small.yaml: 第 4 行: 版本 1 已经在 2026-11-23 发布过别的内容（")
    assert '请改成 version: "2" 再发布。' in refused.value.message
    assert (tmp_path / "published/small/1.yaml").read_bytes() == before
    file = draft(tmp_path, changed('version: "1"', 'version: "2"', changed("小话术", "大话术")))
    assert publishing(tmp_path, file)[0] == 0
    assert [known.version for known in published(tmp_path / "published", "small")] == ["1", "2"]


def test_published_versions_can_be_compared(tmp_path: Path) -> None:
    folder = tmp_path / "published"
    publishing(tmp_path, draft(tmp_path))
    file = draft(tmp_path, changed('version: "1"', 'version: "2"', changed("小话术", "大话术")))
    publishing(tmp_path, file)
    expected = ["话术", "  标题 改了：小话术 → 大话术"]
    assert told(tell_changes, "small@1", "small@2", folder)[1].splitlines()[1:] == expected
    assert told(tell_changes, "small@1", str(file), folder)[1].splitlines()[1:] == expected


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("small@3", "话术 small 没有版本 3。发布过的有：1。"),
        ("other@1", "话术 other 没有版本 1。它还没有发布过，可以用 wenhou script publish 发布。"),
    ],
)
def test_version_that_was_never_published_is_told(tmp_path: Path, given: str, sentence: str) -> None:
    publishing(tmp_path, draft(tmp_path))
    with pytest.raises(ScriptError) as unknown:
        script_meant(given, tmp_path / "published")
    assert unknown.value.message == sentence


def test_script_with_an_error_is_not_published(tmp_path: Path) -> None:
    code, text = publishing(tmp_path, draft(tmp_path, changed("go: ask_symptoms", "go: ask_symptom")))
    assert code == 1
    assert "下一步 ask_symptom 不存在（是不是 ask_symptoms？）" in text
    assert text.endswith("没有发布。\n")
    assert not (tmp_path / "published").exists()


def test_script_whose_test_fails_is_not_published(tmp_path: Path) -> None:
    code, text = publishing(tmp_path, draft(tmp_path, tests=PASSING.replace("sorry", "done")))
    assert code == 1
    assert "结束语应为 done，得到 sorry" in text
    assert text.endswith("没有发布：有测试没有通过，请改话术或改测试。\n")
    assert not (tmp_path / "published").exists()


def test_script_without_tests_is_not_published(tmp_path: Path) -> None:
    file = draft(tmp_path)
    (tmp_path / "small.tests.yaml").unlink()
    with pytest.raises(ScriptError, match="还没有测试"):
        publishing(tmp_path, file)
    assert not (tmp_path / "published").exists()


@pytest.mark.parametrize("version", ["1/2", "../1", ".1", "1.tests", "第 1 版"])
def test_version_that_is_no_file_name_is_refused(tmp_path: Path, version: str) -> None:
    file = draft(tmp_path, changed('version: "1"', f'version: "{version}"'))
    with pytest.raises(ScriptError, match=r"small\.yaml: 第 4 行: 版本 .* 不能用来发布，请写成"):
        publishing(tmp_path, file)


def test_script_name_that_is_no_folder_name_is_refused(tmp_path: Path) -> None:
    file = draft(tmp_path, changed("script: small", "script: ../small"))
    with pytest.raises(ScriptError, match=r"话术名 \.\./small 不能用来发布"):
        publishing(tmp_path, file)


def test_altered_frozen_copy_is_noticed(tmp_path: Path) -> None:
    file = draft(tmp_path)
    publishing(tmp_path, file)
    copy = tmp_path / "published/small/1.yaml"
    copy.chmod(0o644)
    copy.write_text(GOOD + "# 偷偷改\n", encoding="utf-8")
    for look in (lambda: publishing(tmp_path, file), lambda: script_meant("small@1", tmp_path / "published")):
        with pytest.raises(ScriptError, match=r"1\.yaml 被改动或删掉了"):
            look()


def test_broken_index_is_told_and_kept(tmp_path: Path) -> None:
    file = draft(tmp_path)
    publishing(tmp_path, file)
    index = tmp_path / "published/small/versions.tsv"
    index.write_text("版本\t摘要\t发布时间\n1\n", encoding="utf-8")
    with pytest.raises(ScriptError, match="请从备份恢复这个文件"):
        publishing(tmp_path, file)
    assert index.read_text(encoding="utf-8").endswith("\n1\n")


def test_publishing_that_was_broken_off_is_finished(tmp_path: Path) -> None:
    """The index is written last."""
    file = draft(tmp_path)
    publishing(tmp_path, file)
    (tmp_path / "published/small/versions.tsv").unlink()
    assert "已发布 small 版本 1" in publishing(tmp_path, file)[1]


def test_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "published").write_text("", encoding="utf-8")
    with pytest.raises(ScriptError, match="请检查权限和磁盘空间"):
        publishing(tmp_path, draft(tmp_path))


def test_versions_lie_beside_the_store() -> None:
    settings = Settings().within(Path("/data"))
    assert published_folder(settings) == Path("/data/output/scripts/published")


@pytest.mark.parametrize(
    ("version", "taken", "following"),
    [
        ("1", (), "2"),
        ("1", ("1", "2", "3"), "4"),
        ("1.9", (), "1.10"),
        ("2026-09", (), "2026-10"),
        ("v007", (), "v008"),
        ("试行", (), "试行-2"),
        ("试行", ("试行-2",), "试行-3"),
    ],
)
def test_next_version(version: str, taken: tuple[str, ...], following: str) -> None:
    assert next_version(version, taken) == following
