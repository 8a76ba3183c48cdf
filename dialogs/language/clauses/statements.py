"""Where statements about whom somebody met and where somebody went end for certain, though nothing was
written between them.

Recognisers write no punctuation. Turns of speech (``rhetoric``) are put plainly before n-grams tell where
clauses are likely to end; what must be cut before that, so that no turn reaches into the next statement,
stands here.

Laws:

- What was asked and is said again, a verdict after it, is a question: 接触?接触个鬼, 去外地?没有我哪走得开.
- A no that opens an answer ends before what it cannot deny: 没有您别写, 没有公司没通知我, 没学校封着.
- Nobody is denied by 不知道, 不算 or 不是 what comes after it as a verdict of its own: 他姓啥都不知道没见过.
- What was misheard is taken back: 有不是没有我听成别的了.
- Who went instead (不是我去的是我弟), what somebody went for (走亲戚去了趟安徽) and when it was
  (去了五天前的事) are statements of their own.
"""

from __future__ import annotations

import re

from dialogs.language import grammar

_DONE = "(?:接触|碰上|碰见|碰|见|遇上|遇见|遇|挨|沾|去|出京|出去|出门|离开|离京|离|跑|走|回|出)"
_DEVIL = "(?:鬼|屁|锤子|铲铲|头(?![疼痛发])|球(?!场)|毛(?!线|病))"
_OFFICE = "(?:公司|单位|社区|学校|老师|领导|医院|居委会|物业|疾控|大夫|医生|工地|厂里?)"
_THE_ILL = "(?:(?:确诊|疑似|阳性|得病)的?(?:病人|病例|人)?|病人|病例|阳的|阳性)"
_AWAY = "(?:去?外地|去?外省|出京|离京|出差|旅游|出远门|远门)"
_NUMBER = "[一二两三四五六七八九十几]"

