"""What is told with 把: to be done 把水龙头修好, done already 儿子把水龙头修好了, or not yet 没把水龙头修好.
Pure.

Law: who does it decides, and 了. Asked of somebody, or of nobody in particular, it is a need; told with 了 of
others, of the resident, or of days past, it is done; where 没 stands before 把 it is still to be done.
"""

from __future__ import annotations

from dataclasses import dataclass

from campaign.patterns import compiled
from dialogs.slots.wishes.phrases import ASKED, KIN, any_of


@dataclass(frozen=True)
class Disposed:
    """What is to be done to a thing, or was."""

    words: str
    """把水龙头修好."""
    is_done: bool = False


_WORKS = any_of(
    "[维检]?修", "换", "弄", "搞", "整", "装", "安", "疏?通", "倒", "扔", "搬", "抬", "[扛拎提挪推]",
    "拿", "取", "送", "买", "捎", "带", "领", "寄", "[交缴]", "办", "打扫", "扫", "铲", "收拾?", "清[理扫]?",
    "[擦洗拖糊缝晒接供补调挂剪扶背运拉充续绑]",
    "固定", "[粘焊刷浇喂]", "解决", "处理", "落实", "申请", "登记", "预?约", "配", "开", "喷", "看", "查",
)  # fmt: skip
"""What is done to things for somebody's good."""
_RESULT = any_of(
    "好", "[上下回过进出起]?[来去]", "[上下进出][楼屋门]", "[走掉开通完齐平热亮紧]", "干净",
    "严", "妥", "利索", "住", "上", "下", "到[^了就吧呗]{1,5}", "[进在回][^了就吧呗]{1,4}",
)  # fmt: skip
_DEED = f"(?P<verb>{_WORKS})(?P<result>一?(?P=verb)|一[下哈遍趟]|[下哈]|{_RESULT})?(?P<past>了?)"
_WISH = "(?:(?:[就才也]?(?:[行好成中得]|可以|谢天谢地)了?|最好|更好|够了?|[吧呗吗么嘛]|[行成]不行?)*)"
_TOLD = compiled(
    f"(?P<who>[^把]{{0,14}})(?P<what>把(?P<thing>[^把]{{1,14}}?)(?:给我?们?)?{_DEED})"
    f"(?P<wish>{_WISH})[啊呀哈呢的]*"
)
_OF_THE_CALL = compiled("号码?$|电话$|名字|名单|自己|我$|别人|人家|^心|^话")
_ANYBODY = compiled(any_of(
    "你们?", "您", "谁", "人", "有", "来", "快[点些]?儿?", "赶[紧快]", "尽[快早]", "早[点日些]", "最好", "先",
    "就", "想", "要", "只", "必须", "应该", "该", "得", "可以", "能", "什么时候", "啥时候?", "几时", "多会儿",
    "我们?", "让", "叫", "社区", "物业", "居委会", "街道", "师傅", "帮", "给", "替", "再", "才", "也", "还",
) + "+")  # fmt: skip
_IS_WISHED = compiled("[帮给替想要得该能谁快赶早先让叫尽人你您好]|必须|时候?|几时|多会")
_SOMEBODY = any_of(
    KIN, "师傅", "工人", "[电维]?修?工", "志愿者", "社区", "居委会", "街道", "房东", "楼长", "网格员", "人家",
    "[他她]们?", "别人", "同[学事]", "小哥", "大[哥爷妈姐]", "小伙子?", "快递员?", "家里人?", "老[大二三]",
    "[我俺咱]们?", "自己", "自个儿?", "昨[天儿晚]+", "前[天儿晚两几]+", "[上下]午", "早[上起]", "今[早天儿]+",
    "刚刚?才?", "已经?", "早就?", "上个?(?:周|礼拜|星期|月)", "[都也又就来给帮替会倒的]", "一早",
)  # fmt: skip
_DONE_BY = compiled(f"{_SOMEBODY}+")
_NOT_YET = compiled("(?:没(?:有|人|来得及)?|不肯|不)(?:给|帮)?(?:我们?)?$")


def disposed(text: str) -> Disposed | None:
    """What a clause tells of a thing with 把, and of other words nothing."""
    told = _TOLD.fullmatch(text) if "把" in text else None
    if told is None or _OF_THE_CALL.search(told["thing"]):
        return None
    who, what = told["who"], told["what"]
    if _NOT_YET.search(who):
        return Disposed(what.removesuffix("了"))
    is_past = told["past"] and not told["wish"]
    if is_past and who and _DONE_BY.fullmatch(who) and not ASKED.fullmatch(who):
        return Disposed(text, is_done=True)
    left = ASKED.sub("", who)
    if left and not (_ANYBODY.fullmatch(left) and _IS_WISHED.search(who)):
        return None
    if is_past and not who and told["result"]:
        return None  # 把水龙头修好了 may be told of what was done
    return Disposed(what)


_YET_TO_BE_DONE = compiled(
    f"(?!.{{0,3}}{KIN}).*(?:[给帮替]我们?|希望|[快早]点|赶[紧快]|尽[快早]|啥时|时候|几时|哪天|多会).{{0,6}}"
    f"(?:修|弄|买|换|解决|装)(?:好|上|回来|齐|掉|完)(?:了(?=[吧呗就]))?{_WISH}[啊呀呢]*"
)

_NOT_DONE_YET = compiled(
    "[^没不]{1,8}?(?:还|也|一直|始终|至今|到(?:现在|今天|这会儿?)|都|就是)+没(?:有|给我?们?)?"
    "(?:[维检]?修|换|弄|装|安装?|疏?通|买|办|送|配|解决|处理|落实)(?:好|上|完|通|齐|到|利索)?[呢啊呀的]*"
)


def is_not_done_yet(text: str) -> bool:
    """Whether something is told not to have been mended or brought so far: 网还没修好."""
    return "没" in text and _NOT_DONE_YET.fullmatch(text) is not None


def is_yet_to_be_done(text: str) -> bool:
    """Whether what is good when it is done is only wished for: 水龙头给我修好, 电梯什么时候能修好."""
    return _YET_TO_BE_DONE.fullmatch(text) is not None
