"""One reading of an answer with the words around it: whose it is, of when, and whether it is one at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.language.numerals import Temperature, whole_number
from dialogs.slots.temperature.other_numbers import is_of_something_else
from dialogs.slots.temperature.unmeasured import GONE, THERMOMETER

CLEAR = 1.0
"""Confidence of a reading that is said in full."""

_EARLIER = compiled(
    "昨[天儿个晚夜日]|夜[个儿来隔]|前[天儿晚](?!后)|上[周午个]?(?:礼拜|星期|周)|上(?:个?月|[回次趟])(?!买)|(?<![点刻半早午晨床才上间])那[回次]|[去前]年|你们?(?:那|这)?(?:的|里)?(?:本子?|册子|单子|系统|电脑|档案|记录)|之前|以前|前几天|前两天|头天|平时|平常|往常|一般"
)
NOW = compiled("今[天儿早晚日每]|现在|刚|这会|这阵(?!子)|目前|眼下|降了|退了|降到|退到")
_TIME = compiled(
    f"{_EARLIER.pattern}|{NOW.pattern}|早[上晨起]|[清大一]早|上午|中午|下午|傍晚|[晚夜]上|半夜|夜里|睡觉?[前后]"
)
"""Any word that tells when a reading was taken."""
_ONLY_TIME = compiled(f"(?:(?![降退])(?:{_TIME.pattern})|[的是呢嘛啊])+")
"""昨天下午,三十八度二; 现在退了 tells more than a time."""
_ABOUT_THE_SAME = compiled(f"(?:{_TIME.pattern}|[的呢])+(?:也|都|还|倒)*差不(?:多|离)")
"""昨儿晚上也差不多，三十六度六."""
_DATED = compiled("([一二三四五六七八九十]+)[号日](?!床|楼|院|门|岗|栋|线|机|[^,]{0,2}(?:开始|起))")
_WEEKDAY = compiled(
    "(?P<last>上上?个?)?(?:周|星期|礼拜)(?P<day>[一二三四五六日]|天(?!天))(?!.*(?:回|到家|去|开始|起))"
)
_WEEKDAYS = "一二三四五六日"
_STILL = compiled("[的了]?,今[天儿早个]*[^,]{0,3}(?:一样|这个数|那个数|那样|这样|没变|没动|老样子|不变)")
"""昨儿三十六度八，今儿个还那样."""
_LIKE_THEN = compiled(
    "昨[天儿日]?个?[跟和同与]今[天儿日]?个?(?:都是|全是|是|都)?(?:一个?样|差不多)|[跟和同比与]昨?[^,]{0,6}(?:一样|相同|一个[数样]|一致|持平|一模一样|没差|不差|没[变动]|没(?:两样|区别|不同)|差不多|高|低|强|降|升)"
    "|照着?(?:上[回次]|昨[天儿日]|从前|以前|平[时常])的?[写记填抄报来]|平平常常"
)
"""跟昨天一样 tells of today."""
_BEFORE_A_DEED = compiled(
    "(?:[吃喝出起上下洗打接抽做烧遛]|给你|给您|跟你|跟您)[^,天几周月年两]{1,6}[之以]前"
    "|[你您](?:打来?|来电话?)[之以]?前|(?:分钟|钟头|小时|刻钟|一会儿?)[之以]?前"
)
"""喝热茶之前量的: not long ago."""
_NOT_NOW = compiled("(?:今[天儿早日]|现在|这会儿?)[^,没未]{0,3}[没未][^,]{0,3}?[量测试]")
"""今天没量昨天量的 tells of yesterday."""
_GOT = compiled(
    f"(?:{_EARLIER.pattern})[^,]{{0,6}}(?:[送买借拿领修换]|给(?![^,]{{0,3}}[量测])|发(?![烧热]))(?:来|到|回)?了?的?[^,量测]{{0,6}}"
)
"""昨天你们送的表，我量了 was not measured then."""
_MEASURED = compiled("量|测|试|烧|热|体温|温度|表|夹")
_SAID_AFTER = compiled(
    ",?(?:[哦啊噢哎诶唉呃嗨哟呦],?)?(?:我?[看记说弄][岔错反混]了?,)?我?(?:那|这)?(?:都?是|还是|(?=[昨前夜上头][^,三四]{1,5}[量测试]的(?:$|,)))"
    "(?:昨|夜[个儿]|前[天儿晚几两]|上(?:[回次]|个?(?:礼拜|星期|周|月))|头[几两天]|去年|以前|之前|早先|老早|旧|老黄历|老皇历)"
    "(?![^,量测]{0,6}(?:回来|回的|回[家京北]|到[家京的了]|来的|去的|走的|出院|搬))"
)
"""三十七度四，那是昨天的; 四十度我那是昨天; but not 三十六度五，我是昨天到家的."""
_HELD = "遛喂抱带养摸溜逗撸牵"
_BEAST = f"(?:[狗猫兔](?<![{_HELD}].)(?<![{_HELD}][小老着了].)|宠物|鹦鹉|仓鼠|乌龟)"
"""遛狗回来三十六度五 is no dog's."""
_OF_OTHERS_AFTER = compiled(
    f"(?:,?(?:[哦啊噢哎诶唉呃嗨哟呦],?)?那|的)是(?:我?(?:{grammar.ANY_KIN})(?!给|帮|替|[量测试看念说拿报记])|[^,]{{0,4}}床|别人)"
    f"|,?(?:那|这|的)?个?(?:可|都|才)?是(?:我|我们|咱|俺)?(?:家|们家)?的?"
    f"(?:[大小二三老]?(?:{grammar.ANY_KIN})|[小老]?{_BEAST}|别人|[^,]{{0,4}}床|隔壁[^,]{{0,3}}|邻居|同事)家?[啊呀呢嘛]?(?:的|(?=,|$))(?![量测试])"
)
"""三十八度二，哦，那是二十八号床的; 那三十七度六是我弟的."""
_MINE_AFTER = compiled(",?(?:那|这|的)?个?(?:才|就)?是(?:我|俺|额)(?:的|自己|本人)")
_OF_OTHERS_BEFORE = compiled(
    f"(?:先说|再说|说说|我们?家?)(?:我|咱)?(?:{grammar.ANY_KIN})(?:呢|嘛|的|吧)?,$"
    f"|(?:^|,)我(?:们?家)?(?:{grammar.ANY_KIN}),是$"
    f"|(?:^|,)(?:我|我们?家)?(?:{grammar.ANY_KIN}|他|她|邻居|同事|室友)(?:[也都就可倒还稍]|有点|比我|没我){{0,2}}[高低烧热](?:些|点|了|着)?,$"
    f"|(?:^|,)(?:我|我们?家)?(?:(?:{grammar.ANY_KIN}|他|她)[也都]|也[给帮替]我?(?:{grammar.ANY_KIN}|他|她))"
    "[量测]了?(?:一?下|过)?,$"
)
"""先说母亲，三十六度九; 老伴高，三十七度二; 她也量了，三十六度五; but not 闺女，三十六度九, who is being
spoken to."""
KIN_APART = compiled(f",?(?:[孩娃]|{grammar.ANY_KIN}|当家的|他|她|我(?={grammar.ANY_KIN}|当家的))+,")
"""孩子他爸, with a comma before the reading."""
_THEN_MINE = compiled(",(?:我|俺|咱)(?!家|们)[^,三四]{0,4}[三四]十")
_FALLS_FROM = compiled(
    ",?[^,一二三四五六七八九]{0,4}(?:掉|落|降|退|跌|下|升|涨|飙|窜|烧|变|回)[^,一二三四五六七八九]{0,2}(?:到|成|至|来|了)"
)
"""从三八六掉到三六九: the first is where it came from."""
_DENIED = compiled(
    "(?:(?<!哎呀)(?<!错了,)(?<!错了)不是我?|嘴一?[快滑瓢秃][^,]{0,3}|没说(?:是|过)?|(?:我|刚才?|把[^,]{1,8})(?:又|给|刚才?|都|就)*[说念报看写记听读认]成了?|别说(?:是|到)?|马上就?[要到快]?|眼看就?[要到]?|别(?:给我)?(?:记|写|听|当|填|看)成?|谁说(?:我|是|有|都|又)*|哪有|哪来的?|哪里?能|怎么会|到不了|够不[着上]|[没不]上|要是|如果|以为(?:我?[是有烧到]*)|当成?是|看[成作]了?|没[烧高升涨](?:到|过)|(?<!不)没到|不到|没有|没超过|不超过|没过|没|不够|超过|超|高于|低于|高过|以下|离|快|快到|将近|接近|"
    r"(?<![不没])差(?!不[多离])(?:[^,差]{1,7})|比(?!划)[^,低高少多]{0,4}的?|再(?:[加添多高升涨]|往上)[^,]{0,5}[就才](?:到|是|够|有|成)?)$"
)
_LACKS_A_BIT = compiled(",[差缺欠少]了?(?:一点|点|半[度格])(?=,|$|就|即|[三四]十)")
"""三十七，少一点."""
_FEVER = 37.3
_EXPECTED = compiled(
    "(?:听|记|写|填|录)成了?$|(?:以为|寻思|琢磨|估摸|估计|想[着的]|心[想说]|只当|担心|[我就]怕|还想)[^,三四]{0,6}[得有是到超过会要]$"
)
_TURNED_OUT = compiled(
    "[^三四]{0,8}(?:结果|哪知|哪晓得|谁知|没想到|不想|不料|我说的?是|应该是|一[量测试看夹]|[还也]好|幸好|好在|其实|实际|可|却)[^三四]{0,8}[三四]十"
)
"""以为得三十八度，一量才三十六度八."""
_BUT = compiled(",?是[三四]十")
"""看错了不是三十八度六是三十六度八, wherever commas got into it."""
_NONE = compiled("(?<!体温)(?<!温度)没有$")
_TELLS_ANOTHER = compiled(",(?:也?就|才|是|只有)?[三四]十")
_IF = compiled(
    "(?:^|,)(?:我|人|真|他|她|你|[要若]|[要就]是|如果|万一|等|得)*(?:要|要是|真是?|烧?到|能有?|谁|你才)$"
)
_THEN = compiled(
    ",?(?:我|人|你|那|俺)?(?:早就?|还能|还会|还敢|就得|就该|就麻烦|就糟|就完|就去|才去|才吃|再[吃去说看]|不得|还不得?|那还)"
)
"""要四十度我早躺下了, 到三十八度再吃药: no reading at all."""
_QUESTIONED = compiled("(?:谁|你才|能有|[能会]到)$")
"""谁三十九度了, 能有四十度吗."""
_COUNTS_AS_HIGH = compiled("(?:以上)?[就才]?算高")
"""三十七度三算高吗 asks for the limit that everybody has heard of."""
_MISTAKEN = compiled("你们?(?:给|又|是不是|可能|怕是)*[听记写看填录]成$")
"""你听成三十八度三了 denies it; 你写成三十八度三就行 does not."""
_SHORT_OF = compiled(
    "(?:还|都)?(?:差|缺|欠|少|不到|没到|不足)(?!多)|往[下回后前](?:数|倒|减|退|掉|挪)?|减去?|以[上下内]|才算(?:发[烧热]|高)|以?上?才(?:用|要|得|去|能|让|该)*(?:吃药|吃退烧|吃退热|上医院|去医院|看医生)|算(?:发[烧热]|高(?![吗不么吧]))|正?[之当中]间|,?我?[可就]?(?:不信|不算(?!发?[烧热]|[低高])|不作数|作废)|,?(?:坏了|不准)|"
    ",?(?:[不哦哎嗯啊噢呀],?)*(?:还|都|也)?(?:没到|不到|差点|差一点)(?=,|$)|不没到(?=[三四]十)|,?不到一?点|,?[跟和与同到][三四]十[零一二三四五六七八九]?度?,?(?:正|之|的)?[当中]|,?正?当中|"
    "[^,三四]{0,6}(?:,[^,三四]{0,4})?(?:不能算|不作数|不能作数|算不得|当不得真|做不得准|信不得)|"
    ",?那(?:我|还|人)*不(?:得|就|都)?(?:烧[死熟糊坏]|熟|没命|完蛋)|,(?:那|[旧老坏破][的表支])[^,三四]{0,4}(?:坏|不准|不作数|不算)"
)
"""Right after a reading: it is none."""
OTHERS = compiled(
    f"(?:{grammar.ANY_KIN}|囡囡?|额大|小的(?!时候)|小家伙|那口子|当家的|屋里人|他|她|隔壁|邻居|对门|同[事屋学]|[室舍工]友|[别旁]人|大[家伙]|老[张王李赵刘陈]|{_BEAST})"
)
_OF_OTHERS = compiled(f"{OTHERS.pattern}[^,我三四量测看念说拿报]{{0,4}}[三四]")


