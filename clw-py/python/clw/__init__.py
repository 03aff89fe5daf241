"""Outcomes of community link worker programmes."""

from ._clw import __version__

__all__ = ["__version__"]
