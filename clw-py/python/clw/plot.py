"""Charts as objects of Altair, from the specifications that come with every result."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from ._clw import ClwError

if TYPE_CHECKING:
    import altair

__all__ = ["altair_chart"]


# Those of Altair's themes that have a dark page in mind.
_DARK = {"dark", "carbong90", "carbong100"}


def altair_chart(specification: dict[str, Any]) -> altair.Chart | altair.LayerChart:
    """The chart of a Vega-Lite specification, such as `evaluation.charts()[0]["vega-lite"]`.

    A notebook shows it; `.save("chart.svg")` and `.save("chart.png")` write it without a browser
    or a network. Raises `ClwError` where Altair is not installed.
    """
    chart: altair.Chart | altair.LayerChart = _library().Chart.from_dict(specification)
    return chart


def altair_theme() -> Literal["light", "dark"]:
    """The theme that charts have unless told: dark where that of Altair is.

    No colour is readable on white and on near black alike, and a picture does not learn what it is
    put on. Raises `ClwError` where Altair is not installed.
    """
    library = _library()
    # Before Altair 5.5 it has no `theme`.
    active = getattr(library, "theme", None) or library.themes
    return "dark" if active.active in _DARK else "light"


def _library() -> Any:
    try:
        return import_module("altair")
    except ImportError as missing:
        error = ClwError(
            "a chart is drawn by Altair, which is not installed; "
            'install it with `pip install "clw[charts]"`'
        )
        error.code, error.about = "missing-extra", {}
        raise error from missing
