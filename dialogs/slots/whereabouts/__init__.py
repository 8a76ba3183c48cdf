"""Where somebody is now; asked by ``yes_no.finder`` where a question is about a place. Pure.

``clauses`` tells whom and when a clause is about, ``told`` reads whole answers about coming, leaving and
staying.
"""
