"""Where clauses end for certain, though nothing was written between them. Pure.

Recognisers write no punctuation. N-grams (``wording``) tell where a comma is likely; what can be derived
stands here, so that neither rules nor networks have to guess. An answer is cut in this order:

1. ``statements``, before turns of speech are put plainly (``rhetoric``), lest they reach into the next;
2. ``verdicts``, where a whole answer is made of nothing else: 头疼恶心都没有|就是有点乏力|你放心;
3. ``whereabouts``: 我弟不在|我在;
4. ``lists``: 咳嗽有|发烧没有|乏力也有, and questions said again;
5. likely breaks, in what is left;
6. ``ends``: 没烧|嗓子疼, between what is denied and what is felt;
7. ``rejoined``: what was torn wrongly is put together.

What ends a clause for one kind of slot only stands with that slot: ``slots.day.breaks``,
``slots.place.breaks``, ``slots.wishes.breaks``, ``people.breaks``.
"""

from dialogs.language.clauses.lists import with_clauses
from dialogs.language.clauses.statements import rejoined, with_statements
from dialogs.language.clauses.verdicts import things_told

__all__ = ["rejoined", "things_told", "with_clauses", "with_statements"]
