"""How the documentation is built. Nothing here needs the network."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from pydantic import BaseModel

import aktorkart

HERE = Path(__file__).parent

project = "aktorkart"
author = "The aktorkart authors"
project_copyright = "The aktorkart authors"
version = release = aktorkart.__version__
language = "en"

sys.path.insert(0, str(HERE))
extensions = [
    "drawn",
    "myst_nb",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
]
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = "aktorkart"
html_static_path = ["_static"]
html_css_files = ["extra.css"]
html_copy_source = False
html_show_sourcelink = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Notebooks are stored without outputs; what the pages show was computed in this build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True
# A picture with a width is a link to itself, to be looked at closely.
nb_render_image_options = {"width": "100%"}
# A notebook shows its figures, whatever matplotlib is told in the shell of whoever builds.
os.environ.pop("MPLBACKEND", None)

# A name in single backticks in a docstring is a link where there is something to link to.
default_role = "py:obj"
autodoc_typehints = "none"
autodoc_member_order = "bysource"
autosummary_generate = False
numpydoc_show_class_members = False


def _copy_notebooks(_app: Any, _config: Any) -> None:
    # Sphinx reads only what lies beneath this folder; the notebooks' home is the root.
    target = HERE / "notebooks"
    target.mkdir(exist_ok=True)
    for path in sorted((HERE.parent / "notebooks").glob("*.ipynb")):
        shutil.copyfile(path, target / path.name)


def _name_figures(_app: Any, doctree: nodes.document) -> None:
    # A cell's figure comes without words: what is read aloud would be the name of a file.
    for image in doctree.findall(nodes.image):
        image.setdefault("alt", "The figure that the lines above draw.")


def _signature(
    _app: Any, _kind: str, _name: str, value: Any, _options: Any, signature: str | None, _back: str
) -> tuple[str, str] | None:
    # The fields of a map's parts are explained one by one; as a signature they fill a page.
    if isinstance(value, type) and issubclass(value, BaseModel):
        return "", ""
    # Made by the library only: how is not for others to rely on.
    return ("", "") if "_all" in (signature or "") else None


def _language_of_page(
    _app: Any, page: str, _template: str, context: dict[str, Any], _doctree: Any
) -> None:
    # A reader's voice follows the language that the page says it is in.
    if page.startswith("nb/"):
        context["language"] = "nb"


def setup(app: Any) -> None:
    """Connect the steps above."""
    app.connect("config-inited", _copy_notebooks)
    app.connect("doctree-read", _name_figures)
    app.connect("html-page-context", _language_of_page)
    app.connect("autodoc-process-signature", _signature)
