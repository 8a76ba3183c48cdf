"""Which words of an answer are the need: 米面都有，就缺点降压药 -> 降压药. Pure.

Laws:

- An answer is cut into clauses, and every clause is of one ``Kind``, the first in ``_KINDS`` that fits.
- What is asked for (帮我买药), what has run out (米没了) and bare things (鸡蛋) are the need; what is had,
  done by others, past or merely told is not.
- A general no takes back what was said before it (缺钱，开玩笑的，不用), a particular one only its own clause
  (口罩不要，手套要).
- What is broken or used up is left out where a request repeats it: 灯泡坏了，想换灯泡 -> 换灯泡.
- What somebody is unable to do is a need too, where nothing is asked for: 水费我不会交.
- A request that names no thing stands beside the clause that does: 水管漏了，给修修 -> 水管漏了、修修.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

_BREAKS = "，。；！？、,;!?…"
_CLAUSE = re.compile(f"[^{_BREAKS}]+")
_KIN = (
    "(?:老伴|爱人|老婆|老公|媳妇|婆姨|老头子?|老太太|闺女|女儿|儿子|儿女|孩子们?|姑娘|女婿|孙子|孙女|侄子|外甥|妹妹?|弟弟?"
    "|哥哥?|姐姐?|妈妈?|爸爸?|妈|爸|爹|娘|爷爷|奶奶|亲戚|保姆|邻居|物业|单位|学校|食堂|朋友)"
)
_GIVES = "(?:买|送|带|捎|拿|管|修|换|弄|照顾|照应|解决|寄|网购|储|囤|倒|做|提|扛|搬|交)"
_MEASURE = (
    "(?:个|点儿?|些|袋|桶|盒|瓶|包|把|趟|罐|台|支|只|次|张|样|份|斤|箱|条|双|辆|副|下|哈|顿|头|口"
    "|提|卷|板|棵|壶|粒)"
)
_NUMBER = "(?:[一二两三四五六七八九十几半]+)"

_SPLIT = re.compile(
    "(?<=.)(?=(?:就|单|只|光|还)(?:是)?缺|但是|不过(?!分)|可是|[哦噢哎](?:不|对了|还有|有一?个?[,，]?)|就是(?:想|要|没)|(?<=[有好])就是"
    "|还要(?!是))"
    "|(?<=.)(?=(?:别的|其他)[都也就]*(?:不|有|没|够))|(?:(?<=除了.)|(?<=除了..)|(?<=除了...))(?=(?:啥|什么)[都也]不)"
    "|(?<=[了吧呢啊呀呗])(?=能不能|能[给帮代]|帮我|帮忙|麻烦|想要|想请|想让|给我|你们[能给])"
)
"""Where a clause begins without a pause being written: 米面都有就缺点降压药."""


class Kind(Enum):
    """What a clause says about needs."""

    POLITE = auto()  # 谢谢, 行吗, 有啊
    JOKE = auto()  # 开玩笑的: takes back what was said
    UNKNOWN = auto()  # 说不上来
    OTHERS = auto()  # 别的不用: what was named stays
    NO = auto()  # 没有: that is all, or nothing
    NOTHING = auto()  # 啥也不缺
    HAD = auto()  # 菜够了, 口罩不要, 闺女给买
    PAST = auto()  # 之前缺菜
    ECHO = auto()  # 帮忙？缺啥？
    USED_UP = auto()  # 米没了
    BROKEN = auto()  # 水管漏了
    UNABLE = auto()  # 水费我不会交
    REQUEST = auto()  # 帮我买点菜
    THING = auto()  # 鸡蛋
    TOLD = auto()  # 我下不了楼


@dataclass(frozen=True)
class Clause:
    kind: Kind
    words: str
    """What of it is the need, trimmed; of a clause that tells none, the clause."""
    is_explicit: bool = False
    """A request that names its thing."""
    is_exception: bool = False
    """除了口罩: what is told next is of everything else."""


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


# --- what is around the words of a need -----------------------------------------------------------------

_FILLERS = _any(
    "(?:[嗯哦啊呃哎唉噢喔哟]|喂(?![猫狗鸡鸭鱼鸟饭奶药]))+", "那个", "这个(?!月)", "就是说?(?!说)", "其实",
    "主要是?", "最要紧的是",
    "最要几的是", "首先", "其次", "另外", "还有", "而且", "但是", "不过", "可是", "对了", "然后", "那就",
    "那", "正好", "要说缺", "要说帮忙", "要是方便的话", "要是方便", "方便的话", "有的话", "可以的话",
    "要是有", "您好", "你好", "到时候", "我寻思着?", "寻思着?", "真的", "反正", "眼下", "目前", "现在",
    "这会儿?", "只是", "改成", "换成", "要不(?=帮)", "除了", "是(?=[要缺想])", "单(?!位|据|子)",
    "[就光只还再也]",
)  # fmt: skip
_LEAD = re.compile(f"^{_FILLERS}+")
_WE = "(?:我们家?|我家|我|俺们?|俺家|咱们?|你们|您|恁|侬|你)"
_NOT_KIN = "(?![妈爸爹娘妹弟哥姐儿女老孙爱闺媳丈对外公婆爷奶岳舅姑])"
_NOT_TALK = "(?!说|聊|唠|拉)"
"""来个人说说话: who is to come is the need."""
_DOING = _any(
    "上门", "去", "再", "送", "买", "带", "捎", "拿", "取", "开", "修", "换", "倒", "通", "装", "办", "交",
    "约", "预约", "联系", "安排", "派", "找", "教", "弄", "搞", "整", "来", "打", "量", "测", "接", "催",
    "疏通", "报", "登", "调", "借", "订", "看", "瞅", "问", "理", "剪", "叫", "喊", "搬", "扛", "抬", "遛",
    "陪", "照", "充", "扔", "申请", "记", "代", "做", "洗", "擦", "配", "挂", "点", "一", "两", "几", "个",
    "寄", "补", "查", "扫", "打扫", "介绍", "协调", "紧", "复印", "打印", "写", "填", "瞧", "喂", "缝",
    "铲", "收",
    "续", "念", "拉",
)  # fmt: skip
_ASKING = _any(
    "[给帮]?问问?(?:一?下)?(?=能不能)",
    "想请(?:人|你们|您)来?", "想让(?:人|你们|您)", "想求(?:你们|您)", "想要?找人", "想喊人",
    "想要?有?人(?=帮|给|陪|教|来|接|替|上门)", "想要", "想(?![想了起着不出必])", "需要(?:有?人(?!工))?",
    "缺个?人(?=帮|给|陪|来|照)", "缺[点个些]?", "得有人", "得有(?=.{1,4}(?:上门|接送))",
    "(?:就|只)?盼着?(?:有人|你们|您)(?:能|来)*", f"得(?:赶紧)?(?={_DOING})", f"认识(?={_DOING})",
    f"帮(?={_DOING})", "劳驾(?:您|谁来|谁)?", "来(?=[通修换陪]|给|帮)",
    "得(?=劳驾|请|麻烦|买|换|修|帮|给|找人|叫人)",
    "要有?人(?=帮|陪|给|来|送)", "只?要有人", "有没[有得]人", "有人(?=能|可以|帮|给)", f"有人会(?={_DOING})",
    "谁(?:能|来|给|会)?(?=帮|教|给|换|修|陪|送)", "能不能", "能否", "可不可以", "可以(?=帮|给)",
    f"能(?={_DOING}|够|给|帮|找)", "帮个?忙", "帮着", f"帮我们?{_NOT_KIN}", f"给我们?{_NOT_KIN}",
    f"给(?={_DOING})", "麻烦(?:你们|您|你)?", "请(?:你们|您)?(?!个|客|假|人)", f"请人来?{_NOT_TALK}",
    f"找人来?{_NOT_TALK}",
    "[叫喊]人来?", "希望", "快派人", "快(?=给|帮|送|派|来.)", f"来个人{_NOT_TALK}", "赶紧(?=来|给|帮|修)",
    "最好(?=能|有)",
    "要(?:[点些个]|(?![是说不紧有去得吃用的]))", "正(?=想|要)", f"想请个?(?={_DOING})",
)  # fmt: skip
_ADDRESSED = f"(?:{_WE}(?=想|要|需要|缺|得|能|就想|还|帮|给|麻烦|可以|请|快|有没)|你们(?!家)|您|我(?=这儿))"
_ASKED = re.compile(f"^(?:{_FILLERS}|{_ADDRESSED}|{_ASKING})+(?:(?<=[缺要给])(?:[点些]|[个辆](?=..)))?")
_ASKS = re.compile(_ASKING)
_ENDS = _any(
    "行吗", "(?<!银)行不行?", "成吗", "成不成?", "可以吗", "可以不", "好不好", "好吗", "好伐", "中不中?",
    "要得不", "伐", "就?最好了", "就?更好了", "就要得", "就[行成中好得]了?", "要得", "谢谢", "多谢",
    "[吗吧呗嘛啊呀啦呢哦哟喽嘞]", "(?<!一)哈", "(?<!什)么", "(?<!要)不", "(?<=.[^坏堵漏断掉裂摔不])了",
    "(?<=..[^起回过出上下进不])来",
)  # fmt: skip
_TAIL = re.compile(_ENDS + "+$")
_VERB = _any(
    "代?买", "送", "带", "捎", "取", "拿", "开", "借", "来", "给", "要", "订", "寄", "修修?", "换换?",
    "弄弄?", "搞", "通通?", "抬", "看看?", "瞅瞅?", "催催?", "问问?", "报个?修", "登个?记", "记",
    "教教?我?", "倒", "帮帮?", "接", "陪陪?我?", "叫", "喊", "派", "找", "处理", "解决", "续", "念念?",
    "补?办", "补",
    "配", "充", "交", "约", "收", "缝缝?", "扫扫?", "备", "瞧瞧?", "搭把手", "跑", "做", "量", "说说",
)  # fmt: skip
_HITHER = "(?:上来|回来|过来|上去|下去)"
_THINGLESS = re.compile(
    f"(?:上门|去|来|再|能|一|都|也)*{_VERB}{{0,2}}{_HITHER}?{_NUMBER}?{_MEASURE}?"
    "(?:我|我们|他们|新的?|回来|上来|下去|来|人)*"
)
_FETCH = re.compile(
    "^(?:去|来|再|能)*(?:代?买|送|带|捎|取|拿|开|借|来|给|要|订|有|备)?"
    + f"{_HITHER}?{_NUMBER}?{_MEASURE}?(?:新的?|来)*$"
)
"""A request that adds nothing to the thing that has run out: 降压药吃完了，帮我开点."""

# --- the kinds of clauses -------------------------------------------------------------------------------

_NEED = "(?:需要|需求|要求|困难|难处|麻烦|问题)"
_WHAT = "(?:什么|啥子?|么子|嘛)"
_HOW = "(?:去|上|该|要)?(?:咋|怎么|哪)(?!说|讲|回)"
"""不知道咋补: help is wanted with it."""
_HELP = "(?:帮|帮忙|帮助|要帮|操心|麻烦|劳烦|求你们|惦记|费心)"
_GOODS = _any(
    "[药菜米面油盐糖醋奶蛋肉粉丸液纸巾罩套计表灯泡罐椅被衣鞋布贴皂粮餐饭馍姜葱蒜鱼茶酒]", "药水", "纯净水",
    "矿泉水", "桶装水", "洗手液", "糖浆", "胶囊", "试纸", "水果", "酒精", "胰岛素", "布洛芬", "尿不湿",
    "尿布", "抗原", "试剂", "电池", "馒头", "豆腐", "土豆", "白菜", "萝卜", "青菜", "青椒", "黄瓜", "鸡蛋",
    "水壶", "拐杖", "充电器", "作业本", "铅笔", "颗粒", "清瘟", "阿莫西林", "棉签", "纱布", "创可贴",
    "氧气瓶", "制氧机", "血压计", "血糖仪", "生活用品", "日用品", "卫生巾", "香皂", "肥皂", "牙膏", "电脑",
    "手机", "电热毯", "电暖气", "煤气", "挂面", "救护车", "护工", "保姆", "快递", "垃圾", "体温枪", "手套",
    "轮椅", "疫苗", "(?:消毒|洗洁|洗衣|洗发)[水液]", "钙片", "纸尿裤", "试剂盒", "双胍", "地平", "匹林",
    "胺醇", "沙坦",
    "板蓝根", "冲剂", "喷雾剂?", "西红柿", "面包", "面条", "饺子", "本子", "(?<!毛)笔", "尿[管垫]",
    "消费券", "粮油券", "体温表",
    "柴火?", "煤", "创口贴", "老花镜", "出入证", "老年餐", "补[助贴]", "喉糖",
)  # fmt: skip
_THINGS = re.compile(_GOODS + "$")
_NO_THING = re.compile("[我你您他她们咱俺恁吗呢啊了着过得没是说去在很想叫给谁这天正吃]|不(?!湿)|有")

_KIND_WORDS: Sequence[tuple[Kind, tuple[str, ...]]] = (
    (Kind.POLITE, (
        "^(?:[嗯哦啊呃哎唉喂哈]+|(?:是|咋没)?有[啊的呀哇一个]*|是[的啊]?|对[的啊]?|行"
        "|好[的嘞]?|就这些|这[几一两三]样)$",
        "^(?:多谢|谢|辛苦|感谢|麻烦(?:你们|您)?了|不好意思|哈哈|劳您)",
        "^(?:不过分|钱我|这[两三四几]样|不多$|一共|没什么大事)", "^.{0,4}怕麻烦", "^[^不没]*谢谢.{0,2}$",
        "^(?:你|您|给)?(?:给|都)?记(?:一下|上|下)?$", "^(?:行|成|可以|好)[吗不]$",
        "^(?:怎么|咋|谁说|哪能|怎能|能)(?:没|不(?!能))", "^不是不", "^是有$", "^有是有", "本来不想",
        "^(?:[我又]|我又)?不是不(?!用|要|缺)", "^(?:我|先|就)*挂(?:了|电话)*$",
    )),
    (Kind.JOKE, (
        "开玩笑", "逗你", "说笑", "说着玩", "^[哦啊噢哎]*不(?:对|是)?$",
    )),
    (Kind.UNKNOWN, (
        f"(?<!哪.)(?<!哪..)不知道(?!{_HOW})", "不清楚", "说不上", "说不好", "想不起", f"不晓得(?!{_HOW})",
        "没想好", "记不得", "琢磨", "我想想",
    )),
    (Kind.OTHERS, (
        "^.{0,3}(?:别的|其他|其它|其余).{0,3}(?:不|没|齐|够|有|能)", "没有?(?:什么|啥)?(?:别的|其他)",
        "^.{0,3}不[用要缺]别的", "^缺是不缺", "才(?:需要|困难)",
    )),
    (Kind.NO, (
        f"^(?:暂时|真的?|这|倒|那可?|还?是|这[次回]|也|我们?|就|都|如今|一点儿?|其实)*没(?:有|得)?(?:没有?|没得)*"
        f"(?:{_WHAT}|别的|的)?大?事?$",
        "^(?:我|这儿|身体|暂时|一切|生活|都|也|挺|蛮|很)*(?:好|正常|方便)的?$",
    )),
    (Kind.NO, (
        f"^(?:真|以后|要是)?有(?:{_WHAT})?(?:需要|困难|事|的话|了).{{0,3}}(?:再|我会|找|说|喊|叫|给.+打)",
        "^(?:真)?需要(?:的话|了|时|的时候).{0,6}(?:再|会|找|说|喊|叫|打)",
    )),
    (Kind.NOTHING, (
        f"{_WHAT}(?:忙|东西)?[也都]?不(?:缺|用|要|需要|差|消|愁)", f"{_WHAT}[也都]有(?!人)",
        f"(?:没有?得?(?!人)|不需|(?<!要)不|勿)(?:任何|{_WHAT}|什么)?(?:可|需|得|用)?"
        f"(?:要|用|缺)?(?:你们|社区|别人|人|您)?(?:来|去)?{_HELP}",
        f"没有?得?(?:任何|{_WHAT}|什么)?{_NEED}", f"不缺(?:吃喝?|{_WHAT})?[的了]?$",
        "^(?:我|俺|眼下|目前|暂时|就|都|也|真|那|您|你|这儿|我这儿)*"
        "(?:不用|不要|不需要|勿要|勿需要|用不[着上]|不必|免了|没需要|没有需要"
        f"|不麻烦|不劳|别管|别惦记|别费心|别操心)(?!.{{0,3}}{_GOODS}$)",
        "不用(?:你们|您|管|帮|操心|上门|跑|麻烦|了$)", "^(?:现在|这回|今年|就|自己|我这儿)*不用$",
        f"{_NEED}.{{0,2}}(?:没有|哪来)", "(?:要|需要?)(?:帮忙?|麻烦)的?.{0,3}没有", "哪.{0,3}用得着",
        f"(?:能|还能|有|要|还帮|帮)(?:缺|要|有)?{_WHAT}(?:可帮|好帮|忙|帮忙|需要)", f"能(?:有|缺){_WHAT}",
        f"要{_WHAT}有{_WHAT}", "零需求", "早.{0,3}(?:找你们|开口)", "吃喝不愁", "不愁", "不使$", "不劳",
        "添(?:麻烦|乱)", "莫管", "没.{0,6}[要用]帮", "帮忙就免", "(?:轮不着|不)麻烦", "能自理", "免了",
        "样样都?[有齐]", "一样儿?[都也]?不[缺用]", "不消", "不求人", "有吃有[穿喝]", "缺不[着了]",
        f"没有?得?(?:任何|{_WHAT})(?:特别|要紧|太)?.{{0,2}}(?:需|要|缺|不便)", "没有?[要缺]的?$",
        "[没无].{0,5}需求",
        f"哪来的?{_NEED}", f"还(?:能)?(?:要|缺|需要)(?:{_WHAT}|东西)", f"{_WHAT}[都也]不(?:短|少|落空)",
        f"不[差短]{_WHAT}", "哪儿?(?:能|好意思).{0,3}麻烦", "犯不[上着]", f"想不出有?{_WHAT}",
    )),
    (Kind.PAST, (
        "(?:^昨[天儿个]+|前[几两]天|前一?阵子?|之前|以前|上回|上次|上个?(?:月|礼拜|星期|周)|早先|本来|原先|去年|前天).*"
        "(?:缺|要|想|漏|坏|不热|说|送过|没)", "缺过",
    )),
    (Kind.HAD, (
        "自己(?:会|能|去|可以|换|都|下楼|买|修|来|搞|对付|行)", "自个儿?(?:会|能|去|都|行)",
        f"(?<!给){_KIN}(?!.{{0,4}}能不能).{{0,6}}(?<!没人)(?:给|会|都|能|天天|刚|替|帮我|帮着).{{0,4}}{_GIVES}",
        f"{_KIN}.{{0,3}}(?:送来|买回来|管着|照顾)", "^(?:上[回次].{0,6})?不是?(?:要(?!是)|用|缺|需要)",
        "别(?:再|给|我|老)*(?:送|跑|管|惦记|费心|操心|买|麻烦|帮)", ".不[用要缺](?:送|买|了)*$", "不需要$",
        "(?<![不只就])够(?:了|吃|用|花|着呢)", "(?:都|倒是?|还|也)有[的呢两三了]*(?:盒)?$", "(?:都|还|我)有$",
        ".有(?:的是|着呢)?$(?<!没有)", "(?:修|弄|买|换|解决)(?:好|着|到|上|回来|齐|掉)(?:[了的]|$)",
        "刚.{0,8}过", "(?:都|也)能(?:自己)?(?:解决|克服)", "帮别人",
        "(?:外卖|网上|手机上).{0,4}(?:能|买|点|送)", "备得足", "囤了", "备[齐足]", "^[^想要缺]*备着",
        "塞得?满", "齐全",
        "送过了", "照顾(?:得了)?自己", "(?:他|她|他们|人家)都?(?:会|给|都).{0,2}(?:管|包|送|买|捎|带)",
        "[堆放装]不下", "充足",
        "(?:都|是)满[着的]", "还没[吃用喝]完", "[吃用喝花]不(?:完|了(?!饭))", "放坏", "[搬修换办弄]完",
        "(?:安排|办|弄)妥", "好着$", "知足",
        f"{_KIN}.{{0,2}}(?:隔三差五|每[天周]|天天)(?![不没])", "天天.{0,3}送", "[扛买拎]了.{1,6}回来$",
        "就给?[带捎买]回来$",
        f"{_KIN}.{{0,2}}发的", "满的$", "搁门口", "互相照[应顾]",
        f"(?:缺|要|少|想[吃要买])(?:点)?{_WHAT}.{{0,2}}(?:[我他她]|自己|点|买|有)", "一屋子",
        f"刚.{{0,6}}{_GIVES}了", "已经.{0,6}(?:帮|给|送|换好|修|买)", "都.完",
        "(?:楼下|门口|对门)(?:就是|就有)(?:大|小)?(?:超市|菜市场|药店|小卖部|饭馆)$",
    )),
    (Kind.ECHO, (
        f"{_WHAT}要", f"(?:缺|要|需要|帮|少)(?:我)?(?:点|个)?{_WHAT}", "^(?:需要|要)?帮忙[啊呀吗么]?$",
        "^(?:有|缺|需要|困难|要|帮)$", "要(?:你们)?帮忙?的$", "^要说",
    )),
    (Kind.BROKEN, (
        "(?:坏|堵|漏|裂|掉|碎|丢|罢工|死机|到期|过期|欠费|停摆|(?<!轻)松|(?:网|宽带|信号)断)(?:[了仨]|$)",
        "断了[腿带]", "(?<!没)毛病", "返味",
        "跳闸", "打不着", "[响亮]不了", "流水", "没影", "(?:电视|宽带|网络?)没信号", "坏.+天了?$", "漏水",
        "漏风", "漏气", "不热", "不亮",
        "不通(?:了|气)?$", "不转", "停[水电气]", "(?<!手机)(?<!手机快)(?:没|断)(?:电|气|网|水|暖气)[了]?$",
        "滴水", "返水", "老坏",
        "没人(?:给|管|帮|能|会)?我?(?:倒|送|接|买|换|修|陪|照|做|拿|取|扔|理|带|扛|打扫"
        "|收|缝|扫|铲|遛|喂|装|剪|帮$)",
        "有点[堵漏坏]",
        "[买取倒].{0,3}不方便", "费劲", "难事", "关不[严上]", "打不开", "冻裂",
    )),
    (Kind.UNABLE, (
        "不会(?:用?手机|网上)?(?:弄|交|用|搞|装|换|修|充|填|写|约|预约|办)", "[交充]不上",
        "(?:弄|搞|整)不(?:来|了|动|明白)", "(?:拿|取|搬|抬|扛|拎|提)不(?:动|上来|上去|了|回来)",
        "没(?:法|处|地方)(?:取|拿|买|交|弄|扔|放)", f"不知道{_HOW}",
    )),
)  # fmt: skip
_KINDS = tuple((kind, re.compile(_any(*words))) for kind, words in _KIND_WORDS)
_PAST = dict(_KINDS)[Kind.PAST]

_USED_UP = re.compile(
    "^(?P<thing>.{1,9}?)(?:都|也|全|就|快|要|马上|已经|又|老)*(?:吃|用|喝|打|卖)?"
    "(?:没有了|没得了?|没了?|完了?|光了?|断了?|断货了?|断了货|见底儿?了?|不够(?:用|吃|烧|喝|盖)?了?|不多了?|空了"
    "|一.[都也]没(?:有|得)?了?|没(?:人)?送来?|倒不出来?了?|[就只]?剩.{0,5}[一两几半最].{0,4}了?|只够.{1,6})$"
)
_HOME = "(?:.{0,4}(?:家里?|屋里?头?|厨房|冰箱)|我|俺|我们|也|都|快|就)*"
_NO_MORE = re.compile(
    f"^{_HOME}没(?:有|得)?(?P<thing>(?![我你他有人事法什啥别吃]|办法|出|去|接触|发|咳|量|烧|见|需|困|问题|说).{{1,6}}?)了$"
)
_NONE_HOME = re.compile(
    "^.{0,5}(?:家里?|屋里?|课)没(?:有|得)?(?P<thing>(?![有人事法什啥别去出]|需|困).{1,6})$"
)
_OFFERED = re.compile(
    f"^(?P<thing>.{{1,9}}?)(?:都|也|得)?(?:要|给|来|拿|带)(?P<amount>{_NUMBER}?{_MEASURE})?$"
)
"""手套要, 体温计给一个."""
_IS_THERE_TO_GIVE = re.compile("^有没[有得](?P<thing>.{1,6}?)(?:[给来送]|能|借)")
_IS_THERE = re.compile(
    "^(?:有(?:没有?)?(?P<after>.{1,8}?)(?:吗|没有|么|没)|(?P<before>.{1,8}?)(?:有没[有得].{0,2}|还?有吗))$"
)
_LACKS = re.compile(
    "(?:^|^.*(?:[就只单]是?|孩子|老人|我|课|家里?|屋里?厢?))没(?:有|得)?"
    "(?P<thing>(?![人有买要缺用拿取收带送喝打]).+?)(?:[了呀啊呢吧]*)$"
)
"""就是没青菜: said of things alone it is no denial."""
_TASKS = _any(
    "给.{1,3}(?:买|弄|找|带|送|联系|约|开|订|拿)", "修", "换", "倒", "取(?!消|暖)", "拿", "交",
    "通(?!州|知|过)", "约", "挂", "扛", "陪", "接(?!触|电话)", "送(?!走)", "买", "带", "捎", "搬",
    "开(?!始|车|心)", "办", "装", "借", "订", "教", "弄", "理个?发", "剪", "剃", "打扫", "打疫苗", "打针",
    "做", "遛", "照[顾看]", "联系", "申请", "预约", "报修", "充", "扔", "量", "测", "搞(?!了|得|错|不)",
    "整", "催", "找", "派", "叫", "喊", "安排", "疏通", "来(?:点|个|些|几|两|一)", "咨询", "洗", "擦",
    "配", "抬", "替", "看[看病]", "补", "擦", "写", "把.{1,12}(?:扫|收|铲|修|换|扔|搬|擦|洗)", "扫", "铲",
    "缝", "喂", "续", "拉(?!黑|肚|稀)", "填", "复印", "打印", "介绍", "协调",
)  # fmt: skip
_TASK = re.compile("^(?:上门)?(?!.{1,2}不[动了到着]|抬脚|[送买].{0,2}的(?:来|都|人|说))" + _TASKS)
_DOES_ANYBODY = re.compile(
    f"^.{{0,3}}有(?:没有)?(?:人|谁)?(?P<task>(?:上门)?{_TASKS}.{{0,5}}?)的?(?:吗|么|没有|没)$"
)
"""有上门理发的吗."""
_MARK = re.compile(_any(
    "想有人", "盼着?有人", "(?<!不)缺", "(?<!不)需要", "想要", "想[买请找让借订办装修做]", "能不能",
    "能[给帮代]",
    "能.{1,8}[吗不]$", "帮我", "帮忙", "帮着", "帮一下", "麻烦", "给我(?=送|买|带|拿|开|弄)",
    "给[送捎修弄催带报换通教]", "得有人", "找人", "[叫喊]人", "都有能帮", "能送",
))  # fmt: skip
_NO_NEED = re.compile(_any(
    "人工", "真人", "机器", "录音", "居委会", "书记", "网格员", "听电话", "值班", "换个人", "活人", "来问",
    "谁$", "[跟和].{1,8}(?:说话|讲|谈|说)", "通话", "可好", "电话", "号码", "拉黑", "删", "再说", "再打",
    "接通", "主任", "领导", "负责人", "管事", "回头", "改天", "晚点", "名单", "别烦", "别再", "别来",
    "骚扰", "一遍", "讲一下", "再讲", "说什", "反映", "跟我谈", "亲自", "慢慢", "别的时间", "看着办",
    "找你们", "别家", "孤寡", "(?:问|给|照顾)他们", "老人去", "刚才", "先紧着", "更需要", "送走",
    f"问(?:问|一?下)?[我俺]?(?:家|屋里人|{_KIN})", "困难的人",
))  # fmt: skip
"""People to be put through to, calls to come: no need of daily life."""


@lru_cache(maxsize=16)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of an answer, each with its kind."""
    return tuple(
        replace(_clause(part), is_exception=True) if part.startswith("除了") else _clause(part)
        for part in _parts(text)
    )


