"""The command line: what it prints, writes and returns."""

from pathlib import Path

import clw
import pytest
from clw.cli import main

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
        (["check", str(tmp_path / "nowhere")], "mapping.toml cannot be read"),
        (["merge", str(tmp_path / "nothing.json")], "nothing.json"),
    ):
        assert main(command) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.startswith("clw: ")
        assert why in printed.err


@pytest.mark.parametrize("command", [[], ["evaluate"], ["score"], ["merge"]])
def test_a_command_line_that_cannot_be_read_has_an_exit_code(command: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(command)
    assert ended.value.code == 2


@pytest.mark.parametrize("command", [[], ["check"], ["evaluate"], ["merge"]])
def test_help_teaches(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    assert "exit codes:" in capsys.readouterr().out
