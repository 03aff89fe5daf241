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

EVALUATION = clw.evaluate(folder=ROOT / "examples" / "wide")


def national() -> clw.National:
    plan = clw.Plan.from_file(ROOT / "examples" / "national" / "plan.toml")
    pilot = clw.evaluate(plan=plan, folder=ROOT / "examples" / "wide")
    returns = [clw.Return.of(pilot, name="Pilot <1>"), clw.Return.of(pilot, name="B", hide_up_to=4)]
    return clw.National.of(returns)


def sittings() -> clw.Trajectories:
    people, times, points = ["a", "a", "b", "b"], [1, 2, 1, 2], [6, 7, 6, 8]
    return clw.Trajectories.gather(LONELINESS, people, times, points, unit="session")


def postcodes() -> clw.PostcodeLookup:
    directory = polars.DataFrame({"pc": ["EH1 1AA", "here"], "q": [2, 5]})
    columns = {"postcode": "pc", "quintile": "q"}
    return clw.PostcodeLookup.from_frame(directory, columns=columns, version="2020v2")


def frame() -> clw.Frame:
    rows = range(30)
    columns = {"id": [f"<1> {row}" for row in rows], "score": [None, *range(29)]}
    return clw.Frame.from_arrow(polars.DataFrame(columns | {"share": [1e-300] * 30}))


RESULTS: dict[str, Any] = {
    "score": (clw.instrument("ons4").score([8, 7, 6, None]), "3 of 4 measures scored."),
    "check": (clw.check(folder=ROOT / "examples" / "wide"), "There would be 120 people."),
    "evaluation": (EVALUATION, '<th style="text-align: right">Pairs of those due</th>'),
    "public": (EVALUATION.disclosed(), "hidden"),
    "frame": (frame(), "30 rows, 3 columns. The first 20:"),
    "postcodes": (postcodes(), "Places on SIMD 2020v2."),
    "sittings": (sittings(), "2 people, 4 sittings by session"),
    "return": (clw.Return.of(EVALUATION, name="Fife", area="East"), "Fife · East"),
    "closed return": (clw.Return.of(EVALUATION, name="Fife", hide_up_to=4), "Counts up to 4 are"),
    "pairs": (PAIRS, "3 pairs went from one score to another in 3 ways."),
    "course": (sittings().course(), '<th style="text-align: right">Mean</th>'),
    "national": (national(), "1 open return and 1 with small counts hidden"),
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


def test_a_reason_beside_its_number_is_a_text() -> None:
    shown = RESULTS["check"][0]._repr_html_()
    assert '<th style="text-align: left">Rejected</th>' in shown
    assert '<th style="text-align: right">Read</th>' in shown


def test_an_evaluation_has_a_row_for_each_measure_with_its_numbers() -> None:
    shown = EVALUATION._repr_html_()
    for found in EVALUATION["findings"]:
        paired = found["flow"]["rates"]["paired-completion"]
        improved = found["change"]["any-change"]["improved"]
        assert f">{paired['count']} of {paired['of']} (" in shown
        assert f">{improved['count']} of {improved['of']} (" in shown
    assert shown.count("<tr>") == len(EVALUATION["findings"]) + 1
    public = EVALUATION.disclosed()
    assert public._repr_html_().count("<tr>") == len(public["measures"]) + 1


def test_a_frame_shows_its_types_its_blanks_and_few_digits() -> None:
    shown = RESULTS["frame"][0]._repr_html_()
    assert '<th style="text-align: left">id (text)</th>' in shown
    assert '<th style="text-align: right">score (int64)</th>' in shown
    assert '<td style="text-align: right"></td>' in shown
    assert ">1e-300<" in shown
    assert len(shown) < 10_000


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (clw.PairCounts.count(LONELINESS, [8], [6]), "<PairCounts: 1 pair in 1 cell>"),
        (clw.Frame.from_texts([("a", ["1"])]), "<Frame: 1 row of a>"),
        (postcodes(), "<PostcodeLookup: 1 row of SIMD 2020v2>"),
        (national(), "<National: 1 open return and 1 with small counts hidden>"),
    ],
)
def test_one_is_no_plural(result: object, words: str) -> None:
    assert repr(result) == words


def test_a_change_prints_as_many_digits_as_a_reader_takes_in() -> None:
    assert repr(PAIRS.change()) == "<Change: n = 3, mean change -2.000 (-4.484, 0.484)>"
