"""Long calls let other threads of Python run."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import clw
import pytest

CASELOAD = Path(__file__).parents[2] / "examples" / "caseload"


@pytest.fixture
def nobody_is_interrupted() -> Iterator[None]:
    """Python hands over only where a thread waits or lets go."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1_000)
    yield
    sys.setswitchinterval(usual)


def another_thread_runs_during(call: Callable[[], object]) -> bool:
    """Whether a thread that waits for its turn gets one before the call is back."""
    go, waits, ran = threading.Event(), threading.Event(), threading.Event()

    def run() -> None:
        waits.set()
        go.wait()
        ran.set()

    other = threading.Thread(target=run)
    other.start()
    waits.wait()
    go.set()
    call()
    found = ran.is_set()
    other.join()
    return found


def calls() -> dict[str, Callable[[], object]]:
    instrument = clw.instrument("ucla-3")
    answers = [str(row % 3 + 1) for row in range(20_000)]
    # A frame of no other library, whose own code might let go.
    frame = clw.Frame.from_texts([(q, answers) for q in ("q1", "q2", "q3")])
    labels: dict[str, Any] = {"1": 1, "2": 2, "3": 3}
    caseload = clw.Caseload.from_folder(CASELOAD)
    evaluation = clw.evaluate(caseload)
    points = [row % 7 + 3 for row in range(20_000)]
    pairs = clw.PairCounts.count(instrument.measures[0], points, points[::-1])
    return {
        "score_frame": lambda: instrument.score_frame(
            frame, columns=["q1", "q2", "q3"], labels=labels
        ),
        "to_csv": frame.to_csv,
        "check": lambda: clw.check(caseload),
        "evaluate": lambda: clw.evaluate(caseload, threads=1),
        "people": lambda: caseload.people(threads=1),
        "report_html": evaluation.report_html,
        "change": pairs.change,
    }


CALLS = calls()


@pytest.mark.parametrize("name", CALLS)
def test_a_long_call_lets_other_threads_run(name: str, nobody_is_interrupted: None) -> None:
    # On a busy machine the other thread may come too late for one short call.
    assert any(another_thread_runs_during(CALLS[name]) for _ in range(100))


def test_python_itself_does_not(nobody_is_interrupted: None) -> None:
    assert not any(another_thread_runs_during(lambda: sum(range(20_000))) for _ in range(20))
