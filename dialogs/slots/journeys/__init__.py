"""Whether the resident went away at all; asked by ``yes_no.finder`` where a question is about journeys. Pure.

``told`` weighs words of journeys; ``not_made`` were refused, meant or asked about, ``near_home`` did not
leave the home's own town, and whoever ``stayed_behind`` let others go.
"""
