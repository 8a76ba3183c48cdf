"""``residents.yaml`` and the bundled neighbourhood."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pytest

from campaign.errors import ListError
from campaign.records import Disposition, Grade
from simulator.make_resident_list import make
from simulator.make_voices import ROOT, all_recordings, stale, write_wav
from simulator.residents import Outcome, load_neighbourhood

BUNDLED = ROOT / "simulator/residents"


def folder_with(tmp_path: Path, yaml: str) -> Path:
    write_wav(tmp_path / "yes.wav", np.full(1600, 3000, np.int16))
    (tmp_path / "residents.yaml").write_text(yaml, encoding="utf-8")
    return tmp_path


def problems(tmp_path: Path, yaml: str) -> str:
    with pytest.raises(ListError) as raised:
        load_neighbourhood(folder_with(tmp_path, yaml))
    return raised.value.message


def test_a_small_folder_is_read(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        """
residents:
  - number: "1001"
    name: 甲
    calls: [busy, {outcome: answers, ring_seconds: 3}]
    reaction_seconds: 0.4
    answers: [{question: identity, wav: yes.wav, text: 是我}]
""",
    )
    resident = load_neighbourhood(folder).residents["1001"]
    assert resident.plan(1).outcome is Outcome.BUSY
    assert (resident.plan(2).outcome, resident.plan(2).ring_seconds) == (Outcome.ANSWERS, 3.0)
    assert resident.plan(7).outcome is Outcome.ANSWERS
    assert resident.persona is not None
    assert resident.persona.answers[0].text == "是我"


@pytest.mark.parametrize(
    ("yaml", "sentence"),
    [
        ("residents:\n  - name: 甲\n", "residents.yaml: 第 2 行: 居民缺少 number"),
        ("residents: []\n", "residents.yaml: 第 1 行: residents 应为居民的列表，实际为 []"),
        ("- 1\n", "residents.yaml: 第 1 行: 应有 residents: 开头的居民列表"),
        ("residents: [\n", "residents.yaml: 第 2 行: 不是正确的 YAML"),
        (
            'residents:\n  - number: "1"\n    name: 甲\n    pacience_seconds: 3\n    calls: busy\n',
            "residents.yaml: 第 4 行: 居民没有 pacience_seconds 这一项（是不是 patience_seconds？）",
        ),
        (
            'residents:\n  - number: "1"\n    name: 甲\n    calls: [bussy]\n',
            "residents.yaml: 第 4 行: 没有 bussy 这种接听方式（是不是 busy？）",
        ),
        (
            'residents:\n  - number: "1"\n    name: 甲\n    answers:\n      - {wav: no.wav}\n',
            "residents.yaml: 第 5 行: 找不到录音文件 no.wav",
        ),
        (
            'residents:\n  - number: "1"\n    name: 甲\n',
            "residents.yaml: 第 2 行: 接听方式 answers 需要 answers（居民的回答）",
        ),
        (
            'residents:\n  - number: "1"\n    name: 甲\n    calls:\n      - outcome: announcement\n',
            "residents.yaml: 第 5 行: 接听方式 announcement 需要 wav（播放的录音）",
        ),
        (
            'residents:\n  - {number: "1", name: 甲, calls: busy}\n'
            '  - {number: "1", name: 乙, calls: busy}\n',
            "residents.yaml: 第 3 行: 号码 1 出现了两次",
        ),
        (
            "residents:\n  - number: 13800000001\n    name: 甲\n    calls: busy\n",
            "residents.yaml: 第 2 行: number 应为加引号的电话号码，实际为 13800000001",
        ),
        (
            'prompts: [nowhere]\nresidents:\n  - {number: "1", name: 甲, calls: busy}\n',
            "residents.yaml: 第 1 行: 提示音目录",
        ),
        (
            'residents:\n  - number: "1"\n    name: 甲\n    answers:\n      - {wav: yes.wav, keys: "1"}\n',
            "residents.yaml: 第 5 行: 回答应有 wav（录音）或 keys（按键）中的一项",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, yaml: str, sentence: str) -> None:
    assert sentence in problems(tmp_path, yaml)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    yaml = 'residents:\n  - {number: "1", name: 甲, calls: bussy}\n  - {name: 乙, calls: busy}\n'
    assert len(problems(tmp_path, yaml).splitlines()) == 2


def test_a_folder_without_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ListError, match=r"找不到 .*residents\.yaml"):
        load_neighbourhood(tmp_path)


def test_bundled_neighbourhood_has_something_of_everything() -> None:
    neighbourhood = load_neighbourhood(BUNDLED)
    residents = neighbourhood.residents.values()
    outcomes = {plan.outcome for resident in residents for plan in resident.calls}
    assert len(residents) == 20
    assert sum(resident.persona is not None for resident in residents) >= 12
    assert len({resident.voice for resident in residents if resident.persona}) >= 4
    assert outcomes >= set(Outcome) - {Outcome.UNAVAILABLE, Outcome.DIES, Outcome.ECHO}


def test_every_bundled_resident_says_what_a_survey_should_find() -> None:
    for resident in load_neighbourhood(BUNDLED).residents.values():
        assert Disposition(resident.expected["disposition"])
        if resident.expected["disposition"] == "completed":
            assert Grade(resident.expected["grade"])
            assert set(resident.expected["slots"]) >= {"identity", "symptoms", "temperature", "contact"}


def test_bundled_recordings_are_those_that_the_texts_ask_for() -> None:
    import json

    made = json.loads((ROOT / "simulator/voices.json").read_text(encoding="utf-8"))
    recordings = all_recordings(ROOT)
    assert [recording.path for recording in stale(ROOT, recordings, made)] == []
    assert set(made) == {recording.path for recording in recordings}


def test_bundled_list_names_the_bundled_residents(tmp_path: Path) -> None:
    made = tmp_path / "list.xlsx"
    make(made)
    for path in (made, ROOT / "simulator/resident_list.xlsx"):
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[1] == ("序号", "姓名", "楼栋", "单元", "门牌号", "联系电话", "备注")
        listed = {(row[5], row[1]) for row in rows[2:]}
        residents = load_neighbourhood(BUNDLED).residents.values()
        assert listed == {(resident.number, resident.name) for resident in residents}
