"""Yes and no as the rules alone read them: whereabouts, journeys, contacts."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.machine import SURE
from dialogs.understanding import Context
from dialogs.understanding.reader import Understanding
from dialogs.understanding.single_answer import question_of

TODAY = date(2026, 11, 22)
SCRIPT = load_script("health_survey")
RULES = Understanding(SCRIPT, None)


def read(question: str, words: str) -> dict[str, object]:
    reading = RULES.read(words, Context(question_of(SCRIPT, question), TODAY, ""))
    return {name: found.value for name, found in reading.findings.items()}


@pytest.mark.parametrize(
    ("words", "is_there"),
    [
        ("在都江堰呢", False),
        ("我人在武夷山", False),
        ("没有，我在高雄", False),
        ("外滩上拍照呢", False),
        ("没在太原，在北京", True),
        ("我老家高雄的，人在望京", True),
        ("搁丰台呢，啥毛病没有", True),
        ("西直门，刚下地铁", True),
        ("昨晚还在邯郸，今早返京了", True),
        ("周四从沈阳返京的", True),
        ("往北京开着呢", False),
        ("北京？还差两百公里呢", False),
        ("北京？三年没回了", False),
        ("北京啊，好久没去了", False),
        ("北京，半年没回老家了", True),
        ("快到北京了，在服务区", False),
        ("本打算待在北京，后来回保定了，眼下还在这儿", False),
        ("去了趟保定，回来了，就在这儿", True),
        ("在，明天才不走呢", True),
        ("紧挨着通州，香河", False),
        ("还能不在吗", True),
        ("人在颐和园", True),
        ("等红灯呢，我在北京", True),
        ("后日返京", False),
        ("还在牛街住着", True),
        ("在重庆饭店吃饭，海淀那家", True),
        ("在天安门边上呢", True),
    ],
)
def test_where_somebody_is(words: str, is_there: bool) -> None:
    assert read("in_beijing", words)["in_beijing"] is is_there


@pytest.mark.parametrize(
    ("words", "has_travelled"),
    [
        ("一直未外出", False),
        ("从未离京", False),
        ("未曾出京", False),
        ("足不出户", False),
        ("一步没动", False),
        ("哪能呢", False),
        ("哪来的工夫出去", False),
        ("学校不让出京", False),
        ("离京过一回", True),
        ("外出过两次", True),
        ("跑过外省", True),
        ("去了，大兴而已", False),
        ("去了一处，丰台的花市", False),
        ("去过外地，前天回的密云", True),
        ("去过，七月份的事了", False),
        ("去了，前年的老黄历了", False),
        ("去年没去，今年去了", True),
        ("大前年去过，上礼拜又去了一趟", True),
        ("端午去的，完了就没动", False),
        ("去过，上周的事", True),
        ("有是有，寒假的事了", False),
        ("出差的是我们主任，我值班", False),
        ("去外地的是我爸妈", False),
        ("出差的是我", True),
        ("室友去的三亚，我没请下假", False),
        ("老人都照看不过来，还出差呢", False),
        ("外地谁都不让去，我还出差了一趟", True),
        ("去了趟门口的超市", False),
        ("去了趟外地的医院", True),
        ("出哪门子远门", False),
        ("哪儿有啊", False),
        ("零趟", False),
        ("没迈出过北京半步", False),
        ("差一步就出去了，闺女拦住了", False),
        ("谁说我出差了", False),
        ("做梦才去过", False),
        ("要是有空，我早出去了", False),
        ("要是没去过外地，我用得着隔离吗", True),
        ("没有一个月不出差", True),
        ("怎么会没去过，上个星期才回来", True),
        ("我好像去过外地", True),
        ("想家就回老家了", True),
        ("下个月才去外地呢", False),
        ("昨天下午才回老家", True),
        ("回老家干什么呀", False),
        ("怀柔去过，还在北京呢", False),
        ("去了怀柔，没过河北", False),
        ("小区超市去过", False),
        ("去过，但那是前年", False),
        ("去过，但那是上周", True),
        ("四年前去过一趟，再没去", False),
        ("我没去，我姐去了，去的西安", False),
        ("除了我，一大家子都去大连了", False),
        ("我爱人带孩子去了洛阳，我看店", False),
        ("会计去沈阳了，不是我", False),
        ("单位派我去的兰州，小李没去", True),
        ("我妹去了，我也去了", True),
    ],
)
def test_whether_somebody_travelled(words: str, has_travelled: bool) -> None:
    assert read("travel", words)["travel"] is has_travelled


@pytest.mark.parametrize(
    ("words", "has_met"),
    [
        ("从未接触过", False),
        ("毫无交集", False),
        ("我并非密接", False),
        ("不敢碰", False),
        ("隔壁大姐查出来阳性", True),
        ("跟确诊的同桌", True),
        ("单位里无人感染", False),
        ("表姐确诊了，我们半年没见", False),
        ("确诊的也好，阳的也好，一个都没碰", False),
        ("没跟有病的人来往", False),
    ],
)
def test_whether_somebody_met_patients(words: str, has_met: bool) -> None:
    assert read("contact", words) == {"contact": has_met}


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("我说的保定，没说承德", "河北保定"),
        ("没说湘潭，我说湘西", "湖南湘西"),
        ("怎么变成常州了，沧州啊", "河北沧州"),
        ("谁说苏州了，宿州", "安徽宿州"),
        ("徐州不是，是许昌", "河南许昌"),
        ("并非福建，是江西", "江西"),
        ("哪里是合肥，是阜阳", "安徽阜阳"),
        ("公司要我去成都，换同事去的", None),
        ("他喊我去青岛，我没答应", None),
        ("说好去三亚的，我爸不让", None),
        ("全班去了承德，就我没去", None),
        ("父母在衡水，我没回", None),
        ("老家洛阳，我没回去", None),
        ("大概是国庆吧，去过西安，后来没去", None),
        ("厦门？那是去年的事", None),
        ("领导叫我去太原，不批假，我还是去了", "山西太原"),
        ("哪能", None),
        ("那会儿刚好去了趟西安", "陕西西安"),
        ("被老板支到兰州去了", "甘肃兰州"),
        ("说好同事去赤峰，临时换成我去", "内蒙古赤峰"),
        ("可不是吗，去的可不是许昌嘛", "河南许昌"),
        ("表叔从海拉尔来住了两天，我没出门", None),
        ("去大庆的是我爱人，我看家", None),
        ("上一次是暑假，带孩子去的北海", None),
        ("上一次是上周三，带孩子去的北海", "广西北海"),
        ("国庆，爬的泰山", None),
        ("我二姨从沈阳来我这儿住", None),
        ("客户从宁波过来看货的", None),
        ("我刚从宁波过来", "浙江宁波"),
        ("陪客人去了趟宁波", "浙江宁波"),
        ("昆明那个会下个月才开", None),
        ("回南昌的票没买着", None),
        ("回南昌的票没买着，开车回去了", "江西南昌"),
        ("要不是下雪，我该在大同了", None),
        ("唐山去过，不过那是夏天", None),
        ("网上直播看的三亚", None),
        ("三亚，网上订的票", "海南三亚"),
        ("网上看好了去的三亚", "海南三亚"),
        ("夏收回了趟河南，七月就回北京了", None),
        ("去了趟河南，十九号晚上回来的", "河南"),
        ("我大姐家在扬州，上周三去的", "江苏扬州"),
        ("我女儿在扬州，我去照应照应", "江苏扬州"),
        ("单位组织去北戴河，就我没玩好", "河北秦皇岛"),
        ("我老家洛阳，上周回的，没回县里", "河南洛阳"),
        ("大前年去过桂林，上礼拜又去了一趟", "广西桂林"),
    ],
)
def test_place_that_was_denied_or_fell_through_is_none(words: str, place: str | None) -> None:
    question = "travel_place" if place else "travel"
    assert read(question, words).get("travel_place") == place


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("回了趟安徽老家", "安徽"),
        ("回了趟物汉老家", "湖北武汉"),
        ("去了趟兰周", "甘肃兰州"),
        ("打厦门回来的", "福建厦门"),
        ("没离开过半步", None),
        ("哈哈", None),
        ("吃饭了吗", None),
    ],
)
def test_what_was_heard_plainly_is_not_repaired_to_a_place(words: str, place: str | None) -> None:
    assert read("travel_place", words).get("travel_place") == place


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("在的，周四刚从兰州过来", "甘肃兰州"),
        ("到北京了，八号从西安下的飞机", "陕西西安"),
        ("在家，前天自大连归来", "辽宁大连"),
        ("在家，我从兰州打过来的电话", None),
    ],
)
def test_journey_is_told_beside_the_whereabouts(words: str, place: str | None) -> None:
    assert read("in_beijing", words).get("travel_place") == place


@pytest.mark.parametrize(
    "words",
    [
        "去广东开个会",
        "福建省内",
        "回湖南省亲",
        "到河南吃喜酒",
        "回湖北收了两天稻子",
        "往山东跑",
        "奔山西送货去了",
        "去四川看老同学",
    ],
)
def test_province_before_what_was_done_there_is_certain(words: str) -> None:
    reading = RULES.read(words, Context(question_of(SCRIPT, "travel"), TODAY, ""))
    assert reading.findings["travel_place"].confidence > SURE


@pytest.mark.parametrize("words", ["有没有病人，我哪看得出来", "你家有车没有", "你家养猫不"])
def test_what_is_asked_back_is_neither_yes_nor_no(words: str) -> None:
    assert read("contact", words).get("contact") is None


@pytest.mark.parametrize(
    ("question", "words", "value"),
    [
        ("contact", "没跟谁接触", False),
        ("contact", "二楼的在隔离，谁也没言语，我跟人家站着聊了半天", True),
        ("contact", "没接触过，有的话也没人告诉我", False),
        ("contact", "初五那天挨过一个，往后再没碰头", True),
        ("contact", "我在发热门诊，哪天没几个阳性的来", True),
        ("contact", "没有，往后也没有", False),
        ("contact", "我们班没有同学确诊", False),
        ("contact", "挨过一个阳性的", True),
        ("contact", "阳性的我没挨过", False),
        ("contact", "呸呸呸，没有的事", False),
        ("in_beijing", "刚出北京", False),
        ("in_beijing", "没出北京", True),
        ("in_beijing", "到北京还有三百里呢", False),
        ("in_beijing", "我回京有俩月了", True),
        ("in_beijing", "在菜市口这边", True),
    ],
)
def test_contacts_and_whereabouts_in_other_words(question: str, words: str, value: bool) -> None:
    assert read(question, words)[question] is value


@pytest.mark.parametrize(
    ("words", "has_met"),
    [
        ("要是挨过那种人，我早让人接走隔离了", False),
        ("我要碰过，学校还能让我来上课吗", False),
        ("倘若真接触过，我第一时间就上报了", False),
        ("如果有，我头一个通知你们", False),
        ("有的话我还敢去接孙女吗", False),
        ("要没接触过，他们能把我封在家里吗", True),
        ("我在隔离酒店打扫，还能不接触", True),
        ("怎么可能接触呢", False),
        ("接触个屁", False),
        ("接触了还能让我进小区？", False),
        ("周围没一个阳的", False),
        ("聚会我没去，可我闺女阳了，我照顾过她", True),
        ("楼上那位说是疑似，一查是水痘", False),
        ("我们组长被当成疑似，后来排除了", False),
        ("隔壁店怀疑过一个，结果出来是阴性", False),
        ("在新闻里见过", False),
        ("见过，不过是在电视上", False),
        ("要是接触过怎么办，我跟他吃过饭", True),
        ("要是见过面也算，那我见过", True),
        ("要不是接触了她，我早出院了", True),
        ("邻居开始说是疑似，后来确诊了", True),
        ("同事是阳性，现在转阴了", True),
        ("有一个排除了，另一个确诊了，我见过", True),
        ("手机上聊过，上周也见过面", True),
        ("就跟我闺女打交道，她阳了", True),
        ("我不知道怎么会接触到的，是接触过", True),
        ("真接触过，早上还一块儿跑步", True),
    ],
)
def test_what_did_not_happen_is_told_apart(words: str, has_met: bool) -> None:
    assert read("contact", words)["contact"] is has_met


@pytest.mark.parametrize(
    "words",
    [
        "饭菜都是放门口的",
        "我接触的都是花花草草",
        "我就跟鸡鸭打交道",
        "他请假是崴了脚",
        "有个大姐发烧，是肺炎老毛病，不是新冠",
        "那场婚礼我没去，去的人全阳了",
        "别的厂中招了一个，我不认识他",
        "接触过病人，是精神病人，不是你问的那种",
    ],
)
def test_what_is_no_contact_names_none(words: str) -> None:
    assert read("contact", words).get("contact") is not True


@pytest.mark.parametrize(
    ("words", "has_travelled"),
    [
        ("我要是出去过，早跟居委会报备了", False),
        ("如果去过，我还能不告诉你们吗", False),
        ("要是去过郊区也算的话，我去过", True),
        ("真去过，早上刚回来", True),
    ],
)
def test_a_journey_that_is_only_supposed_was_none(words: str, has_travelled: bool) -> None:
    assert read("travel", words)["travel"] is has_travelled


@pytest.mark.parametrize(
    ("words", "has_met"),
    [
        ("本人未与任何患者有过接触", False),
        ("病人一个也没有见过", False),
        ("么有，谁病我都不见", False),
        ("周围的人都是阴的", False),
        ("妥妥没有", False),
        ("我问他，他直摇头", False),
        ("我不认识任何得病的", False),
        ("他确诊了，跟我睡一屋", True),
        ("我在急诊，接过病人", True),
    ],
)
def test_more_words_for_contacts(words: str, has_met: bool) -> None:
    assert read("contact", words)["contact"] is has_met


def test_other_words_that_end_in_the_same_way_deny_nothing() -> None:
    assert read("contact", "怎么有的我也不清楚").get("contact") is not False
    assert read("contact", "晓不得") == {"contact": None}


@pytest.mark.parametrize(
    ("words", "has_met"),
    [
        ("两个，都打过照面", True),
        ("碰过头", True),
        ("轨迹有重合", True),
        ("没打过照面", False),
        ("照面都没打过", False),
        ("我成天就跟阳台上那几盆花打交道，碰不上那号人", False),
        ("轨迹一点儿不重合", False),
        ("密接、次密接我都不算", False),
        ("心放肚子里，没碰", False),
        ("我徒弟是阳了，可他上个月就辞工走了，打那儿再没见", False),
        ("姐夫阳了，我们一年没走动了，早搬走了，没见", False),
        ("我徒弟阳了，上礼拜还一起干活，打那儿再没见", True),
        ("十六号跟一个病人见过面，打那以后没碰头", True),
    ],
)
def test_contacts_that_were_and_that_were_over_before(words: str, has_met: bool) -> None:
    assert read("contact", words)["contact"] is has_met


@pytest.mark.parametrize("words", ["跟谁打过照面我都不知道", "人都捂着口罩，好人病人我分不出"])
def test_who_cannot_know_tells_of_no_contact(words: str) -> None:
    assert read("contact", words).get("contact") is None


@pytest.mark.parametrize(
    ("words", "has_travelled"),
    [
        ("喜酒在长沙摆的，我没赶过去", False),
        ("喜酒在长沙摆的，我赶过去了", True),
        ("最近一回是仨月前，上的承德", False),
        ("二十天前去过青岛", False),
        ("十天前去过青岛", True),
        ("没去，是太原的舅舅来北京了", False),
        ("没去嗦，一直屋头待起的", False),
    ],
)
def test_journeys_long_over_or_of_others(words: str, has_travelled: bool) -> None:
    assert read("travel", words)["travel"] is has_travelled
