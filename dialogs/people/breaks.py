"""Where a clause about people ends whose comma was not written: 妈妈和我两个女生, 炕上仨地下俩. Pure.

Recognisers write no punctuation, and what is put back (``dialogs.language.wording``) is not always where it
was. A comma is put only where a new statement begins whatever was meant, or where numbers leave no other
reading: a couple is not five, and one child is not three.
"""

from __future__ import annotations

import re

from campaign.patterns import compiled
from dialogs.people.terms import KINSHIP, LIKE_ME, NUMBER, PAIR, PET

_COUNTS = compiled("[一二三四五六七八九十两俩仨]|还有我|[跟和带](?:孩子|娃)[他她]")
"""Cheap test before the dear ones."""
_LAST = f"(?=(?:合着|一共|总共)?(?:{NUMBER}(?:口人?|口子|个人|个|人|位)|[俩仨])(?:$|,|合?住))"
"""Before a number of people that is all that follows."""
_YOUNG = "小孩子?|孩子|娃娃|娃儿|娃|细伢子?|伢子?|小朋友"
_OLD = "成年人|大人|老人"
_ONE = f"{_YOUNG}|{_OLD}|儿子|闺女|女儿|孙子|孙女|学生|保姆|老头|老太太"
_AWAY = "不在|没在|不住|不跟|搬|出差|住校|在外|当兵|在部队|打工去"
_MARRIED = "先生|老公|丈夫|爱人|媳妇|老婆|妻子"
_BUSY = "(?:都|全|还|正|这会儿?|现在)*(?:在?上班|上学|单过|出去|在学校|成家|结婚|嫁|睡)"
"""What children do who are not counted: 我和老伴两个孩子在上班."""
_PARENT, _GONE = "(?:爸|妈|爹|娘)", "没了|走了"
_EACH_OF_TWO = compiled("一个[^,一]{1,4}了(?=一个[跟在住])|[一二两三]个(?=我一个(?:,|$))")
"""一个嫁了一个跟我们住; 保姆一个我一个."""
_TWO_BY_NAME = compiled(rf"一个,?我,?一个,?(?P<who>我?(?:{KINSHIP}))")
"""一个我一个保姆, wherever a comma got into it."""