def _parts(text: str) -> Iterator[str]:
    for match in _CLAUSE.finditer(text):
        yield from filter(None, _SPLIT.split(match[0]))


def _clause(said: str) -> Clause:
    text = _LEAD.sub("", said)
    bare = _TAIL.sub("", text)
    if not bare:
        return Clause(Kind.POLITE, said)
    if there := _asked_whether_there_is(text):
        return Clause(Kind.THING, there)
    if does := _DOES_ANYBODY.search(text):
        return Clause(Kind.REQUEST, does["task"], is_explicit=True)
    if lacked := _lacked(said):
        return Clause(Kind.USED_UP, lacked)
    for kind, pattern in _KINDS:
        if pattern.search(bare):
            return Clause(kind, _whole(text) if kind in (Kind.BROKEN, Kind.UNABLE) else bare)
    used_up = (
        _USED_UP.search(bare) or _USED_UP.search(text) or _NO_MORE.search(text) or _NONE_HOME.search(bare)
    )
    if used_up and not _MARK.search(used_up["thing"]):
        return Clause(Kind.USED_UP, _thing_of(used_up["thing"]))
    return _request(bare)


def _whole(text: str) -> str:
    """With the 了 that tells what happened: 下水道堵了."""
    return _OURS.sub("", text).rstrip("吧呢啊嘛呀")


