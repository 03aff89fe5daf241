"""Recompute caseload/truth.json from the CSV files alone.

An independent reading of the records: standard library only, sharing no code with the generator or
with clw. Run it with `python3 examples/check_truth.py`; it fails on the first difference.
"""

import csv
import json
import statistics
import tomllib
from collections import Counter, defaultdict
from datetime import date, datetime
from pathlib import Path

FOLDER = Path(__file__).parent / "caseload"
MAPPING = tomllib.loads((FOLDER / "mapping.toml").read_text(encoding="utf-8"))
TRUTH = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
AS_OF = date.fromisoformat(TRUTH["as-of"])
# Stewart-Brown and others 2009, doi:10.1186/1477-7525-7-15: raw sums 7 to 35, in hundredths.
METRIC = [
    700, 951, 1125, 1240, 1333, 1408, 1475, 1532, 1584, 1636, 1688, 1743, 1798, 1859, 1925,
    1998, 2073, 2154, 2235, 2321, 2411, 2503, 2602, 2703, 2813, 2931, 3070, 3255, 3500,
]  # fmt: skip
ONS4 = ["life-satisfaction", "worthwhile", "happy", "anxious"]


def clean(cell):
    cell = cell.strip().lower()
    return "" if cell in {blank.lower() for blank in MAPPING["blanks"]} else cell


def table(kind):
    columns = MAPPING["tables"][kind]["columns"]
    path = FOLDER / MAPPING["tables"][kind]["file"]
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            fields = {}
            for field, heading in columns.items():
                many = isinstance(heading, list)
                fields[field] = [clean(row[h]) for h in heading] if many else clean(row[heading])
            yield fields


def code(codes, cell):
    return MAPPING["codes"].get(codes, {}).get(cell, cell)


def day(cell):
    if not cell:
        return None
    form = "%d/%m/%Y" if "/" in cell else "%Y-%m-%d"
    return datetime.strptime(cell, form).date()


def answers(row):
    labels = MAPPING["answers"]["swemwbs"]
    blanks = MAPPING["answer-blanks"]
    return [None if c == "" or c in blanks else int(labels.get(c, c)) for c in row["answers"]]


def read_episodes():
    episodes = {}
    for row in table("episodes"):
        seen = day(row["first-contact"])
        episodes[row["episode"]] = row | {
            "referred": day(row["referred"]),
            "closed": day(row["closed"]),
            "end": code("end-reason", row["end-reason"]),
            "first-seen": seen,
            "attended": None,
            "held": False,
        }
    for row in table("contacts"):
        attendance = code("attendance", row["attendance"])
        kind = code("contact-type", row["kind"])
        when = day(row["date"])
        appointment = attendance == "seen" and kind not in {"liaison", "enquiry"}
        if appointment and when <= AS_OF:
            episode = episodes[row["episode"]]
            episode["attended"] = [*(episode["attended"] or []), when]
    for row in table("holds"):
        if day(row["from"]) <= AS_OF and (day(row["to"]) or AS_OF) >= AS_OF:
            episodes[row["episode"]]["held"] = True
    return episodes


def read_scores(episodes):
    """Scores by measure and episode, as (date, score) pairs, and the fate of every row."""
    fate = {"swemwbs": Counter(), "ons4": Counter()}
    forms = defaultdict(list)
    for row in table("assessments"):
        tool = "ons4" if row["instrument"] == "ons4" else "swemwbs"
        fate[tool]["rows"] += 1
        episode = episodes.get(row["episode"])
        when = day(row["date"])
        if "/" in row["person"]:
            fate[tool]["merged-ids"] += 1
        elif episode is None or episode["person"] != row["person"]:
            fate[tool]["unknown-episode"] += 1
        elif when is None:
            fate[tool]["no-date"] += 1
        elif when > AS_OF:
            fate[tool]["after-extract"] += 1
        elif when < episode["referred"]:
            fate[tool]["before-referral"] += 1
        else:
            forms[tool, row["episode"], when].append(answers(row))
    scores = defaultdict(lambda: defaultdict(list))
    for (tool, episode, when), given in forms.items():
        distinct = {tuple(one) for one in given}
        if len(distinct) > 1:
            fate[tool]["conflicting-rows"] += len(given)
            continue
        fate[tool]["repeated-row"] += len(given) - 1
        items = given[0]
        if tool == "ons4":
            items = items[:4]
            fate[tool]["incomplete" if None in items else "usable"] += 1
            for name, value in zip(ONS4, items, strict=True):
                if value is not None:
                    scores[name][episode].append((when, value))
        elif None in items:
            fate[tool]["incomplete"] += 1
        elif not all(1 <= value <= 5 for value in items):
            fate[tool]["out-of-range"] += 1
        else:
            fate[tool]["usable"] += 1
            scores["swemwbs"][episode].append((when, METRIC[sum(items) - 7]))
    return scores, fate


