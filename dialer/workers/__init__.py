"""The processes that carry the calls: up to four lines and one recogniser in each.

``pool`` starts and mends them, ``worker`` is such a process, ``messages`` go between them; ``preload`` is
what all of them share, loaded once.
"""
