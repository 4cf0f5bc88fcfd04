"""Names, ties and places on 200 drawn maps of 10–120 actors, beside other libraries.

Run it as ``python tests/benchmarks/bench_labels.py [number of maps]``. Everyone draws the same
maps in the same run on an A4 page, with names wrapped alike, set in 8 points. What is counted is
what was drawn: boxes of names by the renderer's extents, ties as the lines they are.

- networkx: ``spring_layout`` and ``draw_networkx``, at their defaults.
- adjustText: names on that drawing moved by ``adjust_text``, which is told of the nodes.
- textalloc: names on that drawing placed by ``allocate``, which is told of the nodes and the ties.
- igraph: ``layout("auto")``, drawn as networkx draws.
- netgraph: ``Graph`` at its defaults: its own layout, its own drawing, names in the nodes.

A name on its own node counts as an overlap in ours alone. Away is how far a name is from its node,
in points: names that are sent far off cover nothing, but are hard to follow. Stress is that of
graph distances (number of ties), at the best scale; ours is taken last, when lengths have followed
strengths, overlaps are gone and the page is filled, theirs before it is stretched to the page. The
layout alone, given the same distances, has a line of its own.

After these sums comes whose name it is: on maps of 20 to 150 actors, the share of names nearest to
their own mark, the farthest name, the smallest letters, what covers a name, the ties under names
and under actors they do not belong to, and how much of the page is filled; ours, and graphviz'
neato where it is installed (names in boxes of 8 points, moved apart by prism, ties as splines, on
a page as large as it likes: it is scaled to ours, and its letters with it). ggraph needs R and is
not measured. Last come all pages that a figure can be drawn on, with generated maps and the bundled
examples of real work.

Filled is the share of a page's room that the smallest box around all marks and names covers; the
room is what margins, title, legend and the lines at the foot leave.
"""

# ruff: noqa: T201  benchmarks print
from __future__ import annotations

import importlib
import itertools
import json
import random
import shutil
import statistics
import subprocess
import sys
import time
import warnings
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from aktorkart import examples
from aktorkart.figures import network, sheet
from aktorkart.network.graph import all_distances
from aktorkart.scene import stress
from aktorkart.scene.labels import wrap
from aktorkart.scene.layout import layout
from aktorkart.scene.standing import crossings
from aktorkart.scene.style import PAGES, style_of

sys.path.insert(0, str(Path(__file__).parent.parent))
from test_engines import municipality
from test_figures import by_gid, drawn
from whose import Read, covers, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matplotlib.text import Text
    from numpy.typing import NDArray

    from aktorkart.model import ActorMap

    Floats = NDArray[np.float64]
    Drawn = tuple[dict[str, Floats], dict[str, Floats], list[tuple[str, str, Floats]]]

MAPS = 200
MEASURES = ("label-label", "label-node", "label-edge", "crossings", "away", "stress", "seconds")
MEANS = {"away", "stress", "seconds"}
NODE_SIZE = 300  # networkx's own
POINT = 72 / sheet().figure.dpi
WHOSE = {20: 5, 40: 5, 60: 5, 80: 5, 150: 2}  # actors: maps
ON_PAGES = 2
YARDSTICKS = ("networkx", "adjustText", "textalloc", "igraph", "netgraph")


def optional(name: str) -> Any:
    """Import a yardstick that not everyone has, or say that it is left out."""
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name} is not installed: left out")
        return None


def extents(axes: Any, texts: dict[str, Text]) -> dict[str, Floats]:
    """Measure names as drawn, in pixels: left, bottom, right, top."""
    renderer = axes.figure.canvas.get_renderer()
    return {
        name: np.asarray(text.get_window_extent(renderer).extents) for name, text in texts.items()
    }


