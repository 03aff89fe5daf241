"""Outcomes of community link worker programmes.

>>> import clw
>>> sheet = clw.instrument("swemwbs").score([3, 3, 3, 3, 3, 3, 3])
>>> sheet["wellbeing"].value
19.25
>>> clw.instrument("swemwbs").score([3, 3, 300, 3, 3, 3, 3])["wellbeing"].problems
(<Problem out-of-range: item 3 (`relaxed`) was answered 300, outside 1..=5; ...>,)
"""

from ._clw import (
    Caseload,
    Change,
    ClwError,
    Course,
    DryRun,
    Evaluation,
    Frame,
    Instrument,
    Item,
    Mapping,
    Measure,
    MeasureScore,
    National,
    PairCounts,
    Plan,
    PostcodeLookup,
    Problem,
    Return,
    ScoreSheet,
    Trajectories,
    __version__,
    check,
    evaluate,
    guess_mapping,
    instrument,
    instruments,
)

__all__ = [
    "Caseload",
    "Change",
    "ClwError",
    "Course",
    "DryRun",
    "Evaluation",
    "Frame",
    "Instrument",
    "Item",
    "Mapping",
    "Measure",
    "MeasureScore",
    "National",
    "PairCounts",
    "Plan",
    "PostcodeLookup",
    "Problem",
    "Return",
    "ScoreSheet",
    "Trajectories",
    "__version__",
    "check",
    "evaluate",
    "guess_mapping",
    "instrument",
    "instruments",
]
