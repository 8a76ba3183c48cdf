"""Telephone numbers out of a messy cell: which digits are a number, and whose.

A cell holds numbers and words. The words tell whose a number is (本人, 儿子, 邻居) and whether it still holds
(旧号, 停机); they stand before the number or behind it, as the rest of the cell shows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from campaign.lists.columns import DISUSED, NOT_THE_RESIDENTS
from campaign.lists.people import is_likely_name
from campaign.patterns import compiled
from campaign.phones import LACKS_AREA_CODE, RefusedNumber, read_number, read_numbers

_FAST = compiled(r"1[3-9][0-9]{9}")
_WITH_MARKS = compiled(
    r"1[3-9][0-9]([ -])[0-9]{4}\1[0-9]{4}"
    r"|0(?:10|2[0-9])-[2-9][0-9]{7}|0(?!400|800)[3-9][0-9]{2}-[2-9][0-9]{6,7}"
)
"""One number as most people set it: 138-0013-8000, 010-62345678."""
_SEVERAL = compiled(r"1[3-9][0-9]{9}(?:[/、,，;；]1[3-9][0-9]{9})+")
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－~～·‧•"), "-")
_ENCLOSED = compiled("[①-⒛⓪-⓿㈠-㈩㊀-㊉❶-➓]")
_HAN_DIGITS = {ord(han): str(digit) for digit, han in enumerate("零一二三四五六七八九")} | {
    ord("〇"): "0", ord("幺"): "1", ord("○"): "0", ord("两"): "2",
}  # fmt: skip
_HAN_NUMBER = compiled("[零〇○一二两三四五六七八九幺]{7,}")
_LETTER_ZEROS = compiled(r"(?<![0-9A-Za-z])(?=[0-9oO]{11}(?![0-9A-Za-z]))(1[3-9][0-9oO]{9})")
_HIDDEN = compiled(r"(?<=[0-9])[xX×?_*＊]{2,}")
_FLOAT_TAIL = compiled(r"(?<=[0-9]{7})\.0+(?![0-9])")
_NUMBERING = compiled(
    r"(?<![0-9转接机号线t#:.-])\(?[1-9]\s?[.、:)]\s*(?=(?:\+?86)?1[3-9][0-9]{9}|0[1-9][0-9]{1,2}-?[2-9])"
)
_EXTENSION = compiled(
    r"\s*[(,]?\s*(?:转接?|分机号?|内线|ext(?:ension)?\.?|#)\s*[:-]?\s*([0-9]{1,6})\)?", re.IGNORECASE
)
_OWN_EXTENSION = compiled(r"(?<![0-9+-])(0[1-9][0-9]{8,10}),([0-9]{1,6})(?![0-9-])")
"""As the result sheet writes one: 01062345678,801."""
_SCIENTIFIC = compiled(r"[0-9](?:\.([0-9]+))?[eE]\+?([0-9]{2})")
_MOST_DIGITS_SHOWN = 6
"""A spreadsheet that shows a number as 1.38001E+10 keeps so many digits; programs write all of them."""

_NUMBER = compiled(
    r"(?:\(\+?[0-9]{2,4}\)[\s-]*)?\+?[0-9](?:[0-9*]|[\s.-]+(?=[0-9*])|\n(?!.))*(?:#[0-9]{1,6})?"
)
_SEPARATOR = compiled(r"[、,;/|\n。!&]|\\")
_REPLACED_BY = compiled(r"改为|改成|改用|换成|换为|变更为|更换为|更正为|现用|现为|新号|->|→|=>")
_FORMER = compiled(r"\W*(?:原来?|老|前|之前|从前)(?:号码?)?\W*")
_NEW = compiled("新|现用|在用|正确|有效")
_BEHIND = compiled(r"\s*[(\[【]([^()\[\]【】]*)[)\]】]?")


class ParsedPhones(NamedTuple):
    """What one cell holds."""

    numbers: tuple[str, ...]
    """Digits, an extension after a comma; in the order of the cell, the resident's own first; each once."""
    refused: tuple[RefusedNumber, ...] = ()


NO_PHONES = ParsedPhones(())


def parse_phones(cell: str, area_code: str = "") -> ParsedPhones:
    """The numbers of one cell.

    Args:
        cell: Text as it stands in the sheet; notes, prefixes, full-width digits and several numbers are fine.
        area_code: For landlines written without one, such as ``010``; empty: they are refused.
    """
    if _FAST.fullmatch(cell):
        return ParsedPhones((cell,))
    if _WITH_MARKS.fullmatch(cell):
        return ParsedPhones((cell.replace("-", "").replace(" ", ""),))
    if _SEVERAL.fullmatch(cell):
        return ParsedPhones(tuple(dict.fromkeys(_FAST.findall(cell))))
    return _parse_any(cell, area_code)


def _parse_any(cell: str, area_code: str) -> ParsedPhones:
    """The numbers of a cell of which nothing is known yet."""
    text = _normalised(cell)
    if scientific := _SCIENTIFIC.fullmatch(text):
        return _gathered(_from_scientific(text, scientific, area_code))
    return _gathered(_owned(text, area_code))


def _gathered(found: Iterator[tuple[str | RefusedNumber, str]]) -> ParsedPhones:
    """Own numbers first, others as they stand. What is refused for its owner or age is not taken either where
    it stands a second time."""
    numbers: list[tuple[bool, str]] = []
    refused: list[RefusedNumber] = []
    for one, words in found:
        if isinstance(one, RefusedNumber):
            refused.append(one)
        elif one not in (number for _, number in numbers):
            numbers.append(("本人" not in words, one))
    barred = {read for one in refused if one.kind in ("not_residents", "disused") for read in [one.number]}
    ordered = [number for _, number in sorted(numbers, key=lambda pair: pair[0]) if number not in barred]
    return ParsedPhones(tuple(ordered), tuple(refused))


