"""Telephone lines, the calls on them, and the campaign that places those calls."""
