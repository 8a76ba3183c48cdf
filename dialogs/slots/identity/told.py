"""Who is speaking, told by a place in the question, a marriage or birth, or how the name is used. Pure."""

from __future__ import annotations

import re

from campaign.patterns import compiled
from dialogs.slots.identity.equated import KIN
from dialogs.slots.identity.named import SURNAMES

_COUNTER = "(?:一?[个种样位项])"
_FIRST = "(?:最?前[头面边]?|头里?|打头|第一|头一)"
_SECOND = "(?:最?后[头面边]?|末了?|第二|后一)"
_CLAUSE = compiled(
    "(?:[嗯哦对是算占选就该我]|属于?|[你您](?:刚才?)?(?:说|问|念|讲)的?|刚才?(?:说|问|念)的|[这那]?[两俩二](?:样|个|种|者)(?:里[头面]?|当?中|中间)?的?)*"
    f"(?:(?P<first>{_FIRST})|{_SECOND})(?:[那这的]*{_COUNTER}|者)(?:我|就|便)?是?[吧呗啊呀嘛了的呢]*"
)
"""您说的前面那个: what is asked for is himself or family."""
_DENIED = compiled(f"(?<![个种样者面头边])不是,?[那这]?(?:{_FIRST}|{_SECOND})(?!.*是(?:{_FIRST}|{_SECOND}))")
_PARTS = compiled("[,;?]|(?<=[个种样者]不是)(?=[前后头第末])|(?<=[个种样者])(?=选|是[前后头第末])")
_PLACES = frozenset("前后头第末")


def told_by_place(text: str) -> str | None:
    """Which of himself or family; the last that is said."""
    if _PLACES.isdisjoint(text) or _DENIED.search(text):
        return None
    told = [clause for part in _PARTS.split(text) if (clause := _CLAUSE.fullmatch(part))]
    return None if not told else "self" if told[-1]["first"] else "family"


_CONTRAST = compiled(
    "我?(?:是说)?,?(?:(?P<family>本人)|家[人属]),?不是,?我?(?:本人|家[人属]),?[才就]?,?是[的啊呀呢]*"
)


def told_by_contrast(text: str) -> str | None:
    """本人不是家人是, wherever commas got into it."""
    told = _CONTRAST.fullmatch(text) if "不是" in text else None
    return None if told is None else "family" if told["family"] else "self"


