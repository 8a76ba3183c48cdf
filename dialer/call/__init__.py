"""One call, from dialling to hang-up, and what became of it.

``session`` conducts it through its ``phases``: ``machine_detection`` says whether a person is there,
``conversation`` whose turn it is to speak, ``handover`` gives the call to a person. The ``ear`` hears;
``speaking`` says prompts with the ``mouth``, unless ``barge_in`` finds that it must give way. At the end
``conclusion`` collects the evidence, ``disposition`` says what became of the call, and ``reasons`` why people
should look at it.
"""