def ours(kart: ActorMap) -> Drawn:
    """Draw with aktorkart: outlines of marks, boxes of names and lines of ties."""
    axes = drawn(network(kart, ax=sheet()))
    found = by_gid(axes)
    shapes = {}
    ties = []
    for gid, artist in found.items():
        what, _, rest = gid.partition(":")
        if what == "actor":
            shapes[rest] = artist.get_transform().transform(artist.get_path().vertices)
        elif what == "tie":
            source, target = rest.partition(":")[2].split("→")
            path = artist.get_transform().transform(artist.get_path().vertices)
            ties.append((source, target, path))
    names = {gid[6:]: artist for gid, artist in found.items() if gid.startswith("label:")}
    return shapes, extents(axes, names), ties


def theirs(
    graph: Any, places: dict[str, Floats], names: dict[str, str], mover: str, tool: Any
) -> Drawn:
    """Draw with networkx, and let adjustText or textalloc move the names if one is asked to."""
    axes: Any = sheet()
    axes.set_axis_off()
    nx.draw_networkx_edges(graph, places, ax=axes)
    nodes = nx.draw_networkx_nodes(graph, places, ax=axes, node_size=NODE_SIZE)
    x, y = np.array([places[actor] for actor in graph]).T
    axes.figure.canvas.draw()
    if mover == "textalloc":
        lines = np.array([[places[one], places[other]] for one, other in graph.edges])
        _, _, placed, _ = tool.allocate(
            axes,
            x,
            y,
            [names[actor] for actor in graph],
            x_scatter=x,
            y_scatter=y,
            scatter_plot=nodes,
            x_lines=list(lines[:, :, 0]),
            y_lines=list(lines[:, :, 1]),
            textsize=8,
        )
        texts = dict(zip(graph, placed, strict=True))
    elif mover == "adjustText":
        texts = {
            actor: axes.text(*places[actor], names[actor], size=8, ha="center", va="center")
            for actor in graph
        }
        tool.adjust_text(list(texts.values()), x=x, y=y, objects=nodes, ax=axes)
    else:
        texts = nx.draw_networkx_labels(graph, places, names, font_size=8, ax=axes)
    axes.figure.canvas.draw()
    put = {actor: axes.transData.transform(place) for actor, place in places.items()}
    turn = np.linspace(0, 2 * np.pi, 33)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    circle *= np.sqrt(NODE_SIZE) / 2 * axes.figure.dpi / 72
    return (
        {actor: place + circle for actor, place in put.items()},
        extents(axes, texts),
        [(one, other, np.array([put[one], put[other]])) for one, other in graph.edges],
    )


def netgraphs(
    graph: Any, names: dict[str, str], seed: int, tool: Any
) -> tuple[Drawn, dict[str, Floats]]:
    """Draw with netgraph, and return where its actors stand too."""
    np.random.seed(seed)  # noqa: NPY002 - its layout takes chance from there
    axes: Any = sheet()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        made = tool.Graph(graph, node_labels=names, node_label_fontdict={"size": 8}, ax=axes)
    axes.figure.canvas.draw()
    shapes = {
        actor: artist.get_transform().transform(artist.get_path().vertices)
        for actor, artist in made.node_artists.items()
    }
    put = {edge: axes.transData.transform(path) for edge, path in made.edge_paths.items()}
    lines = [(one, other, path) for (one, other), path in put.items()]
    return (shapes, extents(axes, made.node_label_artists), lines), made.node_positions


