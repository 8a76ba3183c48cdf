"""A call script from its YAML file; all that is wrong with it is told at once, with file and line.

``load`` reads the file and what it includes (``include``) as ``tables``, has a script built of them
(``build``) and checked; ``questions`` adds what the wording of a question tells about its answers.
"""

from __future__ import annotations

from dialogs.loading.load import TESTS_SUFFIX, Draft, bundled_scripts, load_script, read_draft

__all__ = ["TESTS_SUFFIX", "Draft", "bundled_scripts", "load_script", "read_draft"]
