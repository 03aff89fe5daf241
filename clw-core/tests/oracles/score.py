"""Forms with the sheet each of them must score to, worked out apart from the library.

    python clw-core/tests/oracles/score.py > clw-core/tests/golden/score.json

Python's standard library alone. The published tables and band edges stand below as printed:

* SWEMWBS: conversion table of Stewart-Brown et al. (2009), bands of Ng Fat et al. (2017).
* ONS4: thresholds of the ONS user guide. PHQ-9: Kroenke et al. (2001). GAD-7: Spitzer et al. (2006).
* WHO-5: Topp et al. (2015). DASS-21: item numbers and labels of the manual (1995), scores doubled.

A case has `answers` (codes, null for a blank, "not-applicable") and either `expect`, the sheet, or
`error`, its code and message.
"""

import json

SWEMWBS_METRIC = """
7 7.00  8 9.51  9 11.25  10 12.40  11 13.33  12 14.08  13 14.75  14 15.32  15 15.84  16 16.36
17 16.88  18 17.43  19 17.98  20 18.59  21 19.25  22 19.98  23 20.73  24 21.54  25 22.35  26 23.21
27 24.11  28 25.03  29 26.02  30 27.03  31 28.13  32 29.31  33 30.70  34 32.55  35 35.00
""".split()
METRIC = {int(raw): metric for raw, metric in zip(SWEMWBS_METRIC[::2], SWEMWBS_METRIC[1::2])}

SEVERITY = ["normal", "mild", "moderate", "severe", "extremely-severe"]
ONS_GOOD = ("ons", [(4, "low"), (6, "medium"), (8, "high"), (10, "very-high")])
ONS_ANXIOUS = ("ons", [(1, "very-low"), (3, "low"), (5, "medium"), (10, "high")])
STAGES = [f"stage-{stage}" for stage in range(1, 6)]
FIVE = ("stages", list(zip([1, 2, 3, 4, 5], STAGES)))
TEN = ("stages", list(zip([2, 4, 6, 8, 10], STAGES)))


def severity(highest):
    return ("severity", list(zip(highest, SEVERITY)))


def sum_measure(id, items, bands=None, multiply=1):
    return {"id": id, "items": items, "bands": bands, "multiply": multiply}


def each_item(ids, bands):
    return [sum_measure(id, [number], bands) for number, id in enumerate(ids, 1)]


WELLBEING_STAR = (
    "lifestyle looking-after-yourself managing-symptoms work-and-activities money where-you-live"
    " family-and-friends feeling-positive"
).split()
OLDER_PERSONS = (
    "staying-well keeping-in-touch feeling-positive dignity looking-after-yourself staying-safe"
    " managing-money"
).split()
RECOVERY = (
    "managing-mental-health self-care living-skills social-networks work relationships"
    " addictive-behaviour responsibilities identity trust-and-hope"
).split()
ONS4 = ["life-satisfaction", "worthwhile", "happy", "anxious"]
SEVEN = list(range(1, 8))