# In these patterns N is the resident's name.
_HE = "(?:N|(?<!其)[他她])"
_CALLS = "老婆子?|媳妇|当家的|老头子?|老伴|老公|妈妈?|爸爸?|爹|娘|爷爷|奶奶|姥姥|姥爷|外公|外婆|孩子他[爸妈]"
"""What only relatives call each other; 大哥 and 阿姨 are called so by anybody."""
_WED = (
    "(?:拜过?了?(?:天地|堂)|[领扯]过?了?(?:结婚)?证|成过?了?[亲家]|结过?了?婚|办过?了?(?:喜酒|婚礼)"
    "|[领扯]的(?:结婚)?证|结的婚|成的家)"
)
_BOND = compiled(
    f"(?<![没不谁])嫁给?了?{_HE}(?!们)|{_HE}(?:嫁给|娶)了?我|(?<![没不谁])娶了?{_HE}(?!的|们)"
    f"|(?:跟|和|与)(?:{_HE}|我)[^,没不]{{0,4}}{_WED}"
    f"|(?:[跟和与]{_HE}|我们?俩|俺俩)[^不没离假]{{0,14}}{_WED}(?=$|,)"
    f"|{_HE}[^,没不]{{0,4}}[娶嫁]的(?:那?个?人)?,?(?:不?就|也|才)?是(?:我|俺)(?![爸妈爷奶哥姐弟妹儿女])"
    f"|[娶嫁]给?了?{_HE}的(?:那个?)?(?:人|男人|女人)?,?(?:不?就|也|才)?是(?:我|俺)(?![爸妈爷奶哥姐弟妹儿女])"
    "|(?<!不是)(?<!没在)(?:一个被窝|同床共枕|枕边人|一奶同胞|一母同胞|一个娘胎|一个[妈娘](?:肚子里?)?生)"
    "|(?<!不是)(?<!没在)(?:同?一张床|一铺炕|一个枕头|一床被)上?(?:[睡躺过]|[^,没不]{0,4}[睡躺])"
    "|(?<![没不])(?:结婚证|喜帖)上(?![^,]{0,4}[没不])[^,]{1,8}(?:$|,)"
    "|户口[本簿]上[^户]{0,14}写[着的][^,户]{0,3}(?:妻|夫|[父母子女](?:[亲子]|$)|长[子女]|配偶)"
    f"|{_HE}[^,没不]{{0,4}}我?身上掉下?来?的|我身上掉下?来?的|我(?:十月怀胎)?生的{_HE}|{_HE}(?:是)?[打从]我肚子里"
    f"|{_HE}[嘛啊呀]?,?(?:可|就|也)?是?我(?:一手|亲自?|十月怀胎)*(?:生|养大?|拉扯大|带大|奶大)下?来?的(?!狗|猫)"
    f"|{_HE}(?:一手)?(?:生|养)下?了?的?我(?!家|这么一个)|我(?:就|可|也)?是{_HE}[^,]{{0,3}}(?:生|养|拉扯|带|奶)(?:下|大)?来?的"
    f"|(?<!我的)(?<!我)(?:配偶|妻子|丈夫|老婆|老公|媳妇|女婿)(?:那栏)?(?:就|才|便)?是我(?![爸妈爷奶哥姐弟妹儿女])"
    f"|{_HE}[^,没不]{{0,3}}(?:管我[叫喊]|[喊叫]我)(?:一声)?(?:{_CALLS})(?=$|,|的)"
    f"|{_HE}[^,没不]{{0,2}}[喊叫]声?(?:{_CALLS}),?[应答]声?应?的(?:那个)?,?(?:就|不就)?是(?:我|俺)"
    f"|当(?:妈|爸|爹|娘|爷爷|奶奶|儿子|闺女|老婆|媳妇)的(?:代|替|来|接|跟|我)|(?:^|,)(?:这是)?我?(?:{_CALLS}|爱人|丈夫|妻子|儿子|闺女|女儿)的(?:手机|电话|号)(?=,|$)"
    f"|^不是?[啊呀的]{{0,2}},我?是?{_HE}的?(?:{KIN})[啊呀]?$"
    "|(?:做饭|保姆|照[顾看料]|[看带]孩子)[^,不]{0,3},(?:吃|住|吃住)都?在[他她N]们?家|(?:吃|住|吃住)都?在[他她N]们?家.{0,3}(?:做饭|伺候|照[顾看料]|[看带]孩子|保姆)"
)
_BOND_WORDS = frozenset("嫁娶拜证枕肉被床炕亲婚喜胞胎生身养大是写打从管喊叫住当机话")


def is_told_by_bond(text: str, name: str) -> bool:
    """嫁给张三三十年了; 他是我身上掉下来的肉; 他管我叫妈: family."""
    return not _BOND_WORDS.isdisjoint(text) and (
        _BOND.search(text.replace(name, "N") if name else text) is not None
    )


_ABSENT = compiled(
    "(?:N|[他她])(?:人|他|她)?(?:今天|现在|这会儿?|刚|正|已经|早就?|还|都|手机){0,2}"
    "(?:(?:不在|没在)(?:家|北京|跟前|身边)?|睡(?:觉|着)?|休息|(?:忘|没)(?:带|拿)(?:手机|电话)?|出(?:去|门|差)|上班|住院|病|耳背|没起(?:床|来)?|没回来"
    "|听不[见清到]|接不[了成](?:电话)?|不方便(?:接|说话)?(?:电话)?|(?:一会儿?|马上|就|晚上)回来?|遛[弯狗]|下楼|上楼|买菜|回老家|去世|过世|死"
    "|在(?![家听接说呢这那北]|外地)[^,我不没呢是]{1,5}|去(?!过)[^,我不没是他她]{1,5}(?=了))(?:去)?[了呢啊呀嘛的]{0,2}(?:,(?!.*(?:是|错|认|识|姓|叫))(?:我|你|您|有).{1,8})?"
)
"""张三在洗澡, 他去医院了,你说."""


