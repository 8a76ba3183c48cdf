"""Sheets that people read, written from the store alone."""
