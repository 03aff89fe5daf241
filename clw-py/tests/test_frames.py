"""Frames of four libraries in and out: the caller's kind comes back, with equal results."""

import datetime
import importlib
import threading
from decimal import Decimal
from pathlib import Path
from typing import Any

import clw
import pytest

duckdb: Any = importlib.import_module("duckdb")
np: Any = importlib.import_module("numpy")
pandas: Any = importlib.import_module("pandas")
polars: Any = importlib.import_module("polars")
pyarrow: Any = importlib.import_module("pyarrow")

COLUMNS = ["q1", "q2", "q3"]
# Three UCLA items of 1..=3: complete, out of range, a blank, all blank.
FORMS: dict[str, list[Any]] = {
    "id": ["a", "b", "c", "d"],
    "q1": [1, 1, 3, None],
    "q2": [2, 9, 3, None],
    "q3": [3, 1, None, None],
}
OUTCOMES = ["scored", "out-of-range", "blank", "all-blank"]


def loneliness() -> clw.Instrument:
    return clw.instrument("ucla-3")


def through_duckdb(table: Any) -> Any:
    return duckdb.from_arrow(table)


KINDS: dict[str, Any] = {
    "pandas": lambda: pandas.DataFrame(FORMS),
    "pandas nullable": lambda: pandas.DataFrame(FORMS).convert_dtypes(),
    "polars": lambda: polars.DataFrame(FORMS),
    "pyarrow": lambda: pyarrow.table(FORMS),
    "duckdb": lambda: through_duckdb(pyarrow.table(FORMS)),
}


def columns_of(frame: Any) -> dict[str, list[Any]]:
    table = frame.to_arrow_table() if hasattr(frame, "to_arrow_table") else pyarrow.table(frame)
    found: dict[str, list[Any]] = table.to_pydict()
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_the_callers_kind_comes_back_with_equal_results(kind: str) -> None:
    frame = KINDS[kind]()
    scored = loneliness().score_frame(frame, columns=COLUMNS, keep=["id"])
    assert type(scored) is type(frame)
    found = columns_of(scored)
    assert found["id"] == FORMS["id"]
    assert found["loneliness_points"] == [6, None, None, None]
    assert found["loneliness_value"] == [6.0, None, None, None]
    assert found["loneliness_outcome"] == OUTCOMES
    sheets = [loneliness().score([FORMS[q][row] for q in COLUMNS]) for row in range(4)]
    for row, sheet in enumerate(sheets):
        problems = [problem.message for problem in sheet["loneliness"].problems]
        assert found["loneliness_problem"][row] == ("; ".join(problems) or None)
        assert found["loneliness_band"][row] == sheet["loneliness"].band


def test_a_pandas_frame_keeps_its_index_and_points_stay_whole() -> None:
    frame = pandas.DataFrame(FORMS, index=[10, 20, 30, 40])
    scored = loneliness().score_frame(frame, columns=COLUMNS)
    assert list(scored.index) == [10, 20, 30, 40]
    assert str(scored["loneliness_points"].dtype) == "Int32"


class Register(pandas.DataFrame):  # type: ignore[misc]
    """A frame of somebody's own, as geopandas has one."""

    @property
    def _constructor(self) -> Any:
        return Register


def test_kept_columns_and_the_class_of_a_pandas_frame_stay_as_they_are() -> None:
    kept = {
        "month": pandas.period_range("2026-01", periods=4, freq="M"),
        "range": pandas.interval_range(0, 4),
        "count": pandas.array([1, None, 3, 4], dtype="UInt8"),
        "there": pandas.array([True, None, False, True], dtype="boolean"),
    }
    frame = Register({**FORMS, **kept}, index=["x", "x", "y", "z"])
    scored = loneliness().score_frame(frame, columns=COLUMNS, keep=list(kept))
    assert type(scored) is Register
    pandas.testing.assert_frame_equal(scored[list(kept)], frame[list(kept)])
    assert list(scored["loneliness_outcome"]) == OUTCOMES
    alone = loneliness().score_frame(frame, columns=COLUMNS)
    assert (type(alone), list(alone.index)) == (Register, list(frame.index))