_OURS = re.compile(
    "^(?:[我俺咱]们?(?:家的?|这|那|的)|家里的?|屋里的?|屋里?头的?)(?![栋个座层边])(?:儿)?(?=..)"
)
_OWNER = re.compile(f"^(?:(?:我们?家?|俺家?|咱家?|家里?|屋里?头?|厨房|孩子|娃|小孩|{_KIN})的?|那个)+(?=.)")
_NAMELESS_WORDS = _any(
    "我", "我们", "我?这[儿里]", "我家的?", "家里?", "屋里?", "都", "也", "快", "就", "全", "一", "要",
    "这个", "那个",
    "原来那个", "这东西", f"{_NUMBER}{_MEASURE}儿?",
)  # fmt: skip
_SHOPS = ".*(?:医院|超市|药店|外卖|楼下|店里?|快递)(?:的|里|都)?"
_NAMELESS = re.compile(f"{_NAMELESS_WORDS}*|{_SHOPS}")
"""家里用光了, 药店断货了: nothing that could be brought."""


def _asked_whether_there_is(text: str) -> str:
    """有没有喉糖给两盒 -> 喉糖."""
    there = next((m for p in (_IS_THERE, _IS_THERE_TO_GIVE) for m in p.finditer(text)), None)
    thing = next(filter(None, there.groups()), "") if there else ""
    return thing if is_thing(thing) else ""


