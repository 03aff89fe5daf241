"""The site: guides in Markdown, the notebooks with their outputs, and the reference of the module.

Sphinx reads docstrings from the installed wheel; signatures come from its stubs (`_ext/stubs.py`).
Everything the pages need is in the site: no font, script or picture comes from elsewhere.
"""

import sys
from pathlib import Path

import clw

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "clw"
author = "The clw contributors"
project_copyright = author
release = version = clw.__version__
language = "en_GB"

extensions = ["myst_nb", "sphinx.ext.autodoc", "stubs"]
# Docstrings are shown by `help()` too, so they mark code as Markdown does.
default_role = "code"
nitpicky = True
# Types of other libraries, which have pages of their own.
nitpick_ignore_regex = [
    (
        "py:class",
        r"Arrow\w+|altair\..*|pyspark\..*|collections\.abc\..*|PathLike|date|Decimal|SupportsIndex",
    )
]
exclude_patterns = ["examples", "requirements.txt", "_ext", "_build"]

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
# `make notebooks` has executed them.
nb_execution_mode = "off"
nb_ipywidgets_js = {}
suppress_warnings = ["mystnb.unknown_mime_type"]

# A signature that is longer has a line for each option.
python_maximum_signature_line_length = 70

html_theme = "furo"
html_title = "clw"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#0b5f8a",
        "color-brand-content": "#0b5f8a",
        "color-brand-visited": "#0b5f8a",
    },
    "dark_css_variables": {
        "color-brand-primary": "#6fbde9",
        "color-brand-content": "#6fbde9",
        "color-brand-visited": "#6fbde9",
        "color-background-primary": "#11161c",
        "color-background-secondary": "#1a2129",
    },
}
