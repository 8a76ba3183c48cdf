"""The small words that every answer may hold, whatever was asked. Data only.

Each word is tagged with a kind; ``dialogs.slots`` decides what a kind does to the words around it.
"""

from __future__ import annotations

from collections.abc import Mapping

NEGATION = "negation"  # turns round what follows in the clause
BUT = "but"  # ends the reach of a negation
YES = "yes"
WEAK_YES = "weak_yes"  # may only acknowledge: 对，没有
NO = "no"
FINE = "fine"  # 挺好的: no to every question about trouble
FAIR = "fair"  # 还行: not clear enough
OTHERS = "others"  # 别的没有: what was named before stays
UNKNOWN = "unknown"  # 不知道
CORRECTION = "correction"  # 不对: what was said before does not count
WISH = "wish"  # 需要: says nothing alone
FILLER = "filler"

_KINDS: Mapping[str, str] = {
    NEGATION: """
        没什么 没啥 没有什么 没有啥
        没有 没 不 不是 无 未 未曾 从没 从来没 从来没有 都没有 都没 也没有 也没 也不 并没有 没有过
        不会 没得 不曾 不存在
    """,
    BUT: """
        就是 但是 但 只是 不过 只有 有点 有一点 有点儿 有些 有一些 就有点 就有 倒是 可是 除了 偶尔
        稍微 稍有 略微 有时 有时候 老是 总是 一直有 还有 还有点 也有点 也有 又有
    """,
    YES: """
        有 有的 是有 有过 有呢
    """,
    WEAK_YES: """
        是 是的 对 对的 对呀 对啊 对对 对对对 嗯 嗯嗯 好 好的 没错 是啊 是呀 行 可以 恩 唉 哎 是的呀
        嗯对 嗯是的 对是的
    """,
    NO: """
        没有 没 不是 不是的 没的 没呢 没有呢 没有没有 没没没 没没 从来没有 从来没 都没有 都没 都没有呢
        一概没有 绝对没有 肯定没有 没有的 没有啊 没有呀 没有过 没有了 都没有过 真没有 全没有 全都没有
        也没有 也没 无 不 没啊 没得 没有哦 没有哎 没啥 没什么 没有什么 没有啥 不存在
    """,
    FINE: """
        挺好的 都挺好的 挺好 都挺好 很好 都很好 都好 好着呢 都好着呢 正常 都正常 一切正常 都很正常
        没事 没啥事 没事儿 没什么事 没毛病 健康 都健康 很健康 没问题 好得很 蛮好 蛮好的 都蛮好 都没事
        没啥问题 没什么问题 没有问题 没有事 好好的 都好好的 身体好 身体挺好 身体很好 身体都好 很正常
        没什么感觉 没感觉 没啥感觉 舒服着呢 棒着呢 没什么毛病 没啥毛病 一切都好 一切都正常
    """,
    FAIR: """
        还好 还行 还可以 凑合 一般 一般般 马马虎虎 差不多吧 将就
    """,
    OTHERS: """
        别的 其他 其它 其他的 其它的 别的都 其他都 其余 别的地方 其他地方
    """,
    UNKNOWN: """
        不知道 不清楚 记不清 记不清了 记不得 记不得了 不记得 不记得了 忘了 忘记了 说不好 说不清 不好说
        不晓得 不太清楚 不太记得 没注意 想不起来 不确定 弄不清 搞不清 不知道啊 我不知道 有没有不知道
    """,
    CORRECTION: """
        不对 哦不对 不不 不不不 说错了 错了 我说错了 啊不 哦不 不对不对 重说
    """,
    WISH: """
        需要 想 想要 要 买 希望 最好 可以的话 麻烦你们 你们能
    """,
    FILLER: """
        一趟 一次 一回 两趟 两次 前几天 前些天 前两天 几天前 几天 这些天 关心 这么 那么 怎么
        嗯 嗯嗯 啊 呃 额 哦 噢 喔 哟 唉 哎 诶 呀 嘛 呢 了 的 得 地 吗 哈 啦 喽 咯 呗 嘞 哩 着 过 那个
        这个 那 这 就 都 也 还 很 挺 太 真 蛮 特别 非常 比较 我 我们 你 你们 您 他 她 他们 咱 咱们 俺
        家 家里 家里人 全家 大家 是 在 到 去 现在 目前 今天 最近 近期 这两天 这几天 这几日 昨天 早上
        上午 中午 下午 晚上 今早 刚 刚才 刚刚 一直 从 来 量 量的 量了 测 测的 测了 量过 测过 体温 温度
        大概 大约 差不多 应该 可能 好像 喂 您好 你好 谢谢 谢谢你 谢谢您 谢谢啊 请 麻烦 麻烦你 哎呀
        反正 其实 然后 因为 所以 和 跟 与 以及 一共 总共 加起来 拢共 共 人 住 住着 一起 一块 一块儿
        已经 自己 身体 身上 感觉 觉得 一下 一点 一点点 一点儿 一些 些 点 任何 什么 啥 症状 情况 地方
        外地 外面 外边 病人 确诊 疑似 人员 个 次 趟 吧 嘿 说 就说 的话 目前为止 暂时 基本上 基本 上 里
        里面 里边 那边 这边 省 市 县 区 省里 那儿 这儿 号 日 咳咳 哈哈 同志 姑娘 小姐 先生 不好意思
        对不起 知道了 明白 好吧 好了 再见 拜拜 辛苦 辛苦了 等等 呐 全 全部 每天 天天 天 还是
        大约是 肯定 绝对 确实 真的 当然 呃呃 没说 完全 些许 起来 东西
        月 年 星期 周
    """,
}


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


WORDS: Mapping[str, tuple[str, ...]] = {kind: _split(words) for kind, words in _KINDS.items()}

# Misheard negation is the most dangerous mistake; these few are believed by sound alone, and only when
# the sound is the same but for the tone.
BY_SOUND = _split(
    """
    不对 哦不对 说错了 我说错了 还有点 倒是
    没有 不是 都没有 有点 有一点 没有没有 挺好的 都挺好的 都正常 没什么 没事 没啥 不知道 不清楚 记不清
    是的 对的 正常 就是 但是 一切正常 都挺好 谢谢 您好 你好 没 有 不 还有
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
    "咱": "我",
    "恩": "嗯",
    "甭": "不用",
    "侬": "你",
    "啥子": "什么",
    "么子": "什么",
    "晓得": "知道",
    "家头": "家里",
    "屋里头": "家里",
    "仨": "三个",
}
"""Dialect and written variants of common words, to the form that the lexicon knows."""

DEGREES = _split("有点 有点儿 有一点 有些 很 特别 也 也有点 还有点 比较 老是 一直 都 不怎么")
"""What may stand between a part of the body and what it feels: 嗓子有点疼."""

FEELINGS = "疼痛酸干痒堵塞晕闷"
"""Last characters of words that take a degree inside."""

KIN = _split(
    """
    爱人 老伴 老婆 老公 妻子 丈夫 儿子 女儿 孩子 父亲 母亲 爸爸 妈妈 媳妇 女婿 孙子 孙女 爷爷 奶奶
    外婆 姥姥 姥爷 哥哥 弟弟 姐姐 妹妹 保姆 老头 老太太
    """
)
