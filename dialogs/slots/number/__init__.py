"""A number of anything that is no temperature and no people (``finder``); which of several counts
(``which``), and what tells one in other words (``otherwise``). Pure."""
