"""A script and its answers tried outside of any campaign.

A whole script is held at this computer by voice (``talk_by_voice``, ``rehearsal``) or over one real call
(``trial_call``). Answers are read aloud (``spoken_tests``) or come from files (``answer_trial``), are heard
as on a call (``hearing``), and what they are taken for is told (``answer_report``).
"""
