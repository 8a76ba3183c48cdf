"""How many people live together, added up from words: 老两口带个孙子, 我跟老伴还有儿子儿媳, 两大两小. Pure.

Numbers with 口 or 个人 are totals; relatives and groups (我们俩, 儿子一家三口) are terms of a sum. A total
that equals the sum before it only says it again (我跟我妈两个人); terms after a total are its parts, unless
加上 or 还有 adds them. Who is away (老公出差了), denied (没孩子) or was there before (原来四口) does not
count, and 现在, 就 or 剩 begin anew: 孩子住校，就我跟我爱人 are two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dialogs.grammar import KIN
from dialogs.numerals import whole_number

_ADDED_UP = 0.8
"""Confidence of a sum."""
_CONTRADICTED = 0.4
_LOOSE = 0.55
"""Of people who are named in one answer but not one after the other."""
_IMPLIED = 0.75
"""Of 跟儿子住, where it is the speaker who does."""
_WITHOUT_SPEAKER = 0.5
"""Of 儿子和孙子, where nobody said whether the speaker lives there."""

_KIN_BESIDES = """
    弟媳妇 弟媳 兄弟媳妇 孙女婿 外孙女婿 孙孙 重孙子 重孙女 小叔子 小姑子 大姑姐 小舅子 小姨子 大伯子
    姆妈 阿妈 阿爸 老汉 老母亲 老父亲 老闺女 老儿子 老姑娘 幺妹 幺儿 老幺 老三 老四 大闺女 小闺女 二闺女
    二儿子 二女儿 小子 大丫头 二丫头 男朋友 女朋友 男友 女友 未婚妻 未婚夫 室友 舍友 同屋 朋友 老乡
    同学 同事 工友 房东 住家阿姨 住家保姆 月嫂 伢子 伢 细伢子 崽 崽崽 娃儿 孩儿 宝贝 老倌子 老倌 公爹
    婆母 那口子 家属 大舅哥 大舅子 姑妈 姨婆 姑婆 舅妈 伯母 婶子 婶 大娘 小叔 大嫂 嫂嫂 老姐 老妹 老弟
    大弟 小弟 小妹 大妹 三弟 三妹 干儿子 干女儿 养女 养子 继子 继女 孙儿 嘎嘎 岳母 妈咪 爹地 阿姐 阿哥
    阿弟 阿妹 阿爹 阿娘 大宝 二宝 三宝 小宝 囡囡 小囡 小不点 亲家母 亲家公 老婆子
"""
_KIN = "|".join(sorted({*KIN, *_KIN_BESIDES.split()}, key=len, reverse=True))
_SPOUSE_WORDS = """
    爱人 老伴 老婆 老公 妻子 丈夫 媳妇 对象 先生 太太 内人 老头子 老头 老太太 老太婆 老爷子 婆娘 堂客 那口子
