"""What a column means, by its heading."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from campaign.patterns import compiled


class Column(StrEnum):
    """What a column of the list means to Wenhou."""

    NAME = "name"
    PHONE = "phone"
    BUILDING = "building"
    UNIT = "unit"
    ROOM = "room"
    ADDRESS = "address"
    ID_NUMBER = "id_number"
    REMARK = "remark"
    PHONE_STATUS = "phone_status"

    @property
    def label(self) -> str:
        """The word that staff use for it."""
        return LABELS[self]


LABELS: Mapping[Column, str] = {
    Column.NAME: "姓名",
    Column.PHONE: "电话",
    Column.BUILDING: "楼号",
    Column.UNIT: "单元",
    Column.ROOM: "门牌号",
    Column.ADDRESS: "住址",
    Column.ID_NUMBER: "身份证号",
    Column.REMARK: "备注",
    Column.PHONE_STATUS: "号码状态",
}


class Bar(StrEnum):
    """Why the numbers or names of a column are nobody to be called."""

    NONE = ""
    NOT_RESIDENTS = "not_residents"
    DISUSED = "disused"


@dataclass(frozen=True)
class Meaning:
    """What a heading says."""

    column: Column | None = None
    bar: Bar = Bar.NONE
    """Set for telephones and names that are not to be used; ``column`` says which of the two."""
    rank: int = 0
    """Among several columns of one meaning the lowest is taken: 姓名 before 户主."""

    @property
    def used(self) -> Column | None:
        """The meaning, where the column is used at all."""
        return None if self.bar else self.column


COLUMNS: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: (
        "姓名", "名字", "居民姓名", "住户姓名", "人员姓名", "成员姓名", "家庭成员姓名", "被访人",
        "被访人姓名", "居民", "老人姓名", "本人姓名", "称呼", "受访人", "受访者", "人员", "租户",
        "租户姓名", "承租人", "租客", "家庭成员", "户主", "户主姓名", "住户", "户名", "业主", "业主姓名",
        "产权人", "房主", "房主姓名", "联系人", "联系人姓名", "name", "fullname", "xm",
    ),
    Column.PHONE: (
        "联系电话", "手机号", "电话", "联系方式", "手机", "手机号码", "电话号码", "联系号码", "移动电话",
        "固定电话", "座机", "固话", "宅电", "家庭电话", "住宅电话", "本人电话", "户主电话", "居民电话",
        "业主电话", "备用电话", "其他电话", "常用电话", "号码", "联系", "联系办法", "通讯方式", "通讯号码",
        "手提", "tel", "phone", "mobile", "telephone", "cell", "cellphone", "mobilephone", "phonenumber",
        "phoneno", "telno", "contact", "dh", "sj", "sjh", "lxdh", "lxfs",
    ),
    Column.BUILDING: (
        "楼号", "楼栋", "楼栋号", "栋", "栋号", "栋数", "幢", "幢号", "楼", "楼幢", "楼座", "座", "座号",
        "楼宇", "楼宇号", "几栋", "几号楼", "几幢", "所在楼栋", "所在楼号", "楼房号", "楼栋编号", "大楼",
        "building", "block", "bldg",
    ),
    Column.UNIT: (
        "单元", "单元号", "门洞", "几单元", "所在单元", "楼门", "楼门号", "梯", "梯号", "unit", "entrance",
    ),
    Column.ROOM: (
        "门牌号", "门牌", "房号", "室", "室号", "房间", "房间号", "房屋号", "户号", "门号", "户室",
        "户室号", "房门号", "门牌号码", "房", "几室", "房屋编号", "房屋", "单元房号", "室房号", "房室",
        "户", "room", "roomno", "flat", "apt",
    ),
    Column.ADDRESS: (
        "住址", "地址", "家庭住址", "家庭地址", "现住址", "现居住地址", "居住地址", "居住地", "详细地址",
        "现住地址", "房屋地址", "住房地址", "联系地址", "现居住地", "居住详址", "详址", "住所", "住处",
        "居住房屋", "房屋坐落", "坐落", "房产地址", "门牌地址", "小区地址", "实际居住地", "实际居住地址",
        "常住地址", "房屋信息", "address", "addr",
    ),
    Column.ID_NUMBER: (
        "身份证号", "身份证", "身份证号码", "证件号", "证件号码", "公民身份号码", "公民身份证号",
        "公民身份证号码", "居民身份证", "居民身份证号", "居民身份证号码", "身份号码", "sfz", "sfzh",
        "idcard", "idno", "idnumber",
    ),
    Column.REMARK: (
        "备注", "说明", "情况说明", "备考", "附注", "备注说明", "备注信息", "其他说明", "remark",
        "remarks", "note", "notes", "comment",
    ),
}  # fmt: skip
"""Names of columns, compared without blanks, punctuation, numbers at the end and what is in brackets.
Of several columns with the same meaning the one named first here is taken."""

OTHERS = frozenset({
    "序号", "编号", "序", "性别", "年龄", "出生日期", "出生年月", "生日", "民族", "籍贯", "户籍地址",
    "户籍地", "户籍", "户籍所在地", "与户主关系", "关系", "政治面貌", "文化程度", "学历", "婚姻状况",
    "职业", "工作单位", "单位", "人数", "家庭人数", "人口", "常住人口", "户籍类型", "人员类别", "类别",
    "类型", "网格", "所属网格", "小区", "小区名称", "社区", "社区名称", "街道", "楼层", "层", "面积",
    "建筑面积", "车牌", "车牌号", "健康状况", "健康码", "疫苗接种", "体温", "日期", "登记日期", "填表日期",
    "签名", "签字", "是否独居", "是否租住", "居住状态", "居住情况", "入住时间", "状态", "no", "id", "sex",
    "gender", "age", "微信", "微信号", "qq", "邮箱", "email",
})  # fmt: skip
"""Headings that Wenhou does not use but by which a header is known."""

OWN_COLUMNS = ("问题", "建议", "原工作表", "原行号")
"""What the sheet of problems (导入问题.xlsx) adds behind the columns of the list."""

_ROLES = (
    "网格|社工|社区(?!居民)|居委|居民委员|居民小组|物业|负责人|联络员|联络人|民警|片警|警务|派出所|医生|医师|护士|包户|包楼|责任|"
    "登记人|登记员|填表|填报|上报|采集|核查|审核|调查员|经办|制表|复核|紧急|应急|单位|工作(?!日)|传真|公司|办公|值班|热线|"
    "咨询|监督|服务|管理员|管家|楼管|保安|门卫|门岗|邻居|邻里|房东|中介|保姆|护工|志愿者|村委|书记|主任|干部|"
    "班主任|老师|学校|雇主|同事|朋友|介绍人|推荐人|担保人|委托人|代办|维修|[楼栋幢道层门组队村院片]长|十户长|中心户|推销|快递"
)
NOT_THE_RESIDENTS = compiled(_ROLES)
"""A telephone or name with such a word belongs to somebody who is not to be called."""
DISUSED = compiled(
    r"停用|作废|废弃|废除|废号|已废|失效|无效|注销|不用(?!填)|停机|空号|旧|曾用|以前|之前|过期|错误|错号|已换|弃用|"
    r"淘汰|勿拨|勿打|禁拨|不要打|不再|历史|销号|原(?:有|来)?(?:的)?(?:联系)?(?:电话|号码|手机|座机|固话|联系方式)|^old|disused|obsolete"
)
"""A number with such a word is no longer anybody's."""

