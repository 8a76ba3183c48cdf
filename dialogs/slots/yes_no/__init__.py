"""Yes or no. Pure.

``finder`` weighs every ``vote`` of an answer, those that the script's words (``votes``) and places
(``votes_of_places``) cast and plain ones (``plain_votes``), less what is ``untrue``; who turns round is taken
at his last word (``turned``); requests and offers are answered in words of their own (``replies``,
``reply_words``).
"""
