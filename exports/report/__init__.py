"""The report: one page of figures, charts and tables without names, and what sub-districts merge."""