def _lacked(said: str) -> str:
    """没青菜 -> 青菜, and nothing of what cannot be brought."""
    match = _LACKS.search(said)
    if not match or not is_thing(match["thing"]) or _PAST.search(said):
        return ""
    return _owned(match["thing"])


def _thing_of(words: str) -> str:
    return "" if _NAMELESS.fullmatch(words) else _owned(words)


def _owned(words: str) -> str:
    """Without whose it is: 我妈的降压药 -> 降压药."""
    thing = _OWNER.sub("", words)
    return thing if is_thing(thing) else words


def _request(bare: str) -> Clause:
    asked = _ASKED.match(bare)
    rest = bare[asked.end() :] if asked else bare
    if _NO_NEED.search(bare):
        return Clause(Kind.TOLD, bare)
    if asked and any(found.end() <= asked.end() for found in _ASKS.finditer(bare)):
        return _asked_for(rest, "")
    if _TASK.match(rest):
        return _asked_for(rest, "")
    if mark := _MARK.search(rest):
        after = _ASKED.sub("", rest[mark.start() :])
        return _asked_for(after, rest[: mark.start()])
    offered = _OFFERED.match(rest)
    if offered and is_thing(offered["thing"]):
        return Clause(Kind.THING, rest if offered["amount"] else offered["thing"])
    return Clause(Kind.THING if is_thing(rest) else Kind.TOLD, rest)