def tells_of_him_absent(text: str, name: str) -> bool:
    """Whether a whole answer tells what the resident is busy with: who tells it is of the family."""
    return _ABSENT.fullmatch(text.replace(name, "N") if name else text) is not None


_THEIR_HOME = compiled(
    "(?:[对是嗯啊]|是的|没错|对的){0,2},?(?:(?:这|我们)[里儿边]?)?就?是(?:N他?们?|[他她]们?|老?S)家的?(?:电话|座机)?(?:没错|[啊呀嘛的呢哦]){0,2}"
)


def confirms_home(text: str, name: str) -> bool:
    """Whether it is said that this is the resident's home, 对,是他们家: somebody who lives there."""
    if "家" not in text or not name:
        return False
    plain = text.replace(name, "N").replace(name[0] + "家", "S家")
    return _THEIR_HOME.fullmatch(plain) is not None


_OTHER_NAME = compiled(
    "(?:^|,)(?:我[是叫](?!N|他|她|不|本|谁|什么|啥|哪)[^,]{2,3}|我姓[^,]{1,3}|(?!N|那|这|不|就|正)[^,我他她]{2,3},?(?:倒|嘛|呢)是我)"
    ",.*(?:N[啊呀嘛]?(?:又|那)?(?:是谁|谁[啊呀]?$|是哪)|(?:谁|哪个)(?:又|叫|是)*N|没听[说过]*过?N)"
    "|[跟和与][^,]{0,4}N[^,]{0,3}(?:两码事|两回事|不是(?:一个|同一个?)人|不搭界|不相干|不沾边|同音|重名|差一个字)"
    "|N[^,的是]{1,2},?(?:多|少|差)[一了]?个字"
)


def has_another_name(text: str, name: str) -> bool:
    """李四倒是我，张三是谁; 我叫章杉，跟张三是两码事."""
    return bool(name) and name in text and _OTHER_NAME.search(text.replace(name, "N")) is not None


_BEFORE = (
    f"(?:后来|现在|如今|现如今|眼下|[去前今]年|最后|结果)[^,不没]{{0,6}}"
    f"(?:成了?|是|当了?|变成?了?|做了?)(?:{_HE}的?)?"
)
_BECAME = compiled(
    f"(?:{_BEFORE}|(?:^|,)(?:我)?[也又更还]是{_HE}的?)(?:{KIN}|两口子|夫妻|一家[人子])[了啊呀嘛呢的]*(?=$|[,;])"
)


def has_become_family(text: str, name: str) -> bool:
    """以前是他同事，后来成了他媳妇; 现在是两口子."""
    return ("成" in text or "是" in text or "当" in text) and (
        _BECAME.search(text.replace(name, "N") if name else text) is not None
    )


