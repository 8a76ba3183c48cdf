"""Speech output: from what the robot says to its sound.

``prompts`` finds the sound of a text: a recording, what was synthesised before, or the synthesiser that
``voices`` chooses by ``voice_rules`` (``kokoro``, ``pyttsx3_synthesizer``). A synthesiser reads the
``spoken_form`` of a text by its ``pronunciation``. ``speech_level``, ``joining`` and ``tempo`` make sound fit
for the telephone.
"""
