"""Call progress analysis: how a call gets on, and who or what answers it, by its sound.

``analysis`` joins them all: tones by their ``cadence`` and by their spectrum (``tones``), the phrases of
carriers and machines (``announcements``), whoever talks on and on (``overhearing``), and the ``greeting``,
of a person or of a machine.
"""
