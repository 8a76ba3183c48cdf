"""A script's prompts recorded by people.

``texts`` says what a speaker has to read, ``take`` whether what was recorded can be used, ``folder`` where it
is kept; ``beside`` finds what lies beside a script's file.
"""