def test_extension_types_of_arrow_come_back() -> None:
    ids = pyarrow.ExtensionArray.from_storage(
        pyarrow.uuid(), pyarrow.array([bytes([row] * 16) for row in range(4)], pyarrow.binary(16))
    )
    frame = pyarrow.table({**FORMS, "uuid": ids})
    scored = loneliness().score_frame(frame, columns=COLUMNS, keep=["uuid"])
    assert scored["uuid"].combine_chunks() == ids


def test_columns_are_named_as_the_items_unless_told() -> None:
    swemwbs = clw.instrument("swemwbs")
    frame = polars.DataFrame({item.id: [3] for item in swemwbs.items})
    assert swemwbs.score_frame(frame)["wellbeing_value"].to_list() == [19.25]
    assert swemwbs.score_frame(frame)["wellbeing_band"].to_list() == ["low"]


CELLS: dict[str, tuple[Any, str]] = {
    "whole floats": (pyarrow.array([1.0]), "scored"),
    "wide": (pyarrow.array([2**63], pyarrow.uint64()), "out-of-range"),
    "least": (pyarrow.array([-(2**63)], pyarrow.int64()), "out-of-range"),
    "unsigned": (pyarrow.array([1], pyarrow.uint16()), "scored"),
    "decimal": (pyarrow.array([1]).cast(pyarrow.decimal128(20, 0)), "scored"),
    "wide decimal": (pyarrow.array([1]).cast(pyarrow.decimal256(40, 2)), "scored"),
    "half float": (pyarrow.array([1.0], pyarrow.float16()), "scored"),
    "NaN": (pyarrow.array([float("nan")]), "blank"),
    "null column": (pyarrow.nulls(1), "blank"),
    "half": (pyarrow.array([1.5]), "not-an-answer"),
    "boolean": (pyarrow.array([True]), "not-an-answer"),
    "text": (pyarrow.array(["1"]), "not-an-answer"),
    "bytes": (pyarrow.array([b"\x03"]), "not-an-answer"),
    "labelled bytes": (pyarrow.array([b"hardly ever"], pyarrow.large_binary()), "scored"),
    "other bytes": (pyarrow.array([b"\x93"], pyarrow.binary(1)), "not-an-answer"),
    "label": (pyarrow.array(["hardly ever"]), "scored"),
    "blank label": (pyarrow.array(["prefer not to say"]), "blank"),
    "category": (pyarrow.array(["hardly ever"]).dictionary_encode(), "scored"),
    "numbered category": (pyarrow.array([1]).dictionary_encode(), "scored"),
    "category of nothing": (
        pyarrow.DictionaryArray.from_arrays(pyarrow.array([0]), pyarrow.nulls(1, pyarrow.string())),
        "blank",
    ),
    "no categories": (pyarrow.array([None], pyarrow.string()).dictionary_encode(), "blank"),
    "run": (pyarrow.RunEndEncodedArray.from_arrays([1], ["hardly ever"]), "scored"),
    "large text": (pyarrow.array(["hardly ever"], pyarrow.large_string()), "scored"),
    "text view": (pyarrow.array(["hardly ever"], pyarrow.string_view()), "scored"),
    "mark": (pyarrow.array(["not-applicable"]), "not-applicable"),
    "date": (pyarrow.array([1], pyarrow.date32()), "not-an-answer"),
    "list": (pyarrow.array([[1]]), "not-an-answer"),
}


@pytest.mark.parametrize("kind", CELLS)
def test_no_cell_stops_the_rows(kind: str) -> None:
    cells, outcome = CELLS[kind]
    frame = pyarrow.table({"q1": cells, "q2": [2], "q3": [3]})
    labels = {"hardly ever": 1, "prefer not to say": None}
    scored = loneliness().score_frame(frame, columns=COLUMNS, labels=labels)
    assert scored["loneliness_outcome"].to_pylist() == [outcome]
    expected = 6 if outcome == "scored" else None
    assert scored["loneliness_points"].to_pylist() == [expected]
    assert (scored["loneliness_problem"].to_pylist() == [None]) == (outcome == "scored")


def test_categories_of_pandas_and_polars_are_labels() -> None:
    words = ["hardly ever", "often"]
    labels = {"hardly ever": 1, "often": 3}
    pandas_frame = pandas.DataFrame(dict.fromkeys(COLUMNS, pandas.Categorical(words)))
    polars_frame = polars.DataFrame(dict.fromkeys(COLUMNS, words)).cast(polars.Categorical)
    for frame in (pandas_frame, polars_frame):
        scored = loneliness().score_frame(frame, columns=COLUMNS, labels=labels)
        assert list(scored["loneliness_points"]) == [3, 9]


