"""A frame of answers to a frame of scores: `score_frame.py FOLDER polars|pyarrow|pandas`."""

import importlib
import sys

from common import FOLDER, fit_both, report
from pyarrow import ipc

library = importlib.import_module(f"frame_{sys.argv[2]}")
frame = library.at_hand(ipc.open_file(str(FOLDER / "assessments.arrow")).read_all())
seconds, processor, scored = fit_both(lambda: library.score(frame))
report(seconds, library.tally(scored), processor=processor)
