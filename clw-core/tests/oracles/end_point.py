"""Caseloads under the end point `last-until-closure`, with what each comes to, counted from the rows.

    python clw-core/tests/oracles/end_point.py > clw-core/tests/golden/end_point.json

Python's standard library alone; no line reads the library. The rule as the plan guide states it:

* An episode is over on its closure date, unless that is after the as-of date or an appointment was
  attended later. Without a closure date it goes on, or is over on the last day with an appointment, a
  dated form or the referral, if the plan infers closures and that day is long enough ago.
* The baseline is the first form of the episode, the end point the last one after it; of an episode that
  is over, the last one dated at most so many days after the closure, or without dates, the last one at a
  numbered contact.
* Where a form of an episode has a date, forms without one are left out; none is missing where one of
  them may be the follow-up.

A case has `end-point`, `tables` as CSV, and `expect`: the fates of episodes (`flow`), the pairs as
[baseline, follow-up, pairs] (`cells`), what became of each form (`sittings`), and where the plan looks
after the end, the pairs from the baseline to a form so long after it (`since-baseline`). Or it has the
`code` of a refusal.
"""

import csv
import io
import json
from collections import Counter
from datetime import date

AS_OF = date(2026, 6, 30)
PLAN = {
    "title": "Until closure",
    "as-of": AS_OF.isoformat(),
    "measures": [{"instrument": "ucla-3"}],
    "pairing": {"baseline": {"rule": "first"}, "due": {"rule": "everyone"}},
}
MAPPING = {
    "occasions": {"start": 1, "middle": 2, "end": 3},
    "tables": {
        "episodes": {
            "file": "episodes.csv",
            "columns": {
                "person": "person", "episode": "episode", "referred": "referred",
                "closed": "closed", "end-reason": "end reason",
            },
        },
        "contacts": {
            "file": "contacts.csv",
            "columns": {
                "person": "person", "episode": "episode", "date": "date", "attendance": "attendance",
            },
        },
        "assessments": {
            "file": "assessments.csv",
            "columns": {
                "person": "person", "episode": "episode", "date": "date", "occasion": "occasion",
                "contact-ordinal": "contact", "answers": ["q1", "q2", "q3"],
            },
            "constants": {"instrument": "ucla-3"},
        },
    },
}
ORDER = MAPPING["occasions"]
REFERRED = date(2026, 1, 5)


def on(day):
    return None if day is None else date.fromisoformat(day)


class Episode:
    """An episode with its forms: (date or occasion, answers) or (…, answers, contact number)."""

    def __init__(self, *forms, closed=None, seen=(), referred=REFERRED, end_reason="", of="a"):
        self.referred, self.closed, self.end_reason, self.of = referred, on(closed), end_reason, of
        self.seen = [referred, *map(date.fromisoformat, seen)]
        self.forms = []
        for when, answers, *contact in forms:
            dated = when not in ORDER
            day, place = (on(when), None) if dated else (None, ORDER[when])
            score = sum(map(int, answers)) if " " not in answers else None
            self.forms.append({
                "date": day, "place": place, "occasion": "" if dated else when, "answers": answers,
                "score": score, "contact": contact[0] if contact else None,
            })

    def over_since(self, infer_after):
        attended = [day for day in self.seen if day <= AS_OF]
        if self.closed and self.closed <= AS_OF and max(attended) <= self.closed:
            return self.closed
        dates = [form["date"] for form in self.forms if form["date"]]
        last = max(day for day in [self.referred, *attended, *dates] if day <= AS_OF)
        quiet = infer_after is not None and (AS_OF - last).days > infer_after
        return last if quiet else None

    def judged(self, days, infer_after, after_exit):
        """The fate, the pair, the roles of the forms, and the pair that reaches beyond the end."""
        any_dated = any(form["date"] for form in self.forms)
        roles, usable = Counter(), []
        for form in self.forms:
            if any_dated and form["date"] is None:
                roles["undated"] += 1
            elif form["date"] and form["date"] < self.referred:
                roles["before-referral"] += 1
            elif form["date"] and form["date"] > AS_OF:
                roles["after-as-of"] += 1
            elif form["score"] is None:
                roles["unscored"] += 1
            else:
                usable.append(form)
        usable.sort(key=lambda form: form["date"] or form["place"])
        if not usable:
            return ("baseline-unscored" if roles else "baseline-missing"), None, roles, None
        baseline, *later = usable
        roles["baseline"] += 1
        over = self.over_since(infer_after)

        def counts(form):
            if over is None:
                return True
            if form["date"] is None:
                return form["contact"] is not None
            return (form["date"] - over).days <= days

        end = next((form for form in reversed(later) if counts(form)), None)
        for form in later:
            unknown = over is not None and form["date"] is None and form["contact"] is None
            kind = "follow-up" if form is end else "time-not-known" if unknown else "not-chosen"
            roles[kind] += 1
        long_after = None
        if after_exit is not None and over and (AS_OF - over).days >= after_exit:
            beyond = [f for f in later if f["date"] and (f["date"] - over).days >= after_exit]
            long_after = (baseline["score"], beyond[0]["score"]) if beyond else None
        if end:
            return "paired", (baseline["score"], end["score"]), roles, long_after
        if roles["time-not-known"]:
            fate = "follow-up-time-not-known"
        elif later:
            fate = "follow-up-outside"
        elif any(
            form["date"] is None or form["score"] is None and form["date"] > baseline["date"]
            for form in self.forms if baseline["date"]
        ):
            fate = "follow-up-unscored"
        else:
            fate = "follow-up-missing"
        return fate, None, roles, long_after


