"""The picture of a script: everything is on it, nothing lies over anything else, and it stays the same."""

from __future__ import annotations

import io
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from campaign.errors import ScriptError
from dialogs.authoring.dialogues_run import Taken, everything
from dialogs.authoring.draw_command import draw_script
from dialogs.authoring.drawing import text_width, wrapped
from dialogs.authoring.layered_layout import Layout, arranged
from dialogs.authoring.picture import Calls, picture
from dialogs.loading import load_script

SURVEY = load_script("health_survey")
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def dashed(svg: str) -> int:
    return sum("stroke-dasharray" in path.attrib for path in ElementTree.fromstring(svg).iter(f"{SVG}path"))


def test_every_question_way_closing_and_intent_is_on_the_picture() -> None:
    shown = "\n".join(texts(picture(SURVEY)))
    for name in (*SURVEY.states, *SURVEY.closings):
        assert name in shown
    for words in (
        "居民健康排查",
        "您现在在北京吗？",
        "接听人：打错了",
        "十四天内去过外地：是",
        "“你是谁”",
        "连续 3 次没有声音",
    ):
        assert words in shown


def test_picture_is_always_the_same() -> None:
    assert picture(SURVEY, everything(SURVEY)) == picture(load_script("health_survey"), everything(SURVEY))


def test_ways_that_no_test_goes_are_dashed() -> None:
    everywhere = everything(SURVEY)
    assert dashed(picture(SURVEY, everywhere)) == 0
    some = Taken(everywhere.transitions - {("ask_travel", 0), ("ask_place", 0)}, everywhere.closings)
    drawn = picture(SURVEY, some)
    assert dashed(drawn) == 2
    assert "✓  有测试走过（20 条下一步中的 18 条）" in texts(drawn)
    assert any(text.startswith("○ “你是谁”") for text in texts(drawn))


def test_without_tests_nothing_is_dashed() -> None:
    drawn = picture(SURVEY)
    assert dashed(drawn) == 0
    assert not any("测试" in text for text in texts(drawn))


def test_numbers_of_a_campaign_stand_beside_ways_and_questions() -> None:
    calls = Calls(
        {("ask_identity", "ask_beijing"): 812, ("ask_identity", "wrong_number"): 40}, {"ask_travel": 7}
    )
    shown = texts(picture(SURVEY, None, calls))
    assert {"812 次", "40 次", "挂断 7"} <= set(shown)
    assert "0 次" in shown


# --- the layout -----------------------------------------------------------------------------------------


def overlaps(layout: Layout, sizes: dict[object, tuple[float, float]]) -> list[tuple[object, object]]:
    """Boxes and labels that lie over each other."""
    places = {**layout.boxes, **layout.labels}
    found = []
    for (a, (x, y)), (b, (p, q)) in combinations(places.items(), 2):
        (w, h), (v, k) = sizes[a], sizes[b]
        if abs(x - p) < (w + v) / 2 - 0.2 and abs(y - q) < (h + k) / 2 - 0.2:
            found.append((a, b))
    return found


@st.composite
def scripts_shapes(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    """Up to 20 states, each but the first with a way from an earlier one, and more ways forward."""
    count = draw(st.integers(2, 20))
    trunk = [(draw(st.integers(0, target - 1)), target) for target in range(1, count)]
    pairs = st.tuples(st.integers(0, count - 2), st.integers(1, count - 1)).filter(
        lambda pair: pair[0] < pair[1]
    )
    return count, sorted({*trunk, *draw(st.lists(pairs, max_size=15))})


@settings(deadline=None, max_examples=60)
@given(scripts_shapes(), st.integers(0, 3))
def test_no_box_or_label_lies_over_another(shape: tuple[int, list[tuple[int, int]]], labelled: int) -> None:
    count, pairs = shape
    boxes = {f"s{n}": (296.0, 62.0 + 20.0 * (n % 2)) for n in range(count)}
    arrows = {
        (f"s{a}", f"s{b}"): (40.0 + 30.0 * (b % 5), 36.0) if b % 4 >= labelled else (0.0, 0.0)
        for a, b in pairs
    }
    layout = arranged(boxes, arrows, "s0")
    assert set(layout.boxes) == set(boxes)
    assert overlaps(layout, {**boxes, **arrows}) == []
    for (source, target), points in layout.arrows.items():
        assert layout.boxes[source][1] < points[0][1] <= points[-1][1] < layout.boxes[target][1]
        assert [y for _, y in points] == sorted(y for _, y in points)


@settings(deadline=None, max_examples=40)
@given(scripts_shapes())
def test_arrows_go_around_boxes(shape: tuple[int, list[tuple[int, int]]]) -> None:
    count, pairs = shape
    boxes = {f"s{n}": (296.0, 62.0) for n in range(count)}
    layout = arranged(boxes, {(f"s{a}", f"s{b}"): (0.0, 0.0) for a, b in pairs}, "s0")
    for points in layout.arrows.values():
        for x, y in points[1:-1]:
            for p, q in layout.boxes.values():
                assert abs(x - p) > 148.0 or abs(y - q) > 30.9


def test_longest_way_is_one_straight_column() -> None:
    column = [*SURVEY.states, "done"]
    boxes = dict.fromkeys([*column, "wrong_number", "done_passed_on"], (296.0, 62.0))
    arrows = {(s.name, step.go): (0.0, 0.0) for s in SURVEY.states.values() for step in s.next}
    layout = arranged(boxes, arrows, SURVEY.start)
    assert {layout.boxes[name][0] for name in column} == {0.0}
    assert layout.boxes["wrong_number"][0] > 148.0


# --- Chinese text ---------------------------------------------------------------------------------------


def test_a_chinese_character_is_one_em_wide() -> None:
    assert text_width("您好，", 13.0) == 39.0
    assert 13.0 < text_width("ask", 13.0) < 30.0


@settings(deadline=None)
@given(st.text("您好，。？ab c1（）…", max_size=80), st.integers(1, 4))
def test_wrapped_lines_are_never_wider_than_their_box(text: str, most: int) -> None:
    lines = wrapped(text, 120.0, 13.0, most)
    assert 1 <= len(lines) <= most
    assert all(text_width(line, 13.0) <= 120.0 for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join(lines) == text


def test_no_line_begins_with_a_full_stop() -> None:
    assert wrapped("一二三四，五六七八。", 13.0 * 4, 13.0, 9) == ["一二三", "四，五六", "七八。"]


# --- the command ----------------------------------------------------------------------------------------


def draw(out: Path) -> str:
    console = Console(file=io.StringIO(), width=200, highlight=False)
    assert draw_script(console, "health_survey", out) == 0
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_survey_is_drawn_with_what_its_tests_go_through(tmp_path: Path) -> None:
    assert "已画好" in draw(tmp_path / "survey.svg")
    drawn = (tmp_path / "survey.svg").read_text(encoding="utf-8")
    assert dashed(drawn) == 0
    assert "✓  有测试走过（20 条下一步中的 20 条）" in texts(drawn)


def test_without_cairosvg_png_becomes_svg_and_says_so(tmp_path: Path) -> None:
    told = draw(tmp_path / "survey.png")
    assert (tmp_path / "survey.svg").exists()
    if not (tmp_path / "survey.png").exists():
        assert "没有安装 cairosvg" in told


def test_file_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match=r"\.svg 或 \.png"):
        draw(tmp_path / "survey.doc")


def test_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="写不了"):
        draw(tmp_path / "nowhere" / "survey.svg")
