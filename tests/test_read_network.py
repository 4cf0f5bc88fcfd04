"""A network straight from columns is the network of the map, or has the map's problems."""

from __future__ import annotations

import dataclasses
import json
import sys
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

import aktorkart as ak
from aktorkart.errors import AktorkartError
from aktorkart.files import csv, sieve
from aktorkart.files import read_network as module
from aktorkart.files.decoding import File
from aktorkart.files.parquet import tables_of
from aktorkart.network import sorting
from aktorkart.network.network import Channel, Network
from aktorkart.strategies import actor_maps

if TYPE_CHECKING:
    from pathlib import Path


def parts(network: Network) -> dict[str, Any]:
    """Return all that a network holds, as what can be compared."""
    held = {one.name: getattr(network, one.name) for one in dataclasses.fields(network)}
    return {
        name: value.tolist() if isinstance(value, np.ndarray) else value
        for name, value in held.items()
    }


def outcome(source: Any, *, by_map: bool, **options: Any) -> Any:
    """Return what becomes of a source: a network, or problems with their places."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ak.MapNote)
            if by_map:
                return parts(Network.from_map(ak.load(source, **options).kart))
            return parts(ak.read_network(source, **options))
    except AktorkartError as error:
        return type(error), error.problems


def both(source: Any, **options: Any) -> Any:
    """Return what becomes of a source, whichever way it goes."""
    found = outcome(source, by_map=False, **options)
    assert found == outcome(source, by_map=True, **options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sieve, "LARGE", 0)  # mistakes as in a large table
        assert found == outcome(source, by_map=True, **options)
    return found


IDS = st.sampled_from(["nav", "dps", "bup", "Øst 1", "gp", "1.0", " nav", "a|b", "NAV", "ukjent"])
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "source": IDS,
    "target": IDS,
    "strength": st.sampled_from([1, 2.5, 5, None, 0, 7, float("nan"), float("inf")]),
    "kind": st.sampled_from(["contact", "Kontakt", "conflict", "own kind", None, "gjensidig", ""]),
    "mutual": st.sampled_from([True, False, None]),
    "quality": st.sampled_from(["good", "strained", "Anstrengt", None, "bad"]),
    "needed": st.sampled_from([True, False, None]),
    "since": st.sampled_from(["2025", "2026-02-30", None, "2027-01-01"]),
    "until": st.sampled_from(["2025-06", None, "2024"]),
    "informant": st.sampled_from(["nav", "Kari", None, "\x01"]),
    "note": st.sampled_from(["said", "\x02", None]),
    "weight": st.sampled_from([1.0, 2.0, None]),
    "tag": st.sampled_from([1, 2, None]),
    "other": st.sampled_from(["x", "y|z", None]),
}
ACTORS: dict[str, st.SearchStrategy[Any]] = {
    "id": IDS,
    "name": st.sampled_from(["Nav", "Dps", "Ærlig Å", None, "two  spaces"]),
    "kind": st.sampled_from(["gp", "Fastlege", "own", None]),
    "power": st.sampled_from([1, 5, None, 6, 2.5]),
    "organisation": st.sampled_from(["Helse", None]),
}


@st.composite
def tables(draw: st.DrawFn, cells: dict[str, Any], always: tuple[str, ...], most: int) -> Any:
    more = draw(st.sets(st.sampled_from([name for name in cells if name not in always])))
    rows = draw(st.integers(0, most))
    # Most columns are of one kind of cell: else every table would be refused.
    columns = {}
    for name in [*always, *sorted(more)]:
        few = draw(st.lists(cells[name], min_size=1, max_size=3))
        columns[name] = [draw(st.sampled_from(few)) for _ in range(rows)]
    return columns


def frame(columns: dict[str, list[Any]], library: str) -> Any:
    if library == "pandas":
        return pd.DataFrame(columns)
    if library == "categories":
        made = pd.DataFrame(columns)
        texts = [name for name in made if name in {"source", "target", "kind", "quality", "id"}]
        for name in texts:
            known = [*dict.fromkeys(cell for cell in columns[name] if cell is not None), "unused"]
            made[name] = pd.Categorical(columns[name], categories=known)
        return made
    try:
        if library == "dictionaries":
            made = pa.table(columns)
            coded = [
                column.dictionary_encode() if str(column.type) == "string" else column
                for column in made.columns
            ]
            parts = [pa.table(coded, made.column_names).slice(at, 2) for at in (0, 2, 4)]
            return pa.concat_tables(parts)
        return pl.DataFrame(columns, strict=False) if library == "polars" else pa.table(columns)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pd.DataFrame(columns)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(st.none(), tables(ACTORS, ("id",), 5)),
    tables(CELLS, ("source", "target"), 6),
    st.sampled_from(["pandas", "polars", "pyarrow", "categories", "dictionaries"]),
    st.fixed_dictionaries(
        {},
        optional={
            "directed": st.booleans(),
            "weights": st.just("given"),
            "repair": st.booleans(),
            "columns": st.sampled_from([{"strength": "tag"}, {"source": "target"}]),
        },
    ),
)
def test_frames_of_others(actors: Any, ties: Any, library: str, options: dict[str, Any]) -> None:
    if actors is not None:
        # Some ends are listed, so that some tables are right.
        ends = dict.fromkeys([*ties["source"], *ties["target"]])
        if len(actors["id"]) % 2:
            actors = {"id": list(ends)}
        actors = frame(actors, library)
    both((actors, frame(ties, library)), **options)


@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
@settings(max_examples=60, deadline=None)
@given(actor_maps(max_size=6, max_ties=8))
def test_frames_of_ours(library: str, kart: ak.ActorMap) -> None:
    found = both(ak.to_frames(kart, backend=library))
    assert found == parts(Network.from_map(kart))


def test_numbers_too_large_for_a_frame_of_numbers() -> None:
    actors = pd.DataFrame({"id": ["a", "b"], "tag": [2**70, 1]})
    found = both((actors, pd.DataFrame({"source": ["a"], "target": ["b"]})))
    assert found["ids"] == ("a", "b")
    for tags in ([2**70, 1], [2**60, 1.5], [-(2**63), 1]):
        own = ak.ActorMap(
            actors=[ak.Actor(id=f"{at}", tags={"n": tag}) for at, tag in enumerate(tags)]
        )
        assert ak.to_frames(own, backend="pyarrow")[0]["n"].to_pylist() == [*map(str, tags)]


@settings(max_examples=80, deadline=None)
@given(actor_maps(max_size=6, max_ties=8), st.data())
def test_json(
    tmp_path_factory: pytest.TempPathFactory, kart: ak.ActorMap, data: st.DataObject
) -> None:
    content = json.loads(ak.files.to_text(kart, format="json"))
    for _ in range(data.draw(st.integers(0, 2))):
        section = data.draw(st.sampled_from(["actors", "ties"]))
        if content.get(section):
            item = data.draw(st.sampled_from(content[section]))
            name = data.draw(st.sampled_from([*CELLS, "id", "powr"]))
            item[name] = data.draw(
                st.one_of(st.none(), st.integers(0, 6), st.text(), st.booleans())
            )
    path = tmp_path_factory.mktemp("json") / "kart.json"
    path.write_text(json.dumps(content), "utf-8")
    both(path)
    both(path, directed=True)


TIE = '{"source": "nav", "target": "dps", "strength": 4}'


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(
    "tie",
    [
        TIE,
        TIE.replace(":", " :"),
        TIE.replace("{", '{"note": "kl. 10:30, Ærlig", '),
        TIE.replace("{", r'{"note": "said \":", '),
        TIE.replace("{", r'{"note": "\u00e5 \ud83d\ude00", '),
        TIE.replace("{", r'{"note": "\ud83d", '),
        TIE.replace("{", '{"strength": 2, '),
        TIE.replace("{", '{"strength" : 2, "note": "10:30", '),
        TIE.replace("{", '{"tags": {"one": 1, "one": 2}, '),
        TIE.replace("{", '{"tags": {"one": 1}, '),
        TIE.replace("{", '{"note": ' + "[" * 60 + "]" * 60 + ", "),
        TIE.replace("4", "NaN"),
        TIE.replace("4", "9" * 5000),
        TIE.replace("4", str(2**70)),
        TIE.replace("}", ""),
        f"{TIE}, 1",
    ],
)
@pytest.mark.parametrize("title", ['"Kart"', '"a:b", "title": "c"', "[" * 60 + "]" * 60])
def test_json_as_it_is_written(tmp_path: Path, tie: str, title: str, coding: str) -> None:
    text = '{"aktorkart": 1, "title": %s, "actors": [{"id": "nav"}, {"id": "dps"}], "ties": [%s]}'
    (tmp_path / "kart.json").write_bytes((text % (title, tie)).encode(coding))
    both(tmp_path / "kart.json")


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_few_texts_are_not_made_for_each_row(tmp_path: Path, kind: pa.DataType) -> None:
    ids = [f"a{number}" for number in range(2000)]
    ties = {
        "source": pa.array(ids, kind),
        "target": pa.array([*ids[1:], ids[0]], kind),
        "type.kontakt": pa.array(["kontakt", None, "henvisning", "møte"] * 500, kind),
        "kind": pa.array(["contact", None, "referral", "contact"] * 500, kind),
    }
    parquet.write_table(pa.table(ties), tmp_path / "lenker.parquet", row_group_size=700)
    (made,) = tables_of([File(str(tmp_path / "lenker.parquet"))])[1:]
    few = [name for name in made.column_names if "dictionary" in str(made[name].type)]
    assert few == ["type.kontakt", "kind"]
    assert both(tmp_path / "lenker.parquet")["directed"] is False


@settings(max_examples=80, deadline=None)
@given(tables(CELLS, ("source", "target"), 5))
def test_tables_in_files(tmp_path_factory: pytest.TempPathFactory, ties: Any) -> None:
    folder = tmp_path_factory.mktemp("tables")
    pd.DataFrame(ties).to_csv(folder / "lenker.csv", index=False)
    both(folder / "lenker.csv")
    pd.DataFrame(ties).astype({"source": str, "target": str}).to_parquet(folder / "lenker.parquet")
    both(folder / "lenker.parquet")


ENDS_IN_TEXT = st.sampled_from(
    ["nav", "dps", "0301", "301", "NA", "Øst 1", "1.0", ' "nav"', '"nav"', '"dps;1"', "true"]
)
TEXTS = {
    "fra": ENDS_IN_TEXT,
    "Til": ENDS_IN_TEXT,
    "Styrke": st.sampled_from(["1", "2,5", "5", "", " ", "NULL", "7", "0", '"4"', "4 – tett"]),
    "type": st.sampled_from(["kontakt", "contact", "", '"a ""b"""', '"to\nlinjer"', "egen", "NaN"]),
    "merknad": st.sampled_from(["", "x", '"x', 'x"y', '""', '"x" y', "nei", "x\0", "\u2028"]),
}
ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_texts_of_others(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever stands in a text, it is read as row by row, with Arrow or without."""
    columns = ["fra", "Til", *data.draw(st.sets(st.sampled_from(["Styrke", "type", "merknad"])))]
    delimiter = data.draw(st.sampled_from([";", ",", "\t"]))
    # Most texts have little that is odd: else every one would be refused.
    few = {name: data.draw(st.lists(TEXTS[name], min_size=1, max_size=2)) for name in columns}
    odd = [
        [data.draw(st.sampled_from(few[name])) for name in columns]
        for _ in range(data.draw(st.integers(0, 3)))
    ]
    rows = [[f"a{at}", f"b{at}", *(few[name][0] for name in columns[2:])] for at in range(80)]
    place = data.draw(st.integers(0, 80))
    rows[place:place] = odd
    lines = [delimiter.join(row) for row in [columns, *rows]]
    more = data.draw(st.lists(st.sampled_from(["", delimiter, "Sum", lines[0], "x"]), max_size=1))
    at = data.draw(st.sampled_from([0, 1, 40, len(lines)]))
    lines[at:at] = more
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = end.join(lines) + data.draw(st.sampled_from(["", end, end * 2]))
    path = tmp_path_factory.mktemp("texts") / "lenker.csv"
    path.write_bytes(text.encode(data.draw(st.sampled_from(ENCODINGS)), errors="replace"))
    found = both(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "pyarrow", None)
        assert outcome(path, by_map=False) == found


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(actor_maps(max_size=6, max_ties=8), st.data())
def test_texts_of_ours(
    tmp_path_factory: pytest.TempPathFactory, kart: ak.ActorMap, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("ours")
    ak.write(kart, folder / "kart.csv", consent="ignore")
    assert both(folder / "kart.csv") == parts(Network.from_map(kart))
    path = data.draw(st.sampled_from(sorted(folder.iterdir())))
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content)))
    put = data.draw(
        st.sampled_from([b'"', b";", b",", b"\r\n", b"\n", b"\r", b"\0", b"\xe5", b"x"])
    )
    path.write_bytes(content[:at] + put + content[at + data.draw(st.integers(0, 2)) :])
    both(folder / "kart.csv")


def test_texts_of_others_need_no_closer_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f'"a {at}";b;{at % 5 + 1};0301' for at in range(99)]
    (tmp_path / "lenker.csv").write_text("\n".join(["Fra;Til;Styrke;Kommune", *rows]), "utf-8-sig")
    expected = both(tmp_path / "lenker.csv")
    monkeypatch.setattr(module, "loaded", None)
    monkeypatch.setattr(csv, "grid", None)
    assert parts(ak.read_network(tmp_path / "lenker.csv")) == expected


@pytest.mark.parametrize("ending", [".json", ".csv", ".parquet", ".arrow", ".feather"])
def test_a_map_of_all_kinds_needs_no_closer_look(
    tmp_path: Path, ending: str, judged: ak.ActorMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without objects: otherwise it would all be slow and nobody would see it."""
    ak.write(judged, tmp_path / f"kart{ending}")
    expected = parts(Network.from_map(judged))
    monkeypatch.setattr(module, "loaded", None)
    assert parts(ak.read_network(tmp_path / f"kart{ending}")) == expected


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_frames_of_all_kinds_need_no_closer_look(
    library: str, judged: ak.ActorMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "loaded", None)
    found = ak.read_network(ak.to_frames(judged, backend=library))
    held = judged.with_(date=None) if library == "polars" else judged
    assert parts(found) == parts(Network.from_map(held))


@pytest.fixture(scope="module")
def judged() -> ak.ActorMap:
    kinds = ["contact", "referral", "conflict", "Own kind", "membership"]
    ids = [f"øst {number}" for number in range(40)]
    return ak.ActorMap(
        date="2026-03-01",
        focal=ids[0],
        needs=["gp", ids[3]],
        tie_kinds={"Own kind": None},
        actors=[
            ak.Actor(
                id=id_,
                name=f"Nav Østbyen {id_}",
                kind=["gp", "arena", "nav"][at % 3],
                power=1 + at % 5,
                stance=None if at % 7 else -1,
                open=["weekdays"] if at % 2 else None,
            )
            for at, id_ in enumerate(ids)
        ],
        ties=[
            ak.Tie(
                source=ids[at % 40],
                target=ids[(at + 1 + at // 40 * 3) % 40],
                strength=None if at % 6 == 0 else 1 + at % 5,
                kind=kinds[at // 40],
                mutual=at % 4 > 0,
                quality=[None, "good", "strained"][at % 3],
                needed=at % 11 == 0,
                since="2025" if at % 5 == 0 else None,
                until="2025-12" if at % 10 == 0 else None,
                informant="Kari" if at % 2 else None,
            )
            for at in range(200)
        ],
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            Channel,
            st.sampled_from("abcde"),
            st.sampled_from("fghij"),
            st.sampled_from([None, 1.0, 4.0]),
            st.booleans(),
        )
    ),
    st.booleans(),
)
def test_many_actors_are_sorted_as_few_are(channels: list[Channel], turned: bool) -> None:  # noqa: FBT001
    if turned:
        channels = [one._replace(source=one.target, target=one.source) for one in channels]
    few = Network.from_channels("abcdefghij", channels)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "_MANY", 0)
        patch.setattr(sorting, "_DIGIT", 0)
        assert parts(Network.from_channels("abcdefghij", channels)) == parts(few)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from([1, 3, 70_000, 1 << 33]), st.booleans())
