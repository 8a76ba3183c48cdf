"""How the embedded engine learns to hear short answers on the telephone; no part of the installed product.

``sentences`` writes what to say, ``make_speech`` says it, ``calls`` makes telephone calls out of it, and
``train`` learns the adapter that lies in ``asr/telephone.npz``; ``asr.adapter`` adds it to the model.
"""