# id: version, item ids, lowest and highest code, measures.
INSTRUMENTS = {
    "swemwbs": (
        "2009",
        "optimistic useful relaxed dealing-with-problems thinking-clearly close-to-others"
        " making-up-own-mind".split(),
        (1, 5),
        [sum_measure("wellbeing", SEVEN)],
    ),
    "wemwbs": (
        "2007",
        "optimistic useful relaxed interested-in-people energy dealing-with-problems"
        " thinking-clearly good-about-self close-to-others confident making-up-own-mind loved"
        " interested-in-new-things cheerful".split(),
        (1, 5),
        [sum_measure("wellbeing", list(range(1, 15)))],
    ),
    "ons4": (
        "2011",
        ONS4,
        (0, 10),
        each_item(ONS4[:3], ONS_GOOD) + [sum_measure("anxious", [4], ONS_ANXIOUS)],
    ),
    "ucla-3": (
        "2004",
        ["companionship", "left-out", "isolated"],
        (1, 3),
        [sum_measure("loneliness", [1, 2, 3])],
    ),
    "ons-loneliness": (
        "2018",
        ["loneliness"],
        (1, 5),
        each_item(["loneliness"], ("often-or-always", [(1, "often-or-always"), (5, "less-often")])),
    ),
    "phq-9": (
        "2001",
        "interest mood sleep energy appetite self-worth concentration movement self-harm".split(),
        (0, 3),
        [
            sum_measure(
                "depression",
                list(range(1, 10)),
                (
                    "severity",
                    [
                        (4, "minimal"),
                        (9, "mild"),
                        (14, "moderate"),
                        (19, "moderately-severe"),
                        (27, "severe"),
                    ],
                ),
            )
        ],
    ),
    "gad-7": (
        "2006",
        "nervous uncontrolled-worry worry relaxing restless irritable afraid".split(),
        (0, 3),
        [
            sum_measure(
                "anxiety",
                SEVEN,
                ("severity", [(4, "minimal"), (9, "mild"), (14, "moderate"), (21, "severe")]),
            )
        ],
    ),
    "who-5": (
        "1998",
        "cheerful calm active rested interested".split(),
        (0, 5),
        [sum_measure("wellbeing", [1, 2, 3, 4, 5], ("low-wellbeing", [(50, "low"), (100, "not-low")]), 4)],
    ),
    "dass-21": (
        "1995",
        "winding-down dry-mouth positive-feeling breathing initiative over-reacting trembling"
        " nervous-energy situations-of-panic looking-forward agitated relaxing down-hearted"
        " interruptions close-to-panic enthusiasm self-worth touchy heart scared meaning".split(),
        (0, 3),
        [
            sum_measure("depression", [3, 5, 10, 13, 16, 17, 21], severity([9, 13, 20, 27, 42]), 2),
            sum_measure("anxiety", [2, 4, 7, 9, 15, 19, 20], severity([7, 9, 14, 19, 42]), 2),
            sum_measure("stress", [1, 6, 8, 11, 12, 14, 18], severity([14, 18, 25, 33, 42]), 2),
        ],
    ),
    "well-being-star": ("1", WELLBEING_STAR, (1, 5), each_item(WELLBEING_STAR, FIVE)),
    "older-persons-star": ("1", OLDER_PERSONS, (1, 10), each_item(OLDER_PERSONS, TEN)),
    "older-persons-star-short": ("1", OLDER_PERSONS, (1, 5), each_item(OLDER_PERSONS, FIVE)),
    "recovery-star": ("1", RECOVERY, (1, 10), each_item(RECOVERY, TEN)),
}


def band_of(value, bands):
    if bands is None:
        return {}
    name, edges = bands
    return {"band": {"set": name, "band": next(band for highest, band in edges if value <= highest)}}


def scored(instrument, measure, codes):
    raw = sum(codes)
    if instrument == "swemwbs":
        value = float(METRIC[raw])
        points = int(METRIC[raw].replace(".", ""))
        band = "low" if value < 19.5 else "medium" if value <= 27.5 else "high"
        bands = {"band": {"set": "england-2010-2013", "band": band}}
    else:
        points = raw * measure["multiply"]
        value, bands = float(points), band_of(points, measure["bands"])
    return {"outcome": "scored", "points": points, "value": value, "raw": raw, "answered": len(codes), **bands}


def problem(code, number, id, message, **more):
    return {"code": code, "item": number, "id": id, **more, "message": f"item {number} (`{id}`) {message}"}


def problems(measure, ids, limits, answers):
    name, count = measure["id"], len(measure["items"])
    picked = [(number, ids[number - 1], answers[number - 1]) for number in measure["items"]]
    blanks = sum(answer is None for _, _, answer in picked)
    if blanks == count:
        which = "the one item of `%s` is blank; answer it" % name
        if count > 1:
            which = f"all {count} items of `{name}` are blank; answer them"
        return [{"code": "all-blank", "message": which}]
    lowest, highest = limits
    found = []
    for number, id, answer in picked:
        if answer is None:
            text = f"is blank; `{name}` allows 0 blank and has {blanks}; answer it"
            found.append(problem("blank", number, id, text))
        elif answer == "not-applicable":
            text = f"is marked not applicable, which `{name}` does not allow; answer it"
            found.append(problem("not-applicable", number, id, text))
        elif not lowest <= answer <= highest:
            text = f"was answered {answer}, outside {lowest}..={highest}; correct it or leave it blank"
            limits = {"value": answer, "lowest": lowest, "highest": highest}
            found.append(problem("out-of-range", number, id, text, **limits))
    return found


def sheet(instrument, answers):
    version, ids, limits, measures = INSTRUMENTS[instrument]
    assert len(answers) == len(ids), instrument
    entries = []
    for measure in measures:
        found = problems(measure, ids, limits, answers)
        if found:
            outcome = {"outcome": "not-scored", "problems": found}
        else:
            codes = [answers[number - 1] for number in measure["items"]]
            outcome = scored(instrument, measure, codes)
        entries.append({"measure": measure["id"], **outcome})
    return {"instrument": instrument, "version": version, "measures": entries}


def with_sum(total, items, lowest, highest):
    """Codes with this sum, as uneven as they can be."""
    codes = []
    for left in range(items - 1, -1, -1):
        code = max(lowest, min(highest, total - left * lowest))
        codes.append(code)
        total -= code
    return codes


