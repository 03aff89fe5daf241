"""`clw instruments`: the questionnaires that come with the library."""

import argparse

from .._clw import Instrument, instrument, instruments

SUMMARY = "list the questionnaires that come with the library"
HELP = """\
Lists each questionnaire with its version, its title and what it yields. A name, or a name with its
version, is what --instrument, a mapping and a plan take. Given a name, it lists the items in form
order, by the ids that `clw score` looks for, with the answers they take, and the measures.

examples:
  clw instruments
  clw instruments swemwbs
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME")


def run(given: argparse.Namespace) -> int:
    if given.name is not None:
        describe(instrument(given.name))
        return 0
    for one in instruments():
        measures = ", ".join(measure.id for measure in one.measures)
        print(f"{f'{one.id}@{one.version}':<32} {one.title}: {measures}")
    return 0


def describe(one: Instrument) -> None:
    print(f"{one.title} ({one.id}@{one.version})\n\nitems, in form order:")
    width = max(len(item.id) for item in one.items)
    for number, item in enumerate(one.items, 1):
        answers = f"{item.lowest} to {item.highest}"
        print(f"  {number:>2}  {item.id:<{width}}  {answers:<8}  {item.label}")
    print("\nmeasures:")
    for measure in one.measures:
        better = measure.direction.replace("-", " ")
        print(
            f"  {measure.id}: {measure.label}, {measure.lowest:g} to {measure.highest:g}, {better}"
        )
