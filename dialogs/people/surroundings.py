"""What the words around a person or a number tell: who is away, denied, past, or only a part."""

from __future__ import annotations

import re

from campaign.patterns import compiled
from dialogs.language.numerals import whole_number
from dialogs.people.terms import CHILDREN, KINSHIP, NUMBER, PARTNERS, PET, SERVANTS

_FORMER = compiled(
    "(?<!还是)(?<!就是)(?:照片上|相片上|上个月|昨[天儿日]?还|前天还|寒暑假|放假(?<!不放假)|满员|谁说|要不(?!要|是)|以前|原来|原先|过去|本来|原本|从前|早先|当初|先前|户口[本簿上]|登记|不然|否则|要是|如果|上回|上次|去年|前几年)"
)
_USUAL = compiled("平常|平时|往常")
"""How it is but for now; of somebody who says no more than that, how it is."""
_VISITING = compiled(
    "(?:才|偶尔|有时候?|时不时|隔三差五|不时|白天)(?:[^,我]{0,2})(?:来|过来|回来|回)|来串门|来做客|来过?了[一二三四五六七八九十两俩]+(?:口|个)?人(?!住)|来看[看望]?我|钟点工|小时工|"
    "(?:白天|早上|早晨)(?:来|[^,我住]{0,3}[一二三四五六七八九十两]+[口个])|(?:晚上|做完饭|干完活)就?(?:走|回去)|来住[几两]天|早搬走|搬出去"
)
"""Who comes and goes."""
_ELSEWHERE = compiled(
    "不然|否则|要是|如果|等[^,]*就|将来|下个?月|明年|过[几两俩](?:天|个?月|周)|要再?来|快要|周末|过年|逢年|对门|邻居|隔壁|那家|(?<!户)人家[是都有]|老家是"
    f"|(?:算上|加上?|连|带上?)[^,]?(?:{PET})|楼[上下](?:那|他们)?一?家"
    "|(?:门口|门外|楼道|外[面头边]|院里|街上)[^,我住]{0,3}?(?:[一二两三四五六七八九]个?|[俩仨])人|人[^,]{0,2}敲门"
)
"""What may be, and who lives next door."""
_ARRIVED = compiled("搬来|接来|住进来|抱回|添了?个?")
"""Who came last month is there now."""
_FETCHED = compiled("把我[^,]{0,3}(?:接|带|弄|叫|领|拽|请)[^,]{0,4}$")
"""儿子把我接来: who did so is told, not who lives there."""
TOTAL = compiled("一共|总共|拢共|合着|统共|加起来|共|连|全家|算上|加上|加|全算|满打满算|合起来|凑")
ALL_TOGETHER = compiled("[一总拢统]共|[加合]起来|合着|满打满算")
ADDING = compiled("加|同埋|还有|另外|再|算上|带[着个了起上]?$|带|[,，]?(?:也|又)?有")
LINKED = compiled("和|跟|与|同|以及")
JOINED = compiled("(?:[和跟与同带]着?|加上?|以及|同埋|外[搭带饶])$")
RECOUNTED = compiled(
    "[哦噢喔哎]|嗯|刨|扣掉|减掉|除掉|所以|等会|等等|等下|不止|不对|错|忘|漏|数数|准数|应该|咦|重了|多[算数报]|少[算数报]"
)
"""Said between two totals of which the second is right."""
_STILL = compiled("[,，](?:[他她]们?)?(?:都|全|也都?|已经|又?走了)+")
SHARING = compiled("一人一[屋间户]|[合群拼同]租|合住|公寓|宿舍|寝室|一间屋")
ANEW = compiled(
    "现在|眼下|如今|目前|这会|这阵子?|这段时间|实际|其实|真住|真正|变成?|这边|剩|余$|只有?|光|(?<!再)就(?!是|算)"
)
NOW = compiled("现在|眼下|如今|目前|这会|这阵|这段|实际|其实|真住|真正|变|剩|余$|这边")
_DENIED = compiled(
    r"(?:不是|没有?|没得|无|不跟|没跟|不和|没和|不带|没带|没有?别的|没一|不到|没到|不够|没(?:有)?[要生]|[没未](?:有)?[娶讨找][上着到]?|不止|[听写记看]成|当成)(?:我|他|她)?$"
)
_LIVES_APART = (
    "住(?:在|到)?(?!一[起块]|同|这|我|咱|俺|家|[东西南北]屋|[里外]屋|[主次客]|楼|隔壁|对门|对面|地下|平房|大|小)"
    "[^,我俺咱这住跟和一二两三四五六七八九十]{2,3}(?:那边|那头|那儿|那块|区|县)?(?=$|,)"
)
"""闺女住通州."""
AWAY = compiled(
    "指望?不[上着]|没(?:得|的|有)早|[一二三四五六七八九十前去今]年没的|跟我离|不要我|去[^,]{1,4}家(?=[看带住了,]|$)|没有?一个|靠不[住上着]|走了(?![一二两三四五六俩仨](?:[个口人,]|$))|走得早|不在(?!少)|去世|没了|过世|离世|病故|牺牲|搬(?:走|出|离|去|到)|住(?:校|院|养老院|学校|医院|宿舍|外|单位)|嫁(?!过来)|"
    "单过|另过|不跟.{1,3}(?:住|过)|在[^,]{1,4}安家|在(?!家|我|咱|这|一[起块]|同?一[个口]?[屋院锅灶]|屋|身边|旁|北京|呢|睡|做|吃|看|洗|忙|[^,]{1,6}(?:上班|工作|教|当))[^,]{2}|另住|分[家出]|出差|出海|跑(?:车|船|长途|运输)|打工|当兵|出国|出去|离了|离婚|判给|归(?=[他她前]|$)|驻外|不住|不回来|外派|援[疆藏外建非]|支教|驻[村守]|分居|另立门户|飞|进养老院|寄宿|坐月子去|"
    "跟着?我?(?:[大二三][哥姐]|[哥弟姐妹]|老[大二三四])[过住]?(?=$|,)|(?:上|念|读)(?:大学|研)|在(?:国外|外|美国|日本|老家|乡下|部队|大学|学校(?!上班|教)|医院(?!上班|工作|当))|"
    "(?<!刚)回(?:老家|娘家|乡|去)|去[^,，]{1,6}了|上[^,，]{1,5}家去"
    "|(?:一?个?(?:礼拜|星期|周|月)|礼拜[天日一二三四五六]|周[末日一二三四五六]|天天|每[天周月]|隔三[差岔]五|有时候?|偶尔|时不时|逢年过节|没事)"
    "[^,]{0,3}(?:来|回)(?:一?[回趟次]|瞅|看|送|瞧|做|陪)|来[瞅瞧看](?:我|看)"
    f"|{_LIVES_APART}"
)
ONE_OF_THEM = compiled("我?(?:们)?(?:一个人?|一人|俩|两个人?)(?![住过]|在家|了?$)")
WHO_IS_LEFT = compiled("我(?:自己)?(?:[跟和与带]|们|俩|一个人?[住过在]|一个人?$|[住过在]|$)")
_TELLING = compiled("阳了|阳性|确诊|发烧|咳嗽|感冒|没出嫁|上班去|照顾我|来电话|电话")
"""What is told of somebody who has been counted, or need not be."""
_PURPOSE = compiled("(?:帮[着我忙]?(?:带|看|照顾)|来(?:带|看|照顾)|照顾|伺候|护理|[给喂陪]我?)$")
"""丈母娘来帮着带孩子 is no list of people."""
LINKS = compiled(
    "[一二三四五六七八九十]+岁|[二三四五六七八九]?十[一二三四五六七八九]?(?=,)|[今虚]年|[虚周]岁|(?:[双单]人|上下?|下|沙发|大|小)?[床铺]上?[睡躺]?|(?:[那这]个?)?(?:还?没|未|刚)[^,]{1,5}的|[跟和与同带着了起还有加上再另外就是我们咱的个一,，家里住在也都及呀啊吧呢嘛只剩光现眼下这会]"
)
MOST_UNLINKED = 3
"""Characters between two people that make no list of them."""
_BEFORE_TOTAL = compiled(
    "(?:[我俺咱]们?|家|里|屋|头|这儿?|一共|[总拢统]共|共|现在|眼下|如今|全|都|就|只|有|是|住着?了?|加上?|算上?|连|也|还|嗯|哦|那|的|"
    "加起来|合起来|合着|所以人|大小|老少|一起|一块|保姆|哎|对|总)*"
)
_AFTER_TOTAL = compiled("[吧啊呢嘛呀了哦嘞的人呗住一起块着]*")
CLAUSES = compiled("[,，。;；?？!！]")