def forms():
    for raw in range(7, 36):
        yield "swemwbs", with_sum(raw, 7, 1, 5)
    fine = [3, 3, 4, 2, 3, 5, 1]
    for item, answer in enumerate([300, 0, 7, 6, -1, 9_007_199_254_740_991, None]):
        yield "swemwbs", [*fine[:item], answer, *fine[item + 1 :]]
    yield "swemwbs", [None] * 7
    yield "swemwbs", ["not-applicable", *fine[1:]]
    yield "swemwbs", [None, 6, *fine[2:5], None, "not-applicable"]
    for total in (14, 42, 43, 59, 60, 70):
        yield "wemwbs", with_sum(total, 14, 1, 5)
    yield "wemwbs", [*with_sum(40, 11, 1, 5), None, None, None]
    for code in range(11):
        yield "ons4", [code, 10 - code, code, code]
    yield "ons4", [7, 8, None, 2]
    yield "ons4", [None] * 4
    yield "ons4", [11, -1, 8, 300]
    for total in range(3, 10):
        yield "ucla-3", with_sum(total, 3, 1, 3)
    yield "ucla-3", [1, 0, 3]
    yield "ucla-3", [1, None, 3]
    for code in (1, 2, 5, 0, None):
        yield "ons-loneliness", [code]
    for total in (0, 4, 5, 9, 10, 14, 15, 19, 20, 27):
        yield "phq-9", with_sum(total, 9, 0, 3)
    yield "phq-9", [*[0] * 8, 4]
    for total in (0, 4, 5, 9, 10, 14, 15, 21):
        yield "gad-7", with_sum(total, 7, 0, 3)
    yield "gad-7", [*[1] * 6, None]
    for total in (0, 12, 13, 25):
        yield "who-5", with_sum(total, 5, 0, 5)
    yield "who-5", [5, 5, 5, 5, 6]
    # One item at a time: each belongs to one measure only.
    for item in range(21):
        yield "dass-21", [3 if number == item else 0 for number in range(21)]
    for totals in [(4, 3, 7), (5, 4, 8), (6, 5, 9), (7, 7, 10), (10, 8, 12), (11, 9, 13), (14, 10, 17), (21, 21, 21)]:
        form = [0] * 21
        for measure, total in zip(INSTRUMENTS["dass-21"][3], totals):
            for number, code in zip(measure["items"], with_sum(total, 7, 0, 3)):
                form[number - 1] = code
        yield "dass-21", form
    yield "dass-21", [None, *[1] * 20]
    for star in ("well-being-star", "older-persons-star-short"):
        count = len(INSTRUMENTS[star][1])
        yield star, [number % 5 + 1 for number in range(count)]
        yield star, [*[5] * (count - 1), "not-applicable"]
        yield star, [*[1] * (count - 1), None]
        yield star, [6, *[2] * (count - 1)]
    for star in ("older-persons-star", "recovery-star"):
        count = len(INSTRUMENTS[star][1])
        yield star, list(range(1, count + 1))
        yield star, list(range(10, 10 - count, -1))
        yield star, ["not-applicable", None, 0, 11, *[5] * (count - 4)]


def refused():
    number = "give one for each item, blanks included"
    for instrument, answers in [("swemwbs", [3] * 6), ("swemwbs", []), ("ons4", [1] * 5), ("dass-21", [0] * 20)]:
        items = len(INSTRUMENTS[instrument][1])
        message = f"{len(answers)} answers were given for the {items} items of `{instrument}`; {number}"
        yield instrument, answers, "wrong-number-of-answers", message
    whole = "which is not a whole number; give its code, a blank or `not-applicable`"
    for answer, shown in [(1.5, "1.5"), ("3", '"3"'), ("", '""')]:
        message = f"item 2 (`useful`) was answered {shown}, {whole}"
        yield "swemwbs", [3, answer, 3, 3, 3, 3, 3], "not-an-answer", message
    message = "item 2 (`useful`) was answered 100000000000000000000, outside 1..=5; correct it or leave it blank"
    yield "swemwbs", [3, 10**20, 3, 3, 3, 3, 3], "out-of-range", message


def main():
    cases = [{"instrument": name, "answers": form, "expect": sheet(name, form)} for name, form in forms()]
    for name, form, code, message in refused():
        cases.append({"instrument": name, "answers": form, "error": {"code": code, "message": message}})
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    print('{\n"made-by": "python clw-core/tests/oracles/score.py",\n"cases": [\n' + lines + "\n]\n}")


main()
