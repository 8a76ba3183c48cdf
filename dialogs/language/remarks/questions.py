"""Questions to the community that no call can answer: 我回去的时候小区让不让进, 核酸在哪儿做. Pure.

Only where words of the community's business stand beside words of asking: 去外地？没去 says the question
over, and 能不能给我送点菜 asks for something.
"""

from __future__ import annotations

from collections.abc import Sequence

from campaign.patterns import compiled
from dialogs.language.remarks.clauses import clauses_of


def _any_of(*patterns: str) -> str:
    return "(?:" + "|".join(patterns) + ")"


_BUSINESS = _any_of(
    "隔离", "核酸", "疫苗", "打针", "解封", "封(?:楼|小区|多久|到|着|控)", "出(?:家?门|入证|去)", "下楼",
    "让进", "进(?:小区|门|来|不去)",
    "放行", "小区", "单元", "那屋", "那栋", "这栋", "上班", "上学", "复工", "开学", "返校", "健康[码宝]",
    "弹窗", "[红黄绿]码",
    "变[红黄绿]", "消毒", "消杀", "停水", "停电", "来水", "来电", "供水", "水能?来", "[水电气暖]也?停",
    "解除", "[改换]个?时间", "收钱", "信息", "隐私", "算不算发[烧热]", "还停", "都停", "停[到几]",
    "供暖", "暖气", "电梯", "水费",
    "电费", "燃气", "补贴", "低保", "报销", "报备", "证明", "居委会", "社区", "街道", "医院", "门诊",
    "卫生站", "结果", "快递", "外卖",
    "物业", "志愿者", "网格", "阳性", "确诊", "病例", "免费", "收费", "药店", "超市", "菜站", "团购",
    "发放", "发的?(?:菜|药|口罩)",
    "(?<!不)跟[你您]们(?:说|讲|打)", "提前(?:说|讲|打|报|申请)", "(?:我们?|这|那|的|个|道)店", "开门",
    "[药菜水米](?=(?:什么|啥)时候|几时|多会儿|哪天)", "[送拉]水", "发[水药菜]",
    "挂号", "挂哪", "看(?:大夫|医生|病)", "口罩(?=[^,;]{0,2}在?哪)",
    "试剂", "抗原", "体温[计表]", "通行证", "养老", "老年证", "疗养", "体检", "营业", "开业", "开张",
)  # fmt: skip
_WHETHER = _any_of(
    "用不用", "要不要", "让不让", "能不能", "会不会", "许不许", "准不准", "需不需", "还不还", "受不受",
    "停不停", "开不开", "来不来", "接不接", "领不领", "去不去(?=[做打查测])",
    "送不送", "收不收", "管不管", "查不查", "发不发", "做不做", "打不打",
)  # fmt: skip
_HELP = "(?:给|帮|代|送(?!.{0,3}医院)|派|来个?人|找个?人)"
_ASKS = _any_of(
    "什么时候", "啥时候", "几时", "多会儿", "几点", "几号", "哪天", "多久", "多长时间",
    "(?<![好这那前过十没])几天(?=[做测查打一才能])", "(?<=.[能会])[^,;没不别]{1,8}不$",
    "[跟找和向]谁(?=报|说|联系|登记|申请|拿|领|要)", "算不算(?=发)", "收不收",
    "(?:信息|隐私)[^,;]{0,4}(?:不会|会不会)", "哪个科", "挂什么号",
    "怎么(?:办|弄|消|领|办理|申请|报|走|预约|约|交|去|处理|联系)", "咋(?:办|弄|整|消|领|申请|交|联系)",
    "在哪[儿里]?", "[去上到]哪[儿里]?", "哪[儿里](?=[做打领办有能可])", "找谁", "哪个部门", "多少钱",
    "电话(?:是)?多少",
    f"{_WHETHER}(?!{_HELP})", "是不是(?=[^,;]{0,6}[要得还也都能])", "需不需要", "可不可以",
    "有没有(?=通知|规定|说法|政策|病例|阳性|确诊|[^,;]{0,3}车)",
    "(?:用|要|能|可以|还|也|会|让|得|停|算|需要|收费|免费|要钱)[^,;没不别]{0,10}[吗么]$",
)  # fmt: skip
_QUESTION = compiled(f"(?=.*{_BUSINESS})(?=.*{_ASKS}).+")
_NO_QUESTION = compiled(_any_of(
    # wishes
    "(?:帮|替|给)我", "给(?:送|带|捎|买|派)", "送[点些]",
    "请[^,]{1,12}(?:大夫|医生|护士|人)[^,]{0,3}(?:上门|过来|来)",
    "能来(?:个?人|一?[下趟]|帮|看|修|接)",
    "派[个人辆车]", "谁(?:能|来)",
    "找个?人", "麻烦", "劳驾", "[借介]", "还有(?:没有)?[吗么]?$",
    # turns of speech
    "哪能", "哪儿能(?![做打领办买测查开])", "哪敢",
    "怎么(?:会|能|可能)", "能去哪", "谁知道", "怎么不", "不[^,]{0,6}怎么",
    "[上去]哪[儿里]?[^,]{1,8}去$",
    "哪天[不没]", "没哪天", "哪[儿里]?有(?:空|时间|工夫|功夫)", "没多久", "不是[^,]*[吗么]$",
    "就是[^,]*[吗么]$", "健康宝能",
    "都得", "找谁去", "哪天出",
    # what is known, or not; what was told
    "不知道", "不晓得", "不清楚", "我(?:知道|晓得)", "告诉(?:我)?的", "说是",
    "[你您](?:们)?(?:说|讲|问)(?:的|啥|什么)",
    # of the call and its questions
    "(?:有|没)没?(?:发[烧热]|咳嗽|接触)", "你们是", "哪位", "哪里的", "哪个单位", "是居委会的", "几口",
    "几个人", "体温多少", "多少度",
    "问我", "问这个", "算[吗么]$", "跟我(?:说|讲)", "转给",
))  # fmt: skip
_HESITATES = compiled(
    "^(?:[嗯啊哦哎欸诶唉]|那(?![天边儿时屋栋]|个)|那个|对了|还有|另外|就是|不过|可是?|但是?|我(?:[爸妈婆公爷奶姐哥]{1,2}|媳妇|爱人|老[公婆伴])(?=就?想)|我?就?(?:是|还)?想?(?:问(?=到底)|到底|问问|问一?[下声句]|打听(?:一?下)?|请问|咨询(?:一?下)?|知道)|顺便|倒是|[你您]们?|说|,)+"
)
_WHERE_TO_GO = compiled("(?<=哪儿[做打领办查看买])去$|(?<=哪[做打领办查看买])去$")
"""上哪儿做去."""
_ASKS_ABOUT = compiled("想?(?:打听(?:打听|一?下)?|问问|问一?下|咨询(?:一?下)?)(?=.{3})|想知道(?=.{3})")
_ASKED_ABOUT = compiled(f".*(?:{_ASKS}|几天|多少天)")
"""就是想打听打听她啥时候能回北京: a question whatever it is about."""
_PARTICLES = compiled("(?:[啊呀呢哦吧嘛?]|(?<!得)了)+$")
_ONLY_ASKED_FOR = compiled(
    "(?:我?就?(?:是|还)?想?)?(?:麻烦|劳驾|受累|拜托)?(?:[你您]们?)?(?:给|帮|替|帮忙)?(?:我)?(?:问|打听|咨询|查)(?:问|打听)?(?:一?[下声句])?(?:[你您]们?)?(?:呗|吧|啊|行吗|好吗)?"
)
"""麻烦给问一声: nothing but that somebody is to ask."""
_HINTS = compiled(
    r"[吗么]|几天|能[^,;]*不(?:$|[,;?])|怎么|咋|哪|几[点号时]|时候|多[久会少长]|找谁|有没有|是不是|(.)不\1"
)
_SHORTEST, _LONGEST = 4, 26
_SHORTEST_PART = 3


