"""Where the clauses of an answer end, whether a break is written there or not. Pure.

Recognisers write no punctuation, and the commas that ``dialogs.language.wording`` puts are not all there, nor
all right. Some words always begin a clause or end one (``_SPLIT``), some commas stand at a wrong place
(``_MISPLACED``); what else has grown together tells ``grown_together``.
"""

from __future__ import annotations

from collections.abc import Iterator

from campaign.patterns import compiled
from dialogs.slots.wishes.grown_together import taken_apart, with_contrasts
from dialogs.slots.wishes.phrases import DOING, MEASURE, NUMBER, REST, SIZE
from dialogs.slots.wishes.unmet import HELPED_BEFORE_BREAK

_BREAKS = "，。；！？、,;!?…"
_CLAUSE = compiled(f"[^{_BREAKS}]+")
_SPLIT = compiled(
    f"(?<=.)(?=(?:就|单|只|光|还)(?:是)?(?:缺|[差少短](?=[点个些]|人|{NUMBER}?{MEASURE}))|但是|不过(?!分)|可是"
    "|[哦噢哎欸诶喔](?:不|对|慢着|等[等下一]|还有|有一?个?[,，]?)|就是(?:想|要|没)|(?<=[有好吃穿喝花够缺])就是|(?<=够[的了])就是|(?<=网上[买订])(?=..)|(?<=[收扔倒]一下)(?=门口|楼下|楼道|堆|[^,]{1,3}也(?:快|没))|(?<=都没有)(?=[^,有没]{1,4}也(?:没|快|不多|不够))|(?<=不用)(?=就[把给帮])|(?<=哥有)(?=就)"
    "|(?<=[爸妈哥姐弟妹儿女子里]有)(?=就(?:帮|给|麻烦))"
    "|(?<![早不])就[盼求愁](?!$)"
    "|还要(?!是))"
    "|(?<=[^,])(?=麻烦(?:你们?|您)了|辛苦(?:你们?|您)了|[上去]哪儿?[都也][买抢订]不)"
    "|(?<=[^,上去])(?=哪儿?[都也][买抢订]不)"
    "|(?<=.)(?=(?:别的|其他)[都也就]*(?:不|有|没|够))|(?:(?<=除了.)|(?<=除了..)|(?<=除了...))(?=(?:啥|什么)[都也][不有])"
    "|(?<=[了吧呢啊呀呗])(?=能不能|能[给帮代]|帮我|帮忙|麻烦|想要|想请|想让|给我|你们[能给]|谁[能来给]|得[有找]人)"
    f"|(?<=了)(?=要(?:[个点]|{NUMBER}{MEASURE}))|(?<=呗)(?=.)|(?<=[^酒网贴]吧)(?=..)"
    "|(?<=[用必要啥了有没])(?=等(?:等|一下|一?会)(?!再|打|说|来))|(?<=[用必要啥了有没哎]等[等会])|(?<=[用必要啥了有没哎]等一下)"
    "|(?<=[哦噢]不)(?![用要对是])|(?<=没辙)(?=[给帮])"
    "|(?<=不[热亮响转通])(?![了的吗呢啊吧着得过时就,])(?=..)|(?<=[返反]味)(?=得|帮|找|来|谁)"
    "|(?<=[^有帮想要请给盼愁能])(?=谁(?:来|能)?教|[来找]个人教)"
    f"|(?<=[空完光坏断漏堵没摔瘪裂]了)(?=给(?:想|{DOING})|[带买送捎拿来](?:[点些]|{NUMBER}?{MEASURE}))"
    "|(?<=[哎欸诶哦噢喔]对)(?!了)|(?<=[哎欸诶哦噢喔]慢着)|(?<=逗你玩)(?![的呢儿])|(?<=[玩笑][的呢])(?=.)"
    "|(?<=[用要没啥])(?=要不(?![是然起]))"
    f"|(?<=[^是说没怕当为])(?=我(?:就|还|也)?(?:想|要|缺)(?:[找买请换修借订]|[点个]|{NUMBER}?{MEASURE}))"
    "|(?<=.)(?=改(?:要|买|送)|(?<!不敢)(?:烦请|烦劳|劳驾|恳请|敬请))|(?<=好意思的)(?=.)"
    "|(?<=[们了用着缺有够要])(?=倒是(?![有不没还够都全挺]))"
    "|(?<=都有)(?=[您你]们?(?:要|能|方便|给|帮))"
    f"|(?<=[了来])(?=[搞弄整](?:[点些]|{NUMBER}?{MEASURE})[一-鿿])|(?<=[了来点])(?=(?:再[带送买来拿捎给])(?:[点些]|{NUMBER}?{MEASURE})[一-鿿])|(?<=..嘛)(?=..)"
    "|(?<=..)(?=(?:这|下)?(?:周|星期|礼拜)[一二三四五六日天](?:早上|上午|中午|下午|晚上)?(?:来|送|最好))"
    "|(?<=[^要用必是好]不)(?=我(?:[下走动出]不|腿|腰|没空|没法))|(?<=..)(?=有[^,有没]{2,5}(?:的话)?给(?:我|俺)?[捎带送拿])|(?<=没了)(?=再给?(?:我|俺)?[捎带送买拿来])|(?<=..)(?=[你您]们?(?:赶紧|赶快|快点|尽快))"
    "|(?<=..)(?=(?:还有|另外|门口的?|家里的?|[她他我]那个?|[她他]的?)[^,还有没不家里那了吗也]{1,8}也(?:快|没|不多|不够))"
    "|(?<=了)(?=[你您]们(?:那儿?|这儿?|那边|那里)?能)|(?<=[没不].过)(?=就是)|(?<=[^要用必是好缺]不)(?=家里(?:快|也|都)?没)|(?<=^[药菜米面油]有)(?=.{2,8}(?:没|不多|不够))|(?<=..)(?=顺便|顺带)|(?<=[给送][点些])(?=[他她]那)|(?<=[吗不])(?=还有(?!的|呢|几|半|剩))|(?<=[^道晓得看,问想])(?=能不能(?:[帮给]|(?:来|派|找|叫|安排)个?人))|(?<=[班家忙])(?=快递)"
    "|(?<=没人来收)(?=[^,]{1,3}也(?:快|没))|(?<=没人[收倒修])(?=[^,]{1,3}也(?:快|没))|(?<=[动了行便好水])(?=得[有找要]个?人(?:来|帮|给))|(?<=^要[啊呀的])(?=[我俺家].)|(?<=[也都]没了)(?=我还)|(?<=[没完]了)(?=[爸妈爹娘](?:[,，]|[你您]))|(?<=[要吗]..嘛)(?=对.)|(?<=嘛对)(?=..)"
    "|(?<=能[送买弄搞]到[不吗])(?=..)|(?<=.)(?=还有(?:孩子|老人|我|家里)?的?[^,有没]{1,6}剩个?底)"
    "|(?<=[完没坏光断]了)(?=还有(?![点的半几些剩呢]|[一二两三四五六七八九十]|不少))|(?<=点不)(?=还有)"
    "|(?<=借个..不)(?=[我俺])|(?<=[送带捎]个..不)(?=[我俺])"
    "|(?<=能[送买带捎换修]不)(?![了起到来动去上下着])"
    "|(?<=[交缴充办弄修换约挂取寄])(?=我(?:也|又)?(?:不会|没有?(?:手机|网|电脑|微信)|[弄搞看]不|不懂|不识字))"
    "|(?<=不[动着好清])(?<!用不.)(?<!犯不.)(?<!好不.)(?=给(?![我你他她])|来点|要点|换点)"
    "|(?<=不[来动着到])(?<!用不.)(?<!犯不.)(?<!轮不.)(?=给我|帮我|替我|能[给帮替陪]|想[请找让]|得[有找]人)"
)
"""Where a clause begins without a pause being written: 米面都有就缺点降压药."""
_MISPLACED = (
    (compiled(f"(?:^|(?<=[{_BREAKS}]))({REST})[,，]"), r"\1"),  # 别的,用不着缺本书
    (compiled("(?<=了)[,，](?=没人(?:给|帮|能|会|来|管)*.$)"), ""),  # 马桶堵了,没人通
    (compiled("[,，](?=(?:每天|天天)都?有人[送做买])"), ""),  # 牛奶,天天有人送
    (
        compiled(
            "^(我?(?:不[要用]|用不着|犯不着))[,，](?=[给帮替]我[^,，]+$)"
            f"(?!.*(?:{NUMBER}{MEASURE}|[点个些吧行成好]))"
        ),
        r"\1",
    ),  # 用不着,给我送菜
    (
        compiled("(?<=干[嘛吗]|为啥|凭啥)[,，](不[要用])(?![了啊吧,，]|$)"),
        r"\1,",
    ),  # 送上门的干嘛,不要来箱方便面
    (HELPED_BEFORE_BREAK, r"\1"),
    (
        compiled(
            "((?:^|[,，])[^,，没不]{1,4})[,，](?=(?:家里?|屋里?|我这儿?)(?:还|都|也)?有(?:的|呢|啊)?(?:$|[,，]))"
        ),
        r"\1",
    ),  # 药,家里有
    (
        compiled(
            "((?:^|[,，])[^,，了没不]{1,6})[,，](?=(?:什么时候|啥时候?|几时|多会儿?|哪天)(?:才|能|会|给|可以)*[买送到来拿取配发])"
        ),
        r"\1",
    ),  # 降压药,什么时候能送来
)
"""Commas at wrong places, and what to write there."""
_MAY_BE_MISPLACED = compiled(
    "[的个他它余嘛吗啥][,，]|[好来到上完通掉齐决理]了[,，]|[,，][没什啥几多哪每天给帮替不甭别有还够家屋我]"
)


