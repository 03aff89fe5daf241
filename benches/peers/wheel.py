"""clw from Python: `wheel.py FOLDER score|paired|evaluate [csv|arrow]`, with the wheel installed.

Findings are everything that clw finds, not only what the peers find too.
"""

import sys
from time import perf_counter, process_time

import clw
from common import FOLDER, fit_both, report

MAPPING = """
[tables.assessments]
file = "assessments.csv"
constants = { instrument = "swemwbs" }
[tables.assessments.columns]
person = "person"
date = "date"
answers = ["q1", "q2", "q3", "q4", "q5", "q6", "q7"]
"""
PLAN = """
title = "Made-up people"
as-of = "2026-06-30"

[[measures]]
instrument = "swemwbs"

[pairing]
baseline.rule = "first"
end-point.rule = "last"
due.rule = "everyone"
"""


def table():
    from pyarrow import ipc

    return ipc.open_file(str(FOLDER / "assessments.arrow")).read_all()


def findings(change: dict) -> dict:
    t, ranks = change["paired-t"], change["signed-rank"]
    interval = t["interval"]
    spread = {
        f"{name}-{short}": change[name][of]
        for name in ("baseline", "follow-up")
        for short, of in (("mean", "mean"), ("sd", "standard-deviation"))
    }
    return spread | {
        "mean-change": change["change"]["mean"],
        "change-sd": change["change"]["standard-deviation"],
        "mean-change-interval": [interval["lower"], interval["upper"]],
        "t": t["t"],
        "t-p": t["p"],
        "z": abs(ranks["method"]["normal-approximation"]["z"]),
        "wilcoxon-p": ranks["p"],
    }


def score() -> None:
    from frame_pyarrow import tally

    instrument, frame = clw.instrument("swemwbs"), table()
    columns = [f"q{item}" for item in range(1, 8)]
    seconds, processor, scored = fit_both(lambda: instrument.score_frame(frame, columns=columns))
    names = {f"wellbeing_{name}": name for name in ("points", "value", "band", "outcome")}
    report(seconds, tally(scored.select([*names]).rename_columns(names)), processor=processor)


def paired() -> None:
    import pyarrow
    from common import read_points

    measure = clw.instrument("swemwbs").measures[0]
    columns = [pyarrow.array(points) for points in read_points()]
    work = lambda: clw.PairCounts.count(measure, *columns).change()  # noqa: E731
    seconds, processor, change = fit_both(work)
    report(seconds, findings(change.to_dict()), processor=processor)


def evaluate(source: str) -> None:
    of = {"folder": FOLDER} if source == "csv" else {"frames": {"assessments": table()}}
    begun, used = perf_counter(), process_time()
    mapping, plan = clw.Mapping.from_toml(MAPPING), clw.Plan.from_toml(PLAN)
    evaluation = clw.evaluate(plan=plan, mapping=mapping, **of)
    text = evaluation.to_json()
    seconds, processor = perf_counter() - begun, process_time() - used
    assert text
    told = evaluation.to_dict()
    found, counts = told["findings"][0], told["counts"]
    completion = found["flow"]["rates"]["paired-completion"]
    rows = counts["rows"]["assessments"]
    interval = completion["proportion"]["interval"]
    check = findings(found["change"]) | {
        "rows": rows["used"],
        "scored": rows["used"] - counts["measures"][0]["sittings"].get("unscored", 0),
        "with-baseline": completion["of"],
        "paired": completion["count"],
        "completion-interval": [interval["lower"], interval["upper"]],
    }
    report([seconds], check, processor=processor)


if __name__ == "__main__":
    works = {"score": score, "paired": paired, "evaluate": lambda: evaluate(sys.argv[3])}
    works[sys.argv[2]]()
