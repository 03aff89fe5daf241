"""Results as a notebook shows them: a sentence and a table, and no style but where text stands."""

import importlib
import re
from pathlib import Path
from typing import Any

import clw
import pytest

polars: Any = importlib.import_module("polars")

ROOT = Path(__file__).parents[2]
LONELINESS = clw.instrument("ucla-3").measures[0]
PAIRS = clw.PairCounts.count(LONELINESS, [8, 7, 9], [6, 6, 6])


def national() -> clw.National:
    plan = clw.Plan.from_file(ROOT / "examples" / "national" / "plan.toml")
    pilot = clw.evaluate(plan=plan, folder=ROOT / "examples" / "wide")
    returns = [clw.Return.of(pilot, name="Pilot <1>"), clw.Return.of(pilot, name="B", hide_up_to=4)]
    return clw.National.of(returns)


def course() -> clw.Course:
    people, times, points = ["a", "a", "b", "b"], [1, 2, 1, 2], [6, 7, 6, 8]
    return clw.Trajectories.gather(LONELINESS, people, times, points, unit="session").course()


RESULTS: dict[str, Any] = {
    "score": (clw.instrument("ons4").score([8, 7, 6, None]), "3 of 4 measures scored."),
    "check": (clw.check(folder=ROOT / "examples" / "wide"), "There would be 120 people."),
    "pairs": (PAIRS, "3 pairs went from one score to another in 3 ways."),
    "course": (course(), '<th style="text-align: right">Mean</th>'),
    "national": (national(), "1 open returns and 1 with small counts hidden"),
    "stage": (clw.reach([60, 40], [3, 7]), "<td "),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_shows_itself_as_a_table(name: str) -> None:
    result, words = RESULTS[name]
    shown = result._repr_html_()
    assert words in shown
    assert shown.count("<table>") >= 1
    assert shown.count("<tr>") == shown.count("</tr>") >= 2
    assert set(re.findall(r'style="([^"]*)"', shown)) <= {"text-align: left", "text-align: right"}
    assert "<1>" not in shown


def test_texts_stand_on_the_left_and_numbers_on_the_right() -> None:
    shown = RESULTS["score"][0]._repr_html_()
    assert '<td style="text-align: left">' in shown
    assert '<td style="text-align: right">8</td>' in shown


def test_a_change_prints_as_many_digits_as_a_reader_takes_in() -> None:
    assert repr(PAIRS.change()) == "<Change: n = 3, mean change -2.000 (-4.484, 0.484)>"
