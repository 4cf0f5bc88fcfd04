"""aktorkart: who works with whom around a user or a service.

Import it as ``ak``. Every public name is loaded when it is first used, so that a program
that only reads a map does not wait for figures.

>>> import aktorkart as ak
>>> kart = ak.examples.kite()
>>> ak.measures(kart, normalized=False)["7"].betweenness
14.0
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aktorkart import care, errors, examples, figures, grunig, strategies, toolbox
    from aktorkart.care import findings
    from aktorkart.compare import Change, Merged, compare, merge
    from aktorkart.errors import (
        AktorkartError,
        InvalidMap,
        MissingExtra,
        UnknownActor,
        UnknownName,
        UnknownTie,
        UnreadableFile,
        UnsupportedFile,
        UnwritableFile,
    )
    from aktorkart.files import read, write
    from aktorkart.files.frames import from_frames, to_frames
    from aktorkart.findings import Finding
    from aktorkart.grunig import influence, linkages, priorities, publics, salience
    from aktorkart.layout import Layout, layout
    from aktorkart.measures import Measures, measures
    from aktorkart.model import (
        Action,
        Actor,
        ActorMap,
        ChecklistItem,
        Consent,
        Goal,
        Issue,
        Judgement,
        KindSpec,
        Point,
        Tie,
    )
    from aktorkart.network import Network, from_networkx, to_networkx
    from aktorkart.report import Report, report
    from aktorkart.tables import Table

__version__ = "0.1.0"

_HOME = {
    "Action": "model",
    "Actor": "model",
    "ActorMap": "model",
    "AktorkartError": "errors",
    "Change": "compare",
    "ChecklistItem": "model",
    "Consent": "model",
    "Finding": "findings",
    "Goal": "model",
    "InvalidMap": "errors",
    "Issue": "model",
    "Judgement": "model",
    "KindSpec": "model",
    "Layout": "layout",
    "Measures": "measures",
    "Merged": "compare",
    "MissingExtra": "errors",
    "Network": "network",
    "Point": "model",
    "Report": "report",
    "Table": "tables",
    "Tie": "model",
    "UnknownActor": "errors",
    "UnknownName": "errors",
    "UnknownTie": "errors",
    "UnreadableFile": "errors",
    "UnsupportedFile": "errors",
    "UnwritableFile": "errors",
    "care": "",
    "compare": "compare",
    "errors": "",
    "examples": "",
    "figures": "",
    "findings": "care",
    "from_frames": "files.frames",
    "from_networkx": "network",
    "grunig": "",
    "influence": "grunig",
    "layout": "layout",
    "linkages": "grunig",
    "measures": "measures",
    "merge": "compare",
    "priorities": "grunig",
    "publics": "grunig",
    "read": "files",
    "report": "report",
    "salience": "grunig",
    "strategies": "",
    "to_frames": "files.frames",
    "to_networkx": "network",
    "toolbox": "",
    "write": "files",
}

__all__ = [
    "Action",
    "Actor",
    "ActorMap",
    "AktorkartError",
    "Change",
    "ChecklistItem",
    "Consent",
    "Finding",
    "Goal",
    "InvalidMap",
    "Issue",
    "Judgement",
    "KindSpec",
    "Layout",
    "Measures",
    "Merged",
    "MissingExtra",
    "Network",
    "Point",
    "Report",
    "Table",
    "Tie",
    "UnknownActor",
    "UnknownName",
    "UnknownTie",
    "UnreadableFile",
    "UnsupportedFile",
    "UnwritableFile",
    "__version__",
    "care",
    "compare",
    "errors",
    "examples",
    "figures",
    "findings",
    "from_frames",
    "from_networkx",
    "grunig",
    "influence",
    "layout",
    "linkages",
    "measures",
    "merge",
    "priorities",
    "publics",
    "read",
    "report",
    "salience",
    "strategies",
    "to_frames",
    "to_networkx",
    "toolbox",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOME[name]
    value = import_module(f"{__name__}.{home or name}")
    if home:
        value = getattr(value, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


class _Package(ModuleType):
    """Keeps ``ak.measures`` the function although ``measures.py`` is its module.

    Python binds a submodule to its package's name when it is first imported, whoever
    imports it; without this, a function would turn into a module behind the user's back.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, ModuleType) and _HOME.get(name):
            return
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