@pytest.mark.parametrize("of", ["int8", "int64", "uint16", "float32", "float64", "decimal", "text"])
def test_columns_of_every_type_are_scored_as_each_form_would_be(of: str) -> None:
    """Blanks here and there and everywhere, codes out of range, from mid-byte."""
    rows = 3000
    odd: dict[int, int | None] = {7: None, 64: None, 65: 9, 1023: None, 1024: None, 2500: 0}
    forms = {
        name: [odd.get(row - place, 1 + (row * (place + 3)) % 3) for row in range(rows)]
        for place, name in enumerate(COLUMNS)
    }
    forms["q3"][1500:1700] = [None] * 200
    types = {"decimal": pyarrow.decimal128(20, 1), "text": pyarrow.dictionary("int8", "string")}
    kind = types.get(of) or getattr(pyarrow, of)()
    words = {name: [None if v is None else str(v) for v in forms[name]] for name in COLUMNS}
    table = pyarrow.table(
        {
            name: pyarrow.array(words[name]).cast(kind)
            if of == "text"
            else pyarrow.array(forms[name], pyarrow.int64()).cast(kind)
            for name in COLUMNS
        }
    )
    labels = {str(code): code for code in (0, 1, 2, 3, 9)} if of == "text" else None
    for start in (0, 3, 61):
        part = table.slice(start)
        found = columns_of(loneliness().score_frame(part, columns=COLUMNS, labels=labels))
        for row in range(start, rows):
            sheet = loneliness().score([forms[name][row] for name in COLUMNS])["loneliness"]
            at = row - start
            assert found["loneliness_points"][at] == sheet.points
            assert found["loneliness_value"][at] == sheet.value
            assert found["loneliness_band"][at] == sheet.band
            problems = [problem.message for problem in sheet.problems]
            assert found["loneliness_problem"][at] == ("; ".join(problems) or None)


def test_columns_that_are_not_asked_for_are_not_looked_at() -> None:
    broken = pyarrow.Array.from_buffers(
        pyarrow.string(),
        1,
        [None, pyarrow.py_buffer(b"\0\0\0\0\1\0\0\0"), pyarrow.py_buffer(b"\xff")],
    )
    frame = pyarrow.table({"id": broken, "q1": [1], "q2": [2], "q3": [3]})
    assert columns_of(loneliness().score_frame(frame, columns=COLUMNS))["loneliness_points"] == [6]
    with pytest.raises(clw.ClwError) as raised:
        loneliness().score_frame(frame, columns=COLUMNS, keep=["id"])
    assert raised.value.code == "unreadable-frame"


def test_slices_batches_and_empty_frames_are_scored_row_by_row() -> None:
    many = pyarrow.table({q: FORMS[q] * 500 for q in COLUMNS})
    parts = pyarrow.concat_tables([many.slice(0, 3), many.slice(3, 1001), many.slice(1004)])
    whole = loneliness().score_frame(many, columns=COLUMNS)
    assert loneliness().score_frame(parts, columns=COLUMNS).combine_chunks() == (
        whole.combine_chunks()
    )
    empty = loneliness().score_frame(many.slice(0, 0), columns=COLUMNS)
    assert (empty.num_rows, empty.column_names) == (0, whole.column_names)


def test_columns_that_hold_nothing_are_blanks() -> None:
    nothing = {question: [None, None] for question in COLUMNS}
    for frame in (polars.DataFrame(nothing), pandas.DataFrame(nothing), pyarrow.table(nothing)):
        scored = loneliness().score_frame(frame, columns=COLUMNS)
        assert list(columns_of(scored)["loneliness_outcome"]) == ["all-blank", "all-blank"]
    measure = loneliness().measures[0]
    assert clw.PairCounts.count(measure, polars.Series([]), polars.Series([])).n == 0


