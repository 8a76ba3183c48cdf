"""Who names himself otherwise or a business: 我是王建国, 不是,我叫李四, 这是网吧. Pure."""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.language.sounds import syllables

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤"
)
_TITLES = (
    "(?:大爷|大妈|大叔|大姐|大哥|大嫂|大娘|阿姨|叔叔|奶奶|爷爷|女士|先生|小姐|太太"
    "|老师|师傅|大夫|医生|护士|经理|主任|老板|同志|[姐哥叔姨婶嫂总工])"
)
_NO_NAMES = (
    "(?!马[上路]|高[兴中龄血]|方[便才]|万[一分]|任[何性]|何[必况]|白[天领]|江[西苏]|唐山|龙岩|金[华融]|石家|毛病|于是|董事|许[多久昌]|黎明|向[你您来]"
    "|程序|武[汉警装]|严[重格]|戴[着]|顾[客不]|钱[江的]|孟[加州]|林[业场]|黄[石山冈]|吴[江]|田[里]|周[一二三四五六日末围]|张[家罗]|陈[述]|史[上]|余[姚下]|叶[子]|马[来鞍])"
)
_PERSON = (
    f"{_NO_NAMES}(?:[老小](?P<by_surname>[{SURNAMES}])|(?P<surname>[{SURNAMES}])"
    f"(?:{_TITLES}|(?P<given>[^,;?的了吗呢啊是不在家这那他她我你您人上下里]{{1,2}})))"
)
_BESIDE = (
    "(?:(?:不是?|不对|没有|错了|(?:你|您)?(?:们)?(?:打|找|搞|弄)错(?:人|电话)?了|不认识N?|N是谁|谁是N|N"
    "|我?不[是叫]N)[的啊呀呢哦吧]{0,2}[,;?]{0,2})"
)
_OTHERWISE = compiled(
    f"{_BESIDE}{{0,2}}(?:(?:我|俺|咱)(?:就|可|这)?(?:是|叫|名叫)|(?<=不是N[,])是|(?:我|俺|免贵)?姓(?=[{SURNAMES}][啊呀哦呢嘛哈]{{0,2}}(?:$|,))"
    f"|(?:这|这里|这儿|我这|我们?这)[里儿边]?是(?=.+(?:家|的?电话|的?手机|的?号)[啊呀]?(?:$|,)))"
    f"(?:{_PERSON}|(?P<bare>[{SURNAMES}]))(?:家|的?电话|的?手机|的?号)?[啊呀哦呢嘛哈]{{0,2}}(?:,?{_BESIDE}){{0,2}}"
)
_BUSINESS = (
    "(?:[^,;?我他她不没]{0,3}(?:饭店|餐厅|餐馆|饭馆|超市|商店|商场|便利店|小卖部|菜店|花店|药店|理发店|火锅店|洗衣店|4S店|四S店|修车铺|公司|工厂|学校|幼儿园|医院"
    "|诊所|卫生站|宾馆|酒店|旅馆|派出所|银行|邮局|快递站|驿站|公用电话|传达室|门卫室|值班室|办公室|食堂|网吧|棋牌室|养老院|健身房|工地))"
)
_AT_BUSINESS = compiled(
    f"{_BESIDE}{{0,2}}(?:(?:这|我们?这|俺们?这|我们?|俺们?)[里儿边]?)?是{_BUSINESS}(?:的)?(?:电话|座机)?[了啊呀哦呢嘛]{{0,2}}(?:,?{_BESIDE}){{0,2}}"
)
_NOR_FAMILY = compiled(
    "(?:我)?(?:也|既|都)不是(?:他|她|N)?的?(?:家人|家属|家里人|亲戚|亲属)[啊呀哦呢嘛的]{0,2}"
)
_LONGEST = 18


def is_named_otherwise(text: str, name: str) -> bool:
    """Whether a whole short answer names another person than the one who is looked for, or a business."""
    if len(text) > _LONGEST or not name or ("是" not in text and "叫" not in text and "姓" not in text):
        return False
    plain = text.replace(name, "N")
    if _AT_BUSINESS.fullmatch(plain) or _NOR_FAMILY.fullmatch(plain):
        return True
    told = _OTHERWISE.fullmatch(plain)
    if told is None:
        return False
    surname = told["surname"] or told["by_surname"] or told["bare"]
    return not (_sound_alike(surname, name[0]) or (told["given"] and _sound_alike(told["given"], name[1:])))


def _sound_alike(said: str, wanted: str) -> bool:
    """张山 may be how 张三 was heard."""
    return [sound[:2] for sound in syllables(said)] == [sound[:2] for sound in syllables(wanted)]
