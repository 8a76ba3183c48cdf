"""Sheets that staff corrected and handed back, and calls that are listened to again."""
