"""Readings that a general dictionary gets wrong: family names, places, and words of our prompts.

After 《现代汉语词典》 and 《中国地名大词典》 (names of places); families by their most common reading.
"""

from __future__ import annotations

from collections.abc import Mapping


def _rows(table: str) -> Mapping[str, tuple[str, ...]]:
    """A word and its syllables, a row each; several rows a line between bars."""
    entries = (row.split() for row in table.replace("\n", "|").split("|"))
    return {entry[0]: tuple(entry[1:]) for entry in entries if entry}


FAMILIES = _rows(
    """
    单 shan4 | 仇 qiu2 | 解 xie4 | 曾 zeng1 | 查 zha1 | 区 ou1 | 任 ren2 | 盖 ge3 | 朴 piao2 | 翟 zhai2
    乐 yue4 | 华 hua4 | 宁 ning4 | 缪 miao4 | 员 yun4 | 召 shao4 | 种 chong2 | 秘 bi4 | 黑 he4 | 那 na1
    折 she2 | 燕 yan1 | 哈 ha3 | 覃 qin2 | 过 guo1 | 祭 zhai4 | 牟 mou2 | 句 gou1 | 都 du1 | 柏 bai3
    薄 bo2 | 隗 kui2 | 洗 xian3 | 冼 xian3 | 应 ying1 | 车 che1 | 卜 bu3 | 阚 kan4 | 葛 ge3 | 谌 chen2
    纪 ji3 | 幸 xing4 | 相 xiang4 | 盛 sheng4 | 石 shi2 | 谷 gu3 | 莘 shen1 | 强 qiang2 | 曲 qu1 | 仝 tong2
    宓 mi4 | 訾 zi1 | 要 yao1 | 行 xing2 | 逄 pang2 | 番 pan1 | 佴 nai4 | 呙 guo1 | 郇 xun2 | 尹 yin3
    费 fei4 | 贾 jia3 | 尉 wei4 | 藏 zang1 | 臧 zang1 | 郗 xi1 | 郄 qie4 | 芮 rui4 | 亓 qi2 | 仉 zhang3
    晁 chao2 | 褚 chu3 | 邸 di3 | 缴 jiao3 | 洛 luo4 | 撒 sa4 | 余 yu2 | 叶 ye4 | 长 chang2 | 重 chong2
    尉迟 yu4 chi2 | 万俟 mo4 qi2 | 长孙 zhang3 sun1 | 令狐 ling2 hu2 | 诸葛 zhu1 ge3 | 单于 chan2 yu2
    澹台 tan2 tai2 | 鲜于 xian1 yu2 | 皇甫 huang2 fu3 | 亓官 qi2 guan1 | 司徒 si1 tu2 | 宰父 zai3 fu3
    呼延 hu1 yan2 | 夏侯 xia4 hou2 | 欧阳 ou1 yang2 | 上官 shang4 guan1 | 东方 dong1 fang1
    司马 si1 ma3 | 公孙 gong1 sun1 | 慕容 mu4 rong2 | 宇文 yu3 wen2 | 南宫 nan2 gong1 | 独孤 du2 gu1
    """
)
"""Family name to its syllables; those with one reading are not listed unless they have two characters."""

GIVEN = _rows(
    """
    长 chang2 | 乐 le4 | 少 shao4 | 晟 sheng4 | 茜 qian4 | 兴 xing1 | 华 hua2 | 行 xing2 | 重 zhong4
    中 zhong1 | 好 hao3 | 曾 zeng1 | 单 dan1 | 强 qiang2 | 朝 chao2 | 还 huan2 | 都 du1 | 得 de2
    和 he2 | 盛 sheng4
    """
)
"""Characters of given names, where no longer word says otherwise."""

