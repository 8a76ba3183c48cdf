"""Resident lists as communities keep them, read into residents and problems.

``files`` makes sheets of text out of any file; ``tables`` finds the header and what each column is;
``reading`` turns rows into residents and says of every row that is left out why.
"""
