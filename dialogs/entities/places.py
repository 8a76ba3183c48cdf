"""Provinces, cities, counties and sights of China by their short names, for hearing where somebody has been.

A place is written as its province and prefecture-level city: 涿州 is 河北保定, 九寨沟 四川阿坝, 浦东 上海.
The tables are in ``place_names``, ``counties`` and ``landmarks``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from campaign.patterns import compiled
from dialogs.entities import counties, landmarks, place_names
from dialogs.language.sounds import distance, syllables


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split())


PROVINCES = _split(
    """
    北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东
    海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
    """
)
MUNICIPALITIES = _split("北京 天津 上海 重庆 香港 澳门")


class Place(NamedTuple):
    province: str
    """Or the name of a place abroad."""
    city: str = ""
    """Prefecture-level; empty where only the province was said."""

    def is_in(self, whole: str) -> bool:
        return whole in (self.province, self.city)


class PlaceMention(NamedTuple):
    place: Place
    start: int
    end: int
    """Where in the text."""


def _parts_of_cities(table: str) -> Iterator[tuple[str, Place]]:
    """Counties and sights, each with the city that the line begins with."""
    place = Place("")
    for line in table.splitlines():
        names = line.split()
        head = next((p for p in PROVINCES if names and names[0].startswith(p)), None)
        if head:
            place = Place(head, names[0].removeprefix(head))
            yield names.pop(0), place
        yield from ((name, place) for name in names)


_CITY_TABLES = (place_names.CITIES, place_names.RARER_CITIES)
_PROVINCE_OF = {
    city: province for table in _CITY_TABLES for province, cities in table.items() for city in _split(cities)
}
_PARTS = tuple(_parts_of_cities(counties.PARTS_OF_CITIES))
_OF_PROVINCE_ALONE = {
    place.city: place.province for _, place in _PARTS if place.city and place.city not in _PROVINCE_OF
}
"""Cities named like something better known, 辽宁朝阳, or of no prefecture, 海南琼海."""
CITIES = (*_PROVINCE_OF, *(city for city in _OF_PROVINCE_ALONE if city not in PROVINCES))
CITIES_WITH_PROVINCE = tuple(
    province + city for city, province in (*_PROVINCE_OF.items(), *_OF_PROVINCE_ALONE.items())
)
"""湖北武汉 and the like: the longer a name, the more of it may be misheard."""
_MUNICIPALITY_OF = {
    part: city for city, parts in counties.PARTS_OF_PROVINCES.items() for part in _split(parts)
}

LANDMARKS: Mapping[str, Place] = {
    **{
        name: Place(province)
        for province, names in counties.SIGHTS_OF_PROVINCES.items()
        for name in _split(names)
    },
    **{
        name: place
        for name, place in _parts_of_cities(landmarks.LANDMARKS)
        if name != place.province + place.city
    },
}
"""What people name instead of the city."""

ALIASES = tuple(place_names.ALIASES)
PLACES = PROVINCES + tuple(city for cities in place_names.CITIES.values() for city in _split(cities))
"""Names that may be believed by sound; everyday words among them only where a place was asked for."""

PHRASE_PLACES = PROVINCES + _split(
    """
    石家庄 唐山 保定 张家口 廊坊 太原 大同 呼和浩特 沈阳 大连 长春 哈尔滨 南京 苏州 杭州 宁波 温州
    合肥 福州 厦门 南昌 济南 青岛 郑州 洛阳 武汉 黄冈 孝感 宜昌 长沙 广州 深圳 南宁 海口 三亚 成都
    贵阳 昆明 西安 兰州
    """
)
"""Places worth putting into a recogniser's list of expected answers."""


def districts_of(place: str) -> tuple[str, ...]:
    """Districts and well-known quarters of a municipality; empty for other places."""
    return _split(counties.PARTS_OF_PROVINCES.get(place, ""))


def is_part_of(place: str, whole: str) -> bool:
    """Whether a place is ``whole`` or lies in it: 通州 in 北京, 武汉 in 湖北, 首都 too."""
    place = place_names.ALIASES.get(place, place)
    return whole in (place, _MUNICIPALITY_OF.get(place), _PROVINCE_OF.get(place))


# --- places in a text -----------------------------------------------------------------------------------

_DISTRICTS_ONLY_WITH_UNIT = frozenset(
    _split("和平 河东 河西 南开 红桥 东丽 江北 南岸 长寿 普陀 长宁 宝山 金山 静安")
)
"""Names of districts that are everyday words or other places too."""


