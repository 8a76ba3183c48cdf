"""What a place in an answer is to the resident, from the words around it. Pure.

Those where the resident has been count: not 没去西安, 本来要去上海, 国庆去的青岛, 我儿子在深圳, 离郑州不远,
在石家庄倒的车.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from campaign.patterns import any_of, compiled
from dialogs.entities.dates import dates, long_ago
from dialogs.entities.places import Place
from dialogs.language.grammar import KIN
from dialogs.language.numerals import whole_number
from dialogs.slots.journeys.when_after import when_after
from dialogs.slots.place.only_talked_of import is_only_talked_of

_RECENT_DAYS = 14
"""Journeys that ended longer ago are not asked for."""


class Role(IntEnum):
    """What a place is to the resident, from what was surely visited to what surely was not."""

    BEEN = 0
    ASKED_BACK = 1
    """嘉兴知道吧？"""
    NEAR = 2
    """离郑州不远, 在石家庄倒的车, 老家是四川: told beside the place itself."""
    OF_OTHERS = 3
    NOT_BEEN = 4
    """Denied, planned, or too long ago."""


@dataclass(frozen=True)
class SaidPlace:
    """A place with the words around it."""

    place: Place
    name: str
    """As it was said."""
    start: int
    end: int
    before: str
    """In the clause."""
    after: str
    """In the clause."""
    previous: str
    """The clause before."""
    following: str
    """The clause after, with the break that begins it."""
    confidence: float = 1.0
    rest: str = ""
    """What comes after that clause."""

    @property
    def clause(self) -> str:
        return f"{self.before}{self.after}"


# --- roles ----------------------------------------------------------------------------------------------

_MANY_KIN = any_of(kin for kin in KIN if len(kin) > 1)
SOMEBODY = (
    f"{_MANY_KIN}|我家?[爸妈爹娘哥姐弟妹姨姑舅叔儿](?!家)|(?<!其)[他她](?:们|家)?(?!娘家|老家|那)|人家|有(?:个|的)?人|别人|邻居|同事|同学|同屋|室友|"
    "朋友|房东|口子|当家的|[大二三四小老][爸妈叔伯舅姑姨哥姐弟妹嫂]|客户|客人|顾客|游客|乘客|老表|出纳|会计|徒弟|师[哥兄姐弟妹](?!傅)|学生|研究生|姐妹|战友|老乡|小[王李张刘陈赵孙周吴]|(?<!跟)领导(?!派|叫|让|带|安排|点名|批)|老板(?!派|叫|让|带|安排|点名|批)|男友|女友|男朋友|女朋友|驴友|战友|网友|[阿我][弟妹崽]|爸妈|爹妈|父母|爷娘|楼[上下](?:那)?(?:家|个|户)|(?<![小大])老[王李张刘陈赵孙周吴杨](?=[倒可刚就从去回出上到在是])|对门|快递|派老.|派小.|货是"
    "|(?:大|小)(?:叔|姑|舅|姨|伯)子|表[叔舅姨姑侄嫂]|堂[哥弟姐妹叔侄嫂]|[姑姨]父|[姑姨]夫|亲家|妯娌|连襟"
)
_OTHERS = compiled(
    rf"(?<![跟和陪同带与给替接送看望找帮被把])(?<!我们)(?<!我们老)(?<!跟我)(?<!和我)(?<!陪我)(?<!带我)(?:{SOMEBODY})"
    "(?!.*我|聚会|婚礼|葬礼|追悼会|的?[^,]{0,2}[坟墓])"
)
_COMPANION = compiled(
    rf"(?:(?<!阿)拉|[跟和陪同带与给替接送看找帮把被载领])着?了?我?们?(?:[一两几]?[个位]|[一两]|宿舍|单位|学校)?老?(?:{SOMEBODY})"
)
_DENIED_BEFORE = compiled(
    r"(?:没(?!有)|别|不)(?:能|敢|想|准|让|得)?(?:去|到|回|上|往|进|过|在|归|属于?)[过成了]?$"
    r"|差一?[点步](?:儿)?[就都]?[^没]{0,3}(?:去|到|上|飞|走成?)[成了]{0,2}$"
    r"|(?:[听写说念记看当报打搞弄]错?成了?|票(?:[买订]的)(?:[到去]|是)*)$"
    r"|(?:不是|[弗勿唔]是|非|没有?|哪(?:能|里|儿)?是|怎么(?:会|能|可能)?是|谁说(?:是|去了?)?|以为我?(?:是)?(?:去的?了?|回)?)$"
    r"|(?:没|不是|别|甭|可没|又没)(?:说|讲|提|报)(?:是|去|的是)?$"
    r"|不是[^,;]{2,4}的?那个$|(?:咋|怎么|怎)(?:又|就|会|给)?(?:成|变成?|整成?|弄成?|听成?|写成?|记成?|说成?)了?$"
)
_NOT_THERE_BEFORE = compiled(r"(?<![是要可])不是(?:我们?)?(?:去|到|上|回|往|飞|从|打|在)的?$")
_NOT_THERE_AFTER = compiled(r"(?:那[边儿]?|省|市|回来?|[的啊呀哈呢哦])*")
"""不是去石家庄，是去张家口; but not 不是去石家庄了嘛, nor 不是去石家庄出差，是去旅游."""
_NOT_SUCH, _BUT_SUCH = compiled("(?<![可要])不是[^,;是去回到]{1,6}的$"), compiled("[省市]?[,;]?也?不?是")
"""不是吃火锅的重庆，是隔壁成都."""
_DENIED_AFTER = compiled(
    r"^(?:那边|那|那儿)?(?:我们?)?[可也都倒就压根是]*没(?:有|敢|能|顾上|让)?(?:去|上|敢|成)"
    r"|(?:没去成|没走成|取消了)|[说弄搞记分听看]混|[去到]得了|去不[了起成]|^(?:那)?[更也都可]?(?:不是|不对|错了)$|^[那可]?太远"
)
_DROPPED_NEXT = compiled(
    r"^[,;](?:后头|后来|最后|结果|临了|临时)?[又都就可也给全]*"
    r"(?:我?[可也都就]*没去(?:成?(?:$|,)|什么|哪)|没有(?=$|,|哪)|没走|没成|没动身|没轮|取消|单位不批|不批|退|改去|我?[给就]*(?:推|辞|回绝|婉拒|拒绝)了|(?:机?票|团|车票|项目)[^,]{0,3}(?:退|取消|黄))"
)
_PLANNED = compiled(
    r"(?:本来|原来|原定|原想|原先|本想|打算|准备|计划|原说|过些日子|过阵子|过一阵|原订|原拟|本拟|拟(?=去|赴|回|到)|想回|想去|想上|先说(?!好(?!是?[去回到]))|才[去回赴](?![的了过趟])|正要|马上|这就|"
    r"下个?(?:礼拜|星期|周|月)|明[天日]|后[天日]|过两天|过几天|年后|回头)(?!.*(?:改|临时))"
)
_ONLY_TOLD = compiled(r"说(?:是|好|要)?去$|说是$")
_BUT_ACTUALLY = compiled(r"其实|没去|没走|改|实际|结果,?[去到奔]的|[最后]后|没站脚|[只就才]到了?|我去的?是")
"""说是去云南，其实没出昆明."""
_INTENDED = compiled(
    r"(?:[要叫喊让派约邀请]|安排|通知|动员)我们?[^,]{0,3}[去到跑上回飞]$|(?:单位|公司|领导|厂里|老板)(?:要|让|派|安排)[去到跑上回飞]$"
    r"|(?:说|讲|约|商量|谈|定|订|计划)(?:好|定|妥)(?:了|的)?(?:要|是|一起)?[去到跑上回飞赴]$"
)
_FELL_THROUGH = compiled(
    r"没(?:肯|应|答应|同意|走|回|动|成|批|敢|空|舍得|去(?!多|几))|[未没]能|终未|不[让批许准]|黄[了掉]|泡汤|取消"
    r"|换了?(?:别人|旁人|他|她|同事|小)|跟(?:别人|旁人|他|她|同事|小)[^,;]{0,2}[换调]了?(?=$|[,;])|[推辞回拒]了|谢绝|婉拒|拒绝|推掉|延期|改期|轮不|走不开|去不"
)
_WENT_AFTER_ALL = compiled(r"(?:还是|后来|最后|到底|硬是|照样|就|又)(?:还是)?[去走回]了")
"""老板叫我跑厦门，我没肯去; 说好回武汉的，我妈不让; but not 老板不批，我还是去了."""
_NOT_MADE = compiled("(?:我|本来)?没(?:去成|走成|到成|去得成)")
_WENT_ELSEWHERE = compiled("[,;][^没不]*[在去到]")
"""没去成,太原,在大同下的车, as breaks are told in what is heard."""
_HOMETOWN = compiled("老家(?:就?[是在])?$")
_NOT_RETURNED = compiled("[没未][^,去回]{0,2}[回去]|[回去]不")
_RETURNED = compiled("(?<![没未不])回(?:的|了|来)")
"""老家衢州，可我没回."""
_ALL_BUT = compiled(r"除了$")
"""除了宁波没去别的地方."""
_ASKED_AND_DENIED = compiled(r"^\?[^,]{0,3}(?:没|不|哪|咋会|怎么会)")
_FOR_YEARS = compiled("年[都也]?没(?:去|回|有|出)")
"""好几年没回了."""
_STILL_TO_COME = compiled(r"^[,;][^,]{0,6}(?:还没走|还没动身|没动身)")
_PAST = compiled(
    "(?<![晚早])上回|上次|那回|那次|早先|(?<![天拜期周])(?<!不久)(?<!不多久)以前|从前|小时候|年轻|[那当]年|国庆|十月一|军训|上学期|寒假|(?:进厂|参加工作|上学|念书|读书|当兵|毕业|结婚|年轻|小)的?(?:那会儿?|那时候?|那阵)|长假|黄金周|暑假|夏天|春节|过年|开春|春天|五一|老早|早过|去年|前年|(?:疫情|退休|开学|搬家|过年)(?:之|以)?前|高考[完后]|[入立开]秋|[入立]夏|清明|端午|中秋"
)
_LED_BACK = compiled("^(?:[是就]?在|[回去到]过|去的|回的)$")
"""五一看过孙子，在广州; 大概是春节吧，去过厦门."""
_TELLS_WHEN = compiled("那|(?:上一?|最近一|最后一)[次回趟]|[^没不]{1,5}(?:的?事儿?了?)?$")
"""国庆，爬的黄山; 上一次是春节，带老人去的海南; but not 国庆没走，去的黄山."""
_TO_WHERE = compiled("[去到回跑][过了的](?:一?[趟次回])?$")
"""就国庆去过一次, before the place."""
_THERE_AGAIN = compiled(
    "^[,;](?:今年|前两天|这[两几]天|这[次回]|昨|前天|上个?(?:周|礼拜|星期))[^,;没不]*又[去回跑][了过]?(?:一?[趟次回])?$"
)
_THIS_TIME = compiled(
    "[这今][回次趟年天]|[这前][两几]天|刚|才|昨|前[天日]|上个?(?:周|礼拜|星期)|[一二三四五六七八九十]号"
)
_PAST_NEXT = compiled(
    r"^[,;?](?:那(?:都|得|可|也|时候)*(?:是|不算|有)?|(?:不过|可是?|但是?|只是)(?:那|都|还|也)*(?:是|得))"
)
_RETURNED_THEN = compiled("^[,;][^,;]{0,8}就?回(?:北京|京|来|家)了?")
"""秋收那会儿回了趟河南，九月中就回北京了."""
_NEAR_BEFORE = compiled(r"(?:离|挨着|靠着|紧挨|靠近|到不了|比|还是)$")
_NEAR_AFTER = compiled(
    r"^(?:边上|旁边|附近|隔壁|近郊|不远|那边不远|还是|[东南西北]+[边面]|[只就也]*隔[着了个条一])"
)
_SOUNDS_LIKE = compiled(
    r"^[那这]?个?(?:念|听|读|说|写|叫|发音|名字|字)[^,]{0,4}(?:像|差不多|一样|挺?近|同音|混|一个音)|^[就只]*差[^,]{0,3}字|^不是(?:一个|一回|同一)"
)
"""安徽宿州，跟江苏苏州念着像."""
_PASS_BEFORE = compiled("[出过进]了?$")
"""出了山海关: through it."""
_HOME_BEFORE = compiled(
    r"(?:老家|户口|娘家|籍贯|公司|单位|总部|厂子?|集团)(?:就是|[是在]|本来是)$|(?<![从打自回去到在])老家$"
)
_ORIGIN_AFTER = compiled(r"^[本地]*人(?:$|[,;嘛啊])")
"""我是山东人."""
_TRANSIT_BEFORE = compiled(
    r"(?:路过|经过|途经|经停|飞机落[的在]?|落地)了?$|[备迫]降(?:在|到|了)*$|(?:飞机|航班)降(?:在|到|了)*$|(?:中途|半路|路上|半道)[^,]{0,2}[在到]?$|(?:^|[从先])经$|(?:绕|取|借)道了?$|绕过$|经由$"
)
_VEHICLE_BEFORE = compiled(r"(?:飞机|航班|火车|高铁|动车|大巴|车)是?(?:在|从|到|经)$")
_STOPS_AFTER = compiled(r"^那?(?:转|停|落|降|歇)(?!一圈)")
"""飞机在郑州转了一下; 在贵州转了一圈 is a stay."""
_LEG_BEFORE = compiled(r"(?:飞|坐[^,]{0,3}|先|开|乘[^,]{0,3}|车)到了?$|飞$")
_LEG_AFTER = compiled("^[站东西南北]?$")
_LEG_NEXT = compiled(
    r"^[,;](?:然后|接着|后来|完了|下了?[^,]{1,2})*(?:再|又|换|转|倒)(?:坐|转|换|倒|乘|打|搭|开|包)?[^,去到]{0,5}(?:车|巴|铁|船|的|乘)[^,]{0,2}(?:去|到|上|回|进)"
)
"""飞到成都，再坐车到的乐山."""
_TRANSIT_AFTER = compiled(
    r"^(?:堵了|抛锚|加了?[个回次趟]?油)|^(?:那儿?|站)?(?:压根|根本|[只就光也可是都并])*(?:路过|经过|途经|中转|经停|[倒换转](?:的|了个?|了?一?[趟次])?(?:车|机|高铁|火车|飞机|乘)|[换转]乘"
    r"|转(?:的|了|了?一下)?(?:$|[,;])|停了?(?:一会|一下|一停|一站|[一二两三几十]+(?:分|个钟|小时))|上的(?:船|车|飞机)|没(?:下车|停|站脚|出站))"
)
_STATION_AFTER = compiled(r"^[东南西北]?站?[上下](?:的|了)?(?:车|高铁|高速)")
"""南京南站下的车，去扬州."""
_SET_OUT_AFTER = compiled(r"^(?:走|上|过|绕)的?(?:高速|国道|车|飞机)")
_TRANSIT_NEXT = compiled(
    r"^[,;][在到从]那[儿边里]?[又再]?[转换倒停]|^[,;](?:到那儿?|那儿?)?(?:可|也|都)?没(?:下车|停|站脚|出站)"
)
_WENT_THERE = compiled(
    rf"我去给[他她][^,;]{{1,8}}|去看(?:{_MANY_KIN})|(?:哪有|哪能|能|敢)不去|[去到上](?:了趟)?[她他]家|[给替]我?(?:{_MANY_KIN})[送带捎]|(?:{_MANY_KIN})(?:家|那儿?)了?(?=$|[,;])|家在[^,;]{{2,6}}[,;](?:昨天?|前天|上个?(?:周|礼拜|星期)[一二三四五六日天]?|[一二三十]+号)我?[刚才]?过?去(?:的|了)|我们?(?!家?的?(?:{_MANY_KIN}|亲家|[爸妈爹娘哥姐弟妹]))(?:[^没不,]|能不){{0,6}}?(?:过去|回去|去|上)(?:了|的(?=$|[,;])|那|看|瞧|他|她|团聚|聚|照应|送|喝|随|探|伺候|照顾|陪|呀|嘛|吗|接|参加|帮|住|$)"
    r"|就[去上]的?(?:那|他|她)|(?:^|[,;])(?:就|才|刚|赶)?(?:回去|过去|去)(?:给[他她](?=搭把手|帮|送|做|看|照)|看|了|送了?|喝了?|照应|伺候|照顾|瞧|帮|陪|接|收拾|探|随|参加)|能不去"
    rf"|(?:^|[,;])[陪跟随带送接领]着?我?(?:[他她]们?|{_MANY_KIN})(?:回|去|过去|上)|(?:^|[,;])(?:给[他她][^,;]{{0,2}})?[看送接陪取找帮捎][^,;没不]{{1,5}}去(?:来|了|的)?(?=$|[,;])"
    r"|(?:^|[,;])(?:在[那他她]那?[儿里]?)?住了[一二两三四五六七八九十几半]+[天晚宿夜]"
)
_SPEAKS_FOR = compiled(
    rf"(?:^|是)[他她]的?(?:{_MANY_KIN}|[爸妈爹娘哥姐弟妹姑姨舅叔伯](?=$|[,;啊呀]))|^(?:{_MANY_KIN})[,;](?:[他她]|{_MANY_KIN})"
)
_DID_NOT_GO = compiled(
    r"我(?:自己|可|本人|们|又|倒)?[^,去]{0,3}(?:没|(?<![能敢有])不)|没派我|没我|不是我|剩我"
)
_STAYED = compiled(
    "我(?:自己|可|本人|们|又|倒|就|是)*[^,;去没不]{0,2}[没不](?:有|能|让|跟着)?[^,;]?(?:去|走|动|跟|下假|出|回|空|时间|成|赶上|轮|挪|离)|不是我|没我"
)
_ONLY_I_STAYED = compiled(
    "(?:[就只单光]有?|唯独|偏偏)我[^,去]{0,4}[没不][^,去]{0,2}(?:去|走|动|跟着|轮|赶上|报名)"
)
"""全组团建去青岛，就我请假没去."""
_THAT_WAS_OTHERS = compiled(rf"^[,;?]那是我?(?:{SOMEBODY})|^[,;?]?[^,]{{0,4}}是我?(?:{SOMEBODY})去的")
_I_WENT_INSTEAD = compiled(
    "(?:最后|结果|后来|临时|末了|临了)(?:又|却|还是|倒)?(?:把|让|叫|派|换|换成|轮到|是|变成)了?我[^,;没不]{0,4}[去上来]"
)
"""原定同事去厦门，最后把我踢过去了."""
_OTHERS_IT_WAS = compiled(
    rf"^[^,;?是]{{0,4}}的[可就倒才]?是(?!我(?:$|[,;啊呀嘛吧]|自己|本人|们?[俩仨跟和]))(?:(?:我|我们|人家)(?:家|那|单位|公司|们)*)?"
    rf"(?:{_MANY_KIN}|[爸爹]妈|父母|爹娘|爷娘|[爸妈爹娘哥姐弟妹姑姨舅叔儿](?=$|[,;啊呀嘛])|口子|当家的|[^,;我]{{0,2}}[长总](?=$|[,;啊呀])|主任|经理|书记|同事|邻居|室友|朋友|别人|人家|小[王李张刘陈赵孙周吴]|老[王李张刘陈赵孙周吴])"
)
"""去广州的是我那口子: the resident stayed."""
_MONTH = compiled(r"(?P<n>[一二三四五六七八九十]+)月(?:份|的|[^一二三四五六七八九十]|$)")


def role_of(said: SaidPlace, rest: str, today: date) -> Role:
    """``rest``: everything after the place."""
    if _is_not_been(said, rest) or _is_past(said, today):
        return Role.NOT_BEEN
    if _is_of_others(said, rest):
        return Role.OF_OTHERS
    if _is_beside_the_way(said):
        return Role.NEAR
    return Role.ASKED_BACK if said.following.startswith("?") else Role.BEEN


def _is_beside_the_way(said: SaidPlace) -> bool:
    """离郑州不远; 在石家庄倒的车; 老家是四川."""
    return bool(
        _NEAR_BEFORE.search(said.before)
        or _NEAR_AFTER.search(said.after)
        or (said.name.endswith("关") and _PASS_BEFORE.search(said.before))
        or _HOME_BEFORE.search(said.before)
        or _ORIGIN_AFTER.search(said.after)
        or (not said.before.endswith(("从", "打", "自")) and _STATION_AFTER.match(said.after))
        or (said.before.endswith("从") and _SET_OUT_AFTER.match(said.after))
        or (_SOUNDS_LIKE.match(said.after) and said.before.endswith(("跟", "和", "与", "同")))
        or _TRANSIT_BEFORE.search(said.before)
        or (_VEHICLE_BEFORE.search(said.before) and _STOPS_AFTER.match(said.after))
        or _is_first_leg(said)
        or _TRANSIT_AFTER.search(said.after)
        or _TRANSIT_NEXT.search(said.following)
    )


def _is_first_leg(said: SaidPlace) -> bool:
    """飞到成都，再坐车到的乐山: on the way."""
    return bool(
        _LEG_BEFORE.search(said.before) and _LEG_AFTER.match(said.after) and _LEG_NEXT.match(said.following)
    )


def _spells(said: SaidPlace) -> bool:
    """台湾的台: only tells which character is meant."""
    return len(said.after) > 1 and said.after.rstrip("字")[1:] in said.name and said.after.startswith("的")


def _is_denied_whole(said: SaidPlace) -> bool:
    return bool(_NOT_THERE_AFTER.fullmatch(said.after)) and not said.following.startswith("?")


def _is_not_been(said: SaidPlace, rest: str) -> bool:
    if _ALL_BUT.search(said.before) or _is_asserted(said):
        return False
    return bool(
        _spells(said)
        or _DENIED_BEFORE.search(said.before)
        or (_NOT_THERE_BEFORE.search(said.before) and _is_denied_whole(said))
        or _DENIED_AFTER.search(said.after)
        or (_NOT_SUCH.search(said.before) and _BUT_SUCH.match(rest))
        or (_PLANNED.search(said.before) and not _I_WENT_INSTEAD.search(rest))
        or (_DROPPED_NEXT.search(said.following) and not _WENT_AFTER_ALL.search(rest))
        or _STILL_TO_COME.search(said.following)
        or is_only_talked_of(said.previous, said.before, said.after, said.following, rest)
        or _FOR_YEARS.search(said.before + said.following)
        or _ASKED_AND_DENIED.search(said.following)
        or (_ONLY_TOLD.search(said.before) and _BUT_ACTUALLY.search(rest))
        or (_INTENDED.search(said.before) and _FELL_THROUGH.search(rest) and not _WENT_AFTER_ALL.search(rest))
        or (not said.before and _NOT_MADE.fullmatch(said.previous) and _WENT_ELSEWHERE.search(rest))
        or (_HOMETOWN.search(said.before) and _NOT_RETURNED.search(rest) and not _RETURNED.search(rest))
    )


def _is_asserted(said: SaidPlace) -> bool:
    """可不是锦州嘛, but not 可不是锦州，是兰州."""
    return said.before.endswith("可不是") and said.after.startswith(("嘛", "么", "吗"))


def _is_past(said: SaidPlace, today: date) -> bool:
    """国庆去过青岛; 去过上海，那是九月的事; 那得是夏天了，去的北戴河; but not 前年去过桂林，上礼拜又去了."""
    if _THERE_AGAIN.search(said.following) or is_not_back(said.following):
        return False
    told = (said.clause, _that(said.following) or when_after(said.following + said.rest))
    is_told = any(tells_of_past(words, today) for words in told) or _is_dated_before(said, today)
    return is_told or is_led_back(said.previous, said.before, today)


def _is_dated_before(said: SaidPlace, today: date) -> bool:
    """十月五号去过天津, but not 五号去的天津，昨天回来的."""
    rest = said.following + said.rest
    when = said.clause if any(dates(said.clause, today)) else when_after(rest)
    if not when or _ABOUT.search(when) or not any(dates(when, today)):
        return False
    told = (said.previous, said.clause, rest)
    days = [one.day for words in told if words for one in dates(words, today)]
    return max(days) < today - timedelta(days=_RECENT_DAYS)


_ABOUT = compiled("半个?月")


def is_not_back(text: str) -> bool:
    """上个月就回老家了，现在还没回来: whoever left long ago is away."""
    return "没" in text and _NOT_BACK.search(text) is not None


_NOT_BACK = compiled(
    "(?:现在|至今|到现在|目前|这会儿?|人)(?:也|都|就)?(?:还|一直)?没有?(?:往)?回(?:来|京|北京)(?=[,;。呢啊呀]|$)|(?:^|,)[我他她人]?(?:还|一直)没有?回来(?=[,;。呢啊呀]|$)"
)


def is_led_back(previous: str, before: str, today: date) -> bool:
    """上一次是春节，带老人去的 and 就国庆去过一次，西安: the clause before tells of a past time."""
    is_same_time = bool(_TELLS_WHEN.match(previous) or _LED_BACK.match(before))
    is_same_time = is_same_time or (not before and _TO_WHERE.search(previous) is not None)
    return is_same_time and not _THIS_TIME.search(previous + before) and tells_of_past(previous, today)


def _that(following: str) -> str:
    return following if _PAST_NEXT.match(following) or _RETURNED_THEN.match(following) else ""


def tells_of_past(clause: str, today: date) -> bool:
    if not clause:
        return False
    first = today - timedelta(days=_RECENT_DAYS)
    return bool(_PAST.search(clause)) or long_ago(clause, today, first) or _is_month_over(clause, first)


def _is_month_over(clause: str, first: date) -> bool:
    """八月份去的, when the last August ended before ``first``."""
    month = _MONTH.search(clause)
    number = (whole_number(month["n"]) or 0) if month else 0
    if not 1 <= number <= 12 or number == first.month:
        return False
    year = first.year if number < first.month else first.year - 1
    is_still_to_come = number == first.month % 12 + 1
    return not is_still_to_come and date(year, number, monthrange(year, number)[1]) < first


def _is_of_others(said: SaidPlace, rest: str) -> bool:
    """我女儿在上海; 孩子他爸跑长途，去过山西，我没跟着."""
    if _I_WENT_INSTEAD.search(rest) or _TOOK_ME.search(rest):
        return False
    if _CAME_HERE.match(said.after) and _HAS_OTHER_SUBJECT.search(said.before) and "跟" not in said.before:
        return True
    if _KIN_CAME.match(said.after) and "我" not in said.before:
        return True
    if _CAME_FROM.match(said.after) and _VISITED_ME.search(said.previous):
        return True
    if others_went(said.after) or ("我" not in said.before and _ONLY_I_STAYED.search(rest)):
        return True
    if _THAT_WAS_OTHERS.search(said.following) or _THAT_WAS_OTHERS.search("," + said.after):
        return True
    return _is_others_clause(said.before) or (
        "我" not in said.before and _is_others_clause(said.previous) and bool(_DID_NOT_GO.search(rest))
    )


_TOOK_ME = compiled(
    "(?:把|带|叫|喊|拉|捎)上?着?了?我(?:也|一起|一道)?(?:带|捎|叫|拉|去|一(?:路|起|道)|$|[,;])"
)
"""主人家去三亚，把我带起."""
_CAME_HERE = compiled(
    "[^,;没不回]{0,4}来(?:我|找|看|玩|住|查|的|$|[,;])|[^,;]{0,5}的(?:客人|客户|朋友|亲戚|同学|快递)[^,;]*来"
)
_KIN_CAME = compiled(f"的(?:{SOMEBODY})[^,;我没不]{{0,3}}(?:过来|来(?:北京|京|我|看|玩|住|了|的|$|[,;]))")
"""是石家庄的姐姐过来."""
_CAME_FROM = compiled("(?:过|上)?来(?:的|了)?(?:$|[,;啊呀呢嘛])")
_VISITED_ME = compiled(
    f"(?:{SOMEBODY}|亲戚|客人)[^,;我]{{0,3}}(?:上|到|来|奔|投奔)我(?:们)?(?:这儿?|这里|家)?[^,;我]{{0,2}}来?了?$"
)
"""外地的亲戚上我这儿来了，打武汉来的."""
_HAS_OTHER_SUBJECT = compiled(f"(?:{SOMEBODY})[^,;我]{{0,3}}[从打自]?$|[遇碰看]见[^,;]{{0,3}}从$")
"""我大姨从哈尔滨来我这儿住; 游客从西安来的."""


def others_went(after: str) -> bool:
    """去广州的是我那口子, from what follows the verb or the place."""
    return "的" in after and _OTHERS_IT_WAS.match(after) is not None


def _is_others_clause(words: str) -> bool:
    """我老婆带小孩回了汕头 is about her, whoever went with her."""
    others = _OTHERS.search(words)
    if others is None:
        return False
    companion = _COMPANION.search(words)
    return companion is None or (others.start() < companion.start() and "我" not in words[others.end() :])


def others_did(before: str) -> bool:
    """The 去的 of 是我亲家去的 or 是我弟他去的, from all before it."""
    return "是" in before and _IT_WAS_THEM.search(before) is not None


_IT_WAS_THEM = compiled(f"(?<!不)是我?(?:{SOMEBODY})[他她]?$")


def others_stayed(before: str) -> bool:
    """公司派我去的武汉，小王没去, from all before the 没去."""
    clause = re.split("[,;?]", before)[-1]
    return "我" not in clause[1:] and _is_others_clause(clause)


def others_went_alone(before: str, after: str) -> bool:
    """男友去的南宁，我请不下假, from what the clause of the verb begins with and all that follows it."""
    return "我" not in before and _is_others_clause(before) and bool(_STAYED.search(after))


# --- the answer as a whole ------------------------------------------------------------------------------


def goes_to_others(text: str) -> bool:
    """Whether places of somebody else are the journey: 儿子在西安，我去看他; 我是他女儿，他去了大同."""
    return speaks_for_others(text) or (bool(_WENT_THERE.search(text)) and not _DID_NOT_GO.search(text))


def speaks_for_others(text: str) -> bool:
    return _SPEAKS_FOR.search(text) is not None


def is_no_journey(clause: str, today: date) -> bool:
    """那是九月的事, 那是我老伴去的."""
    return tells_of_past(clause, today) or (bool(_OTHERS.search(clause)) and "去的" in clause)
