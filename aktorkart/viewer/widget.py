"""A view in a notebook that answers: what is done in the page comes back to Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aktorkart.errors import InvalidMap, MissingExtra, Problem, UnreadableFile
from aktorkart.model import ActorMap
from aktorkart.viewer.scripts import alone, hashed
from aktorkart.viewer.sent import map_sent
from aktorkart.viewer.still import still

try:
    import anywidget
    import traitlets
except ImportError:
    _values = {"feature": "View.widget", "command": "pip install 'aktorkart[widget]'"}
    raise MissingExtra(Problem(code="missing_extra", values=_values)) from None

if TYPE_CHECKING:
    from aktorkart.viewer.view import View


class MapWidget(anywidget.AnyWidget):
    """A map in a notebook's cell, with what is chosen and changed there.

    Made by :meth:`aktorkart.View.widget`. Use ``observe`` to be told when one of these changes.

    Attributes
    ----------
    kart : ActorMap
        The map as it is now; the last valid one, if what is drawn does not hold together.
    problems : tuple of Problem
        What is wrong with what was drawn last; nothing, if ``kart`` is that.
    selection : list of str
        The ids of those who are chosen.
    """

    _esm = alone("widget")

    html = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int().tag(sync=True)
    sent = traitlets.Unicode().tag(sync=True)
    selection = traitlets.List(traitlets.Unicode()).tag(sync=True)
    kart = traitlets.Instance(ActorMap, read_only=True)
    problems = traitlets.Tuple(read_only=True)

    def __init__(self, view: View, *, height: int) -> None:
        super().__init__(html=_joined(view), title=view.title, height=height)
        self.set_trait("kart", view.kart)
        self.set_trait("problems", ())
        self._still = still(view.kart, view.lang)

    @traitlets.observe("sent")
    def _read(self, change: Any) -> None:
        """Take over the map that was drawn, if it is one."""
        try:
            kart = map_sent(change["new"].encode(errors="surrogatepass"))
        except (InvalidMap, UnreadableFile) as error:
            self.set_trait("problems", error.problems)
        else:
            self.set_trait("problems", ())
            self.set_trait("kart", kart)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Return the widget, and a picture for places where nothing can answer."""
        made = super()._repr_mimebundle_(**kwargs)
        if made is None:
            return None
        data, about = made
        return {**data, "text/html": self._still}, about


def _joined(view: View) -> str:
    """Return the page with a script that tells what happens in it, and a policy that lets it."""
    bridge = alone("bridge")
    policy = view.csp.replace("script-src", f"script-src {hashed(bridge)}", 1)
    before, end, after = view.html.replace(view.csp, policy, 1).rpartition("</body>")
    return f"{before}<script>{bridge}</script>\n{end}{after}"
