"""Whether an engine can really work with a model: tried in a process of its own.

A damaged model can take the process down with it, so nobody tries one in the program that is to go on.
Run as ``python -m asr.model_trial ENGINE FOLDER`` it hears a second of noise, and leaves with 0 if it can.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from asr.model_files import MISSING, VOSK, Fault
from campaign.errors import EXIT_BAD_INPUT, ModelError

_LONGEST_SECONDS = 600.0
"""Large models take minutes to load from a slow disk."""
DAMAGED = "已损坏，引擎读不了"

_COMPLAINTS: Sequence[tuple[str, str]] = (
    ("words.txt", "graph/Gr.fst"),  # the word list is kept in it; what is looked for instead was never there
    ("decoding graph", "graph/HCLr.fst"),
    ("word-boundary", "graph/phones/word_boundary.int"),
    ("vector feature dimension", "ivector/final.ie"),
    ("spliced_input_dim", "ivector/splice.conf"),
    ("silence-phones|endpointing config", "conf/model.conf"),
    ("feature config", "conf/mfcc.conf"),
    ("Variable '|model binary|model version", "model.bin"),
)
"""What Kaldi and the others complain of, and the file that is to blame."""
_NAMED_FILE = re.compile(r"((?:am|conf|graph|ivector)/[\w./-]*\w|model\.bin|config\.json|vocabulary\.\w+)")
_IS_COMPLAINT = re.compile(r"ERROR|ASSERTION_FAILED|Error|rror:")


def try_model(engine: str, folder: Path) -> list[Fault]:
    """Load a model and let it hear something; a fault when it can't."""
    root = Path(__file__).resolve().parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "asr.model_trial", engine, str(folder)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", env=environment,
            timeout=_LONGEST_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return [Fault("", f"{_LONGEST_SECONDS:.0f} 秒还没有打开，文件可能已损坏")]
    if done.returncode == 0:
        return []
    fault = blamed(done.stderr)
    is_there = not fault.file or (folder / fault.file).exists()
    return [fault if is_there else Fault(fault.file, MISSING)]


def blamed(complaints: str) -> Fault:
    """The file that an engine's complaints point at."""
    lines = [line for line in complaints.splitlines() if _IS_COMPLAINT.search(line)]
    for line in lines:
        for pattern, file in _COMPLAINTS:
            if re.search(pattern, line):
                return Fault(file, DAMAGED)
        named = _NAMED_FILE.search(line)
        if named:
            return Fault(named[1], DAMAGED)
    reason = f"（{lines[-1].strip()[:160]}）" if lines else ""
    return Fault("", f"文件已损坏，引擎打开时出错{reason}")


def main(arguments: Sequence[str]) -> int:
    """Try one model in this process."""
    import numpy as np

    from asr.models import PreparedModel, load_recognizer
    from asr.recognizer import SAMPLE_RATE, Expectation

    engine, folder = arguments
    try:
        recognizer = load_recognizer(PreparedModel(engine, Path(folder)))
    except ModelError as error:
        print(f"ERROR {error.__cause__}", file=sys.stderr)
        return EXIT_BAD_INPUT
    try:
        for expectation in (Expectation(), Expectation(("是",))) if engine == VOSK else (Expectation(),):
            utterance = recognizer.listen(expectation)
            utterance.accept(np.random.default_rng(0).normal(0, 300, SAMPLE_RATE).astype(np.int16))
            utterance.finish().result(timeout=_LONGEST_SECONDS)
    finally:
        recognizer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
