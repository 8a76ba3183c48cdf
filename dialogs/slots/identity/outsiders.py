"""Who happens to take the call: by work, as a neighbour, from a pastime, or as the finder. Pure."""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.slots.identity.equated import KIN

ROLE = (
    "(?:老|大学|高中|中学|小学|楼[上下]|隔壁[床屋]?的?|对门的?|前|新|单位|初中|多年的?|铁)?(?:的)?(?:同事|同学|同僚|同行|老师|班主任|学生|老板|老板娘|领导|上司|上级|下属|经理"
    "|助理|秘书|司机|代驾|二?房东|租客|房客|中介|邻居|街坊|牌友|球友|棋友|网友|(?<![男女])朋友|哥儿?们|师父|师傅|徒弟|学徒|客户|客人|店员|店长"
    "|甲方|乙方|债主|债权人|合伙人|合作伙伴|搭档|战友|老乡|同乡|钟点工|前台|保安|物业|快递员|外卖员|[组队班厂科处]长|主任|主管|教练|护士|大夫|医生"
    "|病友|工友|钓友|驴友|舞伴|球迷|发小|闺蜜|姐妹淘|保洁|骑手|网格员|志愿者|快递小哥|外卖小哥|家教|同桌|[上下]铺|导游|律师|裁缝|楼管|宿管"
    "|前(?:[妻夫]|[男女]朋?友)|员工|对门|隔壁|[修装送开卖打].{1,3}的)(?!的?(?:妈|爸|儿|女|老婆|老公|媳妇|爱人))"
)
"""What somebody is who is no relative, as a pattern."""
_HE = "(?:N|[他她])"
_SERVES = (
    "(?:剪头发?|理发|剃头|搓澡|搓背|按摩|[修装送换搬刷通收].{1,3}"
    "|开车|看摊|打扫|做卫生|遛狗|代购|看病|打针|上课|补课|办.{1,3}|跑腿)"
)
_END = "儿?(?:的?(?:啊|呀|嘛|了|噻|呢|哦|而已|罢了)*)(?=$|[,。!?;])"
_OWNED = compiled(
    f"(?:^|[,;])(?:其实|我们?俩?|俺俩?|这|[咱说白了顶多只就也]+)*(?:不过|无非)?是?[个一]*{_HE}们?家?的?(?:{KIN})?(?:的|单位的?|公司的?|学校的?|店里的?)?"
    f"[^,不没是他她我]{{0,2}}(?:{ROLE}){_END}"
    f"|(?:^|[,;])(?:其实|可|但|不过)*(?:我们?俩|俺俩|我[跟和与]{_HE})(?:其实)?(?:就|只|也|不过)*是(?:{ROLE}){_END}"
    f"|(?:^|[,;])(?:我|俺)?(?:就|只)?是?(?:过来|来)?[给替帮]{_HE}们?(?:老人家|家)?(?:里)?{_SERVES}的(?:师傅|人)?{_END}"
    f"|(?:^|[,;])(?:我|俺)?是?{_HE}(?:{KIN})(?:他们?|她们?|的)?(?:单位|公司|学校|店里|厂里)的?{_END}"
    f"|(?:^|[,;])(?:我|俺)?是?{_HE}家?的?(?:楼[上下]|隔壁|对门|对过|前后院)的?{_END}"
    f"|[跟和与]{_HE}(?:一块|一起|是)?合租|(?:我们?俩?|俺俩)[^,不没]{{0,4}}合租"
    f"|[跟和与]{_HE}[^,不没]{{0,4}}(?:一块|一起|一道)(?:下棋|钓鱼|跳舞|打牌|打球|跑步|上班|干活|喝酒|遛狗|遛弯|练拳|唱歌|拼车)的?{_END}"
    "|(?:手机|电话|机子)[^,没]{0,9}(?:捡[的到来]|拾[的到])|(?:^|[,他她])(?:的|把)?(?:手机|电话)[^,不没]{0,3}[落掉忘丢](?:在)?了?我们?(?:[^,]{0,2}车|店|办公室|摊|柜台|包厢|前台|单位)"
)
_CHEAP = frozenset("的他她租捡拾手话机N是跟和与")
_FAMILY = compiled("(?:又是|也是|兼)|一家[人子]")


