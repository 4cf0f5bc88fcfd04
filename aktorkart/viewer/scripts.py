"""The page's own script and style: small modules put together, without a tool to build them."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

_IMPORT = re.compile(r'^import \{([^}]+)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|const) (\w+)", re.MULTILINE)
_COMMENT = re.compile(r"^ *//[^\n]*\n| +// [^\n]*$", re.MULTILINE)
_INDENT = re.compile(r"^ +", re.MULTILINE)

_ALL = {
    "main": (
        *("dom", "page", "store", "seen", "draw", "panzoom", "whatif", "card", "findings"),
        *("filters", "look", "dates", "before", "search", "arrows", "keys", "tabs", "table"),
        *("saving", "exports"),
    ),
    "communities": (
        *("arrows", "dom", "crowd", "lines", "looks", "names", "panzoom", "plane", "saving"),
    ),
    "editor": (
        *("dom", "yaml", "model", "chosen", "lines", "names", "canvas", "rules", "said"),
        *("typeahead", "panzoom", "deeds", "forms", "keep", "save", "inspect", "judge", "paste"),
        *("panel", "arrows", "hands", "tabs"),
    ),
}
"""By the module that a page begins with: those before it, each after all it imports from."""


def _read(folder: str, name: str) -> str:
    return files("aktorkart").joinpath("viewer", folder, name).read_text("utf-8")


@cache
def script(first: str = "main") -> str:
    """Return all modules of a page as one script: each keeps its names to itself."""
    return "\n".join(['"use strict";(()=>{', *map(module, (*_ALL[first], first)), "})();"])


def module(name: str) -> str:
    """Return a module as an object of what it exports, called ``$`` and its name."""
    source = _INDENT.sub("", _COMMENT.sub("", _read("js", f"{name}.js")))
    exported = [found[2] for found in _EXPORT.finditer(source)]
    source = _IMPORT.sub(r"const {\1} = $\2;" + "\n", source)
    source = _EXPORT.sub(r"\1 \2", source)
    return f"const ${name} = (() => {{\n{source}return {{{', '.join(exported)}}};\n}})();"


@cache
def alone(name: str) -> str:
    """Return a module that is no part of a page's own script."""
    return _COMMENT.sub("", _read("js", f"{name}.js")).strip()


@cache
def style(name: str) -> str:
    """Return one of the style sheets."""
    return _read("css", f"{name}.css").replace("\n", "")


def template(name: str) -> str:
    """Return a page's markup, or a part that several have, to be filled."""
    return files("aktorkart").joinpath("viewer", name).read_text("utf-8")


def hashed(content: str) -> str:
    """Return what a policy calls a script or a style sheet that it lets through."""
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def policy(css: str, script: str, *, kept: bool = False) -> str:
    """Return the content security policy of a page: its own script and style, nothing else.

    A page that is kept by the program that serves it may also send the map back there.
    """
    rules = {
        "default-src": "'none'",
        "script-src": hashed(script),
        "style-src": hashed(css),
        "img-src": "data:",  # the picture on its way to a PNG
        "base-uri": "'none'",
        "form-action": "'none'",
    } | ({"connect-src": "'self'"} if kept else {})
    return "; ".join(f"{name} {value}" for name, value in rules.items())
