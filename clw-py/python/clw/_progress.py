"""How far long work is: in a notebook, and on a terminal if asked for; gone with the work."""

import sys
import uuid
from typing import Any, Protocol, TextIO

__all__ = ["CLEAR_LINE", "Display", "Notebook", "Terminal", "display"]

CLEAR_LINE = "\r\x1b[K"


class Display(Protocol):
    """What shows the share of the work that is done, from 0 to 1, where it is known."""

    def show(self, share: float | None) -> None: ...
    def close(self) -> None: ...


def display(asked: bool | None, doing: str) -> Display | None:
    """Where progress is shown: in a notebook unless told, on a terminal if told, else nowhere."""
    if asked is False:
        return None
    # Whoever runs in a kernel has imported it.
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None and getattr(shell, "kernel", None) is not None:
        return Notebook(shell.display_pub, doing)
    if asked and sys.stderr.isatty():
        return Terminal(sys.stderr, doing)
    return None


def words(doing: str, share: float | None) -> str:
    return f"{doing} …" + ("" if share is None else f" {100 * share:.0f} %")


class Notebook:
    """A bar under the cell, in the notebook's own colours."""

    def __init__(self, publisher: Any, doing: str) -> None:
        self._publisher = publisher
        self._doing = doing
        self._place = {"display_id": uuid.uuid4().hex}
        self._shown: dict[str, str] | None = None

    def show(self, share: float | None) -> None:
        value = "" if share is None else f' value="{share:.3f}"'
        told = words(self._doing, share)
        bar = f"<progress{value}></progress> {told}"
        self._publish({"text/html": bar, "text/plain": told})

    def close(self) -> None:
        """Leaves an output of nothing: a notebook can empty the place, but not take it back."""
        self._publish({})

    def _publish(self, data: dict[str, str]) -> None:
        if data != self._shown:
            there = self._shown is not None
            self._publisher.publish(data=data, transient=self._place, update=there)
        self._shown = data


class Terminal:
    """A line that is written over."""

    def __init__(self, stream: TextIO, doing: str) -> None:
        self._stream = stream
        self._doing = doing

    def show(self, share: float | None) -> None:
        print(f"{CLEAR_LINE}{words(self._doing, share)}", end="", file=self._stream, flush=True)

    def close(self) -> None:
        print(CLEAR_LINE, end="", file=self._stream, flush=True)
