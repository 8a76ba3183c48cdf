"""Who is calling and what for, asked by whoever was called, alone or beside an answer. Pure.

您是哪个单位的, 打这个电话干什么, 你是不是骗子. It deserves an answer: who gets none hangs up.
"""

from __future__ import annotations

from campaign.patterns import compiled

_YOU = "(?:你们?|您们?|恁|侬)"
_ENDS = "[啊呀呢哦哪嘛吧啦了哩嘞吗]*(?:来着)?[?,]*"
_OFFICE = "(?:单位|社区|居委会?|部门|机构|公司|街道办?|医院|组织)"
_OURS = "(?:社区|居委会?|街道|小区|物业|村委会?|卫生院|医院|防疫站?)"
_DO_WHAT = "(?:干|做|搞)(?:什么|啥|嘛|吗|么|哈)"
_WHERE = (
    "(?:哪(?:儿(?!人)|里(?!人)|边|块|疙瘩|旮旯|嘎达|个地方)|(?:什么|啥)(?:地方|人)"
    f"|(?:哪个?|什么|啥){_OFFICE}|哪个|谁|哪一?位|{_DO_WHAT})"
)
_WHO = (
    f"{_YOU}(?:这(?:里|儿|边)?|那(?:边|头))?(?:到底|究竟)?又?是?{_WHERE}(?:打(?:过)?来的?|的人?)?{_ENDS}"
    f"|是?(?:哪个?|什么|啥){_OFFICE}(?:打(?:过)?来)?的{_ENDS}|{_OURS}?,?哪个{_OFFICE}[啊呀呢]{_ENDS}"
    f"|{_YOU}是?{_OURS}的?(?:哪一?位|谁){_ENDS}|{_YOU}是{_OURS}的?小?[^,]{{0,2}}不是{_ENDS}|哪一位{_ENDS}"
    f"|{_YOU}(?:这|就)?是(?:咱|我)?们?{_OURS}的(?:人|同志)?(?=$|[?,]){_ENDS}"
    f"|(?:{_YOU}这?就?)?是(?:不是)?(?:咱们?|我们)?{_OURS}(?:还是[^,]{{1,6}})?(?:的|那儿的|那边的)?"
    f"(?:小[^,吗]|大夫|同志|女子|姑娘|闺女)?是?(?:吧|吗|么|啊|呀){_ENDS}"
)
_MACHINE = (
    f"(?:{_YOU}(?:这|就|该)?|这)(?:不会)?[别不]?是(?:不是)?(?:一?个|个)?(?:机器人?|电脑|录音|人工智能|AI)"
    f"(?:在?说话|打的?|吧|吗|么|啊|呀|还是(?:真?人|活人)|的)+{_ENDS}"
)
_CALLING = (
    "(?:这?(?:打|来)(?:这个?|个|这通)?(?:电话|电)(?:来|过来)?|打(?:过)?来|打这个?|打(?:我|俺|咱)们?的?(?:电话|手机)|找(?:我们?|他|她|[^,你您我的吗吧了不]{2,4}(?=干|做|有|什|啥))"
    "|(?:打听|问)我?(?:这个?|这些|那个|[这那]么(?:多|细|清楚)|出没出门|在不在家))"
)
_WHAT_FOR = (
    f"(?:到底|究竟|是|要|想|有|为了|为的)*(?:{_DO_WHAT}|(?:什么|啥|么|何)事情?|为什么|为啥|图啥)[用使的]?儿?"
)
_WHY = (
    f"{_YOU}?(?:给(?:我们?|他|她)家?)?(?:到底|究竟)?{_CALLING}{_WHAT_FOR}{_ENDS}"
    f"|{_YOU}(?:老)?问(?:我|人家)?(?:这个?|这些|那些?|[这那]么(?:多|细|些))?{_WHAT_FOR}的?{_ENDS}"
    f"|{_YOU}?(?:找我)?[有是](?:什么|啥子?)(?:贵干|事[情体]?)儿?{_ENDS}$|^啊?(?:什么|啥子?)事[情体]?儿?[啊呀]?{_ENDS}$"
    f"|(?<=,){_YOU}?(?:找我)?[有是]?(?:什么|啥子?|嘛|么子?)事[情体]?儿?{_ENDS}$"
)
_FRAUD = (
    f"我?(?:怎么|咋)(?:知道|晓得){_YOU}是不是[^,]{{1,4}}{_ENDS}|"
    f"{_YOU}?(?:到底|该)?(?:不会)?[别不]?是(?:不是又?)?(?:[^,]{{1,4}}还是)?个?(?:骗子|诈骗|骗人|搞?推销|卖(?:东西|保险|药))的?{_ENDS}"
    f"|{_YOU}?是?(?:怎么|咋|打?从?哪儿?)会?(?:知道|晓得|有|[弄得搞]到)的?(?:我|咱|俺)们?家?的?"
    f"(?:电话|号码?|手机号?|名儿|名字?|姓(?:啥|什么)|叫(?:啥|什么))的?{_ENDS}"
    "|没有(?:我|咱|俺)们?家?的?(?:电话|号码)的[?,]*"  # 怎么会有我们家电话的, put plainly
    f"|{_YOU}的?(?:电话|号码)(?:怎么|咋)是[^,]{{1,8}}{_ENDS}"
)
_LEADS = (
    "(?:喂|哎|嗯|哟|哎哟|咦|那|我说|可是?|不过|对了|先|等等|等一下|我?问(?:一下|你呢?|您呢?)|我想问(?:一下|问)?|请问"
    "|先别问我是谁|[你您](?:得|要|应该|倒是)?先(?:说说?|讲讲?|告诉我|报)(?:一?下|清楚)?|[你您]倒是说[啊呀]?|[,?])*"
)
_UNANSWERED = (
    f"(?:我|人家)?(?:刚才?|还)?问{_YOU}(?:是)?{_WHERE}呢?,?{_YOU}?(?:还|倒|也|咋|怎么|就是)*"
    f"[没不](?:言语|吭声|吱声|说|回答|搭理|答|理)[^,]{{0,3}}{_ENDS}"
)
"""问您是谁您还没言语呢."""
_ANY = f"(?:{_WHO}|{_WHY}|{_FRAUD}|{_MACHINE}|{_UNANSWERED})"
_AT_FIRST = compiled(f"(?:{_LEADS}{_ANY})+|喂?[,?]?谁[呀啊]{_ENDS}$")
_AT_LAST = compiled(f"(?<![知道诉问管找跟和给像当晓得骗为就我])(?:{_LEADS}{_ANY})+$")
_HOLDS_ONE = compiled("[哪谁啥吗吧骗]|什么|[你您]们?(?:这|就)?是|机器|录音|电脑|干嘛|[怎咋]|推销")


def without_asking_who(text: str) -> str | None:
    """What is said besides; None where nobody asks who is calling, or what for.

    Args:
        text: Normalised words, with their clauses where these are known.
    """
    if not _HOLDS_ONE.search(text):
        return None
    first = _AT_FIRST.match(text)
    rest = text[first.end() :] if first else text
    last = _AT_LAST.search(rest)
    if first is None and last is None:
        return None
    return (rest[: last.start()] if last else rest).strip(",?")
