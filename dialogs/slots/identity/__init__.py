"""Who is speaking. Pure.

``finder`` votes by words; the others work it out from a whole answer: from two persons who are the same
(``equated``), another name (``named``), work or pastime (``outsiders``), places and marriages (``told``).
"""
