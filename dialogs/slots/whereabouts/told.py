"""Where somebody is, told by when he came, left or will do so, or by what is there. Pure.

Who came back is here (上周回来的, 今天才到家), who is still to come is not (明天就回来了), who is
still to leave is here (明天去上海), and so is who says so and then tells of a trip. Only whole answers count,
so that neither a place nor another person is overlooked.
"""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.entities.places import is_part_of, places
from dialogs.language.grammar import ANY_KIN
from dialogs.slots.answer import Answer
from dialogs.slots.place.roles import SOMEBODY

_ME = "(?:我们?|俺们?|咱们?|人|是|那|反正|现在)?"
_WEEK = "(?:周|礼拜|星期)"
_PAST = (
    f"(?:昨[天晚日夜]?(?:晚上|夜里|早上)?|大?前[天晚日]|前[几两些]天|今[天早](?=[刚才])|刚[刚才]?|上+个?{_WEEK}[一二三四五六日天末]?|上个?月"
    "|(?:早上|今早|上午)(?=刚|才|[^的]*的)|(?:中午|下午|晚上)(?=刚|[^的]*的)|[一二两三四五六七八九十几好]+个?(?:天|礼拜|星期|月)(?:以|之)?前|早就?|已经)"
)
_FUTURE = (
    f"(?:明[天早晚日年儿]?(?:早上|上午|下午|晚上)?|大?后[天日]|下+个?(?:{_WEEK}|月)[一二三四五六日天末初底]?|过[几两些]天|过阵子?|过段时间"
    "|等?过完?了?年|月底|年[后底]|回头)"
)
_LATER = "(?:晚上|今晚|下午|待会|一会)"
_STILL = "(?:我|才|就|再|要|得|能|可以|准备|打算|想|会|往){0,3}"
_OWN = "(?:家|(?:北)?京)"
_BACK = f"(?:回到?{_OWN}?|回来|回得来|到{_OWN}|返京|进京|归京)"
_ENDS = "[的了呢啊呀嘛呗吧哦哈啦]{0,3}"

