"""What may leave the programme: the same bytes as in Rust, and nothing of what is hidden."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import clw
import pytest
from clw.cli import main

ROOT = Path(__file__).parents[2]
CASELOAD = ROOT / "examples" / "caseload"
FROM_RUST = ROOT / "target" / "tmp" / "caseload"
EVALUATION = clw.evaluate(folder=CASELOAD)


def test_the_public_form_is_that_of_rust() -> None:
    public = EVALUATION.disclosed()
    assert public.report_html() == (FROM_RUST / "public.html").read_text(encoding="utf-8")
    assert public.csv() == (FROM_RUST / "public.csv").read_text(encoding="utf-8")


def test_a_public_form_reads_as_words_dict_json_tables_and_charts() -> None:
    public = EVALUATION.disclosed(hide_up_to=9, rounding_base=5)
    assert public.to_dict() == json.loads(public.to_json())
    assert clw.DisclosedEvaluation.from_json(public.to_json()) == public
    assert public["profile"] == {
        "hide-up-to": 9,
        "zeros": "shown",
        "rounding": {"method": "conventional", "base": 5},
    }
    title, *_, hidden = public.summary.split("\n\n")
    assert title == "Example Valley link workers, April 2024 to March 2026"
    assert hidden.startswith("Counts from 1 to 9 are hidden, and as many others as it takes")
    assert public._repr_html_().startswith(f"<section><h4>{title}</h4><p>")
    assert repr(public) == f'<DisclosedEvaluation "{title}": counts from 1 to 9 hidden>'
    charts = public.charts(theme="dark")
    assert public.chart(charts[0]["id"]).to_dict()
    assert {"id", "title", "description", "vega-lite"} == charts[0].keys()
    assert next(csv.reader(io.StringIO(public.csv()))) == [
        "measure",
        "table",
        "row",
        "column",
        "value",
    ]


@pytest.mark.parametrize("limit", [4, 9])
def test_no_small_count_is_in_the_tables(limit: int) -> None:
    rows = csv.DictReader(io.StringIO(EVALUATION.disclosed(hide_up_to=limit).csv()))
    counts = [
        int(row["value"]) for row in rows if row["value"].isdigit() and "Episodes" in row["column"]
    ]
    assert counts
    assert not [count for count in counts if 0 < count <= limit]


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ({"hide_up_to": 1}, "limit-too-low", "hide counts up to 2 at least"),
        ({"hide_up_to": 2**63}, "limit-too-high", "hide counts up to 20 at most"),
        (
            {"zeros": "maybe"},
            "unknown-choice",
            'zeros came as "maybe"; give "shown" or "hidden"',
        ),
        ({"rounding_base": 11}, "rounding-base-outside", "base 11, outside 2..=10"),
    ],
)
def test_a_rule_that_does_not_fit_says_so(options: Any, code: str, message: str) -> None:
    for refuse in (
        lambda: EVALUATION.disclosed(**options),
        lambda: clw.Return.of(EVALUATION, name="Valley", **{"hide_up_to": 4, **options}),
        lambda: clw.protected_table({"All": 12}, **options),
    ):
        with pytest.raises(clw.ClwError) as refused:
            refuse()
        assert refused.value.code == code
        assert message in str(refused.value)


def as_of(day: str) -> clw.Evaluation:
    rules = clw.Plan.from_file(CASELOAD / "plan.toml").to_dict()
    return clw.evaluate(folder=CASELOAD, plan=clw.Plan.from_dict({**rules, "as-of": day}))


def test_what_came_since_the_last_release_is_not_given_away(tmp_path: Path) -> None:
    earlier, later = as_of("2026-03-31"), EVALUATION
    first, alone, after = earlier.disclosed(), later.disclosed(), later.disclosed(after=[earlier])
    assert later.disclosed(after=[later]) == alone

    def rows(public: clw.DisclosedEvaluation) -> dict[tuple[str, ...], str]:
        table = csv.DictReader(io.StringIO(public.csv()))
        return {
            (row["measure"], row["table"], row["row"], row["column"]): row["value"] for row in table
        }

    def few_came(public: clw.DisclosedEvaluation) -> list[tuple[str, ...]]:
        was, found = rows(first), rows(public)
        shared = [row for row in found if "Episodes" in row[3] and row in was]
        counts = [(row, was[row], found[row]) for row in shared]
        both = [(row, int(a), int(b)) for row, a, b in counts if a.isdigit() and b.isdigit()]
        return [row for row, a, b in both if 0 < abs(a - b) <= 4]

    assert few_came(alone)
    assert not few_came(after)

    file = tmp_path / "spring.json"
    file.write_text(earlier.to_json(), encoding="utf-8")
    command = [
        "evaluate",
        str(CASELOAD),
        "--output",
        str(tmp_path),
        "--public",
        "--after",
        str(file),
    ]
    assert main(command) == 0
    assert (tmp_path / "public.json").read_text(encoding="utf-8") == after.to_json()


def test_releases_out_of_order_and_of_other_rules_are_refused() -> None:
    later = as_of("2026-09-30")
    with pytest.raises(clw.ClwError) as refused:
        EVALUATION.disclosed(after=[later])
    assert refused.value.code == "release-not-earlier"
    assert str(refused.value) == (
        "a release as of 2026-09-30 is given before one as of 2026-06-30; give releases in their "
        "order in time, the oldest first"
    )
    other = clw.evaluate(folder=ROOT / "examples" / "wide")
    with pytest.raises(clw.ClwError) as refused:
        EVALUATION.disclosed(after=[other])
    assert refused.value.code == "release-of-another-plan"


def test_what_is_no_public_form_is_refused() -> None:
    for text in ("{}", EVALUATION.to_json()):
        with pytest.raises(clw.ClwError):
            clw.DisclosedEvaluation.from_json(text)


def test_the_command_line_writes_it(tmp_path: Path) -> None:
    rule = ["--public", "--hide-up-to", "9", "--zeros", "shown", "--rounding-base", "5"]
    public = EVALUATION.disclosed(hide_up_to=9, rounding_base=5)
    for command in (
        ["evaluate", str(CASELOAD)],
        ["merge", str(tmp_path / "evaluate" / "evaluation.json")],
    ):
        results = tmp_path / command[0]
        assert main([*command, "--output", str(results), *rule]) == 0
        written = {name: (results / name).read_bytes().decode() for name in NAMES}
        assert written == dict(
            zip(NAMES, (public.report_html(), public.csv(), public.to_json()), strict=True)
        )


NAMES = ("public.html", "public.csv", "public.json")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["--public"], "--public needs --output"),
        (["--hide-up-to", "9"], "--hide-up-to needs --public"),
        (["--zeros", "hidden"], "--zeros needs --public"),
        (["--rounding-base", "5"], "--rounding-base needs --public"),
        (["--after", "spring.json"], "--after needs --public"),
    ],
)
def test_arguments_that_do_not_go_together_are_refused(
    given: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("evaluate", "merge"):
        with pytest.raises(SystemExit) as left:
            main([command, str(CASELOAD), *given])
        assert left.value.code == 2
        assert message in capsys.readouterr().err