def _asked_for(words: str, before: str) -> Clause:
    """A request; where it names no thing, the words before it do: 鸡蛋能给送点."""
    thing = _owned(before.removesuffix("的"))
    if not _THINGLESS.fullmatch(words):
        return Clause(Kind.REQUEST, words, is_explicit=True)
    if thing and not re.fullmatch(_WE, thing) and not _THINGLESS.fullmatch(thing):
        return Clause(Kind.REQUEST, thing if _FETCH.match(words) else thing + words, is_explicit=True)
    return Clause(Kind.REQUEST, words)


def is_thing(words: str) -> bool:
    """Whether words name nothing but something that can be brought or mended: 新鲜蔬菜."""
    return len(words) <= 12 and _THINGS.search(words) is not None and not _NO_THING.search(words)


_AMOUNT = re.compile(f"(?:{_NUMBER}|各)?{_MEASURE}")


def makes_sense(said: str) -> bool:
    """Whether words are fit for telling a need as they were written: 豆油, 几斤, 补."""
    return is_thing(said) or _AMOUNT.fullmatch(said) is not None or _TASK.fullmatch(said) is not None


# --- the whole answer -----------------------------------------------------------------------------------

_WISHED = (Kind.REQUEST, Kind.USED_UP, Kind.BROKEN, Kind.UNABLE, Kind.THING)
_DENYING = (Kind.NO, Kind.OTHERS, Kind.NOTHING, Kind.HAD)
_TAKES_BACK = (Kind.NOTHING, Kind.JOKE)
_COMMON = frozenset("个点些一下两几袋桶盒我的了给来人不上门买送带拿取修换")


