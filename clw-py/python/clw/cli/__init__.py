"""The command `clw`: each command is one file of this package."""

import argparse
import os
import sys
from collections.abc import Sequence

from .._clw import ClwError, __version__
from . import check, evaluate, instruments, merge, score, template
from .arguments import UsageError
from .terminal import EXIT_CODES, paint

EXAMPLES = """\
examples:
  clw instruments                               what can be scored
  clw score forms.csv --instrument swemwbs      scores beside the answers
  clw check caseload                            what would become of every row
  clw evaluate caseload --output results        the answer, the report, the numbers
  clw merge east/evaluation.json west/evaluation.json --output together
"""


def parser() -> argparse.ArgumentParser:
    """The command line, whose --help teaches."""
    whole = argparse.ArgumentParser(
        prog="clw",
        description="Outcomes of community link worker programmes.",
        epilog=f"{EXAMPLES}\n`clw COMMAND --help` teaches each command.\n\n{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"clw {__version__}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (instruments, score, template, check, evaluate, merge):
        name = module.__name__.rpartition(".")[2]
        description, _, examples = module.HELP.partition("\nexamples:\n")
        command = commands.add_parser(
            name,
            help=module.SUMMARY,
            description=description,
            epilog=f"examples:\n{examples}\n{EXIT_CODES}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    line = parser()
    given = line.parse_args(arguments)
    try:
        code: int = given.run(given)
        sys.stdout.flush()
    except UsageError as error:
        line.error(str(error))
    except BrokenPipeError:  # The reader, such as `head`, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (ClwError, OSError) as error:
        print(f"{paint('clw:', 'red', sys.stderr)} {told(error)}", file=sys.stderr)
        return 1
    return code


def told(error: Exception) -> str:
    """The fact and the remedy, of files as well."""
    if isinstance(error, OSError) and error.filename and error.strerror:
        reason = error.strerror[0].lower() + error.strerror[1:]
        return f"{error.filename}: {reason}; check the name and the permissions"
    return str(error)
