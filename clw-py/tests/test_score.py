"""What is Python's own: the types that go in and out. Values are compared in test_golden.py."""

import doctest
import json
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import clw
import pytest

FORM = [3, 3, 3, 3, 3, 3, 3]


def swemwbs() -> clw.Instrument:
    return clw.instrument("swemwbs")


def test_the_catalogue_lists_and_finds() -> None:
    assert swemwbs() in clw.instruments()
    assert clw.instrument("SWMWBS") == swemwbs()
    assert hash(clw.instrument("SWMWBS")) == hash(swemwbs())
    assert clw.instrument("ons4").measures[0].id == "life-satisfaction"
    item = swemwbs().items[0]
    assert (item.lowest, item.highest) == (1, 5)
    wellbeing = swemwbs().measures[0]
    assert (wellbeing.lowest, wellbeing.highest, wellbeing.direction) == (7, 35, "higher-is-better")


def test_a_sheet_reads_as_objects_dict_and_json() -> None:
    sheet = swemwbs().score(FORM)
    wellbeing = sheet["wellbeing"]
    # SWEMWBS raw 21 is 19.25 metric in the conversion table of Stewart-Brown et al. (2009).
    assert (wellbeing.raw, wellbeing.points, wellbeing.value) == (21, 1925, 19.25)
    assert (wellbeing.outcome, wellbeing.answered, wellbeing.problems) == ("scored", 7, ())
    assert sheet.to_dict() == json.loads(sheet.to_json())
    assert sheet.to_dict()["measures"][0]["value"] == wellbeing.value
    assert sheet == swemwbs().score(FORM)
    with pytest.raises(KeyError, match="wellness"):
        sheet["wellness"]


def test_results_are_frozen() -> None:
    entry: Any = swemwbs().score(FORM)["wellbeing"]
    with pytest.raises(AttributeError):
        entry.value = 35.0


class Index:
    """A whole number of another library, as NumPy's integers are."""

    def __index__(self) -> int:
        return 3


@pytest.mark.parametrize("answers", [tuple(FORM), iter(FORM), [3.0] * 7, [Index()] * 7])
def test_whole_numbers_come_in_many_types(answers: Any) -> None:
    assert swemwbs().score(answers) == swemwbs().score(FORM)


def test_none_and_nan_are_blanks() -> None:
    with_none = swemwbs().score([3, 3, None, 3, 3, 3, 3])
    assert with_none == swemwbs().score([3, 3, float("nan"), 3, 3, 3, 3])
    assert [problem.code for problem in with_none["wellbeing"].problems] == ["blank"]


@pytest.mark.parametrize(
    ("answer", "code", "shown"),
    [
        (1.5, "not-an-answer", "1.5, which is not a whole number"),
        ("2", "not-an-answer", '"2", which is not a whole number'),
        (True, "not-an-answer", "true, which is not a whole number"),
        ([3], "not-an-answer", "a value of type `list`, which is not a whole number"),
        (10**30, "out-of-range", "1000000000000000000000000000000, outside 1..=5"),
        (-(2**63) - 1, "out-of-range", "-9223372036854775809, outside 1..=5"),
        ("\ud800", "not-an-answer", '"'),
    ],
)
def test_what_is_no_answer_is_refused(answer: Any, code: str, shown: str) -> None:
    with pytest.raises(ValueError, match="item 3") as refused:
        swemwbs().score([3, 3, answer, 3, 3, 3, 3])
    assert isinstance(refused.value, clw.ClwError)
    assert refused.value.code == code
    assert str(refused.value).startswith(f"item 3 (`relaxed`) was answered {shown}")
    again = pickle.loads(pickle.dumps(refused.value))
    assert (again.code, str(again)) == (code, str(refused.value))


def test_an_integer_that_python_will_not_print_is_refused_too() -> None:
    with pytest.raises(clw.ClwError, match=r"was answered 0x[0-9a-f]{38}…, outside 1\.\.=5"):
        swemwbs().score([10**5000, 3, 3, 3, 3, 3, 3])


def test_a_form_without_order_is_refused() -> None:
    for answers in ({1, 2, 3, 4, 5, 6, 7}, dict.fromkeys(range(1, 8), 3), frozenset(FORM)):
        with pytest.raises(clw.ClwError, match="give a list in form order"):
            swemwbs().score(answers)
    with pytest.raises(TypeError):
        swemwbs().score(3)  # type: ignore[arg-type]


def test_representations_tell_the_result() -> None:
    assert repr(swemwbs().score(FORM)).startswith("<ScoreSheet swemwbs@")
    assert "not scored (blank)" in repr(swemwbs().score([*FORM[:6], None]))
    assert repr(swemwbs().items[0]).endswith(": 1..=5>")


def documented() -> Iterator[tuple[str, object]]:
    yield "clw", clw
    for name in clw.__all__:
        if name != "__version__":
            owner = getattr(clw, name)
            yield name, owner
            members = vars(owner).items() if isinstance(owner, type) else ()
            yield from ((f"{name}.{key}", value) for key, value in members if key[0] != "_")


def examples_hold(text: str, name: str) -> bool:
    examples = doctest.DocTestParser().get_doctest(text, {"clw": clw}, name, None, None)
    return doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples).failed == 0


@pytest.mark.parametrize(("name", "thing"), [*documented()], ids=lambda value: str(value)[:40])
def test_help_is_there_at_run_time_and_its_examples_hold(name: str, thing: object) -> None:
    assert thing.__doc__, name
    assert examples_hold(thing.__doc__, name)


def test_the_examples_of_the_readmes_hold() -> None:
    package = Path(__file__).parents[1]
    assert examples_hold((package / "README.md").read_text(encoding="utf-8"), "README.md")
    project = (package.parent / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", project, re.DOTALL)
    assert blocks
    for block in blocks:
        exec(block, {})