_PHONE_WORD = compiled(
    r"电话|手机|联系方式|联系号码|座机|固话|小灵通|手提|移动号|宅电|^[旧原新]号|停用号|作废号|废号|tel(?!egram)|phone|mobile"
)
_NO_PHONE = compiled(
    r"型号|是否|有无|次数|时间|日期|品牌|归属|运营商|机主|电话费|话费|记录|结果|回访|接听|接通|随访|微信|QQ|验证|姓名|人数|数量|套餐|"
    r"编码|串号|备注|说明|状态|情况|有效|正常",
    re.IGNORECASE,
)
_PHONE_STATUS = compiled(
    r"(电话|手机|号码|联系方式).*(状态|情况|备注|说明|是否有效|有效|是否正常|是否停用|核实结果)|是否停用|是否有效"
)
_NAME_WORD = compiled(r"(姓名|名字)$")
_NO_NAME = compiled(r"小区|社区|街道|单位|网格(?!员)|姓名拼音|曾用|机构|学校|公司|拼音")
_RELATIVES_NAME = compiled(r"子女|配偶|家属|监护人|亲属|父亲|母亲|儿子|女儿|妻子|丈夫|爱人|老伴|家长|赡养")
_NO_ADDRESS = compiled(r"户籍|户口|籍贯|工作|单位|邮箱|网址|IP|mail|原住|原籍|身份证", re.IGNORECASE)
_PARTS = (compiled(r"[楼栋幢座]"), compiled(r"单元|门洞|楼门"), compiled(r"室|房|门牌|户号|门号|户$"))
_LONGEST = 24