def ends_with_reading(text: str) -> bool:
    """Whether a few words of no other day, and none that takes anything back, end with a reading."""
    return len(text) <= _FEW and _READING_LAST.search(text) is not None


_FEW = 14
"""Characters beside a reading that can hardly make it anything else."""
_READING_LAST = compiled(
    "^(?!.*(?:[昨前那]|上回|不对|不是|电视|新闻|[他她]))[^,]*,(?:是|就|才|也|量的)*三十[五六七八九](?:度|点)[零一二三四五六七八九半]?度?$"
)


def tells_of_others(text: str) -> bool:
    """Whether the only readings of an answer to another question are somebody else's: 儿子三十八度二."""
    return _OF_OTHERS.search(text) is not None and MINE.search(text) is None


_TELLS = compiled("^们?一?(?:说|讲|给|帮|替|看|瞅|瞧|[量测]的|拿|念|报)")
MINE = compiled(
    "我的(?:$|是|呢|嘛|,)|(?:^|,)人(?:是|才|倒是?)?$|我(?!家|们|的|儿|这儿[子媳]|这?(?:爱人|老|女|妈|爸|爹|娘|媳|闺|孙|先生|太太|妻|丈|对象|婆|公|堂客|哥|姐|弟|妹))|额(?=$|好|自己|这|没|的)|自己|本人"
)
_MYSELF = compiled(
    f"我(?P<this>就|这)?(?P<one>一?个)?(?:孤|糟)?(?:(?:这把)?老(?:太婆|头子?|婆子|太太|汉|骨头|家伙)|(?P<as>[当做]|为人)(?:{grammar.ANY_KIN})的)(?!的)"
)
"""我这个老太婆三十六度三; 我老头三十六度四，我没量 is of the husband."""

