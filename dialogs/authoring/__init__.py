"""What an administrator does with a call script: have it checked, hold dialogues with it, draw it.

Commands end in ``_command``; ``dialogues`` are the tests that stand beside a script.
"""
