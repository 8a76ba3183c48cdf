"""What is said back before a call ends, and what the reply makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaign.errors import ScriptError
from campaign.records import Grade, SlotValue, Source
from dialogs.loading import load_script
from dialogs.machine import Dialog, Hangup, Heard, Outcome, Play
from tests.test_dialogs_load import SMALL
from tests.test_dialogs_machine import TODAY, Call

SICK = ("是我", "在北京", "有点发烧，还有点咳嗽", "三十七度八", "没去过", "没接触过", "三口人", "不需要")
COUGHS = ("是我", "在北京", "有点咳嗽", "三十六度五", "没去过", "没接触过", "三口人", "不需要")
CONTACT = ("是我", "在北京", "没有", "三十六度五", "没去过", "接触过", "三口人", "不需要")


def slot(call: Call, name: str) -> SlotValue:
    return call.dialog.slots[name]


# --- what is said back --------------------------------------------------------------------------------


def test_symptoms_and_fever_are_said_back_after_the_last_question() -> None:
    call = Call().says(*SICK)
    assert call.prompts == ["confirm.first"]
    assert call.hears == "跟您确认一下，您说有发热，有咳嗽，体温三十七度八，我这样记，对吗？"


def test_what_is_said_back_is_put_together_from_recordings() -> None:
    play = Call().says(*SICK).actions[0]
    assert isinstance(play, Play)
    assert [part.text for part in play.parts] == [
        "跟您确认一下，您说", "有发热，", "有咳嗽，", "体温三十七度八，", "我这样记，对吗？",
    ]  # fmt: skip
    assert play.parts[3].plain_text == "体温偏高，"


def test_contact_with_a_patient_is_said_back() -> None:
    assert Call().says(*CONTACT).hears == "跟您确认一下，您说接触过病人，我这样记，对吗？"


def test_healthy_residents_hear_no_confirmation() -> None:
    healthy = ("是我", "在北京", "没有", "三十六度五", "没去过", "没接触过", "三口人", "不需要")
    assert Call().says(*healthy).prompts == ["closing.done"]


def test_travellers_are_not_asked_again_for_they_named_place_and_day() -> None:
    call = Call().says("是我", "在北京", "没有", "三十六度五", "去了湖北", "前天", "没有", "两口人", "不用了")
    assert call.prompts == ["closing.done"]
    assert call.dialog.grade() is Grade.YELLOW


def test_answers_by_key_need_no_confirmation() -> None:
    call = Call().says("是我", "在北京").presses("1")
    call.says("三十六度五", "没去过").presses("1").says("三口人", "不需要")
    assert slot(call, "contact").source is Source.KEY
    assert call.prompts == ["closing.done_passed_on"]


def test_answer_that_stayed_unsure_is_said_back_too() -> None:
    call = Call().says("是我", "在北京").says("有点咳嗽", "有点发烧", "呜噜", confidence=0.05)
    assert not slot(call, "symptoms").is_certain
    call.says("三十六度五", "没去过", "没接触过", "三口人", "不需要")
    assert call.prompts == ["confirm.first"]
    call.says("对")
    assert slot(call, "symptoms").is_certain


# --- the reply ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reply",
    [
        "对",
        "是的",
        "没错",
        "对对对",
        "是这样的",
        "正确",
        "没毛病",
        "一点没错",
        "记对了",
        "可不是嘛",
        "没问题",
        "对，有发烧，有咳嗽",
        "是的有点咳嗽",
    ],
)
def test_yes_makes_what_was_said_back_certain(reply: str) -> None:
    call = Call().says(*SICK, reply)
    assert call.values["symptoms"] == ["发热", "咳嗽"]
    assert slot(call, "symptoms").is_confirmed
    assert slot(call, "temperature").is_confirmed
    assert not slot(call, "contact").is_confirmed
    assert not call.uncertain
    assert call.dialog.outcome is Outcome.COMPLETED
    assert call.dialog.grade() is Grade.RED


def test_key_one_agrees() -> None:
    call = Call().says(*COUGHS).presses("1")
    assert slot(call, "symptoms").is_confirmed


@pytest.mark.parametrize("reply", ["不对，没有发烧，就是咳嗽", "没有发烧，就是咳嗽"])
def test_correction_replaces_the_value_and_keeps_both_words(reply: str) -> None:
    call = Call().says(*SICK, reply)
    assert call.values["symptoms"] == ["咳嗽"]
    assert slot(call, "symptoms").raw == f"有点发烧，还有点咳嗽 / {reply}"
    assert not call.uncertain
    assert call.dialog.outcome is Outcome.COMPLETED


@pytest.mark.parametrize("reply", ["不对，三十六度八", "不对体温是三十六度八", "我说的是三十六度八"])
def test_corrected_temperature_leaves_the_symptoms_as_they_were(reply: str) -> None:
    call = Call().says(*SICK, reply)
    assert call.values["temperature"] == 36.8
    assert call.values["symptoms"] == ["发热", "咳嗽"]
    assert not slot(call, "symptoms").is_confirmed
    assert not call.uncertain


def test_other_temperature_beside_a_yes_goes_to_people_and_confirms_nothing() -> None:
    call = Call().says(*SICK, "对，三十六度八")
    assert call.values["temperature"] == 36.8
    assert call.uncertain == {"temperature"}
    assert not slot(call, "symptoms").is_confirmed


def test_correction_is_understood_though_its_words_are_misheard() -> None:
    call = Call().says(*SICK, "不对没有发烧就是可走")
    assert call.values["symptoms"] == ["咳嗽"]


def test_contact_is_denied_in_plain_words() -> None:
    call = Call().says(*CONTACT, "没有，我没接触过")
    assert call.values["contact"] is False
    assert call.dialog.grade() is Grade.GREEN


def test_more_symptoms_in_the_reply_are_added() -> None:
    call = Call().says(*COUGHS, "对，还有点头疼")
    assert call.values["symptoms"] == ["咳嗽", "头痛"]


def test_symptom_owned_up_to_after_a_denial_goes_to_people() -> None:
    call = Call().says(*CONTACT, "对，还有点头疼")
    assert call.values["symptoms"] == ["头痛"]
    assert call.uncertain == {"symptoms"}
    assert slot(call, "contact").is_confirmed


def test_echo_of_half_of_it_drops_no_symptom() -> None:
    call = Call().says(*SICK, "有点咳嗽")
    assert call.values["symptoms"] == ["发热", "咳嗽"]
    assert "symptoms" in call.uncertain


def test_wrong_value_repeated_in_a_denial_is_not_taken_for_a_yes() -> None:
    call = Call().says(*SICK[:2], "没有", *SICK[3:], "不是三十七度八")
    assert call.prompts == ["confirm.denied", "ask_temperature.short"]


# --- a bare no ------------------------------------------------------------------------------------------


def test_misheard_yes_is_no_denial() -> None:
    call = Call().says(*COUGHS, "是不是就样的")  # 是的，是这样的, as a recogniser wrote it
    assert call.prompts == ["confirm.no_match"]


@pytest.mark.parametrize("reply", ["哦不对", "啊，不是的", "嗯，不对不对"])
def test_denial_may_follow_an_interjection(reply: str) -> None:
    assert Call().says(*COUGHS, reply).prompts == ["confirm.denied", "ask_symptoms.short"]


def test_bare_no_asks_the_question_once_more() -> None:
    call = Call().says(*COUGHS, "不对")
    assert call.prompts == ["confirm.denied", "ask_symptoms.short"]
    call.says("没有不舒服")
    assert call.values["symptoms"] == []
    assert slot(call, "symptoms").raw == "有点咳嗽 / 没有不舒服"
    assert call.prompts == ["closing.done"], "at most one confirmation a call"
    assert not call.uncertain


def test_bare_no_to_several_asks_each_once_more() -> None:
    call = Call().says(*SICK).presses("2")
    assert call.prompts == ["confirm.denied", "ask_symptoms.short"]
    assert call.says("就是有点咳嗽").prompts == ["ask_temperature.short"]
    assert call.says("三十六度八").prompts == ["closing.done_passed_on"]
    assert (call.values["symptoms"], call.values["temperature"]) == (["咳嗽"], 36.8)


def test_denied_answer_is_uncertain_until_it_is_given_anew() -> None:
    call = Call().says(*COUGHS, "不对")
    assert call.values["symptoms"] == ["咳嗽"]
    assert call.uncertain == {"symptoms"}  # what is kept should the resident hang up now


def test_denied_answer_that_is_not_given_anew_stays_and_goes_to_people() -> None:
    call = Call().says(*COUGHS, "不对", "呜噜", "呜噜", "呜噜")
    assert call.dialog.outcome is Outcome.COMPLETED
    assert call.values["symptoms"] == ["咳嗽"]
    assert call.uncertain == {"symptoms"}
    assert call.dialog.grade() is Grade.YELLOW


# --- no reply that can be understood ----------------------------------------------------------------------


def test_unclear_reply_is_asked_again_then_by_keys_then_left_to_people() -> None:
    call = Call().says(*COUGHS, "呜噜")
    assert call.hears == "没听清，您说有咳嗽，对就说对，不对就说不对。"
    assert call.says("呜噜").prompts == ["confirm.keys"]
    call.says("呜噜呜噜")
    assert call.dialog.outcome is Outcome.COMPLETED
    assert call.values["symptoms"] == ["咳嗽"]
    assert call.uncertain == {"symptoms"}
    assert slot(call, "symptoms").raw == "有点咳嗽 / 呜噜呜噜"


def test_silence_after_the_last_answer_leaves_a_complete_survey() -> None:
    call = Call().says(*COUGHS).is_silent(3)
    assert call.dialog.outcome is Outcome.COMPLETED
    assert call.uncertain == {"symptoms"}


def test_resident_may_have_it_said_again() -> None:
    call = Call().says(*COUGHS, "再说一遍")
    assert call.hears == "跟您确认一下，您说有咳嗽，我这样记，对吗？"
    assert call.says("对").actions[-1] == Hangup()


# --- scripts ----------------------------------------------------------------------------------------------

CONFIRMING = (
    SMALL.replace(
        "closings:",
        """\
  confirm:
    ask: right
    confirms:
      temperature: {number: "{number}，", from: 37.3, to: 38.0, plain: 发烧，}
    prompts: {first: "您{answers}对吗？"}
    next:
      - go: done