_IS_BACK = compiled(
    f"{_ME}{_PAST}{_ME}(?:刚|才|就|都|也|已经){{0,2}}"
    f"(?:回来|回|到家|到{_OWN}|返京|到(?=[的了]*$)|下(?:火车|飞机|高铁)){_ENDS}{_OWN}?{_ENDS}"
)
_HAS_COME = compiled(
    f"{_ME}(?:刚|才|早|都|已经|就){{0,2}}(?:(?:从)?(?:外地|老家|乡下|国外)|出差|旅游|探亲|出门){_ME}(?:刚|才|都|已经)?"
    f"回来?(?:好?[几一二两三四五六七八九十半]个?多?(?:天|周|月|礼拜|星期))?{_ENDS}"
    f"|{_ME}(?:刚|才|都|已经)?(?:回(?:来|北?京)?|返京|到家)(?:都|有|也|没)?(?:好?[几一二两三四五六七八九十半]+个?多?(?:天|周|月|礼拜|星期)|[好多]久|一阵子?|多半天){_ENDS}"
    f"|{_ME}(?:刚|已经|都)?进京了{_ENDS}|{_ME}(?:刚|才|早就?|都|已经){{0,2}}到家(?:了|咯|啦){_ENDS}"
)
_COMING = compiled(
    f"{_ME}(?:(?:正|还)?在(?:路|半道|高速|[火高动汽]?[车铁]|飞机)上{_ENDS})?(?:正|还|都|已经|就|马上|这就){{0,2}}(?:(?:在)?(?:往|朝|奔)(?:北?京|家|回)(?:这边)?(?:赶|走|开|来|去|跑)"
    f"|在?(?:往)?(?:回|来|进|去)(?:北?京|家)的?(?:路上|途中|道上|[火高动飞]?[车铁机]上|[火高动飞汽]车上)"
    f"|快(?:要)?(?:回来|回去|回京|回北京|到京|到北京|进京)|还没(?:去|来|进|到)(?:北?京)){_ENDS}"
)
_ASKED = compiled(
    "(?:[你您]?问)?我?(?:现在)?(?:(?:在不在|在没在|是不是在)(?:北京)?|在北京)[啊吗呀]?[,?]{1,2}(?:(?P<here>在)|[不没]在)(?:北京)?[的呢啊呀]?"
)
"""在没在北京?在."""
_WHERE_ELSE = compiled(
    "我?(?:要是)?不在(?:北京|这儿?|家|这里)?,?(?:我|还|又|能|会|那){0,3}(?:[在去上]哪[里儿]?)(?:去)?[啊呀呢]?"
    "|(?:我|这会儿?|现在)*(?:要是)?不在(?:北京|家|这儿?),?我?还?能(?:在|飞|跑|上|去)[^,;?没不]{1,8}(?:去)?(?:啊|吗|嘛|不成|[?])+"
    f"|我?(?:哪有|哪里|哪会|干嘛|干吗|凭啥|凭什么)不在{_ENDS}|我?不在就怪了{_ENDS}"
    f"|(?:[你您]说呢)?我?(?:要是|要)?不在(?:北京|家)?(?:我?(?:怎么|咋|还?能|会|哪能)|谁)(?:来|给你)?接(?:得?[到着])?(?:的|你们?|您|这)*(?:电话|座机)?{_ENDS}"
)
_WOULD_LIKE = compiled(
    "(?:我|俺)?(?:哪里?儿?在[啊呀嘛呢]{1,2}|在[啥个](?:屁|鬼|啥|毛)?[啊呀呢]*(?:北京)?|(?:(?:也|倒是?|正|做梦都|可){0,2}想|巴不得)[在回](?:去)?(?:北?京)?[呢啊呀了]{0,2})"
)
_COMES_LATER = compiled(
    f"{_ME}(?:得|要|等|还得|可能){{0,2}}(?:{_FUTURE}{_STILL}(?:{_BACK}|回去|[去上飞来](?:北京|京)){_ENDS}"
    f"|{_LATER}(?:才|就|再){_STILL}(?:{_BACK}|回去){_ENDS})"
)
_HAS_YET_TO_COME = compiled(
    f"(?:^|[,;])(?:我|他|她)?(?:还)?(?:得|要)(?:等|到)*(?:这个?|下个?)?{_WEEK}[一二三四五六日天末](?:才|再)(?:能|要)?(?:{_BACK}|回去){_ENDS}$"
    "|^(?:我|他|她|人)?(?:现在)?(?:还没到|正往(?:回|北京)[^,;]{0,3}|还没(?:进|到)(?:北京|京|站))[呢哦啊嘛哩]*(?:$|[,;](?!.*(?:刚到|到了)))"
)
_LEAVES_LATER = compiled(
    f"(?:在[呢的啊]?)?{_ME}(?:打算|准备|要|想|得){{0,2}}(?:{_FUTURE}|{_LATER}|这?{_WEEK}[一二三四五六日天末](?!.*[的了]$)){_STILL}"
    f"(?:走|(?<=才)去|离开|离京|出京|动身|出发|出差|出门|出去|回老家|(?:去|飞|上)(?P<to>[^,;?]{{2,4}}?)){_ENDS}"
)
_HERE = (
    "(?:家里?|屋里?|屋头|阳台上?|厨房里?|卧室|客厅|床上|沙发上|炕上|被窝里|厕所|卫生间|书房|楼[上下道]里?|院子?里|小区(?:里|门口)?|车库|食堂"
    "|宿舍里?|厂里|店里|工地上?|办公室里?|车间里?|教室里?|学校里?|单位|公司里?|超市里?|菜市场|公园里?|银行|理发店|药店|物业|居委会|社区里?)"
)
_IS_HERE = compiled(
    f"{_ME}(?:就|正|还|都|一直|现在){{0,2}}(?:在?居家(?:隔离|办公|上班|上课|上网课|学习|休养|观察)?|在{_HERE})(?:这儿?|这里)?(?:待着|呆着|坐着|躺着|忙着?|歇着?)?{_ENDS}"
)
_AT_HOME_DOING = compiled(f"{_ME}(?:就|正|还|都|一直|现在){{0,2}}在家(?!乡|那)里?[^,;?不没回京老]{{1,5}}")
_CHORES = compiled(
    f"{_ME}(?:正|还|刚|现在)*在?(?:做饭|做菜|炒菜|择菜|包(?:饺子|包子)|擀面|和面|蒸馒头|洗(?:衣服|碗|菜|澡|头)|刷碗|扫地|拖地|擦地|收拾屋子"
    "|浇花|遛狗|遛弯|喂[猫狗鸟]|看电视|下棋|打牌|打麻将|打太极|锻炼|晒太阳|晒被子|买菜|跳广场舞|织毛衣|写作业)(?:呢|啊|着呢|[的呀嘛]?)"
)
"""Who does so is at home or near it, as 遛狗呢 is taken."""
_STAYS = compiled(
    "(?:我们?|俺|反正|现在|最近)*(?:(?:都|也|还|可)*不(?:去外地|出去|往外跑|出远门|离京|出京|回老家)|哪儿?里?[也都]不去|(?:也|都)*不去(?:哪儿?|别处)"
    "|还没(?:离开|走|出京|离京)|谁(?:还|敢|会|能)*(?:去外地|走|出差|出去|回老家|出远门|离开|往外跑)[啊呀呢嘛哦]+|没上哪儿?去?|没去哪儿?)"
    "[的了呢啊呀嘛呗]*"
)
_NO_HERE = compiled(
    f"(?:不是?|没有?|没不在)[啊呀呢的哦]*,{_ME}(?:就|还|都|一直|现在)*在(?:北京|京|家|这儿?|这里)?{_ENDS}"
)
"""没有啊，在呢: a no to what else was asked or supposed, and then where he is."""
_ONLY_ANOTHER_GONE = compiled(
    f"就(?:我家?)?(?:{SOMEBODY}|老人|孩子)(?:不在|没在|回老家|去外地|出差){_ENDS}"
    f"|(?:我们?家?)?(?:{SOMEBODY}|他们?|她们?|老人|孩子们?)(?:都|是|昨天|前天|上周)?(?:回老家|回去|去外地|出差|出去|走|旅游|出门)[了去]*,(?:就|可|但)?我(?:可|也|倒)?没(?:有|(?:跟着?)?(?:[去走回动]|出去|离开))"
    f"{_ENDS}"
)
_EARLIER = (
    "(?:本来|原来|原先|之前|以前|刚才|早上|前(?:几|两|些|一?阵子?)天?|昨[天晚]|前天|上个?(?:周|礼拜|星期|月))"
)
_NOW = "(?:但|可|不过)?(?:现在|如今|眼下|目前|今天|这会儿?|这个?(?:周|礼拜|星期|月))"
_CHANGED = compiled(
    f"{_ME}{_EARLIER}(?:我|还|是|都|倒){{0,2}}[不没]?在(?:北京|家|这儿?)?[的呢啊]?,?"
    f"(?:{_NOW}(?:我|又|已经|都|就|也){{0,2}}|(?:刚|又|已经){{1,2}})(?:(?P<here>在(?:北京|家)?|回来|回北京|回京|到家)|不在(?:北京)?|没在|走|离开){_ENDS}"
)
"""上周不在，这周在: the later time counts."""
_LOCKED_OUT = compiled(f"{_ME}(?:还|也|都|现在)*(?:进|回)不(?:去|来|了|到)(?:北京|京){_ENDS}")
_RIDES = (
    "(?:自驾|(?:自己)?(?:开|骑|坐|乘|赶)(?:着)?(?:车|火车|高铁|飞机|大巴|动车|长途|摩托)?)"
    "(?:着|来|正|我)?(?:去|回|到|上|往)"
)
_ON_THE_WAY = compiled(
    f"(?:我们?|俺们?|正|正在|在|还在|现在|刚){{0,3}}{_RIDES}了?(?P<to>老家|外地|乡下|外省|[^,;?没不过]{{2,4}}?)"
    "(?:去)?(?:的?(?:路上|途中|道上))?[了呢啊呀嘛的]*"
)
_OF_COURSE = compiled(
    f"(?:那|这)?(?:还|也)?(?:用|要|需要)(?:你|您)?(?:问|说)[吗嘛么]?|(?:那|这)?(?:还)?必须(?:的|在){_ENDS}|(?:那|这)?(?:当然|肯定|自然|一定){_ENDS}"
)
"""还用问, to a question that names where everybody takes him to be."""
_PLAINLY_HERE = (
    f"(?:(?:嗯|对|是|是的|对的|没错)[啊呀]?,?)?{_ME}(?:就|还|都|一直|现在|目前){{0,2}}"
    f"在(?:北京|京|家|呢|的|啊|这儿?)?(?:这边)?(?:住|待着|呆着)?{_ENDS}"
)
_PLAINLY_NOT_HERE = compiled(
    f"(?:[嗯哎啊哦喂]+|[你您]好|应该说|说实话|,)*{_ME}(?:现在|目前|这会儿?|暂时)?不在(?:北京|京)?{_ENDS},?"
    "(?:(?:[你您]?(?:是?哪位|是谁|放心|说|讲|们?有事)|有(?:什么|啥)?事|没事|怎么了|咋了|什么事|啥事|找我|好着呢|谢谢)[吗呢啊呀吧的]*)?"
)
"""嗯，不在，有事吗."""
_TRIP = (
    "(?:[去到回跑出飞走来过][了过]?一?趟|[去到回来]过一?[次回]"
    "|[待住玩呆逛][了过](?:[一两二三四五六几]|好几|半)(?:个?(?:天|宿|晚|夜|礼拜|星期)|周)"
    "|(?:之前|以前|前(?:几|两|些|一?阵子?)天?|上个?(?:周|礼拜|星期|月))[^,没不]{0,3}[在去到][^,没不]{2,7}(?:出差|旅游|玩|探亲|学习|培训|开会|办事|住|待)"
    "|落(?:的)?地|下的?飞机|到的?家(?!乡)|进的?京)"
)
_TRIP_MADE = compiled(f"{_PLAINLY_HERE},(?P<then>[^?]*{_TRIP}[^?]*)")
"""在北京，上礼拜回了趟老家: whoever made a trip is back from it."""
_NOT_BACK = compiled(
    "现在|目前|眼下|这会|如今|[不没还正]在|[不没]回|路上|才能|[明后]天|下个?(?:周|礼拜|星期|月)|[老爱]伴|我[爸妈爹娘儿女哥姐弟妹]|不对|说错|[要得]|想(?!起)|打算|准备"
)
_AWAY = ("老家", "外地", "乡下", "外省", "国外", "农村")
_BEING_HERE = (_IS_HERE, _AT_HOME_DOING, _CHORES, _STAYS, _NO_HERE, _ONLY_ANOTHER_GONE)
_HAVING_COME = (_IS_BACK, _HAS_COME, _WHERE_ELSE, _OF_COURSE)
_BEING_AWAY = (_COMES_LATER, _COMING, _LOCKED_OUT, _WOULD_LIKE)
_LONGEST = 16
"""Characters of a short answer; longer ones say more than that."""
_HINTS = frozenset("回到返走离动出去飞上下不没在进呢居用必当肯自定要")