def count(what: Drawn, *, own_node: bool = False) -> dict[str, float]:
    """Count overlaps; whether a name on its own node is one is for the caller to say."""
    from matplotlib.path import Path as Outline
    from matplotlib.transforms import Bbox

    shapes, boxes, ties = what
    found: dict[str, float] = dict.fromkeys(MEASURES[:4], 0.0)
    names = sorted(boxes)
    for place, one in enumerate(names):
        box = Bbox.from_extents(*boxes[one])
        for other in names[:place]:
            its = boxes[other]
            found["label-label"] += (
                box.x0 < its[2] and its[0] < box.x1 and box.y0 < its[3] and its[1] < box.y1
            )
        found["label-node"] += sum(
            Outline(corners).intersects_bbox(box, filled=True)
            for actor, corners in shapes.items()
            if own_node or actor != one
        )
    pieces = [np.hstack([path[:-1], path[1:]]) for _, _, path in ties]
    owners = np.repeat(np.arange(len(ties)), [len(own) for own in pieces])
    every = np.concatenate(pieces)
    hits = crossings(np.array([boxes[name] for name in names]), every)
    starts = np.searchsorted(owners, np.arange(len(ties)))
    found["label-edge"] = float(np.logical_or.reduceat(hits, starts, axis=1).sum())
    ends = [{source, target} for source, target, _ in ties]
    for place, own in enumerate(pieces[:-1]):
        after = every[starts[place + 1] :]
        met = owners[starts[place + 1] :][meets(own, after)]
        found["crossings"] += sum(not ends[place] & ends[tie] for tie in set(met.tolist()))
    found["away"] = statistics.mean(gap(boxes[name], shapes[name]) for name in names)
    return found


def gap(box: Floats, outline: Floats) -> float:
    """Return how far a box is from a node, in points; 0 where they meet."""
    beyond = np.maximum(box[:2] - outline.max(axis=0), outline.min(axis=0) - box[2:])
    return float(np.hypot(*np.maximum(beyond, 0.0))) * POINT


def meets(own: Floats, others: Floats) -> NDArray[np.bool_]:
    """Tell which straight pieces cross any of one's own."""

    def side(a: Floats, b: Floats, c: Floats) -> Floats:
        found: Floats = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (
            b[..., 1] - a[..., 1]
        ) * (c[..., 0] - a[..., 0])
        return found

    p, q, r, s = own[:, None, :2], own[:, None, 2:], others[None, :, :2], others[None, :, 2:]
    across = (side(p, q, r) > 0) != (side(p, q, s) > 0)
    along = (side(r, s, p) > 0) != (side(r, s, q) > 0)
    crossed: NDArray[np.bool_] = (across & along).any(axis=0)
    return crossed


def stress_of(places: Mapping[str, Floats], distances: dict[str, dict[str, int]]) -> float:
    """Return the stress per pair of actors, at the scale that is best for it."""
    ids = sorted(places)
    spots = np.array([places[actor] for actor in ids])
    far = np.array([[distances[one][other] for other in ids] for one in ids], dtype=float)
    upper = np.triu_indices(len(ids), 1)
    ratio = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))[upper] / far[upper]
    scale = ratio.sum() / (ratio**2).sum()
    return float(((1 - scale * ratio) ** 2).mean())


def layout_alone(graph: Any) -> dict[str, Floats]:
    """Lay out with aktorkart's stress, without strengths, names or a page."""
    order = list(graph)
    number = {actor: place for place, actor in enumerate(order)}
    tails, heads = np.array([(number[one], number[other]) for one, other in graph.edges]).T
    table = all_distances(len(order), tails, heads, np.ones(len(tails)))
    return dict(zip(order, stress.majorize(table, stress.starts(table)), strict=True))