def parts_of(text: str) -> Iterator[str]:
    """The clauses of an answer as they are written."""
    for match in _CLAUSE.finditer(_joined(_rethought(text))):
        for part in filter(None, _SPLIT.split(match[0])):
            yield from taken_apart(part)


_SMELLS = compiled(f"[{_BREAKS}](?:都|也|已经)*(?:有(?:点|股)?味|臭|发臭|馊)了?(?=[{_BREAKS}])")
"""垃圾堆了三天了，都有味儿了，得来个人收一下."""
_WHILE_CUT_OFF = compiled("停[水电气暖](?:之?前|以前|那天|的时候|期间)[,，]?")
"""停水之前能不能来个人帮我接两桶水: nothing is broken."""
_ALSO = compiled(
    f"(?:(?<=[{_BREAKS}])|(?<=嘛)|(?<=[{_BREAKS}]对)|(?<=嘛对))(?P<thing>[^{_BREAKS}没不有我你他她这那的了就还都也啥么个要对]{{1,5}})也要[点些]儿?(?=$|[{_BREAKS}]|吧|啊|呗)"
)
"""菜没了，感冒药也要点儿."""
_HESITATING = compiled(
    f"(?:^|(?<=[{_BREAKS}]))(?:[对嗯啊哦]|哎呀?|就是|那啥|那个|我?(?:刚才?|再)?想了?一?[想下]|还是){{1,4}}[,，]?"
    "(?=(?:还是)?(?:[给帮替]|麻烦|[捎买送带拿](?![了过])))|还是(?=给(?:[我俺咱]们?)?[整弄买送带捎拿])"
)
"""我想了想，还是给弄点退烧药吧."""
_FEWER = compiled(
    f"(?P<before>(?:{NUMBER}))(?P<of>{MEASURE})(?P<thing>[^,，]{{1,6}}?)(?P<rest>[吗吧呗啊]?[?,，](?:[哎哦不诶对等][,，]?){{0,3}})"
    f"(?P<enough>{NUMBER})(?P=of)儿?就(?:够|行|成|好|可以)了?(?:$|(?=[,，]))"
)
"""送两箱矿泉水吗？哎，一箱就够了."""


