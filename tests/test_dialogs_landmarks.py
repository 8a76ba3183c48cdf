"""Landmarks that are named instead of the city, and what tells where somebody is without any place."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.entities.places import LANDMARKS, PLACES, full_name, in_full, places
from dialogs.loading import load_script
from dialogs.machine import SURE
from dialogs.slots.whereabouts.clauses import asides, is_elsewhere
from dialogs.understanding import Context, normalised
from dialogs.understanding.reader import Understanding
from dialogs.understanding.single_answer import question_of, read_answer

TODAY = date(2026, 11, 22)
SCRIPT = load_script("health_survey")
RULES = Understanding(SCRIPT, None)


def by_rules(question: str, words: str) -> dict[str, object]:
    reading = RULES.read(words, Context(question_of(SCRIPT, question), TODAY, ""))
    return {name: found.value for name, found in reading.findings.items()}


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("去了趟春熙路", "四川成都"),
        ("在湘雅医院陪我姐做手术", "湖南长沙"),
        ("夫子庙看灯去了", "江苏南京"),
        ("南京东路逛了逛", "上海"),
        ("胖东来买东西去了", "河南"),
        ("许昌的胖东来", "河南许昌"),
        ("中山大学开会", "广东广州"),
        ("沈阳太原街", "辽宁沈阳"),
        ("朝天门吃火锅", "重庆"),
        ("昆明的青年路", "云南昆明"),
        ("珠海长隆", "广东珠海"),
        ("南京新街口", "江苏南京"),
        ("广州那条北京路", "广东广州"),
        ("苏州街附近", "北京"),
        ("在苏州街上逛", "江苏苏州"),
        ("西安门大街", "北京"),
        ("香河园", "北京"),
        ("从武汉到的北京西站", "湖北武汉北京"),
        ("住胡同里", ""),
        ("照常营业", ""),
        ("扬州炒饭", ""),
    ],
)
def test_landmark_means_its_city(words: str, place: str) -> None:
    assert full_name([said.place for said in places(words)]) == place


def test_no_landmark_is_the_name_of_a_city() -> None:
    assert not LANDMARKS.keys() & set(PLACES)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("在夫子庙看灯", "在南京夫子庙看灯"),
        ("在南京夫子庙看灯", "在南京夫子庙看灯"),
        ("大觉寺看银杏", "北京大觉寺看银杏"),
        ("北京的白云观", "北京的白云观"),
        ("离天安门就两站地", "离天安门就两站地"),
        ("六环外头", "六环外头"),
        ("去西直门的在这换乘", "去西直门的在这换乘"),
        ("在怀来摘葡萄", "在张家口怀来摘葡萄"),
        ("在怀来呢,翻过八达岭就是", "在怀来呢,翻过北京八达岭就是"),
        ("去了河北保定", "去了河北保定"),
        ("在家呢", "在家呢"),
    ],
)
def test_landmark_is_shown_with_its_city(said: str, shown: str) -> None:
    assert in_full(said) == shown


def test_landmark_of_home_is_left_alone_where_told() -> None:
    assert in_full("去了趟奥森,又去了春熙路", unless_in={"北京"}) == "去了趟奥森,又去了成都春熙路"


@pytest.mark.parametrize(
    ("words", "is_there"),
    [
        ("在夫子庙看花灯呢", False),
        ("在华西医院排队拿片子呢", False),
        ("白云机场过安检呢，您快点儿说", False),
        ("春熙路等串串", False),
        ("壶口瀑布跟前，水声大", False),
        ("寿光蔬菜市场，我在这儿等着装车", False),
        ("大觉寺看银杏，叶子黄得晃眼", True),
        ("报国寺淘旧书，刚跟人划完价", True),
        ("坐月子呢，在马家堡我妈这儿", True),
        ("上地，写代码呢", True),
        ("窗户外头就是北海的白塔", True),
        ("军博门口等人呢", True),
        ("在积水潭医院拍片子", True),
    ],
)
def test_landmark_tells_where_somebody_is(words: str, is_there: bool) -> None:
    assert by_rules("in_beijing", words)["in_beijing"] is is_there
    answer = read_answer(SCRIPT, "in_beijing", words, TODAY)
    is_asked_again = answer.confidence.get("in_beijing", 0.0) < SURE
    assert is_asked_again or answer.values["in_beijing"] is is_there


@pytest.mark.parametrize(
    ("words", "is_there"),
    [
        ("在。我老公出差去了杭州，他还没回", True),
        ("我在，我爱人不在，她去南昌了", True),
        ("我弟不在，我在", True),
        ("在呢，我闺女上大连念书去了", True),
        ("还在，后天才动身去海南", True),
        ("现在在北京，等过完元旦再回哈尔滨", True),
        ("我在深圳打了八年工，那是老黄历了，如今在上地看大门", True),
        ("上回你们打来我在台州，那都上个月了，这回在北京", True),
        ("部队把我们调到甘肃了，家属在丰台", False),
        ("我爸在北京呢，我在广州", False),
        ("我闺女在上海，我在她那儿", False),
        ("我在，刚到广州", False),
        ("不在，我弟在北京", False),
        ("我不在，我在杭州呢", False),
        ("我老公在杭州，我也在杭州", False),
    ],
)
def test_others_plans_and_the_past_are_not_where_oneself_is(words: str, is_there: bool) -> None:
    assert by_rules("in_beijing", words)["in_beijing"] is is_there


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("我在,我爱人去南昌了,还没回", ["我爱人去南昌了", "还没回"]),
        ("我老公去杭州了,我在家", ["我老公去杭州了"]),
        ("他去了青岛,我在北京", []),
        ("我女儿家这儿,昌平", []),
        ("还在,下周才走", ["下周才走"]),
        ("在老家,下周才回北京", []),
        ("以前在深圳,那都是老黄历了", ["以前在深圳", "那都是老黄历了"]),
        ("我在呢", []),
    ],
)
def test_clauses_about_others_plans_and_the_past(words: str, told: list[str]) -> None:
    assert [words[start:end] for start, end in asides(words)] == told


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("你们那儿下雪了吧，我这边还穿短袖哩", True),
        ("你们北京供暖了，我这里只能靠电热毯", True),
        ("我们这儿还热着呢，你们北京冷了吧", True),
        ("东京这边比你们早一个钟头", True),
        ("你们那边我可有小半年没回了", True),
        ("我在北京路逛街", True),
        ("北京东路堵着呢", True),
        ("你们那边声音小，我这边听不清", False),
        ("你们那儿打来的吧，我这边是朝阳", False),
        ("你们北京社区的啊，我在家", False),
        ("我比你们早下班一个钟头", False),
        ("我在北京路上堵着呢", False),
        ("刚从北京路过", False),
        ("在北京", False),
    ],
)
def test_elsewhere_is_told_without_a_place(words: str, is_told: bool) -> None:
    assert is_elsewhere(normalised(words), "北京") is is_told


@pytest.mark.parametrize(
    ("words", "is_there"),
    [
        ("窗外全是椰子树，你说我能在北京吗", False),
        ("推开窗就是海，哪来的北京", False),
        ("什么北京啊，我在大连呢", False),
        ("地铁坐着呢，上海这线跟北京那条同名", False),
        ("我在你们北京打工呢", True),
        ("我能不在北京吗", True),
        ("我在国贸对面", True),
        ("我和北京的同事在北京吃饭", True),
    ],
)
def test_what_only_names_home_is_no_stay(words: str, is_there: bool) -> None:
    assert by_rules("in_beijing", words)["in_beijing"] is is_there