def number_in(words: str) -> int:
    digits = re.sub("[口个名人子位条张嘴]+$", "", words)
    repeated = digits[0] if digits and set(digits) == {digits[0]} else digits  # 三三三个人
    return whole_number(repeated) or 0


def is_absent(match: re.Match[str], between: str) -> bool:
    """Denied (没孩子), away (老公出差了), only to be cared for (帮着带孩子), or spoken to (老伴你接)."""
    if _DENIED.search(between) or _is_cared_for(match, between):
        return True
    if match["kin"] and match.string.startswith(("你", "您"), match.end()):
        return True
    owners = {match[name] for name in ("family_of", "couple_of", "bond_of") if match[name]}
    if not (match["kin"] or match["n"] or match["parents"] or match["relatives"] or owners - {"我", "我们"}):
        return False
    rest = _told_of(match)
    before = between.rpartition(",")[2]
    if AWAY.search(before) and not re.search("就|剩|只", before):
        return True  # 孙子在海淀跟他妈
    if _BRINGING.search(before) and _APART.match(rest):
        return False  # 我带着孩子单过
    away = AWAY.search(rest) or _TELLING.search(rest)
    return away is not None and not re.search("就|剩|只|我(?!儿|家)|[没不]$", rest[: away.start()])


def is_with_them(between: str, rest: str) -> bool:
    """跟三个人合租: three besides the speaker."""
    return between in ("和", "跟", "与") and _LIVES_WITH.match(rest) is not None


