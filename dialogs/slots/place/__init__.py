"""Where somebody has been. Pure.

``finder`` chooses among the places of an answer by what each is to the resident (``roles``), in clauses that
nobody wrote (``breaks``); some are only spoken of (``only_talked_of``).
"""
