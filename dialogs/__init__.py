"""Words to what is said next.

From the ground up: ``language`` is Mandarin itself, ``entities`` and ``people`` are what answers name in it,
``script`` is what a call asks. ``slots`` reads values from words, ``understanding`` says what an answer
means, and the ``machine`` decides what comes next; ``speech`` gives that a sound,
``recordings`` the voice of a person. ``loading`` makes a script of a file, ``checks`` finds its mistakes,
``authoring`` is for those who write one; ``scripts`` holds the bundled ones.
"""