_BREAKS = tuple(
    (tuple(needed.split()), re.compile(pattern), put)
    for needed, pattern, put in (
        # 接触?接触个鬼; 去个锤子,天天送外卖
        (
            "个鬼 个屁 个锤 个铲 个头 个球 个毛",
            rf"^(?P<v>{_DONE})[了过]?[啊呀嘛]?(?=(?P=v)(?:个{_DEVIL}))",
            r"\g<0>?",
        ),
        (
            "个鬼 个屁 个锤 个铲 个头 个球 个毛",
            rf"(?:^|[?,我])(?:接触|碰|见|去|出|回|跑)个{_DEVIL}(?=[^的啊呀哦呢嘛了哟,?])",
            r"\g<0>,",
        ),
        # 没离开?早离开过了; 没去早去了就好了 is a wish
        ("早", rf"^没(?P<v>{_DONE})过?(?=早就?(?P=v)[去来]?[过了](?!.{{0,4}}[就该]))", r"\g<0>?"),
        ("吗没 吗有 吗不", r"(?<!干)吗(?=(?:没有?过?|有过?|不)(?:$|[我啊呀的,]))", r"\g<0>?"),
        # 确诊病人啊?没有没有; 病人?人家坐救护车; 接触?我连个活人都见不着; 阳的?我身边全是阴的
        ("没有没有", rf"^(?:{_THE_ILL}|接触)[啊呀吗嘛哦]?(?=没有没有)", r"\g<0>?"),
        ("人家", rf"^{_THE_ILL}[啊呀吗嘛哦]?(?=人家(?!都?说|告诉|讲))", r"\g<0>?"),
        (
            "我连个 我身边 我周围 我这边 我这儿",
            rf"^(?:{_THE_ILL}|接触)[啊呀吗嘛哦]?(?=我(?:连个|(?:身边|周围|这边|这儿)[全都]))",
            r"\g<0>?",
        ),
        # 去外地?没有我哪走得开
        ("没有", rf"^{_AWAY}[啊呀吗嘛哦]?(?=没有(?:没有|我|俺|咱|哪|就|一直|天天|[啊呀]))", r"\g<0>?"),
        # 武汉?没去过武汉
        ("没去 没到", r"^(?P<place>[^,?没不去到哪谁都也我]{2,4})[啊呀]?(?=没[去到]过?(?P=place))", r"\g<0>?"),
        # 你说接触过谁?
        (
            "你说 您说 你问 您问 你是 您是",
            r"^[你您](?:是)?(?:说|问)(?:的是)?[^没不我?,]{0,6}(?:谁|什么人|啥人|哪个|哪种人?|哪些人)$",
            r"\g<0>?",
        ),
        # 没有啊怎么了我们小区有了?
        (
            "怎么了 咋了 怎么啦 咋啦",
            r"(?:怎么了|咋了|怎么啦|咋啦),?(?:我们|咱们?)?(?:这儿|这)?(?:小区|楼里?|单元|院里?|村里?|社区|附近)里?(?:又|也|是)?有(?:了|病人了|阳的了|确诊的?了|情况了?)$",
            r"\g<0>?",
        ),
        # 没,没有,刚才嘴里有饭; 没有没有,您可别写
        ("没没有", r"^没(?=没有)", r"\g<0>,"),
        # 没没,没外出过
        ("没没没", r"^没{2,6}(?=没[^没有])", r"\g<0>,"),
        (
            "没有",
            r"(?:^|(?<=[,?]))(?:没有)+(?=刚才|[您你](?!们?[说问讲提家])|你们(?![说问讲提家])|吓|别(?![的人处家])|怎么[了啦]|咋[了啦]|"
            rf"{_OFFICE}(?:也|都|就|可)?没|出门[都就全也]?[戴捂])",
            r"\g<0>,",
        ),
        # 没,外地也没去过; 没,学校封着; 没,乏力倒有一点
        (
            "没",
            r"^没(?=(?:外地|外省|远门|老家|病人|确诊的|哪儿?|谁|门)[也都更]+没|"
            rf"{_OFFICE}里?(?:封|关|停|隔离|不[让准许放])|"
            r"(?:乏力|咳嗽|发烧|发热|头疼|头痛|嗓子疼|拉肚子|鼻塞)倒是?有(?:一?点|一?些)(?:$|[从是前昨今这因累]))",
            r"\g<0>,",
        ),
        # 没跑,没烧; 没接触,哪个省都没跑; 机票太贵,没去
        (
            "没",
            r"^没有?(?:跑|去|走|动|出去|出门|出京|离京|离开|接触|碰|见)过?"
            r"(?=没(?:发?烧|发热|咳|吐|拉|乏)|哪[个儿里]?[^,]{0,2}[都也]没)",
            r"\g<0>,",
        ),
        ("没去 没回 没走", r"(?<=[贵远忙累])(?=没[去回走]成?了?$)", ","),
        # 他姓啥都不知道,没见过
        (
            "不知道 不认识 不晓得 不清楚",
            r"[都也]不(?:知道|认识|晓得|清楚)(?=(?:我|就|更|压根|根本|真|也)*没(?:接触|见|碰|遇|挨|沾|去)过?[的呢啊]*$)",
            r"\g<0>,",
        ),
        # 后来排除了,不算,没接触过
        ("不算没", r"(?<=了)不算(?=没(?:有|接触|碰|见|去))", r",\g<0>,"),
        # 有,不是,没有,我听成别的了
        ("有不是没有", r"^有不是没有(?=我?(?:听|弄|搞|想|理解)[成错岔混])", "有,不是,没有,"),
        # 是糖尿病人,不是您说那种; 有是有,可不是我身边的
        ("不是你 不是您", r"(?<=[^,?])(?=(?:也|又|并)?不是[你您]们?[说问讲]的?[那这])", ","),
        ("有是有", r"^有是有(?=可|但|不过)", r"\g<0>,"),
        ("早知道", r"(?<=没[去走动回])(?=早知道)", ","),
        ("可不", r"(?<=[得的了过病阳诊])(?=可不(?:是我|在我|关我))", ","),
        # 天津,不,我去的是武汉; 去沧州,不,是德州
        ("不我去的 不我到的 不我回的 不不", r"(?<=[^,?不])(?:不不?(?=我[去回到]的是?)|不不(?=是))", ",不,"),
        # 不得不得,我没见过; 不可能接触的,我两星期没下楼
        ("不得", r"^(?:(?:不得)+(?=我没|没)|(?:不得){2,}(?=我|咱|哪))", r"\g<0>,"),
        ("不可能", rf"^我?不可能{_DONE}(?:[过到上]|病人)?的(?=我|咱|俺)", r"\g<0>,"),
        # 我们楼一个病人没有,碰上才怪
        (
            "才怪",
            rf"[楼区院村班里元厂校司位](?:一个|半个){_THE_ILL}没有(?=[碰接见遇].{{0,4}}才怪)",
            r"\g<0>,",
        ),
        # 不是我去的,是我弟; 是我去的,不是我媳妇
        ("的不是", r"^是我(?:自己)?[去回出]的(?=不是)", r"\g<0>,"),
        ("不是我", r"不是我(?:自己)?[去回出]的?(?=是)", r"\g<0>,"),
        # 走亲戚,去了趟安徽; 上坟去了,五六天前的事; 一趟没落下,周周回天津
        ("亲戚 喜酒 吃席 奔丧 随礼", r"(?:走亲戚|[喝吃]喜酒|吃席|奔丧|随礼)(?=[去回到上跑]了)", r"\g<0>,"),
        ("天前的事", rf"(?<=[了过的])(?={_NUMBER}+天前的事)", ","),
        ("没落", r"没落下?(?=周周|天天|月月|回回|次次)", r"\g<0>,"),
        # 回黄冈去了,我一个人守屋; 回安徽了,办白事
        (
            "了我",
            r"(?<=[^除]了)(?=我(?:一个人|自己|自个)?(?:在家|守[屋家店]|留在|没(?:跟着)?[去动走](?!过)))",
            ",",
        ),
        ("了办", r"(?<=了)(?=办(?:白事|丧事|喜事|酒席|婚礼))", ","),
    )
)


