"""Of which kind a clause is, and what of it is the need."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from campaign.patterns import compiled
from dialogs.slots.wishes.disposal import disposed, is_not_done_yet, is_yet_to_be_done
from dialogs.slots.wishes.hardship import is_hardship
from dialogs.slots.wishes.kinds import KINDS, NO_THING, PAST, THINGS, Clause, Kind
from dialogs.slots.wishes.phrases import (
    ASKED,
    ASKS,
    DOING,
    FETCH,
    KIN,
    LEAD,
    MEASURE,
    NUMBER,
    SPEAKERS,
    TAIL,
    THINGLESS,
    any_of,
)
from dialogs.slots.wishes.sold_out import is_nowhere, not_to_be_had
from dialogs.slots.wishes.tasks import beyond_me, done_to, left_undone, told_long
from dialogs.slots.wishes.unmet import asked_when, was_done

_CONSUMES = "[吃用使喝打卖滴抹涂擦贴烧抽喷使炖挤嚼点]"
_USED_UP = compiled(
    "^(?!差不多|差点|[退发][烧热](?![药贴]))(?P<thing>.{1,12}?)(?:都|也|全|就|快|要|马上|已经|又|老)*"
    f"{_CONSUMES}?"
    "(?:(?<=[吃用喝])得差不多(?:没)?了?|没有了|没得了?|没了?|完了?|光了?|断了?|(?:即?将|快要?|所剩)(?:用|吃|耗)?(?:尽|罄|无几)了?|告[罄急]|断货了?|断了货|(?<=[挤抽喝掏用])干净?了?|见底儿?了?|不(?:太|大|怎么|很)?够(?:用|吃|烧|喝|盖)?了?|不足了?|不多了?|空了|(?<=[^有没抽得])空(?=$)"
    "|没[买抢配领订捎拿][着到]了?|[供接跟]不上了?|(?:挺|很|太|比较|有点儿?)缺[的了]?"
    "|一.[都也]没(?:有|得)?了?|(?:没有?|不剩)(?:剩|下)?[几两][天顿片粒口颗支次瓶包袋盒]的?(?:用?量|药)?了?"
    "|[就只]?剩下?[三四五][天顿片粒口颗支次]的?(?:用?量|药)?了?|没(?:人)?送来?|倒不出来?了?|[就只]?剩.{0,5}[一两几半最底].{0,4}了?|只够.{1,6})$"
)
_FOR_KIN = compiled(
    f"^(?:能)?(?:给|帮|替|为)(?:我们?家?|我|俺)?(?:{KIN}|孩子|老人)[挂配买送带打量测做办剪理开约换修][^,不没过完好]{{1,6}}$"
)
"""给我老伴挂个号."""
_IF_THERE_IS = compiled(
    "^(?:你们?|您|社区)?有(?P<thing>.{1,6}?)(?:的话(?:就|也|能|请|麻烦)*(?:给|带|送|拿|来|捎|匀)|给(?:我|俺)?[捎带送拿整弄匀发])"
)
_DISINFECTED = compiled(
    "^(?:能)?(?:给|来|帮)(?:我们?|我家|家里?|楼道里?|院里?|屋里?)?(?P<task>消消毒|消个?毒|消一下毒|理理发|打扫打扫)$"
)
_TO_BUY = compiled(
    f"^(?P<thing>.{{1,9}}?)(?:也|就|还|该|是|都){{0,2}}(?:得|要|该|想|需要)再?(?:给.{{1,4}}?)?买(?:点|些|{NUMBER}?{MEASURE})?了?$"
)
"""消毒液得买点."""
_HOME = "(?:.{0,4}(?:家里?|屋里?头?|厨房|冰箱)|我|俺|我们|也|都|快|就)*"
_NO_MORE = compiled(
    f"^{_HOME}没(?:有|得)?(?P<thing>(?![我你他有人事法什啥别吃]|办法|出|去|接触|发|咳|量|烧|见|需|困|问题|说).{{1,6}}?)了$"
)
_NONE_HOME = compiled("^.{0,5}(?:家里?|屋里?|课)没(?:有|得)?(?P<thing>(?![有人事法什啥别去出]|需|困).{1,6})$")
_OFFERED = compiled(
    "^(?:有(?=.+(?:[也就再都]|[给来].)))?(?P<thing>.{1,9}?)[都也得就再]*(?:要|给|来|拿|带|整|捎|弄|称|可以[送买带给来])"
    f"(?P<amount>{NUMBER}?[大小整]?{MEASURE})?$"
    "|^(?P<also>.{1,6}?)也(?:行|成|可以)$"
)
"""手套要, 体温计给一个, 有橘子也来几个."""
_COUNTED = compiled(f"(?P<thing>.{{1,8}}?){NUMBER}{MEASURE}")
"""大葱两根."""
_IS_ANY = compiled("(?P<thing>.{2,4}?)还?有(?:吗|么|没有?)")
"""风油精有吗, of a thing that nobody listed."""
_IS_THERE_TO_GIVE = compiled("^有没[有得](?P<thing>.{1,6}?)(?:[给来送]|能|借)")
_IS_THERE = compiled(
    "^(?:有(?:没有?)?(?P<after>.{1,8}?)(?:吗|没有|么|没)|(?P<before>.{1,8}?)(?:你们?|您)?(?:那儿?|这儿?|那里|这里)?(?:有没[有得].{0,2}|还?有吗)|(?P<given>.{1,6}?)(?:社区|你们|居委会)?还?(?:给?发吗|发不发))$"
)
_LACKS = compiled(
    "(?:^|^.*(?:[就只单]是?|孩子|老人|我|课|家[里中]?|屋里?厢?))(?:没(?:有|得)?|断了)"
    "(?P<thing>(?![人有买要缺用拿取收带送喝打]).+?)(?:[了呀啊呢吧]*)$"
)
"""就是没青菜: said of things alone it is no denial."""
_TASKS = any_of(
    "给.{1,4}?(?:买|弄|找|带|送|联系|约|开|订|拿|请|剪|理|洗|修|换|配|喂|称)", "请[个位]", "修", "换", "倒",
    "取(?!消|暖)", "拿", "交",
    "通(?!州|知|过)", "约", "挂", "扛", "陪", "接(?!触|电话)", "送(?!走)", "买", "带", "捎", "搬",
    "开(?!始|车|心)", "办", "装", "安(?=[个把一上])", "借", "订", "教", "弄", "理个?发", "剪", "剃", "打扫",
    "打疫苗", "打针",
    "做", "遛", "照[顾看]", "联系", "申请", "预约", "报修", "充", "扔", "量", "测", "搞(?!了|得|错|不)",
    "整", "催", "找", "派", "叫", "喊", "安排", "疏通", "来(?:点|个|些|几|两|一)", "咨询", "洗", "擦",
    "配", "抬", "替", "看[看病]", "补", "擦", "写",
    "把.{1,12}(?:扫|收|铲|修|换|扔|搬|擦|洗|倒|清|抬|拿|拎|挪|糊|通)", "扫", "铲",
    "缝", "喂", "续", "拉(?!黑|肚|稀)", "填", "复印", "打印(?!纸|机)", "介绍", "协调", "代", "检修", "维修",
    "清理", "掏", "称", "[提拎搬抬扛](?:到|上)[^,]{0,3}(?:楼|门口|家|厨房|屋)",
    "打(?:水|[点几一两二三四五][桶壶盆瓶])",
    "[提拎割灌抱](?=[一两二三四五几半十]*[袋桶盒瓶包罐箱斤兜壶捆筐条卷])",
)  # fmt: skip
_TASK = compiled(
    "^(?:上门)?(?!.{1,2}得(?:起|了$|动|来$|过来|上$)|.{1,2}不[动了到着]|抬脚|[送买].{0,2}的(?:来|都|人|说))"
    + _TASKS
)
_DOES_ANYBODY = compiled(
    f"^.{{0,3}}有(?:没有)?(?:人|谁)?(?P<task>(?:上门)?{_TASKS}.{{0,5}}?)的?(?:吗|么|没有|没)$"
)
"""有上门理发的吗."""
_MARK = compiled(any_of(
    "想有人", "[盼望]着?有?人", "[可能]否", "可以不可以", "可不可以", "(?<!不)缺", "(?<!不)需要", "想要",
    "想[买请找让借订办装修做]", "能不能",
    "能[给帮代]",
    "能.{1,8}[吗不]$", "帮我", "(?<!没)(?<!谁)帮[她他](?=[接买拿取打倒送提拎挂办修洗存]).{2}",
    "帮忙", "帮着", "帮一下", "麻烦", "给我(?=送|买|带|拿|开|弄|捎|[拎提扔收倒搬抬取](?:走|掉|上|下|一下))",
    "给[送捎修弄催带报换通教]", "得有人", "要有?人(?=[去来帮给])", "找人", "[叫喊]人",
    f"谁[能给][给帮]?(?={DOING})",
    "都有能帮", "能送",
))  # fmt: skip
_NO_NEED = compiled(any_of(
    "人工", "真人", "机器", "录音", "居委会", "书记", "网格员", "听电话", "值班", "换个人", "活人", "来问",
    "谁$", "[跟和].{1,8}(?:说话|讲|谈|说)", "通话", "可好", "电话(?![费卡线机])",
    "号码", "拉黑", "删", "划[掉去了]", "再说", "再打",
    "接通", "主任", "领导", "负责人", "管事", "回头", "改天", "晚点", "名单", "别烦", "别再", "别来",
    "骚扰", "一遍", "讲一下", "再讲", "说什", "反映", "跟我谈", "亲自", "慢慢", "别的时间", "看着办",
    "找你们", "别家", "孤寡", "(?:问|给|照顾)他们", "老人去", "刚才", "先紧着", "更需要", "送走",
    f"问(?:问|一?下)?[我俺]?(?:家|屋里人|{KIN})", "困难的人",
    "负责", "拒绝", "注销", "退订", "访问", "来[说讲谈]", "声音", "听不(?:见|清|到)",
    "没听(?:见|清|到|着|真)",
    "^(?:能不能|能|麻烦|请|你们?|您|给|我)*(?:快|慢|大声|小声)(?:一?点|些)儿?$", "重[讲说]", "信号不好",
))  # fmt: skip
"""People to be put through to, calls to come: no need of daily life."""


_MAY_BE_THING = compiled(
    "(?!这|那|都|全|一共|急|先|请|家)[\u4e00-\u9fff]{1,4}(?<![的用急样家大高差低远贵慢冷热重沉])"
)
_NO_NAME = compiled(
    "[我你您他她咱谁不没有无是在说去来要给送买帮能会可想叫吧吗呢啊了着过得疼痛晕坏今明昨晚早午楼门周月点就都也还很太真好多快老急忙谢请够]"
    f"|^{KIN}$|孩子|大人|老人|[咳嗽泻吐痒]|发[烧热]"
)


def is_name(words: str, shortest: int = 2) -> bool:
    """Whether words may name a thing that is in no list."""
    return (
        len(words) >= shortest and _MAY_BE_THING.fullmatch(words) is not None and not _NO_NAME.search(words)
    )


@lru_cache(maxsize=64)
def clause_of(said: str) -> Clause:
    """What a clause is, and what of it is the need."""
    text = LEAD.sub("", said)
    bare = TAIL.sub("", text)
    if not bare or _WHOSE.fullmatch(bare):
        return Clause(Kind.POLITE, said)
    if thing := _asked_whether_there_is(text):
        return Clause(Kind.THING, thing)
    if (any_there := _IS_ANY.fullmatch(text)) and is_name(any_there["thing"]):
        return Clause(Kind.TOLD, any_there["thing"])
    if (enough := _IS_ENOUGH.fullmatch(bare)) and is_thing(enough["thing"]):
        return Clause(Kind.THING, enough["amount"] + enough["thing"])
    if seen_to := _DO_YOU_SEE_TO.fullmatch(bare):
        return Clause(Kind.REQUEST, seen_to["matter"], is_explicit=True)
    if _LOOK_AFTER.fullmatch(text):
        return Clause(Kind.REQUEST, bare)
    if neighbour := _LOOK_IN_ON.fullmatch(bare):
        return Clause(Kind.REQUEST, neighbour["task"], is_explicit=bool(neighbour["whom"]))
    if does := _DOES_ANYBODY.search(text):
        return Clause(Kind.REQUEST, does["task"], is_explicit=True)
    if wanted := _wanted_by(text):
        return Clause(Kind.THING, wanted)
    if is_nowhere(bare):
        return Clause(Kind.HARDSHIP, bare)
    if is_thing(thing := _owned(not_to_be_had(bare))):
        return Clause(Kind.USED_UP, thing)
    if _FOR_KIN.match(bare):
        return Clause(Kind.REQUEST, bare.removeprefix("能"), is_explicit=True)
    if clean := _DISINFECTED.match(bare):
        return Clause(Kind.REQUEST, clean["task"], is_explicit=True)
    if (there := _IF_THERE_IS.match(text)) and is_thing(there["thing"]):
        return Clause(Kind.THING, there["thing"])
    if (to_buy := _TO_BUY.match(bare)) and is_thing(_owned(to_buy["thing"])):
        return Clause(Kind.THING, _owned(to_buy["thing"]))
    if lacked := _lacked(said):
        return Clause(Kind.USED_UP, lacked)
    if undone := left_undone(bare):
        return Clause(Kind.REQUEST, undone, is_explicit=True)
    if moved := disposed(text):
        return Clause(Kind.DONE, text) if moved.is_done else _asked_for(moved.words, "")
    if is_not_done_yet(bare):
        return Clause(Kind.BROKEN, bare)
    if (thing := _owned(asked_when(text))) and (is_thing(thing) or _SUPPLIED.fullmatch(thing)):
        return Clause(Kind.IN_VAIN, thing if is_thing(thing) and len(thing) > 1 else text, is_explicit=True)
    if was_done(text):
        return Clause(Kind.DONE, text)
    if _DAYS_LEFT.search(bare):
        return Clause(Kind.USED_UP, "")
    for kind, pattern in KINDS:
        if pattern.search(bare):
            if kind is Kind.HAD and is_yet_to_be_done(text):
                return Clause(Kind.REQUEST, ASKED.sub("", bare), is_explicit=True)
            if kind is Kind.UNABLE and (task := beyond_me(bare)):
                return Clause(kind, task)
            return Clause(kind, _whole(text) if kind in (Kind.BROKEN, Kind.UNABLE) else bare)
    used_up = (
        _USED_UP.search(bare) or _USED_UP.search(text) or _NO_MORE.search(text) or _NONE_HOME.search(bare)
    )
    if used_up and not _MARK.search(used_up["thing"]):
        return Clause(Kind.USED_UP, _thing_of(used_up["thing"]))
    if is_hardship(bare):
        return Clause(Kind.HARDSHIP, _whole(text))
    request = _request(bare)
    ending = _ENDING.match(f"{request.words[:1]}{text[len(bare) :]}")
    return replace(request, words=request.words + ending[1]) if ending else request


_LOOK_AFTER = compiled(
    "[你您]们?(?:给|帮)?多?(?:照应|照看|照顾|关照)着?[点些]?(?:一下)?就?[行好成]?[了吧啊呗]?"
)
_LOOK_IN_ON = compiled(
    "[你您]们?(?:社区的?)?(?:也|得|该|有空|抽空|多|常|记得|最好|能)*(?P<task>(?:[去来多]|帮忙)?(?:看看|瞧瞧|瞅瞅|照顾照顾?|照看|照应|关心关心|关照)"
    "(?:一下)?(?:[他她]们?|(?P<whom>[^,没不我你您他她]{0,4}(?:对门|隔壁|楼[上下]|邻居|老(?=太太|大爷|爷子|头|奶奶|两口))[^,没不我你您他她]{0,6})))"
)
"""你们去看看对门老太太, 你们多照顾照顾她."""
_DO_YOU_SEE_TO = compiled(
    "(?P<matter>.{3,20}?)(?:你们?|您|社区|居委会|这个?)*(?:管不管|能不能管|能管[吗么]|归[你您]们?管[吗么])"
)
"""娃上网课那个网老断，你们管不管."""
_SUPPLIED = compiled("(?:自来|热)?水|电|[暖煤燃]?气|天然气|网络?|宽带|电梯|救护车")
"""水什么时候来: what does not come by itself."""
_IS_ENOUGH = compiled(
    f"(?:有|来|要|给)?(?P<amount>{NUMBER}{MEASURE}的?)(?P<thing>.{{1,6}}?)(?:我?就|也就|足|尽)够(?:了|的|用|吃)?"
)
"""一箱牛奶足够了: so much is asked for."""
_DAYS_LEFT = compiled(
    "^(?:都|也|全|快|马上|眼[看瞅]着?|大概|可能|估计|现在|家里)*"
    "(?:[剩没]|没有|不剩|撑不[过了到])(?:下|得)?(?:最后|不到|一共)?"
    "[一两二三四五几半]+(?:天|顿|片|粒|口|颗|支|次|宿)的?(?:用?量|药|份)?的?了?$"
)
"""剩三天的量, 没几片: of what was named before."""

_ENDING = compiled("(?:把(?=了)|派(?=来))(.)")
"""What belongs to a request that begins so: 把垃圾倒了, 派个师傅来."""


def _whole(text: str) -> str:
    """With the 了 that tells what happened: 下水道堵了."""
    return _OURS.sub("", text).rstrip("吧呢啊嘛呀")


_OURS = compiled("^(?:[我俺咱]们?(?:家的?|这|那|的)|家里的?|屋里的?|屋里?头的?)(?![栋个座层边])(?:儿)?(?=..)")
_WHOSE = compiled("[我俺咱](?:们家?|家)里?|家里?|屋里?头?")
"""家里, 手机没费了: a break that tears the owner off."""
_OWNER = compiled(
    f"^(?:倒是|就是)?(?:(?:我们?家?|俺家?|咱家?|家里?|屋里?头?|厨房|孩子|娃|小孩|{KIN})的?|那个|(?<!^)那(?=..))+(?=.)"
    "|(?:家里?|屋里?头?)$"
)
_NAMELESS_WORDS = any_of(
    "我", "我们", "(?:孩子|娃|大人|老人)的", "我?这[儿里]", "我家的?", "家里?", "屋里?", "没有?了?",
    "都", "也", "快", "就", "全", "一", "要", "这个", "那个", "瓶瓶罐罐", "[瓶罐盒袋桶缸坛筐兜壶]子?",
    "原来那个", "这东西", f"{NUMBER}{MEASURE}儿?",
)  # fmt: skip
_SHOPS = ".*(?:医院|超市|药店|外卖|楼下|店里?|快递)(?:的|里|都)?"
_NAMELESS = compiled(f"{_NAMELESS_WORDS}*|{_SHOPS}")
"""家里用光了, 罐子空了, 药店断货了: nothing that could be brought."""


def _asked_whether_there_is(text: str) -> str:
    """有没有喉糖给两盒 -> 喉糖."""
    there = next((m for p in (_IS_THERE, _IS_THERE_TO_GIVE) for m in p.finditer(text)), None)
    thing = _owned(next(filter(None, there.groups()), "")) if there else ""
    return thing if is_thing(thing) else ""


def _wanted_by(text: str) -> str:
    """我妈要护膝 -> 护膝; not 我妈要来."""
    match = _WANTED_BY.match(text)
    return match["thing"] if match and is_thing(match["thing"]) else ""


_WANTED_BY = compiled(
    f"[我俺咱]?们?家?(?:{KIN}|娃儿?|孩子|小孩|宝宝|老人)(?:他|她)?(?:还|也|就|只|光|正|老)*(?:想?要|想吃|需要|缺|短)"
    f"(?:{NUMBER}?{MEASURE})?(?P<thing>.+)$"
)


def _lacked(said: str) -> str:
    """没青菜 -> 青菜, and nothing of what cannot be brought."""
    match = _LACKS.search(said)
    if not match or not is_thing(match["thing"]) or PAST.search(said):
        return ""
    return "" if match["thing"].startswith(_TIME) else _owned(match["thing"])


_TIME = ("空", "时间", "工夫", "功夫")
"""没空做饭 lacks no 空做饭."""


def _thing_of(words: str) -> str:
    """What has run out: 菜 in 没菜吃了."""
    if words[-1:] in ("吃", "用", "喝") and is_thing(words[:-1]):
        words = words[:-1]
    if not is_thing(words) and (held := _CONTAINER.fullmatch(words)) and is_thing(held["goods"]):
        return _owned(held["goods"])
    return "" if _NAMELESS.fullmatch(words) else _owned(words)


_CONTAINER = compiled("(?P<goods>.+?(?<!气))(?:桶|缸|袋|罐|瓶|坛|壶|盒)子?")
"""油桶见底, 米缸空了: what was in it."""


def _owned(words: str) -> str:
    """Without whose it is: 我妈的降压药 -> 降压药."""
    thing = _OWNER.sub("", words)
    return thing if is_thing(thing) else words


def _request(bare: str) -> Clause:
    asked = ASKED.match(bare)
    rest = bare[asked.end() :] if asked else bare
    if _NO_NEED.search(bare):
        return Clause(Kind.CALL, bare)
    if asked and (asks := ASKS.search(bare)) and asks.end() <= asked.end():
        return _asked_for(rest, "")
    if _TASK.match(rest):
        return _asked_for(rest, "")
    if mark := _MARK.search(rest):
        after = ASKED.sub("", rest[mark.start() :])
        return _asked_for(after, rest[: mark.start()])
    offered = _OFFERED.match(rest)
    if offered and offered["thing"] and is_thing(offered["thing"]):
        return Clause(Kind.THING, rest.removeprefix("有") if offered["amount"] else offered["thing"])
    if offered and offered["also"] and is_thing(offered["also"]):
        return Clause(Kind.THING, offered["also"])
    counted = _COUNTED.fullmatch(rest)
    if counted and is_thing(counted["thing"]):
        return Clause(Kind.THING, rest)
    thing = _owned(rest.removeprefix("给") if len(rest) <= _BRIEF else rest)
    if is_thing(thing):
        return Clause(Kind.THING, thing)
    to_do = _TO_DO.fullmatch(rest)
    if to_do and is_thing(to_do["thing"]):
        return Clause(Kind.REQUEST, done_to(to_do["thing"], to_do["deed"]) or rest, is_explicit=True)
    return Clause(Kind.TOLD, rest)


_BRIEF = 5
"""Characters of 给香蕉 and the like, where nobody stands whom it is for."""
_TO_DO = compiled(
    "(?P<thing>.{2,6}?)(?:还得|得)?去?(?P<deed>(?P<verb>[^得])(?:一[下哈]|(?P=verb))|(?<=得)[修换洗擦通])"
)
"""煤气罐换一下, 公厕得修."""


def _asked_for(words: str, before: str) -> Clause:
    """A request; where it names no thing, the words before it do: 鸡蛋能给送点, 窗户帮我擦擦."""
    if task := told_long(words):
        return Clause(Kind.REQUEST, task, is_explicit=True)
    thing = _named_last(_owned(_BESIDES.sub("", before.removesuffix("的"))))
    is_to_be_done = 0 < len(thing) <= 8 and not (_FETCHED.fullmatch(words) or THINGLESS.fullmatch(thing))
    if is_to_be_done and (task := done_to(thing, _BY_SOMEBODY.sub("", words))):
        return Clause(Kind.REQUEST, task, is_explicit=True)
    if is_thing(thing) and _ERRAND.fullmatch(words):
        return Clause(Kind.REQUEST, f"{thing}、{words}", is_explicit=True)
    if not THINGLESS.fullmatch(words):
        return Clause(Kind.REQUEST, words, is_explicit=True)
    if thing and not re.fullmatch(SPEAKERS, thing) and not THINGLESS.fullmatch(thing):
        return Clause(Kind.REQUEST, thing if FETCH.match(words) else thing + words, is_explicit=True)
    return Clause(Kind.REQUEST, words)


def _named_last(words: str) -> str:
    """What a long thing is called: 作业卷子 of 我闺女学校的作业卷子."""
    owner, _, name = words.rpartition("的")
    return name if len(words) > _LONG and len(owner) > 1 and len(name) > 1 else words


_LONG = 8
_BESIDES = compiled("^(?:就是|还有|再就是)(?:那个?)?(?=..)")
_ERRAND = compiled("(?:跑|去)一?[趟次].+")
_BY_SOMEBODY = compiled(
    "^(?:(?:派|找|来|叫|请|要|得有|要有)个?人)?(?:来|上门|给|帮[忙着]?)*(?:去(?:医院|药店|超市|单位|学校|银行|社区))?(?=.)"
)
"""就是垃圾麻烦你们派人收一下."""
_FETCHED = compiled("[去来再]*[送买带拿取]")
"""Of the thing alone: 鸡蛋能给送不."""


@lru_cache(maxsize=512)
def is_thing(words: str) -> bool:
    """Whether words name nothing but something that can be brought or mended: 新鲜蔬菜."""
    return len(words) <= 12 and not NO_THING.search(words) and THINGS.search(words) is not None


def is_plain(words: str) -> bool:
    """Whether words are a need by themselves, a thing or a task: 纱布, 倒垃圾."""
    return is_thing(words) or bool(_TASK.match(words) or _FOR_KIN.match(words))


_AMOUNT = compiled(f"(?:{NUMBER}|各)?{MEASURE}")
_ALMOST = compiled(f"快{_CONSUMES}")
"""快滴光了: no 快递."""


def makes_sense(said: str) -> bool:
    """Whether words are fit for telling a need as they were written: 豆油, 几斤, 补, 快滴."""
    return is_thing(said) or any(p.fullmatch(said) for p in (_AMOUNT, _TASK, _ALMOST))
