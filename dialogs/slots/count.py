"""How many people: 三口人, 两个大人一个孩子, 老两口."""

from __future__ import annotations

import re
from dataclasses import replace

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.language.numerals import whole_number
from dialogs.language.words import Token
from dialogs.people import is_about_people, is_put_right, people, totals
from dialogs.people.breaks import broken_in_passing
from dialogs.people.counting import NOBODY_ELSE
from dialogs.people.tally import OF_OTHERS
from dialogs.people.terms import KINSHIP
from dialogs.script import Slot
from dialogs.slots.answer import DOUBTFUL, STRANGE, Answer, Finding, in_range
from dialogs.slots.negation import corrected, part_of
from dialogs.slots.taking_part import is_of_some, is_open, told_of_some, without_who_stays

_BARE = compiled(
    r"(?<![第点度拜期周])(?P<n>[一二三四五六七八九十]++|两|俩|仨)(?![下次遍点趟直起样块定般些会号楼层室单个大口人年月岁天周分秒块毛元斤两只条栋间套平米级届代句屋]|(?<=一)家)"
)
_AT_HOME = compiled(
    r"(?<![他她人居戚老])(?:家[里中]|[我全一]家|我们家|屋[里头中])|(?<![隔对])(?:寝室|宿舍)里?(?=[二三四五六七八九十两]+个?人)"
)
_LIVING = compiled(
    "住(?!家|院|校|他|她|宿)|合租|[人俩]过(?![去来年])|过日子|守着?(?:家|屋|房|院)|我[跟和].*[俩仨人]在家"
)
_ALL_OF_US = compiled("我[跟和].*(?:俩|仨|人)都|我们.个?人都")
_HEADS = compiled(
    "^(?:那|那就|现在|如今|眼下|这会儿?|[我们咱俺一大家子就只共是]|[老小]{2}|[老大]老?[少小]小?|上上?下下?|全家|祖孙)*[二三四五六七八九十两]+(?:口人?|张嘴)(?:$|[都全皆均吃用呢好住挤]|个个|人人|每|没一个|一起|一块|一个院|谁)"
)
_NUMBER_OF_PEOPLE = "[一二两三四五六七八九](?:口人?|个人)"
_WITH = compiled("[跟和与就只仅]|我们|[老小]两口")
_TOGETHER_AWAY = compiled("[去回来]的$")
_ELSEWHERE = compiled(
    "邻居|隔壁|对门|他家|她家|人家|亲戚|楼[上下]|单位|同事|公司|酒店|宾馆|[去回到从来]|旅|趟|接触|分开|不[住跟在]"
)
_OTHER_THAN_HOME = compiled("[叫姓]|在家$|接")
_ALONE = compiled(
    "(?:^|我|自己|就|独自|自个儿?|一直)一个?人儿?(?:住|过)(?![院去来])|[家屋][里中]?也?(?:就|仅|仅有|只|只有|唯有)我(?:自己|自个儿?|一个人?|一人|一口)(?![叫姓接])"
    "|(?<!让)独居(?!老人|的)|(?:独自|独个儿?|独身|孤身|只身|单独|自个儿?)一?个?人?(?:居住|住(?!院|酒店|宾馆)|生活|在家|过日子)(?![带])|孤老(?:头|太)?一个(?!人)|我?(?:自己|自个儿?)单住|(?:^|我)(?:自己|自个儿?)(?:一个人)?[住过](?=$|着|呢)|^光棍一[条根]$|孤家寡人|光杆司令|独门独户一个|[家屋]里?就?我?这?一[个条根]光棍|就我一[个条根]光棍"
)
_FORGOTTEN_AT_LAST = compiled(
    "[,;][^,;]{0,3}(?:[忘漏]了我(?:自己)?|把我(?:自己)?给?[忘漏落][下了])[^,;]{0,3},[^,;]*$|"
    "[,;][^,;]{0,3}(?:忘|漏|没)了?[把算数][^,;]{0,3}(?:我|自己)[^,;一二两三四五六七八九十俩仨]{0,4}$"
)
"""四口，啊呀忘了我自己，五口; 六口，不对，忘算我了: the correction changes the number before it."""
_OF_A_SUM = 0.8
_IMPLIED = 0.75
"""From this confidence on, persons that are counted matter more than a single word: 跟男朋友同居，没别人."""


_AT_THEIRS = compiled(
    f"住(?:在|着|到)?,?(?:我|俺|他|她)?(?:老?丈(?:人|母娘)|婆婆|公公|公婆|岳[父母]|娘|婆|{KINSHIP})家里?[呢了的啊呀]*$"
)
"""我们俩住丈人家: the hosts are not counted."""