_PARENTS = "(?:爸妈|爹妈|爹娘|爸爸?|妈妈?|爹|娘|父母|父亲|母亲|老[爸妈娘爹])"
_GIVEN = f"(?:我|俺)(?:们?家)?(?:{_PARENTS}|爷爷?|奶奶|姥爷|姥姥|外[公婆]|[大二三]?[叔伯舅姑姨]|父母)"
_SELF = compiled(
    f"N[的他她]?家?{_PARENTS}[^,没不]{{0,5}}(?:(?:就|只|光|统共|总共)[生养有]下?了?(?:我|俺)|[生养]下?了?(?:我|俺)(?:这么|就)?[一独]个)"
    f"|{_GIVEN}[^,没不]{{0,3}}(?:独生|独苗|唯一|独)的?(?:儿子|女儿|闺女|子|女|苗)?,?(?:就?是|叫)?N(?=$|,|给|向)"
    "|[他她们][可才]?不[是叫]N,?(?:我|俺)[才就]?[是叫](?=$|[,;])"
    f"|(?:^|[,;?])(?:可|但|就|其实|是|打给)?(?:我|俺)N(?![的他她家和跟与]|{KIN}|我|不|没|还)"
    "|N(?:就|才)?是?(?:我|俺)(?:这(?:个)?老?[汉头太婆]?[太婆子]?|自[己个]|本人|一个人)(?!不|没|家|[的是]?[妈爸儿女])"
    "|[你您](?:这|那|正|就|现在|不)*在?[跟和同](?:他|她|N|本人)(?:本人)?(?:聊|说话|讲话|通话|唠|谈|通着)"
    "|(?:^|[,;])(?:可|这|现在)?(?:我|俺|阿拉)(?:自己|自个|亲自)(?:[用使按]的|接的(?!他|她))"
    "|(?:我|俺)[替帮代给](?:我|俺)自[己个]|(?:我|俺)这个?(?:当事人|正主)|[这那][可就]*是我的?[大本真]?名[字儿]?(?=$|,)"
    f"|名[字儿]?[^,不]{{0,3}}(?:是|还是)?{_GIVEN}[^,给他她]{{0,3}}(?:给(?:我|俺))?[起取叫]的(?!他|她)"
    f"|{_GIVEN}给(?:我|俺)[起取]的|(?<![^,])[起取]给(?:我|俺)的"
    "|谁说[^,]{0,3}(?:不在|没在),?.*(?:我|俺)[^,]{0,3}在|不在\\?(?:谁说的|胡说|瞎说)[,?]*(?:我|俺)[^,]{0,3}在"
)
_SELF_WORDS = frozenset("N姓生独聊话唠谈替帮代给当名自在")
_NOT_SELF = compiled(f"不是N|我不[是叫]N|[替帮]{_HE}|我是{_HE}[^,]|(?:不|没)(?:认|听说)")


def is_told_himself(text: str, name: str) -> bool:
    """张三他妈就生了我这么一个; 她不叫张三，我叫; 我张三自己会接; 您正跟他聊着呢."""
    plain = text.replace(name, "N") if name else text
    if _SELF_WORDS.isdisjoint(plain):
        return False
    return (_SELF.search(plain) is not None or _is_spelt(text, name)) and _NOT_SELF.search(plain) is None


def _is_spelt(text: str, name: str) -> bool:
    """姓张名三; 免贵姓张，单字一个三."""
    if len(name) < 2 or "姓" + name[0] not in text:
        return False
    spelt = "姓{},?(?:单?名|单字|大名|小名)[叫是]?一?个?{}字?(?=$|[,;啊呀])".format(
        *map(re.escape, (name[0], name[1:]))
    )
    return re.search(spelt, text) is not None


