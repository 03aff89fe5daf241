"""The whole evaluation: `evaluate.py FOLDER polars|pyarrow|pandas scipy|numpy|pingouin csv|arrow`.

`csv` begins at the file, `arrow` at a frame of it that is at hand.
"""

import importlib
import sys
from time import perf_counter, process_time

start = perf_counter()

from common import FOLDER, report  # noqa: E402
from findings import Statistics  # noqa: E402

LIBRARY, STATISTICS, SOURCE = sys.argv[2:5]
library = importlib.import_module(f"frame_{LIBRARY}")
statistics = Statistics(STATISTICS)
frame = None
if SOURCE == "arrow":
    from pyarrow import ipc

    frame = library.at_hand(ipc.open_file(str(FOLDER / "assessments.arrow")).read_all())

begun, used = perf_counter(), process_time()
people = library.pairs(frame)
paired = len(people.baseline)
check = {
    "rows": people.rows,
    "scored": people.scored,
    "with-baseline": people.with_baseline,
    "paired": paired,
    "completion-interval": statistics.share(paired, people.with_baseline),
    # Whole hundredths until the end: equal changes stay equal.
    **statistics.of(people.baseline, people.follow_up),
}
report([perf_counter() - begun], check, processor=process_time() - used)
