"""Text files as people's computers write them: UTF-8 with or without BOM, UTF-16, GB18030."""

from __future__ import annotations

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_text(data: bytes) -> str:
    """The text of a file whose encoding nobody told.

    UTF-8 is told by its own rules, and GB18030 (GBK, GB2312) takes what is left.

    Raises:
        UnicodeDecodeError: It is none of them.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding)
    if wide := _utf16_without_bom(data):
        return data.decode(wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _utf16_without_bom(data: bytes) -> str:
    """Text holds no NUL; UTF-16 has one in every ASCII character (digits, separators, line ends)."""
    head = data[:4096]
    low, high = head[0::2].count(0), head[1::2].count(0)
    if len(data) % 2 or max(low, high) <= 4 * min(low, high):
        return ""
    return "utf-16-le" if high > low else "utf-16-be"
