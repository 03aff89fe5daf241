"""Executes the notebooks and writes them with their outputs; a cell that fails, fails the run.

    python examples/notebooks/run.py target/notebooks

A notebook is Markdown with cells of Python, which any editor shows and git compares line by line;
Jupyter opens it through jupytext. Cells tagged `remove-cell` hold the prose to what came out.
"""

import sys
from pathlib import Path

import jupytext
from nbclient import NotebookClient

HERE = Path(__file__).parent


def at_its_own_width(cell: dict) -> None:
    """A picture of twice the dots is as wide on the site as it is in a notebook."""
    for output in cell.get("outputs", []):
        size = output.get("metadata", {}).get("image/png", {})
        if "width" in size:
            cell.metadata["mystnb"] = {"image": {"width": f"{size['width']:.0f}px"}}


def main(output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    for source in sorted(HERE.glob("*.md")):
        if source.name == "README.md":
            continue
        notebook = jupytext.read(source)
        notebook.metadata["kernelspec"] = {
            "display_name": "Python 3",
            "language": "python",
            "name": "python3",
        }
        resources = {"metadata": {"path": str(HERE)}}
        client = NotebookClient(notebook, timeout=120, resources=resources)
        client.extra_arguments = ["--log-level=ERROR"]
        client.execute()
        pictures = [
            output
            for cell in notebook.cells[:2]
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})
        ]
        for cell in notebook.cells:
            at_its_own_width(cell)
        if not pictures:
            sys.exit(f"{source.name} does not open with a picture")
        jupytext.write(notebook, output / f"{source.stem}.ipynb")
        cells = sum(cell.cell_type == "code" for cell in notebook.cells)
        print(f"{source.name}: {cells} cells")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