def test_pairs_are_sorted(data: st.DataObject, n: int, many: bool) -> None:  # noqa: FBT001
    ends = st.integers(0, n - 1)
    pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=20))
    one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    with pytest.MonkeyPatch.context() as patch:
        if many and 1 < n < 1 << 33:  # of so many not even their counts are held
            patch.setattr(sorting, "_MANY", 0)
            patch.setattr(sorting, "_DIGIT", 0)
        found = [column.tolist() for column in sorting.sorted_pairs(n, one, other)]
    order = sorted(range(len(pairs)), key=pairs.__getitem__)
    assert [*zip(*found, strict=True)] == [(*pairs[at], at) for at in order]


@pytest.mark.parametrize("name", ["lenker.parquet", "lenker.feather"])
def test_a_broken_table_is_no_traceback(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for data in (b"", b"PAR1" + b"\0" * 40, b"ARROW1" + b"\xff" * 40, b"text"):
        path.write_bytes(data)
        for take in (ak.read, ak.read_network):
            with pytest.raises(ak.UnreadableFile) as caught:
                take(path)
            assert caught.value.problems[0].place.file == str(path)


def test_ties_alone_name_their_actors(tmp_path: Path) -> None:
    path = tmp_path / "lenker.parquet"
    pd.DataFrame({"fra": ["nav", "dps"], "til": ["dps", "bup"], "styrke": [4, 9]}).to_parquet(path)
    with pytest.warns(ak.MapNote):
        kart = ak.read(path)
    assert (len(kart.actors), kart.strength_scale) == (3, (1.0, 10.0))
    assert both(path)["scale"] == (1.0, 10.0)


def test_without_pyarrow_it_is_said_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lenker.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ak.MissingExtra, match=r"aktorkart\[frames\]"):
        ak.read_network(tmp_path / "lenker.parquet")
