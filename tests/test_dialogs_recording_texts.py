"""What a speaker has to read for a script, and the sheet for it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from rich.console import Console

from campaign.errors import ScriptError
from campaign.settings import Settings
from dialogs.authoring.texts_command import HEADINGS, how_to_read, texts_sheet
from dialogs.authoring.versions import publish, published
from dialogs.loading import bundled_scripts, load_script, read_draft
from dialogs.recordings.beside import recordings_beside
from dialogs.recordings.folder import copy_recordings, keep_recording, recordings_folder
from dialogs.recordings.texts import RecordingText, recording_texts
from dialogs.script import Script
from dialogs.speech.prompts import PromptLibrary, read_list, read_wav

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
REMINDER = load_script(EXAMPLES / "vaccination_reminder.yaml")


def settings(tmp_path: Path, community: str = "") -> Settings:
    return Settings().replace(store={"path": str(tmp_path / "wenhou.db")}, dialog={"community": community})


def names(script: Script, community: str = "") -> dict[str, RecordingText]:
    return {text.name: text for text in recording_texts(script, community)}


@pytest.mark.parametrize("name", bundled_scripts())
@pytest.mark.parametrize("community", ["", "幸福"])
def test_with_all_of_them_recorded_nothing_has_to_be_synthesised(
    tmp_path: Path, name: str, community: str
) -> None:
    script = load_script(name)
    texts = recording_texts(script, community)
    needed = {text.text for text in texts if text.is_needed}
    for prompt in script.prompts():
        assert {prompt.fill({"community": community}), prompt.plain} & needed
    assert len({text.name.lower() for text in texts}) == len(texts)
    assert len({text.text for text in texts}) == len(texts)
    assert not any("{" in text.text for text in texts)


def test_a_known_community_is_read_and_the_general_sentence_may_be_left_out() -> None:
    known, unknown = names(REMINDER, "幸福"), names(REMINDER)
    assert "幸福社区" in known["opening"].text
    assert not known["opening.plain"].is_needed
    assert unknown["opening"].is_needed
    assert "opening.plain" not in unknown


def test_names_of_residents_are_not_read() -> None:
    assert names(REMINDER)["ask_identity.first"].text == "请问您是户主本人或家人吗？"


def test_pieces_of_a_confirmation_tell_what_they_stand_between() -> None:
    texts = names(REMINDER)
    assert (texts["confirm.first.1"].before, texts["confirm.first.1"].after) == ("", "有发烧，")
    assert (texts["confirm.first.2"].before, texts["confirm.first.2"].after) == ("有发烧，", "")
    assert texts["confirm.unfit.1"].before == "跟您确认一下，您说"
    assert texts["confirm.unfit.1"].after == "我这样记，对吗？"


def test_numbers_of_a_confirmation_may_be_left_out_and_come_last() -> None:
    texts = recording_texts(load_script("health_survey"))
    numbers = [text for text in texts if text.text == "体温三十八度，"]
    assert [text.is_needed for text in numbers] == [False]
    assert [text.is_needed for text in texts] == sorted((text.is_needed for text in texts), reverse=True)


def test_where_a_sentence_is_said_is_told_in_words() -> None:
    texts = names(REMINDER)
    assert texts["ask_coming.no_input"].used == "星期五来：没有声音时再问"
    assert texts["closing.done"].used == "结束语 done"
    assert texts["opening"].used == "开场白"


def test_lengths_are_near_those_of_the_recordings_that_ship() -> None:
    recorded = read_list(Path(__file__).parents[1] / "dialogs" / "scripts" / "health_survey")
    shares = [
        len(read_wav(recorded[text.text])) / 8000 / text.expected_seconds
        for text in recording_texts(load_script("health_survey"), "幸福")
        if text.text in recorded
    ]
    assert len(shares) > 60
    assert all(0.45 < share < 1.2 for share in shares)


def test_how_a_sentence_is_read_is_told_where_one_may_err() -> None:
    told = how_to_read(
        RecordingText("a", "请解大爷14:30到3-2-501", "请解大爷下午两点半到三号楼二单元五零幺", "")
    )
    assert told == "请解大爷下午两点半到三号楼二单元五零幺；解 念 xiè"


# --- the sheet ----------------------------------------------------------------------------------------


def sheet(tmp_path: Path, script: str | Path, **options: object) -> tuple[list[list[str]], str]:
    screen, target = io.StringIO(), tmp_path / "文字.csv"
    texts_sheet(Console(file=screen), str(script), target, settings(tmp_path), **options)  # type: ignore[arg-type]
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")  # so that Excel takes it for UTF-8
    with target.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines)), screen.getvalue()


def test_the_sheet_lists_every_sentence_that_is_needed(tmp_path: Path) -> None:
    rows, told = sheet(tmp_path, EXAMPLES / "vaccination_reminder.yaml")
    assert tuple(rows[0]) == HEADINGS
    assert rows[1][:3] == ["001", "opening.wav", "您好，这里是社区居委会的智能语音助手，提醒您打流感疫苗。"]
    needed = [text for text in recording_texts(REMINDER) if text.is_needed]
    assert [row[1] for row in rows[1:]] == [f"{text.name}.wav" for text in needed]
    assert f"{len(needed)} 句" in told
    assert "import-recordings" in told


def test_the_whole_sheet_lists_the_others_too_under_later_numbers(tmp_path: Path) -> None:
    few, _ = sheet(tmp_path, "health_survey")
    all_, _ = sheet(tmp_path, "health_survey", is_complete=True)
    assert all_[: len(few)] == few
    assert {row[7] for row in all_[len(few) :]} == {"可不录"}


def test_the_sheet_tells_what_is_recorded_already(tmp_path: Path) -> None:
    folder = recordings_folder("notice", "notice", settings(tmp_path))
    text = recording_texts(load_script("notice"))[0]
    keep_recording(folder, text.name, text.text, read_wav(_any_recording()), "小李")
    rows, told = sheet(tmp_path, "notice")
    assert rows[1][8] == "有"
    assert "其中 1 句已经有录音" in told


def test_a_sheet_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(ScriptError, match="写不了"):
        texts_sheet(Console(file=io.StringIO()), "notice", tmp_path / "there", settings(tmp_path))


def _any_recording() -> Path:
    folder = Path(__file__).parents[1] / "dialogs" / "scripts" / "notice"
    return next(folder.glob("*.wav"))


# --- the folder ---------------------------------------------------------------------------------------


def test_a_kept_recording_is_what_a_call_says(tmp_path: Path) -> None:
    script = load_script("notice")
    text = recording_texts(script)[0]
    pcm = read_wav(_any_recording())[:1234]
    keep_recording(tmp_path / "r", text.name, text.text, pcm, "小李")
    library = PromptLibrary(script, recordings=[tmp_path / "r"], cache=tmp_path, synthesizer=None)
    assert len(library.audio(text.text)) == 1234


def test_a_sentence_recorded_anew_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    pcm = read_wav(_any_recording())
    keep_recording(tmp_path, "one", "第一句。", pcm, "小李")
    keep_recording(tmp_path, "two", "第二句。", pcm, "小李")
    keep_recording(tmp_path, "one", "第一句。", pcm[:800], "小王")
    assert set(read_list(tmp_path)) == {"第一句。", "第二句。"}
    assert (tmp_path / "prompts.tsv").read_text(encoding="utf-8").splitlines() == [
        "file\tvoice\ttext",
        "one.wav\t小王\t第一句。",
        "two.wav\t小李\t第二句。",
    ]


def test_a_recording_that_was_deleted_does_not_stand_in_the_way(tmp_path: Path) -> None:
    pcm = read_wav(_any_recording())
    keep_recording(tmp_path, "one", "第一句。", pcm, "小李").unlink()
    keep_recording(tmp_path, "two", "第二句。", pcm, "小李")
    assert set(read_list(tmp_path)) == {"第二句。"}


def test_recordings_of_a_script_file_lie_beside_it_under_its_name(tmp_path: Path) -> None:
    file = tmp_path / "water_notice.yaml"
    assert recordings_folder(file, "water_notice", settings(tmp_path)) == tmp_path / "water_notice"
    assert recordings_folder("notice", "notice", settings(tmp_path)) == tmp_path / "scripts/recordings/notice"


def test_a_published_version_is_said_in_the_voice_that_was_recorded(tmp_path: Path) -> None:
    file = tmp_path / "water_notice.yaml"
    file.write_text((EXAMPLES / "water_notice.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    text = recording_texts(load_script(file))[1]
    keep_recording(tmp_path / "water_notice", text.name, text.text, read_wav(_any_recording()), "小李")
    at = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
    version, _ = publish(read_draft(file), tmp_path / "published", at)
    (folder,) = recordings_beside(version.file, version.name)
    assert set(read_list(folder)) == {text.text}
    assert published(tmp_path / "published", "water_notice") == (version,)


def test_recordings_of_a_later_version_take_the_place_of_the_same_sentences(tmp_path: Path) -> None:
    pcm = read_wav(_any_recording())
    keep_recording(tmp_path / "old", "one", "第一句。", pcm, "小李")
    keep_recording(tmp_path / "old", "two", "第二句。", pcm, "小李")
    keep_recording(tmp_path / "new", "one", "第一句。", pcm[:800], "小王")
    copy_recordings(tmp_path / "old", tmp_path / "published")
    copy_recordings(tmp_path / "new", tmp_path / "published")
    there = read_list(tmp_path / "published")
    assert {text: len(read_wav(file)) for text, file in there.items()} == {
        "第一句。": 800,
        "第二句。": len(pcm),
    }
