"""What an all-clear leaves undenied: 没昨天咳得厉害, 没防护接触过, 咳了没几天. Pure.

Networks take any no for a denial of what was asked, and rules let it reach what stands a little further on.
But only few words can stand between a no and what it denies: that it is felt or seen (没觉得哪儿疼), or whom
somebody met (没跟病人见过面), never when, how often, how much or what was done (不经常咳, 没昨天疼,
没累着腰疼). And some say how long it has lasted, that nothing helped, or make light of it. All these
are asked again. So is a list of symptoms after a no that may reach to its end or not.
"""

from __future__ import annotations

from campaign.patterns import any_of, compiled
from dialogs.language.body import ACHING_PART, WHERE_IT_HURTS
from dialogs.script import Slot, SlotType

_FELT = (
    "(?:发烧|发热|[高低]烧|咳嗽|乏力|[拉闹]肚子|拉稀|腹泻|流鼻涕|流涕|鼻塞|打?喷嚏|恶心|呕吐|没劲|没力气|没精神|难受|不舒服|不适"
    "|喘不[上过]气|气短|胸闷|心慌|[咳烧吐拉喘疼痛晕](?![倒拔车盆]))"
)
_NO = "(?:没(?!有|钱|事|病|毛病|关系|那回|问|听清)|不(?!对|瞒|管|论|那|我|咋)|未|无)"
_BETWEEN = (
    "(?:有|发过?|啥|什么|甚么|么事|得|子|病|带|任何|哪[儿里个点块样]?|边度|人|谁|[一半丁][个处点声天例人丝回次块]|点儿?|觉[得着出]来?"
    "|感[觉到]|存在|见|听[见着说到]?|到|曾|会|别的|其[他它]|旁的|[这那][些种样]|知道|叫|我|你|咱|说|在|再|算|能|要|是|真|上|法|个|头|嗓子|喉咙|咽|酸|诉|的|[和跟与及或]"
    f"|以及|或者|地方|着|出现|发生|犯|啊|{any_of(WHERE_IT_HURTS)}|{_FELT})"
)
"""What may stand between a no and what is felt."""
_DENIED_LATER = "(?![也都倒是可更]{0,2}(?:没|无|不|谈))(?!.*好了)"
_LASTING = (
    "没(?:[几两](?:天|声|口|次|回|下|趟|阵|宿)|多(?:久|会|长|大会)|一会|当回?事|在意)"
    "(?!.*(?:好了|退了|止|过去|没事|不))"
)
_TREATED = "(?:药|糖浆|颗粒|胶囊|冲剂|含片|点滴|吊瓶|针)"
_USELESS = (
    "(?:没(?:有|什么|啥|多大)?(?:用(?![上过])|效果?|作用|见好|起色|好转|见效|管用)"
    "|不太?(?:管用|顶用|见效|见好|起作用))"
)
_UNDENIED_SYMPTOM = compiled(
    # 没昨天咳得厉害, 不经常头疼, 没累着没劲
    f"{_NO}(?!{_BETWEEN}*{_FELT})[^,;?没不未无好]{{1,8}}?{_FELT}{_DENIED_LATER}"
    f"|没有(?:昨天|前[两几]天|上个?(?:周|礼拜|星期)|以前|那么|刚开始|原来)[^,;?没不]{{0,2}}{_FELT}得?(?:厉害|凶|重|狠|难受)"
    # 晚上爱咳嗽，白天不咳
    f"|(?:晚上|夜里|半夜|早[上起晨]|躺下)[^,;?没不未无]{{0,4}}{_FELT}[^,;?没不]{{0,3}},?(?:可|但)?(?:白天|平时|平常|起来)[^,;?]{{0,2}}[没不]"
    # 咳了没几天, 发烧，没当回事
    f"|{_FELT}[了过]?,?[才还也我都就]?{_LASTING}"
    # 上午没拉下午拉了
    f"|[没不](?P<same>{_FELT})[^没不未无]{{1,4}}(?P=same)了"
    # 抽烟的人哪有不咳的; 最近没好
    f"|哪[儿里]?有(?:人)?不{_FELT}的|^[我最近还一直现在这两天]*没好[呢啊呀]?$"
    # 刚买了退烧药，没什么用
    f"|{_TREATED}[^;?]{{0,6}}{_USELESS}"
    # 大夫说是肺炎，没啥大事
    "|(?:大夫|医生|医院|诊所|检查|查[了出过]来?|化验)[^,;?没不未无除阴好]{0,7}(?:,是[^,;?没不]{0,4})?(?:炎|流感|[甲乙]流|支原体|结石|新冠|感冒)(?!.*好了)"
    # 声音没了; 同事好着呢，我可不行
    "|(?:声音?儿?|胃口|食欲)[都也全就]?没了|没(?:觉|睡意|食欲)(?:$|,|其他|别的)"
    "|我(?:自己)?[可就也]?(?:不行|不好受)(?:了|啊|呢)*(?:$|,)"
    # 发烧，没事: none, or nothing to speak of?
    f"|^(?:我)?(?:有点儿?|就是)?{_FELT}[啊呢嘛]?,?[也倒都]?(?:没事|没啥|没什么|不算什么病|不要紧)[儿的吧啊呀]*$"
)
_LIST_AFTER_NO = compiled(
    f"(?:我们?|俺|嗯|啊|哦|哎|现在|也|都|真的?|倒是?|,)*(?:没有|无)(?:{_FELT}|{ACHING_PART}[疼痛酸晕])"
    f"(?:[,和跟与及或]*(?:{_FELT}|{ACHING_PART}[疼痛酸晕]|咽痛|肌肉酸痛))+(?:这[些几][种样个]?|之类)?(?:的|症状|情况|啊|呀|呢)*"
)
"""Whole answers whose no may reach to the end of the list or only to what comes next."""
_MET = (
    "(?:(?:接触|碰[见到上着]?|见面|见|挨|沾|遇[见到上]?|待|吃饭|说话|聊天|坐)[过了](?!谁)"
    "|(?:同|一个?)(?:屋|桌|车厢)(?!的))"
)
_MEETING = "接触碰见遇挨沾撞瞧瞅听认照面往来凑聚串混围同跟和与谁人他她它们病阳诊疑患染毒隔密邻亲友客"
_STAYING_AWAY = "出去回上下离走动挪外楼门窝"
_HAPPENING = "哪那这有啥什么事得影边茬档情况可能会运气风险问题轮摊赶中毛界数印象"
_SAYS = "(?:我们?|俺们?|咱们?|最近|这[两几]天|这?阵子|平时|当时|那天|也|都|还|真|就|可|倒|啊|嗯|哦)*"
_PARTICLES = "[的了过着呢啊呀嘛哦吧哈]*"
_HARDLY = (
    "(?:[跟和与][^,;?没不]{1,4})?(?:怎么|咋|太|大|常|老|多(?!谢)|少|经常|总)"
    f"(?![{_STAYING_AWAY}样])[^,;?没不人谁]{{1,6}}"
)
_SELDOM = (
    "[^,;?没不人谁]{1,4}?[过到着上]?(?:[几两多](?:次|[面回天句口分](?!一)|个?(?:小时|分钟))|多?一会儿?|[多太很][久长近]"
    "|多少[次面回天句])[^,;?没不]{0,4}"
)
_FAR_FETCHED = compiled(
    # 没买菜, 没说话: neither of meeting nor of staying away
    f"{_SAYS}没(?:(?:有|怎么|咋)+(?=说|聊|吃|打招呼|握手|进|坐|待|摘|寒暄)|(?:怎么|咋|顾上|敢|再)*)"
    f"(?![{_HAPPENING}一半的了过着呢啊呀嘛哦吧哈没真挺很好统劳谢多天在身快啦哇嘞辛放骗单健您你])"
    f"(?:(?!看[见到着]|交[道集叉])[^,;?没不未无别就又还我{_MEETING}{_STAYING_AWAY}{_HAPPENING}]){{2,7}}{_PARTICLES}"
    # 没怎么接触, 没跟他怎么接触, 没见几次: met, and not often
    f"|{_SAYS}没有?(?:{_HARDLY}|{_SELDOM}){_PARTICLES}"
)
"""Whole answers that deny no contact: something else, or only how close, how long or how often it was."""
_UNDENIED_CONTACT = compiled(
    # 没防护接触过, 不想接触也接触了
    f"{_NO}(?!(?:有|跟(?![^,]{{1,4}}说)|和|与|同|碰|撞|瞅|瞧|看|遇|接|曾|能|出去|[一半][个班天次回]|谁|哪个|真|直接|近距离|是|正面|亲自|单独|密切|再|任何|去|敢|人)"
    f"|{_MET})[^,;?没不未无]{{1,8}}?{_MET}(?:$|[^没不])"
    # 没别人，就一个; 不是一个两个
    "|没(?:别|旁|几|多|其他)[^,;?]{0,3},?就我?有?[一两俩仨三][个位]人?$|不[是光止](?:就|只)?[一两][个位](?:人?$|[,两俩])"
    # 每天碰面 sounds like 没碰面
    "|每[天日周次回][都也跟和他她们]*(?:接触|碰|见|遇|挨|在一|一[块起])(?!.*[没不未无阴])"
    # 没跑掉，两道杠
    "|没(?:跑|躲|逃|扛)[掉过住][^,;?]{0,2},?(?:两[道条]杠|新冠|阳|中招)"
)

