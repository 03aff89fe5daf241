"""Evaluates a caseload whose tables were read with polars alone, and writes the evaluation as JSON.

    python examples/python/with_polars.py examples/caseload > evaluation.json
"""

import sys
from pathlib import Path

import clw
import polars

folder = Path(sys.argv[1])
mapping = clw.Mapping.from_file(folder / "mapping.toml")
plan = clw.Plan.from_file(folder / "plan.toml")
frames = {
    table: polars.read_csv(folder / file, infer_schema=False)
    for table, file in mapping.files.items()
}
caseload = clw.Caseload.from_frames(frames, mapping=mapping)
print(repr(clw.check(caseload)), file=sys.stderr)
evaluation = clw.evaluate(caseload, plan=plan)
print(evaluation.summary, file=sys.stderr)
sys.stdout.write(evaluation.to_json())
