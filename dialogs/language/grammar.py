"""The small words that every answer may hold, whatever was asked. Data only.

Each word is tagged with a kind; ``dialogs.slots`` decides what a kind does to the words around it.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.language.small_talk import SMALL_TALK

NEGATION = "negation"  # turns round what follows in the clause
BUT = "but"  # ends the reach of a negation
ONLY = "only"  # 没发烧就嗓子疼: ends the reach of a negation without saying that there is more
AFFIRMED = "affirmed"  # 谁说我不在: a negation that denies itself
YES = "yes"
WEAK_YES = "weak_yes"  # may only acknowledge: 对，没有
NO = "no"
FINE = "fine"  # 挺好的: no to every question about trouble
FAIR = "fair"  # 还行: not clear enough
OTHERS = "others"  # 别的没有: what was named before stays
UNKNOWN = "unknown"  # 不知道
CORRECTION = "correction"  # 不对: what was said before does not count
ADDITION = "addition"  # 哦对了: what follows counts beside, or against, what was said before
WISH = "wish"  # 需要: says nothing alone
FILLER = "filler"

_KINDS: Mapping[str, str] = {
    NEGATION: """
        没什么 没啥 没有什么 没有啥 没有任何 没任何 没一点 没有一点 一点也不 一点都不 一点没 一点都没 没有
        没 不 不是 无 未 未曾 从没 从不 从来没 从来没有 从来不 都没有 都没 都不 也没有 也没 也不 并没有
        没有过 不会 没得 不曾 不存在 既没 既不 又没 又不 可没 可不是 没怎么 没有怎么 不怎么 不太
        不要 不用 不必 不需要 用不着
    """,
    BUT: """
        就是 但是 但 只是 不过 只有 有点 有一点 有些 有一些 就有点 就有 倒是 可是 除了 偶尔 光是 稍微 稍有
        略微 有时 有时候 老是 总是 一直有 还有 还有点 也有点 也有 又有 而是 唯独 另外 是有点
    """,
    ONLY: """
        就 光 只 只是 就只
    """,
    AFFIRMED: """
        怎么不 怎么没 咋不 咋没 咋能不 怎么能不 怎么会不 哪能不 谁说不 谁说没 谁说…不 谁说…没 不能不 不得不
        不能没
    """,
    YES: """
        有 有的 是有 有过 有呢 有啊 有哇 有一个 有两个 有几个 有的呀 怎么没有 咋没有 不能说没有 不是没有
        谁说没有 谁说…没有 怎么会没有 能没有吗
    """,
    WEAK_YES: """
        是 是的 对 对的 对呀 对啊 对对 对对对 嗯 嗯嗯 好 好的 没错 是啊 是呀 行 可以 恩 是的呀 是滴 对头
        要得 中 嗯对 嗯是的 对是的 是的是的 对的对的 是嘞 是哩 可不 可不是嘛 不错 正是 系 系啊
    """,
    NO: """
        没有 没 不 不是 不是的 没的 没呢 没有呢 没有没有 没没没 没没 从来没有 从来没 都没有 都没 都没有呢
        一概没有 绝对没有 肯定没有 没有的 没有啊 没有呀 没有过 没有了 都没有过 真没有 全没有 全都没有 没有嘛
        没有哇 没有哪 也没有 也没 无 没啊 没得 没有哦 没有哎 没啥 没什么 没有什么 没有啥 不存在 哪有 哪有啊
        哪有呀 哪里有 哪有的事 怎么会有 怎么可能 怎么可能有 怎么会 咋可能 咋会有 不可能 不会 不会的 当然没有
        没那回事 没这回事 没有的事 没这事 可没有 那没有 那可没有 那倒没有 倒没有 这个没有 真没 一个都没有
        一个也没有 啥都没有 什么都没有 什么也没有 啥也没有 什么事都没有 什么事也没有 啥事都没有 啥事没有
        啥事也没有 半点没有 一点没有 一点都没有 暂时没有 目前没有 并没有 没得没得 没有没有没有 早没了 不曾
        不不不不
    """,
    FINE: """
        挺好的 都挺好的 挺好 都挺好 很好 都很好 都好 好着呢 都好着呢 正常 都正常 一切正常 都很正常 好着嘞
        好着哩 好着咧 没事 没啥事 没事儿 没什么事 没有事 没得事 没毛病 健康 都健康 很健康 健康着呢 没问题
        好得很 蛮好 蛮好的 都蛮好 都没事 没啥问题 没什么问题 没有问题 没任何问题 好好的 都好好的 身体好
        身体挺好 身体很好 身体都好 很正常 身体倍好 倍棒 身体好着 没什么感觉 没感觉 没啥感觉 没有感觉
        舒服着呢 挺舒服 很舒服 棒着呢 没什么毛病 没啥毛病 没有毛病 啥毛病没有 啥毛病也没有 一切都好
        一切都正常 一切安好 一切良好 安好 都安好 平安 都平安 健健康康 壮得很 壮着呢 硬朗 硬朗着呢 结实着呢
        硬朗得很 身体棒棒的 棒棒的 棒得很 精神着呢 精神很好 精神挺好 能吃能睡 吃得好睡得好 能吃能喝 吃嘛嘛香
        吃得香睡得着 没病没灾 没病 没有病 没病没痛 无病无灾 没灾没病 没啥病 没什么病 老样子 还是老样子
        好得嘞 好得很嘞 巴适 好嘞 没有不好 没什么不好 没啥不好 没什么大碍 没大碍 没有大碍 没啥大事
        没什么大事 没大事 没啥大毛病 没什么大毛病 没大毛病 不难受 没啥不对 没什么不对劲 没什么异常 没异常
        没有异常 无异常 没啥异常 都没毛病 都没问题 全都好 全好 良好 状态良好 状态很好 好极了 好滴很
    """,
    FAIR: """
        还好 还行 还可以 凑合 一般 一般般 马马虎虎 差不多吧 将就 过得去 就那样 还凑合 马虎 就那么回事
    """,
    OTHERS: """
        别的 其他 其它 其他的 其它的 别的都 其他都 其余 别的地方 其他地方 别的什么 其他方面 别处
    """,
    UNKNOWN: """
        不知道 不清楚 记不清 记不清了 记不得 记不得了 不记得 不记得了 忘了 忘记了 说不好 说不清 不好说
        记不太清 记不太清了 不晓得 不太清楚 不太记得 没注意 想不起来 不确定 弄不清 搞不清 不知道啊 我不知道
        有没有不知道 哪知道 哪儿知道 哪里知道 谁知道 谁知道呢 哪晓得 说不准 没留意 没印象 没数 忘得一干二净
        忘记 记不住 不太清 说不上来 说不上 讲不清 不大清楚 我不清楚 不好讲 不敢说 不敢肯定 不肯定 没准
        不了解 我忘了 忘啦 想不起来了 拿不准 弄不明白 不大记得 不大晓得
    """,
    CORRECTION: """
        不对 哦不对 不不 不不不 说错了 错了 我说错了 啊不 哦不 不对不对 重说 哦不是 啊不是 不是不是
        不是不是不是 噢不 噢不是 呃不 呃不是 记错了 我记错了 讲错了 我讲错了 说岔了 记岔了 错了错了 口误
        看错了 我看错了 说反了 哎不对 啊不对 噢不对 呃不对 哎不是 不对哦 不是的不是的
    """,
    ADDITION: """
        哦等等 等等 哦对了 噢对了 对了 啊对了 哎对了 哦想起来了 想起来了 我想起来了 哦还有 呃对了 喔对了
    """,
    WISH: """
        需要 想 想要 要 买 希望 最好 可以的话 麻烦你们 你们能
    """,
    FILLER: " ".join(SMALL_TALK),
}


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


WORDS: Mapping[str, tuple[str, ...]] = {kind: _split(words) for kind, words in _KINDS.items()}

# Misheard negation is the most dangerous mistake; these few are believed by sound alone, and only when
# the sound is the same but for the tone.
BY_SOUND = _split(
    """
    不对 哦不对 说错了 我说错了 还有点 倒是 没有 不是 都没有 有点 有一点 没有没有 挺好的 都挺好的 都正常
    没什么 没事 没啥 不知道 不清楚 记不清 是的 对的 正常 就是 但是 一切正常 都挺好 谢谢 您好 你好 没 有 不
    还有
    """
)

COLLOQUIAL: Mapping[str, str] = {
    "木有": "没有",
    "冇得": "没有",
    "冇": "没有",
    "没得": "没有",
    "么得": "没有",
    "莫得": "没有",
    "唔系": "不是",
    "唔": "不",
    "俺": "我",
    "恩": "嗯",
    "冇咩": "没什么",
    "冇有": "没有",
    "莫有": "没有",
    "木得": "没有",
    "没有得": "没有",
    "莫啥": "没啥",
    "冇啥": "没啥",
    "咩": "什么",
    "嘛也": "什么也",
    "嘛都": "什么都",
    "咯": "了",
    "俺们": "我们",
    "咱们": "我们",
    "咱": "我",
    "脑壳": "脑袋",
    "屙肚子": "拉肚子",
    "拉肚": "拉肚子",
    "烧烧": "烧",
    "黑家": "晚上",
    "后晌": "下午",
    "晌午": "中午",
    "甭": "别",
    "侬": "你",
    "啥子": "什么",
    "么子": "什么",
    "晓得": "知道",
    "家头": "家里",
    "屋里头": "家里",
}
"""Dialect and written variants of common words, to the form that the lexicon knows."""

DEGREES = _split("有点 有点儿 有一点 有些 很 特别 也 也有点 还有点 比较 老是 一直 都 不怎么")
"""What may stand between a part of the body and what it feels: 嗓子有点疼."""

FEELINGS = "疼痛酸干痒堵塞晕闷"
"""Last characters of words that take a degree inside."""

KIN = _split(
    """
    爱人 老伴 老婆 老公 妻子 丈夫 媳妇 对象 先生 太太 内人 老头子 老头 老太太 老太婆 老爷子 婆娘 堂客 男人
    儿子 女儿 闺女 姑娘 丫头 儿媳妇 儿媳 女婿 孩子 小孩 大儿子 小儿子 大女儿 小女儿 老大 老二 娃娃 娃 宝宝
    父亲 母亲 爸爸 妈妈 爸 妈 爹 娘 老爸 老妈 老爹 老娘 爹娘 公公 婆婆 岳父 岳母 丈母娘 老丈人 孙子 孙女
    外孙 外孙女 小孙子 小孙女 重孙 孙媳妇 爷爷 奶奶 外公 外婆 姥姥 姥爷 阿公 阿婆 哥哥 弟弟 姐姐 妹妹 哥 弟
    姐 妹 嫂子 姐夫 妹夫 弟妹 大哥 二哥 大姐 二姐 侄子 侄女 外甥 外甥女 叔叔 婶婶 伯伯 大伯 大爷 大妈 舅舅
    舅妈 姑姑 姑妈 姨妈 小姨 阿姨 姨 姑 舅 叔 表哥 表姐 表弟 表妹 亲戚 保姆 护工
    """
)