def closed(episode):
    last = max(episode["attended"] or [episode["first-seen"] or date.min])
    return episode["closed"] is not None and episode["closed"] >= last


def due(episode):
    if closed(episode):
        return "deceased" if episode["end"] == "deceased" else "due"
    if episode["held"]:
        return "on-hold"
    return "due" if len(episode["attended"] or []) >= 4 else "open-with-fewer-than-four-attended"


def flow(episodes, scores):
    boxes, not_due, pairs, pairs_not_due = Counter(), Counter(), [], 0
    for name, episode in episodes.items():
        boxes["referred"] += 1
        if code("yes-no", episode["accepted"]) != "yes":
            continue
        boxes["accepted"] += 1
        if not (episode["attended"] or episode["first-seen"]):
            continue
        boxes["first-contact"] += 1
        boxes["eligible"] += 1
        dated = sorted(scores.get(name, []))
        if not dated:
            continue
        boxes["baseline-valid"] += 1
        state = due(episode)
        if state != "due":
            not_due[state] += 1
            pairs_not_due += len(dated) > 1
            continue
        boxes["due"] += 1
        if len(dated) > 1:
            boxes["follow-up-valid"] += 1
            boxes["paired"] += 1
            pairs.append((dated[0][1], dated[-1][1]))
    return boxes | {"not-due": not_due, "pairs-not-due": pairs_not_due}, pairs


def same(what, found, expected):
    if isinstance(expected, dict):
        for key in expected.keys() | found.keys():
            same(f"{what}, {key}", found.get(key, 0), expected.get(key, 0))
    elif isinstance(expected, float):
        assert abs(found - expected) < 1e-9 * abs(expected), f"{what}: {found}, not {expected}"
    else:
        assert found == expected, f"{what}: {found}, not {expected}"


def same_measure(what, episodes, scores, expected, unit):
    boxes, pairs = flow(episodes, scores)
    same(f"{what} flow", boxes, expected["flow"])
    change = [(last - first) / unit for first, last in pairs]
    found = {
        "n": len(pairs),
        "baseline-mean": statistics.fmean(first for first, _ in pairs) / unit,
        "follow-up-mean": statistics.fmean(last for _, last in pairs) / unit,
        "mean-change": statistics.fmean(change),
        "sd-of-change": statistics.stdev(change),
        "higher": sum(c > 0 for c in change),
        "same": sum(c == 0 for c in change),
        "lower": sum(c < 0 for c in change),
    }
    same(f"{what} change", found, expected["paired-change"])


def same_by(what, episodes, scores, key, expected):
    groups = defaultdict(dict)
    for name, episode in episodes.items():
        groups[key(episode)][name] = episode
    same(what, {group: flow(part, scores)[0] for group, part in groups.items()}, expected)


def known_codes():
    """Every cell of a column of codes is a code, a mapped spelling, not known or blank."""
    lists = {
        ("people", "gender"): "gender",
        ("episodes", "source"): "referral-source",
        ("episodes", "primary-reason"): "referral-reason",
        ("episodes", "end-reason"): "end-reason",
        ("contacts", "kind"): "contact-type",
        ("contacts", "mode"): "contact-mode",
        ("contacts", "attendance"): "attendance",
        ("assessments", "mode"): "assessment-mode",
        ("assessments", "setting"): "assessment-setting",
        ("needs", "reason"): "referral-reason",
        ("onward-links", "status"): "onward-status",
        ("outcomes", "reason"): "referral-reason",
    }
    for (kind, field), codes in lists.items():
        found = {code(codes, row[field]) for row in table(kind)} - {*MAPPING["not-known"], ""}
        odd = [one for one in found if not one.replace("-", "").isalpha()]
        assert not odd, f"{kind}, {field}: {odd} are in no code list"


def main():
    known_codes()
    episodes = read_episodes()
    scores, fate = read_scores(episodes)
    same_measure("swemwbs", episodes, scores["swemwbs"], TRUTH, 100)
    for name in ONS4:
        same_measure(name, episodes, scores[name], TRUTH["ons4"][name], 1)
    same("assessment rows", fate, TRUTH["assessment-rows"])
    quintiles = {row["person"]: row["simd-quintile"] for row in table("people")}
    practice = {name.lower(): flow for name, flow in TRUTH["flow-by-practice"].items()}
    worker = {name.lower(): flow for name, flow in TRUTH["flow-by-worker"].items()}
    quintile = TRUTH["flow-by-simd-quintile"]
    swemwbs = scores["swemwbs"]
    same_by("practice", episodes, swemwbs, lambda e: e["practice"], practice)
    same_by("worker", episodes, swemwbs, lambda e: e["worker"], worker)
    same_by("quintile", episodes, swemwbs, lambda e: quintiles[e["person"]], quintile)
    early = sum(e["closed"] is not None and not closed(e) for e in episodes.values())
    same("early closures", early, TRUTH["closures-before-the-last-attended-appointment"])
    print(f"{len(episodes)} episodes agree with the truth in every box")


main()