def questions_in(text: str, asked: str) -> Sequence[str]:
    """The clauses of an answer that put a question to the community, without what leads up to it.

    Args:
        text: The answer, normalised, in its clauses.
        asked: The robot's question, which some say over before they answer.
    """
    if not _HINTS.search(text):
        return ()
    found = (_question(clause, asked) for clause in _clauses(text))
    return tuple(dict.fromkeys(filter(None, found)))


def without_questions(text: str, asked: str, questions: Sequence[str]) -> str:
    """The clauses that hold none of ``questions``, less those that only pass one on: 麻烦给问一声."""
    rest = [clause for clause in _clauses(text) if _question(clause, asked) not in questions]
    rest = [clause for clause in rest if not _COMES_TO_MIND.fullmatch(clause)]
    return ",".join(clause for clause in rest if not _ONLY_ASKED_FOR.fullmatch(clause))


_COMES_TO_MIND = compiled("[哦噢啊哎诶]?(?:对了|还有|另外|哦对|顺便)")


def _clauses(text: str) -> Sequence[str]:
    """With a break behind an answer that has none, 没有核酸什么时候来做, and none within a question."""
    parted = _ANSWER_FIRST.sub(r"\g<answer>,", behind_answers(text))
    parted = _ASKED_OF.sub(r"\g<asked>", _SUPPOSED.sub(r"\g<supposed>", parted))
    return clauses_of(_ABOUT_WHICH.sub("", parted))


