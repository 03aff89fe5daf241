"""The cases that cargo, Node and Chromium read too: expected values, then equal bytes."""

import json
from pathlib import Path
from typing import Any

import clw
import pytest

ROOT = Path(__file__).parents[2]


def cases(file: str) -> list[dict[str, Any]]:
    text = (ROOT / f"clw-core/tests/golden/{file}.json").read_text(encoding="utf-8")
    read: list[dict[str, Any]] = json.loads(text)["cases"]
    return read


CASES = cases("score")
TABLES = ["wilcoxon", "hodges_lehmann", "paired_t", "effect_sizes", "transitions"]


def error_line(error: clw.ClwError) -> str:
    refused = {"code": error.code, "message": str(error)}
    return json.dumps(refused, ensure_ascii=False, separators=(",", ":"))


def line(case: dict[str, Any]) -> str:
    """What the library says of a case, as one line of JSON."""
    try:
        return clw.instrument(case["instrument"]).score(case["answers"]).to_json()
    except clw.ClwError as error:
        return error_line(error)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['instrument']}{case['answers']}")
def test_forms_score_as_expected(case: dict[str, Any]) -> None:
    expected = case["expect"] if "expect" in case else case["error"]
    assert json.loads(line(case)) == expected


def test_lines_are_those_of_rust() -> None:
    rust = (ROOT / "target/tmp/score.jsonl").read_bytes()
    assert "".join(f"{line(case)}\n" for case in CASES).encode() == rust


def same(line: str, rust: str) -> bool:
    """Whether a line is Rust's; what is no option has the same code, and Python's names."""
    if '"message":"the options cannot be read: ' in rust:
        return bool(json.loads(line)["code"] == json.loads(rust)["code"])
    return line == rust


def change_line(case: dict[str, Any]) -> str:
    """What the library says of a table, by what the case asks for, as one line of JSON."""
    measure = None
    if "instrument" in case:
        measures = clw.instrument(case["instrument"]).measures
        measure = next(m for m in measures if m.id == case["measure"])
    options = {key.replace("-", "_"): value for key, value in case.get("options", {}).items()}
    try:
        pairs = clw.PairCounts.from_json(json.dumps(case["pairs"]))
        return pairs.change(measure=measure, level=case.get("level", 0.95), **options).to_json()
    except clw.ClwError as error:
        return error_line(error)


def test_changes_are_those_of_rust() -> None:
    tables = [{"pairs": case["pairs"]} for file in TABLES for case in cases(file)]
    rust = (ROOT / "target/tmp/change.jsonl").read_text(encoding="utf-8").splitlines()
    for case, expected in zip(cases("change") + tables, rust, strict=True):
        assert same(change_line(case), expected), case


def matched_line(case: dict[str, Any]) -> str:
    """The pairs that forms make, as one line of JSON."""
    measure = next(
        m for m in clw.instrument(case["instrument"]).measures if m.id == case["measure"]
    )
    forms = {key.replace("-", "_"): column for key, column in case["forms"].items()}
    try:
        return clw.PairCounts.matched(measure, **forms).to_json()
    except clw.ClwError as error:
        return error_line(error)


def test_matched_pairs_are_those_of_rust() -> None:
    lines = [matched_line(case) for case in cases("matched_pairs")]
    rust = (ROOT / "target/tmp/matched_pairs.jsonl").read_bytes()
    assert "".join(f"{line}\n" for line in lines).encode() == rust


def end_point_line(golden: dict[str, Any], case: dict[str, Any], folder: Path) -> str:
    """The evaluation of a caseload under its end point, as one line of JSON."""
    for table, rows in case["tables"].items():
        (folder / f"{table}.csv").write_text(rows, encoding="utf-8")
    pairing = golden["plan"]["pairing"] | {"end-point": case["end-point"]}
    try:
        plan = clw.Plan.from_dict(golden["plan"] | case["plan"] | {"pairing": pairing})
    except clw.ClwError as error:
        return json.dumps({"code": error.code}, separators=(",", ":"))
    mapping = clw.Mapping.from_dict(golden["mapping"])
    return clw.evaluate(folder=folder, mapping=mapping, plan=plan).to_json()


def test_end_points_are_those_of_rust(tmp_path: Path) -> None:
    golden = json.loads((ROOT / "clw-core/tests/golden/end_point.json").read_text("utf-8"))
    lines = [end_point_line(golden, case, tmp_path) for case in golden["cases"]]
    rust = (ROOT / "target/tmp/end_point.jsonl").read_text(encoding="utf-8")
    assert "".join(f"{line}\n" for line in lines) == rust


