"""An evaluation as one table for spreadsheets and Power BI: a row for each figure.

Nothing is worked out here. A figure is a number of `Evaluation.to_dict()` under the path of its
keys, with the interval that stands beside it and the number of people or episodes that it rests
on.
"""

from collections.abc import Iterator
from typing import Any

from ._clw import Evaluation

__all__ = ["COLUMNS", "figures"]

COLUMNS = (
    "instrument",
    "measure",
    "rule",
    "by",
    "group",
    "statistic",
    "value",
    "lower",
    "upper",
    "level",
    "n",
    "unit",
    "not_computed",
)
# What a node calls the figure that its interval is of.
ESTIMATES = (
    "cohens-dz",
    "estimate",
    "hodges-lehmann",
    "mean-change",
    "odds-ratio",
    "proportion",
    "rank-biserial",
    "share",
    "share-positive",
    "value",
    "weighted",
)
SIZES = ("n", "of", "paired", "at-risk", "people")
# What tells the entries of a list apart; the first that an entry has names it.
NAMES = ("box", "fate", "name", "issue", "band-set", "band", "end", "by", "day", "rule", "term")
# Settings, definitions and outlines of pictures, which are no figures.
LEFT_OUT = (
    "scale",
    "options",
    "axis",
    "curve",
    "cautions",
    "limits",
    "indicator",
    "method",
    "lists",
)
UNITS = {
    "count": "episodes",
    "episodes": "episodes",
    "n": "episodes",
    "of": "episodes",
    "p": "probability",
    "mean": "points of the measure",
    "mean-change": "points of the measure",
    "hodges-lehmann": "points of the measure",
    "standard-deviation": "points of the measure",
    "standard-error": "points of the measure",
    "smallest-reliable-change": "points of the measure",
    "share": "share",
    "share-positive": "share",
    "proportion": "share",
    "best": "share",
    "worst": "share",
}


def figures(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Every figure of an evaluation, with the columns `COLUMNS`.

    `rule` is the place of an end-point rule among those compared, "main" for the plan's own; `by`
    and `group` say for whom, where not for all. A figure that a sample is too small for has no
    value, and `not_computed` says why.
    """
    told = evaluation.to_dict()
    rows: list[dict[str, Any]] = []
    for finding in told["findings"]:
        of = {key: finding[key] for key in ("instrument", "measure")} | {"rule": "main"}
        for key, part in finding.items():
            match key:
                case "groups":
                    for group in part:
                        rows += _walk(group, [], of | {"by": group["by"], "group": group["group"]})
                case "rules":
                    for place, rule in enumerate(part, 1):
                        rows += _walk(rule, [], of | {"rule": str(place)})
                case _ if key not in LEFT_OUT:
                    rows += _walk(part, [key], of)
    rows += _walk(told["records"], ["records"], {})
    return [{column: row.get(column) for column in COLUMNS} for row in rows]


def _walk(
    node: Any, path: list[str], of: dict[str, Any], size: int | None = None
) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        names = [_name(entry, place) for place, entry in enumerate(node, 1)]
        for place, (name, entry) in enumerate(zip(names, node, strict=True), 1):
            # Where a name does not tell entries apart, their place does.
            label = name if names.count(name) == 1 else f"{name} {place}"
            yield from _walk(entry, [*path, label], of, size)
        return
    if not isinstance(node, dict):
        return
    size = next((node[key] for key in SIZES if isinstance(node.get(key), int)), size)
    figure = of | {"n": size}
    if "not-computed" in node:
        yield figure | {"statistic": ".".join(path), "not_computed": node["not-computed"]}
        return
    interval = node.get("interval")
    estimate = next((key for key in ESTIMATES if _is_number(node.get(key))), None)
    limits = {}
    if isinstance(interval, dict) and "lower" in interval and estimate is not None:
        limits = {limit: interval[limit] for limit in ("lower", "upper", "level")}
    for key, part in node.items():
        if key in LEFT_OUT or (key == "interval" and limits):
            continue
        if _is_number(part):
            row = figure | {
                "statistic": ".".join([*path, key]),
                "value": part,
                "unit": _unit(key, path),
            }
            yield row | (limits if key == estimate else {})
        else:
            yield from _walk(part, [*path, key], of, size)


def _is_number(part: Any) -> bool:
    return isinstance(part, int | float) and not isinstance(part, bool)


def _name(entry: Any, place: int) -> str:
    found = [entry[key] for key in NAMES if key in entry] if isinstance(entry, dict) else []
    named = [name for name in found if isinstance(name, str | int)]
    return str(named[0]) if named else str(place)


def _unit(key: str, path: list[str]) -> str | None:
    """What a figure counts or measures, by its own name or that of the share it belongs to."""
    if key == "value" and path and path[-1] == "proportion":
        return "share"
    return UNITS.get(key)