@functools.lru_cache(maxsize=4096)
def meaning_of(heading: str) -> Meaning:
    """What a column with this heading holds; an empty meaning for columns that Wenhou does not know."""
    plain = plain_heading(heading)
    if not plain or len(plain) > _LONGEST:
        return Meaning()
    bare = re.sub(r"\(.*?\)|\[.*?\]|【.*?】|\(.*$", "", plain).rstrip("0123456789一二三四") or plain
    found = _known(plain, bare) or _guessed(plain, bare)
    if found is None or found.column not in (Column.NAME, Column.PHONE):
        return found or Meaning()
    return Meaning(found.column, _bar(plain), found.rank)


def _known(plain: str, bare: str) -> Meaning | None:
    for column, names in COLUMNS.items():
        for name in (plain, bare):
            if name in names:
                return Meaning(column, rank=names.index(name))
    return None


def _guessed(plain: str, bare: str) -> Meaning | None:
    """By words within the heading."""
    late = 1000
    if re.search("身份证|证件号", bare):
        return (
            None
            if re.search("类型|类别|地址|有效|照片|复印|是否", plain)
            else Meaning(Column.ID_NUMBER, rank=late)
        )
    if _PHONE_STATUS.search(plain):
        return Meaning(Column.PHONE_STATUS, rank=late)
    if _PHONE_WORD.search(plain):
        return None if _NO_PHONE.search(bare) else Meaning(Column.PHONE, rank=late)
    if _NAME_WORD.search(bare) and not _NO_NAME.search(bare):
        return Meaning(Column.NAME, rank=late + (1 if _RELATIVES_NAME.search(bare) else 0))
    is_address = sum(1 for part in _PARTS if part.search(bare)) >= 2 or re.search("地址|住址|详址", bare)
    if is_address and not _NO_ADDRESS.search(plain) and not NOT_THE_RESIDENTS.search(bare):
        return Meaning(Column.ADDRESS, rank=late)
    if bare.startswith("备注"):
        return Meaning(Column.REMARK, rank=late)
    return None


def _bar(plain: str) -> Bar:
    if DISUSED.search(plain):
        return Bar.DISUSED
    return Bar.NOT_RESIDENTS if NOT_THE_RESIDENTS.search(plain) else Bar.NONE


def is_relatives_name(heading: str) -> bool:
    """配偶姓名, 子女姓名: people who stand beside the resident."""
    return _RELATIVES_NAME.search(plain_heading(heading)) is not None


def is_heading(text: str) -> bool:
    """Whether a text is the name of some column, used or not."""
    plain = plain_heading(text)
    if not plain or len(plain) > _LONGEST:
        return False
    return plain in OTHERS or plain.rstrip("0123456789") in OTHERS or meaning_of(text).column is not None


_SIMPLIFIED = str.maketrans(
    "電話號碼聯絡繫係樓棟單門戶備註證機現員業處說務與", "电话号码联络系系楼栋单门户备注证机现员业处说务与"
)
"""Headings of residents from Hong Kong and Taiwan; names are left as they are."""


@functools.lru_cache(maxsize=65536)
def plain_heading(heading: str) -> str:
    """A heading without what makes it look different: width, case, blanks, punctuation."""
    text = unicodedata.normalize("NFKC", heading).lower().translate(_SIMPLIFIED)
    return re.sub(r"[\s:*、,.。_\-/\\|#?!★☆△▲●※]+", "", text)
