"""Where the clauses of an answer about a journey end, which recognisers write without punctuation. Pure.

Laws:

- A place and another that was not visited are two statements (安徽没去江苏), and so are what was denied and
  what was so (不是吃火锅的重庆是隔壁成都).
- What happened to somebody else (战友没了, 儿子在成都买房了) ends before what the resident did about it.
- Somebody's home and the place where it is are two names of the destination: 我姥姥家锦州.
- A time that is denied or over (不是夏天, 清明后没走过) ends before that of the journey.
- How the journey went (没停, 路过, 下周才回), who was met, and what is said about one's own words begin or
  end a clause.
- No clause ends between 没去 and its place, nor between a place and 压根没停.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from campaign.patterns import any_of, compiled
from dialogs.entities.places import places
from dialogs.language.grammar import KIN

_FIRST, _MORE = "\ue000", "\ue001"
"""Stand for the characters of a place."""
_PLACE = f"{_FIRST}{_MORE}+"
_PLACES = f"(?:{_PLACE})+"
_KIN = any_of(kin for kin in KIN if len(kin) > 1)
_SOMEBODY = (
    rf"(?:{_KIN}|[爸妈爹娘爷奶公婆哥姐弟妹姨姑舅叔嫂]|[他她](?:们|爸|妈)?"
    "|对象|同学|战友|同事|朋友|男友|女友|堂客|亲家)"
)
_LATELY = "(?:这(?:个?(?:周|礼拜|星期|月)|[两几]天)|[前昨]天|前[两几]天|上个?(?:周|礼拜|星期))"
_ENDS_AT = "(?=$|[,;的嘞啊呀吧呢嘛])"
_WRONG = "(?:[弄搞记说分](?:混|错|岔|反|拧)|糊涂|嘴瓢)"
_IT_WAS = "(?:(?:就|最终|最后|结果|后来|其实|这[回次趟])*(?:还是|人是|是)?)"
_GO = "[去到奔回飞跑上]"

_BREAKS = tuple(
    compiled(pattern)
    for pattern in (
        # 安徽没去江苏, 徐州没去别处; not 珠海没去澳门去了
        rf"(?<={_MORE})(?=[也可]?没[去到上回进](?:{_PLACES}(?:$|[,;]|也没[去到上]{_PLACES}$)|别处|别的|其他|旁的))",
        rf"(?:{_MORE}|[,;]我)没去(?={_PLACES}去了)",
        # 是济南青岛没去成
        rf"是{_PLACE}(?={_PLACE}没[去走到]成)",
        # 石家庄没去成保定倒是待了两宿
        rf"没[去走到]成(?={_PLACES}(?:倒|却|可|去了|去成|待|我))",
        # 武汉没有哪都没去
        rf"^{_PLACES}(?=没有(?:哪|[啊呀的]*$))",
        # 不是吃火锅的重庆是隔壁成都; 哪是海南哪是青海; 没去河北去的房山
        rf"(?:(?<![可要])不是|哪是)[^,;]{{0,6}}?{_PLACES}[省市哪啊呀]?(?:也不是[^,;]{{1,3}})?(?=是[^,;]{{0,2}}{_PLACE})",
        rf"(?<=没[去回])(?:老家)?{_PLACES}(?=去的)",
        # 先说了四川是我嘴误去的重庆; 本打算去银川最终去的是兰州; 爹妈在北海去的北海
        rf"[了误错混油](?={_IT_WAS}{_GO}的?是?{_PLACE})",
        rf"(?<={_MORE})(?={_IT_WAS}[去到奔]的是?{_PLACE})",
        # 我那同学没了总得去送送就去了邯郸
        rf"[送病催院](?=(?:就|还是){_GO}[了的]?(?:一?趟)?{_PLACE})",
        # 战友没了奔长沙送了一程
        r"(?:没了|去世了?|过世了?|不在了|病了|住院了?|摔了)(?=我|就|总?得|奔|赶|去|回|连夜|马上|立马|飞)",
        # 小姨子在延边开烤肉店帮忙去了; 儿子在成都买房了过去帮他收拾; 媳妇娘家是安阳嘞陪她回门
        rf"{_MORE}(?:[嘞嘛呢]|[^,;没不]{{2,6}}?)(?=(?:帮忙|探亲|聚会|随礼)去|去[给帮陪][他她][^,;没不]|过去帮|去探亲|去随礼|[陪帮][他她][^,;]{{1,5}}$|当伴[娘郎]|我去[随送喝看帮陪参]|伺候月)",
        r"(?<=[家房])(?=住了[一二两三四五六七八九十半]+[天宿晚])",
        rf"(?=[陪带送跟][他她]{_GO}[了的](?:一?趟)?{_PLACE})",
        # 我姥姥家锦州, 对象他们家黑龙江, 儿子当兵的地方喀什
        rf"{_SOMEBODY}(?:家里?|老家|娘家|屋头|那边|那里?|那儿|[^,;去回到没不]{{1,4}}的(?:地方|城市|部队|学校))(?=(?:[陕苏闽粤皖鲁豫晋湘赣鄂川][东西南北])?{_PLACES}{_ENDS_AT})",
        rf"^我?(?:[男女]朋友|{_SOMEBODY})(?:他们|她们|们)?家里?(?=在{_PLACES}[的嘞啊呀]?(?:$|,?我(?:还|就|都|也)))",
        # 喝喜酒我侄子在周口; 回了趟奶奶家在保定; 朋友硬拉去的柳州
        rf"(?:[酒席寿]|满月|婚礼),?我?{_SOMEBODY}(?=在{_PLACES}[的嘞啊呀]?$)",
        rf"[回去]了?一?趟[^,;]{{0,3}}家(?=在{_PLACES}[的嘞啊呀]?(?:$|[,;]))",
        rf"硬?[拉拽拖](?:着我?)?去的(?={_PLACES}(?:$|[,;]))",
        # 我上次出北京还是上个星期去的天津; 咋个没去乐山拜了大佛的
        rf"还是{_LATELY}(?={_GO}的{_PLACE})",
        rf"^(?:咋个?|怎么)没[去回](?={_PLACES}[^,;]{{0,3}}[了过])",
        # 娃他爸在山城干活就重庆
        rf"[^,;我们爸妈子哥姐弟妹{_MORE}](?=就是?{_PLACES}$)",
        # 不是夏天就前几天去的; 清明后没走过就这礼拜去了趟
        r"不是(?:老早|去年|前年|夏天|春天|以前|早先|国庆|五一|上个?月|上半年)(?=就(?!是))",
        rf"[没未][^,;去]{{1,2}}[过着](?=就?是?{_LATELY})",
        # 坐到天津西又倒车去的沧州; 天津是路过到的沧州; 没停奔的潍坊
        rf"(?:没停|没下车|路过)(?={_GO}的{_PLACE}|车?一直)|{_MORE}[东西南北]?站?(?=[又再][倒换转]车{_GO}的{_PLACE})",
        rf"(?<=的票)(?=在{_PLACE})",
        r"(?=(?:下个?(?:周|礼拜|星期|月)|明天|后天|过两天|月底)才能?回)",
        # 不对是廊坊我记混了
        rf"(?<!不)是{_PLACES}(?=我(?:又|给|老|是|都|这)*{_WRONG}了?[的啊呀]*$)",
        r"[^,;](?=我[给就]*(?:推|辞|回绝|婉拒|拒绝)了)",
        # 回陕西听我二大爷吼了三天; 姥姥家在天津我还吃了麻花; 大同去的时候看我姨
        rf"{_MORE}(?=[听看陪帮跟]我[^,;没不]{{0,2}}{_SOMEBODY}|我(?:还|就|都|也)(?:吃|喝|玩|逛|住|买|看|爬|坐|待)了)",
        # 你听过没湖北荆门
        rf"听[过说](?:没有?|吗|过没有?)(?={_FIRST})",
        # 收棉花确诊的一个没接触
        r"(?=(?:病人|确诊|疑似|阳性|密接)(?:的|人|者|病例)*(?:我|一个|半个|谁)*[也都]?没)",
    )
)
_SIGHS = compiled(rf"(?<={_MORE})(?P<sigh>嗐|嗨|唉|哎[哟呀]?|呸)(?={_FIRST})")
_ONE_OF_TWO = compiled(rf"(?<={_MORE})(?={_PLACE}(?:那[回次趟]|的{_PLACE}$))")
"""四平长春那回是去年, 在江津重庆的江津."""
_JOINED = compiled(
    rf"(?:(?<=没[去回上到])|(?<=我没去成)),(?={_PLACES}(?:$|去的|[,;]))|(?<=没[回去]老家),(?={_PLACES}[,;]?去的)"
    rf"|(?<={_MORE}),(?=没去{_PLACES}去了)|(?<={_MORE}),(?=(?:压根|根本)没(?:停|下)|加了?[个回次趟]?油)|(?<=[男女]朋友),(?=[他她]们家)"
    rf"|(?<=[^没未不有]去过),(?={_PLACES}(?:$|[,;]))|^{_PLACES},(?=没[去到]过?(?:$|[,;]))"
    rf"|(?<=[节年天]),(?=去的{_PLACE})|(?<=是我)(?:{_KIN}),(?={_GO}[了的]?一?趟?{_PLACE})"
)


@lru_cache(maxsize=256)
def with_breaks(text: str) -> str:
    """The text with its clause breaks where those laws put them; one that names no place stays as it is."""
    masked = text
    for said in places(text):
        name = _FIRST + _MORE * (said.end - said.start - 1)
        masked = masked[: said.start] + name + masked[said.end :]
    return text if masked is text else _cut(text, masked)


def _cut(text: str, masked: str) -> str:
    gone = (
        {masked.index(",", match.start()) for match in _JOINED.finditer(masked)} if "," in masked else set()
    )
    if gone:
        text, masked = (_without(words, gone) for words in (text, masked))
    places_of_breaks = set(chain.from_iterable(_breaks(masked)))
    return "".join("," + c if place in places_of_breaks else c for place, c in enumerate(text))


def _without(words: str, gone: set[int]) -> str:
    return "".join(c for place, c in enumerate(words) if place not in gone)


def _breaks(masked: str) -> Sequence[Sequence[int]]:
    found = [[match.end() for match in pattern.finditer(masked)] for pattern in _BREAKS]
    if masked.count(_FIRST) > 1:
        found.append([match.end() for match in _ONE_OF_TWO.finditer(masked)])
        found += [list(match.span()) for match in _SIGHS.finditer(masked)]
    return [
        [
            end
            for end in ends
            if 0 < end < len(masked) and masked[end] not in ",;?" and masked[end - 1] not in ",;?"
        ]
        for ends in found
    ]