def sequences(sittings: dict[str, Any]) -> str:
    """Rows of person, time and points as one sequence a person."""
    people: dict[int, list[tuple[int, int]]] = {}
    for person, time, points in sittings["rows"]:
        people.setdefault(person, []).append((time, points))
    listed = [{"people": 1, "sittings": own} for own in people.values()]
    return json.dumps({"scale": sittings["scale"], "unit": "session", "sequences": listed})


@pytest.mark.parametrize(
    ("name", "options"),
    [
        (
            "course",
            {"means": [{"by": "time"}, {"by": "occasion"}], "slopes": {"at-least": "0.5"}},
        ),
        ("mixed_models", {"mixed_models": ["intercept", "intercept-and-slope"]}),
    ],
)
def test_courses_are_those_of_rust(name: str, options: dict[str, Any]) -> None:
    sittings = [sequences(case["sittings"]) for case in cases("growth")]
    lines = [clw.Trajectories.from_json(own).course(**options).to_json() for own in sittings]
    rust = (ROOT / f"target/tmp/{name}.jsonl").read_bytes()
    assert "".join(f"{line}\n" for line in lines).encode() == rust


def plain(column: list[dict[str, Any]], key: str) -> list[Any]:
    return [row.get(key) for row in column]


def by_name(listed: list[dict[str, Any]], *keys: str) -> dict[str, Any]:
    return {of["name"]: tuple(of[key] for key in keys) for of in listed}


def stage_answer(question: dict[str, Any]) -> Any:
    """The answer that a function gives to a golden question, its rows turned to columns."""
    given = {key.replace("-", "_"): value for key, value in question.items()}
    compute = given.pop("compute").replace("-", "_")
    ask = getattr(clw, compute)
    match compute:
        case "completion":
            return ask(given.pop("flow"), **given)
        case "p_chart" | "funnel":
            rows = given.pop("periods" if compute == "p_chart" else "practices")
            given.update(given.pop("options", {}))
            return ask(*(plain(rows, key) for key in ("name", "count", "of")), **given)
        case "xmr_chart":
            rows = given.pop("periods")
            return ask(plain(rows, "name"), plain(rows, "value"), **given)
        case "before_after":
            return ask(*((given[when]["count"], given[when]["of"]) for when in ("before", "after")))
        case "inequality":
            rows = given.get("rates") or given.get("counts") or []
            for column, key in (("rates", "rate"), ("counts", "count")):
                if column in given:
                    given[column] = plain(rows, key)
            return ask(**given, populations=plain(rows, "population"))
        case "indicator":
            rows = given.pop("months")
            span, without = given.pop("span", {}), given.pop("without_month", None)
            given["definition"] = given.pop("indicator")
            return ask(
                *(plain(rows, key) for key in ("month", "count", "of")),
                **given,
                first=span.get("from"),
                last=span.get("to"),
                without_month=(without["count"], without["of"]) if without else None,
            )
        case "reach":
            return ask(given.pop("referred"), given.pop("lists"), **given)
        case "equity_table":
            read = clw.PairCounts.from_json
            bands = [{**of, "pairs": read(json.dumps(of["pairs"]))} for of in given.pop("bands")]
            return ask(bands, **given)
        case "adjusted_ps":
            return ask({of["name"]: of["p"] for of in given.pop("p_values")}, **given)
        case "synthesis":
            if "estimates" in given:
                given["estimates"] = by_name(given["estimates"], "estimate", "variance")
            if "shares" in given:
                given["shares"] = by_name(given["shares"], "count", "of")
            return ask(**given)
        case "wellby":
            pairs = clw.PairCounts.from_json(json.dumps(given["pairs"]))
            assumptions = given["assumptions"].items()
            return ask(pairs, **{key.replace("-", "_"): value for key, value in assumptions})
        case "protected_table":
            sums = {of["total"]: of["parts"] for of in given.get("sums", [])}
            hide_up_to = given.get("profile", {}).get("hide-up-to", 4)
            return ask(given["cells"], sums=sums, hide_up_to=hide_up_to)
        case _:
            return ask(**given)


# Refused before the core is asked, as columns are not of one length.
OWN_WORDS = {"columns of other lengths"}


def test_stages_answer_as_rust_does() -> None:
    rust = (ROOT / "target/tmp/stages.jsonl").read_text(encoding="utf-8").splitlines()
    for case, expected in zip(cases("stages"), rust, strict=True):
        try:
            line = stage_answer(case["question"]).to_json()
        except clw.ClwError as error:
            line = error_line(error)
        if case["name"] not in OWN_WORDS:
            assert same(line, expected), case["name"]