_PASSED_ON = compiled(
    f"([{_BREAKS}])[^{_BREAKS}]{{1,4}}[{_BREAKS}]?[你您]?还(?:想)?[要缺][点些]?(?:啥|什么)?别?的?[不吗么没呢]?[{_BREAKS}]*"
    "[他她]?说再?"
)
"""口罩用完了，老婆子，还要啥？她说再来点酒精."""


_SIZE_PUT_RIGHT = compiled(
    f"{SIZE}的?[,，](?:哎|哦|啊|诶)?[,，]?(?:不对|不是|错了|说错了)[,，]?(?:得|要|应该)?是?(?={SIZE})"
)
"""中号，哎不对，得大号的."""


def _rethought(text: str) -> str:
    """As it was wanted in the end."""
    if "就" in text and (fewer := _FEWER.search(text)) is not None:
        start, end = fewer.span()
        text = f"{text[:start]}{fewer['enough']}{fewer['of']}{fewer['thing']}{text[end:]}"
    if "还要" in text or "还缺" in text:
        text = _PASSED_ON.sub(r"\1再", text)
    if "不" in text or "错" in text:
        text = _SIZE_PUT_RIGHT.sub("", text)
    if "味" in text or "臭" in text:
        text = _SMELLS.sub("", text)
    if "也要" in text:
        text = _ALSO.sub(r"要点\g<thing>", text)
    if "停" in text:
        text = _WHILE_CUT_OFF.sub("", text)
    return _HESITATING.sub("", text) if "还是" in text or "想" in text else text


def _joined(text: str) -> str:
    """Without commas inside of what belongs together."""
    if not _MAY_BE_MISPLACED.search(text):
        return text
    for pattern, written in _MISPLACED:
        text = pattern.sub(written, text)
    return with_contrasts(text)
