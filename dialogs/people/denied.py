"""Numbers of people that are taken back, denied or doubtful: 哪有七口，六口; 算上猫三口. Pure."""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.people.tally import OF_OTHERS, People
from dialogs.people.terms import NUMBER, PET

_TAKEN_BACK = compiled(f"^.*(?:人|口|个|孩子?|子|{NUMBER})不(?:是|对)?,(?=.*{NUMBER})")
"""三个大人不,两个大人一个孩子: a 不 that closes the clause it takes back."""
_HEADS = f"{NUMBER}(?:口|个|人|位)"
_DENIED_NUMBER = compiled(
    f"(?:并非|非是|(?<!可)(?:并不|[不弗勿])是|哪里?是|哪有|哪来的?|谁说|别[写记说填]|不止|[哪何]止)家?里?有?{NUMBER}"
    f"(?:(?:口人|口|个人|个|人)?[哟啊呀呢]?,(?=.*{NUMBER})|(?:口人|口|个人|个|人)[哟啊呀呢]?(?=.*{_HEADS}))"
    f"|^不是{NUMBER}[口个]人?,?(?=(?:添|多|走|少|搬|来|生)[^,]*,?{_HEADS}$)"
    f"|^{NUMBER}(?:口人|口|个人|个)[?,](?:谁说的?|哪有|哪里|怎么会)[啊呀呢]?,(?=.*{NUMBER})"
    f"|^[^一二两三四五六七八九十俩仨]*{NUMBER}[口个]?人?(?:减|变|缩|添|增|涨|加)(?:成|到|为)(?={NUMBER})"
)
"""并非五人，而是四人; 哪有七口，六口; 五口减成四口."""
_DENIED_AT_LAST = compiled(f"(?<=[口个人]),(?:哪来的?|哪有|怎么会有?){NUMBER}[口个]人?[了啊呀]?$")
"""两口，哪来的三口."""
_WITH_PET = compiled(f"(?:算上|加上?|连|带上?)[^,]?(?:{PET})[^,]{{0,3}}{NUMBER}[口个]")
_NEXT_DOOR = compiled(
    f"(?:邻居|隔壁|对门|楼[上下])(?:那|他们?|她们?|的|人)?一?家?(?:里|子)?(?:住着?了?)?{NUMBER}[口个]"
    "|^(?:邻居|隔壁|对门)[^,我]*$"
)
_AT_THE_DOOR = compiled(
    "(?:门口|门外|楼道|外[面头边]|院里|街上)[^,我住]{0,6}人|人[^,]{0,2}敲门|楼[上下][^,]{0,3}家"
)
_GUESTS = compiled(f"来过?了{NUMBER}(?:口|个)?人(?!住)")


def without_denied(text: str) -> str:
    """The words without a number that is denied or no longer true, where another is told."""
    text = _TAKEN_BACK.sub("", text)
    denied = _DENIED_NUMBER.search(text)
    return _DENIED_AT_LAST.sub("", text[denied.end() :] if denied else text)


def in_doubt(counted: People | None, text: str) -> People | None:
    """算上猫三口, 来了八口人, 邻居家三口: a number with a pet, of guests, or of others."""
    others = (_WITH_PET, _GUESTS, _NEXT_DOOR, _AT_THE_DOOR)
    if counted is None or not any(words.search(text) for words in others):
        return counted
    return counted._replace(confidence=min(counted.confidence, OF_OTHERS))