def behind_answers(text: str) -> str:
    """With a break behind 听明白了, where something is asked then: 听明白了那几点来水来着."""
    text = _ONCE_MORE.sub(",", _NOW_ASKED.sub(",", text))
    return _UNDERSTOOD_FIRST.sub(r"\g<answer>,", _IS_IT_SO.sub("是吧,", text))


_NOW_ASKED = compiled(
    "(?<=[^,;]{2})(?=还有(?:就是)?(?:[去上在到]哪|什么时候|啥时候|怎么|能不能))|(?<=[^,;我俺就还想也]{2})(?=就想(?:问问|问一?下|打听)(?=[^,;]{2})|(?:就是|我(?:就|还|也|倒)?(?:是)?)(?:想)?(?:问问|打听(?:一?下|打听)?|问一?下)(?!我(?!用不用|要不要|能不能|是不是|可不可以))"
    "|我(?:[爸妈婆公爷奶姐哥][爸妈婆公爷奶姐哥]?|媳妇|爱人|老[公婆伴])?就?(?:是)?想(?:问问?|知道)(?=到底|[^,;]{0,4}(?:几[点号时]|什么时候|啥时候|哪天|怎么|咋)))"
)
"""没啥要的就是问问快递啥时候能进小区; 不用我婆婆就想问到底几点停到几点."""
_ONCE_MORE = compiled(
    "(?<=[^,;]{2})(?=(?:麻烦)?[你您](?:就|给我)?再(?:给我)?[说讲念]一?[遍次回下][吧呗啊]?$)"
)
"""她问几点来着你再说一遍."""
_IS_IT_SO = compiled("(?<=..)是吧(?=那(?![天边儿])|停|还|我|你)")
_UNDERSTOOD_FIRST = compiled(
    "(?P<answer>(?:听|都)?(?:明白|清楚|知道|懂|晓得)[了咧嘞啦]+)(?=(?:那|可|不过|就?是|大概|到底)*(?:几点|什么时候|啥时候|哪天|礼拜|星期|周[一二三四五六日天末]|停到|停多久|为[啥什]|咋又))"
)
_NUMBER = "[一二两三四五六七八九十俩仨]"
_ANSWER_FIRST = compiled(
    f"(?:^|(?<=[,;]))(?P<answer>没有?(?:出去|出门|去|接触)?过?[的了啊]?|没(?:什么|啥)?(?:需要|要帮忙|困难)的?|不用了?|不需要|[对是好]的|行|嗯+|(?:(?:听|都)?(?:明白|清楚|知道|懂)[了咧嘞啦]*){{1,3}}"
    f"|在呢|在家呢?|{_NUMBER}口人?|{_NUMBER}个人"
    f"|[三四]十{_NUMBER}度{_NUMBER}?吧?)(?=(?:那|我|你|您|他|她|孩子|健康|核酸|疫苗|快递|电|小区|什么时候|啥时候|[用要让]不)[^,;]{{3}})(?=[^,;]*{_ASKS})"
)
_ABOUT_WHICH = compiled(
    f"(?:(?<=情况|的话|时候|这样|弹窗|密接|阳性|确诊|[红黄]码)|(?<=店)),(?=(?:那|我|到底|就)*(?:{_ASKS})[^,;]{{0,8}}(?:$|[,;?]))"
    "|(?<=那个[一-鿿]{2}),(?=在?哪[儿里])"
)
"""我这种情况,用不用隔离."""
_ASKED_OF = compiled(
    "(?P<asked>(?:想问|问一|打听一?|咨询一?)下[^,;吗么呢没不]{2,6}),(?=[^,;]{2,14}(?:[吗么]|要不要|用不用|怎么|咋))"
)
"""想问下儿科,现在能直接去吗."""
_SUPPOSED = compiled(
    f"(?P<supposed>(?:^|(?<=[,;]))(?:(?:我|要是|如果|以后|现在|想)*(?:去|回|到|上|出)[^,;了过的没不]{{1,4}}|[我他她]?(?:要是|如果|假如|万一)[^,;没不]{{1,8}})),(?=(?:{_ASKS})|(?:要|用|需要|得|能|让)[^,;]{{0,6}}[吗么])"
)
"""去外地,要报备吗; 我要是密接,能让我上班吗: what is asked about has not happened."""


