"""`clw instruments`: the questionnaires that come with the library."""

import argparse

from .._clw import instruments

SUMMARY = "list the questionnaires that come with the library"
HELP = """\
Lists each questionnaire with its version, its title and what it yields. A name, or a name with its
version, is what --instrument, a mapping and a plan take.

examples:
  clw instruments
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    pass


def run(_given: argparse.Namespace) -> int:
    for instrument in instruments():
        measures = ", ".join(measure.id for measure in instrument.measures)
        print(f"{f'{instrument.id}@{instrument.version}':<32} {instrument.title}: {measures}")
    return 0