def measured(kart: ActorMap, seed: int, tools: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Draw one map with everyone."""
    graph = nx.Graph((tie.source, tie.target) for tie in kart.ties)
    names = {actor.id: wrap(actor.label) for actor in kart.actors}
    distances = dict(nx.all_pairs_shortest_path_length(graph))
    begin = time.process_time()
    ours_drawn = ours(kart)
    spent = time.process_time() - begin
    found = {"aktorkart": count(ours_drawn, own_node=True) | {"seconds": spent}}
    own = {actor: np.array(place) for actor, place in layout(kart).positions.items()}
    found["aktorkart"]["stress"] = stress_of(own, distances)
    found["aktorkart, layout alone"] = {"stress": stress_of(layout_alone(graph), distances)}
    for name in YARDSTICKS:
        if tools[name] is None:
            continue
        begin = time.process_time()
        places: Mapping[str, Floats]
        if name == "netgraph":
            what, places = netgraphs(graph, names, seed, tools[name])
        else:
            places = placed(graph, seed, name, tools[name])
            what = theirs(graph, places, names, name, tools[name])
        spent = time.process_time() - begin
        found[name] = count(what) | {
            "seconds": spent,
            "stress": stress_of(places, distances),
        }
    return found


def placed(graph: Any, seed: int, name: str, tool: Any) -> dict[str, Floats]:
    """Lay out with igraph, or with networkx for those who do not lay out themselves."""
    if name != "igraph":
        places: dict[str, Floats] = nx.spring_layout(graph, seed=seed)
        return places
    random.seed(seed)
    order = list(graph)
    number = {actor: place for place, actor in enumerate(order)}
    made = tool.Graph([(number[one], number[other]) for one, other in graph.edges])
    return dict(zip(order, np.array(made.layout("auto").coords), strict=True))


def neato(kart: ActorMap) -> Read:
    """Draw with graphviz' neato, and measure it as ours is: a name is in the mark it names."""
    nodes = [
        f"{actor.id} [label={json.dumps(wrap(actor.label), ensure_ascii=False)}]"
        for actor in kart.actors
    ]
    ties = [f"{tie.source} -- {tie.target}" for tie in kart.ties]
    source = (
        "graph { overlap=prism; splines=true; node [shape=box, fontname=DejaVuSans, fontsize=8, "
        f'margin="0.05,0.03", width=0, height=0]; {"; ".join([*nodes, *ties])} }}'
    )
    program = shutil.which("neato") or "neato"
    made = subprocess.run(  # noqa: S603 - our own text, no shell
        [program, "-Tjson"], input=source, capture_output=True, text=True, check=True
    )
    told = json.loads(made.stdout)
    left, bottom, right, top = map(float, told["bb"].split(","))
    boxes, number = {}, {}
    for node in told["objects"]:
        x, y = map(float, node["pos"].split(","))
        half = np.array([float(node["width"]), float(node["height"])]) * 36
        boxes[node["name"]] = np.concatenate(
            [(x - half[0], y - half[1]), (x + half[0], y + half[1])]
        )
        number[node["_gvid"]] = node["name"]
    pieces, owners = [], []
    for edge in told["edges"]:
        # A first point that begins with an e or an s is where an arrow ends.
        points = [
            tuple(map(float, point.split(",")))
            for point in edge["pos"].split()
            if point[0] not in "es"
        ]
        pieces += [[*one, *other] for one, other in itertools.pairwise(points)]
        owners += [{number[edge["tail"]], number[edge["head"]]}] * (len(points) - 1)
    ids = sorted(boxes)
    met = crossings(np.array([boxes[id_] for id_ in ids]), np.array(pieces))
    under = sum(
        len({frozenset(owners[at]) for at in np.flatnonzero(row) if id_ not in owners[at]})
        for id_, row in zip(ids, met, strict=True)
    )
    rings = {
        id_: np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)])
        for id_, (x0, y0, x1, y1) in boxes.items()
    }
    meets = sum(
        covers(boxes[one], rings[other], 0.3) for at, one in enumerate(ids) for other in ids[:at]
    )
    # As large as fits into the room that our own pages have.
    scale = min(756 / (right - left), 500 / (top - bottom))
    return Read(
        names=len(ids),
        own=len(ids),
        farthest=0.0,
        letters=8 * min(scale, 1.0),
        name_name=meets,
        name_mark=meets,
        ties_under_names=under,
        ties_under_marks=under,
        filled=scale**2 * (right - left) * (top - bottom) / (756 * 500),
    )