class Stream:
    """A frame of a library that nothing here knows of."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        return pyarrow.table(FORMS).__arrow_c_stream__(requested_schema)


def test_cells_of_every_type_print_as_they_are_known() -> None:
    day, time = datetime.date(2026, 7, 5), datetime.datetime(2026, 7, 5, 9, 30)
    one = {
        "whole": pyarrow.array([-1], pyarrow.int16()),
        "wide": pyarrow.array([2**64 - 1], pyarrow.uint64()),
        "float": pyarrow.array([0.1]),
        "decimal": pyarrow.array([Decimal("12.345")]),
        "day": pyarrow.array([day]),
        "time": pyarrow.array([time]),
        "in London": pyarrow.array([time], pyarrow.timestamp("s", "Europe/London")),
        "flag": pyarrow.array([True]),
        "text": pyarrow.array(['a "b", c']),
        "list": pyarrow.array([[1, 2]]),
    }
    blank = {name: pyarrow.nulls(1, array.type) for name, array in one.items()}
    frame = clw.Frame.from_arrow(pyarrow.concat_tables([pyarrow.table(one), pyarrow.table(blank)]))
    assert frame.to_csv().splitlines() == [
        "whole,wide,float,decimal,day,time,in London,flag,text,list",
        "-1,18446744073709551615,0.1,12.345,2026-07-05,2026-07-05T09:30:00,"
        '2026-07-05T10:30:00+01:00,true,"a ""b"", c","[1, 2]"',
        ",,,,,,,,,",
    ]


def test_days_print_as_python_prints_them() -> None:
    days = [datetime.date.fromordinal(day) for day in range(1, 3_652_060, 997)]
    days += [datetime.date(2000, 2, 29), datetime.date(1900, 3, 1), datetime.date.max]
    frame = clw.Frame.from_arrow(pyarrow.table({"day": days}))
    assert frame.to_csv().split() == ["day", *(day.isoformat() for day in days)]
    # As NumPy has 2²² days after 1970-01-01.
    far = clw.Frame.from_arrow(pyarrow.table({"day": pyarrow.array([2**22], pyarrow.date32())}))
    assert far.to_csv().split() == ["day", "+13453-08-13"]


def test_pyarrow_casts_a_frame_to_the_types_it_is_asked_for() -> None:
    frame = clw.Frame.from_arrow(pyarrow.table({"q": [1, 2]}))
    wanted = pyarrow.schema([("q", pyarrow.int8())])
    assert pyarrow.table(frame, schema=wanted) == pyarrow.table({"q": [1, 2]}, schema=wanted)


def test_an_unknown_library_gets_a_frame_that_speaks_arrow() -> None:
    scored = loneliness().score_frame(Stream(), columns=COLUMNS)
    assert isinstance(scored, clw.Frame)
    assert len(scored) == 4
    assert scored.columns[0] == "loneliness_points"
    assert repr(scored).startswith("<Frame: 4 rows of loneliness_points, ")
    for _ in range(2):
        assert polars.DataFrame(scored)["loneliness_outcome"].to_list() == OUTCOMES


@pytest.mark.parametrize(
    ("columns", "code", "message"),
    [
        (["q1", "q2", "Q3"], "missing-column", 'no column "Q3" among `id`, `q1`, `q2`, `q3`'),
        (["q1", "q2"], "missing-column", "item 3 ("),
        (["q1", "q2", "q3", "id"], "surplus-column", "4 columns were given for 3 items; "),
    ],
)
def test_columns_that_do_not_fit_are_refused(columns: list[str], code: str, message: str) -> None:
    with pytest.raises(clw.ClwError) as refused:
        loneliness().score_frame(polars.DataFrame(FORMS), columns=columns)
    assert refused.value.code == code
    assert message in str(refused.value)


def test_a_column_that_is_there_twice_is_refused() -> None:
    twice = pyarrow.Table.from_arrays([pyarrow.array([1])] * 4, ["q1", "q1", "q2", "q3"])
    with pytest.raises(clw.ClwError, match='more than one column "q1"') as refused:
        loneliness().score_frame(twice, columns=COLUMNS)
    assert refused.value.code == "column-twice"


@pytest.mark.parametrize("frame", [None, 3, "forms.csv", [[1, 2, 3]], {"q1": [1]}])
def test_what_is_no_frame_is_refused(frame: Any) -> None:
    with pytest.raises(clw.ClwError, match="does not speak Arrow"):
        loneliness().score_frame(frame)


POINTS = [1798, 1925, 2154]


@pytest.mark.parametrize(
    "column",
    [
        np.array(POINTS),
        np.array(POINTS, dtype="int16"),
        np.array(POINTS, dtype="float64"),
        np.array(POINTS * 2)[::2] * 0 + np.array(POINTS),
        pandas.Series(POINTS),
        pandas.Series(POINTS, dtype="Int32"),
        polars.Series(POINTS),
        pyarrow.array(POINTS),
        pyarrow.chunked_array([POINTS[:1], POINTS[1:]]),
        [1798.0, 1925.0, 2154.0],
    ],
    ids=lambda column: type(column).__module__,
)
def test_pairs_are_counted_from_columns_of_any_library(column: Any) -> None:
    wellbeing = clw.instrument("swemwbs").measures[0]
    pairs = clw.PairCounts.count(wellbeing, column, column)
    assert pairs == clw.PairCounts.count(wellbeing, POINTS, POINTS)


@pytest.mark.parametrize(
    ("column", "found"),
    [
        (polars.Series([1798, None]), "None"),
        (np.array([1798, 19.25]), "19.25"),
        (np.array([1798, 2**40]), str(2**40)),
        (pyarrow.array(["1798", "x"]), "'1798'"),
        (np.array([1798, np.nan]), "nan"),
    ],
)
def test_a_blank_has_no_place_in_a_pair(column: Any, found: str) -> None:
    wellbeing = clw.instrument("swemwbs").measures[0]
    with pytest.raises(clw.ClwError, match=f"the baseline score is {found}, not a whole") as error:
        clw.PairCounts.count(wellbeing, column, [1798, 1798])
    assert error.value.code == "not-whole"


def test_threads_score_frames_side_by_side() -> None:
    many = pyarrow.table({q: FORMS[q] * 5000 for q in COLUMNS})
    found: list[Any] = []
    score = lambda: found.append(loneliness().score_frame(many, columns=COLUMNS))  # noqa: E731
    threads = [threading.Thread(target=score) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(table == found[0] for table in found)


@pytest.mark.parametrize("threads", [1, 2, 5, 300])
def test_scores_do_not_depend_on_the_number_of_threads(threads: int) -> None:
    many = pyarrow.table({q: FORMS[q] * 20_000 for q in COLUMNS})
    alone = loneliness().score_frame(many, columns=COLUMNS, threads=1)
    shared = loneliness().score_frame(many, columns=COLUMNS, threads=threads)
    assert shared.combine_chunks() == alone.combine_chunks()


def test_a_large_frame_is_evaluated_as_its_file_is(tmp_path: Path) -> None:
    rows = range(60_000)
    forms = polars.DataFrame(
        {
            "id": [f"P{row * 7919 % 25_013}" for row in rows],
            "remark": ['"read", by nobody' for _ in rows],
            "date": [datetime.date(2025, 1, 1) + datetime.timedelta(row // 200) for row in rows],
            "Q1": [row % 3 + 1 for row in rows],
            "Q2": [row % 5 or None for row in rows],
            "Q3": [float(row % 2 + 1) for row in rows],
        }
    )
    forms.write_csv(tmp_path / "forms.csv")
    mapping = clw.Mapping.from_toml("""
        [tables.assessments]
        file = "forms.csv"
        columns = { person = "id", date = "date", answers = ["Q1", "Q2", "Q3"] }
        constants = { instrument = "ucla-3" }
    """)
    plan = clw.Plan.from_toml("""
        title = "Many"
        as-of = "2026-06-30"
        measures = [{ instrument = "ucla-3" }]
        pairing.baseline.rule = "first"
        pairing.end-point.rule = "last"
        pairing.due = { rule = "everyone" }
    """)
    of_file = clw.evaluate(plan=plan, folder=tmp_path, mapping=mapping)
    of_frame = clw.evaluate(plan=plan, frames={"assessments": forms}, mapping=mapping)
    assert of_frame.to_json() == of_file.to_json()
    problems = [
        clw.check(**records, mapping=mapping).problems
        for records in ({"folder": tmp_path}, {"frames": {"assessments": forms}})
    ]
    assert problems[0] == problems[1]
    assert problems[0]


EXAMPLES = Path(__file__).parents[2] / "examples" / "instruments"


def test_a_local_instrument_scores_as_its_built_in_kin_do() -> None:
    text = (EXAMPLES / "five-ways.toml").read_text(encoding="utf-8")
    local = clw.Instrument.from_toml(text)
    assert clw.Instrument.from_dict(local.to_dict()) == local
    assert local not in clw.instruments()
    frame = polars.DataFrame({item.id: [item.highest] for item in local.items})
    sheet = local.score([item.highest for item in local.items])
    measure = local.measures[0].id
    points = local.score_frame(frame)[f"{measure.replace('-', '_')}_points"].to_list()
    assert points == [sheet[measure].points]
    assert len(local.fingerprint) == 64


def test_a_definition_that_fails_a_check_is_refused() -> None:
    definition = loneliness().to_dict()
    assert clw.Instrument.from_dict(definition) == loneliness()
    definition["measures"][0]["items"] = ["nobody"]
    with pytest.raises(clw.ClwError, match="nobody"):
        clw.Instrument.from_dict(definition)
    with pytest.raises(clw.ClwError) as refused:
        clw.Instrument.from_toml("id = ")
    assert refused.value.code == "unreadable"


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_cells_of_every_kind_are_read_as_their_file_is(kind: str, tmp_path: Path) -> None:
    day = datetime.date(2026, 3, 5)
    midnight = datetime.datetime(2026, 3, 5)
    cells = {
        "who": pyarrow.array(["a", 'b "b",\nc', " ", "d", None, "f"]).dictionary_encode(),
        "on": pyarrow.array([midnight, midnight, midnight, None, midnight, midnight]),
        "entered": pyarrow.array([day, day, None, day, day, datetime.date(1, 1, 1)]),
        "q1": pyarrow.array([1.0, 2.0, 1.5, None, 3.0, 1.0]),
        "q2": pyarrow.array([1, 2, 300, 3, None, 1]),
        "q3": pyarrow.array([True, None, False, True, True, True]),
    }
    mapping = clw.Mapping.from_toml("""
        [tables.assessments]
        file = "forms.csv"
        columns = { person = "who", date = "on", entered = "entered", answers = ["q1", "q2", "q3"] }
        constants = { instrument = "ucla-3" }
        """)
    text = clw.Frame.from_arrow(pyarrow.table(cells)).to_csv()
    (tmp_path / "forms.csv").write_bytes(text.encode())
    table = pyarrow.table(cells)
    frame = {"pandas": table.to_pandas, "polars": lambda: polars.DataFrame(table)}
    frames = {"assessments": frame.get(kind, lambda: table)()}
    found = clw.check(frames=frames, mapping=mapping).to_dict()
    expected = clw.check(folder=tmp_path, mapping=mapping).to_dict()
    # A row of a frame is a line, whatever its cells hold.
    for problem in [*found["problems"], *expected["problems"]]:
        del problem["line"]
    assert found == expected


def test_a_caseload_does_not_change_with_the_frame_it_was_taken_from() -> None:
    columns = {"who": ["a", "b"], "on": ["2026-03-05"] * 2, "q1": [1, 2], "q2": [1, 2]}
    frame = pandas.DataFrame({**columns, "q3": np.array([1, 2])}, copy=False)
    mapping = clw.Mapping.from_toml("""
        [tables.assessments]
        file = "forms"
        columns = { person = "who", date = "on", answers = ["q1", "q2", "q3"] }
        constants = { instrument = "ucla-3" }
        """)
    caseload = clw.Caseload.from_frames({"assessments": frame}, mapping=mapping)
    before = clw.check(caseload)
    for column in ("q1", "q2", "q3"):
        values = frame[column].to_numpy(copy=False)
        values.setflags(write=True)
        values[:] = 77
    assert clw.check(caseload) == before


@pytest.mark.parametrize("answer", ["3", [3], 1.5, True])
def test_a_label_that_is_no_answer_is_refused_at_the_door(answer: object) -> None:
    frame = pyarrow.table({name: pyarrow.array(["often"]) for name in COLUMNS})
    with pytest.raises(clw.ClwError, match="which is no answer; give a whole number") as refused:
        loneliness().score_frame(frame, columns=COLUMNS, labels={"often": answer})
    assert refused.value.code == "not-an-answer"
