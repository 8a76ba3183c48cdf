"""What an answer means: the recogniser's words, repaired by sound, read against the question asked.

1. ``written``: the text is brought into one form (digits spelt out, dialect words replaced), and cut into
   clauses (``in_clauses``).
2. ``lexicons``: it is cut into the question's words, allowing for words that only sound right
   (``dialogs.language.words``).
3. ``dialogs.slots``: the slots are read from the words; ``intents``: what may be said at any time.
4. ``expected``: what stays unclear is compared, as a whole and by sound, with the answers that the
   question expects, and accepted where one meaning is clearly nearest.
5. ``learnt``: what was learnt from examples about whole answers puts right what the rules made of them.
6. ``all_clear``: where other wordings that fit the sound deny an all-clear, it is asked again.
"""

from __future__ import annotations

from dialogs.understanding.context import CLEAR, Completeness, Context, Reading
from dialogs.understanding.reader import Understanding, understanding_of
from dialogs.understanding.written import normalised

__all__ = [
    "CLEAR",
    "Completeness",
    "Context",
    "Reading",
    "Understanding",
    "normalised",
    "understanding_of",
]
