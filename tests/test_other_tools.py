"""The page "Called from other tools": what it shows runs, and names what aktorkart writes."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import click
import pytest
import yaml

import aktorkart as ak
from aktorkart import cli
from aktorkart.files import to_text
from test_docs import ROOT, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = (ROOT / "docs" / "guide" / "other-tools.md").read_text("utf-8")


def block(language: str, word: str) -> str:
    """Return the one code block of a language that has a word in it."""
    (found,) = [one for one in blocks(PAGE, language) if word in one]
    return found


# --- a web service


class Silent(WSGIRequestHandler):
    """Logs nothing."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@cache
def served() -> dict[str, Any]:
    """Return what the service of the page is made of."""
    told: dict[str, Any] = {"__name__": "service"}
    exec(block("python", "service.py"), told)  # noqa: S102 - it is the page that is tried
    return told


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """Run the service of the page, and return its address."""
    app, kind = served()["application"], served()["Server"]
    with make_server("127.0.0.1", 0, app, server_class=kind, handler_class=Silent) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def posted(address: str, data: bytes, kind: str = "application/yaml") -> tuple[int, str, bytes]:
    """Post a map, and return the status, the kind and the content of the answer."""
    asked = urllib.request.Request(address, data, {"Content-Type": kind})  # noqa: S310 - our own
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()


SMALL = b"""\
aktorkart: 1
scope: individual
actors:
  - {id: u, name: Kari Nordmann, kind: user}
  - {id: nav, name: Per Hansen, kind: nav}
ties: [{source: u, target: nav, strength: 3}]
"""