_INFORM = (
    "(?:告诉|告知|通知|知会|惊动|报备|请假|打招呼|声张|商量|[跟和给向对][^,;?没不]{1,5}?(?:说|讲|提|请假|打招呼|报备|请示|汇报|商量)"
    "|让[^,;?没不]{1,4}?(?:知道|晓得|发现|看见))"
)
_GO = "(?:[去回](?!年|世|电|信|事|答|复)|出(?!门|现|事|来|问)|[跑走离]|旅游)"
_A_FEW = "(?:[几两](?:天|[次趟回]|个(?:地方|城市|省|市|国家))|多(?:久|少(?:天|[次趟回]|个?(?:地方|城市))))"
_UNDENIED_JOURNEY = compiled(
    # 没去过几个地方, 没跑几趟; 门都没出几次 is of the door
    f"(?<!门都)(?<!楼都)没有?(?:怎么)?(?:(?:[去跑走待住玩到回]过?|[出回过][去来]过?|出过)?,?{_A_FEW}(?![了没都不门楼屋院超医单公菜药银学商])"
    "|去过?太[久远多])(?!.*(?:[没不未][出离]|在家|在北?京|本[地市]|市内|附近))"
    # 没几个人去; 没告诉家里
    f"|没[几多]个?人(?:去|出|跟)|^[我也都就还]*没有?{_INFORM}[^,;?没不]{{0,5}}$"
    # 没跟家里说就出差了, 没告诉我去外地了
    f"|没有?(?:敢|想|肯|来得及|顾上|能)?{_INFORM}[^,;?没不]{{0,6}},?[^,;?没不]{{0,4}}{_GO}"
)


def leaves_undenied(slot: Slot, text: str) -> bool:
    """Whether an all-clear about symptoms, contacts or journeys would leave out what is told."""
    if slot.type is SlotType.SYMPTOMS:
        return _UNDENIED_SYMPTOM.search(text) is not None
    if slot.is_journey:
        return "没" in text and _UNDENIED_JOURNEY.search(text) is not None
    return bool(slot.of_others) and _UNDENIED_CONTACT.search(text) is not None


def may_deny_a_list(slot: Slot, text: str) -> bool:
    """Whether symptoms that were found may all be denied: 没有咳嗽腹泻呕吐."""
    return slot.type is SlotType.SYMPTOMS and _LIST_AFTER_NO.fullmatch(text) is not None


def denies_no_contact(slot: Slot, text: str) -> bool:
    """Whether contacts are asked for and a whole answer denies something else, or that it was much: 没买菜,
    没怎么接触."""
    return bool(slot.of_others) and "没" in text and _FAR_FETCHED.fullmatch(text.rstrip(",;?")) is not None
