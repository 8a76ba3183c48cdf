"""Plain sentences by the thousand: how they are combined and judged."""

from __future__ import annotations

from pathlib import Path

from benchmarks.plain_ways import TODAY, Sentence, groups, is_right
from dialogs.loading import load_script
from dialogs.understanding.single_answer import ReadAnswer, read_answer

SCRIPT = load_script("health_survey")
LISTING = """
days:
  - question: return_date
    ways: ["{day}回来的", "我{day}{how}到的"]
    words: {day: {昨天: -1, 前天: -2}, how: [坐车, 开车]}
    means: {return_date: $day, travel: null}
"""


def test_every_way_is_told_with_every_word(tmp_path: Path) -> None:
    (tmp_path / "ways.yaml").write_text(LISTING, encoding="utf-8")
    said = groups(tmp_path / "ways.yaml")["days"]
    assert [sentence.text for sentence in said[:3]] == ["昨天回来的", "前天回来的", "我昨天坐车到的"]
    assert said[1].means == {"return_date": -2, "travel": None}
    assert len(said) == 6


def test_a_sentence_is_right_if_all_that_it_means_is_taken() -> None:
    def taken(value: str, confidence: float) -> ReadAnswer:
        return ReadAnswer("前天回来的", {"return_date": value}, {"return_date": confidence}, "")

    sentence = Sentence("return_date", "前天回来的", {"return_date": -2, "travel": None})
    assert is_right(SCRIPT, sentence, taken("2026-11-20", 1.0))
    assert not is_right(SCRIPT, sentence, taken("2026-11-20", 0.3))
    assert not is_right(SCRIPT, sentence, taken("2026-11-21", 1.0))


def test_one_of_forty_that_ship_is_read_rightly() -> None:
    wrong = [
        sentence.text
        for said in groups().values()
        for sentence in said[::40]
        if not is_right(
            SCRIPT, sentence, read_answer(SCRIPT, sentence.question, sentence.text, TODAY, "张三")
        )
    ]
    assert len(wrong) <= 4, wrong
