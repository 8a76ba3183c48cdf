"""What people say of their health, as parts of patterns: what may be felt, and the verdicts behind it."""

from __future__ import annotations

from dialogs.language.body import ACHING_PART

FELT = "(?:酸疼|酸痛|疼|痛|晕|昏|闷|胀|酸|痒|干|哑|堵|塞|麻|烫|难受|不舒服)"
WORDS = (
    "发高烧|发低烧|发烧|发热|高烧|低烧|低热|热度|寒热|咳嗽|干咳|咳痰|乏力|没劲|没力气|没精神|疲劳|咽痛|拉肚子|拉稀|腹泻|"
    "闹肚子|呕吐|恶心|想吐|鼻塞|流鼻涕|流鼻子|流涕|鼻涕|打喷嚏|喷嚏|喘不上气|喘不过气|气喘|气紧|气短|憋气|呼吸困难|胸闷|"
    "心慌|嗅觉|味觉|感冒|上吐下泻|盗汗|失眠|耳鸣|便秘|抽筋|发冷|怕冷|打冷战|打寒战"
)
THING = f"(?:{WORDS}|{ACHING_PART}{FELT}|烧|咳|痰|喘|吐|拉|乏|累)"
TAIL = "(?:的|啊|呀|呢|哦|嘛|哎|欸|了|过)*"
NO = f"(?:没有|没得|无|不存在|谈不上|没[那这]回?事儿?){TAIL}"
YES = f"(?:(?<!没)有(?!没有|劲|力|精神)(?:一?点儿?|一?些|那么(?:一?点|一?些))?|是真的|真的){TAIL}"
BESIDE = "(?:嘛|呢|啊|哦|么|吧|的话|这个|那|倒是?|是|也|都|可|还|更|真|确实|全|均|皆|一概)"
