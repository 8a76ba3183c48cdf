"""Graphs for Vosk, laid out before the calls: which sounds make which words, and which word follows which.

``openfst``        reads and writes the files
``word_pairs``     counts from answers which word follows which
``composition``    joins a model's sounds with such counts
``question_model`` a model of Vosk for one question, kept for later starts

Why: docs/decisions/0022-graphs-laid-out.md.
"""