def find_count(answer: Answer) -> Finding | None:
    answer = _as_said(answer)
    if one_of_them := _ONE_OF_THEM.search(answer.text):
        kept = next((i for i, t in enumerate(answer.tokens) if t.start >= one_of_them.start()), 0)
        answer = part_of(answer, 0, kept) if kept else answer
    if answer.is_asked and (_FORGOTTEN_AT_LAST.search(answer.text) or is_put_right(answer.text)):
        found = _plain_count(answer)
    else:
        found = corrected(answer, _plain_count if answer.is_asked else _unprompted_count)
    if answer.is_asked and _is_unknown(answer):
        return Finding(None, 1.0)
    if found is not None and leaves_out_hosts(answer.text):
        return replace(found, confidence=min(found.confidence, DOUBTFUL))
    return found


_ONE_OF_THEM = compiled(
    "(?<=[口人]),?(?<!还)有(?:一?个)[^,还]{0,6}(?:闺女|女儿|儿子|孩子|娃|小孩|丫头|小子)[呢啊]?$"
)
"""三口，有个上小学的闺女: she is one of them, and 还有个保姆 is not."""


def leaves_out_hosts(text: str) -> bool:
    """Whether it ends with whose home it is, so that more live there than were counted."""
    return "住" in text and _AT_THEIRS.search(text) is not None


def _as_said(answer: Answer) -> Answer:
    """The answer without repairs of words that count people as they stand: 俩大人 is no 两个人 misheard."""
    if all(token.word == token.said for token in answer.tokens):
        return answer
    return replace(answer, tokens=tuple(map(_unrepaired, answer.tokens)))


def _unrepaired(token: Token) -> Token:
    is_own = any(tag.owner in ("number", "household_size") for tag in token.tags)
    if token.word == token.said or (is_own and not is_about_people(token.said)):
        return token
    if len(token.word) != len(token.said):
        return token
    tags = frozenset(tag for tag in token.tags if tag.owner != grammar.CORRECTION)  # 部队 is no 不对
    return replace(token, word=token.said, tags=tags, confidence=1.0)


def _is_unknown(answer: Answer) -> bool:
    """不知道，我刚来当保姆: nobody is counted by that, unless a number is said as well."""
    if not any(t.has(grammar.UNKNOWN) or t.has("unknown:" + answer.slot.name) for t in answer.tokens):
        return False
    counted = people(answer.text)
    return (counted is None or not counted.is_stated) and _by_words(answer) is None


_SOME_ELSEWHERE = compiled(
    f"(?<=[俩仨口人]),(?:我|他|她)?(?:{grammar.ANY_KIN})(?:都|也|又|刚)?(?:回|去|上|搬到|住)(?!来|家)[^,一二两三四五六七八九十俩仨]*(?:家|老家|那儿|那边|医院|学校)[了呢去住的]*$|"
    "(?<=[口人]),(?:[^,]*,)?[他她]们?[两俩三仨四]个?人?(?:都|还|现在)?(?:在(?!家|一起)|[去回上])[^,]*$"
    "|(?<=[老小]两口),我(?:住|回|不|在)(?:我|跟他们|和他们)?(?:自己|住|另|别|单位)[^,]*(?:,[^,]*)?$"
)
"""我们家三个人，她们两个在北京: the two are of the three; 就他们老两口，我住我自己家."""


_ONLY_SELF = compiled("(?:就|我|俺|嗯|,)*(?:自己|自个儿?)[呗呢啊嘛啦,。]*")
"""自己, where it was asked how many they are."""


def _plain_count(answer: Answer) -> Finding | None:
    if answer.is_asked and _ONLY_SELF.fullmatch(answer.text):
        return in_range(answer, 1, 1.0)
    if answer.is_asked and is_of_some(answer.slot):
        return _of_some(answer)
    if elsewhere := _SOME_ELSEWHERE.search(answer.text):
        kept = next((i for i, t in enumerate(answer.tokens) if t.start >= elsewhere.start()), 0)
        return _plain_count(part_of(answer, 0, kept)) if kept else None
    counted = people(answer.text)
    words = _by_words(answer)
    if counted is None or (OF_OTHERS < counted.confidence < _IMPLIED and words is not None):
        return words or _bare_number(answer)
    heard = (answer.confidence_of(*match.span()) for match in totals(answer.text))
    return in_range(answer, counted.number, counted.confidence * min(heard, default=1.0))


def _of_some(answer: Answer) -> Finding | None:
    """Where it is asked how many take part."""
    told = told_of_some(answer.said)
    if told is not None:
        return in_range(answer, told, _TAKING_PART)
    if is_open(answer.said):
        found = _plain_of_some(answer)
        return found and replace(found, confidence=min(found.confidence, DOUBTFUL))
    return _plain_of_some(answer)


def _plain_of_some(answer: Answer) -> Finding | None:
    counted, words = people(without_who_stays(answer.said)), _by_words(answer)
    if counted is None or (counted.confidence < _IMPLIED and words is not None):
        return words or _bare_number(answer)
    return in_range(answer, counted.number, counted.confidence)


_TAKING_PART = 0.9
"""Confidence of 走两个."""
_OF_HOUSEHOLDS = frozenset("人口俩仨家屋住独活日孤自光嘴寝宿租守")
"""One of these stands in whatever counts a household in passing (``_at_home``)."""