_LIVES_WITH = compiled("一[起块]|合|同住|住")


def is_one_of_all(match: re.Match[str], between: str) -> bool:
    """四口，算上孩子: one of a number that was said before, where no other follows."""
    if not (match["kin"] or match["n"] or match["parents"]) or _INCLUDED.fullmatch(between) is None:
        return False
    return _NUMBER.search(match.string, match.end()) is None


def is_told_of(match: re.Match[str]) -> bool:
    """我们五口人，老爷子腿疼: somebody of a family that was counted, of whom something is told. Who 也住
    may be another."""
    if not match["kin"]:
        return False
    before = match.string[: match.start()].rpartition(",")
    rest = CLAUSES.split(match.string[match.end() :], maxsplit=1)[0]
    is_family = _OUR_FAMILY.search(before[0]) is not None and before[2] in _OURS_BEFORE
    return is_family and len(rest) > 1 and _LIVES_HERE.search(rest) is None


def without_theirs(text: str) -> str:
    """她家八口，我们家才三口: without the family that ours is compared with; nor that of which ours
    is a part (六个人，跟大哥没分家)."""
    text = _UNDIVIDED.sub("", text) if "没分家" in text else text
    return _THEIRS.sub("", text) if _OURS.search(text) else text


_UNDIVIDED = compiled(f"(?<=[口个人]),?(?:我们?)?[跟和与同](?:我的?)?(?:{KINSHIP})+[^,]{{0,3}}没分家")

_THEIRS = compiled(
    f"(?:^|(?<=,))(?:我?(?:{KINSHIP})|[他她]|人家|别人|邻居|隔壁|对门)们?家?(?:里)?(?:有|是|都)?{NUMBER}口人?[啊呀呢]?,"
    f"(?=(?:我们?|咱们?)家)"
)
_OURS = compiled(f"(?:我们?|咱们?)家(?:里)?(?:可|倒|也)*(?:才|就|只有?){NUMBER}口人?[啊呀呢]?$")
_OURS_BEFORE = ("", "我", "我家", "我们家", "家里")
_OUR_FAMILY = compiled(f"我们(?:家)?(?P<n>{NUMBER})口人?$")
_LIVES_HERE = compiled("住|也|一[起块]|跟|和|同|过来|来了|加|还有|算|带")
_INCLUDED = compiled(",?(?:都|全)?(?:连|连带|算上|包括|含)(?:了|着)?")
_NUMBER = compiled(NUMBER)


def _is_cared_for(match: re.Match[str], between: str) -> bool:
    if match["companion"] or match["together_of"] == "我" or not _PURPOSE.search(between):
        return False  # 我陪着她; 闺女陪我俩
    return _LIVES.match(match.string, match.end()) is None


def is_one_of_the_absent(match: re.Match[str], between: str) -> bool:
    """俩孩子都单过，一个在通州一个在大兴: where one of those lives who are away."""
    is_one = match["total"] is not None and number_in(match["total"]) == 1
    after = match.end() + match.string.startswith(",", match.end())
    return is_one and _OF_THEM.fullmatch(between) is not None and AWAY.match(match.string, after) is not None


_OF_THEM = compiled(f",?(?:现在|[都全])*(?:{AWAY.pattern})?[了的]?,?")


def is_whom_they_went_to(match: re.Match[str], between: str) -> bool:
    """我爸妈跟着我哥: whom those who are away live with is not here either, unless that is 跟我们."""
    return between in ("跟", "跟着") and not match[0].startswith(("我们", "我俩", "我仨"))