_NOBODY = compiled(
    "(?<![没不])(?:重名|同名同姓)(?:了|吧|的吧|了吧)?(?=$|,)|N(?:恐怕|八成|可能|大概|得|该|怕)?是(?:另外?一个|另有|别人|旁人)"
    "|(?:想|正要|还要|倒要)问[^,]{0,5}N(?:到底|究竟)?是(?:谁|哪)|(?:不|没|哪|怎么|咋)(?:知道|晓得|清楚)[^,]{0,3}(?:N|[你您]们?(?:说|找|问)的(?:[那这]?[个位]?人?)?)是(?:谁|哪)"
    "|[两俩二](?:[个样种]|者)?[^,]{0,4},?(?:哪[个样种]|一[个样]|[全都])[^,不没]{0,2}(?:不[^,]{0,2}(?:是|占|对|沾|挨|算)|[安挨轮沾套按]不)"
    "|[跟和与](?:我|俺|咱)们?家?[^,]{0,3}(?:不搭界|不相干|不沾边|没.{0,4}(?:关系|瓜葛|牵扯))"
    "|(?:^|,)[^,]{0,2}人[可肯定绝对根本]*(?:不对|对不上)(?=$|,)|(?:^|,)N[倒可]?没有,(?!不)|(?:^|,)[倒可就]?没有?N(?=$|,)"
    "|[也同]叫N,(?:可|但|不过)(?:是)?(?:我|俺)?不是|(?:我|俺)要是N[^,]{0,2},|(?<![没不])(?:认|逮|抓|喊|叫|走|弄)错(?:人|门|家)|张冠李戴|(?<![没不])[拨打][岔串劈]|别人家(?=$|,)"
    "|号码?(?:现在|如今)(?:是|归)我|(?:是|的|^|[,他她])(?:我|俺)?的?前(?:妻|夫|男友|女友|老婆|老公|媳妇)(?![^,]*(?:的妈|的爸))|(?:早|已经|[去前]年)离了婚?(?=$|,)"
    "|(?:^|,)(?:这里?|我(?:们)?这里?|这边|打到)[^,没不]{0,2}是?[^,没不我他她]{0,7}"
    "(?:店|铺|馆|站|厅|派出所|诊所|卫生所|医院|公司|前台|超市|厂|学校|酒店|宾馆|食堂|驾校|值班室|门卫室?|传达室|护士站)[了啦啊]*(?=$|,)"
)
_NOBODY_WORDS = frozenset("知晓清号重同N两俩二跟和与人这错冠岔串劈打前离")
_ONLY = compiled(
    f"(?:这[儿里边]|(?:我们?|俺)家)里?(?:就|只|可)有(?!N)(?:一?个)?[{SURNAMES}][^,;?的]{{1,2}}(?=$|[,;?])"
)
"""张三？这儿只有王五."""
_I_AM = compiled(
    f"(?:^|[,;])(?:可|可是|但|但是|不过)(?:我|俺)(?:就|明明)?[是叫](?!N)[{SURNAMES}][^,;?]{{1,2}}?[啊呀嘛哦呢]?(?=$|[,;?])"
)
"""是我，可我是王建国呀."""


def is_nobody_here(text: str, name: str) -> bool:
    """重名了吧; 两样都不占; 跟我们家不搭界; 可我是王建国."""
    plain = text.replace(name, "N") if name else text
    if _I_AM.search(plain) or ("有" in plain and _ONLY.search(plain)) or _has_no_surname(text, name):
        return True
    return not _NOBODY_WORDS.isdisjoint(plain) and _NOBODY.search(plain) is not None


def _has_no_surname(text: str, name: str) -> bool:
    """这儿没姓张的, where somebody called 张三 is looked for."""
    return (
        bool(name) and re.search(f"(?:没有?|没一个|哪有)(?:人)?姓{re.escape(name[0])}的?", text) is not None
    )


def is_called_otherwise(text: str, name: str) -> bool:
    """我姓覃, and nothing else."""
    if not name or "姓" not in text:
        return False
    return (
        re.search(
            f"(?:^|[,;])(?:我|俺|免贵|机主)姓(?!{re.escape(name[0])}|什么|啥|名)[^,;]{{1,2}}(?=$|[,;])", text
        )
        is not None
    )


_LOOKED_FOR = compiled(
    "[你您]们?要?(?:[找说念问叫要]|打给)的?[那这]?[^,;?不没是]{0,5}(?:不(?=就)|可)?(?:就|正|也|便|都)?是(?:我|俺)(?:自[己个]|本人)?[啊呀嘛咯呢]*(?=$|,(?!的|[他她]|可|但|不))"
    "|(?:怎么[叫喊]|反正|没错|其实|到底|说到底)[^,不]{0,3}(?:是我|是本人)(?=$|,)|(?:可不|这不|不)?就是找我(?=$|,)"
)


def is_looked_for(text: str) -> bool:
    """您找的就是我, whoever else was named before."""
    return "是" in text and _LOOKED_FOR.search(text) is not None
