"""What is said beside the answer to another question: put right, added, owned up to, or denied after all."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.actions import Heard
from dialogs.loading import load_script
from dialogs.machine import Dialog
from dialogs.machine.in_passing import says_no_more
from dialogs.understanding import normalised

TODAY = date(2026, 11, 30)


def call(*said: str, script: str = "health_survey") -> Dialog:
    dialog = Dialog(load_script(script), {"community": "幸福", "name": "张三"}, TODAY)
    dialog.start()
    for words in said:
        dialog.hear(Heard(words, 1.0))
    return dialog


def test_a_number_is_put_right_at_the_next_question() -> None:
    dialog = call("是我", "在", "没有", "三十六度九", "哎不对，刚才看错了，是三十六度六。外地没去过")
    assert (dialog.slots["temperature"].value, dialog.slots["travel"].value) == (36.6, False)
    dialog = call("是我", "在", "没有", "三十六度九", "没去过，三十六度六")
    assert dialog.slots["temperature"].value == 36.9  # nobody said that it was wrong


def test_where_others_are_is_not_where_the_resident_is() -> None:
    told = ("是我", "不在，我在上海", "没有", "三十六度五", "去了上海", "没有")
    dialog = call(*told, "三口，我爱人和孩子都在北京家里")
    assert (dialog.slots["in_beijing"].value, dialog.slots["household_size"].value) == (False, 3)


def test_more_symptoms_are_added() -> None:
    dialog = call("是我", "在", "有点发烧", "三十七度八，嗓子也疼")
    assert dialog.slots["symptoms"].value == ["发热", "咽痛"]


def test_symptoms_that_were_told_before_they_were_asked_for_are_asked_for_all_the_same() -> None:
    told = ("是我", "三十七度五吧，有点低烧", "三十七度八")
    dialog = call(*told, script="home_observation")
    assert (dialog.slots["symptoms"].value, dialog.state) == (["发热"], "ask_symptoms")
    assert call(*told, "还有点咳嗽", script="home_observation").slots["symptoms"].value == ["发热", "咳嗽"]
    dialog = call(*told, "没别的了", script="home_observation")
    assert (dialog.slots["symptoms"].value, dialog.state) == (["发热"], "ask_went_out")


def test_a_journey_that_is_denied_where_its_place_is_asked_for_never_was() -> None:
    dialog = call("是我", "在", "没有", "三十六度五", "去过", "我说的是北海公园，我可没出过京")
    assert (dialog.slots["travel"].value, dialog.state) == (False, "ask_contact")
    assert "travel_place" not in dialog.slots
    dialog = call("是我", "在", "没有", "三十六度五", "去过", "天津", "压根没出去过，你听拧了")
    assert (dialog.slots["travel"].value, dialog.state) == (False, "ask_contact")
    assert not {"travel_place", "return_date"} & dialog.slots.keys()


def test_who_is_away_and_says_where_has_been_there() -> None:
    dialog = call("是我", "没得，我还在老家呢", "没有", "三十六度五", "俺就在周口待着哩")
    assert (dialog.slots["travel"].value, dialog.slots["travel_place"].value) == (True, "河南周口")


def test_who_tells_what_is_to_be_done_needs_help() -> None:
    told = "我倒不用，就是我老妈自己住一楼，腿脚不好，提不动水，你们给找个人帮她接两桶呗"
    dialog = call("听明白了", told, script="notice")
    assert dialog.slots["needs_help"].value is True
    assert "接两桶" in str(dialog.slots["help"].value)


def test_a_clear_answer_after_a_doubtful_one_is_certain() -> None:
    told = ("没有，就是上课嗓子有点哑，当老师的老毛病，不算什么", "没有，没有不舒服的")
    symptoms = call("是我", "在", *told).slots["symptoms"]
    assert (symptoms.value, symptoms.is_certain) == ([], True)


def test_who_has_something_to_tell_hears_that_it_is_passed_on() -> None:
    healthy = ("是我", "在", "没有", "三十六度五", "没去过", "没有", "三口")
    assert call(*healthy, "不需要").state == "ask_needs"
    for needs, closing in (("不需要", "done"), ("帮我买点降压药", "done_passed_on")):
        dialog = call(*healthy)
        said = dialog.hear(Heard(needs, 1.0))
        assert said[0].prompt_id == f"closing.{closing}"  # type: ignore[union-attr]


def test_whose_the_reading_was_comes_to_mind_later() -> None:
    dialog = call(
        "是我", "在", "有点发烧，三十八度五", "没了", "没去，哎刚才那三十八度五是我儿子啊，我自个儿三十六度七"
    )
    assert (dialog.slots["temperature"].value, dialog.slots["travel"].value) == (36.7, False)


def test_of_two_readings_the_one_that_is_named_is_put_right() -> None:
    told = ("是我", "三十六度五", "三十七度二")
    later = "啊昨晚不是三十七度二，我看了下本子，是三十七度四，嗓子有点儿疼"
    dialog = call(*told, later, script="home_observation")
    readings = [dialog.slots[name].value for name in ("morning_temperature", "evening_temperature")]
    assert (readings, dialog.slots["symptoms"].value) == ([36.5, 37.4], ["咽痛"])


def test_what_others_have_is_not_the_residents() -> None:
    dialog = call(
        "是我", "早上三十六度四，昨儿晚上忘量了，光伺候我妈了，她咳嗽了一宿。", script="home_observation"
    )
    assert "symptoms" not in dialog.slots


def test_what_is_broken_asks_for_nothing() -> None:
    assert "needs" not in call("是我", "在", "没有", "没量，家里那个体温计让我孙子给摔了").slots
    assert call("是我", "在", "没有", "没量，体温计坏了，能给送一个吗").slots["needs"].value == "体温计坏了"


@pytest.mark.parametrize("said", ["没别的了", "没别的了，刚量的三十八度一", "就这些"])
def test_that_is_all(said: str) -> None:
    assert says_no_more(normalised(said))


@pytest.mark.parametrize("said", ["没有，嗓子疼", "没别的，就是累", "三十八度一"])
def test_that_is_not_all(said: str) -> None:
    assert not says_no_more(normalised(said))


def test_what_was_not_measured_is_not_asked_for() -> None:
    dialog = call("是我", "早上三十六度四，昨儿晚上忘量了", script="home_observation")
    assert (dialog.slots["morning_temperature"].value, dialog.state) == (36.4, "ask_symptoms")
    evening = dialog.slots["evening_temperature"]
    assert (evening.value, evening.is_certain) == (None, False)
    assert call("是我", "早上忘了量，三十六度四", script="home_observation").state == "ask_evening"


def test_a_day_is_put_right_in_passing() -> None:
    dialog = call("是我", "在北京，昨儿晚上刚从保定我丈母娘家回来，不对，前天晚上，周六。")
    assert dialog.slots["return_date"].value == "2026-11-28"
    dialog = call("是我", "在北京，二十三号从杭州出差回来以后没再出去过。")
    assert dialog.slots["return_date"].value == "2026-11-23"


def test_the_journeys_of_others_are_not_the_residents() -> None:
    dialog = call("是我", "在呢，我们老两口在北京住了一辈子了，我儿子礼拜五刚从武汉回来。")
    assert not {"travel", "return_date"} & dialog.slots.keys()


def test_a_symptom_is_taken_back_at_the_next_question() -> None:
    dialog = call(
        "是我", "在", "头有点疼，胸口也闷。", "没发烧，三十六度六。哎，胸闷那个别记，那是去年的毛病。"
    )
    assert dialog.slots["symptoms"].value == ["头痛"]


def test_how_many_they_are_is_put_right_at_the_next_question() -> None:
    told = ("是我", "在", "没有", "三十六度五", "没去", "没接触过，家里五口人。")
    dialog = call(*told, "等等，不是五口，我儿子上个月搬走了，现在四口。你们有消毒液的话给我一瓶。")
    assert (dialog.slots["household_size"].value, dialog.slots["needs"].value) == (4, "消毒液")


def test_about_the_same_changes_no_reading() -> None:
    dialog = call("是我", "三十六度四", "昨晚三十六度五，跟今天差不多。", script="home_observation")
    readings = [dialog.slots[name].value for name in ("morning_temperature", "evening_temperature")]
    assert readings == [36.4, 36.5]


def test_a_reading_that_was_taken_meanwhile_replaces_the_one_before() -> None:
    dialog = call("是我", "在", "三十八度一，发烧嗓子疼", "就发烧嗓子疼没别的了刚又量了是三十八度五")
    assert (dialog.slots["temperature"].value, dialog.slots["symptoms"].value) == (38.5, ["发热", "咽痛"])


def test_who_has_just_come_home_is_there() -> None:
    dialog = call("是我", "昨儿个刚到家跑了一趟沈阳拉的白菜这不累得够呛")
    told = {"in_beijing": True, "travel_place": "辽宁沈阳", "return_date": "2026-11-29"}
    assert {name: dialog.slots[name].value for name in told} == told


def test_his_home_is_the_one_that_is_asked_about() -> None:
    told = ("我是他妈", "在", "没有", "三十六度五", "没去", "没有")
    dialog = call(*told, "他家里三口他媳妇跟孙女我是过来帮忙的")
    assert dialog.slots["household_size"].value == 3


def test_a_second_place_joins_the_first() -> None:
    told = ("是我", "不在，我在上海出差", "没有", "三十六度五")
    dialog = call(*told, "没有吧，见的都是客户，都活蹦乱跳的。对了我前几天还跑了趟杭州。")
    assert dialog.slots["travel_place"].value == "上海浙江杭州"
    dialog = call(*told, "没有，我就在上海待着呢")
    assert dialog.slots["travel_place"].value == "上海"


def test_how_somebody_is_does_not_tell_where() -> None:
    dialog = call("是我", "都挺好的，没毛病")
    assert ("in_beijing" in dialog.slots, dialog.slots["symptoms"].value) == (False, [])
    assert dialog.state == "ask_beijing"
    assert call("是我", "搁朝阳呢，啥症状没有").slots["in_beijing"].value is True


@pytest.mark.parametrize("said", ["就我跟老伴", "我和儿子俩人", "就我和老伴两个人住"])
def test_whom_somebody_lives_with_is_no_patient(said: str) -> None:
    dialog = call("是我", "在", "没有", "三十六度五", "没去", said)
    assert ("contact" in dialog.slots, dialog.state) == (False, "ask_contact")


def test_who_met_nobody_has_no_weakness() -> None:
    dialog = call("是我", "在", "没有见过病人")
    assert dialog.slots["contact"].value is False
    assert ("symptoms" in dialog.slots, dialog.state) == (False, "ask_symptoms")


def test_who_is_at_home_asks_for_no_other_call() -> None:
    dialog = call("是我", "在", "没有", "在家呢")
    assert (dialog.outcome, dialog.state) == (None, "ask_temperature")


def test_who_was_forgotten_is_counted() -> None:
    told = ("是我", "在", "没有", "三十六度五", "没去", "没接触", "两口")
    dialog = call(*told, "给整点口罩呗，对了还有我老婆婆也跟我们住，仨人")
    assert dialog.slots["household_size"].value == 3


def test_a_symptom_that_was_left_out_is_told_later() -> None:
    told = ("是我", "三十六度五", "三十六度四", "没有")
    said = "没有，狗是托邻居遛的。不过我刚才漏说了一点，胸口有些发闷。"
    dialog = call(*told, said, script="home_observation")
    assert dialog.slots["symptoms"].value == ["呼吸困难"]
    assert dialog.slots["went_out"].value is False


def test_of_two_readings_each_is_told_with_its_time() -> None:
    dialog = call("是我", "三十六度整 昨天夜里没量 忘了", script="home_observation")
    values = [dialog.slots[name].value for name in ("morning_temperature", "evening_temperature")]
    assert values == [36.0, None]
    said = "哎哟我说反了，38度1是昨儿晚上的，今儿早上是37度6。"
    dialog = call("是我", "三十八度一", said, script="home_observation")
    values = [dialog.slots[name].value for name in ("morning_temperature", "evening_temperature")]
    assert values == [37.6, 38.1]


def test_a_grandsons_fever_and_a_sons_journey_are_theirs() -> None:
    dialog = call("我就是张三，您说吧。家里正乱着呢，小孙子发烧哭了一宿。")
    assert "symptoms" not in dialog.slots
    dialog = call("是我", "在北京，我哪儿都没去。我儿子倒是去了趟上海，昨儿回来的。")
    assert dialog.slots["travel"].value is False
    assert "return_date" not in dialog.slots


@pytest.mark.parametrize(
    ("said", "morning", "evening"),
    [
        ("昨晚上三十八度一早上量降了点儿三十七度九", 37.9, 38.1),
        ("早上量的三十六度七，昨儿晚上也差不多，三十六度六。", 36.7, 36.6),
        ("刚起床没来得及量呢昨晚上我妈给我量的三十七度四吧", None, 37.4),
        ("三十八度一哎我看岔了那是昨晚的今早是三十七度六", 37.6, 38.1),
        ("昨晚有点热，三十七度六，我妈给吃了退烧药，早上再量就三十六度九了。", 36.9, 37.6),
    ],
)
def test_both_readings_are_told_at_once(said: str, morning: float | None, evening: float) -> None:
    dialog = call("是我", said, script="home_observation")
    told = [dialog.slots[name].value for name in ("morning_temperature", "evening_temperature")]
    assert told == [morning, evening]


def test_who_moved_in_is_counted() -> None:
    told = ("是我", "在", "没有", "三十六度五", "没去", "没接触", "三口")
    dialog = call(*told, "没啥需要的哦对了我丈母娘上礼拜搬来了那是四口")
    assert dialog.slots["household_size"].value == 4


def test_who_is_elsewhere_tells_the_place_whatever_was_asked() -> None:
    dialog = call("我是张三，不过我人在上海出差呢")
    assert (dialog.slots["in_beijing"].value, dialog.slots["travel_place"].value) == (False, "上海")
    dialog = call("我是他儿子", "他上个月就回河南老家了，现在还没回来")
    assert (dialog.slots["travel"].value, dialog.slots["travel_place"].value) == (True, "河南")


def test_last_nights_reading_is_heard_and_todays_asked_for() -> None:
    dialog = Dialog(load_script("health_survey"), {"community": "幸福", "name": "张三"}, TODAY)
    dialog.start()
    for words in ("是我", "在", "没有"):
        dialog.hear(Heard(words, 1.0))
    said = dialog.hear(Heard("昨天晚上量的三十六度八不烧", 1.0))[0]
    assert getattr(said, "prompt_id", "") == "ask_temperature.short"


def test_who_needs_nothing_after_all_needs_no_help() -> None:
    dialog = call("明白了", "好的", "我说了不用帮", script="notice")
    assert (dialog.slots["needs_help"].value, dialog.slots["help"].value) == (False, "")
    dialog = call("明白了", "我提不动水，得要人帮", "没别的了谢谢啊", script="notice")
    assert dialog.slots["needs_help"].value is True


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("用不着我白天出车家里没人", False),
        ("不用，我自己能存。对了，停水那天暖气受不受影响啊，我们十二栋的", False),
        ("不用，可家里没人", True),
    ],
)
def test_a_refusal_stands_before_its_reason_and_beside_a_question(said: str, value: bool) -> None:
    assert call("明白了", said, script="notice").slots["needs_help"].value is value


def test_water_is_fetched_and_no_call_put_off() -> None:
    dialog = call("明白了", "得要人帮", "就是礼拜五晚上来人帮我打两桶水存上", script="notice")
    assert (dialog.outcome, dialog.slots["help"].value) == ("completed", "打两桶水存上")
    assert call("我这是老慢支").outcome is None


def test_last_nights_temperature_is_better_than_none_of_today() -> None:
    dialog = call("是我", "在", "咳嗽", "昨天晚上量的三十七度六", "今儿还没顾上量呢")
    told = dialog.slots["temperature"]
    assert (told.value, told.is_certain) == (37.6, False)