_IN_ANOTHER_TIME = compiled(
    "[跟和比](?:你们|北京|国内|咱们?国内)(?:那边|那儿|那里)?(?:有|差着?|早|晚)[了]?[一二两三四五六七八九十]+个?(?:多|半)?(?:小时|钟头|时区)"
)
"""这边才早上六点，跟你们差着八个钟头."""
_NOT_HERE_BUT = compiled(
    "(?:[嗯哎啊哦喂]+,)?(?:我|人|我人)?(?:现在)?[不没]在(?:北京|京)?[啊呀哦呢的]*,(?:我们?|人|我人)?(?:现在|目前|还|都)*在"
    "(?P<where>[^,不没]{2,6})(?:,(?!现在|不对|说错)[^?]*)?"
)
"""不在，我在成都屋头，上周五回来的: he came back to where he is."""
_ONLY_THE_HEART = compiled(
    "(?:我|我人|人|身子)(?:还|就|都|是|倒是?)*在(?P<where>[^,没不]{2,4})[呢啊呀的]?,(?:我?的?)?(?:心|魂|魂儿|心思)[^,]{1,12}"
)
"""人在北京，心早飞回哈尔滨了."""


_ONLY_REGISTERED = compiled(
    "(?:我?的?(?:户口|房子|身份证|单位|公司|学籍|社保|工作)[^,没不]{0,4}(?:北京|京城)[^,没不]*|我?是北京(?:户口|人)[^,没不]*),?"
    "(?:但是?|可是?|不过|就是)?我?(?:人|本人|自己)[可却也倒现在]*[没不]在(?:那儿?|那边|那里|那头)(?:住|待着?)?[的了呢啊]*"
)
"""户口是北京的，我本人可没在那儿."""
_HAS_LEFT_FOR_GOOD = compiled(
    "(?:北京|京城)[^,没不]{0,4}[房套][^,没不]{0,5}(?:卖|退|租出)[^,没不]*,(?:我|人|们|都|就|也|早|现在|如今|眼下)*"
    "(?:在|回|搬|住)(?:到|回|在|了)?(?:老家|村|乡下|农村|县|镇|外地|外省)[^,没不]{0,4}"
    "|[^,没不]{0,8}从北京(?:搬|走|离开|回老家)[^,没不]{0,4},?(?:我|就|也|都|后来|一直|再)*没再?回(?:去|来)过?了?"
)
"""京城那套早卖给别人了，如今我回村里养老; 去年年底就从北京搬走了，没再回去; not 北京的房子卖了，
现在住女儿家."""
_STAYS_HERE = compiled(
    "(?:[是对嗯哎啊嘞的呢]+,)*我?(?:还|就|都)*[在搁]北京[嘞呢啊的]*,[^?]*(?:老家|家里|过年|春节|年底)[^?]*不回去?了?[的啊呢]*"
)
"""搁北京嘞，俺河南老家地里没活儿，不回去."""