_BRINGING = compiled("(?:带|拉扯|养)着?[一个]*$")
_LIVES = compiled("(?:一起|一块)?(?:住(?!院|几天|两天)|过日子)")
"""我陪我奶奶住."""
_APART = compiled("[单另]过")


def _told_of(match: re.Match[str]) -> str:
    """The rest of the clause, with the next where that goes on about the same: 俩儿子，都不在身边."""
    rest, *others = CLAUSES.split(match.string[match.end() :], maxsplit=2)
    before = CLAUSES.split(match.string[: match.start()])[-1]
    follows = others and _STILL.match("," + others[0]) and not re.search("我[跟和]", before)
    return rest + others[0] if follows else rest


def is_alone(match: re.Match[str]) -> bool:
    """Whether the clause says nothing but the number: 四个, 一共四个, 家里就三个人."""
    before = CLAUSES.split(match.string[: match.start()])[-1]
    after = CLAUSES.split(match.string[match.end() :], maxsplit=1)[0]
    return _BEFORE_TOTAL.fullmatch(before) is not None and _AFTER_TOTAL.fullmatch(after) is not None


def is_possessive(match: re.Match[str]) -> bool:
    """The 我 of 我爱人 names nobody, nor the 姐 of 我姐的闺女 or the 房东 of 房东大爷."""
    if match["me"] == "我":
        return _OWN.match(match.string, match.end()) is not None
    if match["kin"] in _SERVANTS and _SAME_PERSON.match(match.string, match.end()):
        return True
    return match["kin"] is not None and _KIN_OF_KIN.match(match.string, match.end()) is not None


_SERVANTS = frozenset(SERVANTS.split("|"))
_OWN = compiled(f"(?:的|家)?(?:{KINSHIP}|爸|妈|父|母|奶|儿|爷|嫂)")
_KIN_OF_KIN = compiled(f"的[一那两俩三]?个?[大小老]?(?:{KINSHIP})")
_SAME_PERSON = compiled(f"[大老小]?(?:{KINSHIP})")


def present(text: str, *, is_usual_kept: bool = False) -> str:
    """Without the clauses that tell how it was, may be, or is next door: 以前三口，现在就我们老两口."""
    return ",".join(
        clause
        for clause in CLAUSES.split(text)
        if (_ARRIVED.search(clause) and not _FETCHED.search(clause))
        or not (
            _FETCHED.search(clause)
            or _FORMER.search(clause)
            or _ELSEWHERE.search(clause)
            or _VISITING.search(clause)
            or (_USUAL.search(clause) and not is_usual_kept)
        )
    )


def implies_me(text: str) -> bool:
    """跟儿子住, 带俩孩子: somebody does so, and who else; or 我女朋友还有她闺蜜."""
    return ("我" in text and _LIST_OF_OURS.fullmatch(text) is not None) or (
        re.search(
            "(?:^|,)(?:就|现在|我|一直|平时|同住的?有?)*(?:跟|和|带|与|同(?!学|事|屋|志))|同住的|陪我?[着呢住]?$|[跟和]我住|除.{0,2}我|^,?还有"
            "|(?<![他她子女儿孙弟])(?:老婆|老公|媳妇|老伴|爱人)(?!的|家)",
            text,
        )
        is not None
    )


_SOMEBODY = f"(?:爸爸?妈妈?|父母|哥嫂|爷奶|{KINSHIP})"
_LIST_OF_OURS = compiled(
    rf"(?=.*我{_SOMEBODY})(?>(?:我|[她他]|我家)?(?:[一两二三四俩仨]个?)?{_SOMEBODY}(?:,|还有|再加上?|加上?|和|跟|与)*){{2,}}+(?:齐了|就这[些样]|完了)?"
)
"""Two relatives or more, nothing else; the 我 before one is the speaker, or whose they are, who counts."""


def leaves_one(text: str) -> bool:
    """Whether somebody asks how many can be left, or says that he is; all others were said to be away."""
    return _ASKS_HOW_MANY.search(text) is not None or _LEFT_ALONE.search(text) is not None


_ASKS_HOW_MANY = compiled("(?:你说|您说|你算|您算|你想|您想|还能有?|还有|能有)[^,没]{0,3}几[口个]")
_LEFT_ALONE = compiled("[剩就]我|我自[个己]|我一个")
"""剩我看家."""


def not_yet_named(before: str) -> int:
    """Of 我闺女生了个儿子，他们两口子 one was named before, of 儿子、儿媳妇，他们两口子 both."""
    is_child_named = re.search(CHILDREN, before) is not None
    is_partner_named = re.search(PARTNERS, before) is not None
    return 2 - is_child_named - is_partner_named