def stated(text: str) -> str:
    """The need that the words of an answer plainly state, empty where they state none."""
    return "、".join(_told(_standing(clauses(text))))


def wish(text: str) -> str:
    """The words of an answer that holds a need, as short as can be told: 我下不了楼，帮我倒垃圾 -> 倒垃圾."""
    said = clauses(text)
    return "、".join(_told(_standing(said)) or _told(said) or _left(said)) or text


def denies(text: str) -> bool:
    """Whether the words plainly say that nothing is needed, and no need beside: 不用，闺女都给买."""
    said = clauses(text)
    return any(c.kind in _DENYING for c in said) and not is_unknown(text) and not _told(_standing(said))


def is_unknown(text: str) -> bool:
    """Whether somebody cannot say what is needed: 不知道家里缺什么."""
    said = clauses(text)
    last = max((i for i, c in enumerate(said) if c.kind is Kind.UNKNOWN), default=None)
    if last is None or any(c.kind in (Kind.NO, Kind.NOTHING) for c in said[last + 1 :]):
        return False
    return not _told(_standing(said))


def _standing(said: Sequence[Clause]) -> Sequence[Clause]:
    """What no later general no takes back."""
    takes_back = (
        i for i, c in enumerate(said) if c.kind in _TAKES_BACK and not (i and said[i - 1].is_exception)
    )
    last = max(takes_back, default=-1)
    return said[last + 1 :]


