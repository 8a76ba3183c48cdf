"""The pretrained encoder that the understanding asks in doubt: a model on this machine.

``install`` fetches it, ``files`` says where it lies, ``model`` joins it with what was learnt for a script and
loads both, ``e5_file`` reads the format that it is published in. Nothing here needs the understanding, so
that what prepares a run need not load it.
"""
