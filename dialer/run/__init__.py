"""A run of campaigns: residents who are due go out on free lines.

``runner`` is the loop; the ``agenda`` says whose turn it is, ``control`` takes orders and keys, ``waiting``
and ``trouble`` say why nobody is dialled. ``campaign_run`` is everything around it; ``board`` and ``screen``
show what the lines do.
"""
