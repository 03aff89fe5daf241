"""What is Python's own of paired statistics. Values are compared in test_golden.py."""

import json
import re
import threading
from typing import Any

import clw
import pytest

BASELINE = [1798, 1925, 2154, 1743, 1688]
FOLLOW_UP = [2154, 2073, 2073, 2321, 1859]


def wellbeing() -> clw.Measure:
    return clw.instrument("swemwbs").measures[0]


def pairs() -> clw.PairCounts:
    return clw.PairCounts.count(wellbeing(), BASELINE, FOLLOW_UP)


class Index:
    """A whole number of another library, as NumPy's integers are."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __index__(self) -> int:
        return self.value


def test_columns_come_in_many_types() -> None:
    for column in (tuple(BASELINE), iter(BASELINE), [Index(points) for points in BASELINE]):
        assert clw.PairCounts.count(wellbeing(), column, FOLLOW_UP) == pairs()


def test_a_table_reads_as_cells_and_json() -> None:
    assert pairs().n == 5
    assert pairs().cells == tuple(sorted(zip(BASELINE, FOLLOW_UP, [1] * 5, strict=True)))
    assert clw.PairCounts.from_json(pairs().to_json()) == pairs()
    assert hash(clw.PairCounts.from_json(pairs().to_json())) == hash(pairs())
    assert repr(pairs()) == "<PairCounts: 5 pairs in 5 cells>"


def test_merging_tables_is_counting_the_pooled_sample() -> None:
    first = clw.PairCounts.count(wellbeing(), BASELINE[:2], FOLLOW_UP[:2])
    rest = clw.PairCounts.count(wellbeing(), BASELINE[2:], FOLLOW_UP[2:])
    assert first.merge(rest) == pairs()
    assert first.n == 2


def test_a_change_reads_as_dict_and_json() -> None:
    change = pairs().change(measure=wellbeing(), level=0.9, band_sets=["england-2010-2013"])
    assert change.to_dict() == json.loads(change.to_json())
    assert change.n == change["n"] == 5
    # Four of five rise, by the columns above; low is up to 19.25 in Ng Fat et al. (2017).
    assert change["any-change"]["improved"]["count"] == 4
    assert change["sentences"]["any-change"].startswith(
        "Of 5\N{NO-BREAK SPACE}people with a pair of scores, 4 scored better"
    )
    assert change["transitions"][0]["pairs"] == [[1, 3, 0], [0, 1, 0], [0, 0, 0]]
    assert change["paired-t"]["interval"]["level"] == 0.9
    assert change == pairs().change(
        measure=wellbeing(), level=0.9, band_sets=("england-2010-2013",)
    )
    assert repr(change).startswith("<Change: n = 5, mean change 2.34")
    nobody = clw.PairCounts.count(wellbeing(), [], []).change()
    assert nobody["paired-t"] == {"not-computed": "no-pairs"}
    assert repr(nobody) == "<Change: n = 0, no interval of the mean change>"
    with pytest.raises(KeyError, match="mean"):
        change["mean"]


def test_a_notebook_shows_the_sentences() -> None:
    change = pairs().change(measure=wellbeing())
    shown = change._repr_html_()
    assert shown.count("<tr>") == len(change["sentences"])
    assert f">{change['sentences']['any-change']}</td>" in shown
    assert "<code>signed-rank</code>" in shown


def test_bootstrap_intervals_come_where_they_are_asked_for() -> None:
    bootstrap = pairs().change(bootstrap={"resamples": 199, "seed": 7})["bootstrap"]
    assert (bootstrap["n"], bootstrap["resamples"], bootstrap["seed"]) == (5, 199, 7)
    # Changes of 3.56, 1.48, -0.81, 5.78 and 1.71 sum to 11.72; the middle one is 1.71.
    assert bootstrap["mean-change"]["estimate"] == 2.344
    assert bootstrap["median-change"]["estimate"] == 1.71
    assert bootstrap["mean-change"]["bca"]["limits"]["level"] == 0.95
    assert "bootstrap" not in pairs().change().to_dict()
    one = clw.PairCounts.count(wellbeing(), [1798], [2154])
    assert one.change(bootstrap={})["bootstrap"] == {"not-computed": "one-pair"}


def test_tables_and_changes_are_frozen() -> None:
    for thing in (pairs(), pairs().change()):
        frozen: Any = thing
        with pytest.raises(AttributeError):
            frozen.n = 6


@pytest.mark.parametrize(
    ("ask", "code", "message"),
    [
        (
            lambda: clw.PairCounts.count(wellbeing(), BASELINE, FOLLOW_UP[1:]),
            "unequal-columns",
            "the baseline column has 5 rows and the follow-up column 4; ",
        ),
        (
            lambda: clw.PairCounts.count(wellbeing(), [1798, 19], [1798, 1798]),
            "score-off-scale",
            "row 1: the baseline score is 19 points, outside 700..=3500; ",
        ),
        (
            lambda: pairs().merge(
                clw.PairCounts.count(clw.instrument("ucla-3").measures[0], [], [])
            ),
            "different-scales",
            "the tables are on different scales, ",
        ),
        (lambda: clw.PairCounts.from_json("{"), "unreadable-json", "the table cannot be read: "),
        (lambda: pairs().change(level=95), "level-outside", "the confidence level is 95, "),
        (
            lambda: pairs().change(change_rules=["nhs-england"]),
            "measure-not-given",
            "the change rule `nhs-england` was asked for without a measure; ",
        ),
        (
            lambda: pairs().change(bootstrap={"resamples": 10**7}),
            "too-many-resamples",
            "10000000 resamples are asked for, above 1000000; ",
        ),
        (
            lambda: pairs().change(bootstrap=float("nan")),
            "not-finite",
            "`bootstrap` is nan, infinite or none at all; leave it out, or give a finite one",
        ),
        (
            lambda: pairs().change(equivalence_margins=[{"id": "a", "lower": float("-inf")}]),
            "not-finite",
            '`equivalence_margins[0]["lower"]` is -inf, infinite or none at all; ',
        ),
        (
            lambda: pairs().change(bootstrap=True),
            "wrong-type",
            "`bootstrap` is True, not a dict with its fields; give one",
        ),
        (
            lambda: pairs().change(signed_rank={"exact-limit": "a"}),
            "wrong-type",
            '`signed_rank["exact-limit"]` is "a", not a whole number from 0 on; give one',
        ),
        (
            lambda: pairs().change(signed_rank={"exact_limit": 5}),
            "unknown-field",
            "`signed_rank` has `exact_limit`, none of `zeros`, `exact-limit`, `continuity`; name "
            "one of these, or leave it out",
        ),
        (
            lambda: pairs().change(mcnemar={"method": "exactly"}),
            "unknown-choice",
            '`mcnemar["method"]` is `exactly`, none of `',
        ),
        (
            lambda: pairs().change(mcnemar={"method": "exact", "continuity": "corrected"}),
            "unknown-field",
            "`mcnemar` has `continuity`, where nothing more is; leave it out",
        ),
        (
            lambda: pairs().change(cuts=[5, "low"]),
            "wrong-type",
            '`cuts[1]` is "low", not a whole number; give one',
        ),
        (
            lambda: pairs().change(regression_to_the_mean={"population": {"mean": 1}}),
            "missing-field",
            '`regression_to_the_mean["population"]` has no `standard-deviation`; add it',
        ),
        (
            lambda: pairs().change(signed_rank={"zeros": "prat"}),
            "unknown-choice",
            '`signed_rank["zeros"]` is `prat`, not `wilcox` or `pratt`; name one of these',
        ),
        (
            lambda: pairs().change(alternativ="less"),
            "unknown-field",
            "there is no option `alternativ`; name one of `alternative`, `signed_rank`, ",
        ),
    ],
)
def test_what_does_not_fit_is_refused(ask: Any, code: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)) as refused:
        ask()
    assert isinstance(refused.value, clw.ClwError)
    assert refused.value.code == code
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    ("value", "found"),
    [(19.25, "19.25"), ("1925", "'1925'"), (None, "None"), (2**31, "2147483648")],
)
def test_what_is_not_whole_is_refused(value: Any, found: str) -> None:
    message = (
        f"row 1: the baseline score is {found}, not a whole number of 32 bits; "
        "give steps of the scale, such as 1925 for 19.25"
    )
    with pytest.raises(clw.ClwError, match=f"^{re.escape(message)}$") as refused:
        clw.PairCounts.count(wellbeing(), [1925, value], [1925, 1925])
    assert refused.value.code == "not-whole"


@pytest.mark.parametrize("column", [{1925}, {1925: 1}, 1925])
def test_what_is_no_column_is_refused(column: Any) -> None:
    with pytest.raises(clw.ClwError, match="give a list, one row after the other") as refused:
        clw.PairCounts.count(wellbeing(), column, [1925])
    assert refused.value.code == "no-order"


def test_an_option_that_is_none_is_left_out() -> None:
    assert pairs().change(mcnemar=None, bootstrap=None) == pairs().change()


def test_a_misspelt_option_is_told_the_keywords_there_are() -> None:
    with pytest.raises(clw.ClwError, match=r"`signed_rank`, .*`regression_to_the_mean`"):
        pairs().change(signedrank={})


def test_threads_share_a_table() -> None:
    table, found = pairs(), []
    threads = [
        threading.Thread(target=lambda: found.append(table.change().to_json())) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {table.change().to_json()}