_HAS_COME_HOME = compiled(
    "[我俺]?(?:昨[天儿个日晚夜]*|今[天儿早]*|前[天儿个]+|[上下]午|刚刚?|才)+到的?家(?![乡里])[了啦]?(?:,|(?=跑|去|从|打))"
)
_ANOTHER_HOME = compiled("老家|娘家|婆家|那边|那儿|还没|没到")
"""昨儿个刚到家，跑了一趟沈阳."""


def told_whereabouts(answer: Answer) -> bool | None:
    """Whether somebody is at home, where that is asked, by what a whole short answer tells of coming, leaving
    and staying or of the room he is in; None where that tells nothing for certain."""
    home = answer.slot.place
    return told_by_move(answer.said, home) if home and answer.is_asked else None


def is_only_out(text: str) -> bool:
    """Whether somebody tells no more than that he is out of the house: 在外面吃饭呢, 在回家的路上."""
    return _OUT.fullmatch(text) is not None


_OUT = compiled(
    "(?:[嗯啊哎哦我是对,]|现在|这会儿?|还|正)*在(?:外[面头边](?:吃(?:饭|着饭)|办(?:点|个)?事|[遛溜]弯|散步|散心|买(?:点)?(?:菜|东西)|逛街?"
    "|[遛溜]达|跑步|锻炼|打球|打牌|下棋|理发|看病|排队|遛狗|接孩子|忙|开车|骑车|晒太阳|聚餐|喝酒|喝茶)(?:着)?|(?:回家|下班|上班)的?路上)[呢啊呀的]*"
)