def _normalised(cell: str) -> str:
    text = unicodedata.normalize("NFKC", _ENCLOSED.sub(" ", cell)).translate(_INVISIBLE).strip()
    if "#" in text:
        text = text.strip("#")
    if "," in text:
        text = _OWN_EXTENSION.sub(r"\1#\2 ", text)
    text = _HAN_NUMBER.sub(lambda match: match[0].translate(_HAN_DIGITS), text)
    text = _LETTER_ZEROS.sub(lambda match: re.sub("[oO]", "0", match[1]), text)
    text = _FLOAT_TAIL.sub("", text).translate(_DASHES)
    text = _HIDDEN.sub("**", text)
    text = _NUMBERING.sub(" ", text)
    return _EXTENSION.sub(lambda match: f"#{match[1]} ", text)


def _from_scientific(
    text: str, match: re.Match[str], area_code: str
) -> Iterator[tuple[str | RefusedNumber, str]]:
    shown = 1 + len((match[1] or "").rstrip("0"))
    if shown <= _MOST_DIGITS_SHOWN:
        reason = "号码被表格软件改成了科学计数法，后几位已经丢失，请把这一列设为“文本”后重新填写"
        yield RefusedNumber(text, "bad_phone", reason), ""
    else:
        yield read_number(str(int(float(text))), area_code), ""


# --- whose a number is --------------------------------------------------------------------------------


@dataclass
class _Digits:
    """A stretch of digits and the words that go with it."""

    text: str
    words: str = ""


def _owned(text: str, area_code: str) -> Iterator[tuple[str | RefusedNumber, str]]:
    """Each number with its words; refused where they say that it is not the resident's, or no longer."""
    for stretch in _with_words(text):
        for one in read_numbers(stretch.text, area_code):
            yield _told_whose(one, stretch.words), stretch.words


def _told_whose(one: str | RefusedNumber, words: str) -> str | RefusedNumber:
    """A number, refused where its words say so; so is one that only lacks its area code."""
    if isinstance(one, RefusedNumber) and LACKS_AREA_CODE not in one.reason:
        return one
    bar = _bar(words)
    if not bar:
        return one
    if isinstance(one, str):
        return _barred(one, bar, words)
    barred = _barred(one.text, bar, words)
    return replace(barred, reason=f"{barred.reason}，也缺少区号", number="")


def _bar(words: str) -> str:
    if not words:
        return ""
    if _FORMER.fullmatch(words):
        return "disused"
    if DISUSED.search(words) and not (_NEW.search(words) and not re.search("旧|停|废|空号", words)):
        return "disused"
    return (
        "not_residents" if NOT_THE_RESIDENTS.search(words) or re.search("非本人|不是本人|别人", words) else ""
    )


def _barred(number: str, kind: str, words: str) -> RefusedNumber:
    told = re.sub(r"^[\s:()-]+|[\s:()-]+$", "", words)[:20]
    if kind == "disused":
        return RefusedNumber(number, kind, f"标着“{told}”，已经不用了", number)
    return RefusedNumber(number, kind, f"标着“{told}”，不是居民本人或家人的号码", number)


def _with_words(text: str) -> list[_Digits]:
    """Cut a cell into stretches of digits, and give each the words that belong to it."""
    matches = list(_NUMBER.finditer(text))
    stretches = [_Digits(match[0]) for match in matches]
    if not stretches:
        return []
    before = text[: matches[0].start()]
    leads = _has_words(before)
    stretches[0].words = before
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        behind, ahead = _shared(text[match.end() : end], leads=leads, is_last=index + 1 == len(matches))
        stretches[index].words += " " + behind
        if index + 1 < len(matches):
            stretches[index + 1].words = ahead
    if leads:
        _carry_on(stretches)
    return stretches


def _shared(between: str, *, leads: bool, is_last: bool) -> tuple[str, str]:
    """The words between two numbers: those of the first, and those of the second."""
    behind = ""
    while bracketed := _BEHIND.match(between):
        behind += bracketed[1]
        between = between[bracketed.end() :]
    if is_last:
        return behind + between, ""
    if _REPLACED_BY.search(between):
        return behind + "已换号", "新"
    parts = _SEPARATOR.split(between)
    if len(parts) > 1:
        return behind + parts[0], parts[-1]
    if leads or re.search(r":\s*$", between):
        return behind, between
    return behind + between, ""


def _carry_on(stretches: list[_Digits]) -> None:
    """邻居：138…、139…: a word before a number holds for those that follow without a word of their own."""
    carried = ""
    for stretch in stretches:
        if _has_words(stretch.words):
            carried = stretch.words
        elif carried and _bar(carried):
            stretch.words = carried


def named_phones(cell: str, area_code: str = "") -> list[tuple[str, ParsedPhones]]:
    """People with their numbers in a cell that has both (李四：139…；王五：137…); empty without names."""
    found: list[tuple[str, ParsedPhones]] = []
    for part in re.split(r"[;；\n]|[、,，](?=[^0-9]*[\u4e00-\u9fff]{2})", cell):
        name = next(filter(is_likely_name, re.findall(r"[\u3400-\u9fff·]{2,}", part)), "")
        phones = parse_phones(part, area_code)
        if name and (phones.numbers or phones.refused):
            found.append((name, phones))
        elif phones.numbers:
            return []
    return found


def _has_words(text: str) -> bool:
    return re.search(r"[^\W\d_]", text) is not None