def is_part_of_question(need: str, questions: Sequence[str]) -> bool:
    """Whether what was taken for a need is no more than the question, or that it is asked: 问一声."""
    plain = _WHERE_TO_GO.sub("", _HESITATES.sub("", need))
    is_long = len(plain) >= _SHORTEST_PART or plain != need  # 药 is a need beside 药店几点开门
    is_part = is_long and any(set(plain) <= set(question) for question in questions)
    return is_part or _ONLY_ASKED_FOR.fullmatch(need) is not None


def is_a_need(question: str) -> bool:
    """Whether a question is how something is done that somebody needs to have done: 低保怎么申请."""
    return _IS_A_NEED.search(question) is not None and not _WHETHER_TO.search(question)


_WHETHER_TO = compiled("[要用让]不[要用让]|需不需要")
_IS_A_NEED = compiled(
    "^(?:那|我)?[药菜水米奶粉口罩牛]{1,2}(?:什么时候|啥时候|几时|哪天|多会儿)[^,;]{0,3}[买送来到]|(?:怎么|咋|如何|[在去上]哪[儿里]?)[^,;]{0,3}(?:申请|办|报销|领|交|缴|约|弄|做|打(?:疫苗|针|$)|开)|(?<!时候)(?:能|可以)[^,;]{0,2}(?:领|办|补|发一|打疫苗|做核酸|上门|陪|给|开(?![门业张学放])|接[上个]|装|修|换)|帮(?:着|我)|(?:能|派|安排)[^,;]{0,6}送[^,;]{0,3}医院|能帮|教|补贴[^,;]*[领发]"
)


def _question(clause: str, asked: str) -> str:
    said = _WHERE_TO_GO.sub("", _PARTICLES.sub("", _HESITATES.sub("", clause)))
    is_asked = _QUESTION.match(said) or (_ASKS_ABOUT.search(clause) and _ASKED_ABOUT.match(said))
    if not _SHORTEST <= len(said) <= _LONGEST or _NO_QUESTION.search(said) or not is_asked:
        return ""
    is_echo = sum(character in asked for character in said) * 5 > len(said) * 3
    return "" if is_echo else said
