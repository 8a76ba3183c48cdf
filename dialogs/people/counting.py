"""Adds up one answer: every term counts in its own way, the first group of the pattern that matched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from campaign.patterns import compiled
from dialogs.people.at_once import told_at_once
from dialogs.people.breaks import with_breaks
from dialogs.people.couples import OURS, count_couple, count_group, is_beside_couple
from dialogs.people.denied import in_doubt, without_denied
from dialogs.people.put_right import put_right
from dialogs.people.surroundings import (
    ADDING,
    ANEW,
    AWAY,
    CLAUSES,
    JOINED,
    LINKS,
    MOST_UNLINKED,
    NOW,
    ONE_OF_THEM,
    SHARING,
    TOTAL,
    WHO_IS_LEFT,
    implies_me,
    is_absent,
    is_alone,
    is_one_of_all,
    is_one_of_the_absent,
    is_possessive,
    is_told_of,
    is_whom_they_went_to,
    is_with_them,
    leaves_one,
    number_in,
    present,
    without_theirs,
)
from dialogs.people.tally import (
    ADDED_UP,
    CONTRADICTED,
    IMPLIED,
    LOOSE,
    OF_OTHERS,
    WITHOUT_SPEAKER,
    People,
    Tally,
    is_adding,
)
from dialogs.people.terms import AGES, AGES_OF_ALL, KINSHIP, NUMBER, PET, SPOUSES, TERM


def people(text: str) -> People | None:
    """How many people the words count; None when they count none."""
    text = _COUPLE.sub(",", text)
    text = _AGE.sub("", _ALREADY_COUNTED.sub(r"\g<all>", text.replace("，", ",")))
    text = without_denied(with_breaks(put_right(without_theirs(text))))
    readings = dict.fromkeys((present(text), present(text, is_usual_kept=True)))
    counted = told_at_once(text) or _clearest(list(filter(None, map(_counted, readings))))
    if (listed := _ELDERS_AND_WE.fullmatch(text)) and counted is not None:
        counted = _as_listed(listed) or counted
    if both := _THEIRS_AND_OURS.fullmatch(text):
        return People(number_in(both["theirs"]) + number_in(both["ours"].replace("俩", "两")), ADDED_UP, True)
    return counted or (None if text in readings else in_doubt(_counted(text), text))


_ALREADY_COUNTED = compiled(
    f"^(?P<all>[^,不没]{{0,4}}{NUMBER}[口个]人?[了呢啊]*),?(?:是|都|已经|这是|那是)*(?:算上|包括|连带?着?)(?!我(?:自己|本人|一个)?(?:$|[,一两三四五六七八九十俩仨]))[^,一三四五六七八九十]{{2,12}}[了的啊呢]*$"
)
"""六口，算上我弟弟他们两口子."""
_COUPLE = compiled("(?<=爱人|老伴|媳妇|老公|老婆|老头|先生)(?:就|就是|俩)?(?=[老小]两口)")
"""就我跟我爱人老两口: the two who were named."""
_AGE = compiled(
    "(?<=跟|和|与|带|有|个)[六七八九]十[一二三四五六七八九多来]?(?:岁|多岁)?的(?=老)|(?<=我)(?:都|今年|快)*[六七八九]十[一二三四五六七八九多]?岁?了(?=,|$)"
)
"""我七十八了，跟八十的老头子作伴."""
_ELDER = "爸妈|爸|妈|爹|娘|公公|婆婆|岳父|岳母|丈人|丈母娘|爷爷|奶奶|姥姥|姥爷"
_ELDERS_AND_WE = compiled(
    f"(?:[嗯啊哦]|我们?|家里?|一共|总共|就|有|,)*(?P<all>{NUMBER})口人?,?(?P<elders>(?:[,和跟还有]*(?:我|他|她)?(?:{_ELDER}))+)"
    f"[,和跟还有加上再]*我?们?一?家?(?P<we>{NUMBER})口"
)


_THEIRS_AND_OURS = compiled(
    f"[^,]{{0,4}}(?:{KINSHIP})们?一?家(?P<theirs>{NUMBER})口(?![^,]*(?:搬[走出]|走了|不住|没住))[^,]*,?再?加上?我们?老?"
    f"(?P<ours>两口|俩|{NUMBER}口|{NUMBER}个)子?人?[了呢啊]*"
)
"""儿子一家三口上个月搬过来了，加上我们老两口."""


def _as_listed(told: re.Match[str]) -> People | None:
    """五口，我爸我妈，我们一家三口: a total whose parts are listed after it."""
    said, we = number_in(told["all"]), number_in(told["we"])
    elders = sum(2 if one == "爸妈" else 1 for one in re.findall(_ELDER, told["elders"]))
    return People(said, ADDED_UP, True) if said == elders + we else None


def _clearest(told: Sequence[People]) -> People | None:
    """The first, unless nobody said a number or the speaker in it: 平时就我和儿子,孙子."""
    return max(told[:1] if told and told[0].is_stated else told, key=lambda one: one.confidence, default=None)


def _counted(text: str) -> People | None:
    counted = Tally(is_put_right=text.startswith(","))
    since = 0
    is_found = is_loose = is_gone = False
    for match in TERM.finditer(text):
        between = text[since : match.start()]
        if match["other"] or match["place"] or is_possessive(match):
            continue
        if (counted.total is not None and is_one_of_all(match, between)) or is_told_of(match):
            since = match.end()
            continue
        if is_gone and is_one_of_the_absent(match, between):
            since = match.end()
            continue
        if is_absent(match, between) or (is_gone and is_whom_they_went_to(match, between)):
            is_gone = counted.has_left = True
            since = match.end()
            continue
        if counted.number and _is_anew(counted, match, between):
            counted.begin_anew(bool(NOW.search(between)))
        before, is_gone = counted.number, False
        _count(counted, match, between)
        is_more = 0 < before < counted.number and not JOINED.search(between)
        is_loose = is_loose or (is_more and len(LINKS.sub("", between)) > MOST_UNLINKED)
        is_found = is_found or not (match["me"] or match["self"] or match["one_each"])
        since = match.end()
    if not is_found and counted.has_left and counted.number <= 1 and leaves_one(text):
        return People(1, ADDED_UP)
    if not is_found or counted.number == 0 or counted.is_baseless:
        return None
    return _result(counted, is_loose, implies_me(text))


def _is_anew(counted: Tally, match: re.Match[str], between: str) -> bool:
    """现在就我们俩; but 家里五口人就我一个人病了 says no more of how many they are."""
    if match["pet"] or match["less"] or not ANEW.search(between) or _is_two_of_us(counted, match, between):
        return False
    rest = CLAUSES.split(match.string[match.start() :], maxsplit=1)[0]
    if counted.total is not None and _ONLY_OF_SOME.match(match.string, max(match.start() - len(between), 0)):
        return False  # 七个，光孩子就仨
    if _IN_THE_MIDDLE.search(between):
        return False  # 上有二老，下有一儿，中间就我们俩
    if (
        counted.total is not None
        and match["me"]
        and (not WHO_IS_LEFT.match(rest) or between.endswith("的就"))
    ):
        return False  # 三口人，就我吃闲饭; 四口，男的就我一个
    return counted.total is None or NOW.search(between) is not None or not ONE_OF_THEM.match(rest)


_ONLY_OF_SOME = compiled(f"[^光]{{0,3}}光是?[^,我剩]{{1,4}}就(?:有|是)?{NUMBER}")


_IN_THE_MIDDLE = compiled("中间|夹在|夹着")


def _result(counted: Tally, is_loose: bool, implies_me: bool) -> People:
    is_stated = counted.total is not None
    if counted.is_by_age and not counted.has_me and not counted.is_without_me:
        return People(counted.number, counted.confidence, is_stated)
    if counted.former == counted.number + (not counted.has_me):  # 三口，就我跟儿子儿媳
        return People(counted.former, ADDED_UP)
    if not counted.has_me:  # 儿子和孙子: with the speaker, who did not name himself
        confidence = IMPLIED if implies_me and not is_loose else WITHOUT_SPEAKER
        return People(counted.number + 1, min(counted.confidence, confidence), is_stated)
    if is_loose and not is_stated:
        return People(counted.number, min(counted.confidence, LOOSE), is_stated)
    return People(counted.number, counted.confidence, is_stated)


def _count(counted: Tally, match: re.Match[str], between: str) -> None:
    """One term; the first group that matched tells how it counts."""
    count = next(count for name, count in _COUNTING.items() if match[name])
    count(counted, match, between)


def _count_family(counted: Tally, match: re.Match[str], between: str) -> None:
    number = number_in(match["family_n"])
    if counted.number and not counted.has_me and counted.total is None and JOINED.search(between):
        counted.add_us(number, between)  # 我姨来看病，跟我们一家三口住
    elif match["family_of"] in (None, "我", "我们") and "也" not in match[0] and not is_adding(between):
        counted.state(number, between, is_alone=True)  # 一家三口, 我家五口
        counted.is_small_family = "一家" in match[0]
    else:
        count_group(counted, number, match["family_of"], between)


def _count_relatives(counted: Tally, match: re.Match[str], between: str) -> None:
    counted.add(1, between)
    if counted.total is None:
        counted.confidence = min(counted.confidence, CONTRADICTED)


def _count_bond(counted: Tally, match: re.Match[str], between: str) -> None:
    number, owner = number_in(match["bond_n"]), match["bond_of"]
    is_one_of_two = owner not in OURS and counted.has_me and counted.number == 1 and JOINED.search(between)
    if number == 2 and is_one_of_two:
        counted.add(1, between)  # 我跟儿子爷俩
    else:
        count_group(counted, number, owner, between)


def _count_together(counted: Tally, match: re.Match[str], between: str) -> None:
    number, owner = number_in(match["together_n"]), match["together_of"]
    is_with_me = owner == "我" and number == counted.number + (not counted.has_me)
    if counted.is_with_all or (is_with_me and _WITH_ME.search(between)):  # 连我们仨; 表哥表嫂，加我仨
        counted.state(number, between, is_alone=True)
        return
    if owner == "我们" and number > counted.number and _WITH_HER.search(match.string, 0, match.start()):
        counted.state(number, between, is_alone=True)
        return
    is_again = owner == "我们" and between in (",", ",就") and number == counted.number
    if is_again and not counted.has_me and counted.named and counted.named <= _ELDERLY:
        counted.has_me = True  # 两位老人家，我们俩
        return
    if owner == "我们" and is_beside_couple(counted, between, match):
        counted.add(number, between)  # 小两口和我们俩
        counted.has_me = True
    elif owner == "我们" and counted.number == 0:
        counted.add_us(number, between)
        counted.confidence = 1.0
    else:
        count_group(counted, number, owner, between)


_WITH_ME = compiled(f"{TOTAL.pattern}|{JOINED.pattern}|陪着?$")
"""表哥表嫂，加我仨; 爸妈和我三口."""
_WITH_HER = compiled("(?:算上|连上?|加上|带上)[^,]{1,5},?$")
"""连保姆我们四个; 保姆住家，算上她，我们五个."""
_ELDERLY = {"老人", "老人家", "老的"}


def _count_kind(counted: Tally, match: re.Match[str], between: str) -> None:
    is_again = between in ("", ",") and 1 < number_in(match["n"]) == counted.number + (not counted.has_me)
    is_last = match.end() == len(match.string) or match.string[match.end()] == ","
    if is_again and (match["kind"] in counted.named or (match["kind"] in AGES_OF_ALL and is_last)):
        counted.number, counted.has_me = number_in(match["n"]), True
        return  # 我妈妈外婆三个女的; 我和爸爸妹妹三个妹妹最凶
    if counted.total is not None and _AMONG_ALL.fullmatch(between) and number_in(match["n"]) < counted.number:
        counted.is_listing = match["kind"] in AGES or counted.is_listing  # 五口，有俩老人
    if counted.is_with_all:  # 连我四个姑娘
        counted.state(number_in(match["n"]), between, is_alone=False)
    else:
        counted.add(number_in(match["n"]), between)
        counted.named.add(match["kind"])
    if match["kind"] in _ELDERLY and NOBODY_ELSE.search(match.string, match.end()):
        counted.has_me = True  # 两个老人，没别人
    counted.has_me = counted.has_me or match["kind"] in ("大", "大的", "大人", "成年人", "成人")  # 两大两小
    is_daughter = match["kind"] == "女" and "儿" in counted.named
    is_by_age = match["kind"] in AGES_OF_ALL and not is_daughter  # 一儿一女
    counted.is_by_age = counted.is_by_age or is_by_age


NOBODY_ELSE = compiled("没有?[别旁其外][他人]?")
_AMONG_ALL = compiled(",?(?:里[头面]|其中|当中)?有")


def _count_aged(counted: Tally, match: re.Match[str], between: str) -> None:
    counted.add(number_in(match["aged_n"]), between)
    is_told_of_us = between.endswith(("留守", "空巢"))
    counted.has_me = counted.has_me or match["aged"] == "大人" or is_told_of_us
    counted.is_by_age = counted.is_by_age or match["aged"] in AGES_OF_ALL


def _count_class(counted: Tally, match: re.Match[str], between: str) -> None:
    counted.add(number_in(match["class"]), between)
    counted.is_by_age = True


def _count_companion(counted: Tally, match: re.Match[str], between: str) -> None:
    """我跟她, 我跟小赵: somebody, who may not live there."""
    if match["companion"] in ("他", "她") and counted.named and not JOINED.search(between):
        return  # 老伴瘫了，我伺候她
    counted.add(1, between)
    counted.confidence = min(counted.confidence, IMPLIED)


_LIKE_BOTH = compiled("[女男]生|姑娘|小伙|光棍|单身")


def _count_shared(counted: Tally, match: re.Match[str], between: str) -> None:
    """四个姑娘合租 are four with the speaker; 跟四个姑娘合租 are five."""
    number = number_in(match["shared"])
    is_again = between in (",", ",就", ",都是") and number == counted.number + (not counted.has_me)
    if (
        is_again
        and match["shared"]
        and counted.total is None
        and counted.has_me
        and _LIKE_BOTH.search(match[0])
    ):
        return  # 我和室友，两个女生
    if counted.is_with_all:  # 连我五个工友
        counted.state(number, between, is_alone=False)
    elif (
        counted.number == 0
        and SHARING.search(match.string)
        and not (JOINED.search(between) or ADDING.search(between))
    ):
        counted.state(number, between, is_alone=True)
    else:
        counted.add(number, between)


def _count_less(counted: Tally, match: re.Match[str], between: str) -> None:
    counted.change(-_number_at_end(match["less"]))


def _count_more(counted: Tally, match: re.Match[str], between: str) -> None:
    if counted.total is None and counted.has_me and counted.number == 1:
        counted.add(_number_at_end(match["more"]), between)  # 我，另加四个
    else:
        counted.change(_number_at_end(match["more"]))


def _number_at_end(words: str) -> int:
    """The 1 of 算重了一."""
    return number_in(_LAST_NUMBER.search(words)[0])  # type: ignore[index]


_LAST_NUMBER = compiled(f"{NUMBER}$")


def _count_among(counted: Tally, match: re.Match[str], between: str) -> None:
    """我和我弟，两个光棍 are two, for those who were named are called so once more."""
    number = number_in(match["among_n"])
    if number != counted.number + (not counted.has_me):
        counted.add(number, between)
    counted.has_me = True


def _count_total(counted: Tally, match: re.Match[str], between: str) -> None:
    number = number_in(match["total"] or match["bare"])
    rest = CLAUSES.split(match.string[match.end() :], maxsplit=1)[0]
    if counted.total is None and counted.number == 1 and counted.has_me and _BESIDE_ME.fullmatch(between):
        counted.add(number, between)  # 我，另外还有俩
    elif counted.number == int(counted.has_me) and is_with_them(between, rest):
        counted.add(number, between)  # 跟三个人合租
    elif between == "还有" == match.string[: match.start()]:
        counted.add(number, between)  # 还有俩人: beside whom?
        counted.confidence = OF_OTHERS
    elif number == 1 and counted.total is None and counted.number > 1 and AWAY.search(rest):
        counted.number -= 1  # 俩闺女，一个嫁了
    elif number == 1 and counted.total is None and counted.number > 1 and _ONE_MORE.search(between):
        counted.add(1, between)  # 老两口加一个学生
    else:
        counted.state(number, between, is_alone(match))


_BESIDE_ME = compiled("[,]?(?:还有|[和跟与])?另外?(?:还|再)?有?")
_ONE_MORE = compiled("(?:加上?|带着?|还有|另外)$")


def _count_generations(counted: Tally, match: re.Match[str], between: str) -> None:
    """三代人，每代两个."""
    number = number_in(match["generations"]) * number_in(match["of_each"])
    counted.state(number, between, is_alone=True)


def _count_twins(counted: Tally, match: re.Match[str], between: str) -> None:
    of_one_birth = 3 if "三胞胎" in match["twins"] else 2
    counted.add(of_one_birth * (number_in(match["pairs"] or "一")), between)


def _count_me(counted: Tally, match: re.Match[str], between: str) -> None:
    if is_beside_couple(counted, between, match):
        counted.add(1, between)  # 小两口和我
    else:
        counted.add_me(between)


def _count_parents(counted: Tally, match: re.Match[str], between: str) -> None:
    """父母; but the 二老 of 我爱人和我，就二老 are the two themselves."""
    if not _is_two_of_us(counted, match, between):
        counted.add(2, between)


def _is_two_of_us(counted: Tally, match: re.Match[str], between: str) -> bool:
    is_meant = match["parents"] == "二老" and re.search("就|我们|咱", between) is not None
    return is_meant and counted.has_me and counted.number == 2


def _count_kin(counted: Tally, match: re.Match[str], between: str) -> None:
    kin = match["kin"]
    if counted.couple and kin in SPOUSES and between and not is_adding(between):
        return  # 老两口，老头子阳了
    if kin in counted.named and "," in between and not is_adding(between) and not between.endswith("的"):
        return  # 我跟我妈，我妈今年八十了
    if not between and _OF_BOTH_KINDS.search(match.string, 0, match.end()):
        return  # 三个孙子孙女
    counted.named.add(kin)
    counted.add(1, between)
    if match["plural"] == "们" and counted.total is None:
        counted.confidence = min(counted.confidence, CONTRADICTED)  # 孩子们


_OF_BOTH_KINDS = compiled(
    f"(?!一个){NUMBER}个?(?:外?孙子外?孙女|外?孙女外?孙子|儿子(?:女儿|闺女)|(?:女儿|闺女)儿子|哥哥姐姐|姐姐哥哥|弟弟妹妹|妹妹弟弟)$"
)
_Counting = Callable[[Tally, re.Match[str], str], None]
_COUNTING: Mapping[str, _Counting] = {
    "lone": lambda counted, match, between: counted.state(1, between, is_alone=True),
    "besides": lambda counted, match, between: setattr(counted, "is_without_me", True),
    "including": lambda counted, match, between: setattr(counted, "is_with_all", True),
    "forgotten": lambda counted, match, between: counted.forget_me(),
    "included": lambda counted, match, between: counted.include_me(between),
    "less": _count_less,
    "more": _count_more,
    "each": _count_generations,
    "bunks": lambda counted, match, between: counted.state(
        2 * number_in(match["bunks"]), between, is_alone=True
    ),
    "full": lambda counted, match, between: counted.state(number_in(match["full"]), between, is_alone=True),
    "pet": lambda counted, match, between: counted.state(counted.number, between, is_alone=True),
    "shared": _count_shared,
    "family": _count_family,
    "relatives": _count_relatives,
    "couple": count_couple,
    "bond": _count_bond,
    "together": _count_together,
    "we_n": lambda counted, match, between: counted.add_us(number_in(match["siblings"]), between),
    "twins": _count_twins,
    "aged": _count_aged,
    "kind": _count_kind,
    "class": _count_class,
    "brought": lambda counted, match, between: counted.add(number_in(match["brought"]), between),
    "one": lambda counted, match, between: counted.add(1, between),
    "appositive": lambda counted, match, between: counted.add_me(between),
    "spouse": lambda counted, match, between: counted.add(1, between),
    "another": lambda counted, match, between: counted.add(1, between),
    "companion": _count_companion,
    "total": _count_total,
    "bare": _count_total,
    "among": _count_among,
    "one_each": lambda counted, match, between: counted.add_me(between),
    "self": lambda counted, match, between: counted.add_me(between),
    "parents": _count_parents,
    "kin": _count_kin,
    "me": _count_me,
}


def is_about_people(words: str) -> bool:
    """Whether the words count as they stand, so that they need no repair: 俩大人, 三代人."""
    return TERM.search(words) is not None or re.search(PET, words) is not None


_D = "[一二三四五六七八九十两几]"
_MAY_BE_TOTAL = compiled(f"[俩仨]|{_D}[口个人位名代家张双副条]|[填写记报]个?{_D}|{_D}[加减]")
"""Cheap test before the dear one of a term."""
_SAID_NUMBERS = ("total", "together", "bare", "family")


def totals(text: str) -> Iterator[re.Match[str]]:
    """Numbers of people: 三口人, 五个, 我们仨, 一家三口."""
    if not _MAY_BE_TOTAL.search(text):
        return iter(())
    return (match for match in TERM.finditer(text) if any(match[name] for name in _SAID_NUMBERS))
