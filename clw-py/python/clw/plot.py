"""Charts as objects of Altair, from the specifications that come with every result."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._clw import ClwError

if TYPE_CHECKING:
    import altair

__all__ = ["altair_chart"]


def altair_chart(specification: dict[str, Any]) -> altair.Chart | altair.LayerChart:
    """The chart of a Vega-Lite specification, such as `evaluation.charts()[0]["vega-lite"]`.

    A notebook shows it; `.save("chart.svg")` and `.save("chart.png")` write it without a browser
    or a network. Raises `ClwError` where Altair is not installed.
    """
    try:
        library = import_module("altair")
    except ImportError as missing:
        error = ClwError(
            "a chart is drawn by Altair, which is not installed; "
            'install it with `pip install "clw[charts]"`'
        )
        error.code = "missing-extra"
        raise error from missing
    chart: altair.Chart | altair.LayerChart = library.Chart.from_dict(specification)
    return chart