def is_outsider(text: str, name: str) -> bool:
    """他孙女的钢琴老师; 我是给他剪头发的; 我跟他合租; 手机是我捡的."""
    if _CHEAP.isdisjoint(text):
        return False
    plain = text.replace(name, "N") if name else text
    return _OWNED.search(plain) is not None and _FAMILY.search(plain) is None


_OPENS = "(?:^|[,;])(?:[嗯哎啊哦喂对是]|[你您]好|你说|[你您]们?是社区的[吧吗]?)*"
_ASKS = "(?=$|[,;]|什么事|有什么事|有事|有话|怎么|[你您]是?(?:说|讲|哪|社区))"
"""Where a clause ends, also without a break: what people ask who take a call."""
_STRANGER = compiled(
    f"{_OPENS}(?:我|俺)(?:就|只|这|可|也)?是(?:(?:这儿?|这里|门口|小区|单位|楼下)的?|个)?(?:{ROLE})的?{_ASKS}"
    f"|{_OPENS}(?:(?:这|我这|我)(?:个|部|儿|里)?(?:电话|手机|号码?|机子)?)(?:可|也|真|就)?不是N家?的?(?:电话|手机|号码?)?{_ASKS}"
    f"|{_OPENS}(?:我|俺|免贵|机主)姓(?!S|什么|啥|名)[^,;]{{1,2}}?{_ASKS}"
)
_HIMSELF = compiled("N就?是我|我就?[是叫](?:的)?N|叫N|(?<!不是)本人|是我(?:$|[,;]|没错)|正是|是的呀|念")


def is_stranger(text: str, name: str) -> bool:
    """Whether somebody tells that he is not the one who was called: 哎，我姓李，什么事; 我是保安，您讲.

    Sure readers of whole answers overlook it beside what people who were called say.
    """
    if not name:
        return False
    plain = text.replace(name, "N")
    called = plain.replace("姓" + name[0], "姓S")
    return _STRANGER.search(called) is not None and _HIMSELF.search(plain) is None


_WHAT = f"(?:家里人|家属|家人|亲戚|亲人|一家(?:子|人|的)|亲兄弟|亲姐妹|{KIN})"
_DENIED = compiled(
    f"(?:谁|哪个)(?:能|会)?(?:[跟和与][N他她]+|是[N他她]+)们?(?:是|成了|算)?的?(?:什么|啥)?{_WHAT}(?![^,]*,?我(?:呀|啊|呗|是他|是她)?(?:$|,))"
    f"|哪里?(?:会|能)?是(?:什么|啥)?[N他她]*的?(?:什么|啥)?{_WHAT}|(?:^|,)(?:什么|啥|还)[N他她]*的?{_WHAT}[啊呀呢]?(?=,)"
    f"|(?:别|老|总)?(?:把我)?(?:当我?是|当成|当作|认成|听成|以为我?是)(?:我是)?[N他她]*的?{_WHAT}"
    f"|(?:算不上|谈不上|没成)(?:我是)?[N他她]*的?{_WHAT}"
    f"|[N他她]+[^,不没]{{0,3}}[喊叫](?:我|俺)(?:声)?[大老小]?[哥姐叔姨弟妹伯](?=,?[^,]{{0,3}}(?:其实|客气|不过|可|罢了))"
)
_DENIAL_WORDS = frozenset("谁哪什啥还当认听以算谈没喊叫")
_DENIES_IN_VAIN = compiled(
    f"(?<![可并])不是[N他她]+的?(?:{KIN}),?(?:(?:我|谁)(?:能|会|谁|哪|干嘛|凭|有工夫|愿意|肯|还|敢)|难道|[能会]是谁)(?![^,]*不)"
)


def denied_bonds(text: str, name: str) -> list[tuple[int, int]]:
    """Where relatives are named that the speaker is none of: 谁跟他是一家子, 什么他家里人."""
    if _DENIAL_WORDS.isdisjoint(text):
        return []
    plain = text.replace(name, "N" * len(name)) if name else text
    return [match.span() for match in _DENIED.finditer(plain)]


def denies_in_vain(text: str, name: str) -> bool:
    """不是他闺女，我能叫他爸吗."""
    return "不是" in text and _DENIES_IN_VAIN.search(text.replace(name, "N") if name else text) is not None
