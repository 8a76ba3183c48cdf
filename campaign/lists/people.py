"""Names as they stand in lists: without notes, one person each."""

from __future__ import annotations

import functools
import re
import unicodedata

from campaign.patterns import compiled

_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_PLAIN = compiled(rf"[{_HAN}]{{2,4}}")
_BLANKS_IN_NAME = compiled(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_BRACKETS = compiled(r"\([^()]*\)?|\[[^\[\]]*\]?|【[^【】]*】?|<[^<>]*>?")
_NUMBERING = compiled(r"^(?:[(（]?\d{1,4}[)）.、:]\s*|[★☆●○◎△▲■□※*#√✓]+\s*)")
_UNSEEN = compiled("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TRAILING = compiled(r"[\s\d★☆●○◎△▲■□※*#√✓:,、;。.\-]+$")
_TITLE = compiled(rf"^([{_HAN}·]{{2,}})(?:先生|女士|小姐|同志|老师|大爷|大妈|阿姨|奶奶|爷爷|大叔|师傅)$")
_ROLE_BEFORE = compiled(r"^(?:户主|本人|业主|租户|住户|姓名|租客|承租人)\s*[::]\s*|^户主(?=\S{2,4}$)")
_BETWEEN = compiled(r"\s*[、,/;\n\\|&＋+]\s*|\s+和\s+")
NOBODY = frozenset({
    "", "无", "-", "--", "---", "—", "——", "/", "//", "\\", "空", "没有", "暂无", "不详", "未知", "不清楚",
    "?", "??", "未登记", "未填", "待补", "待核实", "无名", "匿名", "略", "同上", "。", ".", "*", "×", "x",
    "X", "无此人", "none", "null", "nan", "n/a",
})  # fmt: skip
"""What stands where a name is not known."""
VACANT = compiled(
    r"(?:此|该|本)?(?:房|户|屋|室)?(?:目前|长期|暂时?|现)?"
    r"(?:空户|空房|空置|空置房|空关|空关房|无人|无人居住|无人住|没人住|没人|未入住|未住人|未出售|未售|空屋|空闲|商铺|门面|门店|仓库|车库|设备间|配电室|"
    r"物业用房|已拆|拆迁|待租|闲置)(?:房|户)?"
)
"""A flat in which nobody lives."""

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔"
    "谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎雷龙段史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文葛施洪"
    "柳牛樊庞殷岳齐章庄梅倪翟兰安华卫季柯单麦甘温焦裴祁鲁阮古牟管柴臧穆尚宁童娄苗狄霍詹耿关包房左游冉艾涂詹车靳佟"
    "屈凌辛舒纪滕解蓝路盛翁费项应冷辜边景卞饶欧阳瞿班仲宫栾桑曲晏敖巩隋冀申池刁和荣全湛查谷聂岑鲍郁丛计蒲门水"
    "窦章成戚巫邢司上官端木诸葛东方皇甫尉迟公孙慕容令狐宇文长仇权胥谈卓楚闵简蔺连肇覃窦吉贡晋权暴苟商佘佴揭原火"
    "冼占匡郎母隆阳青尧党宣贝明时井沙帅初满莘桂濮牛寿通扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈"
    "廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯"
    "相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈有琴归海墨哈谯笪年爱阳佟言福邸呼延麻仝晓苑禹雒展但展冶拓塔买阿"
)
_DOUBLE_SURNAMES = frozenset(
    {"欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "司徒"}
)
"""With a title behind them they are all that is known of the name."""
_NO_NAMES = compiled(
    r"[省市区县镇乡村路街巷号楼室族男女汉]$|^(?:本科|大专|高中|初中|小学|已婚|未婚|党员|群众|团员|农民|工人|退休|自有|租住|常住|"
    r"正常|健康|绿码|黄码|红码|是的|户主|本人|儿子|女儿|妻子|丈夫|父亲|母亲|配偶|子女|其他|无业|在职|安全|全部|应急|广场|和平|华府|明珠|花园|东区|西区|南区|北区)"
)


def split_names(text: str) -> list[str]:
    """The people of a cell: 张三、李四 are two, 张三（妻李四） is one. Empty where nobody is named."""
    if _PLAIN.fullmatch(text) and not text.startswith("户主") and not _TITLE.fullmatch(text):
        return [] if text in NOBODY else [text]
    plain = unicodedata.normalize("NFKC", text)
    names = [clean_name(part) for part in _BETWEEN.split(_BRACKETS.sub(" ", plain).strip())]
    known = [name for name in names if name]
    if len(known) > 1 and not all(is_likely_name(name) for name in known):
        return [clean_name(plain.replace("\n", " "))]
    return list(dict.fromkeys(known))


@functools.lru_cache(maxsize=65536)
def clean_name(text: str) -> str:
    """A name without notes, titles and the blanks that set short names to a width: 张　三（户主） -> 张三."""
    plain = _BRACKETS.sub("", unicodedata.normalize("NFKC", text))
    plain = _NUMBERING.sub("", _UNSEEN.sub("", " ".join(plain.split())))
    plain = _ROLE_BEFORE.sub("", plain)
    plain = _BLANKS_IN_NAME.sub("", plain)
    plain = _TRAILING.sub("", plain) if re.search(rf"[{_HAN}]", plain) else plain
    titled = _TITLE.fullmatch(plain)
    if titled and titled[1] not in _DOUBLE_SURNAMES:
        plain = titled[1]
    return "" if plain.lower() in NOBODY else plain


def is_likely_name(text: str) -> bool:
    """Whether a text looks like a Chinese person's name: a surname and one to three characters, or a name
    with a dot as the Uyghurs write it."""
    plain = _NUMBERING.sub("", _BLANKS_IN_NAME.sub("", text.strip()))
    if "·" in plain or "•" in plain:
        return re.fullmatch(rf"[{_HAN}]+[·•][{_HAN}·•]+", plain) is not None
    if _PLAIN.fullmatch(plain) is None or plain[0] not in _SURNAMES:
        return False
    return _NO_NAMES.search(plain) is None and plain not in NOBODY