def _named() -> Iterator[tuple[str, Place]]:
    """Every name with what it means, the better known meaning first."""
    yield from ((name, Place(name)) for name in PROVINCES)
    yield from ((city, Place(province, city)) for city, province in _PROVINCE_OF.items())
    for province, parts in counties.PARTS_OF_PROVINCES.items():
        for part in _split(parts):
            yield part + "区" if part in _DISTRICTS_ONLY_WITH_UNIT else part, Place(province)
    yield from LANDMARKS.items()
    yield from _PARTS
    yield from ((city, Place(p, city)) for city, p in _OF_PROVINCE_ALONE.items() if city not in PROVINCES)
    yield from ((name, Place(name)) for name in _split(place_names.ABROAD))
    for country, cities in place_names.CITIES_ABROAD.items():
        yield from ((city, Place(country, city)) for city in _split(cities))
    for province, cities in place_names.CITIES.items():
        capital = Place(province, _split(cities)[0])
        yield from ((province + words, capital) for words in ("省会", "的省会"))


def _meanings() -> dict[str, tuple[Place, ...]]:
    meanings: dict[str, tuple[Place, ...]] = {}
    for name, place in _named():
        if place not in meanings.get(name, ()):
            meanings[name] = (*meanings.get(name, ()), place)
    for alias, name in (*place_names.ALIASES.items(), *place_names.WRITTEN_ALIASES.items()):
        meanings.setdefault(alias, meanings.get(name, (Place(name),)))
    return meanings


def _by_beginning(names: Iterable[str], length: int) -> Mapping[str, tuple[str, ...]]:
    """Words by their first one or two characters, the longest first."""
    found: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        found.setdefault(name[:length], []).append(name)
    return {beginning: tuple(words) for beginning, words in found.items()}


_MEANINGS = _meanings()
_NAMES = _by_beginning(_MEANINGS, 2)
_NAMESAKES = _by_beginning(_split(place_names.NAMESAKES), 1)
_IS_STREET = compiled("路(?![过上])")
"""南京路 is a street, in 上海."""
_NO_PLACE = compiled(
    "(?<![去到在从回往州东])花都(?![区的那]|[,;?]|$)|(?<=胡)同里|(?<=[展讲舞柜前吧])台前|(?<=[经正照])常营"
    "|(?<![到去在从回往])上海(?=(?:边|南|淀)(?:$|[,;?去了玩那岛]|打工|旅游))"
)
"""家里花都旱死了 is not about 花都, 胡同里 not about 同里, 照常营业 about 常营, nor 上海南了 about 上海."""
_ENDS_DAY = compiled("[今昨前后每当整白][天日]")
"""今天水… is not about 天水."""


def places(text: str) -> Iterator[PlaceMention]:
    """Every place that is named, in the order in which they are said, the longest name at each position.

    A name of several places is the one in a province that is named too: 辽宁，朝阳. A name in that of
    something else, 西安饭庄, is none.
    """
    yield from _places(text)


@lru_cache(maxsize=256)
def _places(text: str) -> tuple[PlaceMention, ...]:
    """The same; asked several times a sentence."""
    found = _without_homophones(list(_matches(text)))
    mentions = [
        PlaceMention(meanings[0] if len(meanings) == 1 else _nearest(meanings, start, found), start, end)
        for start, end, meanings in found
    ]
    mentions = [_in_its_province(text, mentions, number) for number in range(len(mentions))]
    return tuple(
        said
        for number, said in enumerate(mentions)
        if not (number and _is_landmark_there(text, mentions[number - 1], said))
    )


_WITHIN = compiled("[省市]?(?:[这那]边|[这那]儿?|老?家)?的?[这那]?[条个家]?")


def _is_landmark_there(text: str, city: PlaceMention, said: PlaceMention) -> bool:
    """The 青年路 of 昆明的青年路 lies in 昆明, the 长隆 of 珠海长隆 in 珠海, whichever is known better."""
    is_same_city = said.place.city == city.place.city or not city.place.city
    if text[said.start : said.end] not in LANDMARKS or (
        said.place.province == city.place.province and is_same_city
    ):
        return False
    return _WITHIN.fullmatch(text, city.end, said.start) is not None


_UNKNOWN_ALONE = frozenset(
    name for name, place in _PARTS if len(_MEANINGS[name]) == 1 and name != place.province + place.city
)
_NOT_INSIDE = compiled("(?:离|距离?|[去往奔]|挨着|靠着?|紧邻|出了?)$")


def in_full(text: str, unless_in: Collection[str] = (), *, with_counties: bool = True) -> str:
    """The text with the city before every landmark, 在南京夫子庙 for 在夫子庙, for a reader who knows the
    cities; and before a county that is the only place in it.

    Args:
        text: Normalised.
        unless_in: Where landmarks are left as they are.
        with_counties: Whether a county is told by its city, too.
    """
    mentions = _places(text)
    for number in range(len(mentions) - 1, -1, -1):
        said = mentions[number]
        is_known = not with_counties and text[said.start : said.end] not in LANDMARKS
        if (
            not is_known
            and _is_to_be_told(text, mentions, number)
            and not any(said.place.is_in(home) for home in unless_in)
        ):
            text = text[: said.start] + (said.place.city or said.place.province) + text[said.start :]
    return text


