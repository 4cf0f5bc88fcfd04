"""aktorkart: who works with whom around a user or a service.

Import it as ``ak``. Every public name is loaded when it is first used, so that a program
that only reads a map does not wait for figures.

>>> import aktorkart as ak
>>> kart = ak.examples.kite()
>>> ak.measures(kart, normalized=False)["7"].betweenness
14.0
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aktorkart import care, comparison, errors, examples, figures, grunig, strategies, toolbox
    from aktorkart.care.findings import findings
    from aktorkart.comparison.compare import Change, compare
    from aktorkart.comparison.merge import Merged, merge
    from aktorkart.content.firmness import firmness
    from aktorkart.content.methods import MethodsParagraph, methods
    from aktorkart.content.series import Series, series
    from aktorkart.errors import (
        AktorkartError,
        InvalidMap,
        MapNote,
        MissingExtra,
        NoConsent,
        UnknownActor,
        UnknownName,
        UnknownTie,
        UnreadableFile,
        UnsupportedFile,
        UnwritableFile,
        WrongArgument,
    )
    from aktorkart.files.formats import Loaded
    from aktorkart.files.frames import from_frames, to_frames
    from aktorkart.files.graphs import from_networkx, to_networkx
    from aktorkart.files.load import load
    from aktorkart.files.read import read
    from aktorkart.files.read_network import read_network
    from aktorkart.files.read_survey import read_survey
    from aktorkart.files.write import write
    from aktorkart.finding import Finding
    from aktorkart.forms.form import Form, form
    from aktorkart.grunig.influence import influence
    from aktorkart.grunig.linkages import linkages
    from aktorkart.grunig.priorities import priorities
    from aktorkart.grunig.publics import publics
    from aktorkart.grunig.salience import salience
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
    from aktorkart.network import Network
    from aktorkart.network.measures import Measures, measures
    from aktorkart.portfolios.portfolio import Portfolio, portfolio
    from aktorkart.portfolios.shareable import shareable
    from aktorkart.privacy.pseudonymise import KeyTable, pseudonymise
    from aktorkart.privacy.reidentify import reidentify
    from aktorkart.privacy.seen_for import seen_for
    from aktorkart.reports.pages import Report
    from aktorkart.reports.report import report
    from aktorkart.reports.report_change import report_change
    from aktorkart.scene.layout import Layout, layout
    from aktorkart.tables import Table
    from aktorkart.viewer.view import View, view

__version__ = "0.1.0"

_HOME = {
    "Action": "model",
    "Actor": "model",
    "ActorMap": "model",
    "AktorkartError": "errors",
    "Change": "comparison.compare",
    "ChecklistItem": "model",
    "Consent": "model",
    "Finding": "finding",
    "Form": "forms.form",
    "Goal": "model",
    "InvalidMap": "errors",
    "Issue": "model",
    "Judgement": "model",
    "KeyTable": "privacy.pseudonymise",
    "KindSpec": "model",
    "Layout": "scene.layout",
    "Loaded": "files.formats",
    "MapNote": "errors",
    "Measures": "network.measures",
    "Merged": "comparison.merge",
    "MethodsParagraph": "content.methods",
    "MissingExtra": "errors",
    "NoConsent": "errors",
    "Network": "network",
    "Point": "model",
    "Portfolio": "portfolios.portfolio",
    "Report": "reports.pages",
    "Series": "content.series",
    "Table": "tables",
    "Tie": "model",
    "UnknownActor": "errors",
    "UnknownName": "errors",
    "UnknownTie": "errors",
    "UnreadableFile": "errors",
    "UnsupportedFile": "errors",
    "UnwritableFile": "errors",
    "View": "viewer.view",
    "WrongArgument": "errors",
    "care": "",
    "compare": "comparison.compare",
    "comparison": "",
    "errors": "",
    "examples": "",
    "figures": "",
    "findings": "care.findings",
    "firmness": "content.firmness",
    "form": "forms.form",
    "from_frames": "files.frames",
    "from_networkx": "files.graphs",
    "grunig": "",
    "influence": "grunig.influence",
    "layout": "scene.layout",
    "load": "files.load",
    "linkages": "grunig.linkages",
    "measures": "network.measures",
    "merge": "comparison.merge",
    "methods": "content.methods",
    "portfolio": "portfolios.portfolio",
    "priorities": "grunig.priorities",
    "pseudonymise": "privacy.pseudonymise",
    "publics": "grunig.publics",
    "read": "files.read",
    "read_network": "files.read_network",
    "read_survey": "files.read_survey",
    "reidentify": "privacy.reidentify",
    "report": "reports.report",
    "report_change": "reports.report_change",
    "salience": "grunig.salience",
    "seen_for": "privacy.seen_for",
    "series": "content.series",
    "shareable": "portfolios.shareable",
    "strategies": "",
    "to_frames": "files.frames",
    "to_networkx": "files.graphs",
    "toolbox": "",
    "view": "viewer.view",
    "write": "files.write",
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
    "Form",
    "Goal",
    "InvalidMap",
    "Issue",
    "Judgement",
    "KeyTable",
    "KindSpec",
    "Layout",
    "Loaded",
    "MapNote",
    "Measures",
    "Merged",
    "MethodsParagraph",
    "MissingExtra",
    "Network",
    "NoConsent",
    "Point",
    "Portfolio",
    "Report",
    "Series",
    "Table",
    "Tie",
    "UnknownActor",
    "UnknownName",
    "UnknownTie",
    "UnreadableFile",
    "UnsupportedFile",
    "UnwritableFile",
    "View",
    "WrongArgument",
    "__version__",
    "care",
    "compare",
    "comparison",
    "errors",
    "examples",
    "figures",
    "findings",
    "firmness",
    "form",
    "from_frames",
    "from_networkx",
    "grunig",
    "influence",
    "layout",
    "linkages",
    "load",
    "measures",
    "merge",
    "methods",
    "portfolio",
    "priorities",
    "pseudonymise",
    "publics",
    "read",
    "read_network",
    "read_survey",
    "reidentify",
    "report",
    "report_change",
    "salience",
    "seen_for",
    "series",
    "shareable",
    "strategies",
    "to_frames",
    "to_networkx",
    "toolbox",
    "view",
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