def _by_word() -> dict[str, tuple[tuple[str, int], ...]]:
    """By the first character of each word that a break needs, the words and the numbers of such breaks."""
    found: dict[str, list[tuple[str, int]]] = {}
    for number, (needed, _, _) in enumerate(_BREAKS):
        for word in needed:
            found.setdefault(word[0], []).append((word, number))
    return {character: tuple(words) for character, words in found.items()}


_BY_WORD = _by_word()


def with_statements(text: str) -> str:
    """A normalised text without punctuation, with breaks where such statements end for certain."""
    numbers = {
        number for character in _BY_WORD.keys() & text for word, number in _BY_WORD[character] if word in text
    }
    for number in sorted(numbers):
        _, pattern, put = _BREAKS[number]
        text = pattern.sub(put, text)
    return text


_NO_KIN = (
    "老丈人|丈母娘|外孙女?|孙媳妇?|邻居|的|快递员|外卖员|同事|同学|朋友|前[妻夫]|前?[男女]朋?友|领导|老师|学生|司机|秘书|助理|房东|租客|护工"
    "|保姆|战友|老乡|徒弟|师傅|客户|员工|下属"
)
"""Whom somebody has besides relatives."""
_TORN = re.compile(
    # 不是,上海,是杭州
    "不是,(?=[^,?是没不]{2,5},是)"
    # 我,回去修了修
    "|(?:^|(?<=,))[我俺咱],(?=[回去在都也就从昨前上刚])"
    # 我公公,去了趟内蒙
    "|(?:^|(?<=,))我(?:公公|婆婆|爸妈?|妈|老公|老婆|媳妇|爱人|老伴|哥|姐|弟|妹|儿子|闺女|女儿),(?=[去回到跑]了)"
    # 没有去过一次,湖北
    "|没有?[去到]过一?[次回趟],(?=[^,]{2,4}$)"
    # 发烧,咳嗽也没有
    "|(?:^|(?<=,))(?:发烧|发热|咳嗽),(?=(?:发烧|发热|咳嗽|乏力)[也都](?:没有|没))"
    # 我是张三,丈母娘
    f"|^[我俺]就?是(?![他她我你您本])[^,是]{{2,4}},(?=(?:楼[上下]|隔壁|对门)?(?:{grammar.ANY_KIN}|{_NO_KIN})[啊呀嘛的]{{0,2}}$)"
)


def rejoined(text: str) -> str:
    """Without such breaks as n-grams put where no clause can end."""
    return _TORN.sub(lambda match: match[0][:-1], text) if "," in text else text