closings:""",
        1,
    )
    .replace("states:", "  right: {label: 对, type: yes_no}\nstates:", 1)
    .replace("- go: done\n", "- go: confirm\n", 1)
)


def script_problem(tmp_path: Path, text: str) -> str:
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScriptError) as caught:
        load_script(tmp_path / "mine.yaml")
    return caught.value.message


def test_numbers_are_said_whole_and_others_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(CONFIRMING, encoding="utf-8")
    script = load_script(tmp_path / "mine.yaml")
    wording = script.states["confirm"].confirms["temperature"]
    assert [prompt.text for prompt in wording.said(37.5)] == ["三十七度五，"]
    assert [prompt.text for prompt in wording.said(38.0)] == ["三十八度，"]
    assert [prompt.text for prompt in wording.said(40.2)] == ["发烧，"]
    assert [slot.name for slot in script.kept_slots] == ["temperature", "travel"]
    assert "对吗？" in script.texts({})


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ("您{answers}对吗？", "您说得对吗？", "状态 confirm: 要核对答案，first 里应当有 {answers}"),
        ("体温多少？", "'体温{answers}多少？'", "状态 ask_temp: 有 confirms 的状态才能用 {answers}"),
        ("type: yes_no}\nstates", "type: text}\nstates", "状态 confirm: 核对的回答 right 应当是 yes_no 的"),
        ("temperature: {number", "temprature: {number", "没有哪个状态问过（是不是 temperature？）"),
        ("confirms:\n", "confirms:\n      travel: {yess: 去过}\n", "travel 没有 yess 这个值（是不是 yes？）"),
        ("first: 体温多少？", "first: 体温多少？, keys: 请按一。", "prompts 里有 keys，却没有写 keys"),
        ("from: 37.3, ", "", "缺少 from"),
        ("plain: 发烧，", "plan: 发烧，", "不认识 plan"),
        ("    minimum: 34\n", "    minimum: 34\n    sure: 60\n", "sure 应当是 0 到 1 之间的数，现在是 60"),
    ],
)  # fmt: skip
def test_mistakes_in_a_confirmation_are_named(tmp_path: Path, right: str, wrong: str, sentence: str) -> None:
    assert CONFIRMING.count(right) == 1
    assert sentence in script_problem(tmp_path, CONFIRMING.replace(right, wrong))


# --- a number without a name --------------------------------------------------------------------------

OBSERVED = load_script("home_observation")


def observed(*answers: str) -> Dialog:
    """A call to somebody isolating at home, who gives two temperatures."""
    dialog = Dialog(OBSERVED, {"name": "张三", "community": "幸福"}, TODAY)
    dialog.start()
    for words in answers:
        dialog.hear(Heard(words, 0.95))
    return dialog


FEVER_AT_DAWN = ("是我", "三十七度八", "三十六度五", "没有", "没出门", "不需要")
FEVER_TWICE = ("是我", "三十七度八", "三十七度九", "没有", "没出门", "不需要")


@pytest.mark.parametrize("reply", ["不对，是三十六度八", "说错了，三十六度八", "三十六度八"])
def test_number_alone_puts_right_the_only_one_that_was_said_back(reply: str) -> None:
    dialog = observed(*FEVER_AT_DAWN, reply)
    morning = dialog.slots["morning_temperature"]
    assert (morning.value, morning.is_certain, morning.is_confirmed) == (36.8, True, True)
    assert morning.raw == f"三十七度八 / {reply}"
    assert dialog.slots["evening_temperature"].value == 36.5
    assert dialog.is_over


def test_another_number_with_a_yes_before_it_is_no_yes() -> None:
    morning = observed(*FEVER_AT_DAWN, "是三十六度八").slots["morning_temperature"]
    assert (morning.value, morning.is_certain) == (36.8, False)


def test_same_number_is_a_yes() -> None:
    morning = observed(*FEVER_AT_DAWN, "对，三十七度八").slots["morning_temperature"]
    assert (morning.value, morning.is_confirmed) == (37.8, True)


@pytest.mark.parametrize("reply", ["不对，是三十六度八", "是三十六度八"])
def test_of_two_numbers_it_is_not_known_which_is_put_right(reply: str) -> None:
    dialog = observed(*FEVER_TWICE, reply)
    assert not dialog.is_over
    assert dialog.state == "ask_morning"
    assert not dialog.slots["morning_temperature"].is_certain


def test_of_two_numbers_the_named_one_is_put_right() -> None:
    dialog = observed(*FEVER_TWICE, "不对，早上是三十六度八")
    assert dialog.slots["morning_temperature"].value == 36.8
    assert dialog.slots["evening_temperature"].value == 37.9


@pytest.mark.parametrize(
    "reply",
    [
        "我没咳嗽",
        "没咳嗽",
        "没有咳嗽",
        "不咳",
        "我哪咳嗽了",
        "谁说我咳嗽了",
        "我说没咳嗽",
        "听错了",
        "不准确",
        "改一下",
        "瞎说",
    ],
)
def test_who_denies_what_was_said_back_is_asked_once_more(reply: str) -> None:
    call = Call().says(*COUGHS).says(reply)
    assert call.prompts == ["confirm.denied", "ask_symptoms.short"]


# --- a yes and more -------------------------------------------------------------------------------------

OBSERVATION = load_script("home_observation")
AT_HOME = {
    "identity": "我是张三", "morning_temperature": "三十八度一", "evening_temperature": "三十六度四",
    "symptoms": "发烧", "went_out": "下楼取了趟快递", "needs": "不需要",
}  # fmt: skip


def replied(reply: str, **answers: str) -> Dialog:
    """A call of home_observation after the reply to what was said back."""
    dialog = Dialog(OBSERVATION, {"community": "幸福", "name": "张三"}, TODAY)
    dialog.start()
    while not OBSERVATION.states[dialog.state].confirms:
        dialog.hear(Heard((AT_HOME | answers)[OBSERVATION.states[dialog.state].slot], 1.0))
    dialog.hear(Heard(reply, 1.0))
    return dialog


@pytest.mark.parametrize(
    "reply",
    [
        "对，就取快递那一趟。",
        "对啊，我不说了对嘛。",
        "是的，没出别的门",
        "对，那核酸到底做不做呀？",
        "嗯对，不碍事",
    ],
)
def test_a_yes_with_more_beside_it_confirms(reply: str) -> None:
    dialog = replied(reply)
    assert dialog.outcome is not None
    assert all(dialog.slots[name].is_confirmed for name in ("morning_temperature", "symptoms", "went_out"))


@pytest.mark.parametrize(
    "reply", ["差不多 还有浑身酸疼你给写上", "对，还有浑身酸疼", "对是对，可我还浑身酸疼呢，你没记上啊？"]
)
def test_what_is_told_besides_is_added(reply: str) -> None:
    assert replied(reply).slots["symptoms"].value == ["发热", "肌肉酸痛"]


def test_what_is_told_instead_of_the_one_yes_counts() -> None:
    dialog = replied("不对，没出去", morning_temperature="三十六度五", symptoms="没有")
    assert dialog.slots["went_out"].value is False
    assert dialog.outcome is not None


@pytest.mark.parametrize("reply", ["对，可不是我，是我孙子", "对，不对，说错了"])
def test_a_yes_that_is_taken_back_is_none(reply: str) -> None:
    dialog = replied(reply)
    assert not dialog.slots["symptoms"].is_confirmed
