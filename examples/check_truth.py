"""Recompute caseload/truth.json from the CSV files alone.

An independent reading of the records: standard library only, sharing no code with the generator or
with clw. Run it with `python3 examples/check_truth.py`; it fails on the first difference.
"""

import csv
import json
import statistics
import tomllib
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
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
ONS4_PRACTICES = {
    "carnbeg health centre",
    "fernamoy medical centre",
    "kilmarrow road surgery",
    "lochbrae medical practice",
}
PAPER_PRACTICES = {
    "dunlarig practice",
    "eskfallan surgery",
    "fernamoy medical centre",
    "glentarrow practice",
}
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


def by_the_end(episode, dated):
    """The last score after the first, at most four weeks after the closure."""
    limit = episode["closed"] + timedelta(days=28) if closed(episode) else date.max
    return max(((when, score) for when, score in dated[1:] if when <= limit), default=(None, None))[1]


def due(episode):
    if closed(episode):
        return "deceased" if episode["end"] == "deceased" else "due"
    if episode["held"]:
        return "on-hold"
    return "due" if len(episode["attended"] or []) >= 4 else "open-with-fewer-than-four-attended"


def first_seen(episode):
    days = [*(episode["attended"] or []), episode["first-seen"]]
    return min((day for day in days if day), default=None)


def everybody(_):
    return True


def asked_ons4(episode):
    return episode["practice"] in ONS4_PRACTICES and first_seen(episode) >= date(2025, 1, 1)


def flow(episodes, scores, asked=everybody):
    boxes, not_due, pairs, pairs_not_due = Counter(), Counter(), [], 0
    for name, episode in episodes.items():
        boxes["referred"] += 1
        if code("yes-no", episode["accepted"]) != "yes":
            continue
        boxes["accepted"] += 1
        if not (episode["attended"] or episode["first-seen"]):
            continue
        boxes["first-contact"] += 1
        if not asked(episode):
            continue
        boxes["eligible"] += 1
        dated = sorted(scores.get(name, []))
        if not dated:
            continue
        boxes["baseline-valid"] += 1
        state = due(episode)
        if state != "due":
            not_due[state] += 1
            pairs_not_due += by_the_end(episode, dated) is not None
            continue
        boxes["due"] += 1
        boxes["follow-up-valid"] += len(dated) > 1
        if (end := by_the_end(episode, dated)) is not None:
            boxes["paired"] += 1
            pairs.append((dated[0][1], end))
    return boxes | {"not-due": not_due, "pairs-not-due": pairs_not_due}, pairs


def same(what, found, expected):
    if isinstance(expected, dict):
        for key in expected.keys() | found.keys():
            same(f"{what}, {key}", found.get(key, 0), expected.get(key, 0))
    elif isinstance(expected, float):
        assert abs(found - expected) < 1e-9 * abs(expected), f"{what}: {found}, not {expected}"
    else:
        assert found == expected, f"{what}: {found}, not {expected}"


def same_measure(what, episodes, scores, expected, unit, asked=everybody):
    boxes, pairs = flow(episodes, scores, asked)
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


def seen(episode):
    return code("yes-no", episode["accepted"]) == "yes" and first_seen(episode) is not None


def of_seen(kind, episodes):
    """The rows of a table by the episode, of the episodes of people seen."""
    rows = {name: [] for name, episode in episodes.items() if seen(episode)}
    for row in table(kind):
        rows[row["episode"]].append(row)
    return rows.values()


def counted(values):
    """Values, not known, not applicable, missing."""
    not_known = sum(value in MAPPING["not-known"] or value == "dk" for value in values)
    missing = sum(value == "" for value in values)
    return [len(values) - not_known - missing, not_known, 0, missing]


def same_records(episodes):
    expected = TRUTH["records"]
    people = list(table("people"))
    came = sum(seen(episode) for episode in episodes.values())
    listed = sum(episode["attended"] is not None for episode in episodes.values())
    others = len(episodes) - came
    fields = {
        "age": [len(people), 0, 0, 0],
        "gender": counted([person["gender"] for person in people]),
        "simd": counted([person["simd-quintile"] for person in people]),
        "referral-date": [len(episodes), 0, 0, 0],
        "referral-source": counted([episode["source"] for episode in episodes.values()]),
        "referral-reason": counted([episode["primary-reason"] for episode in episodes.values()]),
        "first-meeting": [came, 0, others, 0],
        "repeat-contacts": [listed, came - listed, others, 0],
        "onward-referral": [came, 0, others, 0],
    }
    same("fields", fields, expected["fields"])
    ended = [episode for episode in episodes.values() if episode["closed"]]
    attended = [
        day(row["date"])
        for row in table("contacts")
        if code("attendance", row["attendance"]) == "seen"
    ]
    issues = {
        "episodes-overlap": [0, len(episodes) - len(people)],
        "referred-twice-on-one-day": [0, len(episodes) - len(people)],
        "contacts-not-known": [came - listed, came],
        "contact-after-closure": [sum(not closed(episode) for episode in ended), len(ended)],
        "end-reason-not-recorded": [sum(episode["end"] == "" for episode in ended), len(ended)],
        "attended-after-as-of": [sum(when > AS_OF for when in attended), len(attended)],
    }
    same("issues", issues, expected["issues"])
    same_help(episodes, expected)