_BROKEN = compiled(f"{THERMOMETER}[^,]{{0,8}}{GONE}")
_ALWAYS = compiled("怎么|老(?=是|显|停)|总|一直|净(?=是|显)|都是|就停")
"""体温计坏了，老显示三十九度."""


@dataclass(frozen=True)
class Said:
    """A reading with the words that belong to it."""

    reading: Temperature
    between: str
    """From the reading before it."""
    after: str
    """The rest of the answer."""
    today: date
    cues: tuple[str, ...] = ()
    """Words for the time that is asked for; none: today."""

    @property
    def clause(self) -> str:
        return self.between.rpartition(",")[2]

    @property
    def is_denied(self) -> bool:
        """不到三十七度三, 差一分三十七, 不是三十七."""
        last_two = ",".join(self.between.split(",")[-2:])
        if _MISTAKEN.search(self.between) and self.after.startswith(("了", "啦", "吗", "吧", "?")):
            return True
        if self._answers_otherwise:
            return False
        if self.reading.value == _FEVER and _COUNTS_AS_HIGH.match(self.after):
            return True
        if _QUESTIONED.search(self.clause) or (_IF.search(self.between) and _THEN.match(self.after)):
            return True
        if self.between.endswith(("不是", "不是,")) and _BUT.match(self.after):
            return True
        if self.reading.value.is_integer() and _LACKS_A_BIT.match(self.after):
            return True
        if _EXPECTED.search(self.between) and _TURNED_OUT.match(self.after):
            return True
        is_of_broken = _BROKEN.search(last_two) is not None and _ALWAYS.search(self.clause) is not None
        if self.between.endswith(("从", "打", "由")) and _FALLS_FROM.match(self.after):
            return True
        return is_of_broken or bool(_DENIED.search(self.between) or _SHORT_OF.match(self.after))

    @property
    def _answers_otherwise(self) -> bool:
        """没有三十六度五, 啥事没有三十六度六: nobody denies a decimal below fever, but something else."""
        value = self.reading.value
        if _TELLS_ANOTHER.match(self.after):
            return False  # 没有三十七度二，三十六度五
        return value < _FEVER and not value.is_integer() and _NONE.search(self.clause) is not None

    @property
    def is_earlier(self) -> bool:
        """昨天三十七度五; 昨天量的，三十七度五; but not 前天回来的，三十七度五."""
        if self.cues:
            return self.is_of_cue is False
        if _SAID_AFTER.match(self.after):
            return True
        if _STILL.match(self.after):
            return False
        dated = _DATED.search(self.clause)
        if dated:
            return whole_number(dated[1]) != self.today.day
        weekday = None if NOW.search(self.clause) else _WEEKDAY.search(self.clause)
        if weekday and not weekday["last"]:
            return _WEEKDAYS.index(weekday["day"].replace("天", "日")) != self.today.weekday()
        for words in self._clauses_of_time():
            if NOW.search(words) or _EARLIER.search(words):
                return not NOW.search(words)
        return False

    @property
    def is_of_cue(self) -> bool | None:
        """昨晚三十七度五 where 昨晚 is a cue; None where no time is told."""
        if told_after := _SAID_AFTER.match(self.after):
            clause = told_after[0] + self.after[told_after.end() :].partition(",")[0]
            return any(cue in clause for cue in self.cues)
        told = (_is_of_cue(words, self.cues) for words in self._clauses_of_time())
        return next((is_of_cue for is_of_cue in told if is_of_cue is not None), None)

    def _clauses_of_time(self) -> Iterator[str]:
        """The clause of the reading, then those before it that may tell when it was taken."""
        told = [
            part
            for part in self.between.split(",")[:-1]
            if len(part) < 4
            or _ONLY_TIME.fullmatch(part)
            or _ABOUT_THE_SAME.fullmatch(part)
            or _MEASURED.search(part)
            or (not self.cues and NOW.search(part))
        ]
        for part in (self.clause, *reversed(told)):
            yield _GOT.sub("", _BEFORE_A_DEED.sub("", _LIKE_THEN.sub("", _NOT_NOW.sub("", part))))

    @property
    def is_mine(self) -> bool:
        if _MINE_AFTER.match(self.after):
            return True
        is_told = MINE.search(self.between) is not None or _MYSELF.search(self.clause) is not None
        return is_told and not self.is_of_others

    @property
    def is_of_others(self) -> bool:
        """我老伴三十六度三, but not 闺女给我量的."""
        if _OF_OTHERS_AFTER.match(self.after):
            return True
        if _OF_OTHERS_BEFORE.search(self.between):
            return True
        if KIN_APART.fullmatch(self.between) and _THEN_MINE.match(self.after):
            return True
        named = list(OTHERS.finditer(self.clause))
        if not named or self._names_speaker or _MINE_AFTER.match(self.after):
            return False
        rest = self.clause[named[-1].end() :]
        return not _TELLS.search(rest) and not MINE.search(rest)

    @property
    def _names_speaker(self) -> bool:
        name = _MYSELF.search(self.clause)
        if name is None:
            return False
        return bool(name["this"] or name["one"] or name["as"]) or not MINE.search(self.after)

    @property
    def is_asked_back(self) -> bool:
        """四十度？没有没有."""
        return self.after.startswith("?")

    @property
    def is_something_else(self) -> bool:
        """高压一百三十六, 我今年三十八, 暖气十八度, 三十九，那是鞋码."""
        value, confidence = self.reading.value, self.reading.confidence
        return is_of_something_else(
            self.clause, self.after, is_bare=confidence < CLEAR, is_whole=value.is_integer()
        )


def _is_of_cue(words: str, cues: Sequence[str]) -> bool | None:
    """Whether the last time told is a cue, 昨天早上 being none for 早上; None where none is told."""
    cue = compiled(f"(?:{'|'.join(map(re.escape, cues))})+")
    own = list(cue.finditer(words))
    rest = cue.sub(lambda match: " " * len(match[0]), words)
    others = [time for time in _TIME.finditer(rest) if time[0][0] not in "降退"]  # 早上量降了点
    if not own:
        return False if others else None
    return all(other.end() < own[-1].start() for other in others)
