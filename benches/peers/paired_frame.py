"""Two columns of scores to findings: `paired_frame.py FOLDER polars|pyarrow|pandas scipy|numpy|pingouin`."""

import importlib
import sys

from common import fit_both, read_points, report
from findings import Statistics

library, statistics = importlib.import_module(f"frame_{sys.argv[2]}"), Statistics(sys.argv[3])
columns = [library.column(points) for points in read_points()]
seconds, processor, found = fit_both(lambda: statistics.of(*map(library.to_numpy, columns)))
report(seconds, found, processor=processor)