def whose() -> None:
    """Tell whose name it is, for maps of some sizes."""
    tools: dict[str, Callable[[ActorMap], Read]] = {
        "aktorkart": lambda kart: read(drawn(network(kart, ax=sheet())))
    }
    if shutil.which("neato"):
        tools["neato"] = neato
    else:
        print("neato is not installed: left out")
    print("ggraph is not measured: it needs R")
    print("whose name it is: sums, but for the farthest name, the smallest letters and filled")
    print(f"{'actors':>6} {'':11}{HEADS}")
    for actors, maps in WHOSE.items():
        karts = [municipality(actors, seed) for seed in range(1, 1 + maps)]
        for tool, draw in tools.items():
            begin = time.process_time()
            found = [draw(kart) for kart in karts]
            row(f"{actors:>6} {tool:11}", found, time.process_time() - begin)


HEADS = (
    f"{'own':>8}{'farthest':>11}{'letters':>9}{'name-name':>11}{'name-mark':>11}"
    f"{'ties/names':>12}{'ties/marks':>12}{'filled':>8}{'seconds':>9}"
)


def row(head: str, found: list[Read], spent: float) -> None:
    """Print what was measured on some maps, and seconds for each."""
    print(
        f"{head}{sum(one.own for one in found) / sum(one.names for one in found):>8.1%}"
        f"{max(one.farthest for one in found):>8.1f} mm"
        f"{min(one.letters for one in found):>6.1f} pt"
        f"{sum(one.name_name for one in found):>11}"
        f"{sum(one.name_mark for one in found):>11}"
        f"{sum(one.ties_under_names for one in found):>12}"
        f"{sum(one.ties_under_marks for one in found):>12}"
        f"{min(one.filled for one in found):>8.0%}{spent / len(found):>9.1f}"
    )


def pages() -> None:
    """Tell the same for every page."""
    print(f"{'':7}{'':11}{HEADS}")
    maps = {
        str(actors): [municipality(actors, seed) for seed in range(1, 1 + ON_PAGES)]
        for actors in WHOSE
    }
    maps["real"] = [examples.read(name) for name in examples.DEMO]
    for name, karts in maps.items():
        for size in PAGES:
            style = style_of(None, size)
            begin = time.process_time()
            found = [
                read(drawn(network(kart, ax=sheet(style=style), style=style))) for kart in karts
            ]
            row(f"{name:>6} {size:11}", found, time.process_time() - begin)


def main() -> None:
    """Sum over all maps, and print ratios to ours."""
    maps = int(sys.argv[1]) if len(sys.argv) > 1 else MAPS
    tools = {name: optional(name) for name in YARDSTICKS}
    sums: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    clean, small, sixty = 0, 0, []
    for seed in range(maps):
        actors = 10 + seed * 41 % 111
        kart = municipality(actors, seed)
        found = measured(kart, seed, tools)
        for name, values in found.items():
            for measure, value in values.items():
                sums[name][measure].append(value)
        if 55 <= actors <= 65:
            sixty.append(found["aktorkart"]["seconds"])
        if actors <= 80:
            small += 1
            clean += not (found["aktorkart"]["label-label"] + found["aktorkart"]["label-node"])
    print(f"{maps} maps of 10-120 actors; sums; away, stress and seconds are means over the maps")
    print(f"{'':24}" + "".join(f"{measure:>21}" for measure in MEASURES))
    for name, row in sums.items():
        cells = []
        for measure in MEASURES:
            if measure not in row:
                cells.append(" " * 21)
                continue
            mean = measure in MEANS
            own, its = (
                statistics.mean(one) if mean else sum(one)
                for one in (sums["aktorkart"][measure], row[measure])
            )
            said = f"{its:.3f}" if mean else f"{its:.0f}"
            ratio = f"x {its / own:.2f}" if own else "-"
            cells.append(f"{said:>11}{'' if name == 'aktorkart' else ratio:>10}")
        print(f"{name:24}" + "".join(cells))
    if sixty:
        print(f"55-65 actors: median {statistics.median(sixty):.2f} s, at most {max(sixty):.2f} s")
    print(f"nothing covers a name in {clean} of {small} maps of up to 80 actors")


if __name__ == "__main__":
    main()
    whose()
    pages()
