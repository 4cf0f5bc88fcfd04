"""Mutated files and command lines: whatever comes in, a map or one of our errors comes out.

Run it with ``python tests/benchmarks/fuzz.py --minutes 60``. It prints how many inputs each
reader got and every input that ended in anything else, as Python text that can be tried again.
"""

# ruff: noqa: T201, S311  a benchmark prints, and its chance is no secret

from __future__ import annotations

import argparse
import contextlib
import io
import random
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aktorkart as ak
from aktorkart import cli
from aktorkart.files import read_bytes, to_text

if TYPE_CHECKING:
    from collections.abc import Callable

NASTY = (
    "",
    " ",
    "\0",
    "\n",
    "\r",
    "\u0085",
    "\u2028",
    "\ufeff",
    "\u200b",
    "\u202e",
    "\ud800",
    "'",
    '"',
    ":",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "<<: ",
    "!!python/object ",
    "%",
    "#",
    "|",
    ">",
    "\t",
    "null",
    "~",
    "NaN",
    ".inf",
    "-0",
    "1e999",
    "0x10",
    "0301",
    "9" * 400,
    "2026-13-40",
    "true",
    "no",
    "id",
    "actors",
    "ties",
    "kind",
    "user",
    "consent",
    "[]",
    "{}",
    "=cmd()",
    "\x1b[31m",
    "a" * 3000,
)
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, float("nan"), float("inf"), 10**400, 1e308, "", " ", "x", "\0",
    "\ud800", [], {}, [[]], {"": None}, [None], "user", "2026", "kari", ["kari", "kari"], {"a": {}},
    (), b"x", {1: 2}, [1, [2, [3]]], "1,5", "high",
)  # fmt: skip


