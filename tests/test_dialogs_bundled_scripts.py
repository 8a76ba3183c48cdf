"""The scripts that come with Wenhou: free of problems, tested in every part, and recorded alike."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from campaign.records import SlotValue
from dialogs.authoring.advice import Surroundings
from dialogs.authoring.dialogues_load import load_tests
from dialogs.authoring.dialogues_run import all_taken, everything, run_tests
from dialogs.checks.recordings import read_sound
from dialogs.loading import bundled_scripts, load_script, read_draft
from dialogs.machine import Dialog, Heard, Play
from dialogs.script import Script
from dialogs.speech.prompts import LIST_FILE, SAMPLE_RATE, read_list
from dialogs.understanding import Context, understanding_of
from tests.scripts import told

TODAY = date(2026, 11, 26)
SHIPPED = Surroundings(can_synthesize=lambda: False)
"""A machine that says only what is recorded."""
LEVEL_DBFS = -20.5
"""Root mean square of a recording, relative to full scale."""
SMALL_SCRIPTS = ("home_observation", "notice")


@cache
def script(name: str) -> Script:
    return load_script(name)


@pytest.mark.parametrize("name", bundled_scripts())
def test_bundled_script_has_neither_errors_nor_warnings(name: str) -> None:
    code, text = told(name, around=SHIPPED)
    assert (code, text) == (0, "检查了 1 个话术，没有发现问题。\n")


@pytest.mark.parametrize("name", bundled_scripts())
def test_dialogues_of_a_bundled_script_pass_and_go_through_every_part(name: str) -> None:
    results = list(run_tests(script(name), load_tests(name, script(name)).tests, TODAY))
    assert [result.test.name for result in results if result.failure] == []
    assert all_taken(results) == everything(script(name))
    assert len(results) >= 15


# --- recordings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", bundled_scripts())
def test_every_sentence_is_recorded_for_the_telephone_and_as_loud_as_the_others(name: str) -> None:
    recorded = read_list(_folder(name))
    assert {prompt.plain for prompt in script(name).prompts()} <= recorded.keys()
    for file in recorded.values():
        sound = read_sound(file)
        assert (sound.rate, sound.channels, sound.sample_bytes) == (SAMPLE_RATE, 1, 2), file.name
        level = 10 * np.log10(np.mean((sound.samples / 32768) ** 2))
        assert abs(level - LEVEL_DBFS) < 1.0, file.name


@pytest.mark.parametrize("name", SMALL_SCRIPTS)
def test_recording_that_two_scripts_share_says_what_both_of_them_list(name: str) -> None:
    rows = _rows(_folder(name))
    shared = {file: text for file, text in rows.items() if "/" in file}
    assert shared
    for file, text in shared.items():
        owner, _, wav = file.removeprefix("../").partition("/")
        assert _rows(_folder(owner))[wav] == text


@pytest.mark.parametrize("name", SMALL_SCRIPTS)
def test_folder_holds_what_is_listed_and_nothing_else(name: str) -> None:
    own = {file for file in _rows(_folder(name)) if "/" not in file}
    assert {file.name for file in _folder(name).glob("*.wav")} == own
    assert sum(file.stat().st_size for file in _folder(name).iterdir()) < 2_000_000


@cache
def _folder(name: str) -> Path:
    return read_draft(name).file.with_suffix("")


def _rows(folder: Path) -> dict[str, str]:
    """File to text."""
    with (folder / LIST_FILE).open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["file"]: row["text"] for row in rows}


# --- two temperatures in one script ---------------------------------------------------------------------

MORNING, EVENING = "morning_temperature", "evening_temperature"


@pytest.mark.parametrize(
    ("asked", "answer", "meant"),
    [
        ("ask_morning", "三十六度五", {MORNING: 36.5}),
        ("ask_morning", "今早三十六度二昨晚三十七度一", {MORNING: 36.2, EVENING: 37.1}),
        ("ask_morning", "昨晚三十八度，现在退了，三十六度八", {MORNING: 36.8, EVENING: 38.0}),
        ("ask_evening", "三十六度六", {EVENING: 36.6}),
        ("ask_evening", "昨天晚上三十七度六", {EVENING: 37.6}),
        ("ask_evening", "睡前量的，三十六度四", {EVENING: 36.4}),
        ("ask_evening", "比早上高点，三十七度二", {EVENING: 37.2}),
        ("ask_evening", "三十七度四，那是昨晚的", {EVENING: 37.4}),
        ("ask_evening", "三十六度八，今天早上三十六度五", {MORNING: 36.5, EVENING: 36.8}),
        ("ask_evening", "昨晚没量，早上三十六度五", {MORNING: 36.5, EVENING: None}),
    ],
)
def test_temperature_belongs_to_the_time_that_is_told_or_asked_for(
    asked: str, answer: str, meant: Mapping[str, float | None]
) -> None:
    home = script("home_observation")
    reading = understanding_of(home).read(answer, Context(home.states[asked], TODAY))
    assert {name: found.value for name, found in reading.findings.items()} == meant
    assert all(found.confidence >= 0.75 for found in reading.findings.values())


def test_temperature_of_another_time_alone_is_asked_again() -> None:
    home = script("home_observation")
    reading = understanding_of(home).read("昨晚三十七度五", Context(home.states["ask_morning"], TODAY))
    assert reading.findings[MORNING].confidence < 0.6
    assert reading.findings[EVENING].value == 37.5


# --- what a call by them comes to -----------------------------------------------------------------------


def test_fever_of_last_evening_is_said_back_with_the_time() -> None:
    known = {"identity": SlotValue("identity", "self"), MORNING: SlotValue(MORNING, 36.5)}
    dialog = Dialog(script("home_observation"), {}, TODAY, known)
    dialog.start()
    for answer in ("昨天晚上三十八度", "没有", "没出去"):
        dialog.hear(Heard(answer, 0.9))
    said = dialog.hear(Heard("不用", 0.9))[0]
    assert isinstance(said, Play)
    assert [part.text for part in said.parts] == ["跟您确认一下，您说", "晚上三十八度，", "我这样记，对吗？"]


@pytest.mark.parametrize("question", ["ask_understood", "ask_again", "ask_help", "ask_what"])
def test_notice_is_read_again_whatever_is_open(question: str) -> None:
    notice = script("notice")
    dialog = Dialog(notice, {}, TODAY)
    dialog.start()
    answers = {"ask_understood": (), "ask_again": ("没记住",), "ask_help": ("明白",)}
    for answer in answers.get(question, ("明白", "需要")):
        dialog.hear(Heard(answer, 0.9))
    assert dialog.state == question
    again = dialog.hear(Heard("没听清，再说一遍", 0.9))[0]
    assert isinstance(again, Play)
    assert again.text == "本周六上午九点到下午五点停水，请提前储水。"
    assert dialog.state == question
