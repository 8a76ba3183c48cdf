"""Words to what is said next.

From the ground up: ``language`` is Mandarin itself, ``entities`` and ``people`` are what answers name in it,
``script`` is what a call asks. ``slots`` reads values from words, ``understanding`` says what an answer
means (``encoder`` is a model that it asks in doubt), and the ``machine`` decides what comes next; ``actions``
is what it is told and what it says to do. ``speech`` gives that a sound, ``recordings`` a person's voice.
``loading`` makes a script of a file, ``checks`` finds its mistakes, ``authoring`` is for those who write one;
``scripts`` holds the bundled ones.
"""