def may_tell_household(answer: Answer, slot: Slot) -> bool:
    """Whether a number of people may be told in passing at all: a cheap test."""
    if f"unprompted:{slot.name}" in answer.owners:
        return True
    return not (_OF_HOUSEHOLDS.isdisjoint(answer.text) and _OF_HOUSEHOLDS.isdisjoint(answer.said))


def _unprompted_count(answer: Answer) -> Finding | None:
    """家里四口人 counts whatever was asked; 两个人 alone does not."""
    said = [t for t in answer.tokens if t.has("unprompted:" + answer.slot.name)]
    for token in reversed(said):
        rest = answer.text[token.end :]
        if not (_OTHER_THAN_HOME.match(rest) or _DOES.match(rest)):  # 家里就我一个叫这名儿的
            number = int(token.values("unprompted:" + answer.slot.name)[0])
            return in_range(answer, number, token.confidence)
    if counts_some_only(answer.text):
        return None
    found = (_at_home(clause) for clause in re.split("[,，。;；?!]", broken_in_passing(answer.text)))
    numbers = {number for number in found if number}
    return in_range(answer, numbers.pop(), _OF_A_SUM) if len(numbers) == 1 else None


def _at_home(clause: str) -> int | None:
    """家里就我跟老伴俩, 我们五个人都量了; not 邻居家三口 or 我们俩去了上海."""
    if _ALONE.search(clause):
        return 1
    if not _is_household(clause):
        return None
    counted = people(clause)
    if counted is None or counted.confidence < _OF_A_SUM:
        return None
    if _HEADS.search(clause):
        return counted.number
    is_told = counted.is_stated or _WITH.search(clause)  # not 我在儿子家里住着
    if not counted.is_stated and not _NO_ONE_ELSE.search(clause):
        return None  # 我跟闺女住: with whom she lives is not told
    return counted.number if is_told and counted.number > 1 else None


_NO_ONE_ELSE = compiled("[就只仅光俩两仨三四五六七八九]|老[伴公婆头]|爱人|媳妇|丈夫|妻子|对象|先生|太太")


_DOES = compiled(
    "人?(?:一[起块])?(?:有点|也|在)?(?:阳|确诊|发[烧热]|咳|不舒服|难受|感冒|病了|没出|没去|没接触|去[了的过]|来[了的过]|回[来了去]"
    "|拿不|下不|提不|[搬扛]不|在北京|挺好|没事|打交道|来往|说话|接触)"
)
_SOME = compiled(
    f"(?<!没)(?<!没有)(?:[一二两三四五六七八九]个(?:人|(?={_DOES.pattern}))|[俩仨]人?){_DOES.pattern}|{_NUMBER_OF_PEOPLE}的(?:饭|菜|口罩|药)"
    "|照顾我一个|(?:[一两二]个人|[俩仨]人),(?:阳了|确诊|发[烧热]|咳|不舒服|难受|感冒|下不|拿不)"
)


def counts_some_only(text: str) -> bool:
    """Whether the only number is of who is ill or went: 家里两个人阳了; not 家里六口，就我一个人咳嗽."""
    if not _COUNTING.intersection(text) or _SOME.search(text) is None:
        return False
    return re.search(_NUMBER_OF_PEOPLE, _SOME.sub("", text)) is None


_COUNTING = frozenset("个人俩仨")


def _is_household(clause: str) -> bool:
    if _TOGETHER_AWAY.search(clause):
        return False  # 家里俩人去的
    if _HEADS.search(clause) or _AT_HOME.search(clause):
        return True
    is_near = _LIVING.search(clause) or _ALL_OF_US.search(clause)
    return is_near is not None and not _ELSEWHERE.search(clause)


def _by_words(answer: Answer) -> Finding | None:
    said = [t for t in answer.tokens if t.has(answer.slot.name) and not _is_with_others(t, answer.text)]
    if not said:
        return None
    return in_range(answer, int(said[-1].values(answer.slot.name)[0]), said[-1].confidence)


_GOES_ON = compiled(f"[和跟与同加带]|还有|(?<=人)[量测去看填写报做]|(?<=我)(?:{KINSHIP}|爸妈|父母|爹妈)")

_WITH_SOMEBODY = compiled(
    f"(?:(?:[跟和与同带陪]|伺候|照顾|照看)着?[^,谁别旁]{{0,5}}(?:{KINSHIP}|当家的)|老人)"
)


def _is_with_others(token: Token, text: str) -> bool:
    """我自己和当家的, 我和当家的，没别人: words for one person that are not all that was said."""
    if NOBODY_ELSE.match(token.word):
        return _WITH_SOMEBODY.search(text, 0, token.start) is not None
    return "我" in token.word and _GOES_ON.match(text, token.end) is not None


def _bare_number(answer: Answer) -> Finding | None:
    numbers = [(whole_number(match["n"]), match.span()) for match in _BARE.finditer(answer.text)]
    known = [(number, span) for number, span in numbers if number is not None]
    if len(known) != 1:
        return None
    number, span = known[0]
    return in_range(answer, number, 0.8 * answer.confidence_of(*span) * (1 - STRANGE * answer.unexplained()))
