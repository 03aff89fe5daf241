"""The command line: what it prints, writes and returns."""

import csv
import importlib
import io
import shlex
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import clw
import pytest
from clw._progress import CLEAR_LINE
from clw.cli import main
from clw.cli.terminal import Progress, paint
from clw.tidy import COLUMNS, figures

pyarrow: Any = importlib.import_module("pyarrow")
parquet: Any = importlib.import_module("pyarrow.parquet")

CASELOAD = Path(__file__).parents[2] / "examples" / "caseload"
MAPPING = """
[tables.assessments]
file = "forms.csv"
columns = { person = "id", date = "date", answers = ["q1", "q2", "q3"] }
constants = { instrument = "three-questions" }
"""
PLAN = """
title = "Five people"
as-of = "2026-06-30"
measures = [{ instrument = "three-questions" }]
pairing.baseline.rule = "first"
pairing.end-point.rule = "last"
pairing.due = { rule = "days-since-baseline", days = 28 }
"""
DEFINITION = """
id = "three-questions"
version = "1"
title = "Three questions"
rights = { holder = "The programme", licence = "Free to use", wording = "shipped" }
items = [
  { id = "one", label = "One", lowest = 1, highest = 3 },
  { id = "two", label = "Two", lowest = 1, highest = 3 },
  { id = "three", label = "Three", lowest = 1, highest = 3 },
]

[[measures]]
id = "sum"
label = "Sum"
direction = "lower-is-better"
items = ["one", "two", "three"]
rule = { kind = "sum" }
certainty = "local"
"""