def table(headings, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([headings.split(","), *rows])
    return text.getvalue()


def tables(episodes):
    named = [(episode, (episode.of, f"{episode.of}{at}")) for at, episode in enumerate(episodes, 1)]
    return {
        "episodes": table(
            "person,episode,referred,closed,end reason",
            [(*ids, e.referred, e.closed or "", e.end_reason) for e, ids in named],
        ),
        "contacts": table(
            "person,episode,date,attendance",
            [(*ids, day, "seen") for e, ids in named for day in e.seen],
        ),
        "assessments": table(
            "person,episode,date,occasion,contact,q1,q2,q3",
            [
                (*ids, form["date"] or "", form["occasion"], form["contact"] or "", *form["answers"])
                for e, ids in named for form in e.forms
            ],
        ),
    }


def cells(pairs):
    return [[before, after, n] for (before, after), n in sorted(Counter(pairs).items())]


def case(name, days, *episodes, infer_after=None, after_exit=None):
    judged = [episode.judged(days, infer_after, after_exit) for episode in episodes]
    roles = sum((Counter(of[2]) for of in judged), Counter())
    expect = {
        "flow": dict(sorted(Counter(of[0] for of in judged).items())),
        "cells": cells(of[1] for of in judged if of[1]),
        "sittings": dict(sorted(roles.items())),
    }
    plan = {}
    if infer_after is not None:
        plan["infer-closure-after-days"] = infer_after
    if after_exit is not None:
        plan["after-exit-days"] = after_exit
        expect["since-baseline"] = cells(of[3] for of in judged if of[3])
    end_point = {"rule": "last-until-closure", "days": days}
    return {
        "name": name, "plan": plan, "end-point": end_point, "tables": tables(episodes), "expect": expect,
    }


def refused(name, end_point):
    rule = {"rule": "last-until-closure", **end_point}
    rows = tables([Episode(("2026-01-05", "333"))])
    return {"name": name, "plan": {}, "end-point": rule, "tables": rows, "code": "unreadable-plan"}


START = ("2026-01-05", "333")
CLOSED = "2026-03-31"


def cases():
    yield case("a form on the last day that counts", 28,
               Episode(START, ("2026-04-28", "222"), closed=CLOSED))
    yield case("a form one day later", 28, Episode(START, ("2026-04-29", "222"), closed=CLOSED))
    yield case("of three forms the last one in time", 28,
               Episode(START, ("2026-03-20", "322"), ("2026-04-28", "222"), ("2026-04-29", "111"), closed=CLOSED))
    yield case("the limit in a February of 28 days and in one of 29", 28,
               Episode(START, ("2026-02-28", "221"), closed="2026-01-31"),
               Episode(("2024-01-05", "333"), ("2024-02-28", "221"), closed="2024-01-31", referred=date(2024, 1, 5)),
               Episode(("2024-01-05", "333"), ("2024-02-29", "221"), closed="2024-01-31", referred=date(2024, 1, 5)))
    yield case("an open episode ends with its last form", 0,
               Episode(START, ("2026-02-10", "322"), ("2026-06-30", "221")))
    yield case("a closure without a date, and one after the as-of date", 0,
               Episode(START, ("2026-06-20", "211"), end_reason="goals-met"),
               Episode(START, ("2026-06-21", "111"), closed="2026-07-01"))
    yield case("seen after the closure, so still open", 0,
               Episode(START, ("2026-06-20", "211"), closed=CLOSED, seen=["2026-04-01"]),
               Episode(START, ("2026-06-20", "211"), closed=CLOSED, seen=[CLOSED]))
    yield case("each of several episodes has its own closure and its own forms", 14,
               Episode(START, ("2026-02-14", "322"), closed="2026-01-31"),
               Episode(("2026-03-02", "332"), ("2026-05-15", "222"), closed="2026-04-30", referred=date(2026, 3, 2)),
               Episode(("2026-05-20", "232"), referred=date(2026, 5, 20)),
               Episode(START, ("2026-02-15", "211"), closed="2026-01-31", of="b"))
    yield case("forms after the closure alone", 28,
               Episode(START, ("2026-05-01", "222"), ("2026-06-23", "111"), closed=CLOSED))
    yield case("closed before the baseline", 28,
               Episode(("2026-04-10", "333"), ("2026-04-20", "222"), closed=CLOSED),
               Episode(("2026-04-10", "333"), ("2026-05-20", "222"), closed=CLOSED))
    yield case("days 0: the day of the closure itself, and the next", 0,
               Episode(START, (CLOSED, "222"), closed=CLOSED),
               Episode(START, ("2026-04-01", "222"), closed=CLOSED))
    yield case("more days than there are in any calendar", 2**32 - 1,
               Episode(START, ("2026-06-30", "111"), closed="2026-01-05"))
    yield case("forms without dates in an open episode", 28,
               Episode(("start", "333"), ("middle", "322"), ("end", "222")))
    yield case("a form without a date in a closed episode", 28,
               Episode(("start", "333"), ("end", "222"), closed=CLOSED))
    yield case("one at a numbered contact in a closed episode", 28,
               Episode(("start", "333"), ("end", "222", 1), closed=CLOSED),
               Episode(("start", "333"), ("middle", "322", 1), ("end", "222"), closed=CLOSED),
               Episode(("start", "333"), ("middle", "322"), ("end", "211", 2), closed=CLOSED, seen=["2026-02-01"]))
    yield case("forms without dates beside one with a date, closed and open", 28,
               Episode(START, ("end", "222"), closed=CLOSED),
               Episode(START, ("end", "222", 1), closed=CLOSED),
               Episode(START, ("end", "222")))
    yield case("without dates and closed for want of activity", 28,
               Episode(("start", "333"), ("end", "222")),
               Episode(("start", "333"), ("end", "222", 1)),
               infer_after=90)
    yield case("closed for want of activity: no form is later", 0,
               Episode(START, ("2026-03-01", "222")),
               Episode(START, ("2026-03-01", "222"), closed="2026-02-01", seen=["2026-02-02"]),
               infer_after=90)
    yield case("the last form in time has no score", 28,
               Episode(START, ("2026-03-20", "322"), ("2026-04-01", "2 2"), closed=CLOSED),
               Episode(START, ("2026-04-01", "2 2"), closed=CLOSED),
               Episode(START, ("2026-04-01", "2 2"), ("2026-06-01", "222"), closed=CLOSED))
    yield case("forms before the referral and after the as-of date", 28,
               Episode(("2026-01-04", "111"), START, ("2026-07-01", "222")))
    yield case("no form at all, and one only", 28, Episode(closed=CLOSED), Episode(START, closed=CLOSED, of="b"))
    yield case("a call after the end is what has lasted and no end point", 28,
               Episode(START, ("2026-03-25", "222"), ("2026-06-23", "111"), closed=CLOSED),
               Episode(START, ("2026-06-22", "111"), closed=CLOSED),
               after_exit=84)
    yield case("nobody", 28)
    yield refused("no days", {})
    yield refused("days below 0", {"days": -1})
    yield refused("days that are not whole", {"days": 1.5})
    yield refused("days beyond 32 bits", {"days": 2**32})
    yield refused("a setting that the rule has not", {"days": 28, "window": 28})


MADE_BY = "end_point.py, Python's standard library: each fate, pair and form counted from the rows of the case"

parts = {"made-by": MADE_BY, "plan": PLAN, "mapping": MAPPING}
print("{\n" + "".join(f"{json.dumps(key)}: {json.dumps(part)},\n" for key, part in parts.items())
      + '"cases": [\n' + ",\n".join(map(json.dumps, cases())) + "\n]\n}")
