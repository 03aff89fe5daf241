"""Long work: shown where somebody looks, gone when done, and ended by Ctrl-C."""

import contextlib
import importlib
import io
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import clw
import pytest
from clw import _progress

pyarrow: Any = importlib.import_module("pyarrow")

UCLA = clw.instrument("ucla-3")
MAPPING = clw.Mapping.from_toml("""
[tables.assessments]
file = "forms.csv"
columns = { person = "id", date = "date", answers = ["Q1", "Q2", "Q3"] }
constants = { instrument = "ucla-3" }
""")
PLAN = clw.Plan.from_toml("""
title = "Without end"
as-of = "2026-06-30"
measures = [{ instrument = "ucla-3" }]
pairing.baseline.rule = "first"
pairing.end-point.rule = "last"
pairing.due = { rule = "days-since-baseline", days = 28 }
""")


@pytest.fixture
def endless(tmp_path: Path) -> Iterator[clw.Caseload]:
    """A file that somebody goes on writing for as long as it is read."""
    forms = tmp_path / "forms.csv"
    os.mkfifo(forms)
    rows = b"p,2026-03-05,1,2,3\n" * 4096

    def write() -> None:
        with contextlib.suppress(BrokenPipeError), forms.open("wb", buffering=0) as file:
            file.write(b"id,date,Q1,Q2,Q3\n")
            while True:
                file.write(rows)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    yield clw.Caseload.from_folder(tmp_path, mapping=MAPPING)
    with contextlib.suppress(OSError):  # Lets the writer go where nobody has read.
        os.close(os.open(forms, os.O_RDONLY | os.O_NONBLOCK))
    writer.join(10)


def interrupted_after(seconds: float, call: Callable[[], object]) -> float:
    """How long a call goes on after Ctrl-C."""
    sent: list[float] = []

    def send() -> None:
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(seconds, send)
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            call()
        return time.monotonic() - sent[0]
    finally:
        timer.cancel()


READERS: dict[str, Callable[[clw.Caseload], object]] = {
    "evaluate": lambda caseload: clw.evaluate(caseload, plan=PLAN, threads=2),
    "check": clw.check,
    "people": lambda caseload: caseload.people(plan=PLAN),
    "follow_ups_due": lambda caseload: caseload.follow_ups_due(
        plan=PLAN, first="2026-07-01", last="2026-07-14"
    ),
}


@pytest.mark.parametrize("name", READERS)
def test_ctrl_c_ends_the_reading_of_a_caseload(name: str, endless: clw.Caseload) -> None:
    assert interrupted_after(0.3, lambda: READERS[name](endless)) < 5


def test_ctrl_c_ends_the_scoring_of_a_frame() -> None:
    answers = pyarrow.repeat(pyarrow.scalar(2, pyarrow.int8()), 1 << 25)
    frame = pyarrow.table({"q": answers})
    score = lambda: UCLA.score_frame(frame, columns=["q", "q", "q"])  # noqa: E731
    assert interrupted_after(0.05, score) < 30


def many_resamples() -> object:
    swemwbs = clw.instrument("swemwbs").measures[0]
    before = list(range(700, 3500, 7))
    pairs = clw.PairCounts.count(swemwbs, before, before[::-1])
    return pairs.change(bootstrap={"resamples": 1_000_000})


def test_ctrl_c_ends_a_bootstrap() -> None:
    assert interrupted_after(0.3, many_resamples) < 5


class Publisher:
    """What a kernel sends to its page."""

    def __init__(self) -> None:
        self.sent: list[tuple[dict[str, str], bool]] = []
        self.places: set[str] = set()

    def publish(self, *, data: dict[str, str], transient: dict[str, str], update: bool) -> None:
        self.sent.append((data, update))
        self.places.add(transient["display_id"])


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> Publisher:
    publisher = Publisher()
    shell = SimpleNamespace(kernel=object(), display_pub=publisher)
    module = ModuleType("IPython")
    module.get_ipython = lambda: shell  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", module)
    return publisher


def test_a_notebook_shows_long_work_until_it_is_done(
    notebook: Publisher, endless: clw.Caseload
) -> None:
    interrupted_after(0.8, lambda: clw.evaluate(endless, plan=PLAN))
    *shown, last = notebook.sent
    assert shown[0] == (
        {
            "text/html": "<progress></progress> Reading and counting …",
            "text/plain": "Reading and counting …",
        },
        False,
    )
    assert all(update for _, update in [*shown[1:], last])
    assert last == ({}, True)
    assert len(notebook.places) == 1


def test_a_notebook_shows_how_many_resamples_are_drawn(notebook: Publisher) -> None:
    interrupted_after(1.5, many_resamples)
    *shown, last = notebook.sent
    assert re.fullmatch(r"Drawing … \d+ %", shown[-1][0]["text/plain"])
    assert last == ({}, True)


def test_short_work_and_unwanted_progress_show_nothing(
    notebook: Publisher, endless: clw.Caseload
) -> None:
    interrupted_after(0.8, lambda: clw.evaluate(endless, plan=PLAN, progress=False))
    clw.evaluate(folder=Path(__file__).parents[2] / "examples" / "wide", progress=True)
    assert notebook.sent == []


def test_a_page_that_cannot_show_it_does_not_end_the_work(
    notebook: Publisher, endless: clw.Caseload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook, "publish", None)
    interrupted_after(0.8, lambda: clw.evaluate(endless, plan=PLAN))


class OnTerminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("asked", [None, True, False])
def test_a_terminal_shows_it_where_that_is_asked_for(
    asked: bool | None, endless: clw.Caseload, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = OnTerminal()
    monkeypatch.setattr("sys.stderr", terminal)
    interrupted_after(0.8, lambda: clw.check(endless, progress=asked))
    printed = terminal.getvalue()
    assert bool(printed) is bool(asked)
    assert not printed or printed.endswith(f"Reading and counting …{_progress.CLEAR_LINE}")


def test_the_share_that_is_done_is_shown_where_it_is_known(notebook: Publisher) -> None:
    shown = _progress.display(None, "Reading and counting")
    assert shown is not None
    shown.show(0.256)
    assert notebook.sent[0][0] == {
        "text/html": '<progress value="0.256"></progress> Reading and counting … 26 %',
        "text/plain": "Reading and counting … 26 %",
    }
