"""A body temperature: which of the numbers that are said is today's reading of the resident. Pure.

``finder`` puts together what the others tell of each reading: whose and of when it is (``said``), whether it
is one at all (``other_numbers``, ``unmeasured``, ``whole``), and which of several counts (``replaced``,
``choice``).
"""