def folder(path: Path, people: str, plan: str = PLAN) -> Path:
    """A programme with a questionnaire of its own."""
    (path / "instruments").mkdir(parents=True)
    (path / "instruments" / "three.toml").write_text(DEFINITION, encoding="utf-8")
    (path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    (path / "plan.toml").write_text(plan, encoding="utf-8")
    rows = [f"{one},2026-01-05,2,2,2\n{one},2026-05-05,1,1,1\n" for one in people]
    (path / "forms.csv").write_text("id,date,q1,q2,q3\n" + "".join(rows), encoding="utf-8")
    return path


def workbook(path: Path, sheets: dict[str, list[list[str]]]) -> None:
    """An Excel workbook of texts, the least that the format asks for."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    numbered = list(enumerate(sheets, 1))
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in numbered)
    targets = "".join(
        f'<Relationship Id="r{n}" Type="{relation}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbered
    )
    book = f'<Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/>'
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("_rels/.rels", f'<Relationships xmlns="{package}">{book}</Relationships>')
        parts.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>{listed}</sheets></workbook>',
        )
        parts.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}">{targets}</Relationships>',
        )
        for n, name in numbered:
            rows = "".join(
                "<row>"
                + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
                + "</row>"
                for row in sheets[name]
            )
            sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
            parts.writestr(f"xl/worksheets/sheet{n}.xml", sheet)


def test_instruments_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["instruments"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(clw.instruments())
    assert any(line.startswith("swemwbs@") and line.endswith(": wellbeing") for line in lines)


def test_parts_are_evaluated_checked_and_merged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = [folder(tmp_path / "east", "abc"), folder(tmp_path / "west", "de")]
    for part in parts:
        assert main(["check", str(part)]) == 0
        assert main(["evaluate", str(part), "--output", str(part / "results")]) == 0
    definition = parts[0] / "instruments" / "three.toml"
    files = [str(part / "results" / "evaluation.json") for part in parts]
    together = tmp_path / "together"
    command = ["merge", *files, "--instrument", str(definition), "--output", str(together)]
    assert main(command) == 0
    assert "Five people" in capsys.readouterr().out
    whole = clw.evaluate(folder=folder(tmp_path / "whole", "abcde"))
    assert (together / "evaluation.json").read_text(encoding="utf-8") == whole.to_json()
    assert (together / "report.html").read_text(encoding="utf-8") == whole.report_html()


def test_rows_that_would_not_be_used_have_an_exit_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", str(CASELOAD)]) == 3
    assert capsys.readouterr().out == str(clw.check(folder=CASELOAD))


def test_another_plan_may_be_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    part = folder(tmp_path / "east", "abc")
    other = tmp_path / "other.toml"
    other.write_text(PLAN.replace("Five", "Three"), encoding="utf-8")
    definition = str(part / "instruments" / "three.toml")
    command = ["evaluate", str(part), "--plan", str(other), "--instrument", definition]
    assert main(command) == 0
    assert capsys.readouterr().out.startswith("Three people\n")


def test_what_is_refused_says_why_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = folder(tmp_path / "east", "abc", PLAN.replace("three-questions", "nothing"))
    for command, why in (
        (["evaluate", str(part)], 'no instrument is called "nothing"'),
        (
            ["check", str(tmp_path / "nowhere")],
            "nowhere is not there; name a folder or a file that",
        ),
        (["check", str(tmp_path)], f"write a first one with: clw template {tmp_path}"),
        (["merge", str(tmp_path / "nothing.json")], "nothing.json"),
    ):
        assert main(command) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.startswith("clw: ")
        assert why in printed.err


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["score"], "the following arguments are required: ANSWERS, --instrument"),
        (["merge"], "the following arguments are required: EVALUATION.JSON"),
        (["check"], "give SOURCE, or --mapping with --database or --table"),
        (["evaluate", "x", "--tables", "csv"], "--tables needs --output"),
        (["evaluate", "x", "--tables", "xml"], "invalid choice: 'xml'"),
        (["check", "x", "--table", "people"], "'people' is not NAME=WHERE"),
        (["evaluate", "x", "--threads", "-1"], "'-1' is no whole number from 0 on"),
        (["evaluate", "x", "--hide-up-to", "few"], "'few' is no whole number from 0 on"),
        (
            ["score", "x.csv", "--instrument", "ucla-3", "--output", "x.xlsx"],
            "--output x.xlsx is neither .csv nor .parquet",
        ),
        (
            ["score", "x", "--instrument", "y", "--label", "often=lots"],
            "'often=lots' is not TEXT=ANSWER with a number, blank or not-applicable",
        ),
        (["template"], "give SOURCE or --table"),
    ],
)
def test_a_command_line_that_cannot_be_read_has_an_exit_code(
    command: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(command)
    assert ended.value.code == 2
    assert why in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [[], ["instruments"], ["score"], ["template"], ["check"], ["evaluate"], ["merge"]]
)
def test_help_teaches(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert "exit codes:" in printed
    assert "examples:\n  clw " in printed


def test_rows_that_are_rejected_stop_a_strict_evaluation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = folder(tmp_path / "east", "abc")
    assert main(["evaluate", str(part), "--strict"]) == 0
    with (part / "forms.csv").open("a", encoding="utf-8") as forms:
        forms.write("d,yesterday,1,1,1\n")
    capsys.readouterr()
    results = part / "results"
    assert main(["evaluate", str(part), "--strict", "--output", str(results)]) == 3
    assert capsys.readouterr() == (
        "",
        "clw: 1 row would not be used, and --strict evaluates only where all are; see clw check\n",
    )
    assert not results.exists()


def test_figures_and_people_are_written_as_tables(tmp_path: Path) -> None:
    part = folder(tmp_path / "east", "abc")
    for kind in ("csv", "parquet"):
        results = ["--output", str(tmp_path / kind), "--tables", kind]
        assert main(["evaluate", str(part), *results]) == 0
    with (tmp_path / "csv" / "people.csv").open(encoding="utf-8", newline="") as lines:
        people = list(csv.DictReader(lines))
    assert [row["person"] for row in people] == ["a", "b", "c"]
    assert {row["change_score"] for row in people} == {"-3"}
    with (tmp_path / "csv" / "figures.csv").open(encoding="utf-8", newline="") as lines:
        figures = {row["statistic"]: row for row in csv.DictReader(lines) if row["rule"] == "main"}
    improved = figures["change.any-change.improved.proportion.value"]
    assert (improved["value"], improved["n"], improved["unit"]) == ("1.0", "3", "share")
    assert 0 < float(improved["lower"]) < float(improved["upper"]) <= 1
    assert figures["change.change.mean"]["value"] == "-3.0"
    assert figures["change.paired-t"]["not_computed"]
    parquet = importlib.import_module("pyarrow.parquet")
    table = parquet.read_table(tmp_path / "parquet" / "figures.parquet").to_pylist()
    assert [str(row["statistic"]) for row in table if row["rule"] == "main"] == list(figures)
    assert parquet.read_table(tmp_path / "parquet" / "people.parquet").num_rows == 3


def test_every_figure_of_an_evaluation_has_one_row(tmp_path: Path) -> None:
    evaluation = clw.evaluate(folder=CASELOAD)
    rows = figures(evaluation)
    keys = [tuple(row[column] for column in COLUMNS[:6]) for row in rows]
    assert len(set(keys)) == len(keys)
    first = evaluation["findings"][0]
    by_statistic = {row["statistic"]: row for row in rows if row["measure"] == "wellbeing"}
    t = first["change"]["paired-t"]
    row = by_statistic["change.paired-t.mean-change"]
    assert row["rule"] != "main" or row["value"] == t["mean-change"]
    groups = {(row["by"], row["group"]) for row in rows if row["by"]}
    assert groups == {
        (of["by"], of["group"]) for each in evaluation["findings"] for of in each["groups"]
    }
    assert {row["value"] is None for row in rows if row["not_computed"]} == {True}
    assert not any(row["statistic"].startswith("scale.") for row in rows)


def test_a_first_mapping_and_plan_are_written_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in CASELOAD.glob("*.csv"):
        shutil.copy(file, tmp_path)
    assert main(["template", str(tmp_path)]) == 0
    mapping = (tmp_path / "mapping.toml").read_text(encoding="utf-8")
    assert clw.Mapping.from_toml(mapping).files["people"] == "people.csv"
    (tmp_path / "plan.toml").write_text("mine", encoding="utf-8")
    assert main(["template", str(tmp_path)]) == 0
    assert f"{tmp_path / 'plan.toml'} is there already" in capsys.readouterr().out
    assert (tmp_path / "plan.toml").read_text(encoding="utf-8") == "mine"
    # Spellings are for a person to accept, but every file can be read.
    assert main(["check", str(tmp_path)]) == 3


def test_the_next_command_can_be_copied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "Glen locality"
    home.mkdir()
    rows = "CHI number,Date,Life satisfaction,Worthwhile,Happy,Anxious\nA,2026-01-05,1,2,3,3\n"
    (home / "calls.csv").write_text(rows, encoding="utf-8")
    assert main(["evaluate", str(home)]) == 1
    for command in ("template", "check"):
        printed = "".join(capsys.readouterr())
        words = shlex.split(printed[printed.index(": clw ") + 2 :].splitlines()[0])
        assert words == ["clw", command, str(home)]
        assert main(words[1:]) == 0
    measures = clw.Plan.from_file(home / "plan.toml").to_dict()["measures"]
    assert {measure["instrument"] for measure in measures} == {"ons4"}
    assert [measure["measure"] for measure in measures] == [
        measure.id for measure in clw.instrument("ons4").measures
    ]


def test_a_first_plan_is_a_plan_of_the_questionnaires_found(tmp_path: Path) -> None:
    rows = "Client ref,Date completed,Q1,Q2,Q3,Q4,Q5,Q6,Q7\nA,2026-01-05,1,2,3,3,3,4,5\n"
    (tmp_path / "swemwbs.csv").write_text(rows, encoding="utf-8")
    assert main(["template", str(tmp_path)]) == 0
    plan = clw.Plan.from_file(tmp_path / "plan.toml")
    assert [measure["instrument"] for measure in plan.to_dict()["measures"]] == ["swemwbs"]
    assert main(["evaluate", str(tmp_path)]) == 0
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["template", str(empty)]) == 1


ANSWERS = "id,Q1,Q2,Q3\n007,1,often,3\n008,,2,2\n009,4,2.0,sometimes\n"
SCORING = ["--columns", "Q1, Q2,Q3", "--label", "often=3", "--instrument", "ucla-3"]


def test_scores_stand_beside_the_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "forms.csv"
    answers.write_text("\ufeff" + ANSWERS, encoding="utf-8")
    assert main(["score", str(answers), *SCORING]) == 0
    printed = capsys.readouterr()
    rows = list(csv.DictReader(printed.out.splitlines()))
    assert [row["id"] for row in rows] == ["007", "008", "009"]
    assert [row["loneliness_points"] for row in rows] == ["7", "", ""]
    assert [row["loneliness_outcome"] for row in rows] == ["scored", "blank", "not-an-answer"]
    assert 'was answered "sometimes"' in rows[2]["loneliness_problem"]
    assert printed.err == "loneliness: 1 of 3 rows scored; 1 blank, 1 not-an-answer\n"
    for kind in ("csv", "parquet"):
        output = ["--output", str(tmp_path / f"scored.{kind}"), "--keep", "id", "--strict"]
        assert main(["score", str(answers), *SCORING, *output]) == 3
    written = (tmp_path / "scored.csv").read_text(encoding="utf-8")
    assert written.startswith("id,loneliness_points,")
    parquet = importlib.import_module("pyarrow.parquet")
    assert parquet.read_table(tmp_path / "scored.parquet")["id"].to_pylist()[0] == "007"


def test_forms_of_a_workbook_are_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [line.split(",") for line in ANSWERS.splitlines()]
    # As in a file, a row that holds nothing is none.
    rows += [[""] * len(rows[0])]
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    workbook(one, {"Forms": rows})
    workbook(two, {"Notes": [["x"]], "Forms": rows})
    assert main(["score", str(one), *SCORING]) == 0
    assert main(["score", str(two), *SCORING, "--sheet", "forms"]) == 0
    assert "1 of 3 rows scored" in capsys.readouterr().err
    assert main(["score", str(two), *SCORING]) == 1
    assert capsys.readouterr().err == (
        f"clw: {two} has the sheets Notes, Forms; say with --sheet which one\n"
    )


@pytest.mark.parametrize(
    ("text", "command", "why"),
    [
        ("", [], "{} is empty; its first row must hold the headings"),
        (
            "a,b\n1,2\n1,2,3\n",
            [],
            "{}, row 3: 3 cells under 2 headings; look for a separator or a quote that is missing",
        ),
        ("a,b\n1,2\n", ["--columns", "a,b,c"], 'the frame has no column "c" among `a`, `b`'),
        ("a,b\n1,2\n", ["--columns", "a,b"], "has no column among the 2 given"),
        ("a,b\n1,2\n", ["--instrument", "ucla-4"], 'no instrument is called "ucla-4"'),
    ],
)
def test_forms_that_cannot_be_scored_say_why(
    text: str, command: list[str], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "forms.csv"
    answers.write_text(text, encoding="utf-8")
    assert main(["score", str(answers), "--instrument", "ucla-3", *command]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("clw: ")
    assert why.format(answers) in printed.err


def test_forms_that_are_not_utf_8_say_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "forms.csv"
    for text, letters in ("name,Q1\nZoë,1\n", "latin-1"), ("name,Q1\nZoe,1\n", "utf-16-le"):
        answers.write_bytes(text.encode(letters))
        assert main(["score", str(answers), "--instrument", "ucla-3"]) == 1
        assert capsys.readouterr().err == f"clw: {answers} is not UTF-8; save it as CSV UTF-8\n"


def test_a_file_that_is_no_evaluation_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "east.json"
    file.write_text("{}", encoding="utf-8")
    assert main(["merge", str(file)]) == 1
    assert capsys.readouterr().err.startswith(f"clw: {file}: ")


def test_a_reader_who_has_seen_enough_costs_no_file(tmp_path: Path) -> None:
    part = folder(tmp_path / "east", "abc")
    command = [sys.executable, "-m", "clw.cli", "evaluate", str(part), "--output", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        told = running.stderr.read().decode().splitlines()
    assert running.returncode == 0
    assert told == [str(tmp_path / "report.html"), str(tmp_path / "evaluation.json")]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert paint("no", "red", Terminal()) == "\x1b[31mno\x1b[0m"
    assert paint("no", "red", io.StringIO()) == "no"
    monkeypatch.setenv("TERM", "dumb")
    assert paint("no", "red", Terminal()) == "no"
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert paint("no", "red", Terminal()) == "no"


def test_long_work_shows_that_it_goes_on_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for terminal, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stderr", terminal)
        with Progress(wait=0.001):
            deadline = time.monotonic() + 5
            while shown and "counting" not in terminal.getvalue() and time.monotonic() < deadline:
                time.sleep(0.001)
        printed = terminal.getvalue()
        assert ("reading and counting" in printed) is shown
        assert not shown or printed.endswith(CLEAR_LINE)


def test_a_questionnaire_is_described(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["instruments", "ucla-3"]) == 0
    told = capsys.readouterr().out
    assert "\n   1  companionship  1 to 3    " in told
    assert "loneliness: " in told
    assert ", 3 to 9, lower is better\n" in told


def test_one_file_is_a_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    part = folder(tmp_path / "east", "abc")
    (part / "mapping.toml").unlink()
    (part / "plan.toml").unlink()
    forms = str(part / "forms.csv")
    assert main(["template", forms]) == 0
    assert f"then: clw check {forms}\n" in capsys.readouterr().out
    for name, text in (("mapping.toml", MAPPING), ("plan.toml", PLAN)):
        (part / name).write_text(text, encoding="utf-8")
    assert main(["check", forms]) == 0
    assert main(["evaluate", forms]) == 0
    assert capsys.readouterr().out.count("Five people") == 1


def test_an_evaluation_is_not_added_to_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = folder(tmp_path / "east", "abc")
    assert main(["evaluate", str(part), "--output", str(tmp_path)]) == 0
    file, copy = tmp_path / "evaluation.json", tmp_path / "copy.json"
    shutil.copy(file, copy)
    definition = ["--instrument", str(part / "instruments" / "three.toml")]
    assert main(["merge", str(file), str(copy), *definition]) == 1
    assert f"{file} and {copy} hold the same evaluation" in capsys.readouterr().err


def test_scores_are_written_where_nothing_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = folder(tmp_path / "east", "abc")
    forms, output = part / "forms.csv", tmp_path / "new" / "folder" / "scored.csv"
    score = ["score", str(forms), "--instrument", "ucla-3", "--columns", "q1,q2,q3", "--output"]
    assert main([*score, str(output)]) == 0
    assert output.is_file()
    with pytest.raises(SystemExit) as left:
        main([*score, str(forms)])
    assert left.value.code == 2
    assert "is the file of the answers; name another" in capsys.readouterr().err


def test_postcodes_become_places(tmp_path: Path) -> None:
    """A folder, its frames and the command line place people alike."""
    (tmp_path / "mapping.toml").write_text(
        MAPPING.replace("three-questions", "ucla-3")
        + '[tables.people]\nfile = "people.csv"\ncolumns = { person = "id", postcode = "home" }\n',
        encoding="utf-8",
    )
    plan = PLAN.replace("three-questions", "ucla-3") + 'group-by = ["simd-quintile"]\n'
    (tmp_path / "plan.toml").write_text(
        "group-by" + plan.partition("group-by")[2] + plan.partition("group-by")[0],
        encoding="utf-8",
    )
    rows = [f"{one},2026-01-05,2,2,2\n{one},2026-05-05,1,1,1\n" for one in "ab"]
    (tmp_path / "forms.csv").write_text("id,date,q1,q2,q3\n" + "".join(rows), encoding="utf-8")
    (tmp_path / "people.csv").write_text("id,home\na,EH1 1AA\nb,EH1 1AB\n", encoding="utf-8")
    (tmp_path / "simd.csv").write_text("pc,q\nEH1 1AA,2\nEH1 1AB,5\n", encoding="utf-8")
    directory = tmp_path / "simd.toml"
    directory.write_text(
        'file = "simd.csv"\ncolumns = { postcode = "pc", quintile = "q" }\n'
        'constants = { version = "2020v2" }\n',
        encoding="utf-8",
    )
    found = clw.evaluate(folder=tmp_path, postcodes=clw.PostcodeLookup.from_file(directory))
    for source in ([str(tmp_path)], [str(tmp_path), "--table", f"people={tmp_path}/people.csv"]):
        results = tmp_path / "results"
        command = ["evaluate", *source, "--postcodes", str(directory), "--output", str(results)]
        assert main(command) == 0
        assert (results / "evaluation.json").read_text(encoding="utf-8") == found.to_json()


def test_a_workbook_and_a_parquet_file_make_one_caseload(tmp_path: Path) -> None:
    part = folder(tmp_path / "east", "abc")
    people = (
        '[tables.people]\nfile = "people.csv"\ncolumns = { person = "id", gender = "gender" }\n'
    )
    (part / "mapping.toml").write_text(MAPPING + people, encoding="utf-8")
    (part / "people.csv").write_text("id,gender\na,woman\nb,man\nc,woman\n", encoding="utf-8")
    assert main(["evaluate", str(part), "--output", str(tmp_path / "csv")]) == 0
    forms = (part / "forms.csv").read_text(encoding="utf-8").splitlines()
    workbook(part / "forms.xlsx", {"Forms": [row.split(",") for row in forms], "Notes": [["x"]]})
    texts = pyarrow.table({"id": ["a", "b", "c"], "gender": ["woman", "man", "woman"]})
    parquet.write_table(texts, part / "people.parquet")
    mixed = (MAPPING + people).replace("people.csv", "people.parquet")
    mixed = mixed.replace('"forms.csv"', '"forms.xlsx"\nsheet = "Forms"')
    (part / "mapping.toml").write_text(mixed, encoding="utf-8")
    table = ["--table", f"assessments={part / 'forms.xlsx'}"]
    for command in (["evaluate", str(part)], ["evaluate", str(part), *table]):
        assert main([*command, "--output", str(tmp_path / "mixed")]) == 0
        written = [(tmp_path / kind / "evaluation.json").read_bytes() for kind in ("csv", "mixed")]
        assert written[0] == written[1]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_a_file_may_be_parted_by_other_than_commas(
    separator: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forms = tmp_path / "forms.csv"
    forms.write_text(
        separator.join(("id", "Q1", "Q2", "Q3")) + "\n" + separator.join("a123") + "\n"
    )
    command = ["--columns", "Q1,Q2,Q3", "--keep", "id", "--instrument", "ucla-3"]
    assert main(["score", str(forms), *command]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("a,6,6,")


def test_a_file_that_is_not_there_is_named_with_the_remedy(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["score", "nope.csv", "--instrument", "ucla-3"]) == 1
    told = capsys.readouterr().err
    assert told == "clw: nope.csv: no such file or directory; check the name and the permissions\n"
