"""The reference: a page for each group of names, with signatures and types from the stubs."""

import ast
import importlib
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import clw
from sphinx.application import Sphinx

STUBS = Path(clw.__file__).with_name("_clw.pyi")

for module in ("clw.plot", "clw.spark"):
    importlib.import_module(module)
PAGES = {
    "Questionnaires and scores": (
        "instruments instrument Instrument Item Measure ScoreSheet MeasureScore Problem Frame"
    ),
    "Change and courses": "PairCounts MatchedPairs Change Trajectories Course",
    "Caseloads and evaluations": (
        "check evaluate Caseload Mapping DryRun Plan Evaluation PostcodeLookup"
    ),
    "Completion and attrition": (
        "Answer completion Completion survival Survival p_chart xmr_chart ControlChart "
        "funnel Funnel before_after BeforeAfter attrition Attrition"
    ),
    "Indicators": "indicator Indicator",
    "Equity": "equity_table EquityTable inequality Inequality reach Reach",
    "Planning a study": (
        "pairs_needed power PlannedTest minimum_detectable_change MinimumDetectableChange "
        "adjusted_ps AdjustedPs"
    ),
    "Returns and disclosure": (
        "DisclosedEvaluation Return National synthesis Synthesis protected_table ProtectedTable "
        "wellby Wellby"
    ),
    "Charts and Spark": "plot.altair_chart spark.score spark.evaluate spark.check",
}


INDEX = """# Reference

Everything in the module `clw`. Options are given by name and results cannot be changed. What
`to_dict()` and `to_json()` hold has the same keys in Python, Rust and JavaScript.
`help(clw.evaluate)` shows the same text in a terminal.

LIST
"""


def pages() -> dict[str, list[str]]:
    """The names of each page; the last page has whatever no other has."""
    there = {*clw.__all__} - {"__version__", "ClwError"}
    known = {
        title: [name for name in names.split() if name in there or "." in name]
        for title, names in PAGES.items()
    }
    placed = {name for names in known.values() for name in names}
    rest = sorted(there - placed)
    return {title: names for title, names in known.items() if names} | {
        "Errors and others": ["ClwError", *rest]
    }


def page(title: str, names: list[str]) -> str:
    parts = [f"# {title}"]
    for name in names:
        thing = attrgetter(name)(clw)
        is_error = isinstance(thing, type) and issubclass(thing, Exception)
        kind = "exception" if is_error else "class" if isinstance(thing, type) else "function"
        members = "\n   :members:" if kind == "class" else ""
        if kind == "class" and thing.__base__ is not object:
            members += "\n   :show-inheritance:"
        directive = f".. auto{kind}:: clw.{name}{members}"
        parts.append(f"## {name}\n\n```{{eval-rst}}\n{directive}\n```")
    return "\n\n".join(parts) + "\n"


def written(app: Sphinx) -> None:
    folder = Path(app.srcdir) / "reference"
    folder.mkdir(exist_ok=True)
    listed = []
    for title, names in pages().items():
        stem = title.lower().replace(" ", "-")
        (folder / f"{stem}.md").write_text(page(title, names), encoding="utf-8")
        links = ", ".join(f"[{name}](#clw.{name})" for name in names)
        listed.append((stem, f"- [{title}]({stem}.md): {links}"))
    text = INDEX.replace("LIST", "\n".join(line for _, line in listed))
    text += "\n```{toctree}\n:hidden:\n\n" + "\n".join(stem for stem, _ in listed) + "\n```\n"
    (folder / "index.md").write_text(text, encoding="utf-8")


def declared(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield f"{prefix}.{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from declared(node.body, f"{prefix}.{node.name}")


STUB = ast.parse(STUBS.read_text(encoding="utf-8"))
DECLARED = dict(declared(STUB.body, "clw"))
# The stubs' own names for long types, written out for the reader.
ALIASES = {
    node.target.id: node.value
    for node in STUB.body
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value
}


class WrittenOut(ast.NodeTransformer):
    def visit_Name(self, node: ast.Name) -> ast.expr:
        known = ALIASES.get(node.id)
        return self.visit(known) if known else ast.Name(node.id.removeprefix("_"))


def text_of(node: ast.AST) -> str:
    return ast.unparse(WrittenOut().visit(node))


def signature(
    _app: Sphinx, what: str, name: str, _obj: Any, _options: Any, given: Any, _returns: Any
) -> tuple[str, str] | None:
    node = DECLARED.get(name)
    if what not in ("function", "method") or node is None:
        return None
    arguments = node.args
    for group in (arguments.posonlyargs, arguments.args):
        if group and group[0].arg == "self":
            del group[0]
    text = text_of(arguments).removeprefix("/, ")
    return f"({text})", text_of(node.returns) if node.returns else ""


def docstring(
    _app: Sphinx, what: str, name: str, _obj: Any, _options: Any, lines: list[str]
) -> None:
    node = DECLARED.get(name)
    if what in ("attribute", "property") and node is not None and node.returns:
        lines[:0] = [f"`{text_of(node.returns)}`", ""]


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", written)
    app.connect("autodoc-process-signature", signature)
    app.connect("autodoc-process-docstring", docstring)
    return {"parallel_read_safe": False}
