"""What answers name, as people say it: days, times, places, amounts and telephone numbers. Pure.

``dates`` are those that were, ``coming_days`` those to come, ``appointments`` days with their hours.
``places`` finds those of ``place_names`` and ``counties``; ``spoken_numbers`` are numbers with what they
count, ``spoken_phones`` telephone numbers.
"""