def same_help(episodes, expected):
    def lists(kind):
        rows = list(of_seen(kind, episodes))
        return rows, {"episodes": len(rows), "with-any": sum(bool(of) for of in rows)}

    def reason(row):
        return code("referral-reason", row["reason"])

    rows, needs = lists("needs")
    met = [[code("yes-no", need["met"]) for need in of] for of in rows]
    by_reason = defaultdict(lambda: [0, 0, 0])
    for need in (need for of in rows for need in of):
        place = {"yes": 0, "no": 1}.get(code("yes-no", need["met"]), 2)
        by_reason[reason(need)][place] += 1
    needs |= {"with-unmet": sum("no" in of for of in met), "by-reason": by_reason}
    same("needs", needs, expected["needs"])

    rows, onward = lists("onward-links")
    statuses = [[code("onward-status", link["status"]) for link in of] for of in rows]
    by_status = Counter(status for of in statuses for status in of)
    unknown = sum(by_status.pop(word, 0) for word in ["unknown", "not known", "dk"])
    missing = by_status.pop("", 0)
    taken_up = {"attended-once", "engaged", "completed"}
    onward |= {
        "with-taken-up": sum(bool(taken_up & set(of)) for of in statuses),
        "by-status": by_status,
        "not-known": unknown,
        "not-recorded": missing,
    }
    same("onward links", onward, expected["onward"])

    rows, outcomes = lists("outcomes")
    values = [row["value-pounds"] for of in rows for row in of]
    outcomes |= {
        "by-reason": Counter(kind for of in rows for kind in {reason(row) for row in of}),
        "outcomes": len(values),
        "with-value": sum(value != "" for value in values),
        "value-pence": sum(round(100 * float(value)) for value in values if value),
    }
    same("outcomes", outcomes, expected["outcomes"])


def same_times(episodes, scores):
    times = Counter()
    paper = [Counter(), Counter()]
    for name, episode in episodes.items():
        days = sorted(when for when, _ in scores.get(name, []))
        if not seen(episode) or not days:
            continue
        times["baselines"] += 1
        if len(days) > 1:
            times["followed-up"] += 1
            times["days"] += (days[1] - days[0]).days
        if episode["practice"] not in PAPER_PRACTICES or due(episode) != "due":
            continue
        fell_due = [episode["closed"]] if closed(episode) else []
        fell_due += sorted(episode["attended"] or [])[3:4]
        fell_due = max(min(fell_due), days[0])
        if fell_due < date(2025, 1, 1) or fell_due >= date(2025, 4, 1):
            period = paper[fell_due.year > 2024]
            period["due"] += 1
            period["paired"] += len(days) > 1
    same("time to follow-up", times, TRUTH["time-to-follow-up"])
    for found, made in zip(paper, TRUTH["before-and-after-paper"], strict=True):
        same("before and after paper", found, made)


def same_after_exit(episodes, scores):
    """Whoever answered again twelve weeks after the end or later, against the start and the end."""
    truth = {"ended": 0, "since-baseline": Counter(), "since-exit": Counter()}

    def add(since, before, after):
        truth[since].update(
            {"n": 1, "improved": after > before, "change-hundredths": after - before}
        )

    for name, episode in episodes.items():
        dated = sorted(scores.get(name, []))
        alive = closed(episode) and episode["end"] != "deceased"
        if not (seen(episode) and dated and alive and (AS_OF - episode["closed"]).days >= 84):
            continue
        truth["ended"] += 1
        later = [score for when, score in dated[1:] if (when - episode["closed"]).days >= 84]
        by_the_end = [score for when, score in dated[1:] if when <= episode["closed"]]
        if later:
            add("since-baseline", dated[0][1], later[0])
        if later and by_the_end:
            add("since-exit", by_the_end[-1], later[0])
    same("after exit", truth, TRUTH["after-exit"])


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


def same_came_back():
    """Those who came back: a total counts where there are no answers."""
    folder = FOLDER.parent / "came-back"
    truth = json.loads((folder / "truth.json").read_text())
    forms, totals_only = {}, 0
    with (folder / "forms.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            given = [row[f"Q{item}"] for item in range(1, 8)]
            raw = sum(map(int, given)) if all(given) else int(row["SWEMWBS"])
            totals_only += not any(given)
            forms.setdefault(row["Client"], []).append((row["Date"], METRIC[raw - 7]))
    changes = [max(of)[1] - min(of)[1] for of in forms.values() if len(of) > 1]
    found = {
        "people": len(forms),
        "sittings": sum(map(len, forms.values())),
        "totals-without-answers": totals_only,
        "paired": len(changes),
    }
    same("those who came back", found, {key: truth[key] for key in found})
    assert abs(sum(changes) / len(changes) / 100 - truth["mean-change-of-pairs"]) < 1e-12


def main():
    known_codes()
    same_came_back()
    episodes = read_episodes()
    scores, fate = read_scores(episodes)
    same_measure("swemwbs", episodes, scores["swemwbs"], TRUTH, 100)
    for name in ONS4:
        same_measure(name, episodes, scores[name], TRUTH["ons4"][name], 1, asked_ons4)
    same_records(episodes)
    same_times(episodes, scores["swemwbs"])
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