_ENDS = compiled(
    rf"""
      # what begins anew whatever stands before it: 如今就我一个, 中间夹着我们俩, 隔壁三个
      (?=[现如下中一问隔邻对])(?<=[^,])
        (?=[现如]今就|下有[一二两俩三]|中间(?:就|只|还)?(?:夹|我们)|一个[灶锅屋院][里上头]?[吃住]|问这个
            |(?:隔壁|邻居|对门)[^,的]?{NUMBER}[口个])
      # remarks before and after a total: 人可多了十口, 俩没别人, 仨我媳妇孩子, 我独个儿今早
    | ^(?:没外人|没[添增]没减)|^人[可不挺]?[多少]了|您客气
    | [俩仨](?:(?<=^.)|(?<=[,就].))(?=没(?:了|[别旁外其]|生病)|大眼瞪|我(?:是[他她这]|天天|今[天早]))
    | [口个人位俩仨](?=问这|[哦噢喔]{NUMBER}[口个位])|^喂(?=(?:家里)?{NUMBER}[口个位人])
    | {NUMBER}(?:口人?|个人?)(?=(?:今年|现在|如今|眼下|目前|这会儿?)[就只]?(?:剩|有|是)?{NUMBER}[口个])
    | [口个人位](?=(?:大人小孩|大人孩子|老人小孩|老人孩子|老的小的|大的小的)[都全]|[算连]上?(?:{_YOUNG})$)
    | ^[俩仨](?=我[^们]|新婚|刚结婚|刚成家|没有?[第别])
    | 独个儿?(?=今|昨|刚|体温|现在)|.(?=(?:齐了|就这[些样几]个?)$)
    | [俩两个口位](?=(?:{_YOUNG}|小囡)还?没[要生]|男{NUMBER}女{NUMBER})|不算他们(?={NUMBER}口)
      # place by place, house by house, with their ages: 炕上仨地下俩, 大伯家仨叔叔家俩, 太奶奶九十六往下数
    | [上下里外间头][俩仨](?=[地床炕里外楼上下][^,]?[俩仨])
    | 家(?:里|连我们?|有|就)?{NUMBER}[口个]?人?(?=[^,一二三四五六七八九十在回]{{1,4}}家|[住挤]一)
    | [六七八九]十[一二三四五六七八九]?(?=往下|我|{KINSHIP})
      # a number, before who is there but once, and before what is said of them: 二位家母与我, 七口老人多
    | ^(?:[二两三四五六][位个口]人?|[俩仨])
        (?=(?:家[父母]|我[爸妈爹娘]|老伴|爱人|老公(?!公)|先生)[^,]{{0,6}}[跟和与还我])
    | ^[二两三四五六七八九十]+(?:口人?|个人)(?=(?:{_OLD}|{_YOUNG})(?:多|少|小|挺多|都小))
    | 住的{NUMBER}个(?=(?:亲戚|朋友|客人)[^,]{{0,6}}(?:不算|不住))
    | [两三四五六七八九]个(?=(?:月嫂|保姆|护工|阿姨)也)
    | {NUMBER}(?:口人?|口子|个人|个|人|位)(?=[男女]的[就只]我)|(?<=爷们)儿?[俩仨](?=[男女]的[就只]我)
    | 我[跟和与]我?(?:们家)?(?:{KINSHIP})儿?(?:两个|俩)(?=(?:{_YOUNG}|儿子|闺女|女儿){_BUSY})
    | 过(?=离了|离婚)
      # those who are named, before those who are not there: 还有我爸妈不在这边, 俩孩子他爸在外地
    | 还有我(?=(?:父母|(?:{KINSHIP}){{1,2}}+)(?:他们|俩|都)*(?:{_AWAY}))
    | 带着?(?:[俩两三四]个?|个|着)(?:{_YOUNG}|闺女|儿子|女儿)(?=(?:{_MARRIED})[^,]{{0,3}}(?:{_AWAY}|{_GONE}))
    | [俩两三四]个?(?:{_YOUNG}|闺女|儿子|女儿)(?=(?:孩子|娃)?[他她]?{_PARENT}[^,]{{0,3}}(?:{_AWAY}|{_GONE}))
    | [跟和带](?:孩子|娃)(?=[他她]{_PARENT}(?:{_AWAY}|{_GONE}))
    | (?:{PAIR})(?:两个|俩|三个|仨)(?=孩子[他她]?{_PARENT})
      # those who are named, before what they are called together: 我带我爷爷爷俩过, 我和我弟两个光棍
    | 我[跟和与带同]我?(?:{KINSHIP})(?=(?:{PAIR})儿?[俩仨])
    | [跟和与](?:,?我?(?:{KINSHIP})子?){{1,3}}+(?=(?:{NUMBER}[个位]|[俩仨])[个位]?(?:{LIKE_ME}|[男女]生))
      # what the last number can't count: 我们夫妻五个, 带个娃仨, 还有老娘八口, 刚出差了四个
    | (?:[两小]?夫妻俩?+|两口子|老两口|(?<!,)我们?俩)(?![两俩二]){_LAST}
    | (?:[跟和][他她]俩过|[添生抱]了?个?(?:{_YOUNG})|[个位](?:{_ONE})){_LAST}
    | (?:算上|加上|连上?|还有)我?(?:小的|老的|大的|[他她]|(?!兄弟|姐妹|姊妹){KINSHIP})(?=[^两俩二一]){_LAST}
    | 了(?<![走来去添多少生死住养有加阳倒病算重错漏剩得,]了){_LAST}
    """,
    re.VERBOSE,
)
"""What ends a clause, with what follows it."""
_ONE_HAS_LEFT = compiled(rf"(?:{KINSHIP})(?:参军|出嫁|当兵|上学|打工|出门|搬|结婚|嫁人){{0,2}}走了{_LAST}")
"""老大参军走了三个."""
_KINDS = f"{_OLD}|{_YOUNG}|老的|小的|大的|中间|男的|女的|儿子|女儿|闺女|孙子|孙女|徒弟|学徒"
_BY_KIND = compiled(
    rf"(?:^|,|(?<=我们)|(?<=[家里有就是]))(?:(?:{_KINDS}),?(?:{NUMBER})[个位名]?,?){{2,}}(?=$|,)"
)
_KIND_AND_NUMBER = compiled(f"(?P<kind>{_KINDS}),?(?P<n>{NUMBER}[个位名]?),?")
"""大人四个细伢子两个."""
_THEN_BY_KIND = compiled(f"(?P<first>{NUMBER}个?(?:{_KINDS}))(?P<kind>{_YOUNG}),?(?P<n>{NUMBER}个?)(?=$|,)")
"""四个成年人娃娃两个."""
_EACH_ONE = compiled("[^,没不一二两三四五六七八九十俩仨跟和]{1,5}?(?:算|是|有)?[一二两三四五]个")
_ONE_BY_ONE = compiled(rf"(?P<where>我?(?:这|那)?[家屋]里头?)?(?P<all>(?:{_EACH_ONE.pattern}){{2,}})")
_THE_SPEAKER = compiled("(?:我|自己|本人),?(?:算|是)?一个")
_NO_BREAK = compiled(
    rf"(?<=[俩仨两]),(?=(?:{PET}),)|(?<=名),(?=(?:{KINSHIP})[与和跟]我{NUMBER})"
    rf"|(?<=不算),(?=他们)|(?<=个我),(?=一个(?:,|$))|(?<=了一个),(?=[跟在住])"
    rf"|(?<=了,一个),(?=[跟在住])|(?<=没一个),(?=[跟和在住])|(?<=[个口人位],走了),(?={NUMBER}[个口位])"
    rf"|(?<=[两三]个),(?=(?:{_YOUNG})(?:$|,还有))"
    rf"|(?<=^[二两三四五六俩仨]个),(?=(?:{_YOUNG}|{_OLD}),)|(?<=[租住]的),(?=[一总]共{NUMBER})|(?<=口),(?=住这)"
)
"""Commas that tear a number from what it counts: 仨人,俩,狗,狗不算."""
_HOME = (
    rf"(?:我们?|咱们?)?(?:(?:我?家里?|屋里|全家|一家)(?:一共|就|总共)?{NUMBER}(?:口人?|个人)"
    rf"|{NUMBER}口人?[都全也]|{NUMBER}个[^,]{{1,4}}合住|(?:{PAIR})儿?[俩仨]住)"
)
_IN_PASSING = compiled(
    rf"没有(?={_HOME})|^[他她]的?(?:{KINSHIP})(?=一家{NUMBER}口,?(?:都?住|都在))|[一二三四五六七八九两]个(?=半个月)"
)
"""没有家里五口人; 她女婿一家七口住这儿, said of the speaker."""


