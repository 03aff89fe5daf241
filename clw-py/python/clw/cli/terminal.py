"""What a person at a terminal sees: colours, and that long work goes on."""

import os
import sys
import threading
import time
from types import TracebackType
from typing import TextIO

from .._progress import CLEAR_LINE

EXIT_CODES = """\
exit codes:
  0  done
  1  refused: what was found, the limit and the remedy are on standard error
  2  the command line cannot be read
  3  check, and evaluate or score with --strict: some rows cannot be used
"""

COLOURS = {"bold": "1", "red": "31", "yellow": "33", "dim": "2"}


def is_colourful(stream: TextIO) -> bool:
    """Whether colours are wanted: on a terminal, unless NO_COLOR is set or the terminal is dumb."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain


def paint(text: str, colour: str, stream: TextIO) -> str:
    return f"\x1b[{COLOURS[colour]}m{text}\x1b[0m" if is_colourful(stream) else text


class Progress:
    """A line on standard error while work is long, on a terminal only; it goes with the work."""

    def __init__(self, wait: float = 0.7) -> None:
        self._wait = wait
        self._done = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> None:
        if sys.stderr.isatty():
            self._thread = threading.Thread(target=self._show, args=(sys.stderr,), daemon=True)
            self._thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def _show(self, stream: TextIO) -> None:
        begun = time.monotonic()
        shown = False
        while not self._done.wait(self._wait if not shown else 0.2):
            seconds = int(time.monotonic() - begun)
            print(
                f"{CLEAR_LINE}reading and counting … {seconds} s", end="", file=stream, flush=True
            )
            shown = True
        if shown:
            print(CLEAR_LINE, end="", file=stream, flush=True)
