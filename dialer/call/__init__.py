"""One call, from dialling to hang-up, and what became of it.

``session`` conducts it. It hears by the ``ear`` and speaks by the ``mouth``; ``barge_in`` says when to give
way, ``transfer`` how a person takes over. At the end ``disposition`` concludes from the evidence what became
of it, and ``reasons`` say why people should look at it.
"""
