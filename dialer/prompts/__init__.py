"""The robot's voice: prompts made ready for calls (``voice``), and the commands that see to them.

``record_command`` has a script spoken into the ``microphone``, ``import_recordings`` takes sound files of a
speaker, ``voice_command`` looks after synthetic voices.
"""
