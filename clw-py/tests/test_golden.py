"""The cases that cargo, Node and Chromium read too: expected values, then equal bytes."""

import json
from pathlib import Path
from typing import Any

import clw
import pytest

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "clw-core/tests/golden/score.json").read_text(encoding="utf-8"))["cases"]


def line(case: dict[str, Any]) -> str:
    """What the library says of a case, as one line of JSON."""
    try:
        return clw.instrument(case["instrument"]).score(case["answers"]).to_json()
    except clw.ClwError as error:
        refused = {"code": error.code, "message": str(error)}
        return json.dumps(refused, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['instrument']}{case['answers']}")
def test_forms_score_as_expected(case: dict[str, Any]) -> None:
    expected = case["expect"] if "expect" in case else case["error"]
    assert json.loads(line(case)) == expected


def test_lines_are_those_of_rust() -> None:
    rust = (ROOT / "target/tmp/score.jsonl").read_bytes()
    assert "".join(f"{line(case)}\n" for case in CASES).encode() == rust
