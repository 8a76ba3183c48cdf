"""How many people live together, added up from words: 老两口带个孙子, 我跟老伴还有儿子儿媳, 两大两小. Pure.

Numbers with 口 or 个人 are totals; relatives and groups (我们俩, 儿子一家三口) are terms of a sum. A total
that equals the sum before it only says it again (我跟我妈两个人); terms after a total are its parts, unless
加上 or 还有 adds them. Who is away (老公出差了), denied (没孩子) or was there before (原来四口) does not
count, and 现在, 就 or 剩 begin anew: 孩子住校，就我跟我爱人 are two.
"""

from __future__ import annotations

from dialogs.people.counting import is_about_people, people, totals
from dialogs.people.put_right import is_put_right
from dialogs.people.tally import People

__all__ = ["People", "is_about_people", "is_put_right", "people", "totals"]
