"""How many live together and how warm somebody is, as residents say it."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.machine import SURE
from dialogs.people import people
from dialogs.understanding import Context, understanding_of
from dialogs.understanding.context import Reading

SCRIPT = load_script("health_survey")
TODAY = date(2026, 11, 22)


def read(state: str, words: str) -> Reading:
    return understanding_of(SCRIPT).read(words, Context(SCRIPT.states[state], TODAY))


def sure(state: str, slot: str, words: str) -> object:
    finding = read(state, words).findings.get(slot)
    return finding.value if finding is not None and finding.confidence >= SURE else "ask"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("仨", 3),
        ("俩大人仨孩子", 5),
        ("我、我老公、婆婆，还有个小的", 4),
        ("除了我还有三个", 4),
        ("不算我是四个，算上我五个", 5),
        ("老婆孩子丈母娘，加我四个", 4),
        ("他们三口加我", 4),
        ("姥姥姥爷跟我们三口住一块儿，五口", 5),
        ("我、我爹我娘，还有媳妇跟闺女，都在一个屋檐下", 5),
        ("儿子一家三口跟着我们老两口住", 5),
        ("我跟我弟弟，哥俩", 2),
        ("爷仨", 3),
        ("我跟我那口子", 2),
        ("我和孩子妈，俩孩子", 4),
    ],
)
def test_relatives_and_groups_are_added_up_once(words: str, number: int) -> None:
    counted = people(words.replace("、", ","))
    assert counted is not None
    assert counted.number == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("我老公出差了，眼下就我跟闺女", 2),
        ("小两口，没孩子", 2),
        ("孩子住校，现在屋里就我跟我爱人", 2),
        ("户口本上五个，实际住的就三个", 3),
        ("平常三口，我姐来住些日子，眼下四口", 4),
        ("五口变六口", 6),
        ("三口，我妈在医院住着，等出院就四口了", 3),
        ("我家三口，对门那家六口", 3),
        ("老两口，老头子阳了", 2),
        ("五口，前几天阳了一个", 5),
        ("三口人，还养了两只猫", 3),
        ("四零二室，四个人住", 4),
    ],
)
def test_who_is_away_or_was_there_before_does_not_count(words: str, number: int) -> None:
    assert sure("ask_household", "household_size", words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("五口减一口", 4),
        ("六个人，走了俩", 4),
        ("二加二", 4),
        ("三个，哦四个", 4),
        ("四个，忘了算我自己", 5),
        ("四个，五个，忘了算我", 5),
        ("五口，闺女住校，四口", 4),
        ("不止三口，四口呢", 4),
    ],
)
def test_changes_and_corrections_of_a_total(words: str, number: int) -> None:
    assert sure("ask_household", "household_size", words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("大人三个，小孩两个", 5),
        ("俩老的俩年轻的一个小的", 5),
        ("俩上班的，一个上学的", 3),
        ("我，媳妇，一儿一女", 4),
        ("爷孙三人，我、儿子、孙子", 3),
        ("俩闺女，一个嫁了，一个跟我们老两口住", 3),
        ("我有俩儿子，都不在身边，我跟老伴过", 2),
        ("儿媳妇和孙子在，连我仨", 3),
        ("我以外还有俩人", 3),
        ("我跟老伴，还有个上学的", 3),
        ("我跟小赵", 2),
    ],
)
def test_persons_named_by_kind_age_or_one_by_one(words: str, number: int) -> None:
    assert sure("ask_household", "household_size", words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("四个姑娘合租", 4),
        ("跟四个姑娘合租", 5),
        ("我跟仨室友", 4),
        ("十个工友一间屋，算上我", 10),
        ("宿舍四人间，住满了", 4),
        ("四个屋，每屋俩人", 8),
        ("八口是我哥家，我家三口", 3),
        ("我家四口，我姐家五口，九口", 9),
        ("三口，算上狗是四口", 3),
        ("五口，别把狗算进去", 5),
        ("我跟我那只猫", 1),
    ],
)
def test_shared_flats_other_families_and_pets(words: str, number: int) -> None:
    assert sure("ask_household", "household_size", words) == number


@pytest.mark.parametrize("words", ["三口，四口", "儿子一家跟我住", "儿子和孙子"])
def test_number_that_stays_unclear_is_asked_again(words: str) -> None:
    assert sure("ask_household", "household_size", words) == "ask"


def test_who_does_not_know_how_many_is_not_counted_himself() -> None:
    assert sure("ask_household", "household_size", "不知道，我刚来当保姆，没弄明白") is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("没有，家里就我跟老伴，俩人", 2),
        ("没有，屋里五个人都没出去", 5),
        ("没有，三口人一块儿住", 3),
        ("没有，我一个人住", 1),
        ("有，给我姨过寿，来了十八口人", "ask"),
        ("有劲儿着呢，一口气上六楼", "ask"),
        ("没有，我们家就我一个叫这名儿的", "ask"),
    ],
)
def test_household_is_counted_in_passing_only_where_it_is_one(words: str, number: object) -> None:
    assert sure("ask_symptoms", "household_size", words) == number


@pytest.mark.parametrize(
    ("words", "degrees"),
    [
        ("三十七度整", 37.0),
        ("正好三十六", 36.0),
        ("三、六、点、四", 36.4),
        ("卅六度七", 36.7),
        ("六点半量的，三十六度七", 36.7),
        ("三十六，哦，三十六度四，刚才没说全", 36.4),
        ("三十六度九，哎哟看反了，是三十六度六", 36.6),
        ("早上三十七度一，这会儿又量，三十六度七", 36.7),
        ("早上三十六度五，下午三十七度六", 37.6),
        ("差一分三十七，就是三十六度九", 36.9),
        ("没烧到三十九，三十八度九", 38.9),
        ("孩子三十七度，我自己三十六度四", 36.4),
        ("中午三十七度四，那是昨天的，今天是三十六度九", 36.9),
        ("比昨天的三十七度二低，今天三十六度九", 36.9),
        ("高压一百三十八，体温三十六度四", 36.4),
        ("早上没量，中午补的，三十六度三", 36.3),
        ("我这刚睁眼，还没量呢", None),
        ("没量，平时三十六度五", None),
        ("今天的没量，前天量的三十六度四", None),
        ("体温表前两天摔碎了", None),
        ("量是量了，多少度我给忘了", None),
    ],
)
def test_temperature_is_todays_last_reading_of_the_resident(words: str, degrees: float | None) -> None:
    assert sure("ask_temperature", "temperature", words) == degrees


@pytest.mark.parametrize("words", ["没量，三十六度五吧", "昨天三十六度五", "三十七度二三", "没到三十七度三"])
def test_temperature_that_may_not_be_todays_is_asked_again(words: str) -> None:
    assert sure("ask_temperature", "temperature", words) == "ask"


@pytest.mark.parametrize("words", ["四零二室，四个人住", "一二三四五，五个"])
def test_other_numbers_are_no_temperature(words: str) -> None:
    assert sure("ask_household", "temperature", words) == "ask"


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("我们家三个人，她们两个在北京", 3),
        ("我们家三个人，我跟我老婆还有个娃儿，她们两个在北京。", 3),
        ("就他们老两口，我住我自己家", 2),
        ("就他们老两口我住我自己家隔天过来一趟", 2),
        ("五口人，他们俩在一起", 5),
    ],
)
def test_some_of_those_who_were_counted_are_not_counted_again(said: str, number: int) -> None:
    assert sure("ask_household", "household_size", said) == number