def _is_to_be_told(text: str, mentions: Sequence[PlaceMention], number: int) -> bool:
    """Not 南京夫子庙, 离天安门两站地, 六环外头."""
    said = mentions[number]
    name = text[said.start : said.end]
    if name not in LANDMARKS and (len(mentions) > 1 or name not in _UNKNOWN_ALONE):
        return False
    if number and mentions[number - 1].place.province == said.place.province:
        return False
    is_inside = not _NOT_INSIDE.search(text[: said.start]) and not text.startswith("外", said.end)
    return is_inside and not name.startswith(said.place.city or said.place.province)


_BREAK = 1
"""Characters that may stand between a province and its city: 陕西，西安."""
_SOUNDING_ALIKE = frozenset({Place("山西"), Place("陕西")})


def _without_homophones(found: Sequence[_Match]) -> list[_Match]:
    """Of 山西西安 only 西安, which is in 陕西: the provinces differ by a tone, and the city tells which."""
    return [
        (start, end, meanings)
        for number, (start, end, meanings) in enumerate(found)
        if not _is_misheard_province(end, meanings, found[number + 1 : number + 2])
    ]


def _is_misheard_province(end: int, meanings: tuple[Place, ...], following: Sequence[_Match]) -> bool:
    if len(meanings) != 1 or meanings[0] not in _SOUNDING_ALIKE:
        return False
    others = _SOUNDING_ALIKE - set(meanings)
    return any(
        start - end <= _BREAK and any(place.city and Place(place.province) in others for place in named)
        for start, _, named in following
    )


def _nearest(meanings: Sequence[Place], start: int, found: Sequence[_Match]) -> Place:
    """The meaning in the province that is named nearest, else the first."""
    clear = sorted((abs(other - start), said[0].province) for other, _, said in found if len(said) == 1)
    matching = (place for _, province in clear for place in meanings if place.province == province)
    return next(matching, meanings[0])


def _in_its_province(text: str, mentions: Sequence[PlaceMention], number: int) -> PlaceMention:
    """The 常德 of 承德湖南的 and 湖南承德: a city that is told to be in another province is the one there
    that sounds like it."""
    said = mentions[number]
    if not said.place.city or text[said.start : said.end] != said.place.city:
        return said
    for province in _provinces_told(text, mentions, number):
        alike = _city_that_sounds_like(said.place.city, province)
        if alike and province != said.place.province:
            return said._replace(place=Place(province, alike))
    return said


def _provinces_told(text: str, mentions: Sequence[PlaceMention], number: int) -> Iterator[str]:
    said = mentions[number]
    for other in mentions[number + 1 : number + 2]:
        is_of_it = _IS_OF.fullmatch(text, said.end, other.start) and _OF_IT.match(text, other.end)
        if not other.place.city and is_of_it:
            yield other.place.province
    for other in mentions[number - 1 : number] if number else ():
        if not other.place.city and _IN_IT.fullmatch(text, other.end, said.start):
            yield other.place.province


_IS_OF, _OF_IT = compiled("[,是]?"), compiled("省?的(?:[啊呀嘛呢吧哦]|$|[,;])")
_IN_IT = compiled("省?的?")
_ALIKE = 0.25
"""Mean distance of the sounds of two cities up to which one may be heard as the other."""
_CLEARLY = 0.1
"""By so much nearer than any other of the province."""


def _city_that_sounds_like(city: str, province: str) -> str:
    """Empty where none does, or several."""
    heard = syllables(city)
    near = sorted(
        (sum(map(distance, heard, syllables(other))) / len(heard), other)
        for other in _split(place_names.CITIES.get(province, ""))
        if len(other) == len(city)
    )
    if not near or near[0][0] > _ALIKE or (near[1:] and near[1][0] < near[0][0] + _CLEARLY):
        return ""
    return near[0][1]


_Match = tuple[int, int, tuple[Place, ...]]
"""Start, end, and what a name may mean."""


def _matches(text: str) -> Iterator[_Match]:
    position = 0
    while position < len(text) - 1:
        candidates = _NAMES.get(text[position : position + 2])
        name = _longest(candidates, text, position) if candidates else None
        if name is None or _is_no_place(text, position):
            position += 1
            continue
        end = position + len(name)
        namesake = _longest(_NAMESAKES.get(text[end : end + 1], ()), text, end)
        if namesake is None and not _IS_STREET.match(text, end):
            yield position, end, _MEANINGS[name]
        position = end + len(namesake or "")


def _is_no_place(text: str, position: int) -> bool:
    return bool(_NO_PLACE.match(text, position) or (position and _ENDS_DAY.match(text, position - 1)))


def _longest(candidates: Iterable[str], text: str, position: int) -> str | None:
    return next((word for word in candidates if text.startswith(word, position)), None)


def full_name(named: Sequence[Place]) -> str:
    """Province and city of the places named, each once: 武汉 -> 湖北武汉, 哈尔滨 黑龙江 -> 黑龙江哈尔滨."""
    cities: dict[str, dict[str, None]] = {}
    for place in named:
        cities.setdefault(place.province, {})
        if place.city:
            cities[place.province][place.city] = None
    return "".join(province + "".join(own) for province, own in cities.items())
