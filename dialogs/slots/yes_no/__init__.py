"""Yes or no. Pure.

``finder`` weighs every vote of an answer, plain ones (``plain_votes``) and those that the script's words
cast, less what is ``untrue``; who turns round is taken at his last word (``turned``); requests and offers are
answered in words of their own (``replies``, ``reply_words``).
"""
