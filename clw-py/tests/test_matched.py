"""Forms of two sittings put together by whose they are: pandas' own merge is the oracle."""

import importlib
import pickle
import re
from collections import Counter
from typing import Any

import clw
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pandas: Any = importlib.import_module("pandas")
polars: Any = importlib.import_module("polars")
pyarrow: Any = importlib.import_module("pyarrow")

UCLA = clw.instrument("ucla-3").measures[0]


def matched(before: Any, first: Any, after: Any, second: Any) -> clw.MatchedPairs:
    return clw.PairCounts.matched(
        UCLA, baseline_ids=before, baseline=first, follow_up_ids=after, follow_up=second
    )


SITTING = st.dictionaries(st.integers(0, 30), st.none() | st.integers(3, 9))


@settings(max_examples=60, deadline=None)
@given(before=SITTING, after=SITTING, blank=st.integers(0, 2), order=st.randoms())
def test_pairs_and_account_are_those_of_a_merge(
    before: dict[int, int | None], after: dict[int, int | None], blank: int, order: Any
) -> None:
    def shuffled(forms: dict[int, int | None]) -> tuple[list[str | None], list[int | None]]:
        rows = [(f"p{who}", points) for who, points in forms.items()] + [(None, 5)] * blank
        order.shuffle(rows)
        return [who for who, _ in rows], [points for _, points in rows]

    first, second = shuffled(before), shuffled(after)
    found = matched(*first, *second)
    frames = [
        pandas.DataFrame({"id": ids, "points": points}).dropna().astype({"id": "str"})
        for ids, points in (first, second)
    ]
    merged = frames[0].merge(frames[1], on="id", how="outer", indicator=True)
    both = merged[merged["_merge"] == "both"]
    cells = Counter(zip(both["points_x"].astype(int), both["points_y"].astype(int), strict=True))
    assert found.pairs.cells == tuple((*cell, n) for cell, n in sorted(cells.items()))
    for name, forms, alone in (
        ("baseline", before, "left_only"),
        ("follow-up", after, "right_only"),
    ):
        assert found[name] == {
            "rows": len(forms) + blank,
            "matched": len(both),
            "only-at-this-sitting": int((merged["_merge"] == alone).sum()),
            "without-id": blank,
            "without-score": sum(points is None for points in forms.values()),
        }


def test_ids_of_any_kind_and_library_are_the_same_people() -> None:
    """Pandas makes floats of whole numbers beside a blank."""
    kinds = [
        [7, 8, None],
        ["7", " 8 ", ""],
        np.array([7.0, 8.0, np.nan]),
        pandas.Series([7, 8, None]),
        pandas.Series([7, 8, pandas.NA], dtype="Int64"),
        pandas.Series(["7", "8", None], dtype="category"),
        polars.Series([7, 8, None]),
        pyarrow.chunked_array([["7"], ["8", None]]),
    ]
    scores = pandas.Series([9, None, 6])
    tables = {
        matched(before, [8, 7, 6], after, scores).to_json() for before in kinds for after in kinds
    }
    assert len(tables) == 1
    assert matched(kinds[0], [8, 7, 6], kinds[1], scores).pairs.cells == ((8, 9, 1),)


def test_the_account_prints_and_goes_to_another_process() -> None:
    found = matched(["a", "b", None], [8, 7, 9], ["b", "c"], [6, None])
    assert repr(found) == "<MatchedPairs: 1 pair of 3 forms at baseline and 2 at follow-up>"
    assert found.sentence == (
        "Of 3 forms at baseline and 2 at follow-up, 2 have the same id at both and make 1 pair. "
        "Only at baseline: 1; without an id: 1. Only at follow-up: 0; without a score: 1."
    )
    assert "only at this sitting</td><td>1</td><td>0" in re.sub(
        ' style="[^"]*"', "", found._repr_html_()
    )
    twin = pickle.loads(pickle.dumps(found))
    assert twin == found
    assert twin.pairs == found.pairs == clw.PairCounts.count(UCLA, [7], [6])


@pytest.mark.parametrize(
    ("columns", "code", "message"),
    [
        (
            (["a", "b", "a "], [8, 7, 9], [], []),
            "id-twice",
            'row 2: the baseline sitting has "a" twice, first in row 0; keep one form of each '
            "person, such as the first at baseline and the last at follow-up",
        ),
        (
            ([], [], ["a"], [8, 7]),
            "unequal-columns",
            "the follow-up sitting has 1 ids and 2 scores; give one of both for each form, blank "
            "where it has none",
        ),
        (([], [], ["a"], [2]), "score-off-scale", "row 0: the follow-up score is 2 points, "),
        (([1.5], [8], [], []), "not-an-id", "row 0: the person is 1.5; give a text or a whole"),
        (([True], [8], [], []), "not-an-id", "row 0: the person is "),
        ((["a"], [8.5], [], []), "not-whole", "row 0: the baseline score is 8.5, not a whole"),
        (({"a"}, [8], [], []), "no-order", "a column came as a set; "),
    ],
)
def test_what_cannot_be_put_together_is_refused(columns: Any, code: str, message: str) -> None:
    with pytest.raises(clw.ClwError, match=f"^{re.escape(message)}") as refused:
        matched(*columns)
    assert refused.value.code == code


def test_many_forms_are_put_together() -> None:
    people = np.arange(200_000)
    found = matched(people, people % 7 + 3, people[::-1] + 1000, people % 5 + 4)
    assert found.pairs.n == found["baseline"]["matched"] == 199_000
    assert found["follow-up"]["only-at-this-sitting"] == 1000