def _told(said: Sequence[Clause]) -> list[str]:
    explicit = [c.words for c in said if c.is_explicit]
    words: list[str] = []
    for index, clause in enumerate(said):
        if clause.kind not in _WISHED or not clause.words:
            continue
        if clause.kind is Kind.REQUEST and not clause.is_explicit:
            words.extend(_beside(said[:index], clause, words))
        elif clause.kind is Kind.UNABLE:
            if not _is_repeated(clause, explicit):
                words.extend(_unable(said, index, words))
        elif clause.is_explicit or not (_is_repeated(clause, explicit) or _is_reason(clause, said[:index])):
            words.append(clause.words)
    return [w for i, w in enumerate(words) if not any(w in other for other in words[i + 1 :])]


_NAMES_NOTHING = re.compile(f"{_HOW}|用的$")
_ADDS_NOTHING = re.compile(f"(?:帮帮?|搭把手)(?:一?下|我)*|{_NUMBER}?{_MEASURE}")
"""Beside the words that name the thing."""


def _beside(before: Sequence[Clause], request: Clause, words: Sequence[str]) -> Iterator[str]:
    """A request without a thing, and the clause that names it where none has yet."""
    has_thing = bool(words)
    named = [] if has_thing else _naming(before)
    yield from named
    is_fetched = has_thing and _FETCH.match(request.words)
    if not (is_fetched or ((has_thing or named) and _ADDS_NOTHING.fullmatch(request.words))):
        yield request.words


