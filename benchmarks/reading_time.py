"""How long the understanding takes: to start, with its caches there, and for each sentence.

    python -m benchmarks.reading_time [TABLE...]

TABLE holds answers (default: ``benchmarks/answers/tuning.tsv``). Processor time of this process, so that
other work on the machine counts less; the first hundred answers are for warming up.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.slot_accuracy import read_cases
from dialogs.loading import load_script
from dialogs.understanding import Context, understanding_of
from dialogs.understanding.single_answer import question_of

TODAY = date(2026, 11, 22)
_WARM_UP = 100


def main(tables: list[Path]) -> int:
    imported = time.process_time()
    script = load_script("health_survey")
    loaded = time.process_time()
    understanding = understanding_of(script)
    understanding.prepare(TODAY)
    made = time.process_time()
    print(f"imports {imported:.2f} s, script {loaded - imported:.2f} s, understanding {made - loaded:.2f} s")
    seconds = []
    for case in (case for table in tables for case in read_cases(table)):
        context = Context(question_of(script, case.question), TODAY)
        started = time.process_time()
        understanding.read(case.text, context)
        seconds.append(time.process_time() - started)
    spent = 1000 * np.array(seconds[_WARM_UP:])
    middle, late = np.percentile(spent, (50, 95))
    print(f"{len(spent)} sentences: mean {spent.mean():.2f}, p50 {middle:.2f}, p95 {late:.2f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]] or [Path("benchmarks/answers/tuning.tsv")]))