def test_a_posted_map_comes_back_as_a_picture_a_page_and_numbers(service: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        paths = ("/kart.png", "/rapport.html", "/rapport.json", "/kart.png")
        several = [*threads.map(lambda path: posted(f"{service}{path}", SMALL), paths)]
    assert [status for status, _, _ in several] == [200] * 4
    picture, page, numbers, again = (content for _, _, content in several)
    assert picture == again == posted(f"{service}/kart.png", SMALL)[2]  # together as alone
    assert picture.startswith(b"\x89PNG")
    assert page.startswith(b"<!DOCTYPE html>")
    assert json.loads(numbers)["schema"] == 2
    for content in (picture, page, numbers):
        assert b"Nordmann" not in content
        assert b"Hansen" not in content


def test_what_is_wrong_with_a_posted_map_is_told_with_its_line(service: str) -> None:
    status, kind, content = posted(f"{service}/kart.png", b"actors:\n  - {id: a, knd: nav}\n")
    assert (status, kind) == (422, "application/json")
    (problem,) = json.loads(content)["problems"]
    assert problem["line"] == 2
    assert "knd" in problem["text"]
    sent = b'{"actors": [{"id": "nav"}]}'
    assert posted(f"{service}/rapport.json", sent, "application/json")[0] == 200
    assert posted(f"{service}/nothing", SMALL)[0] == 404
    paths = re.findall(r"http://127.0.0.1:8000(/[\w.]+)", block("bash", "curl"))
    assert len(paths) == 2
    assert all(posted(f"{service}{path}", SMALL)[0] == 200 for path in paths)


def test_what_is_too_large_is_not_read() -> None:
    asked = {"PATH_INFO": "/kart.png", "REQUEST_METHOD": "POST", "CONTENT_LENGTH": "2000001"}
    said: list[str] = []
    (told,) = served()["application"](asked, lambda status, _: said.append(status))
    assert (said, told) == (["413 Content Too Large"], b"The map is too large.")


def run(arguments: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder, with aktorkart as it stands here."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(  # noqa: S603 - what stands on the page
        arguments,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": path} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.slow
def test_a_pool_of_processes_writes_a_page_for_each_map(tmp_path: Path) -> None:
    (tmp_path / "kart").mkdir()
    for name in ("a", "b"):
        (tmp_path / "kart" / f"{name}.yaml").write_bytes(SMALL)
    (tmp_path / "many.py").write_text(block("python", "many.py"), "utf-8")
    done = run([sys.executable, "many.py"], tmp_path)
    assert done.stdout.split() == ["a.html", "b.html"], done.stderr
    pages = [(tmp_path / "kart" / f"{name}.html").read_text("utf-8") for name in ("a", "b")]
    assert pages[0] == pages[1]


# --- Quarto


def test_the_cells_of_the_quarto_document_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kart.yaml").write_bytes(SMALL)
    (document,) = re.findall(r"^````markdown\n(.*?)^````$", PAGE, re.MULTILINE | re.DOTALL)
    head, _, body = document.removeprefix("---\n").partition("---\n")
    assert yaml.safe_load(head)["lang"] == "nb"
    said = io.StringIO()
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(said):
        for cell in re.findall(r"^```\{python\}\n(.*?)^```$", body, re.MULTILINE | re.DOTALL):
            exec(cell, names)  # noqa: S102 - it is the page that is tried
        for inline in re.findall(r"`\{python\} ([^`]+)`", body):
            said.write(f"{eval(inline, names)}\n")  # noqa: S307
    told = said.getvalue()
    assert "## Det viktigste" in told
    pictures = re.findall(r"\]\(([\w.-]+\.svg)\)", told)
    assert pictures
    assert all((tmp_path / name).exists() for name in pictures)
    assert "| --- |" in told
    assert told.endswith("\n2\n")
    assert names["ax"].figure.axes


# --- what other programs call, and what they read


def commands() -> Iterator[list[str]]:
    """Return every call of aktorkart on the page, as R, shells and YAML write it."""
    for arguments in re.findall(r'system2\("aktorkart", c\((.*?)\)\)', PAGE):
        yield re.findall(r'"([^"]*)"', arguments)
    for language in ("sh", "bash", "powershell", "yaml"):
        for code in blocks(PAGE, language):
            for line in re.findall(r"^(?:\s*- run: )?aktorkart (.+)$", code, re.MULTILINE):
                yield shlex.split(re.split(r" \|\| | 2?> ", line)[0])


def test_every_command_is_understood() -> None:
    typed = [*commands()]
    assert len(typed) >= 9
    for name, *rest in typed:
        command = cli.command(name, "en")
        with click.Context(command) as context:
            command.parse_args(context, rest)


@pytest.fixture(scope="module")
def files() -> dict[str, Any]:
    """Make the two files that R and Power Query read, as the commands do."""
    kart = ak.examples.municipal_service()
    return {
        "rapport.json": json.loads(ak.report(kart).to_json()),
        "kart.json": json.loads(to_text(kart, format="json")),
    }


def test_what_r_reads_is_there(files: dict[str, Any]) -> None:
    (code,) = blocks(PAGE, "r")
    read = dict(re.findall(r'(\w+) <- fromJSON\("([\w.]+)"\)\s', code))
    assert read == {"rapport": "rapport.json"}
    for path in re.findall(r"rapport\$([\w$]+)", code):
        found: Any = files["rapport.json"]
        for key in path.split("$"):
            found = found[key]
        assert found
    actors = files["rapport.json"]["tables"]["actors"]
    for column in ("actor", "actor_label", "line", "betweenness"):
        assert f'"{column}"' in code
        assert column in actors[0]
    assert {"level", "text"} <= {*files["rapport.json"]["findings"][0]}
    assert 'fromJSON("kart.json")$ties' in code
    assert any("strength" in tie for tie in files["kart.json"]["ties"])
    assert f'ties$kind[is.na(ties$kind)] <- "{ak.Tie(source="a", target="b").kind}"' in code


OF_POWER_QUERY: dict[str, Any] = {
    "type number": (int, float),
    "Int64.Type": int,
    "type logical": bool,
}


def test_what_power_query_reads_is_there(files: dict[str, Any]) -> None:
    queries = [code for code in blocks(PAGE, "text") if code.startswith("let\n")]
    assert len(queries) == 3
    for code in queries:
        (name,) = re.findall(r"C:\\kart\\([\w.]+)\"", code)
        (path,) = re.findall(r"FromRecords\(\s*\w+((?:\[\w+\])+)", code)
        rows: Any = files[name]
        for key in re.findall(r"\w+", path):
            rows = rows[key]
        (listed,) = re.findall(r"FromRecords\(.*?\{(.*?)\}", code, re.DOTALL)
        columns = re.findall(r'"(\w+)"', listed)
        known = {key for row in rows for key in row}
        assert {*columns} <= known
        if "UseNull" not in code:
            assert all({*columns} <= {*row} for row in rows)
        for column, kind in re.findall(r'\{"(\w+)", ([\w. ]+)\}', code):
            assert column in columns
            values = [row[column] for row in rows if row.get(column) is not None]
            assert all(isinstance(value, OF_POWER_QUERY[kind]) for value in values)
    assert any(row["level"] == "gap" for row in files["rapport.json"]["findings"])


def test_what_a_file_leaves_out_is_filled_in() -> None:
    """A tie of which nothing is said is a mutual contact, and there."""
    tie = ak.Tie(source="a", target="b")
    (code,) = [one for one in blocks(PAGE, "text") if "kart.json" in one]
    filled = {
        column: json.loads(value)
        for value, column in re.findall(r'null, (\S+), Replacer\.ReplaceValue, \{"(\w+)"\}', code)
    }
    assert filled == {name: getattr(tie, name) for name in ("kind", "mutual", "needed")}


# --- a scheduled job


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a script for bash")
def test_the_weekly_script_tells_only_what_is_new(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    ours = f'exec {shlex.quote(sys.executable)} -m aktorkart.cli "$@"'
    mail = 'echo "$2 $3" >> sent.txt; cat >> sent.txt'
    for name, line in (("aktorkart", ours), ("mail", mail)):
        (tools / name).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        (tools / name).chmod(0o755)
    (tmp_path / "weekly.sh").write_text(block("bash", "weekly.sh"), "utf-8")
    kart = tmp_path / "kart.yaml"
    sent = tmp_path / "sent.txt"

    def week(content: bytes) -> tuple[int, str]:
        kart.write_bytes(content)
        sent.write_text("", "utf-8")
        path = os.pathsep.join([str(tools), os.environ["PATH"]])
        done = run(["bash", "weekly.sh"], tmp_path, PATH=path)
        return done.returncode, sent.read_text("utf-8")

    code, first = week(SMALL)
    assert code == 0
    assert first.startswith("Nytt som mangler på aktørkartet team@example.no\n- ")
    assert week(SMALL) == (0, "")
    code, new = week(SMALL.replace(b"ties:", b"  - {id: dps, kind: dps}\nties:"))
    assert code == 0
    assert "DPS" in new
    assert not {*new.splitlines()[1:]} & {*first.splitlines()[1:]}
    code, broken = week(SMALL.replace(b"name:", b"nme:"))
    assert code == 1
    assert broken.startswith("Aktørkartet kan ikke leses team@example.no\n")
    assert "kart.yaml" in broken


def test_the_pipeline_is_yaml_and_stops_only_where_the_map_cannot_be_read() -> None:
    (code,) = blocks(PAGE, "yaml")
    (job,) = yaml.safe_load(code)["jobs"].values()
    lines = [step["run"] for step in job["steps"] if "run" in step]
    assert "aktorkart check kart.yaml || [ $? -eq 1 ]" in lines
