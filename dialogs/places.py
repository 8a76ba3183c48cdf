"""Provinces and prefecture-level cities of China, short names, for hearing where somebody has been."""

from __future__ import annotations

from collections.abc import Sequence


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split())


PROVINCES = _split(
    """
    北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东
    海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
    """
)

_CITIES_OF = {
    "河北": "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 雄安",
    "山西": "太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁",
    "内蒙古": "呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 锡林郭勒",
    "辽宁": "沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 葫芦岛",
    "吉林": "长春 四平 辽源 通化 白山 松原 白城 延边",
    "黑龙江": "哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化",
    "江苏": "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁",
    "浙江": "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌",
    "安徽": ("合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城"),
    "福建": "福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德",
    "江西": "南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶",
    "山东": ("济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽"),
    "河南": ("郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店"),
    "湖北": "武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江",
    "湖南": "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西",
    "广东": (
        "广州 深圳 珠海 汕头 佛山 韶关 湛江 肇庆 江门 茂名 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳"
    ),
    "广西": "南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左",
    "海南": "海口 三亚 三沙 儋州",
    "四川": (
        "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 "
        "眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山"
    ),
    "贵州": "贵阳 六盘水 遵义 安顺 毕节 铜仁",
    "云南": "昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理 西双版纳 德宏 瑞丽",
    "西藏": "拉萨 日喀则 昌都 林芝 山南 那曲",
    "陕西": "西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛",
    "甘肃": "兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏",
    "青海": "西宁 海东 格尔木",
    "宁夏": "银川 石嘴山 吴忠 固原 中卫",
    "新疆": "乌鲁木齐 克拉玛依 吐鲁番 哈密 喀什 伊犁 阿克苏 和田 石河子",
}
CITIES = tuple(city for cities in _CITIES_OF.values() for city in _split(cities))
CITIES_WITH_PROVINCE = tuple(
    province + city for province, cities in _CITIES_OF.items() for city in _split(cities)
)
"""湖北武汉 and the like: the longer a name, the more of it may be misheard."""

_DISTRICTS_OF = {
    "北京": (
        "东城 西城 朝阳 海淀 丰台 石景山 通州 顺义 大兴 昌平 房山 门头沟 平谷 怀柔 密云 延庆 "
        "亦庄 望京 回龙观 天通苑 中关村 五道口 王府井 亚运村 国贸 方庄 宣武 崇文"
    ),
    "上海": "黄浦 徐汇 长宁 静安 普陀 虹口 杨浦 闵行 宝山 嘉定 浦东 金山 松江 青浦 奉贤 崇明",
    "天津": "和平 河东 河西 南开 红桥 滨海新区 东丽 西青 津南 北辰 武清 宝坻 静海 蓟州 塘沽",
    "重庆": "渝中 江北 沙坪坝 九龙坡 南岸 北碚 渝北 巴南 涪陵 万州 黔江 长寿 江津 合川 永川",
}
_ALIASES = {
    "内蒙": "内蒙古",
    "黑龙": "黑龙江",
    "海南岛": "海南",
    "首都": "北京",
    "魔都": "上海",
    "山城": "重庆",
}
_PROVINCE_OF = {city: province for province, cities in _CITIES_OF.items() for city in _split(cities)}
_MUNICIPALITY_OF = {part: city for city, parts in _DISTRICTS_OF.items() for part in _split(parts)}


def districts_of(place: str) -> tuple[str, ...]:
    """Districts and well-known quarters of a municipality; empty for other places."""
    return _split(_DISTRICTS_OF.get(place, ""))


def is_part_of(place: str, whole: str) -> bool:
    """Whether a place is ``whole`` or lies in it: 通州 in 北京, 武汉 in 湖北."""
    return whole in (place, _MUNICIPALITY_OF.get(place), _PROVINCE_OF.get(place))


def full_name(names: Sequence[str]) -> str:
    """Province and city of the places named, each once: 武汉 -> 湖北武汉, 哈尔滨 黑龙江 -> 黑龙江哈尔滨."""
    known: dict[str, None] = {}
    for name in names:
        for part in _parts(_ALIASES.get(name, name)):
            known[part] = None
    provinces = [name for name in known if name in PROVINCES]
    rest = [name for name in known if name not in PROVINCES]
    named = [
        f"{province}{''.join(c for c in rest if _PROVINCE_OF.get(c) == province)}" for province in provinces
    ]
    return "".join((*named, *(name for name in rest if _PROVINCE_OF.get(name) not in provinces)))


def _parts(name: str) -> tuple[str, ...]:
    """湖北武汉 -> 湖北, 武汉; 武汉 -> 湖北, 武汉; a county of its own stays alone."""
    if name in _PROVINCE_OF:
        return _PROVINCE_OF[name], name
    if name in _MUNICIPALITY_OF:
        return (_MUNICIPALITY_OF[name],)
    city = next((city for city in CITIES if name.startswith(city)), None)
    if city:  # 承德避暑山庄
        return _PROVINCE_OF[city], city
    province = next((p for p in PROVINCES if name.startswith(p) and len(name) > len(p)), None)
    return (province, name.removeprefix(province)) if province else (name,)


ALIASES = tuple(_ALIASES)
MUNICIPALITIES = _split("北京 天津 上海 重庆 香港 澳门")
PLACES = PROVINCES + CITIES
"""Names that are also everyday words are only believed where a place was asked for."""

PHRASE_PLACES = PROVINCES + _split(
    """
    石家庄 唐山 保定 张家口 廊坊 太原 大同 呼和浩特 沈阳 大连 长春 哈尔滨 南京 苏州 杭州 宁波 温州
    合肥 福州 厦门 南昌 济南 青岛 郑州 洛阳 武汉 黄冈 孝感 宜昌 长沙 广州 深圳 南宁 海口 三亚 成都
    贵阳 昆明 西安 兰州
    """
)
"""Places worth putting into a recogniser's list of expected answers."""