def bytes_changed(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few cut, doubled, exchanged or put in."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        start = chance.randrange(len(found) + 1)
        end = min(len(found), start + chance.choice((0, 1, 1, 2, 8, 64)))
        match chance.randrange(5):
            case 0:
                del found[start:end]
            case 1:
                found[start:start] = found[start:end] * chance.choice((1, 2, 50))
            case 2:
                found[start:end] = chance.randbytes(max(1, end - start))
            case 3:
                word = chance.choice(NASTY)
                found[start:end] = word.encode("utf-8", "surrogatepass")
            case _:
                other = chance.randrange(len(found) + 1)
                found[start:start] = found[other : other + 40]
    return bytes(found)


def values_changed(value: Any, chance: random.Random) -> Any:
    """Return plain data with some of its values exchanged, left out or doubled."""
    if chance.random() < 0.02:
        return chance.choice(VALUES)
    if isinstance(value, dict):
        found = {
            chance.choice(NASTY) if chance.random() < 0.01 else key: values_changed(item, chance)
            for key, item in value.items()
            if chance.random() > 0.01
        }
        if chance.random() < 0.02:
            found[chance.choice(NASTY)] = chance.choice(VALUES)
        return found
    if isinstance(value, (list, tuple)):
        found_list = [values_changed(item, chance) for item in value]
        return found_list * 2 if chance.random() < 0.01 else found_list
    return value


def attempts(  # noqa: C901, PLR0915 - a way for each reader, side by side
    seeds: list[ak.ActorMap], folder: Path
) -> dict[str, Callable[[random.Random], Any]]:
    """Return a way to feed each reader with something broken, by name; it returns the input."""
    texts = {
        name: [to_text(kart, format=name).encode() for kart in seeds] for name in ("yaml", "json")
    }
    plain = [kart.model_dump(exclude_defaults=True) for kart in seeds]
    frames = [ak.to_frames(kart) for kart in seeds]
    graphs = [ak.to_networkx(kart) for kart in seeds]
    sheets = []
    for place, kart in enumerate(seeds):
        ak.write(kart, folder / f"seed{place}.csv")
        sheets.append(
            tuple((folder / f"seed{place}_{kind}.csv").read_bytes() for kind in ("actors", "ties"))
        )

    def text(name: str) -> Callable[[random.Random], Any]:
        def attempt(chance: random.Random) -> Any:
            data = bytes_changed(chance.choice(texts[name]), chance)
            yield data
            read_bytes(data, name=f"x.{name}", format=name)

        return attempt

    def objects(chance: random.Random) -> Any:
        data = values_changed(chance.choice(plain), chance)
        yield data
        ak.ActorMap(
            **{str(key): value for key, value in data.items()} if isinstance(data, dict) else {}
        )

    def csv(chance: random.Random) -> Any:
        data = [
            bytes_changed(one, chance) if chance.random() < 0.7 else one
            for one in chance.choice(sheets)
        ]
        yield data
        for kind, one in zip(("actors", "ties"), data, strict=True):
            (folder / f"x_{kind}.csv").write_bytes(one)
        ak.read(folder / "x.csv")

    def tables(chance: random.Random) -> Any:
        actors, ties = (frame.copy() for frame in chance.choice(frames))
        for frame in (actors, ties):
            for _ in range(chance.randrange(3)):
                if len(frame) and len(frame.columns):
                    column = chance.randrange(len(frame.columns))
                    changed = frame.iloc[:, column].astype(object)
                    changed.iloc[chance.randrange(len(frame))] = chance.choice(
                        [value for value in VALUES if not isinstance(value, (list, tuple, dict))]
                    )
                    frame[frame.columns[column]] = changed
            if chance.random() < 0.1 and len(frame.columns):
                # pandas itself refuses half a sign among its names.
                names = [*frame.columns, *(one for one in NASTY if one != "\ud800")]
                frame.columns = [chance.choice(names) for _ in frame.columns]
        yield actors.to_dict("list"), ties.to_dict("list")
        ak.from_frames(actors, ties)

    def networkx(chance: random.Random) -> Any:
        graph = chance.choice(graphs).copy()
        graph.graph = values_changed(dict(graph.graph), chance)
        for _, data in graph.nodes(data=True):
            for key in list(data):
                if chance.random() < 0.05:
                    data[key] = chance.choice(VALUES)
        for *_, data in graph.edges(data=True):
            for key in list(data):
                if chance.random() < 0.05:
                    data[key] = chance.choice(VALUES)
        yield graph.graph, list(graph.nodes(data=True)), list(graph.edges(data=True))
        ak.from_networkx(graph)

    def commands(chance: random.Random) -> Any:
        file = folder / "c.yaml"
        good = chance.choice(texts["yaml"])
        file.write_bytes(good if chance.random() < 0.5 else bytes_changed(good, chance))
        words = chance.choice((
            ["check", str(file)], ["check", str(file), "--format", "json"], ["--version"],
            ["convert", str(file), "-o", str(folder / "out.json")],
            ["convert", str(file), "-o", str(folder / "out.csv"), "--roles"],
        ))  # fmt: skip
        words = [
            word if chance.random() > 0.1 else chance.choice((*NASTY, "--lang", "--help", "-o"))
            for word in words
        ]
        yield words, file.read_bytes()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = cli.main(words)
        if code not in {0, 1, 2}:
            raise AssertionError(f"exit code {code}")

    return {
        "yaml": text("yaml"), "json": text("json"), "objects": objects, "csv": csv,
        "frames": tables, "networkx": networkx, "commands": commands,
    }  # fmt: skip


def run(minutes: float, *, seed: int, most_failures: int = 20) -> int:
    """Feed all readers in turn, and print what was found; return how many failures there were."""
    chance = random.Random(seed)
    small = [ak.examples.read(name) for name in ("opsahl", "two_brokers", "user_network")]
    ends = time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ways = attempts(small, Path(name))
        counts, failures, refused = dict.fromkeys(ways, 0), 0, 0
        seen: set[str] = set()
        while time.monotonic() < ends and failures < most_failures:
            for reader, attempt in ways.items():
                counts[reader] += 1
                steps = attempt(chance)
                given = next(steps)
                try:
                    next(steps, None)
                except ak.AktorkartError:
                    refused += 1
                except Exception as error:  # noqa: BLE001 - that there is none is what is tried
                    where = traceback.extract_tb(error.__traceback__)[-1]
                    mark = f"{reader}: {type(error).__name__} in {where.name}"
                    if mark not in seen:
                        seen.add(mark)
                        failures += 1
                        print(f"{mark}: {error!s:.200}\n    {given!r:.600}")
    for reader, count in counts.items():
        print(f"{reader:>10} {count:>12,}")
    print(f"{sum(counts.values()):,} inputs, {refused:,} refused, {failures} failures; seed {seed}")
    return failures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    sys.exit(min(run(chosen.minutes, seed=chosen.seed), 1))
