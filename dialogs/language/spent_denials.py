"""What a no is spent on, so that it denies nothing of what is felt: 没睡觉头疼, 没好全咳嗽, 没过几天发烧."""

from __future__ import annotations

from campaign.patterns import compiled

_DOING = (
    "(?:睡|吃|喝|休息|歇|缓|洗)(?:好觉?|着觉?|足|够|饱|过来|透|完)|午?睡觉?|休息|喝水|喝酒|喝茶|抽烟|上班|上学|出门|下楼|下床|起床|"
    "吃(?:早饭|午饭|晚饭|早点|东西|饭|药|完饭)?|锻炼|运动|活动|遛弯|散步|洗澡|看病|去医院|上医院|打针|打疫苗|量体温|做核酸|买菜|"
    "做饭|穿厚?(?:衣服|外套|秋裤)|盖好?被子?|开(?:空调|暖气|窗户?)|熬夜"
)
_GETTING_WELL = "见?好(?:全|利索|利落|透|转|彻底)?"
_BEING_WITHOUT = "人(?:管|照顾|陪|做饭)|钱(?:看病|买药|治)|暖气|空调|热水|药吃?|衣服穿|饭吃"
_A_WHILE = "过?(?:[几两]天|多久|多会儿?|一会儿?)"
_HOW = "(?:有|怎么|好好|顾[得上]*|能|空|去|来得及|功夫)*"
_THEN = "(?:就|又|老是?|总是?|一直|有一?点儿?|结果|所以|才)*"

NEEDS = "睡吃喝休歇缓洗抽上出下起锻运活遛散看去打量做买穿盖开熬好人钱暖空热药衣饭天多一"
"""One of these characters is in everything that a no is spent on."""
SPENT = f"{_HOW}(?:{_DOING}|{_GETTING_WELL}|{_BEING_WITHOUT}|{_A_WHILE}){_THEN}"
"""What follows such a no, up to what is felt; a pattern."""
_SPENT = compiled(SPENT)
_TOLD = compiled(f"没{SPENT},?(?=[^,没不无])")


def spends_a_no(text: str) -> bool:
    """Whether a text holds such a no, and something after it that is not denied again."""
    return "没" in text and _TOLD.search(text) is not None


def is_spent_on(words: str) -> bool:
    """Whether the words between a no and what is felt use it up: 怎么睡觉, 吃饭就."""
    return _SPENT.fullmatch(words) is not None
