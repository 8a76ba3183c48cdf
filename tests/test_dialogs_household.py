"""Who lives together, where the words name a person twice, by somebody else or beside a group."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.loading import load_script
from dialogs.machine import SURE
from dialogs.people import people
from dialogs.understanding.single_answer import read_answer

SCRIPT = load_script("health_survey")
TODAY = date(2026, 11, 22)


def household(words: str) -> object:
    answer = read_answer(SCRIPT, "household_size", words, TODAY)
    is_sure = answer.confidence.get("household_size", 0.0) >= SURE
    return answer.values.get("household_size") if is_sure else "ask"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("我个孤老太婆", 1),
        ("我幺儿两口子两个孙孙再加我这个老婆婆", 5),
        ("俺两口俩孩儿四个还有俺娘漏算了五个", 5),
        ("就我们老两口，闺女住通州，礼拜天才来", 2),
        ("就我跟老伴儿俩孩子都单过一个在通州一个在大兴也不常回来", 2),
        ("俺俩加一个大孙子，仨人儿", 3),
        ("就我跟他俩人儿", 2),
        ("四口人，再加上住家的保姆，五个", 5),
        ("孩子们指望不上，我一个老头子过", 1),
        ("光杆司令一个", 1),
        ("老老小小六口", 6),
        ("闺女一家三口，再加我这老头子", 4),
        ("我跟我弟，俩单身汉", 2),
        ("我和我妹，两个老姑娘", 2),
        ("我跟老公，俩闺女", 4),
        ("我老伴和我，就二老", 2),
        ("我媳妇、我、二老", 4),
        ("我们俩大男人", 2),
        ("我一个糟老头子，跟孙子过", 2),
        ("我一寡妇，带着俩孩子", 3),
        ("俩闺女跟我这当妈的", 3),
        ("儿子跟我这个当娘的", 2),
        ("孤老婆子一个", 1),
        ("除了我没别人", 1),
        ("除我之外再没第二个人了", 1),
    ],
)
def test_speaker_who_names_himself_twice_is_one(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("我跟我哥，还有我哥的儿子", 3),
        ("老伴，我，老伴的妈", 3),
        ("我和我媳妇，还有我媳妇的弟弟", 3),
        ("我跟我妈，我妈今年八十了", 2),
        ("我和我婆婆，加上一个保姆，保姆住北屋", 3),
        ("我跟房东大爷", 2),
        ("我和保姆阿姨", 2),
        ("我、我爸、我妈，还有小弟弟", 4),
        ("三姨和我，还有表哥", 3),
        ("二舅二舅妈，跟我", 3),
        ("我和两个姨", 3),
        ("我跟我屋里那口子", 2),
    ],
)
def test_relative_who_is_named_by_another_is_counted_once(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("老两口加小两口", 4),
        ("就老两口，都七老八十了", 2),
        ("三男两女合租", 5),
        ("大人三个，细崽两个", 5),
        ("家父家母以及我", 3),
        ("舅舅、舅妈、表哥、我", 4),
        ("哥儿五个合租的", 5),
        ("自家四口，加上来帮忙的姨姨，五个", 5),
        ("四口，加上来看病的姨姨", 5),
        ("我跟我爹爹，还有我姨姨", 3),
        ("三口人，外加来住的姨姨跟舅舅，五口", 5),
        ("小两口跟老两口，还有俩娃", 6),
        ("我们老两口，闺女两口，一个外孙", 5),
        ("我跟儿子两口", 2),
        ("儿子他们两口子跟我们老两口", 4),
        ("儿子、儿媳妇，他们两口子上班，还有我", 3),
        ("公公婆婆跟着我们一家四口住", 6),
        ("我姨来北京看病，跟我们一家四口住着", 5),
        ("婆婆跟着我们两口子", 3),
        ("我们俩带个小的", 3),
        ("我跟老公，一双儿女", 4),
        ("我跟爱人还有一对龙凤胎", 4),
        ("两家人合租，每家四口", 8),
    ],
)
def test_groups_beside_one_another_are_added(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("我们仨，我爸我妈和我", 3),
        ("咱俩，我和我妈", 2),
        ("两口，就我跟我妈", 2),
        ("三口人，就我跟儿子儿媳", 3),
        ("弟弟家四口，我家三口，加上老爹，八口", 8),
        ("不算我三个，算上我四个", 4),
        ("不算我俩，算上我仨", 3),
        ("弟弟弟媳，加我仨", 3),
        ("儿子儿媳加我们俩", 4),
        ("三个人外加我一个", 4),
    ],
)
def test_total_beside_those_who_are_named_is_said_again_or_added_to(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("三个大人……不，两个大人一个孩子", 3),
        ("四口，不对，忘了算我，五口", 5),
        ("并非三口，是四口", 4),
        ("不止四个，五个", 5),
        ("八个，多算了一个，七个", 7),
        ("五口，老大另立门户了，余四口", 4),
        ("六口，不对，忘算我了", 7),
        ("五口，不对，没算我自己", 6),
    ],
)
def test_number_that_is_put_right(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("儿子一家偶尔过来，平时就老两口", 2),
        ("平常就我跟老头，闺女周末来", 2),
        ("我和老伴，孙子放假才来", 2),
        ("我和老伴，保姆白天来晚上走", 2),
        ("钟点工不住家，就我们两个", 2),
        ("闺女嫁了，老伴走了，还能有几口", 1),
    ],
)
def test_who_only_comes_by_or_is_gone_does_not_count(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("他俩加我", 3),
        ("我一个，老婆一个，孩子一个", 3),
        ("仨光棍合租", 3),
        ("这屋就住我", 1),
        ("媳妇怀着呢，眼下两口，过俩月三口", 2),
        ("孩子他爸出海了，我带俩孩子", 3),
        ("女婿跑长途，我跟闺女", 2),
        ("三口人，算上狗四口", 3),
        ("算上猫三口", "ask"),
    ],
)
def test_persons_one_by_one_and_who_is_no_person_of_the_household(words: str, number: object) -> None:
    assert household(words) == number


@given(st.text(alphabet="我他俩仨一二三两口个人家的们老小大儿子爸妈和跟,加上就没算忘了住不", max_size=12))
def test_no_run_of_words_about_people_breaks_the_counting(words: str) -> None:
    counted = people(words)
    assert counted is None or counted.number > 0


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("一大两小，我自己带俩孩子", 3),
        ("一老一小，我伺候我妈", 2),
        ("我、闺女、外孙女，三个女的", 3),
        ("两个老人，就我们俩", 2),
        ("单亲妈妈，带个闺女", 2),
        ("单亲，带俩", 3),
        ("我带着个儿子单过", 2),
        ("两口子带个没断奶的", 3),
        ("老两口加一个大学生", 3),
        ("徒弟俩，我一个", 3),
        ("小孩两个，大人也两个", 4),
        ("六个，光孙子就仨", 6),
        ("全家福五张脸", 5),
        ("写个四", 4),
        ("公寓五个女生合住", 5),
        ("我们姊妹仨，都没找对象", 3),
        ("一个老伴一个儿子", 3),
    ],
)
def test_who_they_are_is_told_beside_their_number(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("就剩我了，老太婆去年没的", 1),
        ("俩儿子没一个跟我住，我自己", 1),
        ("我跟我儿子，他妈跟我离了", 2),
        ("除了我谁都没有", 1),
        ("没人跟我住", 1),
        ("老伴去儿子家带孙子去了，剩我看门", 1),
        ("空巢老人一个", 1),
        ("我就跟我家的猫作伴", 1),
        ("我陪我姥姥住", 2),
        ("哥俩住一起，爸妈跟着老三", 2),
        ("相片上四个，现在就剩我跟老伴", 2),
        ("就剩我跟老伴了，儿子搬走了", 2),
        ("我跟着大哥住", 2),
        ("四个，我自己一个屋", 4),
        ("三个人，没一个闲着", 3),
        ("我接孩子去了，家里三口", 3),
    ],
)
def test_who_is_left_counts_alone(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("去年还六口呢，老太太走了", 5),
        ("年初五口人，俩闺女都嫁了", 3),
        ("以前三口，后来添了个孙女", 4),
        ("原来四口，我妈去世了，现在仨", 3),
        ("四口之家，现在少一口，老大当兵去了", 3),
        ("五口，我哥算进去了，得扣掉，四口", 4),
        ("一口没少，还是去年登记的那四口", 4),
        ("儿子把我接来的，他们小两口加我", 3),
    ],
)
def test_who_has_left_or_come_since(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("大儿、大儿媳、俩孙子，再有就是我", 5),
        ("我妈一个，媳妇一个，孩子两个，我一个", 5),
        ("月嫂算一个，我算一个，孩子算一个", 3),
        ("二叔家三个，我家四个，住一个院", 7),
        ("上有老母，下有一女，夹在中间的是我们两口子", 4),
        ("儿子成家搬走了，老头偏瘫，屋里就我照顾他", 2),
        ("我今年七十三，老伴七十一", 2),
        ("大床上睡我们俩，小床上睡俩闺女", 4),
        ("我和后妈，还有俩熊孩子", 4),
        ("白天屋里五六个，晚上就我跟老伴住", 2),
    ],
)
def test_people_who_are_listed(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("比五口少一口", 4),
        ("比两口多，比四口少", 3),
        ("凑一桌麻将刚好", 4),
        ("三缺一，等人呢", "ask"),
        ("邻居家三口，我家四口", 4),
        ("原来五口，老伴阳了", 5),
    ],
)
def test_a_household_told_by_another_number(words: str, number: object) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("我、我爹我娘，还有媳妇跟闺女", 5),
        ("我，我爱人，大姑娘，小姑娘，加上我姥娘", 5),
        ("爸、妈、姐姐、姐夫，还有我一个", 5),
        ("公婆二老，我跟孩子爸，三个闺女", 7),
        ("我公公，我们两口子，还有个儿子", 4),
        ("我和老公，龙凤胎俩娃", 4),
        ("大嫂、侄儿、侄女、我哥，还有我", 5),
        ("四个成年人，娃娃两个", 6),
        ("闺女两口子带个娃，跟我一个老头住", 4),
        ("一个老头过", 1),
        ("我跟儿子爷俩", 2),
        ("我跟儿子一家三口", 4),
        ("我们四个室友，没出京", 4),
        ("阿姨，就我和室友，两个女生", 2),
        ("我，另外还有俩", 3),
        ("我，另加四个", 5),
        ("刨去我，另外还有两口", 3),
        ("由六口减成四口了", 4),
        ("姥姥被接走了，五口减成四口", 4),
        ("哪有七口，六口", 6),
        ("六口？谁说的，五口", 5),
        ("两口，哪来的三口", 2),
        ("别写十个，八个", 8),
        ("四口，啊呀忘了我自己，五口", 5),
        ("主卧住俩，次卧住俩，隔断还一个，五个", 5),
        ("五口，阳了一个", 5),
        ("除我以外没人了", 1),
        ("除了我，一个喘气儿的都没有", 1),
        ("没跟儿子过，我单住", 1),
        ("我跟老伴，我们两口子", 2),
    ],
)
def test_households_told_by_lists_and_changes(words: str, number: int) -> None:
    assert household(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("就我们仨，婆婆、我跟她儿子", 3),
        ("就我们四个，爸妈、我跟弟弟", 4),
        ("我们仨，老伴、我跟儿子", 3),
        ("我们俩，还有我妈", 3),
    ],
)
def test_who_is_named_after_us_is_one_of_us(words: str, number: int) -> None:
    assert household(words) == number


def test_whom_somebody_sees_is_no_household() -> None:
    read = read_answer(SCRIPT, "contact", "没有，她就跟我一个人打交道。", TODAY)
    assert read.values == {"contact": False}