def with_breaks(text: str) -> str:
    """The words with a comma wherever a clause about people must end."""
    if not _COUNTS.search(text):
        return text
    text = _OLD_AND_YOUNG.sub(r"\g<where>", broken_in_passing(_said_once(text)))
    text = _BY_KIND.sub(lambda run: _KIND_AND_NUMBER.sub(r"\g<kind>\g<n>,", run[0]).rstrip(","), text)
    text = _THEN_BY_KIND.sub(r"\g<first>,\g<kind>\g<n>", text)
    if _THE_SPEAKER.search(text):
        text = _each_apart(text)
    if "一个" in text:
        text = _TWO_BY_NAME.sub(r"一个我,一个\g<who>", _EACH_OF_TWO.sub(r"\g<0>,", text))
    if "走了" in text:
        text = _ONE_HAS_LEFT.sub(r"\g<0>,", text)
    return _ENDS.sub(r"\g<0>,", text).replace(",,", ",")


_OLD_AND_YOUNG = compiled(
    "^(?P<where>(?:我们?|咱|俺)?(?:家里?|屋里|全家|一家)?(?:现在|一共|就|有|里)?)"
    "(?:大人小孩|大人孩子|老人小孩|老人孩子|老的小的|大的小的|男女老少|老老少少|老老小小|大大小小|老少)"
    rf"(?:一共|总共|加一?起|加起来|加一块儿?|都算上|全算上|,)?(?={NUMBER}(?:口|个|位)(?![^,]*{NUMBER}))"
)
"""大人小孩三个 are three."""
_TWICE = compiled("(?P<once>.{4,12}),?(?P=once)")


def _said_once(text: str) -> str:
    """一大一小,一大一小 counts once."""
    twice = _TWICE.fullmatch(text)
    return twice["once"].rstrip(",") if twice else text


def broken_in_passing(text: str) -> str:
    """The words with a comma before what an answer to another question tells of the household."""
    if not _COUNTS.search(text):
        return text
    return _IN_PASSING.sub(r"\g<0>,", _NO_BREAK.sub("", text))


def _each_apart(text: str) -> str:
    """老公一个崽两个自己一个, whatever commas it has."""
    run = _ONE_BY_ONE.fullmatch(text.replace(",", ""))
    if run is None:
        return text
    where = f"{run['where']}," if run["where"] else ""
    return where + _EACH_ONE.sub(r"\g<0>,", run["all"]).rstrip(",")
