"""Mandarin as it is written, spoken and misheard. Knows nothing of scripts and calls.

``words`` cuts an answer into words: those of the ``dictionary``, and those that only sound right
(``words_by_sound``, by ``sounds`` and ``spelling``). ``grammar`` and ``small_talk`` are the small words that
every answer may hold, ``numerals`` its numbers; ``wording`` tells how probable it is. What is made of large
tables is ``kept`` for later starts.
"""
