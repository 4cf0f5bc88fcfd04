"""The map as a picture, for places that show no frames and run no scripts."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

from aktorkart.i18n import text
from aktorkart.network.measures import measures
from aktorkart.viewer.gathered import gathered
from aktorkart.viewer.seen import is_crowd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aktorkart.model import ActorMap

_DPI = 100


def still(kart: ActorMap, lang: str) -> str:
    """Return an element with the picture of a map that may be shown, and what it shows in words."""
    from aktorkart.figures import network, sheet
    from aktorkart.figures.drawing.described import in_words
    from aktorkart.figures.drawing.saving import to_bytes

    if is_crowd(kart):
        axes, alt = _of_communities(kart, lang)
    else:
        axes = network(kart, ax=sheet(), lang=lang, names=True, consent="ignore")
        alt = ""
    picture = b64encode(to_bytes(axes, ".png", dpi=_DPI)).decode()
    alt = alt or in_words(axes.figure.canvas.figure)[1]
    data = f"data:image/png;base64,{picture}"
    return f'<img style="width:100%" alt="{escape(alt)}" src="{data}">'


def _of_communities(kart: ActorMap, lang: str) -> tuple[Axes, str]:
    """Draw the communities of a map with too many actors, and say what is drawn."""
    from aktorkart.figures import network, sheet

    found = gathered(kart, measures(kart).communities, lang)
    axes = network(
        found.as_map,
        ax=sheet(),
        color=None,
        mark_size=text("view.communities.size", lang),
        legend=False,
        lang=lang,
        names=True,
        consent="ignore",
    )
    values = {"n": len(kart.actors), "communities": found.count}
    # The figure's own line counts communities as actors.
    for footer in axes.findobj(lambda artist: artist.get_gid() == "footer"):
        footer.set_visible(False)
    return axes, text("view.communities.still", lang, **values)
