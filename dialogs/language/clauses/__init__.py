"""Where clauses end for certain, though nothing was written between them. Pure.

Recognisers write no punctuation. N-grams (``wording``) tell where a comma is likely; what can be derived
stands here, so that neither rules nor networks have to guess. An answer is cut in this order:

1. ``statements``, before turns of speech are put plainly (``rhetoric``), lest they reach into the next;
2. ``whereabouts``: 我弟不在|我在;
3. ``lists``: 咳嗽有|发烧没有|乏力也有, and questions said again;
4. likely breaks, in what is left;
5. ``ends``: 没烧|嗓子疼, between what is denied and what is felt;
6. ``rejoined``: what was torn wrongly is put together.

What ends a clause for one kind of slot only stands with that slot: ``slots.day.breaks``,
``slots.place.breaks``, ``slots.wishes.breaks``, ``people.breaks``.
"""

from dialogs.language.clauses.lists import with_clauses
from dialogs.language.clauses.statements import rejoined, with_statements

__all__ = ["rejoined", "with_clauses", "with_statements"]
