"""The examples of the site hold: those of Python as doctests, those of the command as it exits."""

import contextlib
import doctest
import io
import re
import shlex
from pathlib import Path

import pytest
from clw.cli import main

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(DOCS.rglob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_hold(page: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    text = "\n".join(blocks)
    examples = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    report = io.StringIO()
    flags = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    runner = doctest.DocTestRunner(optionflags=flags)
    assert runner.run(examples, out=report.write).failed == 0, report.getvalue()


def commands() -> list[str]:
    text = (DOCS / "guides" / "command-line.md").read_text(encoding="utf-8")
    return re.findall(r"^\$ clw (.*)$", text, re.MULTILINE)


def test_the_commands_of_the_guide_run() -> None:
    codes = {}
    for command in commands():
        with contextlib.redirect_stdout(io.StringIO()):
            codes[command] = main(shlex.split(command))
    assert len(codes) > 3
    # Some rows of the example caseload would not be used, and `check` says so.
    assert all(code == (3 if command.startswith("check") else 0) for command, code in codes.items())


def test_pages_are_found() -> None:
    assert len(PAGES) > 6
