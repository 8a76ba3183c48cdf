"""Ugly resident lists, as communities keep them, with what should come of each."""