def has_yet_to_come(text: str) -> bool:
    """上礼拜三去成都出差了，得这礼拜五才回来, but not 在的，我爱人出差了，得礼拜四才回来."""
    return _HAS_YET_TO_COME.search(text) is not None and not _IS_HERE_HIMSELF.match(text)


_IS_HERE_HIMSELF = compiled(
    f"(?:[嗯啊哎哦我,])*(?:在(?:的|呢|啊|家)?|是的?|对),.*(?:{ANY_KIN})[^,]{{0,8}}(?:出差|外地|没回|去了|回老家)[^,]*,[^,我]+$"
)


_NOT_HERE_YET = compiled(
    "(?:[嗯啊哎哦,]|我|他|她|人|现在|这会儿?|目前|暂时)*还不在北京(?:呢|啊|,)(?!不可能|怎么|哪|能|我能)"
)
"""现在还不在北京，想回去票都没买着."""
_ON_A_JOURNEY = compiled(
    "(?:[嗯啊哎哦,]|我|他|她|人|现在|这会儿?)*[没不]在(?:家|北京)?,?(?:又|去)?(?:出差|回老家|去外地|在外地)(?:去)?了?(?=$|[,;上前昨大今得要到])"
)
"""没在，出差了，得这周四才回来."""


def told_by_move(text: str, home: str) -> bool | None:
    """The same of the words alone, as they were heard."""
    if (trip := _TRIP_MADE.fullmatch(text)) and not _NOT_BACK.search(trip["then"]):
        return True
    if _HAS_COME_HOME.match(text) and not _ANOTHER_HOME.search(text):
        return True
    if _PLAINLY_NOT_HERE.fullmatch(text) or _NOT_HERE_YET.match(text) or _ON_A_JOURNEY.match(text):
        return False
    if (
        _IN_ANOTHER_TIME.search(text)
        or _ONLY_REGISTERED.fullmatch(text)
        or _HAS_LEFT_FOR_GOOD.fullmatch(text)
    ):
        return False
    if _STAYS_HERE.fullmatch(text):
        return True
    if (elsewhere := _NOT_HERE_BUT.fullmatch(text)) and _begins_away(elsewhere["where"], home):
        return False
    if only := _ONLY_THE_HEART.fullmatch(text):
        return only["where"] == home or is_part_of(only["where"], home)
    if len(text) > _LONGEST or _HINTS.isdisjoint(text):
        return None
    if any(pattern.fullmatch(text) for pattern in _BEING_HERE):
        return True
    if asked := _ASKED.fullmatch(text):
        return asked["here"] is not None
    if changed := _CHANGED.fullmatch(text):
        return changed["here"] is not None
    words = text.replace(",", "")  # 我过几天,去外地, which n-grams cut
    if any(pattern.fullmatch(words) for pattern in _HAVING_COME):
        return True
    if any(pattern.fullmatch(words) for pattern in _BEING_AWAY):
        return False
    leaves = _LEAVES_LATER.fullmatch(words)
    if leaves and (leaves["to"] is None or _is_away(leaves["to"], home)):
        return True
    rides = _ON_THE_WAY.fullmatch(words)
    return False if rides and _is_away(rides["to"], home) else None


def _begins_away(words: str, home: str) -> bool:
    named = next(places(words), None)
    return named is not None and named.start == 0 and not named.place.is_in(home)


def _is_away(words: str, home: str) -> bool:
    if words in _AWAY:
        return True
    named = next(places(words), None)
    return named is not None and (named.start, named.end) == (0, len(words)) and not named.place.is_in(home)
