"""The result workbook: its sheets, how they are written, and how they are kept fresh during a run."""
