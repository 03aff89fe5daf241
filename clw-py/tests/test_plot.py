"""Charts of results: specifications, objects of Altair, pictures in both themes."""

import io
import subprocess
import sys
from typing import Any

import altair
import clw
import clw.plot
import pytest

WELLBEING = clw.instrument("swemwbs").measures[0]
SCORES = [1798, 1925, 2154, 1743] * 10
PAIRS = clw.PairCounts.count(WELLBEING, SCORES, [2154, 2073, 2073, 2321] * 10)


def change() -> clw.Change:
    return PAIRS.change(measure=WELLBEING, change_rules=["nhs-england"])


def course() -> clw.Course:
    people, times = [n // 2 for n in range(40)], [1, 2] * 20
    sittings = clw.Trajectories.gather(WELLBEING, people, times, SCORES, unit="session")
    return sittings.course(means=[{"by": "occasion"}, {"by": "time"}])


RESULTS: dict[str, Any] = {
    "evaluation": lambda: clw.evaluate(folder="examples/wide"),
    "change": change,
    "course": course,
}


@pytest.mark.parametrize("of", RESULTS)
def test_every_chart_is_drawn_in_both_themes(of: str) -> None:
    result = RESULTS[of]()
    charts = result.charts()
    assert len({chart["id"] for chart in charts}) == len(charts) > 1
    for chart in charts:
        assert chart["vega-lite"]["title"]["text"] == chart["title"]
        drawn = [picture(result.chart(chart["id"], theme=theme)) for theme in ("light", "dark")]
        assert "#ffffff" in drawn[0], chart["id"]
        assert "#11161c" in drawn[1], chart["id"]
        assert "undefined" not in "".join(drawn), chart["id"]


def picture(chart: "altair.Chart | altair.LayerChart") -> str:
    text = io.StringIO()
    chart.save(text, format="svg")
    return text.getvalue()


def test_a_theme_changes_colours_and_nothing_else() -> None:
    light, dark = change().charts(), change().charts(theme="dark")
    for chart in (*light, *dark):
        colours = {of["name"]: of.pop("value") for of in chart["vega-lite"]["params"]}
        assert len(colours) == 10
    assert light == dark


def test_the_pictures_of_a_sample_are_named() -> None:
    assert [chart["id"] for chart in change().charts()] == ["moves", "estimates", "classes"]
    assert [(chart["id"], chart["title"]) for chart in course().charts()] == [
        ("means-by-occasion", "The mean score at each sitting, 20\xa0people"),
        ("means-by-time", "The mean score at each time, 20\xa0people"),
        ("slopes", "Which way each person\u2019s own line goes, 20\xa0people"),
    ]


def test_few_pairs_get_an_interval_and_no_headline() -> None:
    few = clw.PairCounts.count(WELLBEING, SCORES[:9], SCORES[1:10]).change()
    assert [chart["id"] for chart in few.charts()] == ["moves", "estimates"]
    rows = few.charts()[1]["vega-lite"]["data"]["values"]
    assert all(row["value"] is None and row["lower"] < row["upper"] for row in rows)


def test_the_first_chart_is_drawn_where_none_is_named() -> None:
    drawn = change().chart()
    assert isinstance(drawn, altair.LayerChart)
    assert drawn.to_dict() == change().chart("moves").to_dict()


@pytest.mark.parametrize(
    ("draw", "code", "message"),
    [
        (
            lambda: change().chart("pie"),
            "unknown-chart",
            'the chart "pie" was asked for; there are `moves`, `estimates`, `classes`',
        ),
        (
            lambda: clw.PairCounts.count(WELLBEING, [], []).change().chart(),
            "unknown-chart",
            "a chart was asked for; there are none, as there is nothing to draw",
        ),
        (
            lambda: change().charts(theme="sepia"),  # type: ignore[arg-type]
            "unknown-theme",
            'the theme came as "sepia"; give "light" or "dark"',
        ),
    ],
)
def test_what_cannot_be_drawn_says_why(draw: Any, code: str, message: str) -> None:
    with pytest.raises(clw.ClwError) as refused:
        draw()
    assert (refused.value.code, str(refused.value)) == (code, message)


def test_charts_are_dark_where_altair_is_unless_told() -> None:
    def paper(**theme: Any) -> str:
        params = change().chart("moves", **theme).to_dict()["params"]
        return next(str(of["value"]) for of in params if of["name"] == "paper")

    assert paper() == "#ffffff"
    for theme in ("dark", "carbong100"):
        with altair.theme.enable(theme):
            assert paper() == paper(theme="dark") == "#11161c"
            assert paper(theme="light") == "#ffffff"
    with altair.theme.enable("carbonwhite"):
        assert paper() == "#ffffff"


def test_a_long_list_of_charts_is_cut_short() -> None:
    with pytest.raises(clw.ClwError, match=r"and \d+ more in `charts\(\)`$"):
        clw.evaluate(folder="examples/caseload").chart("pie")


def test_altair_is_asked_for_only_where_a_chart_is_drawn() -> None:
    code = """if True:
        import sys
        import clw
        assert "altair" not in sys.modules, "imported too early"
        sys.modules["altair"] = None
        wellbeing = clw.instrument("swemwbs").measures[0]
        change = clw.PairCounts.count(wellbeing, [1798], [2154]).change()
        assert change.charts()
        try:
            change.chart()
        except clw.ClwError as missing:
            print(missing.code, missing, sep="|")
    """
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip().split("|") == [
        "missing-extra",
        "a chart is drawn by Altair, which is not installed; "
        'install it with `pip install "clw[charts]"`',
    ]