"""
_SPOUSES = frozenset(_SPOUSE_WORDS.split())
_DIGITS = "一二三四五六七八九十两俩仨"
_N = "(?:[一二三四五六七八九十]+|两|俩|仨)"
_VAGUE = "(?:一两|二三|两三|三[四五]|四五|五六|六七|七八|八九)"  # 三五个
_SMALL = "大人|小孩|孩子|子女|儿女|老人家?|娃娃|娃儿|娃|小朋友|宝宝|孩|女的|男的|老的|小的|大的|合租的|室友"
_SIZES = (
    f"[大小老细](?={_N}|[,，?的吧呢啊]|$)|[儿女仔](?=[{_DIGITS}][儿女仔])"
    f"|(?<=[儿女仔][{_DIGITS}])[儿女仔]|(?<=个)儿(?=,|$)"
)
"""两大两小, 一儿一女."""
_KIND = f"(?:(?:小|老|细)?(?:{_KIN}|{_SMALL})|{_SIZES})"
_AGES = "大人|小孩|孩子|老人|娃|老的|小的|大的|男的|女的|中间的?|年轻的|儿子|女儿|闺女|孙子|孙女"
_PEERS = "姑娘|小伙子?|老乡|男生|女生|工友|同事|同学|战友|哥们|姐妹|朋友"
_AGES_OF_ALL = ("老的", "男的", "女的", "中间", "年轻的", "合租的")
"""Kinds of which the speaker may be one."""
_PET = "狗|猫|泰迪|金毛|鹦鹉|八哥|乌龟|兔子|毛孩子|鸟"
_PAIR = (
    "娘们?|爷们?|爷孙|祖孙|公孙|母女|母子|父子|父女|姐妹|姊妹|姐弟|兄妹|兄弟|(?<!哥)哥们?|(?<!姐)姐们?|弟兄|"
    "婆媳|婆孙|姑侄|叔侄|师徒"
)
_COUPLE = (
    "老两口|小两口|老俩口|老俩(?!口)|小俩口|[两俩]口子|两夫妻|小?夫妻(?:俩|两个|两人|二人)?|"
    "小?夫妇(?:俩|两个)?|老?公母俩|老头子?老太[太婆]"
)
_PARENTS = "爸爸?妈妈?|妈妈?爸爸?|父母亲?|公婆|爹[妈娘]|岳父岳母|双亲|二老"
_OTHERS = f"(?:他们|她们|他|她|人家|{_KIN})"
_UNIT = "口人|口子|口|个人|条人|张嘴|人(?!间)|位|个"
_COUNTED = "代人?|世同堂|世|间|居室?|室(?!友)|层|楼|号|岁|只|条(?!人)|辆|套|平|年(?!轻)|天|点|回|次|遍|趟|度"
"""What else a number counts."""
_NO_PERSON = "(?:[月星礼钟多半房屋卧厅字事问电菜床]|小时|口罩|体温)"  # 两个月, 八个钟头, 一个口罩

_TERM = re.compile(
    rf"""
      (?P<lone>一人一(?=[只条]?(?:{_PET}))|我一人一[屋间]|独[住居]
        |(?:我(?:自己)?一个人|我自己|(?<![^,就都在])自己|,|^)[单独]?(?<![,^])[住过](?=[,呀啊呢吧了]|$)
        |我(?:就)?一个(?:孤|糟)?(?:老婆子|老头子|老太太|老太婆|老头|寡妇|光棍))
    | (?P<other>第{_N}|一口[气饭]|半个|一人一|各一个|其中{_N}个?|也算{_N}口|[这那哪]一?个|{_N}(?:{_COUNTED})
        |{_VAGUE}(?:{_UNIT})(?=.*{_N}(?:{_UNIT}))|我是[他她户]主?的?(?:{_KIN})
        |{_N}(?:{_UNIT})是我?(?:{_KIN}|他|她|人家)们?家|{_N}个(?={_NO_PERSON}|[叫姓]))
    | (?P<besides>(?:(?:除去?了?|不算|没算|不带|不连)我(?:自己)?(?:以外|之外)?|我(?:以外|之外)))
        (?=,?(?:还|另|有|是|就|{_N}))
    | (?P<forgotten>(?:忘了?|没有?|漏了?)[把算数][上进]?(?:我(?:自己)?|自己)(?:算进去|算上)?(?!{_KIN})
        |(?<=把)我(?:自己)?给?[忘漏]了?)
    | (?P<including>(?:加上?|算上|连上?|带上?)我(?:自己)?
        (?=,?(?:一共|总共|就|是|有)?{_N}(?:{_UNIT})(?<!我一个))|连上?我(?=[俩仨]))
    | (?P<included>(?:算上|包括|连)我(?:自己)?(?:在内)?(?=,|$))
    | (?P<less>(?:减去?|走了|少了|搬走了?|去掉|刨去){_N})(?:{_UNIT})?+(?!{_KIND}|{_COUNTED}|{_NO_PERSON})
    | (?P<more>(?:加上?|再加|外加|添了?|多了){_N})(?:{_UNIT})?+(?=[,吧呢了啊再又加减]|$)
    | (?P<full>{_N})(?:人间|张床)(?=[^满]{{0,5}}满)
    | (?P<pet>(?<=[跟和])我?(?:那|一|这)?[只条]?(?:{_PET}))
    | (?P<shared>{_N})[个位名](?:{_PEERS})
    | (?P<family>(?P<family_of>我们|我|(?:{_KIN})?{_OTHERS})?们?一?家(?:子|人|里|也|就)?
        (?P<family_n>{_N})口(?:人|子)?)
    | (?P<place>(?:{_KIN})(?:家(?!的|属)|屋里|屋头|[那这](?:儿|边|里)))                # 住女儿家
    | (?P<relatives>{_OTHERS}们?一家子?(?!{_N})(?:人)?)
    | (?P<couple>(?P<couple_of>我们|我|{_OTHERS})?(?:这|的)?(?:{_COUPLE}))
    | (?P<bond>(?P<bond_of>我们|我|{_OTHERS})?(?:老|小)?(?:{_PAIR})[儿子]?
        (?P<bond_n>俩|仨|{_N}(?:{_UNIT})))(?!{_KIND})
    | (?P<together>(?P<together_of>我们|我|(?:{_KIN})?(?:他们|她们))(?:家|屋|这)?
        (?P<together_n>俩|仨|(?!一[^一二三四五六七八九十])(?!一$){_N}(?={_UNIT}))
        (?:{_UNIT})?)(?!{_NO_PERSON}|(?:{_KIN}|大人|小孩|孩子|老人|娃)(?!都))
    | (?P<we_n>我们(?P<siblings>{_N})个?(?:{_PAIR}))                           # 我们仨兄妹
    | (?P<twins>双胞胎|龙凤胎|三胞胎)(?:{_KIN}|[俩仨])?
    | (?<![跟和与同带我])(?P<aged>{_AGES})(?P<aged_n>
        (?<!女儿|儿子|闺女|孙子|孙女)[俩仨](?!人)|{_N}[个位](?![人{_DIGITS}]|{_KIND}))          # 大人三个
    | (?P<n>{_N})(?:[个位名口](?:[^,，一二两三四五六七八九十我]{{1,6}}的)?)?
        (?P<kind>{_KIND})(?!伙|子|眼|家|堆|帮|群)
    | (?<!我)(?P<class>{_N}(?=[个位])|[俩仨])[个位]?+(?![人都是全也])
        [^{_DIGITS},我你他她跟和在住]{{1,3}}的(?=[{_DIGITS},吧啊呢]|$)                     # 俩上班的
    | (?P<another>另外?一个(?!{_KIND})
        |(?<=还有|再加|外加|外带|再有)一?个(?!{_KIN}|人)[^,我跟和]{{1,9}}(?=,|$))            # 还有个吃奶的
    | (?P<companion>(?<=我[跟和])(?!{_KIN})(?:他|她|[小老][^,大小的]|.(?:老师|师傅))(?=[,俩住一两]|$))
    | (?P<total>{_N}(?=[加减]{_N})|[两俩]口(?!子)|{_N}(?:{_UNIT}))(?!{_NO_PERSON})
    | (?P<bare>俩|仨)(?=人|$|[,，吧啊呢了呀嘛呗都全在住过一同相搭合挤])人?
    | (?P<self>我(?:这|一个)?(?:孤|糟)?(?:老婆子|老头子|老太太|老太婆|老头)(?=一个|一人|自己))
    | (?P<parents>{_PARENTS})
    | (?P<kin>(?:孩子|娃|他|她)(?:他|她|们)?(?:爸爸?|妈妈?|爹|娘|爷爷|奶奶|姥姥|姥爷|外公|外婆)
        |(?<=我)[奶儿](?!子|媳|女|粉|茶|孙)|(?:{_KIN}))(?P<plural>们)?
    | (?P<me>我自己|自己|我)(?!们|家|的|这|那|屋|跟你|跟您|说|看|想|算|数)
    """,
    re.VERBOSE,
)
_FORMER = re.compile(
    "上个月|昨[天儿日]?还|前天还|寒暑假|放假(?<!不放假)|满员|谁说|要不(?!要|是)|以前|原来|原先|过去|本来|原本|从前|早先|当初|先前|平常|平时|往常|户口[本簿上]|登记|不然|否则|要是|如果|上回|上次|去年|前几年"
)
_ELSEWHERE = re.compile(
    "不然|否则|要是|如果|等[^,]*就|将来|下个?月|明年|过[几两]天|要再?来|快要|周末|过年|逢年|对门|邻居|隔壁|那家|(?<!户)人家[是都有]|老家是"
    f"|(?:算上|加上?|连|带上?)[^,]?(?:{_PET})"
)
_ARRIVED = re.compile("搬来|接来|住进来|抱回|添了?个?")
"""Who came last month is there now."""
"""What may be, and who lives next door."""
_TOTAL = re.compile("一共|总共|拢共|统共|加起来|共|连|全家|算上|加上|加|全算|满打满算|合起来|凑")
_ADDING = re.compile("加|还有|另外|再|算上|带[着个了起上]?$|带|[,，]?(?:也|又)?有")
_LINKED = re.compile("和|跟|与|同")
_JOINED = re.compile("(?:[和跟与同带]|加上?)$")
_RECOUNTED = re.compile("[哦噢喔哎]|嗯|等会|等等|等下|不止|不对|错|忘|漏|数数|准数|应该")
"""Said between two totals of which the second is right."""
_STILL = re.compile("[,，](?:[他她]们?)?(?:都|全|也都?|已经|又?走了)+")
_SHARING = re.compile("[合群拼同]租|宿舍|寝室|一间屋")
_ANEW = re.compile(
    "现在|眼下|如今|目前|这会|这阵子?|这段时间|实际|其实|真住|真正|变成?|这边|剩|只有?|光|(?<!再)就(?!是|算)"
)
_NOW = re.compile("现在|眼下|如今|目前|这会|这阵|这段|实际|其实|真住|真正|变|剩|这边")
_DENIED = re.compile(
    r"(?:不是|没有?|没得|无|不跟|没跟|不和|没和|不带|没带|没有?别的|没一|不到|没到|不够|没(?:有)?[要生]|不止|[听写记看]成|当成)(?:我|他|她)?$"
)
_AWAY = re.compile(
    "走了(?![一二两三四五六俩仨](?:[个口人,]|$))|走得早|不在(?!少)|去世|没了|过世|离世|病故|牺牲|搬(?:走|出|离|去|到)|住(?:校|院|养老院|学校|医院|宿舍|外|单位)|嫁(?!过来)|"
    "单过|另过|不跟.{1,3}(?:住|过)|在[^,]{1,4}安家|在(?!家|我|咱|这|一[起块]|屋|身边|旁|北京|呢|睡|做|吃|看|洗|忙|[^,]{1,6}(?:上班|工作|教|当))[^,]{2}|另住|分[家出]|出差|打工|当兵|出国|出去|离了|离婚|判给|归(?=[他她前]|$)|驻外|不住|不回来|外派|飞|进养老院|寄宿|坐月子去|"
    "(?:上|念|读)(?:大学|研)|在(?:国外|外|美国|日本|老家|乡下|部队|大学|学校(?!上班|教)|医院(?!上班|工作|当))|"
    "(?<!刚)回(?:老家|娘家|乡|去)|去[^,，]{1,6}了|上[^,，]{1,5}家去"
)
_ONE_OF_THEM = re.compile("我?(?:们)?(?:一个人?|一人|俩|两个人?)(?![住过]|在家|了?$)")
_WHO_IS_LEFT = re.compile("我(?:自己)?(?:[跟和与带]|们|俩|一个人?[住过在]|一个人?$|[住过在]|$)")
_TELLING = re.compile("阳了|阳性|确诊|发烧|咳嗽|感冒|没出嫁|上班去|照顾我|来电话|电话")
"""What is told of somebody who has been counted, or need not be."""
_PURPOSE = re.compile("(?:帮[着我忙]?(?:带|看|照顾)|来(?:带|看|照顾)|照顾|伺候|护理|[给喂陪]我?)$")
"""丈母娘来帮着带孩子 is no list of people."""
_LINKS = re.compile(
    "[一二三四五六七八九十]+岁|[跟和与同带着了起还有加上再另外就是我们咱的个一,，家里住在也都及呀啊吧呢嘛只剩光现眼下这会]"
)
_MOST_UNLINKED = 3
"""Characters between two people that make no list of them."""
_BEFORE_TOTAL = re.compile(
    "(?:[我俺咱]们?|家|里|屋|头|这儿?|一共|[总拢统]共|共|现在|眼下|如今|全|都|就|只|有|是|住着?了?|加上?|算上?|连|也|还|嗯|哦|那|的|"
    "加起来|合起来|大小|老少|一起|一块|保姆|哎|对|总)*"
)
_AFTER_TOTAL = re.compile("[吧啊呢嘛呀了哦嘞的人呗住一起块着]*")
_CLAUSES = re.compile("[,，。;；?？!！]")


_ROOMS = re.compile(rf"(?P<n>(?!一){_N})(?:[个间](?:屋|房|卧室)|户|室|间)")
_IN_EACH = re.compile(
    rf"(?:每|一)[个间]?(?:屋|户|房间?|间|家)(?:住|就|是)?(?P<n>{_N})(?:个|口|人|$)|一人一[屋间户]"
)


class People(NamedTuple):
    number: int
    confidence: float
    """1 for a number that was said, less for one that had to be added up."""
    is_stated: bool = True
    """Whether a number of all was said, not only added up."""


@dataclass
class _Sum:
    """What was counted so far."""

    number: int = 0
    total: int | None = None
    """The last that was said of all."""
    is_listing: bool | None = None
    """Whether what follows a total only says who they are; None as long as nothing followed."""
    mentioned: int = 0
    """Persons named after a total who may be its parts."""
    is_without_me: bool = False
    """不算我 was said: the next total needs one more."""
    is_with_all: bool = False
    """连我 was said: the next number is that of all."""
    has_me: bool = False
    has_couple: bool = False
    is_by_age: bool = False
    """Persons were counted as 老的, 中年的 or 上班的, who may be all, the speaker too."""
    again: int = 0
    """How many of a group are yet to be named: 爷孙三个，我、儿子、孙子."""
    group: int = 0
    """The group that the speaker was counted in."""
    has_left: bool = False
    """Somebody was said to be away, so that a total after it is the smaller."""
    before: int | None = None
    """The total before the last."""
    is_put_right: bool = False
    """The words follow a correction, so that what is told after a total explains it."""
    is_baseless: bool = False
    """A change was told, but not of what."""
    confidence: float = 1.0

    def begin_anew(self, is_later: bool) -> None:
        """现在就我们俩: what was counted is past, and a total before it in doubt unless time went by."""
        doubt = self.total is not None and not is_later
        self.__init__(confidence=_CONTRADICTED if doubt else 1.0)  # type: ignore[misc]

    def add(self, number: int, between: str) -> None:
        """Persons beside the others."""
        if self.total is not None and self.is_listing is None:
            self.is_listing = self.is_put_right or not _is_adding(between)
        if self.is_listing:
            self.mentioned += number
            return
        named = min(self.again, number)
        self.again -= named
        self.number += number - named
        self.confidence = min(self.confidence, _ADDED_UP)

    def add_me(self, between: str) -> None:
        """The speaker, counted once: 他们三口加我, 四个人加我."""
        if self.total is not None and self.is_listing is None and _is_adding(between) and "," not in between:
            self.number += 1
        elif self.total is not None and self.is_listing is None:
            self.is_listing = True
        elif not self.has_me:
            self.add(1, between)
        elif self.group and self.number == self.group:
            self.again, self.group = self.group - 1, 0
        self.has_me = True

    def include_me(self, between: str) -> None:
        """算上我 after a number of all, or after persons beside the speaker."""
        if self.total is None:
            self.add_me(between)

    def forget_me(self) -> None:
        """四个，忘了算我: five, unless that was said already (四个，五个，忘了算我)."""
        if self.total is None:
            self.is_without_me = True
        elif self.is_put_right or (self.before is not None and self.total == self.before + 1):
            self.confidence = max(self.confidence, _ADDED_UP)
        else:
            self.change(1)

    def change(self, number: int) -> None:
        """Persons who came or went since a total was said: 四口减一口, 走了俩."""
        if self.total is None or self.number + number < 1:
            self.is_baseless = True
            return
        self.number += number
        self.before, self.total = self.total, self.number
        self.confidence = min(self.confidence, _ADDED_UP)

    def add_us(self, number: int, between: str) -> None:
        """A group with the speaker: 我们俩, 老两口; it may be those who were named: 我跟我弟弟，哥俩."""
        named = self.number + (not self.has_me)
        is_beside = _TOTAL.search(between) or (not self.has_me and _JOINED.search(between))
        if number == named and not is_beside and not (self.total is not None and _is_adding(between)):
            self.number, self.confidence = number, max(self.confidence, 0.9)
        elif self.total is None and self.has_me and self.number == 1:
            self.number = number
        else:
            self.add(number, between)
        self.has_me, self.group = True, number

    def state(self, number: int, between: str, is_alone: bool) -> None:
        """A total is said; ``is_alone``: it is all that its clause says."""
        number += self.is_without_me
        doubt = self._doubt(number, between, is_alone)
        if doubt is None:
            return  # 五口，阳了一个: a part
        self.before, self.number, self.confidence = self.total, number, doubt
        self.total, self.is_listing, self.has_me, self.mentioned = number, None, True, 0
        self.is_without_me = self.is_with_all = self.has_left = self.is_baseless = False

    def _doubt(self, number: int, between: str, is_alone: bool) -> float | None:
        """The confidence of a total after what was counted; None where it is no total."""
        known = self.number + (not self.has_me)
        if number in (self.number, known) or self.number <= 1:
            return 1.0 if self.confidence >= _ADDED_UP or self.total is None else self.confidence
        if self.mentioned and number == self.number + self.mentioned:
            return _ADDED_UP
        if self.total is not None and is_alone and _RECOUNTED.search(between):
            return _ADDED_UP
        if self.has_left and is_alone and number < self.number:
            return _ADDED_UP
        if (
            self.is_with_all
            or _TOTAL.search(between)
            or (self.total is None and (number > self.number or is_alone))
        ):
            return _ADDED_UP
        if self.total is not None and number < self.total and not is_alone:
            return None
        return _CONTRADICTED if self.total is not None else None


def _is_adding(between: str) -> bool:
    if re.search("(?<!就)是", between):
        return False  # 三个，另外两个是他跟他媳妇
    return bool(_ADDING.search(between)) or ("," not in between and bool(_LINKED.search(between)))


def people(text: str) -> People | None:
    """How many people the words count; None when they count none."""
    text = text.replace("，", ",")
    return _in_rooms(text) or _counted(_present(text)) or _counted(text)


def _counted(text: str) -> People | None:
    counted = _Sum(is_put_right=text.startswith(","))
    since = 0
    is_found = is_loose = False
    for match in _TERM.finditer(text):
        between = text[since : match.start()]
        if match["other"] or match["place"] or _is_possessive(match):
            continue
        if _is_absent(match, between):
            counted.has_left = True
            since = match.end()
            continue
        if counted.number and _is_anew(counted, match, between):
            counted.begin_anew(bool(_NOW.search(between)))
        before = counted.number
        _count(counted, match, between)
        is_more = 0 < before < counted.number and not _JOINED.search(between)
        is_loose = is_loose or (is_more and len(_LINKS.sub("", between)) > _MOST_UNLINKED)
        is_found = is_found or not (match["me"] or match["self"])
        since = match.end()
    if not is_found or counted.number == 0 or counted.is_baseless:
        return None
    return _result(counted, is_loose, _implies_me(text))


def _is_anew(counted: _Sum, match: re.Match[str], between: str) -> bool:
    """现在就我们俩; but 家里五口人就我一个人病了 says no more of how many they are."""
    if not _ANEW.search(between):
        return False
    rest = _CLAUSES.split(match.string[match.start() :], maxsplit=1)[0]
    if (
        counted.total is not None
        and match["me"]
        and (not _WHO_IS_LEFT.match(rest) or between.endswith("的就"))
    ):
        return False  # 三口人，就我吃闲饭; 四口，男的就我一个
    return counted.total is None or _NOW.search(between) is not None or not _ONE_OF_THEM.match(rest)


def _result(counted: _Sum, is_loose: bool, implies_me: bool) -> People:
    is_stated = counted.total is not None
    if counted.is_by_age and not counted.has_me and not counted.is_without_me:
        return People(counted.number, counted.confidence, is_stated)
    if not counted.has_me:  # 儿子和孙子: with the speaker, who did not name himself
        confidence = _IMPLIED if implies_me and not is_loose else _WITHOUT_SPEAKER
        return People(counted.number + 1, min(counted.confidence, confidence), is_stated)
    if is_loose and not is_stated:
        return People(counted.number, min(counted.confidence, _LOOSE), is_stated)
    return People(counted.number, counted.confidence, is_stated)


def _implies_me(text: str) -> bool:
    """跟儿子住, 带俩孩子: somebody does so, and who else."""
    return (
        re.search(
            "(?:^|,)(?:就|现在|我|一直|平时|同住的?有?)*(?:跟|和|带)|同住的|[跟和]我住|除.{0,2}我", text
        )
        is not None
    )


def _in_rooms(text: str) -> People | None:
    """四个屋，一屋一个人: four."""
    rooms, each = _ROOMS.search(text), _IN_EACH.search(text)
    if rooms is None or each is None:
        return None
    return People(_number(rooms["n"]) * _number(each["n"] or "一"), _ADDED_UP)


def _count(counted: _Sum, match: re.Match[str], between: str) -> None:
    """One term; the first group that matched tells how it counts."""
    count = next(count for name, count in _COUNTING.items() if match[name])
    count(counted, match, between)


def _count_group(counted: _Sum, number: int, owner: str | None, between: str) -> None:
    if owner in (None, "我", "我们"):
        counted.add_us(number, between)
    else:
        counted.add(number, between)


def _count_family(counted: _Sum, match: re.Match[str], between: str) -> None:
    number = _number(match["family_n"])
    if match["family_of"] in (None, "我", "我们") and "也" not in match[0] and not _is_adding(between):
        counted.state(number, between, is_alone=True)  # 一家三口, 我家五口
    else:
        _count_group(counted, number, match["family_of"], between)


def _count_relatives(counted: _Sum, match: re.Match[str], between: str) -> None:
    counted.add(1, between)
    if counted.total is None:
        counted.confidence = min(counted.confidence, _CONTRADICTED)


def _count_couple(counted: _Sum, match: re.Match[str], between: str) -> None:
    _count_group(counted, 2, match["couple_of"], between)
    counted.has_couple = True


def _count_bond(counted: _Sum, match: re.Match[str], between: str) -> None:
    _count_group(counted, _number(match["bond_n"]), match["bond_of"], between)


def _count_together(counted: _Sum, match: re.Match[str], between: str) -> None:
    number, owner = _number(match["together_n"]), match["together_of"]
    if counted.is_with_all:  # 连我们仨
        counted.state(number, between, is_alone=True)
        return
    if owner == "我们" and counted.number == 0:
        counted.add_us(number, between)
        counted.confidence = 1.0
    else:
        _count_group(counted, number, owner, between)


def _count_kind(counted: _Sum, match: re.Match[str], between: str) -> None:
    if counted.is_with_all:  # 连我四个姑娘
        counted.state(_number(match["n"]), between, is_alone=False)
    else:
        counted.add(_number(match["n"]), between)
    counted.has_me = counted.has_me or match["kind"] in ("大", "大人")  # 两大两小
    counted.is_by_age = counted.is_by_age or match["kind"] in _AGES_OF_ALL


def _count_aged(counted: _Sum, match: re.Match[str], between: str) -> None:
    counted.add(_number(match["aged_n"]), between)
    counted.has_me = counted.has_me or match["aged"] == "大人"
    counted.is_by_age = counted.is_by_age or match["aged"] in _AGES_OF_ALL


def _count_class(counted: _Sum, match: re.Match[str], between: str) -> None:
    counted.add(_number(match["class"]), between)
    counted.is_by_age = True


def _count_companion(counted: _Sum, match: re.Match[str], between: str) -> None:
    """我跟她, 我跟小赵: somebody, who may not live there."""
    counted.add(1, between)
    counted.confidence = min(counted.confidence, _IMPLIED)


def _count_shared(counted: _Sum, match: re.Match[str], between: str) -> None:
    """四个姑娘合租 are four with the speaker; 跟四个姑娘合租 are five."""
    number = _number(match["shared"])
    if counted.is_with_all:  # 连我五个工友
        counted.state(number, between, is_alone=False)
    elif (
        counted.number == 0
        and _SHARING.search(match.string)
        and not (_JOINED.search(between) or _ADDING.search(between))
    ):
        counted.state(number, between, is_alone=True)
    else:
        counted.add(number, between)


def _count_less(counted: _Sum, match: re.Match[str], between: str) -> None:
    counted.change(-_number(match["less"].lstrip("减去走了少搬掉刨")))


def _count_more(counted: _Sum, match: re.Match[str], between: str) -> None:
    counted.change(_number(match["more"].lstrip("再加上外添了多")))


def _count_total(counted: _Sum, match: re.Match[str], between: str) -> None:
    number = _number(match["total"] or match["bare"])
    rest = _CLAUSES.split(match.string[match.end() :], maxsplit=1)[0]
    if number == 1 and counted.total is None and counted.number > 1 and _AWAY.search(rest):
        counted.number -= 1  # 俩闺女，一个嫁了
    else:
        counted.state(number, between, _is_alone(match))


def _count_me(counted: _Sum, match: re.Match[str], between: str) -> None:
    counted.add_me(between)


def _count_kin(counted: _Sum, match: re.Match[str], between: str) -> None:
    if counted.has_couple and match["kin"] in _SPOUSES and between and not _is_adding(between):
        return  # 老两口，老头子阳了
    counted.add(1, between)
    if match["plural"] and counted.total is None:
        counted.confidence = min(counted.confidence, _CONTRADICTED)  # 孩子们


_Counting = Callable[[_Sum, re.Match[str], str], None]
_COUNTING: Mapping[str, _Counting] = {
    "lone": lambda counted, match, between: counted.state(1, between, is_alone=True),
    "besides": lambda counted, match, between: setattr(counted, "is_without_me", True),
    "including": lambda counted, match, between: setattr(counted, "is_with_all", True),
    "forgotten": lambda counted, match, between: counted.forget_me(),
    "included": lambda counted, match, between: counted.include_me(between),
    "less": _count_less,
    "more": _count_more,
    "full": lambda counted, match, between: counted.state(_number(match["full"]), between, is_alone=True),
    "pet": lambda counted, match, between: counted.state(counted.number, between, is_alone=True),
    "shared": _count_shared,
    "family": _count_family,
    "relatives": _count_relatives,
    "couple": _count_couple,
    "bond": _count_bond,
    "together": _count_together,
    "we_n": lambda counted, match, between: counted.add_us(_number(match["siblings"]), between),
    "twins": lambda counted, match, between: counted.add(3 if match["twins"][0] == "三" else 2, between),
    "aged": _count_aged,
    "kind": _count_kind,
    "class": _count_class,
    "another": lambda counted, match, between: counted.add(1, between),
    "companion": _count_companion,
    "total": _count_total,
    "bare": _count_total,
    "self": lambda counted, match, between: counted.add_me(between),
    "parents": lambda counted, match, between: counted.add(2, between),
    "kin": _count_kin,
    "me": _count_me,
}


def _number(words: str) -> int:
    digits = re.sub("[口个人子位条张嘴]+$", "", words)
    repeated = digits[0] if digits and set(digits) == {digits[0]} else digits  # 三三三个人
    return whole_number(repeated) or 0


def _is_absent(match: re.Match[str], between: str) -> bool:
    """Denied (没孩子), away (老公出差了), or only somebody to be cared for (帮着带孩子)."""
    if _DENIED.search(between) or _PURPOSE.search(between):
        return True
    owners = {match[name] for name in ("family_of", "couple_of", "bond_of") if match[name]}
    if not (match["kin"] or match["n"] or match["parents"] or match["relatives"] or owners - {"我", "我们"}):
        return False
    rest = _about(match)
    before = between.rpartition(",")[2]
    if _AWAY.search(before) and not re.search("就|剩|只", before):
        return True  # 孙子在海淀跟他妈
    away = _AWAY.search(rest) or _TELLING.search(rest)
    return away is not None and not re.search("就|剩|只|我(?!儿|家)|[没不]$", rest[: away.start()])


def _about(match: re.Match[str]) -> str:
    """The rest of the clause, with the next where that goes on about the same: 俩儿子，都不在身边."""
    rest, *others = _CLAUSES.split(match.string[match.end() :], maxsplit=2)
    before = _CLAUSES.split(match.string[: match.start()])[-1]
    follows = others and _STILL.match("," + others[0]) and not re.search("我[跟和]", before)
    return rest + others[0] if follows else rest


def _is_alone(match: re.Match[str]) -> bool:
    """Whether the clause says nothing but the number: 四个, 一共四个, 家里就三个人."""
    before = _CLAUSES.split(match.string[: match.start()])[-1]
    after = _CLAUSES.split(match.string[match.end() :], maxsplit=1)[0]
    return _BEFORE_TOTAL.fullmatch(before) is not None and _AFTER_TOTAL.fullmatch(after) is not None


def _is_possessive(match: re.Match[str]) -> bool:
    """The 我 of 我爱人 names nobody; the one of 我、爱人 and 我自己 does."""
    rest = match.string[match.end() :]
    return match["me"] == "我" and re.match(f"(?:的|家)?(?:{_KIN}|爸|妈|父|母|奶|儿)", rest) is not None


def _present(text: str) -> str:
    """Without the clauses that tell how it was, may be, or is next door: 以前三口，现在就我们老两口."""
    return ",".join(
        clause
        for clause in _CLAUSES.split(text)
        if _ARRIVED.search(clause) or not (_FORMER.search(clause) or _ELSEWHERE.search(clause))
    )


def is_about_people(words: str) -> bool:
    """Whether the words count as they stand, so that they need no repair: 俩大人, 三代人."""
    return _TERM.search(words) is not None or re.search(_PET, words) is not None


_SAID_NUMBERS = ("total", "together", "bare", "family")


def totals(text: str) -> Iterator[re.Match[str]]:
    """Numbers of people: 三口人, 五个, 我们仨, 一家三口."""
    return (match for match in _TERM.finditer(text) if any(match[name] for name in _SAID_NUMBERS))
