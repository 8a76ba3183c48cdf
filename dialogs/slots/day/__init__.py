"""A day, past (``finder``) or to come (``coming``). Pure.

``breaks`` ends clauses that nobody wrote; days may be counted back (``counted``) or reckoned from another day
(``reckoned``), and may be of something else than a return (``of_return``).
"""