def _naming(before: Sequence[Clause]) -> list[str]:
    """The last clause that may name the thing of a request: no question how or where, if there is another."""
    told = [c.words for c in before if c.kind in (Kind.TOLD, Kind.UNKNOWN)]
    return ([words for words in told if not _NAMES_NOTHING.search(words)] or told)[-1:]


def _unable(said: Sequence[Clause], index: int, words: Sequence[str]) -> Iterator[str]:
    """快递堆在门口，我拿不上来: a need that nobody asks for, unless it is denied: 米我扛不动，闺女给扛."""
    clause = said[index]
    if any(c.kind in _DENYING for c in said[index + 1 :]) or _is_reason(clause, said[:index]):
        return
    if not _NO_SUBJECT.search(clause.words):
        yield clause.words
    elif not words and not any(c.is_explicit for c in said) and (named := _naming(said[:index])):
        yield from [*named, clause.words]


def _is_repeated(clause: Clause, requests: Sequence[str]) -> bool:
    if clause.kind is Kind.THING:
        return False
    named = set(clause.words) - _COMMON
    if clause.kind is Kind.USED_UP:  # 挂面 is not named by 面条
        return any(2 * len(named & set(request)) > len(named) for request in requests)
    return any(named & set(request) and "新" not in request for request in requests)


_NO_SUBJECT = re.compile(
    "^(?:我|就|都|也|有点|自己|一个人)*(?:漏|坏|堵|裂|不热|不亮|返水|关不|打不开|停水|停电|不会"
    "|没法.$|.不(?:来|了|动|上来|回来|明白)|不知道)"
)


def _is_reason(clause: Clause, before: Sequence[Clause]) -> bool:
    """想修轮椅，轱辘掉了: what is broken, told after what is asked for; 水管也漏了 is one need more."""
    is_after = any(c.is_explicit for c in before) and "也" not in clause.words
    if clause.kind is Kind.UNABLE:
        return is_after
    return clause.kind is Kind.BROKEN and (is_after or _NO_SUBJECT.search(clause.words) is not None)


_EMPTY = (Kind.POLITE, Kind.JOKE, Kind.OTHERS, Kind.NO, Kind.NOTHING, Kind.HAD, Kind.PAST, Kind.ECHO)


def _left(said: Sequence[Clause]) -> list[str]:
    """Where nothing is plainly asked for, all that is not denied."""
    return [c.words for c in said if c.kind not in _EMPTY] or [
        c.words for c in said if c.kind is not Kind.POLITE
    ]


# --- in passing -----------------------------------------------------------------------------------------

_BRINGS = "(?:代?买|送|带|捎|拿|取|开|叫|约|倒|借|派|换|修|找|联系|弄)(?![了过])"
_NEAR = "(?:你们|您|给|帮|我|我们|人|去|一下|忙|着|上门)*"
_PLAINLY = re.compile(_any(
    "(?<!不)缺(?![席乏氧课勤啥人]|一$)", f"能不能{_NEAR}{_BRINGS}", f"能(?:给|帮|代)?{_NEAR}{_BRINGS}",
    f"(?:想|要)(?:请|让|求|找)(?:你们|您|人){_NEAR}{_DOING}", f"帮我们?{_NEAR}{_BRINGS}", f"帮忙{_BRINGS}",
    f"给我?们?{_BRINGS}", f"(?:麻烦|劳驾){_NEAR}{_BRINGS}", "想要[点个些]", "想借", "想买",
))  # fmt: skip
_MAY_BE_NEED = re.compile("缺|帮|能|想|要|麻烦|劳驾|送|给|没")
_BY_OTHERS = re.compile(
    f"{_KIN}.{{0,5}}(?:给|帮|替)|(?:了|过|的)$|(?<!能)不(?:用|要|需要|能|想)|别|那事|没(?:有|能|人)?(?:给|帮|让)"
)


def in_passing(text: str) -> str:
    """The need told beside the answer to another question, empty where there is none: 两个人，缺口罩 -> 口罩.

    Less is believed than where needs are asked for: 我帮我妈买药 answers something else.
    """
    if not _MAY_BE_NEED.search(text):
        return ""
    parts = list(_parts(text))
    plain = [part for part in parts if _PLAINLY.search(part) and not _BY_OTHERS.search(_TAIL.sub("", part))]
    return stated(",".join(_with_used_up(parts, plain))) if plain else ""


_MORE = re.compile("^(?:再|还)")
_LACKED = re.compile("^(?:家里?|屋里?|我家)?没(?:有|得)?")


def _with_used_up(parts: Sequence[str], plain: Sequence[str]) -> Iterator[str]:
    """A request with what is lacking and what is asked for besides: 没体温计，给送一个, 再送点米."""
    for part in parts:
        is_lacked = is_thing(_LACKED.sub("", part)) and _LACKED.match(part)
        if part in plain or is_lacked or _MORE.match(part) or _clause(part).kind is Kind.USED_UP:
            yield part
