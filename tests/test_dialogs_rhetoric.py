"""What is said through its contrary."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.language.rhetoric import plainly
from dialogs.loading import load_script
from dialogs.script import Script
from dialogs.understanding.single_answer import read_answer

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def script() -> Script:
    return load_script("health_survey")


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("天这么冷,不咳才怪呢", "天这么冷,咳"),
        ("没有不舒服才怪", "不舒服"),
        ("泡完脚不舒服才怪", "泡完脚挺舒服的"),
        ("跟他碰上才怪", "跟他没碰上"),
        ("没有一宿不咳的", "天天咳"),
        ("身上没一处不疼", "身上浑身疼"),
        ("没有哪天不跟病人打交道", "天天跟病人打交道"),
        ("没法不难受", "难受"),
        ("不能说没去过", "去过"),
        ("想不去都难", "去了"),
        ("娘家办喜事,能不去吗", "娘家办喜事,去了"),
        ("怎么会不在北京呢", "在北京"),
        ("这腰能舒服吗", "这腰不舒服"),
        ("哪有舒坦的时候", "不舒坦"),
        ("舒服个啥呀", "不舒服"),
        ("打入冬就没舒坦过", "打入冬就不舒坦"),
        ("不是没接触", "接触了"),
        ("谁说我没出去", "我出去了"),
        ("谁跟你说我接触过", "我没接触过"),
        ("我可没说我不咳", "我咳"),
        ("要是不烧就好了", "烧"),
        ("要是去了就好了", "没去"),
        ("我要是舒服就不躺着了", "我不舒服,就不躺着了"),
        ("不难受我至于躺着吗", "难受"),
        ("这个月没少跑", "这个月跑了"),
        ("没有一天难受", "不难受"),
        ("谁说我嗓子不疼", "我嗓子疼"),
        ("谁跟您说我发烧了", "我不发烧"),
        ("难受个铲铲", "不难受"),
        ("不咳?做梦吧", "咳"),
        ("我几时咳过", "我不咳"),
        ("肚子啥时候不疼过", "肚子疼"),
        ("这哪叫舒服", "不舒服"),
        ("头不疼的时候太少", "头疼"),
        ("难受的时候从来没有", "不难受"),
        ("不知道啥叫舒服", "不舒服"),
        ("咳嗽沾不上我", "不咳嗽"),
        ("没有人比我更难受", "我难受"),
        ("甭提多舒服了", "很舒服了"),
        ("还舒坦呢,罪受大了", "不舒坦,罪受大了"),
        ("大病没有,小毛病不断", "病了"),
        ("没劲儿我能扛大米吗", "有劲儿"),
        ("发烧我还能在这儿揉面吗", "不发烧"),
        ("好几天没舒服了", "不舒服了"),
        ("不光吐,还拉", "吐,还拉"),
        ("还能没接触,一个锅里吃饭", "接触了,一个锅里吃饭"),
        ("哪敢说没有啊", "有"),
        ("怎么没去,去了", "去了,去了"),
        ("什么叫没有,有", "有,有"),
        ("说没去那是哄您", "去了"),
        ("要说有那是冤枉人", "没有"),
        ("我要没去过我是小狗", "我去过,我是小狗"),
        ("要碰上过,我早给居委会打电话了", "没碰上过,我早给居委会打电话了"),
        ("没出京,这车票哪来的", "出京了,这车票哪来的"),
        ("在北京才怪", "不在北京"),
        ("想不待北京都不成", "待北京"),
        ("哪有不在北京的道理", "在北京"),
        ("想去都去不了", "没去"),
        ("没去什么没去,去了", "去了"),
        ("去个鬼", "没去"),
        ("不瞒您说,碰上过一个", "碰上过一个"),
        ("没一天不跟病人照面", "天天跟病人照面"),
    ],
)
def test_turns_of_speech_are_put_plainly(said: str, plain: str) -> None:
    assert plainly(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "没有不舒服",
        "没有不舒服的地方",
        "我能去哪儿",
        "能不去就不去",
        "这会没去呢",
        "是不是没去",
        "不能去",
        "不是没接触,是根本没机会",
        "不得劲",
        "我没说话",
        "谁说的",
        "才去过一回",
        "要是去的话我告诉您",
        "还能去哪儿,在北京呢",
        "我还能去帮别人呢",
        "没听说谁不舒服",
        "除了没劲,还头疼",
        "不咳",
    ],
)
def test_what_is_meant_as_it_is_said_stays(said: str) -> None:
    assert plainly(said) == said


@pytest.mark.parametrize(
    "words", ["没一天舒服", "舒服什么呀", "天天搬砖，不难受才怪", "能不咳吗", "我没说我不难受啊"]
)
def test_a_denial_of_well_being_is_no_all_clear(script: Script, words: str) -> None:
    read = read_answer(script, "symptoms", words, TODAY)
    assert read.values.get("symptoms") != []


@pytest.mark.parametrize("words", ["同一个屋，能没接触吗", "想不接触都不行", "不是没碰见过"])
def test_a_denied_denial_of_contact_is_a_contact(script: Script, words: str) -> None:
    assert read_answer(script, "contact", words, TODAY).values.get("contact") is not False