WORDS = _rows(
    """
    量体温 liang2 ti3 wen1 | 量的体温 liang2 de5 ti3 wen1 | 量一量 liang2 yi5 liang2 | 再量 zai4 liang2
    量过 liang2 guo5 | 量了 liang2 le5 | 没量 mei2 liang2 | 量一下 liang2 yi2 xia4 | 量一次 liang2 yi2 ci4
    您得 nin2 dei3 | 还得 hai2 dei3 | 就得 jiu4 dei3 | 都得 dou1 dei3 | 得去 dei3 qu4 | 咳嗽 ke2 sou5
    大夫 dai4 fu5 | 慢慢地 man4 man4 de5 | 头发 tou2 fa5 | 结实 jie1 shi5 | 行李 xing2 li5 | 着急 zhao2 ji2
    跑得快 pao3 de5 kuai4 | 听得清 ting1 de5 qing1 | 听得到 ting1 de5 dao4 | 走得动 zou3 de5 dong4
    了结 liao3 jie2 | 宿舍 su4 she4 | 扎针 zha1 zhen1 | 落下 luo4 xia4 | 弄堂 long4 tang2 | 里弄 li3 long4
    大栅栏 da4 shi2 lan4 | 十里堡 shi2 li3 pu4 | 马家堡 ma3 jia1 pu4 | 左家庄 zuo3 jia1 zhuang1
    吴堡 wu2 bu3 | 瓦窑堡 wa3 yao2 bu3 | 角门 jiao3 men2 | 什刹海 shi2 cha4 hai3 | 潭柘寺 tan2 zhe4 si4
    白云观 bai2 yun2 guan4 | 劲松 jin4 song1 | 木樨地 mu4 xi1 di4 | 台州 tai1 zhou1 | 天台县 tian1 tai1 xian4
    丽水 li2 shui3 | 六安 lu4 an1 | 六合 lu4 he2 | 乐清 yue4 qing1 | 乐亭 lao4 ting2 | 东阿 dong1 e1
    蚌埠 beng4 bu4 | 亳州 bo2 zhou1 | 番禺 pan1 yu2 | 东莞 dong1 guan3 | 莘庄 xin1 zhuang1 | 莘县 shen1 xian4
    长春 chang2 chun1 | 长沙 chang2 sha1 | 长宁 chang2 ning2 | 长安 chang2 an1 | 长寿 chang2 shou4
    长治 chang2 zhi4 | 长乐 chang2 le4 | 长葛 chang2 ge3 | 长兴 chang2 xing1 | 长江 chang2 jiang1
    蔚县 yu4 xian4 | 浚县 xun4 xian4 | 单县 shan4 xian4 | 任县 ren2 xian4 | 任丘 ren2 qiu1 | 解州 hai4 zhou1
    尉氏 wei4 shi4 | 铅山 yan2 shan1 | 洪洞 hong2 tong2 | 歙县 she4 xian4 | 荥阳 xing2 yang2
    荥经 ying2 jing1 | 盱眙 xu1 yi2 | 阆中 lang4 zhong1 | 井陉 jing3 xing2 | 中牟 zhong1 mu4 | 牟平 mu4 ping2
    枞阳 zong1 yang2 | 柘城 zhe4 cheng2 | 大埔 da4 bu4 | 黄埔 huang2 pu3 | 黄陂 huang2 pi2 | 监利 jian4 li4
    沌口 zhuan4 kou3 | 会稽 kuai4 ji1 | 曾都 zeng1 du1 | 北碚 bei3 bei4 | 涡阳 guo1 yang2 | 泌阳 bi4 yang2
    泷水 shuang1 shui3 | 筠连 jun1 lian2 | 犍为 qian2 wei2 | 郫县 pi2 xian4 | 邛崃 qiong2 lai2
    涪陵 fu2 ling2 | 綦江 qi2 jiang1 | 儋州 dan1 zhou1 | 厦门 xia4 men2 | 华县 hua4 xian4 | 华山 hua4 shan1
    华阴 hua4 yin1 | 燕郊 yan1 jiao1 | 燕山 yan1 shan1 | 朝阳 chao2 yang2 | 重庆 chong2 qing4
    接种 jie1 zhong4 | 种疫苗 zhong4 yi4 miao2 | 打针 da3 zhen1 | 种痘 zhong4 dou4
    番茄 fan1 qie2 | 小区 xiao3 qu1 | 社区 she4 qu1 | 城区 cheng2 qu1 | 地区 di4 qu1 | 郊区 jiao1 qu1
    """
)
"""Words and places, the longest that fits counts."""
